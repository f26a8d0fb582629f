"""Used properly, and felt the benefit: two answers at the first value, and who of each kind stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.durations import durations
from cslab.measure.onboarding.arrivals import arrivals
from cslab.measure.spells import DAYS_A_MONTH
from cslab.measure.survival import at, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

HORIZON = 12
ANSWERS = ("used_properly", "felt_benefit")


def quadrant(book: Book, horizon: int = HORIZON) -> pd.DataFrame:
    """The share still a customer some months after the first value, by what was answered then.

    Parameters
    ----------
    book : Book
        Needs ``onboarding`` with ``started``, ``done``, ``used_properly``, ``felt_benefit``, and ``contracts`` with
        ``start`` and ``end``.
    horizon : int
        Months after the first value.

    Returns
    -------
    DataFrame
        ``used_properly``, ``felt_benefit``, ``estimate`` (0-1, Kaplan-Meier: customers of late years count as far as
        they are followed), ``low``, ``high``, ``n``, ``method``, ``truth`` (product of the true chances of staying;
        missing where nobody knows them). Four rows, those that nobody is in without numbers. ``attrs``: ``horizon``,
        ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or where nobody answered.

    Source: the goal of the introduction phase is both (seed S1-11); the product limit of each group.

    >>> import cslab
    >>> quadrant(cslab.load("synthetic:tiny"), 6)[["used_properly", "felt_benefit"]].values.tolist()
    [[True, True], [True, False], [False, True], [False, False]]
    """
    import pandas as pd

    lives = _answered(book)
    chances = _chances(book, lives, horizon)
    rows = []
    for used, felt in ((True, True), (True, False), (False, True), (False, False)):
        part = lives[(lives["used_properly"] == used) & (lives["felt_benefit"] == felt)]
        truth = _product(chances, part, horizon)
        rows.append({"used_properly": used, "felt_benefit": felt, **_stays(part, horizon), "truth": truth})
    frame = pd.DataFrame(rows)
    frame.attrs.update(horizon=horizon, as_of=book.as_of)
    return frame


def _answered(book: Book) -> pd.DataFrame:
    """Customers who answered both, and how long they were followed from their first value, in days."""
    book.require(*(f"onboarding.{name}" for name in ("started", "done", *ANSWERS)), "contracts.start")
    answers = book.onboarding.dropna(subset=["done", *ANSWERS]).sort_values("done", kind="stable")
    answers = answers.drop_duplicates("account_id", keep="last").set_index("account_id")
    found = arrivals(book)
    found = found[found["event"] & found["account_id"].isin(answers.index)]
    signed = found["account_id"].map(book.contracts.groupby("account_id")["start"].min())
    reached = (found["started"] - signed).dt.days + found["duration"]  # days since signing, as durations counts them
    lives = found[["account_id"]].assign(reached=reached)
    lives = lives.merge(durations(book, "day")[["account_id", "entry", "duration", "event"]], on="account_id")
    entry = (lives["entry"] - lives["reached"]).clip(lower=0)
    lives = lives.assign(entry=entry, duration=lives["duration"] - lives["reached"])
    lives = lives[lives["duration"] > lives["entry"]]
    if lives.empty:
        raise NotReady(Fault("nobody_answered", {"columns": ", ".join(ANSWERS)}))
    return lives.assign(**{name: lives["account_id"].map(answers[name]).astype(bool) for name in ANSWERS})


def _stays(part: pd.DataFrame, horizon: int) -> dict[str, object]:
    """The share of a group that is still there, as columns."""
    nothing = {"estimate": np.nan, "low": np.nan, "high": np.nan, "n": len(part), "method": "kaplan_meier_log_log"}
    days = round(horizon * DAYS_A_MONTH)
    if part.empty:
        return nothing
    curve = kaplan_meier(part)
    if curve["time"].iloc[-1] < days and curve["estimate"].iloc[-1] > 0:  # not followed so far, and not all have left
        return nothing
    found = at(curve, days)
    return {**nothing, "estimate": found.estimate, "low": found.low, "high": found.high}


def _chances(book: Book, lives: pd.DataFrame, horizon: int) -> pd.DataFrame | None:
    """The true chance of leaving of each customer and month after its first value."""
    if book.truth is None:
        return None
    hazard = book.truth.hazard()
    hazard = hazard[hazard["spell"] == 1].merge(lives[["account_id", "reached"]], on="account_id")
    after = hazard["tenure"] - np.ceil(hazard["reached"] / DAYS_A_MONTH)
    inside: pd.DataFrame = hazard.assign(after=after)[after.between(1, horizon)]
    return inside


def _product(chances: pd.DataFrame | None, part: pd.DataFrame, horizon: int) -> float:
    """The share of a group that stays by the true chances: the product over months of what stays on average."""
    if chances is None or part.empty:
        return np.nan
    inside = chances[chances["account_id"].isin(part["account_id"])]
    monthly = inside.groupby("after")["hazard"].mean()
    return float(np.prod(1 - monthly.to_numpy())) if len(monthly) == horizon else np.nan
