"""Support against success on one card: each indicator, the period before it, and what to think of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.faults import UsageError
from cslab.measure.estimate import unknown_choice
from cslab.measure.kpis.indicators import KPIS, SUCCESS_KPIS, SUPPORT_KPIS, success_kpis, support_kpis
from cslab.measure.split import window_before

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

Status = Literal["green", "amber", "red", "none"]
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Target:
    """What an indicator is held against.

    Parameters
    ----------
    value : float
        In the unit of the indicator.
    grade : str
        Of the evidence: B named survey, C rule of thumb, S the kit's own choice.
    yearly : bool
        It is a share of a year, and compounded to the length of the window.

    >>> round(TARGETS["logo_churn"].over(1.0), 6)
    0.18
    """

    value: float
    grade: str
    yearly: bool = False

    def over(self, years: float) -> float:
        """The target for a window of so many years.

        Parameters
        ----------
        years : float

        >>> round(Target(0.19, "S", yearly=True).over(0.5), 3)
        0.1
        """
        return 1 - (1 - self.value) ** years if self.yearly else self.value


TARGETS: dict[str, Target] = {
    "csat": Target(0.75, "S"),
    "first_response_mean": Target(12.0, "C"),
    "first_response_median": Target(4.0, "C"),
    "answer_rate": Target(0.90, "S"),
    "contacts_per_resolution": Target(2.5, "C"),
    "fcr": Target(0.65, "C"),
    "resolution_time": Target(24.0, "C"),
    "onboarding_completion": Target(0.60, "S"),
    "effort_reduction": Target(0.0, "S"),
    "cross_upsell_rate": Target(0.10, "S", yearly=True),
    "logo_churn": Target(0.18, "S", yearly=True),
}
"""Targets to begin with: one's own belong here."""


def scorecard(
    book: Book,
    start: Date,
    end: Date,
    rule: Literal["target", "last_period"] = "target",
    targets: Mapping[str, Target] = TARGETS,
) -> pd.DataFrame:
    """The indicators of support and of success in a window, beside those of the window before.

    Parameters
    ----------
    book : Book
        As for ``support_kpis`` and ``success_kpis``.
    start, end : date
        The window, ``start`` included, ``end`` not. The one before is as long, and ends where it begins.
    rule : str
        How an indicator is judged. ``"target"``: ``green`` where its limits lie wholly on the good side of its target,
        ``red`` where they lie wholly on the other, ``amber`` where they hold it, so that nobody can tell.
        ``"last_period"``: the same of the change against the window before and nought. ``none``, where there is no
        target, no limit, or no better side.
    targets : mapping of str to Target
        By indicator.

    Returns
    -------
    DataFrame
        One row an indicator: ``side`` (``support``, ``success``), ``kpi``, ``estimate``, ``low``, ``high``, ``n``,
        ``method``, ``unit``, ``previous``, ``previous_low``, ``previous_high``, ``better`` (``high``, ``low``, or
        empty), ``target`` (for the length of the window), ``grade`` (of the target), ``status``. ``attrs``: ``start``,
        ``end``, ``as_of``, ``rule``.

    Raises
    ------
    NotReady
        As ``support_kpis``.
    UsageError
        As ``support_kpis``, and for an unknown rule.

    >>> import cslab
    >>> card = scorecard(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01")
    >>> card["side"].value_counts().to_dict()
    {'support': 8, 'success': 4}
    """
    if rule not in RULES:
        raise UsageError(unknown_choice("rule", rule, tuple(RULES)))
    now, before = (_both_sides(book, *window) for window in ((start, end), window_before(start, end)))
    card = now[["side", "kpi", "estimate", "low", "high", "n", "method", "unit"]].copy()
    for name, column in (("previous", "estimate"), ("previous_low", "low"), ("previous_high", "high")):
        card[name] = before[column]
    years = (now.attrs["end"] - now.attrs["start"]).days / DAYS_A_YEAR
    held = [targets.get(kpi) for kpi in card["kpi"]]
    card["better"] = [KPIS[kpi].better for kpi in card["kpi"]]
    card["target"] = [np.nan if one is None else one.over(years) for one in held]
    card["grade"] = ["" if one is None else one.grade for one in held]
    card["status"] = [RULES[rule](row) for row in card.itertuples()]
    card.attrs.update({**now.attrs, "rule": rule})
    return card


def _both_sides(book: Book, start: Date, end: Date) -> pd.DataFrame:
    """The indicators of both sides, support first."""
    import pandas as pd

    both = support_kpis(book, start, end), success_kpis(book, start, end)
    sides = ["support"] * len(SUPPORT_KPIS) + ["success"] * len(SUCCESS_KPIS)
    made = pd.concat(both, ignore_index=True).assign(side=sides)
    made.attrs.update(both[0].attrs)
    return made


def _by_target(row: Any) -> str:
    """The colour of an indicator against its target."""
    return held_against(row.low - row.target, row.high - row.target, row.better)


def _by_last_period(row: Any) -> str:
    """The colour of its change; both windows count as independent, which makes the limits wide rather than narrow."""
    change = row.estimate - row.previous
    width = np.hypot((row.high - row.low) / 2, (row.previous_high - row.previous_low) / 2)
    return held_against(change - width, change + width, row.better)


def held_against(low: float, high: float, better: str) -> Status:
    """The colour of a number by its limits, less what it is held against.

    Parameters
    ----------
    low, high : float
        Its limits less the target.
    better : str
        Which way is good: ``high``, ``low``, or empty for neither.

    Returns
    -------
    str
        ``green`` where the limits lie on the good side of nought, ``red`` where on the other, ``amber`` where they
        hold it; ``none`` without limits or a better side.

    >>> held_against(-0.08, -0.02, "low"), held_against(-0.02, 0.01, "low")
    ('green', 'amber')
    """
    if not better or np.isnan(low) or np.isnan(high):
        return "none"
    if low <= 0 <= high:
        return "amber"
    return "green" if (low > 0) == (better == "high") else "red"


RULES: dict[str, Callable[[Any], str]] = {"target": _by_target, "last_period": _by_last_period}
"""How an indicator may be judged."""
