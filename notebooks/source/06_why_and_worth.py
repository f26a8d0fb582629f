# %% [raw]
# number: "06"
# title_en: Why they leave, and what a customer is worth
# title_ja: なぜ離れるのか、一社の価値はいくらか
# question_en: Why do customers leave us, how much of it could anybody have prevented, and which customers are worth winning?
# question_ja: お客様はなぜ離れるのか。そのうちどこまで防げたのか。どんなお客様を迎えれば、会社に利益が残るのか。
# minutes_core: 45
# minutes_further: 55
# needs: [accounts]
# misconceptions: [M18, M19, M20]

# %% [markdown] lang="en" tags=["core"]
# # Why they leave, and what a customer is worth
#
# **The business question.** Why do customers leave us, how much of it could anybody have prevented, and which customers are worth winning?
#
# **Time.** Core track 45 minutes (29 reading, 16 hands-on) · further track 55 minutes (43 and 12). (Exercise sheet: 55 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 05 | necessary | the curve, the comb, “months up to a stated horizon” |
# | Lesson 01, section 3 | helpful | LTV; a rate is two numbers |
# | Your own list of churn reasons | helpful | who fills it in, and when |
# | pandas | further track only | to read a table in code; the core of the sheet asks for a number or one short line |
#
# **Afterwards you can**
#
# 1. **tell** a stated reason from a cause, and a departure that somebody decided from one that nobody did;
# 2. **say** whether retention that rises with age is your work or only the sorting of customers;
# 3. **read aloud** what goes before a lost renewal, and **not promise** that moving it moves the renewal;
# 4. **value** a customer up to a horizon, with limits, and **draw a line** below which you decline politely.

# %% [markdown] lang="ja" tags=["core"]
# # なぜ離れるのか、一社の価値はいくらか
#
# **この章の問い** お客様はなぜ離れるのか。そのうちどこまで防げたのか。どんなお客様を迎えれば、会社に利益が残るのか。
#
# **時間** 必修45分(読む29分・手を動かす16分)/発展55分(読む43分・手を動かす12分)。演習ノートブックは別に55分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第05章 | 必須 | 残存曲線、くし形、「何か月までのうち何か月」 |
# | 第01章 3節 | あると役立つ | LTV。率とは二つの数の組だ、という話 |
# | 自社の解約理由の一覧 | あると役立つ | 誰が、いつ入力しているか |
# | pandas | 発展のみ | コードで表を読む程度。演習の必修は、数か短い1行を書くだけです |
#
# **この章を終えると**
#
# 1. 「言われた理由」と原因を、そして誰かが決めた解約と誰も決めていない解約を**区別できる**
# 2. 付き合いの長いお客様ほど更新率が高いのは、自分たちの成果なのか、残った顔ぶれのせいなのかを**言える**
# 3. 失った更新の手前で何が起きていたかを**読み上げ**、それを動かせば更新も動くとは**約束しない**
# 4. お客様の価値を、期間と幅を添えて**見積もり**、丁重にお断りする線を**引ける**

# %% [markdown] lang="en"
# ## 0. Wednesday, the pricing committee
#
# The head of sales has brought one chart: reasons for leaving, and the tallest bar says “price”. “So we take ten per cent off. The rest looks after itself: look how loyal our older customers are, they get better every year. And all the churn there is, customer success can win back.”
#
# The CFO does not write anything down. “Before I give away a tenth of the revenue: *why* do they leave? And what is one of them worth?” You have until Friday.

# %% [markdown] lang="ja"
# ## 0. 水曜日、価格検討会議
#
# 営業部長が持ってきたグラフは1枚。解約理由の棒グラフで、いちばん高い棒は「価格」です。「だから1割下げましょう。ほかは心配ありません。付き合いの長いお客様ほど更新率が高く、年々良くなっています。残った解約も、カスタマーサクセスが頑張れば防げるはずです」。
#
# CFO はメモを取りません。「売上の1割を手放す前に聞きたい。お客様は**なぜ**離れるのか。そして、一社の価値はいくらなのか」。期限は金曜日。調べるのは、あなたです。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Ask everybody to write down two numbers about their own company: the share of churn for which the record says “price”, and the share of churn that nobody could have prevented. Then ask who fills in the field, on which day, and what happens if it is left empty. Keep the slips for sections 2 and 3.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 自社について数字を二つ、付箋に書いてもらいます。解約理由が「価格」になっている割合と、誰にも防げなかった解約の割合です。続けて「その欄は、誰が、いつ入力していますか。空欄だとどうなりますか」と聞きます。付箋は2節と3節まで貼っておきます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
reason: str = ""  # stated reason that is looked into, empty for the most frequent
# ja: 掘り下げる解約理由。空なら、いちばん多い理由
look_back_months: int = 24  # months before the last known day that count as of late
# ja: 基準日から何か月前までを「最近」とするか
horizon_months: int = 36  # months from signing over which causes and value are counted
# ja: 解約の理由と1社の価値を、契約から何か月分で数えるか
months_before: int = 4  # months before the end of a contract at which usage is read
# ja: 契約満了の何か月前の利用を見るか
gross_margin: float = 0.80  # share of revenue left after the cost of serving it
# ja: 粗利率(売上から提供原価を引いて残る割合)
discount: float = 0.10  # what a year's waiting costs, as a share
# ja: 1年あたりの割引率(0.10は10%)
signing_months: int = 24  # months after signing by which a customer should have earned back its cost
# ja: 獲得コストを何か月で回収すべきか
spent_share: float = 0.20  # share of the cost of winning a customer that is gone when we decline
# ja: 契約を見送っても戻らない、獲得コストの割合
other_source: str = "synthetic:sales_push?seed=7&accounts=2000"  # company where two deals in five are pushed, of section 11
# ja: 11節:商談の4割が押し込まれた会社

# %%
import pandas as pd

from cslab import figures
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, say, sentence, verdict
from cslab.course.table import table
from cslab.measure import causes, hazard, landmark, oracle, scores, sorting, survival, value
from cslab.words import money

book = begin("06", source, as_of, lang, reveal_truth)

# %% [markdown] lang="en"
# ## 1. One row is one departure
#
# The list that the chart was made from. Each row has two days: the one on which it was decided (or on which we heard of it), and the one on which it took effect. And one word that somebody chose from a menu. Which of the three would you trust most?

# %% [markdown] lang="ja"
# ## 1. 1行が1件の解約
#
# グラフのもとになった一覧です。どの行にも日付が二つあります。解約が決まった(こちらが知った)日と、実際に終わった日。それに、誰かが選択肢から選んだ理由が一つ。三つのうち、いちばん信じられるのはどれでしょうか。

# %%
# %%needs churn_events.reason_stated churn_events.effective_on calendar
gone = causes.exits(book)
since = book.as_of - pd.DateOffset(months=look_back_months)
say("departures_on_record", len(gone), late=(gone["effective_on"] > since).sum(), months=look_back_months)
table(gone.tail(5).set_index("account_id")[["decided_on", "effective_on", "stated"]])

# %% [markdown] lang="en"
# ## 2. “Over the price”
#
# Count the words, divide by the departures, sort: the chart of the head of sales.

# %% [markdown] lang="ja"
# ## 2. 「価格が高いから」
#
# 理由ごとに数え、解約の件数で割り、多い順に並べる。営業部長のグラフです。

# %%
# %%needs churn_events.reason_stated churn_events.effective_on calendar departures
reasons = causes.stated_reasons(book)
looked = reason or reasons["reason"].iloc[0]
stated = reasons.set_index("reason")["estimate"].get(looked, 0.0)
table(reasons.set_index("reason").rename_axis("reason_stated")[["departures", "estimate", "low", "high"]])

# %% [markdown] lang="en"
# **But can we trust this?** Think of the last time you cancelled something. Did you say “nobody here ever learned to use it, and my boss asked why we had bought it”? Or did you say “it is a bit expensive”? Price ends the conversation, blames nobody and is always a little true. It is also the first line of the menu.
#
# **Guess first:** of all these departures, what per cent happened *because of* the price? Put your guess in place of the dots.

# %% [markdown] lang="ja"
# **この数字を信じてよいでしょうか。** 自分が最後に何かを解約したときのことを思い出してください。「結局、社内の誰も使いこなせず、なぜ買ったのかと上司に聞かれまして」と説明しましたか。それとも「ちょっと高くて」で済ませましたか。「価格」と言えば話はそこで終わり、誰も傷つかず、少しは本当でもあります。しかも、選択肢のいちばん上にあります。
#
# **先に予想を** 解約全体のうち、本当に価格が**原因で**離れたのは何%でしょうか。`...` を自分の予想に書き換えてください。

# %%
predict("M19", ...)

# %% [markdown] lang="en"
# Two ways to check, both from records you may have. The first: somebody who was not there asks again. What comes up in the exit interviews of exactly those who had stated that reason?

