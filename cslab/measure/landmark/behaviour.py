"""What customers have shown by a day, as a model takes it: the signals of each set, counts as logarithms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.signals import SIGNALS, signals

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]


def _plain(values: Floats) -> Floats:
    """As it is."""
    return values


def _against_own(values: Floats) -> Floats:
    """A share of the customer's own past as what it lies above or below, at most twice above."""
    return np.clip(values - 1, -1, 2)


TAKEN: dict[str, dict[str, Callable[[Floats], Floats]]] = {
    "usage": {
        "wau_last": _plain,
        "wau_ratio": _plain,
        "usage_trend": _plain,
        "usage_to_baseline": _against_own,
        "logins_per_seat": np.log1p,
        "logins_to_baseline": _against_own,
        "core_actions_per_seat": np.log1p,
        "features_relevant": _plain,
    },
    "onboarding": {"onboarded": _plain},
    "voice": {
        "tickets_90d": np.log1p,
        "tickets_open": np.log1p,
        "nps": _plain,
        "csat": _plain,
        "ces": _plain,
        "answered": _plain,
    },
    "people": {"roles": _plain, "champion": _plain, "champion_left": _plain, "touches_90d": np.log1p},
}
"""The signals of each set, and how a model takes each of them."""


def behaviour(book: Book, rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """What customers had shown by a day, each by its own.

    Parameters
    ----------
    book : Book
        Of a later day, or of that one.
    rows : DataFrame
        ``account_id``, ``as_of``.
    name : str
        A set of ``TAKEN``.

    Returns
    -------
    DataFrame
        With the index of ``rows``: those signals of the set that the book's tables allow, as a model takes them.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> list(behaviour(book, book.accounts[["account_id"]].assign(as_of=book.as_of), "onboarding"))
    ['onboarded']
    """
    takes = {signal: take for signal, take in TAKEN[name].items() if book.has("calendar", *SIGNALS[signal].needs)}
    asked = rows[["account_id", "as_of"]]
    seen = signals(book, asked, takes) if takes else asked
    return seen[[*takes]].apply(lambda values: takes[str(values.name)](values))
