"""The customers of a book as a fit looks at them: one row each, with group, term, first amount and time at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.durations import durations
from cslab.measure.fit.reading import first_amounts

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.fit.reading import Reading


def customers(book: Book, how: Reading) -> pd.DataFrame:
    """The customers that were ever at risk in the records.

    Parameters
    ----------
    book : Book
    how : Reading

    Returns
    -------
    DataFrame
        ``account_id``, ``entry``, ``duration`` (months), ``event``, ``exposure`` (months at risk on record), ``group``,
        ``term`` (one of the four of the reading; months), ``written_term`` (as it stands in the book), ``amount``
        (a month, by the first contract; missing where unknown).

    >>> import cslab
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> sorted(set(customers(book, reading_of(book))["term"]) - {1, 12, 24, 36})
    []
    """
    seen = durations(book)[["account_id", "entry", "duration", "event", "term_months"]]
    group = seen["account_id"].map(how.groups)
    kept = seen.assign(
        exposure=seen["duration"] - seen["entry"],
        group=group,
        term=_nearest(seen["term_months"], how),
        amount=seen["account_id"].map(first_amounts(book)).astype(float),
    )
    return kept.rename(columns={"term_months": "written_term"})[group.notna()].reset_index(drop=True)


def _nearest(written: pd.Series, how: Reading) -> NDArray[np.int64]:
    """The term of the reading that is nearest to each written one; the shortest where nothing is written or known."""
    terms = np.array(how.terms)
    if not how.terms_known:
        return np.full(len(written), terms[0])
    months = written.fillna(float(terms[0])).clip(lower=1).to_numpy(float)
    near = np.abs(np.log(months)[:, None] - np.log(terms)[None, :]).argmin(axis=1)
    return np.asarray(terms[near])
