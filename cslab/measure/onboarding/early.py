"""What customers did in their first two months, as yes or no, and whether they were still there a year later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.durations import durations

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Flags = NDArray[np.bool_]

MONTHS, LATER = 2, 12
"""Calendar months from that of signing on whose events count, and months after them at which staying is looked at."""

USAGE = (
    "logins",
    "core_actions",
    "features_basic",
    "features_adv",
    "features_relevant",
    "integrations",
    "training_views",
    "community_logins",
)
COUNTED = (
    ("touches", "touched_on", "type"),
    ("content_exposure", "shown_on", "channel"),
    ("tickets", "opened_on", "category"),
    ("contacts", "active_from", "role"),
    ("community_members", "joined_on", ""),
    ("onboarding", "done", "milestone"),
)
"""Tables whose rows are counted, by their day and by a kind of theirs."""

QUARTERS = (0.25, 0.5, 0.75)
RAREST = 0.05
"""Events of fewer or, turned round, of more customers are left out."""


def early_events(book: Book, months: int = MONTHS) -> pd.DataFrame:
    """Everything that could be called the decisive early event, of customers who were still there after it.

    Whoever left before the early months were over could not have done much in them: such a customer would make every
    event look decisive, and is left out. Lines of counts are the quarters of what customers did.

    Parameters
    ----------
    book : Book
        Needs ``accounts.signed_on``, ``contracts`` (``start``, ``end``) and ``usage_monthly``; uses ``touches``,
        ``content_exposure``, ``tickets``, ``contacts``, ``community_members`` and ``onboarding`` where there are any.
    months : int
        Calendar months from that of signing on.

    Returns
    -------
    DataFrame
        ``account_id``, ``stayed`` (a year after the early months), then a column of yes and no for each event, called
        ``table.kind>=count``. Of customers who signed within the records, and long enough ago to know.

    Raises
    ------
    NotReady
        Without the columns, or where nobody signed long enough ago.

    >>> import cslab
    >>> found = early_events(cslab.load("synthetic:tiny"))
    >>> found.columns[:2].tolist(), bool(found["stayed"].isin([True, False]).all())
    (['account_id', 'stayed'], True)
    """
    import pandas as pd

    people = _followed(book, months)
    events = {
        name: values
        for name, values in _events(book, people, months)
        if RAREST <= values.mean() <= 1 - RAREST  # seen by nobody or by all, an event says nothing
    }
    return pd.concat([people[["account_id", "stayed"]], pd.DataFrame(events, index=people.index)], axis=1)


def _followed(book: Book, months: int) -> pd.DataFrame:
    """Customers seen from signing on, there after the early months, who can have stayed a year more."""
    import pandas as pd

    book.require("accounts.signed_on", "usage_monthly.month")
    lives = durations(book)
    if "signed_on" not in lives:
        lives = lives.merge(book.accounts[["account_id", "signed_on"]], on="account_id")
    signed = lives["signed_on"].dt.to_period("M")
    last = months + LATER
    known = (signed >= book.usage_monthly["month"].min().to_period("M")) & (lives["entry"] == 0)
    known &= lives["signed_on"] + pd.DateOffset(months=last) <= book.as_of
    known &= lives["duration"] > months
    if not known.any():
        raise NotReady(Fault("nobody_followed", {"months": last, "day": book.as_of.date()}))
    people = lives.assign(stayed=~(lives["event"] & (lives["duration"] <= last)), signed=signed)
    found: pd.DataFrame = people.loc[known, ["account_id", "signed", "stayed"]].reset_index(drop=True)
    return found


def _events(book: Book, people: pd.DataFrame, months: int) -> Iterator[tuple[str, Flags]]:
    """Each candidate and who has it."""
    usage = _early(book.usage_monthly.rename(columns={"month": "day"}), people, months)
    for name in USAGE:
        if name in usage:
            yield from _lines(f"usage_monthly.{name}", usage.groupby("account_id")[name].sum(), people)
    for table, day, kind in COUNTED:
        if book.has(f"{table}.{day}"):
            rows = _early(getattr(book, table).rename(columns={day: "day"}), people, months)
            yield from _lines(table, rows["account_id"].value_counts(), people)
            if kind and kind in rows:
                for word, part in rows.groupby(kind, observed=True):
                    yield from _lines(f"{table}.{word}", part["account_id"].value_counts(), people)


def _early(rows: pd.DataFrame, people: pd.DataFrame, months: int) -> pd.DataFrame:
    """The rows of the early months."""
    signed = rows["account_id"].map(people.set_index("account_id")["signed"].dt.start_time)
    ahead = (rows["day"].dt.year - signed.dt.year) * 12 + rows["day"].dt.month - signed.dt.month
    early: pd.DataFrame = rows.loc[ahead.between(0, months - 1)]
    return early


def _lines(name: str, counts: pd.Series, people: pd.DataFrame) -> Iterator[tuple[str, Flags]]:
    """A count as yes and no, at one and at each quarter of what customers have of it."""
    count = people["account_id"].map(counts).fillna(0).to_numpy(float)
    for least in sorted({1.0, *(float(np.ceil(np.quantile(count, share))) for share in QUARTERS)} - {0.0}):
        yield f"{name}>={least:g}", count >= least
