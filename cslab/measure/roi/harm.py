"""Contact that harms: customers whom touch would better leave alone, and how sure one can be that there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import normal

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.effect.uplift import Uplift

    Floats = NDArray[np.float64]

TENTH = 0.1


def harmed(found: Uplift, arms: tuple[str, str], truth: pd.Series | None = None, share: float = TENTH) -> pd.DataFrame:
    """What touch does to those of whom least was foreseen, beside all the others.

    A foreseen loss is no loss: the estimate judges, on customers whom the learner had not seen. In a field experiment
    10 % left of those who were told proactively of a better plan, 6 % of those left alone.

    Parameters
    ----------
    found : Uplift
    arms : tuple of str
        Which, and against which.
    truth : Series of float, optional
        The true effect by ``account_id``.
    share : float
        How many count as those of whom least was foreseen (0-1).

    Returns
    -------
    DataFrame
        ``group`` (``least_foreseen``, ``the_others``, ``everybody``), ``foreseen_loss`` (share of them for whom a loss
        was foreseen, 0-1), ``estimate`` (what the arm brings them), ``low``, ``high``, ``n``, ``method``; ``truth`` and
        ``truth_loss`` (share that truly loses) where it is known.

    Raises
    ------
    UsageError
        For a share outside 0-1.

    Source: Ascarza, Iyengar and Schleicher (2016), Journal of Marketing Research 53:46, grade A.

    >>> import cslab
    >>> from cslab.measure import effect
    >>> from cslab.measure.effect.uplift import uplift
    >>> seen = effect.trial(cslab.load("synthetic:rct?accounts=400"), horizon=12, covariates=["trial_usage"])
    >>> harmed(uplift(seen), ("high", "tech"))["group"].tolist()
    ['least_foreseen', 'the_others', 'everybody']
    """
    import pandas as pd

    if not 0 < share < 1:
        raise UsageError(Fault("not_a_rate", {"name": "share", "value": share}))
    foreseen, gain = found.of(arms)
    true = None if truth is None else truth.reindex(found.trial.rows["account_id"]).to_numpy(float)
    least = np.zeros(len(gain), bool)
    least[np.argsort(found.order(arms), kind="stable")[: max(1, round(share * len(gain)))]] = True
    groups = {"least_foreseen": least, "the_others": ~least, "everybody": np.ones(len(gain), bool)}
    rows = []
    for name, inside in groups.items():
        part = gain[inside]
        came = normal(float(part.mean()), float(part.std(ddof=1)) / np.sqrt(len(part)), len(part), "aipw_all")
        row = {"group": name, "foreseen_loss": float((foreseen[inside] < 0).mean()), **came.cells()}
        rows.append(row if true is None else {**row, **_known(true[inside])})
    return pd.DataFrame(rows)


def _known(true: Floats) -> dict[str, float]:
    """What is true of a group."""
    return {"truth": float(np.nanmean(true)), "truth_loss": float(np.nanmean(true < 0))}
