# %% [raw]
# number: "01"
# title_en: Metrics that do not lie
# title_ja: 嘘をつかない指標
# question_en: "The board asks: what is our retention? Which number do we give, and what has to stand beside it?"
# question_ja: 取締役会に「うちの継続率は何%か」と聞かれた。どの数字を、何を添えて渡せばよいか。
# minutes_core: 45
# minutes_further: 45
# needs: [contracts]
# misconceptions: [M02, M03, M04, M05]

# %% [markdown] lang="en" tags=["core"]
# # Metrics that do not lie
#
# **The business question.** The board asks: what is our retention? Which number do we give, and what has to stand beside it?
#
# **Time.** Core track 45 minutes (28 reading, 17 hands-on) · further track 45 minutes (28 and 17). (Exercise sheet: 60 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Division | necessary | nothing harder in the core track |
# | Your last board paper | helpful | its retention number, and what it was divided by |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **compute** NRR, GRR and customer churn from a list of movements, and **say** who is below the line;
# 2. **recognise** the retention numbers that flatter, and **name** what each leaves out;
# 3. **tell** what support measures from what success measures;
# 4. **write** one sentence about retention that survives questions.

# %% [markdown] lang="ja" tags=["core"]
# # 嘘をつかない指標
#
# **この章の問い** 取締役会に「うちの継続率は何%か」と聞かれた。どの数字を、何を添えて渡せばよいか。
#
# **時間** 必修45分(読む28分・手を動かす17分)/発展45分(読む28分・手を動かす17分)。演習ノートブックは別に60分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 割り算 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 直近の取締役会資料 | あると役立つ | 載っている継続率と、その分母 |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. 増減の一覧から NRR・GRR・顧客数の解約率を**計算し**、分母に誰が入っているかを**言える**
# 2. 実態より良く見える継続率を**見分け**、何が抜けているかを**指摘できる**
# 3. サポートの指標とサクセスの指標が、それぞれ何を測っているかを**区別できる**
# 4. 問い返されても崩れない継続率の一文を**書ける**

# %% [markdown] lang="en"
# ## 0. Tuesday, five o'clock
#
# The mail from the board has one line: “What is our retention?” By evening three people have answered for you. Finance: revenue is far above last year's. Sales: our customers pay more than they did. Support: nearly everybody is satisfied. None of them has miscalculated. The paper is due on Friday, and it has room for one number.

# %% [markdown] lang="ja"
# ## 0. 火曜日、午後5時
#
# 社外取締役から、一行だけのメールが届きました。「うちの継続率は何%ですか」。その日のうちに、三人があなたの代わりに答えていました。経理は「売上は去年を大きく上回っています」。営業は「お客様には、去年より多くお支払いいただいています」。サポートは「ほとんどのお客様にご満足いただいています」。計算を間違えた人は、一人もいません。資料の締め切りは金曜日。載せられる数字は、一つだけです。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Ask everybody to write down the retention number of their own company, and under it what it was divided by. Most have the number; few have the line below it. Collect three on the board and leave them there: you come back to them at the end of section 3.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 自社の継続率を紙に書いてもらい、その下に「何で割った数字か」を書き添えてもらいます。数字は出てきても、分母を書ける人は多くありません。三つほどホワイトボードに写し、3節の終わりまで残しておきます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
window_months: int = 12  # months over which retention is measured, as far as the records reach
# ja: 継続率を測る月数(記録のある所まで)
nrr_method: str = "point_to_point"  # definition of the NRR that goes to the board
# ja: 取締役会に出すNRRの定義
contract_term: int = 12  # length in months of the contracts whose year is counted in section 5, or the nearest there is
# ja: 5節で1年を数える契約の長さ(月)。なければ、いちばん近いもの
kpi_months: int = 12  # months of the scorecard in section 6
# ja: 6節の成績表で見る月数
other_source: str = "synthetic:green_support_red_success?seed=7&accounts=2000"  # second company, of section 6
# ja: 6節の、もう一つの会社
horizon_months: int = 36  # months over which a customer's value is counted in section 10
# ja: 10節で、1社の価値を何か月分で数えるか
gross_margin: float = 0.80  # share of revenue left after the cost of serving it
# ja: 粗利率(売上から提供原価を引いて残る割合)
discount: float = 0.10  # what a year's waiting costs, as a share
# ja: 1年あたりの割引率(0.10は10%)
tickets_read: int = 200  # enquiries that somebody has read, in section 11
# ja: 11節で、人が中身を読んだ問い合わせの件数

# %%
import pandas as pd

from cslab import figures
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, say, verdict
from cslab.course.table import table
from cslab.measure import expected, retention
from cslab.measure.kpis import support

book = begin("01", source, as_of, lang, reveal_truth)

# %% [markdown] lang="en"
# ## 1. Two of the three answers
#
# They come from one table, `mrr_movements`: a row is one change of one customer's monthly recurring revenue, MRR. Sum up to a day and you have the MRR of that day. Finance divided all of today's by all of a year ago. Sales took the customers who are here today, and asked what those paid a year ago.

# %% [markdown] lang="ja"
# ## 1. 三つの答えのうち、二つ
#
# どちらも同じ表、`mrr_movements` から出ています。1行が、お客様1社の月間経常収益(MRR)の増減1件です。ある日までを足し上げると、その日の MRR になります。経理は、いまのお客様全体の MRR を、1年前のお客様全体の MRR で割りました。営業は、いま契約中のお客様だけを選び、同じお客様の1年前のお支払いと比べました。

# %%
# %%needs mrr_movements calendar
start, months = retention.look_back(book, window_months)
then, now = retention.mrr(book, start), retention.mrr(book, book.as_of)
say("finance_answer", now.sum() / then.sum(), months=months)
survivors = retention.nrr(book, start, book.as_of, method="survivors_only")
say("sales_answer", survivors, months=months)

# %% [markdown] lang="en"
# **But can we trust these?** Do not argue about percentages yet. Ask two questions of each: whose money is above the line, and whose is below it? Finance has put customers above the line who were never below it. Sales has struck out the same people in both places: those who left. To see what that does, take a book small enough for a pencil.

