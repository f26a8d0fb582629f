"""Columns of a list without dates that rose with the months as a customer, such as all that was paid so far.

Such a list shows everybody at the end. In a row that stands for an earlier month, a total says how long the customer
was going to stay, which nobody knew then: leaving would seem to go with small totals, whatever made customers leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cslab.measure.hazard.coding import Cells, Columns

RISES = 0.8
"""Rank correlation with the months as a customer from which on a column is taken for a total of them."""

LEAST = 20
"""Customers below which chance may order a column by tenure."""


def grown(columns: Columns, cells: Sequence[Cells]) -> list[Fault]:
    """The numbers that rise with tenure, where rows stand for months before the day on which they were read.

    Parameters
    ----------
    columns : Columns
        Where the numbers come from: ``durations`` of a stock sample, or its account-months. Nothing is said of others,
        nor where each customer stands there with its last month alone.
    cells : sequence of Cells
        The columns as they were read.

    Returns
    -------
    list of Fault
        One a column.

    >>> import pandas as pd
    >>> from cslab.measure.hazard.coding import read
    >>> seen = pd.DataFrame({"entry": 0, "duration": range(1, 31)}).assign(paid=lambda seen: 9 * seen["duration"])
    >>> seen.attrs["stock_sample"] = True
    >>> [fault.values["name"] for fault in grown(seen, [read(seen, "paid")])]
    ['paid']
    >>> grown(seen.assign(entry=seen["duration"] - 1), [read(seen, "paid")])
    []
    """
    rows, lived = _at_the_end(columns) or (np.empty(0, int), np.empty(0))
    numbers = [one for one in cells if not one.levels]
    found = {one.name: _rank_correlation(one.values[rows], lived) for one in numbers}
    return [Fault("design.grown", {"name": name, "correlation": one}) for name, one in found.items() if one > RISES]


def _at_the_end(columns: Any) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """One row a customer of a list without dates, and its months as a customer; None where nothing is hindsight."""
    import pandas as pd

    if isinstance(columns, pd.DataFrame):
        if not columns.attrs.get("stock_sample") or "duration" not in columns:
            return None
        lived = columns["duration"].to_numpy(float)
        before = lived - columns.get("entry", pd.Series(0, columns.index)).to_numpy(float) > 1
        return (np.arange(len(lived)), lived) if before.any() else None
    ends = getattr(columns, "lived", None)
    if ends is None or (columns.tenure >= ends).all():
        return None
    rows = np.unique(columns.account, return_index=True)[1]
    return rows, ends[rows].astype(float)


def _rank_correlation(values: NDArray[Any], lived: NDArray[Any]) -> float:
    """Spearman's correlation of the values that are known; none for a few, or where all are alike."""
    import pandas as pd

    known = np.isfinite(values)
    if known.sum() < LEAST or np.ptp(values[known]) == 0 or np.ptp(lived[known]) == 0:
        return 0.0
    return float(pd.Series(values[known]).rank().corr(pd.Series(lived[known]).rank()))
