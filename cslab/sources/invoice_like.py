"""A file of contracts that is really one of invoices: told by its columns, with the section that would read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cslab.faults import Fault
from cslab.sources.mapped import RawFile

if TYPE_CHECKING:
    import pandas as pd

_SIGNS = re.compile(
    r"請求(書|番号|日|額|金額|月|対象|期間|No)|インボイス|\binvoice|\bbilled\b|amount[ _]due|\binv[ _]?(no|date)",
    re.IGNORECASE,
)
"""Headers that only a list of invoices has; 請求方法 and 請求先 are also said of contracts."""


def signs_of(headers: Iterable[str]) -> list[str]:
    """The headers that only a list of invoices has.

    Parameters
    ----------
    headers : iterable of str

    >>> signs_of(["顧客番号", "請求日", "請求方法"])
    ['請求日']
    """
    return [str(name) for name in headers if _SIGNS.search(str(name))]


def invoice_faults(tables: Mapping[str, pd.DataFrame], files: Mapping[str, RawFile]) -> list[Fault]:
    """A fault where the file of the contracts is a list of invoices.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed.
    files : mapping of str to RawFile
        By table.

    Returns
    -------
    list of Fault
        Empty, or one that shows the section to write.

    >>> import pandas as pd
    >>> cells = pd.DataFrame({"account_id": ["A", "A"], "請求日": ["2024-04-30", "2024-05-31"], "請求額": ["1", "2"]})
    >>> faults = invoice_faults({"contracts": cells[["account_id"]]}, {"contracts": RawFile("c.csv", cells)})
    >>> "[invoices]" in faults[0].text("en")
    True
    """
    frame, file = tables.get("contracts"), files.get("contracts")
    if frame is None or file is None or "account_id" not in frame:
        return []
    signs = signs_of(map(str, file.cells))
    rows, accounts = len(frame), int(frame["account_id"].nunique())
    if rows <= accounts or len(signs) < 2 or ({"start", "end"} <= set(frame) and not _crowded(frame)):
        return []
    values = {"columns": ", ".join(signs), "rows": rows, "accounts": accounts}
    return [Fault("invoice_like_contracts", {"file": file.name, **values})]


def _crowded(contracts: pd.DataFrame) -> bool:
    """Whether terms are as short as the periods of invoices, or several begin on one day."""
    days = (contracts["end"] - contracts["start"]).dt.days
    return bool((days < 32).mean() > 0.5 or contracts.duplicated(["account_id", "start"]).any())
