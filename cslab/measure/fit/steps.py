"""Which parameter each statistic moves, and how far: until the simulated book's statistic is the given book's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.fit.feature import ALL, Place, number
from cslab.measure.fit.start import normalised
from cslab.world.customers import SEGMENTS
from cslab.world.scenario import PARAMETERS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.scenario import Scenario

LEAST = 10
"""So many times a thing must have happened in a group for its own rate to be fitted; else it moves with everybody."""
FARTHEST = 1.5
"""A parameter moves by so much in one round at most, on its own scale."""
SMALLEST = 1e-6
"""What counts as nothing on a logarithmic scale."""
DIGITS = 5
"""Digits of a fitted parameter."""


def _logit(share: float) -> float:
    """The logit of a share; of none, or of all, that of very few, or of nearly all."""
    within = min(max(share, SMALLEST), 1 - SMALLEST)
    return float(np.log(within / (1 - within)))


def _same(value: float) -> float:
    """A parameter that is on the right scale as it is."""
    return value


@dataclass(frozen=True)
class Step:
    """A parameter and the statistic that moves it.

    Parameters
    ----------
    parameter, statistic : str
    scale : callable
        From the statistic to a scale on which it moves about as far as the parameter does.
    to, back : callable
        From the parameter to that scale, and back.

    >>> STEPS[0].statistic
    'amount_median'
    """

    parameter: str
    statistic: str
    scale: Callable[[float], float]
    to: Callable[[float], float]
    back: Callable[[float], float]


def _log(value: float) -> float:
    """The natural logarithm; of nothing, that of very little."""
    return float(np.log(max(value, SMALLEST)))


def _exp(value: float) -> float:
    """The exponential."""
    return float(np.exp(value))


STEPS = (
    Step("mrr_median_amount", "amount_median", _log, _log, _exp),
    Step("mrr_log_sd", "amount_spread", _log, _log, _exp),
    Step("renewal_logit_monthly", "leave_monthly", _logit, _same, _same),
    Step("renewal_logit", "leave_term", _logit, _same, _same),
    Step("uncontrollable_hazard", "leave_midterm", _log, _log, _exp),
    Step("expansion_hazard", "expand", _log, _log, _exp),
    Step("expansion_size", "expand_size", _log, _log, _exp),
    Step("contraction_chance", "contract", _log, _log, _exp),
    Step("contraction_size", "contract_size", _log, _log, _exp),
    Step("usage_base", "usage", _logit, _same, _same),
    Step("seat_price_amount", "seat_price", _log, _log, _exp),
)
"""Every parameter that is fitted by a statistic of its own."""
DIRECT = ("customers", "signed_late", "group_share", "term_share")
"""Statistics that move the number of customers, growth, and shares."""


def moved(scenario: Scenario, wanted: pd.DataFrame, got: pd.DataFrame) -> Scenario:
    """The scenario with its parameters moved towards a book.

    Parameters
    ----------
    scenario : Scenario
    wanted, got : DataFrame
        As ``features`` makes them, of the book and of a company simulated from the scenario.

    Returns
    -------
    Scenario

    >>> from cslab.world import preset
    >>> import pandas as pd
    >>> own, got = (pd.DataFrame({"estimate": {("usage", "all", 0): share}, "events": 99}) for share in (0.5, 0.4))
    >>> moved(preset("tiny"), own, got).usage_base > preset("tiny").usage_base
    True
    """
    changed = {step.parameter: _stepped(scenario, step, wanted, got) for step in STEPS}
    changed |= {f"term_share_{group}": _terms(scenario, group, wanted, got) for group in SEGMENTS}
    changed |= {"segment_share": _shares(scenario.segment_share, ["group_share"], SEGMENTS, wanted, got)}
    return scenario.with_(**changed, growth_per_year=_growth(scenario, wanted, got))


def _stepped(scenario: Scenario, step: Step, wanted: pd.DataFrame, got: pd.DataFrame) -> Any:
    """A parameter, or its three values, moved."""
    old = getattr(scenario, step.parameter)
    if not isinstance(old, tuple):
        return _limited(step, old, _gap(step, ALL, wanted, got))
    gaps = (_gap(step, group, wanted, got) for group in SEGMENTS)
    return tuple(_limited(step, value, gap) for value, gap in zip(old, gaps, strict=True))


def looked_at(step: Step, group: str, wanted: pd.DataFrame) -> Place | None:
    """The row by which a group's parameter is moved: its own, or everybody's where it tells too little.

    Parameters
    ----------
    step : Step
    group : str
    wanted : DataFrame
        As ``features`` makes them, of the book.

    Returns
    -------
    tuple or None
        None where everybody's tells too little too.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"events": {("expand", "mid", 0): 2, ("expand", "all", 0): 99}})
    >>> looked_at(STEPS[5], "mid", rows)
    ('expand', 'all', 0)
    """
    places = ((step.statistic, name, 0) for name in (group, ALL))
    return next((one for one in places if number(wanted, one, "events") >= LEAST), None)


def _gap(step: Step, group: str, wanted: pd.DataFrame, got: pd.DataFrame) -> float:
    """By how much the simulated statistic is off on the parameter's scale."""
    place = looked_at(step, group, wanted)
    if place is None or place not in got.index:
        return 0.0
    scaled = [step.scale(number(rows, place)) for rows in (wanted, got)]
    return float(np.clip(np.nan_to_num(scaled[0] - scaled[1]), -FARTHEST, FARTHEST))


