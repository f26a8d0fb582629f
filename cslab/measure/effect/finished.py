"""From an estimate to an effect: what it is of, who was in it, and what would take it away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.overlap import support
from cslab.measure.effect.pseudo import pseudo_months
from cslab.measure.effect.result import Effect, Said
from cslab.measure.effect.sensitivity import sensitivity

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.effect.trial import Trial
    from cslab.measure.estimate import Estimate

    Floats = NDArray[np.float64]


def months(trial: Trial) -> Floats:
    """The outcome of each row as a number whose mean counts: months that may not be over as pseudo-observations.

    Parameters
    ----------
    trial : Trial

    Returns
    -------
    ndarray of float, shape (rows,)

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> months(of_frame(pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])).tolist()
    [1.0, 0.0]
    """
    rows = trial.rows
    if not trial.survival:
        return rows["outcome"].to_numpy(float)
    found = np.empty(len(rows))
    for arm in trial.arms:
        inside = (rows["arm"] == arm).to_numpy()
        part = rows[inside]
        found[inside] = pseudo_months(part["duration"].to_numpy(), part["event"].to_numpy(bool), trial.horizon, arm)
    return found


def capped(outcome: Floats, cap: float | None) -> Floats:
    """Outcomes of which those beyond a quantile count as it does.

    Parameters
    ----------
    outcome : ndarray of float, shape (rows,)
    cap : float or None
        A share, above 0.5.

    Raises
    ------
    UsageError
        For what is no such share.

    >>> capped(np.array([0.0, 1.0, 2.0, 3.0, 100.0]), 0.75).tolist()
    [0.0, 1.0, 2.0, 3.0, 3.0]
    """
    if cap is None:
        return outcome
    if not 0.5 < cap < 1:
        raise UsageError(Fault("effect.cap", {"value": cap}))
    return np.asarray(np.minimum(outcome, np.quantile(outcome, cap)))


def finished(
    trial: Trial,
    arms: tuple[str, str],
    found: Estimate,
    apart: pd.DataFrame | None,
    outcome: Floats,
    identification: str,
    on: str = "all",
    cap: float | None = None,
    base: float | None = None,
) -> Effect:
    """An effect out of an estimate.

    Parameters
    ----------
    trial : Trial
        Whose rows the estimate rests on.
    arms : tuple of str
    found : Estimate
    apart : DataFrame or None
        The balance.
    outcome : ndarray of float, shape (rows,)
    identification : str
        ``"nothing"``, ``"adjusted"`` or ``"lot"``.
    on : str
        ``"all"`` or ``"treated"``.
    cap : float, optional
        At which quantile amounts were capped.
    base : float, optional
        The adjusted mean of the other arm; its plain mean, where nothing was adjusted.

    Returns
    -------
    Effect

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> from cslab.measure.estimate import Estimate
    >>> trial = of_frame(pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])
    >>> one = finished(trial, ("b", "a"), Estimate(-1.0, -2.0, 0.0, 2, "naive"), None, np.ones(2), "nothing")
    >>> one.estimand.text("en")
    'Mean of y: b less a'
    """
    pair = {"arm": arms[0], "against": arms[1]}
    capped_at = float(outcome.max()) if cap else 0.0
    estimand = Said(f"{trial.estimand.key}{'_capped' if cap else ''}", {**trial.estimand.values, **pair})
    if cap:
        estimand.values["cap"] = capped_at  # type: ignore[index]
    treated = int((trial.rows["arm"] == arms[0]).sum())
    population = trial.population if on == "all" else Said("population.treated", {"n": treated, "arm": arms[0]})
    plain = float(outcome[(trial.rows["arm"] == arms[1]).to_numpy()].mean())
    share = set(np.unique(outcome)) <= {0.0, 1.0}
    return Effect.of(
        found,
        estimand=estimand,
        population=population,
        identification=Said(_has_to_be_true(trial, identification), {"covariates": trial.covariates}),
        arms=arms,
        counts=counted(trial, outcome),
        overlap=support(trial) if apart is not None else None,
        balance=apart,
        sensitivity=sensitivity(found, (plain if base is None else base) if share else None),
        left_out=trial.left_out,
    )


def _has_to_be_true(trial: Trial, identification: str) -> str:
    """The key of what has to be true; of months, how long customers were watched may not go with who they are."""
    watched = "_watched" if trial.survival and identification == "adjusted" else ""
    return f"identification.{identification}{watched}"


def counted(trial: Trial, outcome: Any) -> pd.DataFrame:
    """Customers and mean outcome of each arm.

    Parameters
    ----------
    trial : Trial
    outcome : ndarray of float, shape (rows,)

    Returns
    -------
    DataFrame
        ``arm``, ``customers``, ``mean``; of months ``events`` (departures seen) too.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> trial = of_frame(pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])
    >>> counted(trial, np.array([1.0, 0.0])).values.tolist()
    [['a', 1, 1.0], ['b', 1, 0.0]]
    """
    found = replace(trial, rows=trial.rows.assign(outcome=outcome)).counts
    if trial.survival:
        found["events"] = trial.rows.groupby("arm", observed=True)["event"].sum().reindex([*trial.arms]).to_numpy()
    return found
