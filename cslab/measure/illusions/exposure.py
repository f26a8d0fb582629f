"""Who took part in something since which month of life as a customer: the raw material of immortal time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.durations import durations
from cslab.measure.illusions.begun import begun
from cslab.measure.illusions.strata import strata
from cslab.measure.spells import months_between, origins

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

HORIZON = 36
"""Months of life that are looked at."""

NEVER = math.inf


@dataclass(frozen=True)
class Exposure:
    """Lives in months, and the month of life in which each customer began to take part in something.

    Whether a customer takes part is asked at the start of a month: it counts as taking part from the month after the
    one in which it began. So nobody takes part in a month because it has lived to the end of it.

    Parameters
    ----------
    account_id : ndarray of str, shape (n,)
    entry, duration : ndarray of int, shape (n,)
        At risk in month m of life where ``entry < m <= duration``.
    event : ndarray of bool, shape (n,)
        Whether it left in the last of them.
    began : ndarray of float, shape (n,)
        Month of life in which it began; infinite: never.
    offered : ndarray of int, shape (n,)
        Completed months of life when the thing came to exist; 0: it always did.
    what : str
        What they took part in.
    stratum : ndarray of int, shape (n,)
        Customers are compared inside one only.
    truth : float or None
        By what taking part truly multiplies the chance of leaving, where somebody knows it.
    left_out : dict
        How many customers are not counted, by the reason.

    >>> lives = Exposure.of([9], [True], [3])
    >>> lives.took_part.tolist(), lives.until(6).event.tolist()
    ([True], [False])
    """

    account_id: NDArray[Any]
    entry: Ints
    duration: Ints
    event: Flags
    began: Floats
    offered: Ints
    what: str
    stratum: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    truth: float | None = None
    left_out: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Everybody in one stratum, where none is given."""
        if len(self.stratum) != len(self.entry):
            object.__setattr__(self, "stratum", np.zeros(len(self.entry), np.int64))

    @classmethod
    def of(cls, duration: Any, event: Any, began: Any, entry: Any = 0, stratum: Any = 0) -> Exposure:
        """Lives written down by hand.

        Parameters
        ----------
        duration, event, began
            A value a customer; ``math.inf``: never began.
        entry, stratum : int or sequence of int
            The same for all, or a value a customer.

        Raises
        ------
        UsageError
            For lists of different lengths, and values that are missing or below 0.

        >>> Exposure.of([9, 5], [True, False], [3, math.inf]).took_part.tolist()
        [True, False]
        """
        _refuse_lists({"duration": duration, "event": event, "began": began})
        n = len(duration)
        return cls(
            account_id=np.arange(n).astype(str).astype(object),
            entry=np.broadcast_to(entry, n).astype(np.int64),
            duration=np.asarray(duration, np.int64),
            event=np.asarray(event, bool),
            began=np.asarray(began, float),
            offered=np.zeros(n, np.int64),
            what="lives",
            stratum=np.broadcast_to(stratum, n).astype(np.int64),
        )

    @property
    def took_part(self) -> Flags:
        """Who began while it was followed."""
        return np.asarray(self.began <= self.duration)

    def frame(self) -> pd.DataFrame:
        """The lives as a table.

        Returns
        -------
        DataFrame
            ``account_id``, ``member`` (took part while it was followed), ``months`` (followed), ``before`` (of those,
            until it began; all of them of the others), ``left``.

        >>> Exposure.of([9], [True], [3]).frame()[["member", "months", "before", "left"]].values.tolist()
        [[True, 9, 3, True]]
        """
        import pandas as pd

        turn = np.clip(self.began, self.entry, self.duration).astype(np.int64)
        months = {"months": self.duration - self.entry, "before": turn - self.entry, "left": self.event}
        return pd.DataFrame({"account_id": self.account_id, "member": self.took_part, **months})

    def among(self, chosen: Any) -> Exposure:
        """Some of the customers.

        Parameters
        ----------
        chosen : ndarray of bool, shape (n,)

        >>> lives = Exposure.of([9], [True], [3])
        >>> len(lives.among(lives.duration > 12).entry)
        0
        """
        names = ("account_id", "entry", "duration", "event", "began", "offered", "stratum")
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})

    def until(self, horizon: int) -> Exposure:
        """The same lives, followed no longer than a horizon.

        Parameters
        ----------
        horizon : int
            Months of life.

        >>> lives = Exposure.of([9], [True], [3])
        >>> lives.until(6).duration.tolist()
        [6]
        """
        seen = self.among(self.entry < horizon)
        ends = np.minimum(seen.duration, horizon)
        return replace(seen, duration=ends, event=seen.event & (seen.duration <= horizon))


