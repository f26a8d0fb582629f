"""Questions of lesson 09: what a matrix takes, from which MRR touch pays, who does better with the same customers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from cslab.course.questions.kinds import Num, Rank, Set
from cslab.course.questions.question import Material, Mistake, Question
from cslab.course.questions.toy_draft import DRAFT
from cslab.course.questions.toy_touch import (
    CSM_HOURS,
    HORIZON,
    HOUR_AMOUNT,
    MARGIN,
    PEOPLE,
    PLANNED,
    as_it_looks,
    by_expected,
    how_many,
    toy_effect,
    toy_growth,
    toy_league,
    toy_matrix,
    true_order,
)
from cslab.measure import touch

if TYPE_CHECKING:
    import pandas as pd

LOAD, PAYS, FAIR = "E24", "E25", "E26"
TEAM = 40
"""CSMs of the company that grows."""

LINES = (0.5, 0.75, 0.9)
"""Which of a hundred customers by MRR at signing stand at the line of mid touch, at its new place, at that of high."""

RULED = ("accounts.mrr0_amount", "mrr", "calendar")


def _load(material: Material) -> float:
    """Hours a month of the small matrix."""
    found = toy_matrix(material.variant)
    return float((found["hours"] * found["customers"]).sum())


def _of_matrix(read: Callable[[pd.DataFrame], float]) -> Callable[[Material], float]:
    """Another reading of the small matrix."""
    return lambda material: float(read(toy_matrix(material.variant)))


def _full_at(material: Material, planned: float = PLANNED) -> float:
    """How many times the customers fill the hours that may be planned."""
    return planned * PEOPLE * CSM_HOURS / _load(material)


def _pays(
    tier: str, end: str = "estimate", margin: float = MARGIN, months: int = HORIZON
) -> Callable[[Material], float]:
    """The MRR from which more touch pays, by one of the ends of what is assumed."""
    hours = {"mid": 1.6 - 0.15, "high": 6.5 - 1.6}[tier]

    def read(material: Material) -> float:
        """The amount; infinite where the effect may be nothing."""
        effect = float(getattr(toy_effect(tier, material.variant), end))
        return hours * months * HOUR_AMOUNT / (margin * effect) if effect > 0 else math.inf

    return read


def _whole_hours(material: Material) -> float:
    """All hours of mid touch, as if tech touch took none."""
    return _pays("mid")(material) * 1.6 / 1.45


def _league(order: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Material], tuple[str, ...]]:
    """An order of the six CSMs."""
    return lambda material: tuple(order(toy_league(material.variant)).index)


def _cells() -> dict[str, set[str]]:
    """The cells of the draft by what is wrong with each."""
    found = touch.lint(touch.read_matrix_draft(DRAFT))
    found = found[found["serious"]]
    return {str(rule): set(rows["phase"] + " " + rows["tier"]) for rule, rows in found.groupby("rule")}


def _every() -> list[str]:
    """All cells of the draft."""
    return [f"{cell.phase} {cell.tier}" for cell in touch.read_matrix_draft(DRAFT).cells]


def _tools() -> set[str]:
    """All cells of the draft that name a tool."""
    return {f"{cell.phase} {cell.tier}" for cell in touch.read_matrix_draft(DRAFT).cells if cell.tool}


def _returned() -> set[str]:
    """The cells that are sent back."""
    return set().union(*_cells().values())


def _hires(material: Material, ahead: int = 3, **staffing: float) -> float:
    """How many people to hire at once."""
    plan = touch.hiring_plan(toy_growth(material.variant), TEAM, touch.Staffing(**staffing), ahead)  # type: ignore[arg-type]
    return float(plan["hires"].iloc[0])


def _given(material: Material) -> tuple[pd.Series, Mapping[float, float]]:
    """MRR at signing of everybody there, and the amounts at the lines."""
    amounts = material.once("touch_amounts", lambda: touch.assign(material.book, touch.TierRule("all", 0, 0))["amount"])
    return amounts, {share: float(np.quantile(amounts, share)) for share in LINES}


def _moved(material: Material) -> int:
    """Customers between the old line of mid touch and the new one."""
    amounts, at = _given(material)
    return int(((amounts >= at[0.5]) & (amounts < at[0.75])).sum())


def _freed(material: Material) -> float:
    """Hours a month that become free when the line of mid touch moves up."""
    hours = touch.cadence().hours()
    return _moved(material) * (hours["mid"] - hours["tech"])


QUESTIONS: tuple[Question, ...] = (
    Question(
        "matrix_load", LOAD, "09", Num(0.5, "number"),
        _load,
        (
            Mistake("one_customer_each", _of_matrix(lambda found: found["hours"].sum())),
            Mistake("mean_hours", _of_matrix(lambda found: found["hours"].mean() * found["customers"].sum())),
            Mistake("adoption_only", _of_matrix(lambda found: (found["hours"] * found["customers"])[3:].sum())),
            Mistake("people_only", _of_matrix(
                lambda found: (found["hours"] * found["customers"])[found["tier"] != "tech"].sum())),
            Mistake("a_year", lambda material: 12 * _load(material)),
        ),
        fixed=True,
    ),
    Question(
        "full_at", LOAD, "09", Num(0.02, "number"),
        _full_at,
        (
            Mistake("every_hour", lambda material: _full_at(material, 1.0)),
            Mistake("utilisation", lambda material: 1 / _full_at(material, 1.0)),
            Mistake("of_planned", lambda material: 1 / _full_at(material)),
            Mistake("more_than_today", lambda material: _full_at(material) - 1),
            Mistake("hours_left", lambda material: PLANNED * PEOPLE * CSM_HOURS - _load(material)),
        ),
        fixed=True,
    ),
    Question(
        "pays_from", PAYS, "09", Num(2_500, "money"),
        _pays("mid"),
        (
            Mistake("no_margin", _pays("mid", margin=1.0)),
            Mistake("one_month", _pays("mid", months=1)),
            Mistake("one_year", _pays("mid", months=12)),
            Mistake("whole_hours", _whole_hours),
            Mistake("margin_on_cost", lambda material: MARGIN**2 * _pays("mid")(material)),
            Mistake("cost_alone", lambda material: 1.45 * HORIZON * HOUR_AMOUNT),
        ),
        fixed=True,
    ),
    Question(
        "surely_pays_from", PAYS, "09", Num(10_000, "money"),
        _pays("high", "low"),
        (
            Mistake("middle", _pays("high")),
            Mistake("other_end", _pays("high", "high")),
            Mistake("no_margin", _pays("high", "low", 1.0)),
            Mistake("mid_touch", _pays("mid", "low")),
            Mistake("against_tech", lambda material: _pays("high", "low")(material) * 6.35 / 4.9),
        ),
        fixed=True,
    ),
    Question(
        "fair_order", FAIR, "09", Rank(0.7, tuple(sorted(toy_league().index))),
        lambda material: tuple(true_order(material.variant)),
        (
            Mistake("as_it_looks", _league(as_it_looks)),
            Mistake("fewest_lost", _league(how_many)),
            Mistake("worst_first", lambda material: _league(by_expected)(material)[::-1]),
        ),
        fixed=True,
    ),
    Question(
        "sent_back", "E24b", "09", Set(lambda material: _every()),
        lambda material: frozenset(_returned()),
        (
            Mistake("nothing_wrong", lambda material: frozenset()),
            Mistake("every_tool", lambda material: frozenset(_returned() | _tools())),
            Mistake("order_does_not_matter", lambda material: frozenset(_returned() - _cells()["tool_first"])),
            Mistake("doing_nothing", lambda material: frozenset(_returned() | {"adoption mid"})),
            Mistake("tools_only", lambda material: frozenset(_tools())),
        ),
        fixed=True,
    ),
    Question(
        "hire_now", "E24c", "09", Num(0.01, "number"),
        _hires,
        (
            Mistake("nobody_leaves", lambda material: _hires(material, leaves_per_year=0.0)),
            Mistake("every_hour", lambda material: _hires(material, planned=1.0)),
            Mistake("when_it_hurts", lambda material: _hires(material, ahead=0)),
            Mistake("all_who_leave", lambda material: _hires(material, leaves_per_year=0.5)),
            Mistake("whole_team", lambda material: math.ceil(toy_growth(material.variant)[3] / (PLANNED * CSM_HOURS))),
        ),
        fixed=True,
    ),
    Question(
        "hours_freed", "E24d", "09", Num(0.6, "number"),
        _freed,
        (
            Mistake("whole_hours", lambda material: _moved(material) * touch.cadence().hours()["mid"]),
            Mistake("customers", lambda material: float(_moved(material))),
            Mistake("from_high", lambda material: _moved(material) * (
                touch.cadence().hours()["high"] - touch.cadence().hours()["tech"])),
            Mistake("all_above", lambda material: float((_given(material)[0] >= _given(material)[1][0.5]).sum()) * (
                touch.cadence().hours()["mid"] - touch.cadence().hours()["tech"])),
        ),
        needs=RULED,
    ),
)  # fmt: skip
