"""A plan that one need not regret much: chosen while the effects are only known to lie between two limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.allocation.comparison import refuse_strange
from cslab.measure.allocation.lagrange import Allocation, allocate

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.allocation.options import Options
    from cslab.measure.allocation.problem import Floats, Ints

HALVINGS = 16
"""How often the weight between the two ends is halved in."""


@dataclass(frozen=True)
class Robust:
    """The plan whose worst regret is least, beside the two that are usually chosen.

    Parameters
    ----------
    choice : ndarray of int, shape (n,)
        The tier of each account.
    regret_amount : float
        What it forgoes at worst, against the plan that would have been best.
    plans : DataFrame
        ``plan`` (``estimate``: the best by the estimate; ``cautious``: the best if the effects are as small as they may
        be; ``least_regret``), ``hours``, ``at_low_amount``, ``at_high_amount`` (regret where the effects are at their
        low and at their high end), ``regret_amount`` (the larger of both), ``n``.

    >>> from cslab.measure.allocation import options
    >>> import pandas as pd
    >>> value = pd.DataFrame({"tech": [1.0, 1.0], "mid": [2.0, 5.0]}, index=["a", "b"])
    >>> posed = options(value, pd.Series({"a": "mid", "b": "tech"}))
    >>> robust(posed, posed.value, posed.value).regret_amount
    0.0
    """

    choice: Ints
    regret_amount: float
    plans: pd.DataFrame


def robust(posed: Options, low: Floats, high: Floats) -> Robust:
    """The plan with the least worst regret, if all effects may lie anywhere between their limits, together.

    What a plan forgoes is the best value less its own. The best value is the largest of straight lines along the way
    from the low to the high end, so what is forgone bends upwards and is greatest at one of the ends: it is enough to
    look there. The plan is the best one for a mixture of both ends, halved in to where neither is regretted more.
    All effects move together, as they do where one estimate serves many accounts. The plan that is best in the worst
    case (max-min) is the one called ``cautious``.

    Parameters
    ----------
    posed : Options
        Its values are the estimate.
    low, high : ndarray of float, shape (n, tiers)
        What the tiers are worth if their effects lie at the lower and at the upper limit.

    Returns
    -------
    Robust

    Raises
    ------
    UsageError
        For limits of another shape, missing ones, and a lower limit above the upper one.

    Source: minimax regret under interval data, Averbakh (2001), Mathematical Programming 90:263, grade A; all effects
    along one line is our own choice, the mildest that still asks for caution.

    >>> import pandas as pd
    >>> from cslab.measure.allocation import options
    >>> value = pd.DataFrame({"tech": [0.0, 0.0], "mid": [2.0, 3.0]}, index=["a", "b"])
    >>> posed = options(value, pd.Series({"a": "mid", "b": "tech"}))
    >>> low, high = np.array([[0.0, 2.0], [0.0, -1.0]]), np.array([[0.0, 2.0], [0.0, 7.0]])
    >>> robust(posed, low, high).plans["regret_amount"].tolist()
    [3.0, 5.0, 3.0]
    """
    import pandas as pd

    ends = np.asarray(low, float), np.asarray(high, float)
    refuse_strange(posed, {"low": ends[0], "high": ends[1]})
    _check_order(posed, *ends)
    best = [_best(posed, end) for end in ends]
    named = {"estimate": posed.best().choice, "cautious": best[0].choice}
    tried = [*named.values(), best[1].choice, *_mixtures(posed, ends, best)]
    regrets = [_regrets(ends, best, choice) for choice in tried]
    least = int(np.argmin([max(regret) for regret in regrets]))
    named["least_regret"] = tried[least]
    rows = [_row(name, posed, _regrets(ends, best, choice), choice) for name, choice in named.items()]
    return Robust(tried[least], max(regrets[least]), pd.DataFrame(rows))


def _check_order(posed: Options, low: Floats, high: Floats) -> None:
    """Refuse lower limits above the upper ones."""
    rows, columns = np.nonzero(low > high)
    if len(rows):
        row, column = int(rows[0]), int(columns[0])
        values = {"count": len(np.unique(rows)), "account": posed.account_id[row], "tier": posed.tiers[column]}
        ends = {"low": f"{low[row, column]:,.2f}", "high": f"{high[row, column]:,.2f}"}
        raise UsageError(Fault("allocation.limits", {**values, **ends}))


def _best(posed: Options, value: Floats) -> Allocation:
    """The best plan, were this what the tiers are worth."""
    return allocate(value, posed.hours, posed.capacity)


def _mixtures(posed: Options, ends: tuple[Floats, Floats], best: list[Allocation]) -> list[Ints]:
    """The best plans for mixtures of both ends, closing in on the one where neither is regretted more."""
    found, less, more = [], 0.0, 1.0
    for _ in range(HALVINGS):
        weight = (less + more) / 2
        found.append(_best(posed, (1 - weight) * ends[0] + weight * ends[1]).choice)
        at_low, at_high = _regrets(ends, best, found[-1])
        less, more = (less, weight) if at_low > at_high else (weight, more)
    return found


def _regrets(ends: tuple[Floats, Floats], best: list[Allocation], choice: Ints) -> tuple[float, float]:
    """What a plan forgoes at the low and at the high end."""
    rows = np.arange(len(choice))
    reached = [float(end[rows, choice].sum()) for end in ends]
    return max(best[0].value - reached[0], 0.0), max(best[1].value - reached[1], 0.0)


def _row(name: str, posed: Options, regrets: tuple[float, float], choice: Ints) -> dict[str, object]:
    """A plan's line in the table."""
    hours = float(posed.hours[np.arange(len(choice)), choice].sum())
    ends = {"at_low_amount": regrets[0], "at_high_amount": regrets[1], "regret_amount": max(regrets)}
    return {"plan": name, "hours": hours, **ends, "n": len(choice)}
