# %% [raw]
# number: "03"
# title_en: "Whose map, whose step, whose fault"
# title_ja: 誰のマップか、誰の担当か、誰のせいか
# minutes: 45
# needs: [accounts]

# %% [markdown] lang="en"
# # Whose map, whose step, whose fault
#
# Exercises of lesson 03 · 45 minutes. Parts 1 to 3 are about a map that you mend, parts 4 and 5 about numbers that are quoted, part 6 about a company you have not met yet. Parts marked **core** (1, 2, 5: about 25 minutes) need no code of your own.
#
# Put your answer in the place of the three dots and run the cell. Stuck? Take away the `#` before `hint`.

# %% [markdown] lang="ja"
# # 誰のマップか、誰の担当か、誰のせいか
#
# 第03章の演習(45分) 1〜3はマップの手直し、4と5はよく引用される数字、6は初めて会う会社が題材です。**必修**(1・2・5、約25分)は、自分でコードを書かなくても答えられます。
#
# `...` を自分の答えに書き換えて、セルを実行してください。行き詰まったら `hint` の前の `#` を消してみましょう。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=11&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
trainee: str = ""  # your name or number, gives you a company of your own
# ja: 自分の名前か番号。入れると自分だけの会社になる
variant: int = 0  # which version of the draft, the vote and the small count
# ja: 下書き・投票・小さな集計の、どの版を使うか

# %%
import re

from cslab import figures
from cslab.course.claims import claims
from cslab.course.exercise import begin, check, hint
from cslab.course.questions.toy_journey import draft_map, early_leavers, tasks, votes
from cslab.course.table import table
from cslab.measure import journey

