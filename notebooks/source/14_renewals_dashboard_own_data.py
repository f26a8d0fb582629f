# %% [raw]
# number: "14"
# title_en: Renewals, dashboard, your own data
# title_ja: 更新予測・経営ダッシュボード・自社データ
# question_en: How much of what comes due next quarter will stay, whom do we look after, and may we say so with our own data?
# question_ja: 来四半期に満了を迎える契約は、どれだけ残るのか。誰から手を打つのか。それを自社のデータで言い切れるのか。
# minutes_core: 45
# minutes_further: 55
# needs: [accounts]
# misconceptions: [M46, M47, M48]

# %% [markdown] lang="en" tags=["core"]
# # Renewals, dashboard, your own data
#
# **The business question.** How much of what comes due next quarter will stay, whom do we look after, and may we say so with our own data?
#
# **Time.** Core track 45 minutes (28 reading, 17 hands-on) · further track 55 minutes (42 and 13). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Lesson 07, sections 2 and 6 | helpful | what a colour is, and what it does not promise |
# | Lesson 11 | helpful | uplift: what a touch changes, and for whom |
# | An export of your own | helpful | `cslab readiness` says what it carries |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **read** a renewal map: when, how much, and until when a notice may come;
# 2. **give** a forecast with a range that has held in the past, and **refuse** one that has not;
# 3. **order** renewals by what attention wins, not by what is at risk;
# 4. **show** the board five numbers with range, target and owner, and **say** what your own data cannot carry.

# %% [markdown] lang="ja" tags=["core"]
# # 更新予測・経営ダッシュボード・自社データ
#
# **この章の問い** 来四半期に満了を迎える契約は、どれだけ残るのか。誰から手を打つのか。それを自社のデータで言い切れるのか。
#
# **時間** 必修45分(読む28分・手を動かす17分)/発展55分(読む42分・手を動かす13分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 第07章 2節・6節 | あると役立つ | 色とは何か、色が約束していないことは何か |
# | 第11章 | あると役立つ | アップリフト(手をかけると、誰の、何が変わるか) |
# | 自社のエクスポート | あると役立つ | どこまで使えるかは `cslab readiness` で分かります |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. 更新マップから、いつ・いくらが・いつまでに決まるのかを**読み取れる**
# 2. 過去に当たってきた幅を付けて更新を**予測し**、当たっていない予測を**断れる**
# 3. 更新を「リスクの大きい順」ではなく「手をかければ変わる順」に**並べられる**
# 4. 経営に5つの数字を幅・目標・責任者つきで**示し**、自社のデータでは言えないことを**言える**

# %% [markdown] lang="en"
# ## 0. Ten days before the board
#
# The new head of customer success has three questions on the table. “How much of next quarter’s renewals comes in?” The CRM adds up the green and the yellow ones and gives one number. “Whom do you look after?” The list of last week is sorted by revenue at risk. “And how do we see next time that it is getting better?” There is a slide with eleven numbers and no target.

# %% [markdown] lang="ja"
# ## 0. 取締役会まで、あと10日
#
# 着任したばかりのCS責任者の机に、三つの問いが載っています。「来四半期の更新は、いくら入るのか」。CRMは、緑と黄色を足し上げた数字を一つ出してきます。「誰から手を打つのか」。先週の一覧は、リスクにさらされた金額の大きい順です。「次回、良くなったとどうやって分かるのか」。スライドには数字が11個あり、目標は一つもありません。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Everybody writes down the renewal forecast of last quarter in their own company, as it was given *before* the quarter began, and what came. Hardly anybody can find the first number. That is the first action of many a log.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 前の四半期の更新予測を、四半期が**始まる前**に出した数字で書いてもらいます。その隣に実績も。予測のほうを探し出せる人は、ほとんどいません。それを残すことが、多くの人にとって最初のアクションになります。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
map_months: int = 18  # how many months the renewal map looks ahead
# ja: 更新マップで何か月先まで見るか
range_level: float = 0.8  # how often the range of a forecast is meant to hold
# ja: 予測の幅が、何割の確からしさで当たればよいとするか
forecast_way: str = "model"  # way to forecast, model, colour, commit or rate
# ja: 予測の方法。model・colour・commit・rate
odds_ratio: float = 1.5  # by how much attention multiplies the odds of renewing, an assumption of section 3
# ja: 3節の仮定。手をかけると、更新のオッズが何倍になるか
care_hours: float = 8.0  # hours that attention to one renewal takes
# ja: 更新1件に手をかけるのに必要な時間
board_charter: str = "default"  # targets and owners of section 4, default or the path of a .yaml of your own
# ja: 4節の目標と責任者。default、または自社の .yaml のパス
score_rules: str = "dear"  # health score behind colours and tiles, dear, points, bands or the path of a .yaml of your own
# ja: 色とダッシュボードに使うヘルススコア。dear・points・bands、または自社の .yaml のパス
survey: str = "nps"  # survey whose silence is looked at, in section 5, nps, csat or ces
# ja: 5節で、無回答を調べるアンケート。nps・csat・ces
gap_months: int = 12  # months over which a departure counts in sections 5 and 11
# ja: 5節と11節で、何か月以内の解約を数えるか
large_source: str = "synthetic:default_jp?seed=7&accounts=2000"  # company of the forecast, where too few have left one's own
# ja: 自社の解約が少なすぎるときに、予測を見る会社
trial_source: str = "synthetic:default_jp?seed=7&accounts=2000&policy=rct"  # company with touch given by lot, in section 8
# ja: 8節で、タッチを抽選で割り当てた会社

# %%
import pandas as pd

from cslab import figures
from cslab.course.elsewhere import whose, yours
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import another, begin, reading, say, verdict
from cslab.course.runnable import runnable
from cslab.course.spoilt import spoilt
from cslab.course.table import table

