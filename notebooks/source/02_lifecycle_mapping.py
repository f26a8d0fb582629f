# %% [raw]
# number: "02"
# title_en: Lifecycle mapping
# title_ja: カスタマーライフサイクルを描く
# question_en: "At which stage are most of our customers stuck, and where do a limited number of hours raise lifetime value most?"
# question_ja: お客様はどの段階で止まっているのか。限られた工数をどこに使えば、LTVがいちばん伸びるのか。
# minutes_core: 45
# minutes_further: 50
# needs: [accounts]
# misconceptions: [M06, M07]

# %% [markdown] lang="en" tags=["core"]
# # Lifecycle mapping
#
# **The business question.** At which stage are most of our customers stuck, and where do a limited number of hours raise lifetime value most?
#
# **Time.** Core track 45 minutes (30 reading, 15 hands-on) · further track 50 minutes (36 and 14). (Exercise sheet: 50 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Lesson 01 | helpful | MRR, LTV, “divided by what?” |
# | Shares and medians | necessary | nothing harder in the core track |
# | Your own phases | helpful | their names, and what ends each of them |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **write** rules that put every customer into one phase on any day, by what had happened until then;
# 2. **tell** a full phase from a stuck one, and a stuck one from one worth your hours;
# 3. **read** a flow of customers and MRR between phases, and **say** who is missing from it;
# 4. **defend** one phase for a limited number of hours, with its interval and its assumptions.

# %% [markdown] lang="ja" tags=["core"]
# # カスタマーライフサイクルを描く
#
# **この章の問い** お客様はどの段階で止まっているのか。限られた工数をどこに使えば、LTVがいちばん伸びるのか。
#
# **時間** 必修45分(読む30分・手を動かす15分)/発展50分(読む36分・手を動かす14分)。演習ノートブックは別に50分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 第01章 | あると役立つ | MRR・LTV、「何で割ったか」 |
# | 割合と中央値 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 自社のフェーズ定義 | あると役立つ | 呼び名と、何をもって次へ進むか |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. どの日についても、その日までに起きたことだけで、お客様を一つのフェーズに置くルールを**書ける**
# 2. 「人数が多い」「止まっている」「手をかける価値がある」を**区別できる**
# 3. フェーズ間のお客様とMRRの流れを**読み**、図に出てこないのは誰かを**言える**
# 4. 限られた工数を使うフェーズを一つ選び、幅と前提を添えて**説明できる**

# %% [markdown] lang="en"
# ## 0. Thursday, the planning meeting
#
# For the coming year there are some hours of CSM time that nobody has claimed yet (`budget_h`). The head of sales draws arrows on the whiteboard, from evaluation to renewal, and sorts the customers under them by months since signing. “Onboarding takes three months. Whoever is older is up and running, and that is nearly everybody. So that is where the hours go.” You have until Monday to agree, or to know better.

# %% [markdown] lang="ja"
# ## 0. 木曜日、計画会議
#
# 来年度のCSMの工数に、まだ使い道の決まっていない時間があります(`budget_h`)。営業部長がホワイトボードに「検討」から「更新」まで矢羽根を描き、契約からの月数でお客様を並べていきました。「オンボーディングは3か月。それより古いお客様はもう立ち上がっている。うちはほとんどがそこだ。だから工数もそこに使おう」。月曜までに、うなずくか、もっとよい答えを持っていくか。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Let everybody draw the phases of their own company and write under each what *ends* it. Collect the endings in two columns without naming them: things we do or that the calendar does (training held, 90 days over), and things the customer does. The left column is always longer. Leave it on the board; section 1 gives the columns their names.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** 自社のフェーズを描いてもらい、それぞれの下に「何をもって終わりとするか」を書いてもらいます。出てきたものを、名前を付けずに二列に分けて板書します。左は、こちらの作業や暦で終わるもの(研修の実施、90日経過)。右は、お客様の行動で終わるもの。たいてい左が長くなります。消さずに残し、1節で列に名前を付けます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
phase_rules: str = "default"  # rules of the phases, default, sansan, totango or the path of a .yaml of your own
# ja: フェーズのルール。default・sansan・totango、または自社の .yaml のパス
calendar_months: int = 3  # after so many months the calendar calls onboarding done
# ja: 暦で数えるとき、何か月でオンボーディング完了と見なすか
look_back_months: int = 12  # how far back the flow between phases begins
# ja: フェーズ間の流れを何か月前から見るか
budget_h: int = 500  # hours of CSM time a year that can be placed
# ja: 使い道を決められるCSMの時間(年間)
effect: float = 0.20  # share of departures that such help prevents
# ja: 手を貸すと防げる解約の割合(仮定)
horizon_months: int = 36  # months over which a customer's value is counted
# ja: 1社の価値を何か月分で数えるか
gross_margin: float = 0.80  # share of revenue left after the cost of serving it
# ja: 粗利率(売上から提供原価を引いて残る割合)
discount: float = 0.10  # what a year's waiting costs, as a share
# ja: 1年あたりの割引率(0.10は10%)
other_rules: str = "sansan"  # second set of rules, of section 12, named as the first
# ja: 12節で比べる、もう一つのルール(phase_rules と同じ書き方)

# %%
import pandas as pd

from cslab import figures
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import begin, call, say, verdict
from cslab.course.table import table
from cslab.measure import lifecycle, multistate, pipeline
from cslab.measure.lifecycle import focus

book = begin("02", source, as_of, lang, reveal_truth)

# %% [markdown] lang="en"
# ## 1. A phase begins and ends with something that happened
#
# Phases, and leaving, by rules in a file of plain text, which also says in which one you are if several fit (the order stands below the table). What to see: which phase ends with a result of the *customer's* own, rather than with an act of ours or a page of the calendar? The last column says what your tables lack.

# %% [markdown] lang="ja"
# ## 1. フェーズは、起きたことで始まり、起きたことで終わる
#
# フェーズと解約の一覧です。ルールは一つのテキストファイルに書いてあり、複数の行に当てはまるお客様をどこに置くかの順番も、そこで決めています(順番は表の下)。見るところ:こちらの作業でも暦でもなく、**お客様自身の成果**で終わるのはどのフェーズですか。右端は、手元のデータに足りない列です。

# %%
rules = lifecycle.rules(phase_rules)
known = rules.only(book)
call(known.called(lang))
declared = lifecycle.overview(book, rules, lang).set_index("phase")
table(declared[["since", "until", "owner", "target_days", "lacking"]])
order = map(rules.label, rules.precedence, [lang] * len(rules.precedence))
say("phase_precedence", " → ".join(order))

# %% [markdown] lang="en"
# One row of the working table is one *stay*: a customer, a phase, a day it began and a day it ended. Empty means that it has not ended. Here is the customer with the most of them. Read the story aloud, from the top.

# %% [markdown] lang="ja"
# ここからの計算で使う表は、1行が**1回の滞在**です。どのお客様が、どのフェーズに、いつ入り、いつ出たか。空欄は「まだ出ていない」。滞在のいちばん多いお客様を1社取り出しました。上から順に、物語として読み上げてみてください。

