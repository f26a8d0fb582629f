"""Lifetime value if customers left at the same rate for ever: the two ways that everybody knows."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95, Estimate, normal, unknown_choice
from cslab.measure.retention import look_back, monthly_logo_churn, mrr
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    from cslab.book import Book

FIRST = ("after_one_period", "immediate")


def arpa(book: Book) -> Estimate:
    """Mean MRR of the customers who pay on the book's last day.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.

    Returns
    -------
    Estimate
        Currency a month, normal limits.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        When nobody pays.

    >>> import cslab
    >>> arpa(cslab.load("synthetic:tiny")).method
    'mean_normal'
    """
    amounts = mrr(book, book.as_of)
    paid = amounts[amounts > 0].to_numpy(float)
    if not len(paid):
        raise UsageError(Fault("nobody_pays", {"date": book.as_of.date()}))
    error = float(paid.std(ddof=1) / math.sqrt(len(paid))) if len(paid) > 1 else math.nan
    return normal(float(paid.mean()), error, len(paid), "mean_normal", low=0.0)


def ltv_simple(book: Book, gross_margin: float = 0.8, months: int = 12) -> Estimate:
    """Lifetime value as ARPA × gross margin / monthly churn.

    It holds if every month loses the same share for ever and a coming year's money is worth as much as today's; and
    ARPA is that of today's customers, among whom those who stay long, often the large ones, are many.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    months : int
        How many of the last months the churn is taken from; fewer, where the records hold no more.

    Returns
    -------
    Estimate
        Currency; limits from the errors of ARPA and of churn. Endless, where nobody left.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For a margin outside 0-1.

    Source: glossary "LTV(簡易)"; a rule of thumb (grade C).

    >>> import cslab
    >>> ltv_simple(cslab.load("synthetic:tiny"), months=24).method
    'ltv_simple'
    """
    Terms(gross_margin, 0.0)
    return _endless(
        book, months, lambda paid, churn: paid * gross_margin / churn if churn > 0 else math.inf, "ltv_simple"
    )


def ltv_discounted(
    book: Book,
    gross_margin: float = 0.8,
    discount: float = 0.10,
    months: int = 12,
    first: Literal["after_one_period", "immediate"] = "after_one_period",
) -> Estimate:
    """Lifetime value with the same churn for ever, later margins worth less.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year (0.10 is ten per cent).
    months : int
        As for ``ltv_simple``.
    first : str
        When the first month's margin m comes, at a monthly retention r and discount d: ``"after_one_period"``,
        m r / (1 + d - r); ``"immediate"``, m (1 + d) / (1 + d - r), which is larger by m.

    Returns
    -------
    Estimate
        Currency; limits from the errors of ARPA and of churn.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For an unknown choice, or shares outside 0-1.

    Source: Gupta and Lehmann (2003), Journal of Interactive Marketing 17:9, grade A.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> float(ltv_discounted(book, months=24)) < float(ltv_simple(book, months=24))
    True
    """
    if first not in FIRST:
        raise UsageError(unknown_choice("first", first, FIRST))
    month, margin = 1 / Terms(gross_margin, discount).month, gross_margin
    if first == "immediate":
        return _endless(book, months, lambda paid, churn: paid * margin * month / (month - 1 + churn), "ltv_immediate")
    return _endless(
        book, months, lambda paid, churn: paid * margin * (1 - churn) / (month - 1 + churn), "ltv_discounted"
    )


def _endless(book: Book, months: int, worth: Callable[[float, float], float], method: str) -> Estimate:
    """A value made of ARPA and monthly churn, with the errors of both."""
    since, _ = look_back(book, months)
    churn, paid = monthly_logo_churn(book, since, book.as_of), arpa(book)
    value = worth(paid.estimate, churn.estimate)
    if not churn.estimate > 0:
        return Estimate(value, math.nan, math.nan, paid.n, method)
    step = 1e-4
    up, down = (worth(paid.estimate, churn.estimate * (1 + turn)) for turn in (step, -step))
    bend = (math.log(up) - math.log(down)) / (2 * step)
    error = math.hypot(paid.std_error / paid.estimate, bend * churn.std_error / churn.estimate)
    return Estimate(value, value * math.exp(-Z95 * error), value * math.exp(Z95 * error), paid.n, method, value * error)
