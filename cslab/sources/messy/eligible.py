"""Which rows a kind of spoiling could befall: where it would be found, and where it happens in real life."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cslab.sources.messy.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd

Condition = Callable[[Sheet], "pd.Series"]


def known_since_signing(sheet: Sheet) -> pd.Series:
    """Accounts whose first contract stands in the records.

    >>> import pandas as pd
    >>> known_since_signing(Sheet(pd.DataFrame({"account_id": ["A000001"], "is_legacy": ["false"]}))).tolist()
    [True]
    """
    return sheet.cells["is_legacy"] == "false"


def running(sheet: Sheet) -> pd.Series:
    """Contracts of which nothing has been decided.

    >>> import pandas as pd
    >>> running(Sheet(pd.DataFrame({"account_id": ["A000001"], "outcome": ["open"]}))).tolist()
    [True]
    """
    return sheet.cells["outcome"] == "open"


def renewed_before(sheet: Sheet) -> pd.Series:
    """The last contract of an account that has had others.

    >>> import pandas as pd
    >>> renewed_before(Sheet(pd.DataFrame({"account_id": ["A000001", "A000001", "A000002"]}))).tolist()
    [False, True, False]
    """
    return sheet.last_of_account() & (sheet.ordinal > 0)


def left(sheet: Sheet) -> pd.Series:
    """The last contract of an account that has left.

    >>> import pandas as pd
    >>> left(Sheet(pd.DataFrame({"account_id": ["A000001"], "outcome": ["churned"]}))).tolist()
    [True]
    """
    return sheet.last_of_account() & (sheet.cells["outcome"] == "churned")


def follows(sheet: Sheet) -> pd.Series:
    """Contracts that begin where the one before ends.

    >>> import pandas as pd
    >>> days = {"start": ["2024-04-01", "2024-05-01"], "end": ["2024-05-01", "2024-06-01"]}
    >>> follows(Sheet(pd.DataFrame({"account_id": ["A000001", "A000001"], **days}))).tolist()
    [False, True]
    """
    return (sheet.account == sheet.account.shift()) & (sheet.cells["start"] == sheet.cells["end"].shift())


def grown(sheet: Sheet) -> pd.Series:
    """Expansions.

    >>> import pandas as pd
    >>> grown(Sheet(pd.DataFrame({"account_id": ["A000001"], "type": ["expansion"]}))).tolist()
    [True]
    """
    return sheet.cells["type"] == "expansion"


def churned(sheet: Sheet) -> pd.Series:
    """Churned MRR.

    >>> import pandas as pd
    >>> churned(Sheet(pd.DataFrame({"account_id": ["A000001"], "type": ["churn"]}))).tolist()
    [True]
    """
    return sheet.cells["type"] == "churn"


def opened_and_churned(sheet: Sheet) -> pd.Series:
    """Opening balances of accounts that have left since.

    >>> import pandas as pd
    >>> opened_and_churned(Sheet(pd.DataFrame({"account_id": ["A000001"] * 2, "type": ["opening", "churn"]}))).tolist()
    [True, False]
    """
    gone = sheet.account[churned(sheet)]
    return (sheet.cells["type"] == "opening") & sheet.account.isin(gone)


CONDITIONS: dict[str, Condition] = {
    "late": known_since_signing,
    "open_end": running,
    "far_end": running,
    "renamed": renewed_before,
    "twice": grown,
    "lost_row": opened_and_churned,
    "overlap": follows,
    "backwards": left,
    "wrong_sign": churned,
}
"""By the name of the kind; where none stands, any row will do whose cell is filled."""


def eligible(name: str, column: str, sheet: Sheet) -> pd.Series:
    """Which rows of a table a kind could befall.

    Parameters
    ----------
    name : str
        The kind.
    column : str
        Its column; empty where whole rows are spoilt.
    sheet : Sheet

    Returns
    -------
    Series of bool

    >>> import pandas as pd
    >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001", "A000002"], "industry": ["it", ""]}))
    >>> eligible("missing", "industry", sheet).tolist()
    [True, False]
    """
    fitting = CONDITIONS[name](sheet) if name in CONDITIONS else sheet.free
    return fitting & (sheet.cells[column] != "") if column else fitting
