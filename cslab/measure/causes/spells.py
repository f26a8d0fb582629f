"""How long each customer stayed, and the cause for which it left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.book import Note
from cslab.faults import Fault, UsageError, nearest
from cslab.measure.causes.exits import INVOLUNTARY, MANY_SUDDEN, UNKNOWN, Cause, exits
from cslab.measure.durations import durations

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def spells(book: Book, cause: Cause = "kind", involuntary: Sequence[str] | None = None) -> pd.DataFrame:
    """How long each customer stayed, and the cause for which it left.

    Parameters
    ----------
    book : Book
        Needs ``contracts``, and ``churn_events`` with ``reason_stated``.
    cause, involuntary
        As for ``exits``: by default whether anybody decided to leave.

    Returns
    -------
    DataFrame
        As ``durations(book)``, with ``cause`` filled for each departure (``unknown`` where no reason was stated, or no
        exit is on record) and empty for those who are there still. ``attrs`` counts those who ``left``, whose cause is
        ``unknown``, and who left so ``sudden`` that it counts as involuntary whatever was stated; ``notes`` tells it.

    Raises
    ------
    NotReady, UsageError
        As ``durations`` and ``exits``.

    >>> import cslab
    >>> seen = spells(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> sorted(seen["cause"].unique())
    ['', 'involuntary', 'voluntary']
    """
    every = exits(book, cause, involuntary)
    gone = every.drop_duplicates("account_id").set_index("account_id")
    seen = durations(book)
    left = seen["event"].astype(bool)
    named = seen["account_id"].map(gone["cause"]).fillna(UNKNOWN).where(left, "")
    sudden = left & seen["account_id"].isin(gone.index[gone["sudden"]])
    seen = seen.assign(cause=named)
    seen.attrs.update({name: every.attrs[name] for name in ("days_apart", "same_day", "by_days")})
    seen.attrs.update(left=int(left.sum()), unknown=int((named == UNKNOWN).sum()), sudden=int(sudden.sum()))
    return seen


def only(seen: pd.DataFrame, cause: str | Sequence[str]) -> pd.DataFrame:
    """Departures of one cause alone; who left for another is followed to then.

    This asks how fast customers leave for a cause while they are there, as a cause-specific Cox model does; its
    Kaplan-Meier curve is no share of customers (see ``one_minus_kaplan_meier``).

    Parameters
    ----------
    seen : DataFrame
        As ``spells`` makes it.
    cause : str or sequence of str

    Returns
    -------
    DataFrame
        With ``event`` only for that cause.

    Raises
    ------
    UsageError
        For a cause that nobody left for.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2], "event": True, "cause": ["voluntary", "involuntary"]})
    >>> only(seen, "voluntary")["event"].tolist()
    [True, False]
    """
    wanted, known = [cause] if isinstance(cause, str) else list(cause), causes_of(seen)
    if unknown := [name for name in wanted if name not in known]:
        values = [{"name": name, "near": nearest(name, known), "known": ", ".join(known)} for name in unknown]
        raise UsageError(*(Fault("causes.nobody", one) for one in values))
    return seen.assign(event=seen["event"].astype(bool) & seen["cause"].isin(wanted))


def causes_of(seen: pd.DataFrame) -> list[str]:
    """The causes for which anybody left, the most frequent first.

    Parameters
    ----------
    seen : DataFrame
        As ``spells`` makes it.

    Raises
    ------
    UsageError
        Without causes, or when nobody left.

    >>> import pandas as pd
    >>> causes_of(pd.DataFrame({"event": [True, True, True, False], "cause": ["a", "b", "b", ""]}))
    ['b', 'a']
    """
    if "cause" not in seen:
        raise UsageError(Fault("causes.column", {"found": ", ".join(map(str, seen.columns))}))
    left = seen.loc[seen["event"].astype(bool), "cause"].astype(str)
    if left.empty:
        raise UsageError(Fault("nobody_left"))
    counts = left.where(left != "", UNKNOWN).value_counts()
    return sorted(counts.index, key=lambda name: (-counts[name], name))


def notes(seen: pd.DataFrame) -> tuple[Note, ...]:
    """What was assumed on the way to causes, for showing.

    Parameters
    ----------
    seen : DataFrame
        As ``spells`` or ``exits`` makes it.

    Returns
    -------
    tuple of Note
        For causes that are unknown, departures without notice that count as involuntary, and how far days can be
        trusted: where many carry one day for decision and exit, and where so many do that the days are not looked at.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"cause": ["unknown"]})
    >>> seen.attrs = {"unknown": 1, "left": 1, "sudden": 0}
    >>> [note.key for note in notes(seen)]
    ['causes_unknown']
    """
    left = seen.attrs.get("left", 0)
    counts = {name: seen.attrs.get(name, 0) for name in ("unknown", "sudden")}
    told = [Note(f"causes_{name}", {"count": count, "left": left}) for name, count in counts.items() if count]
    return (*told, *_of_days(seen))


def _of_days(seen: pd.DataFrame) -> list[Note]:
    """What hangs on the days of exits: without notice, or copied by whoever kept the records."""
    share, left = seen.attrs.get("same_day", 0.0), seen.attrs.get("left", 0)
    if not (left and seen.attrs.get("by_days") and share > MANY_SUDDEN):
        return []
    involuntary = int((seen["cause"] == INVOLUNTARY).sum())
    if not seen.attrs["days_apart"]:
        return [Note("causes_days_off", {"share": share, "involuntary": involuntary / left})]
    least = (involuntary - seen.attrs.get("sudden", 0)) / left
    return [Note("causes_days_doubtful", {"share": share, "least": least, "most": involuntary / left})]
