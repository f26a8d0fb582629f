"""A test planned before it begins: how many customers, how many weeks, and when to look."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure.effect.planable import check_positive, check_shares
from cslab.measure.effect.power import LEVEL, POWER, Needed, sample_size
from cslab.measure.effect.sequential import Shape, inflation, stopping_lines

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Planned:
    """A plan of a test.

    Parameters
    ----------
    needed : Needed
        Customers of each side.
    fill_weeks : int
        Weeks until all of them have come.
    weeks : int
        Weeks until the last of them has a result.
    looks : DataFrame
        A row a look: ``look`` (from 1), ``week``, ``results`` (customers who have one), ``line`` (standard errors from
        which the test may be stopped then).

    >>> plan_test(0.20, -0.05, a_week=10, follow_up_weeks=52).needed.total
    1812
    """

    needed: Needed
    fill_weeks: int
    weeks: int
    looks: pd.DataFrame


def plan_test(
    base: float,
    effect: float,
    a_week: float,
    follow_up_weeks: float,
    share: float = 0.5,
    looks: int = 1,
    shape: Shape = "late",
    power: float = POWER,
    level: float = LEVEL,
    design_effect: float = 1.0,
) -> Planned:
    """How many customers a test needs, how long it takes, and the lines for looking at it before its end.

    Parameters
    ----------
    base, effect, power, level, design_effect
        As for :func:`cslab.measure.effect.power.sample_size`.
    a_week : float
        Customers who come into the test in a week.
    follow_up_weeks : float
        Weeks from coming in to the result: a yearly contract decided about after a year needs 52.
    share : float
        Share that gets the treatment (0-1).
    looks : int
        How often the results are looked at, the last time included; evenly, by results.
    shape : str
        As for :func:`cslab.measure.effect.sequential.stopping_lines`.

    Returns
    -------
    Planned

    Raises
    ------
    UsageError
        For shares outside 0-1, no effect, nobody a week.

    >>> plan = plan_test(0.20, -0.05, a_week=40, follow_up_weeks=26, looks=2)
    >>> plan.weeks, plan.looks["line"].round(2).tolist()
    (72, [2.8, 1.98])
    """
    import pandas as pd

    check_positive(a_week=a_week)
    check_shares(base, effect, share=share)
    per_treated = (1 - share) / share
    more = inflation(looks, shape, power, level) * design_effect
    needed = sample_size(base, effect, power, level, per_treated, more)
    lines = stopping_lines(looks, shape, level)
    results = [math.ceil(needed.total * look / looks) for look in range(1, looks + 1)]
    weeks = [math.ceil(count / a_week + follow_up_weeks) for count in results]
    frame = pd.DataFrame({"look": range(1, looks + 1), "week": weeks, "results": results, "line": lines})
    return Planned(needed, math.ceil(needed.total / a_week), weeks[-1], frame)
