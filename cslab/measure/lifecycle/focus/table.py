"""Phases side by side under a budget of hours: where customers are stuck, what help brings, what a choice forgoes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.lifecycle.focus.counts import EVALUATION
from cslab.measure.lifecycle.focus.experiment import experiment
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.lifecycle.spells import spells
from cslab.measure.lifecycle.stuck import stuck_report

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

DAYS_A_YEAR = 365.25
STUCK = {
    "customers": "customers",
    "stuck": "stuck",
    "estimate": "stuck_share",
    "low": "stuck_low",
    "high": "stuck_high",
    "mrr_amount": "mrr_amount",
}


@dataclass(frozen=True)
class Regret:
    """What a choice of phase forgoes against the best one, in expectation.

    Parameters
    ----------
    chosen, best : str
        Phases.
    gain_amount, best_amount : float
        What help in each brings for a year's hours (currency).
    by_truth : bool
        Whether the truth says so; else the fitted chain does.

    >>> Regret("adoption", "renewal", 30.0, 40.0, True).share
    0.25
    """

    chosen: str
    best: str
    gain_amount: float
    best_amount: float
    by_truth: bool

    @property
    def amount(self) -> float:
        """What is forgone (currency).

        >>> Regret("adoption", "renewal", 30.0, 40.0, True).amount
        10.0
        """
        return self.best_amount - self.gain_amount

    @property
    def share(self) -> float:
        """What is forgone, of what the best phase brings: 0 for the best one.

        >>> Regret("renewal", "renewal", 40.0, 40.0, True).share
        0.0
        """
        return self.amount / self.best_amount if self.best_amount else 0.0


def table(book: Book, hours: float | None = None, rules: Rules | None = None, **terms: Any) -> pd.DataFrame:
    """The phases of customers side by side: how many are stuck, the MRR exposed, what help brings within the hours.

    A case is a stay that begins; hours that do not suffice for all cases of a year go to a share of them, whoever they
    are. Evaluation is left out: its gain is deals won, not customers kept, and nobody is a customer there.

    Parameters
    ----------
    book : Book
        As for ``experiment``.
    hours : float, optional
        A year, all for one phase; enough for every case, where not given.
    rules : Rules, optional
        The default ones where not given.
    **terms
        As for ``experiment``: ``effect``, ``by``, ``horizon``, ``gross_margin``, ``discount``, ``futures``.

    Returns
    -------
    DataFrame
        A row a phase, all columns of ``experiment`` and: ``customers``, ``stuck``, ``stuck_share``, ``stuck_low``,
        ``stuck_high`` (0-1), ``mrr_amount`` (of all in it); ``cases`` (a year, as counted in the last one),
        ``needed_hours`` (a year), ``spent_hours``, ``covered`` (share of the cases, 0-1), ``gain_amount``,
        ``gain_low``, ``gain_high`` (lifetime value that a year's hours bring), ``true_gain_amount`` (in expectation).
        ``attrs`` as of ``experiment``, and ``budget_hours``.

    Raises
    ------
    NotReady, UsageError
        As for ``experiment``; for hours that are not above 0.

    >>> import cslab
    >>> found = table(cslab.load("synthetic:tiny"), hours=20, futures=2)
    >>> found["phase"].tolist(), float(found["spent_hours"].max())
    (['purchase', 'onboarding', 'adoption', 'renewal'], 20.0)
    """
    if hours is not None and not hours > 0:
        raise UsageError(Fault("not_positive", {"name": "hours", "value": hours}))
    known = rules or shipped_rules()
    found = experiment(book, rules=known, **terms)
    stuck = stuck_report(book, known).set_index("phase")[list(STUCK)].rename(columns=STUCK)
    kept = found[found["phase"] != EVALUATION].reset_index(drop=True)
    kept = kept.join(stuck, on="phase")
    kept["cases"] = kept["phase"].map(_cases(book, known)).fillna(0.0)
    kept["needed_hours"] = kept["cases"] * (kept["hours"] / kept["visits"])
    kept.attrs = {**found.attrs, "budget_hours": hours}
    return spent(kept, hours)


def spent(table: pd.DataFrame, hours: float | None) -> pd.DataFrame:
    """The same phases under another budget of hours.

    Parameters
    ----------
    table : DataFrame
        With ``needed_hours`` and what an hour brings.
    hours : float or None
        A year, all for one phase; None: enough for every case.

    Returns
    -------
    DataFrame
        With ``spent_hours``, ``covered``, ``gain_amount``, ``gain_low``, ``gain_high``, ``true_gain_amount``.

    >>> import pandas as pd
    >>> one = {"needed_hours": 10.0, "per_hour": 3.0, "per_hour_low": 2.0, "per_hour_high": 4.0, "truth_per_hour": 1.0}
    >>> spent(pd.DataFrame([one]), 5.0)[["covered", "gain_amount", "true_gain_amount"]].values.tolist()
    [[0.5, 15.0, 5.0]]
    """
    needed = table["needed_hours"]
    used = needed if hours is None else needed.clip(upper=hours)
    return table.assign(
        spent_hours=used,
        covered=(used / needed).where(needed > 0),
        gain_amount=used * table["per_hour"],
        gain_low=used * table["per_hour_low"],
        gain_high=used * table["per_hour_high"],
        true_gain_amount=used * table["truth_per_hour"],
    )


def regret(table: pd.DataFrame, chosen: str, truth: bool = True) -> Regret:
    """What the choice of a phase forgoes against the best one, in expectation.

    Parameters
    ----------
    table : DataFrame
        As ``table`` returns it.
    chosen : str
        A phase of it.
    truth : bool
        By the truth where there is one; else by the fitted chain.

    Returns
    -------
    Regret

    Raises
    ------
    UsageError
        For a phase that is not in the table, or one for which no hours of a case are known.

    >>> import pandas as pd
    >>> phases = {"phase": ["adoption", "renewal"], "gain_amount": [9.0, 5.0], "true_gain_amount": [3.0, 4.0]}
    >>> regret(pd.DataFrame(phases), "adoption").share, regret(pd.DataFrame(phases), "adoption", truth=False).share
    (0.25, 0.0)
    """
    by_truth = truth and bool(table["true_gain_amount"].notna().any())
    gains = table.set_index("phase")["true_gain_amount" if by_truth else "gain_amount"].dropna()
    if chosen not in gains:
        known = list(gains.index)
        values = {"phase": chosen, "near": nearest(chosen, known), "known": ", ".join(known)}
        raise UsageError(Fault("focus.phase", values))
    best = str(gains.idxmax())
    return Regret(chosen, best, float(gains[chosen]), float(gains[best]), by_truth)


def _cases(book: Book, rules: Rules) -> dict[str, float]:
    """Stays that began in the last year of the records, by phase; of shorter records, as many as a year would have."""
    stays = spells(book, rules)
    first = book.first_day if book.first_day is not None else stays["begins"].min()
    days = min(DAYS_A_YEAR, float((book.as_of - first).days + 1))
    recent = (stays["begins"] > book.as_of - np.timedelta64(int(days), "D")) & ~stays["entered_late"]
    counts = stays.loc[recent, "phase"].astype(str).value_counts()
    return {str(phase): float(count) * DAYS_A_YEAR / days for phase, count in counts.items()}
