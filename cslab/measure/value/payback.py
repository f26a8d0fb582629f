"""How long winning a customer takes to pay back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, ratio
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


def cac_payback(book: Book, start: Date, end: Date, gross_margin: float = 0.8) -> Estimate:
    """Months of margin that it takes to earn back what winning the customers of a window has cost.

    Cost and revenue are those of the same customers, so that no quarter's spending is set against another's signings;
    and nobody leaves before the money is back, which is too kind.

    Parameters
    ----------
    book : Book
        Needs ``accounts`` with ``signed_on``, ``cac_amount`` and ``mrr0_amount``.
    start, end : date
        Customers signed after ``start``, up to and including ``end``.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).

    Returns
    -------
    Estimate
        Months; delta-method limits of a ratio over accounts.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        For a margin outside 0-1, days in the wrong order or after the data, or when nobody signed.

    Source: glossary "CAC/回収期間"; "below 12 months" is Skok's rule of thumb (grade C).

    >>> import cslab
    >>> float(cac_payback(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")) > 0
    True
    """
    import pandas as pd

    Terms(gross_margin, 0.0)
    book.require("accounts.signed_on", "accounts.cac_amount", "accounts.mrr0_amount")
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    faults = [Fault("window_order", {"start": first.date(), "end": last.date()})] if last <= first else []
    if last > book.as_of:
        faults.append(Fault("after_the_data", {"date": last.date(), "last": book.as_of.date()}))
    if faults:
        raise UsageError(*faults)
    signed = book.accounts[book.accounts["signed_on"].between(first, last, inclusive="right")]
    signed = signed.dropna(subset=["cac_amount", "mrr0_amount"])
    if signed.empty:
        raise UsageError(Fault("nobody_signed", {"start": first.date(), "end": last.date()}))
    margin = gross_margin * signed["mrr0_amount"].to_numpy(float)
    return ratio(signed["cac_amount"].to_numpy(float), margin, "cac_payback")
