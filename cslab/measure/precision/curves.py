"""How likely a test by lot on a book sees effects of several sizes, with fewer customers and with more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.measure.effect.power import curve
from cslab.measure.precision.laws import Sureness
from cslab.measure.precision.result import Precision

if TYPE_CHECKING:
    import pandas as pd

FALLS = (0.02, 0.03, 0.05, 0.10)
"""Falls of the share that leaves."""

SIDES = (30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000)
"""Customers on each side, each about 1.4 times the one before."""


def powers(
    lot: Precision, falls: Sequence[float] = FALLS, customers: Sequence[float] = SIDES, level: float = 0.05
) -> pd.DataFrame:
    """The power of tests by lot on a book, and on smaller and larger ones like it.

    Parameters
    ----------
    lot : Precision
        Of the conclusion ``lot``.
    falls : sequence of float
        By how much less of the customers leave; what is no fall of their share is left out.
    customers : sequence of float
        On each side.
    level : float
        Chance to see something where there is nothing, two-sided (0-1).

    Returns
    -------
    DataFrame
        ``customers``, ``effect`` (below 0), ``power`` (0-1), ``base``: as ``figures.effect.power`` draws it. No row
        where nothing can fall so far.

    >>> import cslab
    >>> from cslab.measure import precision
    >>> lot = precision.conclusions(cslab.load("synthetic:tiny"), "11")[0]
    >>> precision.powers(lot, [0.05], [906])["power"].between(0.7, 0.8).tolist()
    [True]
    """
    Sureness(level=level)
    possible = [-fall for fall in falls if fall < lot.base]
    return curve(lot.base, possible, customers, level)
