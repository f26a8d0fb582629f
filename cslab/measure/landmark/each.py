"""Accounts that are asked about, each on a day of its own: who is there then, and how long each is followed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.durations import durations
from cslab.measure.spells import months_between
from cslab.tables.known import known_since

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Flags = NDArray[np.bool_]

COLUMNS = ("account_id", "start", "end", "outcome", "decided_on", "effective_on")
"""What is read of contracts and exits."""


def present(book: Book, asked: pd.DataFrame) -> tuple[Flags, Flags]:
    """Who has a contract in force at the end of its day and has not left, and who of them had given notice by then.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``; of a later day, or of that one.
    asked : DataFrame
        ``account_id``, ``as_of``, and numbers from 0 as its index.

    Returns
    -------
    tuple of ndarray of bool, shape (rows,)
        There, and there but leaving.

    Raises
    ------
    NotReady
        Without contracts.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> there, leaving = present(book, book.accounts[["account_id"]].assign(as_of=book.as_of))
    >>> bool((leaving <= there).all())
    True
    """
    book.require("contracts.start", "contracts.end")
    contracts = _of_each(book, "contracts", asked)
    running = contracts[(contracts["start"] <= contracts["as_of"]) & ~(contracts["end"] <= contracts["as_of"])]
    begun = running.groupby("row")["start"].max().reindex(asked.index)
    there, leaving = begun.notna() & _known(book, asked), _refused(running).reindex(asked.index, fill_value=False)
    if book.has("churn_events"):
        exits = _of_each(book, "churn_events", asked)
        exits = exits[~_later(exits, "churn_events")]
        past = exits[exits["effective_on"] <= exits["as_of"]].groupby("row")["effective_on"].max()
        there &= ~(past.reindex(asked.index) > begun)
        leaving |= asked.index.isin(exits.loc[exits["effective_on"] > exits["as_of"], "row"])
    return there.to_numpy(bool), (there & leaving).to_numpy(bool)


def followed(book: Book, there: pd.DataFrame) -> pd.DataFrame:
    """Months from the day to the exit (counted up) or to the last day that is known (counted down).

    Parameters
    ----------
    book : Book
        As for :func:`present`.
    there : DataFrame
        ``account_id``, ``as_of`` of customers who are there on their days, and numbers from 0 as its index.

    Returns
    -------
    DataFrame
        Those who were followed for a month at least, with ``time`` (months) and ``event`` (left).

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> asked = book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2024-03-31"))
    >>> list(followed(book, asked[present(book, asked)[0]].reset_index(drop=True)))
    ['account_id', 'as_of', 'time', 'event']
    """
    spells, start = _present_spells(book, there)
    event = spells["event"].to_numpy(bool)
    stop = start.to_numpy().astype("datetime64[D]") + spells["duration"].to_numpy(np.int64)
    first: Any = there["as_of"].to_numpy().astype("datetime64[D]") + 1
    months, _ = months_between(first, np.maximum(stop + ~event, first))
    rows = there.assign(time=np.maximum(months + event, 0), event=event)
    return rows[rows["time"] > 0].reset_index(drop=True)


def _of_each(book: Book, table: str, asked: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that belong to each row that is asked about, with its number and its day."""
    frame: pd.DataFrame = getattr(book, table)
    numbered = asked[["account_id", "as_of"]].assign(row=asked.index)
    return frame[[name for name in COLUMNS if name in frame]].merge(numbered, on="account_id")


def _later(rows: pd.DataFrame, table: str, column: str = "") -> Any:
    """Which rows of a table, or cells of a column, were not known yet on the day."""
    since = known_since(table, rows, column)
    return False & rows["row"] if since is None else since > rows["as_of"]


def _known(book: Book, asked: pd.DataFrame) -> Any:
    """Whose account stands in the book; one without a day of its own is known with its first contract."""
    if not book.has("accounts"):
        return True
    accounts = book.accounts
    since = known_since("accounts", accounts)
    known = asked["account_id"].isin(accounts["account_id"])
    if since is None:
        return known
    return known & ~(asked["account_id"].map(since.set_axis(accounts["account_id"])) > asked["as_of"])


def _refused(running: pd.DataFrame) -> pd.Series:
    """Of which rows it is known that no contract in force will be renewed."""
    if "outcome" not in running:
        return running["row"].iloc[:0].astype(bool)
    refused: pd.Series = (running["outcome"] == "churned") & ~_later(running, "contracts", "outcome")
    all_of_them: pd.Series = refused.groupby(running["row"]).all()
    return all_of_them


def _present_spells(book: Book, there: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """The spells that run on each day, in days from the start of the contract in force then, and these starts."""
    contracts = _of_each(book, "contracts", there)
    tables = {"contracts": _alone(contracts[~(contracts["end"] <= contracts["as_of"])])}
    if book.has("churn_events"):
        exits = _of_each(book, "churn_events", there)
        known = exits.get("decided_on", exits["effective_on"]).fillna(exits["effective_on"]) <= exits["as_of"]
        tables["churn_events"] = _alone(exits[~((exits["effective_on"] <= exits["as_of"]) & known)])
    spells = durations(replace(book, tables=tables, truth=None, log=None), unit="day").set_index("account_id")
    start = tables["contracts"].groupby("account_id")["start"].min()
    return spells.reindex(there.index), start.reindex(there.index)


def _alone(rows: pd.DataFrame) -> pd.DataFrame:
    """Every row that is asked about as an account of its own, named by its number."""
    return rows.drop(columns=["account_id", "as_of"]).rename(columns={"row": "account_id"}).reset_index(drop=True)
