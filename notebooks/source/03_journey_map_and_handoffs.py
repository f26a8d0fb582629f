# %% [raw]
# number: "03"
# title_en: Journey map and hand-offs
# title_ja: ジャーニーマップと引き継ぎ
# question_en: "Between which of our departments does the customer lose the thread, and what would a better hand-off bring?"
# question_ja: お客様は、どの部署とどの部署の間で迷子になっているか。引き継ぎを良くすると、何がどれだけ変わるのか。
# minutes_core: 45
# minutes_further: 50
# needs: [accounts]
# misconceptions: [M08, M09]

# %% [markdown] lang="en" tags=["core"]
# # Journey map and hand-offs
#
# **The business question.** Between which of our departments does the customer lose the thread, and what would a better hand-off bring?
#
# **Time.** Core track 45 minutes (27 reading, 18 hands-on) · further track 50 minutes (33 and 17). (Exercise sheet: 45 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell; naive · better · truth |
# | Lesson 02 | helpful | the phases of the lifecycle |
# | One customer of yours who left within a year | helpful | dates, and what they said |
# | pandas | further track only | to read a table in code |
#
# **Afterwards you can**
#
# 1. **write** a step of a journey map as the customer would say it, with one owner and one piece of evidence;
# 2. **compare** the way you drew with the way customers went: skips, waits, detours;
# 3. **refuse** “so many per cent of churn comes from bad hand-offs”, and **ask** for the number that is missing;
# 4. **run** a workshop of ninety minutes from which a map comes that all have signed.

# %% [markdown] lang="ja" tags=["core"]
# # ジャーニーマップと引き継ぎ
#
# **この章の問い** お客様は、どの部署とどの部署の間で迷子になっているか。引き継ぎを良くすると、何がどれだけ変わるのか。
#
# **時間** 必修45分(読む27分・手を動かす18分)/発展50分(読む33分・手を動かす17分)。演習ノートブックは別に45分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、「よくある計算・この章の計算・真の値」の見方 |
# | 第02章 | あると役立つ | ライフサイクルのフェーズ |
# | 1年以内に離れた自社のお客様の記録 | あると役立つ | 日付と、お客様の言葉 |
# | pandas | 発展のみ | コードで表を読む程度 |
#
# **この章を終えると**
#
# 1. ジャーニーマップのステップを、お客様の言葉で、責任部署一つと証拠一つを添えて**書ける**
# 2. 描いた道と、お客様が実際に通った道を**見比べ**、飛ばし・待ち・回り道を指させる
# 3. 「解約の○割は引き継ぎのせい」に流されず、足りない数字を**聞き返せる**
# 4. 全員が署名したマップができる90分のワークショップを**進められる**

# %% [markdown] lang="en"
# ## 0. Every box was ticked
#
# A customer has left after seven months. In the review everybody is prepared. Sales: “Handed over on day nine.” Onboarding: “Kick-off held, four people came.” Customer Success: “Three follow-up mails.” All boxes are ticked. Then somebody reads the customer's last mail aloud: “We explained our goal to three of you. Nobody ever asked whether the report came out.”

# %% [markdown] lang="ja"
# ## 0. チェックは、すべて付いていた
#
# 契約から7か月で、一社が離れました。振り返りの会議では、どの部署も準備ができています。営業「9日目に引き継ぎ済みです」。導入支援「キックオフは実施済み、4名が参加されました」。CS「フォローのメールは3通」。チェックはすべて付いています。そこで誰かが、お客様の最後のメールを読み上げました。「やりたいことは、三人の方に三度お話ししました。帳票が出せたかどうかは、一度も聞かれませんでした」。

# %% [markdown] lang="en" tags=["speaker"]
# **Before the first cell (2 minutes).** Read the mail slowly and say nothing for ten seconds. Then ask: “In your company, whose box would have stayed empty?” If nobody's would, you have found the lesson. Write the name of one customer of the room on the board (not who was in charge); you come back to it in section 5.

# %% [markdown] lang="ja" tags=["speaker"]
# **最初のセルの前に(2分)** メールをゆっくり読み、10秒黙ります。それから「皆さんの会社なら、誰のチェックが空いたままになっていましたか」と聞きます。誰のチェックも空かないなら、それがこの章の出発点です。受講者のお客様を一社だけホワイトボードに書き(担当者名は書きません)、5節で戻ってきます。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
within_days: int = 180  # days since signing within which a step counts as done in section 3
# ja: 3節で、契約から何日以内の実施を「済み」とするか
journey_map: str = "journey"  # map that customers are held against, journey or the path of a .yaml of your own
# ja: 照らし合わせるマップ。journey、または自社の .yaml のパス
result_step: str = "first_value"  # step of that map at which a customer has a result of its own
# ja: マップの中で、お客様自身の成果が出るステップ
account: str = ""  # customer whose place on the map is shown, empty for the largest of those who wait too long
# ja: マップ上の位置を見る顧客。空なら、待たせすぎている中で最大の顧客
early_months: int = 12  # months since signing that count as early, in sections 6 and 12
# ja: 6節と12節で、契約から何か月までを「早期」とするか
other_source: str = ""  # second company, of sections 11 and 12, empty for this one with nobody in charge
# ja: 11節と12節の、もう一つの会社。空なら、この会社の担当者がいない場合
gross_margin: float = 0.80  # share of revenue left after the cost of serving it, in section 12
# ja: 12節の粗利率(売上から提供原価を引いて残る割合)

# %%
from dataclasses import replace

import pandas as pd

from cslab import figures
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import about, another, begin, say, verdict
from cslab.course.table import table
from cslab.measure import journey, onboarding

book = begin("03", source, as_of, lang, reveal_truth)

# %% [markdown] lang="en"
# ## 1. Two maps
#
# Both hang in many corridors. One row is one step: what is reached there, who answers for it, and which table shows it. Here is the first.

# %% [markdown] lang="ja"
# ## 1. 二枚のマップ
#
# どちらも、多くの会社の廊下に貼ってあります。1行が一つのステップです。そこで何が達成されるか、責任を持つのはどの部署か、どの表を見れば分かるか。まず一枚目です。

# %%
tasks, ours = journey.shipped("journey_vendor"), journey.chosen(journey_map)
columns = ["phase", f"goal_{lang}", "owners", "evidence"]
vendors = pd.DataFrame(tasks.steps).rename(columns={"table": "evidence"})
table(vendors[columns].assign(owners=vendors["owners"].str[0]))

# %% [markdown] lang="en"
# And the second. The phases and departments are nearly the same; the subject of the sentences is not.

# %% [markdown] lang="ja"
# 二枚目です。フェーズも部署も、ほとんど同じ。違うのは、文の主語です。

# %%
drawn = pd.DataFrame(ours.steps).rename(columns={"table": "evidence"})
table(drawn[columns].assign(owners=drawn["owners"].str[0]))
book, ours = journey.noted(book, ours)
_ = about(book)  # evidence in several tables becomes one log of steps

# %% [markdown] lang="en"
# **Try it (3 minutes, pencil).** Go down the first map and mark every step that can be ticked although the customer has noticed nothing, or would rather it had not happened. Then do the same with the second. Your result should look like two counts. Which steps of your own map would you mark?

