"""How much effort getting help costs a customer: messages a solved ticket, whatever the tickets are about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.clusters import Found, joined, parted, summed
from cslab.measure.estimate import Z95, Estimate
from cslab.measure.kpis.desk import Desk
from cslab.measure.split import MONTH, Split, split, window_before

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.floating[Any]]

KINDS = ("category", "channel")
"""What the mix of tickets is made of, where the table has these columns."""

NEEDS = ("closed_on", "exchanges", "answered")


def effort_index(book: Book, start: Date, end: Date, mix_of: tuple[Date, Date] | None = None) -> Estimate:
    """Messages to and fro for a solved ticket, at a fixed mix of what tickets are about and how they come in.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``closed_on``, ``exchanges`` and ``answered``; ``category`` and ``channel`` make the
        mix, where they are there.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.
    mix_of : (date, date), optional
        The window whose mix is taken; without it the window's own, which gives the plain mean.

    Returns
    -------
    Estimate
        Messages a ticket; limits that count accounts as what varies. Kinds of ticket that one of the windows does not
        hold are left out of both. Missing, where nothing is left.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        For a window that ends before it begins, or after the data.

    Source: direct standardisation (Fleiss, Levin and Paik 2003, chapter 19, grade A); the index itself is ours, as no
    standard one exists.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> 2 < float(effort_index(book, "2024-04-01", "2025-04-01", mix_of=("2023-04-01", "2024-04-01"))) < 4
    True
    """
    now = _solved(book, split(book, start, end))
    mix = now if mix_of is None else _solved(book, split(book, *mix_of))
    index, pull = _standardised(now, mix)
    return _framed(index, pull, now.account).first("standardised_mean")


def effort_reduction(book: Book, start: Date, end: Date) -> Estimate:
    """How much less effort a ticket cost than in the window of the same length before, the mix of then held fixed.

    Parameters
    ----------
    book : Book
        As for ``effort_index``.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.

    Returns
    -------
    Estimate
        1 − index / earlier index: 0.1 is a tenth less, below 0 is more. Limits that count accounts as what varies,
        also those with tickets in both windows. Missing, where one of the windows holds nothing.

    Raises
    ------
    NotReady, UsageError
        As ``effort_index``.

    Source: glossary "努力軽減率" (ours); Dixon, Freeman and Toman (2010) for why effort matters (grade B).

    >>> import cslab
    >>> change = effort_reduction(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01")
    >>> change.low < change.estimate < change.high
    True
    """
    return reductions(book, split(book, start, end)).first("standardised_change")


def reductions(book: Book, window: Split) -> Found:
    """The effort reduction of each group of a window; of months, each against the month before.

    Parameters
    ----------
    book : Book
        As for ``effort_index``.
    window : Split

    Returns
    -------
    Found

    Raises
    ------
    NotReady
        Without the columns.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> reductions(book, split(book, "2024-04-01", "2025-04-01", "segment")).estimate.shape
    (3,)
    """
    import pandas as pd

    early, _ = window_before(window.start, window.end)
    if window.by == MONTH:
        early = window.start.replace(day=1) - pd.DateOffset(months=1)
    tickets = _solved(book, replace(window, start=early))
    groups = len(window.values)
    late = 0 if window.by == MONTH else groups * tickets.late(window.start)
    step = 1 if window.by == MONTH else groups
    parts = tickets.parted(tickets.group + late, groups + step)
    return joined([_reduction(parts[place], parts[place + step]) for place in range(groups)])


@dataclass(frozen=True)
class Solved:
    """Solved tickets.

    Parameters
    ----------
    account, group, kind : ndarray of int, shape (tickets,)
        Places of their account, group and kind.
    messages : ndarray of float, shape (tickets,)
    day : ndarray of datetime64, shape (tickets,)
        Of closing.
    kinds : list
        What the kinds are.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> tickets = _solved(book, split(book, "2024-04-01", "2025-04-01"))
    >>> float(tickets.counts.sum()) == len(tickets.messages)
    True
    """

    account: Any
    group: Any
    kind: Any
    messages: Floats
    day: Any
    kinds: list[Any]

    def some(self, chosen: Any) -> Solved:
        """Some of them.

        Parameters
        ----------
        chosen : ndarray of bool, shape (tickets,), or of places

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> tickets = _solved(book, split(book, "2024-04-01", "2025-04-01"))
        >>> float(tickets.some(tickets.messages > 2).messages.min())
        3.0
        """
        names = ("account", "group", "kind", "messages", "day")
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})

    def parted(self, place: Any, places: int) -> list[Solved]:
        """All of them, part by part.

        Parameters
        ----------
        place : ndarray of int, shape (tickets,)
            The part of each.
        places : int
            How many parts there are.

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> tickets = _solved(book, split(book, "2024-04-01", "2025-04-01"))
        >>> [part.messages.min() for part in tickets.parted((tickets.messages > 2).astype(int), 2)]
        [np.float64(2.0), np.float64(3.0)]
        """
        return [self.some(part) for part in parted(place, places)]

    def late(self, start: pd.Timestamp) -> Any:
        """1 for tickets closed on a day or later, 0 for the others.

        Parameters
        ----------
        start : Timestamp

        >>> import cslab, pandas as pd
        >>> book = cslab.load("synthetic:tiny")
        >>> tickets = _solved(book, split(book, "2024-04-01", "2025-04-01"))
        >>> int(tickets.late(pd.Timestamp("2025-04-01")).max())
        0
        """
        return (self.day >= start.to_datetime64()).astype(np.int64)

    @property
    def counts(self) -> Floats:
        """Tickets of each kind."""
        return summed(self.kind, np.ones(len(self.kind)), len(self.kinds))


def _solved(book: Book, window: Split) -> Solved:
    """The tickets that were closed in a window with a solution."""
    import pandas as pd

    book.require(*(f"tickets.{name}" for name in NEEDS))
    closed = Desk(book, window).closed
    messages = closed.number("exchanges")
    known = ~np.isnan(messages) & (closed.number("answered") == 1)
    frame = closed.frame[[name for name in KINDS if name in closed.frame]]
    parts = [pd.factorize(frame[name].to_numpy()[closed.rows][known], use_na_sentinel=False) for name in frame]
    kind = np.zeros(int(known.sum()), np.int64)
    kinds: list[tuple[Any, ...]] = [()]
    for codes, values in parts:
        kind = kind * len(values) + codes
        kinds = [(*one, value) for one in kinds for value in values]
    day = closed.frame["closed_on"].to_numpy()[closed.rows][known]
    return Solved(closed.account[known], closed.group[known], kind, messages[known], day, kinds)


def _standardised(tickets: Solved, mix: Solved) -> tuple[float, Floats]:
    """Mean messages at the mix of other tickets, and how far each account pulls it its own way."""
    counts, wanted = tickets.counts, dict(zip(mix.kinds, mix.counts, strict=True))
    weights = np.array([wanted.get(kind, 0.0) for kind in tickets.kinds]) * (counts > 0)
    if not weights.sum() > 0:
        return float("nan"), np.zeros(int(tickets.account.max(initial=-1)) + 1)
    share = weights / weights.sum()
    safe = np.maximum(counts, 1)
    means = summed(tickets.kind, tickets.messages, len(counts)) / safe
    pull = (share / safe)[tickets.kind] * (tickets.messages - means[tickets.kind])
    return float(share @ means), summed(tickets.account, pull)


def _reduction(then: Solved, now: Solved) -> Found:
    """What the index fell by between two groups of tickets, at the mix of the first, as far as both hold its kinds."""
    both = (then.counts > 0) & (now.counts > 0)
    if not both[then.kind].all() or not both[now.kind].all():
        then, now = (part.some(both[part.kind]) for part in (then, now))
    (before, pull_before), (after, pull_after) = (_standardised(part, then) for part in (then, now))
    size = max(len(pull_before), len(pull_after))
    pull = _padded(pull_before, size) * (after / before**2) - _padded(pull_after, size) / before
    return _framed(1 - after / before, pull, np.concatenate([then.account, now.account]))


def _padded(values: Floats, size: int) -> Floats:
    """Values with zeros behind them."""
    return np.concatenate([values, np.zeros(size - len(values))])


def _framed(estimate: float, pull: Floats, account: Any) -> Found:
    """One estimate with the error that its accounts' pulls make."""
    n = np.count_nonzero(np.bincount(account))
    error = float(np.sqrt((pull**2).sum() * n / (n - 1))) if n > 1 and not np.isnan(estimate) else float("nan")
    low, high = estimate - Z95 * error, estimate + Z95 * error
    return Found(np.array([estimate]), np.array([low]), np.array([high]), np.array([error]), np.array([n]))
