"""From a linear score to a monthly chance of leaving, and what each row says about the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

Name = Literal["logit", "cloglog"]

_HIGHEST = 6.0
"""A score above which a month's chance of leaving is 1 to all digits."""


@dataclass(frozen=True)
class Link:
    """A link and what follows from it; each takes scores, and all but the first also who left.

    Parameters
    ----------
    chance : callable
        The chance of leaving.
    pull : callable
        The slope of the log-likelihood of each row.
    bend : callable
        How fast that slope falls: the information each row holds, above 0.
    loss : callable
        Minus the log-likelihood of each row.

    Source: McCullagh and Nelder (1989), *Generalized Linear Models*, chapters 2 and 4; the complementary log-log link
    gives the proportional hazards of continuous time, Prentice and Gloeckler (1978), Biometrics 34:57, grade A.

    >>> LINKS["logit"].chance(np.array([0.0])).tolist()
    [0.5]
    >>> LINKS["cloglog"].chance(np.array([np.log(np.log(2))])).round(6).tolist()
    [0.5]
    """

    chance: Callable[[Floats], Floats]
    pull: Callable[[Floats, Flags], Floats]
    bend: Callable[[Floats, Flags], Floats]
    loss: Callable[[Floats, Flags], Floats]


def _logistic(score: Floats) -> Floats:
    """The chance of a logit."""
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -500, 500))))


def _logit_bend(score: Floats, event: Flags) -> Floats:
    """The variance of a departure, whoever left."""
    chance = _logistic(score)
    return np.asarray(chance * (1 - chance))


def _months(score: Floats) -> Floats:
    """The hazard, added up over the month."""
    return np.asarray(np.exp(np.minimum(score, _HIGHEST)))


def _cloglog_pull(score: Floats, event: Flags) -> Floats:
    """The slope of the log-likelihood under the complementary log-log link."""
    hazard = _months(score)
    return np.where(event, hazard / np.expm1(hazard), -hazard)


def _cloglog_bend(score: Floats, event: Flags) -> Floats:
    """The information of each row under the complementary log-log link."""
    hazard = _months(score)
    share = hazard / np.expm1(hazard)
    return np.where(event, share * (share + hazard - 1), hazard)


def _cloglog_loss(score: Floats, event: Flags) -> Floats:
    """Minus the log-likelihood under the complementary log-log link."""
    hazard = _months(score)
    return np.where(event, -np.log(-np.expm1(-hazard)), hazard)


LINKS: dict[str, Link] = {
    "logit": Link(
        _logistic,
        lambda score, event: event - _logistic(score),
        _logit_bend,
        lambda score, event: np.logaddexp(0.0, np.where(event, -score, score)),
    ),
    "cloglog": Link(
        lambda score: -np.expm1(-_months(score)),
        _cloglog_pull,
        _cloglog_bend,
        _cloglog_loss,
    ),
}
"""By name."""
