"""Which measure of a customer's experience tells best who renews: of those who answered, and of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import NotReady
from cslab.measure import landmark, scores
from cslab.measure.health.judged import before_decisions, told_apart
from cslab.measure.landmark.learning import LIGHT
from cslab.measure.signals import SIGNALS, signals

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

RUNNERS = {"nps": "nps", "csat": "csat", "ces": "ces", "behaviour": "wau_ratio"}
"""What runs, and the signal that it is."""

TOGETHER = "together"


def cx_horse_race(book: Book, months_before: int = 3) -> pd.DataFrame:
    """NPS, CSAT, CES and behaviour, some months before renewals were decided, against who then left.

    Of those who answered alone a survey looks better, or worse, than it serves: nobody can act on an answer that was
    not given. So each runs twice, the second time over all renewals, where silence is an answer of its own; there the
    weights are learned on other customers than those judged.

    Parameters
    ----------
    book : Book
        Needs decided renewals (``contracts``) and ``surveys`` or ``usage_monthly``.
    months_before : int
        Months before the decision at which all are read; an answer counts for 365 days.

    Returns
    -------
    DataFrame
        One row a runner (``nps``, ``csat``, ``ces``, ``behaviour``, ``together``), the best over everybody first:
        ``metric``; ``estimate`` (AUC of those that it, or any of it, is known of), ``low``, ``high``, ``n`` (accounts),
        ``method``; ``coverage`` (share of renewals that it is known of), ``left_known`` and ``left_silent`` (of
        them and of the others: shares that left);
        ``all_estimate``, ``all_low``, ``all_high`` (AUC over all renewals). ``attrs``: ``renewals``, ``left``,
        ``months_before``.

    Raises
    ------
    NotReady
        Without these tables.
    UsageError
        When all renewals ended the same way.

    >>> import cslab
    >>> found = cx_horse_race(cslab.load("synthetic:tiny"))
    >>> sorted(found["metric"])
    ['behaviour', 'ces', 'csat', 'nps', 'together']
    """
    import pandas as pd

    chosen = {name: signal for name, signal in RUNNERS.items() if book.has(*SIGNALS[signal].needs)}
    if not chosen:
        raise NotReady(*book.lacks("surveys.score", "usage_monthly.wau_ratio"))
    rows, horizon = before_decisions(book, months_before)
    told = signals(book, rows, chosen.values())
    lines = [_run(told, horizon, name, [signal]) for name, signal in chosen.items()]
    if len(chosen) > 1:
        lines.append(_run(told, horizon, TOGETHER, [*chosen.values()]))
    table = pd.DataFrame(lines).sort_values("all_estimate", ascending=False, kind="stable").reset_index(drop=True)
    table.attrs = {"renewals": len(rows), "left": int(rows["event"].sum()), "months_before": months_before}
    return table


def _run(told: pd.DataFrame, horizon: int, name: str, columns: list[str]) -> dict[str, Any]:
    """One runner's row."""
    everybody = told.assign(risk=landmark.crossed(told, told[columns], horizon, LIGHT)["place"])
    known = told[columns].notna().any(axis=1)
    alone = everybody[known] if len(columns) > 1 else told[known].assign(risk=-told.loc[known, columns[0]])
    over_all = scores.auc(everybody, horizon)
    silent = told.loc[~known, "event"]
    return {
        "metric": name,
        **told_apart(alone, horizon).cells(),
        "coverage": float(known.mean()),
        "left_known": float(told.loc[known, "event"].mean()),
        "left_silent": float(silent.mean()) if len(silent) else np.nan,
        "all_estimate": float(over_all),
        "all_low": over_all.low,
        "all_high": over_all.high,
    }
