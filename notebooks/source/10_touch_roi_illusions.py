# %% [raw]
# number: "10"
# title_en: "Touch ROI I: five ways to fool yourself"
# title_ja: タッチROIⅠ:だまされ方
# question_en: Five slides say that customer success works. Which of them could show the same if it did nothing at all?
# question_ja: 「CSは効いている」という5枚のスライド。まったく効いていなくても同じ絵になるのは、どれか。
# minutes_core: 45
# minutes_further: 35
# needs: [accounts]
# misconceptions: [M30, M31, M32, M33, M34]

# %% [markdown] lang="en" tags=["core"]
# # Touch ROI I: five ways to fool yourself
#
# **The business question.** Five slides say that customer success works. Which of them could show the same if it did nothing at all?
#
# **Time.** Core track 45 minutes (31 reading, 14 hands-on) · further track 35 minutes (28 and 7). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Lesson 05, sections 1 to 3 | helpful | months of life, departures a month |
# | Shares and ratios | necessary | nothing harder in the core track |
# | One slide of your own | helpful | “customers with X leave less” |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **ask** of any comparison who is on which side, and why;
# 2. **see** the months in which nobody could leave, and **take them out**;
# 3. **predict** whether a comparison flatters touch or slanders it, before you compute it;
# 4. **say** which numbers your records cannot give, whatever one does with them.

# %% [markdown] lang="ja" tags=["core"]
# # タッチROIⅠ:だまされ方
#
# **この章の問い** 「カスタマーサクセスは効いている」と語る5枚のスライド。まったく効いていなくても同じ絵になってしまうのは、どれか。
#
# **時間** 必修45分(読む31分・手を動かす14分)/発展35分(読む28分・手を動かす7分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 第05章 1〜3節 | あると役立つ | 契約からの月数、月あたりの解約率 |
# | 割合と比 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 自社のスライド1枚 | あると役立つ | 「○○をしたお客様は解約が少ない」という絵 |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. どんな比較を見ても、誰がどちら側にいて、なぜそちらにいるのかを**問える**
# 2. 「解約できるはずのなかった月」を**見つけて、取り除ける**
# 3. 計算する前に、その比較がタッチを良く見せるのか悪く見せるのかを**予想できる**
# 4. 手元の記録では出せない数字を、「出せません」と**言える**

# %% [markdown] lang="en"
# ## 0. Thursday's budget
#
# The head of customer success has five slides. (1) High-touch customers leave far less often. (2) Customers whom a CSM takes on leave *more* often: stop it. (3) Members of our user meeting hardly leave. (4) Who comes to webinars stays. (5) The winners of the pilot use the product much more.
#
# The CFO has three new posts to give away. “I believe every number. But would the slides look different if none of it worked?” It is due on Thursday.

# %% [markdown] lang="ja"
# ## 0. 木曜日の予算会議
#
# CSの責任者が、スライドを5枚用意しました。(1) ハイタッチのお客様は、解約がずっと少ない。(2) CSMが手をかけたお客様は、**かえって**解約が多い。だからやめる。(3) ユーザー会に参加したお客様は、ほとんど離れない。(4) ウェビナーに来るお客様は残る。(5) パイロットの上位のお客様は、利用が大きく伸びた。
#
# CFOの手元には、増員3名分の予算があります。「数字は全部信じます。ただ、**どれも効いていなかったとしたら、このスライドは違う絵になりますか?**」 答えは木曜までです。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (3 minutes).** Everybody marks each of the five slides with + (it flatters us), − (it slanders us) or 0 (it is fair), and folds the paper. Nobody explains anything yet. The papers are opened in section 7.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(3分)** 5枚のスライドそれぞれに、+(実際より良く見えている)、−(実際より悪く見えている)、0(公平)を書いて、紙を折ってもらいます。まだ誰も説明しません。開けるのは7節です。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
horizon_months: int = 24  # months after signing by which departures of tiers are counted
# ja: 契約から何か月後までの解約を、層ごとに数えるか
programme: str = ""  # programme of slide 3, empty for the first on record
# ja: スライド3の施策。空なら、記録にある最初の施策
programme_effect: float = 0.0  # share of later departures that a programme nobody ran prevents, 0 for the one on record
# ja: 架空の施策が、その後の解約を防ぐ割合。0なら記録にある施策
start_hazard: float = 0.07  # chance a month that a customer begins with a programme nobody ran
# ja: 架空の施策に、お客様が1か月に参加し始める確率
landmark_month: int = 12  # month of life at which members and others are told apart
# ja: 参加の有無で分ける時点(契約から何か月目か)
top_winners: int = 20  # winners of the pilot that are shown
# ja: パイロットで見せる「勝者」の社数
override: float = 0.2  # how often a CSM moves a customer in trouble up, in the other company of section 9, 0.6 elsewhere
# ja: 9節の会社で、困っている顧客をCSMが引き上げる割合(ほかの会社は0.6)
other_source: str = "synthetic:default_jp?seed=7&accounts=2000"  # company of section 9
# ja: 9節の会社
large_source: str = "synthetic:default_jp?seed=7&accounts=2000"  # company of the lesson, where too few have left one's own
# ja: 自社の解約が少なすぎるときに、この章で使う会社
lead_months: int = 6  # months ahead within which a departure counts when it is asked whether enough have left
# ja: 解約が足りているかを調べるとき、何か月先まで数えるか

# %%
import pandas as pd

