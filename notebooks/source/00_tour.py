# %% [raw]
# number: "00"
# title_en: "The tour: from support to success"
# title_ja: はじめに:サポートからサクセスへ
# question_en: If sales keep coming in, why should anybody pay for Customer Success?
# question_ja: 新規の受注が続いているのに、なぜカスタマーサクセスにお金をかけるのか。
# minutes_core: 30
# minutes_further: 15
# needs: [contracts]
# misconceptions: [M01]

# %% [markdown] lang="en" tags=["core"]
# # The tour: from support to success
#
# **The business question.** If sales keep coming in, why should anybody pay for Customer Success?
#
# **Time.** Core track 30 minutes (15 reading, 15 hands-on) · further track 15 minutes. (Exercise sheet: 15 minutes more.)
#
# **Afterwards you can**
#
# 1. **run** a lesson, and **change** the company it is about;
# 2. **name** the five tables to begin with and what one row of each is;
# 3. **explain** to a board why retention compounds, and what more touch costs and brings;
# 4. **write** in one line what success means for your customers.

# %% [markdown] lang="ja" tags=["core"]
# # はじめに:サポートからサクセスへ
#
# **この章の問い** 新規の受注が続いているのに、なぜカスタマーサクセスにお金をかけるのか。
#
# **時間** 必修30分(読む15分・手を動かす15分)/発展15分。演習ノートブックは別に15分
#
# **この章を終えると**
#
# 1. 章を**実行し**、題材の会社を**取り替えられる**
# 2. 最初に使う5つの表と、それぞれの1行が何かを**言える**
# 3. 継続が複利で効くこと、タッチを厚くすると何がかかり何が得られるかを、経営陣に**説明できる**
# 4. 自社のお客様にとっての成功を、一行で**書ける**

# %% [markdown] lang="en"
# | You will need | How much | Note |
# |---|---|---|
# | A browser and this notebook | necessary | to run a cell: click it, press Shift and Enter together |
# | Programming | not needed | here you change words and numbers; some questions on the exercise sheets take one line, which their third hint nearly holds |
# | Curiosity about your own renewals | helpful | bring one customer to mind |

# %% [markdown] lang="ja"
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | ブラウザーとこのノートブック | 必須 | セルの実行は、クリックして Shift と Enter を同時に押すだけです |
# | プログラミング | 不要 | 章で変えるのは言葉と数字だけです。演習には式を1行書く問いがありますが、ヒント3をほぼ写せば書けます |
# | 自社の更新への関心 | あると役立つ | お客様を1社、思い浮かべておいてください |

# %% [markdown] lang="en"
# ## 0. “We are selling well, aren't we?”
#
# The best quarter ever. In the corridor the president says: “With sales like these, why do you want two more people for customers we already have?” It is a fair question. You have an opinion; by the end of this tour you will have a number, and know how far to trust it.

# %% [markdown] lang="ja"
# ## 0. 「売れているのに、なぜ?」
#
# 過去最高の四半期でした。廊下で社長に呼び止められます。「これだけ売れているのに、もう契約いただいたお客様のために、なぜ2人も増やすんだ」。もっともな問いです。いまのあなたにあるのは意見だけでしょう。この章の終わりには、数字と、その数字をどこまで信じてよいかを手にしています。

# %% [markdown] lang="en" tags=["speaker"]
# **Open with a show of hands (1 minute).** “Who has been asked this question? Who had a number?” Let one person tell the story; do not answer it yet. Everything until section 5 is there to earn the number.

# %% [markdown] lang="ja" tags=["speaker"]
# **挙手で始めます(1分)。** 「この質問をされたことのある方は。そのとき数字で答えられた方は」。一人に体験を話してもらい、まだ答えは言いません。5節までは、数字で答えるための準備です。

# %% [markdown] lang="en"
# ## 1. How a lesson works
#
# Every lesson asks one business question of one company. The next cell holds all that you may change; `source` says which company. Run it, then the one that introduces the company. After any change here, choose *Run ▸ Run All Cells*. Shares are decimals: 0.08 is 8 %. Of a company that the kit made up, the truth is known for once, and stands next to what you compute.

# %% [markdown] lang="ja"
# ## 1. 章の進み方
#
# どの章も、一つの会社を題材に、事業上の問いを一つ立てます。変えてよいものは次のセルにまとめてあり、`source` が題材の会社です。実行したら、その次のセルで会社の紹介を見てください。何かを変えたら、メニューの「Run ▸ Run All Cells」(日本語表示なら「実行」のメニュー)で全体を実行し直します。割合は小数で、0.08 が8%です。キットが作った会社なら「真の値」が分かっていて、計算した値の隣に並びます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
horizon_months: int = 36  # months over which customers are followed in sections 5 and 7, as far as the records reach
# ja: 5節と7節で、お客様を追う月数(記録のある所まで)
arr_today: int = 100000000  # ARR today in the thought experiment of section 6
# ja: 6節の思考実験での、今日のARR(円)
growth: float = 0.30  # new ARR won each year, as a share of ARR today
# ja: 毎年獲得する新規ARR(今日のARRに対する割合)
churn_levels: list[float] = [0.03, 0.10, 0.25]  # shares of ARR lost in a year, from low to high
# ja: 1年に失うARRの割合。低いほうから順に(0.03は3%)
years: int = 10  # how many years the thought experiment runs
# ja: 思考実験の年数
threshold_steps: list[float] = [0.5, 1.0, 2.0, 4.0]  # multiples of the company's own touch thresholds, for section 7
# ja: 7節で、いまの線引きを何倍にして試すか