# %% [markdown] lang="ja"
# 手元の記録だけでできる確かめ方が、二つあります。一つ目は、担当ではない人がもう一度聞くこと。その理由を挙げたお客様**だけ**の解約後の聞き取りで、話に出たのは何だったでしょうか。

# %%
# %%needs churn_events.reason_stated churn_events.effective_on interviews.themes calendar departures
again = causes.asked_again(book, looked)
table(again.set_index("theme")[["departures", "estimate", "low", "high"]])

# %% [markdown] lang="en"
# The second: hold the word against people for whom it cannot be the cause. A business that closes down or is swallowed by another ends its contracts from one day to the next; it does not compare prices. If such customers state the reason about as often as those who gave notice, the word tells how people answer, not why they leave.

# %% [markdown] lang="ja"
# 二つ目は、それが原因であるはずのない相手に、同じ言葉を当ててみること。廃業や吸収合併では、契約はある日突然終わります。価格を比べて離れたわけではありません。そうしたお客様も、解約を予告したお客様と同じくらいその理由を挙げているなら、その言葉から分かるのは「人はどう答えるか」であって、「なぜ離れたか」ではありません。

# %%
# %%needs churn_events.reason_stated churn_events.decided_on churn_events.effective_on calendar departures
by_notice = causes.said_by_notice(book, looked)
table(by_notice.set_index("kind")[["departures", "estimate", "low", "high", "n"]])

# %% [markdown] lang="en"
# So the lesson's number is a modest one: stated at the exit, *and* said again in the talk. But said twice is still said: take it for the most that words can bear out. The truth beside it is the simulator's, where nobody leaves over the price as such; what moves them is what they get for it. In your company it may be otherwise. The point is not that price never matters, but that this field cannot tell you.

# %% [markdown] lang="ja"
# そこで、この章では控えめに数えます。解約時に挙げられ、**しかも**聞き取りでもう一度出た割合です。ただし、二度言われても、言葉は言葉です。言葉から言えるのは多くてもここまで、と受け取ってください。隣の「真の値」はシミュレーターのもので、この世界では価格そのものが原因で離れるお客様はいません。お客様を動かすのは、払った分だけ得られるものがあるかどうかです。自社では違うかもしれません。言いたいのは「価格は関係ない」ではなく、「この欄からは分からない」ということです。

# %%
# %%needs churn_events.reason_stated churn_events.effective_on interviews.themes calendar departures
over_price = 0.0 if book.has("truth") and looked == "price" else None
twice = causes.confirmed(book, looked)
talks = again.loc[again["theme"] == looked, "departures"].sum()
if twice.n:
    say("said_twice", twice, stated=stated, talks=talks)
verdict("M19", naive=stated, better=twice, truth=over_price)

# %% [markdown] lang="en" tags=["speaker"]
# **After the verdict (3 minutes).** Somebody will say: “But they told us so.” Ask what else they would have ticked. Then let the room write the question they would ask instead of “why are you leaving?”; good ones ask for an event (“when did you last think of leaving, and what had just happened?”), not for a reason. Who asks matters more than what is asked: nobody tells the person who sold it.

# %% [markdown] lang="ja" tags=["speaker"]
# **判定のあとで(3分)** 「でも、お客様がそう言ったんですよ」という声が出ます。「ほかに、どれなら選べたでしょうか」と返してください。続けて、「なぜ解約されるのですか」の代わりに何を聞くかを書いてもらいます。良い質問は理由ではなく出来事を聞きます(「最後に解約を考えたのはいつですか。その直前に何がありましたか」)。何を聞くかより、誰が聞くかのほうが効きます。売った本人に、本当のことを言う人はいません。

# %% [markdown] lang="en"
# ## 3. Who decided?
#
# “Whatever the reason, we failed.” Did you? Sort the late departures of section 1 once more, by the days instead of the word: those that somebody decided, with notice before the end; and those that nobody decided, because the customer closed down or was merged, or was gone on the day we heard of it.
#
# **Guess first:** what per cent of them did nobody decide, so that no customer success in the world could have prevented them?

# %% [markdown] lang="ja"
# ## 3. 決めたのは誰か
#
# 「理由はどうあれ、防げなかったのはこちらの責任だ」。本当にそうでしょうか。1節で数えた直近の解約を、今度は言葉ではなく日付で分けます。お客様が決め、終わる前に予告があったもの。そして、誰も決めていないもの。廃業した、合併でなくなった、知らされたその日に終わっていた、という解約です。
#
# **先に予想を** そのうち、誰も「やめる」と決めていない解約、つまり、どんなに優れたカスタマーサクセスでも防ぎようのなかったものは、何%でしょうか。

# %%
predict("M20", ...)

# %%
# %%needs churn_events.reason_stated churn_events.decided_on churn_events.effective_on calendar departures
kinds = causes.preventable(book, since, book.as_of)
table(kinds.set_index("cause").rename_axis("kind")[["departures", "estimate", "low", "high"]])
nobody = causes.unpreventable(book, since, book.as_of)
verdict("M20", naive=0.0, better=nobody, truth=causes.truth_unpreventable(book, since, book.as_of))

# %% [markdown] lang="en"
# Fires break out at some rate whatever the fire brigade does. So “how many did we lose?” is half a question; the other half is “how many should we have expected to lose?” And “decided” is not yet “preventable”. Where the truth is known, the table asks for the rest: the same customers, the same luck, everybody looked after as well as we can. What is left would have happened anyway. (Those that nobody decides can even become more: a customer who is kept may still close down.)

# %% [markdown] lang="ja"
# 消防署がどれほど優秀でも、火事は一定の割合で起きます。ですから「何社失ったか」は問いの半分で、残りの半分は「何社失うのが当たり前だったか」です。また、「お客様が決めた解約」がすべて「防げた解約」とも限りません。真の値が分かる会社なら、その先も確かめられます。同じお客様、同じ運のまま、全員をいちばん手厚く支えたら。それでも残る解約は、何をしても起きていたものです(誰も決めていない解約は、かえって増えることもあります。引き止めたお客様が、あとで廃業するからです)。

# %%
# %%needs truth churn_events.reason_stated churn_events.effective_on calendar departures
anyway = causes.anyway(book, since, book.as_of)
by_policy = anyway.rename(columns={"cause": "kind"}).pivot(index="policy", columns="kind", values="departures").iloc[::-1]
whole = by_policy.round()
total = whole.sum(axis=1)
table(whole.assign(departures=total), digits=0)
nobodys, expected, left = whole.loc["as_it_is", "involuntary"], total["as_it_is"], total["all_high"]
shares = {"nobody_share": nobodys / expected, "left_share": left / expected, "most": 1 - left / expected}
say("left_anyway", left, expected=expected, nobody=nobodys, **shares)

# %% [markdown] lang="en"
# **Try it (3 minutes).** Finish the sentence the next target should be written with: “Of 100 departures, about ⟨…⟩ are nobody's decision. Our target is to halve the other ⟨…⟩, so total churn can fall by at most ⟨…⟩ per cent.” Then hold the last number against the table above: can the best of care do that much? Your result should look like three numbers, the last of them below 50, and a yes or no.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 来期の目標は、この文で書き始めます。「解約100件のうち、およそ⟨…⟩件は誰の決定でもない。残り⟨…⟩件を半分にすることが目標なので、解約全体は最大でも⟨…⟩%しか減らない」。書けたら、最後の数字を、手厚い支援の表と比べます。最善を尽くせば、そこまで減らせるでしょうか。数字が三つ入り、最後の数字が50より小さく、「届く」か「届かない」かを言えれば合格です。

# %% [markdown] lang="en"
# ## 4. “Older customers get better every year”
#
# Say that the chart of the head of sales is right, and customers in their fourth year stay more often than those in their first (we look in a moment). Would that be our work? Before you look at the company, look at two kinds of customers on a sheet of paper. Half are restless and half are settled; each has the same chance of leaving in every year of its life. **Nobody ever changes.** Read the last column downwards.

# %% [markdown] lang="ja"
# ## 4. 「付き合いの長いお客様ほど、年々良くなっている」
#
# 営業部長のグラフのとおり、1年目のお客様より4年目のお客様のほうが続くとしましょう(本当にそうかは、すぐあとで確かめます)。それは私たちの成果でしょうか。自社を見る前に、紙の上の2種類のお客様を見てください。半分は移り気、半分は落ち着いたお客様。離れる確率は、何年目でもずっと同じです。**誰一人、変わりません。** 右端の列を上から下へ読んでください。

# %% tags=["box"]
years = pd.RangeIndex(0, 7, name="year")
paper = pd.DataFrame({"restless": 50 * 0.60**years, "settled": 50 * 0.95**years}, index=years)
paper["companies"] = paper.sum(axis=1)
paper["restless_share"] = paper["restless"] / paper["companies"]
paper["kept"] = paper["companies"] / paper["companies"].shift()
table(paper.round({"restless": 0, "settled": 0, "companies": 0}), digits=2)

