# %% [raw]
# number: "09"
# title_en: Hours, lines and people
# title_ja: 時間・線引き・人数
# minutes: 45
# needs: [accounts]

# %% [markdown] lang="en"
# # Hours, lines and people
#
# Exercises of lesson 09 · 45 minutes. Parts 1 to 5 are **core** (28 minutes), 6 to 8 go **further** (17 minutes). Put your answer in the place of the three dots and run the cell; `hint` helps in three steps. Nobody has to program for parts 1 to 6: whatever can be read from a table may be worked out in a spreadsheet (`3 * 20 + 2 * 5` works in the cell, too).

# %% [markdown] lang="ja"
# # 時間・線引き・人数
#
# 第09章の演習(45分) 1〜5が**必修**(28分)、6〜8が**発展**(17分)です。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。1〜6にプログラミングは要りません。表から読み取れるものは、表計算ソフトで計算してもかまいません(セルに `3 * 20 + 2 * 5` のように書いても計算できます)。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=11&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
trainee: str = ""  # your name or number, gives you a company of your own
# ja: 自分の名前か番号。入れると自分だけの会社になる
variant: int = 0  # which version of the small tables
# ja: 小さな表の、どの版を使うか

# %%
from cslab.course.exercise import begin, check, hint
from cslab.course.questions.toy_draft import toy_draft
from cslab.course.questions.toy_touch import toy_effect, toy_growth, toy_league, toy_matrix
from cslab.measure import touch

