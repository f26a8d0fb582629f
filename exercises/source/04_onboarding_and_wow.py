# %% [raw]
# number: "04"
# title_en: Who got there, what it is worth, what the first event tells
# title_ja: 何割が到達したか、その価値はいくらか、最初の行動から何が分かるか
# minutes: 45
# needs: [accounts]

# %% [markdown] lang="en"
# # Who got there, what it is worth, what the first event tells
#
# Exercises of lesson 04 · 45 minutes. The company is another one than in the lesson. Parts 1 to 4 are **core** (27 minutes), 5 to 7 go **further** (18 minutes). Put your answer in the place of the three dots and run the cell; `hint` helps in three steps. Parts 1 to 4 ask for no code of your own: numbers read from a table, a sum in one line, a sentence.

# %% [markdown] lang="ja"
# # 何割が到達したか、その価値はいくらか、最初の行動から何が分かるか
#
# 第04章の演習(45分) 題材は、章とは別の会社です。1〜4が**必修**(27分)、5〜7が**発展**(18分)です。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。1〜4では、自分でコードを書く必要はありません。表から読んだ数、1行の計算、文章で答えます。

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
from cslab import figures
from cslab.course.exercise import begin, check, hint
from cslab.course.guesses import predict
from cslab.measure import onboarding

