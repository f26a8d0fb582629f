"""The middle of amounts, and how far they spread, by quartiles: a few huge customers move neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

QUARTILES = 1.349
"""The quartiles of a normal distribution lie so many standard deviations apart."""
MEDIAN_ERROR, SPREAD_ERROR = 1.2533, 1.1664
"""Standard errors of the median, and of a spread by quartiles, times sd / √n of a normal distribution."""


def median(amounts: Floats) -> Estimate:
    """The median of amounts, with the limits that it has where their logarithms are normal.

    Parameters
    ----------
    amounts : ndarray of float
        Two at least, above 0.

    Returns
    -------
    Estimate

    Source: Kendall and Stuart, *The Advanced Theory of Statistics* 1, section 10.11, grade A.

    >>> round(median(np.array([100.0, 200.0, 400.0])).estimate)
    200
    """
    logs = np.log(amounts)
    error = MEDIAN_ERROR * float(logs.std(ddof=1)) / len(logs) ** 0.5
    found = normal(float(np.median(logs)), error, len(logs), "median")
    middle, low, high = (float(np.exp(limit)) for limit in (found.estimate, found.low, found.high))
    return Estimate(middle, low, high, len(logs), "median")


def spread(amounts: Floats) -> Estimate:
    """The standard deviation of the logarithms of amounts, by their quartiles.

    Parameters
    ----------
    amounts : ndarray of float
        Above 0.

    Returns
    -------
    Estimate

    Source: as for :func:`median`.

    >>> round(spread(np.exp(np.array([-1.349, -0.6745, 0.0, 0.6745, 1.349]))).estimate, 3)
    1.0
    """
    low, high = np.quantile(np.log(amounts), (0.25, 0.75))
    found = float(high - low) / QUARTILES
    return normal(found, SPREAD_ERROR * found / len(amounts) ** 0.5, len(amounts), "quartiles", 0.0)
