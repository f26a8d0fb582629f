# %% [raw]
# number: "12"
# title_en: Too early, or too good to be true?
# title_ja: まだ早いのか、うますぎる話なのか
# minutes: 45
# needs: [accounts]

# %% [markdown] lang="en"
# # Too early, or too good to be true?
#
# Exercises of lesson 12 · 45 minutes. Parts 1 to 4 are **core** (27 minutes), 5 to 8 go **further** (18 minutes). Part 2 is about your own company of the sheet; the other parts bring companies of their own. Put your answer in the place of the three dots and run the cell; `hint` helps in three steps.

# %% [markdown] lang="ja"
# # まだ早いのか、うますぎる話なのか
#
# 第12章の演習(45分) 1〜4が**必修**(27分)、5〜8が**発展**(18分)です。2はこの演習の会社についての問いで、ほかの問いでは、それぞれ別の会社を使います。`...` を自分の答えに書き換えて、セルを実行してください。`hint` が三段階で手助けします。

# %% tags=["parameters"]
source: str = "synthetic:default_jp?seed=12&accounts=2000"  # where the company's tables come from
# ja: 題材の会社。自社なら folder:フォルダーのパス
as_of: str = ""  # last day that is known, empty for the last day of the data
# ja: 基準日。この日までに分かったことだけを使う。空ならデータの最終日
lang: str = "en"  # language of texts and figures, en or ja
# ja: 文章と図の言語。en か ja
trainee: str = ""  # your name or number, gives you a company of your own
# ja: 自分の名前か番号。入れると自分だけの会社になる
variant: int = 0  # which version of fixed data
# ja: 決まったデータの、どの版を使うか

# %%
from cslab import figures
from cslab.course.chain.lesson import show_links
from cslab.course.exercise import begin, check, hint
from cslab.course.questions import chained
from cslab.course.table import table
from cslab.measure import impact

book = begin("12", source, as_of, lang, trainee, variant)

# %% [markdown] lang="en"
# ## 1. Thirty statements (core, 8 minutes)
#
# Thirty sentences from plans and reports. Put each into its level: `input` (what goes in) · `activity` (what the team does) · `output` (what that produces, or what customers merely receive or sit through) · `outcome` (what customers do, can or feel that they did not before) · `impact` (what it is all for). Of these thirty, 27 are enough: some can be argued about. `chained.by_level(input=[...], activity=[...], output=[...], outcome=[...], impact=[...])` makes the answer out of the numbers of each level.

# %% [markdown] lang="ja"
# ## 1. 30の文(必修・8分)
#
# 計画書や報告書から取った30の文です。それぞれのレベルを答えてください。`input`(投じるもの)・`activity`(チームがすること)・`output`(その産物。お客様が受け取っただけ、参加しただけのものも)・`outcome`(お客様の行動・能力・感じ方の変化)・`impact`(最終的に目指すもの)。意見が分かれる文もあるので、27文合っていれば正解です。レベルごとに番号を並べて、`chained.by_level(input=[...], activity=[...], output=[...], outcome=[...], impact=[...])` と書けば、そのまま答えになります。

# %%
texts = chained.numbered(variant, lang)
texts

# %%
sort_statements = ...
### BEGIN SOLUTION
key = {one.text(lang): one.level for one in impact.statements()}
sort_statements = {number: key[text] for number, text in texts.items()}
### END SOLUTION
check("sort_statements", sort_statements)

# %%
# hint("sort_statements", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **The one to discuss.** Collect the three statements on which the room disagrees most, and ask of each: *whose* behaviour is it about? If the answer is “ours”, it is an output at best. `impact.classify(text)` sorts by rules and says so when asked: `impact.error_rate(lang)` is its error on sentences that the rules never saw.

# %% [markdown] lang="ja" tags=["speaker"]
# **話し合う問いです。** 意見がいちばん割れた文を三つ集め、「これは**誰の**行動の話か」と問います。答えが「私たち」なら、せいぜいアウトプットです。`impact.classify(text)` は、規則に従って文を分類します。規則を作るときに使わなかった文でどれだけ間違えるかは、`impact.error_rate(lang)` で分かります。

