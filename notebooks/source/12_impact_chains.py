# %% [raw]
# number: "12"
# title_en: Impact chains
# title_ja: インパクトチェーン
# question_en: Four months in, the renewals have not moved. Do we go on, do we stop, or is it too early to ask?
# question_ja: 始めて4か月、更新率はまだ動かない。続けるのか、やめるのか。それとも、まだ問う時期ではないのか。
# minutes_core: 45
# minutes_further: 60
# needs: [accounts]
# misconceptions: [M39, M40, M41, M42]

# %% [markdown] lang="en" tags=["core"]
# # Impact chains
#
# **The business question.** Four months in, the renewals have not moved. Do we go on, do we stop, or is it too early to ask?
#
# **Time.** Core track 45 minutes (31 reading, 14 hands-on) · further track 60 minutes (46 and 14). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 11 | helpful | why a lot makes a comparison fair |
# | 95 % limits | necessary | nothing harder in the core track |
# | One programme of your own company | necessary | you will draw its chain |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **tell** what was done (output) from what came of it for the customer (outcome) and for both (impact);
# 2. **draw** a chain whose every link has an indicator, a sign, a lag and an assumption;
# 3. **say** in which month each link may be judged, and **judge** it: supported, not yet due, contradicted, unidentifiable;
# 4. **decide** in month four without killing what is slow, and without feeding what is merely quick.

# %% [markdown] lang="ja" tags=["core"]
# # インパクトチェーン
#
# **この章の問い** 始めて4か月、更新率はまだ動かない。続けるのか、やめるのか。それとも、まだ問う時期ではないのか。
#
# **時間** 必修45分(読む31分・手を動かす14分)/発展60分(読む46分・手を動かす14分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第11章 | あると役立つ | 抽選にすると、なぜ公平に比べられるのか |
# | 95%信頼区間 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 自社の施策を一つ | 必須 | そのチェーンを自分で描きます |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. やったこと(アウトプット)と、お客様に起きたこと(アウトカム)、その先の成果(インパクト)を**区別できる**
# 2. どのリンクにも指標・符号・遅れ・前提がそろったチェーンを**描ける**
# 3. どのリンクを何か月目に判定してよいかを**言い**、「裏づけあり・時期尚早・反証あり・判別不能」で**判定できる**
# 4. 4か月目に、効くのが遅い施策をつぶさず、早く動くだけの施策に予算をつぎ込まない**判断ができる**

# %% [markdown] lang="en"
# ## 0. Two slides in month four
#
# The board meets. Slide one: the **thorough onboarding programme**, thirty hours a customer. “Four months. Renewals of participants: the same as of the others. Stop it.” Slide two: the **usage campaign with prizes**. “Four months. Seats in use are up. Twice the budget.” Both programmes were given by lot to half of the customers, so nobody argues about the comparison. One of the two decisions is wrong. Perhaps both. Vote now.

# %% [markdown] lang="ja"
# ## 0. 4か月目の2枚のスライド
#
# 取締役会です。1枚目は、1社に30時間をかける**手厚いオンボーディングプログラム**。「4か月たったが、参加企業の更新率はほかと変わらない。やめよう」。2枚目は、景品つきの**利用促進キャンペーン**。「4か月で、席の利用率が上がった。予算を倍にしよう」。どちらも、抽選で選んだ半分のお客様に行ったので、比べ方に異論は出ません。さて、この二つの判断のうち、少なくとも一つは間違いです。どちらでしょうか。先に手を挙げてください。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Show of hands for each slide: go on, stop, too early. Write the three counts on the board and leave them there; sections 4 to 6 come back to them. Do not say yet that both slides are read wrongly.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** スライドごとに「続ける・やめる・まだ早い」で挙手してもらい、人数をホワイトボードに残します。4〜6節で戻ってきます。2枚とも読み方を誤っていることは、まだ言いません。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=4000&programs=faq&policy=program_rct"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
chain: str = "faq"  # the chain of section 7, shipped with the kit or a file of your own
# ja: 7節:判定するチェーン。教材のものか、自分のファイル
decide_month: int = 4  # month after the start of a programme in which the board decides, sections 3 to 6
# ja: 3〜6節:開始から何か月目に取締役会が判断するか
slow_source: str = "synthetic:slow_burn?seed=7&accounts=4000"  # company with the slow programme, sections 1, 4, 6 and 11 to 13
# ja: 1・4・6・11〜13節:効くのが遅い施策の会社
quick_source: str = "synthetic:sugar_high?seed=7&accounts=4000"  # company with the quick one, sections 5 and 6
# ja: 5・6節:数字がすぐ動く施策の会社
chain_source: str = "synthetic:default_jp?seed=7&accounts=4000&programs=faq&policy=program_rct"  # company of section 7, where one's own records cannot carry the chain
# ja: 7節:自社の記録では判定できないときの会社
chosen_source: str = "synthetic:default_jp?seed=7&accounts=2000&programs=training&policy=program_csm"  # company whose CSMs choose whom they train, section 10
# ja: 10節:誰に研修を勧めるかをCSMが選ぶ会社
budget_h: float = 20000  # hours that there are for programmes, section 8
# ja: 8節:施策に使える工数(時間)
quick_share: float = 0.3  # least share of these hours for what pays within three months, section 8
# ja: 8節:3か月以内に効くものに回す工数の下限(割合)

# %%
from cslab import figures
from cslab.course.cases import show_case
from cslab.course.chain.lesson import show_assumptions, show_links, show_text, tested_on, truths
from cslab.course.elsewhere import whose
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, say, verdict
from cslab.course.table import table
from cslab.measure import impact

# %%
book = begin("12", source, as_of, lang, reveal_truth)
limits = ["estimate", "low", "high", "n"]