# %% [markdown] lang="en"
# Retention climbs by more than ten points, and no customer has become one bit more loyal. The restless have gone, so those who are left are the settled ones. It is sorting. (The shifted beta-geometric model of Fader and Hardie is this sheet with every shade between restless and settled, fitted to real counts.)
#
# In the picture: dots are your company, year of life by year of life, the dashed line is that model, in which by construction nobody changes. How much is left for the dots to explain? (Single dots jump, the later the more: few customers have come so far. Look at the limits.)

# %% [markdown] lang="ja"
# 継続率は10ポイント以上も上がりますが、以前より離れにくくなったお客様は、一社もいません。移り気なお客様がいなくなり、落ち着いたお客様が残っただけです。これは**選別**です(フェーダーとハーディの sBG モデルは、この紙の2種類を「移り気」から「落ち着いた」まで連続的に並べ、実際の件数に当てはめたものです)。
#
# 図の丸は自社の実績を何年目かごとに並べたもの、破線はそのモデルです。このモデルは、誰も変わらないという前提で作ってあります。丸と破線の差、つまり「成果」かもしれない分は、どのくらい残っていますか(丸は一つひとつ上下に跳ねます。後の年ほどお客様が少ないからです。幅を見てください)。

# %%
# %%needs contracts.end calendar
by_year = sorting.retention_by_year(book)
figures.sorting.by_year(by_year, lang=lang)

# %%
# %%needs contracts.end calendar
table(by_year.dropna(axis=1, how="all").set_index("year").drop(columns="method"))

# %% [markdown] lang="en"
# How, then, would you see that the company has become better? Hold customers of the **same age** against each other: first years lived of late (the same months as in section 3) against first years before, second against second. **Guess first:** by how many points has retention really risen?

# %% [markdown] lang="ja"
# では、会社が本当に良くなったことは、どうすれば分かるのでしょうか。**同じ年数**のお客様どうしを比べます。直近(3節と同じ月数)の「1年目」を、それより前の「1年目」と。2年目は2年目と。**先に予想を** 継続率は、本当は何ポイント上がったでしょうか。

# %%
predict("M18", ...)

# %%
# %%needs contracts.end calendar
rise = sorting.rise_with_age(book)
change = sorting.same_age_change(book, look_back_months)
risen = {"points": 100 * rise.estimate, "least": 100 * rise.low, "most": 100 * rise.high}
told = "age_rises" if rise.low > 0 else "age_unclear"
say(told if pd.notna(rise.estimate) else rise.method, n=rise.n, **risen)

# %%
# %%needs contracts.end calendar
if pd.isna(change.estimate):
    say(change.method, n=change.n, months=look_back_months)
if pd.notna([rise.estimate, change.estimate]).any():
    verdict("M18", naive=rise, better=change, truth=sorting.true_same_age_change(book, look_back_months))

# %% [markdown] lang="en" tags=["speaker"]
# **On section 4 (3 minutes).** The sheet of paper is the whole argument; give it time. Ask: “Which single column would convince you that we got better?” (The same year of life, this year against last.) A good question from the room: “Is sorting bad, then?” No. It is what a budget should expect to happen by itself.

# %% [markdown] lang="ja" tags=["speaker"]
# **4節の進め方(3分)** 議論のすべては紙の表にあります。急がず見せてください。「会社が良くなったと言うには、どの列がどう動けばよいですか」と聞きます(同じ年数の、今年と去年)。「では、選別は悪いことですか」という良い質問が出たら、「いいえ。放っておいても起きることとして、予算に織り込んでおくものです」と答えます。

# %% [markdown] lang="en"
# ## 5. What goes before a lost renewal
#
# Neither words nor age, then. What did the customers *do*? Take every month in which a contract came to its end, and what was known of the customer some months earlier (how many, the sentence below says), before anybody had decided. The model asks which of these signs go with leaving, each at equal values of the others, and, because contracts end when they end, it compares twelve-month renewals with twelve-month renewals.

# %% [markdown] lang="ja"
# ## 5. 失った更新の手前で起きていたこと
#
# 言葉でも年数でもないなら、お客様は何を**して**いたのでしょうか。契約が満了した月をすべて取り出し、その数か月前(何か月前かは下の文にあります)、まだ誰も決めていなかった時点で分かっていたことを並べます。モデルが問うのは、ほかの条件が同じなら、どの兆しが解約と一緒に現れるか。契約は満了の月にしか終わらないので、12か月契約の更新は12か月契約の更新どうしで比べます。

# %%
# %%needs usage_monthly.wau_ratio tickets accounts.trial_usage accounts.mrr0_amount contracts.end contracts.term_months calendar many_departures
months = hazard.person_months(book, lag=months_before)
due = months.where(months.due)
signs = ["wau_ratio", "tickets", "trial_usage", "log(mrr0_amount)"]
model = hazard.fit(due, signs)
figures.hazard.coefficients(model.table, lang=lang, per="spread")

# %%
# %%needs usage_monthly.wau_ratio tickets accounts.trial_usage accounts.mrr0_amount contracts.end contracts.term_months calendar many_departures
import numpy as np

renewals = model.baseline[model.baseline["due"]].set_index("term")
table(renewals[["estimate", "low", "high", "n", "events"]])
usage = model.table.set_index("name").loc["wau_ratio"]
odds = np.exp(-usage["spread"] * usage[["estimate", "low", "high"]].astype(float))
say("odds_of_leaving", 100 * usage["spread"], odds=odds["estimate"], low=odds["high"], high=odds["low"], months=months_before)

# %% [markdown] lang="en"
# What to see: a bar that does not touch the line at ×1 goes with leaving (right) or with staying (left); its length says how unsure we are, not how important it is. Each sign is counted for a step of one standard deviation, so that they can be compared; ×0.5 is half the odds of leaving. The small table is the other half of the model: the chance of leaving at the end of a contract of each length, for a customer who is average in all signs.

# %% [markdown] lang="ja"
# 見るところ:横棒が×1の線にかかっていなければ、その兆しは解約(右)か継続(左)と一緒に現れています。棒の長さは重要さではなく、どのくらい不確かかを表します。どれも標準偏差1つ分の違いで数えてあるので、互いに比べられます。×0.5なら、離れる見込み(オッズ)は半分です。小さな表はモデルのもう半分で、どの兆しも平均的なお客様が、その期間の契約の満了で離れる確率です。

# %% [markdown] lang="en"
# **Is usage the lever, then?** No: it is the thermometer. Usage is low where customers get little out of the product. Log everybody in by a contest and the thermometer rises; the fever does not fall. A coefficient says where to look and whom to call first. What a call *does* takes an experiment, or the lessons on cause and effect.
#
# **Try it (3 minutes).** Take the sign that lies farthest from ×1 and write two sentences: one about whom you would call on Monday, one about what this number does **not** allow you to promise. Your result should look like a name of a list, and a sentence with “does not”.

# %% [markdown] lang="ja"
# **では、利用率を上げれば更新されるのでしょうか。** いいえ。利用率は体温計です。製品から得るものが少ないお客様では、利用率も低くなります。ログインキャンペーンで体温計の目盛りは上がっても、熱は下がりません。係数が教えてくれるのは、どこを見て、誰に先に電話するかです。電話が**効くか**どうかは、実験か、因果を扱う章の方法でなければ分かりません。
#
# **やってみましょう(3分)** ×1からいちばん離れた兆しを選び、文を二つ書いてください。月曜に誰へ電話するか。そして、この数字からは何を約束**できない**か。連絡先の一覧の名前が一つと、「〜とは言えない」で終わる文が一つあれば合格です。

# %% [markdown] lang="en"
# ## 6. What is one of them worth?
#
# Now the CFO's second question. Four ways of making a lifetime value lie in the picture. The upper two take last year's churn for good and divide: they know no end. The lower two stop at the month named in the picture and follow what customers did (the curve of lesson 05, with the amounts they paid) or the model of section 4. Dotted: what a customer can be expected to bring up to that month, where it is known. The cost of winning the customer is not taken off yet.

# %% [markdown] lang="ja"
# ## 6. 一社の価値はいくらか
#
# CFO の二つ目の問いです。図には、LTV の出し方を4通り並べました。上の二つは、直近の解約率がいつまでも続くとみて割り算したもので、終わりがありません。下の二つは図に書かれた月で打ち切り、お客様の実際の動き(第05章の残存曲線と、支払われた額)か、4節のモデルに沿って数えます。点線は、その月までに一社がもたらすと期待できる額です(分かっているとき)。獲得コストは、まだ引いていません。

# %%
# %%needs mrr_movements contracts.end calendar
reach = survival.watched_horizon(survival.durations(book), horizon_months)
ways = value.ltv_four_ways(book, reach, gross_margin, discount)
worth = oracle.value(book.truth, reach, gross_margin, discount)
figures.value.four_ways(ways, worth, lang=lang)

# %%
# %%needs mrr_movements contracts.end calendar
amounts = {"estimate": -3, "low": -3, "high": -3}
by_way = ways.set_index("way")
table(by_way[[*amounts, "n"]].round(amounts), digits=0)
gap = by_way.loc["sbg", "estimate"] / by_way.loc["survival", "estimate"] - 1
if pd.notna(gap):
    say("model_beside_curve", gap)

