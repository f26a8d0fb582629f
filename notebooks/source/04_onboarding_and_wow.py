# %% [raw]
# number: "04"
# title_en: Onboarding and the wow moment
# title_ja: オンボーディングとワオ!モーメント
# question_en: "“Most of our customers complete onboarding within 90 days.” Is that so, and what would it bring us if all of them did?"
# question_ja: 「ほとんどのお客様は、90日以内にオンボーディングを完了しています」。本当だろうか。全員が完了したら、何がどれだけ変わるのか。
# minutes_core: 45
# minutes_further: 48
# needs: [accounts]
# misconceptions: [M10, M11, M12]

# %% [markdown] lang="en" tags=["core"]
# # Onboarding and the wow moment
#
# **The business question.** “Most of our customers complete onboarding within 90 days.” Is that so, and what would it bring us if all of them did?
#
# **Time.** Core track 45 minutes (27 reading, 18 hands-on) · further track 48 minutes (30 and 18). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Lesson 01, section 3 | helpful | a rate is two numbers |
# | Your own checklist of onboarding | helpful | what has to be ticked before a customer counts as done |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **compute** the share of customers who got there in time, and **say** who may not be left out below the line;
# 2. **define** “onboarded” by something the customer has, not by something we did;
# 3. **tell** a cause from an early event that merely goes with staying;
# 4. **estimate** what better onboarding would bring, and **not promise** the whole gap.

# %% [markdown] lang="ja" tags=["core"]
# # オンボーディングとワオ!モーメント
#
# **この章の問い** 「ほとんどのお客様は、90日以内にオンボーディングを完了しています」。本当だろうか。全員が完了したら、何がどれだけ変わるのか。
#
# **時間** 必修45分(読む27分・手を動かす18分)/発展48分(読む30分・手を動かす18分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 第01章 3節 | あると役立つ | 率とは二つの数の組だ、という話 |
# | 自社のオンボーディングのチェックリスト | あると役立つ | 何が埋まったら「完了」としているか |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. 期限内に立ち上がったお客様の割合を**計算し**、分母から外してはいけないのが誰かを**言える**
# 2. 「オンボーディング完了」を、こちらがやったことではなく、お客様が手にしたもので**定義できる**
# 3. 解約しないことの原因と、たまたま一緒に起きる早期の行動とを**見分けられる**
# 4. オンボーディングの改善で得られるものを**見積もり**、差の全部は**約束しない**

# %% [markdown] lang="en"
# ## 0. Thursday, the quarterly review
#
# The lead of onboarding has one slide, and it is a good one: a bar, almost full, “completed within 90 days”. Everybody nods. Then the CFO, who has read the exit interviews: “If nearly all of them get there, why do so many of those who leave say that they never got going?” Nobody has an answer. You have until Monday.

# %% [markdown] lang="ja"
# ## 0. 木曜日、四半期の振り返り
#
# オンボーディング担当のリーダーが見せたスライドは1枚。「90日以内に完了」と書かれた棒グラフは、ほぼ満杯です。全員がうなずきました。そこへ、解約時のヒアリング記録に目を通してきた CFO がひと言。「ほとんどが立ち上がっているなら、離れていくお客様の多くが『結局使い始められなかった』と言うのはなぜですか」。答えられる人はいません。月曜までに調べるのは、あなたです。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Ask everybody for two numbers on a slip of paper: the onboarding completion rate of their own company, and the number of customers who began last year and are on no list of completed projects. Few can write the second. Keep the slips for section 3.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 付箋に数字を二つ書いてもらいます。自社のオンボーディング完了率と、昨年始めたお客様のうち「完了」の一覧に載っていない社数です。二つ目を書ける人は、ほとんどいません。3節まで貼っておきます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
within_days: int = 90  # days within which onboarding should be complete
# ja: オンボーディングを何日以内に終えるべきか
definition: str = "outcome"  # what "complete" means: checklist, usage or outcome
# ja: 「完了」の定義。checklist(作業)・usage(利用)・outcome(成果)
in_time_months: int = 3  # months within which a customer ought to be onboarded, in section 7
# ja: 7節で、何か月以内に立ち上がっていれば間に合ったとするか
gap_months: int = 24  # months after signing at which churn is compared, in section 7
# ja: 7節で、契約から何か月目の解約を比べるか
other_source: str = "synthetic:sugar_high?seed=7&accounts=2000"  # company with a campaign drawn by lot, of section 6
# ja: 6節:キャンペーンの対象を抽選で選ぶ会社
large_source: str = "synthetic:default_jp?seed=7&accounts=2000"  # company of sections 10 and 11, where one's own has few answers
# ja: 10節と11節の会社(自社の回答が少ないとき)
horizon_months: int = 36  # months over which a customer's value is counted, in section 13
# ja: 13節で、1社の価値を何か月分で数えるか
gross_margin: float = 0.80  # share of revenue left after the cost of serving it
# ja: 粗利率(売上から提供原価を引いて残る割合)

# %%
import pandas as pd

from cslab import figures
from cslab.course.cases import show_case
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, say, verdict
from cslab.course.table import table
from cslab.measure import onboarding

book = begin("04", source, as_of, lang, reveal_truth)

# %% [markdown] lang="en"
# ## 1. The number on the slide
#
# The lead took the list of completed projects and counted those that were done within 90 days. It is the list everybody keeps: a line is added when the last box is ticked.

# %% [markdown] lang="ja"
# ## 1. スライドの数字
#
# リーダーは「完了した案件の一覧」を開き、そのうち90日以内に終わったものを数えました。どの会社にもある一覧です。最後のチェックが入ると、1行増えます。

# %%
# %%needs onboarding.started onboarding.done calendar
proud = onboarding.completion(book, within_days, definition, denominator="completers")
say("onboarding_proud", proud, days=within_days)

# %% [markdown] lang="en"
# **But can we trust this?** Ask the question of lesson 01: divided by what? A customer who never completes never comes onto this list. The more of them give up, the shorter it gets, and the number stays as handsome as before. The slide says how fast the finishers are. It does not say how many finish.

# %% [markdown] lang="ja"
# **信じてよいでしょうか。** 第01章の問いを思い出してください。何で割った数字でしょうか。いつまでも完了しないお客様は、この一覧に永遠に載りません。あきらめるお客様が増えても、一覧が短くなるだけで、数字は立派なままです。このスライドが語っているのは、完了したお客様の「速さ」です。「何社が完了するか」ではありません。

# %% [markdown] lang="en"
# ## 2. Seven customers on a sheet of paper
#
# Today is 31 March 2025. Seven customers, the day on which each began, and the day on which it had its first result; a blank means not yet, or never.

