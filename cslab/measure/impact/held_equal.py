"""What was known of customers before, as columns that a comparison holds equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.impact.window import TINY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def filled(columns: list[Floats], used: Any) -> Floats:
    """Columns of what was known before: the mean where it is missing, and a flag for that.

    Parameters
    ----------
    columns : list of ndarray of float, shape (rows,)
    used : ndarray of bool, shape (rows,)
        Which rows to take.

    Returns
    -------
    ndarray of float, shape (used rows, columns and flags)

    >>> filled([np.array([1.0, np.nan, 3.0])], np.array([True, True, True])).tolist()
    [[1.0, 0.0], [2.0, 1.0], [3.0, 0.0]]
    """
    parts: list[Floats] = []
    for column in (one[used] for one in columns):
        missing = np.isnan(column)
        if not missing.all():
            parts.append(np.where(missing, column[~missing].mean(), column))
            parts += [missing.astype(float)] if missing.any() else []
    return np.column_stack(parts) if parts else np.zeros((int(used.sum()), 0))


def without(columns: Floats, known: Floats) -> tuple[Floats, int]:
    """What is left of columns once others have explained what they can, and how many of those counted.

    Parameters
    ----------
    columns : ndarray of float, shape (n, k)
    known : ndarray of float, shape (n, m)

    Returns
    -------
    tuple of ndarray of float, shape (n, k), int

    >>> left, counted = without(np.array([[1.0], [2.0], [4.0]]), np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]))
    >>> counted, bool(abs(left[:, 0] @ [1, 2, 3]) < 1e-9)
    (1, True)
    """
    size = np.sqrt((known**2).sum(axis=0))
    known = known[:, size > TINY] / size[size > TINY]
    if not known.shape[1]:
        return columns, 0
    slopes, _, rank, _ = np.linalg.lstsq(known, columns, rcond=TINY)
    return columns - known @ slopes, int(rank)
