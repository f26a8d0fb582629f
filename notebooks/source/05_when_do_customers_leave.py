# %% [raw]
# number: "05"
# title_en: When do customers leave?
# title_ja: お客様はいつ離れていくのか
# question_en: In which month do customers leave us, and which renewals should the team be working on today?
# question_ja: お客様が離れていくのは何か月目か。今日から手を打つべき契約更新はどれか。
# minutes_core: 45
# minutes_further: 45
# needs: [contracts]
# misconceptions: [M13, M14, M15, M16, M17]

# %% [markdown] lang="en" tags=["core"]
# # When do customers leave?
#
# **The business question.** In which month do customers leave us, and which renewals should the team be working on today?
#
# **Time.** Core track 45 minutes (30 reading, 15 hands-on) · further track 45 minutes (37 and 8). (Exercise sheet: 20 minutes more.)
#
# | You will need | How much | Note |
# |---|---|---|
# | Lesson 00 | necessary | running a cell, the five tables, naive · better · truth |
# | Averages and percentages | necessary | nothing harder in the core track |
# | Your own contract terms | helpful | length, notice period, renewal dates |
# | pandas | further track only | filter a table, group it |
#
# **Afterwards you can**
#
# 1. **tell** “still here” from “here to stay”, and **say** what goes wrong when they are mixed up;
# 2. **read aloud** a retention curve and a hazard comb, with the number of customers behind each month;
# 3. **turn** renewal months into a dated list of work;
# 4. **refuse** a comparison that uses what was known only afterwards.

# %% [markdown] lang="ja" tags=["core"]
# # お客様はいつ離れていくのか
#
# **この章の問い** お客様が離れていくのは何か月目か。今日から手を打つべき契約更新はどれか。
#
# **時間** 必修45分(読む30分・手を動かす15分)/発展45分(読む37分・手を動かす8分)。演習ノートブックは別に20分
#
# | 前提 | 必要度 | 補足 |
# |---|---|---|
# | 第00章 | 必須 | セルの実行、5つの表、「よくある計算・この章の計算・真の値」の見方 |
# | 平均と割合 | 必須 | 必修の範囲では、これより難しい計算は出てきません |
# | 自社の契約条件 | あると役立つ | 契約期間、解約の予告期間、更新日 |
# | pandas | 発展のみ | 表の絞り込みと集計 |
#
# **この章を終えると**
#
# 1. 「まだ契約中」と「これからも続く」を**区別し**、混同すると何を間違えるかを**説明できる**
# 2. 残存曲線と解約の「くし形」を、裏にいる顧客数と一緒に**読み上げられる**
# 3. 更新月を、日付の入った仕事の一覧に**変えられる**
# 4. 後から分かったことを使った比較を**見抜いて断れる**

# %% [markdown] lang="en"
# ## 0. Monday, the management meeting
#
# The CFO leans forward. “How long does a customer stay with us? One number, please; it goes into next year's budget.” Sales says nobody ever leaves. Support says the phone rings with notices every week. You run Customer Success, and you have until Friday.
#
# The next cell holds what you may change. The one after it introduces the company.

# %% [markdown] lang="ja"
# ## 0. 月曜日の経営会議
#
# CFO が身を乗り出します。「うちのお客様は、平均すると何か月続いているのか。来期の予算に入れるので、数字を一つください」。営業は「一度入ればまず抜けません」と言い、サポートは「解約の電話なら毎週のように鳴っています」と言う。カスタマーサクセスを預かるあなたへの期限は、金曜日です。
#
# 次のセルが「変えてよいもの」、その次のセルが会社の紹介です。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
# ja: 真の値を見せるか(合成データのとき)。True か False
horizon_months: int = 36  # up to which month of a customer's life we look, as far as the records reach
# ja: 契約から何か月目までを見るか(記録のある所まで)
contract_term: int = 12  # length in months of the contracts whose comb is read
# ja: 解約の「くし形」を見る契約の長さ(月)
months_before: int = 3  # months before the decision at which leavers and stayers are compared
# ja: 決定の何か月前で、離れた顧客と続いた顧客を比べるか
early_months: int = 11  # months whose churn a hurried budget takes for good, before an annual contract can first end
# ja: 急ごしらえの予算が根拠にする月数(年契約が初めて満了する前)
map_months: int = 12  # months behind us and ahead of us on the renewal map
# ja: 契約更新マップで見る、過去と先の月数
long_horizon_months: int = 60  # the longer look that the budget rule of section 7 is judged by
# ja: 7節で、予算の近道を確かめるための長い月数

# %%
import pandas as pd

from cslab import figures
from cslab.course.guesses import calibration, predict
from cslab.course.lesson import begin, say, verdict
from cslab.course.table import table
from cslab.measure import comparison, decisions, leaks, oracle, renewals, stock, survival, usage
from cslab.words import money

book = begin("05", source, as_of, lang, reveal_truth)

# %% [markdown] lang="en"
# ## 1. One row is one customer
#
# Renewals are joined up: a customer in the fourth annual contract is still one row. `duration` is the number of months we can vouch for, `event` says whether the customer left at the end of them, and `entry` is how many months had already passed when our records of this customer begin. The table shows up to three who left and three who are still here. `horizon` is the month up to which the whole lesson looks: the one you asked for, or the last one that enough customers were followed to.

# %% [markdown] lang="ja"
# ## 1. 1行が1社
#
# 更新を重ねたお客様も1社1行にまとめてあります。`duration` は「確かに契約が続いた」と言える月数、`event` はその終わりに解約したかどうか、`entry` はこのお客様の記録が始まった時点で、すでに何か月たっていたかです。表には、解約したお客様と契約中のお客様を3社まで並べます。`horizon` は、この章を通して何か月目までを見るかです。指定した月数か、十分な数のお客様を見届けられた最後の月までになります。

# %%
durations = survival.durations(book)
counted = {"left": durations["event"].sum(), "late": (durations["entry"] > 0).sum(), "new": durations.attrs["set_aside"]}
say("customers_on_record", len(durations), **counted)
horizon = survival.watched_horizon(durations, horizon_months)
say("horizon", horizon, wanted=horizon_months, last=durations["duration"].max())
table(durations.groupby("event").head(3).sort_values("event", ascending=False)[["account_id", "entry", "duration", "event"]])

# %% [markdown] lang="en"
# ### A film stopped before the end
#
# A “no” under `event` does not mean loyal. The film was stopped before the ending: we know that the customer stayed at least so long, and nothing of what comes after. The word for it is *censored*. Most wrong answers in this lesson come from treating such a row as something it is not.

# %% [markdown] lang="ja"
# ### 結末の前で止まった映画
#
# `event` が「いいえ」の行は「ずっと続くお客様」ではありません。映画が結末の前で止まっているだけです。少なくともここまでは続いた、その先は分からない。これを**打ち切り**(右側打ち切り)と呼びます。この章で見る間違いの多くは、この行を別のものとして扱うところから始まります。

# %% [markdown] lang="en"
# **Try it (2 minutes).** In the table above, pick a row with “no” under `event`. How long will this customer stay in the end: at least, and at most? Say it aloud, then run the next cell. Your result should look like its sentence.
#
# *No dates in your source, only months of use? Then read on to the end of section 2, and from there to sections 10 and 11.*