# %% [markdown] lang="ja"
# **やってみましょう(3分・鉛筆で)** 一枚目を上から順に見て、お客様が何も気づかないまま「完了」にできるステップに印を付けてください。次に、二枚目にも付けます。数が二つ書ければ合格です。自社のマップなら、どのステップに印が付きますか。

# %% [markdown] lang="en"
# ## 2. A map that can be checked
#
# A map is a file. So a machine can read it as strictly as a colleague on a bad day: is the subject the customer, in both languages? Does exactly one department answer for it? Is there a date in a table that shows it, and a day by which it is late? `cslab journey lint map.yaml` prints the same list for yours.

# %% [markdown] lang="ja"
# ## 2. 点検できるマップ
#
# マップは一つのファイルです。だから、機嫌の悪い日の同僚と同じくらい厳しく、機械に読ませることができます。主語はお客様か(日本語でも英語でも)。責任を持つ部署は一つだけか。それを示す日付が、表のどこかにあるか。何日を過ぎたら遅れなのか。自社のマップなら `cslab journey lint map.yaml` で同じ一覧が出ます。

# %%
found = journey.lint(tasks, lang=lang)
table(found.loc[found["rule"].str.endswith(lang), ["says"]])

# %% [markdown] lang="en"
# **Try it (4 minutes).** Take “Kick-off meeting held”. What could the customer do that evening that they could not do in the morning? Write your sentence into the next cell in place of ours. Your result should look like `True`: that much a machine can hear. Whether a customer would be glad to read it, ask a customer.

# %% [markdown] lang="ja"
# **やってみましょう(4分)** 「キックオフ実施」を書き直します。その日の朝にはできず、夕方にはできるようになったことは何ですか。次のセルの文を、自分の文に書き換えてください。`True` と出れば合格です。機械が聞き分けられるのはここまでです。お客様が読んでうれしい文かどうかは、お客様に聞いてください。

# %%
yours = {"en": "Kick-off meeting held", "ja": "キックオフ実施"}[lang]
journey.is_customers(yours, lang), journey.vendor_words(yours, lang)

# %% [markdown] lang="en"
# ## 3. All ticked
#
# Somebody will say that this is a matter of taste. Let us count. Of the customers who signed at least `within_days` days ago (180, unless you set it otherwise at the top), for how many is every task of the first map ticked? Those who have left since count too.

# %% [markdown] lang="ja"
# ## 3. 全部にチェックが付いた会社
#
# 「言い方の問題では」という声が出るはずです。数えましょう。契約から `within_days` 日(最初のセルで変えなければ180日)以上たったお客様のうち、一枚目のマップの作業がその日数のうちに全部「完了」になったのは何割でしょうか。その後に離れたお客様も数えます。

# %%
# %%needs calendar contracts journey_events accounts.signed_on
untold = journey.lint(tasks, book, lang).query("rule in ['evidence_absent', 'evidence_value']")["says"]
ticked = journey.completed(book, tasks, within_days) if untold.empty else None
if ticked is None:
    say("tasks_untold", " ".join(untold))
else:
    say("tasks_ticked", ticked, days=within_days)

# %% [markdown] lang="en"
# **But can we trust this?** A review board would: nearly all green. But nobody outside our house has said a word yet. Ask the second map instead. In the same days, how many of the same customers had their first result, in their own hands?
#
# **Guess first.** Put your per cent in place of the dots.

# %% [markdown] lang="ja"
# **この数字を信じてよいでしょうか。** 会議ならここで終わりです。ほとんど緑なのですから。けれども、ここまで社外の人は一言も話していません。二枚目のマップに聞き直します。同じ日数のうちに、最初の成果を自分の手で出せたお客様は何割でしょうか。
#
# **先に予想を** `...` を自分の予想(%)に書き換えてください。

# %%
predict("M08", ...)

# %%
# %%needs calendar contracts journey_events accounts.signed_on
result = replace(ours, steps=(ours.find(result_step),))
got_there = journey.completed(book, result, within_days)
so = onboarding.completion_truth(book, within_days) if result_step == "first_value" else None
verdict("M08", naive=ticked, better=got_there, truth=so)

# %% [markdown] lang="en"
# ### Open the box
#
# In plain pandas: the first day on which each customer reached the step, the customers who signed long enough ago and were seen from their signature on, and a division. If the code means nothing to you yet, look only at the last line: it is the number above.

# %% [markdown] lang="ja"
# ### 箱を開けてみる
#
# 素の pandas で書くと、こうなります。お客様ごとにそのステップへ最初に着いた日。十分前に契約し、契約の日から記録のあるお客様。そして割り算。コードがまだ読めなくても、最後の数字が上と同じことだけ確かめれば大丈夫です。

# %% tags=["box"]
# %%needs calendar contracts journey_events accounts.signed_on accounts.observed_from
events = book.journey_events.query("step_id == @result_step and event == 'reached'")
first_day = events.groupby("account_id")["happened_on"].min()
people = book.accounts.set_index("account_id")
days = pd.Timedelta(days=within_days)
seen = people["observed_from"] <= people["signed_on"]
long_ago = seen & (people["signed_on"] + days <= book.as_of)
arrived = first_day.reindex(people.index) <= people["signed_on"] + days
round(float(arrived[long_ago].mean()), 3)

# %% [markdown] lang="en" tags=["speaker"]
# **After the verdict (2 minutes).** Somebody will say: “But we do track first value.” Good; then ask which of the two numbers stood in the last board paper. The tasks are not useless: they tell whether we kept our promises. They do not tell whether anybody got anywhere.

# %% [markdown] lang="ja" tags=["speaker"]
# **判定のあとで(2分)** 「うちは最初の成果も追っています」という声が出たら、「先月の資料に載ったのは、二つのうちどちらでしたか」と聞き返します。作業の一覧が無駄なのではありません。約束を守ったかどうかは分かります。お客様がどこかに着いたかどうかは、分かりません。

# %% [markdown] lang="en"
# ## 4. The way as drawn, the way as walked
#
# Now lay the events over the second map. Each department that answers has a lane; the steps run from top to bottom. What to see: where does the way change lanes, and where does it thin out? Which step do customers come past without taking it (the dashed arc)? Boxes with a dashed edge are not everybody's way. Where do they wait longer than we meant them to?

# %% [markdown] lang="ja"
# ## 4. 描いた道と、通った道
#
# 二枚目のマップに、実際の出来事を重ねます。列が責任を持つ部署(レーン)で、ステップは上から下へ進みます。見るところ:道がレーンを移るのはどこですか。細くなるのはどこですか。通り過ぎたのに、やっていないステップ(破線の弧)はどれですか(枠が破線のステップは、全員が通る道ではありません)。目安の日数より長く待っているのはどこですか。

# %%
# %%needs calendar contracts journey_events
walked = journey.conformance(book, ours)
figures.journey.swim_lanes(ours, walked, lang=lang)