# %%
# %%needs calendar contracts.end
stays = lifecycle.spells(book, known)
say("stays_counted", len(stays), customers=stays["account_id"].nunique(), late=stays["entered_late"].sum())
if assumed := lifecycle.assumed(book, known, lang):
    say("phases_rest_on", assumed)
longest = stays[stays["account_id"] == stays["account_id"].mode().iloc[0]]
table(longest.set_index("account_id")[["phase", "begins", "ends", "next"]])

# %% [markdown] lang="en"
# **Try it (3 minutes).** Finish the sentence for your own company: “Onboarding is over as soon as the customer ⟨verb⟩ ⟨result⟩; we see it in ⟨table, column⟩.” Your result should look like one observable event that the customer would call a success. “90 days are over” and “the training was held” are ours, not theirs. The restaurant software Toreta used: the paper reservation ledger has been thrown away (grade B).

# %% [markdown] lang="ja"
# **やってみましょう(3分)** 自社について、次の文を完成させてください。「オンボーディングが終わるのは、お客様が⟨成果⟩を⟨動詞⟩したとき。それは⟨どの表のどの列⟩で分かる」。お客様自身が「うまくいった」と言いそうな出来事が一つ、データで確かめられる形になっていれば合格です。「90日経過」「研修の実施」は、お客様ではなくこちらの都合です。飲食店向け予約台帳のトレタは「紙の予約台帳を捨てた」を完了としていました(等級B)。

# %% [markdown] lang="en"
# ## 2. By the calendar, or by the result?
#
# The head of sales counts months. By the calendar every customer is past onboarding once `calendar_months` are over, by definition. **But can we trust this?** The rule asks for something else: has the customer had a first result of its own? Of all customers that we saw signing, so long ago or earlier, which share was past onboarding by then? Those who had left by then are not. (The truth is what can be expected of these same customers, counted in the same way, with all luck averaged out.)
#
# **Guess first.** Put your per cent in place of the dots.

# %% [markdown] lang="ja"
# ## 2. 暦で数えるか、成果で数えるか
#
# 営業部長は月数で数えています。暦のうえでは、`calendar_months` か月たてば全員がオンボーディング完了です。そう決めたのですから、必ずそうなります。**この数字を信じてよいでしょうか。** ルールが問うのは別のこと、「お客様自身の最初の成果が出たか」です。契約時から見ているお客様のうち、その時点で完了していたのは何%でしょうか(それまでに離れたお客様は、完了に数えません。「真の値」は、同じお客様を同じ数え方で数え、運のぶれをならした期待値です)。
#
# **先に予想を** `...` を自分の予想(%)に書き換えてください。

# %%
predict("M06", ...)

# %%
# %%needs calendar contracts.end onboarding.started onboarding.done onboarding.milestone accounts.signed_on
by_calendar = lifecycle.past_onboarding_by_calendar(book, calendar_months)
by_result = lifecycle.past_onboarding(book, calendar_months)
verdict("M06", naive=by_calendar, better=by_result, truth=lifecycle.true_past_onboarding(book, calendar_months))

# %% [markdown] lang="en"
# Now the whole story instead of one month: of those who entered a phase, which share is still in it after so many days? What to see: where does a curve stop falling? Whoever is left on that shelf is not slow. Nothing moves there, and no average “time to onboard” will ever contain them: they never finish. (The table reads the curves off after 30, 90, 180 and 360 days.)

# %% [markdown] lang="ja"
# 一時点ではなく、全体を見ましょう。フェーズに入ったお客様のうち、何日たってもまだそこにいるのは何割か。見るところ:曲線が下がらなくなるのはどこですか。その棚に残ったお客様は「遅い」のではありません。止まっているのです。しかも「オンボーディング日数の平均」には、いつまでたっても入ってきません。終わらないのですから(下の表は、30・90・180・360日後の曲線の高さです)。

# %%
# %%needs calendar contracts.end
lasting = lifecycle.time_in_phase(book, known)
figures.lifecycle.time_in_phase(lasting, lang=lang)

# %%
# %%needs calendar contracts.end
after = lasting[lasting["time"].isin([30, 90, 180, 360])]
table(after.pivot(index="phase", columns="time", values="estimate").rename(columns=str).rename_axis(columns=None))

# %% [markdown] lang="en"
# ### Open the box
#
# The number of the verdict in plain pandas: who was seen signing long enough ago, whose first result came in time, who had left before. The two rows agree. If the code means nothing to you yet, read the table only.

# %% [markdown] lang="ja"
# ### 箱を開けてみる
#
# 上の判定の数字を、素の pandas で書いたものです。十分前に契約したのは誰か、期限までに最初の成果が出たのは誰か、その前に離れたのは誰か。二つの行は一致します。コードがまだ読めなくても、表だけ見れば大丈夫です。

# %% tags=["box"]
# %%needs calendar contracts.end onboarding.started onboarding.done onboarding.milestone accounts.signed_on churn_events.effective_on
accounts = book.accounts.set_index("account_id")
seen = accounts.drop(stays.loc[stays["entered_late"], "account_id"])
by_then = seen["signed_on"] + pd.DateOffset(months=calendar_months)
by_then = by_then[by_then <= book.as_of]
results = book.onboarding[book.onboarding["milestone"] == "first_value"]
in_time = results.groupby("account_id")["done"].min().reindex(by_then.index) <= by_then
left = book.churn_events.groupby("account_id")["effective_on"].min()
gone = left.reindex(by_then.index) <= by_then
rates = {"by_hand": [(in_time & ~gone).mean()], "cslab": [by_result.estimate]}
both = pd.DataFrame(rates, index=["past_onboarding"])
table(both.rename_axis("metric"), digits=4)

# %% [markdown] lang="en"
# ## 3. What was known on the day
#
# “And how was it a year ago?” The quick way looks up where today's customers stood. **But can we trust this?** Whoever has left since is not in the list, and mostly they were the stuck ones. A phase is told from the tables *as they were known on that day*, and everybody counts who was a customer then.

# %% [markdown] lang="ja"
# ## 3. その日に分かっていたこと
#
# 「では、1年前はどうだったのか」。手早いのは、いまのお客様が1年前どこにいたかを調べる方法です。**これでよいでしょうか。** その後に離れたお客様は、もう一覧にいません。そして離れたのは、止まっていたお客様に偏っています。フェーズは、**その日に分かっていたことだけ**で決めます。そして、その日にお客様だった全員を数えます。

# %%
# %%needs calendar contracts.end
then = book.as_of - pd.DateOffset(months=look_back_months)
before, today = lifecycle.phase_at(book, then, known), lifecycle.phase_at(book, rules=known)
there = before[~before["phase"].isin(known.final)].set_index("account_id")["phase"]
still = there[there.index.isin(today.loc[~today["phase"].isin(known.final), "account_id"])]
shares = {"all_then": there.value_counts(normalize=True), "those_still_here": still.value_counts(normalize=True)}
say("then_and_now", len(there), still=len(still), day=f"{then:%Y-%m-%d}")
table(pd.DataFrame(shares).loc[[*known.phases]].query("all_then > 0"))

# %% [markdown] lang="en"
# Which row does the shortcut make look best? The same trap waits wherever a list is exported today and read as history. The test is simple: would the tables of that evening have given the same answer? `lifecycle.phase_at(book, day)` is built so that it must.

