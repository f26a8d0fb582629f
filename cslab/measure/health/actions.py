"""Health by phase: how many customers stand where, what is at stake, what became of such customers, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import UsageError
from cslab.measure import landmark, lifecycle
from cslab.measure.estimate import Estimate, proportion
from cslab.measure.health.declared import COLOURS
from cslab.measure.health.judged import HORIZON
from cslab.measure.health.score import declaration_of, score_rows
from cslab.measure.landmark.days import check_positive, judged
from cslab.measure.landmark.learning import too_little
from cslab.measure.lifecycle import Rules
from cslab.measure.retention import mrr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

YEAR = 12


def action_table(book: Book, found: pd.DataFrame, horizon: int = HORIZON, rules: Rules | None = None) -> pd.DataFrame:
    """The customers of a day by phase and colour, and what became of such customers before.

    Parameters
    ----------
    book : Book
        Needs ``accounts`` and what its phases are told by; ``mrr_movements`` for the revenue.
    found : DataFrame
        As :func:`cslab.measure.health.score` returns it, of one day.
    horizon : int
        Months within which leaving counts.
    rules : Rules, optional
        Of the phases; the default ones, as far as the book can tell them, where not given.

    Returns
    -------
    DataFrame
        One row a phase (in their order) and colour (``red``, ``yellow``, ``green``): ``phase``, ``colour``,
        ``customers``, ``arr_amount`` (currency a year; missing where nobody knows it), ``estimate`` (share that left
        within the horizon, of those who stood there ``horizon`` months before the day), ``low``, ``high``, ``n`` (of
        them), ``method``, ``action`` (a key of the words: ``health.action.<phase>.<colour>``). The shares are missing
        for a score that cannot be made again for the earlier day.

    Raises
    ------
    NotReady
        Without ``accounts``.
    UsageError
        For a frame that nobody declared, or a horizon below 1.

    >>> import cslab
    >>> from cslab.measure import health
    >>> book = cslab.load("synthetic:tiny")
    >>> table = action_table(book, health.score(book))
    >>> table["phase"].unique().tolist()
    ['purchase', 'onboarding', 'adoption', 'renewal']
    """
    import pandas as pd

    check_positive(horizon=horizon)
    rules = rules or lifecycle.rules().only(book)
    day = found["as_of"].max()
    here = _placed(book, found, rules)
    before = _before(book, found, day, horizon, rules)
    amounts = YEAR * mrr(book, day) if book.has("mrr_movements") else None
    places = [(phase, colour) for phase in rules.phases if phase in set(here["phase"]) for colour in COLOURS]
    lines = [
        {"phase": phase, "colour": colour, **_cell(here, amounts, phase, colour), **_past(before, phase, colour)}
        | {"action": f"health.action.{phase}.{colour}"}
        for phase, colour in places
    ]
    table = pd.DataFrame(lines)
    table.attrs = {"as_of": day, "horizon": horizon, "currency": book.currency, "name": declaration_of(found).name}
    return table


def _placed(book: Book, found: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Scored customers with their phases of the day."""
    phases = lifecycle.phase_at(book, found["as_of"].max(), rules)
    return found.merge(phases[["account_id", "phase"]], on="account_id")


def _before(book: Book, found: pd.DataFrame, day: pd.Timestamp, horizon: int, rules: Rules) -> pd.DataFrame | None:
    """Who stood where a horizon before, and whether they had left by the day; None where nobody can tell."""
    import pandas as pd

    declaration = declaration_of(found)
    earlier = day + pd.Timedelta(days=1) - pd.DateOffset(months=horizon) - pd.Timedelta(days=1)
    if not declaration.repeatable or book.first_day is None or not judged(book.at(day), earlier, horizon):
        return None
    there = landmark.outcomes(book.at(day), earlier, horizon)
    try:
        scored = score_rows(book, declaration, there)
    except UsageError as refused:
        if not too_little(refused):
            raise
        return None
    return _placed(book, scored, rules)


def _cell(here: pd.DataFrame, amounts: pd.Series | None, phase: str, colour: str) -> dict[str, Any]:
    """How many stand in a place, and what they pay."""
    ids = here.loc[(here["phase"] == phase) & (here["colour"] == colour), "account_id"]
    arr = np.nan if amounts is None else float(ids.map(amounts).fillna(0.0).sum())
    return {"customers": len(ids), "arr_amount": arr}


def _past(before: pd.DataFrame | None, phase: str, colour: str) -> dict[str, Any]:
    """The share that left of those who stood in a place; missing where nobody did."""
    stood = None if before is None else before[(before["phase"] == phase) & (before["colour"] == colour)]
    if stood is None or stood.empty:
        return Estimate(np.nan, np.nan, np.nan, 0, "share_of_accounts").cells()
    return proportion(int(stood["event"].sum()), len(stood), len(stood), "share_of_accounts").cells()
