"""Departures as they happened and as they are recorded where the way out takes longer: good for a quarter, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.book import read_day
from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

DELAY_DAYS, QUARTERS = 30, 4


def recorded_quarters(
    book: Book, delay_days: int = DELAY_DAYS, since: Date = "", quarters: int = QUARTERS
) -> pd.DataFrame:
    """Departures by calendar quarter, and how many of them a company would have on record that makes leaving harder.

    Bookkeeping on what happened, so without limits: from a day on each exit is recorded so many days late. Nobody stays
    for it, and what it hides in its first quarter each later one inherits from the one before.

    Parameters
    ----------
    book : Book
        Needs ``churn_events.effective_on``.
    delay_days : int
        Days by which an exit is recorded later.
    since : date
        The day from which exits take longer; moved to the beginning of its quarter. Empty: so that the last of the
        quarters is the last whole one of the records.
    quarters : int
        How many are shown.

    Returns
    -------
    DataFrame
        ``quarter`` (first day), ``left`` (first exits that took effect in it), ``recorded`` (exits recorded in it),
        ``waiting`` (exits not yet on record at its end), ``hidden`` (share of ``left`` that is missing from
        ``recorded``; below 0 where more is recorded than left).

    Raises
    ------
    NotReady
        Without the column.
    UsageError
        For a delay below 0, fewer than one quarter, or quarters that the records do not hold.

    >>> import cslab
    >>> found = recorded_quarters(cslab.load("synthetic:default_jp?seed=1&accounts=700"))
    >>> bool((found["left"].cumsum() - found["recorded"].cumsum() == found["waiting"]).all())
    True
    """
    import pandas as pd

    book.require("calendar", "churn_events.effective_on")
    faults = [Fault("below_zero", {"name": "delay_days", "value": delay_days})] if delay_days < 0 else []
    faults += [Fault("not_positive", {"name": "quarters", "value": quarters})] if quarters < 1 else []
    if faults:
        raise UsageError(*faults)
    spans = _spans(book, since, quarters)
    days = book.churn_events.groupby("account_id")["effective_on"].min()
    days = days[(days >= spans[0].start_time) & (days <= spans[-1].end_time)]
    late = days + pd.Timedelta(days=delay_days)
    left, recorded = (one.dt.to_period("Q").value_counts().reindex(spans, fill_value=0) for one in (days, late))
    frame = pd.DataFrame({"quarter": spans.start_time, "left": left.to_numpy(), "recorded": recorded.to_numpy()})
    frame["waiting"] = (frame["left"] - frame["recorded"]).cumsum()
    frame["hidden"] = (1 - frame["recorded"] / frame["left"]).where(frame["left"] > 0)
    frame.attrs = {"delay_days": delay_days, "as_of": book.as_of}
    return frame


def _spans(book: Book, since: Date, quarters: int) -> pd.PeriodIndex:
    """The quarters that are looked at, all of them within the records."""
    import pandas as pd

    whole = (book.as_of + pd.Timedelta(days=1)).to_period("Q") - 1
    first = read_day(since).to_period("Q") if since else whole - (quarters - 1)
    start = book.first_day
    if first + quarters - 1 > whole or (start is not None and first.start_time < start):
        values = {"start": first.start_time.date(), "quarters": quarters, "last": whole.end_time.date()}
        raise UsageError(Fault("quarters_outside", values))
    return pd.period_range(first, periods=quarters, freq="Q")