from cslab import figures
from cslab.course.elsewhere import whose
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, reading, say, verdict
from cslab.course.table import table
from cslab.measure import illusions

book = begin("10", source, as_of, lang, reveal_truth, large_source, lead_months)

# %% [markdown] lang="en"
# ## 1. One customer, two worlds
#
# What a touch brings is the *same* customer in two worlds, with it and without it. We see one of the two. Below are eight customers of whom, for once, both are known (1: leaves). The large ones were given high touch.
#
# **Try it (4 minutes, pencil).** How many points fewer leave with touch, if all eight had it rather than none? And what does the slide say, which sees only `touch_tier` and what came?

# %% [markdown] lang="ja"
# ## 1. 一社の、二つの世界
#
# タッチの効果とは、**同じ**お客様を「した世界」と「しなかった世界」で比べた差です。私たちに見えるのは、片方だけです。下は、特別に両方が分かっている8社です(1は解約)。ハイタッチになったのは、大口のお客様でした。
#
# **やってみましょう(4分・鉛筆で)** 8社全員にタッチをした場合は、誰にもしない場合と比べて、解約は何ポイント減りますか。そして、`touch_tier` とその結果しか見えないスライドは、何ポイントの差だと言うでしょうか。

# %%
eight = pd.DataFrame({"account_id": [*"ABCDEFGH"], "size": ["large"] * 4 + ["small"] * 4})
eight["touch_tier"] = eight["size"].map({"large": "high", "small": "tech"})
eight["leaves_with"] = [0, 0, 0, 0, 1, 1, 0, 0]
eight["leaves_without"] = [1, 0, 0, 0, 1, 1, 1, 0]
table(eight.set_index("account_id"))

# %% [markdown] lang="en"
# <details><summary>Answer</summary>
#
# With touch for all, two of eight leave; without, four of eight: 25 points fewer. The slide sees none of four (large, with touch) and three of four (small, without): 75 points. Two thirds of that is size.
#
# </details>
#
# So the question to any slide is not “is the number right?”. It is: **who stands on either side, and why there?** The next cell counts whether enough customers have left to ask it.

# %% [markdown] lang="ja"
# <details><summary>答え</summary>
#
# 全員にタッチをすれば8社中2社、誰にもしなければ8社中4社が解約します。差は25ポイントです。スライドに見えるのは、タッチをした大口の4社中0社と、しなかった小口の4社中3社。75ポイントの差になります。その3分の2は、規模の違いです。
#
# </details>
#
# スライドに問うべきは「数字は正しいか」ではなく、「**それぞれの側に誰がいて、なぜそちらにいるのか**」です。この会社に、それを問えるだけの解約があるかどうかを、次のセルで数えます。

# %%
from cslab.measure import landmark

company, slides = reading().company, []
seen = landmark.leavers(book, 1 if book.stock_sample else lead_months)
say("departures_enough" if company is book else "departures_few", seen, source=large_source)

# %% [markdown] lang="en"
# ## 2. Slide 1: high touch keeps customers
#
# The share that has left two years after signing (`horizon_months`), in high touch and in tech touch, as the tiers are. **Guess first:** if the *same* customers were all given high touch instead of tech touch, how many points fewer would leave in truth? (Write fewer as a minus.)

# %% [markdown] lang="ja"
# ## 2. スライド1:ハイタッチは解約を防ぐ
#
# 契約から2年(`horizon_months`)で離れた割合を、ハイタッチとテックタッチで、いまの層分けのまま比べます。**先に予想を** **同じ**お客様全員をテックタッチからハイタッチに変えたら、解約の割合は本当は何ポイント変わるでしょうか(減るならマイナスで)。

# %%
predict("M30", ...)

# %%
# %%needs calendar tier_history.touch_tier contracts.end
whose()
gap = illusions.tried(illusions.tier_gap, company, horizon=horizon_months)
if gap:
    high, tech = gap.counts["left_high"], gap.counts["left_tech"]
    say("tier_gap", gap.naive, high=high, tech=tech, months=horizon_months, points=100 * gap.naive.estimate)
slides.append(gap)
verdict("M30", **illusions.numbers(gap, reveal_truth), of=company)

# %% [markdown] lang="en"
# **But can we trust this?** The tier follows the money: large customers are given more, and leave less anyway. What decides on the touch decides on leaving, too: **confounding**. “Then compare like with like”: customers who pay the same, in either tier. How many are there? One row is a sixth of the customers, by MRR at signing.

# %% [markdown] lang="ja"
# **この数字を信じてよいでしょうか。** 層は金額で決まっています。大口ほど手厚くなり、大口は何もしなくても離れにくいのです(このように、割り振りと結果の両方を左右するものがあることを**交絡**と呼びます)。「それなら、似た者どうしで比べよう」。同じくらいの金額で、両方の層にいるお客様は何社ありますか。1行は、契約時のMRRの順に6等分したお客様です。

# %%
# %%needs calendar tier_history.touch_tier contracts.end accounts.mrr0_amount
paid = company.accounts.set_index("account_id")["mrr0_amount"].dropna()
sixths = ((6 * paid.rank(pct=True) - 1e-9).astype(int) + 1).rename("mrr_sixth")
tiers = "touch_tier." + illusions.tiers(company).reindex(paid.index)
table(pd.crosstab(sixths, tiers.rename("touch_tier")))
if gap:
    say("gap_adjusted" if gap.better else "gap_refused", gap.better or 0)