# %% [markdown] lang="ja"
# 近道をすると、どのフェーズが実際より軽く見えますか。今日書き出した一覧を過去の記録として読むとき、いつも同じ罠があります。確かめ方は簡単で、「その日の夜の表でも同じ答えになったか」と問うことです。`lifecycle.phase_at(book, day)` は、必ずそうなるように作ってあります。

# %% [markdown] lang="en" tags=["speaker"]
# **On sections 2 and 3 (4 minutes).** Somebody will say: “but they are paying, so what is the problem?” Ask for the renewal date of one of them. For section 3, have the room predict which bar shrinks before running the cell; most guess churned customers were spread evenly. The rule to take home: rewind the tables, never the list of customers.

# %% [markdown] lang="ja" tags=["speaker"]
# **2・3節の進め方(4分)** 「でも払ってくれているなら問題ないのでは」という声が必ず出ます。「そのお客様の更新日はいつですか」と返してください。3節は、セルを実行する前に、どの割合が小さく出るかを予想してもらいます。離れたお客様は均等に散らばっていたと考える人がほとんどです。持ち帰ってほしいのは一つだけ。巻き戻すのは顧客の一覧ではなく、表のほうです。

# %% [markdown] lang="en"
# ## 4. Where are they stuck?
#
# Three columns, and perhaps three answers. *Customers*: where do most of them stand? *Stuck*: who has been in the phase for longer than it should take (`target_days`)? *MRR*: whose money is that? A phase without a target (in the shipped rules adoption) has nobody stuck in it: it is where customers should live. Before the signing, open deals count.

# %% [markdown] lang="ja"
# ## 4. どこで止まっているか
#
# 見る列は三つ、答えも三つかもしれません。**社数**:いちばん多いのはどこか。**停滞**:目安の日数(`target_days`)を超えているのは誰か。**MRR**:それは誰の売上か。目安のないフェーズ(標準のルールではアダプション)には「停滞」もありません。お客様にいてほしい場所だからです。契約前については、進行中の商談を数えています。

# %%
# %%needs calendar contracts.end
report = lifecycle.stuck_report(book, known)
figures.lifecycle.stuck(report, lang=lang, currency=book.currency)

# %%
# %%needs calendar contracts.end
called = {"customers": "in_phase", "estimate": "stuck_share", "tickets": "a_month_tickets"}
in_numbers = report.set_index("phase").rename(columns=called)
table(in_numbers[["in_phase", "stuck", "stuck_share", "median_days", "a_month_tickets"]])

# %% [markdown] lang="en"
# **Try it (2 minutes).** Which phase would you choose by the first column, which by the share stuck, which by the enquiries that come in? Write the three names down. Then ask of each what a customer who is helped there would be worth. Your result should look like three names, and the feeling that none of these columns answers Monday's question.

# %% [markdown] lang="ja"
# **やってみましょう(2分)** 社数で選ぶならどのフェーズですか。停滞の割合なら。問い合わせの多さなら。三つの名前を書き、「そこで手を貸したお客様1社に、いくらの価値があるか」をそれぞれに問うてみてください。名前が三つと、「どの列も月曜の問いには答えていない」という実感が残れば合格です。

# %% [markdown] lang="en"
# ## 5. A year of movement
#
# A report is a photograph; this is the film. Each band is a group of customers with its MRR, from the phase it was in to the phase it came to. What to see: which band leads into churn, and is it as thick as you thought? The grey ones had no phase on the left: they have signed since, and next year's stuck are among them. And who is in *no* band at all? Whoever signed and left in between.

# %% [markdown] lang="ja"
# ## 5. 1年間の流れ
#
# 前節の表が写真なら、こちらは映画です。帯の一本が、あるフェーズから別のフェーズへ移ったお客様で、太さがMRRです。見るところ:解約へ向かう帯はどこから出ていますか。思ったより太いですか、細いですか。左側でフェーズのない灰色の帯は、この1年に契約した方々です。来年の「停滞」はここから生まれます。では、**どの帯にも出てこない**のは誰でしょう。この1年のうちに契約し、もう離れたお客様です。

# %%
# %%needs calendar contracts.end mrr
moved = lifecycle.flow(book, [then, book.as_of], known)
figures.lifecycle.flow(moved, lang=lang, currency=book.currency)

# %%
# %%needs calendar contracts.end mrr
bands = moved.sort_values("mrr_amount", ascending=False).rename(columns={"customers": "companies"})
table(bands.set_index(["from", "to"])[["companies", "mrr_amount"]].rename_axis(["phase", "next"]), digits=0)

# %% [markdown] lang="en"
# ## 6. Where do the hours go?
#
# Suppose that help in a phase prevents a share of its departures (`effect`). What does one hour bring, phase by phase? From all movements on record we build a chain: from each phase, the chance of each other phase a month later, for each segment. Take away a share of the exits, let it run for `horizon_months`, compare the margin, and divide by the hours of a case (`hours_per_case` of the rules; where yours do not name them all, the default rules stand in for them here, and a sentence says so).

# %% [markdown] lang="ja"
# ## 6. 工数をどこに使うか
#
# あるフェーズで手を貸せば、そこから離れるお客様が何割か減るとします(`effect`)。では、1時間でどれだけLTVが増えるのか、フェーズごとに比べます。使うのは「連鎖」です。あるフェーズにいるお客様が、1か月後にどのフェーズにいるか、その確率をセグメント別に記録から求めます。離れる確率を `effect` の分だけ下げて `horizon_months` か月ぶん動かし、粗利がどれだけ増えるかを見て、1件あたりの工数で割ります(工数はルールの `hours_per_case` です。自社のルールに書いていないフェーズがあれば、ここだけ標準のルールで計算し、その旨を表示します)。

# %%
# %%needs calendar contracts.end mrr
from cslab.words import label, money

terms = {"effect": effect, "horizon": horizon_months, "gross_margin": gross_margin, "discount": discount}
priced = known if known.priced else lifecycle.rules().only(book)
if priced is not known:
    say("hours_by_default_rules", rules.name, phases=", ".join(priced.called(lang).values()))
plan = focus.table(book, budget_h, priced, **terms)

# %%
# %%needs calendar contracts.end mrr csm.cost_amount csm.capacity_h
say("what_an_hour_costs", plan.attrs["hour_amount"], currency=label(book.currency, lang))

# %% [markdown] lang="en"
# **Guess first:** by how much does one hour in the *best* phase raise lifetime value? Put your amount in place of the dots.

# %% [markdown] lang="ja"
# **先に予想を** **いちばん効く**フェーズで1時間使うと、LTVはいくら増えるでしょうか。`...` を金額に書き換えてください。

# %%
predict("M07", ...)

# %%
# %%needs calendar contracts.end mrr
figures.focus.gain_per_hour(plan, lang=lang, currency=book.currency)

# %%
# %%needs calendar contracts.end mrr
most, best = plan.loc[plan["customers"].idxmax()], plan.loc[plan["per_hour"].idxmax()]
gains = ["per_hour", "per_hour_low", "per_hour_high", "truth_per_hour"]
shown = plan.set_index("phase")[["customers", *gains]].rename(columns={"customers": "in_phase"})
table(shown.dropna(axis="columns", how="all").round(0), digits=0)

