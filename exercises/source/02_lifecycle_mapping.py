# %% [raw]
# number: "02"
# title_en: Twelve customers, one exit, 500 hours
# title_ja: 12社、完了条件、500時間
# minutes: 50
# needs: [accounts]

# %% [markdown] lang="en"
# # Twelve customers, one exit, 500 hours
#
# Exercises of lesson 02 · 50 minutes. Parts 1, 2, 3 and 5 are **core** (about 40 minutes), part 4 is **further**. The company is another one than in the lesson; the twelve customers of part 1 can be told by hand.
#
# Put your answer in the place of the three dots and run the cell. It is judged at once, and a wrong answer is told *which* mistake it looks like. Stuck? Take away the `#` before `hint`. Nobody has to program: numbers read from a table may be divided in the cell (`212 / 305`), and hint 3 is almost the line.

# %% [markdown] lang="ja"
# # 12社、完了条件、500時間
#
# 第02章の演習(50分) 1・2・3・5が**必修**(約40分)、4が**発展**です。題材の会社は本文とは別の会社です。1の12社は、手で判定できます。
#
# `...` を自分の答えに書き換えて、セルを実行してください。その場で判定が出て、違っていれば**どの間違いか**を示します。行き詰まったら `hint` の前の `#` を消してみましょう。プログラミングの知識は要りません。表から読んだ数をセルの中で割ってもよく(`212 / 305`)、ヒント3はほとんど式そのものです。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=11&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
trainee: str = ""  # your name or number, gives you a company of your own
# ja: 自分の名前か番号。入れると自分だけの会社になる
variant: int = 0  # which version of the twelve customers
# ja: 12社の、どの版を使うか

# %%
from cslab.course.exercise import begin, check, hint
from cslab.course.questions.case_hours import own_rules
from cslab.course.questions.toy_phases import DAY, toy_days, toy_phases
from cslab.measure import lifecycle
from cslab.measure.lifecycle import focus