# %% [markdown] lang="en"
# ## 1. What was done is not what came of it
#
# “Six guided sessions each, nearly all of them held: a full success.” That is an **output**: something that *we* did, and can count tomorrow. An **outcome** happens to the *customer*. **Guess first:** of 100 customers who take part, how many reach a first result *because* of it, who would not have reached it otherwise?

# %% [markdown] lang="ja"
# ## 1. やったことは、成果ではない
#
# 「伴走セッション6回を、ほぼ予定どおり実施しました。大成功です」。これは**アウトプット**、つまり**私たちが**やったことで、翌日には数えられます。**アウトカム**は、**お客様に**起きることです。**先に予想を** 参加した100社のうち、このプログラムの**おかげで**最初の成果に届いた(なければ届かなかった)のは、何社でしょうか。

# %%
predict("M39", ...)

# %%
slow, plan = another(slow_source, reveal_truth), impact.shipped("onboarding_thorough")
whose(slow)
records = impact.Records(slow)  # so that no indicator is worked out twice
in_the_end = impact.test_links(records, plan)
in_truth = truths(slow, plan)

# %%
reached = in_the_end.find("sessions_held", "onboarded").effect
verdict("M39", naive=in_the_end.dose.held, better=reached, truth=in_truth and in_truth["onboarded"], of=slow)

# %% [markdown] lang="en"
# The first number is the share of planned sessions that were held. The second compares participants with those whom the lot left out: how many *more* of them reached a first result. The rest had a pleasant time, or would have got there anyway. Five words for the whole lesson: **input** (hours), **activity** (what we offer), **output** (what took place), **outcome** (what changes for the customer), **impact** (what it is all for).

# %% [markdown] lang="ja"
# 一つ目は、予定したセッションのうち実施できた割合です。二つ目は、抽選に外れたお客様と比べて、最初の成果に届いた会社がどれだけ**多い**か。残りは、楽しく参加しただけか、参加しなくても届いていた会社です。この章で使う言葉は五つ。**インプット**(工数)→**活動**(提供すること)→**アウトプット**(実施されたこと)→**アウトカム**(お客様に起きる変化)→**インパクト**(そもそもの目的)。

# %% [markdown] lang="en"
# **Try it (3 minutes).** Take the last success that your team reported (“held 40 webinars”, “all QBRs done”). Write what a customer would say had changed. Your result should be a sentence with the customer as its subject. If there is none, it was an output.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 自分のチームが最近報告した成功(「ウェビナーを40回開催」「QBR実施率100%」など)を一つ選び、それでお客様に何が起きたのかを書きます。お客様が主語の文になれば合格です。書けなければ、それはアウトプットです。

# %% [markdown] lang="en"
# ## 2. From hours to money: the chain
#
# Between thirty hours and a renewal lie several steps, and each may fail. Written down, they are an **impact chain**: a box for each step, an arrow for each belief. What to see: read aloud from the left, “we do this, *so that* that”. On each arrow stands whether the box it points to rises (+) or falls (−) *for those who take part*, and after how many months (earliest–most likely–latest). The letters are **common causes**: what moves two boxes at once, so that both rise together though neither makes the other rise.

# %% [markdown] lang="ja"
# ## 2. 工数から売上まで:チェーンを描く
#
# 30時間の工数から更新までの間には、いくつもの段階があり、どこで途切れてもおかしくありません。それを書き出したのが**インパクトチェーン**です。箱が段階、矢印が「そうなるはずだ」という仮説です。見るところ:左から「これをする。**すると**こうなる」と声に出して読んでみてください。矢印の上は、参加企業で**矢印の先の箱**が増える(+)か減る(−)か、それが何か月で見えてくるか(最短–最頻–最長)。丸で囲んだ文字は**共通の原因**です。二つの箱を同時に動かすので、片方がもう片方を動かしていなくても、一緒に動いて見えます。

# %%
figures.impact.diagram(plan, lang=lang)

# %%
show_assumptions(plan)

# %% [markdown] lang="en"
# The table is the uncomfortable half: what has to be true for each arrow, and who looks after it. A chain without assumptions is a wish with arrows.
#
# **Try it (4 minutes).** Draw the chain of one programme of your own: at most six boxes, one line each for indicator, sign, lag, assumption. Your result should look like the picture; a box without an indicator gets a broken edge.

# %% [markdown] lang="ja"
# 大事なのは、むしろこの表です。それぞれの矢印は何を前提にしているのか、誰が責任を持つのか。前提のないチェーンは、矢印のついた願望にすぎません。
#
# **やってみましょう(4分)** 自社の施策を一つ選び、チェーンを描きます。箱は6個まで。矢印ごとに、指標・符号・遅れ・前提を1行ずつ。上の図のような形になれば合格です。指標のない箱は、破線で囲みます。

# %% [markdown] lang="en"
# ## 3. When may one ask?
#
# Lags add up. And whatever has to show in a renewal waits for the next contract end, however well it works. So before judging, one can say in which month the impact *may* be asked for at all. The ribbons draw each lag thousands of times. What to see: where the board's month lies, and which programmes could have shown anything by then.

# %% [markdown] lang="ja"
# ## 3. いつになれば問えるのか
#
# 遅れは積み重なります。しかも、更新に現れる効果は、どれだけ効いていても次の契約満了まで見えません。ですから、インパクトを**問うてよい**のが何か月目からかは、判定する前に計算できます。図の帯は、遅れを何千回もシミュレーションした結果です。見るところ:取締役会の月(破線)は、帯のどちら側にありますか。その時点で結果を示せる施策は、どれでしょうか。