# %% [markdown] lang="en"
# What to see: how far apart the answers lie, and that the two large ones are not *wrong sums*. They answer another question, one about for ever. A value without a horizon and limits is not a number but an opinion. Which of these would you let sales pay a commission on?

# %% [markdown] lang="ja"
# 見るところ:答えがどれだけ離れているか。大きい二つは計算間違いではなく、「永遠に続いたら」という別の問いへの答えです。期間と幅のない LTV は、数字ではなく意見です。営業の報奨金をこの数字で払うとしたら、どれを使いますか。

# %% [markdown] lang="en"
# ## 7. The right customer
#
# The values of section 6 are means, and a mean can hide customers who never pay back what winning them cost. On the day of signing we have no usage, no ticket, no survey; only what sales wrote down. Learn from those who signed first, and try it on those who signed **after** them: what did customers bring, less the cost of winning them, by how good they had looked at the signature? Only those count whose months up to the horizon of the picture are all on record; so there are few of them.

# %% [markdown] lang="ja"
# ## 7. 正しい顧客
#
# 6節の価値は平均です。平均の陰に、獲得にかけた費用を返してくれないお客様が隠れているかもしれません。契約の日には、利用履歴も問い合わせもアンケートもありません。あるのは営業が書き残したことだけです。先に契約したお客様から学び、**あとから**契約したお客様で試します。契約時の見立てが良かった順に五つに分けると、獲得コストを引いていくら残ったでしょうか。図に書かれた月数をまるまる記録できたお客様しか数えられないので、社数は多くありません。

# %%
# %%needs accounts.signed_on accounts.mrr0_amount accounts.cac_amount mrr_movements contracts.end calendar
signing = value.at_signing(book, signing_months, gross_margin, discount)
looked = value.by_predicted(signing)
truly = value.true_by_predicted(book, signing)
figures.signing.by_predicted(looked, truly, lang=lang)
told = "right_customer_model" if pd.notna(signing.slope.estimate) else "right_customer_few"
say(told, signing.slope, train=signing.n_train, test=signing.n_test, since=signing.since)

# %% [markdown] lang="en"
# What to see: is the lowest fifth above zero? If it is not, those customers cost more than they bring, and nobody was unkind to them: the product did not suit. (A fifth holds few customers, and one large one moves it: read the limits before the heights. Where a dot of the truth lies outside them, that is such luck.) In the ten laws of customer success (Mehta, Steinman and Murphy 2016) it is the first: sell to the right customer. Declining politely is a service, to them and to your own team.
#
# But each *no* has a price too. Part of the cost of winning is already spent when you decline (a fifth, unless you have changed `spent_share`), and some of those you send away would have been fine. The next table tries one line after another.

# %% [markdown] lang="ja"
# 見るところ:いちばん下の5分の1は、ゼロを上回っていますか。下回っているなら、そのお客様には、もたらしてくれる額より多くの費用をかけています。対応が悪かったのではなく、製品が合っていなかったのです(5分の1ずつでは社数が少なく、大口が一社入るだけで大きく動きます。高さより先に幅を見てください。真の値が幅から外れているところがあれば、それもそうした偶然です)。カスタマーサクセスの「青本」(メータほか、2016年)でも、10の原則の1番目は「正しい顧客に販売しよう」です。丁重にお断りするのは、お客様のためでも、自分のチームのためでもあります。
#
# ただし、お断りにも費用がかかります。断る時点で、獲得コストの一部はもう使っています(`spent_share` を変えていなければ2割)。断った中には、続いてくれたはずのお客様もいます。次の表では、線を引く位置を少しずつ変えて試しました。

# %%
# %%needs accounts.signed_on accounts.mrr0_amount accounts.cac_amount mrr_movements contracts.end calendar
lines = value.cutoffs(signing, spent_share)
tried = lines[lines["cutoff"].isin([0.0, 0.6, 0.8, 1.0, 1.2, 1.5])]
table(tried.set_index("cutoff")[["declined", *amounts]].round(amounts) + 0.0, digits=2)

# %%
# %%needs accounts.signed_on accounts.mrr0_amount accounts.cac_amount mrr_movements contracts.end calendar
best = tried.round(amounts).loc[tried["estimate"].idxmax()]
told = "cutoff_none" if best["estimate"] <= 0 else "cutoff_clear" if best["low"] > 0 else "cutoff_open"
amount = money(best["estimate"], book.currency, lang)
low, high = money(best["low"], book.currency, lang), money(best["high"], book.currency, lang)
gains = {"amount": amount, "low": low, "high": high, **best[["cutoff", "declined"]]}
say(told, theory=1 - spent_share, n=signing.n_test, **gains)

# %% [markdown] lang="en"
# **Decide (5 minutes).** `cutoff` is predicted value over cost of winning; below it you decline. `estimate` is what that brings, a customer offered, against taking everybody, among customers the model had not seen.
#
# 1. Where do you draw the line, and how many do you send away?
# 2. Do its limits hold zero? What would you do for a quarter before making it a rule?
# 3. Who tells the customer, and with which sentence?
#
# Your result should look like a line, a share, and a sentence that a customer could hear without taking offence.
#
# <details><summary>A model answer</summary>
#
# 1. At one less the part already spent: a customer just there brings what is still to be spent on it. If another row of the table looks better, see the sentence below it: a table of so few customers cannot tell neighbours apart, and the reasoning needs no luck. A line far above one sends away good customers together with bad ones.
# 2. Often they do, since few customers were held out. So begin with a flag instead of a rule: whoever falls below it is sold only with a CSM in the room, and in a quarter you look again.
# 3. Whoever sells, before the offer: “For what you have told us, we would not bring you to your goal within a year. Here is who might, and this is what would have to change for us to be the right ones.”
#
# </details>

# %% [markdown] lang="ja"
# **決める(5分)** `cutoff` は「見込みの価値÷獲得コスト」で、これを下回る商談をお断りします。`estimate` は、全員を受け入れる場合に比べて、商談1件あたりいくら得になるか。モデルが見ていないお客様で数えています。
#
# 1. どこに線を引きますか。何割をお断りすることになりますか。
# 2. その幅にゼロは入っていますか。ルールにする前の3か月、何をしますか。
# 3. お客様には、誰が、どんな言葉で伝えますか。
#
# 線が一つ、割合が一つ、そしてお客様が気を悪くせずに聞ける一文があれば合格です。
#
# <details><summary>解答例</summary>
#
# 1. 「1−すでに使った割合」です。ちょうどそこにいるお客様は、これからかかる費用と同じだけをもたらします。表では別の行のほうが良く見えるかもしれませんが、下の文のとおり、この社数では隣の行との優劣は決められません。理屈のほうは、運に左右されません。1を大きく超える線では、良いお客様まで一緒に断ることになります。
# 2. 確かめるのに使えるお客様が少ないので、ゼロが入ることはよくあります。いきなりルールにせず、まず目印にします。線を下回る商談にはCSMが同席し、3か月後にもう一度数えます。
# 3. 営業担当が、見積もりを出す前に。「伺った内容ですと、1年以内に御社の目標を達成いただけるとは、申し上げられません。それでしたら、○○社のほうがお役に立てそうです。もし状況がこう変わりましたら、ぜひお声がけください」。
#
# </details>

# %% [markdown] lang="en" tags=["speaker"]
# **Decide in pairs (5 minutes):** one is sales with a quota, the other customer success with a full calendar. They have to agree on one line. If they cannot, ask who pays for a customer who should not have been won: in most companies it is nobody's number.

# %% [markdown] lang="ja" tags=["speaker"]
# **「決める」は二人一組で(5分)。** 一人はノルマのある営業、もう一人は予定の埋まったCSMです。線を一つに決めてもらいます。まとまらない組には「迎えるべきでなかったお客様の費用は、誰の数字に載りますか」と聞きます。たいていの会社で、誰の数字にも載っていません。

# %% [markdown] lang="en"
# ## 8. Friday: what the CFO gets
#
# Why they leave, how much of it is ours to prevent, what a customer is worth, and from where on we say no. Read it aloud, and notice which words are missing: “price”, and “for ever”.

# %% [markdown] lang="ja"
# ## 8. 金曜日、CFO への答え
#
# なぜ離れるのか、そのうち自分たちに防げるのはどこまでか、一社の価値はいくらか、どこからお断りするか。声に出して読んでみてください。どの言葉が**入っていないか**にも注目です。「価格」と「永遠に」です。

# %%
# %%needs churn_events.reason_stated churn_events.decided_on churn_events.effective_on mrr_movements contracts.end calendar departures
by_curve = by_way.loc["survival"]
bought = {"low": money(by_curve["low"], book.currency, lang), "high": money(by_curve["high"], book.currency, lang)}
points = {"points": 100 * change.estimate, "least": 100 * change.low, "most": 100 * change.high}
worth_now = money(by_curve["estimate"], book.currency, lang)
told = "aged_flat" if not rise.low > 0 or rise.estimate <= change.estimate else "aged_part" if change.estimate > 0 else "aged_all"
aged = sentence(told if pd.notna(change.estimate) else "aged_open", lang, [], points)
say("answer_why_and_worth", nobody, aged=aged, horizon=reach, worth=worth_now, **bought)