# %% [markdown] lang="en"
# What to see: down the column of high touch nobody pays little, down that of tech touch nobody pays much. Where a rule decides, no adjustment can hold a large customer in tech touch against a large one in high touch, because there is none. An honest tool refuses. That is an answer too: **these records cannot say it**; lesson 11 shows what must happen first.

# %% [markdown] lang="ja"
# 見るところ:ハイタッチの列には金額の小さいお客様がいません。テックタッチの列には、大口のお客様がほとんどいません。ルールで決めている限り、「テックタッチの大口」は存在しないので、どんな調整をしても比べようがありません。誠実な道具なら、計算を断ります。それも立派な答えです。**この記録からは言えません。** 言えるようにする方法は、第11章で扱います。

# %% [markdown] lang="en"
# ## 3. Slide 2: attention drives them away
#
# The second slide looks inside one group only, so size is out. There a CSM has taken some customers on who by the rule would have had tech touch. They leave *more* often. **Guess first:** what would touch in truth change for the customers of this group, in points?

# %% [markdown] lang="ja"
# ## 3. スライド2:手をかけると離れる
#
# 2枚目は、同じセグメント(規模の区分)の中だけで比べています。規模の違いは、もうほとんどありません。ルールではテックタッチのはずのお客様の一部を、CSMが自分の判断で引き上げました。そのお客様のほうが、**多く**離れています。**先に予想を** このお客様たちの解約を、タッチは本当は何ポイント変えるでしょうか(減るならマイナスで)。

# %%
predict("M31", ...)

# %%
# %%needs calendar tier_history.touch_tier contracts.end accounts.segment
whose()
flip = illusions.tried(illusions.override_flip, company, horizon=horizon_months)
if flip:
    mid, tech = flip.counts["left_mid"], flip.counts["left_tech"]
    say("override_flip", flip.naive, mid=mid, tech=tech, months=horizon_months, points=100 * flip.naive.estimate)
slides.append(flip)
verdict("M31", **illusions.numbers(flip, reveal_truth), of=company)

# %% [markdown] lang="en"
# Who is taken on? Those who are in trouble: a poor start, a bad feeling after the kick-off. More ambulances stand where more people die. The second number holds equal what stood in the tables at signing; where it hardly moves, **what the CSM felt stands in no table**. Adjusting for everything one has is not adjusting for everything. Where touch goes to trouble, the field says **confounding by indication**.

# %% [markdown] lang="ja"
# 引き上げられたのは、どんなお客様でしょうか。出だしでつまずき、キックオフで「まずい」とCSMが感じたお客様です。救急車が多く止まる場所では、人も多く亡くなります。二つ目の数字は、契約時に表にあったことをそろえた比較です。あまり動かず、幅も広いなら、理由は一つ。**CSMが感じ取ったことは、どの表にも載っていない**のです。「あるもの全部で調整した」は、「全部を調整した」ではありません。困っているお客様に手が集まるために起こる、この偏りを**適応による交絡**と呼びます。

# %% [markdown] lang="en" tags=["speaker"]
# **After section 3 (2 minutes).** Ask for the sign of slides 1 and 2 together. Same company, same touch: one slide flatters, the other slanders. Somebody will ask which of them is true. Neither; both are arithmetic about who was chosen.

# %% [markdown] lang="ja" tags=["speaker"]
# **3節のあとで(2分)** スライド1と2を並べます。同じ会社、同じタッチなのに、一方は良く、もう一方は悪く見せています。「本当はどちら?」という声が出ます。どちらでもありません。どちらも「誰が選ばれたか」の計算です。

# %% [markdown] lang="en"
# ## 4. Slide 3: members hardly leave
#
# No rule and no CSM here: customers come to a programme when their turn comes. So where is the bias? Look at some lives, a bar each, from signing to the cross where one left. The orange months lie *before* the customer joined.

# %% [markdown] lang="ja"
# ## 4. スライド3:参加したお客様は、ほとんど離れない
#
# ここにはルールもCSMの判断もありません。順番が回ってきたお客様が施策に参加するだけです。では、どこに偏りがあるのでしょうか。何社かを、契約から解約(×)まで1本の帯で描きました。オレンジは、参加する**前**の月です。

