"""Used properly, and felt the benefit: two answers at the first value, and who of each kind stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.durations import durations
from cslab.measure.onboarding.arrivals import arrivals
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
    book.require(*(f"onboarding.{name}" for name in ("started", "done", *ANSWERS)))
    answers = book.onboarding.dropna(subset=["done", *ANSWERS]).sort_values("done", kind="stable")
    answers = answers.drop_duplicates("account_id", keep="last").set_index("account_id")
    found = arrivals(book)
    found = found[found["event"] & found["account_id"].isin(answers.index)]
    lives = found[["account_id", "started", "duration"]].rename(columns={"duration": "reached"})
    lives = lives.merge(durations(book, "day")[["account_id", "entry", "duration", "event"]], on="account_id")
    lives = lives.assign(entry=0, duration=lives["duration"] - lives["reached"])
    lives = lives[lives["duration"] > 0]
    if lives.empty:
        raise NotReady(Fault("nobody_answered", {"columns": ", ".join(ANSWERS)}))
    return lives.assign(**{name: lives["account_id"].map(answers[name]).astype(bool) for name in ANSWERS})


def _stays(part: pd.DataFrame, horizon: int) -> dict[str, object]:
    """The share of a group that is still there, as columns."""
    nothing = {"estimate": np.nan, "low": np.nan, "high": np.nan, "n": len(part), "method": "kaplan_meier_log_log"}
    days = round(horizon * 30.4375)
    if part.empty or part["duration"].max() < days:
        return nothing
    found = at(kaplan_meier(part), days)
    return {**nothing, "estimate": found.estimate, "low": found.low, "high": found.high}


def _chances(book: Book, lives: pd.DataFrame, horizon: int) -> pd.DataFrame | None:
    """The true chance of leaving of each customer and month after its first value."""
    if book.truth is None:
        return None
    hazard = book.truth.hazard()
    hazard = hazard[hazard["spell"] == 1].merge(lives[["account_id", "started", "reached"]], on="account_id")
    after = hazard["tenure"] - np.ceil(hazard["reached"] / 30.4375)
    inside: pd.DataFrame = hazard.assign(after=after)[after.between(1, horizon)]
    return inside


def _product(chances: pd.DataFrame | None, part: pd.DataFrame, horizon: int) -> float:
    """The share of a group that stays by the true chances: the product over months of what stays on average."""
    if chances is None or part.empty:
        return np.nan
    inside = chances[chances["account_id"].isin(part["account_id"])]
    monthly = inside.groupby("after")["hazard"].mean()
    return float(np.prod(1 - monthly.to_numpy())) if len(monthly) == horizon else np.nan
