# %% [raw]
# number: "01"
# title_en: "Eight customers, two clocks, one fix"
# title_ja: 8社の帳簿、二つの時計、次の一手
# minutes: 60
# needs: [contracts]

# %% [markdown] lang="en"
# # Eight customers, two clocks, one fix
#
# Exercises of lesson 01 · 60 minutes, in two sittings if you like: parts 1 to 3 are about a book of eight customers, parts 4 to 8 about a company you have not met yet. Parts marked **core** (1, 2, 6a, 7: about 30 minutes) can be answered with pencil and calculator; those marked **further** (3, 4, 5, 6b, 8: about 30 minutes) need a line or two of code, which the hints supply.
#
# Put your answer in the place of the three dots and run the cell. It is judged at once, and a wrong answer is told *which* mistake it looks like. Stuck? Take away the `#` before `hint`: 1 says where to look, 3 is almost the line.

# %% [markdown] lang="ja"
# # 8社の帳簿、二つの時計、次の一手
#
# 第01章の演習(60分。二回に分けてもかまいません) 1〜3は8社の帳簿、4〜8は初めて会う会社が題材です。**必修**(1・2・6a・7、約30分)は鉛筆と電卓だけで答えが出ます。**発展**(3・4・5・6b・8、約30分)はコードが一、二行要りますが、書き方はヒントに載っています。
#
# `...` を自分の答えに書き換えて、セルを実行してください。その場で判定が出て、違っていれば**どの間違いか**を示します。行き詰まったら `hint` の前の `#` を消してみましょう。1は見る所を、3はほとんど答えを教えてくれます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=11&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
trainee: str = ""  # your name or number, gives you a company of your own
# ja: 自分の名前か番号。入れると自分だけの会社になる
variant: int = 0  # which version of the toy book
# ja: 手計算用の帳簿の、どの版を使うか

# %%
import pandas as pd

from cslab.course.claims import claims
from cslab.course.exercise import begin, check, hint
from cslab.course.questions.toy import END, START, toy_book
from cslab.course.table import table
from cslab.measure import retention, survival
from cslab.measure.kpis import causes, fixes, support

