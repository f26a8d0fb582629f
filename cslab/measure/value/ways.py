"""Four ways of making a customer's lifetime value, side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cslab.measure.durations import durations
from cslab.measure.value.by_model import by_model_or_none
from cslab.measure.value.lives import worth_of
from cslab.measure.value.steady import ltv_discounted, ltv_simple
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def ltv_four_ways(book: Book, horizon: int = 36, gross_margin: float = 0.8, discount: float = 0.10) -> pd.DataFrame:
    """The four ways side by side.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with real days, and ``mrr_movements``.
    horizon : int
        Months from signing, for the two ways that have one.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year (0.10 is ten per cent), for the three ways that have one.

    Returns
    -------
    DataFrame
        ``way`` (``simple``, ``discounted``, ``survival``, ``sbg``), ``estimate``, ``low``, ``high`` (currency), ``n``,
        ``method``, ``horizon`` (months; infinite where there is none), ``discounted``. Where the years fix no model,
        the row ``sbg`` has no numbers. ``attrs``: ``currency``, ``as_of``, ``gross_margin``, ``discount``, ``horizon``.

    Raises
    ------
    NotReady, UsageError
        As each of them.

    >>> import cslab
    >>> ways = ltv_four_ways(cslab.load("synthetic:default_jp?seed=1&accounts=300"), horizon=24)
    >>> ways["way"].tolist()
    ['simple', 'discounted', 'survival', 'sbg']
    """
    import pandas as pd

    book.require("calendar", "mrr_movements")
    seen, agreed = durations(book), Terms(gross_margin, discount, horizon)
    found = {
        "simple": (ltv_simple(book, gross_margin), math.inf, False),
        "discounted": (ltv_discounted(book, gross_margin, discount), math.inf, True),
        "survival": (worth_of(book, seen, agreed), float(horizon), True),
        "sbg": (by_model_or_none(book, seen, agreed), float(horizon), True),
    }
    names = ("estimate", "low", "high", "n", "method")
    rows = [
        {"way": way, **{name: getattr(one, name) for name in names}, "horizon": reach, "discounted": later}
        for way, (one, reach, later) in found.items()
    ]
    made = pd.DataFrame(rows)
    terms = {"gross_margin": gross_margin, "discount": discount, "horizon": horizon}
    made.attrs.update(currency=book.currency, as_of=book.as_of, **terms)
    return made