# %% [markdown] lang="en"
# **On your own (55 minutes more):** `cslab open 06 --exercise` asks, of another company, what those who left said and what nobody could have prevented, how many of a thousand customers are left after twelve years, and below which line you would decline.
#
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: the curve that erases the cliff, what blurred measurement does to a coefficient, deals that were pushed, two causes in one race and the damper, exits that were made hard, and a list without dates.*

# %% [markdown] lang="ja"
# **自分で解く(別に55分)** `cslab open 06 --exercise` で演習が開きます。別の会社について、離れたお客様の言い分、誰にも防げなかった解約、1,000社の12年後、そしてお断りする線を答えます。
#
# *必修はここまでです。章末の要点とアクションログへ進んでください。時間があれば発展へ。崖を消してしまう曲線、測り方の粗さで係数はどう変わるか、押し込まれた商談、競い合う二つの原因とダンパー効果、面倒にされた解約手続き、そして日付のない一覧を扱います。*

# %% [markdown] lang="en" tags=["further"]
# ## 9. The curve that erases the cliff
#
# Many tools draw retention as one smooth line: Weibull, lognormal, “churn decays with age”. Such a line needs two numbers, so it is handy, and it can be drawn on beyond the records. Here are twelve-month contracts, month by month, and two of those lines through the same customers.

# %% [markdown] lang="ja" tags=["further"]
# ## 9. 崖を消してしまう曲線
#
# 多くのツールは、継続率を一本の滑らかな線で描きます。ワイブル、対数正規、「解約は年数とともに減衰する」。二つの数だけで描けるので手軽で、記録の先まで延ばせます。12か月契約のお客様だけを取り出し、月ごとの実績と、同じお客様に引いた二本の線を並べます。

# %%
# %%needs contracts.end contracts.term_months calendar many_departures
yearly = survival.durations(book).query("term_months == 12")
enough = yearly["event"].sum() >= 10
if enough:
    drawn = hazard.smoothed(yearly, survival.watched_horizon(yearly, horizon_months))
    figures.survival.curves(drawn, lang=lang)
else:
    say("few_yearly", yearly["event"].sum(), least=10)

# %%
# %%needs contracts.end contracts.term_months calendar many_departures
if enough:
    around = pd.concat(drawn, names=["reading"]).query("time in [11, 12, 13, 23, 24, 25]")
    table(around.pivot_table(index="time", columns="reading", values="estimate", sort=False))

# %% [markdown] lang="en" tags=["further"]
# **But can we trust this?** Averaged over a year or two the lines are about right; that is what they were fitted for. Read the rows around each renewal. In month 11 the lines have lost customers who could not leave, and in month 13 they keep customers who are gone. A team that plans by the line calls everybody a little, all the time.
#
# The same in the model of section 5: once with a clock that knows when a contract ends, once with a smooth curve of age in its place. Fitted on half of the customers, tried on the other half; the smaller number tells better what happened.

# %% [markdown] lang="ja" tags=["further"]
# **この線を信じてよいでしょうか。** 1、2年をならせば、だいたい合っています。ならして合うように引いたのですから。更新月の前後の行を読んでください。11か月目には、離れようのないお客様をもう失い、13か月目には、いなくなったお客様がまだ残っています。この線で計画すると、全員に、一年じゅう、少しずつ電話することになります。
#
# 5節のモデルでも同じことを確かめます。契約がいつ終わるかを知っている時計を使った場合と、代わりに年数の滑らかな曲線を使った場合。お客様の半分で作り、残り半分で試しました。数字が小さいほうが、実際に起きたことをよく言い当てています。

# %%
# %%needs usage_monthly.wau_ratio tickets accounts.trial_usage accounts.mrr0_amount contracts.end contracts.term_months calendar many_departures
half = months.account % 2 == 0
clock = hazard.fit(months.where(half), ["wau_ratio"]).log_loss(months.where(~half))
smooth = hazard.fit(months.where(half), ["wau_ratio"], baseline="tenure").log_loss(months.where(~half))
say("clock_or_curve", clock, smooth=smooth)

# %% [markdown] lang="en" tags=["further"]
# The Cox model, best known of all, has no shape to get wrong: it compares customers with others who have come to the same month, and with `strata` only with others on a contract of the same length. It gives almost the same ratios as section 5. What it assumes is that a ratio is the same early and late in life; the sentence at the end says whether it is.

# %% [markdown] lang="ja" tags=["further"]
# いちばん有名なコックス(Cox)モデルは、そもそも曲線の形を決めないので、形を外す心配がありません。同じ月まで来たお客様どうしを、`strata` を指定すれば同じ契約期間のお客様どうしだけで比べます。比の値は5節とほとんど変わりません。前提は、契約して間もない頃も、年数がたってからも、その比が同じだということです。それが成り立つかどうかは、最後の文に出ます。

# %%
# %%needs usage_monthly.wau_ratio tickets accounts.trial_usage accounts.mrr0_amount contracts.end contracts.term_months calendar many_departures
varying = hazard.time_varying(due, signs)
both_ways = pd.DataFrame({"logit": model.table.set_index("name")["ratio"], "cox": varying.table.set_index("name")["ratio"]})
table(both_ways.rename_axis("sign"))

# %%
# %%needs accounts.trial_usage accounts.mrr0_amount contracts.end contracts.term_months calendar many_departures
fixed = hazard.cox(survival.durations(book), ["trial_usage", "log(mrr0_amount)"], strata="term_months")
checked = hazard.proportional(fixed, survival.durations(book))
import numpy as np

by_age = checked.query("name != 'all'").set_index("name").rename_axis("sign")
ratios = {"early_ratio": np.exp(by_age["early"]), "late_ratio": np.exp(by_age["late"])}
table(by_age.assign(**ratios)[["p_value", *ratios]])
say("ratio_holds", " ".join(hazard.advice(checked, lang)))

# %% [markdown] lang="en" tags=["further"]
# ## 10. What blurred measurement does to a coefficient
#
# Usage stands for something else: what the customer gets out of the product. It does so with noise. Where the truth is known, both can be put into the same model, once the record of usage, once the thing itself, both read at the moment that decides. What to see: is the coefficient of usage nearer to zero? That is *attenuation*: noise in a sign does not make it wrong, it makes it look weaker than what it stands for.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. 測り方の粗さで、係数はどう変わるか
#
# 利用率は、お客様が製品から得ている価値を、じかに測れないので代わりに測っているものです。しかも、その測定にはぶれがあります。真の値が分かる会社なら、同じモデルに、記録された利用率を入れた場合と、価値そのものを入れた場合とを比べられます。どちらも、更新が決まる時点で読みます。見るところ:利用率の係数のほうが、ゼロに近くなっていませんか。これを**希薄化**と呼びます。測り方が粗いと、兆しは間違いになるのではなく、実際より弱く見えるのです。

# %%
# %%needs truth usage_monthly.wau_ratio contracts.notice_days accounts.segment contracts.end contracts.term_months calendar many_departures
sharp = hazard.blurred(book).rename(columns={"feature": "sign"})
table(sharp.set_index("sign")[["estimate", "low", "high", "truth"]])

# %% [markdown] lang="en" tags=["further"]
# And now both in one model: the value that decides, and beside it all the signs of section 5. Diamonds are the truth. What to see: what is left of usage, of enquiries, of the trial, once we know what they were signs *of*?

# %% [markdown] lang="ja" tags=["further"]
# では、両方を一つのモデルに入れます。更新を左右している価値と、5節で使った兆しのすべてです。菱形が真の値です。見るところ:何の兆しだったのかが分かってしまうと、利用率や問い合わせやトライアルには、何が残りますか。

# %%
# %%needs truth usage_monthly.wau_ratio tickets accounts.trial_usage accounts.mrr0_amount contracts.notice_days accounts.segment contracts.end contracts.term_months calendar many_departures
behind = hazard.unveiled(book, signs, lag=months_before)
figures.hazard.coefficients(behind.fitted.table, truth=behind.truth, lang=lang, per="spread")

# %% [markdown] lang="en" tags=["further"]
# ## 11. Deals that were pushed
#
# Back to the sales floor. In the last days of a quarter deals are “brought over the line”. Here is a company where that is a habit (`other_source`). The curve follows those who were pushed and those who were not. What to see: when do the two part, and by how much, at the first renewal?

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 押し込まれた商談
#
# 営業の現場に戻ります。四半期の最後の数日になると、商談が「押し込まれ」ます。それが習慣になっている会社のデータです(`other_source`)。押し込まれたお客様と、そうでないお客様を追いかけた曲線を見てください。見るところ:二本はいつ、どれだけ離れますか。最初の更新ではどうですか。