# %% [markdown] lang="ja"
# **やってみましょう(2分)** 上の表から `event` が「いいえ」の行を一つ選んでください。このお客様は最終的に何か月続くでしょうか。「少なくとも」と「多くても」を口に出してから、次のセルを実行します。出てくる文と同じ形で言えていれば合格です。
#
# *日付がなく利用月数だけのデータでは、2節を読み終えたら10・11節へ進んでください。*

# %%
still_here = durations[~durations["event"]].iloc[0]
say("still_here", still_here["account_id"], months=still_here["duration"])

# %% [markdown] lang="en" tags=["speaker"]
# **Censoring before the word.** Draw three lines on the board, one of them running off the edge, and ask how long the third customer stayed. Use the word “censored” only after somebody has said “at least so long”.

# %% [markdown] lang="ja" tags=["speaker"]
# **用語より先に絵を。** ホワイトボードに線を3本引き、1本は端からはみ出させます。「3本目のお客様は何か月続きましたか」。誰かが「少なくともここまで」と言ってから、「打ち切り」という言葉を出します。

# %% [markdown] lang="en"
# ## 2. The number that everybody computes
#
# Take all customers who have left, add up their months, divide. Any spreadsheet can do it, and it sounds like exactly what the CFO asked for.

# %% [markdown] lang="ja"
# ## 2. 誰もがまず計算する数字
#
# 解約したお客様だけを集めて、続いた月数を平均する。表計算ソフトがあればすぐにできますし、CFO の質問にぴったりの答えに見えます。

# %%
leavers = survival.mean_tenure_of_leavers(durations, horizon)
say("leavers_tenure", leavers, horizon=horizon)

# %% [markdown] lang="en"
# **But can we trust this?** Stand at the door of a party and ask those who are leaving how long they stayed. You will never hear from the ones still dancing. The younger the company, the worse it gets: nobody can have left after ten years where nobody has been a customer for five.
#
# Counting everyone still here as kept for ever is the same mistake with the other sign.

# %% [markdown] lang="ja"
# **この数字を信じてよいでしょうか。** 宴会場の出口に立って「何時間いましたか」と聞いても、答えてくれるのは帰る人だけです。まだ楽しんでいる人の声は一つも入りません。若い会社ほどひどくなります。創業5年の会社に、10年続いたあとで解約したお客様はいないからです。
#
# 逆に、いま契約中のお客様を全員「ずっと続く」と数えるのも、向きが反対なだけで同じ間違いです。

# %% [markdown] lang="en"
# ### Ask one month at a time
#
# Of those who were with us as a month began, how many left in it? A customer who is still here counts in every month lived through, and in none beyond. Multiply the shares that stayed and you have the retention curve. The area below it, up to a stated month, is the average time with us.
#
# Guess before you run: is that longer or shorter than the leavers' average, and by how much? Put months into the next cell, with a range that you are 80 % sure of.

# %% [markdown] lang="ja"
# ### ひと月ずつ問い直す
#
# 月初に契約中だったお客様のうち、その月に離れたのは何社か。いまも契約中のお客様は、実際に過ごした月には数えられ、その先の月には数えられません。残った割合を掛け合わせていくと残存曲線になり、曲線の下の面積が「決めた月数のうち、平均して何か月いてくださるか」になります。
#
# 先に予想してください。解約したお客様だけの平均より長いか、短いか。どのくらい違うでしょうか。次のセルに月数を、80%の自信がもてる範囲と一緒に入れます。

# %%
# %%needs calendar
predict("M13", ...)

# %%
# %%needs calendar
stay = survival.restricted_mean(durations, horizon)
say("months_with_us", stay, horizon=horizon)
verdict("M13", naive=leavers, better=stay, truth=oracle.restricted_mean(book.truth, horizon))

# %% [markdown] lang="en" tags=["speaker"]
# **The guess is the lesson.** Nobody runs the verdict before everybody has typed months and a range. Take two guesses from the room, one below and one above the leavers' average, and let both give their reason before the truth is shown.

# %% [markdown] lang="ja" tags=["speaker"]
# **予想が授業の中心です。** 全員が月数と範囲を打ち込むまで、判定のセルは実行しません。平均より短い予想と長い予想を一つずつ取り上げ、真の値を出す前に、それぞれの理由を話してもらいます。

# %% [markdown] lang="en"
# ## 3. The customers we never met
#
# Look at `entry` once more. Some customers signed before our records begin, and we know them only because they lasted. Whoever signed beside them and left early is in no table. Credit the survivors with those early months and the early months look safer than they were: the bias of the old boys' reunion.

# %% [markdown] lang="ja"
# ## 3. 会ったことのないお客様
#
# もう一度 `entry` を見てください。記録が始まる前に契約し、記録に載るまで残っていたからこそ知っているお客様がいます。同じころに契約して早く離れたお客様は、どの表にもいません。残った側の最初の数か月まで「見ていた」ことにすると、初期の解約が実際より少なく見えます。同窓会に来た人だけで卒業生を語るようなものです。

# %% [markdown] lang="en"
# The cure is one rule: a customer counts only in months in which we were watching, so from `entry` on. In the figure, see where the two estimates part, and which of them lies on the truth where it is shown. If they coincide, there are two possible reasons: nobody entered late, or the source does not say when its records begin, so that nobody could be recognised as late. In the second case the bias may be there all the same; ask.
#
# **Guess first:** at month `horizon`, what per cent are still there?

# %% [markdown] lang="ja"
# 直し方の決まりは一つだけです。お客様を数えるのは、こちらが見ていた月だけ、つまり `entry` より後だけにします。図では、二つの推定がどこで分かれるか、真の値が示されていればどちらがその上に乗るかを見てください。二つが重なっているなら、理由は二つ考えられます。途中から記録されたお客様がいないか、いつから記録が始まったのかがデータにないために、途中からだと見分けられないかです。後者なら偏りは残っているかもしれません。データの持ち主に確かめてください。
#
# **先に予想を。** `horizon` か月目に残っているのは何%でしょうか。

# %%
# %%needs calendar
predict("M14", ...)

# %%
# %%needs calendar
ignoring = survival.kaplan_meier(survival.ignore_entry(durations))
watched = survival.kaplan_meier(durations)
truth = oracle.survival(book.truth, int(watched["time"].max()))
figures.survival.curves(naive=ignoring, better=watched, truth=truth, at=horizon, lang=lang)

# %% [markdown] lang="en"
# The same curve as numbers. In each row: `at_risk`, the customers watched as the month begins; `events`, those who left in it; `estimate`, the share still here; `low` and `high`, the limits that hold it with 95 % confidence.

# %% [markdown] lang="ja"
# 同じ曲線を数字で見ます。`at_risk` はその月の初めに見ていたお客様の数、`events` はその月に離れた数、`estimate` は残っている割合、`low` と `high` は95%信頼区間の下限と上限です。

# %%
# %%needs calendar
months_to_read = [1, 6, 12, 24, 36, 48, 60, 72]
table(watched[watched["time"].isin(months_to_read)][["time", "at_risk", "events", "estimate", "low", "high"]])

# %% [markdown] lang="en"
# **Try it (4 minutes).** Put your finger on month 12 of the curve and say a full sentence: of 100 customers who sign, so many are still with us after a year, and so many customers stand behind that statement. Check it against the table. Then change `horizon_months` at the top, run everything again (menu *Run ▸ Run All Cells*), and watch the marked value move. The result should look the same as before with the mark on another month; if it stays put, your records do not reach further.

