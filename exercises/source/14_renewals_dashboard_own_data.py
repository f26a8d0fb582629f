# %% [raw]
# number: "14"
# title_en: What comes due, and what will it do?
# title_ja: 何が満了し、どうなるのか
# minutes: 45
# needs: [accounts]

# %% [markdown] lang="en"
# # What comes due, and what will it do?
#
# Exercises of lesson 14 · 45 minutes. Parts 1 to 5 are **core** (29 minutes), 6 to 8 go **further** (16 minutes). Parts 1, 2 and 6 are about your own company of the sheet; the others bring data of their own. Put your answer in the place of the three dots and run the cell; `hint` helps in three steps.

# %% [markdown] lang="ja"
# # 何が満了し、どうなるのか
#
# 第14章の演習(45分) 1〜5が**必修**(29分)、6〜8が**発展**(16分)です。1・2・6はこの演習の会社についての問い、ほかは問いごとに用意したデータを使います。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=14&accounts=2000"  # where the company's tables come from
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
import pandas as pd

from cslab import figures
from cslab.course.exercise import begin, check, hint
from cslab.course.questions import exported, renewing
from cslab.course.runnable import runs
from cslab.measure import renewal

book = begin("14", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. What can still be worked on (core, 4 minutes)
#
# `now` holds every contract that comes due within six months. Of some the decision has fallen (`decided`), and of each it says the last day for a notice (`notice_by`). How much ARR is still open, with the last day for a notice on `book.as_of` or later? Your result should be an amount a year, in whole units of the currency.

# %% [markdown] lang="ja"
# ## 1. まだ働きかけられるARR(必修・4分)
#
# `now` は、6か月以内に満了する契約の一覧です。もう決まったもの(`decided`)もあり、解約申し出の期限(`notice_by`)も載っています。まだ決まっておらず、期限が `book.as_of` 以降のARRは、全部でいくらですか。答えは年額(通貨の基本単位)です。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount
now = renewal.ahead(book, 6)
figures.renewal.map(renewal.coming(now), lang=lang);

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount
arr_still_open = ...
### BEGIN SOLUTION
still_open = now[~now["decided"] & (now["notice_by"] >= book.as_of)]
arr_still_open = still_open["arr_amount"].sum()
### END SOLUTION
check("arr_still_open", arr_still_open)

# %%
# hint("arr_still_open", 1)

# %% [markdown] lang="en"
# ## 2. Did four in five come true? (core, 7 minutes)
#
# `rows` holds, quarter by quarter, what came due and how likely each renewal was held to be the day before. `renewal.forecasts(rows, "arr_amount")` makes the 80 % limits of every quarter, `renewal.coverage(…)` holds them against what came. How often did the limits of the `model` hold that know of the common shock (interval `shock`), in ARR? Your result should be a share.

# %% [markdown] lang="ja"
# ## 2. 「5回に4回」は本当か(必修・7分)
#
# `rows` は、四半期ごとに、満了した契約と、その前日に見込まれていた更新確率をまとめたものです。`renewal.forecasts(rows, "arr_amount")` で各四半期の80%予測区間が作られ、`renewal.coverage(…)` で実績と突き合わせられます。`model` の、共通の変動を含む区間(`shock`)に、ARRの実績が入った割合を答えてください。答えは割合です。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount usage_monthly
rows = renewal.foreseen(book, ["colour_at_word", "model"])
rows.groupby("day")["renewed"].agg(["size", "mean"]).tail(4)

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount usage_monthly
limits_held = ...
### BEGIN SOLUTION
tested = renewal.coverage(renewal.forecasts(rows, "arr_amount")).set_index(["way", "interval"])
limits_held = tested.loc[("model", "shock"), "estimate"]
### END SOLUTION
check("limits_held", limits_held)

# %%
# hint("limits_held", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **Ask after the check.** Draw `figures.renewal.coverage` of all ways. Who has forecast by colour so far, and with what limits? A dozen quarters cannot tell .75 from .85: what would you say in the board meeting instead of “we were right nine times of twelve”?

# %% [markdown] lang="ja" tags=["speaker"]
# **採点のあとに問います。** すべての方法を `figures.renewal.coverage` で描きます。これまで色で予測していた人は、どんな幅を付けていたでしょうか。十数回では75%と85%は見分けられません。取締役会で「12回中9回当たりました」と言う代わりに、何と言いますか。

# %% [markdown] lang="en"
# ## 3. Three of ten (core, 5 minutes)
#
# Ten renewals are open, and there are hours for three customers. `arr_amount` is what each pays a year, `risk` its chance of leaving, `uplift` the chance of renewing that attention from now on wins, as a trial has shown for customers like these. Whom do you look after, so that the most ARR is kept? Your result should be a set of three names.

# %% [markdown] lang="ja"
# ## 3. 10件のうち3件(必修・5分)
#
# 未決定の更新が10件あり、手をかけられるのは3社です。`arr_amount` は年額、`risk` は解約の確率、`uplift` は、これから手をかけると上がる更新確率です(似た顧客での試験から)。守れるARRが最大になるように、3社を選んでください。答えは名前3つの集合です。

# %%
ten = renewing.open_renewals(variant)
ten

# %%
looked_after = ...
### BEGIN SOLUTION
looked_after = set((ten["arr_amount"] * ten["uplift"]).nlargest(renewing.HOURS_FOR).index)
### END SOLUTION
check("looked_after", looked_after)

# %%
# hint("looked_after", 1)

# %% [markdown] lang="en"
# ## 4. The export as it comes (core, 8 minutes)
#
# The other departments have sent eleven files, as real exports are (`simulate … --messy 2`). `exported.refusal(mapping, variant, lang)` says what keeps them from being read with a mapping (`""`: with none); `exported.headings(variant)` shows the headings of the list of accounts. Fill the blanks (`"..."`) of this mapping. Your result should be the text of the mapping.

# %% [markdown] lang="ja"
# ## 4. 届いたままのデータ(必修・8分)
#
# ほかの部署から、11個のファイルが届きました。中身は、実際の書き出しのように乱れています(`simulate … --messy 2`)。`exported.refusal(対応表, variant, lang)` で、読み込めない理由が分かります(`""` なら対応表なし)。顧客一覧の見出しは `exported.headings(variant)` で見られます。次の対応表の空欄(`"..."`)を埋めてください。答えは対応表の文字列です。

# %%
print(exported.refusal("", variant, lang))

# %%
print(exported.DRAFT)
exported.headings(variant)

# %%
mended_mapping = ...
### BEGIN SOLUTION
mended_mapping = exported.mended(variant)
### END SOLUTION
check("mended_mapping", mended_mapping)

# %%
# hint("mended_mapping", 1)

# %% [markdown] lang="en"
# ## 5. What runs on it? (core, 5 minutes)
#
# The export holds no touches, no tiers, no surveys and no hand-offs from sales. Which lessons of this course run **whole** on it, once it is read with your mapping? `exported.read(mended_mapping, variant)` gives the company, `runs(book, state)` the numbers of lessons that run `"whole"`, `"part"` or `"not"`. Your result should be a set of numbers such as `"07"`.

# %% [markdown] lang="ja"
# ## 5. それで何が動くか(必修・5分)
#
# 届いたデータには、接点・タッチ区分・アンケート・営業からの引き継ぎがありません。直した対応表で読み込むと、このコースのどの章が**全部**動きますか。`exported.read(mended_mapping, variant)` で会社を読み込み、`runs(book, state)` で、`"whole"`(全部)・`"part"`(一部)・`"not"`(不可)の章番号が得られます。答えは `"07"` のような番号の集合です。

# %%
still_runs = ...
### BEGIN SOLUTION
still_runs = set(runs(exported.read(mended_mapping, variant), "whole"))
### END SOLUTION
check("still_runs", still_runs)

# %%
# hint("still_runs", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **Let them bring their own.** `cslab readiness folder:…` on the trainees' exports: which one table would open the most lessons, who owns it, and by when could it be here? That is the minimum worth asking for; everything else can wait.

# %% [markdown] lang="ja" tags=["speaker"]
# **自社のデータで試します。** 受講者の書き出しに `cslab readiness folder:…` をかけます。どの表が一つあれば、いちばん多くの章が動くようになるでしょうか。持ち主は誰で、いつまでに手に入りますか。まず頼むのはそれだけで、ほかは後回しにできます。

# %% [markdown] lang="en"
# ## 6. The next quarter (further, 5 minutes)
#
# What do you promise for the quarter ahead? Take the 80 % limits of the `model` that know of the common shock, of contracts and of ARR. Your result should be a table with the columns `of` (`"contracts"`, `"arr_amount"`), `low`, `high`.

# %% [markdown] lang="ja"
# ## 6. 次の四半期(発展・5分)
#
# 次の四半期について、何を約束できますか。`model` の、共通の変動を含む80%区間を、件数とARRのそれぞれについて答えてください。答えは、`of`(`"contracts"` と `"arr_amount"`)・`low`・`high` の列を持つ表です。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount usage_monthly
next_limits = ...
### BEGIN SOLUTION
both = {of: renewal.next_quarter(renewal.forecasts(rows, of)) for of in ("contracts", "arr_amount")}
ahead = pd.concat(both, names=["of"]).reset_index("of")
next_limits = ahead.loc[ahead["way"] == "model", ["of", "low", "high"]]
### END SOLUTION
check("next_limits", next_limits)

# %%
# hint("next_limits", 1)

# %% [markdown] lang="en"
# ## 7. Beyond luck (further, 6 minutes)
#
# In each of eight quarters 120 contracts came due, and 100 were expected to renew. `quarters` says how many did. If customers had nothing in common, the number would vary by luck alone: binomially. How many times as far does it swing around what was expected (root of the mean square, against the standard deviation by luck)? Your result should be a number.

# %% [markdown] lang="ja"
# ## 7. 運だけではない振れ(発展・6分)
#
# 8回の四半期で、毎回120件が満了し、100件の更新が見込まれていました。実際の件数は `quarters` のとおりです。お客様どうしに共通の事情がなければ、件数は運だけで(二項分布で)ばらつきます。見込みからの振れ(二乗平均の平方根)は、運だけの標準偏差の何倍ですか。答えは数です。

# %%
quarters = renewing.quarters(variant)
quarters

# %%
beyond_luck = ...
### BEGIN SOLUTION
seen = ((quarters["renewed"] - quarters["expected"]) ** 2).mean() ** 0.5
luck = (quarters["expected"] * (1 - quarters["expected"] / quarters["due"])).mean() ** 0.5
beyond_luck = seen / luck
### END SOLUTION
check("beyond_luck", beyond_luck)

# %%
# hint("beyond_luck", 1)

# %% [markdown] lang="en"
# ## 8. Those nobody heard of (further, 5 minutes)
#
# A health score is made of last year's survey; who did not answer is left out. `answers` says who answered, who did not, and how many of each left since. Of the customers who left, what share had not answered, so that the score never saw them? Your result should be a share.

# %% [markdown] lang="ja"
# ## 8. 声の届かなかった会社(発展・5分)
#
# 昨年のアンケートからヘルススコアを作りました。無回答の会社は除いています。`answers` は、回答した会社としなかった会社の数と、その後に解約した数です。解約した会社のうち、無回答でスコアに映っていなかったのはどれだけですか。答えは割合です。

# %%
answers = renewing.answers(variant)
answers

# %%
never_seen = ...
### BEGIN SOLUTION
never_seen = answers.loc["silent", "left"] / answers["left"].sum()
### END SOLUTION
check("never_seen", never_seen)

# %%
# hint("never_seen", 1)