# %% [markdown] lang="ja"
# **この二つを信じてよいでしょうか。** パーセントの大小で言い争う前に、問うことが二つあります。分子に入っているのは誰のお金か。分母に入っているのは誰のお金か。経理の分子には、分母にいなかったお客様が入っています。営業は、離れたお客様を分子からも分母からも消しています。何が起きているのか、鉛筆で計算できる大きさの帳簿で確かめましょう。

# %% [markdown] lang="en"
# ## 2. Eight customers on a sheet of paper
#
# Each customer's MRR in thousand yen, at the start of a year and at its end. B bought more, C less; G more and then less. D left. F left and came back within the year. E is new. H had left before the year began, and came back during it. Nothing else happened.

# %% [markdown] lang="ja"
# ## 2. 紙1枚に収まる8社
#
# お客様ごとの MRR(千円)を、期首と期末で並べます。B は増額、C は減額、G は増額してから減額。D は解約しました。F は期中に解約し、期中に戻ってきています。E は新規です。H は期首より前に解約していて、期中に戻ってきました。起きたことは、これで全部です。

# %%
from cslab.course.questions.toy import END, START, toy_book

toy = toy_book()
sheet = pd.DataFrame({"mrr_then": retention.mrr(toy, START), "mrr_now": retention.mrr(toy, END)}) / 1000
table(sheet)

# %% [markdown] lang="en"
# **Try it (5 minutes, pencil).** Of the customers who were there at the start:
#
# 1. their MRR at the end, divided by their MRR at the start: **NRR**, net revenue retention;
# 2. the same, but nobody counts for more than at the start: **GRR**, gross revenue retention;
# 3. how many are gone, divided by how many there were: **customer churn**.
#
# Your result should look like three percentages, the second not above the first. Then run the next cell.

# %% [markdown] lang="ja"
# **やってみましょう(5分・鉛筆で)** 期首にいたお客様だけについて、次の三つを計算してください。
#
# 1. 期末の MRR ÷ 期首の MRR。これが **NRR**(売上継続率)です
# 2. 同じ計算で、どのお客様も期首の額までしか数えないもの。これが **GRR**(売上維持率)です
# 3. いなくなった社数 ÷ 期首の社数。これが**顧客数の解約率**です
#
# パーセントが三つ並び、2番目が1番目を超えていなければ合格です。書けたら、次のセルを実行します。

# %% [markdown] lang="en"
# ### Open the box
#
# This is all there is to it, in plain pandas: choose the customers of the start, then divide. The column beside it is what `retention` says; the two agree. If the code means nothing to you yet, read the table only.

# %% [markdown] lang="ja"
# ### 箱を開けてみる
#
# 素の pandas で書けば、これだけです。期首にいたお客様を選び、割り算をする。隣の列は `retention` の答えで、二つは一致します。コードがまだ読めなくても、表だけ見れば大丈夫です。

# %% tags=["box"]
cohort = sheet[sheet["mrr_then"] > 0]
at_start = cohort["mrr_then"].sum()
by_hand = {
    "nrr": cohort["mrr_now"].sum() / at_start,
    "grr": cohort.min(axis=1).sum() / at_start,
    "logo_churn": (cohort["mrr_now"] == 0).sum() / len(cohort),
}
by_cslab = {
    "nrr": float(retention.nrr(toy, START, END)),
    "grr": float(retention.grr(toy, START, END)),
    "logo_churn": float(retention.logo_churn(toy, START, END)),
}
both = pd.DataFrame({"by_hand": by_hand, "cslab": by_cslab})
table(both.rename_axis("metric"), digits=4)

# %% [markdown] lang="en"
# ## 3. One book, eight retention rates
#
# Now the same sheet, under eight definitions that are all in use. What to see: how far is it from the top to the bottom? Which two crosses are the answers of Tuesday evening? And look at the right edge: a rate is two numbers, and only together do they say what was asked.

# %% [markdown] lang="ja"
# ## 3. 同じ帳簿から、8通りの継続率
#
# 同じ8社を、実際に使われている8通りの定義で計算します。見るところ:いちばん上といちばん下は、どれだけ離れていますか。火曜日の二つの答えは、どの×印ですか。右端も見てください。率とは二つの数の組で、両方そろって初めて、何を問うた数字なのかが分かります。

# %%
found = retention.definitions(toy, START, END)
asked = "metric in ['nrr', 'grr', 'renewal_rate'] and definition not in ['count', 'movement_with_returns']"
figures.retention.definitions(found.query(asked), lang=lang)

# %%
table(found.query(asked).set_index(["metric", "numerator", "denominator"])[["estimate"]])

# %% [markdown] lang="en"
# Three honest quarrels hide in the blue dots, and a board may take either side of each as long as it says so. *Does growth count?* NRR, or GRR. *Is F lost?* Yes by movements, no from point to point. *Who was asked at all?* A renewal rate divides by the contracts that came due; in mid-term nobody can leave, so the whole book below the line flatters.

# %% [markdown] lang="ja"
# 青い丸の間で意見が分かれるのは、次の三点です。どちらの立場にも理屈があり、どちらを採ってもかまいません。ただし、どちらを採ったかは必ず書きます。**増額を数えるか** NRR か GRR か。**F は失ったのか** 増減を追えば「はい」、期首と期末を比べれば「いいえ」。**そもそも更新の時期が来たのは誰か** 更新率の分母は、期間中に満了を迎えた契約だけです。契約の途中では離れようがないので、全契約を分母にすると良く見えます。

# %% [markdown] lang="en"
# KeyBanc counted 110 ways of computing retention among listed SaaS companies (2019, by way of Ordway; grade B). SaaS Capital asks the companies in its yearly survey for what we call point to point: revenue now of those who were customers a year ago, over all revenue then (grade B). It is the default of this course, and `nrr_method` changes it.