# %%
# %%needs calendar contracts journey_events
to_read = ["estimate", "low", "high", "skipped_share", "waiting_median"]
table(walked.steps.query("target_days == target_days").set_index(f"goal_{lang}")[to_read], digits=2)

# %% [markdown] lang="en"
# The share of each step is of those who signed long enough ago for it to be due, whether they are still with us or not. A wait is the median day of all who reached the step before, also of those who have not got further (Kaplan–Meier); the average of those who arrived would hide exactly the ones who are stuck.

# %% [markdown] lang="ja"
# 各ステップの割合の分母は、目安の日数から見てもう着いているはずのお客様全員です。離れたお客様も入っています。待ち日数は、前のステップに着いた全員についての中央値です(カプラン・マイヤー)。着いた人だけの平均にすると、止まっているお客様がちょうど消えてしまいます。

# %% [markdown] lang="en"
# **Try it (4 minutes).** From the picture choose one step to mend this quarter, and say which of three things is wrong with it: too few get there, it is skipped, or it takes too long. Your result should look like: “Step …, … per cent, because …; answers for it: …”. If two departments come to mind, look at the lane in which it stands.

# %% [markdown] lang="ja"
# **やってみましょう(4分)** 図から、この四半期に直すステップを一つ選んでください。悪いのは、着く人が少ないことか、飛ばされることか、時間がかかることか。「ステップは…、…%、理由は…、責任を持つのは…」と言えれば合格です。部署が二つ思い浮かんだら、そのステップがどのレーンにあるかを見てください。

# %% [markdown] lang="en"
# ## 5. You are here
#
# A map of all customers is a poster. A map of one customer is a conversation. First, where today's customers are waiting, by their next step, and how much revenue waits with them.

# %% [markdown] lang="ja"
# ## 5. いま、ここ
#
# 全員を並べたマップは、まだポスターです。一社のマップになると、会話が始まります。まず、いまのお客様が「次のどのステップ」の前で待っているか、一緒にいくらの売上が待っているかを見ます。

# %%
# %%needs calendar contracts journey_events
from cslab.words import label

goals = drawn.set_index("id")[f"goal_{lang}"]
waiting = journey.ageing(book, ours).rename(columns={"customers": "accounts"}).query("target_days == target_days")
waiting = waiting.set_index(waiting["step"].map(goals).rename("next_step"))
table(waiting[["owner", "accounts", "median_days", "late", "mrr_amount"]], digits=0)
say("revenue_waiting", waiting["mrr_amount"].sum(), currency=label(book.currency, lang))

# %% [markdown] lang="en"
# Next, those who wait longer than the map allows, the largest first (of customers whose first steps are on record). It is a list for Monday: whom to ring, about which step, and who of us answers for it.

# %% [markdown] lang="ja"
# 次に、目安を過ぎて待っているお客様を、金額の大きい順に(最初の方のステップが記録にあるお客様だけ)。月曜日の電話の一覧になります。誰に、どのステップの話を、どの部署がするのか。

# %%
# %%needs calendar contracts journey_events
today = journey.standing(book, ours)
today["next_step"] = today["step"].map(goals)
late = today.query("late and done > 1").nlargest(5, "mrr_amount")
table(late[["account_id", "next_step", "days", "target_days", "mrr_amount"]], digits=0)

# %%
# %%needs calendar contracts journey_events
chosen = account or [*late["account_id"], *today["account_id"]][0]
one = journey.progress(book, chosen, ours).query("phase != 'churn'")
main = one[one["step"].isin(drawn.query("not optional and not repeats")["id"])]
say("you_are_here", chosen, reached=(main["status"] == "reached").sum(), steps=len(main))
table(one.set_index(f"goal_{lang}")[["owner", "status", "day", "days"]], digits=0)

# %% [markdown] lang="en"
# **Try it (2 minutes).** You ring this customer. What is your first sentence? Not “you are late with your next step”. Your result should look like a question about the customer's goal. `cslab journey page -o page --account … --source …` makes the same as a page that you can give away: the customer's goals, who is at their side, where they stand, and nothing of what is ours alone.

# %% [markdown] lang="ja"
# **やってみましょう(2分)** このお客様に電話をします。最初の一言は何ですか。「次のステップが遅れていますが」ではありません。お客様の目標について聞く一文が書ければ合格です。`cslab journey page -o page --account … --source …` を使うと、同じ内容を、お客様にそのまま渡せるページにできます。載るのは、お客様の目標、担当者、いまの位置だけ。社内の事情は載りません。

# %% [markdown] lang="en"
# ## 6. Whose fault is a hand-off?
#
# Wherever the way changes lanes lies a hand-off. This is what can be seen of them: days until somebody of the next department called, how much of what the customer had told us was passed on, and whether the customer had to say it again.

# %% [markdown] lang="ja"
# ## 6. 引き継ぎは、誰のせいか
#
# 道がレーンを移る所に、引き継ぎがあります。記録から見えるのは、次の部署が最初に連絡するまでの日数、お客様から聞いたことがどれだけ渡ったか、そして、お客様が同じ話をもう一度することになったか、です。

# %%
# %%needs handoffs.days_gap handoffs.customer_repeat_info
passed_on = journey.handoff_report(book)
table(passed_on.set_index(["from_dept", "to_dept"])[["n", "days_gap", "info_complete", "asked_again"]], digits=2)

# %% [markdown] lang="en"
# “Most early churn is a hand-off problem,” says a slide. Four such claims, with their sources. Read them one below the other, and ask of each: per cent of what, and how many would it have been among those who stayed? (One of the four is not a share of churn at all.)

# %% [markdown] lang="ja"
# 「早期解約のほとんどは、引き継ぎの問題です」。よく見るスライドです。出典のある主張を四つ並べます。上から順に読み、一つずつ問うてください。何の何%か。同じものを、残ったお客様で数えたらどうなるか(四つのうち一つは、そもそも解約の割合ではありません)。

# %%
from cslab.course.claims import claims

table(claims("handoff", lang).set_index(["says", "source"])[["grade", "missing"]])

# %% [markdown] lang="en"
# Our own slide takes one line. Of the customers who left within `early_months` months (12, unless set otherwise), so many had a hand-off below average:

# %% [markdown] lang="ja"
# 自社のスライドも、一行でできます。`early_months` か月(変えなければ12か月)以内に離れたお客様のうち、引き継ぎが平均を下回っていたのは次のとおりです。

# %%
# %%needs calendar contracts handoffs.days_gap
effect = journey.handoff_effect(book, early_months).set_index("way")
say("poor_handoffs_of_leavers", effect.loc["leavers_poor", "estimate"], months=early_months)

# %% [markdown] lang="en"
# **But can we trust this?** About half of all hand-offs are below average; that is, more or less, what an average is. So how many of those who stayed had one too? And even that is not the question. The question is: how many fewer would have left, had those hand-offs been average ones? And a deal pushed through at the end of a quarter is handed over in haste *and* often fits the customer badly. Leave that out, and the hand-off takes the blame.
#
# **Guess first:** what per cent of early churn would a better hand-off have prevented?