# %%
import pandas as pd

from cslab import figures
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import begin, say, verdict
from cslab.course.sliders import try_thresholds
from cslab.course.table import contents, table
from cslab.measure import oracle, retention, survival, thresholds

book = begin("00", source, as_of, lang, reveal_truth)

# %% [markdown] lang="en"
# | You are | You change | You get |
# |---|---|---|
# | a trainee | an answer, a number in a cell | a lesson to think with, in either language |
# | an analyst | `source`, to a folder of your exports | the same lesson about your company; what cannot run says what it lacks |
# | an instructor | `seed`, `reveal_truth` | a different company for everybody, the truth when you choose |

# %% [markdown] lang="ja"
# | 立場 | 変えるもの | 手に入るもの |
# |---|---|---|
# | 受講者 | 答えと、セルの中の数字 | 日本語でも英語でも、手を動かして考える教材 |
# | 分析担当 | `source` を自社データのフォルダーに | 同じ章が自社の話になる。実行できない部分は、何が足りないかが示される |
# | 講師 | `seed` と `reveal_truth` | 一人ひとり違う会社。真の値を見せる時も選べる |

# %% [markdown] lang="en"
# ## 2. From support to success
#
# | | Customer support | Customer success |
# |---|---|---|
# | begins when | the customer asks | the data show a need |
# | is done when | the ticket is closed | the customer has what they bought us for |
# | measures | response, resolution, satisfaction | onboarding, adoption, renewal, expansion |
# | overlooks | who does not complain | who quietly stops using it |
#
# Neither replaces the other: one may answer every ticket within the hour and lose the customer who had stopped asking.

# %% [markdown] lang="ja"
# ## 2. サポートからサクセスへ
#
# | | カスタマーサポート | カスタマーサクセス |
# |---|---|---|
# | 始まり | お客様から問い合わせがあったとき | 支援の必要なお客様がデータから見えたとき |
# | 終わり | 問い合わせが解決したとき | お客様が、導入の目的を果たしたとき |
# | 測るもの | 応答時間、解決率、満足度 | オンボーディング、活用、更新、拡大 |
# | 見逃しやすいのは | 不満を言わないお客様 | 静かに使われなくなっていくお客様 |
#
# どちらかがあれば足りるものではありません。すべての問い合わせに1時間以内で答えながら、もう問い合わせもしてこなくなったお客様を失うことはあります。

# %% [markdown] lang="en" tags=["speaker"]
# **Watch for the nod.** Everybody agrees with this table and nobody's job description does. Ask: “Which line of it did you do last week?” Those who answer “support” are not wrong; they are the ones to ask what nobody complained about.

# %% [markdown] lang="ja" tags=["speaker"]
# **うなずきだけで終わらせません。** 表には全員がうなずきますが、実際の仕事は違います。「先週したのはどの行ですか」と聞いてください。「サポートです」という答えは間違いではありません。その方には「誰からも苦情の来なかった困りごとは、何でしょうか」と続けます。

# %% [markdown] lang="en"
# ## 3. Five tables to begin with
#
# | Table | tells |
# |---|---|
# | `accounts` | who they are, when and why they signed |
# | `contracts` | when a term runs out, what became of it |
# | `mrr_movements` | new, expansion, contraction, churn |
# | `usage_monthly` | who uses it, how broadly |
# | `churn_events` | when leaving was decided, what was said |
#
# A real company can export each of them. Below, every table of this source and what one row of it is; what it does not have is not listed, and the lessons will say what that costs.

# %% [markdown] lang="ja"
# ## 3. まず5つの表から
#
# | 表 | 分かること |
# |---|---|
# | `accounts` | どんな会社が、いつ、なぜ契約したか |
# | `contracts` | 契約がいつ満了し、どうなったか |
# | `mrr_movements` | 新規・増額・減額・解約 |
# | `usage_monthly` | 誰が、どのくらい幅広く使っているか |
# | `churn_events` | 解約がいつ決まり、何と言われたか |
#
# どれも、実在の会社が書き出せるものばかりです。下は、このデータに入っているすべての表と、その1行が何かです。ない表は出てきません。ないと何が分からないかは、各章が答えます。

# %%
contents(book)

# %% [markdown] lang="en"
# One customer, as the company's systems see it, and beside it how many of the cells in each column are filled. An empty column is an answer too: it tells what nobody here has ever written down.

# %% [markdown] lang="ja"
# あるお客様1社を社内のシステムから見ると、こうなります。右は、その列のセルが何割埋まっているかです。空の列も一つの答えです。誰も書き留めてこなかったことを教えてくれます。

# %%
one = pd.DataFrame({"first": book.accounts.iloc[0], "filled": book.accounts.notna().mean()})
table(one.rename_axis("column"), digits=2)

