# %% [raw]
# number: "06"
# title_en: Why they left, and whom to sign
# title_ja: なぜ離れたか、誰と契約するか
# minutes: 55
# needs: [accounts]

# %% [markdown] lang="en"
# # Why they left, and whom to sign
#
# Exercises of lesson 06 · 55 minutes. The company is another one than in the lesson. Parts 1 to 5 are **core** (35 minutes), 6 to 8 go **further** (20 minutes). Put your answer in the place of the three dots and run the cell; `hint` helps in three steps. For parts 1 to 5 nobody has to program: a number, or one short line shown before, is enough, and whatever can be read from a table may be worked out in a spreadsheet (`a / b` works in the cell, too).

# %% [markdown] lang="ja"
# # なぜ離れたか、誰と契約するか
#
# 第06章の演習(55分) 題材は、章とは別の会社です。1〜5が**必修**(35分)、6〜8が**発展**(20分)です。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。1〜5にプログラミングは要りません。数か、例に出てくる短い1行で足ります。表から読み取れるものは、手元の表計算ソフトで計算してもかまいません(セルに `a / b` のように書いても計算できます)。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=11&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
trainee: str = ""  # your name or number, gives you a company of your own
# ja: 自分の名前か番号。入れると自分だけの会社になる
variant: int = 0  # which version of the cohort
# ja: お客様の一群の、どの版を使うか

# %%
import math

import pandas as pd

from cslab import figures
from cslab.course.exercise import begin, check, hint
from cslab.course.questions.toy_cohort import toy_cohort
from cslab.measure import causes, hazard, value
from cslab.measure.value.sbg import fit_survivors

