# %% [raw]
# number: "09"
# title_en: Touch model and capacity
# title_ja: タッチモデルと体制設計
# question_en: Who gets how much of our time, and until when does the team hold?
# question_ja: 誰に、どれだけ手をかけるのか。その体制は、いつまで持つのか。
# minutes_core: 45
# minutes_further: 55
# needs: [accounts]
# misconceptions: [M27, M28, M29]

# %% [markdown] lang="en" tags=["core"]
# # Touch model and capacity
#
# **The business question.** Who gets how much of our time, and until when does the team hold?
#
# **Time.** Core track 45 minutes (31 reading, 14 hands-on) · further track 55 minutes (43 and 12). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Lesson 02 | helpful | the phases of the lifecycle |
# | Adding and multiplying hours | necessary | nothing harder in the core track |
# | Your own team | helpful | who does what, how often, for how long |
#
# **Afterwards you can**
#
# 1. **write** a rule of who gets which touch, and **reckon** from the bottom up what it takes;
# 2. **say** at which size of the book the team no longer holds, and **choose** among hiring, other lines and another means;
# 3. **find** the monthly fee from which more touch pays, with the assumption and its doubt beside it;
# 4. **compare** customer success managers fairly, and **refuse** a league table that is not.

# %% [markdown] lang="ja" tags=["core"]
# # タッチモデルと体制設計
#
# **この章の問い** 誰に、どれだけ手をかけるのか。その体制は、いつまで持つのか。
#
# **時間** 必修45分(読む31分・手を動かす14分)/発展55分(読む43分・手を動かす12分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 第02章 | あると役立つ | ライフサイクルのフェーズ |
# | 時間の足し算と掛け算 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 自社のチームの実情 | あると役立つ | 誰が、何を、月に何回、何時間かけているか |
#
# **この章を終えると**
#
# 1. 誰にどのタッチで対応するかのルールを**書き**、必要な時間を下から積み上げて**計算できる**
# 2. お客様が何倍になると体制が持たなくなるかを**言え**、採用・線の引き直し・手段の変更から**選べる**
# 3. 月額いくらから手をかける意味があるかを、仮定とその幅を添えて**示せる**
# 4. CSMどうしを公平に**比べ**、公平でない順位表を**断れる**

# %% [markdown] lang="en"
# ## 0. The budget meeting
#
# Three sentences from one hour. The managing director: “I have read that a good company has one CSM for a hundred customers. Why do we pay for more?” The head of sales: “Every customer matters. Give them all high touch, at least in the beginning.” And personnel: “We shall promote the CSM who loses the fewest renewals.” Each sounds sensible. You have until Friday.

# %% [markdown] lang="ja"
# ## 0. 予算会議にて
#
# 1時間の会議で、三つの発言がありました。社長「CSMは顧客100社に1人が目安だそうだ。うちはなぜ、もっと必要なのか」。営業部長「どのお客様も大切です。せめて最初だけでも、全社ハイタッチにしてください」。人事部長「更新を落とした件数がいちばん少ないCSMを昇進させます」。どれも、もっともらしく聞こえます。金曜までに答えを出してください。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Everybody writes down: how many customers does one of our CSMs look after, and where does this number come from? Most have inherited it. Keep the slips for section 2.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 「自社のCSMは1人で何社を担当しているか。その数はどこから来たか」を書いてもらいます。たいていは「前からそうだった」です。2節まで取っておきます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
thresholds: list[float] = [80000.0, 400000.0]  # MRR at signing from which a customer gets mid touch, and high touch
# ja: ミドルタッチ、ハイタッチにする契約時MRRの線
onboarding_touch: str = ""  # at least this tier until onboarded, tech, mid or high, empty for the rule as it stands
# ja: 立ち上がるまでの最低の層。tech・mid・high。空ならルールのまま
cadence_file: str = "cadence"  # what is done how often, cadence or the path of a .yaml of your own
# ja: 接点の頻度表。cadence、または自社の .yaml のパス
matrix_file: str = "touch_matrix"  # lifecycle and touch, touch_matrix or the path of a .yaml of your own
# ja: 施策表。touch_matrix、または自社の .yaml のパス
csm_ratio: float = 104.0  # customers a CSM that somebody has read of
# ja: どこかで読んだ「CSM 1人あたりの社数」
csm_cost: float = 0.0  # full cost of a CSM and year, 0 for what the tables say
# ja: CSM 1人・1年の総費用。0なら表の値
times_as_many: list[float] = [1.0, 2.0, 3.0, 4.0, 5.0]  # how many times as many customers, in section 4
# ja: 4節で、お客様が何倍になった場合を見るか
assumed_months: list[float] = [1.0, 2.0, 4.0]  # months of MRR that mid touch brings more, at worst, likely and at best
# ja: ミドルタッチで増える額(MRRの何か月分か)。最小・中央・最大の見込み
horizon_months: int = 36  # months over which touch has to pay
# ja: タッチの元を何か月で取るか
gross_margin: float = 0.80  # share of revenue left after the cost of serving it
# ja: 粗利率(売上から提供原価を引いて残る割合)
growth: float = 1.0  # by how much the book grows in a year, in section 9, 1 for twice as many
# ja: 9節で、1年に増える社数の割合。1なら2倍になる
other_source: str = "synthetic:firefighting?seed=7&accounts=2000"  # the company that puts out fires, in section 13
# ja: 13節:火消しに追われる会社

# %%
import pandas as pd

from cslab import figures
from cslab.course.elsewhere import from_here
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, call, say, verdict
from cslab.course.table import table
from cslab.measure import touch

book = begin("09", source, as_of, lang, reveal_truth)

# %%
from cslab.words import label, money

call(touch.called(lang))

# %% [markdown] lang="en"
# ## 1. Who gets what today
#
# A *rule* gives each customer a tier, here by two lines on the monthly fee (MRR) at signing (`thresholds`). High touch is a person by name and a monthly meeting; mid touch (some say low touch) calls and mails; tech touch one message to many. Below the rule's tiers, what the records say that customers really get.

# %% [markdown] lang="ja"
# ## 1. いま、誰が何を受けているか
#
# 1行は、最終日時点のお客様1社です。**ルール**が、それぞれのタッチ層を決めます。ここでは、契約時の月額(MRR)に引いた2本の線(`thresholds`)です。ハイタッチは専任の担当者と毎月の定例会。ミドルタッチ(ロータッチと呼ぶ会社もあります)は電話とメール。テックタッチは、一度に多くの相手へ届ける方法です。表の下に、記録に残る実際の層との違いを書きます。

