"""Strata of a covariate: levels of words, and bands of numbers, cut where the shares of the arms change most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BANDS = 6
"""Bands at most into which a number is cut, where the shares of the arms change most."""

SMALLEST_BAND = 20
"""Customers that a band holds at least."""

MOST_LEVELS = 12
"""Strata of a covariate of words that are shown, the most frequent; the rest go together."""


def strata_of(values: pd.Series, arm: NDArray[np.int64]) -> NDArray[np.int64]:
    """The stratum of each row: bands of a number with many values, else its levels.

    Parameters
    ----------
    values : Series
        A covariate.
    arm : ndarray of int, shape (rows,)
        Places from 0.

    Returns
    -------
    ndarray of int, shape (rows,)

    >>> import pandas as pd
    >>> strata_of(pd.Series([*"xyx"]), np.array([0, 1, 1])).tolist()
    [0, 1, 0]
    """
    import pandas as pd

    if values.dtype.kind in "fiu" and values.nunique() > BANDS:
        return np.searchsorted(_cuts(values.to_numpy(float), arm), values.to_numpy(float), side="right")
    found, levels = pd.factorize(values.astype(str), sort=True)
    counts = np.bincount(found)
    rank = np.argsort(np.argsort(-counts, kind="stable"), kind="stable")
    return np.minimum(rank[found], MOST_LEVELS - 1).astype(np.int64) if len(levels) > MOST_LEVELS else found


def _cuts(values: Floats, arm: NDArray[np.int64]) -> Floats:
    """Where a number is cut: the leaves of a small tree that tells the arms by it."""
    from sklearn.tree import DecisionTreeClassifier

    least = max(SMALLEST_BAND, len(values) // 50)
    grown = DecisionTreeClassifier(max_leaf_nodes=BANDS, min_samples_leaf=least, random_state=0)
    tree = grown.fit(values[:, None], arm).tree_
    return np.sort(tree.threshold[tree.feature >= 0])


def parted(strata: NDArray[np.int64], arm: NDArray[np.int64]) -> float:
    """How far strata part the arms: the chi-square of their table.

    Parameters
    ----------
    strata, arm : ndarray of int, shape (rows,)

    Returns
    -------
    float
        0 where every stratum has the same share of each arm.

    >>> parted(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])), parted(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1]))
    (0.0, 4.0)
    """
    table = np.zeros((strata.max() + 1, arm.max() + 1))
    np.add.at(table, (strata, arm), 1)
    hoped = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    return float((((table - hoped) ** 2) / np.where(hoped > 0, hoped, 1.0)).sum())
