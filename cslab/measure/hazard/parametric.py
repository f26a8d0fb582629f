"""Accelerated failure time: one smooth curve in the place of the records, which cannot follow contracts.

For the contrast: a Weibull or log-normal curve rises and falls slowly, so the cliff at a contract's end is spread over
the months around it. Good for the mean of many years, not for any month's forecast.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95, unknown_choice
from cslab.measure.hazard.design import Coding, design
from cslab.measure.hazard.enough import few, too_few
from cslab.measure.hazard.slopes import RUNAWAY
from cslab.measure.hazard.strata import accounts
from cslab.measure.risk import checked
from cslab.measure.survival import kaplan_meier

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Shape = Literal["weibull", "lognormal"]
SHAPES: tuple[Shape, ...] = ("weibull", "lognormal")
STEP = 1e-5


@dataclass(frozen=True)
class ParametricFit:
    """A fitted smooth curve.

    Parameters
    ----------
    table : DataFrame
        A row a column of the model, as ``CoxFit.table``: ``estimate`` is the logarithm of the ratio of times, above 0
        where customers stay longer. Empty without covariates.
    shape : str
    slopes, covariance : ndarray of float
        Of the scaled columns, then the constant, then the logarithm of the shape.
    mixed : ndarray of float, shape (customers, columns)
        Those whose mean the curve is, one row each of those alike.
    weight : ndarray of float, shape (customers,)
    n, events : int
        Accounts, and departures.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3, 5], "event": [True, True, False, True, False]})
    >>> parametric(seen).shape
    'weibull'
    """

    table: pd.DataFrame
    shape: Shape
    slopes: Floats
    covariance: Floats
    mixed: Floats
    weight: Floats
    n: int
    events: int

    @property
    def notes(self) -> tuple[Note, ...]:
        """What limits are worth, for showing."""
        return tuple(few(self.events, len(self.slopes)))

    def curve(self, times: Sequence[float]) -> pd.DataFrame:
        """The share still a customer at some times, as a mean over all customers.

        Parameters
        ----------
        times : sequence of float

        Returns
        -------
        DataFrame
            ``time``, ``estimate``, ``low``, ``high`` (delta method), ``n``, ``method``.

        >>> import pandas as pd
        >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3, 5], "event": [True, True, False, True, False]})
        >>> parametric(seen).curve([0, 3])["estimate"].round(2).tolist()
        [1.0, 0.51]
        """
        import pandas as pd

        wanted = np.asarray(times, float)
        here = self._staying(self.slopes, wanted)
        nudged = self.slopes + STEP * np.eye(len(self.slopes))
        slope = np.array([self._staying(one, wanted) - here for one in nudged]) / STEP
        error = np.sqrt(np.einsum("it,ij,jt->t", slope, self.covariance, slope).clip(0))
        limits = {"low": (here - Z95 * error).clip(0), "high": (here + Z95 * error).clip(max=1)}
        numbers = {"time": times, "estimate": here, **limits, "n": self.n}
        return pd.DataFrame(numbers).assign(method=f"aft_{self.shape}")

    def _staying(self, slopes: Floats, times: Floats) -> Floats:
        """The mean curve at some slopes."""
        from scipy.special import ndtr

        place, shape = self.mixed @ slopes[:-2] + slopes[-2], np.exp(slopes[-1])
        with np.errstate(divide="ignore"):
            ahead = np.log(times) - place[:, None]
        stay = np.exp(-np.exp(shape * ahead)) if self.shape == "weibull" else ndtr(-ahead / shape)
        return np.asarray(self.weight @ stay / self.weight.sum())


def parametric(frame: pd.DataFrame, covariates: Sequence[str] = (), shape: Shape = "weibull") -> ParametricFit:
    """Fit a smooth curve of times as a customer, those seen late counting from then on.

    Parameters
    ----------
    frame : DataFrame
        As for ``cox``.
    covariates : sequence of str
        Columns, or ``log(column)``; each makes every time longer or shorter by a factor.
    shape : str
        ``"weibull"`` or ``"lognormal"``.

    Returns
    -------
    ParametricFit

    Raises
    ------
    UsageError
        As ``cox``; for an unknown shape, when all who left did so at one time after which nobody was watched, and where
        the curve cannot be fitted.

    Source: Kalbfleisch and Prentice (2002), chapter 3, grade A; by lifelines, equal to R's ``survreg``.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3, 5], "event": [True, True, False, True, False]})
    >>> parametric(seen, shape="lognormal").events
    3
    """
    if shape not in SHAPES:
        raise UsageError(unknown_choice("shape", shape, SHAPES))
    entry, stop, event = checked(frame)
    made = design(frame, covariates) if covariates else None
    kept = np.ones(len(frame), bool) if made is None else made.kept
    matrix: NDArray[Any] = np.empty((len(frame), 0)) if made is None else made.matrix
    width, coding = matrix.shape[1], Coding(()) if made is None else made.coding
    n, events = accounts(frame, kept), int(event[kept].sum())
    _check_enough(stop[kept], event[kept], width + 2)
    rows = _gathered(matrix, entry[kept], stop[kept], event[kept])
    slopes, covariance = _fitted(rows, width, shape, ", ".join(covariates))
    _check_end(slopes[:width], covariance, matrix, coding)
    facts = {"n": n, "events": events, "method": f"aft_{shape}"}
    table = coding.table(slopes[:width], covariance[:width, :width], **facts)
    mixed, weight = rows.iloc[:, :width].to_numpy(float), rows["weight"].to_numpy(float)
    return ParametricFit(table, shape, slopes, covariance, mixed, weight, n, events)


def _check_enough(stop: NDArray[Any], event: NDArray[np.bool_], columns: int) -> None:
    """Refuse too few departures, and departures at a single time that is the last one."""
    events = int(event.sum())
    if events < 2:
        raise UsageError(Fault("one_left") if events else Fault("nobody_left"))
    faults = too_few(events, columns)
    if stop[event].min() == stop.max():
        faults.append(Fault("aft.one_time", {"events": events, "time": float(stop.max())}))
    if faults:
        raise UsageError(*faults)


def _check_end(slopes: Floats, covariance: Floats, matrix: NDArray[Any], coding: Coding) -> None:
    """Refuse slopes that have run away, as of a value with which nobody left."""
    if not len(slopes):
        return
    error, ranges = np.sqrt(np.diag(covariance)[: len(slopes)]), np.ptp(matrix, axis=0)
    lost = np.maximum(np.abs(slopes), error) * ranges > RUNAWAY
    if lost.any():
        names = dict.fromkeys(name for (name, _), one in zip(coding.columns, lost, strict=True) if one)
        raise UsageError(Fault("hazard.runaway", {"columns": ", ".join(names)}))


def smoothed(frame: pd.DataFrame, horizon: int, shapes: Sequence[Shape] = SHAPES) -> dict[str, pd.DataFrame]:
    """The curve as it was, beside what smooth models make of it: the cliff erased.

    Parameters
    ----------
    frame : DataFrame
        As for ``kaplan_meier``, in months.
    horizon : int
        Last month.
    shapes : sequence of str
        As for ``parametric``.

    Returns
    -------
    dict of str to DataFrame
        ``as_recorded`` (as ``kaplan_meier``), then ``aft_weibull`` … (as ``ParametricFit.curve``), to the horizon:
        ``figures.survival.curves`` draws them.

    Raises
    ------
    UsageError
        As ``parametric``; for a horizon past the last time that anybody was watched.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3, 5], "event": [True, True, False, True, False]})
    >>> list(smoothed(seen, 3))
    ['as_recorded', 'aft_weibull', 'aft_lognormal']
    """
    curve = kaplan_meier(frame)
    last = curve["time"].max()
    if not 0 < horizon <= last:
        raise UsageError(Fault("beyond_follow_up", {"horizon": horizon, "last": last}))
    smooth = {f"aft_{one}": parametric(frame, shape=one).curve(range(horizon + 1)) for one in shapes}
    return {"as_recorded": curve[curve["time"] <= horizon], **smooth}


def _gathered(matrix: NDArray[Any], entry: Any, stop: Any, event: Any) -> pd.DataFrame:
    """Rows that are alike as one with its weight: months tie many."""
    import pandas as pd

    named = pd.DataFrame(matrix, columns=[f"c{place}" for place in range(matrix.shape[1])])
    named = named.assign(entry=entry.astype(float), stop=stop.astype(float), event=event)
    return named.groupby(list(named.columns), sort=False).size().rename("weight").reset_index()


def _fitted(rows: pd.DataFrame, width: int, shape: Shape, names: str) -> tuple[Floats, Floats]:
    """Slopes, constant and log shape, with their covariance, by lifelines."""
    from lifelines import LogNormalAFTFitter, WeibullAFTFitter
    from lifelines.exceptions import ConvergenceError

    fitter = (WeibullAFTFitter if shape == "weibull" else LogNormalAFTFitter)()
    formula = " + ".join(rows.columns[:width]) or "1"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fitter.fit(rows, "stop", "event", entry_col="entry", weights_col="weight", formula=formula)
        except (ConvergenceError, ValueError, np.linalg.LinAlgError) as failed:
            raise UsageError(Fault("aft.no_fit", {"shape": shape, "names": names or "-"})) from failed
    place, spread = ("lambda_", "rho_") if shape == "weibull" else ("mu_", "sigma_")
    order = [*((place, name) for name in rows.columns[:width]), (place, "Intercept"), (spread, "Intercept")]
    slopes, covariance = fitter.params_.loc[order], fitter.variance_matrix_.loc[order, order]
    if not np.isfinite(covariance.to_numpy()).all():
        raise UsageError(Fault("aft.no_fit", {"shape": shape, "names": names or "-"}))
    return slopes.to_numpy(float), covariance.to_numpy(float)
