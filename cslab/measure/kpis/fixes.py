"""What removing a cause of tickets would be worth: hours and money a year, against what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import capacity
from cslab.measure.estimate import Z95
from cslab.measure.kpis.causes import HOURS_PER_MESSAGE, caused
from cslab.measure.split import split

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Fix:
    """One way to remove a cause.

    Parameters
    ----------
    cause : str
        A value of ``tickets.root_cause``.
    fix : str
        ``label.<fix>`` is the reader's name for it.
    effect : float
        Share of the cause's tickets that no longer arise (0-1).
    cost_hours, run_hours : float
        Hours to make it, once, and to keep it going, a month.
    grade : str
        Of the evidence. None of ours has any: they are assumptions to be replaced by one's own.

    >>> FIXES[0].grade
    'assumption'
    """

    cause: str
    fix: str
    effect: float
    cost_hours: float
    run_hours: float = 0.0
    grade: str = "assumption"


FIXES = (
    Fix("unclear_screen", "redesign_screens", 0.50, 600),
    Fix("no_guide", "write_articles", 0.30, 60, 2),
    Fix("not_trained", "record_training", 0.25, 120, 2),
    Fix("settings", "safer_defaults", 0.40, 160),
    Fix("data_quality", "check_imports", 0.40, 300),
    Fix("other_system", "test_connections", 0.30, 240, 4),
    Fix("defect", "hunt_defects", 0.40, 480),
    Fix("contract_terms", "plain_invoices", 0.50, 40),
    Fix("missing_feature", "build_feature", 0.60, 900, 8),
)
"""A fix for each cause that the synthetic companies know."""


def fix_value(
    book: Book,
    start: Date,
    end: Date,
    fixes: Sequence[Fix] = FIXES,
    sample: int | None = None,
    hour_amount: float | None = None,
) -> pd.DataFrame:
    """What each fix would bring in its first year, the best first.

    The tickets of the window are taken to go on at the same rate; how often a cause occurs is estimated, what a fix
    does and takes is assumed. What customers are spared, and who stays for it, is not counted. In a small company no
    fix may pay: then the best one is to leave it.

    Parameters
    ----------
    book : Book
        As for ``ticket_causes``; without ``hour_amount`` also ``csm`` with ``cost_amount`` and ``capacity_h``.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.
    fixes : sequence of Fix
    sample : int, optional
        As for ``ticket_causes``: the shares and messages are those of the sample, the number of tickets is known.
    hour_amount : float, optional
        What an hour costs, in the book's currency; without it what a CSM's hour with customers costs.

    Returns
    -------
    DataFrame
        One row a fix: ``cause``, ``fix``, ``effect``, ``grade``, ``tickets_year`` (with this cause), ``hours_year``
        (that they take the team), ``saved_hours``, ``saved_amount`` (a year), ``cost_hours``, ``cost_amount`` (to make
        it, and a year of keeping it going), ``estimate`` (net, currency), ``low``, ``high`` (what the tickets leave
        open, not what the assumptions do), ``n`` (accounts), ``method``. ``attrs``: ``hour_amount``, ``currency``,
        ``as_of``, ``sampled``.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        As ``ticket_causes``, and for an effect outside 0-1 or a cost below 0.

    Source: the arithmetic is exact; effects and costs are assumptions (no evidence).

    >>> import cslab
    >>> best = fix_value(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01")
    >>> bool(best["estimate"].is_monotonic_decreasing)
    True
    """
    import pandas as pd

    _check(fixes)
    found = caused(book, split(book, start, end), sample)
    hour = capacity.hour_amount(book) if hour_amount is None else hour_amount
    a_year = found.tickets * DAYS_A_YEAR / (pd.Timestamp(end) - pd.Timestamp(start)).days
    place = pd.Index(found.causes).get_indexer(pd.Index([fix.cause for fix in fixes]))
    tickets, hours, error = (
        a_year * np.where(place >= 0, one[place], 0.0)
        for one in (found.shares[0], *(HOURS_PER_MESSAGE * part for part in found.per_ticket(found.rows.part)))
    )
    table = pd.DataFrame([_row(*one, hour) for one in zip(fixes, tickets, hours, error, strict=True)])
    table = table.assign(n=found.accounts, method="fix_value")
    table = table.sort_values(["estimate", "cause"], ascending=[False, True], ignore_index=True)
    table.attrs.update(hour_amount=hour, currency=book.currency, as_of=book.as_of, sampled=len(found.rows.base))
    return table


def _row(fix: Fix, tickets: float, hours: float, error: float, hour: float) -> dict[str, object]:
    """A fix with what it saves of the tickets and hours that its cause takes a year."""
    cost = fix.cost_hours + 12 * fix.run_hours
    net, width = hour * (fix.effect * hours - cost), hour * Z95 * fix.effect * error
    words = {"cause": fix.cause, "fix": fix.fix, "effect": fix.effect, "grade": fix.grade}
    saved = {"saved_hours": fix.effect * hours, "saved_amount": hour * fix.effect * hours}
    spent = {"cost_hours": cost, "cost_amount": hour * cost}
    limits = {"estimate": net, "low": net - width, "high": net + width}
    return {**words, "tickets_year": tickets, "hours_year": hours, **saved, **spent, **limits}


def _check(fixes: Sequence[Fix]) -> None:
    """Refuse effects and costs that make no sense, all at once."""
    faults = [
        Fault("not_a_rate", {"name": f"{fix.cause}.effect", "value": fix.effect})
        for fix in fixes
        if not 0 <= fix.effect <= 1
    ]
    costs = [(fix.cause, name, getattr(fix, name)) for fix in fixes for name in ("cost_hours", "run_hours")]
    faults += [
        Fault("below_zero", {"name": f"{cause}.{name}", "value": value})
        for cause, name, value in costs
        if not value >= 0
    ]
    if faults:
        raise UsageError(*faults)
