"""What is read for in the one answer in words of lesson 06, in both languages, and what people write."""

from __future__ import annotations

from cslab.course.questions.kinds import Part
from cslab.course.questions.question import Sample

_WORDS = {
    "leavers": (
        "leave first|leaves first|left first|leave early|leaves early|left early|leave soon|left soon|leave sooner"
        "|leave in the first|left in the first|leave within the first|gone first|gone early|go first|gone by then"
        "|are gone|have gone|already gone|have left|had left|already left|drop out*|dropped out|weed*|filter*|sort*"
        "|survivor*|those who remain|whoever remains|who remains|those remaining|those who stay|those left|who is left"
        "|離れやすい|解約しやすい|辞めやすい|離れそうな|解約しそうな|先に離れ|先に解約|先に抜け|先にいなく|早く離れ|早く解約"
        "|早いうちに|早期に|初めの数年|最初の数年|最初の年に|1年目に|ふるい|生き残|生存者|残ったお客|残ったのは|残った顧客"
        "|残っている|残るのは|残るお客|残る顧客|抜けていった|いなくなった"
    ),
    "same": (
        "no customer chang*|no customer has chang*|no one chang*|nobody chang*|nobody has chang*|none of them chang*"
        "|not chang*|never chang*|unchanged|as before|the same customer*|same as before|stay the same|stays the same"
        "|not improv*|no improvement|nothing improv*|nothing has improv*|nobody improv*|did not get better"
        "|not got better|without anything improving|same age|new cohort*|later cohort*|next cohort*|other cohort*"
        "|変わっていな|変わらな|変わったわけではな|変化していな|変化はな|改善していな|改善したわけではな|改善とは限|良くなっていな"
        "|良くなったわけではな|よくなったわけではな|よくなっていな|同じまま|同じ年目|同じ経過年数|新しいコホート|次のコホート"
        "|後から契約した|別の年に契約|一定|前と同じ|以前と同じ|ずっと同じ|同じでよい|同じでも|同じ行動|同じ確率"
        "|constant|the same chance|the same probability|same rate as before"
    ),
    "credit": (
        "thanks to our|thanks to us|because we|because of our|because our|proves that our|shows that our|our work pays"
        "|のおかげ|取り組みの成果|活動の成果|施策の成果|施策が効|活動が効|改善したから|頑張ったから|力を入れたから"
    ),
    "growing": (
        "more loyal|grows loyal|grow loyal|become loyal|becomes loyal|get used|gets used|more attached|grow fond"
        "|愛着が|慣れてき|慣れて|慣れるから|忠誠心が|ロイヤルティが高ま|ロイヤルティが上が|ファンにな"
    ),
}
_UNWANTED = ("credit", "growing")
PARTS = tuple(Part(name, tuple(words.split("|")), wanted=name not in _UNWANTED) for name, words in _WORDS.items())
SORTED_OUT = Sample(
    "Those who were ready to leave left early, so the rest looks better every year although no customer changed.",
    "離れやすいお客様が先に離れるため、残りの継続率は年々上がって見えますが、一社も変わっていないのです。",
)
OUR_DOING = Sample(
    "The rate rises every year because our onboarding and our user meetings have been working better and better.",
    "継続率が毎年上がるのは、オンボーディングとユーザー会の取り組みの成果が出ているためです。",
)
THEY_GROW = Sample(
    "The rate rises every year since customers get used to the product and become loyal to it over time.",
    "お客様は製品に慣れてきて愛着が深まるので、年を追うごとに継続率が上がっていくのだと思います。",
)
