"""Least squares with errors that hold for unequal spread, and what a company knew of its customers at signing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure import signed
from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]

WORDS = (*(name for name in signed.WORDS if name != "region"), "touch_tier")

LEAST = 1e-10
"""What is left of a column, beside the largest, below which it follows from the others."""


@dataclass(frozen=True)
class Fit:
    """A fitted line.

    Parameters
    ----------
    slopes : ndarray of float, shape (columns,)
    covariance : ndarray of float, shape (columns, columns)
    n : int
        Rows, or clusters where there are any.

    >>> float(least_squares(np.array([0.0, 1.0, 2.0]), np.array([[0.0], [1.0], [2.0]])).slopes[0])
    1.0
    """

    slopes: Floats
    covariance: Floats
    n: int

    def slope(self, place: int, method: str) -> Estimate:
        """One slope with its normal limits.

        Parameters
        ----------
        place : int
            Which column.
        method : str
            How it was made.

        >>> fit = least_squares(np.array([0.0, 1.0, 2.0, 3.0]), np.array([[0.0], [1.0], [2.0], [3.0]]))
        >>> round(float(fit.slope(0, "least_squares")), 6)
        1.0
        """
        return self.sum_of(np.eye(len(self.slopes))[place], method)

    def sum_of(self, weights: Any, method: str) -> Estimate:
        """A weighted sum of slopes with its normal limits.

        Parameters
        ----------
        weights : ndarray of float, shape (columns,)
        method : str
            How it was made.

        >>> fit = least_squares(np.array([0.0, 1.0, 2.0, 3.0]), np.array([[0.0], [1.0], [2.0], [3.0]]))
        >>> round(float(fit.sum_of([2.0], "least_squares")), 6)
        2.0
        """
        weights = np.asarray(weights, float)
        error = float(np.sqrt(weights @ self.covariance @ weights))
        return normal(float(self.slopes @ weights), error, self.n, method)


def least_squares(outcome: Any, columns: Any, cluster: Any = None) -> Fit:
    """Fit a line with a constant, errors robust to unequal spread and to rows of one cluster going together.

    Parameters
    ----------
    outcome : ndarray of float, shape (rows,)
    columns : ndarray of float, shape (rows, columns)
        Columns that follow from the others get what is left to them, which may be nothing.
    cluster : ndarray of int, shape (rows,), optional
        Which rows go together, such as those of an account.

    Returns
    -------
    Fit
        Without the constant.

    Source: White (1980), Econometrica 48:817; Liang and Zeger (1986), Biometrika 73:13, grade A.

    >>> least_squares(np.array([1.0, 1.0, 3.0, 3.0]), np.array([[0.0], [0.0], [1.0], [1.0]])).slopes.round(6).tolist()
    [2.0]
    """
    outcome, columns = np.asarray(outcome, float), np.asarray(columns, float)
    centred = columns - columns.mean(axis=0)
    gram = centred.T @ centred
    inverse = np.linalg.pinv(gram, rcond=LEAST, hermitian=True)
    slopes = inverse @ (centred.T @ (outcome - outcome.mean()))
    scores = centred * (outcome - outcome.mean() - centred @ slopes)[:, None]
    if cluster is not None:
        _, place = np.unique(cluster, return_inverse=True)
        scores = np.stack([np.bincount(place, part) for part in scores.T], axis=1)
    n, rows = len(scores), len(outcome)
    rank = round(float(np.trace(inverse @ gram))) + 1  # of a matrix and its inverse: how many directions were kept
    more = n / max(n - 1, 1) * (rows - 1) / max(rows - rank, 1)
    return Fit(slopes, more * inverse @ (scores.T @ scores) @ inverse, n)


def known_at_signing(book: Book, accounts: pd.Series, without: Sequence[str] = ()) -> Floats:
    """What the company knew of some customers when they signed, as columns of numbers.

    Parameters
    ----------
    book : Book
        Uses those columns of ``accounts`` that there are, the tier at signing and the term of the first contract.
    accounts : Series of str
        Their ``account_id``.
    without : sequence of str
        Columns to leave out, such as the one whose effect is asked for.

    Returns
    -------
    ndarray of float, shape (accounts, columns)
        A 0/1 column for each word but the first, amounts as logarithms; a missing number counts as the mean and gets
        a column of its own.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> known_at_signing(book, book.accounts["account_id"]).shape[0] == len(book.accounts)
    True
    """
    import pandas as pd

    known = _joined(book, accounts)
    parts: list[Floats] = [np.zeros((len(known), 0))]
    for name in known.columns.difference([*without], sort=False):
        column = known[name]
        if name in WORDS:
            parts.append(pd.get_dummies(column, drop_first=True, dummy_na=bool(column.isna().any())).to_numpy(float))
        else:
            parts.append(_number(column.astype(float), name in signed.AMOUNTS))
    return np.concatenate(parts, axis=1)


def _joined(book: Book, accounts: pd.Series) -> pd.DataFrame:
    """The columns known at signing, a row an account in the order asked for."""
    import pandas as pd

    found = pd.DataFrame(index=pd.Index(accounts))
    if book.has("accounts"):
        table = book.accounts.set_index("account_id")
        every = (*WORDS, *signed.SHARES, *signed.AMOUNTS, *signed.FLAGS)
        found = found.join(table[[name for name in every if name in table]])
    if book.has("tier_history.touch_tier", "tier_history.valid_from"):
        first = book.tier_history.sort_values("valid_from", kind="stable").drop_duplicates("account_id")
        found = found.join(first.set_index("account_id")["touch_tier"])
    if book.has("contracts.term_months", "contracts.start"):
        first = book.contracts.sort_values("start", kind="stable").drop_duplicates("account_id")
        found["monthly"] = (first.set_index("account_id")["term_months"] <= 1).reindex(found.index)
    return found


def _number(column: pd.Series, large: bool) -> Floats:
    """A column of numbers, and which of them are missing."""
    values = column.to_numpy(float)
    values = np.log(np.maximum(values, 1.0)) if large else values
    empty = np.isnan(values)
    filled = np.where(empty, 0.0 if empty.all() else np.nanmean(values), values)
    return np.stack([filled, empty], axis=1) if empty.any() else filled[:, None]
