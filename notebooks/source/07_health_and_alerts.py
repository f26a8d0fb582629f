# %% [raw]
# number: "07"
# title_en: Health scores and early warning
# title_ja: ヘルススコアと早期警戒
# question_en: Which customers do we call this week, and how far may we believe the colour of their health score?
# question_ja: 今週、どのお客様に連絡するのか。ヘルススコアの色は、どこまで信じてよいのか。
# minutes_core: 45
# minutes_further: 60
# needs: [accounts]
# misconceptions: [M21, M22, M23, M24]

# %% [markdown] lang="en" tags=["core"]
# # Health scores and early warning
#
# **The business question.** Which customers do we call this week, and how far may we believe the colour of their health score?
#
# **Time.** Core track 45 minutes (30 reading, 15 hands-on) · further track 60 minutes (46 and 14). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Lesson 05, section 5 | helpful | before the decision, not as of today |
# | Shares and averages | necessary | nothing harder in the core track |
# | Your own health score | helpful | what goes into it, and with what weight |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **check** a health score against who left, with what was known on the day;
# 2. **say** how good any score could be on average, knowing all but chance, and **refuse** numbers far beyond that;
# 3. **translate** a score into “so many in a hundred leave”;
# 4. **draw** the line of an alert, no lower than where the week is full, and **say** whom it misses and from when it pays.

# %% [markdown] lang="ja" tags=["core"]
# # ヘルススコアと早期警戒
#
# **この章の問い** 今週、どのお客様に連絡するのか。ヘルススコアの色は、どこまで信じてよいのか。
#
# **時間** 必修45分(読む30分・手を動かす15分)/発展60分(読む46分・手を動かす14分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 第05章 5節 | あると役立つ | 「いま」ではなく「決める前」で比べる、という話 |
# | 割合と平均 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 自社のヘルススコア | あると役立つ | 何を、どんな重みで足しているか |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. ヘルススコアを、その日に分かっていたことだけで、実際に離れたお客様と**照らし合わせられる**
# 2. 偶然以外のすべてを知っていても、平均すればここまでという上限を**説明し**、それを大きく超える数字を**見抜いて断れる**
# 3. 点数を「100社中何社が離れる」に**言い換えられる**
# 4. 1週間で対応しきれる範囲でアラートの線を**引き**、届かないのは誰か、どこから元が取れるかを**言える**

# %% [markdown] lang="en"
# ## 0. Monday, a quarter past eight
#
# The weekly mail of the health tool is in: a long list of customers, all of them red. A CSM has time for a few good calls a week beside everything else (`per_week`). And on Thursday a vendor was here: “Our engine looks at 39 signals and ranks customers with an AUC of .95, and we tried it on *your* data.” The managing director wants two answers by Friday: do we buy it, and whom do we call until then?

# %% [markdown] lang="ja"
# ## 0. 月曜日、8時15分
#
# ヘルススコアのツールから、週に一度のメールが届きました。赤いお客様の名前が、ずらりと並んでいます。CSMがほかの仕事の合間にきちんと対応できるのは、1人あたり週に数件です(`per_week`)。先週の木曜には、ベンダーが来ていました。「当社のエンジンは39の指標を見て、AUC 0.95でお客様を並べ替えます。**貴社の**データで検証済みです」。社長が金曜までに求めている答えは二つ。これを買うのか。それまで、誰に連絡するのか。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Everybody writes down two numbers: how many of their customers are red today, and how many of last year's reds have left. Hardly anybody knows the second. Keep the slips for section 6.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 数字を二つ書いてもらいます。いま自社で赤のお客様は何社か。1年前に赤だったお客様のうち、離れたのは何社か。二つ目を書ける人は、ほとんどいません。6節まで取っておきます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
lead_months: int = 6  # how many months ahead a departure counts
# ja: 何か月先までの解約を言い当てるか
score_rules: str = "dear"  # health score that is looked at, dear, points, bands, model or the path of a .yaml of your own
# ja: 調べるヘルススコア。dear・points・bands・model、または自社の .yaml のパス
n_features: int = 39  # columns of the overloaded score, in section 5
# ja: 5節:詰め込みすぎのスコアの列数
learned_from: int = 150  # customers that the overloaded score learns from
# ja: 詰め込みすぎのスコアの学習に使う顧客数
per_week: float = 5.0  # calls that a CSM can make good use of in a week
# ja: CSM 1人が1週間に対応できる連絡の件数
large_source: str = "synthetic:default_jp?seed=7&accounts=2000"  # company of the scores, where too few have left one's own
# ja: 自社の解約が少なすぎるときに、スコアを見る会社
months_before: int = 3  # months before the decision at which signals are compared, in sections 11 to 13
# ja: 11〜13節で、決定の何か月前の兆候を比べるか
survey: str = "nps"  # survey whose silence is looked at, in section 12, nps, csat or ces
# ja: 12節で、無回答を調べるアンケート。nps・csat・ces
playbook_rules: str = "default"  # playbooks of section 14, default or the path of a .yaml of your own
# ja: 14節のプレイブック。default、または自社の .yaml のパス

# %%
import pandas as pd

from cslab import figures
from cslab.course.elsewhere import whose
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import begin, call, reading, say, verdict
from cslab.course.table import table
from cslab.measure import alerts, capacity, health, landmark, scores, value

book = begin("07", source, as_of, lang, reveal_truth, large_source, lead_months)

# %% [markdown] lang="en"
# ## 1. One row is one customer on one day
#
# A score is asked on a day. So the table behind this lesson has a row for each customer *on that day*, and what became of it in the months after (`lead_months`): `event` says whether it left, `time` in which month. Who had given notice already is not in it: there is nothing left to warn of. First the departures are counted; a company that has lost few cannot judge any score.

# %% [markdown] lang="ja"
# ## 1. 1行は「ある日の、あるお客様」
#
# スコアは、ある日に付けるものです。そこで、この章の表は**その日の**お客様を1行に1社ずつ並べ、その後の数か月(`lead_months`)に何が起きたかを横に書きます。`event` が離れたかどうか、`time` が何か月目か。すでに解約を申し出ていたお客様は入れません。前もって知らせる意味が、もうないからです。先に解約の数を数えます。少ししか失っていない会社では、どんなスコアも採点できません。

# %%
seen = landmark.leavers(book, 1 if book.stock_sample else lead_months)
company = reading().company
say("leavers_enough" if company is book else "leavers_few", seen, source=large_source)

# %%
ahead = 1 if company.stock_sample else lead_months
asked = landmark.outcomes(company, horizon=ahead)
day = asked["as_of"].iloc[0]
counted = {"left": asked["event"].sum(), "noticed": asked.attrs["noticed"], "day": f"{day:%Y-%m-%d}", "months": ahead}
say("asked_on_a_list" if company.stock_sample else "asked_on_a_day", len(asked), **counted)
few = asked.groupby("event").head(3).sort_values("event", ascending=False)
table(few.set_index("account_id")[["event"] if company.stock_sample else ["event", "time"]])

# %% [markdown] lang="en"
# ## 2. A score that somebody declared
#
# Here is a common recipe: Deployment, Engagement, Adoption, ROI, in short DEAR (after Gainsight's documentation, grade B; weights and limits are the kit's). It stands in a text file that says what a high score means, what a gap counts as, and from where to where each signal earns its points. Read the customer with the lowest score from the top: what is the tool telling you about it?

# %% [markdown] lang="ja"
# ## 2. 誰かが決めたスコア
#
# よくあるレシピの一つが DEAR です。Deployment(導入)・Engagement(関わり)・Adoption(活用)・ROI(効果)の頭文字です(Gainsight の資料による。等級B。重みと境目はこのキットの仮定)。中身はテキストファイルに書いてあります。高い点は何を意味するのか、空欄を何点とみなすのか、どこからどこまでで何割の点になるのか。いちばん点の低いお客様を、上から読んでみましょう。ツールは何を伝えようとしていますか。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
whose()
declared = health.declared(score_rules)
scored = health.score(company, declared, day)
reds = scored["colour"].value_counts().get("red", 0)
say("reds_counted", reds, n=len(scored), share=reds / len(scored), name=declared.name)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
if declared.measures:
    worst = scored.sort_values("score", ascending=declared.high == "healthy")["account_id"].iloc[0]
    read = health.parts(company, declared, day).query("account_id == @worst")
    earned = read.rename(columns={"share": "points_earned"}).set_index("signal")
    table(earned[["value", "points_earned", "weight"]], digits=2)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