# %% [markdown] lang="ja"
# ## 2. 紙1枚に収まる7社
#
# 今日は2025年3月31日とします。お客様は7社。オンボーディングを始めた日と、最初の成果が出た日を並べます。空欄は「まだ」か「ついに出なかった」かのどちらかです。

# %%
began = ["2024-04-01", "2024-06-03", "2024-08-01", "2024-09-02", "2025-02-03", "2025-03-10", "2025-03-24"]
done = ["2024-05-16", "2024-08-15", "2025-01-20", None, "2025-03-17", None, None]
paper = pd.DataFrame({"account_id": [*"ABCDEFG"], "started": began, "done": done})
table(paper.fillna("").set_index("account_id"))

# %% [markdown] lang="en"
# **Try it (5 minutes, pencil).** What share had its first result within 90 days?
#
# 1. Of those who have one: the slide.
# 2. Of all seven. Is it fair to ask F and G already?
# 3. Of those who **began at least 90 days ago**. Who is that?
#
# E is the hard one: it got there, in six weeks. Still it does not belong in the third: those who began beside E and are slower have not had their 90 days. Your result should look like three percentages, the first far above the others.

# %% [markdown] lang="ja"
# **やってみましょう(5分・鉛筆で)** 90日以内に最初の成果が出たのは、何%でしょうか。
#
# 1. 成果が出たお客様のうち(スライドの計算)
# 2. 7社全部のうち。F と G に、いま答えを求めるのは公平でしょうか
# 3. **始めてから90日以上たった**お客様のうち。それは誰ですか
#
# 迷うのは E です。6週間で成果が出ています。それでも3番には入れません。E と同じころに始めた、もっとゆっくりなお客様には、まだ90日が与えられていないからです。三つのパーセントが並び、1番目だけが飛び抜けて高ければ合格です。

# %% [markdown] lang="en"
# ### Open the box
#
# Here it is in plain pandas: three lines say who is asked, one says who got there. Beside it, what `onboarding` makes of the same seven. If code means nothing to you yet, compare the two columns only.

# %% [markdown] lang="ja"
# ### 箱を開けてみる
#
# 素の pandas で書けば、こうなります。「誰に聞くか」が三通り、「間に合ったか」が一つ。隣は、同じ7社について `onboarding` が出した答えです。コードがまだ読めなくても、二つの列が一致することだけ見れば大丈夫です。

# %% tags=["box"]
from cslab.book import Book

today = pd.Timestamp("2025-03-31")
seven = paper.assign(milestone="first_value", kind="value")
seven[["started", "done"]] = seven[["started", "done"]].apply(pd.to_datetime)
in_time = (seven["done"] - seven["started"]).dt.days <= 90
asked = {
    "completers": seven["done"].notna(),
    "everybody": seven["started"].notna(),
    "started_long_enough": (today - seven["started"]).dt.days >= 90,
}
sheet = Book({"onboarding": seven}, today)
both = {
    name: [in_time[rows].mean(), float(onboarding.completion(sheet, 90, denominator=name))]
    for name, rows in asked.items()
}
table(pd.DataFrame(both, index=["by_hand", "cslab"]).T.rename_axis("denominator"))

# %% [markdown] lang="en"
# ## 3. The right line below the fraction
#
# The rule is one sentence: **of all who began at least 90 days ago, how many had got there on day 90?** Those who gave up stay in; those who left stay in; those who began last week wait their turn.
#
# **Guess first:** the slide's number you have seen. What is it by this rule? Put your guess in place of the dots.

# %% [markdown] lang="ja"
# ## 3. 正しい分母
#
# 決まりは一文です。**90日以上前に始めたお客様全員のうち、90日目までに間に合ったのは何社か。** あきらめたお客様も、離れたお客様も、分母に残します。先週始めたお客様は、順番が来るまで待ちます。
#
# **先に予想を** スライドの数字は見ました。この決まりで数え直すと、何%になるでしょうか。`...` を自分の予想に書き換えてください。

# %%
predict("M10", ...)

# %%
# %%needs onboarding.started onboarding.done calendar
got_there = onboarding.completion(book, within_days, definition)
truly = onboarding.completion_truth(book, within_days)
verdict("M10", naive=proud, better=got_there, truth=truly)

# %% [markdown] lang="en"
# What to see in the picture: the blue dot of each group is the fair count, the squares below it divide by somebody else. Then compare the blue dots *with one another*: what we ticked, what we saw used, and what the customer had.

# %% [markdown] lang="ja"
# 見るところ:まとまりごとに、青い丸が公平な数え方、その下の四角が、分母を間違えた三通りです。次に、青い丸**どうし**を見比べてください。こちらがチェックを付けたもの、使われているのが見えたもの、お客様が成果を手にしたもの。どれだけ違いますか。

# %%
# %%needs onboarding.started onboarding.done calendar
shares = onboarding.completions(book, within_days)
figures.onboarding.denominators(shares, truly, lang=lang)

# %%
# %%needs onboarding.started onboarding.done calendar
fair = shares[~shares["fault"]]
table(fair.set_index("definition")[["part", "base", "estimate", "low", "high"]])

# %% [markdown] lang="en" tags=["speaker"]
# **After the picture (3 minutes).** Take the slips from the wall. Whose number is one of the squares? Somebody will say: “But our list has always been counted this way, so at least the trend is right.” Ask what happens to it in the quarter in which twice as many give up: nothing, or it rises.

# %% [markdown] lang="ja" tags=["speaker"]
# **図のあとで(3分)** 壁の付箋に戻ります。自社の数字は、どの四角でしょうか。「昔から同じ数え方なので、推移を見る分には問題ない」という声が出ます。あきらめるお客様が倍になった四半期に、その数字はどう動くかを聞いてください。動かないか、むしろ上がります。

# %% [markdown] lang="en"
# ## 4. When is a customer onboarded?
#
# Three readings of the same word, and in most companies nobody has chosen between them. A **checklist** holds our own tasks; it is done when we have done them. **Usage** says that something is being clicked. An **outcome** is what the customer came for. Here is somebody who chose.

# %% [markdown] lang="ja"
# ## 4. 何をもって「完了」とするか
#
# 同じ言葉に、三通りの読み方がありました。どれにするか、はっきり決めている会社は多くありません。**チェックリスト**に並ぶのは、こちらの作業です。こちらがやれば埋まります。**利用**は、何かが操作されていることしか語りません。**成果**は、お客様が契約した理由そのものです。一つ、決めた会社の例を見ます。

# %%
show_case("toreta")

# %% [markdown] lang="en"
# It is worth more than any checklist, for four reasons. It is one event. The customer does it, not we. It cannot easily be undone: who has thrown the book away has to live with the new way. And one can ask, on the telephone, yes or no. Ours here is `first_value`; the tasks before it are the way there and not the end.

