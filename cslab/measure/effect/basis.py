"""The columns that chances and expectations are fitted to: covariates on one scale, with the bends of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.tried import NotComparable
from cslab.measure.landmark.encoding import encoding
from cslab.measure.signed import AMOUNTS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.effect.trial import Trial

    Floats = NDArray[np.float64]


def covariates(trial: Trial) -> pd.DataFrame:
    """The covariates of a trial, none of them missing anywhere.

    Parameters
    ----------
    trial : Trial

    Returns
    -------
    DataFrame
        By the rows of the trial.

    Raises
    ------
    UsageError
        Where there are none; naming each that is missing somewhere, and how often.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "size": [1.0, 2.0]})
    >>> covariates(of_frame(seen, "arm", "y", ["size"]))["size"].tolist()
    [1.0, 2.0]
    """
    if not trial.covariates:
        raise NotComparable(Fault("effect.no_covariates"))
    found = trial.rows[[*trial.covariates]]
    gaps = {str(name): int(_missing(values).sum()) for name, values in found.items()}
    faults = [
        Fault("effect.gaps", {"name": name, "count": count, "n": len(found)}) for name, count in gaps.items() if count
    ]
    if faults:
        raise NotComparable(*faults)
    return found


def _missing(values: pd.Series) -> Any:
    """Which cells are missing or infinite."""
    if values.dtype.kind in "fiu":
        return ~np.isfinite(values.to_numpy(float, na_value=np.nan))
    return values.isna().to_numpy()


def basis(trial: Trial) -> Floats:
    """The columns of a trial's rows: words as 0/1, numbers with their squares, amounts also as they are.

    A covariate that is the same for all tells nothing and is left out.

    Parameters
    ----------
    trial : Trial

    Returns
    -------
    ndarray of float, shape (rows, columns)
        Each with mean 0 and standard deviation 1.

    Raises
    ------
    UsageError
        As :func:`covariates`; where every covariate is the same for all.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"aabb"], "y": [1, 0, 1, 1], "size": [1.0, 2.0, 3.0, 5.0]})
    >>> basis(of_frame(seen, "arm", "y", ["size"])).shape
    (4, 2)
    """
    told = covariates(trial)
    told = told.astype({name: float for name in told if told[name].dtype.kind == "b"})
    plain = encoding(told).matrix(told)
    numbers = told.select_dtypes("number")
    bent = numbers.loc[:, numbers.nunique() > 2].to_numpy(float)
    spread = bent.std(axis=0)
    squares = ((bent - bent.mean(axis=0)) / np.where(spread > 0, spread, 1.0)) ** 2
    logs = [name for name in numbers if name in AMOUNTS] if trial.horizon else []
    amounts = np.exp(numbers[logs].to_numpy(float))
    found = _scaled(np.hstack([plain, squares, amounts]))
    if not found.shape[1]:
        raise NotComparable(Fault("effect.all_alike", {"names": ", ".join(trial.covariates), "n": len(told)}))
    return found


def _scaled(columns: Floats) -> Floats:
    """Columns with mean 0 and standard deviation 1; those that do not vary are left out."""
    spread = columns.std(axis=0)
    varied = spread > 1e-12
    return np.asarray((columns[:, varied] - columns[:, varied].mean(axis=0)) / spread[varied])
