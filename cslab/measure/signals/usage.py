"""How customers use the product: the level, its direction, and itself against the customer's own past."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.signals.asked import Asked, Signal, months
from cslab.measure.signals.log import Log

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WAU = ("usage_monthly.wau_ratio",)
_LOGINS = ("usage_monthly.logins", "usage_monthly.seats")
_CORE = ("usage_monthly.core_actions", "usage_monthly.seats")


def _monthly(asked: Asked, column: str, over: str = "", season: bool = False) -> Log:
    """A column of monthly usage, by seats if asked for, and against the middle customer of the same month."""

    def made() -> Log:
        usage = asked.book.usage_monthly
        value = usage[column].astype(float)
        if over:
            value = value / usage[over].where(usage[over] > 0).astype(float)
        if season:
            middle = value.groupby(usage["month"]).transform("median")
            value = value / middle.where(middle > 0)
        return asked.log("usage_monthly", months(usage["month"]), value)

    return asked.once((column, over, season), made)


def _level(log: Log, asked: Asked) -> Floats:
    """The mean of the last three months."""
    return log.mean(asked.account, asked.month - 3, asked.month)


def _latest(log: Log, asked: Asked) -> Floats:
    """The last month; missing where there is none for it."""
    return log.last(asked.account, asked.month, within=1)


def _trend(log: Log, asked: Asked) -> Floats:
    """The last month less the one three months before."""
    return _latest(log, asked) - log.last(asked.account, asked.month - 3, within=1)


def _to_baseline(log: Log, asked: Asked) -> Floats:
    """The last month over the customer's own mean of the three before it."""
    own = log.mean(asked.account, asked.month - 4, asked.month - 1)
    return np.asarray(_latest(log, asked) / np.where(own > 0, own, np.nan))


def _usage(
    read: Callable[[Log, Asked], Floats], column: str, over: str = "", season: bool = False
) -> Callable[[Asked], Floats]:
    """A reading of a column of monthly usage."""
    return lambda asked: read(_monthly(asked, column, over, season), asked)


USAGE: dict[str, Signal] = {
    "wau_ratio": Signal("usage", _WAU, _usage(_level, "wau_ratio")),
    "wau_last": Signal("usage", _WAU, _usage(_latest, "wau_ratio")),
    "usage_trend": Signal("usage", _WAU, _usage(_trend, "wau_ratio")),
    "usage_to_baseline": Signal("usage", _WAU, _usage(_to_baseline, "wau_ratio")),
    "logins_per_seat": Signal("usage", _LOGINS, _usage(_level, "logins", "seats")),
    "logins_last": Signal("usage", _LOGINS, _usage(_latest, "logins", "seats", season=True)),
    "logins_trend": Signal("usage", _LOGINS, _usage(_trend, "logins", "seats", season=True)),
    "logins_to_baseline": Signal("usage", _LOGINS, _usage(_to_baseline, "logins", "seats", season=True)),
    "core_actions_per_seat": Signal("usage", _CORE, _usage(_level, "core_actions", "seats")),
    "features_relevant": Signal("usage", ("usage_monthly.features_relevant",), _usage(_level, "features_relevant")),
    "integrations": Signal("usage", ("usage_monthly.integrations",), _usage(_latest, "integrations")),
}
"""Made of the months that are over by the day."""
