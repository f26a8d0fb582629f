"""Placebos at a threshold: jumps of what was known beforehand, where there should be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.effect.jump import jump
from cslab.measure.holm import holm

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from cslab.measure.effect.local_linear import Floats
    from cslab.measure.effect.trial import Trial


def placebo(trial: Trial, place: Floats, running: str) -> pd.DataFrame:
    """Jumps at a threshold of what was known beforehand.

    Parameters
    ----------
    trial : Trial
    place : ndarray of float, shape (rows,)
        Distance of each row from the threshold.
    running : str
        The column that the threshold is drawn on, which is left out.

    Returns
    -------
    DataFrame
        ``covariate``, ``level`` (of words), ``estimate``, ``low``, ``high``, ``p_value``, ``n``, ``p_holm`` (as if each
        had to answer for all), the smallest first.

    Source: Imbens and Lemieux (2008), Journal of Econometrics 142:615; Holm (1979), Scandinavian Journal of Statistics
    6:65, grade A.

    >>> import numpy as np
    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> size = np.linspace(-1, 1, 200)
    >>> rows = pd.DataFrame({"size": size, "arm": np.where(size < 0, "a", "b"), "y": size, "use": np.arange(200) % 3})
    >>> placebo(of_frame(rows, "arm", "y", ["size", "use"]), size, "size")["covariate"].tolist()
    ['use']
    """
    import pandas as pd
    from scipy.stats import norm

    rows = []
    for name, level, values in _columns(trial, running):
        found = jump(place, values)
        if found.std_error == 0:  # nobody near the threshold has it, or everybody
            continue
        p_value = float(2 * norm.sf(abs(found.estimate) / found.std_error))
        rows.append({"covariate": name, "level": level, **found.cells(), "p_value": p_value})
    names = ["covariate", "level", "estimate", "low", "high", "p_value", "n"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(p_holm=holm(table["p_value"])).sort_values("p_value", kind="stable").reset_index(drop=True)


def _columns(trial: Trial, running: str) -> list[tuple[str, str, Floats]]:
    """What was known beforehand as columns of numbers: name, level of a word, values."""
    import pandas as pd

    found: list[tuple[str, str, Any]] = []
    for name in trial.covariates:
        column = trial.rows[name]
        if name == running:
            continue
        if pd.api.types.is_numeric_dtype(column):
            found.append((name, "", column.to_numpy(float)))
        else:
            found += [(name, str(level), (column == level).to_numpy(float)) for level in column.dropna().unique()]
    return [one for one in found if not np.isnan(one[2]).any() and np.ptp(one[2]) > 0]
