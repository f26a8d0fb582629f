"""Net and gross retention and churn of a window, each in several definitions: which one is an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from cslab.faults import UsageError
from cslab.measure.clusters import summed
from cslab.measure.estimate import Estimate, ratio, unknown_choice
from cslab.measure.retention.counted import counted
from cslab.measure.retention.window import started

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.float64]

Method = Literal["point_to_point", "movement", "movement_with_returns", "survivors_only", "including_new"]


def nrr(book: Book, start: Date, end: Date, method: Method = "point_to_point") -> Estimate:
    """Net revenue retention: what the customers of the start are worth at the end, against the start.

    Customers won in between, and customers who had left before the start and came back, are not counted; those who
    left are, with nothing.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared; the book is that of the customers with MRR above zero at ``start``.
    method : str
        ``"point_to_point"``: each account's MRR at both days, whatever happened in between. ``"movement"``: start and
        all movements up to an account's first leaving; who comes back gets no credit. ``"movement_with_returns"``: all
        movements, so that it equals ``"point_to_point"``. Two that mislead, kept so that they can be shown:
        ``"survivors_only"`` leaves out who left; ``"including_new"`` counts who came, or came back, in between.

    Returns
    -------
    Estimate
        A ratio, above 1 where expansion outweighs loss; delta-method limits of a ratio over accounts.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For an unknown method, days in the wrong order or after the data, or a start without customers.

    Source: cohort NRR, glossary "売上継続率"; KeyBanc counted 110 definitions among public SaaS companies (grade B).

    >>> import cslab
    >>> nrr(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31").method
    'point_to_point'
    """
    return counted("nrr", method, started(book, start, end)).estimate


def grr(book: Book, start: Date, end: Date, method: Method = "point_to_point") -> Estimate:
    """Gross revenue retention: as ``nrr``, but growth earns no credit.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared.
    method : str
        ``"point_to_point"``: the smaller of each account's MRR at the two days. ``"movement"``: start less every
        reduction up to an account's first leaving, also one of MRR that was won in between: where much of that is
        lost, the rate may fall below 0. ``"movement_with_returns"``: start less every reduction, with credit for those
        who come back, up to what they had taken away. ``"survivors_only"`` (misleads) leaves out who left.

    Returns
    -------
    Estimate
        Never above 1, nor above ``nrr`` by the same method; limits as of ``estimate.weighted_share``.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    Source: account-level and movement-based GRR, glossary "売上維持率".

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> window = ("2023-03-31", "2024-03-31")
    >>> float(grr(book, *window)) <= float(nrr(book, *window))
    True
    """
    return counted("grr", method, started(book, start, end)).estimate


def revenue_churn(
    book: Book,
    start: Date,
    end: Date,
    kind: Literal["gross", "net"] = "gross",
    method: Method = "point_to_point",
) -> Estimate:
    """Share of the start's MRR that is lost by the end: what retention lacks to 1.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared.
    kind : str
        ``"gross"``: reductions alone, 1 − GRR. ``"net"``: less what the same customers added, 1 − NRR; below 0 where
        expansion outweighs loss.
    method : str
        As for ``grr`` and ``nrr``.

    Returns
    -------
    Estimate
        A share of the start's MRR, for the whole window.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    Source: glossary "収益解約率"; Japanese disclosures mix customer, gross and net churn (grade B).

    >>> import cslab
    >>> book, window = cslab.load("synthetic:tiny"), ("2023-03-31", "2024-03-31")
    >>> float(revenue_churn(book, *window, kind="net")) <= float(revenue_churn(book, *window))
    True
    """
    if kind not in ("gross", "net"):
        raise UsageError(unknown_choice("kind", kind, ("gross", "net")))
    return counted(f"revenue_churn_{kind}", method, started(book, start, end)).estimate


def logo_churn(
    book: Book, start: Date, end: Date, method: Literal["point_to_point", "movement"] = "point_to_point"
) -> Estimate:
    """Share of the customers of the start who are none at the end.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared.
    method : str
        ``"point_to_point"``: who left and came back in between is still a customer. ``"movement"``: who left at least
        once has left.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson limits.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    >>> import cslab
    >>> 0 <= float(logo_churn(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")) <= 1
    True
    """
    return counted("logo_churn", method, started(book, start, end)).estimate


def monthly_logo_churn(book: Book, start: Date, end: Date) -> Estimate:
    """Share of the customers that leaves in a month: leavers per customer-month of a window, whoever they are.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The months between the ends of these days.

    Returns
    -------
    Estimate
        A share a month (0-1), also of customers won in the window; delta-method limits of a ratio over accounts.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> 0 <= float(monthly_logo_churn(book, "2023-03-31", "2024-03-31")) < float(
    ...     logo_churn(book, "2023-03-31", "2024-03-31"))
    True
    """
    found = started(book, start, end)
    steps = found.steps
    change: Floats = (steps["after"] > 0).to_numpy(float) - (steps["before"] > 0).to_numpy(float)
    ahead = found.last - 1 - steps["month"].to_numpy()
    size = len(found.before)
    months = found.there * (found.last - found.first) + summed(steps["account"], change * ahead, size)
    left = summed(steps["account"], change < 0, size)
    paid = months > 0
    return ratio(left[paid], months[paid], "monthly_churn", high=1.0)