# %% [markdown] lang="en"
# ## 4. Find five facts
#
# **Try it (8 minutes).** Write down a guess before you run each cell. The answers are one sentence or one short table; your guess should have the same form.
#
# 1. How many customers are there today, of all on record?
# 2. Which segment has the most customers, and which brings the most money?
# 3. For how long do customers sign?
# 4. Which reason for leaving is given most often?
# 5. What share of the paid seats is used in a week?

# %% [markdown] lang="ja"
# ## 4. 5つの事実を見つける
#
# **やってみましょう(8分)** セルを実行する前に予想を書き、結果と比べてください。答えはどれも、一つの文か小さな表で出てきます。予想も同じ形で書いておきます。
#
# 1. 記録にある会社のうち、いま契約中のお客様は何社ですか。
# 2. 社数がいちばん多いのはどのセグメントで、売上がいちばん大きいのはどれですか。
# 3. お客様は、どのくらいの期間で契約していますか。
# 4. 解約の理由として、いちばん多く挙げられているのは何ですか。
# 5. 有償ライセンスのうち、1週間に実際に使われているのは何割ですか。

# %%
# %%needs mrr_movements accounts.segment
now = book.accounts.set_index("account_id").join(retention.mrr(book, book.as_of)).query("mrr_amount > 0")
say("customers_now", len(now), recorded=len(book.accounts))
by_segment = now.groupby("segment")["mrr_amount"].agg(["count", "sum"])
table(by_segment / by_segment.sum(), digits=2)

# %%
# %%needs contracts.term_months
table(book.contracts.drop_duplicates("account_id")["term_months"].value_counts(normalize=True).to_frame("share"), digits=2)

# %%
# %%needs churn_events.reason_stated
table(book.churn_events["reason_stated"].value_counts(normalize=True).to_frame("share").head(4), digits=2)

# %%
# %%needs usage_monthly.wau_ratio
last_month = book.usage_monthly[book.usage_monthly["month"] == book.usage_monthly["month"].max()]
say("seats_in_use", last_month["wau_ratio"].median(), low=last_month["wau_ratio"].quantile(0.1), n=len(last_month))

# %% [markdown] lang="en"
# Keep two of your guesses that were wrong. Which decision of last quarter would have been different, had you known? A fact nobody would act on is only a number. One warning about the fourth: it is the reason that was *given*, which need not be the one that was at work.
#
# **On your own (15 minutes, now or after the lesson):** `cslab open 00 --exercise` asks for the same five facts of another company, and tells each wrong answer which mistake it looks like.

# %% [markdown] lang="ja"
# 予想が外れたものを二つ残しておいてください。知っていたら、前の四半期の判断のどれが変わっていたでしょうか。行動を変えない事実は、ただの数字です。4番目には注意が要ります。あれは**申告された**理由であって、本当の理由とは限りません。
#
# **自分で解く(15分。ここで、または章を終えてから)** `cslab open 00 --exercise` で演習が開きます。同じ5つの事実を別の会社で求めるもので、答えが違えば、どの間違いかを示します。

# %% [markdown] lang="en" tags=["speaker"]
# **The five facts (8 minutes).** Guesses on the board before each cell, by row of seats. Stop at the fourth: “price” is what people say on the way out. Whoever is quick opens the exercise sheet; ask afterwards who counted everybody on record as a customer, and let one of them explain why that was reasonable.

# %% [markdown] lang="ja" tags=["speaker"]
# **5つの事実(8分)。** セルごとに、席の列ごとの予想をホワイトボードに書いてもらってから実行します。4番目で止まってください。「価格」は去り際に言いやすい理由です。早く終わった人は演習へ進みます。「記録にある全社をお客様と数えた人」に後で手を挙げてもらい、なぜそう数えたくなったかを話してもらってください。

# %% [markdown] lang="en"
# ## 5. The president's arithmetic
#
# Suppose sales win exactly one new customer a month, for `horizon_months` months (fewer where the records are shorter). How many do we have at the end? The president's answer, and the one in most sales plans: one for each month.

# %% [markdown] lang="ja"
# ## 5. 社長の計算
#
# 営業が毎月きっちり1社ずつ、`horizon_months` か月のあいだ(記録が短ければ、見届けられる月まで)受注を続けたとします。最後に、お客様は何社になっているでしょうか。社長の答えも、多くの受注計画の答えも、「月の数だけ」です。

# %%
durations = survival.durations(book)
horizon = survival.watched_horizon(durations, horizon_months)
say("horizon", horizon, wanted=horizon_months, last=durations["duration"].max())
say("stacked_sales", horizon)

# %% [markdown] lang="en"
# **But can we trust this?** It counts signatures. While the newest sign, some of those who signed earlier have gone. How many of them remain, the records of real customers can tell: month by month, the share still there. The cell after next holds three numbers against each other: the president's, the lesson's, and the truth where it is known.
#
# **Guess first.** How many of them are still customers? Put your number in the place of the three dots, with a range that you are 80 % sure of, as the cell tells you.

