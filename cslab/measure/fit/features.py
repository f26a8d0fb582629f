"""The statistics by which a simulated company is made like a real one: the same of any book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.fit.customers import customers
from cslab.measure.fit.growth import growing
from cslab.measure.fit.leaving import leaving
from cslab.measure.fit.mix import amounts, mix, size
from cslab.measure.fit.usage import using

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.fit.reading import Reading

PLACE = ["statistic", "group", "level"]
"""What names a row."""


def features(book: Book, how: Reading) -> pd.DataFrame:
    """The statistics of a book, as far as it can tell them.

    Parameters
    ----------
    book : Book
    how : Reading
        How the book that is imitated is read.

    Returns
    -------
    DataFrame
        By ``statistic``, ``group`` and ``level`` (a term in months, else 0): ``estimate``, ``low``, ``high``, ``n``
        (accounts), ``method``, ``events``. Customers on record, how late in the records they signed, shares of
        the groups and terms, amounts a month, the chance of leaving in a month, expansions and contractions a month
        with their size, usage, price of a seat.

    >>> import cslab
    >>> from cslab.measure.fit.feature import number
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> found = features(book, reading_of(book))
    >>> 0 < number(found, ("usage", "all", 0)) < 1
    True
    """
    import pandas as pd

    who = customers(book, how)
    parts = (size(who, how), mix(who, how), amounts(who), leaving(who, how), growing(book, who, how), using(book, who))
    return pd.DataFrame([one.row() for part in parts for one in part]).set_index(PLACE)