# %% [markdown] lang="ja"
# どんなチェックリストよりも優れている理由が、四つあります。出来事が一つであること。やるのがこちらではなく、お客様であること。後戻りしにくいこと(台帳を捨てたら、新しいやり方で回すほかありません)。電話一本で「はい・いいえ」が確かめられること。この章の会社では `first_value`(最初の成果)がそれにあたります。手前の作業は道のりであって、終点ではありません。

# %% [markdown] lang="en"
# **Try it (4 minutes).** What is the paper book of *your* customers? Finish: “A customer is onboarded when ⟨who at the customer⟩ has ⟨done or stopped doing one thing⟩, which we see from ⟨table, call or photograph⟩.” Your result should look like one event that the customer does, on a day you could name. If your sentence contains “kick-off”, “training” or “set up”, it is still our checklist. The exercise sheet reads your sentence and says what is missing.

# %% [markdown] lang="ja"
# **やってみましょう(4分)** **自社の**お客様にとっての「紙の台帳」は何でしょうか。次の文を埋めてください。「⟨お客様の誰⟩が⟨一つのことを始めた、またはやめた⟩とき、オンボーディング完了とする。それは⟨どの表・電話・写真⟩で確かめる」。お客様がすること一つで、何月何日と言える出来事なら合格です。「キックオフ」「研修」「設定」が入っていたら、まだこちらのチェックリストです。演習では、書いた文のどこが足りないかを指摘します。

# %% [markdown] lang="en"
# ## 5. How long does it take?
#
# The lead has a second number at hand: the mean of the months it took. Taken, again, from those who have finished. Whoever is still on the way after a year is not in it, and whoever never gets there makes the mean *better* by staying away. So read time to value as we read churn in lesson 05: as a curve, with those who never arrive in it.

# %% [markdown] lang="ja"
# ## 5. どれだけかかるのか
#
# リーダーの手元には、もう一つ数字があります。「かかった月数の平均」です。これも、終わったお客様だけの平均です。1年たってもまだ途中のお客様は入っていません。ついに立ち上がらないお客様は、いなくなることで平均を**良く**してしまいます。そこで、価値実感までの時間(TTV)も、第05章の解約と同じ読み方をします。立ち上がらないお客様も含めた曲線です。

# %%
# %%needs onboarding.started onboarding.done calendar
quick, half = onboarding.mean_of_completers(book), onboarding.median_time(book)
never = onboarding.never(book, 12)
say("time_to_value", half, quick=quick, never=never)

# %% [markdown] lang="en"
# What to see: how steep each curve is in the first months, and at what height it goes flat. The first is speed, the second is who never arrives. They need not agree: a tier may be slow and nearly complete, another quick for half of its customers and lost for the rest. Do not read the tiers as an effect of touch: high touch is given to enterprises, who are slow by nature.

# %% [markdown] lang="ja"
# 見るところ:最初の数か月の傾きと、曲線が平らになる高さ。傾きは速さ、平らになった高さと100%との差は、ついに立ち上がらないお客様です。二つは別のものです。ゆっくりでもほぼ全員が立ち上がる層もあれば、半分は速く、残りはそれきりという層もあります。ただし、層の違いをタッチの効果と読まないでください。ハイタッチの相手は、もともと時間のかかる大企業です。

# %%
# %%needs onboarding.started onboarding.done tier_history.touch_tier calendar
curve = onboarding.time_to_value(book, by="touch_tier", definition=definition)
figures.onboarding.time_to_value(curve, lang=lang)

# %%
# %%needs onboarding.started onboarding.done tier_history.touch_tier calendar
by_share = onboarding.time_quantiles(book, by="touch_tier", shares=(0.5, 0.8), definition=definition)
months = by_share.rename(columns={"estimate": "months_until"})
table(months.set_index(["touch_tier", "share"])[["months_until", "low", "high", "n"]], digits=1)

# %% [markdown] lang="en"
# So cut the same customers by what they **are**, not by what they get. Here the truth can be laid beside it, where it is known: do the curves follow it to their flat end?

# %% [markdown] lang="ja"
# そこで、受けているタッチではなく、お客様の**規模**で切り直します。こちらは真の値と重ねて見られます(分かっているとき)。曲線は、平らになるところまで真の値に沿っていますか。

# %%
# %%needs onboarding.started onboarding.done accounts.segment calendar
by_size = onboarding.time_to_value(book, by="segment", definition=definition)
figures.onboarding.time_to_value(by_size, onboarding.time_truth(book, by="segment"), lang=lang)

# %%
# %%needs onboarding.started onboarding.done accounts.segment calendar
absent = onboarding.never(book, 12, by="segment").rename(columns={"estimate": "none_after_a_year"})
table(absent.set_index("segment")[["none_after_a_year", "low", "high", "n"]])

# %% [markdown] lang="en"
# **Try it (3 minutes).** A blank in the table of tiers is an answer, too: so large a share of them never gets there within the records. Say one full sentence about the customers with the least touch: half of them have their first result after so many months, and so many in a hundred are without one after a year. Your result should look like two numbers with the customers they stand on.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** タッチ別の表にある空欄も、一つの答えです。記録の続く限り、そこまでの割合が立ち上がることはなかった、という意味です。いちばんタッチの薄い層について、一文で言ってみてください。「半数は○か月で最初の成果が出る。1年たっても出ないお客様が、100社のうち△社いる」。数字二つと、もとになった社数が言えれば合格です。

# %% [markdown] lang="en" tags=["further"]
# ### Further track: success comes in several points
#
# One number to the last point hides where the time goes. Mehta and his co-authors ask for several successes, the first of them early (grade B). The table reads one curve for each point: of all who began, the share that had it after so many months. What to see: between which two points do most customers get lost, and between which two do they merely wait?

# %% [markdown] lang="ja" tags=["further"]
# ### 発展:成功は、いくつかの点で訪れる
#
# 最後の点までの時間を一つ見ただけでは、どこで時間がかかっているのか分かりません。成功の点はいくつか置き、最初の一つは早く届くようにする。Mehta らの本の勧めです(等級B)。表は、点ごとに曲線を読み取ったもので、始めたお客様全員のうち、その月数までに届いた割合です。見るところ:お客様がいちばん減るのは、どの点とどの点の間ですか。減らずに待っているだけなのは、どこですか。

# %%
# %%needs onboarding.milestone onboarding.started onboarding.done calendar
points = onboarding.success_points(book)
curves = points.pivot(index="time", columns="point", values="estimate").ffill()
by_then = curves.reindex([1, 2, 3, 6, 12], method="ffill").T.loc[points["point"].unique()]
table(by_then.rename(columns=str).rename_axis("success_point").rename_axis(columns=None))

