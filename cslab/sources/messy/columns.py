"""How whole columns and files are spoilt: another heading, another way of writing days, another encoding."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from cslab.sources.messy.kinds import Kind
from cslab.sources.messy.rows import Change
from cslab.sources.messy.sheet import Sheet

HEADERS = {"segment": "Segment"}
"""Headings that a column gets: near to ours, and not ours."""
_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}")


def day_first(cell: str) -> str:
    """A day with its day first, as much of the world writes it.

    >>> day_first("2024-04-01"), day_first("")
    ('01/04/2024', '')
    """
    return "/".join(reversed(cell.split("-"))) if _DAY.fullmatch(cell) else cell


def last_day(cell: str) -> str:
    """The last day in force in the place of the first day after.

    >>> last_day("2024-04-01"), last_day("9999-12-31")
    ('2024-03-31', '9999-12-31')
    """
    return (dt.date.fromisoformat(cell) - dt.timedelta(days=1)).isoformat() if _DAY.fullmatch(cell) else cell


def respell(kind: Kind, sheets: Mapping[str, Sheet]) -> list[Change]:
    """Spoil a whole column or file; nothing where it is not there.

    Parameters
    ----------
    kind : Kind
        ``header``, ``day_first``, ``last_day`` or ``cp932``.
    sheets : mapping of str to Sheet
        All tables of these offices.

    Returns
    -------
    list of Change
        One, without a row: what was usual, what is there now.

    >>> import pandas as pd
    >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001"], "active_from": ["2024-04-01"]}))
    >>> respell(Kind("day_first", 2, "contacts", "active_from", "date_two_ways"), {"contacts": sheet})
    [('contacts', -1.0, 'active_from', 'YYYY-MM-DD', 'DD/MM/YYYY')]
    >>> sheet.cells["active_from"].tolist()
    ['01/04/2024']
    """
    cells = sheets[kind.table].cells
    if kind.name == "header":
        sheets[kind.table].headings |= HEADERS
        said = (kind.column, HEADERS[kind.column])
    elif kind.name == "cp932":
        said = ("utf-8", "cp932")
    else:
        write = {"day_first": day_first, "last_day": last_day}[kind.name]
        cells[kind.column] = cells[kind.column].map(write)
        said = {"day_first": ("YYYY-MM-DD", "DD/MM/YYYY"), "last_day": ("[start, end)", "[start, end]")}[kind.name]
    return [(kind.table, -1.0, kind.column, *said)]
