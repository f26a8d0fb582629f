"""How customer success is doing: onboarding that reaches its value, more bought, fewer leaving; of whom is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.faults import UsageError
from cslab.measure.clusters import Found, Rows, ratios, shares, summed
from cslab.measure.estimate import Estimate, unknown_choice
from cslab.measure.retention.window import Window, window
from cslab.measure.split import MONTH, Split, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.floating[Any]]

DAYS = 90
"""Days within which onboarding ought to reach its value, unless others are asked for."""

BOUGHT = ("upsell", "cross_sell")
"""Kinds of expansion that are a larger plan or a further product; more seats and higher prices are neither."""


def onboarding_completion(book: Book, start: Date, end: Date, days: int = DAYS) -> Estimate:
    """The share of the customers whose onboarding reached its value in time, of all whose time was up in a window.

    Who began less than ``days`` ago is not asked yet; who never reached it, or left before, counts as not completed.
    A rate among those who completed would have no failures in it.

    Parameters
    ----------
    book : Book
        Needs ``onboarding`` with ``started`` and ``done``. Where it tells ``kind``, those milestones count that are
        of value to the customer; else all of them.
    start, end : date
        Window of the days on which the time was up, ``start`` included, ``end`` not.
    days : int
        From the beginning of onboarding.

    Returns
    -------
    Estimate
        A share of accounts (0-1) with Wilson's limits; missing where nobody's time was up.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        For a window that ends before it begins, or after the data.

    Source: glossary "オンボーディング完了"; an exit rule by outcome, not by date.

    >>> import cslab
    >>> 0 < float(onboarding_completion(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01")) < 1
    True
    """
    return onboarded(book, split(book, start, end), days).first("share_of_accounts")


def cross_upsell_rate(
    book: Book,
    start: Date,
    end: Date,
    of: Literal["accounts", "mrr"] = "accounts",
    kinds: Sequence[str] = BOUGHT,
) -> Estimate:
    """How many of the customers at the beginning of a window bought more in it, or how much.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` with ``type`` and ``kind``.
    start, end : date
        The window, ``start`` included, ``end`` not; a movement counts on the last day of its month.
    of : str
        ``"accounts"``: customers with at least one such purchase, of those who paid at the beginning. ``"mrr"``: the
        MRR so bought, of their MRR at the beginning.
    kinds : sequence of str
        Kinds of expansion that count.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson's limits; of MRR a ratio with those of a ratio over accounts.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        For an unknown choice, or a window that ends before it begins or after the data.

    Source: glossary "クロス/アップセル率".

    >>> import cslab
    >>> 0 < float(cross_upsell_rate(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01")) < 1
    True
    """
    if of not in ("accounts", "mrr"):
        raise UsageError(unknown_choice("of", of, ("accounts", "mrr")))
    paying = payers(book, split(book, start, end))
    if of == "accounts":
        return bought(paying, kinds).first("share_of_accounts")
    there = paying.found.there
    more = paying.found.moved(paying.purchases(kinds))
    rows = Rows(np.arange(there.sum()), np.zeros(there.sum(), int), more[there], paying.found.before[there], 1)
    return ratios(rows).first("share_of_mrr")


def onboarded(book: Book, window: Split, days: int = DAYS) -> Found:
    """Onboarding completion of each group of a window.

    Parameters
    ----------
    book, days
        As for ``onboarding_completion``.
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
    >>> onboarded(book, split(book, "2024-04-01", "2025-04-01", "segment")).n.shape
    (3,)
    """
    import pandas as pd

    book.require("onboarding.started", "onboarding.done")
    steps = book.onboarding.dropna(subset=["started"])
    if "kind" in steps:
        steps = steps[steps["kind"] == "value"]
    account, ids = pd.factorize(steps["account_id"])
    up = steps["started"] + pd.Timedelta(days=days)
    first = up.groupby(account).min()
    late = summed(account, ~(steps["done"] <= up).to_numpy(), len(ids))
    asked = np.flatnonzero(window.within(first))
    group = window.groups(first.to_numpy()[asked], asked, ids)
    return shares(Rows(asked, group, (late[asked] == 0).astype(float), np.ones(len(asked)), len(window.values)))


@dataclass(frozen=True)
class Payers:
    """Who paid at the beginning of each span of a window, and who did at its end.

    Parameters
    ----------
    found : Window
        The books of the window.
    account, span, group : ndarray of int, shape (rows,)
        One row a customer and span, in which it paid at the beginning: the window, or each of its months.
    stayed : ndarray of bool, shape (rows,)
        Whether it paid at the end.
    groups, spans : int
        How many there are.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> paying = payers(book, split(book, "2024-01-01", "2024-04-01", "month"))
    >>> sorted(set(paying.span.tolist()))
    [0, 1, 2]
    """

    found: Window
    account: Any
    span: Any
    group: Any
    stayed: Any
    groups: int
    spans: int

    def purchases(self, kinds: Sequence[str]) -> NDArray[np.bool_]:
        """Which movements are purchases.

        Parameters
        ----------
        kinds : sequence of str
            Kinds of expansion that count.

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> paying = payers(book, split(book, "2024-04-01", "2025-04-01"))
        >>> bool(paying.purchases(("upsell",)).any())
        True
        """
        return self.found.of_type("expansion") & self.found.moves["kind"].isin(list(kinds)).to_numpy()


def payers(book: Book, window_of: Split) -> Payers:
    """The customers at the beginning of a window, or of each of its months.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` with ``type`` and ``kind``.
    window_of : Split

    Returns
    -------
    Payers

    Raises
    ------
    NotReady
        Without these columns.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> bool(payers(book, split(book, "2024-01-01", "2024-04-01")).stayed.any())
    True
    """
    import pandas as pd

    book.require("mrr_movements.type", "mrr_movements.kind")
    day = pd.Timedelta(days=1)
    found = window(book, window_of.start - day, window_of.end - day)
    by_month = window_of.by == MONTH
    spans = found.last - found.first if by_month else 1
    steps = found.steps
    turn: Floats = (steps["after"] > 0).to_numpy(float) - (steps["before"] > 0).to_numpy(float)
    cell = steps["account"].to_numpy() * spans + ((steps["month"].to_numpy() - found.first) if by_month else 0)
    turned = summed(cell, turn, len(found.before) * spans).reshape(-1, spans)
    ends = found.there[:, None] + turned.cumsum(axis=1)
    begins = ends - turned
    account, span = np.nonzero(begins > 0)
    group = span if by_month else window_of.groups(None, account, found.accounts)
    return Payers(found, account, span, group, ends[account, span] > 0, len(window_of.values), spans)


def left(paying: Payers) -> Found:
    """The share of the customers at the beginning who are none at the end, of each group.

    Parameters
    ----------
    paying : Payers

    Returns
    -------
    Found

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> float(left(payers(book, split(book, "2024-04-01", "2025-04-01"))).estimate[0]) < 0.5
    True
    """
    gone = (~paying.stayed).astype(float)
    return shares(Rows(paying.account, paying.group, gone, np.ones(len(gone)), paying.groups))


def bought(paying: Payers, kinds: Sequence[str] = BOUGHT) -> Found:
    """The share of the customers at the beginning who bought more, of each group.

    Parameters
    ----------
    paying : Payers
    kinds : sequence of str
        Kinds of expansion that count.

    Returns
    -------
    Found

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> float(bought(payers(book, split(book, "2024-04-01", "2025-04-01"))).estimate[0]) < 0.5
    True
    """
    chosen = paying.purchases(kinds)
    spans, moves = paying.spans, paying.found.moves[chosen]
    span = (moves["month"].to_numpy() - paying.found.first) if spans > 1 else 0
    often = summed(moves["account"].to_numpy() * spans + span, np.ones(len(moves)), len(paying.found.before) * spans)
    hit = (often[paying.account * spans + paying.span] > 0).astype(float)
    return shares(Rows(paying.account, paying.group, hit, np.ones(len(hit)), paying.groups))
