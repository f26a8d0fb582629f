# %% [raw]
# number: "11"
# title_en: Before you test, and after
# title_ja: 試す前に、試した後に
# minutes: 45
# needs: [contracts]

# %% [markdown] lang="en"
# # Before you test, and after
#
# Exercises of lesson 11 · 45 minutes. Parts 1 to 5 are **core** (27 minutes), 6 to 8 go **further** (18 minutes). The company is another one than in the lesson; parts 4 and 6 bring companies of their own. Put your answer in the place of the three dots and run the cell; `hint` helps in three steps.

# %% [markdown] lang="ja"
# # 試す前に、試した後に
#
# 第11章の演習(45分) 題材は、章とは別の会社です(4と6では、さらに別の会社を使います)。1〜5が**必修**(27分)、6〜8が**発展**(18分)です。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=11&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
trainee: str = ""  # your name or number, gives you a company of your own
# ja: 自分の名前か番号。入れると自分だけの会社になる
variant: int = 0  # which version of fixed data
# ja: 決まったデータの、どの版を使うか

# %%
import numpy as np

from cslab import figures
from cslab.course.exercise import begin, check, hint
from cslab.course.questions import designed
from cslab.measure import capacity, effect
from cslab.measure.effect import panel, power, small

book = begin("11", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. How many customers? (core, 5 minutes)
#
# Of your smaller customers 20 % leave within a year. You hope that a call in the second month takes **five points** off that. A lot is to decide who is called, half of them. How many customers does **each side** need so that the test sees the effect four times in five (two-sided, at 5 %)? `power.sample_size(base, effect)` takes shares between 0 and 1; an effect that lowers the share is negative; `.treated` behind the bracket is the number on the side that is called. Your result should be a number of customers.

# %% [markdown] lang="ja"
# ## 1. 何社必要か(必修・5分)
#
# 小口のお客様は、1年で20%が離れます。2か月目に電話をかけると、これが**5ポイント**下がると期待しています。電話する相手は、抽選で半数とします。5回に4回は効果を見つけられる(検出力80%、両側5%の検定)には、**1群あたり**何社必要ですか。`power.sample_size(もとの割合, 効果)` に、0から1の小数で入れてください。割合が下がる効果はマイナスです。かっこのあとに `.treated` と付けると、電話する側の社数になります。答えは社数です。

# %%
needed = ...
### BEGIN SOLUTION
needed = power.sample_size(0.20, -0.05).treated
### END SOLUTION
check("needed", needed)

# %%
# hint("needed", 1)

# %% [markdown] lang="en"
# ## 2. A pilot with thirty (core, 5 minutes)
#
# “Let us try it on thirty.” Thirty large customers, fifteen with high touch by lot, fifteen without. Without it 30 % leave; suppose that it truly takes **ten points** off. `small.small_trial(base, effect, customers on a side)` counts out everything that can happen. How often does such a pilot **see** the effect (`.seen`)? Look at `.exaggeration` too: how many times too large the effect looks when it is seen. Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 2. 30社のパイロット(必修・5分)
#
# 「まず30社で試そう」。大口30社のうち、抽選で選んだ15社にハイタッチを行い、残り15社には行いません。行わなければ30%が離れ、ハイタッチの本当の効果は**10ポイント減**だとします。`small.small_trial(もとの割合, 効果, 1群の社数)` は、起こりうる結果をすべて数え上げます。このパイロットが効果を**見つける**確率(`.seen`)はいくつですか。`.exaggeration`(見つかったとき、効果が実際の何倍に見えるか)も見ておきましょう。答えは0から1の小数で、小数第2位まで確かな値にしてください。

# %%
pilot_seen = ...
### BEGIN SOLUTION
pilot_seen = small.small_trial(0.30, -0.10, 15).seen
### END SOLUTION
check("pilot_seen", pilot_seen)

# %%
# hint("pilot_seen", 1)

# %% [markdown] lang="en"
# ## 3. Whom can you compare at all? (core, 6 minutes)
#
# Your company gives touch by a rule on MRR at signing, and CSMs move some struggling customers up. The table counts customers by tier (`arm`), in three bands: below the line of mid touch (0), between both lines (1), above that of high touch (2). Two tiers can be compared where at least **five** customers of each stand in the same band. Which pairs of `"mid-tech"`, `"high-mid"` and `"high-tech"` can? Your result should be a set, such as `{"mid-tech"}`.

# %% [markdown] lang="ja"
# ## 3. そもそも、誰と誰を比べられるか(必修・6分)
#
# この会社は、契約時のMRRによるルールでタッチ層を決めています。ただし、苦戦しているお客様の一部は、CSMが一段上げています。表は、MRRの三つの帯ごとに、層(`arm`)別の社数を数えたものです。帯は、ミドルタッチの線より下(0)、二つの線のあいだ(1)、ハイタッチの線より上(2)です。同じ帯に両方の層が**5社**以上いれば、その二つは比べられます。`"mid-tech"`・`"high-mid"`・`"high-tech"` のうち、比べられる組はどれですか。`{"mid-tech"}` のような集合で答えてください。

# %%
# %%needs calendar contracts.end tier_history.assigned_by accounts.mrr0_amount
rows = effect.trial(book, horizon=1, covariates=["mrr0_amount"]).rows
band = np.searchsorted(designed.rule_lines(book), np.exp(rows["mrr0_amount"]), side="right")
counts = rows.groupby([band, "arm"]).size().unstack(fill_value=0)
counts

# %%
# %%needs calendar contracts.end tier_history.assigned_by accounts.mrr0_amount
comparable = ...
### BEGIN SOLUTION
pairs = [("mid", "tech"), ("high", "mid"), ("high", "tech")]
comparable = {f"{one}-{other}" for one, other in pairs if (counts[[one, other]].min(axis=1) >= 5).any()}
### END SOLUTION
check("comparable", comparable)

# %%
# hint("comparable", 1)

# %% [markdown] lang="en"
# ## 4. Just above the line and just below (core, 7 minutes)
#
# Another company, of 20,000 customers, gives mid touch from ¥80,000 MRR at signing, without an exception. So just above and just below the line customers differ in the tier alone. What does mid touch change in the share still there after 24 months, **at the line**? `effect.regression_discontinuity(trial, column, threshold)` gives it, `.effect.estimate`. (In the table MRR stands as its logarithm, and only those who signed 24 months ago or earlier are in it; the threshold is an amount in yen.) Your result should be a share between −1 and 1, with two decimals that hold. Before you send it on: how wide are its limits?

# %% [markdown] lang="ja"
# ## 4. 線のすぐ上と、すぐ下(必修・7分)
#
# 別の会社です。お客様は2万社で、契約時のMRRが8万円以上ならミドルタッチ、という線を例外なく守っています。だから線のすぐ上とすぐ下のお客様は、タッチ層だけが違います。ミドルタッチは、**線のところで**、24か月後の継続率をどれだけ変えますか。`effect.regression_discontinuity(trial, 列名, しきい値)` の `.effect.estimate` です(下の表のMRRは対数で、24か月以上前に契約したお客様だけが入っています。しきい値は円の金額で書きます)。−1から1の小数で、小数第2位まで確かな値を答えてください。人に渡す前に、区間の幅も見ておきましょう。

# %%
on_the_line = effect.trial(designed.line_company(variant), covariates=["mrr0_amount"])
on_the_line.rows.head()

# %%
jump = ...
### BEGIN SOLUTION
found = effect.regression_discontinuity(on_the_line, "mrr0_amount", 80_000)
jump = found.effect.estimate
### END SOLUTION
check("jump", jump)

# %%
# hint("jump", 1)

# %% [markdown] lang="en"
# ## 5. Which design? (core, 4 minutes)
#
# Five plans. For each, the design that can answer it: `"lot"` (draw who gets it) · `"line"` (compare just above and below) · `"waves"` (all get it, in an order drawn by lot) · `"invitation"` (draw who is asked) · `"none"` (no design will tell; measure the steps instead).
#
# `newsletter`: a monthly letter to 4,000 small customers, the system can send it to anyone · `named_csm`: whoever pays ¥300,000 or more gets a named CSM, no exceptions, 1,200 customers near the line · `new_onboarding`: everybody is to get it, but the team manages one office a quarter, and nobody minds in which order · `webinar`: nobody can be made to come, but you choose whom to ask · `sponsors`: your twelve largest customers get a board member each, from next month

# %% [markdown] lang="ja"
# ## 5. どの設計か(必修・4分)
#
# 五つの計画があります。それぞれの効果が分かる設計を選んでください。`"lot"`(対象を抽選で決める)・`"line"`(線のすぐ上と下を比べる)・`"waves"`(全員に行い、順番を抽選で決める)・`"invitation"`(案内する相手を抽選で決める)・`"none"`(どの設計でも分からないので、途中の段階を測る)。
#
# `newsletter`:小口4,000社への月1回のメール。誰に送るかは自由に選べる/`named_csm`:月額30万円以上には専任CSMを付ける。例外はなく、線の付近に1,200社いる/`new_onboarding`:全社に行うが、1四半期に1拠点ずつしかできない。順番はどうでもよい/`webinar`:来てもらうことは強制できないが、案内する相手は選べる/`sponsors`:最大手12社に、来月から役員を1人ずつ付ける

# %%
which_design = {"newsletter": ..., "named_csm": ..., "new_onboarding": ..., "webinar": ..., "sponsors": ...}
### BEGIN SOLUTION
which_design = {"newsletter": "lot", "named_csm": "line", "webinar": "invitation"}
which_design |= {"new_onboarding": "waves", "sponsors": "none"}
### END SOLUTION
check("which_design", which_design)

# %%
# hint("which_design", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** Ask for the plan of one's own company that looks most like `sponsors`. The sentence to end with: *a pilot that can only fail to tell is no evidence; agree on that before it begins.*

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** 自社の計画で `sponsors` にいちばん近いものを挙げてもらいます。締めの言葉は「何も分からないと決まっているパイロットは、証拠になりません。それを、始める前に合意しておきましょう」です。

# %% [markdown] lang="en"
# ## 6. A training in four waves (further, 6 minutes)
#
# A company's training came to four groups of customers, six months apart, in an order drawn by lot. `months` holds the views of training pages by customer and month. By how many views a month did the training raise them, over the customer-months for which somebody was still waiting for it? The views come while the training runs, and go. Two functions give a number: `effect.difference_in_differences(months).effect` holds each group against those still waiting; `effect.two_way_fixed_effects(months)` is the regression that most tools do. Choose. Your result should be a number of views with two decimals that hold.

# %% [markdown] lang="ja"
# ## 6. 四つのグループで順に行った研修(発展・6分)
#
# ある会社では、研修を四つのグループに、半年ずつずらして行いました。順番は抽選です。`months` には、お客様ごと・月ごとの研修ページの閲覧数が入っています。まだ順番を待つお客様がいた期間について、研修は閲覧数を月に何回増やしましたか。閲覧は、実施しているあいだだけ増え、終わると元に戻ります。数字を出す関数は二つあります。`effect.difference_in_differences(months).effect` は各グループを、まだ待っているお客様と比べます。`effect.two_way_fixed_effects(months)` は、多くのツールが行う回帰です。どちらかを選んで、回数を小数第2位まで確かな値で答えてください。

# %%
months = panel.panel(designed.wave_company(variant), "training", "training_views")
figures.effect.event_study(effect.difference_in_differences(months), lang=lang)

# %%
waves = ...
### BEGIN SOLUTION
waves = effect.difference_in_differences(months).effect.estimate
### END SOLUTION
check("waves", waves)

# %%
# hint("waves", 1)

# %% [markdown] lang="en"
# ## 7. Invited, and came (further, 5 minutes)
#
# Half of some customers, by lot, were invited to a webinar. Not all who were invited came, and a few came without being asked. The table counts them, and how many of them stayed. Whoever comes is keener to begin with. What does **coming** change in the share that stays, for those who come because they are invited? Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 7. 案内したお客様、来たお客様(発展・5分)
#
# 抽選で選んだ半数のお客様に、ウェビナーの案内を送りました。案内しても来ないお客様がいて、案内しなくても来たお客様が少しいます。表は、その社数(`customers`)と、契約を続けた数(`stayed`)です。来るお客様は、もともと熱心です。案内されたから来た、というお客様にとって、**参加すること**は継続率をどれだけ変えましたか。0から1の小数で、小数第2位まで確かな値を答えてください。

# %%
invited = designed.invited(variant)
invited

# %%
moved_by_invitation = ...
### BEGIN SOLUTION
totals = invited.groupby("arm")[["customers", "stayed"]].sum()
came = invited[invited["came"]].set_index("arm")["customers"] / totals["customers"]
stayed = totals["stayed"] / totals["customers"]
moved_by_invitation = (stayed["invited"] - stayed["not_invited"]) / (came["invited"] - came["not_invited"])
### END SOLUTION
check("moved_by_invitation", moved_by_invitation)

# %%
# hint("moved_by_invitation", 1)

# %% [markdown] lang="en"
# ## 8. Lines that pay (further, 7 minutes)
#
# At a large company of the same kind a lot decided for three years. `bands` says by MRR at signing what came of it, a customer and 36 months: how many months of MRR mid touch brought more than tech touch (`mid_months`), and high touch more than mid (`high_months`), and the team's hours it took more (`mid_hours`, `high_hours`). Of revenue 80 % is margin; an hour costs `hour`. From which MRR (`from_amount`) does mid touch pay, and from which high touch? Your result should be two amounts, such as `[100_000, 500_000]`. They are judged by what they would leave this company in expectation.

# %% [markdown] lang="ja"
# ## 8. 元が取れる線(発展・7分)
#
# 同じような大きな会社で、3年間、抽選でタッチ層を決めました。`bands` は、契約時のMRRの帯ごとに、36か月・1社あたりの結果をまとめたものです。`mid_months` はミドルタッチがテックタッチより、`high_months` はハイタッチがミドルタッチより、MRRの何か月分だけ売上を増やしたか。`mid_hours`・`high_hours` は、そのために増えたチームの工数です。売上の80%が粗利で、1時間の費用は `hour` です。ミドルタッチとハイタッチは、それぞれMRRがいくら(`from_amount`)以上なら元が取れますか。`[100_000, 500_000]` のように、金額を二つ答えてください。この会社に残る額の期待値で採点します。

# %%
# %%needs calendar contracts.end tier_history.assigned_by accounts.mrr0_amount
bands = designed.measured(designed.rule_lines(book)[0])
hour = capacity.hour_amount(book)
bands

# %%
# %%needs calendar contracts.end tier_history.assigned_by accounts.mrr0_amount
lines_that_pay = ...
### BEGIN SOLUTION
mid_left = 0.8 * bands["mid_months"] * bands["mean_amount"] - hour * bands["mid_hours"]
high_left = 0.8 * bands["high_months"] * bands["mean_amount"] - hour * bands["high_hours"]
lines_that_pay = [float(bands["from_amount"][left > 0].min()) for left in (mid_left, high_left)]
### END SOLUTION
check("lines_that_pay", lines_that_pay)

# %%
# hint("lines_that_pay", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. One question to take home: of the next three things your team will start, for which could a lot decide who comes first?

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。最後に一つ、持ち帰ってください。チームがこれから始める三つの取り組みのうち、「誰から始めるか」を抽選で決められるのは、どれですか。
