# %% [raw]
# number: "11"
# title_en: "Touch ROI II: designs that work"
# title_ja: タッチROIⅡ:因果で測る
# question_en: What does touch bring, to whom, and is it worth its hours? And what must we do from Monday on to know it next year?
# question_ja: タッチは、誰に、どれだけ効くのか。かけた時間に見合うのか。来年それを言えるために、月曜から何をすべきか。
# minutes_core: 45
# minutes_further: 60
# needs: [accounts]
# misconceptions: [M35, M36, M37, M38]

# %% [markdown] lang="en" tags=["core"]
# # Touch ROI II: designs that work
#
# **The business question.** What does touch bring, to whom, and is it worth its hours? And what must we do from Monday on to know it next year?
#
# **Time.** Core track 45 minutes (31 reading, 14 hands-on) · further track 60 minutes (48 and 12). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 10 | necessary | why plain comparisons mislead |
# | Lesson 09, hours and break-even | helpful | what an hour costs |
# | Shares, differences, 95 % limits | necessary | nothing harder in the core track |
# | How tiers are decided in your company | helpful | rule, judgement, or both |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **write down** the trial that you would have liked to run, before looking at a number;
# 2. **see** whether there is anybody to compare with, and **refuse** where there is nobody;
# 3. **choose** a design that your company can carry (a lot, a line, waves, an invitation), and **say** how many customers it takes;
# 4. **turn** an effect into money by size of customer, and **tell** it from revenue that was merely touched.

# %% [markdown] lang="ja" tags=["core"]
# # タッチROIⅡ:因果で測る
#
# **この章の問い** タッチは、誰に、どれだけ効くのか。かけた時間に見合うのか。来年それを言えるために、月曜から何をすべきか。
#
# **時間** 必修45分(読む31分・手を動かす14分)/発展60分(読む48分・手を動かす12分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第10章 | 必須 | 単純な比較がなぜだますのか |
# | 第09章の工数と損益分岐 | あると役立つ | 1時間にいくらかかるか |
# | 割合・差・95%信頼区間 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 自社のタッチ層の決め方 | あると役立つ | ルールか、判断か、その両方か |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. 数字を見る前に、「本当はやりたかった試験」を**書き出せる**
# 2. 比べる相手がいるかどうかを**確かめ**、いなければ計算を**断れる**
# 3. 自社でできる設計(抽選・線引き・順番・案内)を**選び**、何社必要かを**言える**
# 4. 効果を顧客規模ごとの金額に**換算し**、「関わっただけの売上」と**区別できる**

# %% [markdown] lang="en"
# ## 0. The bet
#
# After lesson 10 the CFO put the three posts aside. “You have shown me five slides that prove nothing. I do not want a sixth. For a year you may do with *some* of the customers whatever you like: draw lots, draw lines, wait. Then I want one number with its limits, and what it is worth. What do you do on Monday?”

# %% [markdown] lang="ja"
# ## 0. 賭け
#
# 第10章のあと、CFOは増員3名を保留にしました。「何も証明していないスライドを5枚見せてくれた。6枚目はいらない。1年間、**一部の**お客様については好きにしていい。抽選でも、線引きでも、先送りでも。その代わり、来年、幅のついた数字を一つと、それがいくらになるのかを聞かせてほしい。さて、月曜に何をする?」

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Everybody writes down how tiers are decided in their own company, in one sentence, and who may overrule it. These sentences decide in section 8 which design each of them takes home.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 自社ではタッチ層を誰がどう決めているか、例外を認めるのは誰かを、一文で書いてもらいます。8節で、どの設計を持ち帰るかがこの一文で決まります。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
horizon_months: int = 24  # months from signing after which it counts who is still there
# ja: 契約から何か月後に、まだお客様かどうかを見るか
line_amount: float = 80000  # monthly fee at signing from which the rule gives mid touch
# ja: ルールがミドルタッチにする、契約時の月額の線
hoped_points: float = 5.0  # points more that are hoped to stay, for planning a test
# ja: テストの計画で見込む、残る割合の伸び(ポイント)
pilot_customers: int = 30  # customers of the small pilot, half of them with touch
# ja: 小さなパイロットの社数(半分にタッチ)
soft_source: str = "synthetic:soft_rule?seed=7&accounts=4000"  # company whose tables hold all that decided, sections 3, 7 and 9
# ja: 3・7・9節:決め手がすべて表に残っている会社
lot_source: str = "synthetic:default_jp?seed=7&accounts=2000&policy=rct"  # company that draws tiers by lot, sections 4 and 7
# ja: 4節と7節:タッチ層を抽選で決める会社
line_source: str = "synthetic:default_jp?seed=7&accounts=20000&policy=pure_rule"  # company that keeps to its line, section 5
# ja: 5節:線を守る会社
whom_source: str = "synthetic:futility?seed=7&accounts=16000&policy=rct"  # company that draws tiers by lot and whose riskiest leave anyway, sections 6 and 13
# ja: 6節と13節:層は抽選で決まり、最も危ない顧客は何をしても離れる会社
waves_source: str = "synthetic:default_jp?seed=7&accounts=2000&programs=training&policy=program_staggered"  # company that starts a programme in waves, section 10
# ja: 10節:施策を順番に始める会社
waves_value: str = "training_views"  # column of usage_monthly that the programme is to change, section 10
# ja: 10節:施策が変えるはずの usage_monthly の列
invited_source: str = "synthetic:default_jp?seed=7&accounts=2000&programs=training&policy=program_encouragement"  # company that invites by lot, section 11
# ja: 11節:案内を抽選で送る会社
judged_source: str = "synthetic:default_jp?seed=7&accounts=20000"  # company where CSMs overrule a rule, large enough to show what comes of it, section 3
# ja: 3節:CSMがルールを覆す会社(結果が見えるだけの大きさ)
large_source: str = "synthetic:default_jp?seed=7&accounts=2000"  # company of the lesson, where too few have left one's own
# ja: 自社の解約が少なすぎるときに、この章で使う会社
lead_months: int = 6  # months ahead within which a departure counts when it is asked whether enough have left
# ja: 解約が足りているかを調べるとき、何か月先まで数えるか

# %%
import pandas as pd

from cslab import figures
from cslab.course.elsewhere import whose
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, reading, say, verdict
from cslab.course.table import table
from cslab.measure import effect, landmark, roi

book = begin("11", source, as_of, lang, reveal_truth, large_source, lead_months)

# %%
known = ["segment", "mrr0_amount", "trial_usage"]
limits, people = ["estimate", "low", "high", "n"], {"n": "companies"}

# %% [markdown] lang="en"
# ## 1. The trial that you would have liked to run
#
# Before any number, five lines, as for a trial that could have been run (a **target trial**): **who** may take part · **from which day** each counts · **what against what**, read on that day or soon after · followed **how long** · **what counts**. Whoever has left before the arm is read is in none, and whose months are not over yet is left out. So nobody gets credit for waiting (**immortal time**, slide 3 of lesson 10).

