"""How many CSMs a company's customers truly call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.touch.load import PLANNED, team

if TYPE_CHECKING:
    from cslab.book import Book


def csms_truth(book: Book) -> float | None:
    """The CSMs that the customers of the last day call for in the month after it, by the tiers that they are in.

    Parameters
    ----------
    book : Book
        Needs ``csm.capacity_h``.

    Returns
    -------
    float or None
        People, a tenth of whose time is kept free. None without the truth.

    Raises
    ------
    NotReady
        Without the column.

    >>> import cslab
    >>> 0.5 < csms_truth(cslab.load("synthetic:tiny")) < 1
    True
    >>> csms_truth(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    import pandas as pd

    each = float(team(book)["capacity_h"].mean())
    if book.truth is None:
        return None
    as_it_is = pd.Series(dtype=object)
    month = book.truth.later({"": as_it_is}, book.as_of, months=1)
    return float(month["hours"].sum() / (PLANNED * each))
