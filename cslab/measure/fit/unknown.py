"""What a book does not tell about itself, so that the world made like it rests on the preset there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.book import Note
from cslab.measure.fit.feature import ALL, number
from cslab.measure.fit.records import LONGEST
from cslab.measure.fit.start import based_on
from cslab.measure.fit.steps import LEAST, STEPS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.fit.reading import Reading


def unknown(book: Book, how: Reading, wanted: pd.DataFrame) -> tuple[Note, ...]:
    """What could not be fitted, and what was assumed instead.

    Parameters
    ----------
    book : Book
    how : Reading
    wanted : DataFrame
        As ``features(book, how)`` makes them.

    Returns
    -------
    tuple of Note

    >>> import cslab
    >>> from cslab.measure.fit.features import features
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> unknown(book, reading_of(book), features(book, reading_of(book)))[-1].key
    'fit_never'
    """
    notes = [Note(key, {"months": LONGEST}) for key, holds in _assumed(book, how).items() if holds]
    if names := [step.parameter for step in STEPS if _untold(step.statistic, wanted)]:
        notes.append(Note("fit_untold", {"names": ", ".join(names), "least": LEAST}))
    return (*notes, Note("fit_never", {"preset": based_on(book)}))


def _assumed(book: Book, how: Reading) -> dict[str, bool]:
    """Every assumption by the key of its note, and whether it was made."""
    return {
        "fit_stock": book.stock_sample,
        "fit_by_amount": how.grouped == "amount",
        "fit_one_group": how.grouped == "one",
        "fit_monthly": not how.terms_known,
        "fit_fees": how.fees_only,
        "fit_longest": how.months == LONGEST,
        "fit_currency": book.currency not in ("JPY", "USD"),
    }


def _untold(statistic: str, wanted: pd.DataFrame) -> bool:
    """Whether a statistic is missing from a book, or happened too seldom in it."""
    return not number(wanted, (statistic, ALL, 0), "events") >= LEAST