# %%
from cslab.course.elsewhere import from_here

other = another(other_source, reveal_truth)
from_here(other)
signed = survival.durations(other)
signed["deal"] = signed["sales_push"].map({True: "pushed_over", False: "not_pushed"})
figures.survival.curves(survival.kaplan_meier(signed, by="deal"), at=12, lang=lang)

# %%
pushed = value.pushed_worth(other, signing_months, gross_margin, discount)
table(pushed.set_index("pushed")[["bookings_amount", "estimate", "low", "high", "n"]].round({"bookings_amount": -3}), digits=2)

# %% [markdown] lang="en" tags=["further"]
# The bookings are alike, and so is the commission. What comes back for each yen booked is not (`estimate`: margin within the months of section 7 less the cost of winning, for each unit of MRR booked).
#
# Now pay sales on what is retained instead of what is booked. In the simulated company nobody pushes then: customers who had to be pushed and do not suit are not won, the others sign all the same and are handed over calmly. Read what a customer brings, what a unit of bookings brings, *and* what all of them bring together.

# %% [markdown] lang="ja" tags=["further"]
# 受注額はほとんど変わらず、報奨金も変わりません。ところが、受注1円あたりに返ってくる額は違います(`estimate`:7節と同じ月数の粗利から獲得コストを引き、受注した MRR で割ったもの)。
#
# 次に、営業の報奨金を、受注額ではなく**残った額**で払うことにします。シミュレーションの会社では、誰も押し込まなくなります。押し込まれて契約し、製品も合わないお客様は来なくなり、ほかのお客様はいつもどおり契約して、落ち着いて引き継がれます。一社がもたらす額、受注1円あたりの額、**そして**全社を合わせた額を読んでください。

# %%
# %%needs truth
incentive = value.sales_incentive(other, signing_months, gross_margin, discount)
names = {"n": "companies", "estimate": "together_amount"}
paid = incentive.set_index("incentive")[["n", "each_amount", "per_booked", "estimate"]].rename(columns=names)
table(paid.round({"each_amount": -3, "together_amount": -6}), digits=2)

# %% [markdown] lang="en" tags=["further"]
# **The lesson is not “never push”.** Each customer is worth more without it, and a unit of bookings is; the sum may well be smaller, because a customer who suits badly can still bring more than it cost. So the honest question to the board is: what would sales do with the hours it no longer spends on pushing, and customer success with those it no longer spends on saving? If the answer is “win as many who suit”, the value of each decides; if it is “nothing”, the sum does.

# %% [markdown] lang="ja" tags=["further"]
# **教訓は「絶対に押し込むな」ではありません。** 一社あたりの価値も、受注1円あたりの価値も、押し込まないほうが高くなります。それでも合計は減るかもしれません。合わないお客様でも、獲得コスト以上のものをもたらすことがあるからです。ですから、経営に問うべきはこうです。押し込みに使わなくなった営業の時間と、引き止めに使わなくなったCSの時間を、何に使うのか。「合うお客様を同じ数だけ獲得する」なら一社あたりの列で、「何もしない」なら合計の列で決まります。

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** A rule of thumb says: who leaves at the first renewal was sold wrongly, who leaves later was served wrongly. Name one record in your company that would speak for it and one that would speak against it. Your result should look like two columns of two tables. Afterwards put `value.whose_churn(book)` into a cell of your own and give it some seconds: it asks who could be told at the signature, and who by what they did later, at first renewals and at later ones.
#
# Compare with your own company: `-p other_source=…` takes any source that knows `accounts.sales_push`.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 「最初の更新で離れたら営業の責任、その後はCSの責任」という経験則があります。自社の記録で、これを支持する材料と、反対する材料を一つずつ挙げてください。二つの表の、二つの列の名前になっていれば合格です。書けたら、新しいセルに `value.whose_churn(book)` と入れてみてください(数秒かかります)。契約時に見分けられたのは誰か、その後の行動で見分けられたのは誰かを、最初の更新とその後の更新に分けて答えます。
#
# 自社と比べるには `-p other_source=…` を使います。`accounts.sales_push` が分かるデータなら、何でもかまいません。

# %% [markdown] lang="en" tags=["further"]
# ## 12. Two causes in one race, and the damper
#
# Now section 3 along the customer's life: of 100 who sign, how many have left by the right edge of the picture, and for which cause? The causes compete: a business that has closed can no longer decide against us.
#
# Take ten customers. First two close down; of the eight that are left, four decide to leave. So 20 % were lost to closing, 40 % to a decision, 60 % together. The usual tool draws a retention curve for one cause and takes those who left for the other out of the count, as if they might still do it: four of eight, 50 %. With the 20 % that makes 70 %, and only six of ten have left.

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 競い合う二つの原因とダンパー効果
#
# 3節の二つの原因を、今度は契約からの時間に沿って見ます。契約した100社のうち、図の右端までに、どちらの原因で何社が離れたでしょうか。原因どうしは競い合います。廃業した会社は、もう解約を「決める」ことができません。
#
# 10社で考えてみます。まず2社が廃業し、残る8社のうち4社が解約を決めました。廃業で20%、自分の決定で40%、合わせて60%が離れています。ところが、よくある計算は片方の原因だけで残存曲線を引き、もう片方で離れたお客様は分母から外してしまいます。すると、自分の決定は8社のうち4社で50%。廃業の20%と足せば70%です。実際に離れたのは、10社のうち6社なのに。

# %%
# %%needs churn_events.reason_stated churn_events.effective_on contracts.end calendar departures
seen = causes.spells(book)
horizon = survival.watched_horizon(seen, horizon_months)
incidence = causes.cumulative_incidence(seen, horizon)
figures.causes.incidence(incidence, truth=causes.truth_incidence(book, horizon), lang=lang)

# %% [markdown] lang="en" tags=["further"]
# What to see: how the two shares grow from month to month, one in steps, one in a slope. Which of them has a date on which you can be there beforehand? In the table, add up the last column: one minus Kaplan–Meier, cause by cause, makes more customers leave than did leave. The more causes you tell apart, the worse it gets.

# %% [markdown] lang="ja" tags=["further"]
# 見るところ:二つの割合の増え方です。一方は階段、もう一方は坂になっています。先回りできる日付があるのは、どちらでしょうか。表では右端の列を足してみてください。原因ごとに「1−カプラン・マイヤー」で計算すると、実際に離れた数より多くなります。原因を細かく分けるほど、ずれは大きくなります。

# %%
# %%needs churn_events.reason_stated churn_events.effective_on contracts.end calendar departures
beside = causes.incidence_beside(seen, horizon)
table(beside.set_index("cause").rename_axis("kind")[["estimate", "low", "high", "one_minus_km"]])

# %% [markdown] lang="en" tags=["further"]
# ### The damper
#
# Suppose a programme keeps a quarter of those who would decide to leave. What is it worth? More than nothing and less than it looks: some of those you keep this year close down next year, whatever you do. Braun and Schweidel call it the damper. In the picture, what keeping customers adds to the value of one, as things are, and as it would be if nobody ever closed down. (The number at the right edge belongs to the largest share kept, the sentence below to a quarter.)

# %% [markdown] lang="ja" tags=["further"]
# ### ダンパー効果
#
# 自分で離れると決めるお客様の4分の1を引き止める施策があるとします。いくらの価値があるでしょうか。ゼロではありませんが、見かけほどでもありません。今年引き止めたお客様の何社かは、何をしても来年には廃業します。ブラウンとシュヴァイデルは、これを「ダンパー」と呼びました。図は、引き止めによって一社の価値がいくら増えるかを、現実の場合と、廃業が一つもなかったとした場合とで比べたものです(右端の数字は引き止めがいちばん多い場合、下の文は4分の1の場合です)。

# %%
# %%needs churn_events.reason_stated churn_events.effective_on mrr_movements contracts.end calendar accounts.segment departures
kept = value.damper(book, horizon=reach, gross_margin=gross_margin, discount=discount)
figures.causes.damper(kept, lang=lang)
taken = value.dampened(book, horizon=reach, gross_margin=gross_margin, discount=discount)
say("damper", taken, horizon=reach)

# %% [markdown] lang="en" tags=["further"]
# Where few close down, the damper is small; look again with `-p source.uncontrollable_hazard=0.01,0.006,0.004` or a longer horizon. What does not depend on it: a plan that promises “a quarter less churn” and multiplies by the lifetime value promises too much twice: once because that quarter is only of the departures somebody decides, and once because those who are kept are neither for ever nor average.

# %% [markdown] lang="ja" tags=["further"]
# 廃業の少ない会社なら、打ち消される分もわずかです。`-p source.uncontrollable_hazard=0.01,0.006,0.004` や、もっと長い期間でも見てください。ただ、次のことはどの会社でも同じです。「解約を4分の1減らします」と言って LTV を掛け算する計画は、二重に約束しすぎています。減らせるのは、誰かが決めた解約の4分の1だけです。そして、引き止めたお客様は、永遠に続くわけでも、平均的なお客様でもありません。