# %%
# %%needs calendar contracts.end mrr
from cslab.measure.estimate import Estimate

numbers = ["per_hour", "per_hour_low", "per_hour_high", "n", "method"]
crowd, chosen = Estimate(*most[numbers]), Estimate(*best[numbers])
if told := bool(plan["truth_per_hour"].notna().any()):
    crowd, chosen = most["truth_per_hour"], best["truth_per_hour"]
verdict("M07", naive=crowd, better=chosen, truth=plan["truth_per_hour"].max() if told else None)

# %% [markdown] lang="en"
# The first number is what an hour brings if you put it where most customers are; the second, if you follow the chain. Where the truth is known, both are what the hour *truly* brings there, and the third is the most it could have brought anywhere. So the three compare choices, not estimates; how sure the chain is, the table above says. The truth comes from paired worlds: the same customers and the same luck, once with the help and once without. Only what differs between the two is the help.

# %% [markdown] lang="ja"
# 一つ目は「お客様がいちばん多いフェーズ」を選んだとき、二つ目は連鎖の言うとおりに選んだときの、1時間の効果です。真の値が分かる会社では、どちらも選んだフェーズでの**本当の**効果で、三つ目はいちばん良い選び方をしたときの値です。つまり、比べているのは推定の精度ではなく選択の良し悪しです(連鎖の推定と幅は上の表にあります)。真の値は、対にした二つの世界から求めました。同じお客様、同じ運で、手を貸した場合と貸さなかった場合。違うのはそこだけです。

# %% [markdown] lang="en"
# **And before anybody cheers.** Three questions to ask of such a ranking. Do the intervals of the first two overlap? Then it says “one of these two”. Does the best hour earn more than it costs? And is `effect` the same everywhere? It is assumed, not measured: keeping such a share of those in renewal and the same share of those who never got going are two different jobs.

# %% [markdown] lang="ja"
# **喜ぶ前に、三つ確かめます。** 上位二つの区間は重なっていませんか。重なっていれば「この二つのどちらか」までしか言えません。いちばん効く1時間は、その費用より多くを生んでいますか。そして `effect` は、本当にどのフェーズでも同じでしょうか。これは測った値ではなく仮定です。更新を迷うお客様と、立ち上がれなかったお客様とを、同じ割合だけ引き止めるのは、まったく別の二つの仕事です。

# %%
# %%needs calendar contracts.end mrr csm.cost_amount csm.capacity_h
pays = best["per_hour"] / plan.attrs["hour_amount"]
said = {"currency": label(book.currency, lang), "phase": priced.label(best["phase"], lang)}
say("hour_pays", pays, gain=best["per_hour"], effect=effect, needed=effect / pays, **said)

# %% [markdown] lang="en"
# **Try it (3 minutes).** Set `effect` to what your team has really achieved once, in one phase, against a comparison, and run the lesson again. If nobody in the room can name such a number, that is the most valuable finding of this lesson. Your result should look like one number with its source, or the plan of a small trial.

# %% [markdown] lang="ja"
# **やってみましょう(3分)** `effect` を、自社が「比べる相手を置いて」実際に確かめたことのある値に変え、全体を実行し直してください。そういう数字を誰も挙げられなければ、それこそがこの章でいちばん大事な発見です。出典付きの数字が一つ、または小さな試行の計画が一つ書ければ合格です。

# %% [markdown] lang="en" tags=["speaker"]
# **On section 6 (6 minutes).** Before the figure, vote by hands: adoption, onboarding or renewal. Keep the tally. After it, ask the losers what they had in mind; “that is where the pain is” and “that is where the people are” are the usual answers, and both are columns of section 4. If somebody asks why evaluation is not in the ranking: what it gains are deals won, and at an equal effect that beats everything; saving such a share of lost deals is not one CSM's meeting. Do not let the room skip the question about costs.

# %% [markdown] lang="ja" tags=["speaker"]
# **6節の進め方(6分)** 図の前に、アダプション・オンボーディング・更新のどれに使うか挙手で投票し、票数を残しておきます。図のあとで、外れた側に理由を聞いてください。「そこがいちばん困っているから」「そこにいちばん人がいるから」が定番で、どちらも4節の列です。「検討・評価が順位に入っていないのはなぜか」と聞かれたら、そこで増えるのは受注そのものなので、同じ `effect` なら必ず圧勝する、失注のそれだけの割合をCSMの打ち合わせ1回で覆せるはずがない、と答えます。費用の問いは飛ばさせないでください。

# %% [markdown] lang="en"
# ## 7. Monday: one phase, one sentence
#
# One more look before you write. A line rises as long as there are cases left to help, and is flat where every case of the year has been reached. What to see: how far from flat is your budget, and would the *last* of your hours still bring as much as the first?

# %% [markdown] lang="ja"
# ## 7. 月曜日、フェーズを一つ、一文で
#
# 書く前に、もう一つ。線は、手を貸せるお客様が残っているあいだは上がり、1年分の全件に手が回ったところで水平になります。見るところ:予算は、水平になる所からどれだけ手前ですか。**最後の**1時間も、最初の1時間と同じだけの効果がありますか。

# %%
# %%needs calendar contracts.end mrr
figures.focus.budget(plan, lang=lang, currency=book.currency)

# %%
# %%needs calendar contracts.end mrr
under_budget = plan.set_index("phase")[["needed_hours", "covered", "gain_amount", "gain_low", "gain_high"]]
reached = under_budget.round(0).assign(covered=under_budget["covered"]).rename(columns={"covered": "reached"})
table(reached, digits=2)

# %% [markdown] lang="en"
# Now the sentence. It holds what a decision needs: which phase, why not the crowded one, how sure, under which assumption, what the hours cost beside what they bring, and what would change our mind. If the hours do not pay at the effect assumed, it says “try first”; if the interval reaches down to nothing, “we cannot tell yet”. Read it aloud, put your own *customer group* and *date* into it, and you have the first draft of homework 1.

# %% [markdown] lang="ja"
# では、一文にします。決めるのに要るものを全部入れます。どのフェーズか、なぜ人数の多いほうではないのか、どれくらい確かか、前提は何か、効果に対して費用はいくらか、何が分かれば考えを変えるか。仮定した効果では費用に見合わなければ「まず試す」、区間が0以下にかかっていれば「まだ言えない」という文になります。声に出して読み、自社の**顧客群**と**期日**を入れれば、宿題1の下書きになります。

# %%
# %%needs calendar contracts.end mrr
choice = focus.decide(plan)
between = {"low": money(choice.gain_low, book.currency, lang), "high": money(choice.gain_high, book.currency, lang)}
names = {"crowded": priced.label(choice.crowded, lang), "second": priced.label(choice.second, lang)}
named = {"phase": priced.label(choice.best, lang), "cost": money(choice.cost_amount, book.currency, lang)}
assumed = {"effect": effect, "months": horizon_months, "needed": choice.break_even}
say(f"focus_sentence.{choice.kind}", budget_h, **named, **names, **between, **assumed)

