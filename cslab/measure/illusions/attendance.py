"""Self-selection: who comes to a webinar was doing well before, and would have stayed without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.durations import followed
from cslab.measure.effect.tried import NotComparable
from cslab.measure.illusions.illusion import Illusion, require_enough
from cslab.measure.onboarding.adjustment import known_at_signing, least_squares
from cslab.measure.signals.known import SIGNALS, signals
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

MONTHS = 12
"""Months after the day over which departures are counted."""

BEFORE = ("wau_ratio", "wau_last", "onboarded", "tickets_90d", "maturity_level")
"""How a customer was doing before the day, where the tables tell."""

PER_COLUMN = 3
"""Customers for each column that is held equal."""

GONE = ("left", "churned", "silent")


def invited(book: Book, channel: str = "", months: int = MONTHS) -> pd.DataFrame:
    """Every invitation whose outcome is known: who came, and who had left some months later.

    Parameters
    ----------
    book : Book
        Needs ``content_exposure`` (``account_id``, ``shown_on``, ``opened``), ``contracts`` (``start``, ``end``);
        ``channel``, where one is asked for.
    channel : str
        Such as ``"webinar"``; empty: all.
    months : int
        Months after the day.

    Returns
    -------
    DataFrame
        A row an invitation of a customer in its first spell: ``account_id``, ``as_of`` (the day), ``came``, ``left``
        (within the months), ``tenure`` (months), ``to_end`` (months to the end of the contract that runs then).
        ``attrs["not_observed_yet"]`` counts the invitations that lie too near the end of the records.

    Raises
    ------
    NotReady
        Without the columns.
    UsageError
        For an unknown channel, months below 1, or where nobody came or everybody did.

    >>> import cslab
    >>> list(invited(cslab.load("synthetic:tiny"), months=6))
    ['account_id', 'as_of', 'came', 'left', 'tenure', 'to_end']
    """
    book.require("calendar", "contracts.start", "contracts.end", "content_exposure.shown_on", "content_exposure.opened")
    if months < 1:
        raise UsageError(Fault("months_below_one", {"value": months}))
    rows = _shown(book, channel)
    lives = followed(book)[["account_id", "origin", "watched", "stop", "how"]]
    rows = rows.merge(lives, on="account_id")
    day = rows["as_of"].to_numpy().astype("datetime64[D]").astype(np.int64)
    last, far = int(book.as_of.to_datetime64().astype("datetime64[D]").astype(np.int64)), round(months * DAYS_A_MONTH)
    there = (rows["watched"] <= day) & (day < rows["stop"])
    known = day + far <= last
    gone = rows["how"].isin(GONE) & (rows["stop"] <= day + far)
    found = rows.assign(
        left=gone, tenure=(day - rows["origin"]) / DAYS_A_MONTH, to_end=_to_end(book, rows["account_id"], rows["as_of"])
    ).loc[there & known, ["account_id", "as_of", "came", "left", "tenure", "to_end"]]
    if found["came"].nunique() < 2:
        raise NotComparable(Fault("nobody_came", {"n": len(found), "months": months}))
    found = found.reset_index(drop=True)
    found.attrs["not_observed_yet"] = int((there & ~known).sum())
    return found


def self_selection(book: Book, channel: str = "", months: int = MONTHS) -> Illusion:
    """The illusion: departures of those who came less those of the others who were invited.

    The better number compares customers of the same kind, age and distance to the end of their contract that were
    doing alike *before* the day. What does not stand in the tables is left in it.

    Parameters
    ----------
    book : Book
        As for :func:`invited`; uses what was known at signing and the signals of ``BEFORE``, where present.
    channel : str
        Such as ``"webinar"``; empty: all.
    months : int
        Months after the day.

    Returns
    -------
    Illusion
        In shares that leave; with what coming truly changes, where somebody knows it. No better number, where there are
        fewer than three customers for each column that is held equal: ``counts`` says ``refused``.

    Raises
    ------
    NotReady, UsageError
        As :func:`invited`; where fewer than five customers came, or stayed away.

    >>> import cslab
    >>> found = self_selection(cslab.load("synthetic:tiny"), months=6)
    >>> found.name, found.unit
    ('self_selection', 'points')
    """
    rows = invited(book, channel, months)
    sides = rows.groupby("came")["account_id"].nunique()
    require_enough("self_selection", {"came": int(sides[True]), "absent": int(sides[False])})
    account = np.unique(rows["account_id"].to_numpy(str), return_inverse=True)[1]
    came, left = rows[["came"]].to_numpy(float), rows["left"].to_numpy(float)
    naive = least_squares(left, came, account).slope(0, "came_less_absent")
    alike = np.concatenate([came, *_alike(book, rows)], axis=1)
    enough = account.max() + 1 >= PER_COLUMN * int((alike.std(axis=0) > 0).sum())
    better = least_squares(left, alike, account).slope(0, "came_less_absent_alike") if enough else None
    counts = {
        "invitations": len(rows),
        "came": int(rows["came"].sum()),
        "left_came": float(rows.loc[rows["came"], "left"].mean()),
        "left_absent": float(rows.loc[~rows["came"], "left"].mean()),
        "not_observed_yet": rows.attrs["not_observed_yet"],
        "refused": "" if enough else "effect.many_columns",
    }
    return Illusion("self_selection", "points", naive, better, _truth(book), counts)


def _truth(book: Book) -> float | None:
    """No difference, where coming is known to change nothing."""
    inert = book.truth.without_effect if book.truth is not None else ()
    return 0.0 if "content_exposure.opened" in inert else None


def _shown(book: Book, channel: str) -> pd.DataFrame:
    """Invitations of a channel: account, day and whether the customer came."""
    rows = book.content_exposure
    if channel:
        book.require("content_exposure.channel")
        known = sorted(rows["channel"].dropna().astype(str).unique())
        if channel not in known:
            values = {"name": channel, "near": nearest(channel, known) or ", ".join(known), "known": ", ".join(known)}
            raise UsageError(Fault("unknown_channel", values))
        rows = rows[rows["channel"] == channel]
    rows = rows[rows["opened"].notna() & rows["shown_on"].notna()]
    return rows[["account_id"]].assign(as_of=rows["shown_on"], came=rows["opened"].astype(bool))


def _to_end(book: Book, accounts: pd.Series, days: pd.Series) -> Any:
    """Months from each day to the end of the account's contract that runs then; 0 where none is known."""
    import pandas as pd

    terms = book.contracts[["account_id", "start", "end"]].dropna().sort_values("start", kind="stable")
    asked = pd.DataFrame({"account_id": accounts.to_numpy(), "day": days.to_numpy(), "place": np.arange(len(days))})
    asked = asked.sort_values("day", kind="stable").astype({"day": terms["start"].dtype})
    met = pd.merge_asof(asked, terms, left_on="day", right_on="start", by="account_id").sort_values("place")
    ahead = (met["end"] - met["day"]).dt.days / DAYS_A_MONTH
    return ahead.clip(lower=0).fillna(0.0).to_numpy(float)


def _alike(book: Book, rows: pd.DataFrame) -> list[Floats]:
    """What is held equal: kind of customer, age, months to the contract's end, and how it was doing before."""
    names = [name for name in BEFORE if book.has(*SIGNALS[name].needs)]
    told = signals(book, rows[["account_id", "as_of"]], names)[names].to_numpy(float)
    empty = np.isnat(told) if told.dtype.kind == "M" else np.isnan(told)
    means = [0.0 if empty[:, place].all() else float(np.nanmean(told[:, place])) for place in range(len(names))]
    near = np.minimum(rows["to_end"].to_numpy(), 24.0)
    bands = np.stack([near <= limit for limit in (1, 2, 3, 6, 9, 12)], axis=1).astype(float)
    age = np.log1p(rows["tenure"].to_numpy(float).clip(0))[:, None]
    return [np.where(empty, means, told), empty.astype(float), bands, age, known_at_signing(book, rows["account_id"])]
