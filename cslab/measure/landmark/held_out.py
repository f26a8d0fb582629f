"""Scores tried on customers or days that the model has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError
from cslab.measure.landmark.crossed import LOTS, crossed
from cslab.measure.landmark.day import NOTICE_MONTHS, decisions
from cslab.measure.landmark.days import check_positive, days, latest
from cslab.measure.landmark.features import SETS, features_at
from cslab.measure.landmark.learning import PENALTY, fit, landmarks

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

LEAST_EVENTS = 10
"""Leavers that a model must have seen at least before anybody should look at its score."""


def held_out(
    book: Book, horizon: int = 3, sets: Sequence[str] = SETS, test_months: int = 12, penalty: float = PENALTY
) -> pd.DataFrame:
    """Chances of leaving, each from a model that knew neither the day nor what came after it.

    With dates, the model learns on days whose horizon was over before the first day it is tried on. A list without
    dates has no later day, so its customers are drawn into five lots, each judged by a model of the others; that shows
    how well a score does among customers like these, not how it does next year.

    Parameters
    ----------
    book : Book
        Needs ``contracts``.
    horizon : int
        Months; 1 for a list without dates.
    sets : sequence of str
        What the model may know, of ``SETS``.
    test_months : int
        The last months that can be judged, on which it is tried; cut to half of the days where there are few.
    penalty : float
        How much weights cost.

    Returns
    -------
    DataFrame
        ``account_id``, ``as_of``, ``time``, ``event`` (as ``outcomes``) and ``risk`` (0-1). ``attrs``: ``n_train``,
        ``events_train``, ``train_days``, ``test_days`` (empty without dates), ``sets``, ``unseen`` (values of rows
        tried that were not there to learn from; they count as the most frequent word).

    Raises
    ------
    NotReady
        Without contracts.
    UsageError
        Where the records are too short for days before and after, or too few left to learn from; for numbers below 1,
        or another horizon than 1 of a list without dates.

    >>> import cslab
    >>> tried = held_out(cslab.load("synthetic:default_jp?accounts=400"), horizon=6, sets=("calendar",))
    >>> max(tried.attrs["train_days"]) < min(tried.attrs["test_days"])
    True
    """
    check_positive(horizon=horizon, test_months=test_months)
    if book.stock_sample:
        return _by_lot(book, horizon, sets, penalty)
    before, after = _days_apart(book, horizon, test_months)
    rows = landmarks(book, horizon, [*before, *after])
    rows.attrs = {"train_days": before, "test_days": after}
    return _tried(book, rows, rows["as_of"].isin(before).to_numpy(), horizon, sets, penalty)


def held_out_decisions(
    book: Book,
    months_before: int = 3,
    horizon: int | None = None,
    sets: Sequence[str] = SETS,
    test_months: int = 12,
    penalty: float = PENALTY,
) -> pd.DataFrame:
    """Chances of refusing a renewal, each from a model that learned on renewals settled before.

    Parameters
    ----------
    book : Book
        As for ``decisions``.
    months_before : int
        Months before the decision at which the customer is looked at.
    horizon : int, optional
        As for ``decisions``.
    sets, test_months, penalty
        As for :func:`held_out`.

    Returns
    -------
    DataFrame
        As :func:`held_out`.

    Raises
    ------
    NotReady
        Without contracts and decisions.
    UsageError
        As :func:`held_out`.

    >>> import cslab
    >>> tried = held_out_decisions(cslab.load("synthetic:default_jp?accounts=400"), sets=("calendar",), test_months=6)
    >>> bool(tried["risk"].between(0, 1).all())
    True
    """
    import pandas as pd

    ahead = months_before + NOTICE_MONTHS if horizon is None else horizon
    check_positive(months_before=months_before, horizon=ahead, test_months=test_months)
    rows = decisions(book, months_before, ahead)
    on = [pd.Timestamp(day) for day in sorted(rows["as_of"].unique())]
    if not on:
        raise UsageError(Fault("landmark.too_short", {"horizon": ahead, "first": book.as_of.date()}))
    first = min(max(on) - pd.offsets.MonthEnd(test_months - 1), on[len(on) // 2])
    before = [day for day in on if day + pd.offsets.MonthEnd(ahead) <= first]
    kept = rows[rows["as_of"].isin(before) | (rows["as_of"] >= first)].reset_index(drop=True)
    kept.attrs = {"train_days": before, "test_days": [day for day in on if day >= first]}
    return _tried(book, kept, kept["as_of"].isin(before).to_numpy(), ahead, sets, penalty)


def _days_apart(book: Book, horizon: int, test_months: int) -> tuple[list[Any], list[Any]]:
    """Days to learn on and days to be tried on; every horizon of the former is over before the first of the latter."""
    import pandas as pd

    every = days(book, horizon)
    first = latest(book, horizon) - pd.offsets.MonthEnd(max(test_months - horizon, 0))
    after = [day for day in every if day >= first]
    after = after[-max(len(every) // 2, 1) :]
    before = [day for day in every if day + pd.offsets.MonthEnd(horizon) <= after[0]]
    if not before:
        raise UsageError(Fault("landmark.too_short", {"horizon": horizon, "first": every[0].date()}))
    return before, after


def _by_lot(book: Book, horizon: int, sets: Sequence[str], penalty: float) -> pd.DataFrame:
    """Every customer of a list without dates, judged by a model of the other lots."""
    from scipy.special import expit

    rows = landmarks(book, horizon)
    known = features_at(book, rows, sets, horizon)
    _enough(int(rows["event"].sum()) * (LOTS - 1) // LOTS, len(rows) * (LOTS - 1) // LOTS)
    told = crossed(rows, known, horizon, penalty)
    found = rows.assign(risk=expit(told["log_odds"].to_numpy() + told.attrs["intercept"]))
    found.attrs = {name: told.attrs[name] for name in ("n_train", "events_train", "unseen")}
    found.attrs |= {"train_days": [], "test_days": [], "sets": known.attrs["sets"], "horizon": horizon}
    found.attrs |= {"stock_sample": True, "as_of": book.as_of}
    return found


def _enough(events: int, n: int) -> None:
    """Refuse to judge by a model that saw too few leave."""
    if events < LEAST_EVENTS:
        raise UsageError(Fault("landmark.few_events", {"events": events, "n": n, "least": LEAST_EVENTS}))


def _tried(
    book: Book, rows: pd.DataFrame, learned: Any, horizon: int, sets: Sequence[str], penalty: float
) -> pd.DataFrame:
    """The rows that were not learned from, with the chance that the model of the others gives them."""
    known = features_at(book, rows, sets, horizon)
    seen = rows[learned]
    _enough(int(seen["event"].sum()), len(seen))
    model = fit(seen, _with_attrs(known[learned], known), horizon, penalty)
    told, unseen = model.fill_unseen(known[~learned])
    found: pd.DataFrame = rows[~learned].assign(risk=model.chance(told).to_numpy()).reset_index(drop=True)
    used = {"n_train": model.n, "events_train": model.events, "sets": model.sets, "unseen": unseen, "horizon": horizon}
    found.attrs = dict(rows.attrs) | used | {"stock_sample": book.stock_sample, "as_of": book.as_of}
    return found


def _with_attrs(part: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """A part that remembers what the whole was made of."""
    part.attrs = whole.attrs
    return part