# %% [markdown] lang="ja"
# **この数字を信じてよいでしょうか。** 数えているのは契約書の枚数です。新しいお客様が契約する一方で、先に契約したお客様の何社かは離れています。そのうち何割が残るかは、実際の記録から月ごとに分かります。次の次のセルに、社長の計算、この章の計算、そして分かっていれば真の値が並びます。
#
# **先に予想を。** 最後に残っているのは何社でしょうか。`...` を自分の数に書き換え、80%の自信がもてる範囲も添えます。書き方はセルが教えてくれます。

# %%
# %%needs calendar
predict("M01", ...)

# %%
# %%needs calendar
remaining = survival.restricted_mean(durations, horizon)
say("sales_that_stay", remaining, won=horizon, lost=horizon - remaining.estimate)
verdict("M01", naive=horizon, better=remaining, truth=oracle.restricted_mean(book.truth, horizon))

# %% [markdown] lang="en"
# That small table is the idea of the whole kit. **What everybody computes** is quick and often wrong in a known direction. **This lesson** computes it again with the reason for the error removed, and says how sure it is. **The truth** is known only of companies that the kit made; with your own data that line stays empty, and you must judge by the reason.

# %% [markdown] lang="ja"
# この小さな表が、この教材全体の考え方です。**よくある計算**は早くできて、しかも決まった向きに外れがちです。**この章の計算**は、外れる理由を取り除いてやり直し、どのくらい確かかを添えます。**真の値**が分かるのは、キットが作った会社だけです。自社のデータではこの行は空になり、結果ではなく理由で判断することになります。

# %% [markdown] lang="en" tags=["speaker"]
# **Do not skip the guess.** Let everybody type a number and a range before anybody runs the verdict; a guess that was only thought of is revised in the same second. Then ask who was outside the range, and praise whoever had a wide one.

# %% [markdown] lang="ja" tags=["speaker"]
# **予想を飛ばさないでください。** 判定のセルは、全員が数と範囲を打ち込んでから実行します。頭の中だけの予想は、答えを見た瞬間に書き換わります。範囲の外だった人に手を挙げてもらい、広い範囲を書いた人をほめます。

# %% [markdown] lang="en"
# ## 6. Why retention compounds
#
# Now in money, and for years. All companies in the figure start with the same ARR (annual recurring revenue) and win the same new ARR every year; they differ only in how much of it they lose. The table counts in multiples of today's ARR. What to see: which line still climbs at the right edge, and which has gone flat although the salespeople are as busy as ever?

# %% [markdown] lang="ja"
# ## 6. 継続は複利で効く
#
# 今度は金額で、何年も先まで見ます。図に並ぶ会社は、ARR(年間経常収益)も、毎年新しく獲得する ARR も同じです。違うのは一つだけ、いまある ARR のうち1年で失う割合です。図の下の表は、今の ARR の何倍になるかを示します。見るところ:右端でもまだ伸びているのはどの線か。営業は同じように忙しいのに、平らになってしまったのはどの線か。

# %%
from cslab.measure.growth import arr_paths

paths = arr_paths(arr_today, growth * arr_today, churn_levels, years)
figures.growth.arr_paths(paths, lang=lang, currency=book.currency)

# %%
last_year = paths[paths["year"] == years].set_index("churn")
in_times = last_year.assign(arr=last_year["arr_amount"] / arr_today, ceiling=last_year["ceiling_amount"] / arr_today)
table(in_times[["arr", "growth", "ceiling"]])

# %%
worst = paths[paths["churn"] == max(churn_levels)]
ceiling = worst["ceiling_amount"].iloc[0] / arr_today
say("ceiling", ceiling, churn=max(churn_levels), years=years, growth=worst["growth"].iloc[-1])

# %% [markdown] lang="en"
# Every year's sales first refill what ran out; at the same rate, a larger company leaks more. That is the compounding: a point of churn costs little this year and sets the ceiling for all years. Which line is our company on? The lines lose ARR, so hold them against the ARR that was lost (1 − GRR), not against the customers that left.

# %% [markdown] lang="ja"
# 毎年の受注は、まず漏れた分を埋めるところから始まります。率が同じでも、会社が大きくなるほど漏れる量は増えます。これが複利です。解約率1ポイントの差は、今年だけならたいした額でなくても、この先ずっと続く天井を決めます。では、この会社はどの線の上にいるのでしょうか。線が表すのは失う ARR なので、比べる相手は顧客数の解約率ではなく、失った ARR の割合(1−GRR)です。

# %%
# %%needs mrr_movements calendar
start, months = retention.look_back(book, 12)
lost = retention.logo_churn(book, start, book.as_of)
kept = retention.grr(book, start, book.as_of)
say("churn_here", lost, months=months, kept=kept, nrr=retention.nrr(book, start, book.as_of))
nearest = pd.Series(churn_levels, index=churn_levels).sub(1 - kept.estimate).abs().idxmin()
say("line_here", 1 - kept.estimate, months=months, line=nearest)

# %% [markdown] lang="en"
# **Try it (2 minutes).** At the top, put your company's yearly churn into `churn_levels` and your new business into `growth`; run everything again. Your result should look like the figure above, with your own line in it. At which churn would your growth stop? The rule: new ARR a year, divided by churn, is the ARR you can never exceed. Question 6 of the exercise sheet checks the rule on a company.

