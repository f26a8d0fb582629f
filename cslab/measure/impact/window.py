"""A series around each turn: its mean over months counted from the turn on, and what months bring to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.effect.two_way import month_effects
from cslab.measure.impact.exposure import taking_part

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.impact.exposure import Exposure

    Floats = NDArray[np.float64]

TINY = 1e-9
"""The share of a number's size below which nothing is left of it."""


def means(series: pd.DataFrame, exposure: Exposure, first: int, last: int) -> Floats:
    """The mean of a series over months counted from each turn.

    Parameters
    ----------
    series : DataFrame
        A row an account, a column a month.
    exposure : Exposure
    first, last : int
        Months from the turn on: the first, and the first that is not in it any more.

    Returns
    -------
    ndarray of float, shape (turns,)
        Missing where no month of it is there. Months in which a comparison takes part itself do not count.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=4, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": ["a"], "turn": months[1], "arm": [True]}))
    >>> means(pd.DataFrame([[1.0, 2.0, 4.0, 9.0]], ["a"], months), turns, 0, 2).tolist()
    [3.0]
    """
    rows, values = exposure.rows, series.to_numpy(float)
    begin = series.columns.to_numpy("datetime64[M]")[0]
    turn, until = (_places(rows[name], begin) for name in ("turn", "until"))
    who = series.index.get_indexer(rows["account_id"].to_numpy())  # type: ignore[arg-type]
    end = values.shape[1]
    start = np.clip(turn + first, 0, end)
    stop = np.maximum(np.clip(np.minimum(turn + last, until), 0, end), start)
    there = ~np.isnan(values)
    total, count = (_over(numbers, who, start, stop) for numbers in (np.where(there, values, 0.0), there))
    known = (who >= 0) & (count > 0)
    return np.where(known, total / np.where(known, count, 1), np.nan)


def without_months(series: pd.DataFrame, exposure: Exposure) -> pd.DataFrame:
    """A series less what each month brings to everybody: not all customers are there in the same months.

    Parameters
    ----------
    series : DataFrame
        A row an account, a column a month.
    exposure : Exposure
        What a month brings is learnt from customers who do not take part by then; from all, where there are none.

    Returns
    -------
    DataFrame

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=2, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": ["a", "b"], "turn": months[1], "arm": [False, True]}))
    >>> without_months(pd.DataFrame([[1.0, 2.0], [5.0, 9.0]], ["a", "b"], months), turns).round(6).to_numpy().tolist()
    [[1.5, 1.5], [5.5, 8.5]]
    """
    import pandas as pd

    values = series.to_numpy(float)
    known = ~np.isnan(values)
    outside = known & (taking_part(exposure, series).to_numpy() == 0)
    there = np.where(outside.any(axis=0), outside, known)
    return pd.DataFrame(values - month_effects(values, there), series.index, series.columns)


def alike(series: pd.DataFrame, exposure: Exposure, months: int, before: int) -> bool:
    """Whether customers that are compared do not differ in the last months before their turn.

    Parameters
    ----------
    series : DataFrame
        A row an account, a column a month; what months bring still in it.
    exposure : Exposure
    months : int
        How many last months.
    before : int
        Months before the turn since which the earlier ones count: each customer's mean over them is taken away.

    Returns
    -------
    bool
        Then nothing in these months can tell whether they are a fair comparison.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=4, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": ["a", "b"], "turn": months[3], "arm": [True, False]}))
    >>> alike(pd.DataFrame([[1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 1.0, 1.0]], ["a", "b"], months), turns, 1, 12)
    True
    """
    import pandas as pd

    last, own = means(series, exposure, -months, 0), means(series, exposure, -before, -months)
    apart = pd.Series(np.where(np.isnan(own), last, last - own))
    beside = apart.groupby([exposure.rows["stratum"].to_numpy(), np.isnan(own)])
    size = float(np.abs(last[~np.isnan(last)]).max(initial=0.0))
    return not bool((beside.max() - beside.min() > TINY * size).any())


def _over(numbers: Any, who: Any, start: Any, stop: Any) -> Floats:
    """Sums of each row's numbers from one place up to another."""
    running = np.zeros((numbers.shape[0], numbers.shape[1] + 1))
    np.cumsum(numbers, axis=1, out=running[:, 1:])
    return np.asarray(running[who, stop] - running[who, start])


def _places(months: pd.Series, begin: Any) -> Any:
    """How many months after the first column each month lies; far behind everything where it is missing."""
    days = months.to_numpy("datetime64[M]")
    return np.where(np.isnat(days), np.iinfo(np.int32).max, (days - begin).astype(np.int64))
