"""What is read for in the answer in words of lesson 10, in both languages, and what people write."""

from __future__ import annotations

from cslab.course.questions.kinds import Part
from cslab.course.questions.question import Sample

_WORDS = {
    "impossible": (
        "could not become|cannot become|could not have become|could never become|never became|would not have become"
        "|had no chance to become|cannot be a case|could not be a case|no time to become|never get to be"
        "|could not give|had already left|left before|gone before|leaves before|immortal*|survive* long enough"
        "|lived long enough|stayed long enough|have to stay|had to stay|must have stayed"
        "|なれない|なれなかった|なる前に|出る前に|事例になる前|事例になれ|載る前に|載れない|協力できない|協力する前"
        "|残っていたから|続いたから|続いていないと|残らないと|残っていないと|不死|その前に離れ|先に離れ|すでに離れ|既に離れ|先に解約|前に解約"
    ),
    "same_age": (
        "same age|same month*|as old|equally old|landmark*|from the same point|from that month|at month 12|month twelve"
        "|after a year|after one year|first anniversary|who are there at|still there at|of the same tenure|same tenure"
        "|follow* both|from there on|from then on"
        "|同い年|同じ月数|月数が同じ|月数をそろえ|契約期間が同じ|契約からの月数|ランドマーク|時点で分け|時点での|時点を決め|時点までに"
        "|その時点から|そこから先|1年後の時点|1年たった|一年たった|1年時点|12か月目|十二か月目"
    ),
    "cases_work": (
        "case studies keep|case studies make|cases keep customers|make every customer a case|more case studies"
        "|proud of being a case|事例が引き止め|事例に出てもらえば|全員に事例|全社に事例|もっと事例を増や|事例を増やせば"
    ),
    "ask_more": (
        "too few cases|larger sample|sample is too small|more data is needed|not significant"
        "|件数が少な|サンプルが少な|標本が小さ|もっとデータ|有意でない|有意ではない"
    ),
}
_UNWANTED = ("cases_work", "ask_more")
PARTS = tuple(Part(name, tuple(words.split("|")), wanted=name not in _UNWANTED) for name, words in _WORDS.items())
NO_CASE = Sample(
    "Whoever left in the first year could not become a case study, so compare those who are one at month 12 with the "
    "others who are still there at that month, and follow both from there.",
    "1年以内に離れたお客様は、事例になる前に離れています。12か月目の時点で事例の有無に分け、そこから先の解約を比べましょう。",
)
KEEPS = Sample(
    "The landmark is that nobody has left before: case studies keep customers, so let us make every customer a case.",
    "事例になる前に離れた会社はないのですから、事例が引き止めているのです。12か月目の時点までに全社に事例をお願いしましょう。",
)
MORE_DATA = Sample(
    "Those who had already left are not in it; but above all the sample is too small to compare at month 12.",
    "事例になる前の解約もありますが、いちばんの問題はサンプルが少ないことで、12か月目の時点でもまだ何とも言えません。",
)