if declared.measures:
    total, gaps = scored.set_index("account_id")["score"][worst], read["value"].isna().sum()
    say("worst_ignores" if declared.nulls == "ignore" else "worst_counts", total, gaps=gaps, full=declared.full)

# %% [markdown] lang="en"
# **Try it (2 minutes).** Choose the weight that you would defend before the managing director, and one that you would not. What evidence do you have for either? Your result should look like two signals and an honest “none” beside at least one of them. That is the state of most health scores: a good talk among colleagues, never checked.

# %% [markdown] lang="ja"
# **やってみましょう(2分)** 社長の前で「この重みには根拠があります」と言えるものを一つ、言えないものを一つ選んでください。それぞれ、根拠は何ですか。指標が二つ挙がり、少なくとも片方に「根拠なし」と正直に書けていれば合格です。世の中のヘルススコアの多くは、この状態です。みんなで話し合って決め、一度も答え合わせをしていません。

# %% [markdown] lang="en"
# ## 3. Does the order mean anything?
#
# The first question to a score is modest. Take one customer that left and one that stayed: does the one that left have the worse score? Do so for all such pairs. The share in the right order is called **AUC**: 1 is perfect, 0.5 is a coin.
#
# **Try it (4 minutes, pencil).** Six customers, their scores, and who left. How many pairs are there, and how many are in order?

# %% [markdown] lang="ja"
# ## 3. その順番に意味はあるか
#
# スコアへの最初の問いは、ささやかです。離れたお客様を1社、残ったお客様を1社取り出したとき、離れたほうの点が悪いか。これをすべての組で確かめ、正しい順だった割合を **AUC** と呼びます。1なら完璧、0.5ならコイン投げと同じです。
#
# **やってみましょう(4分・鉛筆で)** 6社の点数と、離れたかどうかの表です。組はいくつできますか。そのうち、正しい順のものはいくつですか。

# %%
six = pd.DataFrame({"account_id": [*"ABCDEF"], "score": [35, 80, 52, 60, 41, 90]})
six["left"] = six["account_id"].isin(["A", "C"])
table(six.set_index("account_id"))

# %% [markdown] lang="en"
# ### Open the box
#
# A beats all four who stayed; C beats three and loses to E. Seven of eight. In plain pandas, and by `scores`, which adds how sure it is: with six customers, hardly at all.

# %% [markdown] lang="ja"
# ### 箱を開けてみる
#
# A は残った4社すべてより低く、C は3社より低い点です。逆順なのは C と E の組だけで、8組のうち7組が正しい順です。素の pandas と `scores` で同じ答えになります。`scores` は「どれくらい確かか」も返します。6社では、ほとんど何も言えません。

# %% tags=["box"]
left, stayed = six[six["left"]]["score"], six[~six["left"]]["score"]
by_hand = sum(low < high for low in left for high in stayed) / (len(left) * len(stayed))
rows = six.assign(time=1, event=six["left"], risk=-six["score"])
by_cslab = scores.auc(rows, horizon=1)
both = pd.DataFrame({"by_hand": [by_hand], "cslab": [by_cslab.estimate]}, index=["auc"])
table(both.rename_axis("metric"))

# %% [markdown] lang="en"
# Now the real score, on all customers of the day. **But is that good?** A number needs something beside it. The cheapest rival is no score at all: the list of contract ends, which knows when somebody *can* leave and nothing else. And a ranking that comes too late is no use: the last sentence counts how long before the notice the colour had turned.

# %% [markdown] lang="ja"
# では、その日のお客様全員で、実際のスコアを採点します。**この数字は良いのでしょうか。** 数字には、比べる相手が要ります。いちばん安上がりなライバルは、スコアですらありません。契約の満了日を並べただけの一覧です。いつ離れ**られる**かは知っていても、お客様のことは何も知りません。また、当たっても遅すぎれば意味がありません。最後の文は、申し出の何か月前に色が変わっていたかを数えたものです。

# %%
whose()

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
judged = health.validate(scored, company, lead_months)
say("score_ranks", judged.auc, pairs=100 * judged.auc.estimate)
if judged.calendar:
    say("calendar_ranks", judged.calendar, pairs=100 * judged.calendar.estimate)
    lead_of = 100 * (judged.calendar.estimate - judged.auc.estimate)
    say("diary_wins" if lead_of > 3 else "score_wins" if lead_of < -3 else "diary_even", abs(lead_of))
if judged.lead:
    say("score_warns", judged.lead.warning, caught=judged.lead.caught)

# %% [markdown] lang="en" tags=["speaker"]
# **On section 3 (3 minutes).** Let the room read the two numbers aloud and be silent for a moment. Somebody will say that the comparison is unfair: the calendar knows something that the score was not given. Quite so. Then it should be given to the score, and the tool should not be praised for what a diary can do.

# %% [markdown] lang="ja" tags=["speaker"]
# **3節の進め方(3分)** 二つの数字を読み上げてもらい、少し黙ります。「スコアには契約日を教えていないのだから不公平だ」という声が出るはずです。そのとおりです。それなら教えればよいのですし、手帳でできることを理由にツールを褒めてはいけません。

# %% [markdown] lang="en"
# ## 4. How good can anybody be?
#
# Back to Thursday's demonstration. The vendor took your tables *as they are today*, scored everybody, and looked who had left in the half year before. The next cell does the same with our own modest score.

# %% [markdown] lang="ja"
# ## 4. 誰がやっても、どこまで当たるのか
#
# 木曜のデモに戻ります。ベンダーは、**今日の時点の**表を受け取り、全員に点を付け、直近の数か月(`lead_months`)に離れたお客様と照らし合わせました。同じことを、自社のささやかなスコアでやってみます。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
whose()
promised = health.hindsight(company, declared, day, lead_months)
say("vendor_promise", promised, day=f"{day:%Y-%m-%d}")

# %% [markdown] lang="en"
# **But can we trust this?** Who has left uses nothing, answers nothing, and meets nobody. A score made today “finds” them because they are gone: lesson 05 had the same trap. So first the same score, of the same customers, made only of what was known on the day.

# %% [markdown] lang="ja"
# **この数字を信じてよいでしょうか。** 離れたお客様は、何も使わず、何も答えず、誰とも会いません。今日付けた点が当たるのは、もういないからです(第05章と同じ罠です)。まず、同じスコアを、同じお客様に、その日に分かっていたことだけで付け直します。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
say("vendor_honest", judged.auc, promised=promised, day=f"{day:%Y-%m-%d}")

# %% [markdown] lang="en"
# What counts is a day in the past, what was known then, and customers on whom the score was not made. Even then there is a limit. Whether a decision falls one way or the other is in part chance, and nobody sees it six months before.
#
# **Guess first:** somebody who knew *everything but chance* about each customer, how many pairs in a hundred would that put in order, on these customers and this horizon?

# %% [markdown] lang="ja"
# 知りたいのは、過去のある日に、その日までに分かっていたことだけで、スコア作りに使っていないお客様をどれだけ当てられるかです。それでも、限界があります。更新するかしないかには偶然も混じり、何か月も前には誰にも見えません。
#
# **先に予想を** 同じお客様・同じ期間で、一社一社について**偶然以外のすべて**を知っている人がいたら、100組のうち何組を正しい順に並べられるでしょうか。

# %%
predict("M22", ...)

# %%
sets = ("calendar", "usage") if company.has("usage_monthly") else landmark.SETS
tried = landmark.held_out(company, ahead, sets=sets)
tried["calendar"] = landmark.held_out(company, ahead, sets=("calendar",))["risk"]

# %%
how = {"n": tried.attrs["n_train"], "events": tried.attrs["events_train"]}
if company.stock_sample:
    say("held_out_lots", len(tried), **how)
else:
    last, asked_on = max(tried.attrs["train_days"]), tried["as_of"].nunique()
    say("held_out", len(tried), customers=tried["account_id"].nunique(), days=asked_on, last=f"{last:%Y-%m-%d}", **how)

# %%
reached = scores.auc(tried, ahead)
beside = scores.beside_ceiling(company, tried, ahead)
ceiling = beside.set_index("what")["estimate"].get("ceiling")

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
verdict("M22", naive=promised, better=reached, truth=ceiling, of=company)

# %%
if ceiling and reached.estimate > ceiling:
    say("above_ceiling", reached.estimate, ceiling)

# %% [markdown] lang="en"
# What to see: three dots on one line. The calendar alone, a short model that knows the calendar and the usage, and the ceiling, where it can be known. How much of the way from a coin to the ceiling does the calendar go by itself? What is left for any tool to add lies between the last two. A ceiling holds on average, over the luck of who leaves, for these customers and this horizon and for no others.

