"""Questions of lesson 06: a cohort beyond its records, why customers left, what a coefficient says, whom to sign."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from cslab.course.questions.kinds import Classes, Num, Policy, Text
from cslab.course.questions.question import Material, Mistake, Question
from cslab.course.questions.texts_sorting import OUR_DOING, PARTS, SORTED_OUT, THEY_GROW
from cslab.course.questions.toy_cohort import ASKED, toy_cohort
from cslab.measure import causes, hazard, value
from cslab.measure.value.sbg import Sbg, fit_survivors

if TYPE_CHECKING:
    import pandas as pd

COHORT, ENDED, SIGNING = "E16", "E17", "E18"
HORIZON, SPENT, STEP, LAG = 36, 0.2, 0.1, 4
"""The month that is read; the share of the cost of winning a customer that is gone when it is declined; the ten points
of usage for which the odds are asked, and how many months before it is read (as in the lesson)."""

LEFT = ("calendar", "churn_events.reason_stated", "churn_events.decided_on")
USED = ("calendar", "contracts.end", "usage_monthly.wau_ratio", "accounts.mrr0_amount")
SIGNED = ("calendar", "accounts.signed_on", "accounts.mrr0_amount", "accounts.cac_amount", "mrr_movements")
COVARIATES = ("wau_ratio", "log(mrr0_amount)")

FALLS, STAYS, RISES = "falls", "stays", "rises"
EXITS = {"first_quarter": FALLS, "departures": STAYS, "come_back": FALLS}
"""What a harder way out does to departures on record in its first quarter, to those who leave, to those who return."""
MOVES = {FALLS: FALLS, STAYS: STAYS, RISES: RISES, "減る": FALLS, "変わらない": STAYS, "増える": RISES}
"""What may be answered, also in Japanese."""


def _cohort(material: Material) -> Sbg:
    """The model of the cohort."""
    found: Sbg = material.once("sbg", lambda: fit_survivors(toy_cohort(material.variant).tolist()))
    return found


def _seen(material: Material, years: int = 0) -> float:
    """The share of the cohort that is there in the last year of the records, or so many years before."""
    there = toy_cohort(material.variant)
    return float(there.iloc[-1 - years] / there.iloc[0])


def _last_rate(material: Material) -> float:
    """The rate of the last year for all years to come."""
    further = ASKED + 1 - len(toy_cohort(material.variant))
    return float(_seen(material) * (_seen(material) / _seen(material, 1)) ** further)


def _mean_rate(material: Material) -> float:
    """The mean rate of all years on record for all years."""
    return float(_seen(material) ** (ASKED / (len(toy_cohort(material.variant)) - 1)))


def _first_rate(material: Material) -> float:
    """The rate of the first year for all years."""
    there = toy_cohort(material.variant)
    return float(there[1] / there[0]) ** ASKED


def _exits(material: Material) -> pd.DataFrame:
    """Each exit on record, with whether any notice was given and whether its business had ended as far as stated."""

    def made() -> pd.DataFrame:
        """From the book."""
        found = causes.exits(material.book, "stated")
        ended = found["stated"].isin(("business_closed", "merged"))
        return found.assign(notice=found["effective_on"] > found["decided_on"], ended=ended)

    found: pd.DataFrame = material.once("exits", made)
    return found


def _price(material: Material, notice: bool | None = None) -> float:
    """The share that stated the price: of all exits, or of those with or without notice."""
    found = _exits(material)
    part = found if notice is None else found[found["notice"] == notice]
    return float((part["stated"] == "price").mean())


def _of_price(material: Material) -> float:
    """Of those who stated the price, the share without notice."""
    found = _exits(material)
    return float((~found.loc[found["stated"] == "price", "notice"]).mean())


def _of_all_exits(material: Material) -> float:
    """Of all exits, the share without notice that stated the price."""
    found = _exits(material)
    return float(((found["stated"] == "price") & ~found["notice"]).mean())


def _share(material: Material, chosen: Callable[[pd.DataFrame], pd.Series[bool]]) -> float:
    """The share of the exits that something holds for."""
    return float(chosen(_exits(material)).mean())


def _ended(found: pd.DataFrame) -> pd.Series[bool]:
    """Which exits nobody decided for."""
    return found["ended"] | ~found["notice"]


def _spells(material: Material) -> pd.DataFrame:
    """How long each customer stayed, and whether anybody decided that it leaves."""
    found: pd.DataFrame = material.once("spells_by_cause", lambda: causes.spells(material.book))
    return found


def _beside(cause: str, column: str) -> Callable[[Material], float]:
    """A number of the table of causes, 0 where nobody came to one: its incidence, or one minus a curve of it alone."""

    def read(material: Material) -> float:
        """The number."""
        found = material.once("beside", lambda: causes.incidence_beside(_spells(material), HORIZON))
        return float(found.set_index("cause")[column].get(cause, 0.0))

    return read


def _of_customers(material: Material) -> float:
    """Of all customers on record, however long they were followed, the share that ended."""
    return float((_spells(material)["cause"] == "involuntary").mean())


def _of_leavers(material: Material) -> float:
    """Of all who left, the share that ended."""
    seen = _spells(material)
    return float((seen.loc[seen["event"], "cause"] == "involuntary").mean())


def _slope(name: str) -> Callable[[Material], float]:
    """A coefficient of the model of leaving month by month."""

    def read(material: Material) -> float:
        """The log odds ratio."""
        found = material.once("hazard", lambda: hazard.fit(hazard.person_months(material.book, lag=LAG), COVARIATES))
        return float(found.coefficient(name))

    return read


_usage = _slope(COVARIATES[0])


def _gain(material: Material, cutoff: float) -> float:
    """What a cut-off is worth for each customer offered, against signing everybody."""
    if isinstance(cutoff, str):
        raise TypeError
    signing = material.once("signing", lambda: value.at_signing(material.book))
    return float(value.cutoff_worth(material.book, signing, float(cutoff), SPENT))


QUESTIONS: tuple[Question, ...] = (
    Question(
        "year_twelve", COHORT, "06", Num(0.005, "share", chance=True),
        lambda material: float(_cohort(material).survival(ASKED)),
        (
            Mistake("last_year_seen", _seen),
            Mistake("last_rate", _last_rate),
            Mistake("mean_rate", _mean_rate),
            Mistake("first_rate", _first_rate),
            Mistake("year_eleven", lambda material: float(_cohort(material).survival(ASKED - 1))),
            Mistake("through_the_year", lambda material: float(_cohort(material).retention(ASKED))),
            Mistake("gone", lambda material: 1 - float(_cohort(material).survival(ASKED))),
        ),
        fixed=True,
    ),
    Question(
        "why_rising", COHORT, "06", Text(PARTS, least=40),
        SORTED_OUT,
        (Mistake("our_doing", OUR_DOING), Mistake("they_grow", THEY_GROW)),
        fixed=True,
    ),
    Question(
        "price_excuse", ENDED, "06", Num(0.005, "share", chance=True),
        lambda material: _price(material, notice=False),
        (
            Mistake("of_everybody", _price),
            Mistake("with_notice", lambda material: _price(material, notice=True)),
            Mistake("the_other_way", _of_price),
            Mistake("over_all_exits", _of_all_exits),
        ),
        needs=LEFT,
    ),
    Question(
        "unpreventable", ENDED, "06", Num(0.03, "share", chance=True),
        lambda material: _share(material, _ended),
        (
            Mistake("as_stated", lambda material: _share(material, lambda found: found["ended"])),
            Mistake("price_too", lambda material: _share(
                material, lambda found: _ended(found) | (found["stated"] == "price"))),
            Mistake("nothing_is", lambda material: 0.0),
            Mistake("of_customers", _of_customers),
            Mistake("the_rest", lambda material: 1 - _share(material, _ended)),
        ),
        needs=LEFT,
    ),
    Question(
        "ended_by_36", ENDED, "06", Num(0.003, "share", chance=True),
        _beside("involuntary", "estimate"),
        (
            Mistake("one_curve", _beside("involuntary", "one_minus_km")),
            Mistake("other_cause", _beside("voluntary", "estimate")),
            Mistake("all_causes", _beside("all", "estimate")),
            Mistake("of_leavers", _of_leavers),
            Mistake("of_everybody", _of_customers),
        ),
        needs=(*LEFT, "contracts.end"),
    ),
    Question(
        "usage_odds", "E17b", "06", Num(0.005, "number"),
        lambda material: math.exp(STEP * _usage(material)),
        (
            Mistake("whole_unit", lambda material: math.exp(_usage(material))),
            Mistake("raw_log_odds", _usage),
            Mistake("ten_units", lambda material: math.exp(10 * _usage(material))),
            Mistake("in_percent", lambda material: 100 * math.exp(STEP * _usage(material))),
            Mistake("log_odds", lambda material: STEP * _usage(material)),
            Mistake("other_way", lambda material: math.exp(-STEP * _usage(material))),
            Mistake("by_how_much", lambda material: 1 - math.exp(STEP * _usage(material))),
            Mistake("straight_line", lambda material: 1 + STEP * _usage(material)),
            Mistake("other_row", lambda material: math.exp(STEP * _slope(COVARIATES[1])(material))),
        ),
        needs=USED,
    ),
    Question(
        "right_cutoff", SIGNING, "06", Policy(_gain, 0.1, form="1.5"),
        lambda material: 1 - SPENT,
        (
            Mistake("sign_everybody", lambda material: 0.0),
            Mistake("rule_of_three", lambda material: 3.0),
            Mistake("break_even", lambda material: 1.0),
            Mistake("what_is_spent", lambda material: SPENT),
            Mistake("in_percent", lambda material: 100 * (1 - SPENT)),
        ),
        needs=SIGNED,
    ),
    Question(
        "hard_exit", "E18b", "06", Classes(MOVES),
        lambda material: dict(EXITS),
        (
            Mistake("it_keeps_them", lambda material: {**EXITS, "departures": FALLS, "come_back": STAYS}),
            Mistake("at_no_cost", lambda material: {**EXITS, "come_back": STAYS}),
            Mistake("nothing_happens", lambda material: dict.fromkeys(EXITS, STAYS)),
        ),
        fixed=True,
    ),
)  # fmt: skip