# %% [markdown] lang="en" tags=["further"]
# **Try it (2 minutes).** Which of these points would the *customer* call a success, and which is the first such one? Your result should look like one name and the month by which half are there. If it is the last row, put a smaller one before it: something of value that can be had in the first weeks.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(2分)** この中で、**お客様が**成功と呼ぶのはどの点ですか。そのうち最初のものはどれですか。名前を一つと、半数が届く月数が書ければ合格です。それが最後の行なら、手前にもう一つ、最初の数週間で届く小さな成果を置けないか考えてみてください。

# %% [markdown] lang="en" tags=["core"]
# ## 6. The wow moment
#
# Whoever feels the promised value once, and early, is with us: that is the idea. Two products that every reader knows showed the moment before anybody had bought. In both it is one gesture.

# %% [markdown] lang="ja" tags=["core"]
# ## 6. ワオ!モーメント
#
# 早いうちに一度でも「これだ」と感じたお客様は、味方になってくださる。それがワオ!モーメントの考え方です。誰もが知っている二つの製品は、その瞬間を、買う前の人に見せました。どちらも、動作は一つだけです。

# %%
show_case("suica")
show_case("iphone")

# %% [markdown] lang="en"
# **Name your beep (3 minutes).** Which single event is it with your product, and in which column would it leave a trace? Your result should look like `usage_monthly.core_actions`, or like a question on a form. Do not search the data for it yet; you will see why. (The exercise sheet reads your sentence.)

# %% [markdown] lang="ja"
# **自社の「ピッ」に名前を(3分)** 自社の製品では、どの出来事ですか。それはどの列に跡を残しますか。`usage_monthly.core_actions` のような列名か、アンケートの設問が書ければ合格です(演習で、書いた文を確かめられます)。まだデータの中は探さないでください。理由はすぐに分かります。

# %% [markdown] lang="en"
# ### The search for the magic number
#
# Another company, made by the kit, did search: everything its customers did in their first two months, against who was still there a year later. One event stood out, the head of product named it “our aha number”, and half of the customers, **drawn by lot**, were offered a campaign with prizes for using the product. Usage went up at once.
#
# **Guess first:** by how many percentage points more of the customers who were offered the campaign were still there a year later?

# %% [markdown] lang="ja"
# ### 魔法の数字を探す
#
# 別の会社(キットが作った会社です)は、実際に探しました。最初の2か月にお客様がしたことを全部並べ、1年後に残っていたかどうかと突き合わせたのです。際立つ出来事が見つかり、プロダクト責任者はそれを「うちのアハ・ナンバー」と呼びました。そして**抽選で選んだ**半数のお客様に、使うと賞品が当たるキャンペーンを案内しました。利用はすぐに伸びました。
#
# **先に予想を** キャンペーンを案内されたお客様は、されなかったお客様より、1年後に残っている割合が何ポイント高かったでしょうか。

# %%
predict("M12", ...)

# %%
from cslab.course.elsewhere import from_here

other = another(other_source, reveal_truth)
from_here(other)
searched = onboarding.wow_search(other)
figures.onboarding.wow_search(searched, lang=lang)

# %%
best = searched.drop_duplicates("train").head(6)
named = best["event"].apply(figures.onboarding.event_name, lang=lang).rename("early_event")
table(best.set_index(named)[["train", "held_out", "held_out_low", "held_out_high"]])
say("wow_search", **searched.attrs, winner=100 * best["train"].iloc[0], again=100 * best["held_out"].iloc[0])

# %% [markdown] lang="en"
# Two things are wrong with a magic number, and they are not the same. **Luck:** try fifty events and the best of them looks decisive; customers who took no part in the search (*hold-out*) show what is left of it. **Cause:** some events hold there, too, and still bring nothing, because the same good customers both do them and stay. Against luck a hold-out helps. Against this only a lot does. The campaign pushed usage, so hold it against the best event *of usage*.

# %% [markdown] lang="ja"
# 魔法の数字には、別々の問題が二つあります。**運** 50通りも試せば、いちばん良いものは決定的に見えます。探すのに使わなかったお客様(*ホールドアウト*)で測り直すと、どれだけ残るかが分かります。**原因かどうか** ホールドアウトで確かめられた出来事でさえ、起こさせてみると何も変わらないことがあります。もともと相性の良いお客様が、その行動もとり、継続もしているだけだからです。運にはホールドアウトが効きます。こちらに効くのは、抽選だけです。キャンペーンが動かしたのは利用なので、比べる相手は、*利用の*出来事のうち1位のものにします。

# %%
used = searched[searched["event"].str.startswith("usage_monthly.")].iloc[0]
lottery = onboarding.nudge(other).set_index("outcome").rename_axis("result")
table(lottery[["estimate", "low", "high", "n"]])

# %%
promised = {"estimate": used["train"], "low": used["train_low"], "high": used["train_high"]}
kept = lottery.loc["retained", ["estimate", "low", "high"]].to_dict()
verdict("M12", naive=promised, better=kept, truth=onboarding.nudge_truth(other), of=other)

# %% [markdown] lang="en"
# Usage rose, as the table says; staying did not follow it. The event was a *sign* of customers for whom the product works. Pushing the sign does not make the product work, just as cooling the thermometer does not cure the fever. So look for the moment with the customer, not in the columns; then bring it about for half, by lot, and count.

# %% [markdown] lang="ja"
# 表のとおり、利用は増えました。それでも、継続はついてきません。あの出来事は、製品が役に立っているお客様の**しるし**だったのです。体温計を冷やしても、熱は下がりません。しるしのほうを動かしても、製品が役に立つようにはならないのです。ですから、ワオ!モーメントは列の中ではなく、お客様の中に探します。見つけたら、抽選で選んだ半数に実際に体験していただき、数えます。

# %% [markdown] lang="en" tags=["speaker"]
# **On section 6 (10 minutes).** Let the room pick the event before the hold-out column is read aloud; then read it. Someone will know “seven friends in ten days”. Ask: who was prevented from finding seven friends? Nobody was, so nobody knows. If your own product team has such a number, this is the slide to show them, kindly: it may still be a good *sign* for a health score, which is another use.

# %% [markdown] lang="ja" tags=["speaker"]
# **6節の進め方(10分)** ホールドアウトの列を読み上げる前に、どの出来事に賭けるかを手を挙げて選んでもらいます。「10日で友だち7人」の話を知っている人が必ずいます。「友だち7人を見つけるのを、抽選で止められた人はいますか」と聞いてください。いないので、誰にも分からないのです。自社のプロダクトチームにもこの種の数字があるなら、責めずに見せてください。ヘルススコアの材料(しるし)としては、今も立派に使えます。

