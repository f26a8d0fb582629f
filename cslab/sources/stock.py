"""Exports that say how many months each customer has stayed and whether it left, and nothing about when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.sources.findings import Findings
from cslab.sources.mapped import months_after
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd


def is_stock_sample(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the contracts have tenures but no days.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As made from the files.

    >>> import pandas as pd
    >>> is_stock_sample({"contracts": pd.DataFrame({"account_id": ["A"], "tenure_months": [3], "ended": [False]})})
    True
    """
    contracts = tables.get("contracts", ())
    return {"tenure_months", "ended"} <= set(contracts) and not {"start", "end"} <= set(contracts)


def with_start(contracts: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Contracts with the start that follows from the tenure, counted back from the day of the export.

    Parameters
    ----------
    contracts : DataFrame
        With ``tenure_months``.
    as_of : Timestamp
        Day of the export.

    Returns
    -------
    DataFrame
        With ``start``. For a customer that has left it is the latest day possible, since nobody knows when that was.

    >>> import pandas as pd
    >>> contracts = pd.DataFrame({"account_id": ["A"], "tenure_months": [3], "ended": [False]})
    >>> with_start(contracts, pd.Timestamp("2024-03-31"))["start"].tolist()
    [Timestamp('2023-12-31 00:00:00')]
    """
    import pandas as pd

    today = pd.Series(as_of, index=contracts.index).astype("datetime64[ns]")
    started = contracts.assign(start=months_after(today, -contracts["tenure_months"]))
    order = [name for name in TABLES["contracts"].names if name in started]
    return started[[*order, *(name for name in contracts if name not in order)]]


def stock_notes(tables: dict[str, pd.DataFrame], as_of: pd.Timestamp, findings: Findings) -> None:
    """Say what such an export is, and count its customers of zero months and the blanks that belong to them.

    Parameters
    ----------
    tables : dict of str to DataFrame
        With row numbers as index.
    as_of : Timestamp
        Day of the export.
    findings : Findings
        Where the notes go.

    >>> import pandas as pd
    >>> findings = Findings()
    >>> contracts = pd.DataFrame({"account_id": ["A"], "tenure_months": [0], "ended": [False]})
    >>> tables = {"accounts": contracts[["account_id"]], "contracts": contracts}
    >>> stock_notes(tables, pd.Timestamp("2024-03-31"), findings)
    >>> [note.key for note in findings.notes]
    ['stock_sample', 'zero_months']
    """
    contracts, accounts = tables["contracts"], tables["accounts"]
    findings.note("stock_sample", as_of=as_of.date(), count=len(contracts))
    new = set(contracts.loc[contracts["tenure_months"] == 0, "account_id"])
    if new:
        findings.note("zero_months", count=len(new))
    for name in accounts:
        blank = accounts.loc[accounts[name].isna(), "account_id"]
        if len(blank) and str(name).startswith("x_"):
            key = "blank_of_new" if new and set(blank) <= new else "blank_covariate"
            findings.note(key, column=name, count=len(blank))
