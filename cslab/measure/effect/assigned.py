"""Which arm each customer is in, read on a day soon after time zero and never later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.start import turns_of
from cslab.measure.estimate import unknown_choice
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

TIER, PROGRAMME, INVITED = "tier", "programme", "invited"
STRATEGIES = (TIER, PROGRAMME, INVITED)
"""What a trial compares: touch tiers, taking part in a programme, being invited to it; or a frame of one's own."""


def arms_of(book: Book, strategies: str | pd.DataFrame, rows: pd.DataFrame, read: pd.Series) -> pd.Series:
    """The arm of each customer as it stood on a day.

    Parameters
    ----------
    book : Book
        Needs ``tier_history``, or ``program_enrolment``.
    strategies : str or DataFrame
        ``"tier"``, ``"programme:NAME"``, ``"invited:NAME"``; or a frame ``account_id``, ``arm``.
    rows : DataFrame
        ``account_id``.
    read : Series of datetime
        The day for each row.

    Returns
    -------
    Series of str
        By the index of the rows; missing where the account is in no arm.

    Raises
    ------
    UsageError
        For another word, accounts that stand in a frame twice, or columns that it lacks.
    NotReady
        Without the tables.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = book.accounts[["account_id"]]
    >>> order(arms_of(book, "tier", rows, pd.Series(book.as_of, index=rows.index)).dropna())
    ('tech', 'mid', 'high')
    """
    if not isinstance(strategies, str):
        return rows["account_id"].map(once(strategies, "arm")["arm"]).astype(object)
    kind, name = named(strategies)
    return _KINDS[kind](book, rows, read, name)


def called(arm: Any) -> str:
    """An arm's name, whatever a list has for it: flags and whole numbers as digits.

    Parameters
    ----------
    arm : object
        Not missing.

    >>> called(True), called(0.0), called("high")
    ('1', '0', 'high')
    """
    number = isinstance(arm, bool | int | float | np.bool_ | np.number)
    return f"{int(arm)}" if number and float(arm).is_integer() else str(arm)


def named(strategies: str) -> tuple[str, str]:
    """A strategy's kind and the programme's name behind the colon.

    Parameters
    ----------
    strategies : str

    Raises
    ------
    UsageError
        For another kind.

    >>> named("programme:qbr"), named("tier")
    (('programme', 'qbr'), ('tier', ''))
    """
    kind, _, name = strategies.partition(":")
    if kind not in STRATEGIES:
        raise UsageError(unknown_choice("strategies", strategies, STRATEGIES))
    return kind, name


def by_lot(strategies: str | pd.DataFrame) -> bool:
    """Whether what is compared had been settled by a lot, so that nobody may be left out for what came after it.

    Parameters
    ----------
    strategies : str or DataFrame
        As for :func:`arms_of`.

    >>> by_lot("invited:webinar"), by_lot("tier")
    (True, False)
    """
    return isinstance(strategies, str) and named(strategies)[0] == INVITED


def order(arms: Any) -> tuple[str, ...]:
    """Arms in a fixed order: tiers from the least touch to the most, the ones that say "not" first, else by name.

    Parameters
    ----------
    arms : iterable of str

    >>> order({"high", "tech"}), order({"enrolled", "not_enrolled"})
    (('tech', 'high'), ('not_enrolled', 'enrolled'))
    """
    known = {*arms}
    if known <= {*TIERS}:
        return tuple(tier for tier in TIERS if tier in known)
    return tuple(sorted(known, key=lambda name: (not str(name).startswith("not_"), str(name))))


def once(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """A frame of one row an account, by account.

    Parameters
    ----------
    frame : DataFrame
        ``account_id`` and the columns.
    *columns : str
        Which it must have.

    Raises
    ------
    UsageError
        Naming columns that are missing, and accounts that stand there twice.

    >>> import pandas as pd
    >>> once(pd.DataFrame({"account_id": ["A1"], "arm": ["high"]}), "arm")["arm"].tolist()
    ['high']
    """
    absent = [name for name in ("account_id", *columns) if name not in frame]
    if absent:
        known = ", ".join(str(name) for name in frame)
        raise UsageError(*(Fault("effect.frame_lacks", {"name": name, "known": known}) for name in absent))
    twice = frame.loc[frame["account_id"].duplicated(), "account_id"].astype(str).unique()
    if len(twice):
        raise UsageError(Fault("effect.twice", {"count": len(twice), "first": ", ".join(twice[:3])}))
    return frame.set_index("account_id")


def _tiers(book: Book, rows: pd.DataFrame, read: pd.Series, name: str) -> pd.Series:
    """The touch tier that an account had on the day."""
    book.require("tier_history.touch_tier", "tier_history.valid_from")
    asked = rows[["account_id"]].assign(day=read, place=np.arange(len(rows)))
    held = book.tier_history.merge(asked, on="account_id")
    held = held[held["valid_from"] <= held["day"]].sort_values("valid_from", kind="stable")
    last = held.drop_duplicates("place", keep="last")
    if "valid_to" in last:
        last = last[last["valid_to"].isna() | (last["valid_to"] >= last["day"])]
    tiers = last.set_index("place")["touch_tier"].astype(object).reindex(range(len(rows)))
    return tiers.set_axis(rows.index)


def _taken(column: str, yes: str) -> Callable[[Book, pd.DataFrame, pd.Series, str], pd.Series]:
    """Whether something of a programme had happened to an account by the day."""

    def arm(book: Book, rows: pd.DataFrame, read: pd.Series, name: str) -> pd.Series:
        """The arm of each row; none on days before the programme began."""
        import pandas as pd

        turns = turns_of(book, name).drop_duplicates("account_id").set_index("account_id")
        day = rows["account_id"].map(turns[column])
        found = np.where(day.notna() & (day <= read), yes, f"not_{yes}")
        return pd.Series(found, index=rows.index, dtype=object).where(read >= _begun(book, name))

    return arm


def _begun(book: Book, name: str) -> pd.Timestamp:
    """The day on which a programme began, as far as anybody knows."""
    import pandas as pd

    if book.has("programs.started_on"):
        days = book.programs.loc[book.programs["program_id"] == name, "started_on"].dropna()
        if len(days):
            return pd.Timestamp(days.min())
    return pd.Timestamp.min


_KINDS = {TIER: _tiers, PROGRAMME: _taken("enrolled_on", "enrolled"), INVITED: _taken("invited_on", "invited")}