# %%
# %%needs accounts.mrr0_amount mrr
if book.currency != "JPY" and thresholds == [80000.0, 400000.0]:
    thresholds = book.accounts["mrr0_amount"].quantile([0.62, 0.90]).tolist()
    say("lines_by_rank", money(thresholds[0], book.currency, lang), high=money(thresholds[1], book.currency, lang))
rule = touch.TierRule("own", *thresholds, onboarding=onboarding_touch)
given = touch.assign(book, rule)
size = given.groupby("tier")["amount"].agg(companies="size", fee_amount="mean")
table(size.reindex([*touch.called(lang)]).dropna().rename_axis("touch_tier"), digits=0)

# %%
# %%needs accounts.mrr0_amount mrr tier_history.touch_tier
moved = given["moves"].value_counts().reindex(["up", "same", "down"], fill_value=0)
told = "tiers_moved" if moved["up"] else "tiers_moved_up"
say(told, len(given), same=moved["same"], more=moved["down"], less=moved["up"])

# %% [markdown] lang="en"
# **Try it (2 minutes).** Somebody has moved customers above their line. Who, and why? Write down one exception that your firm makes, and its reason. Your result should look like “if …, one tier up, because …”. In `tier_rule.yaml` an exception without `because` is refused: one that nobody can give a reason for is no exception, it is habit.

# %% [markdown] lang="ja"
# **やってみましょう(2分)** 線より手厚い層に移されたお客様がいます。誰が、なぜ移したのでしょう。自社で認めている例外を一つ、理由と一緒に書いてください。「…のときは1段上げる。なぜなら…」の形になれば合格です。`tier_rule.yaml` では、`because`(理由)のない例外は受け付けません。理由を言えない例外は、例外ではなく習慣だからです。

# %% [markdown] lang="en"
# ## 2. How many CSMs? From the bottom up
#
# A *cadence* says what one touch takes and how often each tier gets it. All of these hours are assumptions (grade S): put in yours. The last row is the result, hours for one customer and month.

# %% [markdown] lang="ja"
# ## 2. CSMは何人必要か。下から積み上げる
#
# **接点の頻度表**(ケイデンス)には、1回に何時間かかり、どの層が年に何回受けるかを書きます。ここの時間はすべて仮定です(等級S)。自社の値に置き換えてください。いちばん下の行が答え、1社・1か月あたりの時間です。

# %%
cadence = touch.cadence(cadence_file)
hours = cadence.hours()
table(cadence.table(lang).set_index("touch").rename_axis("touch_kind").rename(columns=touch.called(lang)), digits=2)

# %% [markdown] lang="en"
# ### Open the box
#
# **Try it (3 minutes, pencil).** Reckon mid touch by hand from the shipped cadence: times a year × hours, shared where several share it, over twelve months. Then run the cell.

# %% [markdown] lang="ja"
# ### 箱を開けてみる
#
# **やってみましょう(3分・鉛筆で)** 上の表から、ミドルタッチの時間を手で計算してください。「年間の回数×1回の時間」を足し(分け合うものは社数で割り)、12で割ります。できたらセルを実行します。

# %% tags=["box"]
calls, mails, questions = 12 * 0.75, 24 * 0.15, 21 * 0.25
shared = 1 * 6 / 10 + 2 * 12 / 40 + 12 * 16 / 3000
by_hand = (calls + mails + questions + shared) / 12
both = {"by_hand": [by_hand], "cslab": [touch.cadence().hours()["mid"]]}
table(pd.DataFrame(both, index=["hours"]).rename_axis("metric"))

# %%
# %%needs csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
cost = touch.costs(book, hours)
hour = csm_cost / 12 / cost.attrs["csm_hours"] if csm_cost else cost.attrs["hour_amount"]
cost["cost_amount"], cost["cost_share"] = hour * cost["hours"], hour * cost["hours"] / cost["mrr_amount"]
served = cost[cost["customers"] > 0].rename(columns={"customers": "companies", "mrr_amount": "fee_amount"})
shown = ["companies", "hours", "cost_amount", "per_csm", "fee_amount", "cost_share"]
whole = {"cost_amount": 0, "per_csm": 0, "fee_amount": 0}
table(served.set_index("tier").rename_axis("touch_tier")[shown].round(whole), digits=2)

# %% [markdown] lang="en"
# What to see: one CSM's month holds twenty customers of one kind or several hundred of another. So a ratio “per CSM” says little without the mix.
#
# **Guess first:** with this mix, how many CSMs does the company need so that a tenth of their time stays free for what nobody planned? The naive number takes the ratio that somebody has read of (`csm_ratio`: the mean of a survey, grade B).

# %% [markdown] lang="ja"
# 見るところ:同じ1人の1か月が、ある層なら20社で埋まり、別の層なら数百社でも埋まりません。「1人あたり何社」は、層の構成を言わなければ、ほとんど何も伝えません。
#
# **先に予想を** この構成なら、CSMは何人必要でしょうか。予定外のことに備えて、時間の1割は空けておきます。「よくある計算」は、どこかで読んだ比率(`csm_ratio`。ある調査の平均、等級B)を当てはめたものです。

# %%
predict("M27", ...)

# %%
# %%needs csm.capacity_h tier_history.touch_tier
load = touch.load(book, hours, growth=times_as_many)
one = touch.load(book, hours, growth=[1]).iloc[0]
summed = one["hours"] / (touch.PLANNED * load.attrs["csm_hours"])
verdict("M27", naive=one["customers"] / csm_ratio, better=summed, truth=touch.csms_truth(book))

# %% [markdown] lang="en" tags=["speaker"]
# **On section 2 (4 minutes).** Take out the slips. Whoever wrote a ratio says which mix it belongs to; most cannot. Let the room change one number of the cadence (meetings of high touch from 12 to 6) and name beforehand by how many CSMs the answer moves.

# %% [markdown] lang="ja" tags=["speaker"]
# **2節の進め方(4分)** 最初に書いた紙を出してもらい、「その比率は、どの層の話ですか」と聞きます。答えられる人は少ないはずです。次に、頻度表の数字を一つ(ハイタッチの定例会を12回から6回に)変えるとCSMが何人分動くかを、計算の前に言ってもらいます。

# %% [markdown] lang="en"
# ## 3. What for: lifecycle × touch
#
# Hours say how much, not what for. The matrix has a cell for each phase and tier: what customers cannot do yet, what we do, what they can do then, what shows it, who answers for it. In the picture the small line is one customer's month, the large number that of all customers of the field. Where does the time go?

# %% [markdown] lang="ja"
# ## 3. 何のための時間か(ライフサイクル×タッチ)
#
# 時間は「どれだけ」を示しますが、「何のために」は示しません。施策表(マトリクス)には、フェーズとタッチ層の組み合わせごとに、お客様がまだできないこと、打ち手、できるようになること、何で確かめるか、どの部署の責任かを書きます。図で見るところ:小さな字は1社・1か月あたりの時間、大きな数字はそのマスのお客様全員での時間です。時間はどこに使われていますか。

