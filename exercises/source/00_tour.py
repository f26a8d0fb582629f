# %% [raw]
# number: "00"
# title_en: "Five facts, a ceiling, one line"
# title_ja: 五つの事実と、成長の天井と、一行の定義
# minutes: 15
# needs: [contracts, mrr_movements]

# %% [markdown] lang="en"
# # Five facts, a ceiling, one line
#
# Exercises of lesson 00 · 15 minutes. A company you have not met yet; the questions are those of sections 4, 6 and 8.
#
# Put your answer in the place of the three dots and run the cell. It is judged at once, and a wrong answer is told *which* mistake it looks like. Stuck? Take away the `#` before `hint`: 1 says where to look, 3 is almost the line. Nobody has to know how to program: where counting by hand is too long, copy the line from hint 3 and finish it.

# %% [markdown] lang="ja"
# # 五つの事実と、成長の天井と、一行の定義
#
# 第00章の演習(15分) 題材は、初めて会う会社です。問いは、章の4節・6節・8節に対応しています。
#
# `...` を自分の答えに書き換えて、セルを実行してください。その場で判定が出て、違っていれば**どの間違いか**を示します。行き詰まったら `hint` の前の `#` を消してみましょう。1は見る所を、3はほとんど答えを教えてくれます。プログラミングの知識は要りません。手では数えきれない問いは、ヒント3の式を写して仕上げてください。

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
from cslab.course.exercise import begin, check, hint
from cslab.measure import growth, retention