# %%
from cslab.measure import capacity, dashboard, effect, gaps, landmark, precision, quality, renewal
from cslab.measure.effect import uplift
from cslab.measure.tabled import tabled
from cslab.words import money

# %%
book = begin("14", source, as_of, lang, reveal_truth, large_source, gap_months)
company = reading().company

# %% [markdown] lang="en"
# ## 1. What comes due
#
# One row is one contract on the day on which it runs out. Contracts of a month are left out: they renew all the time. What to see: a circle is a month's ARR of one segment, its colour how much of it can be expected to stay, a thick edge that for most of it the last day for a notice has passed. Those are decided, whatever anybody does. Where is the largest circle in which something can still be done?

# %% [markdown] lang="ja"
# ## 1. 何が、いつ満了するのか
#
# 1行は「満了日を迎える契約1件」です。1か月契約は毎月更新されるだけなので外します。見るところ:円の大きさが、その月・その区分のARR。色は、そのうちどれだけ更新が見込めるか。太い枠は、半数以上で解約申し出の期限が過ぎた月です。そこはもう、何をしても決まっています。まだ手を打てる円のうち、いちばん大きいのはどれですか。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount
whose()
now = renewal.ahead(company, map_months)
coming = renewal.coming(now, level=range_level)
figures.renewal.map(coming, lang=lang)

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount
largest = renewal.key_accounts(now, 5)
due = {"arr": money(coming["arr_amount"].sum(), company.currency, lang), "months": map_months}
lost = {"lost": money(coming["at_risk_amount"].sum(), company.currency, lang), "five": largest["share"].sum()}
passed = now["notice_by"].lt(company.as_of).sum()
say("renewals_on_the_map", len(now), passed=passed, decided=now["decided"].sum(), **due, **lost)
table(largest.set_index("account_id")[["end", "notice_by", "arr_amount", "chance", "csm_says"]], digits=2)

# %% [markdown] lang="en"
# **Try it (3 minutes).** Write, without looking it up, the three largest renewals of your own company in the coming half year, and the last day on which each may give notice. Your result should look like the table above. If the last column is empty, you have found out who does not know either.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 何も見ずに、今後半年の自社の大口更新を3件と、それぞれの解約申し出の期限を書いてみてください。上の表のような形になれば合格です。期限が埋まらなければ、社内で誰も把握していない恐れがあります。

# %% [markdown] lang="en"
# ## 2. One number, or a range?
#
# The usual forecast adds up words: the green and the yellow ones renew, the red ones do not. Read it aloud, with the range that follows if every customer decides alone.

# %% [markdown] lang="ja"
# ## 2. 数字一つか、幅つきか
#
# よくある予測は、色の足し上げです。緑と黄色は更新、赤は解約。お客様がそれぞれ勝手に決めるとみなせば、幅も計算できます。声に出して読んでみましょう。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome
whose()
rows = renewal.foreseen(company, score=score_rules)
foretold = renewal.forecasts(rows, level=range_level)
next_one = renewal.next_quarter(foretold).set_index("way")
rolled = "colour_at_word" if "colour_at_word" in next_one.index else "rate"
ours = forecast_way if forecast_way in next_one.index else "rate"

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome
usual = next_one.loc[rolled]
ends = {"low": usual["alone_low"], "high": usual["alone_high"], "due": usual["due"], "until": f"{usual['until']:%Y-%m-%d}"}
say("renewals_rolled_up", usual["alone"], level=range_level, **ends)

# %% [markdown] lang="en"
# **But can we trust this?** There is an honest way to find out: go back to the eve of each past quarter, take what was known on that evening, make the same forecast, and see whether the range held what came. **Guess first:** of 100 such ranges, how many *ought* to hold, and how many of this kind do you think did?

# %% [markdown] lang="ja"
# **この予測を信じてよいでしょうか。** 正直な確かめ方があります。過去の各四半期の前日に戻り、その晩までに分かっていたことだけで同じ予測を作り、実績が幅に入ったかを数えるのです(バックテスト)。**先に予想を** このような幅は、100回のうち何回当たる**べき**でしょうか。色の足し上げは、実際には何回当たったと思いますか。

# %%
predict("M46", ...)

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome
held = renewal.coverage(foretold)
usually = tabled(held, way=rolled, interval="alone")
learned = tabled(held, way=ours, interval="shock")
verdict("M46", naive=usually, better=learned, truth=range_level if company.has("truth") else None, of=company)

# %% [markdown] lang="en"
# The third number is no measurement: it is what such a range promises. What to see in the picture: each column is a quarter, foretold on its eve. The thin bar is the roll-up at its word, the thick one the same roll-up mended, the diamond what came. How often does the diamond lie outside the thin bar, and on which side? Two repairs: what became of such customers was **learned**, instead of taking words for certainties; and quarters may have a **common shock**: a price rise, a slow budget year, a good release hit all customers at once. The model of the next sentence (`forecast_way`) does both.

# %% [markdown] lang="ja"
# 三つ目は測った値ではなく、この幅が約束している割合です。図で見るところ:一列が一つの四半期で、前日の時点での予測です。細い棒は色の足し上げそのまま、太い棒は同じ足し上げを直したもの、ひし形が実績です。ひし形は何回、細い棒から外れていますか。どちら側に外れていますか。直したのは二つ。色を「確実」と読まず、実際にどうなったかから**学んだ**こと。そして、四半期に**共通の変動**(共通ショック)を認めたこと。値上げ、予算の厳しい年、評判の良い新版は、お客様全員に一度に効きます。次の文のモデル(`forecast_way`)は、両方を行っています。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome
figures.renewal.fan(foretold, way=rolled, lang=lang)

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome
best = next_one.loc[ours]
wider = (best["high"] - best["low"]) / max(best["alone_high"] - best["alone_low"], 1)
ends = {"low": best["low"], "high": best["high"], "due": best["due"], "until": f"{best['until']:%Y-%m-%d}"}
say("renewals_foretold", best["estimate"], decided=best["decided"], level=range_level, wider=wider, **ends)

