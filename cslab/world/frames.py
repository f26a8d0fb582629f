"""From the columns of chunks to the frames of a company: numbers become ids, places become words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.tables import TABLES
from cslab.world.observe.vocabulary import Columns, words_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.tables import Column
    from cslab.world.luck import Ints


def account_ids(count: int, first: int = 0) -> NDArray[Any]:
    """The ids of some accounts of a company, from the number ``first`` on.

    >>> account_ids(2).tolist()
    ['A000000', 'A000001']
    """
    return np.array([f"A{number:06d}" for number in range(first, first + count)], dtype=object)


def stacked(parts: Sequence[Columns]) -> Columns:
    """The columns of chunks, one under the other; the parts become views of the whole, so that nothing is held twice.

    >>> stacked([{"a": np.array([1])}, {"a": np.array([2])}])["a"].tolist()
    [1, 2]
    """
    if len(parts) == 1:
        return dict(parts[0])
    ends = np.cumsum([0, *(len(next(iter(part.values()))) for part in parts)])
    whole: Columns = {}
    for name in parts[0]:
        whole[name] = np.concatenate([part[name] for part in parts])
        for part, first, last in zip(parts, ends[:-1], ends[1:], strict=True):
            part[name] = whole[name][first:last]
    return whole


def frame(table: str, columns: Columns, ids: NDArray[Any], first: int = 0) -> pd.DataFrame:
    """A table of the contract.

    Parameters
    ----------
    table : str
        Its name.
    columns : dict of str to ndarray
        As ``observe`` makes them.
    ids : ndarray of str
        The id of each account number.
    first : int
        The account number that ``ids`` begins with.

    Returns
    -------
    DataFrame
        With the columns in the order of the contract.

    >>> frame("accounts", {"account_id": np.array([1]), "segment": np.array([0])}, account_ids(2)).values.tolist()
    [['A000001', 'customer_000001', 'smb']]
    """
    import pandas as pd

    columns = dict(columns)
    if first and "account_id" in columns:
        columns["account_id"] = np.where(columns["account_id"] < 0, -1, columns["account_id"] - first)
    if table == "accounts":
        columns["account_name"] = columns["account_id"]
    present = [column for column in TABLES[table].columns if column.name in columns]
    return pd.DataFrame({column.name: _worded(table, column, columns, ids) for column in present}, copy=False)


_PARTS_OF_ACCOUNTS = {
    "contract_id": "-C{:02d}",
    "contact_id": "-P{:02d}",
    "ticket_id": "-T{:04d}",
    "touch_id": "-H{:04d}",
    "survey_id": "-S{:03d}",
    "alert_id": "-L{:03d}",
}
"""Ids that are an account's id with a letter and a running number."""

_NUMBERED = {
    "sales_rep_id": "R{:05d}",
    "incident_id": "I{:09d}",
    "csm_id": "M{:06d}",
    "group_id": "G{:06d}",
    "deal_id": "D{:08d}",
    "lost_deal_id": "D{:08d}",
    "deals.deal_id": "P{:08d}",
    "interview_id": "V{:08d}",
}
"""Ids made from a number of their own; where tables differ, of ``table.column``; a negative number is a missing id."""


def csm_ids(numbers: Ints) -> NDArray[Any]:
    """The ids of CSMs by their numbers in the company.

    Parameters
    ----------
    numbers : ndarray of int

    >>> csm_ids(np.array([1003])).tolist()
    ['M001003']
    """
    return np.array([_NUMBERED["csm_id"].format(number) for number in numbers], dtype=object)


def _worded(table: str, column: Column, columns: Columns, ids: NDArray[Any]) -> Any:
    """A column as it stands in the frame."""
    name, values = column.name, columns[column.name]
    if name == "account_id":
        return np.array([*ids, np.nan], dtype=object)[values] if values.min(initial=0) < 0 else ids[values]
    if name == "account_name":
        return np.array([f"customer_{one[1:]}" for one in ids[values]], dtype=object)
    if form := _PARTS_OF_ACCOUNTS.get(name):
        running = range(int(values.max(initial=0)) + 1)
        return (
            ids[columns["account_id"]] + np.array([form.format(ordinal) for ordinal in running], dtype=object)[values]
        )
    if form := _NUMBERED.get(f"{table}.{name}", _NUMBERED.get(name)):
        found, place = np.unique(values, return_inverse=True)
        made = [form.format(number) if number >= 0 else np.nan for number in found]
        return np.array(made, dtype=object)[place]
    if words := words_of(table, name):
        return np.array((*words, np.nan), dtype=object)[values]
    return _with_gaps(column, values)


def _with_gaps(column: Column, values: NDArray[Any]) -> Any:
    """Flags and counts that may be missing (given as numbers with NaN) in a dtype that says so; else plain ones."""
    import pandas as pd

    dtypes = {"flag": ("bool", "boolean"), "count": ("int64", "Int64")}
    if column.kind not in dtypes or values.dtype.kind != "f":
        return values
    gaps = bool(column.known_from or np.isnan(values).any())
    return pd.Series(values).astype(pd.api.types.pandas_dtype(dtypes[column.kind][gaps]))
