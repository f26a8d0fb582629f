"""An estimate taken back out of a table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.measure.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd


def tabled(frame: pd.DataFrame, **where: Any) -> Estimate | None:
    """The estimate of the first row in which some columns hold what is asked for.

    Parameters
    ----------
    frame : DataFrame
        With ``estimate``, ``low``, ``high``, ``n``, ``method``.
    **where
        Values by column.

    Returns
    -------
    Estimate or None
        None where no row holds them, or its number is missing.

    >>> import pandas as pd
    >>> row = {"way": "model", "estimate": 0.8, "low": 0.6, "high": 0.9, "n": 13, "method": "renewal_shock"}
    >>> tabled(pd.DataFrame([row]), way="model").high, tabled(pd.DataFrame([row]), way="colour")
    (0.9, None)
    """
    rows = frame
    for name, value in where.items():
        rows = rows[rows[name] == value]
    if rows.empty or rows["estimate"].isna().iloc[0]:
        return None
    first = rows.iloc[0]
    estimate, low, high = (float(first[name]) for name in ("estimate", "low", "high"))
    return Estimate(estimate, low, high, int(first["n"]), str(first["method"]))
