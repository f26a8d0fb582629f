"""How much less those who onboarded leave, how much of it is their onboarding, and what that is worth to the company.

Three numbers are easily taken for one another. The gap between two groups of customers. That part of it that onboarding
brings one customer. And by how much the churn of the whole company would fall if everybody got there: that part, times
the share of customers who do not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.book.supposition import Onboarded
from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, normal
from cslab.measure.onboarding.adjustment import known_at_signing, least_squares
from cslab.measure.onboarding.arrivals import arrivals
from cslab.measure.spells import DAYS_A_MONTH
from cslab.measure.survival import at, kaplan_meier

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]

MONTH, HORIZON = 3, 24
"""When to look whether a customer is onboarded, and until when to look whether it left: months from signing."""

FUTURES = 16
"""How many the truth is averaged over: of 2,000 customers its error is below a tenth of a point then."""


def gap(book: Book, month: int = MONTH, horizon: int = HORIZON) -> pd.DataFrame:
    """How much more of those leave who were not onboarded in time: as it looks, and among customers who are alike.

    Only customers who are still there in the month in which the groups are told apart count, in both groups; nobody is
    asked before its time, as the curves are Kaplan-Meier's. Alike means: in all that was known at signing, by least
    squares on pseudo-values of the share still there. What nobody wrote down, such as how well the product fits, still
    differs.

    Parameters
    ----------
    book : Book
        Needs ``onboarding`` (``started``, ``done``) and ``contracts`` (``start``, ``end``); adjusts for what
        ``accounts``, ``tier_history`` and ``contracts`` say of the time of signing.
    month : int
        Months from signing within which a customer ought to be onboarded.
    horizon : int
        Months from signing.

    Returns
    -------
    DataFrame
        ``scope`` (``customer``: chance of leaving of one who was not onboarded in time less that of one who was;
        ``company``: by how much the churn of all would fall, the same times the share not onboarded in time), ``way``
        (``naive``, ``adjusted``), ``estimate`` (difference of shares, 0-1), ``low``, ``high``, ``n``, ``method``.
        ``attrs``: ``share`` (not onboarded in time), ``month``, ``horizon``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or where one of the groups is empty.
    UsageError
        For a horizon that is not after the month, or beyond the records.

    Source: pseudo-values, Andersen, Klein and Rosthøj (2003), Biometrika 90:15, grade A.

    >>> import cslab
    >>> gap(cslab.load("synthetic:tiny"))["scope"].tolist()
    ['customer', 'customer', 'company', 'company']
    """
    import pandas as pd

    lives = _lives(book, month, horizon)
    share = float(lives["late"].mean())
    error = float(np.sqrt(share * (1 - share) / len(lives)))
    after = horizon - month
    customer = {"naive": _between(lives, after), "adjusted": _adjusted(book, lives, after)}
    rows = [("customer", way, one) for way, one in customer.items()]
    rows += [("company", way, _times(one, share, error)) for way, one in customer.items()]
    names = ("estimate", "low", "high", "n", "method")
    frame = pd.DataFrame(
        [{"scope": scope, "way": way, **{name: getattr(one, name) for name in names}} for scope, way, one in rows]
    )
    frame.attrs.update(share=share, month=month, horizon=horizon, as_of=book.as_of)
    return frame


def gap_between(book: Book, month: int = MONTH, horizon: int = HORIZON) -> Estimate:
    """The gap between both groups as it looks: churn of those not onboarded in time less churn of those who were.

    Parameters
    ----------
    book, month, horizon
        As for :func:`gap`.

    Returns
    -------
    Estimate
        A difference of shares.

    Raises
    ------
    NotReady, UsageError
        As :func:`gap`.

    >>> import cslab
    >>> gap_between(cslab.load("synthetic:tiny")).method
    'gap_between_groups'
    """
    return _between(_lives(book, month, horizon), horizon - month)


def gap_adjusted(book: Book, month: int = MONTH, horizon: int = HORIZON) -> Estimate:
    """By how much the churn of all customers would fall if everybody were onboarded in time, others being alike.

    Parameters
    ----------
    book, month, horizon
        As for :func:`gap`.

    Returns
    -------
    Estimate
        A difference of shares: the adjusted gap of a customer, times the share not onboarded in time.

    Raises
    ------
    NotReady, UsageError
        As :func:`gap`.

    >>> import cslab
    >>> abs(float(gap_adjusted(cslab.load("synthetic:tiny")))) < 1
    True
    """
    lives = _lives(book, month, horizon)
    share = float(lives["late"].mean())
    return _times(_adjusted(book, lives, horizon - month), share, float(np.sqrt(share * (1 - share) / len(lives))))


def gap_truth(book: Book, horizon: int = HORIZON, scope: str = "company") -> Estimate | None:
    """By how much the churn of all customers would truly fall if nobody's onboarding stalled.

    Parameters
    ----------
    book : Book
        With its truth.
    horizon : int
        Months from signing.
    scope : str
        ``"company"``: of all customers; ``"customer"``: of each whose onboarding would have stalled.

    Returns
    -------
    Estimate or None
        A difference of shares with Monte-Carlo limits; ``None`` where nobody knows it.

    >>> import cslab
    >>> float(gap_truth(cslab.load("synthetic:tiny"), 12)) > 0
    True
    """
    if book.truth is None:
        return None
    found = book.truth.supposing([Onboarded()], horizon=horizon, futures=FUTURES)
    found = found[found["case"] == Onboarded().case]
    error = float(np.sqrt((found["retained_gain_error"] ** 2).sum()) / len(found))
    whole = normal(float(found["retained_gain"].mean()), error, len(found), "truth_expected")
    if scope == "company":
        return whole
    stalled = float(book.truth.accounts()["stalled"].mean())
    return _scaled(whole, 1 / stalled) if stalled else None


def _lives(book: Book, month: int, horizon: int) -> pd.DataFrame:
    """Durations of those still there when the groups are told apart, counted from then on, and who was late."""
    if not 0 < month < horizon:
        raise UsageError(Fault("window_order", {"start": month, "end": horizon}))
    lives = durations(book)
    lives = lives[(lives["duration"] > month) & (lives["entry"] <= month)]
    lives = lives.assign(entry=0, duration=lives["duration"] - month)
    begun = arrivals(book)
    signed = begun["account_id"].map(book.contracts.groupby("account_id")["start"].min())
    days = (begun["started"] - signed).dt.days + begun["duration"]
    in_time = begun["account_id"][begun["event"] & (days <= month * DAYS_A_MONTH)]
    lives = lives[lives["account_id"].isin(begun["account_id"])]
    lives = lives.assign(late=~lives["account_id"].isin(in_time)).reset_index(drop=True)
    if lives["late"].nunique() < 2:
        raise NotReady(Fault("one_group", {"months": month}))
    return lives


def _between(lives: pd.DataFrame, after: int) -> Estimate:
    """The difference of both groups' churn by Kaplan-Meier."""
    curves = kaplan_meier(lives, "late")
    late, others = (at(curves[curves["late"] == group], after) for group in (True, False))
    error = float(np.hypot(late.std_error, others.std_error))
    return normal(others.estimate - late.estimate, error, len(lives), "gap_between_groups")