# %% [markdown] lang="ja"
# KeyBanc が上場 SaaS 企業を調べたところ、継続率の計算方法は110通りありました(2019年、Ordway による紹介。等級B)。SaaS Capital の年次調査は、この章でいう「期首と期末の比較」を各社に求めています。1年前のお客様の現在の売上を、1年前の全売上で割ったものです(等級B)。この教材もこれを標準とし、`nrr_method` で変えられます。

# %% [markdown] lang="en"
# **Try it (3 minutes).** Finish the sentence for the number in your own last board paper: “We divided ⟨whose⟩ ⟨revenue or count⟩ on ⟨day⟩ by ⟨whose⟩ on ⟨day⟩; those who left count as ⟨…⟩, those who came as ⟨…⟩.” Your result should look like a sentence that somebody else could compute from. If you cannot fill a gap, that gap is your first question tomorrow.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 自社の直近の資料に載っている継続率について、次の文を埋めてください。「⟨いつ⟩の⟨誰の⟩⟨売上または社数⟩を、⟨いつ⟩の⟨誰の⟩⟨売上または社数⟩で割った。離れたお客様は⟨…⟩として、新しいお客様は⟨…⟩として数えた」。ほかの人がその文だけで同じ数字を出せれば合格です。埋まらないところがあれば、そこが明日いちばんに確かめることです。

# %% [markdown] lang="en" tags=["speaker"]
# **After the figure (4 minutes).** Go back to the three numbers on the board and ask their owners which dot each of them is. Expect silence: that is the lesson. Somebody will say that the definition does not matter as long as it stays the same. Ask what happens to survivors-only when a bad year begins: it hardly moves, and that is the year for which the board wanted it.

# %% [markdown] lang="ja" tags=["speaker"]
# **図のあとで(4分)** ホワイトボードの三つに戻り、それぞれどの丸にあたるかを本人に聞きます。たいてい沈黙が続きます。それがこの節の要点です。「毎回同じ定義なら、どれでもよいのでは」という声が必ず出ます。「解約の多い年に、残った顧客だけの継続率はどう動きますか」と返してください。ほとんど動きません。取締役会が知りたいのは、まさにその年です。

# %% [markdown] lang="en"
# ### What can be true about a definition?
#
# Now our own company. The year is over, so the number of this lesson is no estimate: it is what happened. The line *truth* asks for something else: what could these customers have been expected to keep, averaged over many years like this one? Where the two differ it was luck. Where the naive number differs, it was the definition.
#
# **Guess first:** if Sales says the number above, what is it once those who left are counted? Put your guess in place of the dots.

# %% [markdown] lang="ja"
# ### 定義に「真の値」はあるのか
#
# 次は自社です。1年はもう過ぎているので、この章の計算は推定ではなく、起きたことそのものです。では**真の値**は何を指すのか。同じお客様が同じ1年を何度も過ごしたら、平均してどれだけ残るはずだったか、です。この章の計算との差は、その年の運。よくある計算との差は、定義のせいです。
#
# **先に予想を** 営業の数字は上のとおりです。離れたお客様も数えると、何%になるでしょうか。`...` を自分の予想に書き換えてください。

# %%
predict("M02", ...)

# %%
# %%needs mrr_movements calendar
kept = retention.nrr(book, start, book.as_of, method=nrr_method)
verdict("M02", naive=survivors, better=kept, truth=expected.kept_revenue(book, start, book.as_of))

# %% [markdown] lang="en"
# ## 4. Customers or money?
#
# “And how many leave us?” Here, too, somebody has a number, and it is right. The trouble begins when Finance takes that share off the revenue plan. Look at who leaves before you guess.

# %% [markdown] lang="ja"
# ## 4. 社数か、金額か
#
# 「では、何社が離れているのか」。これにも答えがあり、数字は合っています。困るのは、経理がその割合をそのまま売上計画から引いてしまうときです。予想する前に、誰が離れているのかを見てください。

# %%
# %%needs mrr_movements calendar
lost = retention.logo_churn(book, start, book.as_of)
say("customers_lost", lost, months=months)

# %%
# %%needs mrr_movements calendar accounts.segment
there = book.accounts.set_index("account_id").assign(then=then, lost=now <= 0).query("then > 0")
by_segment = there.groupby("segment").agg(customers=("lost", "size"), mrr=("then", "sum"), lost=("lost", "mean"))
table(by_segment / [len(there), there["then"].sum(), 1])

# %% [markdown] lang="en"
# **Guess (1 minute):** of the revenue at the start, what share left with those customers? Then read the verdict. It can also go the other way: one large customer weighs as much as dozens of small ones, and a year of bad luck among the large makes revenue churn the higher of the two. So publish both, and say which is which.

# %% [markdown] lang="ja"
# **予想しましょう(1分)** 期首の売上のうち、離れたお客様と一緒に出ていったのは何%でしょうか。予想を入れてから判定を見ます。逆になることもあります。大口1社には小口何十社分もの重さがあり、大口の解約が重なった年には、金額の解約率のほうが高くなります。ですから、どちらの数字かを明記して、両方を載せます。

# %%
predict("M03", ...)

# %%
# %%needs mrr_movements calendar
left_with_them = retention.leavers_mrr(book, start, book.as_of)
verdict("M03", naive=lost, better=left_with_them, truth=expected.lost_revenue(book, start, book.as_of))

# %% [markdown] lang="en"
# ## 5. A month or a year?
#
# “Two per cent a month, so twenty-four a year?” In the second month two per cent go of those who are *left*, so it is less. The rule is 1 − (1 − c)¹²: everybody who stays must stay twelve times. First the arithmetic, then the customers on the shortest contracts: on monthly ones they really can leave in any month. The rate is measured over the whole record; the question is how many of them go in the **coming** twelve months.

# %% [markdown] lang="ja"
# ## 5. 月次か、年間か
#
# 「月に2%なら、年に24%ですね」。2か月目に離れるのは、**残っているお客様**の2%なので、それより少なくなります。正しくは 1−(1−c)の12乗。1年続くには、12回続けて残らなければならないからです。まず計算だけを見て、次に、いちばん短い契約のお客様で確かめます。月契約なら、本当に毎月離れることができるからです。率は記録の全期間で測ったもの、問うのは、いまのお客様のうち**これから**12か月で離れる割合です。