# %% [markdown] lang="en"
# ## 2. When will the money come? (core, 5 minutes)
#
# Your company plans a user community. `chain` is its impact chain. `impact.expected_time(chain, book)` draws the lags of all links many times and gives, for each node, the months after which 1 in 10, half, and 9 in 10 customers are there (`low`, `estimate`, `high`); a link that waits for a renewal waits as long as your contracts still run. After how many months, **from the first planning on**, will half of what there is to come have reached `revenue`? Your result should be a number of months.

# %% [markdown] lang="ja"
# ## 2. お金になるのは、いつか(必修・5分)
#
# この会社は、ユーザーコミュニティを計画しています。`chain` が、そのインパクトチェーンです。`impact.expected_time(chain, book)` は、すべてのリンクの遅れを何度も引き直し、ノードごとに「1割・半数・9割のお客様に届くまでの月数」(`low`・`estimate`・`high`)を返します。更新を待つリンクでは、自社の契約の残り期間が、そのまま待ち時間になります。**最初の企画から数えて**何か月で、半数が `revenue` に届きますか。答えは月数です。

# %%
chain = impact.shipped("community")
figures.impact.diagram(chain, lang=lang);

# %%
# %%needs calendar contracts.end contracts.term_months
months_to_impact = ...
### BEGIN SOLUTION
times = impact.expected_time(chain, book).set_index("node")
months_to_impact = times.loc["revenue", "estimate"]
### END SOLUTION
check("months_to_impact", months_to_impact)

# %%
# hint("months_to_impact", 1)

# %% [markdown] lang="en"
# ## 3. Month four (core, 5 minutes)
#
# Two programmes, two companies, both by lot, both four months old: a **campaign** with prizes for using the product (three mails, an hour of work a customer), and a thorough **onboarding** (thirty hours a customer, contracts of a year). The tables hold what the records say of every link so far. Nobody's renewals have moved. For each: `"go_on"` or `"stop"`? You are judged by what the programmes truly bring over five years. Your result should be a dict.

# %% [markdown] lang="ja"
# ## 3. 4か月目の判断(必修・5分)
#
# 二つの会社が、それぞれ施策を抽選で始めて4か月たちました。一つは、製品を使うと景品がもらえる**キャンペーン**(案内メール3回、1社あたり約1時間)。もう一つは、手厚い**オンボーディング**(1社あたり30時間、契約は年単位)です。表には、今の時点で記録から言えることを、リンクごとにまとめてあります。更新率は、どちらもまだ動いていません。それぞれ、続けますか(`"go_on"`)、やめますか(`"stop"`)。採点は、その施策が5年間で実際にもたらす成果によります。答えは辞書です。

# %%
show_links(chained.at_month_four("campaign", variant))

# %%
show_links(chained.at_month_four("onboarding", variant))

# %%
month_four = {"campaign": ..., "onboarding": ...}
### BEGIN SOLUTION
broken = {name: chained.at_month_four(name, variant).counts["contradicted"] for name in month_four}
month_four = {name: "stop" if links else "go_on" for name, links in broken.items()}
### END SOLUTION
check("month_four", month_four)

# %%
# hint("month_four", 1)

# %% [markdown] lang="en" tags=["speaker"]
# **Ask after the check.** Which table holds *absence of evidence*, which *evidence of absence*? In the campaign's, more seats are in use and nobody uses more of the product: what was to follow in the same month did not. In the other, nothing that counts was due. Then: what would you want to see in month eight?

# %% [markdown] lang="ja" tags=["speaker"]
# **採点のあとに問います。** 「証拠がまだない」のはどちらの表で、「ないという証拠がある」のはどちらの表でしょうか。キャンペーンでは、席の利用率は上がったのに、応用機能の利用は増えていません。同じ月に続くはずのものが、続かなかったのです。もう一方では、肝心のリンクはどれも、まだ時期が来ていません。最後に「8か月目には、何を見たいか」を尋ねます。

