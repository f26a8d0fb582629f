"""What the exercises about own data rest on: a small company's export, spoilt as real ones are, and its mapping."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import cslab
from cslab.faults import CslabError, Fault

if TYPE_CHECKING:
    from cslab.book import Book

SEEDS = (41, 43)
"""Of the company, by version of the fixed data; the same things are spoilt in both."""

ACCOUNTS = 150
LEVEL = 2
"""How badly the export is spoilt: it needs a mapping."""

SENT = (
    "accounts",
    "contracts",
    "mrr_movements",
    "churn_events",
    "usage_monthly",
    "tickets",
    "contacts",
    "onboarding",
    "deals",
    "csm",
    "interviews",
)
"""What the other departments have sent; nobody has exported touches, tiers, surveys or the hand-offs from sales."""

DRAFT = """\
[accounts]
segment = "..."

[contracts]
end = { column = "end", missing = ["..."] }
billing = { column = "billing", values = { "月払い" = "...", "per month" = "...", "yearly" = "...", "年払い" = "..." } }
notice_days = { column = "notice_days", missing = ["..."] }

[contacts]
active_from = { column = "active_from", date_format = "..." }
"""
"""A mapping with blanks: what is to stand in them, the refusal says, and the headings of the file."""

MENDED = (
    DRAFT.replace('segment = "..."', 'segment = "HEADING"')
    .replace('"end", missing = ["..."]', '"end", missing = ["9999-12-31"]')
    .replace('"月払い" = "...", "per month" = "..."', '"月払い" = "monthly", "per month" = "monthly"')
    .replace('"yearly" = "...", "年払い" = "..."', '"yearly" = "annual", "年払い" = "annual"')
    .replace('"notice_days", missing = ["..."]', '"notice_days", missing = ["未定", "N/A", "確認中"]')
    .replace('date_format = "..."', 'date_format = "DD/MM/YYYY"')
)
"""The same filled in, but for the heading of the segment."""


@cache
def _home() -> TemporaryDirectory[str]:
    """A folder for exports, gone when the session ends."""
    return TemporaryDirectory(prefix="cslab-", ignore_cleanup_errors=True)


def folder(variant: int = 0) -> Path:
    """The spoilt export, made once a session.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    Path
        A folder of CSV files, without a mapping.

    >>> sorted(path.stem for path in folder().glob("*.csv")) == sorted(SENT)
    True
    """
    return _sent(SEEDS[variant % len(SEEDS)])


@cache
def _sent(seed: int) -> Path:
    """The export of a seed: simulated, and left with the files that were sent."""
    from cslab.sources.simulate import begin, finish, planned

    wishes = [f"accounts={ACCOUNTS}", f"seed={seed}"]
    whole = finish(begin(planned("tiny", wishes, messy=LEVEL), Path(_home().name) / f"export-{seed}"))
    for path in whole.glob("*.csv"):
        if path.stem not in SENT:
            path.unlink()
    return whole


def read(mapping: str = "", variant: int = 0) -> Book:
    """The company as the export tells it with a mapping.

    Parameters
    ----------
    mapping : str
        What would stand in ``mapping.toml``; empty for none.
    variant : int
        Version of the fixed data.

    Returns
    -------
    Book

    Raises
    ------
    DataError, UsageError
        As ``cslab.load``.

    >>> read(mended()).has("accounts.segment")
    True
    """
    with TemporaryDirectory(prefix="cslab-") as home:
        copy = Path(shutil.copytree(folder(variant), Path(home) / "export"))
        if mapping:
            (copy / "mapping.toml").write_text(mapping, encoding="utf-8")
        book = cslab.load(f"folder:{copy}")
        for name in book.tables:
            getattr(book, name)
        return book


@cache
def left_to_mend(mapping: str, variant: int = 0) -> tuple[Fault, ...]:
    """What still keeps the export from being read as it should be.

    Parameters
    ----------
    mapping : str
        As for :func:`read`.
    variant : int
        Version of the fixed data.

    Returns
    -------
    tuple of Fault
        Those of the refusal; and that the segment is not known yet, where that is all that is left.

    >>> len(left_to_mend("")) > 1, left_to_mend(mended())
    (True, ())
    """
    try:
        book = read(mapping, variant)
    except CslabError as refused:
        return tuple(refused.faults)
    return tuple(book.lacks("accounts.segment"))


def refusal(mapping: str = "", variant: int = 0, lang: str = "en") -> str:
    """What still keeps the export from being read, as it would be said.

    Parameters
    ----------
    mapping : str
        As for :func:`read`.
    variant : int
        Version of the fixed data.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        A line a fault; empty where nothing is left.

    >>> refusal(mended())
    ''
    """
    return "\n".join(fault.text(lang) for fault in left_to_mend(mapping, variant))


@cache
def mended(variant: int = 0) -> str:
    """A mapping with which the export can be read.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    str

    >>> "monthly" in mended()
    True
    """
    return MENDED.replace("HEADING", heading(variant))


def heading(variant: int = 0) -> str:
    """The heading under which the segment stands in the export.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    str

    >>> heading() in headings()
    True
    """
    from cslab.tables import TABLES

    return next(name for name in headings(variant) if name not in TABLES["accounts"].names)


def headings(variant: int = 0) -> list[str]:
    """The headings of the list of accounts.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    list of str

    >>> headings()[0]
    'account_id'
    """
    import csv

    path = folder(variant) / "accounts.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))