book = begin("02", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Twelve customers on 31 March (core, 12 minutes)
#
# The table was exported on 30 September 2024 and holds every day that is known *then*. In which phase was each customer on the evening of **31 March 2024**, told with nothing but what was known on that evening? The first phase that holds, from the top:
#
# | phase | holds |
# |---|---|
# | `churn` | from the day it left (`left`) until it came back (`back`) |
# | `purchase` | from signing until the kick-off |
# | `onboarding` | until the first value |
# | `renewal` | from 120 days before the contract `ends`, if it has more than 3 `months`, until its renewal is `decided` (a decision to leave is not one) |
# | `adoption` | else |
#
# One customer signed before the records begin (April 2021); its onboarding is over. Your result should be a dict of twelve letters, `{"A": "…", "B": "…", …}`, with the names of the phases as in the table (the Japanese names will do as well).

# %% [markdown] lang="ja"
# ## 1. 3月31日の12社(必修・12分)
#
# この表は2024年9月30日に書き出したもので、**その時点で**分かっている日付がすべて入っています。では、**2024年3月31日**の夜の時点で、それぞれのお客様はどのフェーズにいましたか。その夜に分かっていたことだけで判定してください。上から順に、最初に当てはまったフェーズです。
#
# | フェーズ | 当てはまる期間 |
# |---|---|
# | `churn`(解約) | 離れた日(`left`)から、戻った日(`back`)まで |
# | `purchase`(購買・成約) | 契約日(`signed`)から、キックオフ(`kickoff`)まで |
# | `onboarding`(オンボーディング) | 最初の価値(`first_value`)まで |
# | `renewal`(契約更新) | 3か月(`months`)を超える契約の満了日(`ends`)の120日前から、更新の決定(`decided`)まで。解約の決定は含みません |
# | `adoption`(アダプション) | それ以外 |
#
# 1社は記録の開始(2021年4月)より前に契約していて、オンボーディングは済んでいます。`{"A": "…", "B": "…", …}` のように、12の文字とフェーズの名前が並んだ辞書になれば、形は合っています(名前は表の英字でも、「契約更新」などの日本語でもかまいません)。

# %%
toy = toy_phases(variant)
toy_days(variant)

# %%
phases_then = ...
### BEGIN SOLUTION
then = lifecycle.phase_at(toy, DAY)
phases_then = dict(zip(then["account_id"], then["phase"].astype(str), strict=True))
### END SOLUTION
check("phases_then", phases_then)

# %%
# hint("phases_then", 1)

# %% [markdown] lang="en"
# ## 2. When is onboarding over? (core, 10 minutes)
#
# Write the exit rule: which day of which table ends onboarding? Three rules have been tried below; `passed` says when each customer passed one. A good exit lets through those who are up and running, and nobody else; your rule is judged by that, against the truth of this company. Your result should be a dict of the form of those below. These are the milestones that the company records:

# %% [markdown] lang="ja"
# ## 2. オンボーディングはいつ終わるのか(必修・10分)
#
# 完了条件を書いてください。どの表の、どの日付をもってオンボーディングの完了としますか。下では三つの条件を試しています(`passed` は、各社が条件を満たした日を返します)。良い完了条件は、使いこなせているお客様だけを通します。この会社の真の状態と照らして、どれだけ見分けられるかで判定します。下と同じ形の辞書で答えてください。この会社が記録しているマイルストーンは、次のとおりです。

# %%
# %%needs onboarding.kind onboarding.owner_dept onboarding.done
milestones = book.onboarding.assign(done=book.onboarding["done"].notna())
milestones.groupby(["milestone", "kind", "owner_dept"], sort=False)["done"].mean().round(2).reset_index()

# %%
# %%needs accounts.signed_on onboarding.done
tried = {
    "ninety days": {"table": "accounts", "column": "signed_on", "days": 90},
    "kicked off": {"table": "onboarding", "column": "done", "where": {"milestone": "kickoff"}},
    "trained": {"table": "onboarding", "column": "done", "where": {"milestone": "team_trained"}},
}
print(f"ninety days {lifecycle.passed(book, tried['ninety days'])['passed_on'].notna().mean():.2f}")
print(f"kicked off {lifecycle.passed(book, tried['kicked off'])['passed_on'].notna().mean():.2f}")
print(f"trained {lifecycle.passed(book, tried['trained'])['passed_on'].notna().mean():.2f}")

# %%
# %%needs accounts.signed_on onboarding.done
onboarding_exit = ...
### BEGIN SOLUTION
onboarding_exit = {**tried["trained"], "where": {"milestone": "first_value"}}
### END SOLUTION
check("onboarding_exit", onboarding_exit)

# %%
# hint("onboarding_exit", 1)

# %% [markdown] lang="en"
# ## 3. Who is stuck? (core, 6 minutes)
#
# The stuck report of the company. Of the customers who stand in onboarding today (`customers`), which share has been there for longer than the target of 90 days (`stuck`)? Your result should be a share with all its digits, such as 0.4237.

# %% [markdown] lang="ja"
# ## 3. 停滞しているのは誰か(必修・6分)
#
# この会社の停滞レポートです。いまオンボーディングにいるお客様(`customers`)のうち、目安の90日を超えている(`stuck`)のは何割ですか。0.4237のような割合(丸めずに)が答えです。

# %%
# %%needs onboarding.done onboarding.started contracts.term_months contracts.decided_on mrr_movements
report = lifecycle.stuck_report(book)
report[["phase", "customers", "target_days", "stuck", "mrr_amount", "stuck_mrr_amount", "median_days"]].round(0)

# %%
# %%needs onboarding.done onboarding.started contracts.term_months contracts.decided_on mrr_movements
stuck_share = ...
### BEGIN SOLUTION
row = report.set_index("phase").loc["onboarding"]
stuck_share = row["stuck"] / row["customers"]
### END SOLUTION
check("stuck_share", stuck_share)

# %%
# hint("stuck_share", 1)

# %% [markdown] lang="en"
# ## 4. A month in onboarding (further, 8 minutes)
#
# Each row of `moves` says how many months of customers began in one phase (`from`) and ended in another (`to`), or in the same one. How likely is a customer to leave in a month that it begins in onboarding? Your result should be a share of a month, such as 0.031.

# %% [markdown] lang="ja"
# ## 4. オンボーディングのひと月(発展・8分)
#
# `moves` の各行は、あるフェーズ(`from`)で始まったお客様のひと月が、どのフェーズ(`to`)で終わったかを数えたものです(同じフェーズのまま終わった月も含みます)。オンボーディングで始まったひと月のうちに離れる確率は、いくらですか。0.031のような、ひと月の割合が答えです。

# %%
# %%needs onboarding.done onboarding.started contracts.term_months contracts.decided_on mrr_movements
moves = lifecycle.moves(lifecycle.panel(book))
moves

# %%
# %%needs onboarding.done onboarding.started contracts.term_months contracts.decided_on mrr_movements
leaves_from_onboarding = ...
### BEGIN SOLUTION
begun = moves.query("`from` == 'onboarding'").set_index("to")["count"]
leaves_from_onboarding = begun["churn"] / begun.sum()
### END SOLUTION
check("leaves_from_onboarding", leaves_from_onboarding)

# %%
# hint("leaves_from_onboarding", 1)

# %% [markdown] lang="en"
# ## 5. 500 hours (core, 12 minutes)
#
# Next year the team has 500 hours for one phase. Suppose that a case that is helped leaves a fifth less often while it is in that phase. How long a case takes differs from company to company; `own_rules` holds the hours of this one, so another phase may come first than in the lesson. The table says for each phase how many cases there are in a year, how many hours they would all take, which part of them 500 hours reach, and what that gains in LTV, with limits. Your choice is judged in expectation, by the truth of this company; giving away up to a tenth of the best is fine. Your result should be the name of one phase, such as `"purchase"`.

# %% [markdown] lang="ja"
# ## 5. 500時間(必修・12分)
#
# 来年、チームは一つのフェーズに500時間を使えます。支援した件では、そのフェーズにいる間の解約が2割減ると仮定します。1件にかかる時間は会社によって違います。この会社の時間は `own_rules` に入っているので、本文と同じフェーズが1位になるとは限りません。表には、フェーズごとに、1年の件数、全件を支援するのに要る時間、500時間で手が届く割合、それで得られる LTV(区間つき)が入っています。判定は、この会社の真の状態をもとにした期待値で行います。最善との差が1割以内なら合格です。`"purchase"` のように、フェーズの名前を一つ答えてください(英字でも日本語でもかまいません)。

# %%
# %%needs onboarding.done onboarding.started contracts.term_months contracts.decided_on mrr_movements csm.cost_amount csm.capacity_h
options = focus.table(book, hours=500, rules=own_rules(book))
shown = ["phase", "customers", "stuck", "cases", "needed_hours", "covered", "gain_amount", "gain_low", "gain_high"]
options[shown].round(2)

# %%
# %%needs onboarding.done onboarding.started contracts.term_months contracts.decided_on mrr_movements csm.cost_amount csm.capacity_h
best_phase = ...
### BEGIN SOLUTION
best_phase = options.set_index("phase")["gain_amount"].idxmax()
### END SOLUTION
check("best_phase", best_phase)

# %%
# hint("best_phase", 1)

# %% [markdown] lang="en"
# A colleague says: “Most of our customers are in adoption. That is where our hours belong.” Answer in one or two sentences between quotation marks: what do you count, and for each of what? Your result should be something you would say aloud in the meeting.

# %% [markdown] lang="ja"
# 同僚が言います。「お客様がいちばん多いのはアダプションです。時間はそこに使うべきです」。引用符で囲んだ一、二文で答えてください。あなたは何を、何あたりで数えますか。会議の席でそのまま言える文になっていれば合格です。

# %%
focus_reason = ...
### BEGIN SOLUTION
focus_reason = "Many customers stand in adoption, "
focus_reason += "but what counts is how much LTV an hour gains, in each phase."
### END SOLUTION
check("focus_reason", focus_reason)

# %%
# hint("focus_reason", 1)

# %% [markdown] lang="en"
# ## Before you close
#
# Write down the exit rule of your own onboarding: which result of the customer's, in which table, in which column? If it stands in no table, that is the first thing to change.

# %% [markdown] lang="ja"
# ## 閉じる前に
#
# 自社のオンボーディングの完了条件を書いてみてください。お客様のどの成果が、どの表のどの列に残りますか。どこにも残らないなら、まずそこから変えましょう。