# %%
names = ["ux_fix", "faq", "training", "onboarding_programme", "qbr", "advertising", "advisory_board", "community"]
programmes = list(map(impact.shipped, names))
times = impact.times_to_impact([plan, *programmes])
figures.impact.ribbon(times, lang=lang, decide=decide_month)

# %%
ours = times.set_index("chain").loc[plan.name]
say("impact_asked_from", ours["estimate"], low=ours["low"], high=ours["high"], month=decide_month)

# %% [markdown] lang="en"
# ## 4. Month four, the slow one
#
# Back to slide one. The company as it was known in that month, link by link. **Guess first:** once it has had its time, how many points more of the participants stay as customers, in truth?

# %% [markdown] lang="ja"
# ## 4. 4か月目、効くのが遅い施策
#
# 1枚目のスライドに戻ります。当時分かっていた記録だけで、リンクを一つずつ判定します。**先に予想を** 十分な時間がたったとき、参加企業が残る割合は、本当は何ポイント高くなるでしょうか。

# %%
predict("M40", ...)

# %%
then = impact.at_month(slow, plan, decide_month)
early = impact.test_links(then, plan)
figures.impact.diagram(plan, early.table(lang), lang=lang)

# %%
show_links(early)

# %% [markdown] lang="en"
# What to see: hardly a link is *due*. “No difference in renewals” is no finding here: nobody has had a renewal yet. **Not yet due** is a verdict of its own, with a date: from then on half of the participants have been followed long enough. (Where the latest lags add up to more than a year, half as long again is waited: here 14 months become 21.) Now what came of it later.

# %% [markdown] lang="ja"
# 見るところ:判定の時期が来ているリンクが、ほとんどありません。「更新に差がない」のは結果ではなく、まだ誰も更新を迎えていないだけです。**時期尚早**は立派な判定で、日付がつきます。その日には、参加企業の半分を十分に追跡できています(遅れの合計が最長で1年を超えるリンクは、念のため1.5倍待ちます。ここでは14か月が21か月になります)。では、その後どうなったでしょうか。

# %%
board_sees = impact.contrast(impact.Records(then).frame("retained"), early.exposure)
stay = in_the_end.find("depth", "retention").effect
verdict("M40", naive=board_sees.estimate, better=stay, truth=in_truth and in_truth["retention"], of=slow)

# %%
path = impact.effect_path(records, plan, "retention")
figures.impact.effect_path(path, plan, "retention", in_truth and in_truth["retention"], lang=lang, decide=decide_month)

# %%
table(path.set_index("month").reindex([0, 4, 8, 12, 16, 20])[limits].round(3) + 0)

# %% [markdown] lang="en"
# The first number of the box is what slide one shows. The second is the effect in the year from month fourteen on, seen with all records. What to see in the picture: next to nothing up to the first renewals, then a step. Whoever stops in month four has not found that it does not work. They have found the calendar.

# %% [markdown] lang="ja"
# 枠の一つ目は、スライドの数字。二つ目は、すべての記録を使った、14か月目からの1年間の効果です。図で見るところ:最初の更新まではほとんど動かず、そこから段になって上がります。4か月目にやめた人が見つけたのは、「効かない」ことではなく、カレンダーでした。

# %% [markdown] lang="en"
# ## 5. Month four, the quick one
#
# Slide two: the campaign with prizes. Its plan promised more seats in use, hence more depth, hence more customers who stay. The first number came in above plan, so the rest will follow in proportion. Or will it? **Guess first:** how many points more stay because of the campaign, in truth?

# %% [markdown] lang="ja"
# ## 5. 4か月目、数字がすぐ動く施策
#
# 2枚目は、景品つきキャンペーンです。計画は「席の利用率が上がる→深く使われる→契約が続く」。最初の数字は計画を上回りました。ならば、残りも同じ割合でついてくるのでしょうか。**先に予想を** このキャンペーンのおかげで残る割合は、本当は何ポイント増えるでしょうか。

# %%
predict("M41", ...)

# %%
quick, promise = another(quick_source, reveal_truth), impact.shipped("usage_campaign")
whose(quick)
by_then = impact.at_month(quick, promise, decide_month)
bump = impact.test_links(by_then, promise)
figures.impact.diagram(promise, bump.table(lang), lang=lang)

# %%
show_links(bump)

# %%
seats = impact.Records(by_then).frame(promise.node("use").indicator)
first = bump.find("campaign", "use").effect or impact.contrast(seats, bump.exposure)
promised = promise.link("depth>retention").declared * first.estimate / promise.link("campaign>use").declared
found_out = impact.test_links(quick, promise)
nothing = truths(quick, promise)
stay_too = found_out.find("depth", "retention").effect
verdict("M41", naive=promised, better=stay_too, truth=nothing and nothing["retention"], of=quick)

# %% [markdown] lang="en"
# The first number takes the plan at its word: as much above plan as the seats. The second is what the lot shows in the end. What to see in the diagram: the link *after* the bump was already due, and the records speak against it. People logged in for the prizes; nobody used more of the product. A quick number proves the first link, never the chain.

# %% [markdown] lang="ja"
# 一つ目は、計画をそのまま信じた値です(席の利用率が計画を上回ったのと同じ割合で、残る割合も上がる)。二つ目は、抽選による比較が最後に示した値。図で見るところ:伸びた数字の**次の**リンクは、もう判定の時期が来ていて、記録に反証されています。景品目当てのログインが増えただけで、深く使う人は増えていません。早く動く数字が証明するのは最初のリンクだけで、チェーン全体ではありません。

# %% [markdown] lang="en"
# ## 6. Go on, stop, or not yet?
#
# A decision needs no certainty, but three things: what the due links have shown, what is at stake (hours against revenue), and when the data will say more. From these follows what one may expect to **regret** by each choice: the loss against somebody who knows the truth. What to see: which bar is the shortest for each slide, and would you have voted so?

