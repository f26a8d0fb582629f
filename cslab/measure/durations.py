"""From a book to durations: when each customer came under observation, how long it stayed, whether it left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import unknown_choice
from cslab.measure.spells import LATE_DAYS, OPEN_END, WENT_ON, first_exits, first_spells, months_between

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Days = NDArray[np.int64]

Unit = Literal["month", "day"]

GONE = ("left", "churned", "silent")
"""How a stay ended, where the customer is gone."""


def durations(
    book: Book, unit: Unit = "month", gap_days: int = LATE_DAYS, spell: Literal["first"] = "first"
) -> pd.DataFrame:
    """How long each customer stayed, from the first contract's start, and from when on we watched.

    A customer has left on the day its exit took effect; without a recorded exit, on the day its last contract ended if
    that was marked as churned, or ended more than ``gap_days`` ago with nothing after it and no word about it
    (counted as ``silent``). A churn that is decided but not yet in effect is still a customer. A contract that ended
    lately and whose renewal is not decided yet says nothing about that renewal: the account is followed to just
    before it (``pending``). One marked as renewed without a contract to show for it is followed to that renewal
    (``untracked``).

    A customer signed before the records begin is seen only because it had stayed that long: its ``entry`` is the
    tenure at ``accounts.observed_from``, and it counts as at risk from then on.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, or a stock sample (``tenure_months``, ``ended``). Uses
        ``accounts.observed_from``, ``accounts.signed_on``, ``contracts.outcome``, ``churn_events`` and
        ``mrr_movements`` where present.
    unit : str
        ``"month"`` or ``"day"``. In months an exit counts in the month of the customer's life that it falls into
        (rounded up), a customer still there has completed whole months only (rounded down), and ``entry`` is rounded
        down.
    gap_days : int
        A contract that starts at most so many days after the earlier ones ended is a renewal signed late.
    spell : str
        ``"first"``: a customer who left and came back counts with its first stay; one whose first stay was over
        before the records begin is left out (``mrr_movements`` begins with its reactivation).

    Returns
    -------
    DataFrame
        One row an account that was ever at risk: ``account_id``, ``entry``, ``duration``, ``event``, ``cause`` (reason
        stated at the exit, else empty), ``term_months`` (first contract), and all columns of ``accounts``. At risk at
        ``t`` means ``entry < t <= duration``. ``attrs`` counts ``joined`` gaps, ``returned`` customers left out,
        ``silent``, ``pending`` and ``untracked`` ends, ``late_entry``, and rows ``set_aside`` because they were never
        at risk for a whole unit, and holds ``unit``, ``as_of`` and ``stock_sample``; ``notes`` says it in words.

    Raises
    ------
    NotReady
        Naming the columns that are missing.
    UsageError
        For an unknown unit or spell, or a negative gap.

    Source: delayed entry as in Klein and Moeschberger (2003), section 4.6, grade A; the rules of the spell are ours.

    >>> import cslab
    >>> list(durations(cslab.load("synthetic:tiny")).columns[:6])
    ['account_id', 'entry', 'duration', 'event', 'cause', 'term_months']
    """
    _check_choices(unit, gap_days, spell)
    return _from_stock(book, unit) if book.stock_sample else _from_contracts(book, unit, gap_days)


def period_reading(durations: pd.DataFrame) -> pd.DataFrame:
    """A stock sample read the other way: "churned" means "left in the last month", so only that month was watched.

    Each customer is then at risk in the last month of its tenure alone. The curve made of it says how long a customer
    would stay if every month of life were like last month's; that it differs from the plain reading shows that the
    plain curve follows no group of customers through time.

    Parameters
    ----------
    durations : DataFrame
        As ``durations(book)`` makes them of a stock sample.

    Returns
    -------
    DataFrame
        The same with ``entry`` one month before ``duration``.

    Source: the current life table of demography (Preston, Heuveline and Guillot 2001, chapter 3), grade A.

    >>> import pandas as pd
    >>> period_reading(pd.DataFrame({"entry": [0], "duration": [9], "event": [True]}))["entry"].tolist()
    [8]
    """
    return durations.assign(entry=durations["duration"] - 1)


def notes(durations: pd.DataFrame) -> tuple[Note, ...]:
    """What was joined, assumed and set aside on the way to durations, for showing.

    Parameters
    ----------
    durations : DataFrame
        As ``durations(book)`` makes them, or what ``compared_as_of_today`` or ``leaky_features`` makes of them.

    Returns
    -------
    tuple of Note
        One for each thing that happened at least once.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"entry": [0], "duration": [9], "event": [True]})
    >>> seen.attrs = {"set_aside": 42, "joined": 0}
    >>> [note.text("en")[:2] for note in notes(seen)]
    ['42']
    """
    kinds = ("late_entry", "joined", "returned", "back", "silent", "pending", "untracked", "set_aside")
    counts = {kind: durations.attrs.get(kind, 0) for kind in kinds}
    share = {kind: count / max(len(durations), 1) for kind, count in counts.items()}
    return tuple(
        Note(f"durations_{kind}", {"count": count, "share": share[kind]}) for kind, count in counts.items() if count
    )


def _check_choices(unit: str, gap_days: int, spell: str) -> None:
    """Refuse what the arguments do not know, all at once."""
    faults = [
        unknown_choice(name, value, known)
        for name, value, known in (("unit", unit, ("month", "day")), ("spell", spell, ("first",)))
        if value not in known
    ]
    if gap_days < 0:
        faults.append(Fault("negative_gap", {"value": gap_days}))
    if faults:
        raise UsageError(*faults)


def _from_stock(book: Book, unit: str) -> pd.DataFrame:
    """Durations of a stock sample: a tenure and whether it ended, nothing about when."""
    import pandas as pd

    book.require("contracts.tenure_months", "contracts.ended")
    if unit == "day":
        raise NotReady(Fault("no_calendar"))
    contracts = book.contracts
    known = contracts["tenure_months"].notna() & contracts["ended"].notna()
    tenure = contracts["tenure_months"].where(known, 0).astype(float)
    ended = contracts["ended"].where(known, False).astype(bool)
    rows = contracts[["account_id", *(name for name in contracts if str(name).startswith("x_"))]].assign(
        entry=0,
        duration=np.where(ended, np.ceil(tenure), np.floor(tenure)).astype(np.int64),
        event=ended,
        cause="",
        term_months=contracts.get("term_months", pd.Series(np.nan, index=contracts.index)),
    )
    return _finished(book, rows, {"unit": unit})


def followed(book: Book, gap_days: int = LATE_DAYS) -> pd.DataFrame:
    """The days between which each customer's first stay was followed, and how that ended.

    Parameters
    ----------
    book : Book
        As for ``durations``, with real days.
    gap_days : int
        As for ``durations``.

    Returns
    -------
    DataFrame
        ``account_id``, ``term_months`` and ``x_`` columns of the first contract, ``origin`` (tenure counts from it),
        ``watched`` (seen from then on), ``stop`` and ``end`` (of the last contract), all days since 1970, ``how``
        (``left``, ``churned``, ``silent``: gone; ``active``, ``untracked``, ``pending``: not, see ``durations``) and
        ``cause``. ``attrs`` counts ``joined``, ``returned``, ``silent``, ``pending`` and ``untracked``.

    Raises
    ------
    NotReady
        Without ``contracts`` that have ``start`` and ``end``.

    >>> import cslab
    >>> stays = followed(cslab.load("synthetic:tiny"))
    >>> bool((stays["origin"] <= stays["stop"]).all())
    True
    """
    book.require("contracts.start", "contracts.end")
    spells = first_spells(book, gap_days)
    returned = _returned(book, spells.frame)
    frame = spells.frame[~returned].reset_index(drop=True)
    frame = frame.join(first_exits(book, frame, gap_days))
    how, stop = _endings(frame, _day(book.as_of), gap_days)
    origin, watched = _beginnings(book, frame)
    cause = frame["cause"].where(how == "left", "")
    frame = frame.drop(columns=["start", "outcome", "left"])
    frame = frame.assign(origin=origin, watched=watched, stop=stop, how=how, cause=cause)
    counts = {kind: int((how == kind).sum()) for kind in ("silent", "pending", "untracked")}
    frame.attrs.update(joined=spells.joined, returned=int(returned.sum()), **counts)
    return frame


def _from_contracts(book: Book, unit: str, gap_days: int) -> pd.DataFrame:
    """Durations of contracts with real days."""
    stays = followed(book, gap_days)
    origin, stop, how = stays["origin"].to_numpy(), stays["stop"].to_numpy(), stays["how"].to_numpy()
    event = np.isin(how, GONE)
    floor, ceiling = _between(origin, stop, unit)
    rows = stays.drop(columns=["origin", "watched", "stop", "end", "how"]).assign(
        entry=np.maximum(_between(origin, stays["watched"].to_numpy(), unit)[0], 0),
        duration=np.where(event, ceiling, np.where(how == "pending", ceiling - 1, floor)),
        event=event,
    )
    return _finished(book, rows, {"unit": unit, **stays.attrs})


def _returned(book: Book, spells: pd.DataFrame) -> NDArray[np.bool_]:
    """Who had left before the records begin and came back later: the first thing on record is a reactivation."""
    if not book.has("accounts.observed_from", "accounts.signed_on", "mrr_movements.type"):
        return np.zeros(len(spells), dtype=bool)
    accounts = book.accounts
    late = accounts.loc[accounts["observed_from"] > accounts["signed_on"], ["account_id", "observed_from"]]
    watched = spells["account_id"].map(late.set_index("account_id")["observed_from"].astype("datetime64[ns]"))
    if not (begins := spells["start"].to_numpy() >= _since_1970(watched, np.full(len(spells), OPEN_END))).any():
        return begins
    moves = book.mrr_movements.sort_values("month", kind="stable").drop_duplicates("account_id")
    back = moves.loc[moves["type"] == "reactivation", "account_id"]
    return np.asarray(begins & spells["account_id"].isin(back))


def _endings(spells: pd.DataFrame, today: int, gap_days: int) -> tuple[NDArray[Any], Days]:
    """How each spell stands today and the last day it was followed to (days since 1970)."""
    left, end, outcome = spells["left"].to_numpy(), spells["end"].to_numpy(), spells["outcome"].to_numpy(object)
    how = np.select(
        [
            left <= today,
            (left < OPEN_END) | (end > today),
            outcome == "churned",
            np.isin(outcome.astype(str), WENT_ON),
            end < today - gap_days,
        ],
        ["left", "active", "churned", "untracked", "silent"],
        "pending",
    )
    return how, np.select([how == "left", how == "active"], [left, today], end)


def _beginnings(book: Book, spells: pd.DataFrame) -> tuple[Days, Days]:
    """The day each tenure counts from and the day the watching began (days since 1970).

    A contract may be signed long before it starts, so tenure counts from the start; only for a customer whose first
    contracts lie before the records is the day of signing all we have.
    """
    start = spells["start"].to_numpy()
    if not book.has("accounts.observed_from"):
        return start, start
    accounts = book.accounts.set_index("account_id").reindex(spells["account_id"])
    watched = _since_1970(accounts["observed_from"], start)
    signed = _since_1970(accounts["signed_on"], start) if "signed_on" in accounts else start
    return np.where(watched > signed, np.minimum(signed, start), start), watched


def _since_1970(dates: pd.Series, otherwise: Days) -> Days:
    """Days since 1970, with something else where there is no date."""
    days = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), otherwise, days.astype(np.int64))


def _day(date: pd.Timestamp) -> int:
    """A date as days since 1970."""
    return int(date.to_datetime64().astype("datetime64[D]").astype(np.int64))


def _between(start: Days, stop: Days, unit: str) -> tuple[Days, Days]:
    """Whole units between two days, rounded down and up."""
    return (stop - start, stop - start) if unit == "day" else months_between(start, stop)


def _finished(book: Book, rows: pd.DataFrame, facts: dict[Any, Any]) -> pd.DataFrame:
    """Rows that were ever at risk, with the columns of ``accounts`` beside them and what was done in ``attrs``."""
    names = ["account_id", "entry", "duration", "event", "cause", "term_months"]
    kept = rows[rows["entry"] < rows["duration"]]
    more = [name for name in kept if name not in names]
    kept = kept[names + more]
    if book.has("accounts"):
        accounts = book.accounts
        accounts = accounts[["account_id", *(name for name in accounts if name not in kept)]]
        kept = kept.merge(accounts, on="account_id", how="left")
    kept = kept.reset_index(drop=True)
    set_aside, late = len(rows) - len(kept), int((kept["entry"] > 0).sum())
    kept.attrs.update(as_of=book.as_of, stock_sample=book.stock_sample, late_entry=late, set_aside=set_aside)
    kept.attrs.update(dict.fromkeys(("joined", "returned", "silent", "pending", "untracked"), 0) | facts)
    return kept
