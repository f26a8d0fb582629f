"""What each definition of a rate puts above and below the line, account by account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import UsageError
from cslab.measure.estimate import Estimate, proportion, ratio, unknown_choice, weighted_share
from cslab.measure.retention.window import NEVER, Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Parts = tuple["Floats", "Floats"]
"""What goes above the line and what below it."""


@dataclass(frozen=True)
class Counted:
    """A rate, account by account.

    Parameters
    ----------
    part, base : ndarray of float, shape (accounts,)
        What each account puts above and below the line.
    method : str
        Its name.
    low, high : float
        Smallest and largest possible value.
    heads : bool
        Each account counts one below the line, and one or none above it.

    >>> Counted(np.array([1.0, 0.0]), np.array([1.0, 1.0]), "point_to_point").estimate.estimate
    0.5
    """

    part: Floats
    base: Floats
    method: str
    low: float = 0.0
    high: float = np.inf
    heads: bool = False

    @property
    def estimate(self) -> Estimate:
        """The rate: with Wilson limits where it is a share, else with those of a ratio over accounts."""
        if self.heads:
            return proportion(float(self.part.sum()), len(self.base), len(self.base), self.method)
        if self.high == 1:
            return weighted_share(self.part, self.base, self.method)
        return ratio(self.part, self.base, self.method, self.high, self.low)


def counted(metric: str, method: str, found: Window) -> Counted:
    """A rate of a window by one of its definitions.

    Parameters
    ----------
    metric : str
        A key of ``RATES``.
    method : str
        One of its definitions.
    found : Window

    Returns
    -------
    Counted

    Raises
    ------
    UsageError
        For a definition that there is not.

    >>> import cslab
    >>> from cslab.measure.retention.window import window
    >>> year = window(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")
    >>> 0 < counted("logo_churn", "movement", year).estimate.estimate < 1
    True
    """
    rate = RATES[metric]
    if method not in rate.definitions:
        raise UsageError(unknown_choice("method", method, tuple(rate.definitions)))
    part, base = rate.definitions[method](found)
    above = base - part if rate.lost else part
    return Counted(above, base, method + rate.suffix, rate.low, rate.high, rate.heads)


def _of_start(found: Window, amounts: Floats) -> Parts:
    """Amounts of the customers of the start, against their MRR then."""
    return amounts[found.there], found.before[found.there]


def _survivors(found: Window, amounts: Floats) -> Parts:
    """The same of those only who are still there at the end."""
    stayed = found.there & (found.after > 0)
    return amounts[stayed], found.before[stayed]


def _everybody(found: Window) -> Parts:
    """MRR of everybody who is a customer on either day, against their MRR at the start."""
    there = found.there | (found.after > 0)
    return found.after[there], found.before[there]


def _falls(found: Window) -> NDArray[np.bool_]:
    """Which movements are reductions."""
    return (found.moves["amount"] < 0).to_numpy()


def _without_falls(found: Window) -> Floats:
    """Start less every reduction up to the first leaving."""
    return found.before + found.moved(found.until_left & _falls(found))


def _with_returns(found: Window) -> Floats:
    """Start less every reduction, with credit for those who come back, up to what they had taken away."""
    credit = np.minimum(found.moved(found.of_type("reactivation")), -found.moved(found.of_type("churn")))
    return found.before + found.moved(_falls(found)) + credit


def _gone(found: Window, gone: NDArray[np.bool_]) -> Parts:
    """Who of the customers of the start is gone, each counting one."""
    return gone[found.there].astype(float), np.ones(int(found.there.sum()))


NET: dict[str, Callable[[Window], Parts]] = {
    "point_to_point": lambda found: _of_start(found, found.after),
    "movement": lambda found: _of_start(found, found.before + found.moved(found.until_left)),
    "movement_with_returns": lambda found: _of_start(found, found.before + found.moved()),
    "survivors_only": lambda found: _survivors(found, found.after),
    "including_new": _everybody,
}
GROSS: dict[str, Callable[[Window], Parts]] = {
    "point_to_point": lambda found: _of_start(found, np.minimum(found.before, found.after)),
    "movement": lambda found: _of_start(found, _without_falls(found)),
    "movement_with_returns": lambda found: _of_start(found, _with_returns(found)),
    "survivors_only": lambda found: _survivors(found, np.minimum(found.before, found.after)),
}
LOGOS: dict[str, Callable[[Window], Parts]] = {
    "point_to_point": lambda found: _gone(found, found.after <= 0),
    "movement": lambda found: _gone(found, found.left_in < NEVER),
}
"""The definitions of each rate by name."""


@dataclass(frozen=True)
class Rate:
    """What the definitions of a rate have in common.

    Parameters
    ----------
    definitions : mapping of str to callable
        What each puts above and below the line.
    suffix : str
        Makes the method's name of the definition's.
    low, high : float
        Smallest and largest possible value.
    lost : bool
        It counts what the definition leaves over.
    heads : bool
        It counts customers, not their MRR.

    >>> RATES["grr"].high
    1.0
    """

    definitions: Mapping[str, Callable[[Window], Parts]]
    suffix: str = ""
    low: float = 0.0
    high: float = np.inf
    lost: bool = False
    heads: bool = False


RATES = {
    "nrr": Rate(NET),
    "grr": Rate(GROSS, "_min", low=-np.inf, high=1.0),
    "logo_churn": Rate(LOGOS, high=1.0, heads=True),
    "revenue_churn_gross": Rate(GROSS, "_min", high=1.0, lost=True),
    "revenue_churn_net": Rate(NET, low=-np.inf, lost=True),
}
"""The rates by name."""

NRR_METHODS, GRR_METHODS, LOGO_METHODS = tuple(NET), tuple(GROSS), tuple(LOGOS)
WRONG = ("survivors_only", "including_new")
"""Definitions that mislead: they stand beside the others to be seen, and their labels say so."""