# %% [markdown] lang="ja"
# **この数字を信じてよいでしょうか。** 引き継ぎのおよそ半分は平均以下です。平均とは、だいたいそういうものです。では、残ったお客様では何%でしょうか。それでもまだ、問いの入り口です。問うべきなのは、その引き継ぎが平均並みだったら、何社が離れずに済んだか、です。しかも、期末に押し込んだ商談は、引き継ぎが慌ただしいうえに、そもそもお客様に合っていないことが多いものです。それを抜きにすると、罪はすべて引き継ぎがかぶることになります。
#
# **先に予想を** 引き継ぎが平均並みになれば、早期の解約の何%を防げたでしょうか。

# %%
predict("M09", ...)

# %%
# %%needs calendar contracts handoffs.days_gap
numbers = effect[["estimate", "low", "high"]].to_dict("index")
prevented = journey.handoff_truth(book, early_months)
verdict("M09", naive=numbers["leavers_poor"], better=numbers["adjusted"], truth=prevented and prevented.estimate)
if numbers["adjusted"]["estimate"] < 0 < numbers["adjusted"]["high"]:
    say("none_prevented", numbers["adjusted"]["estimate"], **numbers["adjusted"])

# %%
# %%needs calendar contracts handoffs.days_gap
say("poor_handoffs_of_all", effect.attrs["poor_share"], months=early_months)
named = effect.rename({"crude": "prevented_crude", "adjusted": "prevented_adjusted"})
table(named[["estimate", "low", "high", "n"]])

# %% [markdown] lang="en"
# The last row compares customers of the same segment, lead source, deal and salesperson (what was known at the signature), and asks what would have become of them after an average hand-off. It rests on the supposition that nothing else drives both; the interval is of chance alone. An interval that holds zero does not say that hand-offs are harmless. It says how much these data could at most have hidden: the upper limit.

# %% [markdown] lang="ja"
# いちばん下の行は、セグメント・商談の経路・商談の条件・営業担当(どれも契約の時点で分かっていたこと)が同じお客様どうしを比べ、引き継ぎが平均並みだったらどうなっていたかを計算したものです。ほかに両方を動かすものがない、という前提に立っています。区間が表すのは、偶然の幅だけです。区間に0が入っていても、「引き継ぎは無害だ」とは言えません。言えるのは、隠れているとしても上限までだ、ということです。

# %% [markdown] lang="en"
# So is a good hand-off worth nothing? Look at the column `asked_again` once more: so many customers had to tell their story twice. That is reason enough, and it needs no churn. Mend it because it is rude and slow; do not promise the board that churn will fall by a third.

# %% [markdown] lang="ja"
# では、良い引き継ぎに意味はないのでしょうか。表の `asked_again` をもう一度見てください。これだけのお客様が、同じ話を二度しています。直す理由は、それで十分です。解約を持ち出す必要はありません。失礼で、遅い。だから直します。ただし、「解約が3分の1減ります」と取締役会に約束してはいけません。

# %% [markdown] lang="en" tags=["speaker"]
# **Where the room pushes back (3 minutes).** Practitioners feel that hand-offs matter, and they are right about the annoyance. Let them say it, then ask two questions: “How many of the customers you *kept* were handed over badly?” and “Who gets the hurried deals?” If somebody says that the truth here is only a simulator's: yes; the way of asking is what they take home.

# %% [markdown] lang="ja" tags=["speaker"]
# **反論が出る所(3分)** 現場の実感として、引き継ぎは大事です。お客様が困るという点では、そのとおりです。十分に話してもらってから、二つだけ聞きます。「残ってくださったお客様のうち、引き継ぎが悪かったのは何社ですか」「慌ただしい商談を受け取るのは誰ですか」。「真の値はシミュレーターのもの」と言われたら、認めます。持ち帰るのは数字ではなく、聞き方です。

# %% [markdown] lang="en"
# ## 7. Ninety minutes, one wall
#
# A map that one person drew is one person's map. `cslab journey workshop -o kit` makes all you need: a canvas of A1 (or four of A3), notes, a script minute by minute, ballots and a sheet to sign. Two rules carry it. Everybody writes alone before anybody speaks. And who answers for a step is voted on in silence, twice: before the talk and after it. Six people, five steps, one tick each:

# %% [markdown] lang="ja"
# ## 7. 90分と、一枚の壁
#
# 一人で描いたマップは、一人のマップです。`cslab journey workshop -o kit` で、必要なものが一式そろいます。A1のキャンバス(A3で4枚も可)、付箋、分刻みの台本、投票用紙、合意シート。支えているのは二つの決まりです。話す前に、全員が一人で書く。そして、各ステップの責任部署を、無言で二度投票する。話し合いの前と、後に。6人が、5つのステップに印を一つずつ付けました。

# %%
ballots = {
    "contract_signed": "sales sales sales sales sales sales",
    "goal_agreed": "sales sales cs cs onboarding onboarding",
    "kickoff": "onboarding onboarding onboarding onboarding onboarding cs",
    "data_connected": "customer customer customer onboarding onboarding cs",
    "first_value": "cs cs cs onboarding onboarding customer",
}
table(pd.Series(ballots).str.split(expand=True).rename_axis("journey_step").set_axis(range(1, 7), axis=1))

# %%
talked = {"goal_agreed": "cs cs cs cs cs sales", "first_value": "onboarding onboarding onboarding onboarding onboarding cs"}
before = pd.Series(ballots).str.split(expand=True).rename_axis("item")
after = pd.Series(ballots | talked).str.split(expand=True).rename_axis("item")
first = journey.agreement(before.melt(ignore_index=False, var_name="voter", value_name="vote").reset_index())
second = journey.agreement(after.melt(ignore_index=False, var_name="voter", value_name="vote").reset_index())
say("votes_agree", first, after=second)
table(after.rename_axis("journey_step").set_axis(range(1, 7), axis=1))

# %% [markdown] lang="en"
# κ (Fleiss' kappa) is 1 where all agree and 0 where ticks agree as often as chance would have it. The table is the second vote. With five steps the interval is wide, so do not celebrate decimals; and that it rises after a talk proves nothing about the map. Look at which step is still split. “Both of us” means nobody: settle it before anybody signs.

# %% [markdown] lang="ja"
# κ(フライスのカッパ)は、全員一致なら1、でたらめに付けた印と同じ程度なら0です。上の表が、話し合ったあとの投票です。ステップが5つでは区間が広く、小数の上下に意味はありません。話し合いのあとで上がるのも当たり前で、マップが正しい証拠にはなりません。見るのは、まだ割れているステップです。「両方の責任」は、誰の責任でもないという意味です。署名の前に、一つに決めます。

# %% [markdown] lang="en"
# **Decide (3 minutes).** Which step of the second table is still split, and whom would you make answer for it? Write down the name and one reason. Your result should look like one department, not two. On the day, type the ballots in and `cslab journey vote votes.csv` does the counting; `cslab journey import sticky.csv` makes the map of your notes.

# %% [markdown] lang="ja"
# **決める(3分)** 話し合いのあとの表で、まだ割れているステップはどれですか。どの部署に責任を持ってもらいますか。部署の名前と、理由を一つ書いてください。部署が一つだけなら合格です。本番では、投票を打ち込んで `cslab journey vote votes.csv` で数え、付箋を打ち込んで `cslab journey import sticky.csv` でマップにします。

