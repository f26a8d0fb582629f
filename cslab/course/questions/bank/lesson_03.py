"""Questions of lesson 03: steps in the customer's words, one owner each, a silent vote, hand-offs and their blame."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from cslab.course import claims
from cslab.course.questions import toy_journey as toy
from cslab.course.questions.kinds import Classes, Linted, Num, Part, Text
from cslab.course.questions.question import Material, Mistake, Question, Sample
from cslab.faults import DataError, Fault
from cslab.measure import journey
from cslab.measure.journey.voice import speaks

if TYPE_CHECKING:
    import pandas as pd

STEPS, OWNER, VOTE, BLAME, CLAIMS, PEOPLE = "E08", "E09", "E09b", "E09c", "E09d", "E09e"
PREDICATE = re.compile(r"\b(has|have|had|can|could|is|are|was|were|will|did|knows?|uses?|sees?|works?)\b", re.I)
"""A word by which an English text is a sentence rather than a heading."""

EVERYBODY = ("all", "everybody", "everyone", "team", "us", "we", "全員", "みんな", "皆", "全社", "チーム")
"""Owners that are nobody in particular."""

SHORTEST = 8
"""Half-width places below which a step says nothing."""

ALIKE = 0.05
"""Differences more seldom by chance than that are people's own."""

OF = ("early_churn", "first_year_churn", "customers")
REASONS = ("real", "noise")
HANDED = ("handoffs.quality", "contracts.start", "contracts.end")
MATTER = ("handoffs.customer_repeat_info", "accounts.sales_rep_id", "tier_history.csm_id", "contracts.decided_on")

CUSTOMERS = {
    "order": "We have decided for it",
    "welcome": "We know whom we can ask",
    "handover": "We did not have to say anything twice",
    "kickoff": "We know who does what by when",
    "accounts": "Our people can log in",
    "import": "We see our own data",
    "training": "Our team can work with it alone",
    "follow_up": "We have solved our first problem",
    "qbr": "We have shown our result to our management",
    "quote": "We have decided to go on",
}
ANSWER = (
    Part(
        "stayers",
        (
            *("stayed", "stay", "others", "still customers", "with us", "not leave", "didn't leave", "didn’t leave"),
            *("not left", "haven't left", "haven’t left", "renewed", "remain*", "kept", "not churned"),
            *("続い", "続けて", "残った", "残って", "継続", "ほかの", "他の", "更新し"),
            *("解約しな", "解約していな", "離れな", "離れていな"),
        ),
    ),
    Part(
        "other_cause",
        (
            *("pushed", "push", "size", "segment*", "small*", "fit", "discount*", "rushed", "hurried", "hasty"),
            *("end of the quarter", "quarter's end", "forced", "oversold", "industry", "price", "lead source"),
            *("駆け込み", "規模", "区分", "期末", "合わな", "合ってい", "業種"),
            *("値引", "割引", "無理に", "無理な", "押し込", "慌ただし"),
        ),
    ),
    Part("blame", ("main problem", "main cause", "halve*", "最大の問題", "最大の原因", "半分に", "半減"), wanted=False),
)
COMPARE = Sample(
    "Just as many of those who stayed were handed over badly. Compare deals of one size, pushed or not, first.",
    "続いているお客様にも、引き継ぎの悪かった会社が同じくらいあります。まず規模や駆け込み受注の有無をそろえて比べましょう。",
)
ACCUSES = Sample(
    "Hand-offs are our main problem: we will halve churn by the end of the year if we fix them now.",
    "引き継ぎこそが最大の問題です。いますぐ直せば、今年の終わりには解約が半分になります。",
)


def _steps_left(material: Material, steps: dict[str, str]) -> list[Fault]:
    """What is wrong with ten rewritten steps."""
    seen: dict[str, str] = {}
    found: list[Fault] = []
    for step, goal in steps.items():
        faults = [*_voice(step, goal)]
        if (same := seen.setdefault(goal.strip().casefold(), step)) != step and not faults:
            faults = [Fault("customer_step.same", {"step": step, "other": same})]
        found += faults
    return found