# %% [markdown] lang="en"
# ## 4. Verdicts on the FAQ (core, 9 minutes)
#
# An FAQ has been open for eighteen months to half of a company's customers, by lot. `links` holds, by the target of each link, what one participant changes: `estimate` with its limits `low` and `high`, `mde` (the smallest change that so many customers would show four times in five), `declared` (what the chain promises), `followed` (the share of participants followed as long as the lag takes); NaN stands where there is nothing to measure yet. Placebos and controls are in order. Give each target its verdict. The rules, the first that applies: less than half followed → `"not_yet_due"` · `mde` larger than what is declared (whatever its sign) → `"unidentifiable"` · both limits on the declared side of 0 → `"supported"` · else, where the limits leave the declared change out → `"contradicted"`.

# %% [markdown] lang="ja"
# ## 4. FAQの判定(必修・9分)
#
# ある会社では、抽選で選んだ半数のお客様に、18か月前からFAQを公開しています。`links` は、リンクの行き先ごとに、参加企業1社あたりの変化をまとめたものです。`estimate` は推定値、`low` と `high` はその区間、`mde` はこの社数で5回に4回見つけられる最小の変化、`declared` は見込み、`followed` は遅れの分まで追跡できた参加企業の割合です(NaN は、まだ測れないという意味です)。開始前の差(プラセボ)にも、変わるはずのない指標(対照)にも、問題はありません。行き先ごとに判定してください。規則は、上から順に当てはめます。追跡できたのが半数未満 → `"not_yet_due"`/`mde` が見込みの大きさ(符号は問わない)より大きい → `"unidentifiable"`/区間の両端が、0から見て見込みと同じ側にある → `"supported"`/それ以外で、区間が見込みを含まない → `"contradicted"`。

# %%
links = chained.faq_links(variant)
links.round(4)

# %%
faq_verdicts = {"tickets": ..., "ease": ..., "use": ..., "retention": ..., "lifetime_value": ...}
### BEGIN SOLUTION
early, small = links["followed"] < 0.5, links["mde"] > links["declared"].abs()
right = links[["low", "high"]].mul(links["declared"], axis=0).min(axis=1) > 0
found = right.map({True: "supported", False: "contradicted"})
faq_verdicts = found.mask(small, "unidentifiable").mask(early, "not_yet_due").to_dict()
### END SOLUTION
check("faq_verdicts", faq_verdicts)

# %%
# hint("faq_verdicts", 1)

# %% [markdown] lang="en"
# ## 5. How many times as many? (further, 4 minutes)
#
# In the same table, the link to `ease` rests on the few customers who answered the survey. The smallest change that shows falls with the **square root** of their number. How many times as many answers would show the declared change four times in five? Your result should be a number with one decimal that holds.

# %% [markdown] lang="ja"
# ## 5. 回答が何倍あればよいか(発展・4分)
#
# 同じ表で、`ease` へのリンクは、アンケートに答えた少数のお客様だけで判定しています。見つけられる最小の変化は、社数の**平方根**に反比例して小さくなります。見込みどおりの変化を5回に4回見つけるには、回答が今の何倍必要ですか。小数第1位まで確かな数で答えてください。

# %%
times_as_many = ...
### BEGIN SOLUTION
ease = links.loc["ease"]
times_as_many = (ease["mde"] / ease["declared"]) ** 2
### END SOLUTION
check("times_as_many", times_as_many)

# %%
# hint("times_as_many", 1)

# %% [markdown] lang="en"
# ## 6. Two roads to one place (further, 4 minutes)
#
# A lot decides who takes part, so the programme's effect on any node is known. The effect of a **link** is known from it only where the programme reaches the target through the link's source alone. Read the picture: for which links does **another road** lead from the activity to the target, past the source? The table gives their names. Your result should be a set of names such as `{"tickets>ease"}`.