# %%
# %%needs calendar contracts.end mrr
crowd = focus.regret(plan, choice.crowded, truth=False)
lost = money(crowd.amount, book.currency, lang)
say("regret_of_the_crowd", crowd.share, phase=names["crowded"], amount=lost, best=named["phase"])

# %%
# %%needs truth calendar contracts.end mrr
truly = focus.regret(plan, choice.crowded)
sides = {"gain": money(truly.gain_amount, book.currency, lang), "most": money(truly.best_amount, book.currency, lang)}
lost = {"amount": money(truly.amount, book.currency, lang), "best": priced.label(truly.best, lang)}
if truly.by_truth:
    say("regret_of_the_crowd.truth", truly.share, phase=names["crowded"], **sides, **lost)

# %%
calibration()

# %% [markdown] lang="en"
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: customers month by month, what one is worth in each phase, why chain and truth part, the deals before the signing, other companies' phases, and what adoption is for. The exercise sheet is a notebook of its own: `cslab open 02 --exercise`.*

# %% [markdown] lang="ja"
# *必修はここまでです。章末の要点とアクションログへ進んでください。時間があれば発展へ。月ごとのお客様の居場所、フェーズごとの1社の価値、連鎖と真の値が食い違う理由、契約前の商談、他社のフェーズ定義、アダプションの先にある活用と紹介を扱います。演習は `cslab open 02 --exercise` で開きます。*

# %% [markdown] lang="en" tags=["further"]
# ## 8. The same customers, month by month
#
# Now count from each customer's signing. Some are still on the way, some go back and forth. Aalen and Johansen's estimator takes all of that: each day it moves the share that moved, of those who were there. We keep to customers seen from their signing; of the others nobody knows how long they have been in their phase.

# %% [markdown] lang="ja" tags=["further"]
# ## 8. 契約からの月数で見る
#
# 4・5節は暦で数えました。ここでは、お客様ごとに契約からの月数で数えます。まだ途中のお客様も、途中から記録に入るお客様も、前のフェーズへ戻るお客様もいます。アーレンとヨハンセンの方法は、それをそのまま扱います。移った日ごとに、「その場にいた人のうち、移った割合」だけを動かしていくのです。契約時から見ているお客様だけを使います。途中から入った方は、いまのフェーズにいつからいるのか分からないからです。

# %%
# %%needs calendar contracts.end onboarding.done onboarding.milestone accounts.signed_on
seen_signing = stays[~stays["account_id"].isin(stays.loc[stays["entered_late"], "account_id"])]
by_month = lifecycle.in_months(seen_signing)
begun = by_month[by_month["start"] == 0]["from"].value_counts(normalize=True).to_dict()
watched = min(horizon_months, int(by_month["stop"].max()))
chances = multistate.transition_probabilities(by_month, pd.RangeIndex(2 * watched + 1) / 2, states=[*known.phases])
where = chances.occupation(begun)
where.attrs = stays.attrs
figures.multistate.occupation(where, lang=lang)

# %%
# %%needs calendar contracts.end onboarding.done onboarding.milestone accounts.signed_on
at = where[where["time"].isin([3, 6, 12, 24, 36]) & (where["estimate"] > 0)].rename(columns={"state": "phase"})
by_phase = at.pivot(index="phase", columns="time", values="estimate").reindex([*known.phases]).dropna(how="all")
table(by_phase.rename(columns="{:.0f}".format).rename_axis(columns=None))
there_for = multistate.expected_time(by_month, watched, states=[*known.phases]).frame().set_index("from")
there_for = there_for.loc[max(begun, key=begun.get)].query("estimate > 0").rename(columns={"estimate": "months_there"})
table(there_for.set_index("to").rename_axis("phase")[["months_there", "low", "high"]], digits=1)

# %% [markdown] lang="en" tags=["further"]
# The teeth are renewals coming near. The shelf at the bottom is section 2 again: customers who sign and never begin. The first table reads the picture off, the second adds it up: so many months in each phase, with limits. (Its row for churn is time *after* leaving.) A plan for CSM hours begins here: hours go to customers who are there, not to those who were signed.

# %% [markdown] lang="ja" tags=["further"]
# ぎざぎざの歯は、更新が近づいたお客様です。下に残る棚は2節で見たもの、契約したまま始まらないお客様です。一つ目の表は、何か月後かの図の高さです。二つ目は、それを足し上げて、平均して何か月をどのフェーズで過ごすかを表します(「解約」の行は、離れた**あと**の月数)。CSMの工数計画は、この表から始めます。工数を使うのは「契約した社数」ではなく「いまそこにいる社数」だからです。

# %% [markdown] lang="en" tags=["further"]
# ## 9. What a customer in each phase is worth
#
# Roll the months into a chain: from each phase, the share in each other phase a month later. Then the value of a customer in a phase has a closed form, and so has the question behind every plan: *which move matters?* The second table: by how much does the value of a new customer change when one chance rises by a point and staying falls by one?

# %% [markdown] lang="ja" tags=["further"]
# ## 9. フェーズごとの、お客様1社の価値
#
# 月ごとの動きを連鎖にまとめます。あるフェーズから、1か月後にそれぞれのフェーズへ移る割合です。すると、いまそのフェーズにいるお客様の価値が式で求まります。計画の裏にいつもある問い、「どの動きを変えれば効くのか」にも式で答えられます。二つ目の表は、ある移動の確率が1ポイント上がり、とどまる確率が1ポイント下がったとき、契約直後のお客様の価値がいくら変わるかです。

# %%
# %%needs calendar contracts.end mrr
paid = lifecycle.panel(book, known)
counts = lifecycle.moves(paid)
chain = multistate.chain_of(counts[~counts["from"].isin(known.final)], known.final)
margin = paid.groupby("phase", observed=True)["mrr_amount"].mean()[[*chain.states]] * gross_margin
worth = chain.value(margin, discount, horizon_months).set_index("state").rename_axis("phase").round(-3)
table(worth[["estimate", "low", "high"]].rename(columns={"estimate": "worth_amount"}), digits=0)

# %%
# %%needs calendar contracts.end mrr
slopes = chain.sensitivity(margin, discount, horizon_months).set_index(["state", "from", "to"])
a_point = slopes.loc[chain.states[0], ["estimate", "low", "high"]] / 100
seen_moves = a_point[a_point.index.isin(counts.set_index(["from", "to"]).index)]
largest = seen_moves.sort_values("estimate", key=abs, ascending=False).head(6).rename_axis(["phase", "next"])
table(largest.rename(columns={"estimate": "a_point_amount"}).round(-2), digits=0)

# %% [markdown] lang="en" tags=["further"]
# The formula is Caswell's (2019, grade A), and is checked here against moving each chance by a millionth. **But can we trust it?** The chain knows where a customer is, and nothing else: not how long it has been there, not who it is. It takes every customer in a phase for the average one. Those who leave are not average. Nor does it keep the month of the year in mind: where terms are annual, a departure falls due once a year, and the chain spreads it over all months, which can take from one phase and give to another (how much, the shares below the tables of section 10 say for this company).