# %% [markdown] lang="en"
# ### Open the box
#
# A hundred contracts, each with a chance of 85 in 100. Alone: a coin for each. Together: first the quarter draws its own mood (good, usual, bad), then each contract its coin. The mean is the same. The range is not, and no number of customers makes it go away.

# %% [markdown] lang="ja"
# ### 箱を開けてみる
#
# 契約が100件、更新の確率はどれも85%。「独立」は1件ずつコインを投げます。「共通」は、まず四半期の調子(良い・ふつう・悪い)を引き、それから1件ずつ投げます。平均は同じです。幅は違います。しかも、お客様が何社に増えても、この差は消えません。

# %% tags=["box"]
import numpy as np

luck = np.random.default_rng(14)
quarters = luck.choice([0.78, 0.85, 0.92], 20_000)
drawn = pd.DataFrame({
    "alone": luck.binomial(100, 0.85, 20_000),
    "together": luck.binomial(100, quarters),
})
ends = drawn.quantile([0.1, 0.9]).T.set_axis(["low", "high"], axis=1)
table(ends.assign(estimate=drawn.mean()).rename_axis("way"), digits=0)

# %% [markdown] lang="en" tags=["speaker"]
# **On section 2 (4 minutes).** Somebody will say: “Then I give the board a range from here to there, and they will laugh.” Ask what they did with the single number when it was wrong. A range that has held four times in five is the strongest sentence in the room: it says when to go and look for a cause.

# %% [markdown] lang="ja" tags=["speaker"]
# **2節の進め方(4分)** 「こんな幅のある数字を出したら笑われる」という声が出ます。では、数字一つの予測が外れたとき、何と説明しましたか。5回に4回当たってきた幅は、会議でいちばん強い一文です。どこを外れたら原因を調べに行くのかを、先に決めておけるからです。

# %% [markdown] lang="en"
# ## 3. Whom do we look after?
#
# The list of last week multiplies each contract by its risk: **ARR at risk**. It sounds right, and it asks the wrong question. Some are lost whatever one does, some are safe, and the largest have been looked after for years. What counts is what attention *changes*: ARR times **uplift**. How much that is, only a trial can say (section 8); here every customer's odds of renewing are multiplied by the same assumed factor (`odds_ratio`), and those in high touch already gain nothing more.

# %% [markdown] lang="ja"
# ## 3. 誰から手を打つのか
#
# 先週の一覧は、金額に解約の確率を掛けたもの、いわゆる**リスクARR**の順です。もっともらしく聞こえますが、問いがずれています。何をしても離れるお客様も、何もしなくても残るお客様もいます。大口には、何年も前から手をかけてきました。大事なのは、手をかけると**何が変わるか**、つまり「ARR×アップリフト」です。どれだけ変わるかは試験でしか分かりません(8節)。ここでは、更新のオッズが誰でも同じ倍率(`odds_ratio`)になると仮定し、すでにハイタッチのお客様にはこれ以上の効果はないものとします。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount csm.cost_amount csm.capacity_h
whose()
half_year = now[now["end"] <= company.as_of + pd.DateOffset(months=6)]
assumed = renewal.same_odds(half_year, odds_ratio)
listed = renewal.triage(half_year, assumed, capacity.hour_amount(company), care_hours)
counts = listed["list"].value_counts().reindex(["urgent", "watch", "future", "late"], fill_value=0)
say("triage_lists", len(listed), hours=care_hours, **counts)

# %% [markdown] lang="en"
# Now spend the same hours twice: on the first third by ARR at risk, and on the first third by what attention wins. **Guess first:** the best possible list (of somebody who knows each customer's true uplift) wins how many times as much ARR as a lottery?

# %% [markdown] lang="ja"
# 同じ時間を、二通りに使ってみます。リスクARRの大きい順に上から3分の1。変わる金額の大きい順に上から3分の1。**先に予想を** 一社一社の本当のアップリフトを知る人が作った「これ以上ない一覧」なら、抽選で選んだ場合の何倍のARRを守れるでしょうか。

# %%
predict("M48", ...)

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount csm.cost_amount csm.capacity_h
truly = renewal.true_uplift(company) if company.has("truth") else None
won = renewal.picked(listed, truly)
by_lot = won.set_index("rule")["estimate"]["by_lot"]
times = won.assign(**won[["estimate", "low", "high"]].div(by_lot))
sorted_by = times.set_index("rule")["estimate"]
choices = {"naive": sorted_by["by_at_risk"], "better": sorted_by["by_uplift"]}
verdict("M48", **choices, truth=tabled(times, rule="by_truth"), of=company)

# %% [markdown] lang="en"
# The box compares choices, not estimates: “nearer to the truth” means nearer to the best list. Where nobody knows the truth both numbers rest on the assumption, so they say how far the lists *differ*, not which is right. What to see in the picture: from left to right more renewals are looked after. Where do the lines part most? That is where a short week hurts. Then the first three of each list (now, soon, later), with both ranks side by side.