# %%
say("two_per_cent", 0.02, times=retention.annual_churn(0.02, "times_twelve"), year=retention.annual_churn(0.02))

# %%
# %%needs mrr_movements calendar contracts.term_months
from cslab.measure import survival

durations = survival.durations(book)
shortest = durations["term_months"].min()
shortly_bound = durations[durations["term_months"] == shortest]
monthly = survival.monthly_churn(shortly_bound)
say("monthly_rate", monthly, term=shortest)

# %%
predict("M04", ...)

# %%
# %%needs mrr_movements calendar contracts.term_months
year_ahead, ids = book.as_of + pd.DateOffset(months=12), shortly_bound["account_id"]
times_twelve, compound = retention.annual_churn(monthly, "times_twelve"), retention.annual_churn(monthly)
verdict("M04", naive=times_twelve, better=compound, truth=expected.lost_customers(book, book.as_of, year_ahead, ids))

# %% [markdown] lang="en"
# **And even that is wrong** where contracts run for a year. Between two renewals nobody can leave, and every new customer makes the monthly rate look calmer without being able to change it. No formula turns such a rate into a year. Count the year instead: those who were there twelve months ago, and how many of them are gone. (Lesson 05 shows the months in which they go.)

# %% [markdown] lang="ja"
# **それでもまだ間違うことがあります。** 契約が1年単位のときです。更新と更新の間は誰も離れられず、新しいお客様が増えるほど、実態は何も変わらないのに、月次の率だけが穏やかに見えます。こうした率を年間に直す式はありません。換算せずに、1年分を実際に数えてください。12か月前にいたお客様のうち、いまいないのは何社か。(どの月に離れるのかは、第05章で見ます)

# %%
# %%needs mrr_movements calendar contracts.term_months
terms = durations["term_months"].dropna()
term = terms[(terms - contract_term).abs().idxmin()]
same_term = durations[durations["term_months"] == term]
customers = then[then > 0].index.intersection(same_term["account_id"])
gone = (now[customers] <= 0).mean()
say("term_year", retention.annual_churn(survival.monthly_churn(same_term)), term=term, gone=gone, months=months)

# %% [markdown] lang="en"
# ## 6. All lamps green
#
# Support's answer is left: nearly everybody is satisfied. It answers a question, but not the board's.
#
# | Support asks | out of | Success asks | out of |
# |---|---|---|---|
# | Satisfied? (CSAT) | ratings given | Got going in 90 days? | customers signed, whose 90 days are over |
# | How many enquiries? | – | Less effort than before? | resolved enquiries, same mix |
# | How long for a first answer? | answered enquiries | Bought more? | customers at the start |
# | Answered at all? | received | Left? | customers at the start |
# | How many messages? | resolved enquiries | | |

# %% [markdown] lang="ja"
# ## 6. ランプは全部、緑
#
# 残るはサポートの答えです。「ほとんどのお客様にご満足いただいています」。確かに一つの問いには答えていますが、取締役会の問いにではありません。
#
# | サポートが問うこと | 分母 | サクセスが問うこと | 分母 |
# |---|---|---|---|
# | 満足したか(CSAT) | 回答された評価 | 90日以内に立ち上がったか | 契約から90日たったお客様 |
# | 問い合わせは何件か | ― | 手間は前より減ったか | 解決した問い合わせ(同じ構成) |
# | 最初の返事まで何時間か | 回答した問い合わせ | 追加で買っていただけたか | 期首のお客様 |
# | そもそも回答したか | 受けた問い合わせ | 離れたか | 期首のお客様 |
# | 解決まで何通か | 解決した問い合わせ | | |

# %% [markdown] lang="en"
# Every number on the left comes from customers who *asked*. Whoever has stopped asking is in none of them. Here is the last year of our own company.

# %% [markdown] lang="ja"
# 左の数字はどれも、**問い合わせてきた**お客様からしか出てきません。もう問い合わせてこなくなったお客様は、どこにも入っていないのです。まず、自社の直近1年を見ます。

# %%
# %%needs tickets mrr_movements mrr_movements.kind calendar
from cslab.measure.kpis import scorecard

day_after = (book.as_of + pd.Timedelta(days=1)).to_period("M").start_time
period = day_after - pd.DateOffset(months=min(kpi_months, months)), day_after
card = scorecard(book, *period)
table(card.set_index("kpi")[["estimate", "target", "unit", "status"]])

# %% [markdown] lang="en"
# **Try it (3 minutes).** Find the two rows on the first response, the mean and the median. Which of the two would you print, and which would you show to a customer who has been waiting since Monday? Your result should look like one number and one reason. Then the other company: the kit made it, whatever your `source` is.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 初回応答時間の行が二つあります。平均と中央値です。資料に載せるならどちらですか。月曜から待っているお客様に見せるなら、どちらですか。「数字一つと、理由一つ」の形で答えられれば合格です。次は別の会社です。`source` が何であっても、ここではキットが作った会社を使います。

# %% [markdown] lang="en"
# **Guess first (1 minute).** Over there all of support's lamps are green, too. “So few of our customers are dissatisfied; about as few will leave.” What share of that company's customers left within a year? Put in your guess, then look at the picture.

# %% [markdown] lang="ja"
# **先に予想しましょう(1分)** その会社も、サポートの数字は緑ばかりです。「ご不満なお客様はごくわずか。離れるお客様も、そのくらいでしょう」。この会社のお客様は、1年で何%離れたでしょうか。予想を入れてから、次の図を見ます。

# %%
predict("M05", ...)

# %%
from cslab.course.elsewhere import from_here
from cslab.measure.kpis import scorecard

green = another(other_source, reveal_truth)
from_here(green)
last = green.as_of + pd.Timedelta(days=1)
other_card = scorecard(green, last - pd.DateOffset(months=kpi_months), last)
figures.kpis.scorecard(other_card, lang=lang)