# %% [markdown] lang="ja"
# **やってみましょう(4分)** 曲線の12か月目を指で押さえ、「契約した100社のうち、1年後に残っているのは○社。この数字の裏には△社いる」と一文で言ってみてください。言えたら表と突き合わせます。次に冒頭の `horizon_months` を変えて全体を実行し直し(メニューの「Run ▸ Run All Cells」。日本語表示なら「実行」のメニュー)、図の印の位置がどう動くかを見ます。同じ曲線の別の月に印が移れば合格です。動かなければ、記録がそこまで届いていません。

# %%
# %%needs calendar
naive_share, share = survival.at(ignoring, horizon), survival.at(watched, horizon)
verdict("M14", naive=naive_share, better=share, truth=oracle.survival_at(book.truth, horizon))

# %%
# %%needs calendar churn_events.effective_on accounts.signed_on
first_left = book.churn_events["effective_on"].min()
signed_before = (book.accounts["signed_on"] < first_left).sum()
if not book.has("accounts.observed_from"):
    say("records_begin_unsaid", signed_before, day=f"{first_left:%Y-%m-%d}")

# %% [markdown] lang="en" tags=["speaker"]
# **The reunion (2 minutes).** If late entry does not land, tell it as a school reunion: “Everybody who came has done well.” Ask who is missing. Then go back to `entry` in the table of section 1 and let somebody find one such customer.

# %% [markdown] lang="ja" tags=["speaker"]
# **同窓会のたとえ(2分)。** 途中から記録されたお客様の話が伝わらないときは、「同窓会に来た人は、みんな元気にやっている」と言って、来ていないのは誰かを聞きます。そのあと1節の表の `entry` に戻り、該当するお客様を一社、探してもらいます。

# %% [markdown] lang="en"
# ## 4. The comb: not a little every month
#
# “So we lose so many per cent a month?” asks the CFO. Divide all departures by all months lived and you get one tidy rate. We take contracts of one length only, `contract_term` in the parameters, so that nobody can blame the mix.

# %% [markdown] lang="ja"
# ## 4. くし形:毎月少しずつ減るのではない
#
# 「つまり毎月○%ずつ減るということか」と CFO。解約の件数を、契約が続いた延べ月数で割れば、きれいな率が一つ出ます。契約の種類が混ざったせいだと言われないように、期間が同じ契約(パラメーターの `contract_term`)だけで計算します。

# %%
# %%needs calendar contracts.term_months
same_term = durations[durations["term_months"] == contract_term]
flat = survival.monthly_churn(same_term)
say("flat_monthly_churn", flat, term=contract_term)

# %% [markdown] lang="en"
# **But can we trust this?** The rate looks harmless, and it claims that every month is alike. Somebody on an annual contract cannot walk out in month five, however unhappy. So look month by month, each contract length for itself.
#
# What to see: do the bars form a low carpet, or a comb whose teeth stand where contracts run out?

# %% [markdown] lang="ja"
# **この率を信じてよいでしょうか。** 穏やかな数字に見えますが、「どの月も同じ」と言い切っている数字でもあります。年間契約のお客様は、どれほど不満でも5か月目に抜けることはできません。そこで、契約期間ごとに、月ごとの率を見ます。
#
# 見るところ:棒は低いじゅうたんのように並んでいますか。それとも、契約が満了する月にだけ歯が立つ、くしの形をしていますか。

# %%
# %%needs calendar contracts.term_months
comb = survival.hazard(durations, by="term_months")
figures.survival.hazard_comb(comb, lang=lang)

# %% [markdown] lang="en"
# **Try it (4 minutes).** From the picture alone, write down for each contract length the months in which customers go. Cover the table below while you do. It lists the highest bars that rest on at least 30 customers: did you name the same months, and does each make sense as the end of a contract? The exercise sheet (`cslab open 05 --exercise`) has a comb without a table.

# %% [markdown] lang="ja"
# **やってみましょう(4分)** 下の表を隠し、図だけを見て、契約期間ごとに解約が集まる月を書き出してください。表には、30社以上を数えた棒を高い順に並べています。同じ月を書けましたか。どれも契約満了の月として説明がつきますか。演習(`cslab open 05 --exercise`)には、表のないくし形があります。

# %%
# %%needs calendar contracts.term_months
solid = comb[comb["at_risk"] >= 30]
table(solid.nlargest(6, "estimate")[["term_months", "time", "at_risk", "events", "estimate", "low", "high"]])

# %% [markdown] lang="en"
# ### What one rate hides
#
# A calm month between two renewals proves nothing: nobody was free to go. When many contracts of one length were signed together, their renewals fall together, and the budget meets a cliff that the monthly rate never announced. First guess: of those on such a contract, what per cent leave in the month it runs out? Then read the sentence and the verdict, and explain the cliff in your own words to the person next to you; if you study alone, in two written sentences.

# %% [markdown] lang="ja"
# ### 一つの率が隠しているもの
#
# 更新と更新の間の静かな月は、満足の証拠ではありません。抜けたくても抜けられないだけです。同じ期間の契約が同じ時期にまとまって入っていれば、更新も同じ時期に重なり、月次の率からは見えなかった崖が予算を直撃します。先に予想を。満了の月に離れるのは、その契約のお客様の何%でしょうか。そのあと文と判定を読み、この「崖」を隣の人に自分の言葉で説明してみてください。一人で学んでいるなら、二文で書いてみます。

# %%
# %%needs calendar contracts.term_months
predict("M15", ...)

# %%
# %%needs calendar contracts.term_months
month_by_month = survival.hazard(same_term)
at_renewals = month_by_month[month_by_month["time"] % contract_term == 0]
share_at_renewals = at_renewals["events"].sum() / max(month_by_month["events"].sum(), 1)
read_at = survival.watched_horizon(same_term, contract_term, least=1)
cliff = survival.at(month_by_month, read_at)
say("cliff", flat, cliff=cliff, term=read_at, share=share_at_renewals)
verdict("M15", naive=flat, better=cliff, truth=oracle.hazard_at(book.truth, read_at, same_term))

# %% [markdown] lang="en" tags=["speaker"]
# **Let the comb speak.** Ten seconds of silence in front of the figure, then: “What do you see?” Write down their words, not yours. If somebody asks about the small bars between the teeth, do not explain them away: companies that close or are merged leave in mid-term, whatever reason stands in the record.

# %% [markdown] lang="ja" tags=["speaker"]
# **くし形に語らせます。** 図を出して10秒黙り、「何が見えますか」と聞きます。受講者の言葉のまま書き取ってください。歯の間の小さな棒について聞かれたら、ごまかさずに答えます。廃業や合併は契約の途中でも起きます。記録に残る理由が本当とは限りません。

# %% [markdown] lang="en"
# ## 5. The comb on the wall calendar
#
# No customer lives by months since signing. Put every contract on the day it runs out, weigh it by what it pays, and the comb becomes a renewal map: behind us what became of each renewal, ahead of us what is still open. Monthly contracts renew all the time and are left to product and payment.

# %% [markdown] lang="ja"
# ## 5. くし形を壁のカレンダーに移す
#
# 「契約から何か月目」という物差しで動いているお客様はいません。契約を一つずつ満了する月に置き、金額の重みをつけると、くし形は**契約更新マップ**になります。過去には更新の結果が、先にはまだ決まっていない契約が並びます。月契約は毎月が更新なので、プロダクトと決済の仕組みに任せ、ここには載せません。