# %%
whose()
lives = illusions.taking_part(company, programme, start_hazard, programme_effect, horizon_months + 12)
longest = int(lives.duration.max())
if longest <= landmark_month:
    landmark_month = max(longest // 2, 1)
    say("landmark_moved", landmark_month, longest=longest)
figures.illusions.lives(lives, lang=lang)

# %% [markdown] lang="en"
# In an orange month nobody *could* leave: who had left would never have joined, and would be a grey bar. These months are **immortal time**. The slide gives them to the members, and all short lives to the others: **immortal time bias**. **Guess first:** how many times as often do members leave because of the programme? (1: as often as the others.)

# %% [markdown] lang="ja"
# オレンジの月に解約することは、**ありえません**。解約していたら参加できず、グレーの帯になっていたはずだからです。こうした月を**不死時間**と呼び、それが生む偏りを**不死時間バイアス**と呼びます。スライドは、不死の月をすべて参加者の手柄にし、短い帯をすべて不参加に回しています。**先に予想を** 施策の効果だけを取り出すと、参加したお客様の解約率は不参加の何倍でしょうか(1なら同じ)。

# %%
predict("M32", ...)

# %%
joined = illusions.tried(illusions.immortal_time, lives, landmark_month)
if joined:
    parts = {"n": len(lives.entry), "took_part": lives.took_part.sum()}
    ran = "immortal_phantom" if lives.what == "phantom" else "immortal"
    say(ran, joined.naive, fewer=1 - joined.naive.estimate, **parts)
slides.append(joined)
verdict("M32", **illusions.numbers(joined, reveal_truth), of=company)

# %% [markdown] lang="en"
# The repair is a **landmark**: choose a month of life (`landmark_month`), ask who has joined *by then*, and follow both sides from there. Who joins later stays with those who had not. Everybody compared has lived that long. (With a `programme_effect` the verdict takes the months of the same age instead, which follow below: a landmark then sees only a part.)
#
# ### Open the box
#
# Four lives in plain pandas: two members, two others. First the slide, then each month on its own side.

# %% [markdown] lang="ja"
# 直し方は**ランドマーク**です。契約から何か月目かを一つ決め(`landmark_month`)、**その時点までに**参加していたかどうかで分け、そこから先だけを追います。あとから参加しても、「その時点では不参加」のままです。こうすれば、比べる全員がそこまで残っています(`programme_effect` を0より大きくすると、判定には、このあとに出てくる「同い年」の計算を使います。効果のある施策では、ランドマークに見えるのは効果の一部だからです)。
#
# ### 箱を開けてみる
#
# 参加2社・不参加2社、4本の帯を素の pandas で計算します。まずスライドのやり方、次に、月を一つずつ「その月にいた側」に数える方法です。

# %% tags=["box"]
four = pd.DataFrame({"months": [30, 20, 10, 6], "left": [0, 1, 1, 1], "joined": [12, 8, None, None]})
member = four["joined"].notna()
rate = four["left"].groupby(member).sum() / four["months"].groupby(member).sum()
by_slide = rate[True] / rate[False]
since = (four["months"] - four["joined"]).fillna(0)
left_member = (four["left"] * member).sum() / since.sum()
by_month = left_member / ((four["left"] * ~member).sum() / (four["months"] - since).sum())
short = illusions.Exposure.of(four["months"], four["left"], four["joined"].fillna(float("inf")))
by_cslab = [illusions.ever(short).estimate, illusions.time_split(short).estimate]
both = pd.DataFrame({"by_hand": [by_slide, by_month], "cslab": by_cslab}, index=["ever_never", "time_split"])
table(both.rename_axis("method"))

# %% [markdown] lang="en"
# “Then let us simply split the months”, as in the box. That is better, and has a trap of its own: the months *before* joining are early ones, and in its first year no annual contract ends. To see it without luck, draw fifty programmes that **nobody ran**: month by month a lot decides who joins, and what that prevents is set by `programme_effect` (0: nothing). **Guess first:** where should a fair number lie?

# %% [markdown] lang="ja"
# 「それなら、月ごとに分ければいい」。箱の中の二つ目の計算です。ましにはなりますが、別の罠があります。参加**前**の月は、契約してまもない月ばかりです。年間契約は、最初の1年には終わりません。運の影響を除いて確かめるために、**誰も実施していない**施策を50本つくります。毎月の抽選で「参加者」を決めるだけで、どれだけ解約を防ぐかは `programme_effect` で決まります(0なら何も変えません)。**先に予想を** 公平に比べれば、何倍になるはずでしょうか。

# %%
predict("M33", ...)

# %%
drawn = illusions.draws(company, 50, start_hazard, programme_effect, landmark_month)
drawn.attrs["truth"] = drawn.attrs["truth"] if reveal_truth else None
by_way = drawn.set_index("method")
split = by_way.loc["time_split"].to_dict()
same_age = by_way.loc["tenure_split"].to_dict()
verdict("M33", naive=split, better=same_age, truth=drawn.attrs["truth"], of=company)

# %%
figures.illusions.ways(drawn, lang=lang)

# %%
table(by_way[["estimate", "low", "high"]], digits=2)

# %% [markdown] lang="en"
# What to see: the first row lies far to the left of the last two, the mere split of months to their right. (A dotted line, where there is one, is the truth.) Two words to take home: **same age**. Compare a month of a member with the same month of life of somebody who is not one.

# %% [markdown] lang="ja"
# 見るところ:1行目は、下の2行よりはるか左にあります。月を分けるだけだと、今度は下の2行より右に行きすぎます(点線があれば、それが真の値です)。持ち帰る言葉は「**同い年で比べる**」。参加しているお客様の13か月目は、参加していないお客様の13か月目と比べます。

# %% [markdown] lang="en"
# **Try it (3 minutes).** Take a slide of yours with “customers who have done X”. X = reference, renewal, second product, community, training. In which month of life does X begin, on average? Your result should look like one number, and the sentence “in the months before that, nobody could leave”.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 自社の資料から「○○をしたお客様は…」というスライドを1枚選びます(事例出演、更新、2製品目、コミュニティ、研修など)。○○が始まるのは、平均で契約から何か月目ですか。数字が一つと、「それより前の月には、誰も解約できなかった」という一文が書けていれば合格です。

# %% [markdown] lang="en"
# ## 5. Slide 4: who comes to webinars stays
#
# Now everybody was invited on the same day, and the clock starts for all on that day: no immortal time. Of those who came, fewer had left a year later than of those who did not. Does coming keep them? The second number compares customers who were alike *before* the invitation: in use, age, kind, and months to the contract's end.

# %% [markdown] lang="ja"
# ## 5. スライド4:ウェビナーに来るお客様は残る
#
# 今度は、案内した日から全員の時計を動かします。不死時間はありません。案内に応じて参加したお客様は、案内したのに来なかったお客様より、1年後の解約が少なくなっています。参加が引き止めたのでしょうか。二つ目の数字は、案内の**前**に、利用・契約からの月数・規模・満了までの月数が似ていたお客様どうしの比較です。

# %%
# %%needs calendar contracts.end content_exposure.opened
whose()
came = illusions.tried(illusions.self_selection, company)
if came:
    shares = {"came": came.counts["left_came"], "absent": came.counts["left_absent"]}
    say("self_selection", came.naive, points=100 * came.naive.estimate, invited=came.counts["invitations"], **shares)
    table(illusions.table([came], reveal_truth).set_index("what")[["estimate", "low", "high"]])
slides.append(came)

# %% [markdown] lang="en"
# Customers came *because* they were doing well: **self-selection**. Most of the gap was there before the invitation. What is left in the second number may be the webinar, or what no table holds. Only one thing settles it: **compare by invitation, not by attendance**, and let a lot decide who is invited (lesson 11).

# %% [markdown] lang="ja"
# うまくいっている**から**来た、という順番です(**自己選択**)。差の大半は、案内の前からありました。二つ目の数字に残った差は、ウェビナーの効果かもしれませんし、表に載っていない何かかもしれません。決着をつける方法は一つ。**参加の有無ではなく、案内の有無で比べる**こと。そして、誰に案内するかを抽選で決めることです(第11章)。

# %% [markdown] lang="en"
# ## 6. Slide 5: the winners of the pilot
#
# A pilot of a month; then the customers whose use rose most are shown to the board (`top_winners`). We run one in which **nothing is done**: a lot puts half of the customers into it. **Guess first:** the share of seats in use among the winners rose by so many points; how many of them are due to the pilot?

# %% [markdown] lang="ja"
# ## 6. スライド5:パイロットの勝者
#
# 1か月のパイロットを行い、利用が最も伸びたお客様(`top_winners`)を取締役会に見せます。念のため、**何もしない**パイロットをやってみましょう。抽選で半分のお客様を「参加」にするだけです。**先に予想を** 上位のお客様では、利用率が何ポイントも伸びました。そのうちパイロットのおかげは何ポイントですか。

# %%
predict("M34", ...)

# %%
# %%needs calendar usage_monthly.wau_ratio
whose()
won = illusions.tried(illusions.pilot_winners, company, top_winners)
if won:
    rise = {"points": 100 * won.naive.estimate, "kept": 100 * won.counts["kept"].estimate}
    say("winners", won.naive, n=won.counts["customers"], top=top_winners, **rise)
slides.append(won)
verdict("M34", **illusions.numbers(won, reveal_truth), of=company)

# %% [markdown] lang="en"
# Whoever picks those that rose most picks chance: customers who used more that month for reasons of their own. A part falls back (**regression to the mean**: compare the two numbers of slide 5). The rest lasts and looks like success, but *about as high a rise* is found among the winners outside. The repair: **hold winners against winners**, or better, everybody in the pilot against everybody outside.

# %% [markdown] lang="ja"
# いちばん伸びたお客様だけを選べば、偶然を選ぶことになります。それぞれの事情で、たまたまその月に利用が増えたお客様です。一部は元に戻ります(**平均への回帰**。スライド5の二つの数字を比べてください)。残りの伸びは続くので、なおさら成果に見えますが、パイロットとは関係がありません。パイロットの外の上位も、**同じくらい**伸びているからです。直し方は、**勝者は勝者と比べる**こと。さらに良いのは、パイロットの全員を、外の全員と比べることです。

# %% [markdown] lang="en"
# ## 7. Thursday
#
# All five on one page. The middle is “no effect”; to the right a number looks helpful, to the left harmful. **Before you look at the black marks:** which of your + and − were right?

# %% [markdown] lang="ja"
# ## 7. 木曜日
#
# 5枚を1枚に並べます。真ん中が「効果なし」。右にあるほど効いたように、左にあるほど害があるように見えています。**黒い印を見る前に**、最初に書いた+と−は当たっていましたか。

# %%
whose()
five = illusions.table(slides, reveal_truth)
figures.illusions.dumbbell(five, lang=lang)

# %%
table(five.pivot(index="illusion", columns="what", values="estimate").reindex(five["illusion"].unique()))

# %% [markdown] lang="en"
# The answer to the CFO, read aloud: “Every one of the five could look as it does if nothing worked. They tell whom we chose and who came, more than what we did. What touch brings cannot be read off them, in neither direction. It can be shown by next year, if from Monday on a lot decides for some of the customers.” Below, what is so, where it is known.

# %% [markdown] lang="ja"
# CFOへの答えです。声に出して読んでみてください。「5枚とも、何も効いていなかったとしても、同じような絵になりえます。語っているのは、私たちが何をしたかより、誰を選び、誰が来たかです。タッチが効いているとも、効いていないとも、このスライドからは言えません。月曜から一部のお客様だけ抽選で決めさせてもらえれば、来年にはお見せできます」。その下は、分かる場合の真の値です。

# %%
# %%needs truth calendar tier_history.touch_tier contracts.end
if gap and gap.truth is not None:
    points = {"points": 100 * gap.truth, "naive": 100 * gap.naive.estimate}
    say("thursday_harms" if gap.truth > 0 else "thursday_helps" if gap.truth < 0 else "thursday_nothing", **points)

# %%
calibration()

# %% [markdown] lang="en"
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: the same customers with tiers by lot, a CSM who chooses otherwise, business reviews and the community judged safely, and a programme that works. The exercise sheet is a notebook of its own: `cslab open 10 --exercise`.*

# %% [markdown] lang="ja"
# *必修はここまでです。最後の「要点」とアクションログに進むか、発展へどうぞ。同じお客様の層を抽選で決めた世界、CSMの選び方が違う会社、QBRとコミュニティの安全な測り方、本当に効く施策を扱います。演習は別のノートブックです:`cslab open 10 --exercise`*

# %% [markdown] lang="en" tags=["further"]
# ## 8. The same customers, tiers by lot
#
# The kit can do what you cannot: let the same customers, with the same luck, live again while a lot decides on the tier. Then the plain difference of slide 1 is fair, and so is that of slide 2. What to see: the sign of the second.

# %% [markdown] lang="ja" tags=["further"]
# ## 8. 同じお客様、層だけ抽選で
#
# 現実にはできないことが、キットにはできます。同じお客様が、同じ運のまま、層だけを抽選で決めた世界をもう一度生きるのです。すると、スライド1の単純な差も、スライド2の単純な差も、公平な比較になります。見るところ:二つ目の符号です。

# %%
# %%needs truth calendar tier_history.touch_tier contracts.end accounts.segment
whose()
lot = company.truth.rerun("rct")
by_lot = illusions.tried(illusions.tier_gap, lot, horizon=horizon_months)
same_group = illusions.tried(illusions.override_flip, lot, horizon=horizon_months)
tidy = illusions.table([by_lot, same_group]).query("what != 'better'").set_index(["illusion", "what"])
table(tidy[["estimate", "low", "high", "n"]].rename(columns={"n": "companies"}))

# %% [markdown] lang="en" tags=["further"]
# The limits are wide: with as many customers as this company has even a lot tells only large effects from none. Lesson 11 asks how many customers it takes.

# %% [markdown] lang="ja" tags=["further"]
# 区間は広いままです。この会社のお客様の数では、抽選をしても、大きな効果しか見分けられません。何社必要かは、第11章で計算します。

# %% [markdown] lang="en" tags=["further"]
# ## 9. A CSM who chooses otherwise
#
# Slide 2 depends on how CSMs choose. Another company of the kit (`other_source`, by default with the customers of its standard company): here a CSM moves a customer in trouble up as often as `override` says, not six times in ten as there. Try 0 and 1, too. What to see: does the sign depend on *how often* a CSM chooses, or on *whom*?

# %% [markdown] lang="ja" tags=["further"]
# ## 9. CSMの選び方が違う会社
#
# スライド2の数字は、CSMがどう選ぶかで決まります。キットが作った別の会社(`other_source`)で見ます。お客様はキットの標準の会社と同じで、困っているお客様を引き上げる頻度だけを、10回に6回から `override` に変えます。0だと、ルールどおりになり、比べる相手がいなくなります。0と1も試してください。見るところ:符号を決めているのは、選ぶ**頻度**でしょうか。それとも、選ぶ**相手**でしょうか。

# %%
choosing = another(other_source, reveal_truth, override_share=str(override))
chosen = illusions.tried(illusions.override_flip, choosing, horizon=horizon_months)
say("override_none" if chosen is None else "override_some", override)
if chosen:
    found = illusions.table([chosen], reveal_truth).set_index("what").rename(columns={"n": "companies"})
    table(found[["estimate", "low", "high", "companies"]])

# %% [markdown] lang="en" tags=["further"]
# ## 10. Business reviews and the community, judged safely
#
# A first quarterly business review comes late in life, and only large customers get one. So two things have to be held equal: age, and tier. What to see: how far the first row is from 1, and what is left of it once both are equal. Where few in high touch are without a review, the limits are wide.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. QBRとコミュニティを安全に測る
#
# 最初のQBR(四半期ごとに成果を確かめる会議)は契約からしばらくたって開かれ、しかも大口のお客様にしか開かれません。そろえるべきものは二つ、契約からの月数と、タッチ層です。見るところ:1行目は1からどれだけ離れていますか。二つともそろえると、どれだけ残りますか。ハイタッチでQBRのないお客様は少ないので、区間は広くなります。

# %%
# %%needs calendar contracts.end touches.type touches.touched_on tier_history.touch_tier
whose()
reviewed = illusions.exposure(company, "touch:qbr", horizon_months + 12)
mixed = illusions.every_way(reviewed, landmark_month).set_index("method").rename(columns={"n": "companies"})
table(mixed[["estimate", "low", "high", "companies"]], digits=2)

# %%
# %%needs calendar contracts.end touches.type touches.touched_on tier_history.touch_tier
within = illusions.exposure(company, "touch:qbr", horizon_months + 12, within="touch_tier")
safe = illusions.tenure_split(within)
say("review_safe", safe)
if company.truth is not None:
    say("review_truth")

# %% [markdown] lang="en" tags=["further"]
# The community is harder: who joins is doing well, *and* has lived long enough. The repair of age leaves the first. A ratio still below 1 is then the customers, or the community, and no splitting of months tells which.

# %% [markdown] lang="ja" tags=["further"]
# コミュニティはもっと厄介です。参加するのは、うまくいっていて、**しかも**長く残っているお客様だからです。「同い年」の修正をしても、前者は残ります。それでも1を下回るなら、お客様の違いか、コミュニティの効果か。月をいくら分けても、区別はつきません。

# %%
# %%needs calendar contracts.end community_members.joined_on
members = illusions.exposure(company, "community", horizon_months + 12)
joiners = illusions.every_way(members, landmark_month).set_index("method").rename(columns={"n": "companies"})
table(joiners[["estimate", "low", "high", "companies"]], digits=2)

# %% [markdown] lang="en" tags=["further"]
# ## 11. And if it works?
#
# A method that always answers “nothing” would be no better. So once more a programme that nobody ran, but now a lot cancels three in ten of the departures that follow. Which ratio should come out? What to see: which row comes nearest to it? The landmark finds only a part, because many join after it and count as others.

# %% [markdown] lang="ja" tags=["further"]
# ## 11. もし本当に効いていたら
#
# いつでも「効果なし」と答える方法なら、役に立ちません。そこで、誰も実施していない施策をもう一度使い、今度は参加後の解約を抽選で10件に3件取り消します。何倍になるはずでしょうか。見るところ:その値にいちばん近いのはどの行ですか。ランドマークで見えるのは、一部だけです。区切りのあとで参加したお客様が、不参加の側に入っているからです。

# %%
whose()
works = illusions.draws(company, 30, start_hazard, 0.3, landmark_month)
table(works.set_index("method")[["estimate", "low", "high"]], digits=2)
same_age = works.set_index("method").loc["tenure_split", "estimate"]
if reveal_truth:
    say("works_found", same_age, truth=works.attrs["truth"])

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** A survey finds that of the firms that “feel an effect of customer success” 44 % had built a touch model, of the others 5 % (Virtualex 2024, grade B). Which of the five is it? Your result should look like one sentence that says who stands on either side, and why.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** ある調査では、「カスタマーサクセスの効果を感じている」企業の44%がタッチモデルを整えており、感じていない企業では5%でした(バーチャレクス 2024、等級B)。五つのうちのどれに近いでしょうか。どちら側に、なぜ、どんな企業がいるのか。一文で書けていれば合格です。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. Where fewer than a hundred have left, the lesson is shown on the kit's company. Programmes that nobody ran work on any list of customers, without touches and without dates.
#
# | You need | for | Look out for |
# |---|---|---|
# | `contracts`: account_id, start, end | everything | customers that vanish from the table when they leave |
# | `tier_history` with valid_from | slides 1, 2 | tools that know today's tier only |
# | `accounts`: segment, mrr0_amount | slides 1, 2 | amounts of today instead of at signing |
# | `program_enrolment` with eligible_on | slide 3 | lists of members without the day of joining |
# | `content_exposure` with those who did **not** come | slide 4 | lists of attendees only |
# | `usage_monthly`: wau_ratio | slide 5 | a pilot that was chosen by its winners |

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。解約が100件に満たない会社では、キットの会社で示します。「誰も実施していない施策」は、接点の記録や日付がなくても、顧客の一覧だけで試せます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `contracts` の account_id・start・end | すべて | 解約すると一覧から消えるお客様 |
# | valid_from のある `tier_history` | スライド1・2 | 今日の層しか分からないツール |
# | `accounts` の segment・mrr0_amount | スライド1・2 | 契約時ではなく、今日の金額 |
# | eligible_on のある `program_enrolment` | スライド3 | 参加日のない会員名簿 |
# | **来なかった**お客様も含む `content_exposure` | スライド4 | 参加者だけの名簿 |
# | `usage_monthly` の wau_ratio | スライド5 | うまくいった会社だけを集めた「パイロット」 |

# %% [markdown] lang="en"
# ## Key points
#
# - An effect is the same customer in two worlds. Every slide compares different customers.
# - Ask of any comparison: who stands on either side, and why there?
# - By size: touch looks better than it is. By trouble: worse. Both in one company.
# - Whoever took part had lived long enough to. Compare customers of the same age.
# - Splitting months without age overshoots.
# - Who comes was doing well before. Compare by invitation.
# - Winners were lucky. Hold winners against winners.
# - “These records cannot say it” is a result.

# %% [markdown] lang="ja"
# ## 要点
#
# - 効果とは、同じお客様の二つの世界の差。スライドが比べているのは、いつも別のお客様。
# - どんな比較にも問う。「それぞれの側に誰がいて、なぜそちらにいるのか」。
# - 規模で選べば、タッチは実際より良く見える。困りごとで選べば、悪く見える。一つの会社で両方起きる。
# - 参加した人は、参加できるまで残っていた人。同い年どうしで比べる。
# - 月を分けるだけで月数をそろえないと、今度は逆に行きすぎる。
# - 来る人は、来る前からうまくいっている。案内の有無で比べる。
# - 勝者には運が混じる。勝者は勝者と比べる。
# - 「この記録からは言えない」も、立派な結論。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# How to find the effect: that is lesson 11 (by lot, by a line in the MRR, by groups that begin one after the other, by invitation). A bias that is small here may be large with you: your company chooses in ways of its own. Adjusting rests on what the tables hold. The sizes of the biases are those of this company.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# では、どうすれば効果を測れるのか。それが第11章です(抽選、MRRの線、順番に始めるグループ、案内)。また、ここで小さかった偏りが、自社でも小さいとは限りません。選び方は会社ごとに違います。調整でそろえられるのは、表に載っていることだけです。偏りの大きさは、この会社での値です。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. “Customers with a case study on our web site never leave in their first year.” Which of the five is it, and what is the repair?
# 2. The churn of accounts with an executive sponsor is 3 %, of the others 12 %. A colleague wants a sponsor for each account. Name two of the five that may be at work, with their signs.
# 3. A pilot ran with the twenty worst accounts; three months later they use the product a third more. What would you compare with?
#
# <details><summary>Answers</summary>
#
# 1. Immortal time: who left in the first year could not become a case. Ask at month 12 who has one, follow from there, same age.
# 2. Size (large accounts are given a sponsor: flatters); self-selection (those who do well get the attention of executives: flatters); if sponsors are sent to accounts in trouble, it slanders.
# 3. With the twenty next worst, or better, with twenty out of forty worst by lot: the worst rise by themselves, as the best fall.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 「導入事例に出てくださったお客様は、最初の1年で一社も解約していない」。五つのうちのどれですか。どう直しますか。
# 2. 役員どうしのつながりがあるお客様の解約は3%、ないお客様は12%。同僚が「全社に役員をつけよう」と言いました。働いていそうな偏りを二つ、向き(+か−)とともに挙げてください。
# 3. 利用の少ない下位20社でパイロットを行い、3か月後、利用が3割増えました。何と比べますか。
#
# <details><summary>答え</summary>
#
# 1. 不死時間です。1年以内に解約した会社は、事例になれません。12か月目の時点で事例の有無を分け、そこから先を、同い年どうしで追います。
# 2. 規模(大口ほど役員がつく:良く見える)。自己選択(うまくいっているお客様ほど役員が会う:良く見える)。逆に、困っているお客様へ役員を送っているなら、悪く見えます。
# 3. その次に少ない20社、できれば下位40社から抽選で20社を選び、残りの20社と比べます。下位は、何もしなくても上がります(上位が下がるのと同じ理由です)。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What | Which number | Who | By when | Months to show |
# |---|---|---|---|---|
# | *e.g. add “age” to the slide on community members* | *section 4* | *CS operations* | *next board* | *at once* |
# | *e.g. keep the invitations, not only the attendees* | *section 5* | *marketing* | *first of next month* | *3* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:コミュニティのスライドを「同い年」の比較に直す* | *4節* | *CSオペレーション* | *次の取締役会* | *すぐに* |
# | *例:参加者だけでなく、案内した全員を記録に残す* | *5節* | *マーケティング* | *来月1日から* | *3* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# **Lesson 11** takes the five questions again and answers them: with designs that work, each beside the truth, and what the answer is worth in money.
#
# | Word | In this course |
# |---|---|
# | Confounding | what decides who gets the touch also decides who leaves |
# | Confounding by indication | touch goes to those in trouble, so trouble looks like its effect |
# | Immortal time | months in which one could not leave, or would not have taken part |
# | Landmark | a month of life at which members and others are told apart |
# | Self-selection | customers choose, and choose by how they are doing |
# | Regression to the mean | whoever is picked as an extreme was lucky too, and that part goes again |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# **第11章**では、同じ五つの問いに、今度は答えを出します。正しく測れる設計を一つずつ真の値と並べ、その効果がいくらになるかまで計算します。
#
# | 用語 | この教材での意味 |
# |---|---|
# | 交絡 | タッチを受けるかどうかを決めるものが、解約するかどうかも左右していること |
# | 適応による交絡 | 困っているお客様にタッチが集まり、困りごとがタッチの「害」に見えること |
# | 不死時間 | そこで解約していたら参加できなかったはずの月 |
# | ランドマーク | 参加・不参加を判定する、契約から何か月目という区切り |
# | 自己選択 | お客様自身が、うまくいっているかどうかに応じて選んでいること |
# | 平均への回帰 | 極端な値で選ぶと運も一緒に選ばれ、その分は元に戻ること |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 8 minutes; section 2, 7; section 3, 5; section 4, 12; section 5, 4; section 6, 5; section 7, 4. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** reading “no effect” as “proved harmful”; thinking that immortal time is about long-lived customers (it is about *when* one is counted); believing that more covariates would have mended slide 2; taking the refusal of slide 1 for a fault of the tool.
# - **The paper of section 0:** + for slides 1, 3, 4, 5 and − for slide 2. Ask who had slide 2 right.
# - **Vary it:** `-p start_hazard=0.02` (who joins late is more immortal), `-p landmark_month=6`, `-p programme_effect=0.3`, `-p override=1`, `-p top_winners=5`, `-p source.policy=rct` (slides 1 and 2 become fair), `-p source.seed=8`.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節 8分、2節 7分、3節 5分、4節 12分、5節 4分、6節 5分、7節 4分。確認の3問は宿題です。`-p reveal_truth=false` で、真の値を隠しておけます。
# - **つまずきやすい所** 「効果なし」を「害が証明された」と読む。不死時間を「長く続いたお客様の話」だと思う(**いつ**数え始めるかの話です)。列を増やせばスライド2は直ったはずだと考える。スライド1で計算を断られたのを、道具の不具合だと思う。
# - **0節の紙** スライド1・3・4・5が+、2が−です。2を当てた人に理由を聞いてください。
# - **変えてみる** `-p start_hazard=0.02`(参加が遅いほど不死時間は長い)、`-p landmark_month=6`、`-p programme_effect=0.3`、`-p override=1`、`-p top_winners=5`、`-p source.policy=rct`(スライド1・2が公平になる)、`-p source.seed=8`