# %%
table(other_card.set_index("kpi")[["estimate", "low", "high", "unit"]])

# %% [markdown] lang="en"
# Read the left column aloud, then the right one, down to its last row. How far off was your guess?

# %% [markdown] lang="ja"
# 左の列を声に出して読み、次に右の列をいちばん下まで読んでください。予想とどれだけ離れていましたか。

# %%
year_ago, _ = retention.look_back(green, 12)
dissatisfied = 1 - support.csat(green, year_ago, last).estimate
lost_there = retention.logo_churn(green, year_ago, green.as_of)
expected_there = expected.lost_customers(green, year_ago, green.as_of)
verdict("M05", naive=dissatisfied, better=lost_there, truth=expected_there, of=green)

# %% [markdown] lang="en"
# Support did nothing wrong there. Its customers get quick and friendly answers about a product that never comes to be worth much to them. So keep the left column, for running the desk; and never let it stand in for the right one. One more look at survivors: what would Sales have reported from this company?

# %% [markdown] lang="ja"
# この会社のサポートに、落ち度はありません。お客様は、いつまでたっても成果につながらない製品について、早くて親切な返事を受け取っているのです。左の列は、窓口を運営するために残してください。ただし、右の列の代わりにしてはいけません。もう一度「残った顧客だけ」の計算も見ておきます。この会社の営業なら、何と報告していたでしょうか。

# %%
healthy = retention.nrr(green, year_ago, green.as_of, method="survivors_only")
say("healthy_survivors", healthy, nrr=retention.nrr(green, year_ago, green.as_of))

# %% [markdown] lang="en" tags=["speaker"]
# **On section 6 (5 minutes).** Cover the right column of the picture and let the room grade the company; they will give it an A. Uncover. The usual objection: “so support does not matter?” It does, for whoever asks. Ask which of these numbers would have moved first in their own firm, and how many months before the revenue.

# %% [markdown] lang="ja" tags=["speaker"]
# **6節の進め方(5分)** 図の右半分を隠し、この会社に成績を付けてもらいます。まず間違いなく「優」が並びます。そこで右を見せます。必ず出る反論は「ではサポートはどうでもよいのか」。問い合わせてくださるお客様には大切です。この中の数字のうち、自社ならどれが最初に動いたか、売上に響く何か月前だったかを聞いてください。

# %% [markdown] lang="en"
# ## 7. What moved the revenue
#
# NRR is one number for a movement that has five parts. The bridge shows them all, between the two days of the sentence you are about to write. What to see: first the orange-red bar, what was lost; then blue against green. What customers added themselves, against what was sold to new ones: which of the two earned more?

# %% [markdown] lang="ja"
# ## 7. 売上は何で動いたか
#
# NRR は、売上の動きを一つの数字にまとめたものです。動きには五つの種類があり、全部を並べたのがブリッジ図です。両端は、これから書く一文と同じ二つの日です。見るところ:まず朱色の棒、失った分。次に、青と緑を比べます。既存のお客様の増額と、新規のお客様からの売上。どちらが大きいでしょうか。

# %%
# %%needs mrr_movements calendar
moved = retention.bridge(book, start, book.as_of)
figures.retention.bridge(moved, lang=lang)

# %%
# %%needs mrr_movements calendar
in_order = moved[[*figures.retention.STEPS]].T
table(in_order.set_axis(["amount"], axis=1).rename_axis("step"), digits=0)
parts = moved.iloc[0]
passes = 1 + (parts["new"] + parts["contraction"] + parts["churn"]) / parts["opening"]
say("expansion_passes_new", passes, nrr=kept, months=months)

# %% [markdown] lang="en"
# ## 8. Friday: one sentence
#
# One number for the paper, and around it what it needs to stand: which customers, which days, what counts as lost, how many they were, how far luck could have moved it. Read it aloud. If the board wants one number only, give NRR, with GRR in brackets; never one without the other.

# %% [markdown] lang="ja"
# ## 8. 金曜日、渡す一文
#
# 数字は一つ。その周りに、数字を支えるものを置きます。どのお客様を、いつからいつまで、何を「失った」と数え、対象は何社で、運によってどこまで動きえたのか。声に出して読んでみてください。どうしても一つだけと言われたら、NRR に GRR を括弧で添えます。片方だけでは渡しません。

# %%
# %%needs mrr_movements calendar
gross = retention.grr(book, start, book.as_of)
more = {"gross": gross, "lost": lost, "left": left_with_them, "months": months, "day": f"{start:%Y-%m-%d}"}
say("answer_for_the_board", kept, **more)

# %%
calibration()

# %% [markdown] lang="en" tags=["speaker"]
# **On section 8 (3 minutes).** Pairs: one reads the sentence aloud, the other is the board and may ask three things only: “of whom?”, “since when?”, “and without the growth?”. Swap. Whoever has to look at the notebook to answer has found what is missing in the own paper. People usually forget how many customers the number stands on.

# %% [markdown] lang="ja" tags=["speaker"]
# **8節の進め方(3分)** 二人一組になります。一人が文を読み上げ、もう一人は取締役役。聞いてよいのは三つだけ、「誰の」「いつから」「増額を除くと」です。終わったら交代します。ノートブックを見返さないと答えられなかったところが、自社の資料に足りないところです。いちばん忘れられやすいのは、何社の数字なのか、です。

# %% [markdown] lang="en"
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: the KPI tree, four ways to value a customer, one fix from two hundred enquiries, and statistics that contradict one another. The exercise sheet is a notebook of its own and takes 60 minutes more: `cslab open 01 --exercise`.*

# %% [markdown] lang="ja"
# *必修はここまでです。章末の要点とアクションログへ進んでください。時間があれば発展へ。KPIツリー、LTV の4通りの計算、200件の問い合わせから選ぶ一手、食い違う統計の読み方を扱います。演習ノートブックは別に60分で、`cslab open 01 --exercise` で開きます。*

