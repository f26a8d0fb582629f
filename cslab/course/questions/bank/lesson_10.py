"""Questions of lesson 10: which way a comparison leans, the months in which nobody could leave, and who came or won."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.course.questions.kinds import Classes, Num, Text
from cslab.course.questions.question import Material, Mistake, Question
from cslab.course.questions.texts_immortal import KEEPS, MORE_DATA, NO_CASE, PARTS
from cslab.measure import illusions

if TYPE_CHECKING:
    import pandas as pd

LEANING, REPAIR, CASE, INVITED, PILOT = "E27", "E28", "E28b", "E28c", "E28d"

FLATTERS, SLANDERS, FAIR = "flatters", "slanders", "fair"
LEANS = {
    FLATTERS: FLATTERS,
    SLANDERS: SLANDERS,
    FAIR: FAIR,
    "良く見せる": FLATTERS,
    "悪く見せる": SLANDERS,
    "公平": FAIR,
}
DIRECTIONS = {"A": FLATTERS, "B": SLANDERS, "C": FLATTERS, "D": FAIR, "E": FLATTERS}
"""Sponsors for large accounts; rescue calls; a second product; an invitation by lot; the best of a pilot."""

TOP = 10
ANNIVERSARY = 12
ENDED = ("calendar", "contracts.start", "contracts.end")
SHOWN = (*ENDED, "content_exposure.opened")
USED = ("calendar", "usage_monthly.wau_ratio")


def _lives(material: Material) -> illusions.Exposure:
    """The lives beside a programme that nobody ran."""
    found: illusions.Exposure = material.once("phantom lives", lambda: illusions.phantom(material.book))
    return found


def _sums(material: Material) -> pd.DataFrame:
    """Months and departures of members and of the others."""
    rows = _lives(material).frame()
    return rows.groupby("member")[["months", "before", "left"]].sum()


def _immortal(material: Material) -> float:
    """The share of the members' months that lies before they joined."""
    sums = _sums(material)
    return float(sums["before"][True] / sums["months"][True])


def _of_all_months(material: Material) -> float:
    """The same months as a share of everybody's."""
    sums = _sums(material)
    return float(sums["before"][True] / sums["months"].sum())


def _mean_share(material: Material) -> float:
    """The mean of the members' own shares, which gives a short life the weight of a long one."""
    rows = _lives(material).frame().query("member")
    return float((rows["before"] / rows["months"]).mean())


def _rates(material: Material) -> pd.Series:
    """Departures a month on either side."""
    sums = _sums(material)
    rates: pd.Series = sums["left"] / sums["months"]
    return rates


def _by_customers(material: Material) -> float:
    """The ratio of the shares of customers that left, whatever time they had."""
    shares = _lives(material).frame().groupby("member")["left"].mean()
    return float(shares[True] / shares[False])


def _repaired(material: Material, at: int = ANNIVERSARY) -> float:
    """The ratio from a landmark on."""
    return float(illusions.landmark(_lives(material), at))


def _ever_from(material: Material) -> float:
    """From the landmark on, but with those who joined later among the members."""
    lives = _lives(material)
    after = lives.frame()[(lives.duration > ANNIVERSARY)]
    entry = lives.entry[lives.duration > ANNIVERSARY]
    months = after["months"] - (ANNIVERSARY - entry).clip(0)
    rates = after["left"].groupby(after["member"]).sum() / months.groupby(after["member"]).sum()
    return float(rates[True] / rates[False])


def _invited(material: Material) -> pd.DataFrame:
    """Every invitation whose outcome is known."""
    found: pd.DataFrame = material.once("invited", lambda: illusions.invited(material.book))
    return found


def _left(material: Material) -> Any:
    """The shares that left, of those who came and those who did not."""
    return _invited(material).groupby("came")["left"].mean()


def _pilot(material: Material) -> illusions.Pilot:
    """The pilot in which nothing is done."""
    found: illusions.Pilot = material.once("pilot", lambda: illusions.pilot(material.book, TOP))
    return found


def _moves(rows: pd.DataFrame) -> tuple[float, float]:
    """Mean rise in the pilot, and what is left of it later."""
    return float((rows["during"] - rows["before"]).mean()), float((rows["after"] - rows["before"]).mean())


def _kept(rows: pd.DataFrame) -> float:
    """What share of a rise is left; nothing where there was none."""
    rise, left = _moves(rows)
    return left / rise if rise else math.nan


QUESTIONS: tuple[Question, ...] = (
    Question(
        "bias_directions", LEANING, "10", Classes(LEANS),
        lambda material: dict(DIRECTIONS),
        (
            Mistake("all_flatter", lambda material: dict.fromkeys(DIRECTIONS, FLATTERS)),
            Mistake("calls_harm", lambda material: {**DIRECTIONS, "B": FAIR}),
            Mistake("second_product_fair", lambda material: {**DIRECTIONS, "C": FAIR}),
            Mistake("lot_doubted", lambda material: {**DIRECTIONS, "D": FLATTERS}),
            Mistake("best_are_best", lambda material: {**DIRECTIONS, "E": FAIR}),
        ),
        fixed=True,
    ),
    Question(
        "immortal_share", REPAIR, "10", Num(0.005, "share", chance=True),
        _immortal,
        (
            Mistake("of_all", _of_all_months),
            Mistake("after", lambda material: 1 - _immortal(material)),
            Mistake("each_alike", _mean_share),
        ),
        needs=("departures",),
    ),
    Question(
        "ever_ratio", REPAIR, "10", Num(0.005, "number"),
        lambda material: float(_rates(material)[True] / _rates(material)[False]),
        (
            Mistake("upside_down", lambda material: float(_rates(material)[False] / _rates(material)[True])),
            Mistake("customers", _by_customers),
            Mistake("difference", lambda material: float(_rates(material)[True] - _rates(material)[False])),
            Mistake("less", lambda material: float(1 - _rates(material)[True] / _rates(material)[False])),
        ),
        needs=("departures",),
    ),
    Question(
        "repaired_ratio", REPAIR, "10", Num(0.05, "number", alike=0.005),
        _repaired,
        (
            Mistake("split_only", lambda material: float(illusions.time_split(_lives(material)))),
            Mistake("ever", lambda material: float(illusions.ever(_lives(material)))),
            Mistake("joined_later", _ever_from),
        ),
        needs=("departures",),
    ),
    Question(
        "first_year_case", CASE, "10", Text(PARTS, least=60),
        NO_CASE,
        (Mistake("cases_work", KEEPS), Mistake("ask_more", MORE_DATA)),
        fixed=True,
    ),
    Question(
        "came_gap", INVITED, "10", Num(0.003, "share"),
        lambda material: float(_left(material)[True] - _left(material)[False]),
        (
            Mistake("other_way", lambda material: float(_left(material)[False] - _left(material)[True])),
            Mistake("came_only", lambda material: float(_left(material)[True])),
            Mistake("relative", lambda material: float(_left(material)[True] / _left(material)[False] - 1)),
        ),
        needs=SHOWN,
    ),
    Question(
        "winners_kept", PILOT, "10", Num(0.01, "share"),
        lambda material: _kept(_pilot(material).winners),
        (
            Mistake("points", lambda material: _moves(_pilot(material).winners)[1]),
            Mistake("lost", lambda material: 1 - _kept(_pilot(material).winners)),
            Mistake("outside", lambda material: _kept(_pilot(material).others)),
        ),
        needs=USED,
    ),
)  # fmt: skip