book = begin("01", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. The small book (core, 12 minutes)
#
# Each customer's MRR in thousand yen, at the start of the year and at its end. D left; F left and came back within the year; E is new; H had left before the year and came back. Compute by hand or in code.
#
# **NRR**, point to point: your result should be 0.8615. **GRR**, the smaller of the two amounts for each customer: 0.8. **Customers lost**: 0.1667. Write them as computations, not as numbers: a class is judged on other amounts.

# %% [markdown] lang="ja"
# ## 1. 小さな帳簿(必修・12分)
#
# お客様ごとの MRR(千円)を、期首と期末で並べます。D は解約、F は期中に解約して期中に戻り、E は新規、H は期首より前に離れていて戻ってきました。手で計算しても、コードで計算してもかまいません。
#
# **NRR**(期首と期末の比較)は0.8615、**GRR**(お客様ごとに二つの額の小さいほう)は0.8、**顧客数の解約率**は0.1667になれば合格です。数字を書き写すのではなく、計算式で答えてください。採点では金額が変わります。

# %%
toy = toy_book(variant)
sheet = pd.DataFrame({"mrr_then": retention.mrr(toy, START), "mrr_now": retention.mrr(toy, END)}) / 1000
table(sheet)

# %%
nrr = ...
### BEGIN SOLUTION
cohort = sheet.query("mrr_then > 0")
nrr = cohort["mrr_now"].sum() / cohort["mrr_then"].sum()
### END SOLUTION
check("nrr", nrr)

# %%
# hint("nrr", 1)

# %% [markdown] lang="en"
# Now the gross rate, in which growth pays for nobody's loss. Your result should be 0.8.

# %% [markdown] lang="ja"
# 次は、増額で損失を埋め合わせない率です。0.8になれば合格です。

# %%
grr = ...
### BEGIN SOLUTION
start_customers = sheet.query("mrr_then > 0")
grr = start_customers.min(axis=1).sum() / start_customers["mrr_then"].sum()
### END SOLUTION
check("grr", grr)

# %%
# hint("grr", 1)

# %% [markdown] lang="en"
# Customers, each counting as one: the share of the start that is gone at the end. Your result should be 0.1667.

# %% [markdown] lang="ja"
# 金額ではなく社数です。期首のお客様のうち、期末にいない割合。0.1667になれば合格です。

# %%
logo_churn = ...
### BEGIN SOLUTION
logo_churn = (sheet.query("mrr_then > 0")["mrr_now"] == 0).mean()
### END SOLUTION
check("logo_churn", logo_churn)

# %%
# hint("logo_churn", 1)

# %% [markdown] lang="en"
# Only three contracts run out within the year: those of A, C and D. Of the value that came due, which share was renewed? Your result should be 0.5667. (There is a function for it in `retention`.)

# %% [markdown] lang="ja"
# 期中に満了を迎えた契約は、A・C・D の三つだけです。満了した額のうち、更新された割合はいくらですか。0.5667になれば合格です(`retention` に、そのための関数があります)。

# %%
renewal_rate = ...
### BEGIN SOLUTION
renewal_rate = float(retention.renewal_rate(toy, START, END))
### END SOLUTION
check("renewal_rate", renewal_rate)

# %%
# hint("renewal_rate", 1)

# %% [markdown] lang="en"
# ## 2. Who made this number? (core, 6 minutes)
#
# Finance reports the number below as “retention”. Which of the definitions of NRR produces it? Pencil and the sheet above will do.
#
# - `"point_to_point"` the customers of the start: what they pay at the end, over what they paid then
# - `"movement"` the start with every movement of its customers added up; who came back is not counted
# - `"movement_with_returns"` the same, and who came back is counted
# - `"survivors_only"` only those who are there at both ends
# - `"including_new"` everybody at the end, new and won back too, over everybody at the start
#
# Your result should be a set of one word, such as `{"movement"}`.

# %% [markdown] lang="ja"
# ## 2. この数字を出したのは誰か(必修・6分)
#
# 経理は、次の数字を「継続率」として報告しました。NRR のどの定義を使うと、この数字になりますか。上の表と鉛筆だけで分かります。
#
# - `"point_to_point"` 期首にいたお客様の、期末の額 ÷ 期首の額
# - `"movement"` 期首の額に、期首にいたお客様の増減を積み上げたもの。戻りは数えない
# - `"movement_with_returns"` 同じく積み上げで、戻りも数える
# - `"survivors_only"` 期首にも期末にもいるお客様だけ
# - `"including_new"` 新規・再契約も含めた期末の全額 ÷ 期首の全額
#
# `{"movement"}` のような、言葉一つの集合が答えです。

# %%
figure = retention.mrr(toy, END).sum() / retention.mrr(toy, START).sum()
print(f"{figure:.4f}")

# %%
culprit = ...
### BEGIN SOLUTION
rates = {name: float(retention.nrr(toy, START, END, method=name)) for name in retention.NRR_METHODS}
culprit = {name for name, rate in rates.items() if abs(rate - figure) < 0.0005}
### END SOLUTION
check("culprit", culprit)

# %%
# hint("culprit", 1)

# %% [markdown] lang="en"
# Which customers did it let in above the line who were not below it? Your result should be a set of two letters.

# %% [markdown] lang="ja"
# その定義は、分母にいなかったどのお客様を分子に入れていますか。アルファベット2文字の集合になれば、形は合っています。

# %%
not_of_the_start = ...
### BEGIN SOLUTION
not_of_the_start = set(sheet.query("mrr_then == 0 and mrr_now > 0").index)
### END SOLUTION
check("not_of_the_start", not_of_the_start)

# %%
# hint("not_of_the_start", 1)

# %% [markdown] lang="en"
# ## 3. The bridge (further, 6 minutes)
#
# Every movement of the year as a table: one row a step, in yen, with the columns `step` and `amount`. The steps are those listed below; losses are negative. Your result should look like this, with an amount in every row:
#
# | step | amount |
# |---|---|
# | opening | 650000 |
# | new | … |

# %% [markdown] lang="ja"
# ## 3. ブリッジ(発展・6分)
#
# 1年の増減を全部、表にしてください。1行が一段、金額は円、列の名前は `step` と `amount` です。段は下の一覧のとおりで、失った分はマイナスにします。次の形で、どの行にも金額が入れば合格です。
#
# | step | amount |
# |---|---|
# | opening | 650000 |
# | new | … |

# %%
steps = ["opening", "new", "expansion", "contraction", "churn", "reactivation", "closing"]
toy.mrr_movements

# %%
mrr_bridge = ...
### BEGIN SOLUTION
moved = retention.bridge(toy, START, END)[steps]
mrr_bridge = moved.T.set_axis(["amount"], axis=1).rename_axis("step").reset_index()
### END SOLUTION
check("mrr_bridge", mrr_bridge)

# %%
# hint("mrr_bridge", 1)

# %% [markdown] lang="en"
# ## 4. Heads and money (further, 4 minutes)
#
# The company now. `then` and `now` hold each customer's MRR a year ago and today. Of the revenue of a year ago, which share belonged to customers who pay nothing today? Your result should be a share, such as 0.081.

# %% [markdown] lang="ja"
# ## 4. 社数と金額(発展・4分)
#
# ここからは会社のデータです。`then` と `now` に、お客様ごとの1年前と今日の MRR が入っています。1年前の売上のうち、いま支払いのないお客様の分は何割ですか。0.081のような割合が答えです。

# %%
# %%needs mrr_movements calendar
start, _ = retention.look_back(book, 12)
then, now = retention.mrr(book, start), retention.mrr(book, book.as_of)
pd.DataFrame({"then": then, "now": now}).head()

# %%
# %%needs mrr_movements calendar
revenue_lost = ...
### BEGIN SOLUTION
revenue_lost = then[(then > 0) & (now <= 0)].sum() / then.sum()
### END SOLUTION
check("revenue_lost", revenue_lost)

# %%
# hint("revenue_lost", 1)

# %% [markdown] lang="en"
# ## 5. Two clocks (further, 8 minutes)
#
# How long did customers wait for a first answer, in hours, over the tickets closed in the last year (`year`)? First the mean, then the median. Both functions stand in `support` and return an estimate; its number is `.estimate`. Your results should be two numbers of hours, one at least twice the other.

# %% [markdown] lang="ja"
# ## 5. 二つの時計(発展・8分)
#
# この1年(`year`)にクローズした問い合わせで、最初の返事まで何時間かかりましたか。まず平均、次に中央値を出してください。どちらの関数も `support` にあり、推定値を返します。数字は `.estimate` です。時間の数字が二つ、一方がもう一方の2倍以上になれば、形は合っています。

# %%
after = book.as_of + pd.Timedelta(days=1)
year = after - pd.DateOffset(months=12), after

# %%
# %%needs tickets.first_response_h tickets.resolved_h tickets.closed_on
frt_mean = frt_median = ...
### BEGIN SOLUTION
frt_mean = support.first_response_mean(book, *year).estimate
frt_median = support.first_response(book, *year).estimate
### END SOLUTION
check("frt_mean", frt_mean)
check("frt_median", frt_median)

# %%
# hint("frt_mean", 1)
# hint("frt_median", 1)

# %% [markdown] lang="en"
# Which of the two goes into the report, and why? Your result should be one sentence between quotation marks: the name of one of the two, and what a few very long waits do to the other.

# %% [markdown] lang="ja"
# 報告に載せるのはどちらで、なぜですか。引用符で囲んだ一文で答えてください。どちらを選ぶかと、「とても長く待った一部」がもう一方にどう響くかが書けていれば合格です。

# %%
frt_report = ...
### BEGIN SOLUTION
frt_report = "The median, because a few tickets that waited for days pull the mean up."
### END SOLUTION
check("frt_report", frt_report)

# %%
# hint("frt_report", 1)

# %% [markdown] lang="en"
# ## 6a. A month and a year (core, 3 minutes)
#
# First the arithmetic: a share `monthly` leaves in every month. Which share has left after twelve? With 2 % your result should be 0.2153.

# %% [markdown] lang="ja"
# ## 6a. 月次と年間(必修・3分)
#
# まず計算です。毎月、`monthly` の割合のお客様が離れます。12か月後には、どれだけ離れていますか。月2%なら、0.2153になれば合格です。

# %%
monthly = 0.02 + variant % 10 / 1000

# %%
year_of_month = ...
### BEGIN SOLUTION
year_of_month = 1 - (1 - monthly) ** 12
### END SOLUTION
check("year_of_month", year_of_month)

# %%
# hint("year_of_month", 1)

# %% [markdown] lang="en"
# ## 6b. A year that is counted (further, 5 minutes)
#
# Now the customers on annual contracts (their names are in `annual`). Do not convert: count. Of those who were there a year ago, which share is gone today? Your result should be a share, such as 0.132.

# %% [markdown] lang="ja"
# ## 6b. 実際に数えた1年(発展・5分)
#
# 次は年間契約のお客様です(番号は `annual` に入っています)。換算せずに、数えてください。1年前にいたお客様のうち、今日いないのは何割ですか。0.132のような割合が答えです。

# %%
# %%needs mrr_movements calendar contracts.term_months
durations = survival.durations(book)
annual = durations.loc[durations["term_months"] == 12, "account_id"]

# %%
# %%needs mrr_movements calendar contracts.term_months
year_counted = ...
### BEGIN SOLUTION
there = then[then > 0].index.intersection(annual)
year_counted = (now[there] <= 0).mean()
### END SOLUTION
check("year_counted", year_counted)

# %%
# hint("year_counted", 1)

# %% [markdown] lang="en"
# ## 7. Six published claims (core, 8 minutes)
#
# Give each claim a grade: **A** peer-reviewed, or official documentation · **B** somebody named counted, or speaks of the own company · **C** a rule of thumb. Your result should look like `{"smarthr": "…", "annual_75": "…", …}`, six names and six letters.

# %% [markdown] lang="ja"
# ## 7. 公表された六つの主張(必修・8分)
#
# それぞれに等級を付けてください。**A** 査読論文か公式文書/**B** 数えた人が分かるもの、または自社についての発言/**C** 経験則。`{"smarthr": "…", "annual_75": "…", …}` の形で、記号が六つ、等級が六つ並べば、形は合っています。

# %%
table(claims("six", lang, graded=False).set_index(["claim", "says"]))

# %%
claims_graded = ...
### BEGIN SOLUTION
claims_graded = dict(smarthr="B", annual_75="C", fader_hardie="A", saas_capital="B", effort="B", ltv_cac="C")
### END SOLUTION
check("claims_graded", claims_graded)

# %%
# hint("claims_graded", 1)

# %% [markdown] lang="en"
# And what does each leave out, so that you could not compute it again? One word for each claim:
#
# - `"period"` over which time it is
# - `"comparison"` who is compared with whom
# - `"silent"` those who did not answer
# - `"behaviour"` what people did, not what they said
# - `"definition"` by which formula
# - `"nothing"`
#
# Your result should look like the one before, with words for letters.

# %% [markdown] lang="ja"
# では、何が足りないので計算し直せないのでしょうか。主張ごとに、次の言葉を一つずつ選んでください。
#
# - `"period"` どの期間の話か
# - `"comparison"` 誰と誰を比べたのか
# - `"silent"` 答えなかった人
# - `"behaviour"` 言ったことではなく、したこと
# - `"definition"` どの式か
# - `"nothing"` 足りないものはない
#
# 先ほどと同じ形で、等級の代わりに言葉が並べば、形は合っています。

# %%
claims_missing = ...
### BEGIN SOLUTION
claims_missing = dict(smarthr="period", annual_75="comparison", fader_hardie="nothing")
claims_missing |= dict(saas_capital="silent", effort="behaviour", ltv_cac="definition")
### END SOLUTION
check("claims_missing", claims_missing)

# %%
# hint("claims_missing", 1)

# %% [markdown] lang="en"
# A colleague: “Annual plans have 75 % less churn. Let us move everybody.” Answer in one or two sentences between quotation marks: with whom should they be compared, and how could we find out here? Your result should be something you would say aloud in the meeting.

# %% [markdown] lang="ja"
# 同僚が言います。「年間プランは解約が75%少ないそうです。全員を切り替えましょう」。引用符で囲んだ一、二文で答えてください。誰と誰を比べるべきか。自社でどう確かめるか。会議の席でそのまま言える文になっていれば合格です。

# %%
annual_advice = ...
### BEGIN SOLUTION
annual_advice = "Customers on annual contracts are larger. "
annual_advice += "Compare those of the same size first, then test it on some of them."
### END SOLUTION
check("annual_advice", annual_advice)

# %%
# hint("annual_advice", 1)

# %% [markdown] lang="en"
# ## 8. One fix (further, 8 minutes)
#
# Why did customers ask in the last year? The table holds all enquiries whose cause was found. First put the causes in order by the hours that they take the team, the largest first. Your result should be a list of all the causes, such as `["defect", "no_guide", …]`.

# %% [markdown] lang="ja"
# ## 8. 次の一手(発展・8分)
#
# この1年、お客様はなぜ問い合わせてきたのでしょうか。表には、原因の分かった問い合わせがすべて入っています。まず、チームの時間を多く使っている順に、原因を並べてください。`["defect", "no_guide", …]` のように、すべての原因が並んだリストになれば、形は合っています。
#
# 原因は、表に出ている英字の名前のまま答えます。`contract_terms` は契約・請求の分かりにくさ、`data_quality` はデータの不備、`defect` は製品の不具合、`missing_feature` は機能がないこと、`no_guide` は手順書やFAQがないこと、`not_trained` は研修不足、`other_system` は他システムとの連携、`settings` は設定の誤り、`unclear_screen` は画面の分かりにくさです。

# %%
# %%needs tickets.root_cause tickets.exchanges tickets.csat tickets.closed_on
asked = causes.ticket_causes(book, *year)
asked[["cause", "tickets", "exchanges", "hours", "unhappy"]].round(2)

# %%
# %%needs tickets.root_cause tickets.exchanges tickets.csat tickets.closed_on
causes_by_hours = ...
### BEGIN SOLUTION
causes_by_hours = asked.sort_values("hours", ascending=False)["cause"].tolist()
### END SOLUTION
check("causes_by_hours", causes_by_hours)

# %%
# hint("causes_by_hours", 1)

# %% [markdown] lang="en"
# You may mend one cause next quarter. Somebody has worked out, from 200 enquiries, what each fix would save in a year and what it costs (effects and costs are assumptions, grade S). Your choice is judged on **all** enquiries, in expectation; giving away up to a tenth of the best is fine. Your result should be the name of one cause, as above, or `"none"`.

# %% [markdown] lang="ja"
# 来期、直せる原因は一つです。200件の問い合わせをもとに、対策ごとの「1年で減る費用」と「かかる費用」を見積もりました(効き目と費用は仮定です。等級S)。採点は、**すべて**の問い合わせをもとにした期待値で行います。最善の手との差が1割以内なら合格です。原因の名前を一つ(上と同じ英字の名前)、または `"none"` を答えてください。

# %%
# %%needs tickets.root_cause tickets.exchanges tickets.csat tickets.closed_on csm.cost_amount csm.capacity_h
estimated = fixes.fix_value(book, *year, sample=200)
estimated[["cause", "fix", "effect", "saved_hours", "cost_hours", "estimate", "low", "high"]].round(2)

# %%
# %%needs tickets.root_cause tickets.exchanges tickets.csat tickets.closed_on csm.cost_amount csm.capacity_h
fix = ...
### BEGIN SOLUTION
worth = fixes.fix_value(book, *year)
fix = worth["cause"].iloc[0] if worth["estimate"].iloc[0] > 0 else "none"
### END SOLUTION
check("fix", fix)

# %%
# hint("fix", 1)

# %% [markdown] lang="en"
# ## Before you close
#
# Of the numbers that you computed, which one will you take to your own company first? Write its definition in one sentence, with what is below the line. If you cannot, that is tomorrow's first question.

# %% [markdown] lang="ja"
# ## 閉じる前に
#
# 計算した数字のうち、自社で最初に確かめたいのはどれですか。分母まで入れて、定義を一文で書いてみてください。書けなければ、それが明日いちばんに確かめることです。
