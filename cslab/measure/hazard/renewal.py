"""Renewals, one row a decision, with what was known a stated time before the contract's end and not a day later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, UsageError
from cslab.measure.decisions import SHORTEST_TERM, renewal_decisions
from cslab.measure.durations import followed
from cslab.measure.hazard.known import Asked, Known
from cslab.measure.hazard.months import PersonMonths
from cslab.measure.hazard.terms import term_lengths
from cslab.measure.spells import LATE_DAYS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def renewal_rows(book: Book, days_before: int = 90, extra: pd.DataFrame | None = None) -> PersonMonths:
    """The renewals of longer contracts that have been decided, as they looked some days before the end.

    Usage in the last weeks is already the decision: who has given notice stops using the product. So a row shows what
    was known on a landmark day, and renewals that were decided by then are left out. Who was gone before its decision
    came, as who closed, is no row either: chances are those of refusing, given that it comes to a decision. The more
    days before the end, the more of the contracts with a short notice are left; the fewer, the fewer with a long one.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start``, ``end``, ``outcome`` and ``decided_on``.
    days_before : int
        The landmark: so many days before the end of the contract.
    extra : DataFrame, optional
        ``account_id``, ``month`` (first day of the month in which the contract ends) and columns of one's own.

    Returns
    -------
    PersonMonths
        One row a renewal of a contract of twelve months or more, in the customer's first stay; ``event``: it was not
        renewed. Usage, tickets and tier are those of the last full month before the landmark. ``notes`` counts what
        was left out, and who was gone before a decision.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        For days below 1, or where no renewal is left.

    Source: landmarking, van Houwelingen and Putter (2012), *Dynamic Prediction in Clinical Survival Analysis*, grade A.

    >>> import cslab
    >>> rows = renewal_rows(cslab.load("synthetic:tiny"), 90)
    >>> bool(rows.due.all()), bool((rows.asked.last < rows.month - 2).all())
    (True, True)
    """
    import pandas as pd

    if days_before < 1:
        raise UsageError(Fault("hazard.days_before", {"value": days_before}))
    stays = followed(book, LATE_DAYS)
    decided = _placed(book, stays)
    landmark = decided["end"] - pd.Timedelta(days=days_before)
    already = (decided["decided_on"] <= landmark).to_numpy()
    rows = decided[~already]
    if rows.empty:
        values = {"term": SHORTEST_TERM, "days": days_before, "already": int(already.sum())}
        raise UsageError(Fault("hazard.no_renewal", values))
    account, month = rows["account"].to_numpy(np.intp), _month(rows["end"])
    last = _month(landmark[~already] + pd.Timedelta(days=1)) - 1
    asked = Asked(account, month, last, rows["contract"].to_numpy(np.intp))
    origin = stays["origin"].to_numpy().astype("datetime64[D]").astype("datetime64[M]")[account]
    own = stays[["account_id"]]
    accounts = own.merge(book.accounts, on="account_id", how="left") if book.has("accounts") else own
    return PersonMonths(
        Known(book, accounts, extra),
        asked,
        (month - origin).astype(np.int64),
        rows["term"].to_numpy(np.int64),
        np.ones(len(rows), bool),
        (rows["status"] == "left").to_numpy(),
        stays["cause"].to_numpy(object),
        _told(book, stays, decided, already, days_before),
    )


def _told(book: Book, stays: pd.DataFrame, decided: pd.DataFrame, already: Any, days: int) -> tuple[Note, ...]:
    """What is in no row: decided before the landmark, or gone after it without a decision."""
    counts = {"already_decided": int(already.sum()), "undecided_gone": _undecided(book, stays, decided, days)}
    of = {"of": len(decided), "kept": int((~already).sum()), "days": days}
    return tuple(Note(f"hazard_{name}", {"count": count, **of}) for name, count in counts.items() if count)


def _undecided(book: Book, stays: pd.DataFrame, decided: pd.DataFrame, days: int) -> int:
    """How many were there on the landmark of a long contract and gone before its renewal was decided."""
    last = stays["end"].to_numpy().astype("datetime64[D]")
    stop = stays["stop"].to_numpy().astype("datetime64[D]")
    gone = stays.loc[(stays["how"] == "left") & (stop > last - days) & (stop < last), ["account_id"]]
    ends = gone.assign(end=last[gone.index].astype("datetime64[ns]"))
    terms = book.contracts[["account_id", "end"]].assign(term=term_lengths(book.contracts))
    long = ends.merge(terms[terms["term"] >= SHORTEST_TERM].drop_duplicates(["account_id", "end"]))
    settled = long.merge(decided[["account_id", "end"]], on=["account_id", "end"])
    return len(long) - len(settled)


def _placed(book: Book, stays: pd.DataFrame) -> pd.DataFrame:
    """Decided renewals of first stays, with the places of their account and contract, by account and day."""
    import pandas as pd

    decided = renewal_decisions(book)
    contracts = book.contracts.reset_index(drop=True)
    term = term_lengths(contracts)
    ours = contracts[["account_id", "start", "end"]].assign(contract=np.arange(len(contracts)), term=term)
    ours = ours.drop_duplicates(["account_id", "start", "end"])
    decided = decided.drop_duplicates(["account_id", "start", "end"]).merge(ours, on=["account_id", "start", "end"])
    places = pd.Index(stays["account_id"]).get_indexer(decided["account_id"])
    ends = stays["end"].to_numpy()[places].astype("datetime64[D]")
    first = (places >= 0) & (decided["end"].to_numpy() <= ends)
    placed: pd.DataFrame = decided.assign(account=places)[first]
    return placed.sort_values(["account", "end"], kind="stable")


def _month(days: pd.Series) -> Any:
    """The calendar month of each day."""
    return days.to_numpy().astype("datetime64[M]")