# %% [markdown] lang="en" tags=["further"]
# ## 13. An exit made hard
#
# “If leaving took longer, fewer would leave.” Make it so: a form, a call, three approvals. For a quarter the report agrees. The table moves every exit on record a month back, as a hard exit does from one day on, and counts what the quarter's report would have shown.

# %% [markdown] lang="ja" tags=["further"]
# ## 13. 面倒にされた解約手続き
#
# 「手続きに時間がかかれば、離れるお客様も減るはずだ」。では、そうしてみましょう。申請書、電話、承認を三つ。最初の四半期は、報告書の上では減ります。表は、ある日から手続きが1か月延びたものとして、記録にある解約をすべて1か月遅らせ、四半期の報告に何件載ったはずかを数えたものです。

# %%
# %%needs churn_events.offboarding_days churn_events.effective_on calendar departures
quarters = value.recorded_quarters(book)
table(quarters.set_index("quarter")[["left", "recorded", "waiting", "hidden"]])
early, sums, waiting = quarters.iloc[0], quarters.sum(numeric_only=True), quarters["waiting"].iloc[-1]
told = {"first": early["recorded"], "first_left": early["left"], "left": sums["left"], "waiting": waiting}
say("hard_exit_year", sums["recorded"], quarters=len(quarters), **told)

# %% [markdown] lang="en" tags=["further"]
# What to see: each quarter hides some departures and, from the second on, is handed those of the one before. So what the report gains is gained once: the departures of one month, which are late, not kept. **And what did it cost?** Ask those who left, and look who came back. Exits on record took a few days or more than a month; the table says how content people were on the way out, the curve how many returned. (Closing down competes here, too: a business that is gone cannot come back.)

# %% [markdown] lang="ja" tags=["further"]
# 見るところ:どの四半期も、いくらかを次へ送り、2番目の四半期からは、前から送られてきた分を引き受けます。報告書の上で得をするのは一度きり、1か月分だけです。それも、減ったのではなく遅れただけです。**代わりに何を失ったでしょうか。** 離れたお客様に聞き、誰が戻ってきたかを見ます。記録に残る手続きには、数日で終わったものと、1か月以上かかったものがあります。表は手続きを終えたときの満足度、曲線は戻ってきた割合です(ここでも廃業が競合します。なくなった会社は戻れません)。

# %%
# %%needs churn_events.offboarding_days churn_events.exit_csat churn_events.effective_on calendar departures
voice = value.exit_voice(book).query("asked == 'csat'")
table(voice.set_index("exit")[["estimate", "low", "high", "n"]], digits=2)

# %%
# %%needs churn_events.offboarding_days churn_events.winback_on churn_events.effective_on calendar departures
figures.exits.winback(value.winback(book), lang=lang)

# %% [markdown] lang="en" tags=["further"]
# Few come back at all, so one company's records cannot settle it. Where the truth is known it can be asked of all customers at once, from a day two years back: all exits easy from then on, or all hard, in the same futures. `recorded` flatters at three months. Then read `returned`, and what a customer brings with those who came back.

# %% [markdown] lang="ja" tags=["further"]
# 戻ってくるお客様はもともと少ないので、一社の記録だけでは決着がつきません。真の値が分かる会社なら、全社に同時に聞けます。2年前のある日から手続きをすべて簡単にした場合と、すべて面倒にした場合を比べます。お客様も運も同じです。3か月の行では、`recorded`(報告に載った割合)が実際より良く見えます。続いて、`returned` と、戻ったお客様も含めて一社がもたらす額を読んでください。

# %%
# %%needs truth churn_events.effective_on calendar departures
two_years_ago = book.as_of - pd.DateOffset(years=2)
worlds = book.truth.exits([3, 12, 24], since=two_years_ago)
table(worlds.set_index(["month", "exit"])[["left", "recorded", "returned", "value_amount"]].round({"value_amount": -2}))

# %%
# %%needs truth churn_events.effective_on calendar departures
by_exit = worlds[worlds["month"] == 24].set_index("exit")
easy, hard = by_exit.loc["easy"], by_exit.loc["hard"]
lost = 1 - hard["value_amount"] / easy["value_amount"]
back = {"back_easy": 1000 * easy["returned"], "back_hard": 1000 * hard["returned"]}
say("hard_exit_cheap" if lost < 0.01 else "hard_exit_dear", share=lost, **back)

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Cancel a trial of your own product and count the clicks. Then write the sentence a customer should hear at the end. Your result should look like a number below five, and a sentence that leaves the door open: “Your data stay here for ninety days; you can be back with one click.”

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 自社製品のトライアルを、自分で解約してみてください。何クリックかかりましたか。次に、最後にお客様が目にする一文を書きます。5より小さい数字と、扉を開けておく一文があれば合格です。「データは90日間お預かりします。戻られるときは、1クリックで元どおりです」。

# %% [markdown] lang="en" tags=["further"]
# ## 14. A list without dates
#
# Only tenures, a yes/no and columns of your own? Then nothing above runs but the sheet of paper, and for good reasons: no day of decision, no reason, no amounts by month. What can be asked of such a list is who of its customers have left. It does not say when, so the departures are read as those of one period; how long that was, only its owner knows (ask, as in lesson 05). Learned on four fifths of the customers, tried on the last, five times round.

# %% [markdown] lang="ja" tags=["further"]
# ## 14. 日付のない一覧
#
# 利用月数と「離れた・離れていない」、それに独自の列しかない一覧では、上の節は紙の表のほかは動きません。決まった日も、理由も、月ごとの金額もないからです。それでも、このうち誰が離れたかを問うことはできます。いつ離れたかは書かれていないので、ひとまとまりの期間の解約として読みます。その期間がどのくらいかは、第05章と同じく、データの持ち主に聞くしかありません。お客様の5分の4で学び、残りで試すことを5回繰り返しました。

# %%
# %%needs stock_sample
tried_on = landmark.held_out(book, 1)
told_apart = scores.auc(tried_on, 1)
say("list_told_apart", told_apart, left=tried_on["event"].mean())
strongest = landmark.train(book, 1).weights().head(10).set_index(["feature", "level"])
table(strongest[["estimate", "low", "high"]])

# %% [markdown] lang="en" tags=["further"]
# What to see: the number, and the columns on which it rests. Ask of each of them, as in lesson 05: *on which day was it filled?* A list drawn after the departures holds what the departures did to it, total charges and support calls above all. On such a list even a handsome score is no promise for next month. And no sign here is a cause: a column can only stand for what made its customers choose it.

# %% [markdown] lang="ja" tags=["further"]
# 見るところ:数字と、それを支えている列です。第05章と同じ問いを、一つずつ当ててください。「その列は**いつ**埋まったのか」。解約のあとに書き出した一覧には、解約の結果も入っています。支払総額やサポートへの問い合わせは、とくに疑ってください。こうした一覧では、どんなに立派な数字も、来月もこのくらい当たるという約束にはなりません。また、ここに並ぶ列はどれも原因ではありません。お客様がそれを選んだ事情を、代わりに映しているだけです。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. `cslab readiness` tells beforehand what will run. The sheet of paper and section 11 run on any source.
#
# | You need | for | Look out for |
# |---|---|---|
# | `churn_events`: reason_stated, decided_on, effective_on | sections 1 to 3, 12 | a reason that the person who sold it fills in; one day in both columns |
# | `interviews`: account_id, themes, frame | section 2 | only friendly leavers agree to talk |
# | `contracts`: start, end, term_months | sections 3 to 6, 9 | mergers and renamed companies: a departure and a new customer |
# | `usage_monthly`: wau_ratio · `tickets` | section 5 | logs that stop on the day of the notice |
# | `mrr_movements` or `contracts`: mrr_amount | sections 6, 7, 12 | one-off fees |
# | `accounts`: signed_on, cac_amount, and whatever sales writes down | section 7 | columns that are completed after the signature |
# | `churn_events`: offboarding_days, winback_on, exit_csat | section 13 | who comes back is entered as a new customer |
#
# A reason of your own: `-p reason=too_expensive`. Other ends that nobody decides: `causes.exits(book, involuntary=[…])`.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どこまで実行できるかは、先に `cslab readiness` で確かめられます。紙の表と11節は、どのデータでも動きます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `churn_events` の reason_stated・decided_on・effective_on | 1〜3節、12節 | 売った本人が入力する理由。二つの日付に同じ日が入っている記録 |
# | `interviews` の account_id・themes・frame | 2節 | 話を聞かせてくれるのは、友好的に離れたお客様だけ |
# | `contracts` の start・end・term_months | 3〜6節、9節 | 合併や社名変更が「解約1社と新規1社」に見える |
# | `usage_monthly` の wau_ratio、`tickets` | 5節 | 解約の申し出と同時に止まるログ |
# | `mrr_movements`、または `contracts` の mrr_amount | 6・7・12節 | 一時費用の混入 |
# | `accounts` の signed_on・cac_amount と、営業が書き残した項目 | 7節 | 契約の**あとで**埋められた項目 |
# | `churn_events` の offboarding_days・winback_on・exit_csat | 13節 | 戻ってきたお客様が「新規」で登録されている |
#
# 自社の言葉の理由を調べるには `-p reason=高い` のように指定します。誰も決めていない解約を表す言葉がほかにもあれば、`causes.exits(book, involuntary=[…])` で渡します。

