"""The five numbers of a dashboard, each of a book as of its last day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure import health, landmark
from cslab.measure.dashboard.cost import YEAR, Of, retention_cost, success_cost
from cslab.measure.estimate import Estimate, proportion, ratio
from cslab.measure.retention import logo_churn, revenue_churn

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.health import Declaration


class Number(NamedTuple):
    """A number and what stands beside it, by name."""

    now: Estimate
    beside: Mapping[str, float]


def healthy(book: Book, score: Declaration) -> Number:
    """The share of the customers whose score is green; beside it the red ones, and how many have no score.

    Parameters
    ----------
    book : Book
    score : Declaration
        Of those measures is used what the book allows.

    Returns
    -------
    Number
        A share of those with a score, with Wilson's limits.

    Raises
    ------
    NotReady
        Where the book allows none of the measures, or nobody has a score.

    >>> import cslab
    >>> found = healthy(cslab.load("synthetic:tiny"), health.declared("dear"))
    >>> 0 < found.now.estimate + found.beside["red"] <= 1
    True
    """
    scores = health.score(book, score.only(book))
    known = scores["score"].notna()
    n = int(known.sum())
    if not n:
        raise NotReady(Fault("dashboard.no_score", {"day": book.as_of.date()}))
    counts = scores.loc[known, "colour"].value_counts()
    now = proportion(int(counts.get("green", 0)), n, n, "share_green")
    return Number(now, {"red": float(counts.get("red", 0)) / n, "unscored": float((~known).sum())})


def churn(book: Book, score: Declaration) -> Number:
    """The share of last year's customers who have left since; beside it that of their revenue, and how many they are.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    score : Declaration
        Not used.

    Raises
    ------
    NotReady
        Without a year of records.

    >>> import cslab
    >>> 0 < float(churn(cslab.load("synthetic:tiny"), health.declared("dear")).now) < 1
    True
    """
    since = year_ago(book)
    now = logo_churn(book, since, book.as_of)
    lost = revenue_churn(book, since, book.as_of)
    return Number(now, {"left": round(now.estimate * now.n), "revenue_churn": lost.estimate})


def retention(book: Book, score: Declaration) -> Number:
    """The cost of customer success in a year over the ARR it kept; beside it both amounts.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``, and ``csm.cost_amount``; without the latter ``touches.cost_amount`` is taken.
    score : Declaration
        Not used.

    Raises
    ------
    NotReady
        Without a year of records, or without any cost.

    >>> import cslab
    >>> sorted(retention(cslab.load("synthetic:tiny"), health.declared("dear")).beside)
    ['cost_amount', 'kept_amount']
    """
    since = year_ago(book)
    of: Of = "touches" if book.has("touches.cost_amount") and not book.has("csm.cost_amount") else "team"
    now, cost = retention_cost(book, since, book.as_of, of), success_cost(book, since, book.as_of, of)
    return Number(now, {"cost_amount": cost, "kept_amount": cost / now.estimate if now.estimate > 0 else np.nan})


def portfolio(book: Book, score: Declaration) -> Number:
    """The mean score by revenue; beside it the plain mean, and how many equal customers would carry it as surely.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    score : Declaration
        Of those measures is used what the book allows.

    Raises
    ------
    NotReady
        Without movements, or where the book allows none of the measures.

    >>> import cslab
    >>> found = portfolio(cslab.load("synthetic:tiny"), health.declared("dear"))
    >>> found.beside["effective"] < found.now.n
    True
    """
    book.require("mrr_movements")
    line = health.portfolio_score(book, health.score(book, score.only(book))).to_dict("records")[0]
    now = Estimate(**{name: line[name] for name in ("estimate", "low", "high", "n", "method")})
    return Number(now, {"plain": line["plain"], "effective": line["effective"]})


def engagement(book: Book, score: Declaration) -> Number:
    """The mean share of its seats that a customer uses weekly, in the last whole month; beside it those without data.

    Every customer counts the same, however many seats it has.

    Parameters
    ----------
    book : Book
        Needs ``usage_monthly.wau_ratio`` and ``contracts``.
    score : Declaration
        Not used.

    Raises
    ------
    NotReady
        Without use, or where nobody's use is known for that month.

    >>> import cslab
    >>> 0 < float(engagement(cslab.load("synthetic:tiny"), health.declared("dear")).now) < 1
    True
    """
    book.require("usage_monthly.month", "usage_monthly.wau_ratio", "calendar")
    month = last_month(book.as_of)
    usage = book.usage_monthly
    used = usage[usage["month"] == month].drop_duplicates("account_id").set_index("account_id")["wau_ratio"]
    there = landmark.at_risk(book)["account_id"]
    known = used.reindex(there).dropna().to_numpy(float)
    if not len(known):
        raise NotReady(Fault("dashboard.no_use", {"month": f"{month:%Y-%m}"}))
    now = ratio(known, np.ones(len(known)), "mean_of_customers", high=1.0)
    return Number(now, {"unrecorded": float(len(there) - len(known))})


FIVE: dict[str, Callable[[Book, Declaration], Number]] = {
    "health": healthy,
    "churn": churn,
    "retention_cost": retention,
    "portfolio": portfolio,
    "engagement": engagement,
}
"""How each tile is made."""


def year_ago(book: Book) -> pd.Timestamp:
    """The same day a year before a book's last one.

    Parameters
    ----------
    book : Book

    Raises
    ------
    NotReady
        Where the records do not reach so far.

    >>> import cslab
    >>> year_ago(cslab.load("synthetic:tiny")).date()
    datetime.date(2024, 3, 31)
    """
    import pandas as pd

    book.require("mrr_movements")
    day = pd.Timedelta(days=1)
    since = book.as_of + day - pd.DateOffset(months=YEAR) - day
    first = book.first_day
    if first is not None and first > since + day:
        raise NotReady(Fault("dashboard.short", {"first": first.date(), "last": book.as_of.date()}))
    return since


def last_month(day: pd.Timestamp) -> pd.Timestamp:
    """The first day of the last month that is over by the end of a day.

    Parameters
    ----------
    day : Timestamp

    >>> import pandas as pd
    >>> last_month(pd.Timestamp("2024-03-31")).date(), last_month(pd.Timestamp("2024-03-30")).date()
    (datetime.date(2024, 3, 1), datetime.date(2024, 2, 1))
    """
    import pandas as pd

    after = day + pd.Timedelta(days=1)
    return after.replace(day=1) - pd.DateOffset(months=1)