# %% [markdown] lang="ja"
# ## 1. 本当はやりたかった試験
#
# 数字の前に、試験の計画書のつもりで5行書きます。**誰が**対象か/**いつから**数えるか/**何と何を**比べるか(その日か、その直後に決まったもの)/**どれだけ**追うか/**何を**結果とするか。こうして紙の上に書いた試験を**ターゲットトライアル**と呼びます。群(比べるグループ)が決まる前に離れたお客様はどちらにも入れず、期間がまだ終わっていないお客様は外します。こうすれば、待っていただけの月が手柄になることはありません(第10章のスライド3)。

# %%
company = reading().company
seen = landmark.leavers(book, 1 if book.stock_sample else lead_months)
say("departures_designs" if company is book else "departures_few", seen, source=large_source)

# %%
# %%needs calendar contracts.end tier_history.touch_tier accounts.mrr0_amount accounts.segment accounts.trial_usage
whose()
asked = effect.tried(effect.trial, company, horizon=horizon_months, covariates=known)
if asked:
    say("trial_asked", len(asked.rows), months=horizon_months, day=effect.GRACE)
    table(asked.counts.rename(columns={"mean": "stayed_share", "customers": "companies"}).set_index("arm"))

# %% [markdown] lang="en"
# **Try it (3 minutes).** Write the five lines for the touch that your company is proudest of. Your result should look like a table with one blank that hurts: most often *from which day*, since many tools keep only the tier of today.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 自社でいちばん自信のあるタッチについて、5行を書いてください。たいてい、どこか一つが空欄のままになります。いちばん多いのは「いつから」です。今日の層しか残らないツールが多いからです。それが見つかれば合格です。

# %% [markdown] lang="en"
# ## 2. Is there anybody to compare with?
#
# To say what high touch brought a large customer, one must have seen a large one without it. So before any adjusting: customers of each tier by what parts the tiers most. Where a cross stands, nobody shows what would have become of them.

# %% [markdown] lang="ja"
# ## 2. 比べる相手はいるか
#
# 大口のお客様にハイタッチが何をもたらしたかを言うには、ハイタッチではない大口のお客様が必要です。調整の前に、層の分かれ方がいちばんはっきりしている項目で区切り、各層の社数を見ます。×の所には、「そうでなかったらどうなったか」を示してくれるお客様が一社もいません。

# %%
# %%needs calendar contracts.end tier_history.touch_tier accounts.mrr0_amount accounts.segment accounts.trial_usage
strata = effect.tried(effect.support, asked)
if strata is not None:
    figures.effect.overlap(strata, lang=lang)

# %%
# %%needs calendar contracts.end tier_history.touch_tier accounts.mrr0_amount accounts.segment accounts.trial_usage
pairs = effect.tried(effect.comparable, asked, lang)
if pairs is not None:
    say("pairs_refused", (~pairs["possible"]).sum(), n=len(pairs))
    table(pairs.drop(columns="possible").set_index(["arm", "against"]))

# %% [markdown] lang="en"
# What to see: where a rule decides, the crosses stand on either side of a line. `without` is the share of the customers who have no counterpart; beyond a tenth `aipw` and its sisters refuse to compute and print this table instead. No formula fills a cross. It can only be filled by *giving* somebody the other tier.

# %% [markdown] lang="ja"
# 見るところ:ルールで決めている会社では、ある線を境に×が並びます。`without` は、比べる相手のいないお客様の割合です。1割を超えると、`aipw` などの関数は計算を断り、代わりにこの表を出します。×は、どんな数式でも埋まりません。埋める方法は一つ、誰かに別の層を**割り当てる**ことです。

# %% [markdown] lang="en"
# ## 3. Adjusting works where the tables hold what decided
#
# Another company (`soft_source`) decides by what it sees at signing: the fee and the use in the trial, never strictly. Both stand in its tables, and every customer could have got any tier. What decides the tier *and* foretells the outcome is called a **confounder**. Here all are known, so like can be held against like: within strata, or by weights from the chance of that tier (the **propensity score**), by which each customer stands for those who were as unlikely to get it.
#
# ### Open the box
#
# Twelve customers by hand. More of the large ones have touch, and the large stay anyway: plainly 33 points. Compared within the large and within the small: 25.

# %% [markdown] lang="ja"
# ## 3. 調整が効くのは、決め手がすべて表にあるとき
#
# 別の会社(`soft_source`)では、契約時に見えるもの、つまり月額と試用期間の利用率で層を決めています。ただし、きっちりとした線は引いていません。決め手はどちらも表にあり、どのお客様もどの層にもなりえました。この会社なら、似た者どうしを比べられます。似た者ごとに区切って比べるか(層別)、その層になる確率(**傾向スコア**)を見積もり、なりにくかったお客様ほど重く数えるか、です。
#
# ### 箱を開けてみる
#
# 12社を手で計算します。タッチを受けたのは大口に多く、大口はもともと残りやすいので、単純に比べると33ポイント差。大口どうし、小口どうしで比べると25ポイント差です。

# %% tags=["box"]
twelve = pd.DataFrame({"size": ["large"] * 6 + ["small"] * 6, "touch": [1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0]})
twelve["stayed"] = [1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0]
plain = twelve.groupby("touch")["stayed"].mean().diff().iloc[-1]
within = twelve.groupby(["size", "touch"])["stayed"].mean().unstack()
alike = ((within[1] - within[0]) * twelve["size"].value_counts(normalize=True)).sum()
listed = effect.of_frame(twelve, "touch", "stayed", ["size"])
by_cslab = [effect.naive(listed).estimate, effect.stratified(listed).estimate]
both = pd.DataFrame({"by_hand": [plain, alike], "cslab": by_cslab}, index=["plain_difference", "within_strata"])
table(both.rename_axis("method"))

# %% [markdown] lang="en"
# Now the company. What to see: do the adjusted rows lie nearer to the dotted line than the first, and do their limits hold it?

# %% [markdown] lang="ja"
# では、その会社です。見るところ:調整した行は、1行目よりも点線(真の値)に近いでしょうか。区間は点線を含んでいますか。

# %%
soft = another(soft_source, reveal_truth)
whose(soft)
recruited = effect.trial(soft, horizon=horizon_months, covariates=known, grace=0)
pair = ("high", "mid")
ways = {"plain_difference": effect.naive(recruited, pair), "within_strata": effect.stratified(recruited, pair, by=["mrr0_amount"])}
ways["weighted"] = effect.ipw(recruited, pair)
in_truth = effect.truly(soft, recruited, pair)

# %%
figures.effect.estimators(ways, in_truth and in_truth.estimate, lang=lang)

# %% [markdown] lang="en"
# “Then we adjust for everything we have, and are done.” Back to the rule of section 2, in a company ten times as large (`judged_source`): there a CSM may take a small customer on who by the rule gets tech touch. Those alone are looked at, against customers who are alike in all that the tables hold. **Guess first:** how many points *more* of them stay in truth, because they were taken on?

# %% [markdown] lang="ja"
# 「では、手元にあるもの全部で調整すればよい」。本当でしょうか。2節のルールに戻り、10倍大きい会社(`judged_source`)で見ます。ここでは、ルールではテックタッチの小口のお客様を、CSMが自分の判断で引き上げることがあります。そのお客様だけを取り出し、表にあることがすべて似ているお客様と比べます。**先に予想を** 引き上げたことで、本当は何ポイント**多く**残るでしょうか。