# %% [markdown] lang="ja"
# **やってみましょう(2分)** 冒頭の `churn_levels` に自社の年間解約率を、`growth` に自社の新規 ARR の割合を入れ、全体を実行し直してください(8%なら 0.08)。自社の線が入った、同じ形の図が出れば合格です。自社の成長は、解約率が何%になると止まりますか。目安は、年間の新規 ARR を解約率で割った額。それが、決して超えられない ARR です。演習の6番では、ある会社でこの目安を確かめます。

# %% [markdown] lang="en"
# ## 7. Where to draw the lines
#
# Can more be kept by more people? Take a company that goes by MRR at signing: from one line on a customer gets **mid touch**, from a higher one **high touch**, all others **tech touch** (mails, webinars, self-service). More touch takes more hours of a CSM, a customer success manager.

# %% [markdown] lang="ja"
# ## 7. どこに線を引くか
#
# では、売上をもっと維持するには、人を増やせばよいのでしょうか。契約時の MRR に線を引き、一つ目の線から上を**ミドルタッチ**、二つ目の線から上を**ハイタッチ**、残りを**テックタッチ**(メール、ウェビナー、セルフサービス)にしている会社で考えます。手厚くするほど、CSM(カスタマーサクセスマネージャー)の時間がかかります。

# %% [markdown] lang="en"
# With a company that the kit made, we can do what nobody else can: let **the same customers, with the same luck**, live their first months again under other lines.
#
# **Guess first (2 minutes).** Both lines at half: by what share do hours rise, by how many points GRR? Once the hours are paid for, is more left, or less? And with both lines doubled?

# %% [markdown] lang="ja"
# キットが作った会社なら、現実にはできないことを試せます。**同じお客様に、同じ運のまま**、別の線引きで、契約からの月日をもう一度過ごしてもらうのです。
#
# **先に予想を(2分)** 二つの線をどちらも半分に下げると、CSM の時間は何割増え、GRR は何ポイント上がりますか。対応コスト(CSM の時間の費用)を引いて残る金額は、増えますか、減りますか。線を倍に上げたら? 書きとめてから、次のセルを実行してください。

# %%
# %%needs truth touch_lines
tried = thresholds.tried(book, threshold_steps, horizon)
try_thresholds(book, tried)

# %%
# %%needs truth touch_lines
from cslab.words import money

shown = ["hours", "grr", "mrr_amount", "cost_amount", "more_amount"]
rounded = tried.round({"hours": 0, "mrr_amount": -3, "cost_amount": -3})
in_numbers = rounded.set_index(["mid_amount", "high_amount"])[shown]
table(in_numbers.assign(more_amount=in_numbers["more_amount"].apply(money, currency=book.currency, lang=lang)))

# %% [markdown] lang="en"
# What to see, from left to right: hours follow every move of the lines; GRR moves far less; money tells whether the hours were worth it. A whisker across zero: other customers of the same kind could have shown the opposite. Were the company's own lines the best? And count the months: hours are paid for at once, renewals come later. The larger `horizon_months`, the more touch pays.

# %% [markdown] lang="ja"
# 左から順に見てください。時間は線を動かすたびに大きく増減しますが、GRR の動きはずっと小さいはずです。その時間に見合ったかどうかは、右の金額が示します。ひげが0をまたぐ行は、同じようなほかのお客様なら逆の結果もありえたという意味です。いまの線引きがいちばんでしたか。もう一つ、対応コストはすぐにかかり、効果は更新のときに出ます。`horizon_months` を長く取るほど、手厚いタッチは割に合いやすくなります。

# %% [markdown] lang="en"
# **Try it (3 minutes).** In JupyterLab two sliders stand below the picture. Draw lines of your own: can you leave more than any row does, and how many CSMs would that take? Your result should be one more row, named yours. Where there are no sliders, change `threshold_steps` at the top and run everything again.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** JupyterLab では、図の下にスライダーが二つ出ます。線を動かして、どの行よりも多く残る引き方を探してください。CSM は何人分になりますか。「あなたの線引き」の行が加われば合格です。スライダーが出ないときは、冒頭の `threshold_steps` を変えて全体を実行し直してください。

# %% [markdown] lang="en" tags=["speaker"]
# **If time is short, show section 7 as a picture only** and ask one question: “Which bar would your finance director look at first?” The whiskers are the lesson: a plan that crosses zero is a bet, not a saving.

# %% [markdown] lang="ja" tags=["speaker"]
# **時間が足りなければ、7節は図だけを見せます。** 問いは一つ、「経理の責任者なら、どの棒から見ますか」。大事なのはひげです。0をまたぐ線引きは、節約ではなく賭けです。

# %% [markdown] lang="en"
# ## 8. Your one line
#
# Success is the customer's, not ours: what the product is for. Fill the pattern, then test it: could a stranger look into the data and say yes or no?
#
# > *For ⟨which customers⟩, success is ⟨what they achieve⟩ by ⟨when⟩, and we see it when ⟨one observable fact⟩.*

