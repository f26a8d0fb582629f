"""What a tier is worth to whom: effect times value, less hours times cost, by what customers pay."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.capacity import hour_amount
from cslab.measure.effect.outcomes import Money
from cslab.measure.estimate import ratio
from cslab.measure.roi.brought import HORIZON, brought
from cslab.measure.roi.worlds import net_by_tier, tiers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.roi.brought import Brought

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

GROUPS = 4
"""Bands of one size, where no lines are given."""

FEW = 40
"""Customers below which a band is not judged by itself."""


def by_band(
    book: Book,
    arms: tuple[str, str] = ("mid", "tech"),
    lines: Sequence[float] | None = None,
    horizon: int = HORIZON,
    money: Money | None = None,
    found: Brought | None = None,
    **how: Any,
) -> pd.DataFrame:
    """The ROI of a tier against another by bands of MRR at signing.

    Parameters
    ----------
    book : Book
        As for ``brought``.
    arms : tuple of str
        Which, and against which.
    lines : sequence of float, optional
        MRR at which bands begin, such as ``(80_000, 400_000)``; None: four bands with as many customers each.
    horizon : int
        Months from signing.
    money : Money, optional
        Margin, discount and the hours of each arm.
    found : Brought, optional
        What ``brought`` found already, with the same arms and terms.
    **how
        Further words of ``brought``, such as ``covariates``.

    Returns
    -------
    DataFrame
        From the smallest: ``low_mrr``, ``high_mrr`` (those of the customers in it), ``margin`` (more, currency a
        customer over the horizon), ``cost`` (of more hours), ``estimate`` (what is left), ``low``, ``high``, ``roi``
        (left, a unit of currency of cost), ``roi_low``, ``roi_high``, ``hours``, ``n``, ``method``; ``truth`` where it
        is known: from signing on, of these customers, who were all there when the arm was read. ``attrs``: ``arms``,
        ``horizon``, ``n``.

    Raises
    ------
    UsageError
        As ``brought``, for lines that do not rise, and such of which one band holds fewer than forty customers.
    NotReady
        For columns that the book does not have.

    >>> import cslab
    >>> book = cslab.load("synthetic:rct?accounts=600")
    >>> table = by_band(book, ("high", "tech"), [60_000], 12, covariates=["trial_usage", "mrr0_amount"])
    >>> len(table), bool((table["low"] < table["high"]).all())
    (2, True)
    """
    import pandas as pd

    money = money or Money()
    found = found or brought(book, arms, horizon, money, **how)
    mrr = found.rows["mrr_amount"].to_numpy(float)
    place = _places(mrr, lines)
    true = _truth(book, found, money)
    rows = []
    for one in np.unique(place):
        inside = place == one
        row = _row(found, inside, mrr)
        rows.append(row if true is None else {**row, "truth": float(np.nanmean(true[inside]))})
    table = pd.DataFrame(rows)
    table.attrs |= {"arms": found.arms, "horizon": found.horizon, "n": len(mrr), "left_out": dict(found.left_out)}
    return table


def _row(found: Brought, inside: Flags, mrr: Floats) -> dict[str, Any]:
    """One band."""
    left = found.mean(inside, margin=1.0, cost=-1.0)
    share = ratio(found.sum_of(margin=1.0, cost=-1.0)[inside], found.sum_of(cost=1.0)[inside], "roi", low=-np.inf)
    return {
        "low_mrr": float(mrr[inside].min()),
        "high_mrr": float(mrr[inside].max()),
        "margin": float(found.mean(inside, margin=1.0)),
        "cost": float(found.mean(inside, cost=1.0)),
        **{name: getattr(left, name) for name in ("estimate", "low", "high")},
        **{"roi": share.estimate, "roi_low": share.low, "roi_high": share.high},
        "hours": float(found.mean(inside, hours=1.0)),
        "n": left.n,
        "method": left.method,
    }


def _places(mrr: Floats, lines: Sequence[float] | None) -> Any:
    """The band of each customer."""
    if lines is None:
        import pandas as pd

        return np.asarray(pd.qcut(mrr, GROUPS, labels=False, duplicates="drop"))
    edges = [float(line) for line in lines]
    if not all(one < other for one, other in pairwise([0.0, *edges])):
        raise UsageError(Fault("roi.band_lines", {"given": ", ".join(f"{line:,.0f}" for line in edges)}))
    place = np.searchsorted(edges, mrr, side="right")
    counts = np.bincount(place, minlength=len(edges) + 1)
    few = [(band, int(count)) for band, count in enumerate(counts) if count < FEW]
    if few:
        spans = [0.0, *edges, float("inf")]
        faults = [
            Fault("roi.band_few", {"low": spans[band], "high": spans[band + 1], "n": count, "least": FEW})
            for band, count in few
        ]
        raise UsageError(*faults)
    return place


def _truth(book: Book, found: Brought, money: Money) -> Floats | None:
    """What is truly left of each customer's margin after the cost of the arm's hours, more than in the other arm."""
    if book.truth is None or not set(found.arms) <= {"tech", "mid", "high"}:
        return None
    worlds = tiers(book, found.arms, found.horizon)
    if worlds is None:
        return None
    net = net_by_tier(worlds, hour_amount(book), money).pivot(index="account_id", columns="tier", values="net_amount")
    more = net[found.arms[0]] - net[found.arms[1]]
    return np.asarray(more.reindex(found.rows["account_id"]).to_numpy(float))
