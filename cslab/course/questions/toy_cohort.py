"""A cohort of a thousand customers with yearly contracts, and how many of them are there after each year."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from cslab.measure.value.sbg import survival

if TYPE_CHECKING:
    import pandas as pd

REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)
"""The published one.

Source: Fader and Hardie (2007), Journal of Interactive Marketing 21:76, "Regular"; grade A.
"""

ASKED = 12
"""The year that is asked for."""

_APART = 0.015
"""How far the easy way, the last rate for good, must lie from the right one."""


def toy_cohort(variant: int = 0) -> pd.Series:
    """How many customers of a cohort are there after each year.

    Parameters
    ----------
    variant : int
        0 for the published cohort. Any other number for one of its own, so that an answer that was typed in does not
        fit.

    Returns
    -------
    Series of int
        By ``year`` from 0.

    >>> int(toy_cohort()[1]), len(toy_cohort(3))
    (631, 8)
    """
    import pandas as pd

    there = REGULAR if variant == 0 else _drawn(variant)
    return pd.Series(there, index=pd.RangeIndex(len(there), name="year"), name="customers")


@cache
def _drawn(variant: int) -> tuple[int, ...]:
    """The first draw whose twelfth year cannot be had the easy way: a pure function of the variant."""
    for attempt in count():
        digest = hashlib.sha256(f"cohort {variant} {attempt}".encode()).digest()
        alpha, beta = 0.5 + digest[0] / 300, 0.7 + digest[1] / 130
        shares = survival(alpha, beta, range(len(REGULAR)))
        flat = float(shares[-1] * (shares[-1] / shares[-2]) ** (ASKED + 1 - len(REGULAR)))
        if abs(flat - float(survival(alpha, beta, ASKED))) > _APART:
            return tuple(int(share) for share in (1000 * shares).round())
    raise AssertionError("a count has no end")