# %%
# %%needs calendar contracts.end onboarding.started onboarding.done onboarding.milestone accounts.signed_on tier_history.touch_tier
there = touch.counts(book)
work = touch.matrix_load(touch.matrix_of(matrix_file), there, cadence=cadence)
figures.touch.matrix_hours(work, lang=lang)

# %%
matrix = touch.matrix_of(matrix_file)
said = matrix.table(lang)
few = said[said["phase"] == said["phase"].iloc[said["hours"].argmax()]]
table(few.set_index("tier").rename_axis("touch_tier")[["problem", "activity", "goal", "metric", "hours", "owner"]], digits=1)

# %%
# %%needs calendar contracts.end onboarding.started onboarding.done onboarding.milestone accounts.signed_on tier_history.touch_tier csm.capacity_h
by_owner = work.groupby("owner")["load_hours"].sum().sort_values(ascending=False)
table(by_owner.to_frame().rename_axis("department"), digits=0)
say("matrix_takes", by_owner.sum(), capacity=touch.capacity(book), share=by_owner.sum() / touch.capacity(book))

# %% [markdown] lang="en"
# **But is it a plan?** Most such tables begin with a tool. Here is a draft as one gets it, and what the kit has to say about it. A tool before a problem is refused; so is a cell that nobody answers for.
#
# **Try it (3 minutes).** Mend the draft: four entries. Or write the cell of your firm that hurts most.

# %% [markdown] lang="ja"
# **これは計画と呼べるでしょうか。** この種の表は、たいていツールの名前から書き始められます。次は、よくある下書きと、それに対するキットの指摘です。困りごとより先にツールを書いた表は受け付けません。責任部署のないマスも同じです。
#
# **やってみましょう(3分)** この下書きを直してください(4か所です)。あるいは、自社でいちばん困っているマスを書いてみてください。

# %%
draft = """matrix: draft
cells:
  - {phase: onboarding, tier: tech, tool: chatbot, activity: the bot answers questions, hours: 0.1}
"""
found = touch.lint(touch.read_matrix_draft(draft), lang)
table(found[found["serious"]].set_index("line").rename_axis("file_line")[["says"]])

# %% [markdown] lang="en"
# ## 4. Will it hold?
#
# The book grows, the team does not, yet. What to see: how full the team's hours are (by the cadence, for the tiers that customers really have), and above each mark the CSMs it would take. At which size does it break? And if everybody had the tier of the rule, with lines at twice the fee?

# %% [markdown] lang="ja"
# ## 4. いつまで持つか
#
# お客様は増えていきますが、チームはまだ増えていません。時間は、頻度表と、お客様の実際の層から計算します(3節の時間は施策表によるものなので、合計は少し違います)。図で見るところ:チームの時間がどれだけ埋まるか、点の上は必要なCSMの人数です。何倍で足りなくなりますか。全員がルールどおりの層にいるとして、線をどちらも2倍の月額にすれば、どれだけ楽になりますか。

# %%
# %%needs csm.capacity_h tier_history.touch_tier
figures.touch.utilisation(load, lang=lang)

# %%
# %%needs csm.capacity_h tier_history.touch_tier
sizes = load.rename(columns={"customers": "companies", "csms": "csms_needed", "more": "csms_lacking"})
shown = ["companies", "hours", "capacity", "utilisation", "csms_needed", "csms_lacking"]
table(sizes.set_index("growth").rename_axis("times_as_many")[shown].round({"hours": 0}), digits=2)
breaks = load[~load["holds"]]["growth"]
say("team_breaks" if len(breaks) else "team_holds", breaks.min() if len(breaks) else max(times_as_many))

# %%
# %%needs csm.capacity_h tier_history.touch_tier accounts.mrr0_amount mrr
raised = rule.with_lines(2 * thresholds[0], 2 * thresholds[1])
lighter = touch.load(book, hours, raised.tiers(book), growth=[1]).iloc[0]
as_ruled = touch.load(book, hours, rule.tiers(book), growth=[1]).iloc[0]
say("lines_doubled", as_ruled["hours"], after=lighter["hours"], fewer=as_ruled["csms"] - lighter["csms"])

# %% [markdown] lang="en"
# Hours saved are half of the answer. Which of the customers that would get less would have left for it? That is the next question, and it wants money on both sides.

# %% [markdown] lang="ja"
# 時間が浮くというのは、答えの半分にすぎません。手薄になったお客様のうち、それが理由で離れるのは誰でしょうか。それを考えるには、費用と効果の両方を金額にする必要があります。

# %% [markdown] lang="en"
# ## 5. From which fee on does it pay?
#
# More touch costs hours every month. What it brings grows with the fee: a customer who stays a month longer pays one fee more. So there is a fee from which on it pays. What mid touch really brings nobody knows before lessons 10 and 11: we assume it, with its doubt (`assumed_months`, within `horizon_months`).
#
# **Guess first:** from which monthly fee on does mid touch pay, against tech touch?

# %% [markdown] lang="ja"
# ## 5. 月額いくらから元が取れるか
#
# 手をかければ、毎月時間がかかります。一方、得られるものは月額に比例します。1か月長く続いてもらえれば、月額1か月分が入るからです。ですから、「この月額から上なら元が取れる」という境目があります。ミドルタッチの本当の効果は、第10・11章まで分かりません。そこで、仮定を幅つきで書いておきます(`assumed_months`。期間は `horizon_months`)。
#
# **先に予想を** ミドルタッチは、テックタッチと比べて、月額いくらから元が取れるでしょうか。

# %%
predict("M28", ...)

# %%
# %%needs csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
from cslab.measure.estimate import Estimate