# %% [markdown] lang="ja"
# 枠が比べているのは推定の精度ではなく、選び方の良し悪しです(「真の値に近い」は、ここでは「これ以上ない一覧に近い」という意味です)。真の値が分からない会社では、どちらの数字も仮定の上に立っています。分かるのは二つの一覧が**どれだけ違うか**で、どちらが正しいかではありません。図で見るところ:右へ行くほど、手をかける更新が増えます。線の差がいちばん開くのはどこですか。時間の足りない週ほど、並べ方が効きます。表は、時期で分けた一覧それぞれの先頭3件で、二つの順位を並べました。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount csm.cost_amount csm.capacity_h
figures.renewal.triage(listed, truly, lang=lang)

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount csm.cost_amount csm.capacity_h
amounts = listed.rename(columns={"gain_amount": "won_amount"}).round({"at_risk_amount": 0, "won_amount": 0})
first = amounts[["account_id", "notice_by", "list", "at_risk_amount", "won_amount", "rank_at_risk"]]
table(first.groupby(listed["list"], sort=False).head(3).set_index("account_id"), digits=0)

# %% [markdown] lang="en"
# **Try it (3 minutes).** Take the first customer whose two ranks lie far apart. Write in one sentence why it stands high on one list and low on the other. Your result should name what attention can still change there. For a customer of your own: who has been looked after for years, and would leave or stay regardless?

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 二つの順位が大きく違うお客様を1社選び、なぜ片方では上、もう片方では下なのかを一文で書いてください。「手をかければ、まだ何が変わるのか」が書けていれば合格です。自社ではどうでしょう。何年も手厚く対応してきて、何もしなくても結果の変わらないお客様は誰ですか。

# %% [markdown] lang="en"
# ## 4. Five numbers for the board
#
# Eleven numbers without a target are a wall. Five are enough: health, churn, what keeping costs, the score by revenue, engagement. Each with its range, its way there, a target, somebody who answers for it, and what is decided by it. What to see: ● and ■ appear only where the whole range lies on one side of the target. How many of the five can these data decide?

# %% [markdown] lang="ja"
# ## 4. 経営に見せる5つの数字
#
# 目標のない11個の数字は、壁紙と同じです。5つで足ります。ヘルス、解約率、リテンションコスト(維持にかかる費用)、ARRで重み付けしたポートフォリオスコア、エンゲージメント。どれにも、幅と推移、目標、責任者、そして「動いたら何を変えるか」を付けます。見るところ:●と■が付くのは、幅の全体が目標の片側にあるときだけです。このデータで判定できるのは、5つのうちいくつですか。

# %%
yours()
five = dashboard.executive(book, board_charter, score=score_rules)
figures.dashboard.tiles(five, lang=lang)

# %%
shown = five.table().dropna(subset=["estimate"]).set_index("tile")
decided = shown["status"].isin(["green", "red"]).sum()
if len(shown):
    say("tiles_decided", decided, n=len(shown), open=len(shown) - decided, day=f"{book.as_of:%Y-%m-%d}")
    table(shown[["unit", "estimate", "low", "high", "target", "status"]])

# %% [markdown] lang="en"
# The score by revenue is the score of a few: the sentence below says of how many. The page for the board is one command, `cslab dashboard SOURCE -o board.html`; everything for slides and Tableau is another, `cslab export SOURCE -o folder`. Both carry “confidential” as soon as the data are somebody's own.

# %% [markdown] lang="ja"
# ARRで重み付けしたスコアは、実は少数の大口のスコアです。何社分なのかは、次の文にあります。取締役会用のページは `cslab dashboard データ -o board.html`、スライドやTableau用の一式は `cslab export データ -o フォルダー` で作れます。自社のデータで作ると、どちらにも「社外秘」が付きます。

# %%
portfolio = five.tile("portfolio")
if portfolio.now:
    say("portfolio_carried", portfolio.now.estimate, n=portfolio.now.n, **portfolio.beside)

# %% [markdown] lang="en"
# **Try it (4 minutes): the charter.** Choose one of the five for your company, and write six lines: name, formula, owner, cadence, *the decision that changes when it moves*, and how one could make it look better without being better. Your result should have a person's name in it. No decision? Then leave the number out. (`cslab/rules/dashboard_charter.yaml` is the form; `cslab homework --new charter` the long one.)

# %% [markdown] lang="ja"
# **やってみましょう(4分)定義書** 5つから一つ選び、自社について6行書きます。名前、計算式、責任者、確認の頻度、**動いたら何を変えるか**、実態は変わらないのに数字だけ良く見せる方法。人の名前が入っていれば合格です。何も変わらないなら、その数字は外しましょう(書式は `cslab/rules/dashboard_charter.yaml`。詳しく書くなら `cslab homework --new charter`)。

# %% [markdown] lang="en"
# ## 5. May we say so with our own data?
#
# Your export has gaps. The quick way: keep the rows in which everything is filled in, and count. That is right only if gaps come by chance. Take a gap that everybody has: customers who did not answer the survey (`survey`). **Guess first:** how many per cent of *all* customers leave within a year?

# %% [markdown] lang="ja"
# ## 5. 自社のデータで言ってよいか
#
# 自社のエクスポートには、必ず空欄があります。手っ取り早いのは、全部埋まっている行だけを残して数えることです。それが正しいのは、空欄が偶然できたときだけです。どの会社にもある空欄で確かめましょう。アンケート(`survey`)に答えなかったお客様です。**先に予想を** お客様**全体**では、1年以内に何%が離れるでしょうか。

# %%
predict("M47", ...)

# %%
# %%needs calendar contracts.end surveys.type surveys.responded_on
whose()
asked = gaps.gaps(company, survey, gap_months)
leaving = landmark.share_leaving(company.truth, asked.rows, gap_months)
verdict("M47", naive=asked.answered, better=asked.everybody, truth=leaving, of=company)

