"""Which signals come before a customer buys more, and what the usual rule for a proposal finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark
from cslab.measure.estimate import Estimate, proportion
from cslab.measure.health.declared import Declaration
from cslab.measure.health.judged import HORIZON, told_apart
from cslab.measure.health.score import score
from cslab.measure.signals import SIGNALS, signals
from cslab.measure.signals.asked import months

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

CANDIDATES = ("wau_last", "usage_trend", "logins_per_seat", "features_relevant", "departments", "roles", "champion")
"""Signals that are said to come before an expansion."""

BOUGHT = ("seat", "upsell", "cross_sell")
"""Kinds of expansion that a customer decides on; a higher price is none."""

NEW_DAYS, SEAT_USE = 90, 0.85


def expansion_signal(book: Book, day: Date, horizon: int = HORIZON) -> pd.DataFrame:
    """How well each signal of a day tells which customers then bought more.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` and ``contracts``.
    day : date
        At least ``horizon`` months before the last one of the book.
    horizon : int
        Months within which buying counts.

    Returns
    -------
    DataFrame
        One row a signal that the book allows, the strongest first: ``signal``, ``estimate`` (AUC; high values buy),
        ``low``, ``high``, ``n`` (accounts it is known of), ``events`` (of them bought), ``method``. ``attrs``:
        ``bought``, ``customers``, ``horizon``, ``as_of``.

    Raises
    ------
    NotReady
        Without these tables.
    UsageError
        For a day too late, or when nobody bought.

    >>> import cslab
    >>> bool(expansion_signal(cslab.load("synthetic:tiny"), "2024-03-31", 12)["n"].gt(0).all())
    True
    """
    import pandas as pd

    rows = _bought(book, day, horizon)
    names = [name for name in CANDIDATES if book.has(*SIGNALS[name].needs)]
    told = signals(book, rows, names)
    lines = [{"signal": name, **_one(told[told[name].notna()], name, horizon)} for name in names]
    table = pd.DataFrame(lines).sort_values("estimate", ascending=False, kind="stable").reset_index(drop=True)
    table.attrs = {"bought": int(rows["event"].sum()), "customers": len(rows), "horizon": horizon}
    table.attrs["as_of"] = rows["as_of"].max()
    return table


def expansion_rule(
    book: Book,
    day: Date,
    horizon: int = HORIZON,
    declaration: Declaration | str = "dear",
    seat_use: float = SEAT_USE,
) -> pd.DataFrame:
    """What the usual rule for a proposal finds: green, seats nearly all in use, and a department that is new.

    Parameters
    ----------
    book, day, horizon
        As for :func:`expansion_signal`; also needs ``usage_monthly`` and ``contacts``.
    declaration : Declaration or str
        The score that says green.
    seat_use : float
        From which share of seats in use on (0-1).

    Returns
    -------
    DataFrame
        One row a group: ``group`` (``green``, ``seats_full``, ``new_department``, ``rule``: all three, ``everybody``),
        ``estimate`` (share that bought more), ``low``, ``high``, ``n``, ``method``, ``found`` (share of the buyers that
        are in it).

    Raises
    ------
    NotReady, UsageError
        As :func:`expansion_signal`.

    Source: rule of the playbooks (domain specification, grade S).

    >>> import cslab
    >>> expansion_rule(cslab.load("synthetic:tiny"), "2024-03-31", 12)["group"].tolist()
    ['green', 'seats_full', 'new_department', 'rule', 'everybody']
    """
    import pandas as pd

    rows = _bought(book, day, horizon)
    now = signals(book, rows, ["wau_last", "departments"])
    before = signals(book, rows.assign(as_of=rows["as_of"] - pd.Timedelta(days=NEW_DAYS)), ["departments"])
    colour = rows["account_id"].map(score(book, declaration, day).set_index("account_id")["colour"])
    groups = {
        "green": (colour == "green").to_numpy(),
        "seats_full": (now["wau_last"] >= seat_use).to_numpy(),
        "new_department": (now["departments"] > before["departments"]).to_numpy(),
    }
    groups["rule"] = np.logical_and.reduce([*groups.values()])
    groups["everybody"] = np.ones(len(rows), bool)
    bought = rows["event"].to_numpy(bool)
    return pd.DataFrame([{"group": name, **_share(bought, inside)} for name, inside in groups.items()])


def _bought(book: Book, day: Date, horizon: int) -> pd.DataFrame:
    """Everybody at risk on a day, and who bought more within the horizon, in which month."""
    book.require("mrr_movements.type", "mrr_movements.month")
    rows = landmark.outcomes(book, day, horizon)[["account_id", "as_of"]]
    moves = book.mrr_movements
    kind = moves["kind"].isin(BOUGHT) if "kind" in moves else moves["type"].notna()
    ahead = months(moves["month"]) - months([rows["as_of"].max()])[0]
    inside = (moves["type"] == "expansion") & kind & (ahead >= 1) & (ahead <= horizon)
    first = moves[inside].assign(time=ahead[inside]).groupby("account_id")["time"].min()
    time = rows["account_id"].map(first)
    if time.notna().sum() == 0:
        raise UsageError(Fault("health.nobody_bought", {"day": rows["as_of"].max().date(), "horizon": horizon}))
    return rows.assign(time=time.fillna(horizon).astype(int), event=time.notna())


def _one(rows: pd.DataFrame, name: str, horizon: int) -> dict[str, Any]:
    """One signal's numbers."""
    found: Estimate = told_apart(rows, horizon, name)
    return {**found.cells(), "events": int(rows["event"].sum())}


def _share(bought: Any, inside: Any) -> dict[str, Any]:
    """The share that bought in a group, and the share of the buyers that are in it."""
    n, hits = int(inside.sum()), int((bought & inside).sum())
    share = (
        proportion(hits, n, n, "share_of_accounts") if n else Estimate(np.nan, np.nan, np.nan, 0, "share_of_accounts")
    )
    return {**share.cells(), "found": hits / bought.sum()}