book = begin("00", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Who is a customer? (2 minutes)
#
# One row below is one company on record. `mrr_amount` is what it pays a month today; whoever has left pays nothing. How many customers are there today? Your result should be a whole number, smaller than the number of rows.

# %% [markdown] lang="ja"
# ## 1. お客様は何社か(2分)
#
# 下の表は、1行が記録にある会社1社です。`mrr_amount` は今日の月額で、離れた会社は0です。いまのお客様は何社ですか。行数より小さい整数が出れば、形は合っています。

# %% [markdown] lang="en" tags=["speaker"]
# **After five minutes** ask by show of hands: everybody on record, or those who pay? That the room is divided is the point; let one of each side give the reason before anybody says which it is.

# %% [markdown] lang="ja" tags=["speaker"]
# **5分たったら** 挙手で聞きます。記録にある全社か、支払っている会社か。意見が分かれること自体が教材です。どちらが正しいかを言う前に、両方の理由を一人ずつ話してもらいます。

# %%
everybody = book.accounts.set_index("account_id").join(retention.mrr(book, book.as_of))
everybody[["segment", "signed_on", "mrr_amount"]]

# %%
customers_now = ...
### BEGIN SOLUTION
customers_now = len(everybody.query("mrr_amount > 0"))
### END SOLUTION
check("customers_now", customers_now)

# %%
# hint("customers_now", 1)

# %% [markdown] lang="en"
# ## 2. Heads or money? (2 minutes)
#
# Which segment has the most customers, and which brings the most money? `count` and `sum` are number and MRR of today's customers. Your result should look like `{"customers": "…", "money": "…"}`, with names from the first column.

# %% [markdown] lang="ja"
# ## 2. 社数か、金額か(2分)
#
# 社数がいちばん多いセグメントと、売上がいちばん大きいセグメントはどれですか。`count` はいまのお客様の社数、`sum` はその MRR の合計です。`{"customers": "…", "money": "…"}` の形で、左端の列の名前を入れてください。

# %%
# %%needs accounts.segment
by_segment = everybody[everybody["mrr_amount"] > 0].groupby("segment")["mrr_amount"].agg(["count", "sum"])
by_segment

# %%
# %%needs accounts.segment
segments = ...
### BEGIN SOLUTION
segments = {"customers": by_segment["count"].idxmax(), "money": by_segment["sum"].idxmax()}
### END SOLUTION
check("segments", segments)

# %%
# hint("segments", 1)

# %% [markdown] lang="en"
# ## 3. For how long do they sign? (2 minutes)
#
# What share of the customers on record *first* signed for twelve months or longer? Your result should be a share, such as 0.4 for 40 %.

# %% [markdown] lang="ja"
# ## 3. どのくらいの期間で契約するか(2分)
#
# 記録にあるお客様のうち、**最初の**契約が12か月以上だったのは何割ですか。40%なら0.4のように、小数で答えてください。

# %%
# %%needs contracts.term_months contracts.start
book.contracts[["account_id", "start", "end", "term_months"]].head(6)

# %%
# %%needs contracts.term_months contracts.start
year_or_longer = ...
### BEGIN SOLUTION
signed_first = book.contracts.sort_values("start").drop_duplicates("account_id")
year_or_longer = (signed_first["term_months"] >= 12).mean()
### END SOLUTION
check("year_or_longer", year_or_longer)

# %%
# hint("year_or_longer", 1)

# %% [markdown] lang="en"
# ## 4. What do they say when they leave? (1 minute)
#
# Which three reasons are given most often? Your result should be a list, the most frequent first: `["…", "…", "…"]`.

# %% [markdown] lang="ja"
# ## 4. 離れるとき、何と言うか(1分)
#
# 解約の理由として多く挙げられている三つは何ですか。`["…", "…", "…"]` の形で、多い順に答えてください。

# %%
# %%needs churn_events.reason_stated
book.churn_events[["account_id", "decided_on", "effective_on", "reason_stated"]].head(6)

# %%
# %%needs churn_events.reason_stated
reasons_given = ...
### BEGIN SOLUTION
how_often = book.churn_events["reason_stated"].value_counts()
reasons_given = how_often.index[:3].tolist()
### END SOLUTION
check("reasons_given", reasons_given)

# %%
# hint("reasons_given", 1)

# %% [markdown] lang="en"
# ## 5. How much of it is used? (2 minutes)
#
# In the last month: what share of its paid seats does the customer in the middle use in a week? One row below is one customer, `wau_ratio` the share of its seats in use. Your result should be a share.

# %% [markdown] lang="ja"
# ## 5. どれだけ使われているか(2分)
#
# 最後の月、ちょうど真ん中のお客様は、有償ライセンスの何割を1週間に使っていますか。下の表は1行が1社で、`wau_ratio` が使われているライセンスの割合です。小数で答えてください。

# %%
# %%needs usage_monthly.wau_ratio usage_monthly.wau usage_monthly.seats
last_month = book.usage_monthly[book.usage_monthly["month"] == book.usage_monthly["month"].max()]
last_month[["account_id", "month", "seats", "wau", "wau_ratio"]].head(6)

# %%
# %%needs usage_monthly.wau_ratio usage_monthly.wau usage_monthly.seats
seats_in_use = ...
### BEGIN SOLUTION
seats_in_use = last_month["wau_ratio"].median()
### END SOLUTION
check("seats_in_use", seats_in_use)

# %%
# hint("seats_in_use", 1)

# %% [markdown] lang="en"
# ## 6. Where does growth stop? (3 minutes)
#
# ARR today and the new ARR won in the last year, in money. First: at which yearly churn would a year's sales only refill what ran out? Your result should be a share of ARR a year.
#
# Then: this company loses the share 1 − GRR of its ARR a year (`retention.grr(book, a_year_ago, book.as_of).estimate`). How many times as large as today can it become, if nothing changes? Your result should be a number such as 2.5.

# %% [markdown] lang="ja"
# ## 6. 成長はどこで止まるか(3分)
#
# 今日の ARR と、直近1年に獲得した新規 ARR を金額で出します。まず、1年の解約率が何割になると、新規受注は漏れた分を埋めるだけで終わりますか。小数で答えてください。
#
# 次に、この会社は1年に ARR の 1−GRR を失っています(`retention.grr(book, a_year_ago, book.as_of).estimate`)。このまま何も変わらなければ、ARR は最大で今日の何倍になりますか。2.5のような数で答えてください。

# %%
# %%needs mrr_movements
arr_today = 12 * everybody["mrr_amount"].sum()
a_year_ago, months = retention.look_back(book, 12)
new_arr = 12 * book.mrr_movements.query("type == 'new' and month > @a_year_ago")["amount"].sum()
round(arr_today), round(new_arr), months

# %%
stopping_churn = ...
### BEGIN SOLUTION
stopping_churn = growth.churn_that_stops_growth(arr_today, new_arr)
### END SOLUTION
check("stopping_churn", stopping_churn)

# %%
# hint("stopping_churn", 1)

# %% [markdown] lang="en"
# The ceiling, in multiples of today's ARR:

# %% [markdown] lang="ja"
# 天井が、今日の ARR の何倍か:

# %%
arr_ceiling = ...
### BEGIN SOLUTION
lost = 1 - retention.grr(book, a_year_ago, book.as_of).estimate
arr_ceiling = new_arr / lost / arr_today
### END SOLUTION
check("arr_ceiling", arr_ceiling)

# %%
# hint("arr_ceiling", 1)

# %% [markdown] lang="en"
# ## 7. Your one line (3 minutes)
#
# What is success for the customers of *your* firm? One sentence between the quotation marks: for whom, what changes for them, by when, and how anybody can see it. Only the parts can be checked here; whether it is true, ask a customer.

# %% [markdown] lang="ja"
# ## 7. あなたの一行(3分)
#
# **自社の**お客様にとっての成功とは何でしょうか。引用符で囲んだ一文で書きます。誰にとって、何が変わり、いつまでに、何を見れば分かるか。ここで確かめられるのは部品がそろっているかどうかだけです。本当にそうかは、お客様に聞いてください。

# %% [markdown] lang="en" tags=["speaker"]
# **In pairs:** each reads the line aloud, the other may only answer “yes, I could check that” or “no”. Whoever hears “no” twice changes the fact, not the wording.

# %% [markdown] lang="ja" tags=["speaker"]
# **二人一組で** 一行を読み上げ、聞き手は「確かめられる」「確かめられない」だけを答えます。二度「確かめられない」と言われたら、言い回しではなく、見る事実を変えます。

# %%
success_line = ...
### BEGIN SOLUTION
english = "For accounting teams, success is an earlier close by the third month; we see it when the old file is not opened."
japanese = "経理チームにとっての成功とは、3か月目までに月次の締めが早まること。それは、古いファイルが開かれないことで分かる。"
success_line = {"en": english, "ja": japanese}[lang]
### END SOLUTION
check("success_line", success_line)

# %%
# hint("success_line", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. Keep the line of question 7: later lessons ask for it. If your numbers were right at once, put your name into `trainee` at the top and run everything again on a company of your own.

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。7番の一行は後の章で使うので、取っておいてください。すぐに全問正解できたら、冒頭の `trainee` に自分の名前を入れて全体を実行し直すと、自分だけの会社で試せます。
