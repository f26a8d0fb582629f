"""Whether a chance is one: of those who were given thirty per cent, did thirty in a hundred leave?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95, Estimate, normal, share_with_error
from cslab.measure.scores.rows import Rows, read

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.scores.censoring import Known

    Floats = NDArray[np.float64]

METHOD = "calibration_ipcw"
NEARLY = 0.001
"""A chance of exactly 0 or 1 has no odds: in slope and intercept it counts as one in a thousand, or all but one."""

STEPS, CLOSE, STEEPEST = 50, 1e-10, 1e3


@dataclass(frozen=True)
class Calibration:
    """How the chances given compare with what happened.

    Parameters
    ----------
    table : DataFrame
        A row a group of rows of similar chance, from the lowest: ``group`` (from 1), ``expected`` (mean chance, 0-1),
        ``estimate`` (share that left, 0-1), ``low``, ``high``, ``n`` (accounts), ``events`` (known to have left),
        ``method``.
    slope : Estimate
        1: right; below 1: too extreme (the high too high, the low too low), as of an over-fitted score; 0: says
        nothing.
    intercept : Estimate
        On the scale of log odds, slope held at 1. 0: right; above 0: more left than was said.
    ratio : Estimate
        Expected over observed departures: 1 is right; above 1, more were expected than left.
    horizon : float
        Months.
    n : int
        Accounts.
    pulled : int
        Rows with a chance beyond 0.001 or 0.999, which slope and intercept count as that.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abcd"], "time": [1, 2, 1, 2], "event": [True, False] * 2,
    ...                      "risk": [0.6, 0.6, 0.4, 0.4]})
    >>> calibration(seen, 1, groups=2).table["estimate"].tolist()
    [0.5, 0.5]
    """

    table: pd.DataFrame
    slope: Estimate
    intercept: Estimate
    ratio: Estimate
    horizon: float
    n: int
    pulled: int


def calibration(rows: pd.DataFrame, horizon: float, column: str = "risk", groups: int = 10) -> Calibration:
    """Hold the chances given against the shares that left.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time`` (months from the day asked), ``event``, and the chances.
    horizon : float
        Months.
    column : str
        The chance of leaving within the horizon (0-1).
    groups : int
        Groups of similar size, by chance; rows of the same chance stay together, so there may be fewer.

    Returns
    -------
    Calibration
        Departures count for those that were not followed so far.

    Raises
    ------
    UsageError
        As ``brier``; where all chances are the same, where every departure had a higher chance than every stay (no
        slope fits), or where nobody of a group was followed so far.

    Source: Cox (1958), Biometrika 45:562; Van Calster et al. (2019), BMC Medicine 17:230, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abcd"], "time": [1, 2, 1, 2], "event": [True, False] * 2,
    ...                      "risk": [0.6, 0.6, 0.4, 0.4]})
    >>> round(calibration(seen, 1).slope.estimate, 3), calibration(seen, 1).ratio.estimate
    (0.0, 1.0)
    """
    found, (chance,) = read(rows, column, chance=True)
    if groups < 1 or np.ptp(chance) == 0:
        key, values = ("score.groups", {"groups": groups}) if groups < 1 else ("score.one_chance", {"value": chance[0]})
        raise UsageError(Fault(key, {"column": column, **values}))
    known = found.censoring.known(horizon)
    pulled = np.clip(chance, NEARLY, 1 - NEARLY)
    odds = np.log(pulled / (1 - pulled))
    table = _table(found, known, chance, groups)
    table.attrs.update(rows.attrs)
    alone = np.ones((len(odds), 1))
    _, slope = _fitted(found, known, np.column_stack([alone, odds]), np.zeros(len(odds)))
    (intercept,) = _fitted(found, known, alone, odds)
    ratio = _expected_over_observed(found, known, chance)
    return Calibration(table, slope, intercept, ratio, horizon, found.n, int((pulled != chance).sum()))


def _table(found: Rows, known: Known, chance: Floats, groups: int) -> pd.DataFrame:
    """Expected and observed shares of groups of similar chance."""
    import pandas as pd

    edges = np.unique(np.quantile(chance, np.arange(1, groups) / groups))
    place = np.searchsorted(edges, chance, side="left")
    lines = [_group(found, known, chance, place == group) for group in np.unique(place)]
    return pd.DataFrame(lines).rename_axis("group").reset_index().assign(group=lambda table: table["group"] + 1)


def _group(found: Rows, known: Known, chance: Floats, chosen: Any) -> dict[str, Any]:
    """One group of the table."""
    if not known.weight[chosen].any():
        raise UsageError(Fault("score.thin_group", {"count": int(chosen.sum())}))
    share, pull = found.ratio(known, known.left & chosen, chosen)
    accounts = len(np.unique(found.account[chosen]))
    limits = share_with_error(share, found.error(pull), accounts, METHOD, int((known.weight[chosen] > 0).sum()))
    return {"expected": chance[chosen].mean(), **limits.cells(), "events": int((known.left & chosen).sum())}


def _fitted(found: Rows, known: Known, design: Floats, offset: Floats) -> list[Estimate]:
    """A weighted logistic regression of having left by the horizon, with limits from each account's influence."""
    from scipy.special import expit

    beta = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = expit(design @ beta + offset)
        surplus = (known.weight * (known.left - chance))[:, None] * design
        information = design.T @ (design * (known.weight * chance * (1 - chance))[:, None])
        step = np.linalg.lstsq(information, surplus.sum(axis=0))[0]
        beta = beta + step
        if np.abs(step).max() < CLOSE or np.abs(beta).max() > STEEPEST:
            break
    if np.abs(step).max() >= CLOSE:
        raise UsageError(Fault("score.no_slope", {"count": int(known.left.sum())}))
    pull = np.column_stack([part + found.censoring.correction(part, known.reach) for part in surplus.T])
    errors = [found.error(part) for part in (pull @ np.linalg.pinv(information)).T]
    return [normal(value, error, found.n, METHOD) for value, error in zip(beta, errors, strict=True)]


def _expected_over_observed(found: Rows, known: Known, chance: Floats) -> Estimate:
    """Expected over observed departures, with limits on the scale of its logarithm."""
    share, pull = found.ratio(known, known.left)
    mean, spread = chance.mean(), (chance - chance.mean()) / len(chance)
    error = found.error(spread / mean - pull / share)
    ratio, width = mean / share, np.exp(Z95 * error)
    return Estimate(float(ratio), float(ratio / width), float(ratio * width), found.n, METHOD, float(ratio * error))
