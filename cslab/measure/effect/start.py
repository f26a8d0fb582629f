"""Time zero of a target trial: from which day each customer counts, and to which day it was followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.book import read_day
from cslab.faults import Fault, UsageError, nearest
from cslab.measure.durations import GONE, followed

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

SIGNING, ELIGIBLE = "signing", "eligible"
TIMES = (SIGNING, ELIGIBLE)
"""When a trial begins for each customer; or on one day for all."""


def starts(book: Book, time_zero: str | pd.Timestamp, programme: str = "") -> tuple[pd.DataFrame, dict[str, int]]:
    """The customers with the day from which each counts.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``; for ``"eligible"`` ``program_enrolment.eligible_on``.
    time_zero : str or Timestamp
        ``"signing"``: the start of the first contract; ``"eligible"``: when the programme's turn came; or a day: all
        who are customers then.
    programme : str
        Its id.

    Returns
    -------
    tuple
        A frame ``account_id``, ``since`` (date), ``origin``, ``stop`` (days since 1970), ``gone`` (bool), ``how`` (see
        ``followed``); and how many were ``before_records``: seen only because they had stayed.

    Raises
    ------
    UsageError
        For what is no time zero, a day after the data, or a programme that there is not.
    NotReady
        Without the tables.

    >>> import cslab
    >>> rows, out = starts(cslab.load("synthetic:tiny"), "signing")
    >>> bool(rows["since"].notna().all()), list(out)
    (True, ['before_records'])
    """
    book.require("calendar", "contracts.start", "contracts.end")
    stays = followed(book)
    stays = stays.assign(gone=stays["how"].isin(GONE))[["account_id", "origin", "watched", "stop", "gone", "how"]]
    if isinstance(time_zero, str) and time_zero == ELIGIBLE:
        return _eligible(book, stays, programme)
    if isinstance(time_zero, str) and time_zero == SIGNING:
        seen = stays["watched"] <= stays["origin"]
        rows = stays[seen].assign(since=stays["origin"].to_numpy("datetime64[D]").astype("datetime64[ns]")[seen])
        return rows.drop(columns="watched").reset_index(drop=True), {"before_records": int((~seen).sum())}
    return _on_day(book, stays, time_zero), {}


def _on_day(book: Book, stays: pd.DataFrame, time_zero: str | pd.Timestamp) -> pd.DataFrame:
    """All who are customers at the end of a day."""
    day = read_day(time_zero)
    if day > book.as_of:
        raise UsageError(Fault("after_the_data", {"date": day.date(), "last": book.as_of.date()}))
    number = int(day.to_datetime64().astype("datetime64[D]").astype(np.int64))
    there = (stays["watched"] <= number) & (stays["origin"] <= number)
    there &= (stays["stop"] > number) | ((stays["stop"] == number) & ~stays["gone"])
    return stays[there].assign(since=day).drop(columns="watched").reset_index(drop=True)


def _eligible(book: Book, stays: pd.DataFrame, programme: str) -> tuple[pd.DataFrame, dict[str, int]]:
    """Those whose turn for a programme came while they were customers and on record, from that day on."""
    turns = turns_of(book, programme)[["account_id", "eligible_on"]]
    rows = stays.merge(turns.dropna(), on="account_id").rename(columns={"eligible_on": "since"})
    turn = rows["since"].to_numpy("datetime64[D]").astype(np.int64)
    rows, turn = rows[turn < rows["stop"]], turn[turn < rows["stop"]]
    seen = rows[["watched", "origin"]].max(axis=1) <= turn  # who is on record only since then had to live to be
    return rows[seen].drop(columns="watched").reset_index(drop=True), {"before_records": int((~seen).sum())}


def turns_of(book: Book, programme: str) -> pd.DataFrame:
    """The enrolment of one programme.

    Parameters
    ----------
    book : Book
        Needs ``program_enrolment``.
    programme : str
        Its id; empty: the first one.

    Returns
    -------
    DataFrame
        Its rows of ``program_enrolment``.

    Raises
    ------
    UsageError
        For a programme that there is not.

    >>> import cslab
    >>> turns_of(cslab.load("synthetic:tiny"), "")["program_id"].nunique()
    1
    """
    book.require("program_enrolment.eligible_on", "program_enrolment.enrolled_on", "program_enrolment.invited_on")
    rows = book.program_enrolment
    known = sorted(rows["program_id"].astype(str).unique())
    name = programme or (known[0] if known else "")
    if name not in known:
        values = {"name": programme, "near": nearest(programme, known), "known": ", ".join(known) or "-"}
        raise UsageError(Fault("effect.unknown_programme", values))
    return rows[rows["program_id"] == name].reset_index(drop=True)