def _limited(step: Step, old: float, gap: float) -> float:
    """A value moved on its scale, within what the parameter may be; nought cannot be moved in proportion."""
    if gap == 0 or (step.to is _log and old <= 0):
        return float(old)
    declared = PARAMETERS[step.parameter]
    return float(f"{np.clip(step.back(step.to(old) + gap), declared.low, declared.high):.{DIGITS}g}")


def fitted_places(scenario: Scenario, wanted: pd.DataFrame) -> set[Place]:
    """The rows of a book's statistics by which parameters were moved; the others are checks.

    Parameters
    ----------
    scenario : Scenario
        Fitted: a group of which it has none is not looked at.
    wanted : DataFrame
        As ``features`` makes them, of the book.

    >>> from cslab.world import preset
    >>> import pandas as pd
    >>> fitted_places(preset("tiny"), pd.DataFrame({"events": {("usage", "all", 0): 99}}))
    {('usage', 'all', 0)}
    """
    groups = [name for name, share in zip(SEGMENTS, scenario.segment_share, strict=True) if share]
    several = {step.parameter for step in STEPS if isinstance(getattr(scenario, step.parameter), tuple)}
    asked = ((step, group) for step in STEPS for group in (groups if step.parameter in several else [ALL]))
    found = {place for step, group in asked if (place := looked_at(step, group, wanted))}
    return found | {place for place in wanted.index if place[0] in DIRECT}


def _terms(scenario: Scenario, group: str, wanted: pd.DataFrame, got: pd.DataFrame) -> tuple[float, ...]:
    """Shares of the terms in a group, moved in proportion."""
    old = getattr(scenario, f"term_share_{group}")
    return _shares(old, ["term_share", group], scenario.term_months, wanted, got)


def _shares(
    old: tuple[float, ...], place: list[str], names: tuple[Any, ...], wanted: pd.DataFrame, got: pd.DataFrame
) -> tuple[float, ...]:
    """Shares moved in proportion to what the book has of each, and to what the simulated one has."""
    places = [(*place, name, 0) if len(place) == 1 else (*place, name) for name in names]
    parts = [rows["estimate"].reindex(places).fillna(0.0).to_numpy(float) for rows in (wanted, got)]
    if not parts[0].sum():
        return old
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(parts[1] > 0, parts[0] / parts[1], 1.0)
    return normalised(np.array(old) * times) if (np.array(old) * times).sum() else old


def _growth(scenario: Scenario, wanted: pd.DataFrame, got: pd.DataFrame) -> float:
    """Growth of signings, from how late in the records the customers still there signed.

    Of signings that grow by g a month over M months the mean lies at .5 + g·M / 12 of the way, for small g.
    """
    place = ("signed_late", ALL, 0)
    gap = float(np.nan_to_num(number(wanted, place) - number(got, place)))
    yearly = np.log1p(scenario.growth_per_year) + 12 * np.clip(12 * gap / scenario.months, -0.1, 0.1)
    return float(f"{np.expm1(np.clip(yearly, 0.0, 2.3)):.{DIGITS}g}")