# %% [markdown] lang="ja"
# 見るところ:一本の線の上の点。契約の時期だけ、契約の時期と利用だけを使う小さなモデル、そして上限(分かるときだけ)です。コイン投げから上限までの道のりのうち、契約の時期だけでどこまで行けていますか。どんなツールでも、足せるのは最後の二つの間だけです。なお、上限は、誰がたまたま離れるかという運をならした平均の値です。このお客様たち・この期間についてのもので、ほかには当てはまりません。

# %%
figures.scores.beside_ceiling(beside, lang=lang)

# %%
exact = (beside["low"] == beside["high"]).to_numpy()
known = {"calendar": "listed"} if company.stock_sample else {}
plain = beside.replace({"what": known}).assign(low=beside["low"].mask(exact), high=beside["high"].mask(exact)).set_index("what")
table(plain.rename(columns={"estimate": "auc"})[["auc", "low", "high"]])

# %% [markdown] lang="en"
# ## 5. Would 39 signals not do better?
#
# More must help, it seems: leave nothing out. So a score is made of a small sample of customers (`learned_from`), with few columns and then with more, and asked twice: about the customers it learned from, and about others. **Guess first:** how many pairs in a hundred does the fullest score put in order among customers it has *never seen*?

# %% [markdown] lang="ja"
# ## 5. 39の指標なら、もっと当たるのでは
#
# 多いほど良いはずだ、何ひとつ捨てるな。そう考えたくなります。そこで、少数のお客様だけ(`learned_from`)を使ってスコアを作り、列を少しずつ増やします。採点は2回。学習に使ったお客様と、そうでないお客様です。**先に予想を** いちばん列の多いスコアは、**初めて見る**お客様では、100組のうち何組を正しい順に並べられるでしょうか。

# %%
predict("M21", ...)