# %%
# %%needs calendar contracts.end surveys.type surveys.responded_on
say("gaps_counted", asked.share, n=asked.everybody.n, months=gap_months)
table(asked.table().set_index("group")[["estimate", "low", "high", "n"]])

# %% [markdown] lang="en"
# Who is on the way out does not fill in forms. The remedy costs nothing: count everybody whose *outcome* is known, and show the silent as a group of their own. Where the gap is in the number itself (health scores only of those whom a CSM knows), say of whom it speaks, or weight (lesson 07, section 12). And then: which lessons does your export carry, and what is the smallest difference that so many customers can show?

# %% [markdown] lang="ja"
# 離れかけているお客様は、アンケートに答えません。対処に費用はかかりません。**結果**が分かっているお客様は全員数え、無回答は一つの区分として見せます。数字そのものが欠けているとき(CSMがよく知るお客様にしかヘルススコアがない、など)は、誰の数字なのかを明記するか、重みで補正します(第07章12節)。では、あなたのエクスポートではどの章まで実行できて、この社数で見分けられる差はどこまででしょうか。

# %%
yours()
reached = runnable(book, lang)
states = reached["state"].value_counts()
whole = states.get("whole", 0)
say("own_lessons_whole" if whole == len(reached) else "own_lessons", len(reached), whole=whole, part=states.get("part", 0))
if whole < len(reached):
    table(reached[reached["state"] != "whole"].set_index("number")[["title", "state", "lacking"]].head(6))

# %%
seen_by_lot = precision.conclusions(book, "11")
if seen_by_lot and seen_by_lot[0].value > 0:
    say("own_precision", seen_by_lot[0].value, n=seen_by_lot[0].n, base=seen_by_lot[0].base)

# %% [markdown] lang="en"
# The whole answer, with curves, is one command: `cslab readiness folder:path/to/export -o ready.html`. What it says cannot be seen is no weakness of the data; it is what a meeting must not decide by.

# %% [markdown] lang="ja"
# 全体は、図つきで `cslab readiness folder:フォルダー -o ready.html` の一行で出せます。「見分けられない」は、データの欠点ではありません。会議で、その数字を決め手にしてはいけないという意味です。

# %% [markdown] lang="en"
# ## 6. The answer to the board
#
# Three questions, one breath. Read it aloud: it says the range, from where on we look for a cause, whom the week belongs to, and what is still an assumption.

# %% [markdown] lang="ja"
# ## 6. 取締役会への答え
#
# 三つの問いに、ひと息で。声に出して読んでみてください。予測の幅、どこから先なら原因を調べるのか、今週の時間を誰に使うのか、そして、どこがまだ仮定なのかを言っています。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome contracts.mrr_amount csm.cost_amount csm.capacity_h
whose()
renewed = {"low": best["low"], "high": best["high"], "due": best["due"], "level": range_level}
supposed = renewal.picked(listed).set_index("rule")["estimate"]
again = {"more": supposed["by_uplift"] / supposed["by_at_risk"], "odds": odds_ratio}
say("answer_to_the_board", best["estimate"], decided=decided, tiles=len(shown), **renewed, **again, **counts)

# %%
calibration()

# %% [markdown] lang="en"
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: all ways to forecast, what a trial teaches, four retention costs, an export as it comes, and whether gaps go with leaving. The exercise sheet is a notebook of its own: `cslab open 14 --exercise`.*

# %% [markdown] lang="ja"
# *必修はここまでです。最後の「要点」とアクションログに進むか、発展へどうぞ。予測の全方式、試験から分かること、四通りのリテンションコスト、ありのままのエクスポート、空欄と解約の関係を扱います。演習は別のノートブックです:`cslab open 14 --exercise`*

# %% [markdown] lang="en" tags=["further"]
# ## 7. All ways to forecast, held against the past
#
# Six ways, each with two ranges: customers alone, and with the common shock. The dotted line is what was promised. What to see: words added up, customers alone, hold far less often than they say; the same words, *learned* (what share of “commit” came in so far?), hold about as often as a model. A CSM's word is worth a lot, as soon as somebody keeps the record. One company has few quarters, so the limits are wide: `n` is the number of quarters.

# %% [markdown] lang="ja" tags=["further"]
# ## 7. 予測の全方式を、過去に当てはめる
#
# 方式は六つ、幅はそれぞれ二通り(独立/共通の変動つき)。点線が約束した水準です。見るところ:言葉や色の足し上げは、独立とみなした幅では約束ほど当たりません。ところが同じ言葉でも、実績から**学ばせる**と(「確実」と言われたうち何割が実際に更新されたか)、モデルと同じくらい当たります。CSMの見込みは貴重です。ただし、誰かが記録を残していれば。1社の四半期の数は多くないので、区間は広くなります(`n` は四半期の数)。

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome
whose()
figures.renewal.coverage(held, lang=lang)

# %%
# %%needs calendar contracts.start contracts.end contracts.outcome
honest = held[held["interval"] == "shock"].set_index("way")
table(honest[["estimate", "low", "high", "n", "width", "bias"]].round(3) + 0)

# %% [markdown] lang="en" tags=["further"]
# `width` is the width of the range as a share of what was due, `bias` what the forecast said too much. Of two ways that hold equally often, take the narrower one. A range from nothing to everything always holds.

# %% [markdown] lang="ja" tags=["further"]
# `width` は幅(満了件数に対する割合)、`bias` は予測が実績をどれだけ上回ったかです。同じくらい当たる二つの方式なら、幅の狭いほうを選びます。「0件から全件」という幅は必ず当たりますが、何も言っていません。

