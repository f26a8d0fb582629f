"""A trial made ready to learn from: who could have been in every arm, and money in a unit that giants do not rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.basis import basis
from cslab.measure.effect.finished import months
from cslab.measure.effect.outcomes import NET_VALUE, VALUE
from cslab.measure.effect.overlap import alone, codes, fitted_chances, refuse_without
from cslab.measure.effect.scores import Scores, scores
from cslab.measure.effect.together import clusters

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.effect.trial import Trial


def judged(trial: Trial) -> tuple[Trial, Scores]:
    """The customers who could have been in every arm, and what each would have brought in each.

    Parameters
    ----------
    trial : Trial

    Returns
    -------
    tuple of Trial and Scores
        Who has next to no chance of an arm is left out and counted.

    Raises
    ------
    UsageError
        As ``effect.aipw``, for each arm against the first.

    >>> import cslab
    >>> from cslab.measure import effect
    >>> seen = effect.trial(cslab.load("synthetic:rct?accounts=400"), horizon=12, covariates=["trial_usage"])
    >>> kept, found = judged(seen)
    >>> found.value.shape == (len(kept.rows), 3)
    True
    """
    chance = fitted_chances(trial)
    for arm in trial.arms[1:]:
        refuse_without(trial, (arm, trial.arms[0]), chance)
    lonely = np.any([alone(chance, (place, 0)) for place in range(1, len(trial.arms))], axis=0)
    trial = trial.among(~lonely, "no_counterpart") if lonely.any() else trial
    return trial, scores(basis(trial), codes(trial), months(trial), len(trial.arms), clusters(trial))


def in_months(trial: Trial, mrr: str = "mrr0_amount") -> Trial:
    """A trial whose money counts in months of what the customer pays at time zero.

    In currency a few giants decide everything; in months of their MRR customers of every size teach the same lesson.

    Parameters
    ----------
    trial : Trial
        With an outcome in money.
    mrr : str
        The covariate that holds the logarithm of MRR.

    Returns
    -------
    Trial

    Raises
    ------
    UsageError
        Where that is not among the covariates, or the outcome is no money.

    >>> import cslab
    >>> from cslab.measure import effect
    >>> seen = effect.trial(cslab.load("synthetic:tiny"), outcome="value", horizon=12, covariates=["mrr0_amount"])
    >>> bool(in_months(seen).rows["outcome"].max() < 100)
    True
    """
    if trial.outcome not in (VALUE, NET_VALUE):
        raise UsageError(Fault("effect.not_money", {"outcome": trial.outcome}))
    if mrr not in trial.covariates:
        values = {"name": mrr, "known": ", ".join(trial.covariates) or "-"}
        raise UsageError(Fault("effect.frame_lacks", values))
    months: pd.Series = trial.rows["outcome"] / np.exp(trial.rows[mrr].astype(float))
    said = replace(trial.estimand, key="estimand.months_of_mrr")
    return replace(trial, rows=trial.rows.assign(outcome=months), estimand=said)
