"""An experiment: where a lot decided, the plain difference is the effect; what was known before only makes it surer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.balance import balance
from cslab.measure.effect.basis import covariates
from cslab.measure.effect.finished import finished, months
from cslab.measure.effect.sides import apart
from cslab.measure.effect.together import by_groups, clusters
from cslab.measure.effect.tried import NotComparable
from cslab.measure.landmark.encoding import encoding
from cslab.measure.onboarding.adjustment import least_squares

if TYPE_CHECKING:
    from cslab.measure.effect.result import Effect
    from cslab.measure.effect.trial import Trial
    from cslab.measure.estimate import Estimate

ADJUSTED = "difference_adjusted"
PER_COLUMN = 3
"""Customers of the smaller arm for each column that is adjusted for."""


def experiment(trial: Trial, arms: tuple[str, str] | None = None, adjusted: bool = False) -> Effect:
    """The difference between two arms that a lot made.

    Parameters
    ----------
    trial : Trial
        Its arms drawn by lot; this function cannot know whether they were.
    arms : tuple of str, optional
        Which, and against which; has to be said where there are more than two.
    adjusted : bool
        Take out what the trial's covariates explain. It changes what is estimated in nothing, and makes the limits
        narrower where they tell much of the outcome.

    Returns
    -------
    Effect
        Of shares with limits for few customers and shares near 0 or 1; of amounts with those of two unequal spreads.

    Raises
    ------
    UsageError
        For an arm that nobody is in or fewer than two customers in one; adjusted, for covariates that are missing
        somewhere or too many for so few customers.

    Source: Neyman (1923); Newcombe (1998), Statistics in Medicine 17:873; adjusted: Lin (2013), Annals of Applied
    Statistics 7:295, known as CUPED where what is adjusted for is the outcome before, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> rows = pd.DataFrame({"got": [1] * 4 + [0] * 4, "stayed": [1, 1, 1, 0, 1, 0, 0, 0], "size": range(8)})
    >>> experiment(of_frame(rows, "got", "stayed", ["size"])).estimate
    0.5
    """
    pair = trial.pair(arms)
    both = trial.between(*pair)
    outcome, treated, cluster = months(both), (both.rows["arm"] == pair[0]).to_numpy(), clusters(both)
    found = apart(outcome, treated, pair, cluster)
    found = _adjusted(both, outcome, treated, cluster) if adjusted else found
    differing = balance(both, pair, np.ones(len(outcome))) if both.covariates else None
    return finished(both, pair, found, differing, outcome, "lot")


def _adjusted(trial: Trial, outcome: Any, treated: Any, cluster: Any) -> Estimate:
    """The difference less what covariates explain, each arm with slopes of its own."""
    known = columns(trial)
    smaller = int(min(treated.sum(), (~treated).sum()))
    if smaller < PER_COLUMN * known.shape[1]:
        values = {"columns": known.shape[1], "customers": smaller, "least": PER_COLUMN * known.shape[1]}
        raise NotComparable(Fault("effect.many_columns", values))
    arm = treated[:, None].astype(float)
    fit = least_squares(outcome, np.hstack([arm, known, arm * known]), cluster)
    found = fit.slope(0, ADJUSTED)
    return found if cluster is None else by_groups(found, fit.n - 2)


def columns(trial: Trial) -> Any:
    """What was known before, as columns of numbers with mean 0.

    Parameters
    ----------
    trial : Trial

    Returns
    -------
    ndarray of float, shape (rows, columns)

    Raises
    ------
    UsageError
        Where nothing was known, or it is missing for some.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> columns(of_frame(pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])).tolist()
    [[-1.0], [1.0]]
    """
    told = covariates(trial)
    told = told.astype({name: float for name in told if told[name].dtype.kind == "b"})
    return encoding(told).matrix(told)
