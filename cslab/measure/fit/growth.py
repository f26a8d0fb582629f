"""How often customers come to pay more or less, and by how much: per month on record, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.estimate import Estimate, normal
from cslab.measure.fit.feature import ALL, Feature, groups_of, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from cslab.book import Book
    from cslab.measure.fit.reading import Reading

KINDS = {"expansion": "expand", "contraction": "contract"}
"""Types of movements, and what the statistics are called."""


def growing(book: Book, who: pd.DataFrame, how: Reading) -> Iterator[Feature]:
    """Expansions and contractions a month on record, and how much of the MRR before they were.

    Parameters
    ----------
    book : Book
        Without movements of MRR nothing is said.
    who : DataFrame
        As ``customers`` makes them.
    how : Reading

    >>> import cslab
    >>> from cslab.measure.fit.customers import customers
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> how = reading_of(book)
    >>> sorted({one.statistic for one in growing(book, customers(book, how), how)})
    ['contract', 'expand', 'expand_size']
    """
    moves = _moves(book, how)
    if moves is None:
        return
    for kind, name in KINDS.items():
        rows = moves[moves["type"] == kind]
        counts = who["account_id"].map(rows.groupby("account_id").size()).fillna(0)
        for group, part in groups_of(who.assign(count=counts)):
            yield rate(name, group, part["count"], part["exposure"])
        size = (rows["amount"].abs() / rows["before"])[rows["before"] > 0]
        if len(size) > 1:
            yield Feature(f"{name}_size", ALL, _median(size), events=len(size))


def _moves(book: Book, how: Reading) -> pd.DataFrame | None:
    """The movements with the MRR before each, read off the fees where the book that is imitated has only these."""
    from cslab.sources.fees import movements

    if how.fees_only and book.has("contracts.start", "contracts.end", "contracts.mrr_amount"):
        moves = movements(book.contracts, book.as_of)
    elif book.has("mrr_movements"):
        moves = book.mrr_movements
    else:
        return None
    moves = moves.sort_values("month", kind="stable")
    return moves.assign(before=moves.groupby("account_id")["amount"].cumsum() - moves["amount"])


def _median(size: pd.Series) -> Estimate:
    """The median of relative sizes, with the error that it has in a normal distribution."""
    error = 1.2533 * float(size.std(ddof=1)) / len(size) ** 0.5
    return normal(float(size.median()), error, len(size), "median", 0.0)