# %%
whose()
steps = sorted({3, n_features // 4, n_features // 2, n_features})
drawn = landmark.overfit(company, learned_from, steps, draws=10)
most = landmark.fullest(drawn)
others = most["test"] if company.has("truth") else None
verdict("M21", naive=most["train"], better=most["crossed"], truth=others, of=company)

# %% [markdown] lang="en"
# The first number is what a demonstration shows. The second needs no more customers than you have: each is judged by a model made of the others, in five turns. The third is what then happened, on all the customers that were kept aside. (Means of ten draws of customers; the ranges say how far the draws lie apart.) What to see in the picture: the two lines part as columns come in, because a model with a column for everything learns each customer by heart.

# %% [markdown] lang="ja"
# 一つ目が、デモで見せられる数字です。二つ目は、手元のお客様だけで出せます。5組に分け、各組を残りの4組で作ったモデルで採点するのです。三つ目は、取っておいたお客様全員で、実際にどうだったかです(どれも、お客様を10回選び直した平均。幅は10回のばらつきです)。図で見るところ:列が増えるにつれて、2本の線が離れていきます。列が多すぎるモデルは、お客様を一社ずつ丸暗記してしまうからです。

# %%
figures.landmark.overfit(drawn, lang=lang)

# %%
named = {"train": "learned_auc", "crossed": "crossed_auc", "test": "unseen_auc"}
table(drawn.set_index("columns").rename(columns=named)[[*named.values()]])

# %% [markdown] lang="en"
# Three repairs: fewer columns, chosen before looking; more customers; weights that cost something. The kit's own model pays for its weights. Is more then better, with all customers of the past to learn from? One sentence of this company's.

# %% [markdown] lang="ja"
# 直し方は三つ。見る前に列を絞る、お客様を増やす、重みに罰則(ペナルティ)をかける。このキットのモデルも、重みに罰則をかけてあります。では、過去のお客様全員で学習すれば、列は多いほど良いのでしょうか。この会社での答えが、次の文です。

# %%
tried["everything"] = landmark.held_out(company, ahead)["risk"]

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
say("more_columns", scores.auc(tried, ahead, column="everything"), few=reached)

# %% [markdown] lang="en"
# ## 6. Does a score of 30 mean that 70 in 100 leave?
#
# A score of 30 of 100 looks like a chance, and is read like one in every meeting: “these will most likely go”. Take the fifth of the customers with the worst scores. **Guess first:** how many per cent of *them* leave in the months that follow (`lead_months`)?

# %% [markdown] lang="ja"
# ## 6. 30点なら、7割が離れるのか
#
# 100点満点の30点は、確率のように見えます。会議でも、そう読まれます。「このあたりのお客様は、たぶん離れますね」。点の悪いほうから5分の1のお客様を取り出しました。**先に予想を** そのお客様のうち、その後の数か月(`lead_months`)で離れるのは何%でしょうか。

# %%
predict("M23", ...)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
from cslab.measure.estimate import proportion

whose()
worst_fifth = judged.rows.nlargest(len(judged.rows) // 5, "risk")
left = proportion(worst_fifth["event"].sum(), len(worst_fifth), len(worst_fifth), "share_of_accounts")
truly = landmark.share_leaving(company.truth, worst_fifth, lead_months)
say("worst_fifth", worst_fifth["said"].mean(), n=len(worst_fifth), base=judged.rows["event"].mean())
verdict("M23", naive=worst_fifth["said"].mean(), better=left, truth=truly, of=company)

# %% [markdown] lang="en"
# A score is an order, not a chance, until somebody has counted. The picture of that count: ten groups from the best to the worst, across what the score seems to promise, upwards what became of them. On the diagonal it would be a chance. What to see: how far below it the last dot lies, and whether the dots rise at all.

# %% [markdown] lang="ja"
# 数えてみるまでは、スコアはただの順番で、確率ではありません。数えた結果が次の図です。点の良いほうから悪いほうへ10組に分け、横にスコアが語っているように見える確率、縦に実際に離れた割合を取りました。対角線に乗れば確率として読めます。見るところ:いちばん右の点は、対角線からどれだけ下ですか。そもそも、点は右上がりに並んでいますか。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
if judged.calibration:
    figures.scores.calibration(judged.calibration, lang=lang)
else:
    say("no_calibration", judged.rows["said"].nunique())

# %% [markdown] lang="en"
# And the model of section 4, on customers it had never seen. It was made to tell chances; whether it does is checked in the same way. The slope says whether high and low chances lie as far apart as they should, expected over observed whether there are too many of them in all. An overloaded score tends to a slope below 1.

# %% [markdown] lang="ja"
# 4節のモデルも、初めて見るお客様で同じように確かめます。確率を出すように作ったモデルですが、本当に確率になっているかは、やはり数えなければ分かりません。「傾き」は、確率の高低の開きが実際と合っているか。「予測÷実際」は、全体の件数が合っているかです。詰め込みすぎたスコアでは、傾きが1を下回りがちです。

# %%
honest = scores.calibration(tried, ahead)
figures.scores.calibration(honest, lang=lang)

# %%
say("model_calibrated", honest.slope, ratio=honest.ratio)
wide = "slope_low" if honest.slope.high < 1 else "slope_high" if honest.slope.low > 1 else "slope_right"
say(wide)

# %%
much = "ratio_low" if honest.ratio.high < 1 else "ratio_high" if honest.ratio.low > 1 else "ratio_right"
say(much)
tenths = honest.table.rename(columns={"expected": "chance_given", "group": "tenth"}).set_index("tenth")
shown = tenths.iloc[[0, len(tenths) // 2 - 1, -2, -1]].rename(columns={"estimate": "left_share"})
table(shown[["chance_given", "left_share", "low", "high", "n"]])

# %% [markdown] lang="en" tags=["speaker"]
# **After section 6 (3 minutes).** Take out the slips of the beginning. Then ask for the sentence that will stand under the colours from now on: “of such customers so many in a hundred left within six months”. Somebody will fear that nobody takes red seriously any more. A colour that is right one time in eight and said to be so is taken more seriously than one that cries every week.

# %% [markdown] lang="ja" tags=["speaker"]
# **6節のあとで(3分)** 最初に書いた紙を出します。そして、これからは色の横に何と書くかを聞いてください。「このようなお客様は、6か月で100社中○社が離れました」。「それでは誰も赤を気にしなくなる」という声が出ます。8回に1回当たる、と正直に書かれた色のほうが、毎週鳴り続ける色よりも真剣に受け取られます。

# %% [markdown] lang="en"
# ## 7. Whom to call
#
# “Then call them all. Better one call too many.” Each call takes time from another, and whoever calls everybody finds out what share of all customers is about to leave. With a ranked list one can stop where the week is full. **Guess first:** if the best possible list is called from the top, down to that line, how many per cent of the calls reach somebody who leaves?

# %% [markdown] lang="ja"
# ## 7. 誰に連絡するか
#
# 「それなら全員に連絡しよう。多すぎて困ることはない」。1件の連絡は、別の1件の時間を使います。全員に連絡したときに当たる割合は、もともと離れる割合そのものです。並べ替えた一覧なら、1週間で対応しきれる所で止められます。**先に予想を** これ以上ないほど良い一覧で、上から順にその線まで連絡したら、連絡先の何%が離れるお客様でしょうか。

# %%
predict("M24", ...)

# %%
# %%needs csm.joined_on calendar contracts.end usage_monthly.wau_ratio
whose()
lists = alerts.scored(company, lead_months, sets=sets)
csms = alerts.csms_on(company, company.as_of)
curve = alerts.capacity_curve(lists, csms)
line = alerts.threshold_at(lists, csms, per_week)
room, quarterly = line.alerts / len(lists), lists["as_of"].dt.is_quarter_end
best = landmark.best_list(company.truth, lists[quarterly], lead_months, room)
verdict("M24", naive=curve.attrs["base_rate"], better=line.precision, truth=best, of=company)

# %%
# %%needs csm.joined_on calendar contracts.end usage_monthly.wau_ratio
if best and line.precision.estimate > best.estimate:
    say("above_best_list", line.precision.estimate, best.estimate)

# %% [markdown] lang="en"
# The first number calls everybody, the second stops at the line, the third is the best list that there could be at the same line. So they compare choices, not estimates, and “nearer to the truth” in the box means: nearer to the best list. What to see in the picture: towards the left there are fewer calls, a larger share of them hits, and more of those who leave are never called. The week says how far to the right one can go at most; whether it pays to go so far is another question (section 8).

# %% [markdown] lang="ja"
# 一つ目は全員に連絡したとき、二つ目は線で止めたとき、三つ目は同じ線での「これ以上ない一覧」です。つまり、比べているのは推定の精度ではなく、選択の良し悪しです(枠の中の「真の値に近い」は、ここでは「これ以上ない一覧に近い」という意味です)。図で見るところ:左へ行くほど連絡は減り、よく当たるようになりますが、離れるお客様のうち連絡の届かないお客様が増えます。1週間の時間が決めるのは、どこまで右へ行けるかだけです。そこまで行って元が取れるかは、別の問いです(8節)。

# %%
# %%needs csm.joined_on calendar contracts.end usage_monthly.wau_ratio
figures.alerts.by_capacity(curve, per_week=per_week, lang=lang)

# %%
# %%needs csm.joined_on calendar contracts.end usage_monthly.wau_ratio
say("capacity", room, csms=csms, per_week=per_week, threshold=line.threshold)
listed = {"customers": lists["account_id"].nunique(), "days": lists["as_of"].nunique()}
say("lists_counted", len(lists), left=lists[lists["event"]]["account_id"].nunique(), **listed)
say("who_is_missed", line.recall, precision=line.precision)
lines = curve.assign(per_week=curve["per_week"].map("{:.3g}".format)).set_index("per_week")
table(lines[["threshold", "alerts", "precision", "recall"]])

# %% [markdown] lang="en"
# The table above counts months; this is the list of one week, of the last day in the data: chance, renewal, usage against the customer's own past. It is sorted by need, not by size; where two are alike, the larger one may go first.

# %% [markdown] lang="ja"
# そして、これが今週の一覧です(データの最終日時点)。解約確率、次の更新までの月数、そのお客様自身の過去と比べた利用。並び順は金額ではなく「必要としている順」です。同じくらいなら、大きいほうを先にしてもかまいません。

# %%
model = landmark.train(company, ahead, sets=sets)

# %%
# %%needs csm.joined_on calendar contracts.end usage_monthly.wau_ratio
today = model.predict(company).nlargest(int(per_week * csms), "risk").set_index("account_id")
say("calls_this_week", len(today), day=f"{company.as_of:%Y-%m-%d}")
known = landmark.features(company, sets=("calendar", "usage"), horizon=lead_months)
shown = today[["risk"]].join(known[["months_to_renewal", "usage_to_baseline"]])
table(shown.head(6), digits=2)

# %% [markdown] lang="en"
# **Try it (3 minutes).** For the first customer on the list, write what you would do on the telephone and how you would know next month that it helped. A chance of leaving says who, not what, and not whether a call changes anything: that is the subject of lessons 10 and 11. Your result should look like one sentence with a verb of the customer's in it, and one number.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 一覧のいちばん上のお客様に、電話で何をしますか。来月、それが効いたことを何で確かめますか。解約確率が教えてくれるのは「誰に」であって、「何を」でも、「連絡すれば変わるか」でもありません(それを扱うのは第10・11章です)。お客様を主語にした一文と、数字が一つ書けていれば合格です。

# %% [markdown] lang="en"
# ## 8. Friday: the answer
#
# Both answers in one breath: what the vendor's number is, how far anybody gets, and what the team does from Monday on. Read it aloud. It says two things that such answers leave out: whom the list misses, and that finding somebody is not yet keeping them. A list says whom to call; only a comparison with some who are left alone by lot (a **hold-out**) says what calls bring.

# %% [markdown] lang="ja"
# ## 8. 金曜日の答え
#
# 二つの答えを、ひと息で。ベンダーの数字の正体、誰がやってもここまでという上限、そして月曜から私たちが何をするか。声に出して読んでみてください。ふつうは言わない二つのことまで言っています。一覧から漏れるお客様がいること。そして、見つけることと引き止めることは別だということ。一覧から分かるのは「誰に」だけです。連絡に効果があるかは、抽選で選んだ一部に何もせず、比べて初めて分かります(**対照群**。ホールドアウトとも呼びます)。

# %%
# %%needs csm.joined_on calendar contracts.end usage_monthly.wau_ratio
whose()
terms = {"promised": promised, "months": lead_months, "csms": csms, "per_week": per_week, "ceiling": ceiling}
work = {"precision": line.precision.estimate, "missed": 1 - line.recall.estimate}
say("answer_on_alerts" if ceiling else "answer_on_alerts_open", reached, **terms, **work)

# %%
# %%needs csm.joined_on csm.cost_amount csm.capacity_h contracts.end calendar usage_monthly.wau_ratio mrr
from cslab.words import money

loads = sorted({*alerts.LOADS, per_week})
saved = alerts.saves_curve(lists, csms, capacity.hour_amount(company), loads)
full = saved[saved["per_week"] <= per_week].iloc[-1]
best, least = saved.loc[saved["net_amount"].idxmax()], saved.loc[saved["break_even"].idxmin()]
cost = money(full["cost_amount"], company.currency, lang)
kept = money(full["value_amount"], company.currency, lang)

# %%
# %%needs csm.joined_on csm.cost_amount csm.capacity_h contracts.end calendar usage_monthly.wau_ratio mrr
begin_at = best if best["net_amount"] > 0 else least
close = "calls_might" if least["break_even"] <= alerts.SAVED.high else "calls_cannot"
close = "calls_pay" if best["net_amount"] > 0 else close
terms = {"rate": alerts.SAVED.rate, "most": alerts.SAVED.high, "per_week": full["per_week"], "cost": cost, "kept": kept}
say(close, full["break_even"], few=begin_at["per_week"], needed=begin_at["break_even"], **terms)

# %%
calibration()

# %% [markdown] lang="en"
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: four ways to build a score and their traps, what a model goes by, falling logins, those who do not answer, persona against behaviour, playbooks tried on the past, and what an alert is worth. The exercise sheet is a notebook of its own: `cslab open 07 --exercise`.*

# %% [markdown] lang="ja"
# *必修はここまでです。最後の「要点」とアクションログに進むか、発展へどうぞ。スコアの四つの作り方とその罠、モデルが見ているもの、ログインの減少、答えてくれないお客様、ペルソナと行動、過去で試すプレイブック、アラート1件の価値を扱います。演習は別のノートブックです:`cslab open 07 --exercise`*

# %% [markdown] lang="en" tags=["further"]
# ## 9. Four ways to build a score, and four ways to spoil it
#
# DEAR is one recipe. Points of several factors that add up to 100 (as in ChurnZero), 0, 5 or 10 for each condition (as in Vitally), or weights that a model learns: the same customers, the same day. The model here is not that of section 4: it is given everything but the calendar, and is asked on this one day. What to see: is any style ahead of another by more than its limits? The further half of the lesson will not tell you which to buy, but what to feed it.

# %% [markdown] lang="ja" tags=["further"]
# ## 9. スコアの四つの作り方と、四つの壊し方
#
# DEAR は一つのレシピにすぎません。合計100点の加点式(ChurnZero 型)、条件ごとに0・5・10点(Vitally 型)、重みをモデルに学ばせる方式。同じ日の同じお客様で比べます。なお、ここの「モデル」は4節のモデルとは別物です。契約の時期だけは教えず、この一日だけで採点します。見るところ:区間の幅を超えて、ほかより抜きん出ている方式はありますか。発展の各節で分かるのは、どの方式を買うかではなく、何を入力するかです。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
whose()
styles = health.compare(company, day, lead_months)
figures.health.compared(styles, judged.ceiling, lang=lang)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
named = styles.rename(columns={"estimate": "auc"}).set_index("name").rename_axis("score")
table(named[["auc", "low", "high", "slope", "expected_observed"]], digits=2)

# %% [markdown] lang="en" tags=["further"]
# Now the spoiling, of the score of section 2. **Direction**: read 100 as high risk (two pages of one vendor's manual contradict each other here). **Nulls**: a gap counts as no points instead of not counting. **Twice**: one thing under three names. **Hindsight**: the tables of today, as on Thursday. `changed` is the share of customers who get another colour. Which of the four would nobody in your company notice?

# %% [markdown] lang="ja" tags=["further"]
# 次は壊し方です。2節のスコアを使います。**向き**:100点を「危険」と読む(あるベンダーのマニュアルでは、2ページの説明が食い違っています)。**空欄**:数えずに飛ばすはずが、0点になる。**重複**:同じことを三つの名前で数える。**あと知恵**:今日の表で過去を採点する(木曜のデモ)。`changed` は、色が変わるお客様の割合です。四つのうち、自社で誰も気づきそうにないのはどれですか。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
if declared.measures:
    tricks = health.traps(company, declared, day, lead_months).set_index("trap")
    table(tricks.rename(columns={"estimate": "auc"})[["right", "auc", "low", "high", "changed"]])

# %% [markdown] lang="en" tags=["further"]
# ## 10. What the short model goes by
#
# One line a column, log odds for one standard deviation more, the strongest first. The limits say how steady a weight is, not what would happen if one changed the thing: who uses little may leave for a reason that no login cures. Then two differences on the same customers, in points of AUC: what usage adds to the calendar, and what everything else adds to both.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. 小さなモデルは何を見ているのか
#
# 1行が1列。その列が標準偏差1つ分大きいとき、対数オッズがどれだけ動くかを、強い順に並べました。区間が示すのは重みの安定度であって、その列を動かせば解約が減るという意味ではありません。利用が少ないのは、別の理由で離れようとしているからかもしれません。続いて、同じお客様での AUC の差を二つ。利用は契約の時期に何を足すのか、残り全部はその二つに何を足すのか。

# %%
whose()
table(model.weights().replace({"level": {"": "—"}}).head(8).set_index(["feature", "level"])[["estimate", "low", "high"]], digits=2)

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
short_adds = scores.difference(tried, ahead, "risk", "calendar")
rest_adds = scores.difference(tried, ahead, "everything", "risk")
added = pd.DataFrame([vars(short_adds), vars(rest_adds)], index=["usage_adds", "the_rest_adds"])
table(added[["estimate", "low", "high", "n"]].rename_axis("difference"))

# %% [markdown] lang="en" tags=["further"]
# The ceiling of section 4 is high because of the calendar: most customers simply cannot leave within the horizon. So look at those alone whose contract of a year or more comes up in it. The same scores, and a harder question; this is what a tool should be bought for.

# %% [markdown] lang="ja" tags=["further"]
# 4節の上限が高いのは、契約の時期のおかげです。ほとんどのお客様は、その期間内に離れようがありません。そこで、1年以上の契約がその間に満了を迎えるお客様だけを取り出します。同じスコアに、もっと難しい問いを出すわけです。ツールを買うなら、ここで選ぶべきです。

# %%
# %%needs calendar contracts.end usage_monthly.wau_ratio
calendar = landmark.features_at(company, tried, ("calendar",), ahead)
due = tried[((calendar["due"] == 1) & (calendar["term"] != "1")).to_numpy()]
if due["event"].sum() >= 10:
    harder = scores.beside_ceiling(company, due, ahead).rename(columns={"estimate": "auc"}).set_index("what")
    table(harder[["auc", "low", "high", "n"]])
    if "ceiling" in harder.index and harder["auc"]["score"] > harder["auc"]["ceiling"]:
        say("above_ceiling", harder["auc"]["score"], harder["auc"]["ceiling"])

# %% [markdown] lang="en" tags=["further"]
# Without a list of the team one can still say what the riskiest shares hold. `lift` is how many times as often as among all; a row is a customer on one of the days of section 4.

# %% [markdown] lang="ja" tags=["further"]
# CSMの一覧がなくても、「危ないほうから何%に、どれだけ含まれるか」は分かります。`lift` は、全体と比べて何倍の割合で離れたか。行は、4節の「ある日の、あるお客様」です。

# %%
held = scores.flagged(tried, ahead, shares=(0.05, 0.1, 0.2, 0.5))
riskiest = held["share"].map("{:.0%}".format).rename("riskiest")
table(held.rename(columns={"flagged": "rows"}).set_index(riskiest)[["rows", "precision", "recall", "lift"]], digits=2)

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Take a claim of your own tool's vendor. Which rows, which horizon, learned on what, and known when? Four questions, and usually no answer to any. Your result should look like a mail of four lines.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 自社で使っているツールの宣伝文句を一つ選びます。どのお客様で、何か月先を、何で学習して、いつ分かっていた情報で測ったのか。四つの問いに、ふつうは一つも答えが載っていません。4行のメールになっていれば合格です。

# %% [markdown] lang="en" tags=["further"]
# ## 11. Logins: the level, or the fall?
#
# “Falling logins: churn. High logins: an upgrade.” Everybody lines up at the month of the decision, those who left, stayed and took more. Only renewals whose whole way is on record count. What to see: do the curves fall apart near the end, or do they lie apart from the beginning?

# %% [markdown] lang="ja" tags=["further"]
# ## 11. ログインは、水準か、減り方か
#
# 「ログインが減ったら解約のサイン、多ければアップセルの好機」。決定した月を右端にそろえて、離れたお客様・続けたお客様・増やしたお客様を並べます。決定までの全期間の記録がそろっている更新だけを数えました。見るところ:線は終わり近くで離れていきますか。それとも、初めから離れていますか。

# %%
# %%needs usage_monthly.logins contracts.decided_on contracts.outcome calendar
whose()
paths = health.signal_paths(company, "logins")
figures.health.paths(paths, lang=lang)

# %%
# %%needs usage_monthly.logins contracts.decided_on contracts.outcome calendar
study = health.signal_study(company, "logins", months_before).rename(columns={"estimate": "auc"})
told = study.set_index("reading")["auc"]
table(study.set_index("reading")[["auc", "low", "high", "n"]])
say("level_tells" if told["level"] > told["trend"] else "fall_tells", told["level"], fall=told["trend"])

# %% [markdown] lang="en" tags=["further"]
# A fall is loud, a low level is quiet; the AUC says which of them tells more (0.5: nothing). Those who leave may fall a little on the mean, and yet a fall tells little where many who stay fall as often. In the kit's worlds it is mostly the level: most of those who leave never got high. Your product may differ, and the lines of code above will say. The other half of the sentence, the upgrade: of customers green and nearly full in a new department, how many took more, beside everybody?

# %% [markdown] lang="ja" tags=["further"]
# 減り方は目立ち、水準は目立ちません。どちらが解約をよく言い当てるかは、AUC で分かります。キットの世界では、たいてい水準です。離れるお客様の多くは、減ったのではなく、初めから高くならなかったからです。自社の製品では違うかもしれませんが、上の2行のコードで確かめられます。残りの半分、アップセルのほうはどうでしょうか。色が緑で、席がほぼ埋まり、新しい部門が使い始めたお客様は、全体と比べてどれだけ増額したでしょうか。

# %%
# %%needs mrr_movements contacts.department usage_monthly.wau_ratio contracts.end calendar
upgrades = health.expansion_rule(company, day, lead_months)
table(upgrades.rename(columns={"estimate": "took_more"}).set_index("group")[["took_more", "low", "high", "n", "found"]])
if (three := upgrades.set_index("group")["n"]["rule"]) < 30:
    say("too_few_for_rule", three)

# %% [markdown] lang="en" tags=["further"]
# ## 12. Those who do not answer
#
# Few answer a questionnaire, and those who are unhappy answer least: they have given up on us already. So the mean of the answers is the mean of the willing. Weighted, each answer stands for others who were as unlikely to answer, by what was known of them when it was sent; below it, where it is known, what everybody would have said.

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 答えてくれないお客様
#
# アンケートに答えてくれるのは一部だけで、不満のあるお客様ほど答えません。もう期待していないからです。つまり、回答の平均は「答える気のあるお客様」の平均です。重み付けでは、送った時点で分かっていたことをもとに、同じくらい答えそうになかったお客様の分まで、1件の回答に代表してもらいます。いちばん下は、全員が答えていたらどうだったか(分かるときだけ)。

# %%
# %%needs surveys.score surveys.type surveys.sent_on surveys.responded_on usage_monthly.wau_ratio calendar
whose()
year_ago = company.as_of - pd.DateOffset(years=1)
silent = health.nonresponse(company, survey, year_ago, company.as_of)
figures.health.answers(silent, lang=lang)

# %%
# %%needs surveys.score surveys.type surveys.sent_on surveys.responded_on usage_monthly.wau_ratio calendar
table(silent.set_index("way")[["estimate", "low", "high", "n"]], digits=2)

# %% [markdown] lang="en" tags=["further"]
# And which answer foretells a renewal best: NPS, CSAT or CES, or simply what customers do? Each runs twice: among those who answered, and among all, where silence is an answer of its own. `coverage` is the share that answered at all. Compare `left_silent` with `left_known`: who leaves more often?

# %% [markdown] lang="ja" tags=["further"]
# では、更新をいちばんよく言い当てるのはどれでしょうか。NPS か CSAT か CES か、それとも単に、お客様の行動か。それぞれ2通りで比べます。答えたお客様だけの場合と、無回答も一つの回答とみなして全員を入れた場合です。`coverage` は、そもそも答えた割合。`left_silent` と `left_known` を比べてください。よく離れているのは、どちらですか。

# %%
# %%needs surveys.score surveys.type surveys.sent_on surveys.responded_on usage_monthly.wau_ratio contracts.decided_on contracts.outcome calendar
race = health.cx_horse_race(company, months_before)
figures.health.race(race, lang=lang)

# %%
# %%needs surveys.score surveys.type surveys.sent_on surveys.responded_on usage_monthly.wau_ratio contracts.decided_on contracts.outcome calendar
table(race.set_index("metric")[["estimate", "all_estimate", "coverage", "left_known", "left_silent"]])

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Your last NPS went to the board as one number. Write under it how many were asked, how many answered, and what share of those who were silent has left since. Your result should look like three numbers that stand beside the mean from now on.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 直近の NPS は、一つの数字として経営会議に出たはずです。その下に、何社に送り、何社が答え、無回答だったお客様の何%がその後に離れたかを書き足してください。これから平均の横に必ず並べる、三つの数字になっていれば合格です。

# %% [markdown] lang="en" tags=["further"]
# ## 13. Persona, or behaviour?
#
# “Small manufacturers who came by recommendation always stay.” Bets on a persona are made before anybody has seen the customer use anything. So: a model of what was known at signing, one of what they did until some months before the decision (`months_before`), one of both, all tried on renewals that came later.

# %% [markdown] lang="ja" tags=["further"]
# ## 13. ペルソナか、行動か
#
# 「紹介で来た小さな製造業は、まず離れない」。ペルソナへの賭けは、お客様が使う姿を誰も見ないうちに行われます。そこで、契約時に分かっていたことだけのモデル、決定の数か月前(`months_before`)までの行動だけのモデル、両方のモデルを作り、その後に来た更新で試します。

# %%
# %%needs accounts.segment contracts.decided_on contracts.outcome usage_monthly.wau_ratio calendar
whose()
contest = value.persona_vs_behaviour(company, months_before)
named = contest.rename(columns={"known": "looked_at", "estimate": "auc"}).set_index("looked_at")
table(named[["auc", "low", "high", "n"]])

# %% [markdown] lang="en" tags=["further"]
# The persona is not nothing: who is small and on a monthly term leaves more often, whatever it does. But look what it adds once one has watched. And interviews, which would tell more than either, are there for few: most customers have never been asked.

# %% [markdown] lang="ja" tags=["further"]
# ペルソナに意味がないわけではありません。規模や契約の形で、離れやすさは違います。けれど、行動を見たあとで、ペルソナは何を上乗せしましたか。どちらよりも多くが分かるはずのインタビューは、ほんの一部のお客様にしかありません。大半のお客様は、一度も話を聞かれていないのです。

# %% [markdown] lang="en" tags=["further"]
# ## 14. Playbooks, tried on the past
#
# A ranked list needs a model; rules can be written on a Friday afternoon. Each playbook says what it looks for, who does what within how many days, and what counts as success. Here they run over the last year, morning by morning, with what was known then. What to see: how often is each rule right, how many of the leavers does it reach, and how many days are left? Alerts whose time is not over are in the count and in nothing else.

# %% [markdown] lang="ja" tags=["further"]
# ## 14. プレイブックを過去で試す
#
# 並べ替えた一覧にはモデルが要りますが、ルールなら金曜の午後にでも書けます。プレイブックには、何を見つけたら、誰が、何日以内に、何をするか、何をもって成功とするかが書いてあります。これを過去1年、毎朝、その朝に分かっていたことだけで走らせました。見るところ:各ルールは何回に1回当たっていますか。離れたお客様の何割に届き、何日の余裕がありましたか。まだ結果の出ていないアラートは、件数には入りますが、採点はしていません。

# %%
# %%needs contracts.end calendar usage_monthly.wau_ratio
whose()
rules = alerts.playbooks(playbook_rules)
fired = alerts.fire(company, rules)
call(rules.table(lang).set_index("rule_id")["rule"].to_dict())
tested = alerts.backtest(company, fired, lead_months)
told = tested.rename(columns={"precision_low": "low", "precision_high": "high"}).set_index("rule_id")
table(told[["alerts", "precision", "low", "high", "recall", "lead_median"]], digits=2)

# %%
# %%needs contracts.end calendar usage_monthly.wau_ratio
lacking = pd.Series(fired.attrs["not_run"], name="lacking", dtype=object).rename_axis("rule_id").to_frame()
if len(lacking):
    table(lacking)

# %% [markdown] lang="en" tags=["further"]
# Whom do they reach? Customers in three equal groups by MRR: their share of the money, of the departures, of the alerts, and how many of the leavers are reached. A system that watches the large ones only would show it here. Then the load: alerts a CSM and week, week by week.

# %% [markdown] lang="ja" tags=["further"]
# 誰に届いているのでしょうか。お客様をMRRで3等分し、売上・解約・アラートに占める割合と、離れたお客様にどれだけ届いたかを並べます。大口だけを見張る仕組みなら、ここに現れます。もう一つは負荷です。CSM 1人・1週間あたりのアラート件数を、週ごとに追います。

# %%
# %%needs contracts.end calendar usage_monthly.wau_ratio mrr
by_size = alerts.backtest(company, fired, lead_months, by="band")
figures.alerts.bands(by_size, lang=lang)

# %%
# %%needs contracts.end calendar usage_monthly.wau_ratio mrr
table(by_size.set_index("band")[["arr_share", "leavers_share", "alerts_share", "precision", "recall"]], digits=2)

# %%
# %%needs csm.joined_on contracts.end calendar usage_monthly.wau_ratio
weekly = alerts.load(company, fired, per_week)
say("alert_load", weekly.attrs["mean"], over=weekly.attrs["share_over"], per_week=per_week)

# %% [markdown] lang="en" tags=["further"]
# ## 15. What an alert is worth
#
# An alert costs the hours of its play and brings something only where it was right *and* the call changed something. The second is an assumption: public “save rates” contradict each other, and none had anybody to compare with. So read `break_even`: the share of the right alerts that must be saved for the play to pay. Above what your own hold-out has shown, do not do it; above 1 no saving can pay for it. Amounts are an alert's, and count only alerts that can be judged and were not left alone, so there are fewer than in section 14. `low` and `high`: where few have left, as of rare large customers, the mean says little. What to see in the picture: does the margin kept ever pass the cost, and at which load would you stop?

# %% [markdown] lang="ja" tags=["further"]
# ## 15. アラート1件の価値
#
# アラートの費用は対応の時間です。効果が出るのは、当たっていて、**しかも**連絡によって何かが変わったときだけです。後ろの半分は仮定です。世に出回る「引き止め成功率」は互いに食い違い、比べる相手を置いて測ったものは見当たりません。そこで `break_even` を読みます。当たったアラートのうち何割を引き止めれば元が取れるか。自社の対照群と比べて確かめた値を上回るなら、やらないほうがましです(1を超えていれば、全員を引き止めても元は取れません)。金額はアラート1件あたりです。結果が出ていて、対照群にも入っていないアラートだけを数えるので、件数は14節より少なくなります。`low` と `high` の開きが大きい行は、離れたお客様が少ないか、大口が混じっていて、平均がほとんど何も語らない行です。図で見るところ:守れる粗利が費用を上回る所はありますか。週に何件までで止めますか。

# %%
# %%needs contracts.end calendar usage_monthly.wau_ratio mrr csm.cost_amount csm.capacity_h
whose()
checked = alerts.judged(company, fired, lead_months)
worth = alerts.worth(checked, capacity.hour_amount(company))
say("saved_assumed", alerts.SAVED.rate, low=alerts.SAVED.low, high=alerts.SAVED.high)
each = worth.rename(columns={"cost_amount": "cost_each", "net_amount": "net_each"}).set_index("rule_id")
amounts = ["cost_each", "net_each", "low", "high"]
each = each.rename(columns={"net_low": "low", "net_high": "high"}).round(dict.fromkeys(amounts, 0))
table(each[["alerts", *amounts, "break_even"]], digits=2)

# %%
# %%needs csm.joined_on csm.cost_amount csm.capacity_h contracts.end calendar usage_monthly.wau_ratio mrr
figures.alerts.saves(saved, lang=lang, currency=company.currency)

# %%
# %%needs csm.joined_on csm.cost_amount csm.capacity_h contracts.end calendar usage_monthly.wau_ratio mrr
sums = saved.rename(columns={"value_amount": "kept_amount", "cost_amount": "spent_amount"})
sums = sums.assign(per_week=saved["per_week"].map("{:.3g}".format)).set_index("per_week").round({"net_amount": 0})
table(sums[["saves", "kept_amount", "spent_amount", "net_amount"]].round(0), digits=0)
net = {"net": money(best["net_amount"], company.currency, lang), "few": best["per_week"]}
say("some_load_pays" if best["net_amount"] > 0 else "no_load_pays", (saved["net_amount"] > 0).sum(), n=len(saved), **net)

# %% [markdown] lang="en" tags=["further"]
# The only way to know is the hold-out: of every ten alerts one is left alone on purpose, by lot. It looks cruel, and it is the reason that anybody will know in a year. `estimate` is the share that left among those acted on, less that among those left alone: below 0, acting keeps customers. The last column says how large an effect would have had to be to show with so few. Below it, of a company made by the kit, what alerts bring in truth: the same customers and luck, the same hours, once spread as planned and once sent where it rings.

# %% [markdown] lang="ja" tags=["further"]
# 本当のところを知る方法は一つ、8節の対照群(ホールドアウト)です。アラート10件のうち1件は、抽選で選んで、わざと何もしません。冷たいようですが、1年後に「効いたかどうか」を言えるのは、これをした会社だけです。`estimate` は、対応したお客様の解約の割合から、何もしなかったお客様の割合を引いた差です。マイナスなら、対応が引き止めています。右端の列は、この件数で見分けられる効果の大きさです。その下は、キットが作った会社での真の値です。同じお客様、同じ運、同じ工数で、予定どおり配った場合と、アラートの鳴った所へ回した場合の差です。

# %%
# %%needs alerts contracts.end calendar
effect = alerts.holdout_effect(company, company.alerts, lead_months)
whole = effect[effect["rule_id"] == ""].assign(rule_id="all")
row = whole.iloc[0]
table(whole.set_index("rule_id")[["helped", "left_alone", "estimate", "low", "high", "detectable"]])
say("holdout_helps" if row["high"] < 0 else "holdout_harms" if row["low"] > 0 else "holdout_open", n=row["left_alone"])

# %%
# %%needs truth contracts.end calendar usage_monthly.wau_ratio
if (gain := alerts.true_worth(company)) is not None:
    kept = gain.rename(columns={"customers": "companies"}).set_index("method")
    table(kept[["companies", "retained_gain", "retained_low", "retained_high"]], digits=2)
    truly = gain.iloc[0]
    share = {"n": truly["customers"], "share": truly["retained_gain"] / truly["customers"]}
    say("alerts_truly_keep" if truly["retained_low"] > 0 else "alerts_truly_open", truly["retained_gain"], **share)

# %% [markdown] lang="en" tags=["further"]
# And what becomes of an alert? From *at risk* to *plan in place* to *saving*, and out of it. What to see: in which stage do they lie about? An alert that nobody has touched is no early warning; it is a record that we knew.

# %% [markdown] lang="ja" tags=["further"]
# アラートは、その後どうなったでしょうか。「リスクあり」から「対応計画あり」、「立て直し中」へ、そして決着へ。見るところ:どの段階で滞っていますか。誰も触れていないアラートは早期警戒ではありません。「知っていたのに動かなかった」という記録です。

# %%
# %%needs alerts calendar
ages = alerts.ageing(alerts.stages(company))
table(ages.rename(columns={"open": "alerts"}).set_index("stage")[["alerts", "median_days", "oldest_days", "over_sla"]])

# %% [markdown] lang="en" tags=["further"]
# ## 16. What to do in which phase, and one line for the board
#
# A colour says little without the phase: red in onboarding wants a rescue, red before a renewal a special meeting. In each field: customers, their ARR, and how many of those who stood there before have left. The last table weighs the score by ARR; `effective` says how many customers of equal size would carry such a mean as surely.

# %% [markdown] lang="ja" tags=["further"]
# ## 16. フェーズごとの打ち手と、取締役会への1行
#
# 色は、フェーズと組み合わせて初めて意味を持ちます。オンボーディングの赤には立て直しの支援を、更新前の赤には特別面談を。各マスには社数・ARR・以前そこにいたお客様の解約率を入れました。最後の表は、ARRで重み付けしたスコアです。`effective` は、同じ規模のお客様何社分の確かさかを示します。

# %%
# %%needs mrr_movements contracts.end calendar usage_monthly.wau_ratio
whose()
latest = health.score(company, declared)
fields = health.action_table(company, latest, lead_months)
figures.health.actions(fields, lang=lang)

# %%
# %%needs mrr_movements contracts.end calendar usage_monthly.wau_ratio
red = fields[fields["colour"] == "red"].rename(columns={"customers": "companies", "estimate": "left_share"})
table(red.set_index("phase")[["companies", "arr_amount", "left_share", "low", "high"]])

# %%
# %%needs mrr_movements contracts.end calendar usage_monthly.wau_ratio
board = health.portfolio_score(company, latest)
means = board.rename(columns={"plain": "plain_mean"}).round({"effective": 0}).set_index("method")
table(means[["estimate", "low", "high", "plain_mean", "effective"]], digits=1)

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. `cslab readiness` tells beforehand what will run. Where fewer than a hundred have left, the scores are shown on the kit's company.
#
# | You need | for | Look out for |
# |---|---|---|
# | `contracts`: account_id, start, end | everything | customers that disappear from the table when they leave |
# | `usage_monthly`: wau_ratio, seats, logins | the score, the model | exports that overwrite the past: what was known on the day? |
# | `surveys` with those who did **not** answer | section 12 | tools that export answers only |
# | `csm`: joined_on | section 7 | people who do other work half of the week |
# | `alerts` with `held_out` | sections 8, 15 | “we could not leave anybody alone” |
# | a score of your own | sections 2, 3, 6, 9 | write it as a `.yaml` (`-p score_rules=my.yaml`): direction, gaps, limits |
#
# A list without dates (Telco, SaaS churn) says who has left, not when: sections 4 to 6 tell apart who has left, and look no months ahead. Its columns are judged by lots of customers, which is kinder than the year to come.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どこまで実行できるかは、先に `cslab readiness` で確かめられます。解約が100件に満たない会社では、スコアの部分をキットの会社で示します。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `contracts` の account_id・start・end | すべて | 解約すると一覧から消えるお客様 |
# | `usage_monthly` の wau_ratio・seats・logins | スコアとモデル | 過去を上書きする書き出し。その日に分かっていた値ですか |
# | 回答の**なかった**行も含む `surveys` | 12節 | 回答だけを書き出すツール |
# | `csm` の joined_on | 7節 | 週の半分は別の仕事をしている人 |
# | `held_out` のある `alerts` | 8・15節 | 「放っておくお客様をつくるわけにはいかない」 |
# | 自社のスコア | 2・3・6・9節 | `.yaml` に書きます(`-p score_rules=my.yaml`)。向き・空欄・境目を明記 |
#
# 日付のない一覧(Telco や SaaS churn)で分かるのは「離れたかどうか」だけで、「いつか」は分かりません。4〜6節は、何か月先かを当てるのではなく、離れたお客様を見分けるものになります。列の採点は抽選で分けたお客様どうしで行います。来年のお客様で試すよりも、甘い点が出ます。

# %% [markdown] lang="en"
# ## Key points
#
# - One row is one customer on one day, with what was known then.
# - AUC is a share of pairs. Beside it belong the calendar alone and the ceiling on the same rows.
# - An AUC near .95 months ahead is hindsight, a leak, or another question. (A little above the ceiling may be luck.)
# - Judge on customers never seen; with few of them, take few columns.
# - A score is an order until somebody has counted. Write “so many in a hundred” beside the colour.
# - An alert is a share of a week. The week is the most there is time for, not what pays; say whom the line misses.
# - Finding is not keeping. Begin small and leave one alert in ten alone, by lot; otherwise nobody will ever know.

# %% [markdown] lang="ja"
# ## 要点
#
# - 1行は「ある日の、あるお客様」。その日に分かっていたことだけで。
# - AUC は組の割合。横に必ず「契約の時期だけ」と「同じ行での上限」を並べる。
# - 何か月も先について AUC 0.95 と言われたら、あと知恵か、リークか、別の問い(上限を少し超えるだけなら、運のこともある)。
# - 採点は、初めて見るお客様で。お客様が少ないうちは、列も少なく。
# - スコアは、数えてみるまでただの順番。色の横に「100社中何社」と書く。
# - アラートは1週間の一部を使う。週が埋まる所は上限で、元が取れる所とは限らない。届かないのは誰かも言う。
# - 見つけても、引き止めたことにはならない。小さく始め、10件に1件は抽選で選んで何もしない。そうしなければ、効いたかどうかは永久に分からない。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# Whether a call helps, and whom: those most at risk are not always those whom one can win back (lessons 10 and 11). Breadth and maturity, which usage does not hold, come in lesson 08 (in preparation). The rules for hours, save rates and limits are assumptions. The kit's worlds know no fashion, no competitor and no new product; your ceiling may lie lower than theirs.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# 連絡は効くのか、誰に効くのか。いちばん危ないお客様が、いちばん引き止められるお客様とは限りません(第10・11章)。利用だけでは見えない「広がり」と「成熟度」は第08章で扱います(準備中です)。対応時間・引き止め率・境目は仮定です。キットの世界には流行も競合も新製品もありません。実際の上限は、もっと低いかもしれません。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. A vendor shows an AUC of .93, six months ahead, “tested on all of your customers”. Which three questions do you ask?
# 2. Among the reds 12 in 100 leave, among all 5 in 100. A colleague says: “So the score is wrong nine times in ten. Switch it off.” What do you answer?
# 3. You have 14 CSMs with time for five calls a week. The list of everybody with a chance above 2 % holds 900 customers. What do you do?
#
# <details><summary>Answers</summary>
#
# 1. What was known on the day on which it was asked? Had it seen these customers when it was made? What does the list of contract ends alone reach on the same customers?
# 2. A call from the red list reaches a leaver more than twice as often as a call at random. Write the 12 beside the colour, and ask what a call costs and whether it changes anything.
# 3. Rank them. There is time for the first 70 this week at most; say what share of the leavers that reaches, and what share a call must keep to pay for its hours. Begin with the top, and leave one in ten alone by lot. A threshold of 2 % is no line, it is a wish.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. ベンダーが「6か月先について AUC 0.93。貴社の全顧客で検証済み」と言いました。聞くべきことを三つ挙げてください。
# 2. 赤のお客様は100社中12社、全体では100社中5社が離れます。同僚が「9割は外れじゃないか。やめてしまおう」と言いました。どう答えますか。
# 3. CSMは14人、1人が週に5件まで連絡できます。確率が2%を超えるお客様の一覧には900社が載っています。どうしますか。
#
# <details><summary>答え</summary>
#
# 1. 採点した日に、何が分かっていたのか。作るときに、そのお客様たちを見ていなかったか。同じお客様を契約の満了日だけで並べたら、いくつになるか。
# 2. 赤の一覧から連絡すれば、手当たり次第に連絡するより2倍以上の割合で、離れるお客様に届きます。色の横に「12」と書き、連絡の費用と、連絡で何かが変わるのかを問いましょう。
# 3. 並べ替えます。今週対応できるのは、多くても上から70社です。離れるお客様の何割に届くか、連絡で何割を引き止めれば元が取れるかを、社長に伝えておきます。まずは上位から始め、10件に1件は抽選で何もしません。「2%」は線ではなく、願望です。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What | Which number | Who | By when | Months to show |
# |---|---|---|---|---|
# | *e.g. write “so many in 100 left” under each colour* | *section 6* | *CS operations* | *next Monday* | *at once* |
# | *e.g. leave one alert in ten alone, by lot* | *section 8* | *head of CS* | *first of next month* | *6 to 12* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:色の横に「6か月で100社中○社が離れた」と書く* | *6節* | *CSオペレーション* | *来週の月曜* | *すぐに* |
# | *例:アラートの1割を抽選で対照群にし、何もしない* | *8節* | *CS責任者* | *来月1日から* | *6〜12* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# Usage did most of the work here. **Lesson 08** (in preparation) asks what it does not hold: how many people and departments are on board, and how far the customer has come.
#
# | Word | In this course |
# |---|---|
# | Landmark | a day on which everybody is asked, with what was known then |
# | AUC | share of pairs (one left, one stayed) that a score puts in order; 0.5 is a coin |
# | Ceiling | the AUC that somebody who knows all but chance reaches on average, on the same rows and horizon |
# | Held out | not seen when the score was made |
# | Calibration | of those told 20 %, do 20 in 100 leave? |
# | Precision, recall | share of the calls that hit; share of the leavers that are called |
# | Hold-out | alerts left alone by lot, to learn what acting brings |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# この章で決め手になったのは、ほとんどが利用状況でした。**第08章**(準備中)では、利用だけでは見えないもの、つまり何人・何部門が使っているか、お客様の活用がどこまで進んだかを扱います。
#
# | 用語 | この教材での意味 |
# |---|---|
# | ランドマーク | 全員に点を付ける、ある一日。その日に分かっていたことだけを使う |
# | AUC | 離れたお客様と残ったお客様の組のうち、正しく並べた割合。0.5はコイン投げ |
# | 上限(天井) | 偶然以外のすべてを知る人の、平均しての AUC。同じ行・同じ期間でのみ成り立つ |
# | 初めて見るお客様 | スコアを作るときに使わずに取っておいたお客様 |
# | キャリブレーション | 「20%」と言われたお客様は、本当に100社中20社が離れるか |
# | 適合率・再現率 | 連絡先のうち当たる割合・離れるお客様のうち連絡が届く割合 |
# | 対照群(ホールドアウト) | 抽選で選び、わざと何もしないアラート。対応の効果を知るため |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 4 minutes; section 2, 5; section 3, 8; section 4, 9; section 5, 5; section 6, 6; section 7, 5; section 8, 3. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** taking AUC for a hit rate; believing that .81 is “81 % right”; reading the ceiling as a target; thinking that a hold-out of customers proves that a call helps.
# - **Vary it:** `-p score_rules=points`, `-p lead_months=3`, `-p per_week=2`, `-p n_features=10`, `-p learned_from=600`, `-p source.seed=8`; a world with noisier usage: `-p source.usage_noise=0.8` (what does the ceiling do, what the model?).
# - **When a verdict goes the other way:** keep it. A year holds few departures; ask how many seeds of the class agree. In section 5 the number of customers to learn from decides: with 600 the lines lie closer.
# - **On a source without dates** sections 2, 3, 7 and most of the further track say what cannot be known.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節で4分、2節で5分、3節で8分、4節で9分、5節で5分、6節で6分、7節で5分、8節で3分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** AUC を正解率と取り違える。0.81を「81%当たる」と読む。上限を目標値だと思う。初めて見るお客様で当たれば「連絡が効く」証拠だと思う。
# - **変えてみる** `-p score_rules=points`、`-p lead_months=3`、`-p per_week=2`、`-p n_features=10`、`-p learned_from=600`、`-p source.seed=8`。利用データのノイズを増やした世界は `-p source.usage_noise=0.8`(上限はどう動き、モデルはどう動きますか)。
# - **判定が逆に出たとき** 消さずに使います。1年の解約は多くありません。クラスの seed のうち、いくつで同じ結果になったかを数えてください。5節は学習に使う社数しだいで、600社なら2本の線は近づきます。
# - **日付のないデータでは** 2・3・7節と発展の大半が「何が分からないか」を答えます。
