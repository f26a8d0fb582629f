"""How a book is read for a fit: which groups its customers fall into, which terms it has, how long its records are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.durations import durations
from cslab.measure.fit.records import months_of_records
from cslab.world.customers import SEGMENTS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

USUAL = (1, 3, 6, 12, 24, 36, 48, 60)
"""Terms, in months, that contracts have: what is seldom one of them is no term, but how long somebody stayed."""
KNOWN = 0.8
"""So many of the first contracts must have a usual term for the terms to be taken as such."""
CUTS = (0.70, 0.92)
"""Where customers without segments of ours are parted by what they pay: shares of the customers."""
ENOUGH = 90
"""Customers with an amount, from which on parting them by it says something."""


@dataclass(frozen=True)
class Reading:
    """What the same statistics must be read by in the book and in every simulated one.

    Parameters
    ----------
    months : int
        Of records.
    terms : tuple of int
        Four terms in months, ascending.
    terms_known : bool
        Whether the book says them; otherwise everybody is taken to renew from month to month.
    grouped : str
        ``segment``, ``amount`` (parted by what they pay) or ``one`` (all in one group).
    fees_only : bool
        Whether movements were read off the fees of contracts.
    groups : Series of str
        The group of each account.

    >>> import cslab
    >>> found = reading_of(cslab.load("synthetic:tiny"))
    >>> found.months, found.terms, found.grouped
    (48, (1, 12, 24, 36), 'segment')
    """

    months: int
    terms: tuple[int, ...]
    terms_known: bool
    grouped: str
    fees_only: bool
    groups: pd.Series

    def of_world(self, book: Book) -> Reading:
        """The same for a simulated book, whose groups are its segments.

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> bool(reading_of(book).of_world(book).groups.eq(book.accounts.set_index("account_id")["segment"]).all())
        True
        """
        from dataclasses import replace

        return replace(self, groups=book.accounts.set_index("account_id")["segment"].astype(object))


def reading_of(book: Book) -> Reading:
    """How a book is to be read.

    Parameters
    ----------
    book : Book
        Needs ``contracts``, as ``durations`` does. Uses ``accounts.segment`` and ``contracts.mrr_amount``.

    Returns
    -------
    Reading

    Raises
    ------
    NotReady
        Without contracts.

    >>> import cslab
    >>> reading_of(cslab.load("synthetic:tiny")).terms_known
    True
    """
    seen = durations(book)
    written = seen["term_months"].dropna().round().astype(int)
    known = bool(len(written) and written.isin(USUAL).mean() >= KNOWN)
    grouped, groups = _grouped(book, seen["account_id"])
    return Reading(
        months=months_of_records(book, seen),
        terms=_terms(written) if known else USUAL[:1] + USUAL[3:6],
        terms_known=known,
        grouped=grouped,
        fees_only=any(note.key == "movements_made" for note in book.notes),
        groups=groups,
    )


def _terms(written: pd.Series) -> tuple[int, ...]:
    """The four commonest terms of a book, filled up with usual ones."""
    common = [int(term) for term in written[written.isin(USUAL)].value_counts().index[:4]]
    fill = [term for term in (12, 1, 24, 36) if term not in common]
    return tuple(sorted([*common, *fill][:4]))


def _grouped(book: Book, accounts: pd.Series) -> tuple[str, pd.Series]:
    """How customers are grouped, and the group of each: by our segments, by three classes of amounts, or all in one."""
    import pandas as pd

    segment = book.accounts.set_index("account_id").get("segment", pd.Series(dtype=object)).astype(object)
    if len(segment) and segment.dropna().isin(SEGMENTS).all() and segment.notna().mean() >= KNOWN:
        return "segment", segment
    amounts = first_amounts(book)
    if len(amounts) >= ENOUGH and amounts.nunique() > len(SEGMENTS):
        cuts = np.quantile(amounts, CUTS)
        places = np.searchsorted(cuts, amounts.to_numpy(float), side="left")
        return "amount", pd.Series(np.array(SEGMENTS, dtype=object)[places], index=amounts.index)
    return "one", pd.Series(SEGMENTS[0], index=pd.Index(accounts), dtype=object)


def first_amounts(book: Book) -> pd.Series:
    """What each customer paid a month by its first contract on record.

    Parameters
    ----------
    book : Book
        Uses ``contracts.mrr_amount``; of several contracts that begin together, the sum.

    Returns
    -------
    Series of float
        By account, above 0; empty where no amounts are known.

    >>> import cslab
    >>> bool((first_amounts(cslab.load("synthetic:tiny")) > 0).all())
    True
    """
    import pandas as pd

    if not book.has("contracts.mrr_amount"):
        return pd.Series(dtype=float)
    contracts = book.contracts
    if "start" in contracts:
        begins = contracts.groupby("account_id")["start"].transform("min")
        contracts = contracts[contracts["start"] == begins]
    paid: pd.Series = contracts.groupby("account_id")["mrr_amount"].sum(min_count=1)
    return paid[paid > 0].astype(float)
