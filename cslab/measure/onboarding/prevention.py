"""What an hour brings before a customer is onboarded and after: the budget of prevention, judged by the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95
from cslab.measure.onboarding.arrivals import account_column
from cslab.measure.onboarding.worlds import EARLY, EARLY_ONLY, FUTURES, HORIZON, MARGIN, METHOD, Worlds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from cslab.book import Book
    from cslab.measure.onboarding.worlds import Worth

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)


def hour_values(
    book: Book, by: str | None = "segment", horizon: int = HORIZON, gross_margin: float = MARGIN, futures: int = FUTURES
) -> pd.DataFrame | None:
    """What an hour brings that goes into onboarding, and one that goes into the time after it.

    The hours before: high touch for everybody until onboarded, against the company as it is. The hours after: touch by
    tier from then on, against tech touch for everybody.

    Parameters
    ----------
    book : Book
        With its truth.
    by : str, optional
        A column of ``accounts``; None: all together.
    horizon : int
        Months from signing over which revenue counts.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        [``by``], ``work`` (``until_onboarded``, ``after_onboarding``), ``gain`` (currency a customer), ``low``,
        ``high`` (Monte-Carlo), ``per_hour``, ``per_cost`` (gain a unit of currency spent on hours), both with ``_low``
        and ``_high``, ``hours``, ``cost`` (a customer over the horizon), ``n``, ``method``; ``None`` where nobody knows
        the truth.

    Raises
    ------
    UsageError
        For a margin outside 0-1, a horizon or futures below 1, or an unknown column.

    >>> import cslab
    >>> found = hour_values(cslab.load("synthetic:tiny"), None, horizon=12, futures=2)
    >>> found["work"].tolist()
    ['until_onboarded', 'after_onboarding']
    """
    import pandas as pd

    if book.truth is None:
        return None
    worlds, rows = Worlds(book, horizon, gross_margin, futures), []
    for group, before, after in _worths(worlds, by):
        name = {by: group} if by else {}
        rows += [
            {**name, "work": "until_onboarded", **before.columns()},
            {**name, "work": "after_onboarding", **after.columns()},
        ]
    return worlds.said(pd.DataFrame(rows))


def prevention(
    book: Book,
    shares: Sequence[float] = SHARES,
    by: str | None = None,
    horizon: int = HORIZON,
    gross_margin: float = MARGIN,
    futures: int = FUTURES,
) -> pd.DataFrame | None:
    """What is won and lost when hours move from the time after onboarding to onboarding itself.

    So many customers as the share of the hours says lose their later touch, drawn by lot; as many new ones as the hours
    suffice for get high touch until they are onboarded. Both by lot, so what is won and lost is in proportion.

    Parameters
    ----------
    book, horizon, gross_margin, futures
        As for :func:`hour_values`.
    shares : sequence of float
        Of the hours after onboarding (0-1).
    by : str, optional
        A column of ``accounts``, within whose groups the hours move.

    Returns
    -------
    DataFrame or None
        [``by``], ``share``, ``covered`` (share of the new customers who get high touch), ``gain``, ``loss``,
        ``estimate`` (gain less loss, in currency a customer over the horizon), ``low``, ``high`` (Monte-Carlo), ``n``,
        ``method``; ``None`` where nobody knows the truth.

    Raises
    ------
    UsageError
        As :func:`hour_values`, and for shares outside 0-1.

    >>> import cslab
    >>> found = prevention(cslab.load("synthetic:tiny"), [0.0, 0.5], horizon=12, futures=2)
    >>> float(found["estimate"].iloc[0])
    0.0
    """
    import pandas as pd

    if outside := [share for share in shares if not 0 <= share <= 1]:
        raise UsageError(*(Fault("not_a_rate", {"name": "shares", "value": share}) for share in outside))
    if book.truth is None:
        return None
    worlds = Worlds(book, horizon, gross_margin, futures)
    rows = [
        {**({by: group} if by else {}), **_moved(share, before, after)}
        for group, before, after in _worths(worlds, by)
        for share in shares
    ]
    return worlds.said(pd.DataFrame(rows))


def _worths(worlds: Worlds, by: str | None) -> Iterator[tuple[Any, Worth, Worth]]:
    """Of each group what the hours before and after the end of onboarding bring."""
    gains = worlds.gain(EARLY), worlds.gain(EARLY, EARLY_ONLY)
    early = worlds.hours(EARLY)
    hours = early - worlds.hours(), early - worlds.hours(EARLY_ONLY)
    for group, ids in _groups(worlds.book, by, gains[0].index):
        before, after = (worlds.worth(gain.loc[ids], more) for gain, more in zip(gains, hours, strict=True))
        yield group, before, after


def _groups(book: Book, by: str | None, ids: pd.Index[str]) -> Iterator[tuple[Any, pd.Index[str]]]:
    """The customers of each group, in the order of the groups' names."""
    if by is None:
        yield "", ids
        return
    column = account_column(book, by)
    for group, part in column.groupby(column, sort=True):
        yield group, ids.intersection(part.index)


def _moved(share: float, before: Worth, after: Worth) -> dict[str, float | int | str]:
    """What it brings to move a share of the later hours forward."""
    covered = min(1.0, share * after.hours / before.hours) if before.hours > 0 else 1.0
    taken = covered * before.hours / after.hours if after.hours > 0 else share  # no more hours leave than are needed
    gain, loss = covered * before.gain, taken * after.gain
    error = float(np.hypot(covered * before.error, taken * after.error))
    limits = {"estimate": gain - loss, "low": gain - loss - Z95 * error, "high": gain - loss + Z95 * error}
    return {"share": share, "covered": covered, "gain": gain, "loss": loss, **limits, "n": before.n, "method": METHOD}