# %%
# %%needs calendar contracts.end contracts.outcome contracts.mrr_amount contracts.term_months
since, until = book.as_of + pd.offsets.MonthBegin(-map_months), book.as_of + pd.offsets.MonthBegin(map_months + 1)
due = renewals.renewal_map(book, since, until, shortest_term=2)
figures.survival.renewal_map(due, lang=lang)

# %% [markdown] lang="en"
# What to see: to the left of the line, which months cost us most? To the right, how high is the next pile? Some renewals there are already decided, because a notice comes before the end it is for. The number on a bar counts all contracts of that month; the table below lists only those still open, month by month.

# %% [markdown] lang="ja"
# 見るところ:線の左側では、痛かったのは何月か。線の右側では、次の山の高さはどのくらいか。右側にも、すでに結果の決まった更新があります。解約の申し出は満了日より前に届くからです。棒の数字はその月に満了する契約の全件です。下の表には、そのうちまだ結果の出ていない契約だけを月の順に並べます。

# %%
# %%needs calendar contracts.end contracts.outcome contracts.mrr_amount contracts.term_months
ahead = due[(due["status"] == "open") & (due["month"] > book.as_of)].sort_values("month")
say("renewals_ahead", ahead["contracts"].sum(), months=map_months, mrr=money(ahead["mrr_amount"].sum(), book.currency, lang))
table(ahead[["month", "contracts", "mrr_amount"]], digits=0)

# %% [markdown] lang="en"
# ### How late is too late?
#
# The customer decides before the contract ends, and tells us later still. How long before, our own records say. Whatever you plan has to happen earlier than that, and early enough for the customer to feel a difference before deciding. Being in time for half of the decisions is not enough, so the dates below keep the distance that was in time for nine in ten.

# %% [markdown] lang="ja"
# ### いつまでなら間に合うのか
#
# お客様は満了日より前に心を決め、こちらに伝わるのはさらにその後です。どのくらい前に決まっているかは、自社の記録から分かります。打ち手はそれより前、しかも変化を実感していただける余裕をもって始めなければ間に合いません。半分に間に合うだけでは足りないので、下の日付は、10件中9件の決定に間に合う日数を取っています。

# %%
# %%needs calendar contracts.end contracts.outcome contracts.decided_on
lead = decisions.decision_lead(book)
say(lead.method, lead.half, early=lead.early, n=lead.n)

# %% [markdown] lang="en"
# Two lists follow. The first adds to every open month the latest day to begin (`start_by`: the first of the month, less those days); a day that has passed means that the month is already late. The second names the largest open contracts of the next month that can still be prepared.

# %% [markdown] lang="ja"
# 表を二つ出します。一つ目は、まだ決まっていない月のそれぞれに「遅くとも始める日」(`start_by`:その月の1日から上の日数をさかのぼった日)を添えたものです。その日がもう過ぎている月は、すでに出遅れています。二つ目は、まだ準備の間に合う次の月について、金額の大きい契約を並べたものです。

# %%
# %%needs calendar contracts.end contracts.outcome contracts.decided_on contracts.mrr_amount contracts.term_months
dated = ahead.assign(start_by=ahead["month"] - pd.Timedelta(days=lead.early))
table(dated[["start_by", "month", "contracts", "mrr_amount"]], digits=0)

# %%
# %%needs calendar contracts.end contracts.outcome contracts.decided_on contracts.mrr_amount contracts.term_months
in_time = renewals.still_in_time(book, lead.early, shortest_term=2)
say("renewals_in_time", len(in_time), mrr=money(in_time["mrr_amount"].sum(), book.currency, lang))
table(in_time.head(10), digits=0)

# %% [markdown] lang="en"
# **Decide (5 minutes).** Next month your team can prepare ten renewals properly.
#
# 1. Which calendar month's contracts do you start with, and why that one?
# 2. Count back the lead time: on which date must the first conversation have taken place?
# 3. Which renewals do you deliberately leave alone?
#
# Write one line for each into the action log at the end. Your result should look like a row of the second table: a customer, a date, an owner. Whoever disagrees should say which number they read differently; if you study alone, argue once for another month.
#
# <details><summary>A model answer</summary>
#
# 1. The month of the second table: of the months that we are still in time for it comes due first. A later month that is much heavier is a good reason to begin there as well, if its own `start_by` is near.
# 2. By the `start_by` of the first contract on the list, and better some weeks earlier: on that day one decision in ten has already been made.
# 3. Those whose `start_by` has passed get a call, not a programme; the small ones at the end of the list get a message. Contracts already decided, and monthly ones, are not on this list at all. What we cannot tell from it is who is at risk.
#
# </details>

# %% [markdown] lang="ja"
# **決める(5分)** 来月、チームがきちんと準備できる更新は10件だとします。
#
# 1. 何月満了の契約から始めますか。なぜその月ですか。
# 2. 上の日数をさかのぼると、最初の会話は何月何日までに済んでいる必要がありますか。
# 3. あえて手をかけないのはどの更新ですか。
#
# それぞれ一行ずつ、章末のアクションログに書いてください。二つ目の表の1行のように、お客様と日付と担当がそろっていれば合格です。意見が割れたら、どの数字をどう読んだかを互いに言います。一人で学んでいるなら、あえて別の月を選ぶ理由を一度考えてみます。
#
# <details><summary>解答例</summary>
#
# 1. 二つ目の表の月です。まだ間に合う月のうち、いちばん先に満了を迎えるからです。後ろにずっと大きな山があり、その `start_by` が近いなら、並行して始める理由になります。
# 2. 一覧のお客様の `start_by` のうち、いちばん早い日までです。その日には10件に1件がもう決まっているので、できれば数週間早めます。
# 3. `start_by` を過ぎた契約は、じっくり準備するのではなく、すぐ電話します。一覧の下のほうの小口はメールで済ませます。すでに決まった契約と月契約は、この一覧に載っていません。なお、誰が危ないかは、この一覧からは分かりません。
#
# </details>

# %% [markdown] lang="en" tags=["speaker"]
# **Decide (5 minutes) in groups of three:** one plays the CSM with ten slots, one the sales head, one writes the action log. Stop after five minutes even if they disagree; the disagreement is read out.

# %% [markdown] lang="ja" tags=["speaker"]
# **「決める」(5分)は三人一組で。** 一人が10件の枠をもつCSM、一人が営業責任者、一人がアクションログの記録役です。意見が割れたままでも5分で止め、割れたところを発表してもらいます。

# %% [markdown] lang="en"
# ## 6. Friday: what the CFO gets
#
# Not one number but one sentence that can be defended: how long, up to which horizon, how sure, and when the leaving happens. Read it aloud. If the CFO insists on a single number, give the first one, with its horizon, and never without it.

# %% [markdown] lang="ja"
# ## 6. 金曜日、CFO への答え
#
# 渡すのは一つの数字ではなく、問い返されても崩れない一文です。何か月までのうち何か月か、どのくらい確かか、離れるのはいつか。声に出して読んでみてください。どうしても数字を一つと言われたら、最初の数字を「何か月までのうち」とセットで渡します。期間を外して渡してはいけません。

# %%
# %%needs calendar contracts.term_months
margin = (stay.high - stay.low) / 2
say("answer_for_the_cfo", stay, margin=margin, horizon=horizon, share=share, term=contract_term, at_renewals=share_at_renewals)

