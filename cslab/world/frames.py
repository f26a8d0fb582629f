"""From the columns of chunks to the frames of a company: numbers become ids, places become words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.tables import TABLES
from cslab.world.observe.vocabulary import Columns, words_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_MISSING = {
    "interview_done": "boolean",
    "offboarding_steps": "Int64",
    "offboarding_days": "Int64",
    "used_properly": "boolean",
    "felt_benefit": "boolean",
}
"""Columns whose values may be missing, with the dtype that says so."""


def account_ids(count: int) -> NDArray[Any]:
    """The ids of the first accounts of a company.

    >>> account_ids(2).tolist()
    ['A000000', 'A000001']
    """
    return np.array([f"A{number:06d}" for number in range(count)], dtype=object)


def stacked(parts: list[Columns]) -> Columns:
    """The columns of chunks, one under the other; the parts are used up, so that nothing is held twice.

    >>> stacked([{"a": np.array([1])}, {"a": np.array([2])}])["a"].tolist()
    [1, 2]
    """
    return {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}


def frame(table: str, columns: Columns, ids: NDArray[Any]) -> pd.DataFrame:
    """A table of the contract.

    Parameters
    ----------
    table : str
        Its name.
    columns : dict of str to ndarray
        As ``observe`` makes them.
    ids : ndarray of str
        The id of each account number.

    Returns
    -------
    DataFrame
        With the columns in the order of the contract.

    >>> frame("accounts", {"account_id": np.array([1]), "segment": np.array([0])}, account_ids(2)).values.tolist()
    [['A000001', 'customer_000001', 'smb']]
    """
    import pandas as pd

    if table == "accounts":
        columns["account_name"] = columns["account_id"]
    worded = {name: _worded(table, name, columns, ids) for name in TABLES[table].names if name in columns}
    return pd.DataFrame(worded, copy=False)


_PARTS_OF_ACCOUNTS = {"contract_id": "C", "contact_id": "P"}
"""Ids that are an account's id with a letter and a running number."""

_NUMBERED = {"sales_rep_id": "R{:05d}", "incident_id": "I{:09d}"}
"""Ids made from a number of their own."""


def _worded(table: str, name: str, columns: Columns, ids: NDArray[Any]) -> Any:
    """A column as it stands in the frame."""
    import pandas as pd

    values = columns[name]
    if name == "account_id":
        return ids[values]
    if name == "account_name":
        return np.array([f"customer_{number:06d}" for number in values], dtype=object)
    if letter := _PARTS_OF_ACCOUNTS.get(name):
        running = range(int(values.max(initial=0)) + 1)
        ordinals = np.array([f"-{letter}{ordinal:02d}" for ordinal in running], dtype=object)
        return ids[columns["account_id"]] + ordinals[values]
    if name in _NUMBERED:
        found, place = np.unique(values, return_inverse=True)
        return np.array([_NUMBERED[name].format(number) for number in found], dtype=object)[place]
    if words := words_of(table, name):
        return np.array(words, dtype=object)[values]
    return pd.Series(values).astype(pd.api.types.pandas_dtype(_MISSING[name])) if name in _MISSING else values
