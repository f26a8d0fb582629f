"""Whether the level of a signal tells who leaves, its drop, or how it stands against the customer's own past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark, scores
from cslab.measure.clusters import Rows, ratios
from cslab.measure.decisions import SHORTEST_TERM, month_of, renewal_decisions
from cslab.measure.estimate import Estimate, unknown_choice
from cslab.measure.health.judged import before_decisions
from cslab.measure.landmark.days import check_positive
from cslab.measure.landmark.learning import LIGHT
from cslab.measure.signals import signals

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

STUDIED = {
    "logins": {"level": "logins_per_seat", "trend": "logins_trend", "baseline": "logins_to_baseline"},
    "usage": {"level": "wau_ratio", "trend": "usage_trend", "baseline": "usage_to_baseline"},
}
"""The signals that can be studied, and their readings."""

MONTHLY = {"logins": "logins_last", "usage": "wau_last"}
"""What is followed month by month."""


def signal_study(book: Book, signal: str = "logins", months_before: int = 3) -> pd.DataFrame:
    """How well three readings of a signal, some months before renewals were decided, tell who then left.

    Parameters
    ----------
    book : Book
        Needs decided renewals (``contracts``) and ``usage_monthly``.
    signal : str
        ``logins`` or ``usage`` (share of seats in use).
    months_before : int
        Months before the decision at which it is read.

    Returns
    -------
    DataFrame
        One row a reading: ``reading`` (``level``: of the last three months; ``trend``: last month less the one three
        months before; ``baseline``: last month over the customer's own three before; ``level_and_trend``: both, learned
        on other customers), ``estimate`` (AUC; low values leave), ``low``, ``high``, ``n`` (accounts), ``method``; all
        on the renewals of which all are known. ``attrs``: ``difference`` (level less trend, an Estimate), ``renewals``,
        ``left``, ``signal``, ``months_before``.

    Raises
    ------
    NotReady
        Without these tables.
    UsageError
        For another signal, or when all renewals ended the same way.

    >>> import cslab
    >>> signal_study(cslab.load("synthetic:tiny"), "usage")["reading"].tolist()
    ['level', 'trend', 'baseline', 'level_and_trend']
    """
    import pandas as pd

    _check(signal)
    names = STUDIED[signal]
    asked, horizon = before_decisions(book, months_before)
    rows = signals(book, asked, names.values()).dropna(subset=[*names.values()])
    rows = rows.assign(**{reading: -rows[name] for reading, name in names.items()})
    both = landmark.crossed(rows, rows[["level", "trend"]], horizon, LIGHT)["place"]
    rows = rows.assign(level_and_trend=both).reset_index(drop=True)
    readings = (*names, "level_and_trend")
    found: dict[str, Estimate] = {reading: scores.auc(rows, horizon, reading) for reading in readings}
    table = pd.DataFrame([{"reading": reading, **one.cells()} for reading, one in found.items()])
    table.attrs = {
        "difference": scores.difference(rows, horizon, "level", "trend"),
        **{"renewals": len(rows), "left": int(rows["event"].sum())},
        **{"signal": signal, "months_before": months_before},
    }
    return table


def signal_paths(book: Book, signal: str = "logins", months: int = 12) -> pd.DataFrame:
    """The mean of a signal on the way to a renewal, of those who left, stayed, and bought more.

    Everybody is lined up at the month of the decision, and only renewals whose whole way is on record count: the same
    customers in every month, so that nobody's coming or going moves a curve.

    Parameters
    ----------
    book : Book
        As for :func:`signal_study`.
    signal : str
        ``logins`` (a seat, over those of the middle customer of the month) or ``usage`` (share of seats in use, 0-1).
    months : int
        Before the decision.

    Returns
    -------
    DataFrame
        ``status`` (``left``, ``stayed``, ``expanded``), ``months_before`` (``months`` to 1), ``estimate``, ``low``,
        ``high`` (clustered by account), ``n`` (accounts), ``method``.

    Raises
    ------
    NotReady
        Without these tables.
    UsageError
        For another signal, fewer than one month, or where no renewal has its whole way on record.

    >>> import cslab
    >>> found = signal_paths(cslab.load("synthetic:tiny"), "usage", 6)
    >>> int(found.groupby("status")["n"].nunique().max())
    1
    """
    import pandas as pd

    _check(signal)
    check_positive(months=months)
    rows = _ways(book, signal, months)
    if rows.empty:
        raise UsageError(Fault("no_renewals", {"term": SHORTEST_TERM, "months": months}))
    account = pd.factorize(rows["account_id"])[0]
    status, statuses = pd.factorize(rows["status"], sort=True)
    group = status * months + rows["months_before"].to_numpy() - 1
    value = rows["value"].to_numpy(float)
    found = ratios(Rows(account, group, value, np.ones(len(rows)), len(statuses) * months))
    table = pd.DataFrame(
        {
            "status": np.repeat(statuses, months),
            "months_before": np.tile(np.arange(1, months + 1), len(statuses)),
            **{name: getattr(found, name) for name in ("estimate", "low", "high", "n")},
            "method": "mean_before_decision",
        }
    )
    table = table.sort_values(["status", "months_before"], ascending=[True, False], kind="stable")
    table.attrs = {"signal": signal, "months": months, "as_of": book.as_of}
    return table.reset_index(drop=True)


def _ways(book: Book, signal: str, months: int) -> pd.DataFrame:
    """Renewals by month before the decision, with what became of them, as far as the whole way is on record."""
    import pandas as pd

    decided = renewal_decisions(book)
    more = book.contracts.set_index(["account_id", "start"])["outcome"] == "expanded"
    expanded = pd.MultiIndex.from_frame(decided[["account_id", "start"]]).isin(more[more].index)
    decided = decided.assign(status=np.where(expanded, "expanded", decided["status"]))
    back = np.tile(np.arange(1, months + 1), len(decided))
    rows = decided.loc[decided.index.repeat(months)].assign(months_before=back).rename_axis("renewal").reset_index()
    month: Any = month_of(rows["decided_on"]).to_numpy().astype("datetime64[M]") - back
    rows["as_of"] = pd.Series((month + 1).astype("datetime64[ns]")) - pd.Timedelta(days=1)
    rows["value"] = signals(book, rows, [MONTHLY[signal]])[MONTHLY[signal]]
    whole = rows["value"].notna().groupby(rows["renewal"]).transform("all")
    return rows[whole]


def _check(signal: str) -> None:
    """Refuse a signal that cannot be studied."""
    if signal not in STUDIED:
        raise UsageError(unknown_choice("signal", signal, [*STUDIED]))
