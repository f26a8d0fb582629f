"""What a programme brings each group in each month: against those who have not begun by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.effect.panel import Panel
from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

METHOD = "group_time"
FEWEST = 5
"""Customers that a group of a month must have on each side: normal limits of fewer are too narrow."""


@dataclass(frozen=True)
class Cells:
    """Groups by months, each with its effect.

    Parameters
    ----------
    group, month : ndarray of int, shape (cells,)
        Places in the panel's months.
    effect : ndarray of float, shape (cells,)
    treated, waiting : ndarray of int, shape (cells,)
        Customers of the group, and those who had not begun.
    pulls : ndarray of float, shape (cells, n)
        How each customer moves each effect: their squares add up to its variance.

    >>> cells = Cells(*(np.array([one]) for one in (3, 4, 0.5, 10, 20)), np.full((1, 2), 0.1))
    >>> round(cells.mean(np.array([True]), 30, "group_time").std_error, 3)
    0.141
    """

    group: NDArray[np.int64]
    month: NDArray[np.int64]
    effect: Floats
    treated: NDArray[np.int64]
    waiting: NDArray[np.int64]
    pulls: Floats

    @property
    def ahead(self) -> NDArray[np.int64]:
        """Months since the group began; below 0 before.

        >>> Cells(*(np.array([one]) for one in (3, 5, 0.0, 1, 1)), np.zeros((1, 1))).ahead.tolist()
        [2]
        """
        return self.month - self.group

    def mean(self, which: Flags, n: int, method: str) -> Estimate:
        """The mean over some cells, each as heavy as it has customers of the group.

        Parameters
        ----------
        which : ndarray of bool, shape (cells,)
        n : int
            Customers that it rests on.
        method : str

        Returns
        -------
        Estimate

        >>> cells = Cells(*(np.array([one, one]) for one in (3, 4, 0.5, 10, 20)), np.zeros((2, 2)))
        >>> cells.mean(np.array([True, True]), 30, "group_time").estimate
        0.5
        """
        weights = np.where(which, self.treated, 0) / self.treated[which].sum()
        error = float(np.sqrt(((weights @ self.pulls) ** 2).sum()))
        return normal(float(weights @ self.effect), error, n, method)


def group_time(panel: Panel) -> Cells:
    """The effect of each group in each month.

    By how much the group's value has changed since the month before it began, less the same of those who had not begun
    by then. Of customers there in both months, and when the group began: whoever leaves before its turn comes would
    otherwise stand among those who wait only.

    Parameters
    ----------
    panel : Panel

    Returns
    -------
    Cells
        Where at least five customers stand on each side; none for months by which everybody had begun.

    Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225:200, with those not yet treated as controls and
    the month before as base, grade A.

    >>> values = np.repeat([[0.0, 2, 2], [0, 0, 2]], 5, axis=0)
    >>> months = np.array(["2024-01", "2024-02", "2024-03"], "M")
    >>> group_time(Panel(np.arange(10), months, values, np.repeat([1, 2], 5), "p", "v")).effect.tolist()
    [2.0]
    """
    n, found = len(panel.accounts), []
    for group in panel.groups:
        own, stayed = panel.since == group, ~np.isnan(panel.values[:, group])
        for month in range(len(panel.months)):
            change = panel.values[:, month] - panel.values[:, group - 1]
            there = stayed & ~np.isnan(change)
            ours, waiting = own & there, there & (panel.since > max(month, group))
            if month == group - 1 or min(ours.sum(), waiting.sum()) < FEWEST:
                continue
            found.append((group, month, int(ours.sum()), int(waiting.sum()), *_contrast(change, ours, waiting)))
    whole = np.array([one[:4] for one in found], np.int64).reshape(len(found), 4)
    effect = np.array([one[4] for one in found], float)
    pulls = np.array([one[5] for one in found], float).reshape(len(found), n)
    return Cells(whole[:, 0], whole[:, 1], effect, whole[:, 2], whole[:, 3], pulls)


def _contrast(change: Floats, ours: Flags, waiting: Flags) -> tuple[float, Floats]:
    """A difference of two mean changes, and how each customer moves it."""
    pulls, means = np.zeros(len(change)), []
    for side, sign in ((ours, 1.0), (waiting, -1.0)):
        count, mean = int(side.sum()), float(change[side].mean())
        pulls[side] = sign * (change[side] - mean) / count * np.sqrt(count / (count - 1))
        means.append(mean)
    return means[0] - means[1], pulls


def last_waiting(panel: Panel) -> int:
    """The first month by which everybody has begun, as a place; beyond the panel where somebody never does.

    Parameters
    ----------
    panel : Panel

    >>> from cslab.measure.effect.panel import NEVER
    >>> months = np.array(["2024-01", "2024-02"], "M")
    >>> last_waiting(Panel(np.arange(2), months, np.zeros((2, 2)), np.array([1, NEVER]), "p", "v")) == NEVER
    True
    """
    return int(panel.since.max())