# %% [markdown] lang="ja"
# ## 8. あなたの一行
#
# 成功はお客様のものです。「当社の製品を使っている」ではなく、製品を使って何を果たしたいのか。型を埋めたら、確かめてください。事情を知らない人がデータを見て、達成か未達かを答えられますか。
#
# > *⟨どんなお客様⟩にとっての成功とは、⟨いつまで⟩に⟨何を果たす⟩こと。それは⟨一つの観察できる事実⟩で分かる。*

# %% [markdown] lang="en"
# A model: the booking service Toreta is said to have called onboarding complete when the restaurant *threw its paper ledger away* (notes on JCSC#11, andynu4.hatenablog.com; grade B: a practitioner's account).

# %% [markdown] lang="ja"
# お手本:飲食店の予約サービス「トレタ」は、お店が*紙の予約台帳を捨てた*ときをオンボーディング完了としていた、と伝えられています(JCSC#11 の参加記、andynu4.hatenablog.com。根拠の等級B:実務者の報告)。

# %% [markdown] lang="en"
# | Draft | What is wrong with it |
# |---|---|
# | “Customers are satisfied.” | nobody can see it happen, and no date |
# | “Customers log in every day.” | our wish, not theirs |
# | “By the third month-end, accounting closes two days earlier and has switched off the old spreadsheet.” | nothing: who, what, when, a fact to check |
#
# Write yours here, double-click to edit. Question 7 of the exercise sheet says whether a part is missing.
#
# > …

# %% [markdown] lang="ja"
# | 下書き | どこが弱いか |
# |---|---|
# | 「お客様が満足している」 | 起きたかどうかが見えない。期限もない |
# | 「毎日ログインしている」 | こちらの願いであって、お客様の目的ではない |
# | 「経理チームが3回目の月次決算までに締めを2日早め、古い表計算ファイルを使うのをやめている」 | 弱くない。誰が、何を、いつまでに、確かめられる事実がそろっている |
#
# あなたの一行を書いてください(ダブルクリックで編集できます)。演習の7番に入れると、足りない部品が分かります。
#
# > …

# %% [markdown] lang="en" tags=["further"]
# ## 9. How sure is a number in this course?
#
# What is published about Customer Success differs wildly, mostly because definitions do. So every benchmark carries a grade; a figure without one is computed in front of you.
#
# | Grade | Means |
# |---|---|
# | A | peer-reviewed, or official documentation |
# | B | a named survey, a company's disclosure, a practitioner with data |
# | C | a blog's or vendor's rule of thumb: a starting value |
# | S | a convention of this kit's simulator |
# | V | verified by our own calculation |
#
# The appendix holds this company against published figures.

# %% [markdown] lang="ja" tags=["further"]
# ## 9. この教材の数字はどこまで確かか
#
# カスタマーサクセスについて公表されている数字は、驚くほどばらばらです。たいていは定義が違うからです。そこで、外から引いた数字には必ず根拠の等級を付けます。等級のない数字は、目の前で計算したものです。付録では、この会社を公表値と比べます。
#
# | 等級 | 意味 |
# |---|---|
# | A | 査読論文、または公式文書 |
# | B | 実施主体の分かる調査、企業自身の開示資料、データを示した実務者の報告 |
# | C | ブログやベンダーの経験則。出発点として使い、変えてよい値 |
# | S | この教材のシミュレーターで定めた設定 |
# | V | こちらで計算して確かめたもの |

# %% [markdown] lang="en"
# ## 10. Open the box
#
# No call in this course hides anything you could not write yourself. The highest of the lines in section 6, in plain Python: this year's ARR is what was kept of last year's, and what was won. The last value should be the one in the table.

# %% [markdown] lang="ja"
# ## 10. 箱を開けてみる
#
# この教材の関数に、自分では書けないものは一つもありません。6節の線のうち、解約率がいちばん低いものを素の Python で書くとこうなります。今年の ARR は、去年のうち残った分と、新しく獲得した分です。最後の値が表の値と同じになるはずです。

# %% tags=["box"]
by_hand = [arr_today]
for year in range(years):
    kept, won = by_hand[-1] * (1 - min(churn_levels)), growth * arr_today
    by_hand.append(kept + won)
(pd.DataFrame({"arr": by_hand}).rename_axis("year") / arr_today).tail(3).round(3)

# %% [markdown] lang="en"
# **Try it (5 minutes).** Change `seed=7` in `source` to another number and run everything again: another company, drawn from the same world. Your result should look like this page with other numbers. Does the verdict in section 5 come out the same way? Which lines leave most in section 7? Then set `reveal_truth` to `False` and see what you must decide without.

