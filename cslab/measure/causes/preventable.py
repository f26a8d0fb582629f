"""What share of churn no customer success can prevent, and how much would have happened whatever was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.causes.exits import INVOLUNTARY, Cause, exits_within
from cslab.measure.estimate import Estimate, proportion

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

METHOD = "share_of_departures"
TRUTH = "truth_expected"


def preventable(book: Book, start: Date, end: Date, cause: Cause = "kind") -> pd.DataFrame:
    """The departures of a window by cause: what is involuntary, nobody can prevent.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` with ``reason_stated``.
    start, end : date
        Departures that took effect after ``start`` and up to ``end``.
    cause : str
        As for ``exits``.

    Returns
    -------
    DataFrame
        A row a cause, the most frequent first: ``cause``, ``departures``, ``estimate`` (share of all departures, 0-1),
        ``low``, ``high`` (Wilson), ``n`` (departures), ``method``.

    Raises
    ------
    NotReady
        Without stated reasons.
    UsageError
        For a window that ends before it begins, or in which nobody left.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    >>> preventable(book, "2024-03-31", "2025-03-31")["cause"].tolist()
    ['voluntary', 'involuntary']
    """
    gone = exits_within(book, start, end, cause)
    return shares_of(gone["cause"]).rename(columns={"value": "cause"})


def unpreventable(book: Book, start: Date, end: Date, cause: Cause = "kind") -> Estimate:
    """The share of the departures of a window that no customer success can prevent.

    Parameters
    ----------
    book, start, end, cause
        As for ``preventable``.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson's limits; ``n`` counts departures.

    Raises
    ------
    NotReady, UsageError
        As ``preventable``.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    >>> 0 < float(unpreventable(book, "2021-03-31", "2025-03-31")) < 0.5
    True
    """
    gone = exits_within(book, start, end, "stated_kind" if cause == "stated" else cause)
    return proportion(int((gone["cause"] == INVOLUNTARY).sum()), len(gone), len(gone), METHOD)


def truth_unpreventable(book: Book, start: Date, end: Date) -> Estimate | None:
    """The share of the departures to be expected in a window that are nobody's decision.

    Parameters
    ----------
    book : Book
    start, end : date
        As for ``preventable``.

    Returns
    -------
    Estimate or None
        A share (0-1), its limits itself; ``n`` counts the departures that were to be expected. None where nobody knows.

    >>> import cslab
    >>> 0 < float(truth_unpreventable(cslab.load("synthetic:tiny"), "2024-03-31", "2025-03-31")) < 1
    True
    """
    if book.truth is None:
        return None
    found = book.truth.causes(start, end).set_index("cause")
    share = float(found["share"].to_dict()["uncontrollable"])
    return Estimate(share, share, share, round(found["departures"].sum()), TRUTH, 0.0)


def anyway(book: Book, start: Date, end: Date, policy: str = "all_high") -> pd.DataFrame | None:
    """How many departures of a window were to be expected, and how many under another policy all along.

    The same customers with the same luck. What is left under the best of care would have happened anyway.

    Parameters
    ----------
    book : Book
    start, end : date
        As for ``preventable``.
    policy : str

    Returns
    -------
    DataFrame or None
        ``policy`` (the company's own first, as ``"as_it_is"``), ``cause`` (``voluntary``, ``involuntary``),
        ``departures`` (expected), ``share`` (of the departures as it is). None where nobody knows.

    Raises
    ------
    UsageError
        For an unknown policy, or what is no window.

    >>> import cslab
    >>> found = anyway(cslab.load("synthetic:tiny"), "2024-03-31", "2025-03-31")
    >>> found["policy"].unique().tolist(), round(float(found["share"].head(2).sum()), 6)
    (['as_it_is', 'all_high'], 1.0)
    """
    if book.truth is None:
        return None
    found = book.truth.causes(start, end, ["", policy])
    own = found["policy"].iloc[0]
    total = found.loc[found["policy"] == own, "departures"].iloc[:2].sum()
    names = ["as_it_is"] * 2 + [policy] * 2
    kinds = found["cause"].replace("uncontrollable", INVOLUNTARY)
    return found.assign(policy=names, cause=kinds, share=found["departures"] / total)


def shares_of(values: pd.Series) -> pd.DataFrame:
    """How often each value occurs, as a share with its limits.

    Parameters
    ----------
    values : Series of str

    Returns
    -------
    DataFrame
        ``value`` (the most frequent first), ``departures``, ``estimate``, ``low``, ``high``, ``n``, ``method``.

    >>> import pandas as pd
    >>> shares_of(pd.Series(["price", "price", "merged", "price"]))["estimate"].tolist()
    [0.75, 0.25]
    """
    import pandas as pd

    counts = values.value_counts(sort=False)
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    found = [proportion(int(counts[name]), len(values), len(values), METHOD) for name in names]
    known = {"value": names, "departures": [int(counts[name]) for name in names]}
    columns = ["estimate", "low", "high", "n", "method"]
    return pd.DataFrame(known).join(pd.DataFrame([one.cells() for one in found], columns=columns))