likely = sorted(assumed_months)[len(assumed_months) // 2]
assumed = Estimate(likely, min(assumed_months), max(assumed_months), 0, "assumed")
needed = touch.break_even(assumed, hours["mid"] - hours["tech"], hour, gross_margin, horizon_months)
truly = touch.break_even_truth(book, "mid", "tech", horizon_months, gross_margin)
verdict("M28", naive=thresholds[0], better=needed.estimate, truth=truly)

# %%
# %%needs csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
ends = {"low": money(needed.low, book.currency, lang), "high": money(needed.high, book.currency, lang)}
months = {"least": min(assumed_months), "most": max(assumed_months), "likely": likely}
say("line_by_assumption", money(needed.estimate, book.currency, lang), **ends, **months)
if truly is not None and truly.estimate == float("inf"):
    say("mid_never_pays")

# %% [markdown] lang="en"
# The naive number is the company's own line: somebody drew it once. **Try it (3 minutes).** Which number of months would you sign, and what have you seen that speaks for it? Your result should look like a line, the months, and one thing that would prove you wrong.

# %% [markdown] lang="ja"
# 「よくある計算」は、会社が実際に使っている線です。いつか、誰かが引きました。**やってみましょう(3分)** 何か月分の効果なら、ご自身の名前で署名できますか。そう思う根拠は何ですか。線の金額、月数、そして「こうなったら自分が間違い」という事実が一つ書ければ合格です。

# %% [markdown] lang="en"
# In the picture, of a company made by the kit, what mid touch brings and costs by fee, in truth. What to see: where do the lines cross, and how flat is it there? A line a little beside the crossing costs little; one at half the fee gives hours to customers who bring back only a part of what they cost.

# %% [markdown] lang="ja"
# 図は、キットが作った会社での真の値で、月額ごとに、ミドルタッチで得られるものとかかる費用です。見るところ:2本の線はどこで交わりますか。その辺りの傾きはどれくらいですか。線が交点から少しずれても、損は小さく済みます。けれども、交点の半分の月額に線を引くと、元の取れないお客様にまで時間を配ることになります。

# %%
# %%needs truth accounts.mrr0_amount csm.cost_amount csm.capacity_h mrr
by_fee = touch.by_mrr(book, "mid", "tech", horizon_months, gross_margin)
truly = touch.break_even_truth(book, "mid", "tech", horizon_months, gross_margin)
figures.touch.pays(by_fee, truly, lang=lang)

# %%
# %%needs truth accounts.mrr0_amount csm.cost_amount csm.capacity_h mrr
marks = by_fee.iloc[[0, 20, 40, 60, 80]].set_index("mrr_amount").rename_axis("monthly_fee")
marks = marks.rename(columns={"gain_amount": "brought_amount"}, index=round)
table(marks[["brought_amount", "gain_low", "gain_high", "cost_amount"]].round(0), digits=0)

# %%
# %%needs truth accounts.mrr0_amount csm.cost_amount csm.capacity_h mrr tier_history.touch_tier
upper = touch.break_even_truth(book, "high", "mid", horizon_months, gross_margin)
lines = {"line": money(thresholds[1], book.currency, lang)}
if upper is not None and upper.estimate < float("inf"):
    say("high_pays_from", money(upper.estimate, book.currency, lang), **lines)

# %% [markdown] lang="en"
# And “all high, at least in the beginning”? A company that lives by it (Marketo in Japan, told by one of its people, grade B) gives three months of consulting to every newcomer, however small. In truth, of these customers, by fee: what it brings within the horizon through onboarding alone, and what it costs.

# %% [markdown] lang="ja"
# では「最初だけでも全社ハイタッチ」はどうでしょう。実際にそうしている会社もあります(日本のマルケトでは、どんなに小さなお客様にも3か月の導入コンサルティングを付けた、と担当者が語っています。等級B)。このお客様たちでの真の値を、月額の帯ごとに見ます。オンボーディングを通じて期間内に得られるものと、その費用です。

# %%
# %%needs truth accounts.mrr0_amount csm.cost_amount csm.capacity_h mrr contracts.end
edges = thresholds[0] * pd.Series([0.0, 0.25, 0.5, 1.0, 2.5, 5.0])
early = touch.early(book, [*edges, float("inf")], horizon=horizon_months, margin=gross_margin)
figures.touch.early(early, lang=lang)

# %%
# %%needs truth accounts.mrr0_amount csm.cost_amount csm.capacity_h mrr contracts.end
heads = {"n": "companies", "net_amount": "left_over_amount", "from_amount": "fee_from", "gain_amount": "brought_amount"}
bands = early.rename(columns=heads).set_index("fee_from").rename(index=int)
amounts = dict.fromkeys(["brought_amount", "cost_amount", "left_over_amount"], 0)
table(bands[["companies", "hours", *amounts]].round(amounts), digits=1)
paying = early[early["pays"] & (early["hours"] > 0)]
say("early_pays" if len(paying) else "early_never", len(paying), bands=(early["hours"] > 0).sum())

# %% [markdown] lang="en"
# **Read with care.** This is one company with one cost an hour. With a fee three times as high, or a third of the hours (three newcomers in one room), it turns round for all but the low bands (in the kit's standard company: below ¥40,000). A firm that does it for everybody need not be wrong. The question is not “all, or only the big ones?” but: what does it cost *us*, and what would have to be true?

# %% [markdown] lang="ja"
# **読むときの注意** これは、1時間の費用が一つに決まった、ある会社の話です。月額が3倍なら、あるいは時間が3分の1なら(3社をまとめて教えるなど)、小口の帯(標準の会社では月額4万円未満)を除いて、答えは逆になります。全社に付けて元が取れている会社があっても、不思議ではありません。問うべきは「全社か、大口だけか」ではなく、「**うちでは**いくらかかり、何が成り立てば元が取れるのか」です。

# %% [markdown] lang="en"
# ## 6. Who is the best CSM?
#
# Personnel's list: mean weekly use by the customers of each CSM. (Lost renewals would be nearer to the money, but a CSM has too few: lesson 03.) **But can we trust this?** Not everybody was given the same customers (*case mix*). So the kit asks what *anybody* would have reached with exactly these, and draws what is left to the mean by as much as is chance.
#
# **Guess first:** take the CSM on top of the plain list. How many points of its customers' use above the mean are due to this CSM?

# %% [markdown] lang="ja"
# ## 6. いちばん優秀なCSMは誰か
#
# 人事の順位表です。CSMごとに、担当するお客様の週次利用率(WAU)の平均を並べました(更新を落とした件数のほうがお金には近いのですが、1人あたりの件数が少なすぎます。第03章)。**信じてよいでしょうか。** 全員が同じお客様を任されたわけではありません。そこで、「まったく同じお客様を**ほかの誰か**が担当していたら、どこまで行ったか」を計算し、残った差も、偶然の分だけ平均に引き寄せます。
#
# **先に予想を** 単純な順位表で1位のCSMについて。担当するお客様の利用率が平均より高いのは、何ポイント分がこのCSMのおかげでしょうか。

# %%
predict("M29", ...)

# %%
# %%needs tier_history.csm_id tier_history.valid_from tier_history.valid_to usage_monthly.wau_ratio accounts.signed_on
csms = book.tier_history["csm_id"].nunique()
league = touch.fair(book) if csms > 5 else pd.DataFrame()
if league.empty:
    say("team_too_small", csms)

# %%
# %%needs tier_history.csm_id tier_history.valid_from tier_history.valid_to usage_monthly.wau_ratio accounts.signed_on csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
if not league.empty:
    best, mean = league.sort_values("crude_rank").iloc[0], league.attrs["mean"]
    better = Estimate(*(best[["shrunk", "shrunk_low", "shrunk_high"]] - mean), best["n"], best["method"])
    known = book.truth.csms().set_index("csm_id")["usage"] if book.truth is not None else {}
    verdict("M29", naive=best["crude"] - mean, better=better, truth=known.get(best["csm_id"]))

# %% [markdown] lang="en"
# What to see in the picture: whose line does not cross the mean of all, and how wide are the limits of the *ranks* on the right? Somebody is always on top. Most pairs of neighbours nobody can tell apart.

# %% [markdown] lang="ja"
# 図で見るところ:横線が全員の平均をまたがないのは誰ですか。右に書いた**順位**の範囲は、どれくらい広いですか。誰かは必ず1位になります。けれども、隣り合う2人の差は、たいてい誰にも見分けられません。

# %%
# %%needs tier_history.csm_id tier_history.valid_from tier_history.valid_to usage_monthly.wau_ratio accounts.signed_on
if not league.empty:
    figures.touch.league(league, lang=lang)

# %%
# %%needs tier_history.csm_id tier_history.valid_from tier_history.valid_to usage_monthly.wau_ratio accounts.signed_on
if not league.empty:
    ends = pd.concat([league.head(4), league.tail(4)]).drop_duplicates("csm_id").set_index("csm_id")
    ends = ends.rename(columns={"crude": "use_as_it_is", "expected": "use_with_anybody"})
    table(ends[["use_as_it_is", "use_with_anybody", "crude_rank", "rank", "rank_low", "rank_high"]])

# %%
# %%needs truth tier_history.csm_id tier_history.valid_from tier_history.valid_to usage_monthly.wau_ratio accounts.signed_on
skill = book.truth.csms().set_index("csm_id")["skill"]
if not league.empty and skill.nunique() > 1:
    ranks = league.set_index("csm_id")
    crude = touch.agreement(ranks["crude_rank"], skill)
    say("league_agrees", touch.agreement(ranks["rank"], skill), crude=crude.estimate)

# %% [markdown] lang="en" tags=["speaker"]
# **On section 6 (3 minutes).** Ask who would tell the last on the list to their face. Then show the limits of that rank. A fair use of the list: whom do we *ask* what they do otherwise? Never: whom do we pay less?

# %% [markdown] lang="ja" tags=["speaker"]
# **6節の進め方(3分)** 「最下位の人に、面と向かって言えますか」と聞いてから、その順位の幅を見せます。公平な使い方は「何を変えているのか、誰に**話を聞きに行く**か」です。「誰の給料を下げるか」ではありません。

# %% [markdown] lang="en"
# ## 7. Price × headcount: where do we stand?
#
# Customer success cannot choose its model alone: price and headcount rule some out. Each field shows the best model that fits into the hours, by section 5's assumption (high touch: twice the months). The two companies are illustrations from the press, their prices our guess. What to see: where does one more head change the model, where only a higher price?

# %% [markdown] lang="ja"
# ## 7. 価格×人数の地図。自社はどこにいるか
#
# どのタッチを組み合わせるか(**エンゲージメントモデル**)は、CS だけでは選べません。価格と人数が、選べるものを決めてしまいます。各マスは、その時間に収まる中で最も良いモデルです(5節の仮定による。ハイタッチは2倍の月数とします)。2社の位置は、報道をもとにした例示で、価格はこちらの推測です。図で見るところ:1人増えればモデルが変わるのはどこですか。価格が上がらないと変わらないのはどこですか。

# %%
# %%needs csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
economy = touch.Economy({"mid": likely, "high": 2 * likely}, hours, horizon_months, hour, gross_margin)
prices = thresholds[0] * 2.0 ** (pd.Series(range(37)) / 4 - 3)
people = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 35, 40, 50, 60, 80, 100, 120]
chart = touch.engagement_map(one["customers"], prices, people, economy)
paths = touch.trajectories(lang) if book.currency == "JPY" else None
figures.touch.engagement_map(chart, paths, lang=lang, currency=book.currency)

