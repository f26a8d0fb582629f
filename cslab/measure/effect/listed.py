"""Columns of a reader's own list: an outcome as numbers, conditions on them, names that a trial keeps for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

OWN = ("account_id", "since", "arm", "outcome", "duration", "event")
"""Columns that the rows of a trial have of themselves."""


def as_numbers(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column of numbers or flags.

    Parameters
    ----------
    frame : DataFrame
    name : str

    Returns
    -------
    Series of float
        Missing where the cell is empty.

    Raises
    ------
    UsageError
        Where cells are words or infinite, with the first of them.

    >>> import pandas as pd
    >>> as_numbers(pd.DataFrame({"stayed": [True, False]}), "stayed").tolist()
    [1.0, 0.0]
    """
    import pandas as pd

    column = frame[name]
    found = pd.to_numeric(column.astype(object), errors="coerce").astype(float)
    if (wrong := (column.notna() & found.isna()) | np.isinf(found)).any():
        values = {"name": name, "count": int(wrong.sum()), "first": str(column[wrong].iloc[0])}
        raise UsageError(Fault("effect.not_numbers", values))
    return found


def refuse_own(names: Iterable[str]) -> None:
    """Refuse covariates that are called like a column that every trial has.

    Parameters
    ----------
    names : iterable of str

    Raises
    ------
    UsageError

    >>> refuse_own(["segment", "mrr0_amount"])
    """
    if taken := [name for name in dict.fromkeys(names) if name in OWN]:
        raise UsageError(*(Fault("effect.own_name", {"name": name, "taken": ", ".join(OWN)}) for name in taken))


def held(frame: pd.DataFrame, text: str, fault: str) -> NDArray[np.bool_]:
    """In which rows a condition on the columns holds.

    Parameters
    ----------
    frame : DataFrame
    text : str
        Such as ``"mrr0_amount < 80000"``.
    fault : str
        The key of what is said where it cannot be read.

    Returns
    -------
    ndarray of bool, shape (rows,)

    Raises
    ------
    UsageError
        With the condition, the nearest name to one that there is not, and the columns that there are.

    >>> import pandas as pd
    >>> held(pd.DataFrame({"size": [1, 9]}), "size > 3", "effect.rows_condition").tolist()
    [False, True]
    """
    try:
        found: Any = frame.eval(text, engine="python")
        return np.asarray(found, bool) & np.ones(len(frame), bool)
    except Exception as unreadable:  # whatever a reader's own words make pandas raise
        there = [str(name) for name in frame]
        near = next((nearest(one, there) for one in re.findall(r"[^\W\d]\w*", text) if one not in there), "")
        values = {"text": text, "why": str(unreadable), "known": ", ".join(there), "near": near}
        raise UsageError(Fault(fault, values)) from None
