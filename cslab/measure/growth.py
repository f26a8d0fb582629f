"""What churn does to growth: ARR over the years under different churn, all else equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd


def arr_paths(
    start_arr: float, new_arr_per_year: float, churn_levels: Sequence[float] = (0.03, 0.10, 0.25), years: int = 5
) -> pd.DataFrame:
    """ARR year by year if each year wins the same new ARR and loses a fixed share of the old.

    Parameters
    ----------
    start_arr : float
        ARR today, in the book's currency.
    new_arr_per_year : float
        ARR won each year.
    churn_levels : sequence of float
        Shares of ARR lost in a year (0-1).
    years : int
        How far to look.

    Returns
    -------
    DataFrame
        One row a churn level and year: ``churn``, ``year`` (0..years), ``arr_amount``, ``growth`` (against the year
        before; missing in year 0) and ``ceiling_amount`` (where growth stops: new ARR over churn). A sum, not an
        estimate, so without limits. ``attrs`` holds ``new_arr_per_year``.

    Raises
    ------
    UsageError
        For a churn outside 0-1, or amounts or years that are not above zero.

    Source: the 3/10/25 % comparison is quoted from Japanese SaaS practice (grade B); the arithmetic is exact.

    >>> paths = arr_paths(100, 30, [0.25], years=2)
    >>> paths["arr_amount"].tolist(), paths["ceiling_amount"].tolist()[0]
    ([100.0, 105.0, 108.75], 120.0)
    """
    import pandas as pd

    _check(start_arr, new_arr_per_year, churn_levels, years)
    rows = []
    for churn in churn_levels:
        ceiling = new_arr_per_year / churn if churn else float("inf")
        amount = float(start_arr)
        rows.append((churn, 0, amount, float("nan"), ceiling))
        for year in range(1, years + 1):
            before, amount = amount, amount * (1 - churn) + new_arr_per_year
            rows.append((churn, year, amount, amount / before - 1, ceiling))
    paths = pd.DataFrame(rows, columns=["churn", "year", "arr_amount", "growth", "ceiling_amount"])
    paths.attrs["new_arr_per_year"] = new_arr_per_year
    return paths


def churn_that_stops_growth(arr: float, new_arr_per_year: float) -> float:
    """The yearly churn at which everything won only replaces what was lost.

    Parameters
    ----------
    arr : float
        ARR today, in the book's currency.
    new_arr_per_year : float
        ARR won each year.

    Returns
    -------
    float
        A share of ARR a year; above 1 where the company would grow even if it lost everybody every year.

    Raises
    ------
    UsageError
        For amounts that are not above zero.

    >>> churn_that_stops_growth(100, 30)
    0.3
    """
    _check(arr, new_arr_per_year, (), 1)
    return new_arr_per_year / arr


def _check(arr: float, new_arr: float, churn_levels: Sequence[float], years: int) -> None:
    """Refuse amounts and shares that make no sense, all at once."""
    amounts = (("start_arr", arr), ("new_arr_per_year", new_arr), ("years", years))
    faults = [Fault("not_positive", {"name": name, "value": value}) for name, value in amounts if not value > 0]
    odd = [value for value in churn_levels if not 0 <= value <= 1]
    faults += [Fault("not_a_rate", {"name": "churn_levels", "value": value}) for value in odd]
    if faults:
        raise UsageError(*faults)
