"""The renewal rate: of what came due for renewal, how much was renewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.estimate import Estimate, unknown_choice
from cslab.measure.renewals import contracts_due
from cslab.measure.retention.counted import Counted

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.float64]

UNDECIDED = "open"


def renewal_rate(
    book: Book, start: Date, end: Date, weight: Literal["value", "count"] = "value", shortest_term: int = 1
) -> Estimate:
    """Share of what came due for renewal in a window and was renewed; growth at the renewal earns no credit.

    The denominator is what was due, not the whole book: an account in the middle of its term can neither renew nor
    leave, so counting it would flatter the rate.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``end`` and ``outcome``; by value also ``mrr_movements``, and to leave out short terms
        ``contracts.term_months``.
    start, end : date
        Due dates after ``start``, up to and including ``end``. Contracts not yet decided are left out.
    weight : str
        ``"value"``: MRR; what is due is the account's MRR (of the contract's product, where both tables name it) at
        the end of the month before, what is renewed the smaller of that and its MRR at the end of the month.
        ``"count"``: contracts.
    shortest_term : int
        Only contracts of at least so many months: monthly ones renew all the time and crowd out the others.

    Returns
    -------
    Estimate
        A share (0-1); limits as of ``estimate.weighted_share``, or Wilson's own where contracts are counted and each
        account has one due. ``n`` counts accounts.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        For an unknown weight, days in the wrong order or after the data, or when nothing decided was due.

    Source: renewals due as the denominator, Gainsight's Renewal Center (grade A, glossary "更新率").

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> 0 <= float(renewal_rate(book, "2023-03-31", "2024-03-31", shortest_term=12)) <= 1
    True
    """
    due = renewals_due(book, start, end, weight, shortest_term)
    if not len(due.base):
        values = {"start": start, "end": end, "term": shortest_term}
        raise UsageError(Fault("nothing_due", values))
    return due.estimate


def renewals_due(book: Book, start: Date, end: Date, weight: str, shortest_term: int = 1) -> Counted:
    """What was renewed and what was due, account by account.

    Parameters
    ----------
    book, start, end, weight, shortest_term
        As for ``renewal_rate``.

    Returns
    -------
    Counted
        Of the accounts with a decided contract due: renewed above the line and due below it, in currency a month or
        in contracts. Nobody, where nothing decided was due.

    Raises
    ------
    NotReady, UsageError
        As ``renewal_rate``.

    >>> import cslab
    >>> due = renewals_due(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31", "value")
    >>> bool((due.part <= due.base).all())
    True
    """
    import pandas as pd

    if weight not in ("value", "count"):
        raise UsageError(unknown_choice("weight", weight, ("value", "count")))
    book.require("calendar", "contracts.end", "contracts.outcome", *(["mrr_movements"] if weight == "value" else []))
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if last > book.as_of:
        raise UsageError(Fault("after_the_data", {"date": last.date(), "last": book.as_of.date()}))
    due = _decided(book, first, last, shortest_term)
    renewed = (due["outcome"] != "churned").to_numpy()
    before, after = _balances(book, due) if weight == "value" else (np.ones(len(due)), np.ones(len(due)))
    accounts = due["account_id"].factorize()[0]
    part = summed(accounts, np.where(renewed, np.minimum(before, after), 0))
    base = summed(accounts, before)
    return Counted(part, base, f"renewals_due_{weight}", high=1.0, heads=weight == "count" and len(base) == len(due))


def _decided(book: Book, start: pd.Timestamp, end: pd.Timestamp, shortest_term: int) -> pd.DataFrame:
    """The contracts that came due after one day, up to another, and were decided."""
    import pandas as pd

    day = pd.Timedelta(days=1)
    due = contracts_due(book, start + day, end + day)
    if shortest_term > 1:
        book.require("contracts.term_months")
        due = due[due["term_months"] >= shortest_term]
    return due[due["outcome"].astype(object).fillna(UNDECIDED) != UNDECIDED]


def _balances(book: Book, due: pd.DataFrame) -> tuple[Floats, Floats]:
    """MRR at the ends of the month before each contract is due and of the month itself."""
    import pandas as pd

    moves = book.mrr_movements
    names = ["account_id", "product"] if "product" in moves and "product" in due else ["account_id"]
    keys = pd.concat([due[names], moves[names]]).groupby(names, sort=False, dropna=False).ngroup().to_numpy()
    wanted, moved = keys[: len(due)], keys[len(due) :]
    month, day = (one.to_numpy().astype("datetime64[M]").astype(np.int64) for one in (moves["month"], due["end"]))
    order = np.lexsort((month, moved))
    total = np.concatenate([[0.0], np.cumsum(moves["amount"].to_numpy(float)[order])])
    place = moved[order] * (1 << 32) + month[order]
    begin = total[np.searchsorted(place, wanted * (1 << 32))]
    before, after = (total[np.searchsorted(place, wanted * (1 << 32) + day + turn)] - begin for turn in (0, 1))
    return before.round(4), after.round(4)
