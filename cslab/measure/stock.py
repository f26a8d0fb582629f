"""What a list of tenures without dates gives away about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure.durations import period_reading
from cslab.measure.survival import at, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.estimate import Estimate

LATE = 24
"""Months: old enough that a wrong reading of "left" shows."""


@dataclass(frozen=True)
class StockCheck:
    """Whether a list can mean that whoever left did so in the last month.

    Parameters
    ----------
    month : int
        The month of a customer's life that is looked at.
    plain, period : Estimate
        Share of those who sign that reach it, by the two readings.
    beyond : int
        Customers of the list who have lived beyond it.
    n : int
        Customers of the list.

    >>> import pandas as pd
    >>> listed = pd.DataFrame({"entry": 0, "duration": [1, 2, 2, 3], "event": [True, False, False, False]})
    >>> check_stock(listed, 2).beyond
    1
    """

    month: int
    plain: Estimate
    period: Estimate
    beyond: int
    n: int

    @property
    def signed(self) -> float:
        """Customers that must once have signed, by the period reading, for so many to have lived beyond the month.

        >>> import pandas as pd
        >>> listed = pd.DataFrame({"entry": 0, "duration": [1, 1, 2, 3], "event": [True, False, False, False]})
        >>> check_stock(listed, 2).signed
        2.0
        """
        return self.beyond / self.period.estimate if self.period.estimate else float("inf")

    @property
    def method(self) -> str:
        """How to speak of it: ``stock_check``, or ``stock_check_nobody`` where nobody reaches the month.

        >>> import pandas as pd
        >>> listed = pd.DataFrame({"entry": 0, "duration": [1, 2, 3], "event": [True, False, False]})
        >>> check_stock(listed, 2).method
        'stock_check_nobody'
        """
        return "stock_check" if self.period.estimate else "stock_check_nobody"


def check_stock(durations: pd.DataFrame, month: int = LATE) -> StockCheck:
    """Hold the two readings of a list without dates against the old customers that are in it.

    Parameters
    ----------
    durations : DataFrame
        Of a stock sample, in months.
    month : int
        Month of a customer's life to look at; in a list that does not reach so far, two thirds of its length, and
        none that the period reading cannot know.

    Returns
    -------
    StockCheck

    >>> import pandas as pd
    >>> listed = pd.DataFrame({"entry": 0, "duration": [1, 1, 2, 3], "event": [True, False, False, False]})
    >>> check_stock(listed).month
    2
    """
    by_period = kaplan_meier(period_reading(durations)).dropna(subset="estimate")
    late = max(1, round(float(durations["duration"].max()) * 2 / 3))
    month = int(min(month, late, by_period["time"].max()))
    plain, period = at(kaplan_meier(durations), month), at(by_period, month)
    return StockCheck(month, plain, period, int((durations["duration"] > month).sum()), len(durations))
