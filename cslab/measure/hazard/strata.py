"""Within what customers are compared, and whose the rows are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.hazard.coding import Columns

Strata = str | Sequence[str] | None


def named(strata: Strata) -> tuple[str, ...]:
    """Columns that were given as none, one name or several.

    Parameters
    ----------
    strata : str or sequence of str, optional

    >>> named(None), named("term_months")
    ((), ('term_months',))
    """
    return () if strata is None else (strata,) if isinstance(strata, str) else tuple(strata)


def stratified(columns: Columns, strata: Sequence[str]) -> tuple[NDArray[np.intp], tuple[tuple[Any, ...], ...]]:
    """A number a row for the values of some columns together, and those values.

    Parameters
    ----------
    columns : Columns
        A frame, or what hands out columns by name.
    strata : sequence of str

    Raises
    ------
    UsageError
        Naming all columns that are not there.

    >>> import pandas as pd
    >>> place, values = stratified(pd.DataFrame({"term_months": [12, 1, 12]}), ["term_months"])
    >>> place.tolist(), values
    ([1, 0, 1], ((1,), (12,)))
    """
    import pandas as pd

    known = [str(name) for name in columns]
    if absent := [name for name in strata if name not in columns]:
        values = [{"name": name, "near": nearest(name, known), "known": ", ".join(known)} for name in absent]
        raise UsageError(*(Fault("design.unknown", one) for one in values))
    if not strata:
        return np.zeros(len(columns), np.intp), ((),)
    parts = [pd.factorize(columns[name], sort=True, use_na_sentinel=False) for name in strata]
    code = np.ravel_multi_index([part[0] for part in parts], [len(part[1]) for part in parts])
    used, place = np.unique(code, return_inverse=True)
    places = np.unravel_index(used, [len(part[1]) for part in parts])
    names = [_said(part[1], where) for part, where in zip(parts, places, strict=True)]
    return place, tuple(zip(*names, strict=True))


def accounts(frame: pd.DataFrame, kept: NDArray[np.bool_]) -> int:
    """How many accounts stand in the rows that are kept; the rows, where they do not say whose they are.

    Parameters
    ----------
    frame : DataFrame
    kept : ndarray of bool, shape (rows,)

    >>> import pandas as pd
    >>> accounts(pd.DataFrame({"account_id": ["A", "A", "B"]}), np.array([True, True, True]))
    2
    """
    return int(frame.loc[kept, "account_id"].nunique() if "account_id" in frame else kept.sum())


def _said(values: Any, place: NDArray[np.intp]) -> list[Any]:
    """Some values of a column, None for missing ones, so that they equal themselves."""
    import pandas as pd

    return [None if pd.isna(value) else value for value in np.asarray(values)[place].tolist()]
