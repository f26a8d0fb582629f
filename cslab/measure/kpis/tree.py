"""The tree of indicators: what support and success are thought to bring to recurring revenue."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.measure.estimate import Estimate
from cslab.measure.kpis.indicators import success_kpis, support_kpis
from cslab.measure.retention import bridge, grr, nrr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


@dataclass(frozen=True)
class Node:
    """A place in the tree.

    Parameters
    ----------
    name : str
        The indicator; ``label.<name>`` is the reader's name for it.
    parent : str
        What it is thought to feed; empty for the root.
    branch : str
        ``revenue``, ``success`` or ``support``.

    >>> TREE[0].name, TREE[0].parent
    ('arr', '')
    """

    name: str
    parent: str
    branch: str


NUMBERS = ("estimate", "low", "high", "n", "method")

TREE = (
    Node("arr", "", "revenue"),
    Node("new_arr", "arr", "revenue"),
    Node("nrr", "arr", "revenue"),
    Node("grr", "nrr", "revenue"),
    Node("cross_upsell_rate", "nrr", "success"),
    Node("logo_churn", "grr", "success"),
    Node("onboarding_completion", "logo_churn", "success"),
    Node("effort_reduction", "logo_churn", "success"),
    Node("csat", "logo_churn", "support"),
    Node("first_response_median", "csat", "support"),
    Node("answer_rate", "csat", "support"),
    Node("contacts_per_resolution", "effort_reduction", "support"),
    Node("fcr", "contacts_per_resolution", "support"),
    Node("ticket_volume", "effort_reduction", "support"),
)
"""The goal at the root, each branch below what it is thought to feed. A link is a claim to be tested, no finding."""


def kpi_tree(book: Book, start: Date, end: Date) -> pd.DataFrame:
    """The tree with the numbers of a window.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` with ``type`` and ``kind``, and ``tickets``; also ``onboarding``.
    start, end : date
        The window, ``start`` included, ``end`` not: whole months.

    Returns
    -------
    DataFrame
        One row a node, each parent before its children: ``node``, ``parent`` (empty for the root), ``branch``
        (``revenue``, ``success``, ``support``), ``estimate``, ``low``, ``high``, ``n``, ``method``, ``unit``
        (``money_year``, ``share``, ``hours``, ``messages``, ``tickets``), ``definition`` (the word of an indicator, or
        the method, that says what it counts). ``attrs``: ``start``, ``end``, ``as_of``, ``currency``.

    Raises
    ------
    NotReady, UsageError
        As ``support_kpis`` and ``nrr``.

    >>> import cslab
    >>> tree = kpi_tree(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01")
    >>> set(tree["parent"]) - {""} <= set(tree["node"])
    True
    """
    import pandas as pd

    found = {**_revenue(book, start, end), **_indicators(book, start, end)}
    rows = [{"node": node.name, "parent": node.parent, "branch": node.branch, **found[node.name]} for node in TREE]
    tree = pd.DataFrame(rows)
    tree.attrs.update(start=pd.Timestamp(start), end=pd.Timestamp(end), as_of=book.as_of, currency=book.currency)
    return tree


def _revenue(book: Book, start: Date, end: Date) -> dict[str, dict[str, Any]]:
    """The revenue branch."""
    import pandas as pd

    day = pd.Timedelta(days=1)
    first, last = pd.Timestamp(start) - day, pd.Timestamp(end) - day
    year = bridge(book, first, last, unit="arr").iloc[0]
    kept = nrr(book, first, last)
    sums = {"arr": float(year["closing"]), "new_arr": float(year["new"])}
    counted = {name: Estimate(amount, math.nan, math.nan, kept.n, "sum_of_movements") for name, amount in sums.items()}
    return {
        **{name: _row(one, "money_year", one.method) for name, one in counted.items()},
        **{name: _row(one, "share", one.method) for name, one in (("nrr", kept), ("grr", grr(book, first, last)))},
    }


def _indicators(book: Book, start: Date, end: Date) -> dict[str, dict[str, Any]]:
    """The branches of support and success."""
    names = [*NUMBERS, "unit", "numerator"]
    both = support_kpis(book, start, end), success_kpis(book, start, end)
    rows = [row for one in both for row in one[["kpi", *names]].to_dict("records")]
    return {row["kpi"]: {**{name: row[name] for name in names[:-1]}, "definition": row["numerator"]} for row in rows}


def _row(one: Estimate, unit: str, definition: str) -> dict[str, Any]:
    """The numbers of a node."""
    return {**{name: getattr(one, name) for name in NUMBERS}, "unit": unit, "definition": definition}