def exposure(book: Book, what: str, horizon: int = HORIZON, within: str = "") -> Exposure:
    """Lives of a company's customers, and since when each took part in something.

    Months before the thing existed are not counted for anybody: nobody could take part in them.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, and the table in which it stands.
    what : str
        ``"programme:NAME"`` (``program_enrolment``), ``"touch:KIND"`` (the first of the kind in ``touches``), or
        ``"community"`` (``community_members``).
    horizon : int
        Months of life that are looked at.
    within : str
        Compare only customers with the same value of a column of ``accounts``, or of ``"touch_tier"`` (the tier after
        two months).

    Returns
    -------
    Exposure

    Raises
    ------
    NotReady
        Without the tables, or where nobody began or everybody did.
    UsageError
        For something that there is not, or an unknown column.

    >>> import cslab
    >>> lives = exposure(cslab.load("synthetic:tiny"), "programme:user_meeting")
    >>> bool((lives.duration <= 36).all()), bool(lives.took_part.any())
    (True, True)
    """
    book.require("calendar", "contracts.start", "contracts.end")
    first, offered = begun(book, what)
    lives = durations(book)
    ids = lives["account_id"]
    born = origins(book).reindex(ids).to_numpy().astype("datetime64[D]")
    day = first.reindex(ids).to_numpy().astype("datetime64[D]")
    began = np.where(np.isnat(day), NEVER, months_between(born, np.where(np.isnat(day), born, day))[0] + 1.0)
    exists = np.maximum(months_between(born, np.full(len(born), np.datetime64(offered, "D")))[1], 0)
    found = Exposure(
        account_id=ids.to_numpy(object),
        entry=np.maximum(lives["entry"].to_numpy(np.int64), exists),
        duration=lives["duration"].to_numpy(np.int64),
        event=lives["event"].to_numpy(bool),
        began=np.maximum(began, 0.0),
        offered=exists,
        what=what,
        stratum=strata(book, ids, within),
        truth=_known(book, what),
    )
    followed = found.entry < found.duration
    seen = replace(found.among(followed), left_out={"before_offered": int((~followed).sum())}).until(horizon)
    return _both(seen)


def _refuse_lists(lists: dict[str, Any]) -> None:
    """Refuse lists of different lengths, and numbers that are missing or below 0; all at once."""
    sizes = {name: len(one) for name, one in lists.items()}
    faults = [Fault("lives_uneven", sizes)] if len({*sizes.values()}) > 1 else []
    for name, one in lists.items():
        if wrong := int((~(np.asarray(one, float) >= 0)).sum()):
            faults.append(Fault("lives_unknown", {"name": name, "count": wrong}))
    if faults:
        raise UsageError(*faults)


def _both(lives: Exposure) -> Exposure:
    """The lives; refused where all took part, or none did."""
    if lives.took_part.all() or not lives.took_part.any():
        values = {"what": lives.what, "took": int(lives.took_part.sum()), "n": len(lives.entry)}
        raise NotReady(Fault("one_group_took_part", values))
    return lives


def _known(book: Book, what: str) -> float | None:
    """The true rate ratio of what is known to change nothing; None where it may change something, or nobody knows."""
    inert = book.truth.without_effect if book.truth is not None else ()
    return 1.0 if what in inert or (what.startswith("touch:") and "touches" in inert) else None
