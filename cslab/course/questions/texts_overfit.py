"""What is read for in the answer in words of lesson 07, in both languages, and what people write."""

from __future__ import annotations

from cslab.course.questions.kinds import Part
from cslab.course.questions.question import Sample

_WORDS = {
    "chance": (
        "by chance|chance pattern*|noise|luck|coincidence*|accident*|random*|memoris*|memoriz*|by heart|overfit*"
        "|over-fit*|over fit*|too many columns|too many features|too many signals|many columns for|few leavers"
        "|too few customers|few departures|columns for so few"
        "|偶然|たまたま|まぐれ|ノイズ|雑音|丸暗記|暗記|覚え込|過学習|過剰適合|過適合|オーバーフィット|列が多すぎ|項目が多すぎ|特徴量が多すぎ"
        "|指標が多すぎ|変数が多すぎ|少ない解約|解約が少な|少ない顧客|少ないお客|合いすぎ|合い過ぎ|合わせすぎ|合わせ過ぎ"
    ),
    "new": (
        "new customer*|other customer*|unseen|not seen|never seen|had not seen|held out|hold out|hold-out|holdout"
        "|test set|on the test|.58|0.58|customers it did not know|customers it does not know|other companies|next year"
        "|does not carry over|does not hold for|fresh customer*|fresh data|new data"
        "|新しいお客|新しい顧客|別のお客|別の顧客|ほかのお客|他のお客|他の顧客|ほかの顧客|初めて見る|見たことのない|見ていない"
        "|知らないお客|知らない顧客|未知の|テスト|検証用|取り分けた|取っておいた|ホールドアウト|学習に使っていない|新しいデータ|別のデータ|ほかのデータ|他のデータ|0.58|.58"
    ),
    "bad_luck": (
        "bad luck|unlucky|the test customers were odd|test is wrong|test was wrong|use the training|report .92"
        "|report the .92|true value is .92|.92 is the true|.92 is right"
        "|運が悪|不運|テストのほうがおかし|テストがおかし|.92が正し|0.92が正し|.92を報告|0.92を報告|.92が本当|0.92が本当"
    ),
    "more_columns": (
        "more columns|more features|more signals|add columns|add features|add signals|bigger model|larger model"
        "|deeper model|列を増や|列を足|特徴量を増や|特徴量を足|指標を増や|指標を足|項目を増や|変数を増や|もっと多くの列"
        "|もっと複雑"
    ),
}
_UNWANTED = ("bad_luck", "more_columns")
PARTS = tuple(Part(name, tuple(words.split("|")), wanted=name not in _UNWANTED) for name, words in _WORDS.items())
NEW_CUSTOMERS = Sample(
    "With so many columns for so few leavers the score learned noise by heart; on new customers that is worth nothing.",
    "少ない解約に対して列が多すぎるため、たまたまの癖まで丸暗記してしまい、新しいお客様には通用しないのです。",
)
BAD_LUCK = Sample(
    "The test was simply unlucky: with such noise on other customers we should report the .92 of the training instead.",
    "テストはたまたま運が悪かっただけなので、学習したときの0.92が正しい値だと報告すべきだと思います。",
)
MORE_COLUMNS = Sample(
    "The noise on new customers shows that the score knows too little yet, so we should add features until it fits.",
    "新しいお客様で当たらないのは偶然が残っているからで、特徴量を増やしてもっと学習させれば解決するはずです。",
)
