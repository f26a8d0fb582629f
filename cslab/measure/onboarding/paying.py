"""Whether hours pay for themselves, and which hours pay better: those that prevent trouble or those that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.onboarding.worlds import EARLY, FUTURES, HORIZON, MARGIN, Worlds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cslab.book import Book


def break_even(
    book: Book,
    months: Sequence[int] = (6, 12, 24, 36),
    among: Sequence[str] | None = None,
    gross_margin: float = MARGIN,
    futures: int = FUTURES,
) -> pd.DataFrame | None:
    """When high touch in onboarding has paid for its hours, if it ever does.

    Parameters
    ----------
    book, gross_margin, futures
        As for :func:`hour_values`.
    months : sequence of int
        After signing, at which to look.
    among : sequence of str, optional
        Only these ``account_id``.

    Returns
    -------
    DataFrame or None
        ``month``, ``gain`` (gross margin so far, currency a customer), ``low``, ``high`` (Monte-Carlo), ``cost`` (of
        the hours so far), ``n``, ``method``, ``paid`` (whether the gain has reached the cost).

    Raises
    ------
    UsageError
        As :func:`hour_values`, and for no months at all.

    >>> import cslab
    >>> break_even(cslab.load("synthetic:tiny"), [6, 12], futures=2)["month"].tolist()
    [6, 12]
    """
    import pandas as pd

    if not months:
        raise UsageError(Fault("no_months"))
    if book.truth is None:
        return None
    rows = []
    for month in months:
        worlds = Worlds(book, month, gross_margin, futures)
        more = worlds.gain(EARLY)
        more = more if among is None else more.loc[more.index.intersection(list(among))]
        found = worlds.worth(more, worlds.hours(EARLY) - worlds.hours())
        numbers = {name: found.columns()[name] for name in ("gain", "low", "high", "cost", "n", "method")}
        rows.append({"month": month, **numbers, "paid": found.gain >= found.cost})
    return worlds.said(pd.DataFrame(rows))


def prevent_vs_save(
    book: Book, horizon: int = HORIZON, gross_margin: float = MARGIN, futures: int = FUTURES
) -> pd.DataFrame | None:
    """What an hour brings that prevents trouble, and one that answers an alarm.

    Prevent: high touch for everybody until onboarded, against the company as it is. Save: whenever an alert fires
    somebody acts on it, against a team that keeps to its planned touch; what is left undone for it is in the gain.

    Parameters
    ----------
    book, horizon, gross_margin, futures
        As for :func:`hour_values`.

    Returns
    -------
    DataFrame or None
        ``policy`` (``high_onboarding``, ``alerts``) and the columns of :func:`hour_values`.

    Raises
    ------
    UsageError
        As :func:`hour_values`.

    >>> import cslab
    >>> prevent_vs_save(cslab.load("synthetic:tiny"), 12, futures=2)["policy"].tolist()
    ['high_onboarding', 'alerts']
    """
    import pandas as pd

    if book.truth is None:
        return None
    worlds = Worlds(book, horizon, gross_margin, futures)
    answered = worlds.months * (_worked(worlds, "alerts") - _worked(worlds, "capacity"))
    found = {
        "high_onboarding": worlds.worth(worlds.gain(EARLY), worlds.hours(EARLY) - worlds.hours()),
        "alerts": worlds.worth(worlds.gain("alerts", "capacity"), answered),
    }
    return worlds.said(pd.DataFrame([{"policy": name, **one.columns()} for name, one in found.items()]))


def _worked(worlds: Worlds, name: str) -> float:
    """Hours with customers, a customer and month, where the team shares out its hours in a way."""
    there = worlds.truth.rerun(name)
    time = there.csm_time[there.csm_time["category"] != "admin"]
    return float(time["hours"].sum() / len(there.usage_monthly))