book = begin("03", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Ten steps, seen from the other side (core, 10 minutes)
#
# This is how the journey hangs on the vendor's wall. Rewrite each step so that **the customer** could say it: what has it done, or what can it do now? Your result should be a dict of the ten names, each with a sentence in English or Japanese: `{"order": "We …", "welcome": "Our …", …}`.

# %% [markdown] lang="ja"
# ## 1. 10のステップを、お客様の側から(必修・10分)
#
# ある会社の壁に貼ってあるマップです。売り手の側から書いてあります。どのステップも、**お客様が**口にできる文に書き換えてください。お客様は何をしましたか、何ができるようになりましたか。10の名前のそれぞれに、日本語か英語の文を付けた辞書 `{"order": "〜できた", "welcome": "〜が分かった", …}` の形で答えます。

# %%
table(tasks(lang).set_index("task"))

# %%
customer_steps = ...
### BEGIN SOLUTION
customer_steps = dict(order="We have decided for it", welcome="We know whom we can ask")
customer_steps |= dict(handover="We said everything only once", kickoff="We know who does what by when")
customer_steps |= dict(accounts="Our people can log in", follow_up="We have solved our first problem")
customer_steps |= {"import": "We see our own data", "training": "Our team can work with it alone"}
customer_steps |= dict(qbr="We have shown our result to our management", quote="We have decided to go on")
### END SOLUTION
check("customer_steps", customer_steps)

# %%
# hint("customer_steps", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **Read them aloud.** Let one person play the customer and say after each sentence “yes, that is us” or “so what?”. The check knows only the form of a sentence; the customer knows whether it is worth anything.

# %% [markdown] lang="ja" tags=["speaker"]
# **声に出して読みます。** 一人がお客様の役になり、文ごとに「そのとおり」か「だから何」と答えてください。判定に分かるのは文の形だけです。値打ちがあるかどうかは、お客様にしか分かりません。

# %% [markdown] lang="en"
# ## 2. One department for each step (core, 7 minutes)
#
# The draft below came out of a workshop. Two steps have two owners, two have none. Mend the four lines: exactly one department for each step, one of `sales`, `onboarding`, `cs`, `customer`. Your result should be the whole map as text, every step still on it. (By hand: copy it between `"""` and `"""` and mend it there.)

# %% [markdown] lang="ja"
# ## 2. 責任部署は一つだけ(必修・7分)
#
# ワークショップでできた下書きです。責任部署が二つあるステップが二つ、一つもないステップが二つあります。この四行を直してください。どのステップにも、`sales`・`onboarding`・`cs`・`customer` のうち一つだけを書きます。答えは、ステップを全部残した、マップの文章全体です(手で直すときは、`"""` と `"""` の間に貼り付けて直します)。

# %%
draft = draft_map(variant)
print(draft)

# %%
one_owner = ...
### BEGIN SOLUTION
first_of_two = re.sub(r"owner: \[(\w+), \w+\]", r"owner: \1", draft)
one_owner = first_of_two.replace("owner: []", "owner: cs")
### END SOLUTION
check("one_owner", one_owner)

# %%
# hint("one_owner", 1)

# %% [markdown] lang="en"
# ## 3. The silent vote (further, 5 minutes)
#
# Before anybody spoke, five people put each step to a department. How far do they agree beyond what chance alone would bring about? Each row of `ballot` is one vote. Your result should be one number, 1 for full agreement.

# %% [markdown] lang="ja"
# ## 3. 無言の投票(発展・5分)
#
# 話し合う前に、5人がそれぞれのステップの責任部署を無言で投票しました。偶然でも一致する分を除くと、どのくらい一致していますか。`ballot` の1行が1票です。完全に一致すれば1になる数字を答えてください。

# %%
ballot = votes(variant)
ballot.pivot(index="item", columns="voter", values="vote")

# %%
silent_votes = ...
### BEGIN SOLUTION
silent_votes = float(journey.agreement(ballot))
### END SOLUTION
check("silent_votes", silent_votes)

# %%
# hint("silent_votes", 1)

# %% [markdown] lang="en"
# ## 4. What is counted, and what would be saved (further, 8 minutes)
#
# The company now. Each row of `cohort` is one customer: `left` is 1 if it left within the first year, `poor` says whether its hand-off was below the average. Of those who left, which share had a poor hand-off? Your result should be a share, such as 0.471.

# %% [markdown] lang="ja"
# ## 4. 数えた割合と、防げる割合(発展・8分)
#
# ここからは会社のデータです。`cohort` の1行が1社で、`left` は1年以内に解約すると1、`poor` は引き継ぎが平均より悪かったかどうかです。解約した会社のうち、引き継ぎの悪かった会社は何割ですか。0.471のような割合が答えです。

# %%
# %%needs calendar handoffs.quality contracts.start contracts.end
cohort = journey.handoff_cohort(book)
cohort[["account_id", "left", "poor"]].head()

# %%
# %%needs calendar handoffs.quality contracts.start contracts.end
poor_of_leavers = ...
### BEGIN SOLUTION
poor_of_leavers = cohort[cohort["left"] == 1]["poor"].mean()
### END SOLUTION
check("poor_of_leavers", poor_of_leavers)

# %%
# hint("poor_of_leavers", 1)

# %% [markdown] lang="en"
# Now a small count from another company, where the two groups do differ. If those with a poor hand-off had left as seldom as the others, which share of **all** departures would have been saved? Your result should be a share, such as 0.245.

# %% [markdown] lang="ja"
# 次は、二つの群に差がある別の会社の集計です。引き継ぎの悪かった会社が、もう一方と同じ率で解約したとすると、**全体の**解約の何割が防げましたか。0.245のような割合が答えです。

# %%
counted = early_leavers(variant)
counted

# %%
saved_share = ...
### BEGIN SOLUTION
whole = counted.sum()
rate_of_all, rate_good = whole["left"] / whole["customers"], counted.loc["good", "left"] / counted.loc["good", "customers"]
saved_share = 1 - rate_good / rate_of_all
### END SOLUTION
check("saved_share", saved_share)

# %%
# hint("saved_share", 1)

# %% [markdown] lang="en"
# ## 5. Four claims (core, 8 minutes)
#
# Four web pages (grade C, all of them) say how much of the churn is the hand-off's fault. What is each a share **of**? Your result should be a dict of the four names, each with one of these:
#
# - `"early_churn"` departures in a time that nobody says
# - `"first_year_churn"` departures within the first year
# - `"customers"` all customers

# %% [markdown] lang="ja"
# ## 5. 四つの主張(必修・8分)
#
# 引き継ぎのせいで起きる解約について、四つのウェブページがそれぞれの数字を挙げています(どれも等級C)。それぞれ、**何に対する**割合ですか。四つの名前のそれぞれに、次のどれかを当てた辞書で答えてください。
#
# - `"early_churn"` 時期の決まっていない初期の解約
# - `"first_year_churn"` 1年以内の解約
# - `"customers"` すべての顧客

# %%
table(claims("handoff", lang, graded=False).set_index(["claim", "says"]))

# %%
handoff_claims = ...
### BEGIN SOLUTION
handoff_claims = dict.fromkeys(["handoff_30_40", "handoff_67"], "first_year_churn")
handoff_claims |= dict(handoff_23="early_churn", handoff_68="customers")
### END SOLUTION
check("handoff_claims", handoff_claims)

# %%
# hint("handoff_claims", 1)

# %% [markdown] lang="en"
# Your head of sales has seen one of them: “Two thirds of our churn is the hand-off.” Answer in one or two sentences between quotation marks: with whom should those who left be compared, and what else may lie behind both? Your result should be something you would say aloud in the meeting.

# %% [markdown] lang="ja"
# 営業部長がその一つを読んで言います。「うちの解約の3分の2は引き継ぎのせいだ」。引用符で囲んだ一、二文で答えてください。解約したお客様を誰と比べるべきですか。引き継ぎと解約の両方の裏に、ほかの原因はありませんか。会議の席でそのまま言える文になっていれば合格です。

# %%
handoff_answer = ...
### BEGIN SOLUTION
handoff_answer = "How many of those who stayed were handed over badly too? "
handoff_answer += "Let us first compare deals of the same size, pushed or not."
### END SOLUTION
check("handoff_answer", handoff_answer)

# %%
# hint("handoff_answer", 1)

# %% [markdown] lang="en"
# ## 6. Who, or chance? (further, 7 minutes)
#
# Two pictures: how often customers were asked to say it again, by sales representative; and which share of renewals was lost, by CSM. Both have the mix of customers taken out. Where does it depend on the person, and where is it chance? Your result should look like `{"rep": "…", "csm": "…"}`, with `"real"` (people truly differ) or `"noise"` (no more than chance) in each place.

# %% [markdown] lang="ja"
# ## 6. 人か、偶然か(発展・7分)
#
# 二つの図があります。引き継ぎで同じ説明を求められた割合(営業担当者別)と、更新時に解約された割合(CSM別)です。どちらも、担当する顧客の構成の違いはならしてあります。人によって違うのはどちらで、偶然の範囲なのはどちらですか。`{"rep": "…", "csm": "…"}` の形で、それぞれ `"real"`(人によって違う)か `"noise"`(偶然の範囲)を答えてください。

# %%
# %%needs calendar handoffs.customer_repeat_info accounts.sales_rep_id tier_history.csm_id contracts.decided_on
figures.journey.funnel(journey.variability(book, "rep"), lang=lang)

# %%
# %%needs calendar handoffs.customer_repeat_info accounts.sales_rep_id tier_history.csm_id contracts.decided_on
figures.journey.funnel(journey.variability(book, "csm"), lang=lang)

# %%
# %%needs calendar handoffs.customer_repeat_info accounts.sales_rep_id tier_history.csm_id contracts.decided_on
who_matters = ...
### BEGIN SOLUTION
p_values = {by: journey.variability(book, by).attrs["p_value"] for by in ("rep", "csm")}
who_matters = {by: "real" if p < 0.05 else "noise" for by, p in p_values.items()}
### END SOLUTION
check("who_matters", who_matters)

# %%
# hint("who_matters", 1)

# %% [markdown] lang="en"
# ## Before you close
#
# Which step of your own firm's map would no customer ever say? Write down what they would say instead, and who should ask them.

# %% [markdown] lang="ja"
# ## 閉じる前に
#
# 自社のマップの中で、お客様がけっして口にしないステップはどれですか。お客様なら何と言うか、そしてそれを誰が聞きに行くかを書いておきましょう。
