# %% [raw]
# number: "07"
# title_en: Red, and then what?
# title_ja: 赤の次に、何をするか
# minutes: 45
# needs: [contracts]

# %% [markdown] lang="en"
# # Red, and then what?
#
# Exercises of lesson 07 · 45 minutes. Parts 1 to 4 are **core** (27 minutes), 5 and 6 go **further** (18 minutes). The company is another one than in the lesson. Put your answer in the place of the three dots and run the cell; `hint` helps in three steps. The core asks for one short line each, such as `12 / 80` from the numbers of a table.

# %% [markdown] lang="ja"
# # 赤の次に、何をするか
#
# 第07章の演習(45分) 題材は、章とは別の会社です。1〜4が**必修**(27分)、5〜6が**発展**(18分)です。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。必修の答えはどれも1行です。表の数字から `12 / 80` のように書いてもかまいません。

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
from cslab import figures
from cslab.course.exercise import begin, check, hint
from cslab.measure import alerts, health, landmark

book = begin("07", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Thirty-five points (core, 6 minutes)
#
# The points score (0 to 100, high is good) as it stood half a year before the last day of the records. The table counts by colour: `customers` with that colour, and how many of them `left` within the six months after. (The rows behind it, one a customer, are `coloured`.) Somebody reads a score of 35 as “35 % will stay”. Of the **red** customers, what share left within the six months? Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 1. 35点の意味(必修・6分)
#
# 記録の最終日の半年前の時点で付けた、ポイント式のスコアです(0〜100で、高いほど良好)。表は色ごとに、お客様の数(`customers`)と、その後6か月以内に離れた数(`left`)を数えたものです(もとの行は1行が1社で、`coloured` に入っています)。35点を「35%の確率で残る」と読む人がいます。**赤**のお客様のうち、6か月以内に離れたのは何割ですか。0から1の小数で、小数第2位まで確かな値を答えてください。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
half_a_year_ago = landmark.latest(book, 6)
left = landmark.outcomes(book, half_a_year_ago, 6)[["account_id", "event"]]
coloured = health.score(book, "points", half_a_year_ago).merge(left, on="account_id")
coloured.groupby("colour")["event"].agg(customers="size", left="sum")

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
red_leave = ...
### BEGIN SOLUTION
red_leave = coloured[coloured["colour"] == "red"]["event"].mean()
### END SOLUTION
check("red_leave", red_leave)

# %%
# hint("red_leave", 1)

# %% [markdown] lang="en"
# ## 2. A DEAR score, checked (core, 8 minutes)
#
# How good is the DEAR score over a **year**? `health.three(book, "dear", day, months)` makes the score of a day with what was known on it, holds it against who left within so many months, and gives three numbers. `days` holds the last day of the records (`days[0]`) and the days six and twelve months before it. Put the right day and the right number of months in. Your result should be what it gives, a table of three rows: `auc` (does it rank?), `slope` (calibration: is a score of 60 a chance of 40 %?) and `lead` (mean months that it had been red when customers gave notice; who was not red counts with none).

# %% [markdown] lang="ja"
# ## 2. DEARスコアの検証(必修・8分)
#
# DEARスコアは、**1年**先についてどれだけ役に立つでしょうか。`health.three(book, "dear", 日, 月数)` は、その日に分かっていたことだけでスコアを付け、その後の月数のうちに誰が離れたかと突き合わせて、三つの数字を返します。`days` には、記録の最終日(`days[0]`)と、その6か月前・12か月前の日が入っています。正しい日と月数を入れてください。答えは、返ってくる表、つまり `auc`(順番は合っているか)・`slope`(キャリブレーション:60点は本当に「40%の確率で離れる」か)・`lead`(申し出の時点で赤が何か月続いていたかの平均。赤でなかったお客様は0)の3行の表です。

# %%
# %%needs calendar usage_monthly surveys contacts onboarding touches churn_events
days = {0: book.as_of, 6: landmark.latest(book, 6), 12: landmark.latest(book, 12)}
days

# %%
# %%needs calendar usage_monthly surveys contacts onboarding touches churn_events
dear_checked = ...
### BEGIN SOLUTION
dear_checked = health.three(book, "dear", days[12], 12)
### END SOLUTION
check("dear_checked", dear_checked)

# %%
# hint("dear_checked", 1)

# %% [markdown] lang="en"
# ## 3. From .92 to .58 (core, 6 minutes)
#
# A score of 39 columns was built on 150 customers, about twenty of whom had left. Tried on the same 150 it has an AUC of .92; tried on others, .58. In one or two sentences for somebody in sales: why are the two so far apart? Your result should be a text in quotes, such as `"…"`.

# %% [markdown] lang="ja"
# ## 3. 0.92と0.58のあいだ(必修・6分)
#
# 39列を使うスコアを、150社のデータから作りました。そのうち離れていたのは20社ほどです。同じ150社で試すとAUCは0.92、ほかのお客様で試すと0.58でした。二つの差はどこから来るのでしょうか。営業の人に向けて、1〜2文で説明してください。`"…"` のように、引用符で囲んだ文で答えます。

# %%
overfit = ...
### BEGIN SOLUTION
overfit = "With so many columns for so few leavers it learned noise; new customers do not share that noise."
### END SOLUTION
check("overfit", overfit)

# %%
# hint("overfit", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** Ask who has ever been shown the AUC of a tool, and on whose customers it was measured. The sentence to end with: *a score is as good as it is on those it has not seen.*

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** ツールのAUCを見せられたことがある人は? それは、どのお客様で測った値でしたか。締めの言葉は「スコアの実力は、初めて見るお客様で決まる」です。

# %% [markdown] lang="en"
# ## 4. An alert that was right (core, 7 minutes)
#
# Every alert “usage 30 % below its own past”, as it would have fired on its morning. The table counts the `alerts`, and the `hits` among them, after which the customer decided to leave within six months. `pending` says whether those six months are not over yet. (The rows behind it, one an alert, are `drops`.) What is the **precision** of this rule, the share of alerts that were right, as far as one can judge? Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 4. 当たったアラート(必修・7分)
#
# 「利用が過去より3割以上減少」のアラートを、過去の毎朝、出たはずのとおりに出してみました。表は、アラートの件数(`alerts`)と、その後6か月以内に解約が決まった件数(`hits`)です。`pending` は、6か月がまだ過ぎていないかどうかです(もとの行は1行が1件で、`drops` に入っています)。判定できる範囲で、このルールの**適合率**(当たったアラートの割合)はいくつですか。0から1の小数で、小数第2位まで確かな値を答えてください。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio churn_events.decided_on
rule = alerts.playbooks().chosen("usage_drop")
fired = alerts.fire(book, rule, since=book.first_day)
drops = alerts.judged(book, fired, 6)
drops.groupby("pending")["hit"].agg(alerts="size", hits="sum")

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio churn_events.decided_on
drop_right = ...
### BEGIN SOLUTION
drop_right = drops[~drops["pending"]]["hit"].mean()
### END SOLUTION
check("drop_right", drop_right)

# %%
# hint("drop_right", 1)

# %% [markdown] lang="en"
# ## 5. Four people, five alerts a week each (further, 10 minutes)
#
# On each of six month-ends a model gives every customer its `risk` of leaving within three months (`rows`; `event` says who did). Each list serves until the next one, half a year or 26 weeks in all. A desk of **four** CSMs acts on alerts, **five** a week each, the riskiest first. So there is `room` for so many alerts on all six lists together. Find the lowest risk from which the work still fits, one line for all lists. Of these alerts, what share was right (**precision**)? Your result should be a share between 0 and 1; .05 more or less will do.

# %% [markdown] lang="ja"
# ## 5. 4人で、1人あたり週5件(発展・10分)
#
# 六つの月末のそれぞれに、モデルが全員の「3か月以内に離れるリスク」(`risk`)を出しました(`rows`。実際に離れたかは `event`)。この一覧は次の月末まで使い、全部で半年、26週間です。アラートの担当は**4人**のCSMで、1人が1週間に**5件**、リスクの高い順に対応します。六つの一覧を合わせて対応できる件数が `room` です。件数が収まるいちばん低いリスクに、すべての一覧に共通の線を引いてください。そのアラートのうち、当たったのは何割ですか(**適合率**)。0から1の小数で答えます。0.05までのずれは許されます。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
rows = alerts.scored(book, horizon=3, months=6, sets=("calendar", "usage"))
room = 4 * 5 * 26
rows[["account_id", "as_of", "risk", "event"]].sort_values("risk", ascending=False)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
right_at_five = ...
### BEGIN SOLUTION
called = rows.nlargest(room, "risk")
right_at_five = called["event"].mean()
### END SOLUTION
check("right_at_five", right_at_five)

# %%
# hint("right_at_five", 1)

# %% [markdown] lang="en"
# And the other side, the **recall**: of the customers who left, each counted once, what share had an alert on a list that foresaw it? Your result should be a share between 0 and 1; .05 more or less will do.

# %% [markdown] lang="ja"
# 次は反対側、**再現率**です。離れたお客様(1社は1回と数えます)のうち、それを言い当てた一覧でアラートが出ていたのは何割ですか。0から1の小数で答えます。0.05までのずれは許されます。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
reached_at_five = ...
### BEGIN SOLUTION
foreseen = called[called["event"]]["account_id"].nunique()
reached_at_five = foreseen / rows[rows["event"]]["account_id"].nunique()
### END SOLUTION
check("reached_at_five", reached_at_five)

# %%
# hint("reached_at_five", 1)

# %% [markdown] lang="en"
# ## 6. Everybody, or how many? (further, 8 minutes)
#
# “Then let us simply call everybody on the list.” One alert takes **three hours** with its preparation. How many hours a week would each of the four CSMs work if everybody on all six lists were called? Your result should be a number of hours.

# %% [markdown] lang="ja"
# ## 6. 全員に電話するか、何件にするか(発展・8分)
#
# 「それなら、一覧の全員に電話すればいい」。1件の対応には、準備も入れて**3時間**かかります。六つの一覧の全員に対応すると、4人のCSMはそれぞれ週に何時間働くことになりますか。時間数で答えてください。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
everybody_hours = ...
### BEGIN SOLUTION
everybody_hours = 3 * len(rows) / 26 / 4
### END SOLUTION
check("everybody_hours", everybody_hours)

# %%
# hint("everybody_hours", 1)

# %% [markdown] lang="en"
# So how many? Here the calls have been measured, with a hold-out: of the customers reached in time one in five is kept, and one who is kept is worth as much as 125 alerts cost. A leaver who got an alert is therefore worth 25 alerts. (Lesson 07 had to assume less: one in eight kept, each worth its own MRR, and no load paid. What the answer rests on is this number, so measure it first.) `curve` says how many `alerts` each load makes (`per_week`: alerts a CSM and week), and what share of the leavers it reaches (`recall`). Under which load is most left after the cost of all alerts? Your result should be one of the loads, a number such as `8`.

# %% [markdown] lang="ja"
# では、何件がよいのでしょうか。この会社は対照群と比べて効果を測っていて、間に合って連絡できたお客様のうち5社に1社が残り、1社残ることの価値はアラート125件分の費用にあたると分かっています。つまり、離れるはずだったお客様にアラートが1件届くことの価値は、アラート25件分です(章の8節・15節では、引き止められるのは約8社に1社、価値はそのお客様のMRR、というもっと低い仮定を置いたため、元が取れませんでした。答えを決めるのはこの数字です。だから、先に測ります)。`curve` には、件数(`per_week`、CSM 1人・1週間あたり)ごとに、出るアラートの数(`alerts`)と、離れたお客様のうち届く割合(`recall`)が入っています。全アラートの費用を引いた残りがいちばん大きいのは、どの件数ですか。`8` のように、件数を一つ答えてください。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
loads = [1, 2, 3, 5, 8, 13, 21]
curve = alerts.capacity_curve(rows, 4, loads, weeks=26 / 6)[: len(loads)]
figures.alerts.by_capacity(curve, lang=lang, per_week=5)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
curve[["per_week", "threshold", "alerts", "precision", "recall"]].round(3)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
best_load = ...
### BEGIN SOLUTION
leavers = rows[rows["event"]]["account_id"].nunique()
left_over = 25 * curve["recall"] * leavers - curve["alerts"]
best_load = int(curve["per_week"][left_over.idxmax()])
### END SOLUTION
check("best_load", best_load)

# %%
# hint("best_load", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. One question to take home: who in your company knows the precision of the alerts that went out last Monday?

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。最後に一つ、持ち帰ってください。先週の月曜に出たアラートの適合率を、社内で誰か知っていますか。
