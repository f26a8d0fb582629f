# %% [raw]
# number: "05"
# title_en: Who is still there, when they leave, what knows the ending
# title_ja: 何割が残り、いつ離れ、どの列が結末を知っているか
# minutes: 20
# needs: [contracts]

# %% [markdown] lang="en"
# # Who is still there, when they leave, what knows the ending
#
# Exercises of lesson 05 · 20 minutes. The company is another one than in the lesson. Put your answer in the place of the three dots and run the cell; `hint` helps in three steps. Parts 2 and 3 are read from a picture and a table; 1 and 4 need a line of code each, which hint 3 nearly holds.

# %% [markdown] lang="ja"
# # 何割が残り、いつ離れ、どの列が結末を知っているか
#
# 第05章の演習(20分) 題材は、章とは別の会社です。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。2と3は図と表から読み取れます。1と4はコードが1行ずつ要りますが、ヒント3がほとんどその式です。

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
from cslab.measure import leaks, survival
from cslab.measure.comparison import compare_groups

book = begin("05", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Still there after three years (5 minutes)
#
# Of the customers who sign, what share is still a customer after 36 months? One row below is one customer: `entry` months had passed when the records of this customer begin, `duration` months we can vouch for, `event` says whether the customer left then. Your result should be a share between 0 and 1, with two decimals that hold.

# %% [markdown] lang="ja"
# ## 1. 3年後に残っているのは(5分)
#
# 契約したお客様のうち、36か月後も残っているのは何割ですか。下の表は1行が1社です。`entry` は記録が始まった時点で過ぎていた月数、`duration` は確かに続いたと言える月数、`event` はそこで離れたかどうか。0から1の小数で、小数第2位まで確かな値を答えてください。

# %%
# %%needs calendar contracts.end
durations = survival.durations(book)
durations[["account_id", "entry", "duration", "event"]]

# %%
# %%needs calendar contracts.end
still_there = ...
### BEGIN SOLUTION
curve = survival.kaplan_meier(durations)
still_there = survival.at(curve, 36)
### END SOLUTION
check("still_there", still_there)

# %%
# hint("still_there", 1)

# %% [markdown] lang="en"
# ## 2. Read the comb (4 minutes)
#
# Only customers on annual contracts. In which months of their life, up to month 36, do they leave in numbers? Read it off the figure; `comb` holds the same bars as numbers. Your result should be a set of months, such as `{3, 8}`.

# %% [markdown] lang="ja"
# ## 2. くし形を読む(4分)
#
# 年間契約のお客様だけの図です。36か月目までのうち、まとまって離れているのは契約から何か月目ですか。図から読み取ってください。同じ棒が `comb` に数字で入っています。`{3, 8}` のような月の集合で答えます。

# %%
# %%needs calendar contracts.end contracts.term_months
comb = survival.hazard(durations[durations["term_months"] == 12])
figures.survival.hazard_comb(comb, lang=lang, marked=False)

# %%
# %%needs calendar contracts.end contracts.term_months
comb[["time", "at_risk", "events", "estimate"]].head(8).round(3)

# %%
# %%needs calendar contracts.end contracts.term_months
renewal_months = ...
### BEGIN SOLUTION
tall_bars = comb.query("time <= 36 and estimate > 0.05")
renewal_months = set(tall_bars["time"])
### END SOLUTION
check("renewal_months", renewal_months)

# %%
# hint("renewal_months", 1)

# %% [markdown] lang="en"
# ## 3. Three columns that know the ending (6 minutes)
#
# Somebody joined all tables and held those who left against those who stayed. `left` and `stayed` are means, `estimate` says how well a column tells the two apart (1 perfectly, 0.5 not at all).
#
# | Column | What it is |
# |---|---|
# | `logins_last_month` | logins in the last month on record |
# | `surveys_last_quarter` | surveys answered in the last ninety days on record |
# | `wau_before` | share of seats in use three months before each renewal was decided |
# | `interview_done` | whether the interview about the reasons was held |
# | `mrr0_amount` | MRR at signing |
# | `trial_usage` | use during the trial |
#
# Three of them could be filled in, or look as they do, only *because* the customer has left. Which? Your result should be a set of three names.

# %% [markdown] lang="ja"
# ## 3. 結末を知っている三つの列(6分)
#
# 誰かがすべての表をつなぎ、離れたお客様と続いたお客様を比べました。`left` と `stayed` はそれぞれの平均、`estimate` は二つをどれだけ見分けられるかです(1なら完全に、0.5ならまったく見分けられません)。
#
# | 列 | 意味 |
# |---|---|
# | `logins_last_month` | 記録の最後の月のログイン数 |
# | `surveys_last_quarter` | 記録の最後の90日間に回答したアンケートの数 |
# | `wau_before` | それぞれの更新が決まる3か月前に使われていたライセンスの割合 |
# | `interview_done` | 理由を聞くインタビューが済んでいるか |
# | `mrr0_amount` | 契約時の MRR |
# | `trial_usage` | トライアル中の利用 |
#
# このうち三つは、お客様が離れた**から**埋まった、または離れた**から**そう見える列です。どれですか。三つの名前の集合で答えてください。

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** Let one person accuse `wau_before` (“it separates so well, that is suspicious”) and another defend it. The sentence to end with: *on which day could we have known this?*

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** 一人に `wau_before` を疑わせ(「よく見分けられるのが怪しい」)、もう一人に弁護させます。締めの言葉は「それは**いつ**分かったのか」です。

# %%
# %%needs calendar churn_events.interview_done usage_monthly.wau_ratio contracts.decided_on surveys.responded_on
compared = leaks.churned_vs_happy(book)[["feature", "left", "stayed", "estimate"]]
compared.round(2)

# %%
# %%needs calendar churn_events.interview_done usage_monthly.wau_ratio contracts.decided_on surveys.responded_on
leaked = ...
### BEGIN SOLUTION
# on one side all but empty: nobody could have, or would have, filled it in for them
for_one_side = (compared["stayed"] == 0) | (compared["left"] < 0.2 * compared["stayed"])
leaked = set(compared[for_one_side]["feature"])
### END SOLUTION
check("leaked", leaked)

# %%
# hint("leaked", 1)

# %% [markdown] lang="en"
# ## 4. Findings that vanish (5 minutes)
#
# The report on your desk says what sets leavers apart: twenty findings, taken from today's records. Below stand the same columns twice: `naive` as the report has them, with `naive_p_holm`, and `estimate` three months before each decision, with its limits `low` and `high` and `p_holm`. Both p-values let all columns answer together. All differences are left less stayed, in standard deviations.
#
# Which findings of the report vanish? A finding has a `naive_p_holm` below .05. It vanishes where `p_holm` is .05 or more **and** `naive` lies outside `low` and `high`: the fair look is not sure of a difference, and it is sure that the report’s is wrong. Your result should be a set of column names.

# %% [markdown] lang="ja"
# ## 4. 消える発見(5分)
#
# 机の上の報告書には「解約したお客様の特徴」が20ほど並んでいます。どれも、いまの記録から拾ったものです。下の表には、同じ列を二通りに比べた結果があります。`naive` が報告書の比べ方、`estimate`(範囲は `low` と `high`)が決定の3か月前にそろえた比べ方です。`naive_p_holm` と `p_holm` は、比べた列の数だけ厳しくした p 値です。差はどちらも「解約した側−続いた側」で、単位は標準偏差です。
#
# 報告書の発見のうち、消えるのはどれですか。`naive_p_holm` が 0.05 未満のものを「発見」とします。そのうち、`p_holm` が 0.05 以上で、**しかも** `naive` が `low` から `high` の範囲の外にあるものが「消える」発見です。つまり、公平に比べると差があるとは言えず、報告書の差のほうは誤りだと言える列です。列の名前の集合で答えてください。

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
both = compare_groups(book, months_before=3)[["feature", "naive", "naive_p_holm", "estimate", "low", "high", "p_holm"]]
both.round(2)

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
vanishing = ...
### BEGIN SOLUTION
# a finding once all columns answer together; gone: not sure any more, and the report's difference lies outside the limits
finding = both["naive_p_holm"] < 0.05
outside = (both["naive"] < both["low"]) | (both["naive"] > both["high"])
vanishing = set(both[finding & outside & (both["p_holm"] >= 0.05)]["feature"])
### END SOLUTION
check("vanishing", vanishing)

# %%
# hint("vanishing", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. One question to take home: which column of your own firm's dashboard would not survive question 3?

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。最後に一つ、持ち帰ってください。自社のダッシュボードの中で、3番の問いに耐えられない列はどれですか。