# %% [markdown] lang="en"
# **On your own (15 minutes more):** `cslab open 05 --exercise` asks for the share still there after three years, the renewal months and the columns that know the ending, of another company.
#
# *The core track ends here. Go on to the key points and the action log at the end, or stay for the further track: a budget rule, a fair comparison, a test, and what to do with an export that has no dates.*

# %% [markdown] lang="ja"
# **自分で解く(別に15分)** `cslab open 05 --exercise` で演習が開きます。別の会社について、3年後に残る割合、更新月、結末を知っている列を答えます。
#
# *必修はここまでです。章末の要点とアクションログへ進んでください。時間があれば発展へ。予算で使われがちな計算式、公平な比べ方、検定、そして日付のないデータの扱いを見ます。*

# %% [markdown] lang="en" tags=["further"]
# ## 7. One over churn
#
# A rule found in many budgets: lifetime = 1 ÷ monthly churn. It is often fed with the churn of the first months, because those are the months one has. The rule assumes that every month is like those. Which months are they, for somebody on an annual contract? The ones in which leaving is impossible.

# %% [markdown] lang="ja" tags=["further"]
# ## 7. 「1÷解約率」という近道
#
# 予算でよく使われる式に、平均継続期間=1÷月次解約率 があります。手元にあるのは最初の数か月の実績なので、それを入れて計算しがちです。式は「どの月も同じ」と仮定しています。では年間契約のお客様にとって、最初の数か月とはどういう時期でしょうか。抜けたくても抜けられない時期です。

# %%
# %%needs calendar
lifetime = survival.lifetime_from_monthly_churn(durations, first=early_months)
say(lifetime.method, lifetime, first=early_months)

# %% [markdown] lang="en"
# To compare like with like, both numbers below stop at the same horizon, `long_horizon_months` or as far as the records reach: the rule first, the area under the curve below it. Where most contracts are monthly and leaving slows down with age, the rule can err the other way; so guess before you look: within that horizon, how many months does a customer of this company stay?

# %% [markdown] lang="ja"
# 同じ土俵で比べるために、下の二つはどちらも同じ月(`long_horizon_months`、記録が足りなければ見届けられた月)で打ち止めにします。上が近道の式、下が残存曲線の下の面積です。月契約が多く、長く使うほど解約が減っていく会社では、式は逆の向きに外れることもあります。見る前に予想してください。この月数のうち、この会社のお客様は平均して何か月いてくださるでしょうか。

# %%
# %%needs calendar
far = survival.watched_horizon(durations, long_horizon_months)
say("horizon", far, wanted=long_horizon_months, last=durations["duration"].max())

# %%
# %%needs calendar
predict("M17", ...)

# %%
# %%needs calendar
rule = survival.restricted_lifetime_from_churn(durations, first=early_months, horizon=far)
stay_long = survival.restricted_mean(durations, far)
verdict("M17", naive=rule, better=stay_long, truth=oracle.restricted_mean(book.truth, far))

# %% [markdown] lang="en"
# ## 8. The unhappy and the happy, compared fairly
#
# A classic first task for a new head of CS: hold the customers who left against those who renewed, and see what differed. Here is how it is usually done, with the usage on record today.

# %% [markdown] lang="ja"
# ## 8. 離れたお客様と続いたお客様を、公平に比べる
#
# CS の責任者に就いて最初に取り組むことの多い分析です。解約したお客様と更新してくださったお客様を並べ、何が違ったかを見る。まずは、いまの利用状況で比べるという、よくあるやり方から。

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
today = usage.gap_as_of_today(book)
table(usage.compared_as_of_today(book)[["status", "estimate", "low", "high", "n"]])

# %% [markdown] lang="en"
# **But can we trust this?** Of course those who left do not use the product: they have left. The table found what leaving does to usage, not what usage says about leaving. It would have looked splendid on a slide, and warned nobody.
#
# Compare both groups at the same moment instead: some months before each decided, when the outcome was open for all. How many points of the difference will be left? Guess first.

# %% [markdown] lang="ja"
# **この差を信じてよいでしょうか。** 解約したお客様が使っていないのは当たり前です。もういないのですから。この表が見つけたのは「解約が利用に与えた影響」であって、「利用から読み取れる解約の兆し」ではありません。資料に載せれば見栄えはしますが、警報にはなりません。
#
# そこで、同じ時点にそろえて比べます。どのお客様についても、決める数か月前、まだ結果が決まっていなかった時点です。差は何ポイント残るでしょうか。先に予想してください。

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
predict("M16", ...)

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
before = usage.gap_before_decision(book, months_before)
verdict("M16", naive=today, better=before, truth=oracle.usage_gap(book, months_before))
if pd.isna([today.low, before.low]).any():
    say("one_on_a_side")
table(usage.compared_before_decision(book, months_before)[["status", "estimate", "low", "high", "n"]])

# %% [markdown] lang="en"
# The figure follows the same renewals through their last year. What to see: from which month on do the two lines part, and how many months does that leave you before the decision, which is shaded? A gap inside the shade is no warning; it is the news itself, arriving late.

# %% [markdown] lang="ja"
# 図は、同じ更新を満了までの1年間追ったものです。見るところ:二つの線が離れ始めるのは何か月前からか。決定の時期(網かけ)までに、何か月残っているか。網かけの中の差は兆しではありません。もう決まったことが遅れて届いただけです。

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
paths = usage.usage_paths(book)
figures.survival.usage_before_renewal(paths, lang=lang)

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
table(paths.pivot(index="months_before", columns="status", values="estimate").sort_index(ascending=False).iloc[::3])

# %% [markdown] lang="en"
# ### Columns that know the ending
#
# **Try it (4 minutes).** Somebody joined all tables and ranked the columns by how well they separate those who left from those who stayed: 1 is perfect, 0.5 a coin. Before you run the cell after next, mark every column that could only be filled, or only looks as it does, *because* the customer has left. Your result should look like the last column of that cell's table.

# %% [markdown] lang="ja"
# ### 結末を知っている列
#
# **やってみましょう(4分)** 誰かが表を全部つなぎ、離れたお客様と続いたお客様をどれだけ見分けられるかで列を並べました。1なら完全に見分けられ、0.5ならコイン投げと同じです。次のセルの表を見て、「お客様が離れた**から**埋まった、または離れた**から**そう見える」列に印をつけてください。その次のセルの表の右端の列と同じ印になれば合格です。

# %%
# %%needs calendar churn_events.effective_on contracts.outcome contracts.decided_on
ranked = leaks.leaky_features(book, months_before)
table(ranked[["feature", "known", "estimate", "low", "high", "n"]], digits=2)

# %%
# %%needs calendar churn_events.effective_on contracts.outcome contracts.decided_on
say("leaks_found", ranked["leaked"].sum(), columns=len(ranked))
table(ranked[["feature", "known", "days_after_decision", "leaked"]], digits=0)

# %% [markdown] lang="en"
# A model given one of these looks brilliant and is useless on the day you need it. For each column ask: *on which day could we have known this?* The kit asks for you: `book.at("2024-01-31")` gives the tables back as they stood that evening, with everything later left blank. Which columns that were *not* leaked separate best, and how modest is their number? Question 3 of the exercise sheet has a table in which the strongest columns are not the guilty ones.