# %% [markdown] lang="en"
# ## 7. What would it bring if everybody got there?
#
# Back to our own company and to the CFO. Customers who had their first result within three months leave less often than the others. The tempting sum: “Close the gap, and churn falls by the gap.”
#
# **Guess first:** if nobody's onboarding ever stalled, by how many percentage points would the churn of **all** customers within two years fall?

# %% [markdown] lang="ja"
# ## 7. 全員が立ち上がったら、何が変わるか
#
# 自社と CFO の問いに戻ります。3か月以内に最初の成果が出たお客様は、そうでないお客様より離れにくい。つい、こう言いたくなります。「この差を埋めれば、解約率はその分だけ下がります」。
#
# **先に予想を** 誰のオンボーディングも止まらなかったとしたら、**全顧客の**2年以内の解約率は、何ポイント下がるでしょうか。

# %%
predict("M11", ...)

# %%
# %%needs onboarding.started onboarding.done contracts.start contracts.end calendar
apart = onboarding.gap(book, in_time_months, gap_months)
in_truth = onboarding.gap_truth(book, gap_months)
of_a_customer = onboarding.gap_truth(book, gap_months, scope="customer")
figures.onboarding.gap(apart, {"customer": of_a_customer, "company": in_truth}, lang=lang)

# %%
# %%needs onboarding.started onboarding.done contracts.start contracts.end calendar
table(apart.set_index(["scope", "way"])[["estimate", "low", "high", "n"]])
say("onboarding_late", apart.attrs["share"], months=in_time_months)

# %%
# %%needs onboarding.started onboarding.done contracts.start contracts.end calendar
whole_gap = onboarding.gap_between(book, in_time_months, gap_months)
fallen = onboarding.gap_adjusted(book, in_time_months, gap_months)
verdict("M11", naive=whole_gap, better=fallen, truth=in_truth)

# %% [markdown] lang="en"
# The gap is not false. For **one** customer who stalls, upper row, it may be much of the truth. What is false is to subtract it from everybody's churn. First: most customers are onboarded already, so the company gains the gap only times the share who are not. Second: customers who stall were other customers to begin with; what was written down at signing can be taken out, fit was not. Look at the limits before you promise anything.

# %% [markdown] lang="ja"
# 差そのものが嘘なのではありません。止まってしまった**1社**にとっては(図の上段)、その大半が本当の効果かもしれません。間違いは、それを全体の解約率から引くことです。一つ目の理由。お客様の多くはすでに立ち上がっているので、会社全体で効くのは、立ち上がっていない割合を掛けた分だけです。二つ目。止まるお客様は、もともと少し違うお客様です。契約時に記録された違いは計算で取り除けますが、相性は書かれていません。約束の前に、信頼区間の幅を見てください。

# %% [markdown] lang="en" tags=["speaker"]
# **On section 7 (4 minutes).** The room will feel cheated: so onboarding does not matter? It does. Let them read both rows of the picture in one breath: a customer who stalls gains much (upper row), the company gains that times the share who stall (lower row). Both numbers are right, for different sentences. Write both sentences on the board.

# %% [markdown] lang="ja" tags=["speaker"]
# **7節の進め方(4分)** 「では、オンボーディングは大事ではないのか」と、がっかりした声が出ます。大事です。図の上段と下段を続けて読ませてください。止まったお客様1社にとっての効果は大きい。会社全体で見ると、それに「止まる割合」を掛けた分になる。どちらの数字も正しく、使う文が違うのです。二つの文をホワイトボードに並べて書きます。

# %% [markdown] lang="en"
# ## 8. Monday: two sentences
#
# One for the slide, one for the CFO. Read both aloud. What has changed since Thursday is not that onboarding looks worse. It is that the number can now fall, and so it can also rise when the work is good.

# %% [markdown] lang="ja"
# ## 8. 月曜日、渡す二文
#
# 一つはスライドのため、一つは CFO のためです。声に出して読んでみてください。木曜から変わったのは、オンボーディングが悪く見えるようになったことではありません。下がりうる数字になった、ということです。だからこそ、良い仕事をしたときに上がります。

# %%
# %%needs onboarding.started onboarding.done contracts.start contracts.end calendar
two = "answer_on_onboarding" if fallen.low > 0 else "answer_on_onboarding_open"
say(two, got_there, days=within_days, never=never, fallen=fallen, months=gap_months)

# %%
calibration()

# %% [markdown] lang="en"
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: using and benefiting, how long a first impression lasts, what is forgiven, teaching before the sale, and the budget of prevention. The exercise sheet is a notebook of its own and takes 45 minutes more: `cslab open 04 --exercise`.*

# %% [markdown] lang="ja"
# *必修はここまでです。章末の要点とアクションログへ進んでください。時間があれば発展へ。使いこなしと実感の2×2、第一印象はいつまで効くか、障害は許されるか、契約前に教えると早まるか、そして予防にかける時間の配分を扱います。演習ノートブックは別に45分で、`cslab open 04 --exercise` で開きます。*

# %% [markdown] lang="en" tags=["further"]
# ## 9. Using it, and getting something out of it
#
# The goal of the introduction phase has two halves: customers use the product properly, *and* they feel the benefit. Training reaches the first half, and many programmes stop there. Four kinds of customers follow; which of the two halves tells more about who is still here a year later?

# %% [markdown] lang="ja" tags=["further"]
# ## 9. 使えている、役に立っている
#
# 導入期のゴールは二つで一組です。適切に使えていること、**そして**メリットを感じていること。研修で届くのは前半までで、そこで止まるプログラムが少なくありません。お客様は四つに分かれます。1年後に残っているかどうかを、より強く語るのはどちらの半分でしょうか。

# %%
# %%needs onboarding.used_properly onboarding.felt_benefit contracts.start contracts.end calendar
four = onboarding.quadrant(book)
figures.onboarding.quadrant(four, lang=lang)

# %%
# %%needs onboarding.used_properly onboarding.felt_benefit contracts.start contracts.end calendar
table(four.set_index(["used_properly", "felt_benefit"])[["estimate", "low", "high", "n"]])

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** For the customers who use it and feel nothing: would you send them to a training? Write down the one question you would ask them instead. Your result should look like a question about *their* work, not about our screens. Mind the small groups: overlapping limits are not a finding.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 使えているのに、役に立っていると感じていないお客様がいます。もう一度研修をしますか。代わりに聞きたい質問を一つ、書いてください。こちらの画面ではなく、**お客様の仕事**についての質問になっていれば合格です。社数の少ない区分に注意しましょう。区間が重なっていれば、差があるとは言えません。

