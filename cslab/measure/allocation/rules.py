"""Rules of thumb for who gets which tier, made to take the same hours: lines of size, a ranking, the lot."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cslab.measure.allocation.options import Options
    from cslab.measure.allocation.problem import Floats, Ints

TRIES = 60_000
"""About how many sets of lines are tried."""


def ranked(score: Floats, posed: Options) -> Ints:
    """The present tiers, handed out anew: those with the highest score get the tier that takes most.

    Parameters
    ----------
    score : ndarray of float, shape (n,)
    posed : Options

    Returns
    -------
    ndarray of int, shape (n,)
        As many accounts of each tier as now, so the same hours.

    >>> import pandas as pd
    >>> from cslab.measure.allocation import options
    >>> value = pd.DataFrame({"tech": [1.0, 1.0], "mid": [2.0, 5.0]}, index=["a", "b"])
    >>> ranked(np.array([0.1, 0.9]), options(value, pd.Series({"a": "mid", "b": "tech"}))).tolist()
    [0, 1]
    """
    choice = np.empty_like(posed.present)
    choice[np.argsort(-np.asarray(score, float), kind="stable")] = np.sort(posed.present)[::-1]
    return choice


def best_lines(score: Floats, posed: Options) -> tuple[tuple[float, ...], Ints]:
    """The best rule by one figure alone: lines of MRR, from each of which the next tier is given.

    Parameters
    ----------
    score : ndarray of float, shape (n,)
        Such as MRR at signing.
    posed : Options

    Returns
    -------
    tuple of (tuple of float) and ndarray of int, shape (n,)
        The lines, the lowest first (infinite where nobody reaches a tier), and the tiers. Lines lie only where
        neighbours differ, so that they can be told to anybody; where there are many, not all places are tried.

    >>> import pandas as pd
    >>> from cslab.measure.allocation import options
    >>> value = pd.DataFrame({"tech": [1.0, 1.0], "mid": [2.0, 5.0]}, index=["a", "b"])
    >>> best_lines(np.array([10.0, 90.0]), options(value, pd.Series({"a": "mid", "b": "tech"})))
    ((90.0,), array([0, 1]))
    """
    score, tiers = np.asarray(score, float), len(posed.tiers)
    order = np.argsort(-score, kind="stable")
    value, hours = (_from_the_top(numbers[order]) for numbers in (posed.value, posed.hours))
    cuts = _cuts(score[order], tiers - 1)
    worth, taken = (_with_cuts(sums, cuts) for sums in (value, hours))
    best = cuts[np.where(taken <= posed.capacity * (1 + 1e-9) + 1e-9, worth, -np.inf).argmax()]
    choice = np.empty(len(score), dtype=np.int64)
    choice[order] = (np.arange(len(score))[:, None] < best[None, :]).sum(axis=1)
    lines = [float(score[order[cut - 1]]) if cut else float("inf") for cut in best]
    return tuple(sorted(lines)), choice


def _from_the_top(numbers: Floats) -> Floats:
    """Sums over the first accounts, none of them first."""
    return np.concatenate([np.zeros((1, numbers.shape[1])), numbers.cumsum(axis=0)])


def _cuts(score: Floats, lines: int) -> Ints:
    """Sets of lines to try, each as how many accounts lie above them: most for the first."""
    places = np.flatnonzero(np.diff(score, append=-np.inf)) + 1
    most = max(int((TRIES * (2 if lines == 2 else 1)) ** (1 / max(lines, 1))), 2)
    some = places[np.unique(np.linspace(0, len(places) - 1, min(most, len(places))).astype(int))]
    sets = combinations_with_replacement([int(place) for place in (*some[::-1], 0)], lines)
    return np.array(list(sets), dtype=np.int64)


def _with_cuts(sums: Floats, cuts: Ints) -> Floats:
    """What each set of lines adds up to: all accounts in the least tier, and from each line on the next one."""
    total = np.full(len(cuts), sums[-1, 0])
    for line in range(cuts.shape[1]):
        total += sums[cuts[:, line], line + 1] - sums[cuts[:, line], line]
    return np.asarray(total)