# %%
calibration()

# %% [markdown] lang="en" tags=["further"]
# ## 8. Detours
#
# A map is a line; the ways are not. In the directly-follows graph an arc from one step to another says how many customers went straight from the one to the other, and after how many days. What to see: which arcs lie on the left, where the way runs back? Which steps are passed in another order than we drew? And how many different ways are there in all?

# %% [markdown] lang="ja" tags=["further"]
# ## 8. 回り道
#
# マップは一本の線ですが、実際の道はそうではありません。次の図の弧は、あるステップの直後に別のステップへ進んだお客様の数と、かかった日数です。見るところ:左側にある弧(後戻り)はどれですか。描いたのと違う順番で通っているのはどこですか。道は全部で何通りありますか。

# %%
# %%needs calendar contracts journey_events
figures.journey.follows(walked, lang=lang)

# %%
# %%needs calendar contracts journey_events
ways = walked.variants
say("ways_walked", len(ways), customers=ways["accounts"].sum(), top=ways["cumulative"].iloc[:5].max())
table(walked.follows.nlargest(6, "accounts")[["from", "to", "accounts", "median_days"]], digits=0)

# %% [markdown] lang="en" tags=["further"]
# **Try it (3 minutes).** Find the step that many reach before the one that stands before it on the map. Is the map wrong, or the practice? Your result should look like one of two sentences: “we redraw it, because …” or “we change the order, because …”. A detour that most customers take, and get on well with, is a hint to the map maker.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(3分)** マップでは後にあるのに、先に通っている人の多いステップを探してください。間違っているのはマップですか、それとも運用ですか。「…なので描き直す」「…なので順番を変える」のどちらかの一文が書ければ合格です。多くのお客様が通り、それで困っていない回り道は、マップを描き直すヒントです。

# %% [markdown] lang="en" tags=["further"]
# ## 9. Does it depend on who?
#
# The quick way is a ranking: share of customers who had to say it again, by salesperson. **But can we trust this?** Somebody always stands at the bottom, even if all are alike. The funnel asks whether anybody lies further out than chance would put them with so many cases, after the mix of cases is taken out. About one in twenty lies outside the inner shade by chance, one in five hundred outside the outer one.

# %% [markdown] lang="ja" tags=["further"]
# ## 9. 「人による」のか
#
# 手早いのは順位表です。同じ話を二度させてしまった割合を、営業担当ごとに並べます。**信じてよいでしょうか。** 全員の腕が同じでも、必ず誰かが最下位になります。ファンネルプロットが問うのは、担当した案件の違いをならしたうえで、その件数の偶然では説明できないほど外れた人がいるか、です。全員が同じ腕でも、内側の帯の外には20人に1人、外側の帯の外には500人に1人が出ます。

# %%
# %%needs handoffs.customer_repeat_info accounts.sales_rep_id
reps = book.accounts["sales_rep_id"].nunique()
if reps > 5:
    by_rep = journey.variability(book, by="rep")
    figures.journey.funnel(by_rep, lang=lang)
else:
    say("team_too_small", reps)

# %%
# %%needs handoffs.customer_repeat_info accounts.sales_rep_id
if reps > 5:
    say("people_differ_rep", by_rep.attrs["spread"], outside=(by_rep["outside"] != "").sum(), people=len(by_rep))
    first_outside = by_rep.sort_values("outside", ascending=False, kind="stable").head(6)
    table(first_outside.set_index("person")[["n", "crude", "estimate", "low95", "high95", "shrunk"]])

# %% [markdown] lang="en" tags=["further"]
# Whoever lies outside stands first, then those with the most cases. `shrunk` draws each person to the mean by as much as is chance: it is the best guess for the next hundred customers. Now the same for customer success managers, where the outcome is a renewal that was lost.

# %% [markdown] lang="ja" tags=["further"]
# 帯の外に出た人を先に、そのあとは件数の多い順に並べました。`shrunk` は、偶然の分だけ平均に引き寄せた値です。次の100社についての予想としては、こちらが当たります。同じことを CSM でも見ます。結果は「更新されなかった契約」です。

# %%
# %%needs tier_history.csm_id contracts.end contracts.outcome contracts.decided_on
csms = book.tier_history["csm_id"].nunique()
if csms > 5:
    by_csm = journey.variability(book, by="csm")
    figures.journey.funnel(by_csm, lang=lang)
else:
    say("team_too_small", csms)

# %%
# %%needs tier_history.csm_id contracts.end contracts.outcome contracts.decided_on
if csms > 5:
    beyond = {"outside": (by_csm["outside"] != "").sum(), "people": len(by_csm)}
    say("people_differ_csm", by_csm.attrs["spread"], **beyond)

# %%
# %%needs handoffs.customer_repeat_info accounts.sales_rep_id tier_history.csm_id contracts.end contracts.outcome contracts.decided_on
if min(reps, csms) > 5:
    say("two_pictures", by_rep.attrs["p_value"], csm=by_csm.attrs["p_value"])

# %% [markdown] lang="en" tags=["further"]
# So a p a little below 0.05 is a hint, and more so if you looked at several pictures to find it. And a p above it does not say that all are alike. In the synthetic company both differ: salespeople plainly in how they hand over, CSMs modestly (between a good one and a poor one lie about two points of yearly churn). With as few lost renewals as one CSM has, the funnel rarely shows that. What helps is not another look at the same picture: it is the same people outside again next year, or an outcome of which each has more cases, such as usage (lesson 09).

# %% [markdown] lang="ja" tags=["further"]
# ですから、0.05をわずかに下回るpは「ヒント」止まりです。いくつも図を見て探したのなら、なおさらです。逆に、0.05を上回っても「全員同じ」とは言えません。合成データの会社では、どちらにも本当に差があります。営業の引き継ぎの差ははっきりしていて、CSM の差は控えめです(腕のよい人とそうでない人で、年間解約率にして2ポイントほど)。ただ、1人の CSM が抱える「更新されなかった契約」は数が少なく、この程度の差はファンネルにはまず表れません。同じ図を見直しても答えは出ません。翌年も同じ人が外に出るかを見るか、利用状況のように一人あたりの件数が多い結果で見直します(第09章)。

# %% [markdown] lang="en" tags=["further"]
# And what would the same CSM do *next* for the same customer? If after every kind of touch the same kind follows, that is 0 bits; the more bits, the less can be foreseen. A map that is lived should bring it down. Here are the six with the most touches, beside the share of theirs that goes out by timetable.

# %% [markdown] lang="ja" tags=["further"]
# もう一つ、「次に何が来るか」が人によって違うかも測れます。同じ CSM が同じお客様に対して、電話の次は必ず訪問、というように決まっていれば0ビット。ビット数が大きいほど、次の接触を予想できません。マップが本当に使われていれば、下がっていくはずの数字です。接触の多い6人を、定期配信(メルマガ)の割合と並べます。

