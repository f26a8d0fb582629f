"""How long a score had been red when customers gave notice: of all who did, those it never marked with none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark
from cslab.measure.estimate import Estimate, proportion, ratio
from cslab.measure.health.declared import Declaration
from cslab.measure.health.score import score_rows
from cslab.measure.split import split

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp

LOOK_BACK = 12
"""Months before the notice that are looked at."""


@dataclass(frozen=True)
class Lead:
    """How early a score warned.

    Parameters
    ----------
    warning : Estimate
        Months for which it had been red without a break when notice was given, the mean over all who gave it; at most
        ``LOOK_BACK`` each, none for those that were not red then.
    caught : Estimate
        The share of them that were red when they gave notice (0-1).
    rows : DataFrame
        Who gave notice: ``account_id``, ``decided_on``, ``at_once`` (gone on that very day: no notice at all, as where
        a business closes), ``months``.

    >>> import cslab
    >>> found = lead_time(cslab.load("synthetic:tiny"), "dear", "2024-04-01", "2025-04-01")
    >>> 0 <= float(found.warning) <= LOOK_BACK
    True
    """

    warning: Estimate
    caught: Estimate
    rows: pd.DataFrame

    @property
    def of_caught(self) -> float:
        """The median months of warning of those it caught alone, which leaves out its failures; missing without any.

        >>> import cslab
        >>> found = lead_time(cslab.load("synthetic:tiny"), "dear", "2024-04-01", "2025-04-01")
        >>> found.of_caught >= 1
        True
        """
        months = self.rows["months"]
        return float(months[months > 0].median())

    @property
    def of_notice(self) -> Lead:
        """The same of those alone who gave notice before they went: no score of customers can foresee the others.

        >>> import cslab
        >>> found = lead_time(cslab.load("synthetic:tiny"), "dear", "2024-04-01", "2025-04-01")
        >>> bool(found.of_notice.rows["at_once"].any())
        False
        """
        return _lead(self.rows[~self.rows["at_once"]].reset_index(drop=True))


def lead_time(book: Book, declaration: Declaration | str, since: Date, until: Date) -> Lead:
    """How long a score had been red when customers gave notice.

    It is read at the ends of the months before each notice, as it was known then, and only for months in which the
    account was a customer. What matters is the notice: after it, a warning warns nobody. Everybody who left counts,
    even who was gone the day it became known; ``of_notice`` leaves these out. A score always red warns of everybody,
    longest: look at the share that is red beside it.

    Parameters
    ----------
    book : Book
        Needs ``churn_events``, ``contracts.start`` and the columns of the score's measures.
    declaration : Declaration or str
        As for :func:`cslab.measure.health.score`.
    since, until : date
        Notices from ``since`` on, ``until`` not included.

    Returns
    -------
    Lead

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        Where nobody gave notice in that time, or for days in the wrong order or after the data.

    >>> import cslab
    >>> lead_time(cslab.load("synthetic:tiny"), "bands", "2024-04-01", "2025-04-01").caught.method
    'red_at_notice'
    """
    book.require("churn_events.decided_on", "contracts.start")
    gave = _notices(book, since, until)
    if gave.empty:
        raise UsageError(Fault("health.no_notice", {"start": since, "end": until}))
    red = _red(book, declaration, gave)
    return _lead(gave.assign(months=np.where(red.all(axis=1), LOOK_BACK, np.argmin(red, axis=1))))


def notices(book: Book, since: Date, until: Date) -> int:
    """How many customers gave notice in a time; none where the book does not say.

    Parameters
    ----------
    book, since, until
        As for :func:`lead_time`.

    >>> import cslab
    >>> notices(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01") > 0
    True
    """
    return len(_notices(book, since, until)) if book.has("churn_events.decided_on", "contracts.start") else 0


def _notices(book: Book, since: Date, until: Date) -> pd.DataFrame:
    """Who gave notice in a time, and when."""
    import pandas as pd

    inside = split(book, since, until).within(book.churn_events["decided_on"])
    gave = book.churn_events.loc[inside].reset_index(drop=True)
    gone = gave["effective_on"] if "effective_on" in gave else gave["decided_on"] + pd.Timedelta(days=1)
    return gave[["account_id", "decided_on"]].assign(at_once=gave["decided_on"] >= gone)


def _lead(rows: pd.DataFrame) -> Lead:
    """The warning that some leavers' months make; no number without any."""
    n, months = len(rows), rows["months"].to_numpy()
    if not n:
        none = Estimate(np.nan, np.nan, np.nan, 0, "months_of_warning")
        return Lead(none, replace(none, method="red_at_notice"), rows)
    warning = ratio(months.astype(float), np.ones(n), "months_of_warning", high=LOOK_BACK)
    return Lead(warning, proportion(int((months > 0).sum()), n, n, "red_at_notice"), rows)


def _red(book: Book, declaration: Declaration | str, gave: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each was red at the ends of the months before its notice, the latest first."""
    import pandas as pd

    back = np.tile(np.arange(LOOK_BACK), len(gave))
    rows = gave.loc[gave.index.repeat(LOOK_BACK)].reset_index(drop=True)
    month: Any = rows["decided_on"].to_numpy().astype("datetime64[M]") - back
    rows["as_of"] = pd.Series(month.astype("datetime64[ns]")) - pd.Timedelta(days=1)
    there = _there(book, rows)
    red = np.zeros(len(rows), bool)
    if there.any():
        red[there] = score_rows(book, declaration, rows[there])["colour"].to_numpy() == "red"
    return red.reshape(len(gave), LOOK_BACK)


def _there(book: Book, rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows are of customers at risk on their day."""
    there = np.zeros(len(rows), bool)
    for day in rows["as_of"].drop_duplicates():
        if book.first_day is None or day >= book.first_day:
            known = rows["account_id"].isin(landmark.at_risk(book, day)["account_id"])
            there |= (known & (rows["as_of"] == day)).to_numpy()
    return there
