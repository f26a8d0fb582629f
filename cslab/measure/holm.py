"""Many tests at a time: Holm's p-values, by which the chance of a single false finding stays at the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """P-values that answer for all of them together.

    As statsmodels' ``multipletests``, which has the garbage of the whole process collected at each call: seconds in a
    large one.

    Parameters
    ----------
    p_values : array of float
        One a test.

    Returns
    -------
    array of float
        In the same order, none below its own p-value, at most 1.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure.

    >>> holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    single = np.asarray(p_values, dtype=float)
    order = np.argsort(single, kind="stable")
    adjusted = np.empty_like(single)
    adjusted[order] = np.maximum.accumulate(single[order] * np.arange(len(single), 0, -1))
    result: NDArray[np.float64] = np.minimum(adjusted, 1.0)
    return result
