"""The plain difference between two sides: of shares, of means, or of means of groups that go together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.together import by_groups
from cslab.measure.effect.tried import NotComparable
from cslab.measure.effect.two_shares import difference
from cslab.measure.estimate import Estimate
from cslab.measure.onboarding.adjustment import least_squares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NEYMAN, CLUSTERED = "difference_neyman", "difference_clustered"


def apart(outcome: Floats, inside: Flags, arms: tuple[str, str], cluster: Any = None) -> Estimate:
    """The mean of one side less that of the other.

    Parameters
    ----------
    outcome : ndarray of float, shape (rows,)
    inside : ndarray of bool, shape (rows,)
        Who is on the first side.
    arms : tuple of str
        What the sides are called.
    cluster : ndarray of int, shape (rows,), optional
        Which rows go together.

    Returns
    -------
    Estimate
        Of shares with Newcombe's limits, of amounts with Welch's, of groups with Student's t by their number.

    Raises
    ------
    UsageError
        For a side of one customer, or amounts that are the same for all of either side.

    Source: Neyman (1923), Statistical Science 5:465; Newcombe (1998), Statistics in Medicine 17:873, grade A.

    >>> inside = np.array([True, True, False, False])
    >>> apart(np.array([1.0, 1.0, 0.0, 1.0]), inside, ("b", "a")).estimate
    0.5
    """
    _require_two(inside, arms)
    if cluster is not None:
        fit = least_squares(outcome, inside[:, None].astype(float), cluster)
        return by_groups(fit.slope(0, CLUSTERED), fit.n - 2)
    sides = [outcome[inside], outcome[~inside]]
    if np.isin(outcome, (0.0, 1.0)).all():
        return difference(sides[0].sum(), len(sides[0]), sides[1].sum(), len(sides[1]))
    return _welch(sides, arms)


def _welch(sides: list[Floats], arms: tuple[str, str]) -> Estimate:
    """A difference of means, with limits that suit two small groups of unequal spread."""
    from scipy.stats import t

    gap = float(sides[0].mean() - sides[1].mean())
    parts, sizes = [side.var(ddof=1) / len(side) for side in sides], [len(side) for side in sides]
    whole = float(sum(parts))
    if whole == 0:
        faults = (Fault("effect.arm_alike", {"arm": arm, "count": n}) for arm, n in zip(arms, sizes, strict=True))
        raise NotComparable(*faults)
    freedom = whole**2 / sum(part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True))
    width = float(t.ppf(0.975, freedom)) * whole**0.5
    return Estimate(gap, gap - width, gap + width, sum(sizes), NEYMAN, whole**0.5)


def _require_two(inside: Flags, arms: tuple[str, str]) -> None:
    """Refuse a side of one customer: nobody knows how much its outcomes vary."""
    counts = dict(zip(arms, (int(inside.sum()), int((~inside).sum())), strict=True))
    if faults := [Fault("effect.one_customer", {"arm": arm}) for arm, count in counts.items() if count < 2]:
        raise NotComparable(*faults)
