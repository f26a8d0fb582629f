"""How whole rows are spoilt: doubled, lost, cut off, moved to another customer's name, summed up at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from cslab.sources.messy.sheet import Sheet

Change = tuple[str, float, str, str, str]
"""What became of a cell: table, label of the row, column, what stood there, what stands there now."""
Spoiler = Callable[[Mapping[str, Sheet], list[int]], list[Change]]

TOTAL = "合計"
KEPT_OF_CUT = 3
"""Cells that are left of a row that was cut off."""


def twice(sheets: Mapping[str, Sheet], rows: list[int]) -> list[Change]:
    """Movements that stand in the export twice.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        All tables of these offices.
    rows : list of int
        Labels of the rows that were picked.

    Returns
    -------
    list of Change

    >>> import pandas as pd
    >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001"]}))
    >>> twice({"mrr_movements": sheet}, [0]), sheet.put_in
    ([('mrr_movements', 0.5, '', '', '')], {0.5: {'account_id': 'A000001'}})
    """
    sheet = sheets["mrr_movements"]
    sheet.put_in |= {row + 0.5: sheet.row(row) for row in rows}
    return [("mrr_movements", row + 0.5, "", "", "") for row in rows]


def lost_row(sheets: Mapping[str, Sheet], rows: list[int]) -> list[Change]:
    """Opening balances that the export left out.

    Parameters
    ----------
    sheets, rows
        As for ``twice``.

    >>> import pandas as pd
    >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001"]}))
    >>> lost_row({"mrr_movements": sheet}, [0]), len(sheet.whole())
    ([('mrr_movements', 0, '', 'A000001', '')], 0)
    """
    sheet = sheets["mrr_movements"]
    sheet.lost += rows
    return [("mrr_movements", row, "", ",".join(sheet.row(row).values()), "") for row in rows]


def same_id(sheets: Mapping[str, Sheet], rows: list[int]) -> list[Change]:
    """Accounts that stand there twice, the second time under another name.

    Parameters
    ----------
    sheets, rows
        As for ``twice``.

    >>> import pandas as pd
    >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001"], "account_name": ["customer_000001"]}))
    >>> same_id({"accounts": sheet}, [0]), sheet.put_in[0.5]["account_name"]
    ([('accounts', 0.5, 'account_id', '', 'A000001')], '株式会社 customer_000001')
    """
    sheet = sheets["accounts"]
    for row in rows:
        again = sheet.row(row)
        sheet.put_in[row + 0.5] = {**again, "account_name": f"株式会社 {again['account_name']}"}
    return [("accounts", row + 0.5, "account_id", "", sheet.cells["account_id"][row]) for row in rows]


def renamed(sheets: Mapping[str, Sheet], rows: list[int]) -> list[Change]:
    """Customers that changed their name: the last contract stands under a new number, as if somebody else had signed.

    Parameters
    ----------
    sheets, rows
        As for ``twice``; the rows are those of ``contracts``.

    >>> import pandas as pd
    >>> accounts = Sheet(pd.DataFrame({"account_id": ["A000001"], "account_name": ["customer_000001"]}))
    >>> contracts = Sheet(pd.DataFrame({"account_id": ["A000001"]}))
    >>> renamed({"accounts": accounts, "contracts": contracts}, [0])[0]
    ('contracts', 0, 'account_id', 'A000001', 'N000001')
    >>> accounts.put_in[0.25]["account_name"]
    'new_name_000001(旧 customer_000001)'
    """
    accounts, contracts = sheets["accounts"], sheets["contracts"]
    places = dict(zip(accounts.account, accounts.cells.index, strict=True))
    changes = list[Change]()
    for row in rows:
        old, place = contracts.account[row], places[contracts.account[row]]
        new = f"N{old[1:]}"
        contracts.cells.loc[row, "account_id"] = new
        name = f"new_name_{old[1:]}(旧 {accounts.cells['account_name'][place]})"
        accounts.put_in[place + 0.25] = {**accounts.row(place), "account_id": new, "account_name": name}
        changes += [("contracts", row, "account_id", old, new), ("accounts", place + 0.25, "account_name", "", name)]
    return changes


def backwards(sheets: Mapping[str, Sheet], rows: list[int]) -> list[Change]:
    """Customers that left before they came: the last contract ends a month before it starts.

    Parameters
    ----------
    sheets, rows
        As for ``twice``; the rows are those of ``contracts``.

    >>> import pandas as pd
    >>> days = {"start": ["2024-04-01"], "end": ["2025-04-01"]}
    >>> backwards({"contracts": Sheet(pd.DataFrame({"account_id": ["A000001"], **days}))}, [0])
    [('contracts', 0, 'end', '2025-04-01', '2024-03-02')]
    """
    cells, changes = sheets["contracts"].cells, list[Change]()
    for row in rows:
        end = (dt.date.fromisoformat(cells["start"][row]) - dt.timedelta(days=30)).isoformat()
        changes.append(("contracts", row, "end", cells["end"][row], end))
        cells.loc[row, "end"] = end
    return changes


def cut_row(sheets: Mapping[str, Sheet], rows: list[int]) -> list[Change]:
    """Rows that were cut off when the file was copied.

    Parameters
    ----------
    sheets, rows
        As for ``twice``.

    >>> import pandas as pd
    >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001"], "a": ["1"], "b": ["2"], "c": ["3"]}))
    >>> cut_row({"handoffs": sheet}, [0])
    [('handoffs', 0, '', 'A000001,1,2,3', 'A000001,1,2')]
    """
    sheet = sheets["handoffs"]
    sheet.cut += rows
    lines = [list(sheet.row(row).values()) for row in rows]
    return [
        ("handoffs", row, "", ",".join(line), ",".join(line[:KEPT_OF_CUT]))
        for row, line in zip(rows, lines, strict=True)
    ]


def total_row(sheets: Mapping[str, Sheet]) -> list[Change]:
    """The line of totals under a list of customers, which belongs to the last offices.

    Parameters
    ----------
    sheets : mapping of str to Sheet

    >>> import pandas as pd
    >>> total_row({"accounts": Sheet(pd.DataFrame({"account_id": ["A000001"]}))})
    [('accounts', 1.0, 'account_id', '', '合計')]
    """
    sheet = sheets["accounts"]
    label = float(len(sheet.cells))
    sheet.put_in[label] = {**dict.fromkeys(map(str, sheet.cells), ""), "account_id": TOTAL}
    return [("accounts", label, "account_id", "", TOTAL)]


ROWS: dict[str, Spoiler] = {
    "twice": twice,
    "lost_row": lost_row,
    "same_id": same_id,
    "renamed": renamed,
    "backwards": backwards,
    "cut_row": cut_row,
}
"""By the name of the kind."""
