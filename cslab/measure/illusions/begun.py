"""From when on each customer took part in something, and from when on anybody could."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.estimate import unknown_choice

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

Begun = tuple["pd.Series", Any]
"""The day on which each customer began, by account, and the day from which on anybody could."""


def begun(book: Book, what: str) -> Begun:
    """Who began when, by the table that the name stands for.

    Parameters
    ----------
    book : Book
    what : str
        As for ``exposure``.

    Returns
    -------
    tuple
        The first day of each customer that began, by account, and the day from which on anybody could.

    Raises
    ------
    NotReady
        Without the table, or where it is empty.
    UsageError
        For something that there is not.

    >>> import cslab
    >>> days, since = begun(cslab.load("synthetic:tiny"), "programme:user_meeting")
    >>> bool((days >= since).all())
    True
    """
    kind, _, name = what.partition(":")
    if kind not in _TABLES:
        raise UsageError(unknown_choice("what", what, tuple(_TABLES)))
    return _TABLES[kind](book, name)


def _programme(book: Book, name: str) -> Begun:
    """Enrolments in a programme; it exists since the first day on which anybody's turn came."""
    book.require("program_enrolment.program_id", "program_enrolment.enrolled_on")
    rows = _named(book.program_enrolment, "program_id", name, "unknown_program")
    begun = rows.dropna(subset="enrolled_on").groupby("account_id")["enrolled_on"].min()
    return begun, rows.get("eligible_on", begun).min()


def _touch(book: Book, name: str) -> Begun:
    """The first contact of a kind; the kind exists since the first of all."""
    book.require("touches.type", "touches.touched_on")
    begun = _named(book.touches, "type", name, "unknown_touch").groupby("account_id")["touched_on"].min()
    return begun, begun.min()


def _community(book: Book, _: str) -> Begun:
    """The day of joining the first group."""
    book.require("community_members.joined_on")
    begun = book.community_members.groupby("account_id")["joined_on"].min()
    if begun.empty:
        raise NotReady(Fault("nobody_took_part", {"table": "community_members"}))
    return begun, begun.min()


_TABLES: dict[str, Callable[[Book, str], Begun]] = {
    "programme": _programme,
    "touch": _touch,
    "community": _community,
}


def _named(rows: pd.DataFrame, column: str, name: str, fault: str) -> pd.DataFrame:
    """The rows of one kind; refused with the nearest where there is none."""
    kinds = sorted(rows[column].dropna().astype(str).unique())
    if name not in kinds:
        known = ", ".join(kinds) or "-"
        raise UsageError(Fault(fault, {"name": name, "near": nearest(name, kinds) or known, "known": known}))
    return rows[rows[column] == name]
