"""Where to draw the lines between tech, mid and high touch: the same customers and luck under other lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Estimate, normal, ratio

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.estimate import Floats
    from cslab.world.truth import CompanyTruth

    Lines = tuple[float, float]

STEPS = (0.5, 1.0, 2.0, 4.0)
"""Multiples of the company's own lines that are worth a try."""

METHOD = "paired_rerun"


def own_lines(book: Book) -> Lines:
    """MRR at signing from which this company gives mid touch, and high touch.

    Parameters
    ----------
    book : Book
        Synthetic, with its truth.

    Raises
    ------
    NotReady
        Without the truth, or where tiers go by something else, such as the lot: then there are no lines to move.

    >>> import cslab
    >>> own_lines(cslab.load("synthetic:tiny"))
    (80000.0, 400000.0)
    """
    book.require("truth", "touch_lines")
    return cast("Lines", _truth(book).touch_lines)


def tried(book: Book, steps: Sequence[float] = STEPS, horizon: int = 36) -> pd.DataFrame:
    """What would have become of the company's customers under other lines: multiples of its own.

    Parameters
    ----------
    book : Book
        Synthetic, with its truth.
    steps : sequence of float
        Multiples of the company's own two lines, above 0. Its own lines are among the rows in any case.
    horizon : int
        Months after signing over which each customer is followed.

    Returns
    -------
    DataFrame
        As :func:`under_lines`, from the lowest lines (the most touch) to the highest.

    Raises
    ------
    UsageError
        For a multiple that is not above 0.
    NotReady
        Without the truth, without lines of its own, or where nobody signed so long ago.

    >>> import cslab
    >>> tried(cslab.load("synthetic:tiny"), [2.0], horizon=12)[["mid_amount", "own"]].values.tolist()
    [[80000.0, True], [160000.0, False]]
    """
    if faults := [Fault("not_positive", {"name": "steps", "value": step}) for step in steps if not step > 0]:
        raise UsageError(*faults)
    mid, high = own_lines(book)
    return under_lines(book, [(step * mid, step * high) for step in sorted({1.0, *steps})], horizon)


def under_lines(book: Book, lines: Sequence[Lines], horizon: int = 36) -> pd.DataFrame:
    """Hours, retention and money of the same customers, with the same luck, under several pairs of lines.

    Every customer ever won counts who signed long enough before the book's last day, also those since lost. All
    that differs between two rows is what follows from other touch: for these customers the differences are exact. The
    limits tell how far other customers of the same kind could have fared otherwise.

    Parameters
    ----------
    book : Book
        Synthetic, with its truth.
    lines : sequence of (float, float)
        MRR at signing from which an account gets mid touch, and high touch.
    horizon : int
        Months after signing over which each customer is followed.

    Returns
    -------
    DataFrame
        A row a pair: ``mid_amount``, ``high_amount``, ``own`` (whether these are the company's), ``hours`` (a month, of
        all customers together), ``grr``, ``grr_low``, ``grr_high`` (share of MRR at signing still there after the
        horizon, growth not counted), a month and in the book's currency ``mrr_amount``, ``cost_amount`` (of the
        hours), ``left_amount`` (MRR less that cost), ``more_amount``, ``more_low``, ``more_high`` (how much more is
        left than under the company's own policy), ``moved`` (customers in another tier than under that),
        ``n``, ``method``. ``attrs``: ``as_of``, ``currency``, ``horizon``, ``hour_amount`` (cost of one), ``csm_hours``
        (of a CSM, a month).

    Raises
    ------
    UsageError
        For lines in the wrong order.
    NotReady
        Without the truth, without lines of its own, or where nobody signed so long ago.

    Source: hours and cost are conventions of the simulator (grade S); GRR as in the glossary, from signing.

    >>> import cslab
    >>> found = under_lines(cslab.load("synthetic:tiny"), [(80e3, 400e3), (1e3, 2e3)], horizon=12)
    >>> float(found["more_amount"][0]), bool(found["hours"][1] > found["hours"][0])
    (0.0, True)
    """
    import pandas as pd

    own = _followed(book, own_lines(book), horizon)
    if own.empty:
        raise NotReady(Fault("nobody_followed", {"months": horizon, "day": book.as_of.date()}))
    rows = [_row(pair, _followed(book, pair, horizon), own, horizon, pair == own_lines(book)) for pair in lines]
    found = pd.DataFrame(rows)
    hour = float(own["cost_amount"].sum() / own["hours"].sum())
    known = {"as_of": book.as_of, "currency": book.currency, "horizon": horizon, "hour_amount": hour}
    found.attrs.update(known, csm_hours=_truth(book).scenario.csm_hours)
    return found


def _truth(book: Book) -> CompanyTruth:
    """The simulator's truth."""
    book.require("truth")
    return cast("CompanyTruth", book.truth)


def _followed(book: Book, lines: Lines, horizon: int) -> pd.DataFrame:
    """The first months of every customer under some lines; under its own, the company's policy as it is."""
    truth = _truth(book)
    if lines != own_lines(book):
        truth = _truth(truth.rerun(replace(truth.policy, name="lines", thresholds=lines)))
    return truth.followed(horizon, book.as_of)


def _row(lines: Lines, found: pd.DataFrame, own: pd.DataFrame, horizon: int, is_own: bool) -> dict[str, object]:
    """The customers under one pair of lines, beside the same ones under the company's own."""
    signed = found["signed_amount"].to_numpy()
    kept = ratio(np.minimum(found["last_amount"].to_numpy(), signed), signed, METHOD, 1.0)
    left, own_left = (((rows["value_amount"] - rows["cost_amount"]) / horizon).to_numpy() for rows in (found, own))
    more = _paired(left - own_left)
    sums = found[["hours", "value_amount", "cost_amount"]].sum() / horizon
    return {
        "mid_amount": lines[0],
        "high_amount": lines[1],
        "own": is_own,
        "hours": float(sums["hours"]),
        **{"grr": kept.estimate, "grr_low": kept.low, "grr_high": kept.high},
        "mrr_amount": float(sums["value_amount"]),
        "cost_amount": float(sums["cost_amount"]),
        "left_amount": float(left.sum()),
        **{"more_amount": more.estimate, "more_low": more.low, "more_high": more.high},
        "moved": int((found["tier"].to_numpy() != own["tier"].to_numpy()).sum()),
        "n": more.n,
        "method": METHOD,
    }


def _paired(gains: Floats) -> Estimate:
    """A sum of differences, customer by customer, with the limits that come from who the customers happen to be."""
    n = len(gains)
    error = float(gains.std(ddof=1)) * math.sqrt(n) if n > 1 else math.nan
    return normal(float(gains.sum()), error, n, METHOD)
