"""Slopes by maximum likelihood: Newton's method, which for either link has one end and no second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.hazard.sandwich import information

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.hazard.links import Link

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

MOST_STEPS, SMALLEST, CLOSE = 40, 1e-3, 1e-12
"""Steps after which there is no end in sight, the smallest share of one, and the gain a row that is none any more."""


@dataclass(frozen=True)
class Scored:
    """Where the scoring came to.

    Parameters
    ----------
    slopes : ndarray of float, shape (columns,)
    bread : ndarray of float, shape (columns, columns)
        The information there.
    ended : bool
        Whether it came to an end; where it did not, some slopes run away.

    >>> Scored(np.zeros(1), np.eye(1), True).ended
    True
    """

    slopes: Floats
    bread: Floats
    ended: bool


def scored(matrix: Floats, event: Flags, link: Link, start: Floats) -> Scored:
    """The slopes under which what happened is most likely.

    Parameters
    ----------
    matrix : ndarray of float, shape (rows, columns)
        Of which no column follows from the others.
    event : ndarray of bool, shape (rows,)
    link : Link
    start : ndarray of float, shape (columns,)
        Where to begin.

    Returns
    -------
    Scored

    Source: Pratt (1981), JASA 76:103, for there being one end only; the step is halved where it overshoots, grade A.

    >>> from cslab.measure.hazard.links import LINKS
    >>> event = np.array([True, False, False, False])
    >>> found = scored(np.ones((4, 1)), event, LINKS["logit"], np.zeros(1))
    >>> found.ended, round(float(np.exp(found.slopes[0])), 6)
    (True, 0.333333)
    """
    slopes, score = start, matrix @ start
    loss = float(link.loss(score, event).sum())
    for _ in range(MOST_STEPS):
        bread, pull = information(matrix, link.bend(score, event)), link.pull(score, event) @ matrix
        try:
            step = np.linalg.solve(bread, pull)
        except np.linalg.LinAlgError:
            break
        if pull @ step < CLOSE * len(matrix):
            return Scored(slopes + step, bread, True)
        along, share = matrix @ step, 1.0
        while (nearer := float(link.loss(score + share * along, event).sum())) > loss and share > SMALLEST:
            share /= 2
        slopes, score, loss = slopes + share * step, score + share * along, nearer
    return Scored(slopes, bread, False)