book = begin("09", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. What the matrix takes (core, 5 minutes)
#
# A small company's matrix: the hours that **one** customer of a phase and tier takes in a month, and how many customers stand there. How many hours does the whole team need in a month? Your result should be one number of hours; a decimal more or less does not matter.

# %% [markdown] lang="ja"
# ## 1. 施策表に必要な時間(必修・5分)
#
# ある小さな会社の施策表です。フェーズとタッチ層ごとに、**1社**が1か月に必要とする時間(`hours`)と、そこにいる社数(`customers`)が書いてあります。チーム全体では、1か月に何時間必要でしょうか。時間数を一つ答えてください(小数点以下の違いはかまいません)。

# %%
matrix = toy_matrix(variant)
matrix

# %%
matrix_load = ...
### BEGIN SOLUTION
matrix_load = (matrix["hours"] * matrix["customers"]).sum()
### END SOLUTION
check("matrix_load", matrix_load)

# %%
# hint("matrix_load", 1)

# %% [markdown] lang="en"
# ## 2. Until when does it hold? (core, 5 minutes)
#
# The team has `people` CSMs with `csm_hours` hours for customers a month each. A tenth of these is to stay free for what nobody foresaw. The customers grow, with the same mix; the team does not. At **how many times** today's customers are the hours that may be planned full? Your result should be a number such as `2.5`, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 2. いつまで持つか(必修・5分)
#
# CSMは `people` 名、1名が1か月に顧客対応に使えるのは `csm_hours` 時間です。そのうち1割は、不測の事態のために空けておきます。顧客の構成は同じまま社数だけが増え、チームは増えないとします。予定に使える時間が埋まるのは、社数がいまの**何倍**になったときですか。`2.5` のような数で、小数第2位まで確かな値を答えてください。

# %%
people, csm_hours = 6, 130

# %%
full_at = ...
### BEGIN SOLUTION
plannable = (1 - 0.1) * people * csm_hours
needed = matrix.eval("hours * customers").sum()
full_at = plannable / needed
### END SOLUTION
check("full_at", full_at)

# %%
# hint("full_at", 1)

# %% [markdown] lang="en"
# ## 3. From which MRR on does it pay? (core, 6 minutes)
#
# Somebody assumes that mid touch in place of tech touch keeps a customer so much longer that it brings some months of MRR more within 36 months: `effect`, a middle value with its limits. `hours` are those of a customer and month in each tier; they are given over the whole 36 months. An hour costs `hour_amount` yen; of the MRR, `margin` is left after the cost of serving it. From which MRR (yen a month) on does mid touch pay? Take the middle value. Your result should be an amount in yen; a hundredth more or less does not matter.

# %% [markdown] lang="ja"
# ## 3. MRR いくらから割に合うか(必修・6分)
#
# テックタッチをミドルタッチに替えると顧客が長く残り、36か月のあいだに MRR の何か月分か多く入る、と仮定します。それが `effect` です(中央の値 `estimate` と、下限 `low`・上限 `high`)。`hours` はタッチ層ごとの1社・1か月の時間で、36か月ずっとかかります。1時間の費用は `hour_amount` 円、MRR のうち提供原価を引いて残る割合が `margin` です。ミドルタッチが割に合うのは、MRR が月いくらからですか。中央の値で計算し、円で答えてください(1%程度の違いはかまいません)。

# %%
hours = {"tech": 0.15, "mid": 1.6, "high": 6.5}
hour_amount, margin, months = 6_400, 0.8, 36
effect = toy_effect("mid", variant)
{"estimate": effect.estimate, "low": effect.low, "high": effect.high}

# %%
pays_from = ...
### BEGIN SOLUTION
more = hours["mid"] - hours["tech"]
found = touch.break_even(effect, more, hour_amount, margin, months)
pays_from = found.estimate
### END SOLUTION
check("pays_from", pays_from)

# %%
# hint("pays_from", 1)

# %% [markdown] lang="en"
# ## 4. And if we are wrong? (core, 5 minutes)
#
# The same for high touch in place of **mid** touch. The board asks: “From which MRR on does it pay **even if the effect is at the lower end of what you assume**?” Your result should be an amount in yen a month.

# %% [markdown] lang="ja"
# ## 4. 見込みが外れたら(必修・5分)
#
# 今度は、**ミドルタッチ**をハイタッチに替える場合です。役員会で聞かれました。「効果が、**見込みの幅の下限しかなかったとしても**割に合うのは、MRR いくらからか」。月額(円)で答えてください。

# %%
effect_high = toy_effect("high", variant)
{"estimate": effect_high.estimate, "low": effect_high.low, "high": effect_high.high}

# %%
surely_pays_from = ...
### BEGIN SOLUTION
step = hours["high"] - hours["mid"]
doubtful = touch.break_even(effect_high, step, hour_amount, margin, months)
surely_pays_from = doubtful.high
### END SOLUTION
check("surely_pays_from", surely_pays_from)

# %%
# hint("surely_pays_from", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** Between the answers to 3 and 4 lies a wide band of customers. Ask: who in your firm decides what happens to them, and what would have to be measured to decide it better? (Lesson 11.)

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** 中央の値で引いた線と、下限で引いた線のあいだには、たくさんの顧客がいます。自社では誰がその扱いを決めていますか。もっとよく決めるには、何を測ればよいでしょうか(第11章で扱います)。

# %% [markdown] lang="en"
# ## 5. Who is the best CSM? (core, 7 minutes)
#
# Six CSMs. For each, the renewals of `small` and of `large` customers that came up, and how many of them were lost. Small customers are lost more often with everybody. Order the CSMs by what they achieve **with the customers they have**, the best first. An order that agrees closely enough with how good they truly are will do (the simulator knows it). Your result should be a list of six names, such as `["Aoki", "Baba", …]`.

# %% [markdown] lang="ja"
# ## 5. いちばん優秀なCSMは誰か(必修・7分)
#
# CSMが6名います。表は、担当する小口(`small`)と大口(`large`)の更新件数と、それぞれ失った件数(`small_lost`、`large_lost`)です。小口は、誰が担当しても失いやすいものです。**担当している顧客に対して**どれだけの成果を上げているかで、良い順に並べてください。本当の実力の順(シミュレーターだけが知っています)に十分近ければ正解です。`["Aoki", "Baba", …]` のように、6名の名前を並べたリストで答えます。

# %%
league = toy_league(variant)
league

# %%
fair_order = ...
### BEGIN SOLUTION
lost, n = league.filter(like="_lost").to_numpy(), league[["small", "large"]].to_numpy()
usual = lost.sum(axis=0) / n.sum(axis=0)
over = league.assign(over=lost.sum(axis=1) / (n @ usual))
fair_order = over.sort_values("over").index.tolist()
### END SOLUTION
check("fair_order", fair_order)

# %%
# hint("fair_order", 1)

# %% [markdown] lang="en"
# ## 6. Sent back (further, 5 minutes)
#
# A draft of a matrix. A cell needs an activity, a goal, a metric, hours and one owner; a tool may be named, but not before the problem. Which cells do you send back? Your result should be a set of phases with tiers, such as `{"onboarding high", "adoption tech"}`; it may be empty.

# %% [markdown] lang="ja"
# ## 6. 差し戻し(発展・5分)
#
# 施策表の下書きです。それぞれのマスには、打ち手(activity)、ねらい(goal)、指標(metric)、工数(hours)、責任部署(owner)が必要です。ツール(tool)を書いてもかまいませんが、困りごと(problem)より先には書けません。差し戻すのはどのマスですか。`{"onboarding high", "adoption tech"}` のような、フェーズとタッチ層の集合で答えてください(空でもかまいません)。

# %%
draft = toy_draft(lang)
print(draft)

# %%
sent_back = ...
### BEGIN SOLUTION
found = touch.lint(touch.read_matrix_draft(draft), lang)
serious = found[found["serious"]]
sent_back = set(serious["phase"] + " " + serious["tier"])
### END SOLUTION
check("sent_back", sent_back)

# %%
# hint("sent_back", 1)

# %% [markdown] lang="en"
# ## 7. Hire before it hurts (further, 6 minutes)
#
# Another company has `staff` CSMs and grows. `coming` are the hours with customers that it calls for in this month and the next five. Nine tenths of a CSM's 130 hours may be planned, 15 % of the CSMs leave in a year, and somebody new needs three months to work the full hours. How many people must be hired **this month**, so that enough of them are trained three months from now? Your result should be a whole number. `touch.hiring_plan` reckons it month by month.

# %% [markdown] lang="ja"
# ## 7. 苦しくなる前に採用する(発展・6分)
#
# 別の会社にはCSMが `staff` 名いて、顧客が増えています。`coming` は、今月から6か月のあいだに毎月必要な顧客対応の時間です。CSM 1名の130時間のうち予定に使えるのは9割、1年に15%が辞め、新しく入った人がフルに働けるまで3か月かかります。3か月後に足りるようにするには、**今月**、何名採用すればよいでしょうか。整数で答えてください。月ごとの計算は `touch.hiring_plan` がしてくれます。

# %%
staff, coming = 40, toy_growth(variant)
coming

# %%
hire_now = ...
### BEGIN SOLUTION
plan = touch.hiring_plan(coming, staff)
hire_now = int(plan["hires"].iloc[0])
### END SOLUTION
check("hire_now", hire_now)

# %%
# hint("hire_now", 1)

# %% [markdown] lang="en"
# ## 8. Move the line (further, 6 minutes)
#
# Now the company of this sheet. `given` holds its customers of today with their MRR at signing (`amount`). By the old rule customers from the `old` line on get mid touch, those below it tech touch; the new rule begins with mid touch at `new`. Nothing else changes. How many hours a month become free? `hours_of` are the hours of a customer and month. Your result should be a number of hours.

# %% [markdown] lang="ja"
# ## 8. 線を引き直す(発展・6分)
#
# このノートブックの会社に戻ります。`given` は今日の顧客と、契約時の MRR(`amount`)です。これまでは `old` の線から上がミドルタッチ、下がテックタッチでした。新しいルールでは、ミドルタッチを `new` の線からにします。ほかは何も変えません。1か月に何時間が空くでしょうか。`hours_of` は、1社・1か月の時間です。時間数で答えてください。

# %%
# %%needs calendar accounts.mrr0_amount mrr
given = touch.assign(book, touch.TierRule("everybody", 0, 0))
old, new = given["amount"].quantile(0.5), given["amount"].quantile(0.75)
hours_of = touch.cadence().hours()
hours_of

# %%
# %%needs calendar accounts.mrr0_amount mrr
hours_freed = ...
### BEGIN SOLUTION
moved = given["amount"].between(old, new, inclusive="left").sum()
hours_freed = moved * (hours_of["mid"] - hours_of["tech"])
### END SOLUTION
check("hours_freed", hours_freed)

# %%
# hint("hours_freed", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. Homework for your own firm: write down the hours that one customer of each tier takes in a month, bottom-up from what you really do, and hold the sum against the hours that your team has. Where they differ, one of the two is wrong.

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。自社での宿題です。タッチ層ごとに、1社が1か月に必要とする時間を、実際の活動から積み上げて書き出してください。それを社数に掛けて足し、チームの持ち時間と比べます。合わないときは、どちらかが間違っています。