# %% [markdown] lang="ja"
# **やってみましょう(5分)** `source` の `seed=7` を別の数に変え、全体を実行し直してください。同じ条件から生まれた別の会社になります。ページの形は同じで、数字だけが変われば合格です。5節の判定は同じ向きに出ましたか。7節でいちばん多く残るのはどの線引きですか。次に `reveal_truth` を `False` にして、真の値がなければ何を自分で判断することになるかを確かめてください。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Put your exports into one folder and write `source = "folder:path/to/it"`; `cslab readiness` says which lessons run and what the others lack. Everything stays on your computer.
#
# | You need | for | Look out for |
# |---|---|---|
# | `contracts`: account_id, start, end | sections 3, 5 | customers removed from the CRM when they leave |
# | `accounts`: segment | section 4 | segments redrawn last year; use the one at signing |
# | `mrr_movements`, else `contracts`: start, end, mrr_amount | sections 4, 6, appendix | invoices are not MRR: spread prepayments, leave one-off fees out |
#
# Section 7 is for made-up companies: yours cannot live twice.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 書き出したファイルを一つのフォルダーに置き、`source = "folder:そのフォルダー"` と書きます。`cslab readiness` を使うと、実行できる章と、実行できない章に足りない表と列が分かります。データがお手元のコンピューターから外に出ることはありません。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `contracts` の account_id・start・end | 3節・5節 | 解約するとCRMから消されるお客様 |
# | `accounts` の segment | 4節 | 昨年引き直したセグメント。契約時点のものを使う |
# | `mrr_movements`(なければ `contracts` の start・end・mrr_amount) | 4節・6節・付録 | 請求額はMRRではありません。年額前払いは月割りにし、一時費用は除く |
#
# 7節ができるのは、キットが作った会社だけです。現実の会社はやり直せません。

# %% [markdown] lang="en"
# ## How good was your guess?
#
# A guess of which one is 80 % sure should hold four times of five. With one guess nobody can tell; the lessons after this one ask for more. Most people's ranges turn out too narrow (Lichtenstein, Fischhoff and Phillips 1982; grade A).

# %% [markdown] lang="ja"
# ## 予想はどうでしたか
#
# 80%の自信がある範囲なら、5回に4回は真の値が入るはずです。1回では何とも言えませんが、この後の章でも予想を続けます。たいていの人の範囲は、狭すぎることが知られています(Lichtenstein ほか、1982年。等級A)。

# %%
calibration()

# %% [markdown] lang="en"
# ## Key points
#
# - Support answers; success looks first. A company needs both.
# - A signature is the beginning of the count, not the end.
# - New ARR a year divided by churn is the ceiling on ARR.
# - More touch always takes more hours; whether it leaves more money depends on where the lines are and how long you count.
# - Every number here comes as naive · better · truth, with its doubt attached.
# - Success is a fact in the customer's business that a stranger could check.

# %% [markdown] lang="ja"
# ## 要点
#
# - サポートは応える。サクセスは先に見に行く。どちらも要る。
# - 契約は数え終わりではなく、数え始め。
# - 年間の新規 ARR を解約率で割った額が、ARR の天井になる。
# - タッチを厚くすれば時間は必ず増える。残る金額が増えるかどうかは、線の引き方と、何か月で数えるかによる。
# - 数字は「よくある計算・この章の計算・真の値」で並べ、どこまで信じてよいかを添える。
# - 成功とは、事情を知らない人でも確かめられる、お客様の事業の事実である。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# That Customer Success lowers churn in *your* company: in section 7 touch works because the kit says so (grade S), and a real company has no second life to compare with. How to find out all the same comes later. The thought experiment holds sales and churn steady and leaves expansion out. And churn was one yearly rate here; lesson 05 shows that it is nothing of the kind.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# **自社で**カスタマーサクセスが解約を減らすことは、まだ示していません。7節でタッチが効くのは、キットがそう定めたからです(等級S)。現実の会社には、比べるための二度目がありません。それでも確かめる方法は、後の章で扱います。思考実験では受注も解約も何年も一定とし、増額は入れていません。そして、ここでは解約を年に一つの率で扱いましたが、実際はそんなに平らではありません。第05章で見ます。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. Support closes 98 % of tickets within a day. Do the customers succeed?
# 2. A company loses 10 % of ARR a year and wins ¥30M of new ARR a year. Above which ARR can it not grow?
# 3. A verdict shows a naive and a better number, no truth. What source is it, and how do you decide?

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. サポートは問い合わせの98%を1日以内に解決しています。お客様は成功している、と社長は結論してよいでしょうか。
# 2. A社は年に ARR の10%を失い、毎年3,000万円の新規 ARR を獲得しています。これ以上は伸びないという ARR はいくらですか。
# 3. 判定に「よくある計算」と「この章の計算」だけが並び、真の値がありません。どんなデータで、どう判断しますか。

# %% [markdown] lang="en"
# <details><summary>Answers</summary>
#
# 1. Nobody knows: tickets come from those who ask. Look at what customers achieve, and at who went quiet.
# 2. ¥300M: there, the 10 % lost equals the ¥30M won.
# 3. A real one, or one whose truth is hidden. Judge by why the naive number errs, and by the better one's interval.
#
# </details>

