"""The hours of the customer success team: what they go into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, ratio

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


def reactive_share(book: Book, start: Date, end: Date) -> Estimate:
    """The share of the hours with customers that answers problems: the firefighting index.

    Parameters
    ----------
    book : Book
        Needs ``csm_time`` with ``week``, ``reactive`` and ``hours``. Administration (``category``) is left out.
    start, end : date
        Weeks that begin on the first day or later, and end by the last.

    Returns
    -------
    Estimate
        A share (0-1); delta-method limits of a ratio over CSMs. ``n`` counts CSMs.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        When nobody worked in these weeks.

    Source: firefighting index of the domain specification, hours of reactive work over all hours.

    >>> import cslab
    >>> 0 < float(reactive_share(cslab.load("synthetic:tiny"), "2024-01-01", "2024-12-31")) < 1
    True
    """
    import pandas as pd

    book.require("csm_time.csm_id", "csm_time.week", "csm_time.reactive", "csm_time.hours")
    time, first, last = book.csm_time, pd.Timestamp(start), pd.Timestamp(end)
    time = time[(time["week"] >= first) & (time["week"] + pd.Timedelta(days=6) <= last)]
    if "category" in time:
        time = time[time["category"] != "admin"]
    if not time["hours"].sum() > 0:
        raise UsageError(Fault("no_hours", {"start": first.date(), "end": last.date()}))
    every = time.groupby("csm_id")["hours"].sum()
    reactive = time["hours"].where(time["reactive"].astype(bool), 0.0).groupby(time["csm_id"]).sum()
    return ratio(reactive.to_numpy(), every.to_numpy(), "reactive_share", high=1.0)


def hour_amount(book: Book) -> float:
    """What an hour with customers costs: the CSMs' full cost over their hours.

    Parameters
    ----------
    book : Book
        Needs ``csm`` with ``cost_amount`` and ``capacity_h``.

    Returns
    -------
    float
        Currency.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        Where no CSM has hours.

    >>> import cslab
    >>> round(hour_amount(cslab.load("synthetic:tiny")))
    6410
    """
    book.require("csm.cost_amount", "csm.capacity_h")
    team = book.csm.dropna(subset=["cost_amount", "capacity_h"])
    hours = float(team["capacity_h"].sum())
    if not hours > 0:
        raise UsageError(Fault("no_capacity"))
    return float(team["cost_amount"].sum()) / hours
