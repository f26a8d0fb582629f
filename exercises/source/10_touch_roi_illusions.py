# %% [raw]
# number: "10"
# title_en: Who stands on either side?
# title_ja: それぞれの側に、誰がいるか
# minutes: 45
# needs: [accounts]

# %% [markdown] lang="en"
# # Who stands on either side?
#
# Exercises of lesson 10 · 45 minutes. Parts 1 to 4 are **core** (27 minutes), 5 to 7 go **further** (18 minutes). The company is another one than in the lesson. Put your answer in the place of the three dots and run the cell; `hint` helps in three steps. The core asks for one short line each: numbers of a table, such as `12 / 80`, or in part 4 a call.

# %% [markdown] lang="ja"
# # それぞれの側に、誰がいるか
#
# 第10章の演習(45分) 題材は、章とは別の会社です。1〜4が**必修**(27分)、5〜7が**発展**(18分)です。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。必修の答えはどれも1行です。表の数字から `12 / 80` のように書いてもかまいません(4だけは、関数を呼び出します)。

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
from cslab.measure import illusions

book = begin("10", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Which way does it lean? (core, 8 minutes)
#
# Five comparisons. Say of each, before anybody computes anything, whether it `flatters` what was done (it looks more helpful than it is), `slanders` it (it looks less helpful than it is), or is `fair`.
#
# - **A** Customers who have an executive sponsor leave less. Sponsors are given to the largest accounts.
# - **B** Customers who got a rescue call leave more than those who got none. The calls go to customers whose use has just fallen.
# - **C** Customers who have bought a second product leave less a month, counted from signing. They bought it in their second year, on average.
# - **D** A lot decided who is invited to a training. Compared are all who were invited with all who were not, whether they came or not.
# - **E** Of all customers in a pilot, the ten whose tickets fell most opened 40 per cent fewer than before.
#
# Your result should be a dict with five letters.

# %% [markdown] lang="ja"
# ## 1. どちらに傾いているか(必修・8分)
#
# 五つの比較です。まだ何も計算しないうちに、それぞれが施策を `良く見せる` のか(実際より効いているように見える)、`悪く見せる` のか(実際より効いていないように見える)、それとも `公平` なのかを答えてください。
#
# - **A** 役員が担当についているお客様は、解約が少ない。役員がつくのは、取引額の大きいお客様です。
# - **B** 立て直しの電話をしたお客様は、していないお客様より解約が多い。電話をかける相手は、利用が落ちたばかりのお客様です。
# - **C** 2製品目を購入したお客様は、契約時から数えた月あたりの解約率が低い。購入したのは、平均で2年目でした。
# - **D** 研修に案内するお客様を抽選で決めました。比べるのは、案内した全員と、案内しなかった全員です。実際に来たかどうかは問いません。
# - **E** パイロットに参加したお客様のうち、問い合わせが最も減った10社では、以前より4割減った。
#
# A〜Eの五つを入れた dict で答えてください。

# %%
bias_directions = {"A": ..., "B": ..., "C": ..., "D": ..., "E": ...}
### BEGIN SOLUTION
bias_directions = {"A": "flatters", "B": "slanders", "C": "flatters", "D": "fair", "E": "flatters"}
### END SOLUTION
check("bias_directions", bias_directions)

# %%
# hint("bias_directions", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** B and D. Of B: would you stop calling? Of D: it feels wrong to count those who never came, and it is the only fair one of the five, *because* nobody chose.

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** BとDを取り上げます。Bを見て、電話をやめますか。Dは、来なかった人まで数えるので、すっきりしないかもしれません。それでも、五つのうち公平なのはDだけです。**誰も選んでいない**からです。

# %% [markdown] lang="en"
# ## 2. Months in which nobody could leave (core, 6 minutes)
#
# A programme that nobody ran: month by month a lot decides whose turn it is, among those who are customers then. The table sums up the lives of members and of the others: `months` followed, `before` (of those, until the customer joined; all of them of the others), and how many `left`. (The rows behind it, one a customer, are `lives`.) What share of the **members'** months is immortal? Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 2. 解約できるはずのなかった月(必修・6分)
#
# 誰も実施していない施策です。毎月、その時点で契約中のお客様から、抽選で「参加者」を決めます。表は、参加者(`member` が True)と不参加のお客様について、観察した月数(`months`)、そのうち参加するまでの月数(`before`。不参加では全部)、離れた数(`left`)を合計したものです(もとの行は1行が1社で、`lives` に入っています)。**参加者**の月のうち、不死時間にあたる月の割合はいくつですか。0から1の小数で、小数第2位まで確かな値を答えてください。

# %%
# %%needs departures
nobody_ran = illusions.phantom(book)
lives = nobody_ran.frame()
lives.groupby("member")[["months", "before", "left"]].sum()

# %%
# %%needs departures
figures.illusions.lives(nobody_ran, lang=lang)

# %%
# %%needs departures
immortal_share = ...
### BEGIN SOLUTION
members = lives[lives["member"]]
immortal_share = members["before"].sum() / members["months"].sum()
### END SOLUTION
check("immortal_share", immortal_share)

# %%
# hint("immortal_share", 1)

# %% [markdown] lang="en"
# ## 3. The slide (core, 5 minutes)
#
# The same table as on the slide: departures a month of the members, all of their months counted, over departures a month of the others. How many times as often do members leave? Your result should be a number with two decimals that hold; 1 would be as often.

# %% [markdown] lang="ja"
# ## 3. スライドの数字(必修・5分)
#
# スライドと同じ計算です。参加者の月あたりの解約率(参加前も含めて、すべての月で割ります)は、不参加のお客様の月あたりの解約率の何倍ですか。小数第2位まで確かな値で答えてください(1なら同じです)。

# %%
# %%needs departures
ever_ratio = ...
### BEGIN SOLUTION
sums = lives.groupby("member")[["months", "left"]].sum()
ever_ratio = sums["left"][True] / sums["months"][True] / (sums["left"][False] / sums["months"][False])
### END SOLUTION
check("ever_ratio", ever_ratio)

# %%
# hint("ever_ratio", 1)

# %% [markdown] lang="en"
# ## 4. The repair (core, 8 minutes)
#
# Repair it: tell members and others apart by who has joined **by the first anniversary** of signing, leave out whoever is no longer there then, and follow both sides from there, month of life by month of life. `nobody_ran` holds the lives; `illusions` has the ways of lesson 10 (`ever`, `time_split`, `tenure_split`, `landmark`), each of which takes it first: `illusions.ever(nobody_ran).estimate` would be the slide's number. Your result should be the number of times that members leave as often; .05 more or less will do. (Nobody did anything. So what ought to come out, but for luck?)

# %% [markdown] lang="ja"
# ## 4. 直した数字(必修・8分)
#
# 直しましょう。契約から**1年の時点までに**参加していたかどうかで分け、その時点でもういないお客様は除き、そこから先を、契約からの月数が同じお客様どうしで比べます。お客様の記録は `nobody_ran` に入っています。`illusions` には、章で使った計算(`ever`・`time_split`・`tenure_split`・`landmark`)があり、どれも最初の引数に記録を渡します(たとえば `illusions.ever(nobody_ran).estimate` なら、スライドの数字になります)。参加者の解約率は、不参加の何倍ですか。0.05までのずれはかまいません(実際には誰も何もしていません。運を除けば、いくつになるはずですか)。

# %%
# %%needs departures
repaired_ratio = ...
### BEGIN SOLUTION
repaired_ratio = illusions.landmark(nobody_ran, at=12).estimate
### END SOLUTION
check("repaired_ratio", repaired_ratio)

# %%
# hint("repaired_ratio", 1)

# %% [markdown] lang="en"
# ## 5. The case study (further, 6 minutes)
#
# “None of the customers with a case study on our web site has left in its first year. Case studies bind.” In one or two sentences to the colleague who said it: what is wrong with the comparison, and how would you compare? Your result should be a text in quotes, such as `"…"`.

# %% [markdown] lang="ja"
# ## 5. 導入事例(発展・6分)
#
# 「サイトの導入事例に載っているお客様は、1年目に一社も離れていない。事例には引き止める力がある」。こう言った同僚に、1〜2文で答えてください。この比較のどこがおかしいのか。どう比べればよいのか。`"…"` のように、引用符で囲んだ文で答えます。

# %%
first_year_case = ...
### BEGIN SOLUTION
first_year_case = (
    "Customers who left in year one had already left before a case could be written. "
    "Take those still there at month 12, split them by case or not, and follow both."
)
### END SOLUTION
check("first_year_case", first_year_case)

# %%
# hint("first_year_case", 1)

# %% [markdown] lang="en"
# ## 6. Who came (further, 6 minutes)
#
# Every invitation of this company whose outcome a year later is known: who `came`, and who had `left` by then (`invitations`, one row each). What is the difference between the share that left of those who came and of those who did not? Your result should be a difference of shares with its sign, .05 for five points; minus means that fewer of those who came have left.

# %% [markdown] lang="ja"
# ## 6. 来たお客様(発展・6分)
#
# 1年後の結果まで分かっている案内の一覧です(`invitations`、1行が1件)。参加したか(`came`)と、1年後までに離れたか(`left`)が書いてあります。離れた割合は、参加した場合としなかった場合でどれだけ違いますか。割合の差を、符号をつけて答えてください(5ポイントなら0.05。参加したほうが少なければマイナス)。

# %%
# %%needs calendar contracts.start contracts.end content_exposure.opened
invitations = illusions.invited(book)
invitations.groupby("came")["left"].agg(invitations="size", left="sum")

# %%
# %%needs calendar contracts.start contracts.end content_exposure.opened
came_gap = ...
### BEGIN SOLUTION
shares = invitations.groupby("came")["left"].mean()
came_gap = shares[True] - shares[False]
### END SOLUTION
check("came_gap", came_gap)

# %%
# hint("came_gap", 1)

# %% [markdown] lang="en"
# ## 7. What is left of the winners (further, 6 minutes)
#
# A pilot of a month in which nothing was done. `winners` are the ten customers in it whose use rose most: use of the month `before`, `during` the pilot, and three months `after` it. What share of their mean rise is left three months later? Your result should be a share: 1 if all of it is left, 0 if none.

# %% [markdown] lang="ja"
# ## 7. 勝者に残ったもの(発展・6分)
#
# 何もしない、1か月のパイロットです。`winners` は、その中で利用が最も伸びた10社です。前の月の利用率(`before`)、パイロット中(`during`)、3か月後(`after`)が入っています。平均の伸びのうち、3か月後に何割が残っていますか。全部残っていれば1、何も残っていなければ0です。

# %%
# %%needs calendar usage_monthly.wau_ratio
run = illusions.pilot(book, top=10)
winners = run.winners[["account_id", "before", "during", "after"]]
winners.round(3)

# %%
# %%needs calendar usage_monthly.wau_ratio
winners_kept = ...
### BEGIN SOLUTION
rise = (winners["during"] - winners["before"]).mean()
winners_kept = (winners["after"] - winners["before"]).mean() / rise
### END SOLUTION
check("winners_kept", winners_kept)

# %%
# hint("winners_kept", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. One question to take home: which of your slides would look the same if nothing had worked?

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。最後に一つ、持ち帰ってください。自社のスライドのうち、何も効いていなかったとしても同じ絵になるのは、どれですか。