# %% [markdown] lang="en" tags=["further"]
# ## 10. How long does a first impression last?
#
# An image formed with no prior knowledge is hard to overturn: later experience is read in its light (Bolton 1998, grade A). We have a score from a survey on day 30, and usage long after. The naive line: usage of those who scored high against those who scored low. **But can we trust this?** Most did not answer, and the unhappy answer least.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. 第一印象は、いつまで効くか
#
# 予備知識のないときにできた印象は、なかなか覆りません。あとの体験も、その印象越しに受け取られるからです(Bolton 1998、等級A)。手元には30日目のアンケートの点数と、その後の利用があります。よくある計算は、点数の高かったお客様と低かったお客様の利用を比べるものです。**信じてよいでしょうか。** 多くのお客様は回答していません。とくに、満足していないお客様ほど答えません。

# %%
# %%needs surveys.type surveys.score usage_monthly.wau_ratio accounts.signed_on calendar
answers = book.surveys.query("type == 'day30'")["score"].count()
enough = answers >= 100
many = book if enough else another(large_source, reveal_truth)
say("day_30_enough" if enough else "day_30_few", answers, source=large_source)
from_here(many)

# %%
# %%needs surveys.type surveys.score usage_monthly.wau_ratio accounts.signed_on calendar
lasting = onboarding.impression(many)
figures.onboarding.impression(lasting, onboarding.impression_truth(many), lang=lang)

# %%
# %%needs surveys.type surveys.score usage_monthly.wau_ratio accounts.signed_on calendar
table(lasting.set_index(["horizon", "way"])[["estimate", "low", "high", "n", "asked", "answered"]])

# %% [markdown] lang="en" tags=["further"]
# What to see: at which horizon do the limits reach zero, and is the truth there zero as well? A faded effect and too few customers look alike. The score is also only a shadow of the impression itself: one answer, with a mood in it. What is measured through such a shadow comes out smaller than it is.

# %% [markdown] lang="ja" tags=["further"]
# 見るところ:区間がゼロに届くのは何か月目ですか。そのとき、真の値もゼロでしょうか。効果が薄れたのか、社数が足りないのかは、見た目では区別がつきません。もう一つ。点数は、印象そのものではなく、その影です。その日の気分も混じった、1回きりの回答です。影を通して測った効果は、実際より小さく出ます。

# %% [markdown] lang="en" tags=["further"]
# ## 11. What is forgiven
#
# The same outage, two customers. The one with a good start shrugs; the other sees confirmed what it suspected. To test this, four groups: hit or not, good or bad first impression. The change of usage after the incident, hit less not hit, in each: a difference of differences. The third row asks the question itself: is the one larger than the other?

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 許されること
#
# 同じ障害に、二社が遭いました。滑り出しの良かったお客様は「まあ、こういうこともある」。そうでないお客様は「やっぱり」。確かめるには、四つのグループが要ります。障害に遭ったか、第一印象は良かったか。それぞれで、障害後の利用の変化を「遭った」から「遭わなかった」を引いて比べます(差の差)。3行目が、問いそのものです。二つの落ち込みに差はあるのか。

# %%
# %%needs incidents.hit surveys.type surveys.score usage_monthly.wau_ratio accounts.signed_on calendar
forgiven = onboarding.forgiveness(many)
figures.onboarding.forgiveness(forgiven, lang=lang)

# %%
# %%needs incidents.hit surveys.type surveys.score usage_monthly.wau_ratio accounts.signed_on calendar
table(forgiven.set_index("impression")[["estimate", "low", "high", "n", "incidents"]])

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Say what the third row allows you to claim, and what not. If its limits hold zero, the honest sentence is: “Our data are too few to tell.” It stays so where the truth lies outside the limits: one interval in twenty misses, and the score is no more than a shadow of the impression; at work you would not know. If zero lies outside, name the direction, and no more than the limits say. Your result should look like a sentence with “between … and …” in it. Halving such limits takes four times the customers. With eight times as many (`accounts=16000`) the difference begins to show; few companies have them.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 3行目から言えることと、言えないことを書き分けてください。区間がゼロを含んでいるなら、正直な一文は「このデータの量では、まだ分からない」です。真の値が区間の外にあっても、この一文は変わりません。区間は20回に1回は外れますし、点数は印象の影にすぎません。それに、実務では真の値は見えません。ゼロを含まないときは、どちらの向きかを言い、大きさは区間の範囲で述べます。「○から△の間」という言い方の入った文になっていれば合格です。区間の幅を半分にするには、4倍の社数が要ります。8倍(`accounts=16000`)にすると、差がようやく見えはじめます。それだけのお客様がいる会社は、多くありません。

# %% [markdown] lang="en" tags=["further"]
# ## 12. Taught before the sale
#
# What Apple did with commercials we do with a demonstration: show the gesture before the contract. Customers who came to one get there more often in time. Naive: the plain difference. Adjusted: among customers alike in what was known at signing. But those who come to a demonstration are also those who need what it shows.

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 契約前に教えておく
#
# Apple がCMでしたことを、私たちは説明会やデモでしています。契約の前に、あの「動作」を見せるのです。参加したお客様は、期限内に立ち上がる割合が高い。よくある計算は、単純な差です。条件をそろえた計算は、契約時に分かっていることが似たお客様どうしの差です。ただし、説明会に来るお客様は、そこで見せるものを必要としているお客様でもあります。

# %%
# %%needs accounts.pre_sale_education onboarding.started onboarding.done calendar
taught = onboarding.education(book, within_days)
table(taught.set_index("way")[["estimate", "low", "high", "n"]])

# %% [markdown] lang="en" tags=["further"]
# Where the company is one of the kit's, the last row is the same comparison with the hidden fit put in as well. Look at the way from the first row to the last: it goes down, unless your sales team invites at random. There is a price, too. Whoever has seen the moment expects it, and until it comes the product falls short of what was shown.

# %% [markdown] lang="ja" tags=["further"]
# 最後の行は、隠れた「相性」まで加えて比べたものです(キットが作った会社のときだけ出ます)。上の行から下の行へ、数字はどう変わりましたか。下がるなら、相性の良いお客様ほど説明会に来ていた、ということです。代償もあります。あの瞬間を先に見たお客様は、それを期待して待ちます。届くまでの間、製品は「見せてもらったものに足りない」のです。

# %% [markdown] lang="en" tags=["further"]
# ## 13. The budget of prevention
#
# “Invest heavily in the first contact.” With whose hours? First, where they go now. Then, within each segment, a share of the hours spent after onboarding moves into it. Something is won at the beginning and something lost later on; the picture shows what remains a customer, the table both parts where a tenth moves. The same customers live through both worlds, so the difference is no luck.

# %% [markdown] lang="ja" tags=["further"]
# ## 13. 予防の予算
#
# 「最初の接点に、うんと投資を」。では、誰の時間を使うのでしょうか。まず、いま時間がどこに使われているかを見ます。次に、同じセグメントの中で、オンボーディング後に使っている時間の一部を、オンボーディングに回してみます。初めに得るものがあり、あとで失うものがあります。図は1社あたりの差し引き、表は1割を移したときの両方です。どちらの世界も、お客様と運は同じです。ですから、差は偶然によるものではありません。