# %%
# %%needs touches.type touches.touched_on touches.csm_id
is_letter = book.touches["type"] == "newsletter"
timed = is_letter.groupby(book.touches["csm_id"]).mean().rename("by_timetable")
six = journey.touch_entropy(book).head(6).rename(columns={"estimate": "bits", "touches": "pairs"})
of_six = six.set_index("csm_id").join(timed).sort_values("bits")
table(of_six[["pairs", "bits", "low", "high", "by_timetable"]], digits=2)

# %% [markdown] lang="en" tags=["further"]
# Intervals that do not overlap, and still no verdict on anybody: read the last column before you praise the top row. A newsletter every month is easily foreseen, and takes bits off whoever sends many of them. So compare CSMs whose customers get the same tier of touch, or one team before and after the map.

# %% [markdown] lang="ja" tags=["further"]
# 区間が重なっていない人どうしでも、まだ誰の評価にもなりません。いちばん上の人をほめる前に、最後の列を見てください。毎月のメルマガは簡単に予想できるので、割合が多い人のビット数は、それだけで小さくなりがちです。比べるなら、同じタッチのお客様を担当する人どうし、または一つのチームのマップ導入前と後です。

# %% [markdown] lang="en" tags=["further"]
# **Decide (4 minutes).** A bonus is to be paid by one of the two pictures. Which would you refuse, and what would you say to whoever stands at the bottom of it? Your result should look like a sentence with the number of cases in it. Then set `source` to seed 8 and to seed 11 and look whether you would say the same.

# %% [markdown] lang="ja" tags=["further"]
# **決める(4分)** どちらかの図を使って賞与を決めることになりました。断るのはどちらですか。いちばん下にいる人には、何と言いますか。件数を入れた一文が書ければ合格です。そのあと `source` の seed を8と11に変え、同じことが言えるかを確かめてください。

# %% [markdown] lang="en" tags=["further"]
# ## 10. How it felt
#
# At each step somebody noted how the customer felt, from −2 to 2. Read from top to bottom: the line of those who left lies nearer to “bad” at nearly every step of the main way, though here and there the two all but meet; it is furthest off where the renewal is decided. It is tempting to read it as a warning. **But can we trust this?** Whoever left early is in the later steps no more, and whoever is unhappy reaches fewer of them: the further down, the more the lines are of those for whom it went well.

# %% [markdown] lang="ja" tags=["further"]
# ## 10. そのときの気持ち
#
# ステップごとに、お客様の気持ちを −2〜2 で書き留めてあります。上から下へ読んでください。離れたお客様の線は、ほとんどのステップで「悪い」の側にあります。二本がほぼ重なるステップもあり、いちばん離れるのは継続を決めるところです。予兆と読みたくなる図です。**信じてよいでしょうか。** 早く離れたお客様は、後のステップにはもういません。不満のあるお客様ほど、着けるステップも少なくなります。下へ行くほど、うまくいったお客様だけの線になっていきます。

# %%
# %%needs calendar contracts journey_events.sentiment
felt = journey.emotion(book, ours)
figures.journey.emotion(felt, lang=lang)