# %% [markdown] lang="en" tags=["further"]
# ## 9. From an answer to revenue
#
# Support has the goal of solving a problem; success, that it does not arise, and that revenue grows. The tree hangs every number of this lesson on the one above it. Each thread is a claim, not a finding: “less effort, therefore less churn.” CEB found that 96 % of customers who had to work hard for an answer grew more disloyal, against 9 % of the others (grade B: they were asked, not watched).

# %% [markdown] lang="ja" tags=["further"]
# ## 9. 回答から売上まで
#
# サポートの目標は、起きた問題を解決すること。サクセスの目標は、問題が起きないようにし、売上を伸ばすこと。ツリーは、この章の数字をすべて「一つ上の数字」にぶら下げたものです。線は一本一本が主張であって、確かめた事実ではありません。「手間が減れば、解約も減る」。CEB の調査では、解決に手間のかかった顧客の96%でロイヤルティーが下がり、手間のかからなかった顧客では9%でした(等級B。行動を見たのではなく、本人に聞いた結果です)。

# %%
# %%needs tickets mrr_movements mrr_movements.kind calendar
from cslab.measure.kpis import kpi_tree

tree = kpi_tree(book, *period)
figures.kpis.tree(tree, lang=lang)

# %%
# %%needs tickets mrr_movements mrr_movements.kind calendar
table(tree.set_index("node")[["estimate", "unit"]])

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Put a finger on the lowest number of support and walk up to revenue, saying “therefore” at every thread. Which “therefore” would you not defend before the board? Your result should look like one thread and one fact that would test it. Lessons 10 to 12 test such threads.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** いちばん下のサポートの数字に指を置き、「だから」と言いながら売上まで上がってみてください。取締役会で説明しきれない「だから」はどれですか。線を一本と、それを確かめられる事実を一つ挙げられれば合格です。こうした線を確かめる方法は、第10〜12章で扱います。

# %% [markdown] lang="en" tags=["further"]
# ## 10. Four ways to value a customer
#
# “What is a new customer worth?” The quick way: monthly margin of the average customer, divided by monthly churn. **But can we trust this?** It takes one churn for good, today's average bill (of those who stayed and grew) for a newcomer's, waits for ever, and counts a yen in ten years as a yen today. The three other ways mend that, one by one.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. お客様の価値、4通りの計算
#
# 「新しいお客様1社の価値はいくらか」。手早いのは、平均的な1社の月間粗利を月次解約率で割る方法です。**信じてよいでしょうか。** この式は、解約率がずっと変わらないとし、残って増額してくださったお客様の平均単価を新規に当てはめ、期限を切らずに足し続け、10年後の1円を今日の1円と同じに数えています。残りの三つは、これを一つずつ直したものです。

# %%
# %%needs mrr_movements calendar
from cslab.measure import oracle, value

ways = value.ltv_four_ways(book, horizon_months, gross_margin, discount)
worth = oracle.value(book.truth, horizon_months, gross_margin, discount)
figures.value.four_ways(ways, worth, lang=lang)

# %%
# %%needs mrr_movements calendar
table(ways.set_index("way")[["estimate", "low", "high"]].round(-3), digits=0)

# %% [markdown] lang="en" tags=["further"]
# *Survival* follows customers month by month to a stated horizon. *sBG* says that customers differ: each has a yearly chance of leaving of its own, the impatient go first, and the retention rate rises although nobody changes (Fader & Hardie 2007, grade A). Both have an end, so they can be compared: with a cost, with another segment, with the truth. (sBG keeps everybody's bill as it was at signing; what customers add is not in it.)

# %% [markdown] lang="ja" tags=["further"]
# *残存曲線*による計算は、決めた月まで、お客様を月ごとに追います。*sBG* は、お客様は一様でないと考えます。離れる確率は会社ごとに違い、離れやすいお客様から先に抜けるので、誰も変わらなくても、残ったお客様の継続率は年々上がっていきます(Fader & Hardie 2007、等級A)。どちらにも期限があるので、獲得コストとも、ほかのセグメントとも、真の値とも比べられます(sBG は契約時の金額のまま計算し、その後の増額を含みません)。

# %% [markdown] lang="en" tags=["further"]
# **Try it (4 minutes).** Which of the four numbers would you hold against the cost of winning a customer? Change `horizon_months` to 60 and run everything again. Your result should look like the same picture with two of the marks, and the truth, further right. Which two did not move, and what does that say about them?

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(4分)** 獲得コストと比べるなら、四つのうちどの数字ですか。`horizon_months` を60に変えて全体を実行し直してください。二つの印と真の値が右へ動いた、同じ形の図になれば合格です。動かなかった二つはどれですか。それは何を意味しますか。

# %% [markdown] lang="en" tags=["further"]
# ## 11. One fix from two hundred enquiries
#
# “Design the question away” is the best answer to an enquiry. You may mend one cause next quarter. Somebody has read `tickets_read` enquiries of the last year and written down the root cause of each. The quick choice: the most frequent. **But can we trust this?** An enquiry is not an hour, an hour is not a fix, and two hundred are not all.

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 200件の問い合わせから、一手を選ぶ
#
# 問い合わせへのいちばんの答えは、疑問そのものが生まれないようにすることです。来期、直せる原因は一つだけとします。この1年の問い合わせから `tickets_read` 件を読み、根本原因を書き出しました。手早いのは、いちばん多い原因を選ぶことです。**それでよいでしょうか。** 1件は1時間ではなく、時間の長い原因が直しやすいとも限らず、200件は全部でもありません。

# %%
# %%needs tickets.root_cause tickets.exchanges tickets.closed_on csm.cost_amount csm.capacity_h calendar
from cslab.measure.kpis import causes, fixes

last_day = (book.as_of + pd.Timedelta(days=1)).to_period("M").start_time
last_year = last_day - pd.DateOffset(months=12), last_day
read = causes.ticket_causes(book, *last_year, sample=tickets_read)
worth_fixing = fixes.fix_value(book, *last_year, sample=tickets_read)
figures.kpis.causes(read, worth_fixing, lang=lang)

