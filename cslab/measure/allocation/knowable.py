"""How much of the best plan anybody could find who only knows what was known at signing: the conditional oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.allocation.options import Options
    from cslab.measure.allocation.problem import Floats

LOTS = 5
"""Lots of accounts; each is judged by what was learned of the others."""

LEAST = 100
"""Accounts below which nothing is learned."""


def knowable(posed: Options, size: Floats, known: pd.DataFrame) -> Floats:
    """What the tiers are worth on average to accounts that look alike: all that can be known of them at signing.

    The true gain of each tier, a unit of size, is learned from what was known of other accounts. What remains is what
    no data of this kind can tell, however much there is of them.

    Parameters
    ----------
    posed : Options
        Valued by the truth.
    size : ndarray of float, shape (n,)
        What the values grow with: MRR at signing. Above 0.
    known : DataFrame, shape (n, columns)
        What was known of each account, in the same order: numbers, words and flags, also with gaps
        (``signed.known``).

    Returns
    -------
    ndarray of float, shape (n, tiers)
        Values above the least tier (which is worth 0 here), for ``allocate`` and ``compare``.

    Raises
    ------
    UsageError
        For columns of another length, sizes that are not above 0, fewer than a hundred accounts.

    >>> import pandas as pd
    >>> from cslab.measure.allocation import options
    >>> unseen = np.tile([0.0, 1.0], 50)
    >>> value = pd.DataFrame({"tech": 0.0, "mid": unseen}, index=[str(one) for one in range(100)])
    >>> posed = options(value, pd.Series("tech", index=value.index))
    >>> found = knowable(posed, np.ones(100), pd.DataFrame({"luck": np.arange(100) // 50}))
    >>> bool(abs(found[:, 1] - 0.5).max() < 0.2)
    True
    """
    from cslab.measure.effect.uplift.learner import doubly_robust
    from cslab.measure.landmark.encoding import encoding

    grows, n = np.asarray(size, float), len(posed.value)
    _check(grows, n, len(known))
    told = known.astype({name: float for name in known if known[name].dtype.kind == "b"})
    columns, worth = encoding(told).matrix(told), posed.value / grows[:, None]
    lot, found = np.random.default_rng(0).permutation(n) % LOTS, np.empty_like(posed.value)
    for one in range(LOTS):
        others = lot != one
        found[~others] = doubly_robust(columns[others], worth[others]).effects(columns[~others])
    return np.asarray(found * grows[:, None])


def _check(size: Floats, n: int, rows: int) -> None:
    """Refuse columns that do not belong to the accounts, and too few accounts, all at once."""
    faults = []
    if size.shape != (n,) or rows != n:
        faults.append(Fault("allocation.column", {"name": "size, known", "shape": (len(size), rows), "wanted": (n, n)}))
    if not (size > 0).all():
        faults.append(Fault("allocation.sizes", {"count": int((~(size > 0)).sum())}))
    if n < LEAST:
        faults.append(Fault("allocation.few", {"n": n, "least": LEAST}))
    if faults:
        raise UsageError(*faults)
