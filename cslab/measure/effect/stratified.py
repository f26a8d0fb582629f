"""Like with like: the difference within strata, put together by how many customers each stratum holds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.clusters import summed
from cslab.measure.effect.balance import balance
from cslab.measure.effect.basis import covariates
from cslab.measure.effect.finished import capped, finished, months
from cslab.measure.effect.together import by_groups, clusters
from cslab.measure.effect.tried import NotComparable
from cslab.measure.estimate import Estimate, normal
from cslab.measure.signed import AMOUNTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.effect.result import Effect
    from cslab.measure.effect.trial import Trial

    Floats = NDArray[np.float64]

METHOD = "within_strata"
BANDS = 5
"""Into so many bands a number is cut: five take away about nine tenths of what it does."""

FEWEST = 2


def stratified(
    trial: Trial, arms: tuple[str, str] | None = None, by: Sequence[str] | None = None, cap: float | None = None
) -> Effect:
    """The mean difference between two arms within strata of what was known.

    Parameters
    ----------
    trial : Trial
    arms : tuple of str, optional
        Which, and against which; the last against the first where there are two.
    by : sequence of str, optional
        Covariates whose combinations are the strata, numbers in fifths; all of the trial's, where not given.
    cap : float, optional
        As for ``aipw``.

    Returns
    -------
    Effect
        Over the customers of both arms; normal limits, with groups that go together Student's t by their number.

    Raises
    ------
    UsageError
        Where all customers of a stratum are in one arm, or all but one: naming the strata; where
        outcomes differ in none.

    Source: Cochran (1968), Biometrics 24:295, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"aabb"] * 2, "y": [-1.0, 1, 0, 2, 4, 6, 7, 9], "plan": [*"xxxxyyyy"]})
    >>> float(stratified(of_frame(seen, "arm", "y", ["plan"])))
    2.0
    """
    pair = trial.pair(arms)
    trial = trial.between(*pair)
    names = [*(trial.covariates if by is None else by)]
    strata = _strata(trial, names)
    outcome = capped(months(trial), cap)
    inside = (trial.rows["arm"] == pair[0]).to_numpy()
    _refuse_one_sided(trial, pair, strata, inside)
    weight = _weights(strata.to_numpy(), inside)
    found = _within(outcome, strata.to_numpy(), inside, clusters(trial))
    base = float(np.average(outcome[~inside], weights=weight[~inside]))
    return finished(trial, pair, found, balance(trial, pair, weight), outcome, "adjusted", cap=cap, base=base)


def _strata(trial: Trial, names: Sequence[str]) -> pd.Series:
    """The stratum of each row in words: each covariate with its level or band, amounts as they were before the log."""
    import pandas as pd

    told = covariates(trial)
    if strange := [name for name in names if name not in told]:
        there = [str(name) for name in told]
        values = {"known": ", ".join(there)}
        faults = (Fault("design.unknown", {"name": one, "near": nearest(one, there), **values}) for one in strange)
        raise UsageError(*faults)
    if not names:
        raise NotComparable(Fault("effect.no_covariates"))
    told = told.assign(**{name: np.exp(told[name]).round() for name in told if name in AMOUNTS and trial.horizon})
    parts = [_banded(told[name]).map(lambda level, name=name: f"{name} {level}") for name in names]
    return pd.Series([", ".join(row) for row in zip(*parts, strict=True)], index=told.index)


def _banded(values: pd.Series) -> pd.Series:
    """Numbers with many values in fifths, the rest as it is."""
    import pandas as pd

    if values.dtype.kind in "fiu" and values.nunique() > BANDS:
        return pd.qcut(values, BANDS, duplicates="drop").astype(str)
    return values.astype(str)


def _refuse_one_sided(trial: Trial, pair: tuple[str, str], strata: pd.Series, inside: NDArray[np.bool_]) -> None:
    """Refuse strata in which an arm has fewer than two customers."""
    counts = {
        str(name): (int(inside[rows].sum()), int((~inside[rows]).sum()))
        for name, rows in trial.rows.groupby(strata.to_numpy()).indices.items()
    }
    wrong = [(name, *both) for name, both in counts.items() if min(both) < FEWEST]
    if not wrong:
        return
    lines = [f"    {name}: {pair[0]} {here}, {pair[1]} {there}" for name, here, there in wrong[:8]]
    values = {"count": len(wrong), "strata": len(counts), "lines": "\n".join(lines), "least": FEWEST}
    customers = sum(here + there for _, here, there in wrong)
    raise NotComparable(Fault("effect.one_sided", {**values, "customers": customers, "n": len(trial.rows)}))


def _weights(strata: NDArray[np.object_], inside: NDArray[np.bool_]) -> Floats:
    """What each row counts: so that each arm of a stratum stands for all of it."""
    found = np.empty(len(strata))
    for name in np.unique(strata):
        rows = strata == name
        for side in (inside, ~inside):
            found[rows & side] = rows.sum() / (rows & side).sum()
    return found


def _within(outcome: Floats, strata: NDArray[np.object_], inside: NDArray[np.bool_], cluster: Any) -> Estimate:
    """The weighted mean of the differences within strata."""
    gap, pulls = 0.0, np.zeros(len(outcome))
    for name in np.unique(strata):
        rows = strata == name
        for sign, side in ((1.0, rows & inside), (-1.0, rows & ~inside)):
            count, mean = int(side.sum()), float(outcome[side].mean())
            own = math.sqrt(count / (count - 1)) if cluster is None else 1.0
            gap += sign * rows.mean() * mean
            pulls[side] = sign * rows.mean() * own * (outcome[side] - mean) / count
    if not pulls.any():
        raise NotComparable(Fault("effect.no_spread", {"n": len(outcome)}))
    if cluster is None:
        return normal(gap, math.sqrt(float((pulls**2).sum())), len(outcome), METHOD)
    groups = summed(cluster, pulls)
    error = math.sqrt(float((groups**2).sum()) * len(groups) / (len(groups) - 1))
    return by_groups(normal(gap, error, len(outcome), METHOD), len(groups) - 2)