# %%
# %%needs tickets.root_cause tickets.exchanges tickets.closed_on csm.cost_amount csm.capacity_h calendar
in_numbers = worth_fixing.set_index("cause")[["saved_hours", "cost_hours", "estimate", "low", "high"]]
table(in_numbers.round({"estimate": -3, "low": -3, "high": -3}), digits=0)

# %%
# %%needs tickets.root_cause tickets.exchanges tickets.closed_on csm.cost_amount csm.capacity_h calendar
from cslab.words import label

every = causes.ticket_causes(book, *last_year)
first = {"every": label(every["cause"].iloc[0], lang), "read": label(read["cause"].iloc[0], lang)}
say("most_frequent_cause", every["tickets"].sum(), count=read["tickets"].sum(), **first)

# %% [markdown] lang="en" tags=["further"]
# **Decide (4 minutes).** Three columns, and perhaps three leaders. Which cause do you mend, and what would make you change your mind? What each fix saves is an assumption (grade S): halve the hours it saves and look again. Your result should look like a row of the table with your reason beside it. In the exercises the choice is scored on all enquiries, not only on those somebody has read.

# %% [markdown] lang="ja" tags=["further"]
# **決める(4分)** 列が三つ、1位も三つかもしれません。どの原因を直しますか。何が分かれば考えを変えますか。対策で減る時間は仮定です(等級S)。自分の選んだ原因で減る時間を半分にして、もう一度見比べてください。表の1行と、その横に理由を一つ書けていれば合格です。演習では、読んだ分だけでなく、すべての問い合わせで採点します。

# %% [markdown] lang="en" tags=["further"]
# ## 12. Whose statistics?
#
# “Should we move everybody to annual contracts? Surely there are figures.” There are. Two of these four stand on the same site. Read each with the question of section 3: divided by what? Customers on annual contracts are larger; were they compared with monthly customers of their own size?

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 誰の統計か
#
# 「全員を年間契約に切り替えるべきか。統計くらいあるだろう」。あります。しかも、下の四つのうち二つは同じサイトに載っています。3節の問いを思い出して読んでください。何で割った数字でしょうか。年間契約のお客様は、規模が大きめです。同じ規模の月契約のお客様と比べた数字でしょうか。

# %%
from cslab.course.claims import claims

table(claims("contracts", lang).set_index(["says", "source"])[["grade", "missing"]])

# %% [markdown] lang="en" tags=["further"]
# Grade A: peer-reviewed, or official documentation. B: somebody named counted. C: a rule of thumb. A grade says how well founded a number is, not whether it is yours. And even an honest number needs its definition: the next row is one company, one month, and two rates of churn with opposite signs.

# %% [markdown] lang="ja" tags=["further"]
# 等級Aは査読論文か公式文書、Bは誰が数えたか分かるもの、Cは経験則です。等級は根拠の確かさであって、自社に当てはまるかどうかではありません。誠実な数字にも、定義は欠かせません。次の行は、同じ会社の、同じ月の、符号が反対の二つの解約率です。

# %%
table(claims("definitions", lang).set_index(["says", "source"])[["grade", "missing"]])

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Take the last benchmark that somebody quoted to you. Who counted, whom, over which period, divided by what? Your result should look like one row of the table above, with a grade and with the piece that is missing. If two pieces are missing, leave it out of the paper.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 最近、誰かが引き合いに出した「業界平均」を一つ思い出してください。誰が、誰を、どの期間で数え、何で割った数字ですか。上の表と同じ形で、等級と、足りないものまで書ければ合格です。二つ以上足りなければ、資料には載せません。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. `cslab readiness` tells beforehand what will run. The toy sheet, the second company and the published claims run on any source.
#
# | You need | for | Look out for |
# |---|---|---|
# | `mrr_movements`: account_id, month, type, amount; else `contracts`: start, end, mrr_amount | sections 1 to 4, 7, 8, 10 | invoices are not MRR: spread prepayments, leave one-off fees out; a price rise signed years ago is no expansion |
# | `contracts`: start, end, term_months | section 5 | customers deleted from the CRM when they leave |
# | `accounts`: segment | section 4 | segments redrawn last year; use the one at signing |
# | `tickets`: first_response_h, answered, exchanges, csat, root_cause | sections 6, 9, 11 | automatic replies counted as a first response |
# | `onboarding`: started, done | sections 6, 9 | only those who finished are in the list |
#
# Mergers look like a loss and an expansion; pauses need a rule before you count, not after.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どこまで実行できるかは、先に `cslab readiness` で確かめられます。8社の帳簿、二つ目の会社、公表された統計の節は、どのデータでも動きます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `mrr_movements` の account_id・month・type・amount(なければ `contracts` の start・end・mrr_amount) | 1〜4節、7・8・10節 | 請求額は MRR ではありません。前払いは月割りにし、一時費用は除く。数年前に約束済みの値上げは「増額」ではありません |
# | `contracts` の start・end・term_months | 5節 | 解約するとCRMから消される顧客 |
# | `accounts` の segment | 4節 | 昨年引き直したセグメント。契約時点のものを使う |
# | `tickets` の first_response_h・answered・exchanges・csat・root_cause | 6・9・11節 | 自動返信が「初回応答」に数えられていないか |
# | `onboarding` の started・done | 6・9節 | 完了した顧客しか載っていない一覧 |
#
# 合併は「解約1社と増額1社」に見えます。休止の扱いは、数える前に決めておきます。

# %% [markdown] lang="en"
# ## Key points
#
# - A rate is two numbers. Ask for the one below the line first.
# - NRR: the customers of the start, and nobody else; those who left stay below the line.
# - NRR without GRR hides losses behind growth; GRR cannot.
# - Customer churn and revenue churn answer different questions. Publish both.
# - A monthly rate is no year: compound it where anybody may leave in any month, count the year where not.
# - Support's numbers come from those who ask.
# - No benchmark without who, whom, when, and divided by what.

