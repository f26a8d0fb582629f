"""How many customers a comparison of two shares needs, what it sees at a size, and the smallest effect it sees."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.effect.planable import check_positive, check_shares
from cslab.measure.estimate import Z95

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

POWER, LEVEL = 0.8, 0.05
"""Seen four times in five where the effect is there, and one time in twenty where it is not."""

SEEN = Z95 + 0.8416212335729143
"""Standard errors that a difference must have to be seen so often."""


@dataclass(frozen=True)
class Needed:
    """How many customers each side of a test needs.

    Parameters
    ----------
    treated, control : int

    >>> Needed(10, 20).total
    30
    """

    treated: int
    control: int

    @property
    def total(self) -> int:
        """Both sides together.

        >>> Needed(1, 2).total
        3
        """
        return self.treated + self.control


def sample_size(
    base: float,
    effect: float,
    power: float = POWER,
    level: float = LEVEL,
    control_per_treated: float = 1.0,
    design_effect: float = 1.0,
) -> Needed:
    """How many customers a test needs to see a difference of two shares.

    Parameters
    ----------
    base : float
        Share without the treatment (0-1), such as those who leave within two years.
    effect : float
        What the treatment changes in it: -0.05 is five points less.
    power : float
        Chance to see it (0-1).
    level : float
        Chance to see something where there is nothing, two-sided (0-1).
    control_per_treated : float
        Customers without the treatment for each one with it.
    design_effect : float
        How many times as many customers are needed where whole groups are treated (:func:`design_effect`).

    Returns
    -------
    Needed

    Raises
    ------
    UsageError
        For shares outside 0-1, no effect, or a ratio or design effect that is not positive.

    Source: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*, section 4.2, without
    correction for continuity, grade A.

    >>> sample_size(0.20, -0.05)  # five points less than 20 %
    Needed(treated=906, control=906)
    """
    check_shares(base, effect, level=level, power=power)
    check_positive(control_per_treated=control_per_treated, design_effect=design_effect)
    ratio = control_per_treated
    null, alternative = _spreads(base, effect, 1.0, ratio)
    treated = ((_point(1 - level / 2) * null + _point(power) * alternative) / effect) ** 2 * design_effect
    return Needed(_up(treated), _up(treated * ratio))


def power(
    base: float,
    effect: float,
    treated: float,
    control: float | None = None,
    level: float = LEVEL,
    design_effect: float = 1.0,
) -> float:
    """The chance that a test of some size sees a difference of two shares.

    Parameters
    ----------
    base, effect, level, design_effect
        As for :func:`sample_size`; an effect of 0 gives the level.
    treated : float
        Customers with the treatment.
    control : float, optional
        Customers without it; as many, where not given.

    Returns
    -------
    float
        0-1.

    Raises
    ------
    UsageError
        As for :func:`sample_size`.

    Source: as for :func:`sample_size`.

    >>> round(power(0.20, -0.05, 906), 2), round(power(0.20, -0.05, 15), 2)
    (0.8, 0.06)
    """
    from scipy.stats import norm

    control = treated if control is None else control
    check_shares(base, effect, level=level, nothing=True)
    check_positive(treated=treated, control=control, design_effect=design_effect)
    null, alternative = _spreads(base, effect, treated / design_effect, control / design_effect)
    line, alternative = _point(1 - level / 2) * null, max(alternative, 1e-300)
    return float(norm.sf((line - effect) / alternative) + norm.sf((line + effect) / alternative))


def detectable(
    base: float,
    treated: float,
    control: float | None = None,
    power: float = POWER,
    level: float = LEVEL,
    design_effect: float = 1.0,
    rises: bool = False,
) -> float:
    """The smallest change of a share that a test of some size sees with a given power.

    Parameters
    ----------
    base, treated, control, level, design_effect
        As for :func:`power`.
    power : float
        Chance to see it (0-1).
    rises : bool
        Whether the share rises; otherwise it falls.

    Returns
    -------
    float
        Below 0 where the share falls; missing (NaN) where no change that is possible would be seen.

    Raises
    ------
    UsageError
        As for :func:`sample_size`; for a power that is not above the level.

    >>> round(detectable(0.20, 906), 3)
    -0.05
    """
    from scipy.optimize import brentq

    check_shares(base, 0.0, level=level, power=power, nothing=True)
    if power <= level:
        raise UsageError(Fault("effect.power_below_level", {"power": power, "level": level}))
    side, room = (1.0, 1 - base) if rises else (-1.0, base)
    room *= 1 - 1e-9

    def lacking(size: float) -> float:
        """By how much the power falls short."""
        return power - _power(base, side * size, treated, control, level, design_effect)

    if lacking(room) > 0:
        return math.nan
    return side * float(brentq(lacking, 0.0, room, xtol=1e-7))


def curve(
    base: float, effects: Sequence[float], customers: Sequence[float], level: float = LEVEL, design_effect: float = 1.0
) -> pd.DataFrame:
    """The power of tests of several sizes, for effects of several sizes.

    Parameters
    ----------
    base, level, design_effect
        As for :func:`sample_size`.
    effects : sequence of float
        What the treatment changes in the share.
    customers : sequence of float
        On each side.

    Returns
    -------
    DataFrame
        A row an effect and size: ``customers``, ``effect``, ``power`` (0-1), ``base``.

    Raises
    ------
    UsageError
        As for :func:`sample_size`.

    >>> curve(0.2, [-0.05], [906])["power"].round(2).tolist()
    [0.8]
    """
    import pandas as pd

    rows = [
        {"customers": n, "effect": effect, "power": power(base, effect, n, None, level, design_effect), "base": base}
        for effect in effects
        for n in customers
    ]
    return pd.DataFrame(rows)


def design_effect(size: float, alike: float, unequal: float = 0.0) -> float:
    """How many times as many customers a test needs that treats whole groups of them, such as all of one CSM.

    Parameters
    ----------
    size : float
        Customers of a group, on average.
    alike : float
        How alike customers of a group are (intra-class correlation, 0-1).
    unequal : float
        Standard deviation of the groups' sizes over their mean.

    Returns
    -------
    float
        1 where groups do not matter.

    Raises
    ------
    UsageError
        For groups that are not positive or a correlation outside 0-1.

    Source: Kish (1965); unequal groups by Eldridge, Ashby and Kerry (2006), International Journal of Epidemiology
    35:1292, grade A.

    >>> round(design_effect(20, 0.05), 2)
    1.95
    """
    check_positive(size=size)
    if not 0 <= alike <= 1:
        raise UsageError(Fault("not_a_rate", {"name": "alike", "value": alike}))
    return 1 + ((1 + unequal**2) * size - 1) * alike


def _spreads(base: float, effect: float, treated: float, control: float) -> tuple[float, float]:
    """Standard deviation of the difference: where there is no effect, and where there is."""
    changed = base + effect
    pooled = (changed * treated + base * control) / (treated + control)
    null = pooled * (1 - pooled) * (1 / treated + 1 / control)
    return math.sqrt(null), math.sqrt(changed * (1 - changed) / treated + base * (1 - base) / control)


def _point(chance: float) -> float:
    """The point of the normal distribution below which it lies with a chance."""
    from scipy.stats import norm

    return float(norm.ppf(chance))


def _up(number: float) -> int:
    """Whole customers, a hair over a whole number forgiven."""
    return math.ceil(number - 1e-9)


_power = power
"""The function, where an argument has its name."""