# %% [markdown] lang="en"
# ## How good were your guesses?
#
# Each guess beside the truth, as far as it is known, and how many of your ranges held it.

# %% [markdown] lang="ja"
# ## 予想はどうでしたか
#
# この章でした予想を、分かっている範囲で真の値と並べ、範囲に入ったのがいくつかを数えます。

# %%
calibration()

# %% [markdown] lang="en"
# ## Key points
#
# - A stated reason is an answer, not a cause. Ask again, by somebody else, and hold the word against people for whom it cannot be true.
# - Take out what nobody decided before you set a target; and not all that somebody decided can be prevented either.
# - Retention rises with age because of who is left. Compare the same age.
# - Contracts end when they end: a model of churn needs their clock.
# - A sign says whom to call. It does not say that moving it moves the renewal.
# - No value without a horizon and limits; no target for new customers without a line below which you decline.

# %% [markdown] lang="ja"
# ## 要点
#
# - 言われた理由は、答えであって原因ではない。別の人がもう一度聞き、当てはまるはずのない相手にも当ててみる。
# - 誰も決めていない解約を除いてから、目標を立てる。お客様が決めた解約も、すべて防げるわけではない。
# - 年数とともに継続率が上がるのは、残った顔ぶれのせい。同じ年数どうしで比べる。
# - 契約は満了の月に終わる。解約のモデルには、契約の時計がいる。
# - 兆しが教えるのは、誰に電話するか。動かせば更新も動く、とは言っていない。
# - 期間と幅のない LTV は使わない。新規の目標には、お断りする線を添える。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# What *works*. Nothing was tried here; the effects of a price cut, a call or a new onboarding are for the lessons on cause and effect. Who is next stands in lesson 07. The truth about reasons is the simulator's, where nobody leaves over the price alone; that line can be drawn otherwise in the world. The value of a customer is margin less the cost of winning: what a happy one says about us to others is not in it, nor what an unhappy one costs the people who serve it.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# **何が効くか**です。ここでは何も試していません。値下げや電話や新しいオンボーディングの効果は、因果を扱う章の主題です。次に離れるのは誰かは、第07章で扱います。理由についての「真の値」はシミュレーターのもので、そこでは価格だけで離れるお客様はいません。現実の線引きは違うかもしれません。一社の価値は粗利から獲得コストを引いたもので、満足したお客様が周りに話してくれることも、合わないお客様を支える担当者の消耗も入っていません。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. “Forty per cent leave over the price. If we cut it by ten per cent, we keep them.” Which two things do you ask?
# 2. The renewal rate of customers in their fifth year is 92 per cent, in their first 83. Your predecessor calls it “nine points of customer success”. What do you look at?
# 3. A fifth of the cost of winning a customer is spent. We expect it to bring 0.9 of that cost. Sales says: “Below one, so we lose on it: decline.” What do you say?
#
# <details><summary>Answers</summary>
#
# 1. What came up when somebody else asked them again? And do those who had no choice (closures, mergers) say “price” as often? Besides, the cut is paid by everybody who would have stayed.
# 2. First years of this year against first years of earlier years, and so on for each age. If those stand still, it is sorting.
# 3. Take it. What is spent does not come back either way; still to be spent are 0.8, and it brings 0.9. And ask how sure the 0.9 is: at the line, one customer proves nothing.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 「4割のお客様が価格を理由に離れている。1割下げれば引き止められる」。聞くべきことを二つ挙げてください。
# 2. 5年目のお客様の更新率は92%、1年目は83%です。前任者は「9ポイントがCSの成果です」と言っていました。何を見ますか。
# 3. あるお客様の獲得コストは、もう2割使っています。このお客様がもたらす額は、獲得コストの0.9倍の見込みです。営業は「1を下回るから赤字だ。断ろう」と言います。どう答えますか。
#
# <details><summary>答え</summary>
#
# 1. 別の人がもう一度聞いたとき、何が出たか。選びようのなかったお客様(廃業・合併)も、同じくらい「価格」と言っていないか。しかも値下げの費用は、続けるはずだった全員の分までかかります。
# 2. 今年の「1年目」と、以前の「1年目」。2年目以降も同じように、同じ年数で比べます。そこが動いていなければ、選別です。
# 3. 「迎えましょう」。使った分は、断っても戻りません。これからかかるのは0.8、もたらすのは0.9です。ただし、0.9という見込みがどのくらい確かかも聞きます。線の近くの一社だけでは、何も証明されません。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What will you do | Which number made you | Who | By when | Months until it shows |
# |---|---|---|---|---|
# | *for instance: exit talks by somebody who did not sell, with one open question* | *section 2* | *head of CS* | *next month* | *6* |
# | *for instance: a CSM joins every deal below the line* | *section 7* | *sales and CS* | *next quarter* | *12* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:解約後の聞き取りを、売っていない人が、選択肢なしの質問一つで行う* | *2節* | *CS責任者* | *来月* | *6* |
# | *例:線を下回る商談には、CSMが同席する* | *7節* | *営業とCS* | *来期* | *12* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# We know when they leave, why, and what one is worth. **Lesson 07** asks who is next: health scores that somebody has checked, and alarms that a team can answer.
#
# | Word | In this course |
# |---|---|
# | Voluntary · involuntary | decided by the customer · decided by nobody (closed, merged, gone at once) |
# | Cumulative incidence | share that has left for one cause, in the race with the others |
# | Sorting | a rate that rises because of who is left, though nobody changes (sBG) |
# | Odds ratio | by how much the odds of leaving are multiplied, all other signs equal |
# | Attenuation | a blurred sign looks weaker than what it stands for |
# | Damper | what departures nobody decides take away from the worth of keeping customers |
# | Right customer | one who brings more than it costs, as far as one can tell when it signs |
# | Win-back | a customer who had left and signs again |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# いつ、なぜ離れるのか、一社の価値はいくらか。ここまで分かりました。次の**第07章**の問いは「次に離れるのは誰か」です。当たるかどうかを確かめたヘルススコアと、チームが対応しきれる数のアラートを扱います。
#
# | 用語 | この教材での意味 |
# |---|---|
# | 自発的・非自発的な解約 | お客様が決めたもの・誰も決めていないもの(廃業、合併、突然の終了) |
# | 累積発生率 | ほかの原因と競い合う中で、ある原因で離れた割合 |
# | 選別 | 誰も変わらないのに、残った顔ぶれのせいで率が上がること(sBG) |
# | オッズ比 | ほかの兆しが同じなら、離れる見込み(オッズ)が何倍になるか |
# | 希薄化 | 粗く測った兆しが、もとのものより弱く見えること |
# | ダンパー | 誰も決めていない解約のために、引き止めの価値から差し引かれる分 |
# | 正しい顧客 | 契約時に分かる限りで、かかる費用より多くをもたらすお客様 |
# | 再契約 | 一度離れ、もう一度契約してくださったお客様 |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 4 minutes; section 2, 7; section 3, 9; section 4, 8; section 5, 7; section 6, 3; section 7, 6; section 8, 1. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** hearing “price never matters” (it says: this field cannot tell); reading sorting as bad news; taking the longest bar of section 5 for the best lever; hearing “right customer” as “small customers are bad”.
# - **Vary it:** `-p source.seed=8`, `-p source.badfit_share=0.3` and `-p source.push_share=0.5` (more customers who do not suit), `-p source.offboarding_hard=0.9`, `-p source.price_excuse_share=0.6`, `-p look_back_months=12`; `--source "synthetic:smb_heavy?accounts=2000"`.
# - **When a verdict goes the other way:** keep it. In section 4 one company in five shows a rise or fall of two points by luck alone: ask how many seeds of the class hold zero within their limits.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節で4分、2節で7分、3節で9分、4節で8分、5節で7分、6節で3分、7節で6分、8節で1分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** 「価格は関係ない」と聞こえてしまう(言っているのは、この欄からは分からない、です)。選別を悪い知らせと受け取る。5節のいちばん長い棒を、いちばん効く打ち手と読む。「正しい顧客」を「小口はいらない」と聞く。
# - **変えてみる** `-p source.seed=8`、`-p source.badfit_share=0.3` や `-p source.push_share=0.5`(合わないお客様を増やす)、`-p source.offboarding_hard=0.9`、`-p source.price_excuse_share=0.6`、`-p look_back_months=12`、`--source "synthetic:smb_heavy?accounts=2000"`。
# - **判定が逆に出たとき** 消さずに使います。4節では、運だけで2ポイントほど上下する会社が5社に1社はあります。クラスの seed のうち、いくつの区間がゼロを含んだかを数えてください。
