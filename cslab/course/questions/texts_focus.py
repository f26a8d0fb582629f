"""What is read for in the one answer in words of lesson 02, in both languages, and what people write."""

from __future__ import annotations

from cslab.course.questions.kinds import Part
from cslab.course.questions.question import Sample

_WORDS = {
    "per_hour": (
        "per hour|an hour|one hour|each hour|every hour|hour of|hours bring|for the hours|same hours|500 hours"
        "|1時間|一時間|時間当たり|時間あたり|時間を使|同じ時間|500時間"
    ),
    "gain": "gain*|worth|ltv|value|saves|saved|revenue|profit*|bring*|earn*|yield*|return*|margin"
    "|効果|得られ|増え|LTV|価値|金額|売上|利益|粗利|もたら|稼|生み|生む|見返り",
    "because_many": "because most customers are there|most customers, so|いちばん多いから|一番多いから|最も多いから",
    "dismissed": (
        "hour does not matter|hour doesn't matter|gain does not matter|gains do not matter|ltv does not matter"
        "|value does not matter|regardless of the gain|regardless of what an hour|regardless of ltv|whatever an hour"
        "|効果など関係|効果は関係|効果に関係|効果とは関係|効果にかかわらず|効果を気にせず|あたりなど関係|LTVは関係|LTVに関係"
        "|LTVなど関係|価値は関係|価値に関係|金額は関係|金額に関係|利益は関係|利益に関係|利益など関係"
    ),
}
_UNWANTED = ("because_many", "dismissed")
PARTS = tuple(Part(name, tuple(words.split("|")), wanted=name not in _UNWANTED) for name, words in _WORDS.items())
PER_HOUR = Sample(
    "Most customers stand in adoption, but an hour there gains less LTV than an hour before a renewal.",
    "お客様がいちばん多いのはアダプションですが、1時間あたりに得られる LTV は更新前のほうが大きいためです。",
)
WHERE_MANY_ARE = Sample(
    "We should help in adoption because most customers are there, so the gain for all hours must be largest there.",
    "お客様がいちばん多いからアダプションに時間を使えば、効果も最大になるはずです。",
)
NO_MATTER_WHAT = Sample(
    "What an hour brings there is beside the point: the gain does not matter, our people know adoption best.",
    "1時間あたりの効果など関係なく、慣れているアダプションに時間を使うべきだと思います。",
)