# %% [markdown] lang="ja"
# ## 6. 続ける、やめる、まだ早い
#
# 判断に確信は要りません。要るのは三つです。時期の来たリンクは何を示したか、何が懸かっているか(工数と売上)、次のデータで何かが分かるのはいつか。この三つから、それぞれの選択の**後悔**、つまり「真実を知っていた場合と比べた損失」の見込みが決まります。見るところ:各スライドで、いちばん短い棒はどれですか。最初の挙手と同じでしたか。

# %%
slow_choice = impact.decide(then, plan, tested=early)
quick_choice = impact.decide(by_then, promise, tested=bump)
figures.impact.regret([slow_choice, quick_choice], lang=lang)

# %%
show_text(slow_choice.text(lang))
show_text(quick_choice.text(lang))

# %% [markdown] lang="en"
# Two shortcuts fail here. “Judge by renewals now” sees nothing in both, and stops what works. “Judge by the first number that moves” extends what does not. The rule that holds: **judge each link when it is due, and the programme by the worst of its due links.** Before the start, write down the month of each, and how much you expect: the advice is only as good as the effects that were declared.
#
# **Try it (3 minutes).** `-p decide_month=2`, `8`, `14`: from which month on does the advice change, and which link brings it about?

# %% [markdown] lang="ja"
# よくある近道は、どちらも失敗します。「今の更新率で判断する」と、どちらにも変化が見えず、効くほうをやめてしまいます。「最初に動いた数字で判断する」と、効かないほうを広げてしまいます。使えるルールはこうです。**リンクは時期が来てから一つずつ判定し、施策は、時期の来たリンクのうちいちばん悪いもので判断する。** それぞれの月と、見込みの大きさは、始める前に書いておきます。この助言の確かさは、書かれた見込みの確かさを超えません。
#
# **やってみましょう(3分)** `decide_month` を 2・8・14 に変えて実行します。助言は何か月目から変わりますか。変えたのは、どのリンクですか。

# %% [markdown] lang="en"
# ## 7. A chain link by link, and “cannot be told”
#
# The FAQ is said to do three things: fewer enquiries, fewer early leavers, a longer lifetime (`chain`; your own as a file). Each is a link of its own, with its own lag. The column “would be seen from” decides before any p-value: with so many customers, a smaller change is invisible. Where that is more than was declared, the verdict is **unidentifiable**, whatever the number says.
#
# ### Open the box
#
# The verdict by hand, for three links.

# %% [markdown] lang="ja"
# ## 7. リンクを一つずつ、そして「判別不能」
#
# FAQには三つの効果があると言われます。問い合わせが減る、早期解約が減る、契約が長くなる(`chain`。自社のファイルも指定できます)。それぞれが別のリンクで、遅れも別です。p値より先に「検出できる変化の下限」の列を見ます。この社数では、それより小さい変化は見えません。見込みのほうが小さければ、数字が何と言おうと**判別不能**です。
#
# ### 箱を開けてみる
#
# 三つのリンクの判定を、手で行います。

# %% tags=["box"]
import pandas as pd

links = pd.DataFrame({"link": ["tickets", "renewals", "depth"]})
links["declared"], links["estimate"] = [0.11, 0.002, 0.28], [0.12, 0.020, 0.07]
links["std_error"] = [0.018, 0.016, 0.06]  # how far luck alone moves it
links["low"] = links["estimate"] - 1.96 * links["std_error"]
links["high"] = links["estimate"] + 1.96 * links["std_error"]
links["seen_from"] = 2.8 * links["std_error"]  # seen by four tests in five


def judged(link: pd.Series) -> str:
    if link["seen_from"] > link["declared"]:
        return "unidentifiable"
    if link["low"] > 0:
        return "supported"
    return "contradicted" if link["high"] < link["declared"] else "unidentifiable"


table(links.assign(verdict=links.apply(judged, axis=1)).set_index("link"))

# %% [markdown] lang="en"
# Now the company. What to see: which of the three benefits is in the records, and what the kit answers for the other two.

# %% [markdown] lang="ja"
# では、実際の会社です。見るところ:三つの効果のうち、記録で裏づけられるのはどれですか。残りの二つに、キットは何と答えていますか。

# %%
mine = impact.named(chain)
company = tested_on(mine, chain_source, reveal_truth)
tested = impact.test_links(company, mine)
figures.impact.diagram(mine, tested.table(lang), lang=lang)

# %%
show_links(tested)
say("impact_counts", len(tested.links), **tested.counts)

# %% [markdown] lang="en"
# “Cannot be told” is no failure of the FAQ and none of the analyst. It says what to do instead: look at a nearer box, take more customers or months, or let a lot decide at the cheapest link. And it says what *not* to claim on a slide.

# %% [markdown] lang="ja"
# 「判別不能」は、FAQの失敗でも、分析の失敗でもありません。次に何をすべきかを教えてくれます。もっと手前の箱を見る。社数や月数を増やす。いちばん安いリンクで抽選をする。そして、スライドに**書いてはいけない**ことも教えてくれます。

# %% [markdown] lang="en"
# ## 8. Short and long together
#
# Whoever only funds what shows by next quarter never builds anything; whoever only funds the long shots will not be there to see them. Within the hours (`budget_h`), at least `quick_share` of them for what brings its **first** money within three months (here: enquiries that fall away), which programmes? The months below run until *all* is there, counted with this company's contracts. What to see: filled marks are taken. Are there hours left over? Then it is the rule that binds, not the hours.