# %%
# %%needs csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
fields = chart.pivot(index="price_amount", columns="heads", values="model").loc[prices[::4], [5, 20, 40]]
fields = fields.rename(index=int, columns="{:.0f}".format).rename_axis(index="monthly_fee", columns="cs_people")
table(fields)

# %%
from cslab.course.cases import show_case

show_case("smarthr")
show_case("sansan")

# %%
calibration()

# %% [markdown] lang="en" tags=["further"]
# ## 8. Which means on which occasion, and who?
#
# A calendar of touches is half a model. The other half waits for something to happen: onboarding is late, a renewal is ninety days off, a champion has gone. The playbooks of lesson 07 notice it; the matrix says by which means each tier is answered.

# %% [markdown] lang="ja" tags=["further"]
# ## 8. 何をきっかけに、どの手段で、誰が
#
# 予定表どおりの接点は、モデルの半分です。残りの半分は、何かが起きたときに動きます。立ち上がりが遅れている。更新まで90日を切った。推進役の担当者が異動した。気づくのは第07章のプレイブック、どの手段で応じるかを決めるのがこの施策表です。

# %%
table(touch.occasions(matrix, lang=lang).set_index("occasion").rename(columns=touch.called(lang)), digits=0)

# %% [markdown] lang="en" tags=["further"]
# **Titles and roles.** One title means different work from firm to firm; agree on the roles first.
#
# | Title | Usually answers for |
# |---|---|
# | CSM | the results of the customers given to them |
# | CS engineer | technical set-up and data |
# | CS operations, CS planning | cadence, tools, numbers |
# | Customer experience manager | the journey across departments |
# | CCO | all of it, on the board |
#
# Next, who answers for which phase (A) and who helps (C), as in a RACI chart; then which roles customers have really met.

# %% [markdown] lang="ja" tags=["further"]
# **肩書きと役割** 同じ肩書きでも、仕事の中身は会社によって違います。先に決めるのは、役割のほうです。
#
# | 肩書き | 主に責任を持つこと |
# |---|---|
# | CSM | 担当するお客様の成果 |
# | CSエンジニア | 技術面の導入とデータ連携 |
# | CSオペレーション・CS企画室 | 頻度表、ツール、数字 |
# | カスタマーエクスペリエンスマネージャー | 部門をまたぐ体験の全体 |
# | CCO(最高顧客責任者) | 役員として、そのすべて |
#
# 次の表は、フェーズごとに責任を持つ部署(A)と手伝う部署(C)です(役割分担表 RACI の書き方です)。その次は、お客様が実際にどの役割の人と会っているかです。

