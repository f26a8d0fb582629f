"""Do those at the table mean the same? Agreement of silent votes beyond what chance alone would bring about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("item", "voter", "vote")
FEWEST = 5
"""Items below which how they vary says nothing of how sure kappa is."""


def agreement(votes: pd.DataFrame) -> Estimate:
    """Fleiss' kappa of votes on several items: who owns each step, which phase a customer is in.

    1: all agree on everything. 0: no more than if everybody had drawn votes from one urn. Items may have different
    numbers of votes; those with fewer than two, and empty votes, are left out.

    Parameters
    ----------
    votes : DataFrame
        One row a vote: ``item``, ``voter``, ``vote``.

    Returns
    -------
    Estimate
        Kappa (at most 1; below 0: less than by chance) with limits that count items as what varies, by Student's t
        (missing for fewer than ``FEWEST`` items, and where all are split alike); ``n`` items.

    Raises
    ------
    UsageError
        For missing columns, a voter who voted twice on an item, or no item with two votes; where all votes are the
        same word, as chance alone would then agree as well.

    Source: Fleiss (1971), Psychological Bulletin 76:378; variance by Gwet (2008), Br. J. Math. Stat. Psychol. 61:29,
    grade A.

    >>> import pandas as pd
    >>> votes = [("s1", "a", "cs"), ("s1", "b", "cs"), ("s2", "a", "sales"), ("s2", "b", "sales")]
    >>> agreement(pd.DataFrame(votes, columns=["item", "voter", "vote"])).estimate
    1.0
    """
    import pandas as pd
    from scipy.special import stdtrit

    _check(votes)
    counts = pd.crosstab(votes["item"], votes["vote"]).to_numpy(float)
    counts = counts[counts.sum(axis=1) > 1]
    cast = counts.sum(axis=1)
    shares = counts / cast[:, None] if len(counts) else counts
    whole = shares.mean(axis=0) if len(counts) else np.zeros(0)
    chance = float((whole**2).sum())
    if not len(counts) or chance > 1 - 1e-12:
        raise UsageError(Fault("journey.votes_alike", {"items": len(counts)}))
    agreed = (counts * (counts - 1)).sum(axis=1) / (cast * (cast - 1))
    kappa = (agreed.mean() - chance) / (1 - chance)
    single = (agreed - chance) / (1 - chance) - 2 * (1 - kappa) * (shares @ whole - chance) / (1 - chance)
    items, spread = len(counts), float(((single - kappa) ** 2).sum())
    sure = items >= FEWEST and spread > 1e-12  # two items split alike would look like certainty
    error = float(np.sqrt(spread / (items * (items - 1)))) if sure else np.nan
    width = error * float(stdtrit(max(items - 1, 1), 0.975))  # a map has a dozen steps: the normal one is too narrow
    return Estimate(float(kappa), float(kappa - width), min(float(kappa + width), 1.0), items, "fleiss_kappa", error)


def _check(votes: pd.DataFrame) -> None:
    """Refuse what is not a list of votes, all at once."""
    there = [str(name) for name in votes.columns]
    faults = [
        Fault("journey.votes_column", {"column": name, "near": nearest(name, there) or "–", "known": ", ".join(there)})
        for name in COLUMNS
        if name not in there
    ]
    if faults:
        raise UsageError(*faults)
    twice = votes[votes.duplicated(["item", "voter"], keep=False) & votes["vote"].notna()]
    if len(twice):
        first = twice.iloc[0]
        raise UsageError(
            Fault("journey.voted_twice", {"voter": first["voter"], "item": first["item"], "count": len(twice)})
        )