# %% [markdown] lang="ja"
# こうした列を入れたモデルは驚くほどよく当たり、肝心の日には役に立ちません。どの列にも「これは**いつ**分かったのか」と問うてください。`book.at("2024-01-31")` と書けば、その日の終わりに見えていた表が返り、後から分かったことは空欄になります。印のつかなかった列で、いちばん見分けられるのはどれですか。その数字は、どのくらい控えめですか。演習の3番には、よく見分けられる順と、結末を知っている列とが一致しない表があります。

# %% [markdown] lang="en"
# ### Every column at once
#
# One column compared fairly is a start; a report compares twenty, and of twenty that mean nothing one will stand out by luck. So three things have to be put right together: the **moment** (each renewal read the same time before its decision), the **age** (a first renewal beside first renewals, a third beside thirds), and the **number of tries** (each column answers for all of them: Holm's correction).
#
# In the figure a hollow square is the hurried comparison of today's records, a dot the fair one, in the column's own standard deviations. What to see: how far do the squares run to the dots, and does any dot change sides? A difference that lasts is a sign worth watching. It is not yet a lever.

# %% [markdown] lang="ja"
# ### 全部の列をまとめて比べる
#
# 一つの列を公平に比べるだけでは足りません。報告書では20列を並べて比べます。何の関係もない列でも、20もあれば一つくらいは偶然で目立ちます。そこで、三つをまとめて直します。**時点**(どの更新も、決めるまでの残り期間が同じところで読む)、**年数**(初回の更新は初回どうし、3回目は3回目どうしで比べる)、**試した数**(比べた列の数だけ、判定を厳しくする。ホルムの方法)です。
#
# 図の白い四角が、いまの記録で急いで比べた差、丸が公平に比べた差です。単位は、その列の標準偏差です。見るところ:四角から丸へ、どれだけ縮みますか。左右が入れ替わる列はありますか。公平に比べても残る差は、見張る値打ちのある兆しです。ただし、動かせば解約が減る「てこ」だとは、まだ言えません。

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
compared = comparison.compare_groups(book, months_before)
figures.survival.forest(compared, lang=lang)

# %%
# %%needs calendar usage_monthly.wau_ratio contracts.outcome contracts.decided_on
lasting = compared["finding"].isin(["stands", "turns", "appears"]).sum()
shrunk = (compared["estimate"].abs() < compared["naive"].abs() / 2).sum()
say("differences_that_last", lasting, columns=len(compared), shrunk=shrunk, aside=compared.attrs["set_aside"])
table(compared[["feature", "naive", "estimate", "low", "high", "p_holm", "finding"]], digits=2)

# %% [markdown] lang="en"
# ## 9. Do the segments really differ?
#
# Curves of two groups never coincide exactly. The log-rank test asks month by month: if both left at the same rate, how many departures should each group have had? It counts late entry properly. A small p-value says that chance alone would hardly produce the difference; it says neither how large it is nor why it is there.

# %% [markdown] lang="ja"
# ## 9. セグメントの差は本物か
#
# 二つのグループの曲線がぴったり重なることはありません。ログランク検定は、ひと月ごとに「どのグループも同じ率で離れていたら、それぞれ何社だったはずか」を計算し、実際と比べます。途中から記録されたお客様も正しく数えます。p 値が小さいとは、偶然だけではまず起きない差だということです。差の大きさも、差の理由も、教えてはくれません。

# %%
# %%needs calendar accounts.segment
group = "segment"
test = survival.compare(durations, by=group)
say("logrank", test.p_value, statistic=test.statistic, degrees=test.degrees)
table(pd.DataFrame({"observed": test.observed, "expected": test.expected}), digits=1)

# %% [markdown] lang="en"
# How large, then? Read each group's curve at the horizon: of 100 customers of each, how many are still here? (A group that was not followed so far has no row.) **Try it (4 minutes):** change `group = "segment"` to `"term_months"` or `"plan"` and run both cells. Your result should look like the tables here, with other groups in the first column. Which split puts the groups further apart, and would you act on it?

# %% [markdown] lang="ja"
# では、差はどのくらい大きいのか。`horizon` か月目で、グループごとの曲線を読みます。それぞれ100社のうち、残っているのは何社でしょうか(そこまで見届けられていないグループの行は出ません)。**やってみましょう(4分)** `group = "segment"` を `"term_months"` や `"plan"` に変え、二つのセルを実行してみてください。いちばん左の列のグループだけが替わった、同じ形の表が出れば合格です。グループの差がいちばん開くのはどの分け方ですか。その差で、打ち手を変えますか。

# %%
# %%needs calendar accounts.segment
by_group = survival.kaplan_meier(durations, by=group)
table(by_group[by_group["time"] == horizon][[group, "at_risk", "estimate", "low", "high"]])

# %% [markdown] lang="en"
# ## 10. Open the box
#
# Nothing in the curve is magic. Here it is in plain pandas: who was watched, who left, one minus the one over the other, multiplied up. The last column is what `survival.kaplan_meier` says; the two agree to the last digit shown.
#
# On a list without dates the same arithmetic runs, and it is no more than arithmetic: the curve follows no group of customers from signing, because nobody knows over which period the departures were collected. Section 11 takes that up.

# %% [markdown] lang="ja"
# ## 10. 箱を開けてみる
#
# 残存曲線に手品はありません。素の pandas で書けばこうなります。見ていたのは何社、離れたのは何社。割り算をして1から引き、掛け合わせるだけです。右端の列が `survival.kaplan_meier` の答えで、表示した桁まで一致します。
#
# 日付のない一覧でも計算はできますが、計算ができるというだけです。いつからいつまでの解約を集めたものか分からないので、契約から追いかけたお客様の集団を表す曲線にはなりません。詳しくは11節で扱います。

# %% tags=["box"]
every_month = pd.RangeIndex(1, horizon + 1, name="month")
by_hand = pd.DataFrame(0, index=every_month, columns=["at_risk", "left"])
for month in by_hand.index:
    watched_now = (durations["entry"] < month) & (durations["duration"] >= month)
    left_now = durations["event"] & (durations["duration"] == month)
    by_hand.loc[month] = watched_now.sum(), left_now.sum()
by_hand["by_hand"] = (1 - by_hand["left"] / by_hand["at_risk"]).cumprod()
by_hand["cslab"] = survival.kaplan_meier(durations).set_index("time")["estimate"]
by_hand.tail(6).round(4)

# %% [markdown] lang="en"
# ## 11. When an export has no dates
#
# Many exports hold only how long each customer has stayed and whether the customer has *just* left. Let us spoil our own company into such a list: everybody who was here a month ago, and who of them has gone since. The figure lays two readings of that list beside the curve from section 3.

# %% [markdown] lang="ja"
# ## 11. 日付のないデータしかないとき
#
# 書き出したデータに「利用月数」と「最近解約したかどうか」しか入っていないことは、よくあります。自社のデータをわざとその形に崩してみましょう。1か月前に契約中だった全社と、そのうち誰がいなくなったか。図では、この一覧を二通りに読み、3節の曲線の隣に並べます。

# %%
# %%needs calendar churn_events.effective_on
month_ago = book.as_of - pd.DateOffset(months=1)
just_left = book.churn_events.query("@month_ago < effective_on <= @book.as_of")["account_id"]
our_list = durations[~durations["event"] | durations["account_id"].isin(just_left)].assign(entry=0)
say("stock_made", len(our_list), left=our_list["event"].sum())