# %% [markdown] lang="ja"
# ## 8. 短期と長期を組み合わせる
#
# 来四半期に見えるものだけに投資すれば、何も育ちません。遠くのものだけに投資すれば、それを見届ける前に、自分の席がなくなります。工数(`budget_h` 時間)のうち、少なくとも `quick_share` は、3か月以内に**最初の**お金を生むもの(ここでは、問い合わせが減る施策)に回すとして、どれを選びますか。下の月数は**すべて**が届くまでで、この会社の契約の残り期間から計算し直したものです。見るところ:塗りつぶしが採用です。工数が余っていますか。余っていれば、足りないのは工数ではなく、すぐ効く施策です。

# %%
# %%needs mrr_movements csm.cost_amount csm.capacity_h
choice = impact.portfolio(company, programmes, budget_h, quick_share=quick_share)
figures.impact.portfolio(choice, lang=lang)

# %%
# %%needs mrr_movements csm.cost_amount csm.capacity_h
named = {"estimate": "to_impact", "expected": "expected_value", "hours": "effort_hours", "share": "taken"}
shown = choice.assign(programme=choice[lang]).set_index("programme").rename(columns=named)
listed = ["to_impact", "expected_value", "confidence", "effort_hours", "taken"]
table(shown[listed].round({"to_impact": 0, "expected_value": -3, "effort_hours": 0}), digits=2)
say("impact_portfolio", choice.attrs["hours"], budget=budget_h, quick=choice.attrs["quick_share"])

# %% [markdown] lang="en"
# The confidence is a product: four links at 80 % leave 41 %. A public example of patience:

# %% [markdown] lang="ja"
# 確からしさは掛け算です。80%のリンクが四つ続けば、41%しか残りません。気の長い取り組みの公開例を一つ見ておきます。

# %%
show_case("repro")

# %% [markdown] lang="en"
# ## 9. What you tell the board
#
# No chain proves that the programme alone brought the revenue. What one can state is a **contribution**: what was done, which links hold, which are not due and from when, what cannot be seen with so many customers, and which other explanations were looked at. The kit drafts it; you sign it.

# %% [markdown] lang="ja"
# ## 9. 取締役会に何と言うか
#
# 売上がこの施策だけのおかげだと証明するチェーンはありません。言えるのは**貢献**です。何をしたか、どのリンクが裏づけられたか、どれがまだで、いつ分かるか、この社数では見えないものは何か、ほかのどんな説明を検討したか。下書きはキットが作ります。署名するのは皆さんです。

# %%
show_text(impact.contribution(tested, lang))
calibration()

# %% [markdown] lang="en" tags=["speaker"]
# **After section 9 (2 minutes).** One participant reads the statement aloud as if to the own board. Everybody else writes down the first question that the CFO would ask. Compare: nearly always it is about a link, and nearly always it stands in the table of section 7.

# %% [markdown] lang="ja" tags=["speaker"]
# **9節のあとで(2分)** 一人が、自社の取締役会のつもりで報告文を読み上げます。ほかの人は、CFOが最初に聞きそうな質問を書きます。見比べると、ほとんどがどれかのリンクについての質問で、7節の表に答えがあります。

# %% [markdown] lang="en" tags=["further"]
# ## 10. What else could explain it?
#
# In another company (`chosen_source`) CSMs choose whom they train. Through a common cause one can walk from the activity to the result without passing the programme: a **back door**. It is closed by holding the cause equal, if it stands in a table; by a lot in any case. What to see: which links are refused, and which variable is named. A small p-value would not have told.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. ほかの説明はないか
#
# 別の会社(`chosen_source`)では、誰に研修を勧めるかをCSMが選びます。共通の原因を通ると、施策を通らずに、活動から結果までたどれてしまいます。これが**裏口**(バックドア)です。原因が表にあれば、それをそろえて閉じられます。抽選なら、どんな場合も閉じます。見るところ:どのリンクの判定が断られ、どの変数の名前が挙がっていますか。p値がどれだけ小さくても、これは分かりません。

# %%
chosen = another(chosen_source, reveal_truth)
whose(chosen)
show_links(impact.test_links(chosen, impact.shipped("training")))

# %% [markdown] lang="en" tags=["further"]
# ## 11. What anybody computes, and the month that comes too early
#
# Without a lot, most teams regress this month's result on the step before it some months ago, with a constant for each customer and month (**lagged panel regression**). The check costs one more column: the **lead**, the step in the *coming* month. What has not happened yet cannot have worked. What to see: how far the first row lies from the second, which rests on the lot, and whether the third holds zero. If it does not, something else moves both boxes at once.

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 誰もがやる計算と、まだ来ていない月
#
# 抽選がないとき、多くのチームは、今月の結果を、数か月前の「一つ手前の箱」の値で回帰します(お客様ごと・月ごとの定数つき。**ラグつきパネル回帰**)。点検は1列足すだけです。**来月**の値(**リード**)を入れてみます。まだ起きていないことが効くはずはありません。見るところ:1行目は、抽選に基づく2行目からどれだけ離れていますか。3行目は0を含んでいますか。含まないなら、二つの箱を同時に動かすものが、ほかにあります。

# %%
from cslab.measure import effect

one = in_the_end.find("use", "depth")
three = {"lagged_regression": one.lagged, "by_the_lot": one.per_unit, "coming_month": one.lagged.lead}
table(effect.table(three).set_index("way")[limits], digits=2)

# %% [markdown] lang="en" tags=["further"]
# ## 12. Holding the step between equal
#
# “We controlled for onboarding, and nothing is left of the programme.” Of course: what passes through the step is taken away, and those who got there *without* help are the better customers (**mediation**). **Guess first:** how many points of seats in use does the programme bring, in truth?

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 途中の段階を「そろえて」しまう
#
# 「オンボーディング完了の有無をそろえたら、プログラムの効果は消えました」。当然です。その段階を通る効果を取り除いたうえに、手助け**なしで**完了したのは、もともと順調なお客様です(**媒介分析**の落とし穴)。**先に予想を** このプログラムは、席の利用率を、本当は何ポイント上げるでしょうか。

