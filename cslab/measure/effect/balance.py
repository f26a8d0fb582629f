"""How far arms are apart in what was known of them, before and after adjustment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.effect.basis import covariates
from cslab.measure.landmark.encoding import encoding

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.effect.trial import Trial

APART = 0.1
"""Standard deviations from which arms are said to differ."""


def balance(trial: Trial, arms: tuple[str, str], weight: Any) -> pd.DataFrame:
    """Standardised differences of means between two arms.

    Parameters
    ----------
    trial : Trial
    arms : tuple of str
        Which, and against which.
    weight : ndarray of float, shape (rows,)
        Of each row after adjustment.

    Returns
    -------
    DataFrame
        A row a covariate or level: ``covariate``, ``level``, ``before``, ``after``, in standard deviations (of both
        arms before adjustment), those furthest apart before first. Differences beyond 0.1 are usually called large.

    Source: Austin (2009), Statistics in Medicine 28:3083, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"aabb"], "y": [1, 0, 1, 1], "size": [1.0, 2.0, 1.0, 4.0]})
    >>> balance(of_frame(seen, "arm", "y", ["size"]), ("b", "a"), np.ones(4))["before"].round(2).tolist()
    [0.63]
    """
    import pandas as pd

    told = covariates(trial)
    told = told.astype({name: float for name in told if told[name].dtype.kind == "b"})
    coded = encoding(told)
    columns = coded.matrix(told)
    sides = [(trial.rows["arm"] == arm).to_numpy() for arm in arms]
    spread = np.sqrt(np.mean([columns[side].var(axis=0, ddof=1) for side in sides], axis=0))
    spread = np.where(spread > 0, spread, 1.0)
    gaps = {
        name: (_mean(columns, sides[0], each) - _mean(columns, sides[1], each)) / spread
        for name, each in (("before", np.ones(len(columns))), ("after", np.asarray(weight, float)))
    }
    found = pd.DataFrame(coded.names, columns=["covariate", "level"]).assign(**gaps)
    order = found["before"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)


def _mean(columns: Any, side: Any, weight: Any) -> Any:
    """The weighted mean of each column on one side."""
    return (columns[side] * weight[side, None]).sum(axis=0) / weight[side].sum()
