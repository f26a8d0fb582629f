"""What it costs to keep the revenue one has: the cost of customer success over the revenue that stayed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, unknown_choice
from cslab.measure.retention import grr, mrr, nrr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

Of = Literal["team", "touches"]
Retained = Literal["kept", "with_growth"]

MONTHS_A_DAY = 12 / 365.25
YEAR = 12


def retention_cost(book: Book, start: Date, end: Date, of: Of = "team", retained: Retained = "kept") -> Estimate:
    """The cost of customer success between two days over the ARR that it kept.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``, and what :func:`success_cost` needs.
    start, end : date
        The cost is that of the days after ``start`` up to ``end``.
    of : str
        Whose cost; see :func:`success_cost`.
    retained : str
        ``"kept"``: what the customers of the start still pay at the end, growth not counted (as GRR).
        ``"with_growth"``: growth counted (as NRR), which makes the cost look smaller.

    Returns
    -------
    Estimate
        A ratio (0.1 = a tenth of the ARR kept). The cost is known; the limits are those of the revenue kept, by which
        customers they happen to be. Missing where nothing was kept; ``n`` counts the customers of the start.

    Raises
    ------
    NotReady
        Without the tables above.
    UsageError
        For an unknown choice, days in the wrong order or after the data, or a start without customers.

    Source: glossary "リテンションコスト": CS cost of a period over the ARR retained in it; 8-10 % is a rule of thumb
    (grade C), more than 15 % is asked about.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> found = retention_cost(book, "2024-03-31", "2025-03-31")
    >>> found.low < found.estimate < found.high
    True
    """
    if retained not in KEPT:
        raise UsageError(unknown_choice("retained", retained, tuple(KEPT)))
    rate = KEPT[retained](book, start, end)
    cost, base = success_cost(book, start, end, of), YEAR * float(mrr(book, start).sum())
    estimate, low, high = (_over(cost, base * share) for share in (rate.estimate, rate.high, rate.low))
    return Estimate(estimate, low, high, rate.n, f"retention_cost_{of}")


KEPT: dict[Retained, Callable[..., Estimate]] = {"kept": grr, "with_growth": nrr}
"""How the revenue that stayed may be counted."""


def retention_costs(book: Book, start: Date, end: Date) -> pd.DataFrame:
    """The retention cost of a window in every definition, so that nobody quotes one without saying which.

    Parameters
    ----------
    book : Book
        Needs what both kinds of cost need.
    start, end : date
        As for :func:`retention_cost`.

    Returns
    -------
    DataFrame
        ``cost_of`` (``team``, ``touches``), ``arr_of`` (``kept``, ``with_growth``), ``estimate``, ``low``, ``high``,
        ``n``, ``method``.

    Raises
    ------
    NotReady, UsageError
        As :func:`retention_cost`.

    >>> import cslab
    >>> len(retention_costs(cslab.load("synthetic:tiny"), "2024-03-31", "2025-03-31"))
    4
    """
    import pandas as pd

    rows = []
    for of in COSTS:
        for retained in KEPT:
            found = retention_cost(book, start, end, of, retained)
            rows.append({"cost_of": of, "arr_of": retained, **found.cells()})
    return pd.DataFrame(rows)


def success_cost(book: Book, start: Date, end: Date, of: Of = "team") -> float:
    """What customer success cost between two days.

    Parameters
    ----------
    book : Book
        ``"team"`` needs ``csm.cost_amount``, ``"touches"`` needs ``touches.cost_amount``.
    start, end : date
        The days after ``start`` up to ``end``.
    of : str
        ``"team"``: everybody's full cost for the days they were there. ``"touches"``: the minutes with customers
        alone, which leaves out administration, idle hours and whoever writes nothing down.

    Returns
    -------
    float
        Currency.

    Raises
    ------
    NotReady
        Without the table.
    UsageError
        For an unknown choice.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> success_cost(book, "2024-03-31", "2025-03-31", "touches") < success_cost(book, "2024-03-31", "2025-03-31")
    True
    """
    if of not in COSTS:
        raise UsageError(unknown_choice("of", of, tuple(COSTS)))
    import pandas as pd

    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if last <= first:
        raise UsageError(Fault("window_order", {"start": first.date(), "end": last.date()}))
    return COSTS[of](book, first, last)


def _of_team(book: Book, first: pd.Timestamp, last: pd.Timestamp) -> float:
    """Each person's cost a month, times the months there; who has no first day was there before the records."""
    import pandas as pd

    book.require("csm.cost_amount")
    team = book.csm.dropna(subset=["cost_amount"])
    day, unknown = pd.Timedelta(days=1), pd.Series(pd.NaT, team.index)
    came = team.get("joined_on", unknown).fillna(first + day) - day
    went = team.get("left_on", unknown).fillna(last)
    days = (went.where(went < last, last) - came.where(came > first, first)) / day
    return float((days.clip(lower=0.0) * MONTHS_A_DAY * team["cost_amount"]).sum())


def _of_touches(book: Book, first: pd.Timestamp, last: pd.Timestamp) -> float:
    """The cost of the contacts of these days."""
    book.require("touches.cost_amount")
    touches = book.touches
    return float(touches.loc[(touches["touched_on"] > first) & (touches["touched_on"] <= last), "cost_amount"].sum())


COSTS: dict[Of, Callable[..., float]] = {"team": _of_team, "touches": _of_touches}
"""Whose cost may be counted."""


def _over(cost: float, amount: float) -> float:
    """One amount over another; missing where there is nothing to divide by."""
    return cost / amount if math.isfinite(amount) and amount > 0 else np.nan