book = begin("06", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. A thousand customers, twelve years (core, 7 minutes)
#
# A thousand customers signed in the same year, on yearly contracts. The table says how many are there after each year, as far as the records go. What share of the thousand will be there after year **twelve**? The second cell fits the shifted beta-geometric model of the lesson to the table and reads off year 7; do the same for year twelve. Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 1. 1,000社の12年後(必修・7分)
#
# 1,000社が同じ年に、1年契約を結びました。表は、それぞれの年の後に残っている社数です(記録のある年まで)。**12年目**の後に残っているのは、1,000社のうち何割でしょうか。二つ目のセルでは、章で使った sBG モデルを表に当てはめ、7年目の値を読み取っています。同じようにして12年目の値を出してください。0から1の小数で、小数第2位まで確かな値を答えます。

# %%
cohort = toy_cohort(variant)
cohort.to_frame().T

# %%
model = fit_survivors(cohort.tolist())
model.survival(7)  # share of the cohort still there after year 7, by the model

# %%
year_twelve = ...
### BEGIN SOLUTION
year_twelve = model.survival(12)
### END SOLUTION
check("year_twelve", year_twelve)

# %%
# hint("year_twelve", 1)

# %% [markdown] lang="en"
# ## 2. What they said (core, 6 minutes)
#
# Every exit on record: what was `stated` as the reason, and whether any notice was given (`notice`, `no_notice`; `all` is the sum). Whoever decides to leave gives notice. An exit that takes effect on the very day on which it becomes known was not decided: the business closed, or was merged into another.
#
# Of the exits **without notice**, what share stated the *price*? Your result should be a share between 0 and 1, with two decimals that hold; the table below is enough.

# %% [markdown] lang="ja"
# ## 2. 本人たちの言い分(必修・6分)
#
# 記録にあるすべての解約について、挙げられた理由(`stated`)と予告の有無(あり `notice`、なし `no_notice`、合計 `all`)を表にしました。自分で決めて離れるお客様は、予告をします。知らせが届いたその日に終わった解約は、誰かが決めたものではなく、廃業や合併によるものです。
#
# **予告のなかった**解約のうち、理由に「価格」(`price`)が挙げられたのは何割ですか。0から1の小数で、小数第2位まで確かな値を答えてください。下の表だけで計算できます。

# %%
# %%needs calendar churn_events.reason_stated churn_events.decided_on
gone = causes.exits(book, "stated")
gone["notice"] = gone["effective_on"] > gone["decided_on"]
given = gone["notice"].map({True: "notice", False: "no_notice"})
pd.crosstab(gone["stated"], given, margins=True, margins_name="all")

# %%
# %%needs calendar churn_events.reason_stated churn_events.decided_on
price_excuse = ...
### BEGIN SOLUTION
sudden = gone[~gone["notice"]]
price_excuse = (sudden["stated"] == "price").mean()
### END SOLUTION
check("price_excuse", price_excuse)

# %%
# hint("price_excuse", 1)

# %% [markdown] lang="en"
# ## 3. What nobody could have prevented (core, 7 minutes)
#
# From the same table: what share of **all** exits can no customer success prevent, because nobody decided to leave? That a customer closed or was merged can be seen in either of two ways: it was stated, or there was no notice. Your result should be a share between 0 and 1.

# %% [markdown] lang="ja"
# ## 3. 誰にも防げなかった解約(必修・7分)
#
# 同じ表から求めます。解約**全体**のうち、誰も「やめる」と決めていないために、カスタマーサクセスでは防げないものは何割ですか。廃業や合併だったことは、理由にそう書かれているか、予告がなかったかの、どちらかで分かります。0から1の小数で答えてください。

# %%
# %%needs calendar churn_events.reason_stated churn_events.decided_on
unpreventable = ...
### BEGIN SOLUTION
ended = gone["stated"].isin(["business_closed", "merged"])
unpreventable = (ended | ~gone["notice"]).mean()
### END SOLUTION
check("unpreventable", unpreventable)

# %%
# hint("unpreventable", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** Ask for last year's target: “churn down by a third”. With this share out of reach, by how much would the rest have to fall? Let somebody compute it on the board.

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** 去年の目標を聞いてみましょう。「解約率を3分の1減らす」という目標なら、この割合に手が届かない以上、残りをどれだけ減らす必要があるでしょうか。誰かに、黒板で計算してもらいます。

# %% [markdown] lang="en"
# ## 4. Ten points of usage (core, 6 minutes)
#
# A model of leaving, month by month, with the contract's calendar as its baseline. `wau_ratio` is the share of seats in use four months before, as in the lesson (0 to 1), `log(mrr0_amount)` the logarithm of the MRR at signing. `estimate` is the change of the logarithm of the odds for one unit more; `math.exp(…)` turns a logarithm back into a factor (`EXP` in a spreadsheet).
#
# Two customers are alike but that one uses **ten points more** of its seats. By what are its odds of leaving multiplied? Your result should be a factor with two decimals that hold.

# %% [markdown] lang="ja"
# ## 4. 利用率の10ポイント(必修・6分)
#
# 契約の時計を土台にした、月ごとの解約のモデルです。`wau_ratio` は、章と同じく4か月前の席の利用率(0から1)、`log(mrr0_amount)` は契約時 MRR の対数です。`estimate` は、1単位増えたときの、オッズの対数の変化です。対数は `math.exp(…)` で倍率に戻せます(表計算ソフトの `EXP` と同じです)。
#
# ほかの条件が同じお客様が2社あり、一方は利用率が**10ポイント高い**とします。そのお客様が離れるオッズは、もう一方の何倍ですか。小数第2位まで確かな倍率で答えてください。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio accounts.mrr0_amount
months = hazard.person_months(book, lag=4)
model = hazard.fit(months, ["wau_ratio", "log(mrr0_amount)"])
model.table.set_index("name")[["estimate", "low", "high", "n", "events"]].round(3)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio accounts.mrr0_amount
usage_odds = ...
### BEGIN SOLUTION
slope = model.coefficient("wau_ratio").estimate
usage_odds = math.exp(slope / 10)
### END SOLUTION
check("usage_odds", usage_odds)

# %%
# hint("usage_odds", 1)

# %% [markdown] lang="en"
# ## 5. Whom to decline (core, 9 minutes)
#
# For each customer who signed late, a model of those who signed before says what it will bring in 24 months, from what was known at signing. `ratio` is that margin over the cost of winning the customer (`cac_amount`). You may **decline** a customer before the signature. Then it brings nothing, and of the cost of winning it, `spent` (a fifth) is gone all the same; the rest is saved.
#
# Below which `ratio` do you decline? Your answer is judged by what it would be worth in this company, luck averaged out, against signing everybody; an answer that gains nine tenths of what the right one does will do. Your result should be one number, such as `1.5`.

# %% [markdown] lang="ja"
# ## 5. 誰を断るか(必修・9分)
#
# 先に契約したお客様から学んだモデルが、後から契約したお客様の一社一社について、契約時に分かっていたことだけで、24か月でもたらす粗利を見込みます。`ratio` は、その見込みが獲得コスト(`cac_amount`)の何倍かです。契約の前なら**断る**こともできます。断ったお客様は何ももたらしませんが、獲得コストのうち `spent`(5分の1)はもう戻らず、残りは使わずに済みます。
#
# `ratio` がいくつ未満なら断りますか。この会社でその線がどれだけ得になるかを、偶然をならした値で、全員と契約した場合と比べて採点します。正しい線の得の9割に届けば正解です。`1.5` のような数を一つ答えてください。

# %%
# %%needs calendar accounts.signed_on accounts.mrr0_amount accounts.cac_amount mrr_movements
spent = 0.2
signing = value.at_signing(book, horizon=24)
late = signing.rows[signing.rows["held_out"]]
late[["account_id", "signed_on", "mrr0_amount", "cac_amount", "predicted_amount", "ratio"]].head(8).round(2)

# %%
# %%needs calendar accounts.signed_on accounts.mrr0_amount accounts.cac_amount mrr_movements
figures.signing.by_predicted(value.by_predicted(signing), lang=lang)

# %%
# %%needs calendar accounts.signed_on accounts.mrr0_amount accounts.cac_amount mrr_movements
right_cutoff = ...
### BEGIN SOLUTION
still_to_be_spent = 1 - spent
right_cutoff = still_to_be_spent
### END SOLUTION
check("right_cutoff", right_cutoff)

# %%
# hint("right_cutoff", 1)

# %% [markdown] lang="en"
# ## 6. “Retention rises every year” (further, 7 minutes)
#
# Of the cohort of part 1, the share that stays through a year rises from year to year. Somebody shows that to the board as a success. Say in one or two sentences how the rate can rise although not one customer was served any better. Your result should be a text in quotation marks, in English or Japanese.

# %% [markdown] lang="ja"
# ## 6. 「継続率は毎年上がっています」(発展・7分)
#
# 1番のコホートでは、その年を続けた割合が年々上がっています。これを成功例として役員会に見せる人がいます。どのお客様への対応も良くなっていないのに、なぜこの割合が上がりうるのか、一、二文で説明してください。引用符で囲んだ文章で、日本語でも英語でもかまいません。

# %%
(cohort / cohort.shift()).dropna().round(3).to_frame("stayed").T

# %%
why_rising = ...
### BEGIN SOLUTION
why_rising = "Whoever was ready to go left first, so those who remain are the loyal ones; nobody changed."
### END SOLUTION
check("why_rising", why_rising)

# %%
# hint("why_rising", 1)

# %% [markdown] lang="en"
# ## 7. Two ends (further, 6 minutes)
#
# A customer can come to one of two ends: it decides to leave (`voluntary`), or it closes or is merged (`involuntary`). What share of all who sign has **closed or merged as your customer by month 36**? Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 7. 二つの結末(発展・6分)
#
# お客様が離れるときの結末は二つです。自分で決めて離れる(`voluntary`)か、廃業・合併で終わる(`involuntary`)か。契約したお客様全体のうち、**36か月目までに、契約中のまま廃業・合併で終わる**のは何割ですか。0から1の小数で、小数第2位まで確かな値を答えてください。

# %%
# %%needs calendar contracts.end churn_events.reason_stated churn_events.decided_on
seen = causes.spells(book)
seen[["account_id", "entry", "duration", "event", "cause"]]

# %%
# %%needs calendar contracts.end churn_events.reason_stated churn_events.decided_on
ended_by_36 = ...
### BEGIN SOLUTION
curves = causes.cumulative_incidence(seen, 36)
ends = curves.query("cause == 'involuntary' and time == 36")
ended_by_36 = ends["estimate"].sum()
### END SOLUTION
check("ended_by_36", ended_by_36)

# %%
# hint("ended_by_36", 1)

# %% [markdown] lang="en"
# ## 8. The harder way out (further, 7 minutes)
#
# A company adds three steps and a month to its way out: who has decided to leave has to phone, to write and to wait until it is on record. Against the year before, what happens to the departures on record in the `"first_quarter"`, to the number of customers who decide to leave (`"departures"`), and to those who `"come_back"` within two years? Each `"falls"`, `"rises"` or `"stays"`. Your result should be a dict of three words.

# %% [markdown] lang="ja"
# ## 8. 面倒な解約手続き(発展・7分)
#
# ある会社が、解約の手続きを三段階増やし、1か月長くしました。やめると決めたお客様は、電話をし、書面を送り、記録に載るまで待たなければなりません。前の年と比べて、最初の四半期に記録される解約(`"first_quarter"`)、やめると決めるお客様の数(`"departures"`)、2年以内に戻ってくるお客様の数(`"come_back"`)は、それぞれ減る(`"falls"`)、増える(`"rises"`)、変わらない(`"stays"`)のどれでしょうか。三つの言葉の辞書で答えてください。

# %%
hard_exit = {"first_quarter": ..., "departures": ..., "come_back": ...}
### BEGIN SOLUTION
moves = ["falls", "stays", "falls"]
hard_exit = dict(zip(["first_quarter", "departures", "come_back"], moves))
### END SOLUTION
check("hard_exit", hard_exit)

# %%
# hint("hard_exit", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. Homework for your own firm: write down, in one sentence that a salesperson can apply on the phone, whom you would rather not sign, and with which column of your records you would hold that against what such customers brought.

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。自社での宿題です。「契約しないほうがよいお客様」を、営業担当者が電話口で使える一文にしてみてください。続けて、そうしたお客様が実際に何をもたらしたかを、記録のどの列と照らし合わせて確かめるかも書いてください。
