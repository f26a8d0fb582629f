"""What is left of what customers pay, once the hours of customer success are paid: the same for every measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GROSS_MARGIN = 0.8
"""Share of the revenue that is left after the cost of serving it, where nobody says otherwise (grade S)."""


def cost_of_hours(months: Any, hours: Any, hour_amount: float) -> Floats:
    """What customer success costs while a customer is there.

    Parameters
    ----------
    months : array of float
        As a customer: lived, expected, or discounted.
    hours : array of float
        A month, of the same shape or one that fits.
    hour_amount : float
        Cost of an hour (currency).

    Returns
    -------
    ndarray of float
        Currency.

    >>> cost_of_hours([10.0, 2.0], [1.0, 0.5], hour_amount=100).tolist()
    [1000.0, 100.0]
    """
    return np.asarray(hour_amount * np.asarray(months, float) * np.asarray(hours, float))


def net_value(revenue: Any, cost: Any, margin: float = GROSS_MARGIN) -> Floats:
    """The margin of what customers pay, less what customer success costs.

    Parameters
    ----------
    revenue, cost : array of float
        Currency, over the same months.
    margin : float
        Share of the revenue that is left after the cost of serving it (0-1).

    Returns
    -------
    ndarray of float
        Currency.

    >>> net_value([1000.0], [300.0]).tolist()
    [500.0]
    """
    return np.asarray(margin * np.asarray(revenue, float) - np.asarray(cost, float))