book = begin("04", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Completed within 90 days (core, 7 minutes)
#
# The table counts the milestones of all customers, one of each customer and milestone: reached within 90 days (`in_time`), after more than 90 days (`later`), or `not_so_far`. The upper line of each `kind` holds those who began at least 90 days ago (`90+`), the lower one those who began since (`<90`). The milestone that counts is the customer's own result; its `kind` is `value`.
#
# What share of customers is there within 90 days? Take care whom you ask. Put a sum in the place of the dots, such as `12 / (12 + 34)`. Your result should be a share between 0 and 1, with three decimals that hold.

# %% [markdown] lang="ja"
# ## 1. 90日以内に完了した割合(必修・7分)
#
# 表は、全部のお客様のマイルストーンを数えたものです(お客様1社・マイルストーン1つで1件)。`in_time` は90日以内に到達、`later` は90日を過ぎてから到達、`not_so_far` はまだ到達していない件数です。`began_days_ago` が `90+` の行は90日以上前に始めたお客様、`<90` の行はそれより最近始めたお客様です。数えるのはお客様自身の成果、`kind` が `value` の行です。
#
# 90日以内に到達したお客様は何割ですか。誰を分母に入れるかに気をつけてください。`...` を `12 / (12 + 34)` のような式に書き換えます。答えは0から1の小数で、小数第3位まで確かな値にします。

# %%
# %%needs onboarding.kind onboarding.started onboarding.done
counts = onboarding.milestone_counts(book, within_days=90)
counts.set_index(["kind", "began_days_ago"])

# %%
# %%needs calendar onboarding.kind onboarding.started onboarding.done
completion_90 = ...
### BEGIN SOLUTION
asked = counts.query("kind == 'value' and began_days_ago == '90+'").iloc[0]
there, late, not_there = asked["in_time"], asked["later"], asked["not_so_far"]
completion_90 = there / (there + late + not_there)
### END SOLUTION
check("completion_90", completion_90)

# %%
# hint("completion_90", 1)

# %% [markdown] lang="en"
# ## 2. Half of all customers (core, 5 minutes)
#
# The curve says which share of all who began is there by which month; those who gave up are still counted. After how many months is half of them there? Below the picture stand the rows of the curve about that height. Your result should be a number of months, right to a tenth.

# %% [markdown] lang="ja"
# ## 2. お客様全員の半分(必修・5分)
#
# 曲線は、開始した全員のうち、何か月目までに何割が到達したかを示します。途中でやめたお客様も数えています。半数が到達したのは何か月目ですか。図の下に、その高さの前後の行を並べました。0.1か月まで確かな月数で答えてください。

# %%
# %%needs calendar onboarding.kind onboarding.started onboarding.done
curve = onboarding.time_to_value(book)
figures.onboarding.time_to_value(curve, lang=lang)

# %%
# %%needs calendar onboarding.kind onboarding.started onboarding.done
nearest = (curve["estimate"] - 0.5).abs().nsmallest(12).index.sort_values()
curve.loc[nearest, ["time", "at_risk", "events", "estimate"]].round(3)

# %%
# %%needs calendar onboarding.kind onboarding.started onboarding.done
ttv_median = ...
### BEGIN SOLUTION
there = curve.query("estimate >= 0.5")
ttv_median = there["time"].iloc[0]
### END SOLUTION
check("ttv_median", ttv_median)

# %%
# hint("ttv_median", 1)

# %% [markdown] lang="en"
# ## 3. If nobody were late (core, 8 minutes)
#
# Those not onboarded by month six leave more often. A colleague concludes: “get everybody onboarded, and churn falls by that much”. By how much would the churn of **all** customers within 24 months fall, if everybody were onboarded by month six?
#
# **Guess first**, in points. Then choose the row of the table that answers the question best, and put its `estimate` in the place of the dots, with its three decimals. Your result should be a difference of shares such as 0.250. Your guess was a good one if it has the same sign and lies within 4 points of that row. (The truth stands in no record; the lesson lays it beside.)

# %% [markdown] lang="ja"
# ## 3. もし全員が間に合ったら(必修・8分)
#
# 6か月目までに完了していないお客様のほうが、よく解約します。同僚は「全員を完了させれば、解約率はその差の分だけ下がる」と言います。もし全員が6か月目までに完了したら、お客様**全体の**24か月までの解約率は、どれだけ下がるでしょうか。
#
# **先に予想を**(何ポイントか)。次に、表の中でこの問いにいちばんよく答えている行を選び、その `estimate` を小数第3位まで `...` の所に書きます。0.250のような、割合の差です。予想は、その行と向きが合っていて、差が4ポイント以内なら上出来です(真の値はどの記録にも載っていません。章の本文では、並べて見られます)。

# %%
predict("M11", ...)

# %%
# %%needs calendar onboarding.kind onboarding.started onboarding.done contracts.end
groups = onboarding.gap(book, month=6)
groups[["scope", "way", "estimate", "low", "high", "n"]].round(3)

# %%
# %%needs calendar onboarding.kind onboarding.started onboarding.done contracts.end
onboarding_gap = ...
### BEGIN SOLUTION
whole = groups.query("scope == 'company' and way == 'adjusted'")
onboarding_gap = whole["estimate"].iloc[0]
### END SOLUTION
check("onboarding_gap", onboarding_gap)

# %%
# hint("onboarding_gap", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** For one customer who stalls, the gap is real: let somebody defend that. It is the step to “all customers” that multiplies it by the share of the late ones. Ask who in the room has seen a slide that forgot that step.

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** 止まってしまった1社にとって、この差は本物です。まずそれを誰かに弁護させます。そのうえで、「お客様全体」に話を広げるときに、遅れているお客様の割合を掛け忘れた資料を見たことがないか、聞いてみましょう。

# %% [markdown] lang="en"
# ## 4. When is a customer on board? (core, 7 minutes)
#
# A company sells reservation software to restaurants. Its onboarding ends with a kickoff, a training and an account; months later, half of the restaurants write on paper again. Write its exit rule anew, in one or two sentences: something the *restaurant* does or no longer does, and how anybody can see that it has happened. Your result should be a text in quotation marks, in English or Japanese.

# %% [markdown] lang="ja"
# ## 4. どうなったら完了か(必修・7分)
#
# 飲食店に予約管理のソフトを提供する会社があります。キックオフと研修とアカウント発行で「完了」にしていますが、数か月後には半分のお店が紙に戻っています。完了条件を、一、二文で書き直してください。**お店が**すること(またはしなくなること)で、それが起きたと誰にでも確かめられるものにします。引用符で囲んだ文章で、日本語でも英語でもかまいません。

# %%
exit_rule = ...
### BEGIN SOLUTION
exit_rule = "The paper ledger is gone: for two weeks in a row every reservation was entered in the system."
### END SOLUTION
check("exit_rule", exit_rule)

# %%
# hint("exit_rule", 1)

# %% [markdown] lang="en"
# ## 5. The gesture (further, 5 minutes)
#
# Suica was advertised with a sound at the gate, the iPhone with a finger on the glass: before anybody owned one, all knew the gesture that would be worth it. Name the gesture of *your* product, as one event, and where it is kept. Your result should be a text in quotation marks.

# %% [markdown] lang="ja"
# ## 5. 「ピッ」にあたる動作(発展・5分)
#
# Suica の広告は改札の音を、iPhone の広告はガラスに触れる指を見せました。まだ誰も持っていないうちから、「その動作」が伝わっていたのです。**あなたの**製品では、どの動作がそれに当たりますか。一つのイベントとして書き、どこに記録が残るかを添えてください。引用符で囲んだ文章で答えます。

# %%
first_gesture = ...
### BEGIN SOLUTION
first_gesture = "A clerk approves the first invoice with one click; the usage log keeps it as an event."
### END SOLUTION
check("first_gesture", first_gesture)

# %%
# hint("first_gesture", 1)

# %% [markdown] lang="en"
# ## 6. What is left of the winner (further, 6 minutes)
#
# Somebody tried everything that customers do in their first two months, on half of the customers, and ranked it by how many more of them stay a year later. `train` is that difference. The table shows the top of the list, not all of its columns.
#
# By how much do those with the *winning* event stay more often, as far as one can trust it? Your result should be a difference of shares with three decimals.

# %% [markdown] lang="ja"
# ## 6. 1位の行動の、確かめた値(発展・6分)
#
# 誰かが、最初の2か月の行動をかたっぱしから試しました。半分のお客様を使い、1年後の継続率の差が大きい順に並べてあります。`train` がその差です。表は上位だけで、列もすべては見せていません。
#
# **1位の**行動があったお客様は、どれだけ多く残ると言ってよいでしょうか。信用できる値を、割合の差で、小数第3位まで答えてください。

# %%
# %%needs calendar accounts.signed_on contracts.end usage_monthly
found = onboarding.wow_search(book)
found[["event", "share", "train", "p_naive", "p_shuffled"]].head(5).round(3)

# %%
# %%needs calendar accounts.signed_on contracts.end usage_monthly
wow_left = ...
### BEGIN SOLUTION
winner = found.iloc[0]
wow_left = winner["held_out"]
### END SOLUTION
check("wow_left", wow_left)

# %%
# hint("wow_left", 1)

# %% [markdown] lang="en"
# ## 7. Three doubts (further, 7 minutes)
#
# Your head of product has seen the list and wants to push every customer over that line. Three doubts are in the room: `"luck"` (it only looked so on these customers), `"likeness"` (those who did it were other customers from the start, as far as your records tell), `"cause"` (does it make anybody stay?). Which tool answers which: `"hold_out"`, `"alike_at_signing"` or `"lot"`? Your result should be a dict, one tool a doubt.

# %% [markdown] lang="ja"
# ## 7. 三つの疑い(発展・7分)
#
# 製品の責任者が一覧を見て、すべてのお客様をその線まで押し上げたいと言っています。疑いは三つあります。`"luck"`(このお客様たちで、たまたまそう見えただけでは)、`"likeness"`(その行動をしたのは、記録を見るかぎり、初めから違うお客様だったのでは)、`"cause"`(その行動が、本当に継続させるのか)。それぞれに答える道具は、`"hold_out"`(別のお客様で確かめる)、`"alike_at_signing"`(契約時の条件をそろえる)、`"lot"`(抽選で促す)のどれですか。疑いごとに道具を一つ、辞書で答えてください。

# %%
wow_doubts = {"luck": ..., "likeness": ..., "cause": ...}
### BEGIN SOLUTION
doubts = ["luck", "likeness", "cause"]
wow_doubts = dict(zip(doubts, ["hold_out", "alike_at_signing", "lot"]))
### END SOLUTION
check("wow_doubts", wow_doubts)

# %%
# hint("wow_doubts", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. One question to take home: what would your own firm's completion rate be with the right denominator, and who will be surprised?

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。最後に一つ、持ち帰ってください。自社の完了率を正しい分母で出し直すと何割になり、それを見て驚くのは誰でしょうか。
