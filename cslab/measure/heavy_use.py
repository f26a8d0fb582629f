"""The way to heavy use: how many customers get there, by when, and how many fall back or leave on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.durations import durations
from cslab.measure.multistate import transition_probabilities
from cslab.measure.onboarding.arrivals import account_column

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

STATES = ("light", "heavy", "left")
HEAVY = 0.5
"""Share of the seats active in a week from which use counts as heavy: that of customers who renew, on average."""


def heavy_use_spells(book: Book, threshold: float = HEAVY) -> pd.DataFrame:
    """Stays in light and in heavy use, in months since signing, up to leaving.

    A month counts as heavy when ``wau_ratio`` of that month reaches the threshold; a customer may go to and fro.
    Customers who signed before the records began enter late.

    Parameters
    ----------
    book : Book
        Needs ``usage_monthly.wau_ratio`` and ``contracts`` with real days.
    threshold : float
        Share of the seats (0-1).

    Returns
    -------
    DataFrame
        ``id``, ``from``, ``to`` (missing: still so), ``start``, ``stop`` (months): as
        :func:`cslab.measure.multistate.transition_probabilities` takes them.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        For a threshold outside 0-1.

    >>> import cslab
    >>> sorted(heavy_use_spells(cslab.load("synthetic:tiny"))["from"].unique())
    ['heavy', 'light']
    """
    if not 0 < threshold < 1:
        raise UsageError(Fault("not_a_rate", {"name": "threshold", "value": threshold}))
    book.require("calendar", "usage_monthly.wau_ratio", "contracts.end")
    lives = durations(book)
    months = _months(book, lives, threshold)
    first = months["account_id"].ne(months["account_id"].shift())
    changed = first | months["heavy"].ne(months["heavy"].shift())
    stays = months[changed].drop(columns="month")
    last = stays["account_id"].ne(stays["account_id"].shift(-1))
    stays["stop"] = stays["tenure"].shift(-1).where(~last, stays["duration"])
    heavy = stays["heavy"]
    stays["from"] = heavy.map({True: "heavy", False: "light"})
    gone = stays["event"].map({True: "left", False: None})
    stays["to"] = heavy.map({True: "light", False: "heavy"}).where(~last, gone)
    spells = stays.rename(columns={"account_id": "id", "tenure": "start"})
    return spells.loc[spells["stop"] > spells["start"], ["id", "from", "to", "start", "stop"]].reset_index(drop=True)


def path_to_heavy_use(
    book: Book, months: Sequence[float] = (3, 6, 12, 24), threshold: float = HEAVY, by: str | None = None
) -> pd.DataFrame:
    """Where customers who begin in light use are some months after signing: still light, heavy, or gone.

    Parameters
    ----------
    book, threshold
        As for :func:`heavy_use_spells`.
    months : sequence of float
        Months since signing.
    by : str, optional
        A column of ``accounts`` such as ``"segment"``.

    Returns
    -------
    DataFrame
        [``by``], ``time``, ``state`` (``light``, ``heavy``, ``left``), ``estimate`` (0-1, the three adding up to 1),
        ``low``, ``high``, ``n``, ``method``.

    Raises
    ------
    NotReady, UsageError
        As :func:`heavy_use_spells`, and for a column that there is not.

    Source: Aalen and Johansen (1978), grade A.

    >>> import cslab
    >>> path_to_heavy_use(cslab.load("synthetic:tiny"), [12])["state"].tolist()
    ['light', 'heavy', 'left']
    """
    import pandas as pd

    spells = heavy_use_spells(book, threshold)
    if by is None:
        return _path(spells, months)
    groups = spells.groupby(spells["id"].map(account_column(book, by)).rename(by))
    return pd.concat([_path(stays, months).assign(**{by: group}) for group, stays in groups], ignore_index=True)


def _path(spells: pd.DataFrame, months: Sequence[float]) -> pd.DataFrame:
    """Where those who begin in light use are, some months later."""
    return transition_probabilities(spells, months, states=STATES).occupation({"light": 1.0})


def _months(book: Book, lives: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """Months of use as a customer, with the tenure in which each began; from the month in which watching began."""
    usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].dropna()
    rows = usage.merge(lives[["account_id", "signed_on", "entry", "duration", "event"]], on="account_id")
    since = (rows["month"].dt.year - rows["signed_on"].dt.year) * 12
    since += rows["month"].dt.month - rows["signed_on"].dt.month
    rows["tenure"] = np.maximum(since, rows["entry"]).astype(float)
    rows["heavy"] = rows["wau_ratio"] >= threshold
    there = rows[rows["tenure"] < rows["duration"]].sort_values(["account_id", "month"])
    return there.drop_duplicates(["account_id", "tenure"], keep="last")
