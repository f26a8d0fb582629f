"""Questions of lesson 12: levels, time to impact, what a chain's links show, and what one decides meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.course.questions import chained
from cslab.course.questions.kinds import Classes, Linted, Num, Set
from cslab.course.questions.question import Material, Mistake, Question
from cslab.measure import impact
from cslab.measure.effect.power import SEEN
from cslab.measure.estimate import Z95
from cslab.measure.impact import expected_time, shipped
from cslab.measure.impact.graph import past, tested
from cslab.measure.impact.verdict import CONTRADICTED, NOT_YET_DUE, SUPPORTED, UNIDENTIFIABLE

if TYPE_CHECKING:
    from collections.abc import Callable

GO_ON, STOP = DECISIONS = ("go_on", "stop")
ENOUGH = 27 / 30
"""Statements of which one or the other can be argued about."""

MENDED = (
    chained.DRAFT.replace("level: outcome\n    en: 40", "level: output\n    en: 40")
    .replace("to: skills\n  effect", 'to: skills\n  sign: "+"\n  effect')
    .replace("owner:\n", "owner: cs\n")
)


def _levels(material: Material, **instead: str) -> dict[int, str]:
    """The level of each statement; some levels taken for others."""
    levels = (one.level for one in chained.statements_to_sort(material.variant))
    return {number: instead.get(level, level) for number, level in enumerate(levels, start=1)}


def _months(material: Material, own: bool = True, planning: bool = True, node: str = "revenue") -> float:
    """Months until a community pays, in the middle."""

    def make() -> float:
        found = expected_time(shipped("community"), material.book if own else None, planning=planning)
        return float(found.set_index("node")["estimate"][node])

    months: float = material.once(("months_to_impact", own, planning, node), make)
    return months


def _decisions(material: Material) -> dict[str, str]:
    """What is right for each programme, by what it truly brings."""
    return {name: GO_ON if chained.pays(name, material.variant) else STOP for name in chained.BEGUN}


def _verdicts(material: Material) -> dict[str, str]:
    """The verdict on each link of the FAQ, by its target."""
    return {link.target: link.verdict for link in chained.faq_test(material.variant).links}


def _by_significance(material: Material) -> dict[str, str]:
    """What somebody says who looks at the limits alone."""
    rows = chained.faq_links(material.variant)
    seen = rows[["low", "high"]].mul(rows["declared"], axis=0).min(axis=1) > 0
    return {str(target): SUPPORTED if yes else CONTRADICTED for target, yes in seen.items()}


def _short(material: Material, **instead: str) -> dict[str, str]:
    """The verdicts, some of them taken for others."""
    return {target: instead.get(verdict, verdict) for target, verdict in _verdicts(material).items()}


def _times(material: Material, power: float = 2.0, seen: float = SEEN) -> float:
    """How many times as many answers it takes to see the link to ease."""
    link = chained.faq_test(material.variant).find("tickets", "ease")
    return float((link.mde / SEEN * seen / abs(link.declared)) ** power)


def _forked(material: Material) -> set[str]:
    """Links whose target is reached on another road."""
    chain = chained.forked(material.variant)
    return {link.id for link in tested(chain) if past(chain, link)}


def _from_the_fork(material: Material) -> set[str]:
    """All links from the first fork on."""
    chain = chained.forked(material.variant)
    sources = [link.source for link in tested(chain)]
    return {link.id for link in tested(chain) if sources.count(link.source) > 1}


def _stays(material: Material, **where: Any) -> float:
    """By how much more often participants stay, of all or of some of them."""
    rows = chained.use_held_equal(material.variant)
    for name, value in where.items():
        rows = rows[rows[name] == value]
    sums = rows.groupby("takes_part")[["customers", "stayed"]].sum()
    shares = sums["stayed"] / sums["customers"]
    return float(shares[True] - shares[False])


def _use_held_equal(material: Material) -> float:
    """The same with use held equal: among those who use it much, and among the others."""
    rows = chained.use_held_equal(material.variant).groupby("uses_much")["customers"].sum()
    return float(sum(_stays(material, uses_much=much) * n for much, n in rows.items()) / rows.sum())


def _is(value: Any) -> Callable[[Material], Any]:
    """The same for every company."""
    return lambda material: value


QUESTIONS: tuple[Question, ...] = (
    Question(
        "sort_statements", "E32", "12", Classes(impact.LEVELS, at_least=ENOUGH),
        _levels,
        (
            Mistake("outputs_for_outcomes", lambda material: _levels(material, output="outcome")),
            Mistake("doing_for_output", lambda material: _levels(material, activity="output")),
            Mistake("behaviour_for_impact", lambda material: _levels(material, outcome="impact")),
        ),
        fixed=True,
    ),
    Question(
        "months_to_impact", "E32b", "12", Num(0.5, "months"),
        _months,
        (
            Mistake("as_declared", lambda material: _months(material, own=False)),
            Mistake("from_the_invitation", lambda material: _months(material, planning=False)),
            Mistake("until_used", lambda material: _months(material, node="use")),
        ),
        needs=("calendar", "contracts.end", "contracts.term_months"),
    ),
    Question(
        "month_four", "E33", "12", Classes(DECISIONS),
        _decisions,
        (
            Mistake("first_number", lambda material: {"campaign": GO_ON, "onboarding": STOP}),
            Mistake("renewals_now", lambda material: dict.fromkeys(chained.BEGUN, STOP)),
            Mistake("everything_is_early", lambda material: dict.fromkeys(chained.BEGUN, GO_ON)),
        ),
        fixed=True,
    ),
    Question(
        "faq_verdicts", "E34", "12", Classes(impact.VERDICTS),
        _verdicts,
        (
            Mistake("by_significance", _by_significance),
            Mistake("seen_nothing", lambda material: _short(material, unidentifiable=CONTRADICTED)),
            Mistake("too_early", lambda material: _short(material, not_yet_due=UNIDENTIFIABLE)),
            Mistake("waiting_helps", lambda material: _short(material, unidentifiable=NOT_YET_DUE)),
        ),
        fixed=True,
    ),
    Question(
        "times_as_many", "E34b", "12", Num(0.3, "number"),
        _times,
        (
            Mistake("in_proportion", lambda material: _times(material, power=1.0)),
            Mistake("one_in_two", lambda material: _times(material, seen=Z95)),
        ),
        fixed=True,
    ),
    Question(
        "two_roads", "E34c", "12", Set(lambda material: [link.id for link in tested(chained.forked(material.variant))]),
        _forked,
        (
            Mistake("where_it_forks", _from_the_fork),
            Mistake("all_of_them", lambda material: {link.id for link in tested(chained.forked(material.variant))}),
        ),
        fixed=True,
    ),
    Question(
        "mended_chain", "E32c", "12", Linted(lambda material, text: chained.left_to_mend(text)),
        _is(MENDED),
        (
            Mistake("as_given", _is(chained.DRAFT)),
            Mistake("name_alone", _is(MENDED.replace("level: output", "level: outcome"))),
        ),
        fixed=True,
    ),
    Question(
        "held_equal", "E34d", "12", Num(0.003, "share"),
        _stays,
        (
            Mistake("within_use", _use_held_equal),
            Mistake("among_users", lambda material: _stays(material, uses_much=True)),
            Mistake("among_others", lambda material: _stays(material, uses_much=False)),
        ),
        fixed=True,
    ),
)  # fmt: skip