# %% [markdown] lang="ja" tags=["further"]
# 式は Caswell(2019年、等級A)のもので、確率を百万分の一だけ動かした計算と照らして確かめてあります。**では、信じてよいでしょうか。** 連鎖が知っているのは「お客様がいまどこにいるか」だけです。いつからいるのか、どんなお客様なのかは知りません。同じフェーズのお客様を、みな平均的なお客様として扱います。ところが、離れていくお客様は平均的ではありません。月も覚えていません。年契約なら解約できるのは年に一度ですが、連鎖はそれを毎月に均してしまうので、あるフェーズの効果が小さめに、別のフェーズの効果が大きめに出ることがあります(この会社でどれくらい傾くかは、10節の表の下に、真の値に対する割合として出ます)。

# %% [markdown] lang="en" tags=["further"]
# ## 10. Why chain and truth part
#
# Help changes who is there. Whoever is kept would have left: smaller, weaker, at risk again next month. A chain that does not know this prices each rescue as an average customer. What to see: the MRR of all in a phase beside that of those about to leave; then the same gain by one chain for all (`pooled`), by one for each segment, by one that also remembers who is stuck, and in paired worlds.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. 連鎖と真の値は、なぜ食い違うのか
#
# 手を貸すと、そこにいる顔ぶれが変わります。引き止めたのは、放っておけば離れていたお客様です。規模が小さく、結びつきも弱く、翌月もまた離れかねない。それを知らない連鎖は、1社を救うたびに「平均的なお客様1社分」の値札を付けてしまいます。見るところ:フェーズ全体のMRRと、離れる直前のお客様のMRR。続いて、同じ効果を、全員で一つの連鎖(`pooled`)、セグメント別の連鎖、止まっている人を覚えている連鎖、対にした世界で見比べます。

# %%
# %%needs calendar contracts.end mrr onboarding.done onboarding.milestone
who = focus.entrants(book, effect, priced, horizon_months, gross_margin, discount).set_index("phase")
table(who[["mrr_amount", "leaver_amount"]].rename(columns={"mrr_amount": "mean_amount"}).round(-3), digits=0)
sides_by_side = who[["pooled", "by_segment", "remembered", "truth"]].dropna(axis="columns", how="all")
table(sides_by_side.round(-2), digits=0)

# %%
# %%needs truth calendar contracts.end mrr onboarding.done onboarding.milestone
said_of_truth = who["remembered"] / who["truth"]
both = {"renewal": priced.label("renewal", lang), "adoption": priced.label("adoption", lang)}
if said_of_truth.notna().any():
    say("chain_leans", said_of_truth["renewal"], adoption_share=said_of_truth["adoption"], **both)

# %% [markdown] lang="en" tags=["further"]
# **Try it (4 minutes).** Which phase would the pooled chain have chosen, and which of your own reports values a saved customer at the average contract? Your result should look like the name of a report and the correction: count what *leavers* pay. In lesson 11 those who react to help are told from those who leave or stay whatever we do.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(4分)** 全員で一つの連鎖なら、どのフェーズを選んでいましたか。自社の資料で、引き止めたお客様1社を「平均契約額」で計算しているものはどれですか。資料の名前と、「離れる直前のお客様の額で数える」という直し方が書ければ合格です。手を貸すと変わるお客様と、何をしても変わらないお客様の見分け方は、第11章で扱います。

# %% [markdown] lang="en" tags=["further"]
# ## 11. Before they sign
#
# The first phase belongs to marketing and sales, and its data lie in the CRM: a deal is engaged, then won or lost. “Our win rate is 60 %” divides the won by those that have *ended*. **But can we trust this?** Open deals are left out, and quick endings are over-represented. Won and lost compete; the code of section 8 follows both.

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 契約の前
#
# 最初のフェーズはマーケティングと営業の持ち場で、データはCRMにあります。商談が始まり、受注か失注で終わる。「うちの受注率は6割です」は、受注を**終わった商談**で割った数字です。**信じてよいでしょうか。** 進行中の商談は抜けていて、手元にある結末は早く決まったものに偏っています。受注と失注は競い合う二つの結末です。8節と同じ計算で、両方を同時に追います。

# %%
# %%needs calendar deals.engaged_on deals.closed_on deals.outcome
deals = pipeline.spells(book)
last_day = min(180, int(deals["stop"].max()))
naive_win, wins = pipeline.closed_share(book), pipeline.win_share(book, range(1, last_day + 1))
figures.pipeline.race(wins, naive_win, lang=lang)

# %%
# %%needs calendar deals.engaged_on deals.closed_on deals.outcome
ends = multistate.cumulative_incidence(deals, [30, 60, 90, last_day], "evaluation")
by_end = ends.rename(columns={"end": "outcome", "time": "days_since_meeting", "estimate": "share"})
table(by_end.set_index(["days_since_meeting", "outcome"])[["share", "low", "high"]])
at_last = ends[(ends["time"] == last_day) & (ends["end"] == "purchase")].iloc[0]
say("deals_won", naive_win["estimate"].iloc[0], at_last["estimate"], at_last["low"], at_last["high"], days=last_day)
table(pipeline.left_out(book).set_index("reason").rename(columns={"count": "deals"}))

# %% [markdown] lang="en" tags=["further"]
# Where nearly all deals have ended, the two rates agree; the more are open, the further they part. A CRM alone ends here, and section 1 says why: no contracts, so no renewal and no churn; no onboarding, so nobody can be stuck. What to ask for next: contracts with start, end and decision; one dated result of the customer; the day somebody left.

# %% [markdown] lang="ja" tags=["further"]
# ほとんどの商談が終わっていれば、二つの受注率は一致します。進行中の商談が多いほど離れていきます。若いパイプラインで同じセルを動かしてみてください。手元にあるのがCRMだけなら、ここまでです。理由は1節の表の右端にあります。契約がないので更新も解約も分からず、オンボーディングの記録がないので、誰が止まっているかも分かりません。次に手に入れたいのは、開始・終了・更新判断の日が入った契約、日付の付いた「お客様の最初の成果」、そして解約日です。

# %% [markdown] lang="en" tags=["further"]
# ## 12. Other names for the same road
#
# Companies cut the road elsewhere. Sansan is said to cut it by renewals (interviews, grade B); Totango's users speak of onboarding, adoption and nurture. Both stand beside our rules as files (`other_rules`), and a log that already holds phases can be read under any of their names. What to see: which of these endings are dates, and which results?

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 同じ道の、別の呼び名
#
# 区切り方は会社によって違います。Sansan は更新の回数で区切り(取材記事、等級B)、Totango の利用企業は Onboarding・Adoption・Nurture と呼びます。どちらもルールのファイルとして入っています(`other_rules`)。すでにフェーズが入った記録があれば、どの呼び名のままでも読み込めます。見るところ:終わりが日付で決まるのはどれで、成果で決まるのはどれですか。

# %%
other = lifecycle.rules(other_rules)
table(lifecycle.overview(book, other, lang).set_index("phase")[["since", "until", "owner", "lacking"]])

