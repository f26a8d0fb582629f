"""The models behind an adjusted effect: the chance of each arm, and the outcome that each arm lets one expect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.landmark.crossed import LOTS, drawn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

PENALTY, LIGHT, LEAST = 10.0, 1.0, 0.01
"""How much the squares of weights cost: enough to keep a dozen columns in hand with a hundred customers an arm; just
enough to keep columns that follow from one another apart; and, of lines, next to nothing, since a line that is shrunk
pays the few giants too little of their due."""


def chances(columns: Any, arm: Any, asked: Any, arms: int, penalty: float = PENALTY) -> Floats:
    """The chance of each arm, by a multinomial logit.

    Parameters
    ----------
    columns : ndarray of float, shape (rows, columns)
        Of the rows to learn from.
    arm : ndarray of int, shape (rows,)
        Places from 0.
    asked : ndarray of float, shape (others, columns)
        Of the rows asked about.
    arms : int
        How many there are.
    penalty : float

    Returns
    -------
    ndarray of float, shape (others, arms)
        Each row sums to 1; 0 for an arm that nobody learned from is in.

    >>> found = chances(np.zeros((4, 1)), np.array([0, 0, 0, 1]), np.zeros((1, 1)), 2)
    >>> found.round(2).tolist()
    [[0.75, 0.25]]
    """
    from sklearn.linear_model import LogisticRegression

    found = np.zeros((len(asked), arms))
    there = np.unique(arm)
    if len(there) == 1:
        found[:, there[0]] = 1.0
        return found
    model = LogisticRegression(C=1 / penalty, solver="newton-cholesky", max_iter=100).fit(columns, arm)
    found[:, there] = model.predict_proba(asked)
    return found


def expected(columns: Any, outcome: Any, asked: Any) -> Floats:
    """The outcome that columns let one expect: by a logit where it is yes or no, else by a line.

    Parameters
    ----------
    columns : ndarray of float, shape (rows, columns)
        Of the rows to learn from.
    outcome : ndarray of float, shape (rows,)
    asked : ndarray of float, shape (others, columns)
        Of the rows asked about.

    Returns
    -------
    ndarray of float, shape (others,)

    >>> expected(np.array([[-1.0], [0.0], [1.0]]), np.array([1.0, 2.0, 3.0]), np.array([[0.0]])).tolist()
    [2.0]
    """
    if len(np.unique(outcome)) < 2:
        return np.full(len(asked), float(outcome.mean()) if len(outcome) else 0.0)
    if set(np.unique(outcome)) <= {0.0, 1.0}:
        return chances(columns, outcome.astype(np.int64), asked, 2)[:, 1]
    middle = columns.mean(axis=0)
    centred = columns - middle
    gram = centred.T @ centred + LEAST * np.eye(columns.shape[1])
    slopes = np.linalg.solve(gram, centred.T @ (outcome - outcome.mean()))
    return np.asarray(outcome.mean() + (asked - middle) @ slopes)


def lots(arm: Any, outcome: Any, cluster: Any = None) -> Places:
    """Lots of rows, so that each is judged by models of the others: every lot has its share of each arm and outcome.

    Parameters
    ----------
    arm : ndarray of int, shape (rows,)
    outcome : ndarray of float, shape (rows,)
    cluster : ndarray of int, shape (rows,), optional
        Which rows go together; they come into one lot, whatever their arm.

    Returns
    -------
    ndarray of int, shape (rows,)
        0-4.

    >>> np.bincount(lots(np.arange(20) % 2, np.zeros(20))).tolist()
    [4, 4, 4, 4, 4]
    """
    import pandas as pd

    high = outcome > np.median(outcome)
    if cluster is not None:
        return drawn(pd.DataFrame({"account_id": cluster, "event": high}))
    found = np.empty(len(arm), np.int64)
    for part in np.unique(arm):
        rows = np.flatnonzero(arm == part)
        place = drawn(pd.DataFrame({"account_id": rows, "event": high[rows]}))
        found[rows] = (place + part) % LOTS
    return found