# %%
predict("M42", ...)

# %%
parts = impact.mediated(records, plan, "onboarded", "use")
verdict("M42", naive=parts.naive, better=parts.total, truth=in_truth and in_truth["use"], of=slow)

# %%
table(parts.table().set_index("part").rename_axis("channel")[limits])
say("impact_mediated", parts.rho, limit=parts.rho_limit)

# %% [markdown] lang="en" tags=["further"]
# The total needs the lot alone. The part that passes through needs a belief besides: that nothing moves both the step and the result. The sentence says how strong such a thing would have to be. Name one before you show the split to anybody.

# %% [markdown] lang="ja" tags=["further"]
# 合計は、抽選だけで言えます。「途中の段階を通った分」を言うには、信じるしかないことが一つあります。途中の段階と結果の両方を動かすものは、ほかにない、ということです。上の文は、それがどれだけ強ければ結論が崩れるかを示しています。内訳を人に見せる前に、その候補を一つ挙げてみてください。

# %% [markdown] lang="en" tags=["further"]
# ## 13. How long did it take?
#
# The lags of section 2 were declared before the start. The records now say how long each link took: the mean delay between two boxes. What to see: which blue mark lies outside its grey band, and what would you have told the board with that one?

# %% [markdown] lang="ja" tags=["further"]
# ## 13. 実際は何か月かかったか
#
# 2節の遅れは、始める前に書いた見込みです。今は記録から、各リンクに何か月かかったか(箱から箱までの平均の遅れ)が分かります。見るところ:灰色の帯から外れた青い印はどれですか。それを知っていたら、取締役会に何と言っていたでしょうか。

# %%
took = impact.delays(records, plan)
truly = impact.true_delays(slow, plan, 4_000)
figures.impact.lags(took, plan, truly, lang=lang)

# %%
from functools import partial

called = partial(plan.label, lang=lang)
by_link = took.assign(link=took["from"].map(called) + " → " + took["to"].map(called))
table(by_link.set_index("link")[["declared", *limits]], digits=1)

# %% [markdown] lang="en" tags=["further"]
# Do the links multiply to the whole? Slope by slope along the road, as records alone give them, against what the lot shows in the end. What to see: does the gap hold zero? If not, there is a road past the boxes, or a slope that sees too little: last month’s use hardly foretells *this* month’s leaving, though years of use decide a renewal.

# %% [markdown] lang="ja" tags=["further"]
# リンクを掛け合わせると、全体になるでしょうか。記録だけから求めた傾きを道に沿って掛けた値と、抽選が最後に示した値を比べます。見るところ:差は0を含んでいますか。含まないなら、箱を通らない道があるか、どこかの傾きが小さく出すぎています。先月の使い方から**今月の**解約はほとんど読めませんが、更新を決めるのは何か月もの積み重ねです。

# %%
whole = impact.product(in_the_end, "retention")
table(effect.table({"links_multiplied": whole.product, "by_the_lot": whole.total, "gap": whole.gap}).set_index("way")[limits])

# %% [markdown] lang="en" tags=["further"]
# ## 14. A reader for chains
#
# A chain is text, so a machine can read it before anybody is annoyed: outputs that pose as outcomes, links without indicator or sign, lags too short for a renewal. It goes by words, and is often wrong: the sentence says how often. What to see: repair this one, from the top. (The exercise sheet has 30 statements to sort.)

# %% [markdown] lang="ja" tags=["further"]
# ## 14. チェーンの自動点検
#
# チェーンは文章なので、会議で誰かが指摘する前に、機械に点検させることができます。アウトカムのふりをしたアウトプット、指標や符号のないリンク、更新を待つには短すぎる遅れなどを見つけます。言葉を手がかりにするので、レベルの指摘はよく間違えます。どれくらいかは、下の文のとおりです。見るところ:このチェーンを、上から順に直してみてください(演習には、分類する30の文があります)。

# %%
wish = """name: webinars
programme: training
nodes:
  offer: {level: activity, en: webinars offered, ja: ウェビナーの案内}
  held: {level: outcome, en: 40 webinars held, ja: ウェビナー40回開催}
  sold: {level: impact, en: more seats sold, ja: 席数の増加}
links: [{from: offer, to: held, lag_months: [0, 0, 1]}, {from: held, to: sold, lag_months: [0, 1, 2]}]"""

# %%
wrong = impact.lint(impact.made_out(wish, "webinars.yaml")[0], lang=lang)
table(wrong[wrong["serious"]].set_index("place")[["says"]])
say("impact_misread", impact.error_rate(lang))

