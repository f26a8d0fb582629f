"""Where more touch pays in truth: what it brings and what it costs, by MRR at signing, of the same customers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Z95, Estimate, normal
from cslab.measure.net_value import GROSS_MARGIN
from cslab.measure.touch.tiers import tier_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.world.truth import CompanyTruth

    Floats = NDArray[np.float64]

METHOD = "truth_by_mrr"
WIDTH = 0.35
"""How far in the logarithm of MRR customers count as alike."""
STEPS = 81


def months_more(
    book: Book, tier: str = "mid", against: str = "tech", horizon: int = 36, futures: int = 16
) -> Estimate | None:
    """How many months of MRR a customer brings more with one tier for everybody than with another.

    Parameters
    ----------
    book : Book
    tier, against : str
    horizon : int
        Months from signing.
    futures : int
        How many to average over.

    Returns
    -------
    Estimate or None
        Months of the MRR at signing, growth included; limits by who the customers are. None without the truth.

    Raises
    ------
    UsageError
        For a tier that there is not, and one against itself.
    NotReady
        Where nobody signed that long ago.

    >>> import cslab
    >>> float(months_more(cslab.load("synthetic:tiny"), "high", "tech", 12, futures=2)) > 0
    True
    """
    if book.truth is None:
        return None
    found = _pairs(book, tier, against, horizon, futures)
    more = (found["gain"] / found["signed_amount"]).to_numpy()
    error = float(more.std(ddof=1) / math.sqrt(len(more))) if len(more) > 1 else math.nan
    return normal(float(more.mean()), error, len(more), "truth_expected")


def by_mrr(
    book: Book,
    tier: str = "mid",
    against: str = "tech",
    horizon: int = 36,
    margin: float = GROSS_MARGIN,
    futures: int = 16,
    amounts: Floats | None = None,
) -> pd.DataFrame | None:
    """What one tier brings more than another, and what it costs more, by MRR at signing.

    Parameters
    ----------
    book, tier, against, horizon, futures
        As for :func:`months_more`.
    margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    amounts : ndarray, optional
        MRR at which to look; from the second smallest of a hundred customers to the second largest where not given.

    Returns
    -------
    DataFrame or None
        ``mrr_amount``, ``gain_amount`` (margin over the horizon, a customer), ``gain_low``, ``gain_high``,
        ``cost_amount`` (of the hours more), ``months`` (of MRR, gained), ``n``, ``method``. ``attrs``: ``tier``,
        ``against``, ``horizon``, ``margin``, ``currency``, ``as_of``. None without the truth.

    Raises
    ------
    UsageError
        For a tier that there is not or against itself, and a margin outside 0-1.
    NotReady
        Where nobody signed that long ago.

    >>> import cslab
    >>> found = by_mrr(cslab.load("synthetic:tiny"), horizon=12, futures=2)
    >>> bool((found["gain_low"] <= found["gain_high"]).all())
    True
    """
    if not 0 < margin <= 1:
        raise UsageError(Fault("not_a_rate", {"name": "margin", "value": margin}))
    if book.truth is None:
        return None
    pairs = _pairs(book, tier, against, horizon, futures)
    if amounts is None:
        low, high = np.log(pairs["signed_amount"].quantile([0.01, 0.99]))
        amounts = np.exp(np.linspace(low, high, STEPS))
    found = _smoothed(pairs, np.asarray(amounts, float), margin)
    known = {"tier": tier_of(tier), "against": tier_of(against), "horizon": horizon, "margin": margin}
    found.attrs.update(known, currency=book.currency, as_of=book.as_of)
    return found


def break_even_truth(
    book: Book,
    tier: str = "mid",
    against: str = "tech",
    horizon: int = 36,
    margin: float = GROSS_MARGIN,
    futures: int = 16,
) -> Estimate | None:
    """The MRR from which on one tier pays in truth, against another.

    Parameters
    ----------
    book, tier, against, horizon, margin, futures
        As for :func:`by_mrr`.

    Returns
    -------
    Estimate or None
        Currency a month; limits by who the customers are; infinite where it pays for nobody there, 0 where it pays for
        all. None without the truth.

    Raises
    ------
    UsageError, NotReady
        As :func:`by_mrr`.

    >>> import cslab
    >>> float(break_even_truth(cslab.load("synthetic:tiny"), "high", "mid", 12, futures=2)) > 1e5
    True
    """
    found = by_mrr(book, tier, against, horizon, margin, futures)
    if found is None:
        return None
    middle, low, high = (_crossing(found, name) for name in ("gain_amount", "gain_high", "gain_low"))
    return Estimate(middle, low, high, int(found["n"].iloc[0]), METHOD)


def _crossing(found: pd.DataFrame, gain: str) -> float:
    """The MRR from which on a gain stays above the cost."""
    above = (found[gain] - found["cost_amount"]).to_numpy()
    if above[-1] < 0:
        return math.inf
    below = np.flatnonzero(above < 0)
    if not len(below):
        return 0.0
    last, logs = int(below[-1]), np.log(found["mrr_amount"].to_numpy())
    share = -above[last] / (above[last + 1] - above[last])
    return float(np.exp(logs[last] + share * (logs[last + 1] - logs[last])))


def _pairs(book: Book, tier: str, against: str, horizon: int, futures: int) -> pd.DataFrame:
    """What each customer brings and costs more; of those who signed long enough ago."""
    truth = cast("CompanyTruth", book.truth)
    if tier_of(tier) == tier_of(against):
        raise UsageError(Fault("touch.same_tier", {"tier": tier_of(tier)}))
    high, low = (f"all_{tier_of(name)}" for name in (tier, against))
    lives = [_lives(truth, name, horizon, book) for name in (high, low)]
    if lives[0].empty:
        raise NotReady(Fault("nobody_followed", {"months": horizon, "day": book.as_of.date()}))
    value = truth.expected([high, low], horizon=horizon, futures=futures)
    value = value.pivot(index="account_id", columns="policy", values="value_amount").reindex(lives[0].index)
    found = lives[0][["signed_amount"]].assign(gain=value[high] - value[low])
    return found.assign(cost=lives[0]["cost_amount"] - lives[1]["cost_amount"])


def _lives(truth: CompanyTruth, name: str, horizon: int, book: Book) -> pd.DataFrame:
    """Hours and their cost of each customer under a policy, with its luck."""
    there = cast("Any", truth.rerun(name).truth)
    return cast("pd.DataFrame", there.followed(horizon, book.as_of).set_index("account_id"))


def _smoothed(pairs: pd.DataFrame, amounts: Floats, margin: float) -> pd.DataFrame:
    """Means over customers of about an MRR, of the gain by MRR and of the cost."""
    import pandas as pd

    signed = pairs["signed_amount"].to_numpy()
    months, cost = pairs["gain"].to_numpy() / signed, pairs["cost"].to_numpy()
    weights = np.exp(-0.5 * ((np.log(amounts)[:, None] - np.log(signed)[None, :]) / WIDTH) ** 2)
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights @ months
    error = np.sqrt((weights**2 * (months[None, :] - mean[:, None]) ** 2).sum(axis=1))
    ends = {name: margin * amounts * (mean + z * error) for name, z in (("gain_low", -Z95), ("gain_high", Z95))}
    columns = {"mrr_amount": amounts, "gain_amount": margin * amounts * mean, **ends, "cost_amount": weights @ cost}
    return pd.DataFrame({**columns, "months": mean, "n": len(pairs), "method": METHOD})