# %%
predict("M35", ...)

# %%
from cslab.words import money

judged = another(judged_source, reveal_truth)
whose(judged)
who, pairing = f"mrr0_amount < {line_amount}", ("mid", "tech")
small = effect.tried(effect.trial, judged, eligible=who, horizon=horizon_months, covariates=known)
by_tables = effect.tried(effect.aipw, small, pairing, on="treated")
felt, truly = effect.struggling(judged), effect.tried(effect.truly, small and judged, small, pairing, arm="mid")
terms = {"horizon": horizon_months, "extra": felt, "covariates": ["mrr0_amount", "trial_usage"]}

# %%
noted = effect.tried(effect.trial, None if felt is None else judged, eligible=f"{who} and struggling", **terms)
by_both = effect.tried(effect.aipw, noted, pairing, on="treated")
verdict("M35", naive=by_tables, better=by_both, truth=truly, of=judged)

# %% [markdown] lang="en"
# The first number adjusts for size, kind and trial use. The second also knows **whom the CSM thought to be in trouble**, and compares only among these. That feeling decided who was taken on *and* foretold who would leave, so the first number comes out too low, by as much as touch helps or more (**confounding by indication**). It stands in no table; here the kit lends it. Your repair costs nothing: a column for *why*, filled in on the day when a customer is moved.
#
# Now the first number for the company of section 2. How wide is it, and could you have known its sign?

# %% [markdown] lang="ja"
# 一つ目は、規模・種類・試用の様子で調整した値。二つ目は、**CSMが「まずい」と感じたかどうか**も知っていて、そう感じたお客様どうしだけを比べた値です。その感触は「誰を引き上げるか」と「誰が離れるか」の両方に効いているので、一つ目は低く出ます。タッチの効果が丸ごと消えるほどです(**適応による交絡**)。感触はどの表にも載っていないので、ここではキットが特別に教えてくれました。自社での直し方に、お金はかかりません。層を変えたその日に、**理由**を1列、書き残すことです。
#
# 同じ「一つ目の値」を、2節の会社でも出してみます。幅はどれくらいですか。符号は分かるでしょうか。

# %%
# %%needs calendar contracts.end tier_history.touch_tier accounts.mrr0_amount accounts.segment accounts.trial_usage
whose()
line = line_amount if company.currency == "JPY" else company.accounts["mrr0_amount"].median()
ours = effect.tried(effect.trial, company, eligible=f"mrr0_amount < {line}", horizon=horizon_months, covariates=known)
here = effect.tried(effect.aipw, ours, pairing, on="treated")
if here:
    say("tables_say", here.points, needed=here.sensitivity.estimate, line=money(line, company.currency, lang))
else:
    say("tables_cannot", line, currency=company.currency)

# %% [markdown] lang="en" tags=["speaker"]
# **After section 3 (2 minutes).** Let somebody read the identification sentence of an effect aloud: `by_tables.identification.text(lang)`. “Customers alike in segment, fee and trial use differ in nothing else that decides both.” Who in the room would sign that? Nobody can test it; one can only say how strong the missing thing would have to be (the second number of the sentence above).

# %% [markdown] lang="ja" tags=["speaker"]
# **3節のあとで(2分)** 効果が成り立つ条件を読み上げてもらいます(`by_tables.identification.text(lang)`)。「セグメントと月額と試用の様子が同じお客様どうしなら、層の決まり方と結果の両方を左右する違いは、ほかにない」。この文に署名できる人はいますか。データでは確かめられません。言えるのは、見えない何かがどれほど強ければ結果が覆るか、だけです(上の文の二つ目の数字)。

# %% [markdown] lang="en"
# ## 4. Let a lot decide
#
# The design that needs no belief: for some of the customers the tier is drawn by lot (a **randomised trial**, A/B test). The plain difference is then the effect. Here the same company draws (`lot_source`). But the board wants to see it in a pilot first, quick and small (`pilot_customers`), hoping for a few points (`hoped_points`). **Guess first:** by how many points does high touch in truth raise the share that stays, against tech touch?

# %% [markdown] lang="ja"
# ## 4. 抽選で決める
#
# 何も信じなくてよい設計が、これです。一部のお客様の層を抽選で決める。そうすれば、単純な差がそのまま効果になります。ここでは、同じ会社が抽選をします(`lot_source`)。ところが取締役会は、まず小さなパイロットで早く見たいと言います(`pilot_customers` 社、期待は `hoped_points` ポイント)。**先に予想を** ハイタッチは、テックタッチと比べて、残る割合を本当は何ポイント上げるでしょうか。

# %%
predict("M36", ...)

# %%
from cslab.measure.effect import power, small as small_tests

drawn = another(lot_source, reveal_truth)
whose(drawn)

