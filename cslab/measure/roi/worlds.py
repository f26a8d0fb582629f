"""What the simulator knows of money and hours: every customer under each tier, in expectation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.effect.outcomes import Money
from cslab.measure.estimate import Z95, Estimate
from cslab.measure.net_value import cost_of_hours, net_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from cslab.book import Book
    from cslab.measure.estimate import Floats

METHOD = "truth_expected"
FUTURES = 16
SPOKEN_FOR = "months_"


def tiers(
    book: Book, names: Iterable[str] = ("tech", "mid", "high"), horizon: int = 24, futures: int = FUTURES
) -> pd.DataFrame | None:
    """What every customer would bring under each tier, and how long it would stay, from signing on.

    Parameters
    ----------
    book : Book
        With its truth.
    names : iterable of str
        Tiers.
    horizon : int
        Months from signing.
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        ``tier``, ``account_id``, ``revenue_amount`` (MRR summed), ``revenue_error`` (Monte-Carlo), ``months`` (as a
        customer); ``None`` where nobody knows the truth.

    >>> import cslab
    >>> found = tiers(cslab.load("synthetic:tiny"), ["tech", "high"], horizon=6, futures=2)
    >>> found.groupby("tier").size().tolist()
    [60, 60]
    """
    import pandas as pd

    if book.truth is None:
        return None
    found: list[pd.DataFrame] = []
    for name in names:
        there = book.truth.rerun(f"all_{name}").truth
        rows = there.supposing((), horizon=horizon, futures=futures)  # type: ignore[union-attr]  # simulated, so it knows
        months = rows[[one for one in rows if str(one).startswith(SPOKEN_FOR)]].sum(axis=1)
        money = rows[["account_id", "value_amount", "value_error"]].set_axis(
            ["account_id", "revenue_amount", "revenue_error"], axis=1
        )
        found.append(money.assign(tier=name, months=months))
    return pd.concat(found, ignore_index=True)


def net_by_tier(worlds: pd.DataFrame, hour_amount: float, money: Money) -> pd.DataFrame:
    """Margin, cost of hours and what is left of every customer under each tier.

    Parameters
    ----------
    worlds : DataFrame
        As ``tiers`` makes it.
    hour_amount : float
        Cost of an hour.
    money : Money
        Margin, and the hours of each tier.

    Returns
    -------
    DataFrame
        ``worlds`` with ``margin_amount``, ``hours``, ``cost_amount``, ``net_amount``, ``net_error``.

    >>> import cslab
    >>> worlds = tiers(cslab.load("synthetic:tiny"), ["tech"], horizon=6, futures=2)
    >>> bool((net_by_tier(worlds, 6_400, Money())["net_amount"] < worlds["revenue_amount"]).all())
    True
    """
    margin = money.gross_margin * worlds["revenue_amount"]
    monthly = worlds["tier"].map(dict(money.hours)).astype(float)
    cost = cost_of_hours(worlds["months"], monthly, hour_amount)
    net = net_value(worlds["revenue_amount"], cost, money.gross_margin)
    found = worlds.assign(margin_amount=margin, hours=monthly * worlds["months"], cost_amount=cost, net_amount=net)
    return found.assign(net_error=money.gross_margin * worlds["revenue_error"])


def mean_of(values: Floats, errors: Floats) -> Estimate:
    """A mean over known customers, whose only error is that of the futures averaged over.

    Parameters
    ----------
    values, errors : ndarray of float, shape (n,)
        And their Monte-Carlo errors.

    Returns
    -------
    Estimate

    >>> mean_of(np.array([1.0, 3.0]), np.zeros(2)).estimate
    2.0
    """
    n, mean = len(values), float(np.mean(values))
    error = float(np.sqrt((np.asarray(errors) ** 2).sum())) / n
    return Estimate(mean, mean - Z95 * error, mean + Z95 * error, n, METHOD, error)
