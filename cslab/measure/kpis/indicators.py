"""The indicators of support and of success as tables: each with what it counts, of what, in which window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import NotReady
from cslab.measure.clusters import Found
from cslab.measure.kpis import effort, success
from cslab.measure.kpis.desk import Desk
from cslab.measure.kpis.desk_figures import SUPPORT
from cslab.measure.split import Split, split

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


@dataclass(frozen=True)
class Kpi:
    """An indicator, spelled out.

    Parameters
    ----------
    name : str
        ``label.<name>`` is the reader's name for it, as for all words below.
    unit : str
        ``share``, ``hours``, ``messages`` or ``tickets``.
    numerator, denominator : str
        What stands above and below the line.
    window : str
        What has to lie in the window.
    needs : tuple of str
        As for ``Book.has``.
    method : str
        How it is made.
    better : str
        ``"high"`` or ``"low"``; empty where neither is better.

    >>> KPIS["csat"].numerator, KPIS["csat"].denominator
    ('ratings_4_5', 'ratings')
    """

    name: str
    unit: str
    numerator: str
    denominator: str
    window: str
    needs: tuple[str, ...]
    method: str
    better: str


def _desk(name: str, unit: str, numerator: str, denominator: str, window: str, better: str) -> Kpi:
    """An indicator of the desk."""
    needs = tuple(f"tickets.{column}" for column in SUPPORT[name].needs)
    return Kpi(name, unit, numerator, denominator, window, needs, SUPPORT[name].method, better)


_EFFORT, _MRR = tuple(f"tickets.{name}" for name in effort.NEEDS), ("mrr_movements.type", "mrr_movements.kind")
SUPPORT_KPIS = (
    _desk("csat", "share", "ratings_4_5", "ratings", "closed_in_window", "high"),
    _desk("ticket_volume", "tickets", "tickets_opened", "nothing_below", "opened_in_window", ""),
    _desk("first_response_mean", "hours", "hours_to_first_response", "tickets_answered", "closed_in_window", "low"),
    _desk("first_response_median", "hours", "middle_hours", "tickets_answered", "closed_in_window", "low"),
    _desk("answer_rate", "share", "tickets_answered", "tickets_whose_time_was_up", "answer_due_in_window", "high"),
    _desk("contacts_per_resolution", "messages", "messages_exchanged", "tickets_solved", "closed_in_window", "low"),
    _desk("fcr", "share", "tickets_solved_at_once", "tickets_solved", "closed_in_window", "high"),
    _desk("resolution_time", "hours", "middle_hours_solved", "tickets_solved", "closed_in_window", "low"),
)
"""The five usual support KPIs, waiting by mean and by median, and two more that belong to them."""

SUCCESS_KPIS = (
    Kpi(
        *("onboarding_completion", "share", "customers_onboarded_in_time", "customers_whose_time_was_up"),
        *("time_up_in_window", ("onboarding.started", "onboarding.done"), "share_of_accounts", "high"),
    ),
    Kpi(
        *("effort_reduction", "share", "messages_fewer", "messages_before", "closed_in_window"),
        *(_EFFORT, "standardised_change", "high"),
    ),
    Kpi(
        *("cross_upsell_rate", "share", "customers_who_bought_more", "start_customers", "moved_in_window"),
        *(_MRR, "share_of_accounts", "high"),
    ),
    Kpi(
        "logo_churn",
        "share",
        "customers_gone_at_end",
        "start_customers",
        "moved_in_window",
        _MRR,
        "point_to_point",
        "low",
    ),
)
"""The four usual customer success KPIs."""

KPIS = {kpi.name: kpi for kpi in (*SUPPORT_KPIS, *SUCCESS_KPIS)}


def support_kpis(book: Book, start: Date, end: Date, by: str | None = None) -> pd.DataFrame:
    """The support KPIs of a window: satisfaction, volume, first response, answer rate, messages a solution, and more.

    Parameters
    ----------
    book : Book
        Needs ``tickets``.
    start, end : date
        The window, ``start`` included, ``end`` not.
    by : str, optional
        ``"month"``, or a column of ``accounts`` such as ``"segment"``.

    Returns
    -------
    DataFrame
        One row an indicator and group: [``by``] (of months the first day), ``kpi``, ``estimate``, ``low``, ``high``,
        ``n`` (accounts), ``method``, ``unit``, ``numerator``, ``denominator``, ``window`` (``cslab.words.label`` has
        their words). An indicator whose columns the book lacks has no numbers and the method ``unknown``. ``attrs``:
        ``start``, ``end``, ``as_of``.

    Raises
    ------
    NotReady
        Without any of the columns, or for a stock sample.
    UsageError
        For a window that ends before it begins or after the data, or a split that is not there.

    Source: the five support KPIs of the seminar on customer success, with definitions of the glossary.

    >>> import cslab
    >>> found = support_kpis(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01")
    >>> found["kpi"].tolist()[:3]
    ['csat', 'ticket_volume', 'first_response_mean']
    """
    window = split(book, start, end, by)
    return _table(book, window, SUPPORT_KPIS)


def success_kpis(book: Book, start: Date, end: Date, by: str | None = None) -> pd.DataFrame:
    """The customer success KPIs of a window: onboarding, effort reduction, cross- and upselling, churn.

    Parameters
    ----------
    book : Book
        Needs any of ``onboarding``, ``tickets`` and ``mrr_movements``.
    start, end, by
        As for ``support_kpis``. Churn and purchases are those of the whole window, not of a year.

    Returns
    -------
    DataFrame
        As ``support_kpis``. By month, effort is compared with the month before, else with the window of the same
        length before.

    Raises
    ------
    NotReady, UsageError
        As ``support_kpis``.

    Source: the four success KPIs of the seminar on customer success, with definitions of the glossary.

    >>> import cslab
    >>> found = success_kpis(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01")
    >>> found["kpi"].tolist()
    ['onboarding_completion', 'effort_reduction', 'cross_upsell_rate', 'logo_churn']
    """
    return _table(book, split(book, start, end, by), SUCCESS_KPIS)


def _table(book: Book, window: Split, kpis: Iterable[Kpi]) -> pd.DataFrame:
    """Some indicators of every group of a window, one below the other."""
    import pandas as pd

    known = [kpi for kpi in kpis if book.has(*kpi.needs)]
    if not known:
        tables = dict.fromkeys(need.partition(".")[0] for kpi in kpis for need in kpi.needs)
        raise NotReady(*(book.lacks(*tables) or book.lacks(*dict.fromkeys(need for kpi in kpis for need in kpi.needs))))
    made = _Made(book, window)
    table = pd.concat([_rows(kpi, made.of(kpi) if kpi in known else None, window) for kpi in kpis], ignore_index=True)
    table.attrs.update(start=window.start, end=window.end, as_of=book.as_of)
    return table


def _rows(kpi: Kpi, found: Found | None, window: Split) -> pd.DataFrame:
    """One indicator of every group."""
    import pandas as pd

    groups = {window.by: window.values} if window.by else {}
    names = ("estimate", "low", "high")
    numbers = {name: np.full(len(window.values), np.nan) if found is None else getattr(found, name) for name in names}
    counts = np.zeros(len(window.values), int) if found is None else found.n
    words = {name: getattr(kpi, name) for name in ("unit", "numerator", "denominator", "window")}
    method = kpi.method if found else "unknown"
    frame = {**groups, "kpi": kpi.name, **numbers, "n": counts, "method": method, **words}
    return pd.DataFrame(frame, index=range(len(window.values)))


class _Made:
    """The indicators of one window; what several of them rest on is looked up once."""

    def __init__(self, book: Book, window: Split) -> None:
        self.book, self.window, self.desk = book, window, Desk(book, window)
        self._payers: success.Payers | None = None

    @property
    def payers(self) -> Any:
        """Who paid when."""
        self._payers = self._payers or success.payers(self.book, self.window)
        return self._payers

    def of(self, kpi: Kpi) -> Found:
        """The estimates of an indicator, group by group."""
        if kpi.name in SUPPORT:
            return SUPPORT[kpi.name].made(self.desk)
        if kpi.name == "onboarding_completion":
            return success.onboarded(self.book, self.window)
        if kpi.name == "effort_reduction":
            return effort.reductions(self.book, self.window)
        return (success.left if kpi.name == "logo_churn" else success.bought)(self.payers)