# %%
# %%needs touches.minutes touches.touched_on accounts.signed_on calendar
spent = onboarding.hours_by_tenure(book).set_index("tenure").round({"hours": 0})
table(spent[["hours", "estimate", "per_account", "n"]], digits=2)

# %%
# %%needs truth accounts.segment
moved = onboarding.prevention(book, by="segment", horizon=horizon_months, gross_margin=gross_margin)
figures.onboarding.prevention(moved, lang=lang)

# %%
# %%needs truth accounts.segment
tenth = moved[moved["share"] == 0.1].set_index("segment")
amounts = {"gain": -1, "loss": -1, "estimate": -1, "low": -1, "high": -1}
table(tenth[["covered", *amounts]].round(amounts), digits=2)

# %% [markdown] lang="en" tags=["further"]
# Was “invest heavily” right? Each line answers for its own segment. The reason stands in the next table, an hour at a time: what one brings *before* a customer is onboarded, and what one brings *after*. Where the upper row of a segment beats the lower one, moving an hour inside it pays. Compare rows of different segments, too: from whom would you never take an hour?

# %% [markdown] lang="ja" tags=["further"]
# 「うんと投資」は得でしたか、損でしたか。答えは線ごとに違います。理由は、次の表の1時間あたりの数字にあります。立ち上がる**前**の1時間と、**後**の1時間が、それぞれ何をもたらすか。あるセグメントで「前」が「後」を上回れば、その中で時間を移すと得になります。セグメントをまたいでも見比べてください。1時間も減らしたくないのは、どのお客様ですか。

# %%
# %%needs truth accounts.segment
each = onboarding.hour_values(book, horizon=horizon_months, gross_margin=gross_margin)
hourly = {"hours": 1, "per_hour": -1, "per_hour_low": -1, "per_hour_high": -1}
table(each.set_index(["segment", "work"])[[*hourly]].round(hourly), digits=1)

# %% [markdown] lang="en" tags=["further"]
# Prevent or save? The same question for two ways of working: everybody gets high touch until onboarded, or the hours go where an alarm rings. Gain an hour, gain a unit of cost. Which leads depends on what an hour does in each, on who is reached, and on how many it takes; on another company (`-p source.seed=…`, another preset) the order may change. So it is a thing to measure, not a creed.

# %% [markdown] lang="ja" tags=["further"]
# 予防か、救出か。二つの働き方で同じことを問います。立ち上がるまで全員にハイタッチで付くのか、アラートが出たお客様に時間を回すのか。1時間あたりの効果と、費用1円あたりの効果を並べました。どちらが勝つかは、1時間で何ができるか、誰に届くか、何時間かかるかで決まります。会社が変われば(`-p source.seed=…` や別のプリセット)、順番も変わるかもしれません。信じて決めることではなく、測って決めることです。

# %%
# %%needs truth accounts.segment
ways = onboarding.prevent_vs_save(book, horizon=horizon_months)
table(ways.set_index("policy")[[*hourly, "per_cost"]].round(hourly), digits=2)

# %% [markdown] lang="en" tags=["further"]
# **Try it (4 minutes).** You may move one CSM's month, 130 hours. From where to where, and which row made you? Your result should look like: “130 hours from ⟨work⟩ to ⟨work⟩, because ⟨number⟩; I should change my mind if ⟨number⟩.” It is section 5 of the first homework.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(4分)** CSM 1人の1か月分、130時間を動かせるとします。どこから、どこへ。決め手になったのは、どの行ですか。「⟨どの仕事⟩から⟨どの仕事⟩へ130時間。根拠は⟨数字⟩。⟨数字⟩なら考えを変える」の形で書ければ合格です。宿題1の5節「時間の配分:予防と火消し」が、まさにこれです。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. `cslab readiness` tells beforehand what will run. The seven customers, the case cards and the company with the campaign run on any source.
#
# | You need | for | Look out for |
# |---|---|---|
# | `onboarding`: account_id, milestone, started, done | sections 1 to 5, 7 | projects deleted when a customer gives up; a start date that is written when the project ends |
# | `onboarding.kind` (setup, skill, value) | section 4 | all of your milestones may be of the first two kinds; then you have no outcome yet |
# | `contracts`: start, end | section 7 | customers who left before they began: they belong in the count |
# | `surveys` (day 30), `usage_monthly` | sections 10, 11 | who was asked and did not answer must stay in the table |
# | `incidents`: who was hit | section 11 | “everybody” is no comparison |
# | `touches`: minutes | section 13 | hours that nobody writes down go to the loudest customers |
#
# On a CRM without contracts (`deals` only), or a list of tenures without dates, these three are what runs.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どこまで実行できるかは、先に `cslab readiness` で確かめられます。紙の7社、事例カード、キャンペーンの会社の節は、どのデータでも動きます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `onboarding` の account_id・milestone・started・done | 1〜5節、7節 | お客様があきらめると案件ごと消される一覧。終わったときに書き込まれる開始日 |
# | `onboarding.kind`(setup・skill・value) | 4節 | 自社のマイルストーンが前の二つばかりなら、「成果」はまだ定義されていません |
# | `contracts` の start・end | 7節 | 始める前に離れたお客様も、分母に入れます |
# | `surveys`(30日目)と `usage_monthly` | 10・11節 | 送ったのに回答のなかったお客様の行を、消さずに残すこと |
# | `incidents` で誰が影響を受けたか | 11節 | 「全員」では比べる相手がいません |
# | `touches` の minutes | 13節 | 誰も記録しない時間は、声の大きいお客様に流れています |
#
# 契約のない CRM(`deals` だけ)や、日付のない利用月数の一覧で動くのは、この三つです。

# %% [markdown] lang="en"
# ## Key points
#
# - Of all who **began** at least 90 days ago, how many had got there on day 90? No other line below the fraction.
# - A list of completed projects cannot show those who gave up.
# - Onboarded is what the customer has, on a day you can name; not what we have ticked.
# - Time to value is a curve with two numbers: how fast, and how many never.
# - A magic number may be luck (hold-out) or a mere sign (lot). Test both before you build on it.
# - Not the gap: the gap among alike customers, times the share who do not get there.
# - The hours of prevention are taken from somewhere. Count what is lost there.