# %%
table(touch.raci(matrix, lang).set_index("phase").replace("\n", " · ", regex=True))

# %%
# %%needs calendar contracts.end onboarding.started onboarding.done onboarding.milestone accounts.signed_on touches.csm_id touches.touched_on csm.specialty
met = touch.role_coverage(book)
table(met.pivot(index="phase", columns="specialty", values="estimate").rename_axis(columns=None), digits=2)

# %% [markdown] lang="en" tags=["further"]
# ## 9. Twice as many people in a year
#
# SmartHR planned to double to twenty. Whoever is new does a quarter of the work in the first month, and some of the old ones leave: who hires when it hurts is late by a quarter. With `growth` 1 the book doubles in a year. What to see: how far apart are the two plans at first, and what does looking ahead cost?

# %% [markdown] lang="ja" tags=["further"]
# ## 9. 1年で人数を2倍にする
#
# SmartHR は、1年で倍の20名にする計画を立てました。新しく入った人が最初の月にこなせるのは、一人前の4分の1です。辞める人もいます。困ってから採用を始めると、四半期ほど遅れます。`growth` が1なら、お客様は1年で2倍です。見るところ:先を見て採る計画と、困ってから採る計画は、最初の数か月でどれだけ違いますか。先回りの費用はいくらですか。

# %%
# %%needs csm.capacity_h tier_history.touch_tier
called = touch.growing(one["customers"], one["hours"] / one["customers"], growth)
heads = touch.capacity(book) / load.attrs["csm_hours"]
ahead, late = touch.hiring_plan(called, heads), touch.hiring_plan(called, heads, ahead=0)
figures.touch.hiring(ahead, lang=lang)

# %%
# %%needs csm.capacity_h tier_history.touch_tier
columns = ["hires", "utilisation"]
plans = ahead.set_index("month")[columns].join(late.set_index("month")[columns], lsuffix="_ahead", rsuffix="_late")
table(plans, digits=2)
say("hiring_ahead", ahead["hires"].sum(), late=late["utilisation"].max())

# %%
# %%needs csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
team = touch.Staffing(cost_amount=hour * load.attrs["csm_hours"])
ahead, late = touch.hiring_plan(called, heads, team), touch.hiring_plan(called, heads, team, ahead=0)
say("hiring_costs", money(ahead["cost_amount"].sum() - late["cost_amount"].sum(), book.currency, lang))

# %% [markdown] lang="en" tags=["further"]
# ## 10. An agency, or specialists?
#
# Few give work away in the first phase; here is the arithmetic for later. A bought hour at half the price achieves less and has to be steered (both are yours to measure). And splitting a team into specialists makes each faster, and every queue smaller: below some speed each request is *done later*.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. 外注か、専門職か
#
# 立ち上げの時期に外注する会社は、ほとんどありません。ここでは、その先のための計算をします。半額で買える1時間は、成果も少なく、指示と確認の手間もかかります(どちらも自社で測る値です)。また、チームを専門職に分けると、一人ひとりは速くなりますが、手の空いた人が代わりに受けることができなくなります。速さがある水準に届かないうちは、依頼が片づくのは**かえって遅くなります**。

# %%
# %%needs csm.cost_amount csm.capacity_h tier_history.touch_tier mrr
bought = touch.Outsourced(own_amount=hour, price_amount=hour / 2, quality=0.8, steering=0.1)
amounts = {"cost": money(bought.cost_amount, book.currency, lang), "own": money(hour, book.currency, lang)}
say("agency_pays" if bought.pays else "agency_never", money(bought.highest_price_amount, book.currency, lang), **amounts)

# %%
kinds = {"onboarding": touch.Work(2.0, 1.0, 3), "renewal": touch.Work(2.0, 1.0, 3), "technical": touch.Work(2.0, 1.0, 3)}
queues = touch.specialised(kinds, faster=1.2)
figures.touch.waiting(queues, lang=lang)

# %%
in_numbers = queues.set_index(["way", "kind"]).rename_axis(["team_form", "work_kind"])
table(in_numbers[["people", "utilisation", "waits", "wait_hours", "done_hours"]], digits=2)
say("specialists_pay_from", queues.attrs["pays_from"])

# %% [markdown] lang="en" tags=["further"]
# ## 11. A quarter later, and two years later
#
# Run the rule again three months on. Who has crossed a line, and what has the load become? A split that moves many customers every quarter is none: nobody can plan by it.

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 四半期後、そして2年後
#
# 同じルールを3か月後にもう一度当てはめます。線をまたいだのは誰で、負荷はどう変わったでしょうか。四半期ごとに大勢が入れ替わる区分は、区分になっていません。それでは計画が立たないからです。

# %%
# %%needs calendar accounts.mrr0_amount mrr
quarter = touch.quarter_later(book, rule, hours=hours)
crossed = quarter.pivot(index="before", columns="after", values="customers").fillna(0).astype(int)
crossed = crossed.reindex(index=["high", "mid", "tech", "new"], columns=["high", "mid", "tech", "left"], fill_value=0)
table(crossed.rename(columns={**touch.called(lang), "left": label("left", lang)}).rename_axis(index="quarter_ago", columns=None))
say("quarter_moves", quarter.attrs["before_hours"], after=quarter.attrs["after_hours"])

# %% [markdown] lang="en" tags=["further"]
# **Is a segmentation of any use?** Ask three things of its groups. Are they large enough to act on? Do customers stay in them? Do they leave differently? For the last, take one who left and one who stayed: how often is the leaver's group the one that loses more (0.5: no better than a coin)?

# %% [markdown] lang="ja" tags=["further"]
# **その区分(セグメンテーション)は役に立つか** 見る点は三つです。打ち手を分けるだけの社数があるか。お客様が同じ区分にとどまるか。区分によって離れ方が違うか。三つ目は、離れた1社と残った1社を1組ずつ取り出し、離れた会社の区分のほうが実際に離れやすい組の割合で測ります(0.5なら、コイン投げと同じです)。

# %%
# %%needs calendar contracts.end accounts.mrr0_amount accounts.segment mrr
of_today = touch.TierRule("of_today", *rule.lines, amount="now")
splits = {"lines_at_signing": touch.TierRule("own", *rule.lines), "lines_on_today": of_today, "by_segment": "segment"}
splits |= {"by_industry": "industry"} if book.has("accounts.industry") else {}
useful = touch.segmentations(book, splits).rename(columns={"moved": "changed_group", "estimate": "leaver_named"})
table(useful.set_index("segmentation")[["groups", "smallest", "changed_group", "leaver_named", "low", "high"]], digits=2)

# %% [markdown] lang="en" tags=["further"]
# Then, of a company made by the kit, what two years *would have* brought under other tiers from a day on: the same customers, the same luck.

