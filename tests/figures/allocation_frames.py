"""Small results of allocations, and the pictures made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

NAMES = ("rules at the same hours", "worth of an hour", "regrets")


def compared() -> pd.DataFrame:
    """Rules of which two lose, and the best gains seven hundred million."""
    gains = [("present", 0.0), ("by_lot", -1.0e9), ("mrr_lines", 2.5e8), ("risk_ranked", -1.8e9)]
    gains += [("uplift_ranked", 5.1e8), ("uplift_allocated", 5.2e8)]
    gains += [("knowable_ranked", 5.3e8), ("knowable_allocated", 5.5e8), ("oracle", 7.4e8)]
    frame = pd.DataFrame(gains, columns=["rule", "estimate"])
    return frame.assign(low=frame["estimate"] - 2e7, high=frame["estimate"] + 2e7, n=19_000, hours=27_500.0)


def hours() -> pd.DataFrame:
    """An hour is worth less the more there are."""
    growth, prices = [0.25, 0.5, 1.0, 2.0, 3.0], [9e5, 5e5, 2.4e5, 0.6e5, 0.0]
    return pd.DataFrame(
        {"growth": growth, "hour_worth_amount": prices, "capacity_h": [2750 * one for one in growth], "n": 1900}
    )


def plans() -> pd.DataFrame:
    """Three plans: one regrets low effects, one high ones, one both a little."""
    rows = [("estimate", 3e8, 0.2e8), ("cautious", 0.0, 4e8), ("least_regret", 1.4e8, 1.4e8)]
    frame = pd.DataFrame(rows, columns=["plan", "at_low_amount", "at_high_amount"])
    return frame.assign(hours=2750.0, n=1900, regret_amount=frame[["at_low_amount", "at_high_amount"]].max(axis=1))


def allocation_pictures() -> dict[str, Callable[..., Any]]:
    """All pictures of allocations, each ready to be drawn in a language."""
    from cslab.figures import allocation

    pictures: tuple[Callable[..., Any], ...] = (
        lambda **on: allocation.rules(compared(), **on),
        lambda **on: allocation.frontier(hours(), cost_amount=1.5e5, **on),
        lambda **on: allocation.regrets(plans(), **on),
    )
    return dict(zip(NAMES, pictures, strict=True))