# %%
log = pd.DataFrame({"account_id": ["A", "A", "B"], "phase": ["導入期", "運用期", "導入"]})
log["begins"] = pd.to_datetime(["2024-04-01", "2024-10-01", "2024-06-15"])
read = lifecycle.spells_of_log(log, "2024-12-31", lifecycle.rules("sansan"))
table(read.set_index("account_id")[["phase", "begins", "ends"]])

# %%
# %%needs calendar contracts.end
there_too = lifecycle.phase_at(book, rules=other.only(book)).set_index("account_id")["phase"]
here = today[~today["phase"].isin(known.final)].set_index("account_id")["phase"]
both_ways = pd.DataFrame({"phase": here, "next": there_too.reindex(here.index).map(other.called(lang))}).value_counts()
table(both_ways.rename("companies").reset_index().rename(columns={"next": "by_other_rules"}).set_index("phase"))

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Find the customers whom the two sets of rules place differently, and name one decision for which that would matter: who calls whom, and when. Your result should look like one cell of the table and one sentence. If no decision depends on it, the names do not matter either.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** 二つのルールで置き場所が違うお客様を探し、それによって変わる判断を一つ挙げてください。誰が、誰に、いつ連絡するか。表のマスが一つと、文が一つ書ければ合格です。変わる判断がなければ、呼び名の違いも気にしなくてかまいません。

# %% [markdown] lang="en" tags=["further"]
# ## 13. What adoption is for
#
# Adoption has no target days, so it needs another sign that it is doing its work: customers find their way to **heavy use** (half of the seats active in a week), and some of them recommend us. Count from the signing, with those who leave on the way. What to see, from column to column of months: does each segment arrive, and where does its share stop rising?

# %% [markdown] lang="ja" tags=["further"]
# ## 13. アダプションは、何のためにあるか
#
# アダプションには目安の日数がありません。では、うまくいっているかどうかは何で分かるのでしょうか。一つは、お客様が**よく使う状態**(週に席の半分以上が動いている)に着くこと。もう一つは、そこから紹介が生まれることです。契約の月から数え、途中で離れたお客様も分母に残します(列の数字は契約からの月数です)。見るところ:どのセグメントも着いていますか。割合が伸びなくなるのは何か月目ですか。

# %%
from cslab.measure import advocacy, heavy_use

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.end accounts.segment
by_segment = heavy_use.path_to_heavy_use(book, by="segment").query("state == 'heavy'")
heavy = by_segment.pivot(index="segment", columns="time", values="estimate")
table(heavy.rename(columns="{:.0f}".format).rename_axis(columns=None))
after_a_year = heavy_use.path_to_heavy_use(book, [12]).set_index("state")
say("heavy_after_a_year", after_a_year.loc["heavy"], left=after_a_year.loc["left"])

# %% [markdown] lang="en" tags=["further"]
# And what does it bring? Today's customers: of those who have had their first result, and of those who have not, how many have somebody who recommends us? Then the other end: the share of last year's new business that came by recommendation.

# %% [markdown] lang="ja" tags=["further"]
# では、そこから何が生まれるのでしょうか。いまのお客様を、最初の成果が出た方とまだの方に分け、社内に当社を薦めてくれる人がいる割合を比べます。続いて反対側から、直近1年の新規のうち、紹介で来た割合です。

# %%
# %%needs calendar contracts.end contacts.advocate_on onboarding.done onboarding.milestone
recommend = advocacy.advocates(book).set_index("first_value")
table(recommend[["estimate", "low", "high", "n"]])

# %%
# %%needs calendar accounts.signed_on accounts.lead_source accounts.mrr0_amount
a_year = book.as_of - pd.DateOffset(years=1), book.as_of
by_word, by_mrr = advocacy.referred(book, *a_year), advocacy.referred(book, *a_year, of="mrr")
say("referred_last_year", by_word, mrr=by_mrr)

# %% [markdown] lang="en" tags=["further"]
# **But can we trust this?** As a count, yes. As an effect of adoption, no: whoever gets value also fits the product better, and good fit alone makes people talk. Nor does the second number say who sent them. So promise nobody that so many more first results bring so many more referrals; use both as signs that the phase does its work, beside renewals.
#
# **Try it (2 minutes).** Name the event that is heavy use with *your* product, and the month by which you would worry. Your result should look like one column, one threshold, one month.

# %% [markdown] lang="ja" tags=["further"]
# **この差を信じてよいでしょうか。** 社数としては、そのとおりです。アダプションの**効果**としては、信じてはいけません。成果が出たお客様は、もともと製品との相性も良い。相性が良ければ、それだけで人に薦めたくなります。二つ目の数字も、誰の紹介かまでは語りません。「成果が出るお客様をこれだけ増やせば、紹介がこれだけ増える」とは約束せず、更新率と並べて、このフェーズがうまく回っているかを見るしるしに使います。
#
# **やってみましょう(2分)** 自社の製品で「よく使う状態」とは何ですか。何か月目までに着かなければ心配しますか。列の名前と、しきい値と、月数が一つずつ書ければ合格です。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. The last column of section 1 says which phases your tables can tell, and `cslab readiness` says so beforehand.
#
# | You need | for | Look out for |
# |---|---|---|
# | `contracts`: start, end, term_months, decided_on, outcome | renewal, adoption | renewals typed over the old row: history is gone |
# | `churn_events`: effective_on, winback_on | churn | the day of the notice is not the day of leaving |
# | `onboarding`: milestone, done | purchase, onboarding | only those who finished are in the list |
# | `mrr_movements`, else `contracts`: mrr_amount | MRR of phases and flows | one-off fees |
# | `deals`: engaged_on, closed_on, outcome | before the signing | open deals deleted at year's end |
# | `usage_monthly`: wau_ratio · `contacts`: advocate_on | what adoption is for | who recommends us is rarely written down |
# | `csm`: cost_amount, capacity_h | what an hour costs | hours that nobody has free |
#
# Own rules: copy a file of `cslab/rules`, change marks, endings and `hours_per_case`, and name it: `-p phase_rules=path/own.yaml`. Has your CRM a column of phases already? See datasets/MAPPING.md.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どのフェーズを判定できるかは1節の表の右端に出ます。先に `cslab readiness` でも確かめられます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `contracts` の start・end・term_months・decided_on・outcome | 更新、アダプション | 更新のたびに同じ行が上書きされ、履歴が残っていない |
# | `churn_events` の effective_on・winback_on | 解約 | 解約の連絡日と、契約が終わる日は別 |
# | `onboarding` の milestone・done | 購買・成約、オンボーディング | 完了した顧客しか載っていない一覧 |
# | `mrr_movements`(なければ `contracts` の mrr_amount) | フェーズと流れのMRR | 一時費用の混入 |
# | `deals` の engaged_on・closed_on・outcome | 契約前 | 期末に整理されて消える進行中の商談 |
# | `usage_monthly` の wau_ratio、`contacts` の advocate_on | よく使う状態と紹介 | 誰が薦めてくれているかは、たいてい記録がない |
# | `csm` の cost_amount・capacity_h | 1時間の費用 | 実際には空いていない工数 |
#
# 自社のルールを使うには、`cslab/rules` のファイルを写して目印(日付)・終わり方・`hours_per_case` を書き換え、`-p phase_rules=own.yaml` のようにパスを指定します。CRMにすでにフェーズの列があるときは、datasets/MAPPING.ja.md をご覧ください。

