"""Weighting: each customer counts for as many as were like it, whichever arm they got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.effect.balance import balance
from cslab.measure.effect.basis import basis
from cslab.measure.effect.doubly_robust import averaged, compared
from cslab.measure.effect.finished import capped, finished, months
from cslab.measure.effect.overlap import codes, fitted_chances
from cslab.measure.effect.scores import weights
from cslab.measure.effect.together import clusters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.effect.result import Effect
    from cslab.measure.effect.trial import Trial

    Floats = NDArray[np.float64]

METHOD = "weighted"


def ipw(trial: Trial, arms: tuple[str, str] | None = None, cap: float | None = None) -> Effect:
    """What one arm brings against another, customers weighted by one over their chance of the arm they are in.

    The weights of each arm are scaled to the same sum, so that no single rare customer can run away with the mean.

    Parameters
    ----------
    trial : Trial
        Of two arms or several; all its rows are the population.
    arms : tuple of str, optional
        Which, and against which; the last against the first where there are two.
    cap : float, optional
        As for ``aipw``.

    Returns
    -------
    Effect
        Limits from the influence of each account, or cluster, that of the fitted chances taken out.

    Raises
    ------
    UsageError
        As ``aipw``.

    Source: Hirano, Imbens and Ridder (2003), Econometrica 71:1161; Lunceford and Davidian (2004), Statistics in
    Medicine 23:2937, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> draw = np.random.default_rng(1)
    >>> seen = pd.DataFrame({"arm": draw.integers(0, 2, 400), "size": draw.normal(size=400)})
    >>> seen["brought"] = 2.0 * seen["arm"] + seen["size"]
    >>> round(float(ipw(of_frame(seen, "arm", "brought", ["size"]))), 1)
    2.0
    """
    pair = trial.pair(arms)
    trial = compared(trial, pair)
    columns, arm = basis(trial), codes(trial)
    chance = fitted_chances(trial)
    weight = weights(chance, arm)
    outcome = capped(months(trial), cap)
    sides = [weight[:, trial.arms.index(one)] for one in pair]
    pulls = sum(sign * _pulls(side, outcome) for sign, side in zip((1.0, -1.0), sides, strict=True))
    pulls = _without_fit(np.asarray(pulls), columns, chance, arm)
    found = averaged(pulls, clusters(trial), METHOD)
    base = float(np.average(outcome, weights=sides[1]))
    return finished(
        trial, pair, found, balance(trial, pair, weight.sum(axis=1)), outcome, "adjusted", cap=cap, base=base
    )


def _pulls(weight: Floats, outcome: Floats) -> Floats:
    """How each row moves the weighted mean of an arm; their mean is that mean."""
    mean = float((weight * outcome).sum() / weight.sum())
    return np.asarray(mean + weight / weight.mean() * (outcome - mean))


def _without_fit(pulls: Floats, columns: Floats, chance: Floats, arm: Any) -> Floats:
    """The pulls without what the fitting of the chances takes out of them: the part that its own scores explain."""
    apart = (np.arange(chance.shape[1]) == arm[:, None]).astype(float) - chance
    wide = np.column_stack([np.ones(len(columns)), columns])
    scores = np.hstack([wide * apart[:, [place]] for place in range(1, chance.shape[1])])
    mean = pulls.mean()
    slopes, _, rank, _ = np.linalg.lstsq(scores, pulls - mean, rcond=1e-8)
    left = (pulls - mean - scores @ slopes) * np.sqrt(len(pulls) / max(len(pulls) - int(rank), 1))
    return np.asarray(mean + left - left.mean())