# %%
by_lot = effect.trial(drawn, horizon=horizon_months, covariates=known, grace=0)
tested = effect.experiment(by_lot, ("high", "tech"))
stays = by_lot.counts.set_index("arm")["mean"]["tech"]
hoped = min(hoped_points / 100, 0.99 - stays)
pilot = small_tests.small_trial(stays, hoped, pilot_customers // 2)
verdict("M36", naive=hoped * pilot.exaggeration, better=tested, truth=effect.truly(drawn, by_lot, ("high", "tech")), of=drawn)

# %%
say("pilot_reports", pilot.seen, n=pilot_customers, points=hoped_points, times=pilot.exaggeration, wrong=pilot.wrong_sign)
needed = power.sample_size(stays, hoped)
say("test_needs", needed.treated, total=needed.total, points=hoped_points, base=stays)
here = power.detectable(stays, tested.n // 2, rises=True)
say("test_sees", 100 * here, n=tested.n)

# %% [markdown] lang="en"
# The first number is what such a pilot *reports when it reports something*: with so few customers only a lucky exaggeration passes for a result, and now and then one of the wrong sign. The second is the lot with all customers: fair, and wide. What to see in the picture: the solid upright line is the pilot, the dashed level one “four tests in five”. How far to the right must one go until the effect is seen that often?

# %% [markdown] lang="ja"
# 一つ目は、そのパイロットが、効果ありと**報告できたときに**報告する値です。これほど少ない社数では、運よく大きく出たときしか「結果」とみなされず、たまに符号まで逆になります。二つ目は、全社での抽選。公平ですが、幅は広いままです。図で見るところ:縦の線がパイロット、横の破線が「5回に4回」です。そこまで効果を見つけられるようになるには、どこまで右へ行く必要がありますか。

# %%
sizes = [10, 15, 30, 60, 100, 200, 400, 800, 1_500, 3_000]
curves = power.curve(stays, [hoped, min(2 * hoped, 0.99 - stays)], sizes)
figures.effect.power(curves, lang=lang, yours=pilot_customers / 2)

# %%
chance = curves.assign(hoped_points=(100 * curves["effect"]).round(1)).pivot(index="customers", columns="hoped_points", values="power")
table(chance.loc[[15, 60, 200, 800, 3_000]].rename_axis("each_side").add_prefix("+"), digits=2)

# %% [markdown] lang="en"
# ## 5. A line in the fee
#
# “We cannot draw lots.” But many companies draw a line: from a monthly fee on (`line_amount`) a customer gets mid touch, below it tech touch. Just above and just below, customers are as alike as if a lot had parted them. If the rule is kept, a jump at the line is the effect, *at the line*: a **regression discontinuity** design. Another company (`line_source`) keeps to its rule.

# %% [markdown] lang="ja"
# ## 5. 月額の線を使う
#
# 「うちでは抽選などできない」。それでも、多くの会社は線を引いています。月額がある金額(`line_amount`)以上ならミドルタッチ、未満ならテックタッチ。線のすぐ上とすぐ下のお客様は、抽選で分けたのと同じくらい似ています。ルールが守られていれば、線の所の段差が効果です(**線の付近での**効果です)。**回帰不連続デザイン**(RDD)と呼ばれる方法です。ルールを守る別の会社(`line_source`)で見てみます。

# %%
from cslab.measure.effect import discontinuity

lined = another(line_source, reveal_truth)
whose(lined)
told = effect.trial(lined, horizon=horizon_months, covariates=known, grace=0)
step = effect.regression_discontinuity(told, "mrr0_amount", line_amount)
at_line = discontinuity.truth(lined, line_amount, horizon=horizon_months)
figures.effect.jump(step, at_line, lang=lang, currency=lined.currency)

# %%
say("step_found", step.effect.points, seen=100 * step.detectable, n=len(told.rows))
say("line_crowded" if step.density.low > 0 or step.density.high < 0 else "line_even")
say("line_kept" if step.sharp else "line_broken")

# %% [markdown] lang="en"
# What to see: how wide the bar at the line is, with ten times as many customers as most of us have. A line is free of beliefs and poor in customers, since only those near it count. Before believing a jump, ask whether anybody was *moved* over the line (are there more just above than just below?), and whether something else changes there too.

# %% [markdown] lang="ja"
# 見るところ:線の所の縦棒(区間)の長さです。ふつうの会社の10倍のお客様がいても、これだけ広いのです。線を使う方法は、信じることは少なくて済みますが、線の近くのお客様しか使えないので、社数を食います。段差を信じる前に、二つ確かめます。線を**またがせた**お客様はいないか(線のすぐ上だけ多くないか)。線の所で、ほかの何かも変わっていないか。

# %% [markdown] lang="en"
# ## 6. Whom?
#
# There are hours for a third of the customers. “Those most at risk first, of course.” In another company (`whom_source`) tiers were drawn by lot, so one can learn *whom touch changes* (the **uplift**): each customer is foreseen by a model of the others, in months of fee that high touch adds. **Guess first:** if the riskiest third get high touch, how many months of fee does that bring, per customer of all?

# %% [markdown] lang="ja"
# ## 6. 誰に
#
# 手をかける時間は、お客様の3分の1の分しかありません。「もちろん、いちばん危ないお客様からだ」。別の会社(`whom_source`)では層を抽選で決めていたので、**タッチで変わるのは誰か**を学べます(その変わり方の大きさを**アップリフト**と呼びます)。1社ずつ、ほかのお客様から学んだモデルで、ハイタッチが増やす月額を「何か月分か」で予測します。**先に予想を** 危ない順に3分の1を選んでハイタッチにすると、全体の1社あたりで、月額の何か月分の上積みになるでしょうか。

# %%
predict("M37", ...)

# %%
from cslab.measure.effect import uplift

chosen = another(whom_source, reveal_truth)
whose(chosen)

# %%
at_signing = ["segment", "mrr0_amount", "trial_usage", "term_months", "lead_source", "discount_pct"]
in_yen = effect.trial(chosen, horizon=horizon_months, outcome="value", covariates=at_signing, grace=0)
found = uplift.uplift(uplift.in_months(in_yen))
best = effect.months_truly(chosen, found.trial, ("high", "tech"), futures=4)
risk = {"risk": -found.scores.expected[:, 0]}
orders = uplift.targets(found, ("high", "tech"), risk, truth=best)

# %%
by_rule = orders.set_index("rule")
lost = -pd.Series(risk["risk"]).nlargest(len(found.trial.rows) // 3)
at_risk = (horizon_months - lost).mean() / 3
right = None if best is None else by_rule["truth"]["risk"]
verdict("M37", naive=at_risk, better=by_rule.loc["risk"].to_dict(), truth=right, of=chosen)

# %%
figures.uplift.targets(orders, lang=lang, currency=chosen.currency)

# %%
shown = by_rule.reindex(columns=["estimate", "low", "high", "truth"]).dropna(axis="columns").rename_axis("order")
table(shown, digits=2)
third, gain = by_rule.loc["by_uplift"], by_rule["estimate"]
say("whom_gain", third["estimate"], low=third["low"], high=third["high"], risk=gain["risk"], lot=gain["by_lot"])

# %% [markdown] lang="en"
# The first number of the box is the fee that the riskiest third stand to lose, which is what a list of risks counts. The second is what touching them *brings*. What to see: a third chosen by uplift, by lot, by risk (the limits overlap; the black marks are the truth). The riskiest of this company leave whatever one does, since the product does not fit them. Whether yours is like that, no list of risks will say: it takes a lot.

# %% [markdown] lang="ja"
# 枠の一つ目は、危ない3分の1が失いそうな月額で、リスクの一覧が数えているのはこれです。二つ目は、そこにタッチして**増える**分です。見るところ:アップリフト順・抽選・リスク順で選んだ3分の1が、それぞれどれだけもたらすか(区間は重なっています。黒い印が真の値)。この会社でいちばん危ないのは、製品が合っていないお客様で、何をしても離れます。自社もそうなのかは、リスクの一覧では分かりません。抽選があって初めて分かります。

# %% [markdown] lang="en"
# ## 7. What is it worth?
#
# Effect times value, less hours times their cost, by the fee that customers pay, in the company of section 3. Only customers below five times the line are looked at: a few giants would drown the rest. What to see: below which fee does mid touch cost more than it brings, and how sure is that?

# %% [markdown] lang="ja"
# ## 7. いくらになるか
#
# 効果×価値から、工数×単価を引きます。3節の会社で、月額の帯ごとに見ます。対象は線の5倍未満のお客様だけです。ごく少数の大口が混じると、ほかのお客様のことが何も見えなくなるからです。見るところ:ミドルタッチの費用が、もたらす粗利を上回るのは、月額いくらまでですか。それはどれくらい確かですか。

# %%
below = f"mrr0_amount < {5 * line_amount}"
whose(soft)
brought = roi.brought(soft, ("mid", "tech"), horizon=horizon_months, eligible=below)
bands = roi.by_band(soft, ("mid", "tech"), horizon=horizon_months, found=brought)
figures.roi.bands(bands, lang=lang, currency=soft.currency)

# %%
amounts = bands.rename(columns={"margin": "margin_each", "cost": "spent_each", "estimate": "left_each"}).round(0)
table(amounts.set_index(["low_mrr", "high_mrr"])[["margin_each", "spent_each", "left_each", "low", "high"]], digits=0)
sure = {"pays": (bands["low"] > 0).sum(), "costs": (bands["high"] < 0).sum()}
say("bands_pay", len(bands), open=len(bands) - sure["pays"] - sure["costs"], **sure)

# %% [markdown] lang="en"
# The board usually sees another number: **influenced revenue**, all renewals that somebody had been in touch with before. **Guess first:** of the revenue that came up for renewal here, how many per cent are there *because* of the touch?

# %% [markdown] lang="ja"
# 取締役会がふだん見ているのは、別の数字です。**「関与した売上」**、つまり、更新の前に誰かが接触していた契約の合計です。**先に予想を** ここで更新を迎えた売上のうち、タッチの**おかげで**残ったのは何%でしょうか。

# %%
predict("M38", ...)

# %%
drawing = another(company.source, reveal_truth, policy="rct") if company.source.startswith("synthetic:") else None
a_year = effect.tried(effect.trial, drawing, horizon=12, covariates=known, grace=0)
of_lot = effect.tried(effect.experiment, a_year, ("high", "tech"))

# %%
# %%needs calendar contracts.end contracts.outcome contracts.decided_on contracts.mrr_amount touches.type touches.touched_on
whose()
claims = effect.tried(roi.influenced, company, of_lot)
if claims is not None:
    shares = (claims.set_index("claim")[["estimate", "low", "high"]] / claims.attrs["due"]).T.to_dict()
    verdict("M38", naive=shares["influenced"]["estimate"], better=shares.get("incremental"), truth=shares.get("truth"), of=company)
    say("claims_known" if of_lot else "claims_unknown", len(a_year.rows) if of_lot else 0)
    figures.roi.influenced(claims, lang=lang, currency=company.currency)

# %% [markdown] lang="en"
# Influenced revenue grows with the diligence of those who log calls. It holds everybody who would have renewed anyway. And contact can harm: in a field experiment with a telecom, customers who were *proactively* advised on their plan left more often, 10 % against 6 % (Ascarza, Iyengar and Schleicher 2016, grade A). Only a comparison with some who were not called shows either.

# %% [markdown] lang="ja"
# 「関与した売上」は、活動をまめに記録する会社ほど大きくなります。何もしなくても更新したお客様が、全部入っているからです。さらに、接触は害にもなります。ある通信会社の実地実験では、料金プランを**先回りして**案内されたお客様のほうが多く離れました(10%対6%。Ascarza・Iyengar・Schleicher 2016、等級A)。どちらも、接触しなかったお客様と比べて初めて分かります。

# %% [markdown] lang="en"
# ## 8. Monday
#
# Take out the sentence of the beginning: how are tiers decided with you? It chooses the design.
#
# | With you | Design | What it takes | Section |
# |---|---|---|---|
# | somebody decides, more customers than hours | lot among those alike | many customers, a promise to wait | 4 |
# | a line in the fee, kept strictly | jump at the line | very many customers near it | 5 |
# | a programme for all, not at once | waves, order by lot | months between the waves | 10 |
# | all may, few come | invitation by lot | an invitation that moves many | 11 |
# | everything that decides is on record | adjusting | an honest list, and luck | 3, 9 |

# %% [markdown] lang="ja"
# ## 8. 月曜日
#
# 最初に書いた一文を出してください。自社では層をどう決めていますか。それで設計が決まります。
#
# | 自社の決め方 | 設計 | 必要なもの | 節 |
# |---|---|---|---|
# | 人が決める。時間よりお客様のほうが多い | 似たお客様のなかで抽選 | 多くの社数、「待ってもらう」合意 | 4 |
# | 月額の線で決め、例外がない | 線での段差 | 線の近くのお客様が非常に多いこと | 5 |
# | 全員に行うが、一度にはできない | 順番に開始(順番は抽選) | 開始の間隔(数か月) | 10 |
# | 誰でも参加できるが、来る人は少ない | 案内を抽選 | 多くの人を動かす案内 | 11 |
# | 決め手がすべて記録にある | 調整 | 正直な一覧と、運 | 3・9 |

# %%
say("answer_designs" if book.synthetic else "answer_designs_yours", tested.points, total=needed.total, wanted=100 * hoped)

# %%
calibration()

# %% [markdown] lang="en"
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: doubly robust effects in months and money, waves, invitations, more contact and less churn, gain curves, prevention against rescue with the customer's benefit beside ours, and the plan of a test. The exercise sheet is a notebook of its own: `cslab open 11 --exercise`.*

# %% [markdown] lang="ja"
# *必修はここまでです。最後の「要点」とアクションログに進むか、発展へどうぞ。月数や金額での効果、順番に始める施策、案内の抽選、「接触が多いほど解約は少ない」の読み方、効きやすい順の曲線、予防と救済、三方良し、検証計画を扱います。演習は別のノートブックです:`cslab open 11 --exercise`*

# %% [markdown] lang="en" tags=["further"]
# ## 9. Doubly robust: two chances to be right
#
# Weights go wrong where the chances are wrong, a model of outcomes where that is. `aipw` uses both, each customer judged by models of the others: right if *either* is, provided that what decided stands in the tables (**doubly robust**). Its balance says whether the arms were made alike. What to see: do all blue marks lie in the shaded band?

# %% [markdown] lang="ja" tags=["further"]
# ## 9. 二重頑健推定:当たるチャンスが2回
#
# 重み付けは、確率の見積もりが外れれば外れます。結果を予測するモデルも、その予測が外れれば外れます。`aipw` は両方を使い、お客様を1社ずつ、ほかのお客様で作ったモデルで評価します。**どちらか一方**が正しければ、答えは大きく外れません(決め手がすべて表にあることが前提です)。両群が似た集団になったかどうかは、次の図で確かめます。見るところ:青い印は、すべて網かけの中にありますか。

# %%
whose(soft)
robust = effect.aipw(recruited, pair)
figures.effect.balance(robust, lang=lang)

# %%
table(effect.table({**ways, "aipw_all": robust}).set_index("way")[["estimate", "low", "high", "n", "left_out"]].rename(columns=people))
say("effect_needs", robust.points, needed=robust.sensitivity.estimate, limit=robust.sensitivity.limit)

# %% [markdown] lang="en" tags=["further"]
# The same in months as a customer (late starters stay in, as far as they were watched), in gross margin less hours, and with the largest hundredth counted as no more than the rest. What to see: months are the surest. In money high touch leaves less than mid touch here, since its hours cost more than the fee of most brings back; a few giants decide, and the limits know too little of them.

# %% [markdown] lang="ja" tags=["further"]
# 同じことを、顧客でいた月数(契約したばかりのお客様も、追えたところまで入れます)、粗利から工数を引いた額、そして上位1%を頭打ちにした額で見ます。見るところ:いちばん確かなのは月数です。金額で見ると、ここではハイタッチはミドルタッチよりマイナスになります。増えた工数が、多くのお客様の月額では取り戻せないからです。しかも金額は少数の大口で決まり、そのばらつきは区間にも十分に表れません。

# %%
seen_known = {"covariates": known, "grace": 0}
lived = effect.aipw(effect.trial(soft, horizon=horizon_months, outcome="survival", **seen_known), pair)
in_money = effect.trial(soft, horizon=horizon_months, outcome="net_value", **seen_known)
named = {"months_stayed": lived, "net_all": effect.aipw(in_money, pair), "net_capped": effect.aipw(in_money, pair, cap=0.99)}
found_each = effect.table(named).set_index("way")[limits].rename(columns=people)
table(found_each.loc[["months_stayed"]], digits=1)
table(found_each.drop(index="months_stayed").round(0), digits=0)

# %% [markdown] lang="en" tags=["further"]
# ## 10. Waves
#
# A training reaches all in the end, a group every half year, in an order by lot (`waves_source`). The change of those who have begun is held against that of those who wait (**difference in differences**). The usual regression with a dummy for each customer and month (**two-way fixed effects**) gives **one** number, and holds late beginners against early ones whose gain has come and gone. What to see: the marks before month 0 (they should lie at nothing, but chance moves some of them), and the orange line beside the later ones. In the table `truth` is that of the months which each number is about.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. 順番に始める
#
# 研修を、最終的には全員に行いますが、半年ごとに一部ずつ、順番は抽選で始めます(`waves_source`)。始めたお客様の変化を、まだ待っているお客様の変化と比べられます(**差分の差分**、DiD)。よくある「お客様と月のダミーを入れた回帰」(**二方向固定効果**)は**一つの**数字しか出さず、後から始めたお客様を、効果が出てまた消えた先発のお客様と比べてしまいます。見るところ:0か月目より前の印(本来はゼロですが、偶然で少しはずれることもあります)。そして、後半の印と橙の線の差。表の `truth` は、それぞれの数字が対象とする月の真の値です。

# %%
from cslab.measure.effect import staggered
from cslab.measure.effect.panel import panel

waves = another(waves_source, reveal_truth)
whose(waves)
rows = panel(waves, "", waves_value)
right_way = effect.difference_in_differences(rows)
one_number = effect.two_way_fixed_effects(rows)

# %%
true_path = staggered.truth(waves, rows)
figures.effect.event_study(right_way, one_number, true_path, lang=lang)

# %%
both_ways = effect.table({"two_way": one_number, "group_time": right_way.effect}).set_index("way")
if true_path is not None:
    both_ways["truth"] = [true_path.attrs["every_month"], true_path.attrs["overall"]]
table(both_ways.reindex(columns=[*limits, "truth"]).dropna(axis="columns", how="all").rename(columns=people))

# %% [markdown] lang="en" tags=["further"]
# ## 11. An invitation
#
# Nobody can be forced to a training. But invitations can be drawn by lot (`invited_source`). The invited against the others: what *inviting* brings (first row). Divided by how many more came because of it: what *coming* brings to those whom an invitation moves (last row). Where an invitation moves few, the limits run far out, and say so honestly. (An **encouragement design**; the lot is an **instrumental variable**.)

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 案内を抽選する
#
# 研修への参加は強制できません。しかし、案内なら抽選できます(`invited_source`)。案内したお客様とそうでないお客様の差が、**案内の**効果です(1行目)。それを「案内のおかげで参加が増えた割合」で割ると、案内で動くお客様にとっての**参加の**効果になります(最後の行)。**奨励デザイン**(操作変数法の一種)です。案内で動くお客様が少なければ、区間は正直に大きく広がります。

# %%
invited = another(invited_source, reveal_truth)
whose(invited)
program = invited.programs["program_id"].iloc[0]
turn = effect.trial(invited, f"invited:{program}", time_zero="eligible", grace=30, horizon=12, covariates=[])
moved = effect.encouragement(turn, effect.attended(invited, program))
steps = pd.DataFrame([vars(moved.invitation), vars(moved.taking_part), vars(moved.effect)])
steps.index = pd.Index(["inviting", "more_came", "coming"], name="step")
table(steps[limits].rename(columns=people))

# %% [markdown] lang="en" tags=["further"]
# A programme is started for two things: that customers stay, and that they grow. Its report tells both, of the invited against the others, in share and in gross margin a customer.

# %% [markdown] lang="ja" tags=["further"]
# 施策を始める目的は二つ、残ってもらうことと、増やしてもらうことです。施策の報告書には、その両方を書きます。案内したお客様とそうでないお客様の差を、残る割合と、1社あたりの粗利で示します。

# %%
report = effect.programme_report(invited).set_index("outcome")[limits].rename(columns=people)
table(report.iloc[[0]])
table(report.iloc[1:].round(0), digits=0)

# %% [markdown] lang="en" tags=["further"]
# ## 12. More contact, less churn?
#
# Hours of contact in four bands, and how many stayed a year. The line usually rises, and is usually shown as “every hour counts”. Below it the same, adjusted for what is known and for the tier. What to see: what is left of an hour more. Those who get more hours are larger, or in trouble: this is no dose, it is a portrait of the rule.

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 接触が多いほど解約は少ない?
#
# 接触時間を4段階に分け、1年後に残っている割合を見ます。たいてい右上がりになり、「1時間が効く」という話になります。その下は、分かっていることと層で調整した値です。見るところ:1時間増やした効果が、どれだけ残りますか。時間を多く受けているのは、大口か、困っているお客様です。薬の量と効き目の関係とは違い、配り方のルールがそのまま写っているだけです。

# %%
# %%needs calendar contracts.end touches.minutes touches.touched_on accounts.mrr0_amount
whose()
dose = effect.tried(effect.dose_response, company)
if dose:
    table(dose.bands.set_index("band").rename_axis("hours_band")[["low_hours", "high_hours", *limits]].rename(columns=people))
    an_hour = effect.table({"plain_hour": dose.naive, "adjusted_hour": dose.adjusted})
    table(an_hour.set_index("way")[["estimate", "low", "high"]])

# %% [markdown] lang="en" tags=["further"]
# ## 13. How far does the list carry?
#
# The order of section 6, from the first customer to the last: what is gained by treating so many, against as many by lot. The area between both lines is the **Qini** figure. What to see: where the curve stops rising, more hours buy nothing. The second table asks whether there is anybody whom touch harms: the tenth with the least foreseen, in months of fee, judged on customers that the model had not seen. Only limits that lie below zero as a whole would be a harm.

# %% [markdown] lang="ja" tags=["further"]
# ## 13. その順番は、どこまで使えるか
#
# 6節の順番を、最初の1社から最後の1社までたどります。そこまでタッチしたときの上積みを、同じ社数を抽選で選んだ場合と比べます。二つの線に挟まれた面積が **Qini** です。見るところ:曲線が伸びなくなった所から先は、時間をかけても増えるものがありません。次の表は、タッチが害になるお客様がいるかどうか。予測がいちばん低い1割を、モデルが初めて見るお客様で確かめます(単位は月額の何か月分か)。害があると言えるのは、区間がまるごと0より下にあるときだけです。

# %%
whose(chosen)
curve = uplift.qini(found, ("high", "tech"), truth=best)
figures.uplift.qini(curve, lang=lang, currency=chosen.currency)

# %%
harm = roi.harmed(found, ("high", "tech"), truth=best).set_index("group")
table(harm[limits].rename(columns=people), digits=2)

# %% [markdown] lang="en" tags=["further"]
# ## 14. Prevent or rescue, and good for whom?
#
# The same team, the same hours: all of them into planned touch from the first day, or kept back for customers in the red, or both. What each brings more than planned hours for every tier, in margin a customer, in truth. Below it 三方良し: what mid touch brings us, the customer and society. The customer's side rests on declared assumptions (grade S); change them: `roi.Benefit(hours_saved=1)`.

# %% [markdown] lang="ja" tags=["further"]
# ## 14. 予防か救済か、そして誰の得か
#
# 同じチーム、同じ時間です。初日からの予定どおりのタッチに全部使うか、赤信号のお客様のために取っておくか、両方か。層どおりに配った場合と比べて、1社あたりの粗利がどれだけ増えるか(真の値)。その下は「三方良し」。ミドルタッチが、自社・お客様・社会にもたらすものです。お客様側は、明示した仮定に基づきます(等級S)。`roi.Benefit(hours_saved=1)` のように変えてみてください。

# %%
# %%needs truth calendar contracts.end tier_history.touch_tier
whose()
policies = roi.prevent_or_save(company, futures=2)
if policies is not None:
    per_company = policies.rename(columns={"estimate": "margin_more", "retained": "stay_more"}).set_index("policy")
    table(per_company[["margin_more", "low", "high", "stay_more"]].round({"margin_more": 0, "low": 0, "high": 0}))

# %% [markdown] lang="en" tags=["further"]
# And what is a CSM's own judgement worth? The same number of customers a tier, chosen by CSMs, by the bare rule, by lot: what is left after hours, a customer, against tech touch for everybody, in truth.

# %% [markdown] lang="ja" tags=["further"]
# では、CSM自身の判断にはどれだけの価値があるでしょうか。各層の社数を同じにして、CSMが選んだ場合、ルールだけの場合、抽選の場合を比べます。全員をテックタッチにした場合と比べて、工数を引いたあとに1社あたりで残る額です(真の値)。

# %%
# %%needs truth calendar contracts.end tier_history.touch_tier
chooses = roi.judgement(company, horizon_months, futures=2)
if chooses is not None:
    table(chooses.rename(columns={"estimate": "left_each", "who": "chosen_by"}).set_index("chosen_by")[["left_each", "low", "high"]].round(0), digits=0)

# %%
whose(soft)
sides = roi.three_ways(brought)
saved = roi.worth_from(brought)
figures.roi.parties(sides, lang=lang, currency=soft.currency)

# %%
sums = sides.query("item == 'left' or unit == 'hours'").replace({"item": {"left": "left_over"}})
table(sums.set_index(["party", "item"])[["estimate", "low", "high"]].round(0), digits=0)
nowhere = float("inf")
if saved.high < nowhere:
    say("worth_from", saved)
else:
    say("worth_from_open" if saved.estimate < nowhere else "worth_from_none", min(saved.estimate, 1e3), low=min(saved.low, 1e3))

# %% [markdown] lang="en" tags=["further"]
# ## 15. The plan of a test
#
# A test of the size of section 4, with the customers who sign in a week, followed a year. How long until it is full, and over? And whoever looks every quarter and stops at the first “significant” finds something too often: the last sentence says how often, with nothing there. (`sequential` gives lines that allow looking.)

# %% [markdown] lang="ja" tags=["further"]
# ## 15. 検証計画
#
# 4節の規模の試験を、毎週の新規契約で埋め、1年追います。埋まるまで、終わるまで、何週かかるでしょうか。また、四半期ごとにのぞいて「有意」が出たところでやめると、本当は効果がなくても「見つけて」しまいがちです。その割合は、最後の文のとおりです(途中で見てもよい基準の線は `sequential` で引けます)。

# %%
# %%needs calendar contracts.end accounts.signed_on
from cslab.measure.effect import planned, sequential

signed = company.accounts["signed_on"]
a_week = (signed > company.as_of - pd.Timedelta(weeks=52)).sum() / 52
plan = planned.plan_test(stays, hoped, max(a_week, 0.1), 52)
say("test_weeks", plan.weeks, fill=plan.fill_weeks, a_week=a_week, alarms=sequential.false_alarms(4))

# %% [markdown] lang="en" tags=["further"]
# **Try it (4 minutes).** Write the plan for your own weakest belief: five lines of section 1, the design of section 8, the number of customers, the weeks, and what you will do if the limits hold zero. Your result should look like half a page that the CFO could sign. Homework 2 asks for it.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(4分)** 自社でいちばん根拠の弱い思い込みについて、計画を書きます。1節の5行、8節の設計、社数、週数、そして「区間が0を含んだらどうするか」。CFOが判を押せる半ページになれば合格です。宿題2で提出します。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`; sections on designs take a source each (`-p lot_source=folder:…`). Where the records cannot tell an effect, the lesson says so and goes on.
#
# | You need | for | Look out for |
# |---|---|---|
# | `contracts`: account_id, start, end | everything | customers that vanish when they leave |
# | `tier_history`: touch_tier, valid_from | sections 1 to 3 | tools that know today's tier only |
# | `accounts`: mrr0_amount, segment, trial_usage | sections 1 to 3 | amounts of today instead of at signing |
# | a column *why* for each change of tier | section 3 | filled in afterwards, it tells the outcome |
# | `tier_history.assigned_by` = rct | section 4 | lots that were drawn again when one disliked them |
# | `program_enrolment` with everybody eligible | sections 10, 11 | lists of those who came |
# | `touches`, `contracts.outcome` | sections 7, 12 | calls that are logged after the renewal |

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。設計ごとの節には、それぞれ別のデータも渡せます(`-p lot_source=folder:…`)。記録から効果を言えないときは、そう表示して先へ進みます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `contracts` の account_id・start・end | すべて | 解約すると一覧から消えるお客様 |
# | `tier_history` の touch_tier・valid_from | 1〜3節 | 今日の層しか残らないツール |
# | `accounts` の mrr0_amount・segment・trial_usage | 1〜3節 | 契約時ではなく今日の金額 |
# | 層を変えた**理由**の列 | 3節 | あとから書くと、結果を先取りした列になる |
# | `tier_history.assigned_by` が rct の行 | 4節 | 気に入らなければ引き直した抽選 |
# | 対象になった全員を含む `program_enrolment` | 10・11節 | 参加者だけの名簿 |
# | `touches`・`contracts.outcome` | 7・12節 | 更新のあとに記録された接触 |

# %% [markdown] lang="en"
# ## Key points
#
# - First the five lines of the trial, then the number.
# - Where nobody is there to compare with, refuse.
# - Adjusting holds equal what stands in the tables. Write down *why* a customer was moved.
# - A lot needs no beliefs, but many customers. A tiny pilot reports luck.
# - A line tells of those near it, and of nobody else.
# - Risk says who leaves; uplift says whom touch changes.
# - Effect × value − hours × cost, with limits. Influenced revenue is none of it.

# %% [markdown] lang="ja"
# ## 要点
#
# - 先に試験の5行、数字はそのあと。
# - 比べる相手がいなければ、計算を断る。
# - 調整でそろうのは、表にあることだけ。層を変えた**理由**を書き残す。
# - 抽選は何も信じなくてよいが、社数が要る。小さすぎるパイロットが報告するのは運。
# - 線で分かるのは、線の近くのお客様のことだけ。
# - リスクは「誰が離れるか」、アップリフトは「タッチで変わるのは誰か」。
# - 効果×価値−工数×単価を、幅をつけて。「関与した売上」は、このどれでもない。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# Effects that spread from one customer to another; tiers that change along the way (the arm is read once); contagion of a lot by CSMs who try harder where they know of the test. What it is about touch that works, and after how long, is lesson 12. The companies were chosen so that each design holds in one of them; in yours you have to argue that.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# お客様どうしの波及、途中で変わる層(群は最初に一度だけ決めます)、試験だと知ったCSMが張り切ってしまうこと。タッチの何が、どれだけ遅れて効くのかは、第12章です。この章の会社は、それぞれの設計が成り立つように選んであります。自社で成り立つかどうかは、自分で確かめ、説明する必要があります。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. “We adjusted for industry, size and plan: accounts with a CSM by name leave 4 points less often.” Which two questions do you ask before believing it?
# 2. A pilot with twenty customers found 25 points. What do you expect from the next two hundred, and why?
# 3. Customers with a monthly fee of ¥80k get a CSM. Just above the line there are twice as many customers as just below. What has happened, and what becomes of the design?
#
# <details><summary>Answers</summary>
#
# 1. Who decided, by what, and does that stand in the tables? And are there customers with and without a CSM in each stratum?
# 2. Far less: with twenty customers only an exaggeration gets noticed. The limits of the pilot would have said so.
# 3. Somebody moves customers over the line, or sales prices to it. Those above chose to be there, so the jump is theirs as much as the touch's; the design is lost, unless one knows who was moved.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 「業種・規模・プランで調整しました。担当CSMのいるお客様は、解約が4ポイント少ない」。信じる前に聞くべきことを二つ挙げてください。
# 2. 20社のパイロットで25ポイントの効果が出ました。次の200社では、どれくらいを見込みますか。なぜですか。
# 3. 月額8万円以上のお客様には担当CSMがつきます。線のすぐ上には、すぐ下の2倍のお客様がいます。何が起きていますか。この設計はどうなりますか。
#
# <details><summary>答え</summary>
#
# 1. 誰が、何を見て決めたのか。それは表に載っているか。そして、どの層にも、担当のいるお客様といないお客様がいるか。
# 2. ずっと小さい値です。20社では、大きく出たときしか「効果あり」と気づけません。パイロットの区間を見れば分かったはずです。
# 3. 誰かがお客様に線をまたがせているか、営業が線に合わせて値付けしています。上にいるのは「上に来た」お客様なので、段差にはタッチの効果と選ばれ方の違いが混じります。誰がまたいだのか分からない限り、この設計は使えません。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What | Which number | Who | By when | Months to show |
# |---|---|---|---|---|
# | *e.g. a column “why” for each change of tier* | *section 3* | *CS operations* | *Monday* | *24* |
# | *e.g. draw by lot who of the next mid-sized customers waits* | *section 4* | *head of CS* | *first of next month* | *12 to 24* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:層を変えるたびに「理由」を1列残す* | *3節* | *CSオペレーション* | *月曜から* | *24* |
# | *例:次の中規模のお客様から、待ってもらう会社を抽選で決める* | *4節* | *CS責任者* | *来月1日* | *12〜24* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# **Homework 2** puts lessons 09 to 11 together: an engagement model with its matrix, its hours and the plan of a test. **Lesson 12** follows an effect along its chain, link by link, and says after how long it can be seen.
#
# | Word | In this course |
# |---|---|
# | Target trial | the trial one would have liked to run, written down before looking |
# | Overlap | customers alike in everything known, in either arm |
# | IPW | each customer counts for those who were as unlikely to get that arm, by the propensity score |
# | AIPW | weights and a model of outcomes together: right if either is, and what decided stands in the tables |
# | Power | the chance to see an effect that is there |
# | Uplift | by how much touch changes one customer, which is not the risk |
# | Incremental | what would not be there without it |
# | Grade A, B, C, S | how well a fact is founded: peer-reviewed, a named survey, a rule of thumb, an assumption of this kit |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# **宿題2**では、第09〜11章をまとめて、施策表・工数・検証計画を備えたエンゲージメントモデルを作ります。**第12章**では、効果が伝わる道筋を一つずつ確かめ、いつになれば見えるのかを考えます。
#
# | 用語 | この教材での意味 |
# |---|---|
# | ターゲットトライアル | 本当はやりたかった試験を、数字を見る前に書いたもの |
# | オーバーラップ | 分かっていることがすべて似たお客様が、どちらの群にもいること |
# | IPW(逆確率重み付け) | 傾向スコア(その群になる確率)を使い、なりにくかったお客様ほど重く数える方法 |
# | AIPW(二重頑健推定) | 重みと結果のモデルを併用。決め手が表にあれば、どちらか一方が正しいだけでよい |
# | 検出力 | 本当にある効果を見つけられる確率 |
# | アップリフト | タッチで一社がどれだけ変わるか。リスクとは別物 |
# | 増分(インクリメンタル) | それがなければ存在しなかった分 |
# | 等級A・B・C・S | 根拠の強さ。順に、査読論文など、出所の分かる調査、経験則、この教材の仮定 |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 6 minutes; section 2, 5; section 3, 9; section 4, 8; section 5, 5; section 6, 5; section 7, 5; section 8, 2. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** taking the refusal of section 2 for a fault of the tool; reading a wide interval as “no effect”; thinking that `struggling` could be reconstructed from the tables; taking uplift for a better risk score.
# - **Vary it:** `-p pilot_customers=200`, `-p hoped_points=10`, `-p horizon_months=12` (more customers, smaller effects), `-p lot_source.accounts=20000` (the lot becomes narrow; a minute), `-p line_source.policy=rule` (a CSM overrules the line: the jump mixes), `-p source.seed=8`, `-p soft_source.policy=rule` (refused).
# - **When a verdict goes the other way:** keep it, and ask whether the truth lies within the limits. That is what limits are for.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節 6分、2節 5分、3節 9分、4節 8分、5節 5分、6節 5分、7節 5分、8節 2分。確認の3問は宿題です。`-p reveal_truth=false` で、真の値を隠しておけます。
# - **つまずきやすい所** 2節で計算を断られたのを道具の不具合だと思う。広い区間を「効果なし」と読む。`struggling` を表から復元できると考える。アップリフトを「改良版リスクスコア」だと思う。
# - **変えてみる** `-p pilot_customers=200`、`-p hoped_points=10`、`-p horizon_months=12`(社数が増え、効果は小さくなる)、`-p lot_source.accounts=20000`(抽選の区間が狭くなる。1分ほどかかります)、`-p line_source.policy=rule`(CSMが線を越えさせ、段差が混ざる)、`-p source.seed=8`、`-p soft_source.policy=rule`(断られる)。
# - **判定が逆に出たとき** 消さずに、真の値が区間に入っているかを聞いてください。区間は、そのためにあります。
