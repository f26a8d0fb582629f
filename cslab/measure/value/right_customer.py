"""Whom to sign and whom to decline: a cut-off on what a customer was expected to bring, and what it would have earned.

Whoever is declined brings nothing; a part of what winning it costs has been spent by then all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.value.signing import Signing

    Floats = NDArray[np.floating[Any]]

SPENT = 0.2
"""Share of the cost of winning a customer that is gone when it is declined: the cost of rejecting."""

AT = (*(tenths / 10 for tenths in range(16)), 2.0, 3.0)
"""Cut-offs that are tried: up to the rule of thumb that a customer has to bring three times what it cost."""

GROUPS, FUTURES = 5, 16
OBSERVED, TRUTH = "mean_normal", "truth_expected"


def by_predicted(signing: Signing, groups: int = GROUPS) -> pd.DataFrame:
    """What customers held out earned, from those of whom least was expected to those of whom most was.

    Parameters
    ----------
    signing : Signing
    groups : int
        Of about the same number of customers.

    Returns
    -------
    DataFrame
        ``group`` (1: least expected), ``ratio`` (mean of expected margin over cost), ``estimate`` (mean margin less
        the cost of winning a customer, currency), ``low``, ``high``, ``n``, ``method``; ``attrs`` as ``signing.rows``.

    Raises
    ------
    UsageError
        For fewer than one group, or more than customers.

    >>> import cslab
    >>> from cslab.measure.value.signing import at_signing
    >>> found = by_predicted(at_signing(cslab.load("synthetic:default_jp?seed=1&accounts=700")), 3)
    >>> bool(found["ratio"].is_monotonic_increasing)
    True
    """
    rows = _tried(signing)
    return _grouped(signing, rows, _places(rows, rows, groups), rows["worth_amount"], OBSERVED)


def true_by_predicted(
    book: Book, signing: Signing, groups: int = GROUPS, futures: int = FUTURES
) -> pd.DataFrame | None:
    """The same of all customers signed since, also those not followed to the horizon yet, luck averaged out.

    Parameters
    ----------
    book : Book
        With its truth.
    signing : Signing
        Of that book.
    groups : int
        Their limits are those of ``by_predicted``.
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        As ``by_predicted``; ``None`` where nobody knows it.

    >>> import cslab
    >>> from cslab.measure.value.signing import at_signing
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=700")
    >>> len(true_by_predicted(book, at_signing(book), 3, futures=2))
    3
    """
    rows = _expected(book, signing, futures)
    if rows is None:
        return None
    return _grouped(signing, rows, _places(_tried(signing), rows, groups), rows["worth_amount"], TRUTH)


def cutoffs(signing: Signing, spent: float = SPENT, at: Sequence[float] = AT) -> pd.DataFrame:
    """What it would have earned to decline those who were expected to bring too little for what they cost.

    Declining pays as soon as a customer would bring less than what is still to be spent on it: in theory at
    ``1 - spent`` times its cost.

    Parameters
    ----------
    signing : Signing
    spent : float
        Share of the cost of winning a customer that is gone when it is declined (0-1).
    at : sequence of float
        Cut-offs: expected margin over cost, below which a customer is declined.

    Returns
    -------
    DataFrame
        ``cutoff``, ``declined`` (share of customers), ``estimate`` (currency for each customer held out, more than by
        signing all of them), ``low``, ``high``, ``n``, ``method``; ``attrs`` as ``signing.rows`` and ``spent``.

    Raises
    ------
    UsageError
        For a share outside 0-1, or no cut-off.

    >>> import cslab
    >>> from cslab.measure.value.signing import at_signing
    >>> found = cutoffs(at_signing(cslab.load("synthetic:default_jp?seed=1&accounts=700")), at=[0.0, 0.8])
    >>> found["declined"].is_monotonic_increasing, float(found["estimate"].iloc[0])
    (True, 0.0)
    """
    return _cut(signing, _tried(signing), spent, at, OBSERVED)


def true_cutoffs(
    book: Book, signing: Signing, spent: float = SPENT, at: Sequence[float] = AT, futures: int = FUTURES
) -> pd.DataFrame | None:
    """The same in expectation, of all customers signed since, also those not followed to the horizon yet.

    Parameters
    ----------
    book : Book
        With its truth.
    signing : Signing
        Of that book.
    spent, at
        As for ``cutoffs``.
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        As ``cutoffs``; ``None`` where nobody knows it.

    Raises
    ------
    UsageError
        As ``cutoffs``.

    >>> import cslab
    >>> from cslab.measure.value.signing import at_signing
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=700")
    >>> found = true_cutoffs(book, at_signing(book), at=[0.8, 3.0], futures=2)
    >>> bool(found["estimate"].iloc[0] > 0 > found["estimate"].iloc[1])
    True
    """
    rows = _expected(book, signing, futures)
    return None if rows is None else _cut(signing, rows, spent, at, TRUTH)


def cutoff_worth(book: Book, signing: Signing, cutoff: float, spent: float = SPENT, futures: int = FUTURES) -> Estimate:
    """What one cut-off earns more than signing everybody: in truth where it is known, else as it came.

    Parameters
    ----------
    book : Book
    signing : Signing
        Of that book.
    cutoff : float
        Expected margin over cost, below which a customer is declined.
    spent : float
        As for ``cutoffs``.
    futures : int
        How many to average over.

    Returns
    -------
    Estimate
        Currency for each customer signed since.

    Raises
    ------
    UsageError
        As ``cutoffs``.

    >>> import cslab
    >>> from cslab.measure.value.signing import at_signing
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=700")
    >>> float(cutoff_worth(book, at_signing(book), 0.0, futures=2))
    0.0
    """
    found = true_cutoffs(book, signing, spent, [cutoff], futures)
    row = (cutoffs(signing, spent, [cutoff]) if found is None else found).iloc[0]
    return Estimate(float(row["estimate"]), float(row["low"]), float(row["high"]), int(row["n"]), str(row["method"]))


def _tried(signing: Signing) -> pd.DataFrame:
    """The customers held out that have been followed to the horizon."""
    rows = signing.rows
    return rows[rows["held_out"] & rows["followed"]]


def _expected(book: Book, signing: Signing, futures: int) -> pd.DataFrame | None:
    """All customers held out, with what they can be expected to earn."""
    if book.truth is None:
        return None
    terms = signing.rows.attrs
    ahead = book.truth.supposing((), horizon=terms["horizon"], futures=futures, discount=terms["discount"])
    margin = terms["gross_margin"] * ahead.set_index("account_id")["value_amount"]
    rows = signing.rows[signing.rows["held_out"]]
    return rows.assign(worth_amount=rows["account_id"].map(margin) - rows["cac_amount"])


def _places(tried: pd.DataFrame, rows: pd.DataFrame, groups: int) -> Any:
    """The group of each customer, by limits that part those tried into groups of one size."""
    if not 1 <= groups <= len(tried):
        raise UsageError(Fault("signing_groups", {"value": groups, "most": len(tried)}))
    edges = np.quantile(tried["ratio"], np.arange(1, groups) / groups)
    return np.searchsorted(edges, rows["ratio"], side="right") + 1


def _grouped(signing: Signing, rows: pd.DataFrame, group: Any, worth: pd.Series, method: str) -> pd.DataFrame:
    """The mean of each group."""
    import pandas as pd

    found = []
    for place in np.unique(group):
        part = group == place
        means = {"group": int(place), "ratio": float(rows["ratio"][part].mean())}
        found.append({**means, **_mean(worth[part].to_numpy(float), method)})
    frame = pd.DataFrame(found)
    frame.attrs = dict(signing.rows.attrs)
    return frame


def _cut(signing: Signing, rows: pd.DataFrame, spent: float, at: Sequence[float], method: str) -> pd.DataFrame:
    """What each cut-off earns for each customer, more than by signing all."""
    import pandas as pd

    faults = [] if 0 <= spent <= 1 else [Fault("not_a_rate", {"name": "spent", "value": spent})]
    faults += [Fault("no_cutoff", {"value": list(at)})] if not len(at) or not np.isfinite(list(at)).all() else []
    if faults:
        raise UsageError(*faults)
    spared = -(rows["worth_amount"] + spent * rows["cac_amount"]).to_numpy(float)
    ratio, found = rows["ratio"].to_numpy(float), []
    for cutoff in at:
        declined = ratio < cutoff
        facts = {"cutoff": float(cutoff), "declined": float(declined.mean())}
        found.append({**facts, **_mean(np.where(declined, spared, 0.0), method)})
    frame = pd.DataFrame(found)
    frame.attrs = {**signing.rows.attrs, "spent": spent}
    return frame


def _mean(amounts: Floats, method: str) -> dict[str, Any]:
    """A mean with its limits; one of true amounts is its own."""
    n, middle = len(amounts), float(amounts.mean())
    error = 0.0 if method == TRUTH else float(amounts.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
    return normal(middle, error, n, method).cells()