# %% [markdown] lang="ja"
# <details><summary>答え</summary>
#
# 1. できません。問い合わせは、問い合わせる人からしか来ないからです。お客様が何を果たしたかと、静かになったお客様を見ます。
# 2. 3億円です。そこでは、失う10%と獲得する3,000万円が釣り合います。
# 3. 実データか、真の値を伏せた合成データです。よくある計算がなぜ外れるかという理由と、この章の計算の区間の幅で判断します。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What will you do | Which number made you | Who | By when | Months until it shows |
# |---|---|---|---|---|
# | *for instance: agree the one-line definition with three customers* | *section 8* | *head of CS* | *end of next month* | *the next onboarding* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:一行の定義を、お客様3社と合意する* | *8節* | *CS責任者* | *来月末* | *次のオンボーディング* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# Go on to **lesson 01, Metrics that do not lie**: which retention number to give the board, and what to say with it.

# %% [markdown] lang="ja"
# ## 次の章
#
# **第01章** 「嘘をつかない指標」へ進んでください。取締役会に渡す継続率を一つ選び、何を添えるかを決める章です。

# %% [markdown] lang="en"
# | Word | In this course |
# |---|---|
# | MRR, ARR | recurring revenue in a month; twelve times that |
# | Churn (logo) | customers lost in a period, as a share of those at its start |
# | GRR | share of the starting revenue still there, growth not counted |
# | NRR | the same with growth counted |
# | Touch | how closely a customer is looked after: tech, mid, high |
# | Onboarding | from signature to the first result the customer wanted |
# | Book | a company's tables as they stood on one day |

# %% [markdown] lang="ja"
# | 用語 | この教材での意味 |
# |---|---|
# | MRR・ARR | 月間の経常収益・その12倍 |
# | 解約率(顧客数) | 期首の顧客のうち、期間中に失った割合 |
# | GRR(売上維持率) | 期首の売上のうち、増額を数えずに残った割合 |
# | NRR(売上継続率) | 期首の顧客の、増額も含めた期末の売上÷期首の売上 |
# | タッチ | 1社にかける手厚さ。テック・ミドル・ハイの3段階 |
# | オンボーディング | 契約から、お客様が望んだ最初の成果まで |
# | ブック | ある日に見えていた、会社のすべての表 |

# %% [markdown] lang="en" tags=["further"]
# ## Appendix. How like a real company?
#
# Each row holds the last year of the company against what others have published: SaaS Capital 2023, Benchmarkit 2025, KBCM 2016–2018, ChartMogul, Japanese listed companies of about 2020. All are grade B: somebody named counted, though not always what you count.

# %% [markdown] lang="ja" tags=["further"]
# ## 付録 現実の会社とどれだけ似ているか
#
# この会社の直近1年を、公表されている数字と1行ずつ比べます。出典は SaaS Capital(2023年)、Benchmarkit(2025年)、KBCM(2016〜2018年)、ChartMogul、2020年ごろの国内上場SaaS企業です。等級はすべてB。誰が数えたかは分かりますが、定義が自社と同じとは限りません。

# %%
# %%needs mrr_movements calendar
from cslab.measure.fidelity import fidelity

compared = fidelity(book)
figures.fidelity.published(compared, lang=lang)

# %%
# %%needs mrr_movements calendar
table(compared[["benchmark", "estimate", "low", "high", "n", "published_low", "published_high", "grade"]])

# %% [markdown] lang="en" tags=["further"]
# The kit's default company must keep to the rows marked ◆; elsewhere it strays on purpose. It serves more small customers than those surveyed: more customers leave, with little MRR. Yet they pay more and sign for longer than ChartMogul's smallest, so fewer go in a month. Terms are a month or a year, seldom longer, and new customers outweigh expansion. With your own data this is your company: check a definition before you worry about a square.

# %% [markdown] lang="ja" tags=["further"]
# ◆の行は、標準の会社が必ず満たすべきものです。ほかの行で外れるのには理由があります。調査対象の会社より小口のお客様が多いので、離れる社数は多めですが、失う MRR はわずかです。とはいえ ChartMogul の最小の層より単価が高く契約も長いので、小口の月次解約率は低めです。契約期間は1か月か1年が中心で、それより長いものは少なく、新規の勢いに比べて増額の割合は小さめです。自社データなら、ここに出るのは自社の数字です。四角が出ても、慌てる前に定義を確かめてください。

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 to 3, 5 minutes; section 4, 8; sections 5 and 6, 6; section 7, 7; section 8, 3; key points, 1. The one line and the three questions are finished as homework; keep the lines for later lessons.
# - **Before section 7** collect guesses on a board; their spread is the best argument for computing.
# - **Where they stumble:** taking the thought experiment for a forecast, or section 7 for an estimate; reading “naive” as “stupid”.
# - **Vary it:** `-p source.seed=8` for each table, `-p horizon_months=24` (then 47), `-p years=20`.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜3節で5分、4節で8分、5〜6節で6分、7節で7分、8節で3分、要点に1分。一行の仕上げと確認の3問は宿題にし、一行の定義は後の章のために保管します。
# - **7節の前に** 予想をホワイトボードに集めます。予想のばらつきこそ、計算する理由のいちばんの説明になります。
# - **つまずきやすい所** 思考実験を予測と、7節を推定と取り違える。「よくある計算」を「愚かな計算」と読む。忙しい実務者が急いで出す、もっともな計算です。
# - **変えてみる** `-p source.seed=8` で班ごとに別の会社に。`-p horizon_months=24`(次に47)、`-p years=20` も。