# %% [markdown] lang="en" tags=["further"]
# ## 8. What a trial teaches
#
# The uplift of section 3 was assumed, the same odds for everybody. Here is a company that has given high touch *by lot*, so that one can learn what it changes and for whom: on half of the customers the difference is learned, on the other half it is judged. Then its list spends the same hours. What to see: does the learned list beat the assumed one? With so few renewals it need not; then the assumption stays, and its name is “assumption”.

# %% [markdown] lang="ja" tags=["further"]
# ## 8. 試験から分かること
#
# 3節のアップリフトは「誰でも同じオッズ比」という仮定でした。次の会社は、ハイタッチを**抽選で**割り当てています。だから、手をかけると誰の何が変わるのかを学べます。半分のお客様で学び、残りの半分で採点します。その一覧で、同じ時間を使ってみましょう。見るところ:学んだ一覧は、仮定の一覧に勝っていますか。更新の数が少なければ、勝てないこともあります。そのときは仮定のまま進めます。ただし「仮定です」と明記して。

# %%
tried = another(trial_source, reveal_truth)
whose(tried)
found = uplift.uplift(effect.trial(tried, horizon=12, covariates=["segment", "mrr0_amount", "trial_usage"]))
open_there, price = renewal.ahead(tried, 6), capacity.hour_amount(tried)
by_trial = renewal.triage(open_there, renewal.by_trial(found, tried, open_there), price, care_hours)
by_odds = renewal.triage(open_there, renewal.same_odds(open_there, odds_ratio), price, care_hours)

# %%
there = renewal.true_uplift(tried) if tried.has("truth") else None
by_learning = renewal.picked(by_trial, there).replace("by_uplift", "by_trial")
by_assuming = renewal.picked(by_odds, there).replace({"by_uplift": "by_odds", "by_lot": "by_lottery"})
wins = pd.concat([by_learning, by_assuming]).drop_duplicates("rule").set_index("rule")
wins = wins.reindex(["by_trial", "by_odds", "by_at_risk", "by_truth", "by_lottery"]).dropna(subset=["estimate"])
table(wins.rename(columns={"estimate": "won_amount"})[["won_amount", "low", "high"]].round(0), digits=0)

# %% [markdown] lang="en" tags=["further"]
# ## 9. One metric, four numbers
#
# “Retention cost” is in no accounting standard. Whose cost: the whole team, or the contacts that were written down? Over which revenue: what stayed, or what stayed and grew? What to see: how far the largest and the smallest lie apart, with nothing changed but the definition. Which would a person choose who wants to look good? That is why formula and owner stand on the tile.

# %% [markdown] lang="ja" tags=["further"]
# ## 9. 一つの指標に、四つの数字
#
# 「リテンションコスト」は会計基準にありません。誰の費用か(チーム全体か、記録された接点だけか)。何で割るか(残ったARRか、増額も含めるか)。見るところ:定義を変えただけで、最大と最小はどれだけ違いますか。良く見せたい人は、どれを選ぶでしょうか。だから、計算式と責任者をダッシュボードに書いておくのです。

# %%
# %%needs mrr_movements csm.cost_amount touches.cost_amount
whose()
year = company.as_of + pd.Timedelta(days=1) - pd.DateOffset(months=12) - pd.Timedelta(days=1)
four = dashboard.retention_costs(company, year, company.as_of)
say("four_costs", four["estimate"].max() / four["estimate"].min())
table(four.set_index("cost_of")[["arr_of", "estimate", "low", "high", "n"]])

# %% [markdown] lang="en" tags=["further"]
# ## 10. An export as it comes
#
# The kit spoils a small company's export the way people do, and knocks at its own door. First a little (`1`): read all the same, and each repair counted in a note. Then more (`2`): refused, with file, column, row, and the line to write into `mapping.toml`. Nothing is guessed, nothing dropped in silence. What to see: which of these would your own export do to you?

# %% [markdown] lang="ja" tags=["further"]
# ## 10. ありのままのエクスポート
#
# キットが、小さな会社のエクスポートをいかにも人がやりそうな形に汚し、それを自分で読み込みます。まず軽く(`1`):読めますが、直した所を一つずつ数えて注記します。次にもう少し(`2`):読み込みを断り、ファイル・列・行と、`mapping.toml` に書くべき一行を示します。勝手に推測せず、黙って捨てることもありません。見るところ:自社のエクスポートで起きそうなのは、どれですか。

# %%
light = spoilt("default_jp", 1, lang)
say("export_read", len(light.notes))
table(light.table().head(3))

# %%
heavy = spoilt("default_jp", 2, lang)
say("export_refused", len(heavy.faults))
table(heavy.table().head(2))

# %% [markdown] lang="en" tags=["further"]
# Names, mail addresses and telephone numbers never get further than this door: they become pseudonyms (the same one in every table, so that joins hold), free text is dropped. The key lies in your own folder, not in the project. `cslab explain-mapping` shows ten rows before and after, `cslab who` finds a customer again from its pseudonym, on your screen only.

# %% [markdown] lang="ja" tags=["further"]
# 氏名・メールアドレス・電話番号は、読み込みの段階で止まり、その先へは入りません。仮名に置き換わり(どの表でも同じ仮名なので、突き合わせはできます)、自由記述は読み込みません。仮名を作る鍵は、プロジェクトではなく、あなた自身のフォルダーにあります。変換前後の10行は `cslab explain-mapping` で、仮名からお客様を探すのは `cslab who` でできます(画面に出るだけです)。

