"""What the first impression leaves: the answer on day 30, and how much the customer uses the product much later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.onboarding.adjustment import known_at_signing, least_squares

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cslab.book import Book

HORIZONS = (3, 6, 12, 24)
"""Months after signing."""

FUTURES = 8
"""How many the truth is averaged over: its error is a thirtieth of what the limits of 2,000 customers span."""

FEWEST = 30
"""Answers below which nothing is said of a horizon."""


def impression(book: Book, horizons: Sequence[int] = HORIZONS) -> pd.DataFrame:
    """How much more a customer uses, months after signing, whose answer on day 30 was one standard deviation better.

    The answer is the first impression only in part: it also tells how well the product fits, and fit is there later
    too. Adjusted are customers compared who were alike in all that was known at signing. Only those can be compared
    who answered (the unhappy answer less) and are still there.

    Parameters
    ----------
    book : Book
        Needs ``surveys`` (``type``, ``sent_on``, ``responded_on``, ``score``) with ``day30``, ``usage_monthly``
        (``month``, ``wau_ratio``) and ``accounts.signed_on``.
    horizons : sequence of int
        Months after signing.

    Returns
    -------
    DataFrame
        ``horizon``, ``way`` (``naive``, ``adjusted``), ``estimate`` (``wau_ratio`` a standard deviation of the score),
        ``low``, ``high``, ``n`` (customers), ``asked``, ``answered``, ``gone`` (answered, and no usage at the
        horizon), ``method``. Only horizons with at least 30 customers. ``attrs``: ``response`` (share), ``sd`` (of the
        score, in points), ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or with too few answers.

    Source: early satisfaction as an anchor, Bolton (1998), Marketing Science 17:45, grade A, for the direction.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny?accounts=400")
    >>> impression(book, [6])["way"].tolist()
    ['naive', 'adjusted']
    """
    import pandas as pd

    asked = asked_on_day_30(book)
    heard = asked.dropna(subset=["score"])
    book.require("accounts.signed_on")
    usage = _usage(book, heard)
    rows = [row for horizon in horizons for row in _ways(book, asked, heard, usage, horizon)]
    if not rows:
        raise NotReady(Fault("few_answers", {"count": len(heard), "least": FEWEST}))
    frame = pd.DataFrame(rows)
    frame.attrs.update(response=len(heard) / len(asked), sd=float(heard["score"].std()), as_of=book.as_of)
    return frame


def impression_truth(book: Book, horizons: Sequence[int] = HORIZONS) -> pd.DataFrame | None:
    """How much more a customer truly uses whose first impression was one standard deviation better.

    Parameters
    ----------
    book : Book
        With its truth.
    horizons : sequence of int
        Months after signing.

    Returns
    -------
    DataFrame or None
        ``horizon``, ``estimate`` (``wau_ratio``), ``method``; ``None`` where nobody knows it. Of the impression itself:
        the answer on day 30 tells it with noise.

    >>> import cslab
    >>> impression_truth(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    if book.truth is None:
        return None
    found = book.truth.impression_effect(tuple(horizons), futures=FUTURES)
    found = found.rename(columns={"month": "horizon", "usage": "estimate"})
    return found[["horizon", "estimate"]].assign(method="truth_expected")


def asked_on_day_30(book: Book) -> pd.DataFrame:
    """Who was asked on day 30, and what they answered, as far as answers are in.

    Parameters
    ----------
    book : Book
        As for :func:`impression`.

    Returns
    -------
    DataFrame
        ``account_id``, ``sent_on``, ``answered_on`` (the day of asking, where the source does not tell the day of the
        answer), ``score`` (missing: no answer); each customer once.

    Raises
    ------
    NotReady
        Without the columns, or where nobody was asked.

    >>> import cslab
    >>> bool(asked_on_day_30(cslab.load("synthetic:tiny"))["account_id"].is_unique)
    True
    """
    book.require("calendar", "surveys.type", "surveys.sent_on", "surveys.score")
    surveys = book.surveys
    asked = surveys[surveys["type"] == "day30"].sort_values("sent_on", kind="stable").drop_duplicates("account_id")
    if asked.empty:
        raise NotReady(Fault("few_answers", {"count": 0, "least": FEWEST}))
    answered = asked["responded_on" if "responded_on" in asked else "sent_on"]
    asked = asked.assign(answered_on=answered)
    return asked[["account_id", "sent_on", "answered_on", "score"]].reset_index(drop=True)


def _ways(
    book: Book, asked: pd.DataFrame, heard: pd.DataFrame, usage: pd.DataFrame, horizon: int
) -> list[dict[str, object]]:
    """Both comparisons at a horizon; nothing where too few can be compared."""
    reached = _reached(book, asked, horizon)
    due = heard[heard["account_id"].isin(reached)]
    used = due.merge(usage.loc[usage["ahead"] == horizon, ["account_id", "wau_ratio"]], on="account_id")
    if len(used) < FEWEST or used["score"].nunique() < 2:
        return []
    score = (used["score"] / heard["score"].std()).to_numpy()
    known = known_at_signing(book, used["account_id"])
    counts = {"asked": len(reached), "answered": len(due), "gone": len(due) - len(used)}
    rows = []
    for way, columns in {"naive": score[:, None], "adjusted": np.column_stack([score, known])}.items():
        found = least_squares(used["wau_ratio"], columns).slope(0, f"impression_{way}")
        rows.append({"horizon": horizon, "way": way, **found.cells(), **counts})
    return rows


def _signed(book: Book) -> pd.Series:
    """The month in which each customer signed."""
    months: pd.Series = book.accounts.set_index("account_id")["signed_on"].dt.to_period("M")
    return months


def _reached(book: Book, asked: pd.DataFrame, horizon: int) -> list[str]:
    """Who was asked long enough ago for the month of the horizon to be over."""
    import pandas as pd

    over = (book.as_of + pd.Timedelta(days=1)).to_period("M") - 1
    signed = asked["account_id"].map(_signed(book))
    known = np.asarray((signed + horizon).le(over).fillna(False), bool)
    return [str(account) for account in asked["account_id"].to_numpy()[known]]


def _usage(book: Book, heard: pd.DataFrame) -> pd.DataFrame:
    """Usage of those who answered, with the months from that of signing."""
    book.require("usage_monthly.month", "usage_monthly.wau_ratio")
    usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].dropna()
    usage = usage[usage["account_id"].isin(heard["account_id"])]
    signed = usage["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    ahead = (usage["month"].dt.year - signed.dt.year) * 12 + usage["month"].dt.month - signed.dt.month
    return usage.assign(ahead=ahead).drop_duplicates(["account_id", "ahead"])
