"""Limits of anything computed from a chain: the delta method, whatever the result is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.estimate import Z95

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.multistate.chain import Chain

    Floats = NDArray[np.float64]

STEP = 1e-6
"""How far a chance is moved, up and down, to see how a result follows."""


def with_limits(
    chain: Chain, function: Callable[[Chain], Floats], names: Sequence[object], method: str
) -> pd.DataFrame:
    """Results of a chain with their limits.

    The rows of a chain are counted apart from each other; within a row the shares are those of a multinomial.

    Parameters
    ----------
    chain : Chain
    function : callable
        From a chain to an array of K numbers; it must bear rows that do not quite add up to 1.
    names : sequence
        K names, for the column ``state``.
    method : str
        Its name in the result.

    Returns
    -------
    DataFrame
        ``state``, ``estimate``, ``low``, ``high`` (95 %), ``n`` (customer-months), ``method``, ``std_error``.

    Source: the delta method, van der Vaart (1998), *Asymptotic Statistics*, chapter 3; grade A.

    >>> from cslab.measure.multistate.chain import Chain
    >>> chain = Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.zeros(1))
    >>> with_limits(chain, lambda one: one.probability[:, 1], ["left"], "share")["std_error"].round(3).tolist()
    [0.03]
    """
    import pandas as pd

    estimate = np.asarray(function(chain), float)
    variance = np.zeros(len(estimate))
    for row, share in enumerate(chain.fitted):
        seen = np.flatnonzero(share)
        slopes = np.array([_slope(chain, function, row, int(column)) for column in seen])
        spread = (np.diag(share[seen]) - np.outer(share[seen], share[seen])) / chain.at_risk[row]
        variance += np.einsum("ik,ij,jk->k", slopes, spread, slopes)
    error = np.sqrt(variance.clip(0))
    found = pd.DataFrame({"state": list(names), "estimate": estimate})
    found["low"], found["high"] = estimate - Z95 * error, estimate + Z95 * error
    return found.assign(n=chain.n, method=method, std_error=error)


def _slope(chain: Chain, function: Callable[[Chain], Floats], row: int, column: int) -> Floats:
    """How the results follow one chance, the others of its row kept as they are."""
    shift = np.zeros_like(chain.fitted)
    shift[row, column] = STEP
    above, below = (function(replace(chain, fitted=chain.fitted + sign * shift)) for sign in (1, -1))
    slope: Floats = (np.asarray(above, float) - np.asarray(below, float)) / (2 * STEP)
    return slope
