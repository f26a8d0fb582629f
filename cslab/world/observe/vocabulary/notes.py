"""What customers and those who were lost say in interviews, as a CS manager notes it down.

A note is one of the sentences of its frame and theme, and one with which the notes of its frame end.
"""
# ruff: noqa: E501 (one note, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from itertools import product

FRAMES = ("lost", "churned", "silent", "happy", "champion")
"""Who is interviewed."""

_SAID: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("lost", "price"): (
        ("価格は先方の想定のほぼ倍。機能の比較に入る前に話が終わってしまった。", "The price was nearly twice what they had in mind; it was over before anybody compared features."),
        ("費用対効果の説明が稟議で通らなかったとのこと。示せる事例も少なかった。", "The case for the cost did not get through their approval. We had few examples to offer."),
        ("利用人数が読めず、人数課金では予算を確定できないと言われた。", "They could not tell how many people would use it, so a price per seat could not be budgeted."),
        ("現場は乗り気だったが、決裁者が費用に納得しなかったそうだ。", "The team was keen; the person who signs was not convinced by the cost."),
        ("値引きの話ばかりになり、何のために入れるのかを一緒に整理できなかった。", "It was all about the discount. We never sorted out together what it was for."),
        ("今の手作業でも回っているので、毎月払う理由が説明できないとのこと。", "Doing it by hand still works, so they could not explain a monthly fee to anybody."),
    ),
    ("lost", "missing_features"): (
        ("承認フローが先方の社内ルールに合わず、最後まで引っかかったとのこと。", "The approval flow did not match their rules, and that stayed a sticking point to the end."),
        ("必須にしていた帳票が出せず、早い段階で候補から外れていた。", "A report they had to have could not be produced; we were out early on."),
        ("基幹システムとつながらないと二重入力になる、という現場の声が決め手だったそうだ。", "Without a link to their core system they would type everything twice; that decided it."),
        ("やりたいことの半分は当社の製品の範囲外。提案先として無理があった。", "Half of what they want is outside our product. They were not the right company to pitch to."),
        ("権限を部署ごとに細かく分けたいという要望に応えられなかった。", "They wanted finer access rights for each department than we can offer."),
        ("業界の商習慣に対応しておらず、運用で補ってほしいとは言えなかった。", "It does not cover how their industry works, and we could not ask them to work around it."),
    ),
    ("lost", "competitor"): (
        ("他社はデモの翌週に、先方のデータを入れた環境を見せてくれたそうだ。", "A week after the demo the other vendor showed them a system with their own data in it."),
        ("親会社がすでに他社製品を使っており、そろえる形になった。", "The parent company already used another product, so they fell in line."),
        ("機能の差より、導入後の支援の説明が他社のほうが具体的だったとのこと。", "Less the features than the plan for after the start: theirs was more concrete than ours."),
        ("同業の導入事例の数で他社を選んだと、率直に話してくれた。", "They told us frankly that the other vendor had more references in their industry."),
        ("付き合いの長い販売代理店の勧めで他社に決まった。比較表は形だけだった様子。", "A reseller they have known for years recommended somebody else. The comparison was a formality."),
        ("操作が分かりやすいという現場の一言で、他社に傾いたそうだ。", "One remark from the team, that the other one was easier to use, tipped the balance."),
    ),
    ("lost", "timing"): (
        ("基幹システムの入れ替えで手いっぱいになり、検討そのものが止まった。", "They are replacing their core system; everything else has stopped."),
        ("推進していた部長の異動で、話が宙に浮いたとのこと。", "The manager behind it was moved to another post, and nobody picked it up."),
        ("困りごとははっきりしているが、今すぐでなくても業務は回るとの判断。", "The problem is clear, but they decided that work goes on without solving it now."),
        ("予算の締めに間に合わず、翌年度に持ち越しになった。", "They missed the budget deadline and put it off to the next fiscal year."),
        ("組織変更の直前で、誰が運用するのかを決められなかったそうだ。", "A reorganisation was coming, and nobody could say who would run it."),
        ("途中で優先順位が下がり、連絡が途絶えていた。今回ようやく理由を聞けた。", "It slid down their list and they went quiet. Only now did we hear why."),
    ),
    ("churned", "price"): (
        ("更新の見積もりを見て、初めて費用を意識したとのこと。使っている実感がなかった。", "They first thought about the cost when the renewal quote came. It did not feel like something they used."),
        ("経費の見直しで、利用の少ないサービスから順に止めることになったそうだ。", "Costs were reviewed, and the services least used were stopped first."),
        ("金額そのものより、何に払っているのかを社内で説明できないのがつらかったと。", "Worse than the amount was not being able to explain inside what they were paying for."),
        ("使う人が減ったのに契約人数はそのままで、割高に感じていたとのこと。", "Fewer people used it while the number of seats stayed, so it felt dear."),
        ("安いプランがあるなら相談したかった、との声。こちらから案内できていなかった。", "They would have talked about a cheaper plan. We had not offered one."),
        ("経営会議で削減の対象に挙がり、担当の方は残したかったが押し返せなかったそうだ。", "It came up for cuts in a board meeting; our contact wanted to keep it and could not."),
    ),
    ("churned", "missing_features"): (
        ("期待していた集計が結局できず、表計算ソフトに戻したとのこと。", "The report they had hoped for never worked out, and they went back to spreadsheets."),
        ("要望を何度か出したが、見通しが返ってこなかったのが残念だったと。", "They had asked for it several times. What disappointed them was that nobody said when."),
        ("業務に合わせるための回り道が増え、使うほど手間がかかったそうだ。", "The workarounds piled up; the more they used it the more work it made."),
        ("契約のときに聞いた「できます」が、実際は思っていたものと違った。最初のずれを最後まで引きずった。", "What they were told it could do turned out to be something else. That first gap never closed."),
        ("連携が足りず、同じデータを二か所で直していた。現場が先に音を上げたとのこと。", "Too little was connected, so they corrected the same data in two places. The team gave up first."),
        ("製品が悪いのではなく、うちの業務には合わなかった、という言い方だった。", "As they put it: nothing wrong with the product, it just did not suit what we do."),
    ),
    ("churned", "hard_to_start"): (
        ("設定の途中で担当の方が忙しくなり、そのまま止まってしまったとのこと。", "Half-way through the setup our contact got busy, and there it stopped."),
        ("最初のデータ登録に手間取り、現場に広げる前に更新の時期が来たそうだ。", "Getting the first data in took so long that the renewal came before the team had started."),
        ("説明は分かりやすかったが、翌日から自分たちで何をすればよいか分からなかったと。", "The briefing was clear, but the next morning they did not know what to do themselves."),
        ("誰が旗を振るのか社内で決まらないまま、契約の満了を迎えた。", "Nobody inside was ever put in charge of it, and then the term was up."),
        ("つまずいたとき誰に聞けばよいか分からなかったとのこと。窓口は案内したつもりだった。", "When they got stuck they did not know whom to ask. We thought that we had told them."),
        ("始める前の準備が想像より重かったそうだ。小さく始める進め方を示せていなかった。", "Getting ready was heavier than they had expected. We had not shown them how to start small."),
    ),
    ("churned", "not_used"): (
        ("気づけば誰もログインしていなかった、と苦笑いしながら話してくれた。", "One day they noticed that nobody logged in any more, they said with a wry smile."),
        ("たまに見るだけになり、それなら要らないという話になったそうだ。", "They only glanced at it now and then, and at some point asked why keep it."),
        ("便利なのは分かっていたが、日々の業務に組み込めなかったとのこと。", "They knew that it was handy, but it never became part of the daily routine."),
        ("当初の目的を果たした後、次の使い道が見つからなかったと。", "Once the first job was done they found no next use for it."),
        ("現場の数人だけが使い、上には効果が見えていなかった様子。", "A few people used it; those above them saw no effect."),
        ("困ったときではなく、更新の前にだけ連絡が来ると感じていたそうだ。耳が痛い。", "They felt that we called before renewals and not when they had trouble. That stings."),
    ),
    ("churned", "competitor"): (
        ("別の部署が使っていた他社製品に統一することになったとのこと。", "Another department used somebody else's product, and they settled on that one."),
        ("乗り換え先は、データの移行まで面倒を見てくれたそうだ。", "The new vendor even moved their data for them."),
        ("不満があったわけではなく、他社が先に提案に来た、という話だった。", "They were not unhappy. The other vendor simply came with a proposal first."),
        ("欲しかった機能が他社で先に出たのがきっかけ。しばらく前から比べていたとのこと。", "A function they wanted came out elsewhere first. They had been comparing for a while."),
        ("グループ全体の方針で他社に一本化。現場に選ぶ余地はなかったそうだ。", "The whole group moved to one vendor. The team had no say."),
        ("乗り換えの検討が始まっていたことに、こちらは最後まで気づけなかった。", "They had begun to look around, and we did not notice until the end."),
    ),
    ("churned", "person_left"): (
        ("導入を進めた方が異動し、後任には目的が引き継がれていなかった。", "The person who had brought us in moved on, and the successor was never told what it was for."),
        ("担当の方が退職し、管理者の権限を誰も持っていない時期があったそうだ。", "Our contact left the company, and for a time nobody had the administrator's rights."),
        ("後任の方は別の製品に慣れており、最初から見直すつもりだったとのこと。", "The successor was used to another product and meant to change from the start."),
        ("推進役がいなくなってから、社内で話題にものぼらなくなったと。", "Once the person who pushed it was gone, nobody even mentioned it."),
        ("引き継ぎの資料はあったが、なぜ入れたのかは書かれていなかった。", "There were hand-over notes, but not a word on why they had bought it."),
        ("窓口が一人だけだったことが響いた。その方が抜けたとたん、連絡が取れなくなった。", "We had relied on one person. The day that person went, we lost touch."),
    ),
    ("churned", "business_closed"): (
        ("事業そのものをたたむことになり、利用を続ける部署がなくなったとのこと。", "They are closing that business, and no department is left to use it."),
        ("親会社との統合で、システムは先方に合わせることになったそうだ。", "They are being merged into the parent company and take over its systems."),
        ("サービスには満足していたと言ってもらえた。会社の事情で、打つ手はなかった。", "They told us that they had been happy with us. It was beyond anybody we could have talked to."),
        ("対象の事業を売却し、利用していたチームごと移られた。", "The business was sold, and the team that used it went with it."),
        ("経営状況が厳しく、外部のサービスはすべて止めるとのこと。", "Money is short, and every outside service is being stopped."),
        ("拠点の閉鎖が決まり、契約を残す理由がなくなった。", "The site is closing, so there is no reason to keep the contract."),
    ),
    ("silent", "hard_to_start"): (
        ("初期設定が途中のまま。今さら聞くのも申し訳なくて、放っておいたとのこと。", "The setup is half done. They felt awkward about asking so late and let it be."),
        ("手引きは見たが、自社の場合の設定が分からず手が止まっていた。", "They had read the guide but could not tell which settings applied to them."),
        ("データの準備ができておらず、始める前の段階だった。", "Their data is not ready; they have not really begun."),
        ("担当の方は前向きだが、社内の協力が得られず一人で抱えている様子。", "Our contact is willing but gets no help inside and carries it alone."),
        ("案内のメールは届いていたが、次に何をすればよいか読み取れなかったそうだ。", "Our mails arrive, but they could not make out what to do next."),
        ("最初の打ち合わせのあと、宿題が重くて進まなかったとのこと。", "After the first meeting the homework was too heavy, and nothing moved."),
    ),
    ("silent", "not_used"): (
        ("忙しい時期に使わなくなり、そのまま戻っていないとのこと。", "They stopped in a busy spell and never went back to it."),
        ("以前のやり方に戻っていた。困っていないので連絡もしなかったそうだ。", "They are back to the old way of working. Nothing was wrong, so they saw no need to call."),
        ("問い合わせがないのは順調だからではなく、使っていないからだった。", "No questions did not mean that all was well. They are not using it."),
        ("使っているのは一部の人だけで、担当の方も実態をつかめていなかった。", "Only some of them use it, and our contact could not say who."),
        ("やめるつもりはないが優先順位は低い、という話。更新の時期が心配。", "They do not mean to leave, but it is low on their list. The renewal worries me."),
        ("ログインの方法を忘れている方もいた。思い出すきっかけが必要。", "Some had forgotten how to get in. They need something to bring them back."),
    ),
    ("silent", "person_left"): (
        ("前任の方が異動しており、こちらからのメールは誰も読んでいなかった。", "The person we knew has moved on, and nobody was reading our mails."),
        ("後任の方は、契約があることを最近知ったとのこと。", "The successor only lately found out that there is a contract."),
        ("引き継ぎは口頭だけ。何のための製品かから説明し直した。", "They were handed over by word of mouth. We explained from scratch what it is for."),
        ("担当の方が替わったことを、こちらで把握しきれていなかった。", "We had not really taken in that our contact has changed."),
        ("新しい担当の方は別の業務と兼任で、手が回っていない様子。", "The new contact has another job beside this one and cannot keep up."),
        ("前任の方の設定がそのまま残り、誰も触れなくなっていた。", "The old settings are still there, and nobody dares to touch them."),
    ),
    ("silent", "no_time"): (
        ("本業が忙しく、返事をする余裕がなかったとのこと。", "Their own work keeps them busy; there was no time to answer us."),
        ("特に困っていないので連絡しなかった、という返事。言葉どおりかは分からない。", "Nothing was wrong, so they did not call, they say. Hard to tell whether that is all."),
        ("月末月初は手が離せないそうで、短い電話だけになった。", "The turn of the month is their busiest time, so it was a short call."),
        ("必要なときだけ使う、と割り切っているそうだ。", "They use it when they need it and no more, and mean to keep it so."),
        ("アンケートは後で答えようと思って、そのままになっていたとのこと。", "They had meant to answer the survey later, and later never came."),
        ("「順調ですよ」の一言。具体的な話は聞けなかった。", "All fine, they said. We got nothing more specific."),
    ),
    ("happy", "results"): (
        ("毎月の集計が半日で終わるようになったと、嬉しそうに画面を見せてくれた。", "The monthly figures now take half a day; they were proud to show us the screen."),
        ("残業が目に見えて減ったとのこと。数字も社内でまとめてくださっている。", "Overtime is visibly down, and they have put the numbers together themselves."),
        ("導入の目的だったミスの削減は達成。次は対応のスピードを見ていきたいそうだ。", "Fewer mistakes was the goal, and it is reached. Next they want to look at speed."),
        ("経営会議の資料に、当社の画面がそのまま使われているとのこと。", "Our screen goes into their board papers as it is."),
        ("先方のお客様への返答が速くなり、褒められたそうだ。", "They answer their own customers faster and have been praised for it."),
        ("以前は勘で決めていたことを、数字で話せるようになったと。", "What they used to decide by feel they now discuss with numbers."),
    ),
    ("happy", "support"): (
        ("困ったときにすぐ返事が来るのが何より助かる、とのこと。", "Quick answers when they are stuck are what they value most."),
        ("サポートの担当者の名前を覚えてくださっていた。", "They remembered the name of the person in support."),
        ("質問の意図をくみ取って、先回りして答えてくれるのが良いと。", "They like that we see what is behind a question and answer that too."),
        ("最初のつまずきを一緒に解決したことが、印象に残っているそうだ。", "What stayed with them is that we solved their first trouble together."),
        ("ヘルプ記事で、たいていのことは自己解決できているとのこと。", "With the help articles they mostly sort things out themselves."),
        ("ほかのサービスと比べて、対応する人の顔が見えると言われた。", "Compared with other services, they said, one can tell that there are people here."),
    ),
    ("happy", "spread"): (
        ("隣の部署から使いたいと声が上がり、社内で説明会を開いたそうだ。", "The department next door wants it too; they held a briefing of their own."),
        ("最初の部署だけでなく、ほかの部署も毎朝見るようになったとのこと。", "Not only the first department: others look at it every morning now."),
        ("決裁者にも画面を見てもらい、来期の計画に入れてもらえたと。", "The person who signs has seen it, and it is in the plan for next year."),
        ("社内の勉強会で使い方を教え合っているそうだ。こちらの出番がない。", "They teach one another in sessions of their own and hardly need us."),
        ("別の拠点にも広げたいので、進め方を相談したいとのこと。", "They want to bring it to another site and asked how to go about it."),
        ("新しく入った方の研修に、使い方の時間が組み込まれた。", "Learning it is now part of how they train new people."),
    ),
    ("happy", "wishes"): (
        ("満足しているからこそ言う、と前置きのうえで、画面の改善点を挙げてくださった。", "Because we like it, they began, and then listed what to improve on the screens."),
        ("一覧の並び順が保存されないのが惜しい、とのこと。", "A pity that the order of a list is not kept, they said."),
        ("今の使い方には満足。次はほかのシステムとつなぎたいそうだ。", "They are content with what they do now and would like to connect other systems next."),
        ("新しい機能の案内が多く、自社に関係するものを選んでほしいとのこと。", "So many announcements: they would like us to pick the ones that concern them."),
        ("使いこなせていない機能があるはずなので、ほかの会社の使い方を知りたいと。", "There must be functions they miss; they want to know how others use it."),
        ("通知の量だけは減らしてほしい、と笑いながら言われた。", "Just fewer notifications, please, they said and laughed."),
    ),
    ("champion", "results"): (
        ("上司への報告に使う数字を一緒に整理した。ご本人の評価にも関わるとのこと。", "We went through the numbers for the report upstairs. It matters for our contact's own standing."),
        ("導入前後の比較をご自身で作ってくださっていた。説得力がある。", "Our contact had drawn up a before and after without being asked. It convinces."),
        ("部署の成果として社内の表彰に出したいそうだ。", "They want to enter it for an award inside the company."),
        ("定着の勘どころを、ご自身の言葉で説明できるようになっている。", "Our contact can now explain in plain words what makes it stick."),
        ("小さな成功をこまめに社内で発信しているとのこと。広がり方の理由が分かった。", "Small successes are passed around inside all the time. That explains how it spreads."),
        ("数字が出たので、次の予算は取りやすいと話してくれた。", "With these numbers the next budget will be easier to get."),
    ),
    ("champion", "spread"): (
        ("ほかの部署の会議に呼ばれて説明しているとのこと。資料はこちらで用意することに。", "Other departments ask our contact to present it. We will prepare the slides."),
        ("部署ごとに一人ずつ、使い方に詳しい方を決めたそうだ。", "They have named one person in each department who knows it well."),
        ("反対していた部署も、実際の画面を見て態度が変わったとのこと。", "The department that was against it came round when it saw the real thing."),
        ("広げるにはやり方をそろえる必要がある、と手順書を作り始めていた。", "To spread it they need one way of working, so a manual is under way."),
        ("上長の方との打ち合わせに同席させてもらえることになった。", "We may join a meeting with the people higher up."),
        ("社内の質問はまずご本人に集まる。回答集を一緒に作る。", "All questions inside go to our contact first. We will write down the answers together."),
    ),
    ("champion", "wishes"): (
        ("社内で聞かれて答えに困る点を、まとめて教えてくださった。", "We were given a list of the questions from inside that are hard to answer."),
        ("ほかの会社の推進役の方と話してみたいとのこと。ユーザー会を案内した。", "Our contact would like to meet people in the same role elsewhere. We mentioned the user group."),
        ("改善の要望に、現場の声をもとに優先順位を付けてくださった。", "The wishes came in order of importance, as the team sees it."),
        ("今後の開発ロードマップが分かると、社内で説明しやすいそうだ。", "Knowing what we plan to build would make it easier to explain inside."),
        ("初めての方向けの短い動画が欲しいとのこと。", "A short film for beginners would help."),
        ("権限の設定が複雑で、社内に広げるときの壁になっていると。", "The access rights are complicated and get in the way of spreading it."),
    ),
    ("champion", "alone"): (
        ("社内で使い方が分かるのは自分だけ、と不安を口にされた。", "Nobody else inside knows how it works, our contact said, and it worries them."),
        ("上司はまだ効果に半信半疑で、説明に苦労しているとのこと。", "The boss is still not sure that it works, and explaining it is hard going."),
        ("本業の合間に一人で進めており、そろそろ限界だと言われた。", "It is done alone and on the side, and that is about to be too much."),
        ("自分が異動したら止まると思う、と率直に話してくれた。", "If I move on it will stop, our contact said frankly."),
        ("ほかの部署の方にもお会いしたいと頼んだが、まだ早いとのこと。", "We asked to meet people of other departments; too early, we were told."),
        ("味方になってくれそうな方の名前を、何人か挙げてもらった。", "We were given a few names of people who might be on our side."),
    ),
}

_CLOSINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "lost": (
        ("状況が変わればまた声をかけてもらえることに。", "They will come back to us if things change."),
        ("売り込みではないと伝えたところ、率直に話してくれた。", "Once they knew that we were not selling they spoke openly."),
        ("商談の初めに聞けていれば、お互い時間を使わずに済んだ。", "Had we asked early on, both sides would have saved time."),
        ("営業とマーケティングにも共有する。", "I will pass it on to sales and marketing."),
    ),
    "churned": (
        ("担当の方は最後まで丁寧に対応してくださった。", "Our contact was courteous to the end."),
        ("また必要になれば相談したい、と言ってくださった。", "They would talk to us again if they needed it."),
        ("聞いた内容は次の振り返りで共有する。", "I will bring it to our next review."),
        ("社名を出さなければ、社内の勉強会で紹介してよいとのこと。", "We may tell the story inside as long as we leave out the name."),
    ),
    "silent": (
        ("来月もう一度、短く時間をもらうことにした。", "They will give us a little time again next month."),
        ("連絡を嫌がってはいない様子。間をあけずに声をかける。", "They do not mind being called. I will not leave it too long."),
        ("利用の数字だけでは分からなかった。聞いてみてよかった。", "The usage figures alone would not have told us. Good that we asked."),
        ("返事をもらうまでに何度か連絡した。", "It took several attempts to reach them."),
    ),
    "happy": (
        ("事例として話してもらえるか、次回お願いしてみる。", "Next time I will ask whether they would be a reference."),
        ("良い話だけで終わらないよう、困りごとも聞いた。", "So as not to hear only the good, I asked about troubles too."),
        ("半年後にまた話を聞く約束をした。", "We agreed to talk again in half a year."),
        ("開発とサポートのチームにも伝える。", "I will tell the developers and support."),
    ),
    "champion": (
        ("次の打ち合わせまでに、こちらの宿題を片づける。", "I will do our homework before we meet again."),
        ("社内の関係者のことを、分かる範囲で教えてもらった。", "We learned what there is to know about the others inside."),
        ("無理なく続けてもらえるよう、頼みすぎに注意する。", "I must take care not to ask too much."),
        ("お礼とともに、今日の要点をメールで送った。", "I sent thanks and the main points by mail."),
    ),
}

THEMES = tuple(dict.fromkeys(theme for _, theme in _SAID))
"""What interviews are about."""

NOTES_A_THEME = 24
"""Notes of one frame and theme: six sentences, each with four endings."""

_PAIRS = tuple((*pair, *end) for (frame, _), said in _SAID.items() for pair, end in product(said, _CLOSINGS[frame]))

NOTES_JA = tuple(said + end for said, _, end, _ in _PAIRS)
"""All notes in Japanese, frame by frame and theme by theme."""

NOTES_EN = tuple(f"{said} {end}" for _, said, _, end in _PAIRS)
"""The same notes in English."""


def first_note(frame: str, theme: str) -> int:
    """The place of the first note of a frame and theme; negative where that frame does not speak of that theme.

    >>> first_note("lost", "missing_features"), first_note("happy", "timing")
    (24, -24)
    """
    found = list(_SAID)
    return NOTES_A_THEME * (found.index((frame, theme)) if (frame, theme) in found else -1)