# %% [markdown] lang="ja"
# ## 要点
#
# - 率は二つの数の組。先に分母を聞く。
# - NRR に入るのは期首のお客様だけ。離れたお客様も分母に残す。
# - NRR だけでは、損失が成長に隠れる。GRR なら隠れない。
# - 社数の解約率と金額の解約率は、別の問いへの答え。両方載せる。
# - 月次の率は、そのままでは年間の率にならない。毎月離れられる契約なら複利で計算し、そうでなければ1年分を実際に数える。
# - サポートの数字は、問い合わせてくる人からしか出てこない。
# - 「誰が・誰を・いつ・何で割ったか」のない業界平均は使わない。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# Why customers leave, whether any of these numbers *causes* another, and what to do about it. The tree and the value of a fix are arguments with assumptions in them. The truth here is that of the simulator, averaged over luck; a real year comes only once. Revenue that depends on usage was left out, and so were prices promised in advance. When in the year customers leave is the subject of lesson 05.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# なぜ離れるのか、ある数字が別の数字の**原因**なのか、どんな手を打てばよいのか。ツリーも対策の価値も、仮定を含んだ議論です。ここでの真の値は、シミュレーターで運をならしたもので、現実の1年は一度きりです。従量課金の売上と、あらかじめ約束された値上げは扱っていません。1年のうちいつ離れるのかは、第05章で見ます。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. “NRR is 112 %”, computed among today's customers. A year with twice the losses follows. What does the number do?
# 2. A company loses 1 % of customers a month, all of them on three-year contracts signed within the last two years. Is that 11 % a year?
# 3. Which single number on the support side would have warned you of the second company?
#
# <details><summary>Answers</summary>
#
# 1. Nearly nothing, or it rises: those who leave are struck out above and below the line. Put them back below it.
# 2. Nobody knows. No contract has run out yet, so those who left broke theirs; the renewals are still to come. Look at what falls due, and when.
# 3. None. All of them come from those who still ask. Look at who got going, who uses it, and who has gone quiet.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. いま契約中のお客様だけで計算して「NRR は112%」。翌年、解約が倍になりました。この数字はどう動きますか。
# 2. 月に1%のお客様を失っている会社があります。契約は全部3年契約で、この2年以内に結んだものです。年間の解約率は11%でしょうか。
# 3. 二つ目の会社の危うさに、サポート側のどの数字なら気づけたでしょうか。
#
# <details><summary>答え</summary>
#
# 1. ほとんど動かないか、むしろ上がります。離れたお客様が分子からも分母からも消えるからです。分母に戻して計算します。
# 2. 分かりません。まだ満了を迎えた契約が一つもないので、離れたのは中途解約のお客様です。更新はこれから来ます。いつ、どれだけ満了するかを見ます。
# 3. どれでも気づけません。どの数字も、まだ問い合わせてくるお客様から出ています。立ち上がったか、使われているか、静かになったのは誰かを見ます。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What will you do | Which number made you | Who | By when | Months until it shows |
# |---|---|---|---|---|
# | *for instance: put the definition under the retention number of the board paper* | *section 3* | *head of CS, with Finance* | *next paper* | *at once* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:取締役会資料の継続率の下に、定義を一行書き添える* | *3節* | *CS責任者と経理* | *次回の資料* | *すぐに* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# Go on to **lesson 02, Lifecycle mapping**: in which phase are most customers stuck, and where would an hour of help bring most? Whoever wants to know first when in the year they leave can take lesson 05, which goes on where section 5 stopped.
#
# | Word | In this course |
# |---|---|
# | MRR, ARR | recurring revenue in a month; twelve times that |
# | NRR | revenue now of the customers of the start, over their revenue then |
# | GRR | the same, nobody counting for more than at the start |
# | Customer churn (logo churn) | customers lost, over customers at the start |
# | Renewal rate | renewed, over what came due |
# | Bridge | opening, new, expansion, contraction, churn, closing |
# | LTV | margin a new customer brings up to a stated horizon |
# | CSAT | share of ratings of 4 or 5, of those given |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# **第02章** 「カスタマーライフサイクルを描く」へ進んでください。お客様はどのフェーズで止まっているのか、1時間をどこに使えばいちばん効くのか。5節で止めた「いつ離れるのか」を先に知りたい方は、第05章へ進んでもかまいません。
#
# | 用語 | この教材での意味 |
# |---|---|
# | MRR・ARR | 月間の経常収益・その12倍 |
# | NRR(売上継続率) | 期首のお客様の現在の売上÷期首の売上 |
# | GRR(売上維持率) | 同じ計算で、どのお客様も期首の額までしか数えないもの |
# | 顧客数の解約率 | 失った社数÷期首の社数 |
# | 更新率 | 更新された額÷満了を迎えた額 |
# | ブリッジ | 期首・新規・増額・減額・解約・期末の並び |
# | LTV | 新しいお客様が、決めた月数までにもたらす粗利 |
# | CSAT | 回答された評価のうち、4か5の割合 |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 5 minutes; section 2, 9; section 3, 9; section 4, 4; section 5, 6; section 6, 7; sections 7 and 8, 4; key points, 1. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** taking the truth for “the right definition” (it is the same definition without luck); reading a wide interval as a wrong number; believing that 1 − (1 − c)¹² is always right.
# - **Vary it:** `-p source.seed=8`, `-p nrr_method=movement`, `-p window_months=24`; `--source "synthetic:green_support_red_success?seed=7&accounts=2000"` makes the second company the first.
# - **When a verdict goes the other way:** keep it. Ask how many of the class's seeds agree, and why the reason still stands.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節で5分、2節で9分、3節で9分、4節で4分、5節で6分、6節で7分、7〜8節で4分、要点に1分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** 真の値を「正しい定義」だと思う(同じ定義から運を除いたものです)。区間が広いのを、計算の間違いだと思う。1−(1−c)の12乗なら、いつでも正しいと思う。
# - **変えてみる** `-p source.seed=8`、`-p nrr_method=movement`、`-p window_months=24`。`--source "synthetic:green_support_red_success?seed=7&accounts=2000"` とすれば、二つ目の会社が主役になります。
# - **判定が逆に出たとき** 消さずに使います。クラスの seed のうち何社で同じ結果になったかを数え、それでも理由が変わらないことを確かめます。