# %%
# %%needs calendar churn_events.effective_on
plain = survival.kaplan_meier(our_list)
period = survival.kaplan_meier(survival.period_reading(our_list))
figures.survival.curves({"stock_plain": plain, "stock_period": period, "stock_watched": watched}, at=horizon, lang=lang)

# %%
# %%needs calendar churn_events.effective_on
readings = {"plain": plain, "period": period, "watched": watched}
read_off = pd.concat(readings, names=["reading"]).query("time in [1, 12, 24, 36]")
table(read_off.pivot_table(index="time", columns="reading", values="estimate", sort=False))

# %% [markdown] lang="en"
# Read plainly, the list credits each customer with every month of a long life, but remembers departures from the last month only: years of staying against weeks of leaving. Such a Kaplan–Meier curve describes no group of customers that ever lived. The period reading asks of each customer only about that one month. It is honest, and as rough as one month of departures makes it.

# %% [markdown] lang="ja"
# そのまま読むと、お客様が過ごした長い年月は全部数えるのに、解約は直近1か月分しか数えません。何年分もの「続いた」と、わずかひと月分の「離れた」を並べているわけです。こうして描いたカプラン・マイヤー曲線は、実在したどのお客様の集団も表していません。もう一つの読み方では、各社についてその1か月だけを見ます。正直な読み方ですが、ひと月分の解約しか使わないので粗くなります。

# %% [markdown] lang="en"
# ### Your own list, if it is of this kind
#
# The next cells run only on a source that has tenures and a yes/no and nothing more. They print the plain curve, because you will meet it in tools and papers and ought to recognise it, and beside it the period reading. If the two tell very different stories, ask the owner of the export what “left” means there, and since when.

# %% [markdown] lang="ja"
# ### お手元の一覧がこの形のとき
#
# 次のセルは、利用月数と「解約した・していない」だけのデータでのみ動きます。ほかのツールや論文で目にすることの多い素朴な曲線を、見分けがつくように示し、その隣に1か月だけで読む曲線を置きます。二つがまるで違う話をするなら、データの持ち主に聞いてください。ここでの「解約」は、いつからいつまでの解約ですか、と。

# %%
# %%needs stock_sample
listed = survival.kaplan_meier(durations)
last_month = survival.kaplan_meier(survival.period_reading(durations))
figures.survival.curves({"stock_plain": listed, "stock_period": last_month}, lang=lang)
say("stock_list", len(durations), left=durations["event"].mean(), set_aside=durations.attrs["set_aside"])
both = listed.merge(last_month, on="time", suffixes=("_plain", "_period")).query("time > 0 and (time <= 12 or time % 12 == 0)")
table(both[["time", "at_risk_plain", "events_plain", "estimate_plain", "at_risk_period", "estimate_period"]], digits=4)

# %% [markdown] lang="en"
# Now hold the list against itself. It holds old customers; the period reading says how few of those who sign grow so old. Together they tell how many must once have signed.

# %% [markdown] lang="ja"
# 最後に、一覧をその一覧自身と突き合わせます。一覧には長く続いているお客様が載っています。一方、1か月だけで読む曲線は、そこまで続くお客様が契約した中の何割かを示します。合わせると、かつて何社が契約していたはずかが分かります。

# %%
# %%needs stock_sample
checked = stock.check_stock(durations)
asked = {"plain": checked.plain, "beyond": checked.beyond, "month": checked.month, "listed": checked.n, "signed": checked.signed}
say(checked.method, checked.period, **asked)

# %% [markdown] lang="en"
# Such a list has columns of its own, and the temptation is to hold leavers against stayers in all of them at once. On a list nothing can be read at another moment; what can be put right is the age. In the figure a hollow square is the whole list, a dot compares only customers of like age and contract term. Anything that grows with time, such as everything paid so far, changes most, and may change sides: those who leave are young, so they have paid little.

# %% [markdown] lang="ja"
# こうした一覧には、独自の列がたくさんあります。全部の列で、離れた側と続いた側を比べたくなるところです。一覧では時点はそろえられませんが、年数ならそろえられます。図の白い四角は一覧の全社を比べた差、丸は継続月数と契約期間が近い会社どうしを比べた差です。これまでの支払総額のように、時間とともに増える列ほど大きく動き、左右が逆になることもあります。離れるのは契約して間もない会社が多く、まだ少ししか支払っていないからです。

# %%
# %%needs stock_sample
by_age = comparison.compare_groups(book)
figures.survival.forest(by_age, lang=lang)

# %% [markdown] lang="en" tags=["core"]
# ## For your own data
#
# Change one argument: `source = "folder:path/to/export"`. `cslab readiness` tells beforehand what will run.
#
# | You need | for | Look out for |
# |---|---|---|
# | `contracts`: account_id, start, end | everything | a CRM that overwrites the start date at each renewal; customers deleted when they leave |
# | `contracts`: outcome, decided_on | renewal map, lead time | “renewed” set by a machine on the last day |
# | `contracts`: term_months | the comb | a term changed in mid-life |
# | `contracts`: mrr_amount | value on the map | prices with and without tax in one column |
# | `accounts`: observed_from | the cure for late entry | the day you changed systems is the day the records begin |
# | `usage_monthly`, `churn_events` | the fair comparison | usage that stops being logged when notice is given |
#
# Renamed or merged companies look like a departure and a new customer. Trials and pauses need a rule before you count, not after.

# %% [markdown] lang="ja" tags=["core"]
# ## 自社のデータで
#
# 変えるのは一か所、`source = "folder:書き出したフォルダー"` だけです。どこまで実行できるかは、先に `cslab readiness` で確かめられます。
#
# | 必要なもの | 用途 | 気をつけること |
# |---|---|---|
# | `contracts` の account_id・start・end | すべて | 更新のたびに開始日が上書きされるCRM。解約すると消される顧客 |
# | `contracts` の outcome・decided_on | 更新マップ、いつ決まるか | 期末に機械的に入る「更新済み」 |
# | `contracts` の term_months | くし形 | 途中で契約期間が変わった顧客 |
# | `contracts` の mrr_amount | マップの金額 | 税込と税別の混在 |
# | `accounts` の observed_from | 途中から記録された顧客の補正 | システムを乗り換えた日が、記録の始まる日です |
# | `usage_monthly`・`churn_events` | 公平な比較 | 解約の申し出と同時に止まる利用ログ |
#
# 社名変更や合併は「解約1社と新規1社」に見えます。トライアルと休止の扱いは、数える前に決めておきます。

# %% [markdown] lang="en"
# ## How good were your guesses?
#
# Each guess of this lesson beside the truth, as far as it is known, and how many of your ranges held it. Being wrong is no shame; a range that is too narrow is what costs money, because somebody plans by it.

# %% [markdown] lang="ja"
# ## 予想はどうでしたか
#
# この章でした予想を、分かっている範囲で真の値と並べ、範囲に入ったのがいくつかを数えます。外れるのは恥ではありません。困るのは狭すぎる範囲です。それを信じて計画を立てる人がいるからです。

# %%
calibration()

# %% [markdown] lang="en"
# ## Key points
#
# - “Still here” is half a story. Count each customer in the months lived through, in no other.
# - Customers from before the records count from the month you began to watch them.
# - Contracts end in teeth, not in a carpet: plan by renewal month, not by monthly rate.
# - A lifetime needs a horizon. State it every time.
# - Compare leavers and stayers at the same moment before the decision, with what was known then.