# %% [markdown] lang="en" tags=["further"]
# **Try it (5 minutes).** Write the chain of section 2 as a file (below), and run `cslab chain check my_chain.yaml`. Your result should be no serious finding, and for the rest a reason why it may stay.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(5分)** 2節で描いたチェーンを、下の形のファイルに書き、`cslab chain check my_chain.yaml` で確かめます。重大な指摘がなくなり、残りの指摘にはそのままでよい理由を言えれば合格です。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Two arguments: `source = "folder:path/to/export"`, `chain = "my_chain.yaml"`. Or without a notebook: `cslab chain test my_chain.yaml --source folder:path/to/export -o page.html`. The form (more in `datasets/chains/README.md`):
#
# ```yaml
# name: my_chain
# en: Setup visits
# starts: "count(touches where type = f2f)"   # or programme: its row in `programs`
# hours: 6
# nodes:
#   visits:  {level: activity, en: setup visits}
#   tickets:
#     level: outcome
#     en: how-to enquiries
#     indicator: "count(tickets where category = how_to)"
#   stay:    {level: impact, en: customers stay, indicator: retained}
# links:
# - {from: visits, to: tickets, sign: "-", effect: 0.2, lag_months: [0, 1, 3],
#    owner: support, assumption: {en: they ask for lack of know-how}}
# - {from: tickets, to: stay, sign: "+", effect: 0.02, lag_months: [6, 9, 12],
#    owner: cs, assumption: {en: effort makes people leave}}
# causes:
#   size: {en: size of the contract, acts_on: [visits, tickets, stay], indicator: mrr}
# ```
#
# | You need | for | Look out for |
# |---|---|---|
# | `program_enrolment` with everybody whose turn came | a fair test | lists of those who came |
# | else the day on which each began (`starts`) | before against after | whoever is chosen because it goes badly |
# | `contracts` | `retained`, renewals | customers that vanish when they leave |
# | a table for each indicator | each link | a category that was renamed halfway |
# | effects and lags **written before the start** | every verdict | those that were adjusted afterwards |

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは二か所、`source = "folder:書き出したフォルダー"` と `chain = "my_chain.yaml"` です。ノートブックを使わずに、`cslab chain test my_chain.yaml --source folder:書き出したフォルダー -o page.html` でも判定できます。書き方は次のとおりです(詳しくは `datasets/chains/README.ja.md`)。
#
# ```yaml
# name: my_chain
# ja: 訪問による初期設定の支援
# starts: "count(touches where type = f2f)"   # または programme: programs にある名前
# hours: 6
# nodes:
#   visits:  {level: activity, ja: 初期設定の訪問}
#   tickets:
#     level: outcome
#     ja: 使い方の問い合わせ
#     indicator: "count(tickets where category = how_to)"
#   stay:    {level: impact, ja: 契約が続く, indicator: retained}
# links:
# - {from: visits, to: tickets, sign: "-", effect: 0.2, lag_months: [0, 1, 3],
#    owner: support, assumption: {ja: 問い合わせは使い方が分からないから}}
# - {from: tickets, to: stay, sign: "+", effect: 0.02, lag_months: [6, 9, 12],
#    owner: cs, assumption: {ja: 手間がかかると離れる}}
# causes:
#   size: {ja: 契約規模, acts_on: [visits, tickets, stay], indicator: mrr}
# ```
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | 対象になった全員を含む `program_enrolment` | 公平な判定 | 参加者だけの名簿 |
# | なければ、各社が始めた日(`starts`) | 前後の比較 | うまくいっていないから選ばれたお客様 |
# | `contracts` | `retained`、更新 | 解約すると一覧から消えるお客様 |
# | 指標ごとの表 | 各リンク | 途中で名前の変わった分類 |
# | **始める前に書いた**効果と遅れ | すべての判定 | あとから合わせた数字 |

# %% [markdown] lang="en"
# ## Key points
#
# - An output is ours; an outcome is the customer's.
# - Write the chain before the start: indicator, sign, effect, lag, assumption, owner.
# - Lags add up, and renewals wait for contract ends. Before that, “no effect” is only the calendar.
# - The first number that moves proves the first link.
# - Four verdicts: supported, not yet due, contradicted, unidentifiable. The last is an answer.
# - Ask how small a change could have been seen before you read a p-value.
# - Judge a programme by the worst of its links that are due; say beforehand when the others will be.

