"""Adjusted effects: doubly robust, cross-fitted, of several arms, on all or on those who got it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.effect.balance import balance
from cslab.measure.effect.basis import basis
from cslab.measure.effect.finished import capped, finished, months
from cslab.measure.effect.overlap import alone, codes, fitted_chances, refuse_without
from cslab.measure.effect.scores import FLOOR, scores
from cslab.measure.effect.together import by_groups, clusters
from cslab.measure.effect.tried import NotComparable
from cslab.measure.estimate import Estimate, normal, unknown_choice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.effect.result import Effect
    from cslab.measure.effect.scores import Scores
    from cslab.measure.effect.trial import Trial

    Floats = NDArray[np.float64]

ALL, TREATED = "all", "treated"
FEWEST = 20
"""Customers that an arm must have."""


def aipw(trial: Trial, arms: tuple[str, str] | None = None, on: str = ALL, cap: float | None = None) -> Effect:
    """What one arm brings against another, adjusted for what was known: augmented inverse probability weighting.

    Right if either the model of who gets which arm or that of what becomes of them is. Chances, expectations and
    scores of each row come from models of the other rows. Rows that have next to no chance of one of the arms are left
    out and counted; where they are more than a tenth, the comparison is refused.

    Parameters
    ----------
    trial : Trial
        Of two arms or several; all its rows are the population.
    arms : tuple of str, optional
        Which, and against which; the last against the first where there are two.
    on : str
        ``"all"``: the mean effect over all rows; ``"treated"``: over those in the first arm.
    cap : float, optional
        A share (0-1): amounts beyond that quantile count as it does. For money, where a few giants decide.

    Returns
    -------
    Effect
        Limits from the influence of each account, or cluster.

    Raises
    ------
    UsageError
        Without common support, naming what could be compared; for an arm with fewer than 20 customers, or whose
        customers all had the same outcome; for covariates that are missing somewhere.

    Source: Robins, Rotnitzky and Zhao (1994), JASA 89:846; Chernozhukov et al. (2018), Econometrics Journal 21:C1;
    trimming by Crump et al. (2009), Biometrika 96:187, grade A. Survival: pseudo-observations, Andersen, Klein and
    Rosthøj (2003), Biometrika 90:15, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> draw = np.random.default_rng(1)
    >>> seen = pd.DataFrame({"arm": draw.integers(0, 2, 400), "size": draw.normal(size=400)})
    >>> seen["brought"] = 2.0 * seen["arm"] + seen["size"]
    >>> round(float(aipw(of_frame(seen, "arm", "brought", ["size"]))), 1)
    2.0
    """
    if on not in (ALL, TREATED):
        raise UsageError(unknown_choice("on", on, (ALL, TREATED)))
    pair = trial.pair(arms)
    trial = compared(trial, pair, on)
    places = trial.arms.index(pair[0]), trial.arms.index(pair[1])
    outcome, cluster = capped(months(trial), cap), clusters(trial)
    found = scores(basis(trial), codes(trial), outcome, len(trial.arms), cluster)
    pulls, weight = _on_treated(found, places) if on == TREATED else _on_all(found, places)
    mean = averaged(pulls, cluster, f"aipw_{on}")
    treated = found.weight[:, places[0]] > 0
    return finished(
        trial,
        pair,
        mean,
        balance(trial, pair, weight),
        outcome,
        identification="adjusted",
        on=on,
        cap=cap,
        base=outcome[treated].mean() - mean.estimate if on == TREATED else float(found.value[:, places[1]].mean()),
    )


def compared(trial: Trial, pair: tuple[str, str], on: str = ALL) -> Trial:
    """The rows that have a counterpart in both arms, once it is clear that most have.

    Parameters
    ----------
    trial : Trial
    pair : tuple of str
    on : str
        As for :func:`aipw`: of the effect on the treated only they need a counterpart.

    Returns
    -------
    Trial

    Raises
    ------
    UsageError
        For an arm with too few customers or with one outcome for all of them, or without common support.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"ab"] * 20, "y": np.arange(40) // 4 % 2, "size": np.arange(40) // 2})
    >>> len(compared(of_frame(seen, "arm", "y", ["size"]), ("b", "a")).rows)
    40
    """
    if faults := [fault for arm in pair for fault in _too_little(trial, arm)]:
        raise NotComparable(*faults)
    chance = fitted_chances(trial)
    asked = (trial.rows["arm"] == pair[0]).to_numpy() if on == TREATED else np.ones(len(chance), bool)
    refuse_without(trial, pair, chance, asked)
    lonely = asked & alone(chance, (trial.arms.index(pair[0]), trial.arms.index(pair[1])))
    return trial.among(~lonely, "no_counterpart") if lonely.any() else trial


def _too_little(trial: Trial, arm: str) -> list[Fault]:
    """What keeps an arm from being adjusted: too few customers, or the same outcome for all, which has no spread."""
    rows = trial.rows[trial.rows["arm"] == arm]
    if len(rows) < FEWEST:
        return [Fault("effect.few", {"arm": arm, "count": len(rows), "least": FEWEST})]
    if rows["event" if trial.survival else "outcome"].nunique() < 2:
        return [Fault("effect.arm_alike", {"arm": arm, "count": len(rows)})]
    return []


def averaged(pulls: Floats, cluster: Any, method: str) -> Estimate:
    """The mean of scores, with the error that comes from which accounts, or clusters, they happen to be.

    Parameters
    ----------
    pulls : ndarray of float, shape (rows,)
    cluster : ndarray of int, shape (rows,), optional
    method : str

    Returns
    -------
    Estimate

    >>> averaged(np.array([1.0, 3.0]), None, "aipw_all").estimate
    2.0
    """
    n, mean = len(pulls), float(pulls.mean())
    apart = pulls - mean if cluster is None else summed(np.unique(cluster, return_inverse=True)[1], pulls - mean)
    groups = len(apart)
    error = float(np.sqrt((apart**2).sum() * groups / max(groups - 1, 1))) / n if groups > 1 else np.nan
    found = normal(mean, error, n, method)
    return found if cluster is None else by_groups(found, groups - 1)


def _on_all(found: Scores, places: tuple[int, int]) -> tuple[Floats, Floats]:
    """The scores of both arms' difference, and the weight of each row."""
    value = found.value
    return value[:, places[0]] - value[:, places[1]], found.weight.sum(axis=1)


def _on_treated(found: Scores, places: tuple[int, int]) -> tuple[Floats, Floats]:
    """The same for those in the first arm: the others are weighted to look like them."""
    inside = found.weight[:, places[0]] > 0
    odds = found.chance[:, places[0]] / np.maximum(found.chance[:, places[1]], FLOOR)
    others = np.where(found.weight[:, places[1]] > 0, odds, 0.0)
    apart = found.outcome - found.expected[:, places[1]]
    sides = [(weight / weight.mean(), float((weight * apart).sum() / weight.sum())) for weight in (inside, others)]
    pulls = [weight * (apart - mean) + mean for weight, mean in sides]
    return pulls[0] - pulls[1], np.where(inside, 1.0, others)
