"""Errors of a fitted model that count accounts, not rows, as what varies, at any number of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

BLOCK = 100_000
"""Rows that are worked on at a time, so that memory does not grow with them."""


def information(matrix: Floats, weights: Floats) -> Floats:
    """What the rows tell about the slopes.

    Parameters
    ----------
    matrix : ndarray of float, shape (rows, columns)
    weights : ndarray of float, shape (rows,)
        Of each row, not below 0.

    Returns
    -------
    ndarray of float, shape (columns, columns)
        The weighted sums of squares and products.

    >>> information(np.array([[1.0], [2.0]]), np.array([1.0, 0.25])).tolist()
    [[2.0]]
    """
    total, roots = np.zeros((matrix.shape[1], matrix.shape[1])), np.sqrt(weights)
    for first in range(0, len(matrix), BLOCK):
        part = matrix[first : first + BLOCK] * roots[first : first + BLOCK, None]
        total += part.T @ part
    return total


def sandwich(bread: Floats, matrix: Floats, residuals: Floats, cluster: NDArray[np.intp]) -> Floats:
    """The covariance of slopes, robust to the rows of an account going together and to a wrong distribution.

    Parameters
    ----------
    bread : ndarray of float, shape (columns, columns)
        The information that the rows hold about the slopes.
    matrix : ndarray of float, shape (rows, columns)
    residuals : ndarray of float, shape (rows,)
        What each row pulls at the slopes, a unit of its columns.
    cluster : ndarray of int, shape (rows,)
        Which account each row belongs to, from 0.

    Returns
    -------
    ndarray of float, shape (columns, columns)
        With the usual correction for few accounts; missing (NaN) for one account.

    Source: Liang and Zeger (1986), Biometrika 73:13; the correction is that of Stata and statsmodels, grade A.

    >>> rows = np.ones((4, 1))
    >>> residuals = np.array([0.5, 0.5, -0.5, -0.5])
    >>> float(sandwich(np.array([[4.0]]), rows, residuals, np.array([0, 0, 1, 1]))[0, 0])
    0.25
    """
    size = int(cluster.max(initial=-1)) + 1
    pulls = np.stack([np.bincount(cluster, column * residuals, size) for column in matrix.T], axis=1)
    accounts, (rows, columns) = int((np.bincount(cluster, minlength=size) > 0).sum()), matrix.shape
    inverse = np.linalg.inv(bread)
    if accounts < 2:
        return np.full_like(inverse, np.nan)
    more = accounts / (accounts - 1) * (rows - 1) / max(rows - columns, 1)
    return np.asarray(more * inverse @ (pulls.T @ pulls) @ inverse)
