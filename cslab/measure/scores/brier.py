"""How far the chances that were given lie from what happened: the Brier score, for follow-up that ends early."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, normal
from cslab.measure.scores.rows import Rows, read

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

METHOD = "brier_ipcw"


def brier(rows: pd.DataFrame, horizon: float, column: str = "risk") -> Estimate:
    """The Brier score at a horizon: the mean squared distance between the chance given and what happened (0 or 1).

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time`` (months from the day asked), ``event``, and the chances.
    horizon : float
        Months.
    column : str
        The chance of leaving within the horizon (0-1).

    Returns
    -------
    Estimate
        The smaller the better; limits from each account's influence, the weights being estimated too.

    Raises
    ------
    UsageError
        As ``auc``; for numbers that are no chances.

    Source: Graf, Schmoor, Sauerbrei and Schumacher (1999), Statistics in Medicine 18:2529; the left limit of the
    weights: Gerds and Schumacher (2006), Biometrical Journal 48:1029, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"ab"], "time": [1, 2], "event": [True, False], "risk": [0.9, 0.3]})
    >>> round(brier(seen, 1).estimate, 3)  # the mean of 0.1² and 0.3²
    0.05
    """
    found, (chance,) = read(rows, column, chance=True)
    estimate, pull = _scored(found, horizon, chance)
    return normal(estimate, found.error(pull), found.n, METHOD, 0.0, 1.0)


def brier_by_horizon(rows: pd.DataFrame, columns: Mapping[float, str]) -> pd.DataFrame:
    """The Brier score at several horizons, beside that of giving everybody the same chance.

    Parameters
    ----------
    rows : DataFrame
        As for ``brier``.
    columns : dict
        The column of each horizon's chances, by months.

    Returns
    -------
    DataFrame
        ``horizon``, ``estimate``, ``low``, ``high``, ``n`` (accounts), ``events`` (known to have left by then),
        ``reference`` (everybody given the share that left), ``skill`` (1 - estimate / reference: 0 = no better than
        that, below 0 = worse), ``method``.

    Raises
    ------
    UsageError
        As ``brier``.

    Source: index of prediction accuracy, Kattan and Gerds (2018), Diagnostic and Prognostic Research 2:7, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"ab"], "time": [1, 2], "event": [True, False], "risk": [0.9, 0.3]})
    >>> brier_by_horizon(seen, {1: "risk"})[["reference", "skill"]].round(2).values.tolist()
    [[0.25, 0.8]]
    """
    import pandas as pd

    found, chances = read(rows, *columns.values(), chance=True)
    table = pd.DataFrame([_line(found, horizon, chance) for horizon, chance in zip(columns, chances, strict=True)])
    table.attrs.update(rows.attrs)
    return table


def integrated_brier(rows: pd.DataFrame, columns: Mapping[float, str]) -> Estimate:
    """The mean Brier score from the first of some horizons to the last, by trapezia.

    Parameters
    ----------
    rows : DataFrame
        As for ``brier``.
    columns : dict
        The column of each horizon's chances, by months: two horizons or more.

    Returns
    -------
    Estimate

    Raises
    ------
    UsageError
        As ``brier``; for fewer than two horizons.

    Source: Graf, Schmoor, Sauerbrei and Schumacher (1999), grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abc"], "time": [1, 2, 3], "event": True, "risk": 0.5})
    >>> integrated_brier(seen, {1: "risk", 2: "risk"}).estimate
    0.25
    """
    if len(columns) < 2:
        raise UsageError(Fault("score.two_horizons", {"count": len(columns)}))
    found, chances = read(rows, *columns.values(), chance=True)
    scored = [_scored(found, horizon, chance) for horizon, chance in zip(columns, chances, strict=True)]
    months = np.array(list(columns), float)
    order = np.argsort(months)
    share = _trapezia(months[order])
    estimate = float(sum(part * scored[place][0] for part, place in zip(share, order, strict=True)))
    pull = sum(part * scored[place][1] for part, place in zip(share, order, strict=True))
    return normal(estimate, found.error(np.asarray(pull)), found.n, "brier_ipcw_mean", 0.0, 1.0)


def _scored(found: Rows, horizon: float, chance: Floats) -> tuple[float, Floats]:
    """The Brier score and by how much each row moves it."""
    known = found.censoring.known(horizon)
    return found.ratio(known, (known.left - chance) ** 2)


def _line(found: Rows, horizon: float, chance: Floats) -> dict[str, Any]:
    """One horizon of the table."""
    known = found.censoring.known(horizon)
    estimate, pull = found.ratio(known, (known.left - chance) ** 2)
    share, _ = found.ratio(known, known.left)
    limits, reference = normal(estimate, found.error(pull), found.n, METHOD, 0.0, 1.0), share * (1 - share)
    more = {"events": int(known.left.sum()), "reference": reference, "skill": 1 - estimate / reference}
    return {"horizon": horizon, **limits.cells(), **more}


def _trapezia(months: Floats) -> Floats:
    """What share of the way from first to last each horizon stands for."""
    steps = np.diff(months)
    return np.asarray((np.concatenate([[0.0], steps]) + np.concatenate([steps, [0.0]])) / (2 * steps.sum()))