# %% [markdown] lang="ja"
# ## 要点
#
# - 「まだ契約中」は話の途中。過ごした月だけ数え、その先は数えない。
# - 記録より前からのお客様は、こちらが見始めた月から数える。
# - 解約はじゅうたんではなく、くしの歯。月次の率ではなく更新月で計画する。
# - 「平均何か月」には必ず「何か月までのうち」を添える。
# - 離れたお客様と続いたお客様は、決める前の同じ時点に、その時点で分かっていたことだけで比べる。

# %% [markdown] lang="en"
# ## What this lesson did not show
#
# Why customers leave, who will be next, and whether anything we do would change it: a difference before the decision is a sign, not yet a cause. Every customer counted as one, large or small; revenue that shrinks without leaving was left out, and so were customers who came back. Departures nobody decided, such as closures, were counted together with the rest.

# %% [markdown] lang="ja"
# ## この章で扱わなかったこと
#
# なぜ離れるのか、次は誰か、手を打てば変わるのか。決定前に見えた差は兆しであって、まだ原因とは言えません。また、大口も小口も1社と数えました。解約には至らない減額と、戻ってきてくださったお客様は扱っていません。廃業のように、誰も「決めて」いない解約も一緒に数えています。

# %% [markdown] lang="en"
# ## Three questions
#
# 1. A colleague reports: “Our churned customers stayed nine months on average, so a customer is worth nine months.” What is missing?
# 2. Churn was low in every one of the last five months. The book is mostly annual contracts signed in March. Do you relax?
# 3. Customers who left had opened hardly any e-mail in their last four weeks. Is that an early warning?
#
# <details><summary>Answers</summary>
#
# 1. Everybody who is still there. The average of leavers cannot exceed the age of the company; ask for the area under the retention curve and for its horizon.
# 2. No. Between renewals hardly anybody can leave. Look at the renewal map for March, and at the lead time before it.
# 3. Only if those weeks lie before the decision. If the notice had been given already, the silence is its consequence. Compare both groups at the same distance before deciding.
#
# </details>

# %% [markdown] lang="ja"
# ## 確認の3問
#
# 1. 「解約したお客様の平均は9か月でした。だからお客様の寿命は9か月です」と同僚が報告しました。何が抜けていますか。
# 2. この5か月、解約はずっと少ないままです。契約のほとんどは3月に結んだ年間契約です。安心してよいでしょうか。
# 3. 離れたお客様は、最後の4週間、メールをほとんど開いていませんでした。これは解約の早期サインになりますか。
#
# <details><summary>答え</summary>
#
# 1. いまも契約中のお客様が全員抜けています。離れたお客様の平均は、会社の年齢より長くなりようがありません。残存曲線の下の面積と、それが何か月までの話かを聞きましょう。
# 2. できません。更新の合間は、離れたくてもほとんど離れられません。契約更新マップの3月と、決まるまでの日数を見ます。
# 3. その4週間が、決める前なら。すでに解約の申し出があったのなら、静かになったのは結果です。決定から同じだけ前の時点にそろえて比べます。
#
# </details>

# %% [markdown] lang="en"
# ## Action log
#
# | What will you do | Which number made you | Who | By when | Months until it shows |
# |---|---|---|---|---|
# | *for instance: call every contract that runs out in the heaviest month* | *renewal map* | *CSM of the account* | *end date less the lead time, less a month* | *until the renewal* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="ja"
# ## アクションログ
#
# | 何をするか | きっかけになった数字 | 誰が | いつまでに | 効果が見えるまでの月数 |
# |---|---|---|---|---|
# | *例:いちばん重い月に満了する契約の全社に連絡する* | *契約更新マップ* | *担当CSM* | *満了日から決定までの日数を引き、さらに1か月前* | *更新日まで* |
# | <br> | | | | |
# | <br> | | | | |
# | <br> | | | | |

# %% [markdown] lang="en"
# ## Next
#
# Now we know when. Lesson 06 asks why, and what a customer is worth: causes that compete, a model of the renewal, lifetime value with its uncertainty.
#
# | Word | In this course |
# |---|---|
# | Censored | still a customer when the data end: stayed at least so long |
# | Late entry (left truncation) | known only because still there when the records begin |
# | Retention curve (Kaplan–Meier) | share still with us, month by month |
# | Hazard | share leaving in a month, of those there as it begins |
# | Average months within a horizon (RMST) | area under the curve up to a stated month |
# | Renewal map | contracts by the month they run out, with value and status |
# | Leakage | using what was known only after the decision |

# %% [markdown] lang="ja"
# ## 次の章と用語
#
# 「いつ」は分かりました。次の第06章では「なぜ」と「お客様の価値はいくらか」を問います。競い合う解約要因、更新のモデル、幅をもたせた LTV を扱います。
#
# | 用語 | この教材での意味 |
# |---|---|
# | 打ち切り | データの終わりにまだ契約中。少なくともここまでは続いた |
# | 遅延登録(左側切断) | 記録が始まった時点で残っていたから知っている顧客 |
# | 残存曲線(カプラン・マイヤー) | 契約から何か月目に何割残っているか |
# | ハザード | 月初に契約中だった顧客のうち、その月に離れる割合 |
# | 期間内の平均継続月数(RMST) | 決めた月までの、曲線の下の面積 |
# | 契約更新マップ | 満了月ごとの契約の件数・金額・状態 |
# | リーク | 決定の後に分かったことを使ってしまうこと |

# %% [markdown] lang="en" tags=["speaker"]
# ### For the instructor
#
# - **Time:** story and section 1, 7 minutes; sections 2 and 3, 13; section 4, 9; sections 5 and 6, 12; key points and action log, 4. The three questions are homework. Let the room guess aloud before each verdict; `-p reveal_truth=false` hides the truth until you want it.
# - **Where they stumble:** reading a “no” under `event` as loyal; taking the retention curve for a forecast of one customer; believing that the map shows risk, when it shows opportunity to decide.
# - **Vary it:** `-p source.seed=8` (does each verdict hold on another company?), `-p contract_term=24`, `-p months_before=6`, an earlier `as_of` (which map would you have had a year ago?).
# - **When a verdict goes the other way:** keep it. One company is one draw; ask how many of the class's seeds agree, and why the reason still stands.
# - **On a source without dates** sections 3 to 9 say what cannot be known; go from section 2 to sections 10 and 11.

# %% [markdown] lang="ja" tags=["speaker"]
# ### 講師の方へ
#
# - **時間配分** 導入と1節で7分、2〜3節で13分、4節で9分、5〜6節で12分、要点とアクションログに4分。確認の3問は宿題にします。判定を見せる前に必ず予想を口に出してもらいます。`-p reveal_truth=false` で真の値を伏せておけます。
# - **つまずきやすい所** `event` が「いいえ」の行を「優良顧客」と読む。残存曲線を1社の予測と取り違える。更新マップの高い山を「危ない月」と読む(示しているのは、お客様が決められる月です)。
# - **変えてみる** `-p source.seed=8`(別の会社でも判定は同じか)、`-p contract_term=24`、`-p months_before=6`、`as_of` を1年前に(1年前ならどんなマップが見えていたか)。
# - **判定が逆に出たとき** 消さずに使います。1社は1回の試行です。クラスの seed のうち何社で同じ結果になったかを数え、それでも理由が変わらないことを確かめます。
# - **日付のないデータでは** 3〜9節は「何が分からないか」を答えます。2節から10・11節へ進んでください。
