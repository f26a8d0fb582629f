"""Those who came under a programme against those who did not, in a series of months: a chain's one comparison."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault
from cslab.measure.clusters import summed
from cslab.measure.effect.encouragement import anderson_rubin
from cslab.measure.effect.power import SEEN
from cslab.measure.effect.tried import NotComparable, tried
from cslab.measure.estimate import Estimate, normal
from cslab.measure.impact.held_equal import filled, without
from cslab.measure.impact.window import TINY, alike, means, without_months

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.impact.exposure import Exposure

    Floats = NDArray[np.float64]

YEAR = 12
"""Months of a window, and at most so many before the turn."""

LEAD = 3
"""The last months before the turn, in which nothing may show yet."""

LEAST = 2
"""Customers that each side needs for a spread."""

METHOD = "contrast"


@dataclass(frozen=True)
class Contrast(Estimate):
    """What a programme changes in a series for one participant.

    Where a lot decides who is invited and not who comes, the number is that of those whom the invitation moves, with
    the limits of Anderson and Rubin.

    Parameters
    ----------
    intention : Estimate
        One arm against the other, whoever comes.
    rise : float
        By how much the arm raises the share that takes part: 1 where all of it does, and nobody else.
    participants, others : int
        Customers that take part, and customers of the other arm.
    influence : Series of float, by account
        How far each account pulls the intention: they add up to 0, their squares to its squared error.

    >>> one = Estimate(1.0, 0.0, 2.0, 9, "contrast", 0.5)
    >>> round(Contrast(1.0, 0.0, 2.0, 9, "contrast", 0.5, intention=one, rise=1.0, participants=4, others=5).mde, 1)
    1.4
    """

    intention: Estimate = field(kw_only=True)
    rise: float = field(kw_only=True)
    participants: int = field(kw_only=True)
    others: int = field(kw_only=True)
    influence: pd.Series | None = field(default=None, kw_only=True, compare=False, repr=False)

    @property
    def mde(self) -> float:
        """The smallest change for one participant that would be seen four times in five, two-sided at 5 %."""
        return SEEN * self.intention.std_error / abs(self.rise) if self.rise else math.inf

    @property
    def p(self) -> float:
        """The chance of a difference between the arms at least so large where there is none; missing without spread."""
        error = self.intention.std_error
        return math.erfc(abs(self.intention.estimate) / error / math.sqrt(2)) if error > 0 else math.nan


@dataclass(frozen=True)
class _Sides:
    """One entry a turn, or a month of one: its outcome, whether it took part, its arm, and what it is compared by."""

    outcome: Floats
    took: Floats
    arm: Floats
    known: Floats
    stratum: Any
    account: Any


def contrast(
    series: pd.DataFrame, exposure: Exposure, due: int = 0, months: int = YEAR, controls: Iterable[pd.DataFrame] = ()
) -> Contrast:
    """What taking part changes in the mean of a series over a window of months after the turn.

    What a month brings to everybody is taken out first, as it shows in who does not take part by then, beside a
    constant for each account. Then each turn is one row, compared within its stratum; errors count accounts. Where
    comparisons come in later themselves, each of its months is a row, so that both arms are looked at equally long
    after their month. By lot, the outcome is regressed on the arm and on what the series was before. Otherwise each
    customer's own mean before is taken away, and who has none is left out: account and month effects.

    Parameters
    ----------
    series : DataFrame
        A row an account, a column a month, one after the other; missing where there is nothing to know.
    exposure : Exposure
    due : int
        Months after the turn when the window begins; below 0, before it: then what was before ends there too.
    months : int
        Of the window. Each customer's mean is that of the months that are there; at least one has to be.
    controls : iterable of DataFrame
        Series whose mean over the year before the turn is held equal.

    Returns
    -------
    Contrast

    Raises
    ------
    UsageError
        ``NotComparable`` where fewer than two customers of either side are left in the same stratum.

    Source: regression with what was before: McKenzie (2012), Journal of Development Economics 99:210; clustered
    errors: Liang and Zeger (1986), Biometrika 73:13, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=4, freq="MS")
    >>> turns = pd.DataFrame({"account_id": [*"abcd"], "turn": months[2], "arm": [True, True, False, False]})
    >>> series = pd.DataFrame([[1, 1, 3, 3], [2, 2, 5, 5], [1, 1, 1, 1], [2, 2, 2, 2]], [*"abcd"], months, dtype=float)
    >>> contrast(series, of_frame(turns)).estimate
    2.5
    """
    sides = _sides(series, exposure, due, months, controls)
    for arm in (1.0, 0.0):
        if len(np.unique(sides.account[sides.arm == arm])) < LEAST:
            raise NotComparable(Fault("impact.nobody_to_compare", {"programme": exposure.name or "-"}))
    slopes, pulls = _apart(sides, exposure.name)
    accounts = np.unique(sides.account)
    intention = normal(float(slopes[0]), math.sqrt(float((pulls[:, 0] ** 2).sum())), len(accounts), METHOD)
    rise = float(slopes[1])
    whole = intention if rise == 1 else anderson_rubin(intention.estimate, rise, pulls.T @ pulls, len(accounts))
    return Contrast(
        *(getattr(whole, name) for name in ("estimate", "low", "high", "n", "method", "std_error")),
        intention=intention,
        rise=rise,
        participants=len(np.unique(sides.account[(sides.arm * sides.took) > 0])),
        others=len(np.unique(sides.account[sides.arm == 0])),
        influence=_by_account(exposure, pulls[:, 0]),
    )


def placebo(series: pd.DataFrame, exposure: Exposure, controls: Iterable[pd.DataFrame] = ()) -> Contrast | None:
    """The same comparison in the three months before the turn, where a programme can have changed nothing.

    Parameters
    ----------
    series : DataFrame
    exposure : Exposure
    controls : iterable of DataFrame
        As for :func:`contrast`.

    Returns
    -------
    Contrast or None
        Nothing where nobody was on record before the turn, or all are alike then, as in whether they are customers.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=4, freq="MS")
    >>> turns = pd.DataFrame({"account_id": [*"abcd"], "turn": months[0], "arm": [True, True, False, False]})
    >>> placebo(pd.DataFrame(1.0, [*"abcd"], months), of_frame(turns)) is None
    True
    """
    if alike(series, exposure, LEAD, YEAR):
        return None
    found = tried(contrast, series, exposure, -LEAD, LEAD, controls)
    return found if found is not None and found.std_error > 0 else None


def covariance(one: Contrast, other: Contrast) -> float:
    """How two contrasts of the same turns go together: for sums over months, ratios and products.

    Parameters
    ----------
    one, other : Contrast

    Returns
    -------
    float
        Of their intentions; with itself, the squared error.

    >>> import pandas as pd
    >>> whole = Estimate(1.0, 0.0, 2.0, 9, "contrast", 5**0.5)
    >>> pulls = pd.Series([-1.0, 2.0], ["a", "b"])
    >>> found = Contrast(
    ...     1.0, 0.0, 2.0, 9, "contrast", intention=whole, rise=1.0, participants=4, others=5, influence=pulls
    ... )
    >>> covariance(found, found)
    5.0
    """
    if one.influence is None or other.influence is None:
        return math.nan
    return float(one.influence.to_numpy() @ other.influence.reindex(one.influence.index, fill_value=0.0).to_numpy())


def per_unit(target: Contrast, source: Contrast) -> Estimate:
    """What one unit of a link's source brings its target, where the programme reaches the target through it alone.

    Parameters
    ----------
    target, source : Contrast
        Of both ends of the link, over the same turns.

    Returns
    -------
    Estimate
        Limits are infinite where the source has hardly moved: then the data do not tell.

    Source: Anderson and Rubin (1949), Annals of Mathematical Statistics 20:46, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=4, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": [*"abcd"], "turn": months[2], "arm": [True, True, False, False]}))
    >>> series = pd.DataFrame([[1, 1, 3, 3], [2, 2, 5, 5], [1, 1, 1, 1], [2, 2, 2, 2]], [*"abcd"], months, dtype=float)
    >>> one = contrast(series, turns)
    >>> round(per_unit(contrast(3 * series, turns), one).estimate, 6)
    3.0
    """
    between = covariance(target, source)
    spread = np.array([[covariance(target, target), between], [between, covariance(source, source)]])
    return anderson_rubin(target.intention.estimate, source.intention.estimate, spread, min(target.n, source.n))


def _sides(series: pd.DataFrame, exposure: Exposure, due: int, months: int, controls: Iterable[pd.DataFrame]) -> _Sides:
    """What is compared: turns with an outcome in strata where both arms are; month by month where comparisons end."""
    rows, series = exposure.rows, without_months(series, exposure)
    spans = [(month, month + 1) for month in range(due, due + months)] if exposure.waits else [(due, due + months)]
    outcome = np.concatenate([means(series, exposure, *span) for span in spans])
    before = means(series, exposure, -YEAR, min(due, 0))
    known = [means(one, exposure, -YEAR, min(due, 0)) for one in controls]
    if exposure.by_lot:
        known.append(before)
    else:
        outcome = outcome - np.tile(before, len(spans))
    stratum = _compared(rows["stratum"].to_numpy(), len(spans))
    arm, took, account = (np.tile(one, len(spans)) for one in (rows["arm"], rows["took"], _codes(exposure)))
    there, size = ~np.isnan(outcome), int(stratum.max(initial=0)) + 1
    both = summed(stratum[there], arm[there], size) * summed(stratum[there], ~arm[there], size) > 0
    used = there & both[stratum]
    _, place = np.unique(stratum[used], return_inverse=True)
    told = filled([np.tile(one, len(spans)) for one in known], used)
    return _Sides(outcome[used], took[used].astype(float), arm[used].astype(float), told, place, account[used])


def _compared(stratum: Any, times: int) -> Any:
    """The strata of turns looked at several times, those of each time for themselves."""
    size = int(stratum.max(initial=-1)) + 1
    return np.concatenate([stratum + size * time for time in range(times)])


def _apart(sides: _Sides, name: str) -> tuple[Floats, Floats]:
    """By how much the arms differ in outcome and taking part, and how far each account pulls either."""
    columns = np.column_stack([sides.outcome, sides.took, sides.arm, sides.known])
    inside = columns - np.column_stack(
        [(summed(sides.stratum, one) / summed(sides.stratum, np.ones(len(one))))[sides.stratum] for one in columns.T]
    )
    left, kept = without(inside[:, :3], inside[:, 3:])
    arm = left[:, 2]
    size = float((arm**2).sum())
    if size <= TINY * len(arm):
        raise NotComparable(Fault("impact.nobody_to_compare", {"programme": name or "-"}))
    slopes = arm @ left[:, :2] / size
    pulls = (left[:, :2] - arm[:, None] * slopes) * arm[:, None] / size
    n, free = len(arm), len(arm) - int(sides.stratum.max()) - 2 - kept
    sums = np.column_stack([summed(sides.account, one) for one in pulls.T])
    clusters = len(np.unique(sides.account))
    slopes[1] = 1.0 if np.array_equal(sides.took, sides.arm) else slopes[1]
    return slopes, sums * math.sqrt(clusters / max(clusters - 1, 1) * (n - 1) / max(free, 1))


def _codes(exposure: Exposure) -> Any:
    """The account of each turn, as a place."""
    return exposure.rows["account_id"].factorize()[0]


def _by_account(exposure: Exposure, pulls: Floats) -> pd.Series:
    """The pull of every account of the exposure, 0 for those that are not compared."""
    import pandas as pd

    accounts = exposure.rows["account_id"].unique()
    return pd.Series(np.pad(pulls, (0, len(accounts) - len(pulls))), accounts)