# %% [markdown] lang="en" tags=["further"]
# ## 11. Do gaps go with leaving?
#
# Section 5 looked at one gap. Here are all of them, on the same day: customers of whom something was missing *then*, and who left *after*. Many fields are tried at once, so `p_adjusted` allows for it; `warned` says that leaving these rows out would bias what is said of leaving; `*` means no row at all. No warning is no clean bill: what a missing cell would have held, nobody can test. Below it, how full the tables are.

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 空欄は解約と関係しているか
#
# 5節では空欄を一つだけ見ました。ここでは、同じ日に**そのとき**何かが欠けていたお客様と、**その後**離れたかどうかを、すべての項目で突き合わせます。一度に多くの項目を調べるので、`p_adjusted` はその分を補正した値です。`warned` が付いた項目は、欠けた行を捨てると解約の話が偏ります(`*` は、行そのものがないこと)。警告が出なくても安心はできません。空欄に本当は何が入っていたかは、誰にも確かめられないからです。その下は、各項目がどれだけ埋まっているかです。

# %%
# %%needs calendar contracts.start contracts.end
whose()
tested = quality.missing(company, gap_months)
if len(tested):
    shares = tested.assign(place=tested["table"] + "." + tested["column"]).set_index("place")
    shares = shares.rename(columns={"missing": "gaps"})
    table(shares[["gaps", "left_missing", "left_filled", "p_adjusted", "warned"]].head(5))

# %%
yours()
emptiest = quality.fields(book).query("rows >= 20").sort_values("filled").head(5)
table(emptiest.assign(place=emptiest["table"] + "." + emptiest["column"]).set_index("place")[["rows", "filled", "valid"]])

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"` (a folder, or one workbook). Ask `cslab readiness` first. Where fewer than a hundred have left within the months that count, forecast and triage are shown on the kit's company; the dashboard is always yours.
#
# | You need | for | Look out for |
# |---|---|---|
# | `contracts`: account_id, start, end, outcome | sections 1, 2 | ends that are overwritten at renewal: the term that ran out is gone |
# | `contracts.mrr_amount`, `notice_days` | sections 1, 3 | amounts of a year in a column called monthly |
# | `renewals.csm_forecast`, as it was *on the day* | sections 2, 7 | CRMs keep the last word only: export it every quarter |
# | `csm`: cost_amount, capacity_h, joined_on | sections 3, 4, 9 | people who left and are in no list |
# | `mrr_movements`, or contracts with amounts | section 4 | price rises booked as growth |
# | `usage_monthly`, `surveys` with the silent | sections 4, 5 | scores of some customers only |
#
# What is made from your data stays outside any repository and carries “confidential”.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです(Excelファイル1つでも構いません)。先に `cslab readiness` で確かめてください。期間内の解約が100件に満たない会社では、予測と並べ替えをキットの会社で示します。ダッシュボードは、いつも自社の数字です。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `contracts` の account_id・start・end・outcome | 1・2節 | 更新すると満了日が上書きされ、終わった契約が消えるシステム |
# | `contracts.mrr_amount`・`notice_days` | 1・3節 | 「月額」という列に入った年額 |
# | **その時点の** `renewals.csm_forecast` | 2・7節 | CRMには最後の見込みしか残りません。四半期ごとに書き出しておきます |
# | `csm` の cost_amount・capacity_h・joined_on | 3・4・9節 | 退職して一覧から消えた人 |
# | `mrr_movements`、または金額のある契約 | 4節 | 値上げが増額として計上されていないか |
# | `usage_monthly`、無回答も含む `surveys` | 4・5節 | 一部のお客様にしかないスコア |
#
# 自社のデータから作ったものは、リポジトリの外にだけ書き出され、「社外秘」が付きます。

# %% [markdown] lang="en"
# ## Key points
#
# - A renewal map shows what is due, how much stays, and until when anything can be done.
# - A colour is a word. Learn from the record what share of each word came in, then add up.
# - Quarters have moods. A range for customers who decide alone is too narrow, however many they are.
# - Believe a range that has held on past evenings. Keep every forecast as it was given.
# - Sort by what attention changes, not by what is at risk; write “assumed” where no trial stands behind it.
# - Five numbers with range, target, owner and decision. ▲ is an answer too: these data cannot tell.
# - Gaps are not chance. Count everybody whose outcome is known, and show the silent.