# %% [markdown] lang="ja"
# ## 要点
#
# - アウトプットは私たちのもの、アウトカムはお客様のもの。
# - チェーンは始める前に書く。指標・符号・効果・遅れ・前提・担当。
# - 遅れは積み重なり、更新は契約の満了を待つ。それまでの「効果なし」は、ただのカレンダー。
# - 最初に動いた数字が証明するのは、最初のリンクだけ。
# - 判定は四つ。裏づけあり・時期尚早・反証あり・判別不能。最後のも立派な答え。
# - p値を読む前に、どれだけ小さな変化まで見えたはずかを問う。
# - 施策は、時期の来たリンクのうちいちばん悪いもので判断し、残りがいつ分かるかを先に言う。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# Loops (a result that feeds the activity), effects of one customer on another, links that grow weaker over the years. What a programme does for customers whom nobody thought of is in no chain. And a contribution statement is an argument, not a proof: somebody may name an explanation that nobody looked at.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# 結果が活動に戻ってくる循環、お客様どうしの影響、年とともに弱まるリンク。誰も予想しなかった効果は、どのチェーンにも載っていません。また、貢献の報告文は、証明ではなく主張です。誰も検討していない説明を、あとから誰かが挙げるかもしれません。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. “In the first quarter we trained 300 people; the programme works.” Which level is that, and what do you ask next?
# 2. After five months an analyst finds no effect on renewals (p = .8). The links add up to eleven months. What do you write on the slide?
# 3. A link was declared at two points. The smallest change that could be seen is five points; six were found, with p = .02. What is the verdict, and why?
#
# <details><summary>Answers</summary>
#
# 1. An output. What can those people do now that they could not, by which records, and do those whom the lot left out show less of it?
# 2. “Not yet due”, with the day from which half of the participants will have been followed, and the links that are due, with theirs.
# 3. Unidentifiable. Where only an exaggeration can be seen, what is seen is exaggerated (lesson 11, the pilot). A closer box or more customers are needed.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 「第1四半期に300人を研修しました。プログラムは効いています」。これはどのレベルですか。次に何を聞きますか。
# 2. 5か月後、更新への効果は見つからないと分析者が言います(p = .8)。リンクの遅れは合計11か月です。スライドに何と書きますか。
# 3. あるリンクの見込みは2ポイント。検出できる下限は5ポイント。結果は6ポイントで、p = .02 でした。判定は何ですか。なぜですか。
#
# <details><summary>答え</summary>
#
# 1. アウトプット。その300人は、前にはできなかった何ができるようになったのか。どの記録で分かるのか。抽選に外れた人では、それが少ないのか。
# 2. 「時期尚早」。参加企業の半分を追跡し終える日付と、時期の来ているリンクの判定を添えます。
# 3. 判別不能。大きく出すぎたときにしか見えないのなら、見えた値は実際より大きめです(第11章のパイロット)。もっと手前の箱を見るか、社数を増やします。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What | Which number | Who | By when | Months to show |
# |---|---|---|---|---|
# | *e.g. write the chain of the onboarding programme, with the month of each link* | *section 3* | *head of CS* | *before the next board* | *2 · 4 · 14* |
# | *e.g. draw by lot who of the next customers starts a quarter later* | *section 7* | *CS operations* | *first of next month* | *12* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:オンボーディングのチェーンと、各リンクの判定月を書く* | *3節* | *CS責任者* | *次の取締役会まで* | *2・4・14* |
# | *例:次のお客様から、開始を四半期遅らせる会社を抽選で決める* | *7節* | *CSオペレーション* | *来月1日* | *12* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# The chain is the spine of every programme from here on: which content for whom, which data first, and the plan for ninety days.
#
# | Word | In this course |
# |---|---|
# | Output, outcome, impact | what took place, what changed for the customer, what it is all for |
# | Lag | months until a link shows, earliest–most likely–latest |
# | Not yet due | fewer than half of the participants followed long enough |
# | Unidentifiable | these records could not have shown it, whether it is there or not |
# | Minimum detectable effect | the change that four tests in five would see |
# | Back door | a road from activity to result through a common cause |
# | Contribution | what one can state honestly, link by link |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# この先の施策では、どれもチェーンが背骨になります。誰にどのコンテンツを届けるか、どのデータから整えるか、そして90日の計画です。
#
# | 用語 | この教材での意味 |
# |---|---|
# | アウトプット・アウトカム・インパクト | 実施されたこと、お客様に起きた変化、そもそもの目的 |
# | 遅れ(ラグ) | リンクが見えてくるまでの月数(最短–最頻–最長) |
# | 時期尚早 | 十分な期間を追跡できた参加企業が、まだ半分に満たない |
# | 判別不能 | 効果があってもなくても、この記録では見分けられない |
# | 最小検出可能効果 | 5回のテストのうち4回で見つかる大きさの変化 |
# | 裏口(バックドア) | 共通の原因を通って、活動から結果へ至る道 |
# | 貢献(コントリビューション) | リンクごとに、正直に言えること |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 7 minutes; section 2, 7; section 3, 3; section 4, 6; section 5, 5; section 6, 6; section 7, 6; section 8, 3; section 9, 2. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** taking “not yet due” for a polite “no”; reading “unidentifiable” as “no effect”; writing outputs into the outcome column of their own chain; believing that a lot makes waiting unnecessary.
# - **Vary it:** `-p decide_month=14`; `-p slow_source.program_effect=0` (the slow one does nothing: what do month 4 and the end say?); `-p quick_source.program_effect=0` (not even the seats move. Month 4 may still say “go on”, against two contradicted links: one hour against that much revenue. Who believes the declared effect?); `-p source.accounts=20000` (which FAQ link becomes visible? a minute); `-p source.policy=program_open` (everybody has the FAQ: who is there to compare with?); `-p chain=training`, or any chain of the kit: section 7 goes over to a company that runs it (to have the whole lesson on it, name its *programme*: `-p chain=onboarding_thorough` with `-p source.programs=onboarding_programme`).
# - **Somebody wants to look every month:** a link with nothing in it, looked at at twelve month ends, is *supported* at least once in about one case of ten; looked at once, on the day written down beforehand, in one of forty.
# - **When a verdict goes the other way:** one in twenty may. Ask for the limits first, then for the seed.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節 7分、2節 7分、3節 3分、4節 6分、5節 5分、6節 6分、7節 6分、8節 3分、9節 2分。確認の3問は宿題です。`-p reveal_truth=false` で、真の値を隠しておけます。
# - **つまずきやすい所** 「時期尚早」を遠回しの「効果なし」と受け取る。「判別不能」を「効果なし」と読む。自分のチェーンで、アウトカムの欄にアウトプットを書く。抽選をすれば待たなくてよいと思う。
# - **変えてみる** `-p decide_month=14`。`-p slow_source.program_effect=0`(効くのが遅いはずの施策が、実は効かない。4か月目と最後に、何と出るか)。`-p quick_source.program_effect=0`(席の利用率さえ動かない。それでも4か月目の助言は「続ける」になることがあり、二つのリンクは反証済み。根拠は、1時間の工数に対して見込んだ売上が大きいことだけ。その見込みを信じるか)。`-p source.accounts=20000`(FAQのどのリンクが見えてくるか。1分ほど)。`-p source.policy=program_open`(全社がFAQを使える。比べる相手は誰か)。`-p chain=training` など、教材のどのチェーンでも(7節は、その施策を行っている会社に切り替わる。章全体をその会社で行うなら、チェーンではなく**施策**の名前を指定する。例:`-p chain=onboarding_thorough` と `-p source.programs=onboarding_programme`)。
# - **「毎月見たい」と言われたら** 効果のないリンクでも、12回の月末ごとに見ると、およそ10回に1回は一度は「裏づけあり」になります。前もって決めた日に一度だけ見れば、40回に1回です。
# - **判定が逆に出たとき** 20回に1回は起こります。まず区間を、次に種(seed)を確かめてください。
