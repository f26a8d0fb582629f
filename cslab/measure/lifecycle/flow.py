"""How customers and their MRR flow between the phases, from one date to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cslab.book import read_day
from cslab.faults import Fault, UsageError
from cslab.measure import retention
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.lifecycle.spells import phase_at

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

NEW = "new"
"""Where those come from who were no customers yet at the earlier date."""


def flow(book: Book, dates: Sequence[str | dt.date], rules: Rules | None = None) -> pd.DataFrame:
    """From date to date: how many customers went from which phase to which, and with how much MRR.

    Parameters
    ----------
    book : Book
        With what ``spells`` needs; MRR comes from ``mrr_movements``, else from ``contracts``.
    dates : sequence of str or date
        Two or more, each later than the one before.
    rules : Rules, optional

    Returns
    -------
    DataFrame
        ``from_date``, ``to_date``, ``from`` (``"new"``: no customer yet), ``to``, ``customers``, ``before_mrr_amount``
        (currency a month, at the earlier date) and ``mrr_amount`` (at the later one; of those who left, at the earlier
        one); amounts are missing where the book knows none. Who had left before the earlier date and has not come back
        is not shown.

    Raises
    ------
    UsageError
        For fewer than two dates, or dates out of order or after the last known day.
    NotReady, DataError
        As for ``spells``.

    >>> import cslab
    >>> flows = flow(cslab.load("synthetic:tiny"), ["2023-03-31", "2024-03-31"])
    >>> int(flows.loc[flows["from"] == "new", "customers"].sum()) > 0
    True
    """
    import pandas as pd

    rules = rules or shipped_rules()
    days = [read_day(date) for date in dates]
    if len(days) < 2 or any(later <= earlier for earlier, later in pairwise(days)):
        raise UsageError(Fault("lifecycle.dates", {"dates": ", ".join(str(day.date()) for day in days)}))
    states = [_state(book, day, rules) for day in days]
    parts = [_between(*pair, rules) for pair in pairwise(states)]
    dated = [part.assign(from_date=a, to_date=b) for part, (a, b) in zip(parts, pairwise(days), strict=True)]
    flows = pd.concat(dated, ignore_index=True)
    flows.attrs = {**rules.described(book.as_of), "currency": book.currency}
    return flows[["from_date", "to_date", "from", "to", "customers", "before_mrr_amount", "mrr_amount"]]


def _state(book: Book, day: pd.Timestamp, rules: Rules) -> pd.DataFrame:
    """Phase and MRR of each account on a day."""
    state = phase_at(book, day, rules).set_index("account_id")[["phase"]]
    return state.assign(mrr=retention.standing_mrr(book, day).reindex(state.index))


def _between(earlier: pd.DataFrame, later: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Customers and MRR by phase before and after."""
    pair = later.join(earlier, lsuffix="_to", rsuffix="_from", how="left")
    left = pair["phase_to"].isin(rules.final)
    pair["mrr"] = pair["mrr_to"].where(~left, pair["mrr_from"])
    pair = pair[~(left & (pair["phase_from"].isin(rules.final) | pair["phase_from"].isna()))]
    order = {name: place for place, name in enumerate((NEW, *rules.phases))}
    names = {"phase_from": "from", "phase_to": "to"}
    pair = pair.assign(**{name: pair[name].astype(object).fillna(NEW) for name in names})
    sums = {"customers": ("mrr", "size"), "before_mrr_amount": ("mrr_from", "sum"), "mrr_amount": ("mrr", "sum")}
    counted = pair.groupby(list(names), as_index=False).agg(**sums)
    counted[["before_mrr_amount", "mrr_amount"]] *= 1.0 if later["mrr"].notna().any() else np.nan
    return counted.rename(columns=names).sort_values(["from", "to"], key=lambda column: column.map(order))
