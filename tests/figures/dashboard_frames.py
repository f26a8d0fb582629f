"""A dashboard small enough to be seen through, and the pictures made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.faults import Fault
from cslab.measure import health
from cslab.measure.dashboard import Dashboard, Entry, Tile
from cslab.measure.estimate import Estimate

AS_OF = pd.Timestamp("2025-03-31")
NAMES = ("five tiles", "the way of a tile")


def tile(name: str, values: list[float], target: float | None, width: float) -> Tile:
    """A tile whose number moved through some values, a quarter apart, with limits as far off as ``width``."""
    days = pd.date_range(end=AS_OF, periods=len(values), freq="QE")
    trend = pd.DataFrame({"day": days, "estimate": values}).assign(n=400, method="share_green")
    trend = trend.assign(low=trend["estimate"] - width, high=trend["estimate"] + width)
    now = Estimate(values[-1], values[-1] - width, values[-1] + width, 400, "share_green")
    return Tile(name, Entry(target, "S", "cs", "monthly"), now, trend)


def dashboard() -> Dashboard:
    """Health missed, churn within the error, cost met without a target, portfolio met, no engagement."""
    tiles = (
        tile("health", [0.58, 0.55, 0.52], 0.6, 0.03),
        tile("churn", [0.15, 0.16, 0.19], 0.18, 0.03),
        tile("retention_cost", [0.09, 0.08, 0.08], None, 0.01),
        tile("portfolio", [68.0, 70.0, 72.0], 60.0, 2.0),
        Tile("engagement", Entry(0.4), lacks=(Fault("no_table", {"table": "usage_monthly"}),)),
    )
    return Dashboard(tiles, AS_OF, "JPY", 408, 8.5e8, health.declared("dear"))


def dashboard_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures by name."""
    from cslab.figures import dashboard as drawn

    return {
        "five tiles": lambda **on: drawn.tiles(dashboard(), **on),
        "the way of a tile": lambda **on: drawn.trend(dashboard().tile("churn"), **on),
    }