# %% [markdown] lang="ja" tags=["further"]
# 続いて、キットが作った会社について、ある日からタッチ層を変えていたら2年後に**どうなっていたか**を見ます。同じお客様、同じ運です。

# %%
# %%needs truth accounts.mrr0_amount mrr calendar
then = book.as_of - pd.DateOffset(years=2) + pd.offsets.MonthEnd(0)
earlier = book.at(then)
doubled = rule.with_lines(2 * thresholds[0], 2 * thresholds[1]).tiers(earlier)
plans = {"as_it_is": pd.Series(dtype=object), "by_the_rule": rule.tiers(earlier), "lines_raised": doubled}
came = touch.came_of(book, plans, then, months=24)

# %%
# %%needs truth accounts.mrr0_amount mrr calendar
names = {"plan": "alternative", "customers": "companies", "left_amount": "left_over_amount"}
named = came.rename(columns=names).set_index("alternative")
amounts = dict.fromkeys(["hours", "cost_amount", "left_over_amount"], 0)
table(named[["companies", "retained", *amounts]].round(amounts), digits=3)

# %% [markdown] lang="en" tags=["further"]
# ## 12. The same hours, given to others
#
# Before asking for more people, ask whether those there are with the right customers. Each row is a rule; all take the same hours. `estimate` is what it would bring more over two years than today's tiers; the last row is the most revenue there can be, for somebody who knows what touch brings to whom.

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 同じ時間を、別のお客様に
#
# 増員をお願いする前に、いまの人手が適切なお客様に向いているかを確かめます。1行が一つのルールで、使う時間はどれも同じです。`estimate` は、いまの層と比べて2年間でどれだけ増えるか(期待値)。最後の行は、誰に何が効くかをすべて知っている人の計画で、これより収入の増える計画はありません。

# %%
# %%needs truth accounts.mrr0_amount tier_history.touch_tier
from cslab.measure import allocation

choices = allocation.of_truth(book.truth, since=book.as_of, horizon=24, futures=16)
signed = book.accounts.set_index("account_id")["mrr0_amount"].reindex(choices.account_id)
at_risk = book.truth.risk(book.as_of, 24, futures=16).set_index("account_id")["risk"].reindex(choices.account_id)
ways = allocation.compare(choices, signed.to_numpy(), at_risk.to_numpy())
figures.allocation.rules(ways, lang=lang, currency=book.currency)

# %%
# %%needs truth accounts.mrr0_amount tier_history.touch_tier
amounts = dict.fromkeys(["hours", "estimate", "low", "high"], 0)
table(ways.rename(columns={"kept": "of_best"}).set_index("rule")[[*amounts, "of_best"]].round(amounts), digits=2)

# %% [markdown] lang="en" tags=["further"]
# ## 13. When everything burns
#
# A team that is too small answers what shouts. The firefighting index is the share of hours that answers problems, quarter by quarter, beside the revenue kept in the year after. Here is a second company of the kit (`other_source`): the same customers, a third of the hands. Nobody there is ever idle.

# %% [markdown] lang="ja" tags=["further"]
# ## 13. 火消しに追われるチーム
#
# 人手の足りないチームは、声の大きい所から対応します。**火消し指数**は、時間のうち問題への対応に使った割合です。四半期ごとに、その後1年間に維持できた売上と並べます。見るのはキットの二つ目の会社(`other_source`)。お客様は同じで、人手は3分の1です。暇な人は一人もいません。

# %%
# %%needs csm_time.week csm_time.reactive csm_time.hours
burning = another(other_source, reveal_truth)
from_here(burning)
fires, calm = touch.firefighting(burning), touch.firefighting(book)
figures.touch.firefighting(fires, lang=lang)

# %%
# %%needs csm_time.week csm_time.reactive csm_time.hours
sides = {"here": calm["estimate"].mean(), "grr": fires["grr"].mean(), "grr_here": calm["grr"].mean()}
known = sides["grr"] == sides["grr"] and sides["grr_here"] == sides["grr_here"]
say("fires_compared" if known else "fires_shares", fires["estimate"].mean(), **sides)

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. `cslab readiness` tells beforehand what will run.
#
# | You need | for | Look out for |
# |---|---|---|
# | `accounts`: mrr0_amount | the rule | the fee at signing, not today's |
# | `tier_history` with days | sections 2 to 4, 6 | lists that overwrite: who had whom *then*? |
# | `csm`: cost_amount, capacity_h | money, capacity | hours with customers, not hours of work |
# | a cadence and a matrix of your own | sections 2, 3, 8 | `-p cadence_file=my.yaml`, `-p matrix_file=my.yaml` |
# | `usage_monthly`: wau_ratio | section 6 | who had chosen the customers for whom? |
#
# The picture of section 5 and section 12 know what touch brings: only a company made by the kit can say that. Yours puts in its assumption, and tests it (lesson 11).

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どこまで実行できるかは、先に `cslab readiness` で確かめられます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `accounts` の mrr0_amount | ルール | 今の月額ではなく、契約時の月額 |
# | 日付のある `tier_history` | 2〜4・6節 | 上書きされる一覧。**当時**の担当は誰でしたか |
# | `csm` の cost_amount・capacity_h | 金額と時間 | 勤務時間ではなく、お客様のために使える時間 |
# | 自社の頻度表と施策表 | 2・3・8節 | `-p cadence_file=my.yaml`、`-p matrix_file=my.yaml` |
# | `usage_monthly` の wau_ratio | 6節 | 誰に誰を任せるかを、誰が決めていましたか |
#
# 5節の図と12節は、タッチの本当の効果を使います。それが分かるのは、キットが作った会社だけです。自社では仮定を書き、第11章の方法で確かめます。

# %% [markdown] lang="en"
# ## Key points
#
# - There is no right ratio. Hours come from the bottom up: times × what one takes, by tier.
# - A cell of the matrix has a problem, a goal, a metric and an owner. A tool comes last, if at all.
# - Say at how many times the book the team breaks, before it does.
# - More touch pays from a fee on. Write down the assumption, its doubt, and what it makes of the line.
# - “High touch for all” and “only for the big ones” are both prices, not principles.
# - A league table without case mix rewards whoever was given the good customers. Even a fair one tells few apart.