# %% [markdown] lang="ja"
# ## 要点
#
# - 90日以上前に**始めた**お客様全員のうち、90日目までに間に合ったのは何社か。分母はこれ以外にない。
# - 完了案件の一覧に、あきらめたお客様は載らない。
# - 「完了」とは、何月何日と言える日に、お客様が手にしたもの。こちらが付けたチェックではない。
# - TTV は曲線で、数字は二つ。速さと、ついに立ち上がらない割合。
# - 魔法の数字は、運かもしれないし(ホールドアウト)、ただのしるしかもしれない(抽選)。両方を確かめてから使う。
# - 約束してよいのは、差の全部ではない。似たお客様どうしの差に、立ち上がらない割合を掛けた分まで。
# - 予防の時間は、どこかから持ってくる。そこで失うものも数える。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# How to onboard. Which of your steps helps is a question for a lot, or for the lessons on cause and effect. Fit was hidden here as it is in life; a question at the first meeting can show some of it. The truth is the simulator's: there stalled onboarding lowers value for good, and nobody recovers by himself. That an onboarding which takes long is a bad one was never claimed; enterprises need their time.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# オンボーディングの進め方そのもの。どの手順が効くのかは、抽選で試すか、因果を扱う章の方法で調べる問いです。製品との相性は、現実と同じくデータに載せていません。初回商談での質問で、いくらか見えてくるものです。真の値はシミュレーターのもので、そこでは止まったオンボーディングがひとりでに再開することはありません。また、時間のかかるオンボーディングが悪い、とは言っていません。大企業には、大企業の時間が必要です。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. Last quarter twice as many customers gave up during onboarding. What did “completed within 90 days, of those completed” do?
# 2. “Customers who invite five colleagues in week one renew 18 points more often. Let us give a voucher for every invitation.” Which two questions do you ask?
# 3. Customers without a first result leave 12 points more often; 30 % are without one. What is the most that churn can fall if all of them get there?
#
# <details><summary>Answers</summary>
#
# 1. Nothing, or it rose: those who give up never come onto the list.
# 2. Out of how many events was this the best, and does it hold among customers who took no part in the search? And what happened where invitations were brought about by lot?
# 3. 3.6 points (12 × .30), if nothing else sets the two groups apart. As something does, less.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 前の四半期、オンボーディングの途中であきらめたお客様が倍になりました。「完了した案件のうち、90日以内のもの」という数字はどう動きましたか。
# 2. 「最初の1週間で同僚を5人招待したお客様は、更新率が18ポイント高い。招待1件ごとにギフト券を配りましょう」。聞くべきことを二つ挙げてください。
# 3. 最初の成果が出ていないお客様は、解約率が12ポイント高く、全体の30%います。全員に成果が出たら、解約率は最大で何ポイント下がりますか。
#
# <details><summary>答え</summary>
#
# 1. 動かないか、むしろ上がります。あきらめたお客様は、一覧に載らないからです。
# 2. いくつの出来事を試したうちの1位なのか、探すのに使わなかったお客様でも成り立つのか。そして、抽選で招待を促したときに何が起きたのか。
# 3. 3.6ポイント(12×0.30)。ただし、二つのグループにほかの違いが何もなければ、の話です。現実には違いがあるので、もっと小さくなります。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What will you do | Which number made you | Who | By when | Months until it shows |
# |---|---|---|---|---|
# | *for instance: replace the slide's denominator, and print the date on which the last customer in it began* | *section 3* | *lead of onboarding* | *next review* | *at once* |
# | *for instance: ask ten stalled customers for their “paper book”* | *section 4* | *two CSMs* | *in three weeks* | *3* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:完了率の分母を改め、「何月何日までに始めたお客様か」を添える* | *3節* | *オンボーディングのリーダー* | *次回の振り返り* | *すぐに* |
# | *例:止まっている10社に電話し、お客様にとっての「紙の台帳」を聞く* | *4節* | *CSM 2名* | *3週間以内* | *3* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# Go on to **lesson 05, When do customers leave?** The curve of section 5 is read there for those who leave. Whoever writes the first homework now has its last number: what an hour of prevention brings.
#
# | Word | In this course |
# |---|---|
# | Onboarding completion | the customer has its own first result; of all who began long enough ago |
# | Time to value (TTV) | from the beginning to that result, with those who never get there |
# | First success, wow moment | the first event in which the promised value is felt |
# | Hold-out | customers who take no part in a search, to check what it found |
# | By lot | chance alone decides who gets it, so the plain difference is the effect |
# | Fit | how well the product suits a customer; seldom written down |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# **第05章** 「お客様はいつ離れていくのか」へ進んでください。5節の曲線を、今度は離れるお客様について読みます。宿題1に取り組んでいる方は、これで最後の材料(予防の1時間が何をもたらすか)がそろいました。
#
# | 用語 | この教材での意味 |
# |---|---|
# | オンボーディング完了 | お客様が自分の最初の成果を手にすること。割合は、十分前に始めた全員のうち |
# | 価値実感までの時間(TTV) | 始めてからその成果までの時間。ついに届かないお客様も含める |
# | 第1の成功・ワオ!モーメント | 約束された価値を、初めて実感する出来事 |
# | ホールドアウト | 探すのに使わずに取っておき、見つけたものを確かめるためのお客様 |
# | 抽選(無作為) | 誰に行うかを運だけで決めること。単純な差が、そのまま効果になる |
# | 相性(フィット) | 製品がそのお客様に合っている度合い。たいてい、どこにも書かれていない |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 4 minutes; section 2, 8; section 3, 5; section 4, 6; section 5, 6; section 6, 10; section 7, 5; section 8, 1. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** customer E (it got there and is not counted); taking a curve that goes flat for customers who are slow; believing that a hold-out proves a cause; reading section 7 as “onboarding is not worth it”.
# - **Vary it:** `-p within_days=60`, `-p definition=checklist`, `-p source.seed=8`; `--source "synthetic:slow_burn?accounts=2000"` for late trouble, `synthetic:handoff_chaos` for early. In section 6, `-p other_source.seed=3` gives another magic number for the same nothing.
# - **When a verdict goes the other way:** keep it. The lot in section 6 has limits of some points either side; ask how many seeds of the class hold zero.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節で4分、2節で8分、3節で5分、4節で6分、5節で6分、6節で10分、7節で5分、8節で1分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** E社(成果が出たのに数えない)。曲線が平らになるのを「遅いだけ」と読む。ホールドアウトで確かめれば原因だと言える、と思う。7節を「オンボーディングは割に合わない」と読む。
# - **変えてみる** `-p within_days=60`、`-p definition=checklist`、`-p source.seed=8`。あとから問題が出る会社なら `--source "synthetic:slow_burn?accounts=2000"`、初めに出る会社なら `synthetic:handoff_chaos`。6節は `-p other_source.seed=3` で、別の「魔法の数字」が同じ「何もなし」になります。
# - **判定が逆に出たとき** 消さずに使います。6節の抽選の結果には、前後に数ポイントの幅があります。クラスの seed のうち、いくつの区間がゼロを含んだかを数えてください。