def _voice(step: str, goal: str) -> Iterator[Fault]:
    """A step that is too short, that speaks of our own work, or that nobody would say of itself."""
    lang = "ja" if re.search("[ぁ-んァ-ヶ一-龠]", goal) else "en"
    places = len(goal.strip()) * (2 if lang == "ja" else 1)
    if places < SHORTEST:
        yield Fault("customer_step.short", {"step": step, "goal": goal})
    elif words := journey.vendor_words(goal, lang):  # type: ignore[arg-type]
        yield Fault("customer_step.ours", {"step": step, "goal": goal, "words": ", ".join(words)})
    elif not speaks(goal, lang):  # type: ignore[arg-type]
        rule = "no_person" if lang == "en" and PREDICATE.search(goal) else f"no_voice_{lang}"
        yield Fault(f"customer_step.{rule}", {"step": step, "goal": goal})


def _owners_left(material: Material, text: str) -> list[Fault]:
    """What is wrong with a mended map."""
    try:
        mended = journey.read_draft(text, "draft")
    except DataError as error:
        return list(error.faults)
    names = {step.id for step in mended.steps}
    gone = [Fault("owned_step.gone", {"step": step[0]}) for step in toy.STEPS if step[0] not in names]
    rules = ("journey.owner_missing", "journey.owner_twice")
    found = [fault for fault in journey.findings(mended) if fault.key in rules]
    strange = [step for step in mended.steps if step.owner and step.owner.casefold() not in toy.DEPARTMENTS]
    return [*gone, *found, *(_strange(step.id, step.owner) for step in strange)]


def _strange(step: str, owner: str) -> Fault:
    """An owner that is everybody and so nobody, or no department of the draft."""
    rule = "nobody" if owner.casefold() in EVERYBODY else "unknown"
    return Fault(f"owned_step.{rule}", {"step": step, "owner": owner, "known": ", ".join(toy.DEPARTMENTS)})


def _first_owner(material: Material) -> str:
    """The draft with the first of two owners kept, and the customer's CSM where there was none."""
    return re.sub(r"\[(\w+), \w+\]", r"\1", toy.draft_map(material.variant)).replace("[]", "cs")


def _everybody(material: Material) -> str:
    """The draft with everybody as the owner wherever there was not one."""
    return re.sub(r"\[.*?\]", "everybody", toy.draft_map(material.variant))


def _thrown_out(material: Material) -> str:
    """The draft without the steps about whose owner there is a question."""
    parts = re.split(r"(?=  - step:)", toy.draft_map(material.variant))
    kept = [part for part in parts if "owner: [" not in part or "phase:" in part.partition("evidence")[2]]
    return re.sub(r"\[.*?\]", "cs", "".join(kept))


def _pairs_agreeing(material: Material) -> float:
    """The mean share of pairs of voters who agree."""
    import pandas as pd

    votes = toy.votes(material.variant)
    counts = pd.crosstab(votes["item"], votes["vote"]).to_numpy(float)
    cast = counts.sum(axis=1)
    return float(((counts * (counts - 1)).sum(axis=1) / (cast * (cast - 1))).mean())


def _unanimous(material: Material) -> float:
    """The share of steps on which all agree."""
    return float((toy.votes(material.variant).groupby("item")["vote"].nunique() == 1).mean())


def _majority(material: Material) -> float:
    """The mean share of votes for the department that most voted for."""
    votes = toy.votes(material.variant)
    return float(votes.groupby("item")["vote"].agg(lambda cast: cast.value_counts(normalize=True).iloc[0]).mean())


def _cohort(material: Material) -> pd.DataFrame:
    """Customers with their hand-off, and whether they left within the first year."""
    return material.once("handoff_cohort", lambda: journey.handoff_cohort(material.book))


def _share(of: str, among: str, value: float) -> Callable[[Material], float]:
    """The share of something among some of the customers."""
    return lambda material: float(_cohort(material).loc[_cohort(material)[among] == value, of].mean())


def _small(formula: Callable[[float, float, float], float]) -> Callable[[Material], float]:
    """A formula of the rates of leaving after poor and after good hand-offs, and of all."""

    def found(material: Material) -> float:
        table = toy.early_leavers(material.variant)
        poor, good = table["left"] / table["customers"]
        return formula(poor, good, table["left"].sum() / table["customers"].sum())

    return found