# %%
# %%needs calendar contracts journey_events.sentiment
way = drawn.query("not optional and not repeats")["id"]
some_steps = felt[felt["step"].isin(way[:: max(1, len(way) // 4)])]
table(some_steps.set_index([f"goal_{lang}", "status"])[["estimate", "low", "high", "n"]], digits=2)

# %% [markdown] lang="en" tags=["further"]
# **Try it (2 minutes).** Compare `n` of those who left at the first and at the last row. How many of them did anybody ask at all? Your result should look like two numbers. The most honest end of the picture is its top, where everybody is still there.

# %% [markdown] lang="ja" tags=["further"]
# **やってみましょう(2分)** 離れたお客様の `n` を、最初の行と最後の行で比べてください。最後のステップで気持ちを書き留めてもらえたのは、何社ですか。数字が二つ書ければ合格です。この図がいちばん正直なのは、まだ全員がいる上端です。

# %% [markdown] lang="en" tags=["further"]
# ## 11. The same customers, nobody in charge
#
# What does a hand-off do, then? Here is the same company once more: the same customers with the same luck, but in a world in which nobody is in charge between the signature and the first call. (For data of your own there is no such world; then the kit's company stands in. In a company without anybody in charge, both lines read alike.) Guess before you run: how much lower is the share with a first result, and how much lower the share still there after two years?

# %% [markdown] lang="ja" tags=["further"]
# ## 11. 同じお客様、担当者のいない世界
#
# では、引き継ぎは何を変えるのでしょうか。同じ会社をもう一度見ます。お客様も運も同じで、契約から最初の連絡までの間に誰も責任を持たない世界です(自社のデータにはそういう世界がないので、教材の会社で代わりにお見せします。もともと誰も責任を持っていない会社では、二つの行は同じになります)。実行する前に予想してください。最初の成果に着く割合は、どれだけ下がりますか。2年後に残っている割合は、どれだけ下がりますか。

# %%
from cslab.course.elsewhere import from_here
from cslab.measure import survival

nobody = {} if other_source else {"handoff_level": "-1.5", "handoff_gap_days": "[14, 8]"}
company = source if source.startswith("synthetic:") else "synthetic:default_jp?seed=7&accounts=2000"
chaos = another(other_source or company, reveal_truth, **nobody)
from_here(chaos)

# %%
first_call = journey.handoff_report(chaos).iloc[0]
say("handed_over_badly", first_call["days_gap"], passed=first_call["info_complete"], again=first_call["asked_again"])
there = survival.at(survival.kaplan_meier(survival.durations(chaos)), 24)
kit = journey.shipped()
reached = journey.completed(chaos, replace(kit, steps=(kit.find("first_value"),)), within_days)
say("chaos_results", reached, days=within_days, there=there)

# %%
# %%needs calendar contracts journey_events accounts.signed_on
still = survival.at(survival.kaplan_meier(survival.durations(book)), 24)
say("order_results", got_there, days=within_days, there=still)
say("same_customers" if company == source and not other_source else "other_customers")

# %% [markdown] lang="en" tags=["further"]
# Early on a poor hand-off costs a good deal: fewer get going, later. At the renewal little of it is left, because between the two lie many months in which other things decide. Neither number contradicts the other. Choose the measure that is near to what you change, and be modest about the one at the end of the chain.

# %% [markdown] lang="ja" tags=["further"]
# 引き継ぎの悪さは、最初のうちは高くつきます。立ち上がるお客様が減り、時間もかかる。更新のころには、その多くが薄まっています。間に何か月もあり、ほかの出来事が結果を決めるからです。二つの数字は矛盾しません。目標には、自分たちが変える所に近い数字を選びます。遠くにある数字については、控えめに語ります。

# %% [markdown] lang="en" tags=["further"]
# ## 12. Sales' customer, or ours together?
#
# Some deals have a CSM at the table before the signature; most are sales' own until then. Those who were advised seem to be handed over better, and to leave less in the first year. **But can we trust this?** Larger customers are advised more often, and stay longer anyhow. So: as it looks; among customers alike at signing and of the same salesperson; and, in the kit's company, the same customers with everybody advised and with nobody.

# %% [markdown] lang="ja" tags=["further"]
# ## 12. 営業のお客様か、一緒に受け持つお客様か
#
# 契約の前から CSM が同席している商談があります。残りの多くは、契約まで営業だけのお客様です。CSM が入った商談は引き継ぎが良く、1年目の解約も少なく見えます。**信じてよいでしょうか。** 大きなお客様ほど CSM が呼ばれ、大きなお客様はもともと離れにくい。そこで三通りに数えます。そのままの差。契約時の条件も営業担当も同じお客様どうしの差。そして教材の会社では、同じお客様に「全員に CSM が入った」世界と「誰にも入らなかった」世界の差です。

# %%
# %%needs calendar contracts accounts.csm_in_presales handoffs.days_gap
advised = journey.csm_in_presales(book, early_months).rename(columns={"result": "compared", "way": "counted"})
say("advised_before_signing", advised.attrs["share"], months=early_months)
table(advised.set_index(["compared", "counted"])[["estimate", "low", "high", "n"]])

# %% [markdown] lang="en" tags=["further"]
# The better hand-off is still there after adjusting: it is near to what was changed. Of early churn the interval holds effects worth having beside none at all. Look where the truth lies, and how many times wider than it the interval is: an effect so small cannot be found by counting a company of this size.
#
# Then what is it worth? The same customers and luck in five worlds: as it is; **shared** (a CSM advises before every signature); **separate** (before none); **by the map** (no hand-off poorer than an average one); and the company of section 11, where that has the same customers.

# %% [markdown] lang="ja" tags=["further"]
# 引き継ぎの差は、条件をそろえても残ります。変えた所のすぐ隣にある数字だからです。早期の解約のほうは、意味のある効果からゼロまでが一つの区間に入ってしまい、見分けられません。真の値がどこにあり、区間の幅がその何倍かを見てください。これほど小さな効果は、この社数の会社では、いくら数えても見つかりません。
#
# では、金額にするといくらでしょうか。同じお客様・同じ運で、五つの世界を並べます。いまのまま。**共同で受け持つ**(すべての契約前に CSM が入る)。**別々に受け持つ**(一度も入らない)。**マップどおり**(平均より悪い引き継ぎがない)。そして11節の会社です(お客様が同じときだけ金額が出ます)。

# %%
# %%needs truth
worlds = journey.ownership(book, {"chaos": chaos}, gross_margin=gross_margin).set_index("world")
amounts = {"estimate": "margin_gain", "low": "gain_low", "high": "gain_high"}
called = {**amounts, "retained": "still_there"}
gained = worlds.round(dict.fromkeys(amounts, -1)).rename(columns=called)
table(gained[["still_there", "months_onboarding", *amounts.values()]])

# %%
# %%needs truth csm.cost_amount csm.capacity_h
from cslab.measure import capacity
from cslab.words import label

hour, mended = capacity.hour_amount(book), worlds.loc["by_the_map"]
minutes = 60 * worlds[["estimate", "low", "high"]] / hour
paid = minutes.loc["by_the_map"].rename({"estimate": "minutes"}).to_dict()
paid |= {"shared": minutes.loc["shared", "estimate"], "currency": label(book.currency, lang)}
say("handoff_break_even", mended["estimate"], hour=hour, **paid)

# %% [markdown] lang="en" tags=["further"]
# **Decide (3 minutes).** What a better hand-off *costs* is in no table: you have to know it. Write down the minutes a customer that your way of sharing would take (a joint call, a written goal, a check), and hold them against the break-even. Your result should look like two numbers in minutes and a yes or no. If the answer is no, customers who need not say it twice may still be reason enough; then say that, and not churn.

# %% [markdown] lang="ja" tags=["further"]
# **決める(3分)** 引き継ぎを良くするのにかかる**費用**は、どの表にもありません。自分たちで見積もるしかない数字です。考えている方法(合同の打ち合わせ、目標を書いた紙、確認の電話)にお客様1社あたり何分かかるかを書き、損益分岐の分数と比べてください。分数が二つと、「やる・やらない」が書ければ合格です。見合わなくても、「お客様に二度話させない」だけで十分な理由になります。そのときは、解約ではなくそちらを理由に挙げてください。

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. `cslab readiness` tells beforehand what will run. The two maps, the check, the claims, the ballots and the second company run on any source.
#
# | You need | for | Look out for |
# |---|---|---|
# | a map: `cslab journey import sticky.csv`, then `-p journey_map=path/own.yaml -p result_step=…` | all sections | steps that only our own log can show |
# | `journey_events`: happened_on, step_id, event; not needed where your map names other tables as evidence | sections 3, 4, 5, 8, 10 | a skipped step that is in no log; say how you know |
# | `onboarding`: milestone, done | sections 3, 4 | “done” set by us on the day of the meeting |
# | `handoffs`: days_gap, info_complete, customer_repeat_info | sections 6, 9 | ratings by those who handed over; ask those who took over |
# | `accounts`: signed_on, sales_rep_id, sales_push, segment, csm_in_presales | sections 6, 9, 12 | the account moved to another salesperson later |
#
# Any dated column of any table can be evidence: name it in the map as `table.column`. Deals alone (a CRM without contracts) carry the first steps only.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どこまで実行できるかは、先に `cslab readiness` で確かめられます。二枚のマップ、点検、公表された主張、投票、二つ目の会社は、どのデータでも動きます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | 自社のマップ(`cslab journey import sticky.csv` で作り、`-p journey_map=own.yaml -p result_step=…` で指定) | 全節 | 自社の作業記録でしか確かめられないステップ |
# | `journey_events` の happened_on・step_id・event(マップの証拠がほかの表にあれば不要) | 3・4・5・8・10節 | 飛ばしたステップは記録に残りません。どうやって知るのかを決める |
# | `onboarding` の milestone・done | 3・4節 | 打ち合わせの日に、こちらで「完了」にしていないか |
# | `handoffs` の days_gap・info_complete・customer_repeat_info | 6・9節 | 渡した側の自己評価。受け取った側に聞く |
# | `accounts` の signed_on・sales_rep_id・sales_push・segment・csm_in_presales | 6・9・12節 | あとから担当の営業が替わっている |
#
# 証拠には、どの表のどの日付の列でも使えます。マップに `表.列` と書いてください。商談だけ(契約のない CRM)では、最初の数ステップまでです。

# %% [markdown] lang="en"
# ## Key points
#
# - A step is what the customer can do now. “Held”, “sent” and “entered” are ours.
# - One step, one department that answers, one date in a table that shows it.
# - All boxes ticked says that we were busy. The customer's result says that they got somewhere.
# - Count those who did not arrive: they are below the line, and in the wait.
# - “So many of those who left had …” is half a number. Ask for those who stayed.
# - Mend hand-offs because customers have to say it twice; promise what lies near.
# - Somebody always stands last. Ask whether chance would have put them there.

# %% [markdown] lang="ja"
# ## 要点
#
# - ステップは、お客様ができるようになったこと。「実施」「送付」「登録」は自社の作業。
# - 一つのステップに、責任を持つ部署が一つ、表にある日付が一つ。
# - チェックが全部付いていれば、自社は働いた。お客様の成果が出ていれば、お客様は進んだ。
# - 着かなかったお客様を、分母と待ち日数に残す。
# - 「離れたお客様の○割は…だった」は、まだ半分の数字。残ったお客様での割合を聞く。
# - 引き継ぎを直すのは、お客様に二度話させないため。約束するのは、近くにある数字だけ。
# - 最下位は必ずいる。偶然でもそこに来るかどうかを問う。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# Whether a better map changes anything: drawing is no treatment, and nobody was drawn by lot. The hand-off here is a score from three columns, so what it measures badly it understates. Adjusting helps only against what was written down at the signature. The order of steps was counted, not aligned; and what customers do where no log looks is on no map. When a customer is stuck, and what that costs, is lesson 02; how soon the first result comes, lesson 04.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# 良いマップを描けば何かが変わるのか。マップを描く・描かないをくじ引きで決めたわけではないので、分かりません。ここでの引き継ぎの良し悪しは三つの列から作った得点で、測りきれない分だけ効果は小さめに出ます。調整が効くのは、契約の時点で書き留めてあったことだけです。順番は数えただけで、厳密な照合はしていません。記録の届かない所でのお客様の動きは、どのマップにも載りません。どこで止まり、それがいくらになるかは第02章、最初の成果までの時間は第04章で扱います。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. On a map stands “QBR held, owner: CS and Sales”. Which three things does the check complain about?
# 2. “67 % of the customers who left had changed their contact person.” What do you ask before you act?
# 3. One of twenty CSMs lies outside the inner shade of the funnel, on the bad side. Do you talk to her?
#
# <details><summary>Answers</summary>
#
# 1. The subject is us; two owners; no evidence (and no day by which it is late). “We have seen what we gained” with one owner and a date would pass.
# 2. How many of those who stayed had changed theirs. Contact persons change in most companies; without the second number the first says nothing.
# 3. Talk to everybody; but one in twenty lies there by chance. Look at the number of cases, at the outer shade, and at next year.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. マップに「QBR 実施(担当:CS と営業)」とあります。点検で指摘されるのは、どの三つでしょうか。
# 2. 「離れたお客様の67%は、先方の担当者が替わっていました」。動く前に、何を聞きますか。
# 3. 20人の CSM のうち一人が、ファンネルの内側の帯から悪い側へ外れました。本人と面談しますか。
#
# <details><summary>答え</summary>
#
# 1. 主語が自社であること、責任を持つ部署が二つあること、証拠がないこと(いつから遅れなのかもありません)。「得られた成果を確認できた」とし、部署を一つ、日付を一つ添えれば通ります。
# 2. 残ったお客様では何%か。担当者はどの会社でも替わります。二つ目の数字がなければ、一つ目からは何も言えません。
# 3. 面談は全員とします。ただ、20人に1人は偶然でもそこに来ます。件数と、外側の帯と、翌年の結果を見ます。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What will you do | Which number made you | Who | By when | Months until it shows |
# |---|---|---|---|---|
# | *for instance: rewrite the three steps that can be ticked without the customer* | *section 3* | *head of onboarding* | *end of the month* | *3, in the share with a first result* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:お客様が気づかなくても完了にできる三つのステップを書き直す* | *3節* | *導入支援の責任者* | *月末* | *3か月(最初の成果に着いた割合)* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# **Homework 1** asks for the mission of your team: one phase, one group of customers, one step of a journey map. `cslab homework --new h1_mission` begins it. Then **lesson 04, Onboarding, first impression, Wow**: how soon the first result comes, and for whom never.
#
# | Word | In this course |
# |---|---|
# | Journey map | steps from the customer's side, each with goal, evidence, owner, hand-off, days |
# | Evidence | a dated column of a table that shows that a step was reached |
# | Accountable owner | the one department that is asked when it goes wrong |
# | Conformance | how far the way walked agrees with the way drawn |
# | Directly-follows graph | which step came straight after which, and how often |
# | Attributable share | by how much fewer would have left, had the cause been absent |
# | Funnel plot | outcomes of people by their number of cases, with the range of chance |
# | κ | agreement beyond chance; 1 where all agree |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# **宿題1** では、チームのミッションを書きます。フェーズを一つ、お客様を一群、ジャーニーマップのステップを一つ選びます。`cslab homework --new h1_mission` で始められます。続く**第04章**では、最初の成果がいつ出るのか、いつまでも出ないのは誰なのかを見ます。
#
# | 用語 | この教材での意味 |
# |---|---|
# | ジャーニーマップ | お客様から見たステップの並び。目標・証拠・責任部署・引き継ぎ・目安の日数を持つ |
# | 証拠 | ステップに着いたことを示す、表の日付の列 |
# | 責任を持つ部署 | うまくいかなかったときに聞かれる、ただ一つの部署 |
# | 適合(コンフォーマンス) | 通った道が、描いた道とどれだけ合っているか |
# | 直後グラフ(DFG) | どのステップの直後にどのステップが来たか、その回数 |
# | 寄与割合 | その原因がなければ、離れる人がどれだけ減ったか |
# | ファンネルプロット | 件数と結果を担当者ごとに置き、偶然の範囲を帯で示した図 |
# | κ | 偶然を超えた一致の度合い。全員一致なら1 |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** sections 0 and 1, 6 minutes; section 2, 6; section 3, 6; section 4, 8; section 5, 5; section 6, 9; section 7, 5. The three questions are homework. `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** writing “customer has attended the kick-off” (still our event; ask what they can do now); reading an adjusted share around zero as “hand-offs do not matter”; taking κ for a grade of the map.
# - **Vary it:** `-p source.seed=8` and `11` (the funnel of salespeople becomes clear, that of CSMs does not), `-p within_days=90`, `-p account=A000123`; `--source "synthetic:handoff_chaos?seed=7&accounts=2000"` makes the second company the first.
# - **When a verdict goes the other way:** keep it. Ask how many of the class's seeds agree, and why the reason still stands.
# - **With your own team:** the kit is for a real room. Do not run it on the day of the lesson; run it a week later, with the customers of their own that the trainees wrote on the board.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 0〜1節で6分、2節で6分、3節で6分、4節で8分、5節で5分、6節で9分、7節で5分。確認の3問は宿題にします。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** 「お客様がキックオフに参加した」と書く(まだ自社の行事です。何ができるようになったかを聞きます)。調整後の割合が0に近いのを「引き継ぎはどうでもよい」と読む。κ をマップの点数だと思う。
# - **変えてみる** `-p source.seed=8` や `11`(営業のファンネルははっきりし、CSM のほうはしません)、`-p within_days=90`、`-p account=A000123`。`--source "synthetic:handoff_chaos?seed=7&accounts=2000"` とすれば、二つ目の会社が主役になります。
# - **判定が逆に出たとき** 消さずに使います。クラスの seed のうち何社で同じ結果になったかを数え、それでも理由が変わらないことを確かめます。
# - **自社のチームでやるとき** ワークショップ一式は、実際の会議室で使うためのものです。授業の当日ではなく、1週間後に、受講者がホワイトボードに書いたお客様を持ち寄って行います。
