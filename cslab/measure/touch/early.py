"""High touch for everybody until onboarded: for customers of which MRR it pays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.onboarding.worlds import EARLY, FUTURES, HORIZON, MARGIN, Worlds

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

BANDS = (0.0, 20e3, 40e3, 80e3, 200e3, 400e3, np.inf)
"""MRR at signing (yen a month)."""


def early(
    book: Book,
    bands: Sequence[float] = BANDS,
    horizon: int = HORIZON,
    margin: float = MARGIN,
    futures: int = FUTURES,
) -> pd.DataFrame | None:
    """What high touch until onboarded brings and costs a customer, by MRR at signing, against the rule as it is.

    Nobody can read it off a company's records; :func:`cslab.measure.touch.break_even` does with an effect that somebody
    has measured.

    Parameters
    ----------
    book : Book
        With its truth.
    bands : sequence of float
        Ends of the bands of MRR at signing, in order (currency a month).
    horizon : int
        Months from signing.
    margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        A row a band in which there are customers: ``from_amount``, ``to_amount``, ``n``, ``mrr_amount`` (mean at
        signing), ``hours`` (more, a customer), ``gain_amount`` (margin), ``gain_low``, ``gain_high`` (Monte-Carlo),
        ``cost_amount``, ``net_amount``, ``pays`` (whether the lower limit of the gain reaches the cost),
        ``method``. ``attrs``: ``horizon``, ``gross_margin``, ``currency``, ``hour_amount``, ``as_of``. None without the
        truth.

    Raises
    ------
    UsageError
        For bands out of order, and a margin outside 0-1.
    NotReady
        Where nobody signed that long ago.

    >>> import cslab
    >>> found = early(cslab.load("synthetic:tiny"), [0, 80e3, 1e9], horizon=12, futures=2)
    >>> bool((found["hours"] >= 0).all()), len(found)
    (True, 2)
    """
    import pandas as pd

    if len(bands) < 2 or any(high <= low for low, high in pairwise(bands)):
        raise UsageError(Fault("touch.bands", {"bands": ", ".join(f"{one:g}" for one in bands)}))
    if book.truth is None:
        return None
    worlds = Worlds(book, horizon, margin, futures)
    gain, hours = worlds.gain(EARLY), worlds.hours(EARLY) - worlds.hours()
    signed = book.truth.followed(horizon, book.as_of).set_index("account_id")["signed_amount"]  # type: ignore[attr-defined]
    rows = [_row(worlds, gain, hours, signed, *ends) for ends in pairwise(bands)]
    return worlds.said(pd.DataFrame([row for row in rows if row]))


def _row(
    worlds: Worlds, gain: pd.DataFrame, hours: pd.Series, signed: pd.Series, low: float, high: float
) -> dict[str, float | int | str]:
    """One band; nothing where nobody is in it."""
    here = signed[(signed >= low) & (signed < high)]
    if here.empty:
        return {}
    found = worlds.worth(gain.loc[here.index], hours).columns()
    brought, cost = float(found["gain"]), float(found["cost"])
    return {
        "from_amount": low,
        "to_amount": high,
        "n": len(here),
        "mrr_amount": float(here.mean()),
        "hours": found["hours"],
        "gain_amount": brought,
        "gain_low": found["low"],
        "gain_high": found["high"],
        "cost_amount": cost,
        "net_amount": brought - cost,
        "pays": bool(float(found["low"]) >= cost),
        "method": found["method"],
    }
