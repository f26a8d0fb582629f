"""The renewals of past quarters: how many were kept, and how much whole quarters moved beyond chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.decisions import DECIDED

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Counts = NDArray[np.int64]
    Floats = NDArray[np.float64]

MONTHLY = 45
"""Days up to which a term is a monthly one: those renew all the time."""

FEWEST = 4
"""Quarters that it takes to see whether they differ."""


@dataclass(frozen=True)
class Quarters:
    """What past quarters tell of the next one.

    Parameters
    ----------
    share : float
        Of the fees due that were kept (0-1).
    spread : float
        Variance of one renewal (kept or not) about that share, the large ones counted by the square of their fee;
        where all were kept, or all lost, that of two more of each.
    shock : float
        Standard deviation between quarters beyond chance, in the share.
    n : int
        Quarters.

    >>> Quarters(0.9, 0.09, 0.02, 12).n
    12
    """

    share: float
    spread: float
    shock: float
    n: int


def quarters(book: Book) -> Quarters:
    """How the renewals of past quarters went, monthly terms left out.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start``, ``end`` and ``outcome``; without ``mrr_amount`` all fees count as one.

    Raises
    ------
    NotReady
        With fewer than four quarters.

    >>> import cslab
    >>> found = quarters(cslab.load("synthetic:default_jp?accounts=300"))
    >>> 0 < found.share < 1 and found.shock >= 0
    True
    """
    book.require("calendar", "contracts.start", "contracts.end", "contracts.outcome")
    terms = book.contracts
    past = terms["outcome"].isin(DECIDED) & (terms["end"] <= book.as_of)
    terms = terms[past & ((terms["end"] - terms["start"]).dt.days > MONTHLY)]
    kept = terms["outcome"] != "churned"
    by = kept.groupby(terms["end"].dt.to_period("Q"))
    if len(by) < FEWEST:
        raise NotReady(Fault("precision.few_quarters", {"n": len(by), "least": FEWEST}))
    due, renewed = np.asarray(by.size(), np.int64), np.asarray(by.sum(), np.int64)
    fees, held = fees_of(terms), kept.to_numpy(float)
    share = float((fees * held).sum() / fees.sum()) if fees.sum() > 0 else math.nan
    spread = float((fees**2 * (held - share) ** 2).sum() / (fees**2).sum()) if fees.sum() > 0 else math.nan
    likely = (held.sum() + 2) / (len(held) + 4)
    return Quarters(share, spread or float(likely * (1 - likely)), beyond_chance(renewed, due), len(due))


def fees_of(terms: pd.DataFrame) -> Floats:
    """The fee of each contract; 1 for all where the fees are not on record.

    Parameters
    ----------
    terms : DataFrame
        Rows of ``contracts``.

    Returns
    -------
    ndarray of float, shape (contracts,)

    >>> import pandas as pd
    >>> fees_of(pd.DataFrame({"mrr_amount": [5.0, None]})).tolist(), fees_of(pd.DataFrame({"x": [3]})).tolist()
    ([5.0, 0.0], [1.0])
    """
    fees = terms["mrr_amount"].fillna(0.0) if "mrr_amount" in terms else np.ones(len(terms))
    return np.asarray(fees, float)


def beyond_chance(kept: Counts, due: Counts) -> float:
    """How much shares differ between quarters beyond what chance among so few makes them differ.

    Parameters
    ----------
    kept, due : ndarray of int, shape (quarters,)

    Returns
    -------
    float
        Standard deviation of the share; 0 where they differ no more than chance.

    Source: the moments of DerSimonian and Laird (1986), Controlled Clinical Trials 7:177, grade A.

    >>> beyond_chance(np.array([9, 9, 9]), np.array([10, 10, 10]))
    0.0
    >>> round(beyond_chance(np.array([5000, 9000]), np.array([10_000, 10_000])), 2)
    0.28
    """
    share = kept.sum() / due.sum()
    if not 0 < share < 1:
        return 0.0
    weight = due / (share * (1 - share))
    apart = float((weight * (kept / due - share) ** 2).sum()) - (len(due) - 1)
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    return math.sqrt(max(0.0, apart / room))