# %% [markdown] lang="en"
# ## Key points
#
# - A phase begins and ends with something that happened, by a rule that somebody else could apply.
# - Onboarding ends with the customer's result. The calendar ends it for everybody, and for nobody.
# - Rewind the tables, not the list of customers.
# - Full, stuck and worth the hours are three different phases until shown otherwise.
# - A rescued customer is not an average one: count what leavers pay, and that they are at risk again.
# - No ranking without its interval, its assumed effect, and the price of the hour.

# %% [markdown] lang="ja"
# ## 要点
#
# - フェーズは起きたことで始まり、起きたことで終わる。ほかの人が同じ判定をできるルールで決める。
# - オンボーディングの終わりは、お客様の成果。暦で区切れば全員が終わり、誰も終わっていない。
# - 巻き戻すのは顧客の一覧ではなく、表のほう。
# - 「多い」「止まっている」「手をかける価値がある」は別々のフェーズだと思っておく。
# - 引き止めたお客様は、平均的なお客様ではない。離れるお客様の額で数え、翌月もまた離れうると見込む。
# - 順位には、幅と、仮定した効果と、1時間の費用を必ず添える。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# That help *works*: `effect` was assumed, the same in each phase. Lesson 07 leaves one alert in ten alone to learn it, and lessons 10 and 11 estimate it from touches. The hours of a case are conventions in the rules file (grade S); put your own. The chain has a month's memory, and fits an interval round its chances, not round what customers pay. Why customers get stuck is the subject of lessons 03 and 04.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# 手を貸せば**効く**ということ自体です。`effect` は仮定で、どのフェーズでも同じとしました。第07章では、アラートの1割をわざと保留して確かめます。接触の記録から推定するのは、第10・11章です。1件あたりの工数もルールファイルの約束ごと(等級S)なので、自社の値に置き換えてください。連鎖の記憶は1か月分で、区間は確率の不確かさを表し、支払額の不確かさは含みません。なぜ止まるのかは、第03・04章で見ます。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. “Time to onboard fell from 70 to 40 days on average.” Half of this year's customers have not finished yet. What do you ask?
# 2. Most of the stuck customers are in onboarding. Is that where the hours go?
# 3. Two phases bring ¥3,700 and ¥3,200 an hour, both give or take ¥1,100. What do you tell the meeting?
#
# <details><summary>Answers</summary>
#
# 1. Of whom? An average of those who finished gets shorter when the slow ones never finish. Ask for the share finished within 90 days, of all who began at least 90 days ago.
# 2. Not for that reason alone. Ask what a customer who is helped there is worth, how many hours it takes, and whether the help works on those who never began.
# 3. One of these two, and the first is a little more likely. Choose by what the ranking does not hold: where a trial can be run, where you can tell who needs help.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 「オンボーディング日数の平均が、70日から40日に短くなりました」。今年のお客様の半分は、まだ終わっていません。何を聞きますか。
# 2. 止まっているお客様は、オンボーディングにいちばん多くいます。工数もそこに使うべきですか。
# 3. 二つのフェーズの1時間の効果が3,700円と3,200円、どちらも上下に1,100円ほどの幅があります。会議では何と言いますか。
#
# <details><summary>答え</summary>
#
# 1. 「誰の平均ですか」。遅いお客様がいつまでも終わらなければ、終わった人だけの平均は短くなります。90日以上前に始めたお客様全員のうち、90日以内に終わった割合を聞きます。
# 2. それだけでは決められません。そこで手を貸したお客様にいくらの価値があるか、何時間かかるか、そもそも始まっていないお客様に効くのかを確かめます。
# 3. 「この二つのどちらか。一つ目のほうがいくらか有力」。あとは順位に出てこないこと、小さな試行ができるか、手を貸すべき相手を見分けられるかで選びます。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What will you do | Which number made you | Who | By when | Months until it shows |
# |---|---|---|---|---|
# | *for instance: replace “90 days” by the first report sent by the customer* | *section 2* | *onboarding lead* | *end of the month* | *3* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:「90日経過」をやめ、「お客様が最初のレポートを出せた」を完了とする* | *2節* | *オンボーディング責任者* | *今月末* | *3* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# Go on to **lesson 03, Journey map and hand-offs**: what happens inside a phase, seen from the customer. Then **homework 1**, the mission of your team: `cslab homework --new h1_mission`.
#
# | Word | In this course |
# |---|---|
# | Phase | where a customer stands by declared rules, on what was known on the day |
# | Stay | one customer, one phase, the day it began, the day it ended |
# | Stuck | in a phase for longer than its target days |
# | First value | the first result the customer would call its own |
# | Chain | chances of next month's phase, given this month's |
# | Paired worlds | the same customers and the same luck, with and without the help |
# | ΔLTV per hour | margin gained over the horizon, over the hours it takes |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# **第03章** 「ジャーニーマップと引き継ぎ」へ進んでください。一つのフェーズの中で起きていることを、お客様の側から見ます。そのあとが**宿題1**、自分たちのチームのミッションです(`cslab homework --new h1_mission`)。
#
# | 用語 | この教材での意味 |
# |---|---|
# | フェーズ | 宣言したルールと、その日に分かっていたことで決まる、お客様の居場所 |
# | 滞在 | 1社が一つのフェーズに、入った日から出た日まで |
# | 停滞 | フェーズの目安の日数を超えていること |
# | 最初の価値(最初の成果) | お客様が自分の成果と呼べる、最初の出来事 |
# | 連鎖 | 今月のフェーズから見た、来月のフェーズの確率 |
# | 対にした世界 | 同じお客様・同じ運で、手を貸した場合と貸さない場合 |
# | 1時間あたりのΔLTV | 期間内に増える粗利 ÷ かかる工数 |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 8 minutes; section 2, 9; section 3, 5; section 4, 6; section 5, 4; section 6, 10; section 7, 3. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** taking “stuck” for “at fault”; reading adoption as a good phase in which nobody needs help; believing that the ranking has measured the effect of help.
# - **Vary it:** `-p source.seed=8`, `-p effect=0.1`, `-p budget_h=2000`, `-p phase_rules=totango`; a CRM alone: `--source folder:…/crm` shows sections 1, 11 and 12.
# - **When another phase wins:** keep it. Onboarding and adoption change places from seed to seed, renewal seldom; the crowded phase is hardly ever the best, and the reason stands.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節で8分、2節で9分、3節で5分、4節で6分、5節で4分、6節で10分、7節で3分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** 「停滞」を「お客様か担当者の落ち度」と受け取る。アダプションは良いフェーズなので手はいらないと思う。順位表が「手を貸す効果」を測ったものだと思う。
# - **変えてみる** `-p source.seed=8`、`-p effect=0.1`、`-p budget_h=2000`、`-p phase_rules=totango`。CRMだけのデータ(`--source folder:…/crm`)なら、1・11・12節が動きます。
# - **別のフェーズが1位になったとき** 消さずに使います。オンボーディングとアダプションの順番は seed によってよく入れ替わり、更新はめったに動きません。人数の多いフェーズが最善になることはまずなく、その理由は変わりません。
