"""Through what a programme works: how much of its effect passes through something in between, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.effect.sensitivity import Sensitivity
from cslab.measure.estimate import Z95, Estimate, normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

METHOD, PRODUCT, MEDIATOR = "least_squares", "mediation", "mediator"
PARTS = ("total", "through", "direct", "naive")

DRAWS, SEED = 20_000, 0
"""Draws of both slopes for the limits of their product, always the same ones."""

LEAST = 8
"""Rows, each with all that is asked for, from which on anything is said."""

ALMOST = 1e-9
"""Spread of a column, beside its own size, below which it does not vary."""

MOST = 100.0
"""The largest ratio of chances that is said: nothing unseen is so strong."""

PER_SD = 0.91
"""Logarithm of the ratio of chances that a difference of one standard deviation comes to."""


@dataclass(frozen=True)
class Mediation:
    """The effect of a programme, taken apart into what passes through a mediator and what does not.

    Parameters
    ----------
    moved : Estimate
        What the programme changes in the mediator.
    passes : Estimate
        What goes with one unit of the mediator in the outcome, the programme and all that is known being equal.
    total, through, direct : Estimate
        All that the programme changes in the outcome; of it, what passes through the mediator; and the rest. The last
        two are effects only where nothing else moves both mediator and outcome.
    naive : Estimate
        The programme's slope with the mediator "controlled for" and nothing else: often read as its effect.
    rho, rho_limit : float
        How closely what nobody has seen would have to tie mediator and outcome together (correlation, -1 to 1) for
        nothing to pass through, and for the limits to reach nothing.
    e_value : Sensitivity
        The same as a ratio of chances by which something unseen would have to go with mediator and outcome each; for
        amounts an approximation.
    slopes, covariance : ndarray of float, shapes (3,) and (3, 3)
        Of the programme on the mediator, the mediator on the outcome, and of the step by which the latter falls.

    Source: Imai, Keele and Yamamoto (2010), Statistical Science 25:51, theorem 4; Imai, Keele and Tingley (2010),
    Psychological Methods 15:309; limits of a product: MacKinnon, Lockwood and Williams (2004), Multivariate Behavioral
    Research 39:99; Smith and VanderWeele (2019), Epidemiology 30:835, grade A.

    >>> taken, luck = np.repeat([1.0, 0.0], 40), np.tile([1.0, -1.0, 1.0, -1.0], 20)
    >>> found = mediation(taken, taken + luck, 2 * (taken + luck) + np.tile([1.0, 1.0, -1.0, -1.0], 20))
    >>> round(found.through.estimate, 6), round(abs(found.direct.estimate), 6)
    (2.0, 0.0)
    """

    moved: Estimate
    passes: Estimate
    total: Estimate
    through: Estimate
    direct: Estimate
    naive: Estimate
    rho: float
    rho_limit: float
    e_value: Sensitivity
    slopes: Floats = field(repr=False, compare=False)
    covariance: Floats = field(repr=False, compare=False)

    def at(self, rho: float) -> Estimate:
        """What passes through, if something unseen ties mediator and outcome together.

        Parameters
        ----------
        rho : float
            How closely, as a correlation of what the programme and all that is known leave of both (-1 to 1).

        Returns
        -------
        Estimate

        Raises
        ------
        UsageError
            For a correlation of one or more.

        >>> taken, luck = np.repeat([1.0, 0.0], 40), np.tile([1.0, -1.0, 1.0, -1.0], 20)
        >>> found = mediation(taken, taken + luck, 2 * (taken + luck) + np.tile([1.0, 1.0, -1.0, -1.0], 20))
        >>> round(abs(found.at(found.rho).estimate), 6)
        0.0
        """
        if not -1 < rho < 1:
            raise UsageError(Fault("impact.rho", {"value": rho}))
        step = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, -_odds(rho)]])
        return _product(step @ self.slopes, step @ self.covariance @ step.T, self.through.n)

    def curve(self, rhos: Iterable[float]) -> pd.DataFrame:
        """What passes through, for several strengths of what nobody has seen.

        Parameters
        ----------
        rhos : iterable of float
            As for :meth:`at`.

        Returns
        -------
        DataFrame
            ``rho``, then the cells of an estimate.

        >>> taken, luck = np.repeat([1.0, 0.0], 40), np.tile([1.0, -1.0, 1.0, -1.0], 20)
        >>> found = mediation(taken, taken + luck, 2 * (taken + luck) + np.tile([1.0, 1.0, -1.0, -1.0], 20))
        >>> found.curve([-0.5, 0.0, 0.5])["estimate"].is_monotonic_decreasing
        True
        """
        import pandas as pd

        return pd.DataFrame([{"rho": float(rho), **self.at(rho).cells()} for rho in rhos])

    def table(self) -> pd.DataFrame:
        """The parts below one another.

        Returns
        -------
        DataFrame
            ``part`` (``total``, ``through``, ``direct``, ``naive``), then the cells of an estimate.

        >>> taken, luck = np.repeat([1.0, 0.0], 40), np.tile([1.0, -1.0, 1.0, -1.0], 20)
        >>> mediation(taken, taken + luck, luck + np.tile([1.0, 1.0, -1.0, -1.0], 20)).table()["part"].tolist()
        ['total', 'through', 'direct', 'naive']
        """
        import pandas as pd

        return pd.DataFrame([{"part": part, **getattr(self, part).cells()} for part in PARTS])


@dataclass(frozen=True)
class _Line:
    """A fitted line: slopes, how much each row pulls at each of them, and what is left."""

    slopes: Floats
    pulls: Floats
    left: Floats


def mediation(taken: Any, mediator: Any, outcome: Any, known: Any = None, account: Any = None) -> Mediation:
    """Take the effect of a programme apart into what passes through a mediator and what does not.

    Parameters
    ----------
    taken : ndarray of bool or float, shape (rows,)
        Who took part (or was invited), as a lot decided it.
    mediator, outcome : ndarray of float, shape (rows,)
        Missing in rows that are then left out.
    known : ndarray of float, shape (rows, columns), optional
        What moves both mediator and outcome.
    account : ndarray of int, shape (rows,), optional
        Which rows go together; without it each stands for itself.

    Returns
    -------
    Mediation
        Straight lines without an interaction of programme and mediator.

    Raises
    ------
    UsageError
        For too few rows, one arm alone, or a mediator or outcome that does not vary within the arms.

    Source: as for :class:`Mediation`.

    >>> taken, luck = np.repeat([1.0, 0.0], 40), np.tile([1.0, -1.0, 1.0, -1.0], 20)
    >>> found = mediation(taken, taken + luck, 2 * (taken + luck) + np.tile([1.0, 1.0, -1.0, -1.0], 20))
    >>> round(found.total.estimate, 6), round(found.passes.estimate, 6)
    (2.0, 2.0)
    """
    arm, between, result, others, cluster = _complete(taken, mediator, outcome, known, account)
    reduced, moved = _fit(result, arm, others), _fit(between, arm, others)
    _check_varies(between, moved.left, "mediator")
    _check_varies(result, reduced.left, "outcome")
    full, naive = _fit(result, arm, between, others), _fit(result, arm, between)
    step, pull = _step(full.left, moved.left)
    slopes = np.array([moved.slopes[0], full.slopes[1], step, reduced.slopes[0], full.slopes[0], naive.slopes[0]])
    first = [line.pulls[:, 0] for line in (reduced, full, naive)]
    covariance = _covariance([moved.pulls[:, 0], full.pulls[:, 1], pull, *first], cluster)
    errors = np.sqrt(np.diag(covariance))
    single = [normal(*one, len(arm), METHOD) for one in zip(slopes, errors, strict=True)]
    through = _product(slopes[:2], covariance[:2, :2], len(arm))
    return Mediation(
        moved=single[0],
        passes=single[1],
        total=single[3],
        through=through,
        direct=single[4],
        naive=single[5],
        rho=float(slopes[1] / math.hypot(slopes[1], step)),
        rho_limit=_rho_limit(single[0], slopes, covariance),
        e_value=_e_value(through, float(reduced.left.std())),
        slopes=slopes[:3],
        covariance=covariance[:3, :3],
    )


def _complete(taken: Any, mediator: Any, outcome: Any, known: Any, account: Any) -> tuple[Any, ...]:
    """The rows in which nothing is missing; refused where they cannot tell anything."""
    arm, between, result = (np.asarray(one, float) for one in (taken, mediator, outcome))
    others = np.zeros((len(arm), 0)) if known is None else np.asarray(known, float).reshape(len(arm), -1)
    cluster = np.arange(len(arm)) if account is None else np.asarray(account)
    whole = np.isfinite(np.column_stack([arm, between, result, others])).all(axis=1)
    if whole.sum() < LEAST + others.shape[1]:
        raise UsageError(Fault("impact.few_rows", {"n": int(whole.sum()), "least": LEAST + others.shape[1]}))
    if np.ptp(arm[whole]) == 0:
        raise UsageError(Fault("impact.one_arm", {"n": int(whole.sum())}))
    return arm[whole], between[whole], result[whole], others[whole], np.unique(cluster[whole], return_inverse=True)[1]


def _check_varies(column: Floats, left: Floats, name: str) -> None:
    """Refuse a column of which nothing is left once the arms and what is known are taken out."""
    if left.std() <= ALMOST * max(float(np.abs(column).max()), 1e-300):
        raise UsageError(Fault(f"impact.alike_{name}"))


def _fit(outcome: Floats, *parts: Floats) -> _Line:
    """A line by least squares with a constant."""
    columns = np.column_stack(parts)
    centred = columns - columns.mean(axis=0)
    inverse = np.linalg.pinv(centred.T @ centred, rcond=1e-10, hermitian=True)
    slopes = inverse @ (centred.T @ (outcome - outcome.mean()))
    left = outcome - outcome.mean() - centred @ slopes
    return _Line(slopes, (centred * left[:, None]) @ inverse, left)


def _step(outcome: Floats, mediator: Floats) -> tuple[float, Floats]:
    """By how much a tie of odds 1 between both makes the mediator's slope too large, and how each row pulls at it."""
    own, between = float((outcome**2).mean()), float((mediator**2).mean())
    step = math.sqrt(own / between)
    return step, step / 2 * ((outcome**2 - own) / own - (mediator**2 - between) / between) / len(outcome)