def _adjusted(book: Book, lives: pd.DataFrame, after: int) -> Estimate:
    """The same among customers who were alike at signing."""
    known = known_at_signing(book, lives["account_id"])
    gone = 1 - pseudo_values(lives, after)
    columns = np.column_stack([lives["late"], known])
    return least_squares(gone, columns).slope(0, "gap_pseudo_values")


def pseudo_values(lives: pd.DataFrame, horizon: int) -> Floats:
    """What each customer contributes to the share still there at a horizon, followed that far or not.

    Parameters
    ----------
    lives : DataFrame
        ``duration`` (whole months) and ``event``; all at risk from the same time on.
    horizon : int

    Returns
    -------
    ndarray of float, shape (rows,)
        n times the Kaplan-Meier estimate less (n - 1) times that of the others: 1 and 0 where all are followed so far.

    Source: Andersen, Klein and Rosthøj (2003), Biometrika 90:15, grade A.

    >>> import pandas as pd
    >>> pseudo_values(pd.DataFrame({"duration": [1, 2, 3], "event": [True, False, False]}), 2).round(6).tolist()
    [0.0, 1.0, 1.0]
    """
    duration, event, n = lives["duration"].to_numpy(np.int64), lives["event"].to_numpy(bool), len(lives)
    months = np.arange(1, horizon + 1)
    at_risk = (n - np.searchsorted(np.sort(duration), months)).astype(float)
    events = np.bincount(duration[event & (duration <= horizon)], minlength=horizon + 1)[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where(at_risk > 0, 1 - events / at_risk, 1.0)
        fewer = np.where(at_risk > 1, 1 - events / (at_risk - 1), 1.0)
        own = np.where(at_risk > 1, 1 - (events - 1) / (at_risk - 1), 1.0)
    before = np.append(1.0, np.cumprod(fewer))
    after = np.append(np.cumprod(whole[::-1])[::-1], 1.0)
    last = np.minimum(duration, horizon)
    left = event & (duration <= horizon)
    inside = np.where(left, before[last - 1] * own[last - 1], before[last])
    return np.asarray(n * whole.prod() - (n - 1) * inside * after[last])


def _times(one: Estimate, share: float, error: float) -> Estimate:
    """An estimate times a share that is itself uncertain."""
    spread = float(np.hypot(one.std_error * share, one.estimate * error))
    return normal(one.estimate * share, spread, one.n, one.method)


def _scaled(one: Estimate, factor: float) -> Estimate:
    """An estimate times a number."""
    names = ("estimate", "low", "high", "std_error")
    return replace(one, **{name: getattr(one, name) * factor for name in names})