# %% [markdown] lang="ja"
# ## 6. 一つの場所に通じる二つの道(発展・4分)
#
# 参加は抽選で決めるので、どのノードについても、施策の効果は分かります。しかし**リンク**の効果がそこから分かるのは、施策がリンクの出発点だけを通って行き先に届くときに限ります。図を読んでください。活動から行き先まで、出発点を通らない**別の道**があるリンクはどれですか。リンクの名前は、表にあります。`{"tickets>ease"}` のような、名前の集合で答えてください。

# %%
forked = chained.forked(variant)
figures.impact.diagram(forked, lang=lang);

# %%
table(chained.named_links(forked, lang))

# %%
two_roads = ...
### BEGIN SOLUTION
two_roads = {link.id for link in forked.links if impact.graph.past(forked, link)}
### END SOLUTION
check("two_roads", two_roads)

# %%
# hint("two_roads", 1)

# %% [markdown] lang="en"
# ## 7. Mend a chain (further, 6 minutes)
#
# `draft` is a chain as a colleague wrote it down. `impact.lint` says what keeps it from being judged. Mend all of it, and change nothing else: `draft.replace("what stands there", "what should stand there")` gives the text with a piece exchanged, and several can follow one another; mind the spaces and line ends (`\n`) of what stands there. Your result should be the whole text.

# %% [markdown] lang="ja"
# ## 7. チェーンを直す(発展・6分)
#
# `draft` は、同僚が書いたチェーンです。判定の妨げになる点は、`impact.lint` が教えてくれます。ほかは変えずに、すべて直してください。`draft.replace("今の文字列", "直した文字列")` で一部を置き換えた全文になり、`.replace` は続けて書けます。空白と改行(`\n`)も、今の文字列どおりに書いてください。答えは、直した全文です。

# %%
draft = chained.DRAFT
print(draft)

# %%
table(impact.lint(impact.Chain.from_yaml(draft, "draft.yaml"), lang=lang)[["line", "place", "says"]])

# %%
mended_chain = ...
### BEGIN SOLUTION
mended_chain = draft.replace("level: outcome\n    en: 40", "level: output\n    en: 40")
mended_chain = mended_chain.replace("to: skills\n", 'to: skills\n  sign: "+"\n').replace("owner:\n", "owner: cs\n")
### END SOLUTION
check("mended_chain", mended_chain)

# %%
# hint("mended_chain", 1)

# %% [markdown] lang="en"
# ## 8. “With use held equal, nothing is left” (further, 4 minutes)
#
# A lot took half of these customers into a programme that makes people use the product more. A report compares participants with others **among those who use it much**, and among those who do not, and finds nothing, or worse. But the programme works **through** use; and who uses it much without any help is in good health anyway. By how much does the programme change the share that stays? Your result should be a share between −1 and 1, with three decimals that hold.

# %% [markdown] lang="ja"
# ## 8. 「利用をそろえると、効果は残らない」(発展・4分)
#
# 抽選で半数のお客様に、製品の利用を増やす施策を行いました。ある報告書は、**よく使うお客様どうし**、あまり使わないお客様どうしで参加企業とほかを比べ、「効果はない。むしろ悪い」と書いています。しかし、この施策は利用を**通じて**効くものです。それに、手助けなしでもよく使うお客様は、もともと健全です。施策は、継続した割合をどれだけ変えましたか。−1から1の小数で、小数第3位まで確かな値を答えてください。

# %%
customers = chained.use_held_equal(variant)
customers

# %%
held_equal = ...
### BEGIN SOLUTION
sums = customers.groupby("takes_part")[["customers", "stayed"]].sum()
held_equal = (sums["stayed"] / sums["customers"]).diff().iloc[-1]
### END SOLUTION
check("held_equal", held_equal)

# %%
# hint("held_equal", 1)

# %% [markdown] lang="en"
# ## Done
#
# `cslab progress` shows what is green. One question to take home: of the programmes that your team runs now, for which can you name the month in which the first outcome may be judged?

# %% [markdown] lang="ja"
# ## おわりに
#
# `cslab progress` で、正解した問いを確かめられます。最後に一つ、持ち帰ってください。いま動いている施策のうち、「最初のアウトカムを判定してよい月」を言えるのは、どれですか。