def _poor_of_left(material: Material) -> float:
    """The share of the small count's leavers that had a poor hand-off."""
    left = toy.early_leavers(material.variant)["left"]
    return float(left["poor"] / left.sum())


def _of(**wrong: str) -> Callable[[Material], dict[str, str]]:
    """What stands below the line of each claim, some of it put wrong."""
    return lambda material: {**claims.answers("handoff", "of"), **wrong}


def _matter(material: Material, **wrong: str) -> dict[str, str]:
    """Whether people differ beyond chance, representatives and CSMs."""

    def found() -> dict[str, str]:
        p_values = {by: journey.variability(material.book, by).attrs["p_value"] for by in ("rep", "csm")}
        return {by: REASONS[p >= ALIKE] for by, p in p_values.items()}

    return {**material.once("who_matters", found), **wrong}


def _is(value: Any) -> Callable[[Material], Any]:
    """The same for every company."""
    return lambda material: value


QUESTIONS: tuple[Question, ...] = (
    Question(
        "customer_steps", STEPS, "03", Linted(_steps_left, tuple(toy.TASKS)),
        _is(CUSTOMERS),
        (
            Mistake("as_given", _is({name: says[0] for name, says in toy.TASKS.items()})),
            Mistake("we_sent_it", _is({**CUSTOMERS, "welcome": "We sent the welcome mail"})),
            Mistake("nouns", _is({**CUSTOMERS, "training": "Working with it alone"})),
            Mistake("one_for_all", _is({**CUSTOMERS, "quote": CUSTOMERS["order"]})),
        ),
        fixed=True,
    ),
    Question(
        "one_owner", OWNER, "03", Linted(_owners_left),
        _first_owner,
        (
            Mistake("as_given", lambda material: toy.draft_map(material.variant)),
            Mistake("two_kept", lambda material: toy.draft_map(material.variant).replace("[]", "cs")),
            Mistake("everybody", _everybody),
            Mistake("thrown_out", _thrown_out),
        ),
        fixed=True,
    ),
    Question(
        "silent_votes", VOTE, "03", Num(0.005, "number"),
        lambda material: journey.agreement(toy.votes(material.variant)),
        (
            Mistake("pairs", _pairs_agreeing),
            Mistake("unanimous", _unanimous),
            Mistake("majority", _majority),
        ),
        fixed=True,
    ),
    Question(
        "poor_of_leavers", BLAME, "03", Num(0.0005, "share"),
        _share("poor", "left", 1),
        (
            Mistake("turned_round", _share("left", "poor", 1)),
            Mistake("of_all", lambda material: float(_cohort(material)["poor"].mean())),
            Mistake("of_stayers", _share("poor", "left", 0)),
            Mistake("left_at_all", lambda material: float(_cohort(material)["left"].mean())),
        ),
        needs=HANDED,
    ),
    Question(
        "saved_share", BLAME, "03", Num(0.005, "share"),
        _small(lambda poor, good, all_: 1 - good / all_),
        (
            Mistake("poor_of_leavers", _poor_of_left),
            Mistake("of_the_poor", _small(lambda poor, good, all_: 1 - good / poor)),
            Mistake("difference", _small(lambda poor, good, all_: poor - good)),
            Mistake("points", _small(lambda poor, good, all_: all_ - good)),
        ),
        fixed=True,
    ),
    Question(
        "handoff_claims", CLAIMS, "03", Classes(OF),
        _of(),
        (
            Mistake("all_alike", _of(**dict.fromkeys(("handoff_23", "handoff_68"), "first_year_churn"))),
            Mistake("customers_overlooked", _of(handoff_68="first_year_churn")),
            Mistake("no_period", _of(handoff_23="first_year_churn")),
        ),
        fixed=True,
    ),
    Question(
        "handoff_answer", CLAIMS, "03", Text(ANSWER, least=60),
        COMPARE,
        (Mistake("accuses", ACCUSES),),
        fixed=True,
    ),
    Question(
        "who_matters", PEOPLE, "03", Classes(REASONS),
        _matter,
        (
            Mistake("both_people", _is({"rep": "real", "csm": "real"})),
            Mistake("both_chance", _is({"rep": "noise", "csm": "noise"})),
            Mistake("swapped", _is({"rep": "noise", "csm": "real"})),
        ),
        needs=MATTER,
    ),
)  # fmt: skip