# %% [markdown] lang="ja"
# ## 要点
#
# - 更新マップが示すのは、何が満了し、どれだけ残り、いつまで手を打てるか。
# - 色は言葉にすぎない。それぞれの言葉が過去に何割当たったかを学んでから、足し上げる。
# - 四半期ごとに、全員に共通する調子の良し悪しがある。お客様が独立に決めるとみなした幅は、何社あっても狭すぎる。
# - 信じてよいのは、過去の前夜に当たってきた幅。出した予測は、出したときのまま残す。
# - 「危ない順」ではなく「手をかければ変わる順」。試験の裏づけがなければ「仮定」と書く。
# - 5つの数字に、幅・目標・責任者・決めること。▲も立派な答え(このデータでは言えない)。
# - 空欄は偶然ではない。結果の分かるお客様は全員数え、無回答も見せる。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# How a conversation about a renewal is held, what a price rise does, and what a competitor's offer changes. The uplift of section 3 is an assumption; lessons 10 and 11 say how to replace it. Many forecasts look back on a dozen quarters at most: no method makes more of them. The map's colours speak of customers as they look today, and a year is long.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# 更新の面談の進め方、値上げの影響、競合の提案で何が変わるか。3節のアップリフトは仮定です。試験で置き換える方法は第10・11章にあります。予測の裏づけになる四半期は、多くても十数回分です。どんな手法でも、これは増やせません。更新マップの色は「今日のような様子のお客様なら」という値で、1年先までには多くのことが変わります。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. Your CRM says “91 % of ARR will renew”. Which three things do you ask before you repeat it to the board?
# 2. The largest renewal of the quarter is red and in the hands of your best CSM. A colleague wants to put four more people on it. What do you ask?
# 3. Health is green for 78 % of customers “with a complete profile”. What is missing in the sentence?
#
# <details><summary>Answers</summary>
#
# 1. In which range, and how often has that range held? Made when, of what was known on that evening? Are decided renewals in it (they make every forecast look good)?
# 2. What would the four change that the one does not? Risk times revenue is large; the uplift of a fifth person may be nothing. And which customers do the four leave alone meanwhile?
# 3. How many have a complete profile, and how do the others fare? Those without data leave more often; count them, or say of whom you speak.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. CRMが「ARRの91%が更新見込み」と表示しています。取締役会で口にする前に、確かめることを三つ挙げてください。
# 2. 今四半期でいちばん大きい更新が赤です。担当は、いちばん腕の立つCSM。同僚が「あと4人投入しよう」と言いました。何を聞きますか。
# 3. 「プロフィールがそろっているお客様の78%が緑です」。この文に足りないものは何ですか。
#
# <details><summary>答え</summary>
#
# 1. 幅はどれだけで、その幅は過去に何回当たったのか。いつ、その晩に分かっていたことだけで作ったのか。すでに決まった更新を含んでいないか(含めれば、どんな予測も良く見えます)。
# 2. その4人は、いまの1人では変えられない何を変えるのか。リスクと金額の掛け算は大きくても、5人目のアップリフトはゼロかもしれません。その間、4人の担当先は誰が見るのでしょうか。
# 3. そろっているのは何社で、そろっていないお客様はどうなのか。データのないお客様ほど離れやすいので、数に入れるか、誰の話なのかを明記します。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What | Which number | Who | By when | Months to show |
# |---|---|---|---|---|
# | *e.g. save the forecast on the eve of each quarter, with its range* | *section 2* | *CS operations* | *31 March* | *12 (four quarters)* |
# | *e.g. an owner and a decision for each of the five tiles* | *section 4* | *head of CS* | *next board* | *at once* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:四半期の前日に、予測を幅つきで保存する* | *2節* | *CSオペレーション* | *3月31日* | *12(4四半期)* |
# | *例:5つの数字に、責任者と「何を変えるか」を書く* | *4節* | *CS責任者* | *次の取締役会* | *すぐに* |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# You have a map, a range, a list and a page. Take them into a talk of two hours with a company that is not yours: the script stands in the instructor's folder (`sparring`).
#
# | Word | In this course |
# |---|---|
# | Renewal map | what comes due by month, with value, chance of staying and last day for a notice |
# | Back-test | the forecast made again for past quarters, of what was known on their eve |
# | Coverage | the share of past ranges that held what came |
# | Common shock | what moves all customers of a quarter at once |
# | Uplift | how much more likely one renews *because* of attention |
# | ARR at risk | ARR times the chance of not renewing; says where it hurts, not where help helps |
# | Retention cost | cost of customer success over the ARR that it kept |
# | Missing not at random | gaps that go with what one wants to know |

# %% [markdown] lang="ja"
# ## 次へ・用語
#
# マップと、幅と、一覧と、1枚のページがそろいました。次は、自社以外の会社と2時間の「壁打ち」で使ってみましょう。進め方は講師用フォルダーの `sparring` にあります。
#
# | 用語 | この教材での意味 |
# |---|---|
# | 更新マップ | 月ごとに、満了する金額・残る見込み・解約申し出の期限を並べた図 |
# | バックテスト | 過去の四半期の前夜に戻り、当時分かっていたことだけで予測を作り直すこと |
# | 的中率(カバレッジ) | 過去の予測の幅に、実績が入った割合 |
# | 共通の変動(共通ショック) | その四半期のお客様全員を、一度に動かすもの |
# | アップリフト | 手をかけた**おかげで**、更新の確率がどれだけ上がるか |
# | リスクARR | ARR×更新されない確率。痛い所を示すが、効く所を示すわけではない |
# | リテンションコスト | CSの費用÷維持できたARR |
# | MNAR(偶然でない欠測) | 知りたいことと関係のある空欄 |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** section 0, 3 minutes; section 1, 7; section 2, 13; section 3, 9; section 4, 7; section 5, 5; section 6, 1. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** reading the range as “the forecast is bad”; taking the promised level for the truth of a quarter; believing that a list by uplift is proven because it is sorted; treating ▲ as a failure.
# - **Vary it:** `-p forecast_way=commit`, `-p range_level=0.5` (what does the verdict do?), `-p odds_ratio=1.1`, `-p care_hours=20`, `-p source.seed=8`; a world with shorter terms: `--source "synthetic:smb_heavy?accounts=2000"`.
# - **When a verdict goes the other way:** keep it. A company has a dozen quarters; ask how many seeds of the class agree.
# - **With the participants' own exports:** run `cslab readiness` the day before; nobody should meet the door for the first time in class. The talk of 120 minutes is in `sparring`.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0節3分、1節7分、2節13分、3節9分、4節7分、5節5分、6節1分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** 幅が付くと「当たらない予測」だと思う。約束した水準を、ある四半期の真の値だと思う。並べ替えただけで、アップリフトの一覧が実証されたと思う。▲を失敗だと思う。
# - **変えてみる** `-p forecast_way=commit`、`-p range_level=0.5`(判定はどう変わりますか)、`-p odds_ratio=1.1`、`-p care_hours=20`、`-p source.seed=8`。契約期間の短い世界は `--source "synthetic:smb_heavy?accounts=2000"`。
# - **判定が逆に出たとき** 消さずに使います。1社の四半期は十数回分しかありません。クラスの seed のうち、いくつで同じ結果になったかを数えてください。
# - **受講者の自社データを使うとき** 前日までに `cslab readiness` を実行してもらいます。入口でのつまずきを、授業中に初めて経験させないためです。120分の壁打ちは `sparring` にあります。
