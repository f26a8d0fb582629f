"""Months of the simulation as real days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cslab.world.luck import Floats, Ints
    from cslab.world.scenario import Scenario

Days = NDArray[np.datetime64]

_DIPS = {1: 0.90, 5: 0.90, 8: 0.85, 12: 0.92}
"""Share of the working days on which people are at work: New Year, Golden Week, Obon, year's end."""


def days(scenario: Scenario, month: Ints, day: Ints | int = 1) -> Days:
    """The calendar day of a month of the simulation.

    Parameters
    ----------
    scenario : Scenario
    month : ndarray of int
        Months since the scenario's first month.
    day : ndarray of int or int
        Day of the month.

    Returns
    -------
    ndarray of datetime64[ns]

    >>> from cslab.world.scenario import preset
    >>> str(days(preset("tiny"), np.array([40]), 15)[0])[:10]
    '2021-04-15'
    """
    first = np.datetime64(scenario.window_start, "M") + scenario.first_month
    return np.asarray((first + month).astype("M8[D]") + (np.asarray(day) - 1)).astype("M8[ns]")


def business_days(scenario: Scenario, month: Ints, draws: Floats) -> Days:
    """A weekday of each of some months of the simulation, each as likely as the others.

    Parameters
    ----------
    scenario : Scenario
    month : ndarray of int
        Months since the scenario's first month.
    draws : ndarray of float
        Uniform on [0, 1).

    Returns
    -------
    ndarray of datetime64[ns]

    >>> from cslab.world.scenario import preset
    >>> found = business_days(preset("tiny"), np.array([40, 40]), np.array([0.0, 0.999]))
    >>> found.astype("M8[D]").tolist()
    [datetime.date(2021, 4, 1), datetime.date(2021, 4, 30)]
    """
    first = np.datetime64(scenario.window_start, "M") + scenario.first_month
    starts = (first + np.arange(int(month.max(initial=0)) + 2)).astype("M8[D]")
    ordinal = np.floor(draws * np.busday_count(starts[:-1], starts[1:])[month]).astype(np.int64)
    weekdays = np.busday_offset(starts[:-1, None], np.arange(23), roll="forward")
    return np.asarray(weekdays[month, ordinal].astype("M8[ns]"))


def working_days(scenario: Scenario, months: int) -> Floats:
    """Days on which people work, for each month of the records: weekdays, less the holidays that a country shares.

    Parameters
    ----------
    scenario : Scenario
    months : int
        Months from the window's start.

    Returns
    -------
    ndarray of float, shape (months,)

    >>> from cslab.world.scenario import preset
    >>> working_days(preset("tiny"), 5).round(1).tolist()
    [22.0, 18.9, 22.0, 22.0, 18.7]
    """
    first = np.datetime64(scenario.window_start, "M") + np.arange(months + 1)
    weekdays = np.busday_count(first[:-1].astype("M8[D]"), first[1:].astype("M8[D]"))
    dips = [_DIPS.get(int(month) % 12 + 1, 1.0) for month in first[:-1].astype(np.int64)]
    return np.asarray(weekdays * np.array(dips))