def _covariance(pulls: list[Floats], cluster: Any) -> Floats:
    """How far luck takes slopes, and which go together: pulls added up within the rows that belong together."""
    sums = np.column_stack([summed(cluster, column) for column in pulls])
    return np.asarray(sums.T @ sums * len(sums) / max(len(sums) - 1, 1))


def _odds(rho: float) -> float:
    """A correlation as the ratio of what is shared to what is not."""
    return rho / math.sqrt(1 - rho**2)


def _product(slopes: Floats, covariance: Floats, n: int) -> Estimate:
    """Two slopes multiplied, with limits that know how skewed a product is."""
    first, second = (float(one) for one in slopes)
    turned = np.array([second, first])
    error = math.sqrt(max(float(turned @ covariance @ turned), 0.0))
    root = np.linalg.cholesky(covariance + 1e-15 * np.trace(covariance) * np.eye(2))
    drawn = slopes + np.random.default_rng(SEED).standard_normal((DRAWS, 2)) @ root.T
    low, high = (float(one) for one in np.quantile(drawn.prod(axis=1), [0.025, 0.975]))
    return Estimate(first * second, low, high, n, PRODUCT, error)


def _rho_limit(moved: Estimate, slopes: Floats, covariance: Floats) -> float:
    """The weakest tie for which the limits of what passes through reach nothing."""
    slope, drop = float(slopes[1]), float(slopes[2])
    variance, shared, own = (float(covariance[pair]) for pair in ((1, 1), (1, 2), (2, 2)))
    if moved.low <= 0 <= moved.high or slope**2 <= Z95**2 * variance:
        return 0.0
    square, middle = drop**2 - Z95**2 * own, slope * drop - Z95**2 * shared
    inside = max(middle**2 - square * (slope**2 - Z95**2 * variance), 0.0)
    roots = [(middle + sign * math.sqrt(inside)) / square for sign in (-1, 1)]
    odds = min((root for root in roots if root * slope > 0), key=abs, default=math.inf)
    return odds / math.hypot(1, odds) if math.isfinite(odds) else math.copysign(1.0, slope)


def _e_value(through: Estimate, spread: float) -> Sensitivity:
    """How strong something unseen would have to be, as a ratio of chances."""
    near = 0.0 if through.low <= 0 <= through.high else min(through.low, through.high, key=abs)
    ratios = [math.exp(min(PER_SD * abs(one) / spread, math.log(MOST))) for one in (through.estimate, near)]
    return Sensitivity(MEDIATOR, *(one + math.sqrt(one * (one - 1)) for one in ratios))
