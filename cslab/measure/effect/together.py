"""Rows that go together, such as all customers of one CSM: what varies is how many such groups there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError
from cslab.measure.effect.tried import NotComparable

if TYPE_CHECKING:
    from cslab.measure.effect.trial import Trial
    from cslab.measure.estimate import Estimate

LEAST = 2
"""Groups that an arm must stand in: of one alone nobody sees how much groups vary."""


def clusters(trial: Trial) -> Any:
    """Which rows go together; None where each stands for itself.

    Parameters
    ----------
    trial : Trial

    Returns
    -------
    ndarray of int, shape (rows,), or None

    Raises
    ------
    UsageError
        Where the column is empty for some, or all customers of an arm are of one group.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> clusters(of_frame(pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])) is None
    True
    """
    import pandas as pd

    if not trial.cluster:
        return None
    groups, name = trial.rows[trial.cluster], trial.cluster
    if empty := int(groups.isna().sum()):
        raise NotComparable(Fault("effect.cluster_gaps", {"name": name, "count": empty, "n": len(groups)}))
    counts = groups.groupby(trial.rows["arm"]).nunique()
    if alone := [str(arm) for arm, count in counts.items() if count < LEAST]:
        raise NotComparable(*(Fault("effect.one_cluster", {"name": name, "arm": arm}) for arm in alone))
    return pd.factorize(groups)[0]


def refuse_clusters(trial: Trial, way: str) -> None:
    """Refuse groups where a way of telling an effect cannot count them.

    Parameters
    ----------
    trial : Trial
    way : str
        The function.

    Raises
    ------
    UsageError

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> trial = of_frame(pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])
    >>> refuse_clusters(trial, "regression_discontinuity")
    """
    if trial.cluster:
        raise UsageError(Fault("effect.no_clusters", {"name": trial.cluster, "way": way}))


def by_groups(found: Estimate, freedom: int) -> Estimate:
    """The same estimate with limits that know how few groups there are.

    Parameters
    ----------
    found : Estimate
        With the error that groups make.
    freedom : int
        Groups less what was estimated of them.

    Returns
    -------
    Estimate
        With limits of Student's t.

    Source: Cameron and Miller (2015), Journal of Human Resources 50:317, grade A.

    >>> from cslab.measure.estimate import normal
    >>> round(by_groups(normal(0.0, 1.0, 40, "mean"), 6).high, 2)
    2.45
    """
    from scipy.stats import t

    width = float(t.ppf(0.975, max(freedom, 1))) * found.std_error
    return replace(found, low=found.estimate - width, high=found.estimate + width)
