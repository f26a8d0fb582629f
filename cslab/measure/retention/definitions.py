"""One book, many retention rates: every definition of a window side by side, those that mislead marked as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure.estimate import Estimate
from cslab.measure.retention.counted import RATES, WRONG, counted
from cslab.measure.retention.renewed import renewals_due
from cslab.measure.retention.window import Window, started

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


@dataclass(frozen=True)
class Definition:
    """One way of making one rate.

    Parameters
    ----------
    metric : str
        The rate; ``label.<metric>`` is the reader's name for it.
    word : str
        The value of ``method``, or of ``weight``, that asks for it.
    numerator, denominator : str
        What stands above and below the line; ``label.<numerator>`` says it in words.

    >>> DEFINITIONS[0].metric, DEFINITIONS[0].word, DEFINITIONS[0].fault
    ('nrr', 'point_to_point', False)
    """

    metric: str
    word: str
    numerator: str
    denominator: str

    @property
    def fault(self) -> bool:
        """Whether it misleads."""
        return self.word in WRONG


_START, _STAYED, _ALL = "start_mrr", "start_mrr_of_survivors", "start_customers"
DEFINITIONS = (
    Definition("nrr", "point_to_point", "end_mrr_of_start_customers", _START),
    Definition("nrr", "movement", "start_mrr_moved_until_left", _START),
    Definition("nrr", "movement_with_returns", "start_mrr_moved", _START),
    Definition("nrr", "survivors_only", "end_mrr_of_survivors", _STAYED),
    Definition("nrr", "including_new", "end_mrr_of_all_customers", _START),
    Definition("grr", "point_to_point", "smaller_mrr_of_start_customers", _START),
    Definition("grr", "movement", "start_mrr_less_reductions", _START),
    Definition("grr", "movement_with_returns", "start_mrr_less_reductions_with_returns", _START),
    Definition("grr", "survivors_only", "smaller_mrr_of_survivors", _STAYED),
    Definition("logo_churn", "point_to_point", "customers_gone_at_end", _ALL),
    Definition("logo_churn", "movement", "customers_who_left_once", _ALL),
    Definition("revenue_churn_gross", "point_to_point", "mrr_lost_at_end", _START),
    Definition("revenue_churn_gross", "movement", "mrr_reductions", _START),
    Definition("revenue_churn_net", "point_to_point", "mrr_lost_net", _START),
    Definition("renewal_rate", "value", "renewed_mrr", "due_mrr"),
    Definition("renewal_rate", "count", "renewed_contracts", "due_contracts"),
)
"""The definitions in the order in which they are shown."""


def definitions(book: Book, start: Date, end: Date) -> pd.DataFrame:
    """All retention rates of a window in all their definitions.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` with ``type``. The renewal rates are left out where it has no ``contracts`` with real
        days and outcomes, or where nothing decided came due.
    start, end : date
        The two days that are compared.

    Returns
    -------
    DataFrame
        One row a definition: ``metric``, ``definition`` (the word that asks for it), ``estimate``, ``low``, ``high``,
        ``n`` (accounts), ``method``, ``numerator``, ``denominator`` (what stands above and below the line:
        ``cslab.words.label``), ``part``, ``base`` (these two in numbers: currency a month, customers or contracts),
        ``fault`` (it misleads). ``attrs``: ``start``, ``end``, ``as_of``, ``currency``.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    >>> import cslab
    >>> found = definitions(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")
    >>> found.query("fault")["definition"].unique().tolist()
    ['survivors_only', 'including_new']
    """
    import pandas as pd

    book.require("mrr_movements.type")
    found = started(book, start, end)
    made = pd.DataFrame(
        [*(_moved(one, found) for one in DEFINITIONS if one.metric in RATES), *_renewals(book, start, end)]
    )
    made.attrs.update(start=pd.Timestamp(start), end=pd.Timestamp(end), as_of=book.as_of, currency=book.currency)
    return made


def _row(one: Definition, estimate: Estimate, part: float, base: float) -> dict[str, object]:
    """A definition as a row of the frame."""
    words = {"metric": one.metric, "definition": one.word}
    lines = {"numerator": one.numerator, "denominator": one.denominator, "part": part, "base": base}
    return {**words, **estimate.cells(), **lines, "fault": one.fault}


def _moved(one: Definition, found: Window) -> dict[str, object]:
    """A rate of movements as a row."""
    rate = counted(one.metric, one.word, found)
    return _row(one, rate.estimate, float(rate.part.sum()), float(rate.base.sum()))


def _renewals(book: Book, start: Date, end: Date) -> list[dict[str, object]]:
    """The renewal rates as rows; none where the book cannot tell them."""
    rows = []
    for one in DEFINITIONS:
        if one.metric == "renewal_rate" and book.has("calendar", "contracts.end", "contracts.outcome"):
            due = renewals_due(book, start, end, one.word)
            if len(due.base):
                rows.append(_row(one, due.estimate, float(due.part.sum()), float(due.base.sum())))
    return rows