# %% [markdown] lang="ja"
# ## 要点
#
# - 正しい比率というものはない。層ごとに「回数×1回の時間」を下から積み上げる。
# - 施策表のマスには、困りごと・ねらい・指標・責任部署。ツールは最後に、要るなら書く。
# - 何倍になったら体制が持たなくなるかを、そうなる前に言う。
# - 手をかける意味があるのは、ある月額から上。仮定と、その幅と、それで線がどこに来るかを書いておく。
# - 「全社ハイタッチ」も「大口だけ」も、信念ではなく値段の問題。
# - 担当するお客様の違いをならさない順位表は、良いお客様を任された人を褒める。ならしても、見分けられる差は少ない。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# Whether touch works at all, and for whom: section 5 *assumes* it, and comparing the tiers as they are would mislead (lesson 10). How to measure it: lesson 11. What touch brings beside revenue, such as references and ideas, is not counted. All unit hours are conventions; nobody has published a standard that one could check.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# そもそもタッチは効くのか、誰に効くのか。5節では効くと**仮定**しました。いまの層をそのまま比べると間違えます(第10章)。測り方は第11章です。紹介やアイデアなど、売上以外に得られるものは数えていません。1回あたりの時間はすべて決めごとで、検証できる標準は公表されていません。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. A board member says: “The benchmark is 50 customers a CSM; you have 75. So you are efficient.” What do you answer?
# 2. Mid touch takes 1.5 hours more a month, an hour costs ¥6,000, the margin is 80 %. You assume two months of fees more within three years. From which fee on does it pay?
# 3. CSM A's customers use the product 8 points more than the mean, anybody's with the same customers 7 points more. Who is promoted?
#
# <details><summary>Answers</summary>
#
# 1. It depends on the mix: 75 customers of tech touch are an afternoon, 75 of high touch four people. Ask for the hours by tier, planned and done.
# 2. 1.5 × 36 × 6,000 = ¥324,000 of cost; two fees at 80 % bring 1.6 fees. From about ¥200,000. With one month assumed: ¥400,000. Both belong on the slide.
# 3. Nobody, because of this. One point is left for the CSM, and of that a part is chance. Ask what A does otherwise.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 役員が「ベンチマークは CSM 1人あたり50社、うちは75社。だから効率的だ」と言いました。どう答えますか。
# 2. ミドルタッチは月に1.5時間余分にかかり、1時間の費用は6,000円、粗利率は80%です。3年間で月額2か月分だけ多く得られると仮定します。月額いくらから元が取れますか。
# 3. CSMの A さんのお客様の利用率は平均より8ポイント高く、同じお客様を誰が担当しても7ポイント高いと計算されました。A さんを昇進させますか。
#
# <details><summary>答え</summary>
#
# 1. 構成しだいです。テックタッチの75社なら半日分、ハイタッチの75社なら4人分の仕事です。層ごとの時間を、予定と実績の両方で見せてもらいましょう。
# 2. 費用は 1.5×36×6,000=324,000円。得られるのは月額2か月分の80%で、月額の1.6倍です。約20万円から元が取れます。1か月分と仮定すれば40万円から。両方をスライドに載せます。
# 3. この数字だけでは昇進の理由になりません。A さんの分は1ポイントで、その一部は偶然です。何を変えているのか、話を聞きに行きましょう。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What | Which number | Who | By when | Months to show |
# |---|---|---|---|---|
# | *e.g. write down our cadence and its hours* | *section 2* | *CS operations* | *end of the month* | *at once* |
# | *e.g. draw the line of mid touch anew for newcomers* | *section 5* | *head of CS, with finance* | *next quarter* | *12 to 24* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:自社の頻度表と、1回あたりの時間を書き出す* | *2節* | *CSオペレーション* | *月末* | *すぐに* |
# | *例:新規のお客様から、ミドルタッチの線を引き直す* | *5節* | *CS責任者と経理* | *次の四半期* | *12〜24* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# You have all that homework 2 asks for: a matrix, a rule, capacity and a break-even. **Lesson 10** takes away the assumption: five ways in which records seem to show what touch brings, and do not.
#
# | Word | In this course |
# |---|---|
# | Tier | how much touch a customer gets: high, mid (also called low), tech; community beside them |
# | Cadence | what is done how often, and what one takes |
# | Utilisation | hours called for over hours there; plan nine tenths at most |
# | Break-even | the fee from which on more touch brings what it costs |
# | Case mix | which customers somebody was given |
# | Firefighting index | share of the hours that answers problems |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# 宿題2に必要なものは、これで揃いました。施策表、ルール、体制の試算、損益分岐です。**第10章**では、この章の仮定を外します。記録を見れば分かりそうに思えて、実は分からない。そのだまされ方を五つ取り上げます。
#
# | 用語 | この教材での意味 |
# |---|---|
# | タッチ層 | どれだけ手をかけるかの区分。ハイ・ミドル(ローとも呼ぶ)・テック。横にコミュニティ |
# | 頻度表(ケイデンス) | 何を、どれくらいの頻度で行い、1回に何時間かかるか |
# | 稼働率 | 必要な時間÷ある時間。予定で埋めるのは9割まで |
# | 損益分岐の月額 | この月額から上なら、手をかけた分を取り戻せるという境目 |
# | 担当顧客の違い(ケースミックス) | どのようなお客様を任されたか |
# | 火消し指数 | 時間のうち、問題への対応に使った割合 |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 5 minutes; section 2, 9; section 3, 8; section 4, 5; section 5, 8; section 6, 6; section 7, 4. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** reading 104 as a target; taking the hours of the cadence for measured ones; reading the crossing of section 5 as a law; wanting to publish the league table.
# - **Vary it:** `-p thresholds=150000,700000`, `-p onboarding_touch=high` (what does the load of section 4 become?), `-p assumed_months=0.5,1,2`, `-p csm_cost=14000000`, `-p source.seed=8`; `--source "synthetic:smb_heavy?seed=7&accounts=2000"` (how many CSMs does the ratio ask for now?).
# - **When a verdict goes the other way:** keep it. In section 6 the CSM on top may truly be the best: ask how many seeds of the class agree, and whether anybody could have known.
# - **With homework 2:** give it out now; the further track is its toolbox (sections 8 to 12).

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節で5分、2節で9分、3節で8分、4節で5分、5節で8分、6節で6分、7節で4分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** 104社を目標値だと思う。頻度表の時間を実測値だと思う。5節の交点を法則だと思う。順位表を社内に貼り出したくなる。
# - **変えてみる** `-p thresholds=150000,700000`、`-p onboarding_touch=high`(4節の負荷はどうなりますか)、`-p assumed_months=0.5,1,2`、`-p csm_cost=14000000`、`-p source.seed=8`。`--source "synthetic:smb_heavy?seed=7&accounts=2000"` なら、あの比率は何人と言うでしょうか。
# - **判定が逆に出たとき** 消さずに使います。6節では、1位の人が本当にいちばん優秀なこともあります。クラスの seed のうち何社で同じ結果になったか、それを事前に知りえたかを話し合ってください。
# - **宿題2とのつながり** ここで配ります。発展の8〜12節が、そのまま道具箱になります。
