"""What somebody finds who looks after the riskiest share of the accounts: precision, recall and lift."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, share_with_error
from cslab.measure.scores.rows import Rows, read

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.scores.censoring import Known

    Floats = NDArray[np.float64]

METHOD = "flagged_ipcw"
SHARES = (0.05, 0.1, 0.2, 0.3, 0.5)


def flagged(rows: pd.DataFrame, horizon: float, shares: Sequence[float] = SHARES, column: str = "risk") -> pd.DataFrame:
    """Of the riskiest share of the rows: how many leave, and how many of all who leave are among them.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time`` (months from the day asked), ``event``, and the score.
    horizon : float
        Months.
    shares : sequence of float
        Shares of the rows that are flagged (above 0, up to 1): a capacity.
    column : str
        The score: the higher, the likelier the account leaves.

    Returns
    -------
    DataFrame
        A row a share: ``share``, ``flagged`` (rows), ``precision``, ``precision_low``, ``precision_high``, ``recall``,
        ``recall_low``, ``recall_high``, ``lift`` (precision over the share of all that leaves), ``n`` (accounts),
        ``method``. Of equal scores at the line a lot decides, and what it gives on average is counted. Limits count
        accounts as what varies, and that others would have drawn another line; they widen with few accounts flagged.

    Raises
    ------
    UsageError
        As ``auc``; for shares outside 0-1.

    Source: influence of a share above a quantile, van der Vaart (1998), *Asymptotic Statistics*, chapter 20; few
    clusters as in Bell and McCaffrey (2002), Survey Methodology 28:169, grade A; how both are put together is ours.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abcd"], "time": [1, 2, 1, 2], "event": [True, False] * 2,
    ...                      "risk": [0.9, 0.5, 0.5, 0.1]})
    >>> flagged(seen, 1, [0.25, 0.5])[["precision", "recall", "lift"]].values.tolist()
    [[1.0, 0.5, 2.0], [0.75, 0.75, 1.5]]
    """
    import pandas as pd

    if wrong := [share for share in shares if not 0 < share <= 1]:
        raise UsageError(Fault("score.shares", {"shares": ", ".join(f"{share:g}" for share in wrong)}))
    found, (score,) = read(rows, column)
    known = found.censoring.known(horizon)
    table = pd.DataFrame([_line(found, known, score, share) for share in shares])
    table.attrs.update(rows.attrs)
    return table


def _line(found: Rows, known: Known, score: Floats, share: float) -> dict[str, Any]:
    """One share of the table."""
    chosen, count = _riskiest(score, share)
    if not known.weight[chosen > 0].any():
        raise UsageError(Fault("score.thin_group", {"count": count}))
    rate, moved = _at_line(known, score, count), chosen - chosen.mean()
    few, found_left = _accounts(found, known.weight * chosen > 0), _accounts(found, known.left)
    share_left, pull = found.ratio(known, known.left * chosen, chosen)
    pull += (share_left - rate) * moved / chosen.sum()
    precision = _limited(found, share_left, pull, few, few)
    reached, pull = found.ratio(known, known.left * chosen, known.left)
    pull -= rate * moved / (known.weight * known.left).sum()
    recall = _limited(found, reached, pull, few, found_left)
    lift = precision.estimate / found.ratio(known, known.left)[0]
    limits = {
        f"{name}{end}": value
        for name, part in (("precision", precision), ("recall", recall))
        for end, value in (("", part.estimate), ("_low", part.low), ("_high", part.high))
    }
    return {"share": share, "flagged": count, **limits, "lift": lift, "n": found.n, "method": METHOD}


def _riskiest(score: Floats, share: float) -> tuple[Floats, int]:
    """How surely each row is among the riskiest, and how many those are."""
    count = max(1, round(share * len(score)))
    line = np.partition(score, len(score) - count)[len(score) - count]
    above, at = score > line, score == line
    return above + at * (count - above.sum()) / at.sum(), count


def _at_line(known: Known, score: Floats, count: int) -> float:
    """The share that leaves of the rows around the line: half as many on either side of it as are flagged."""
    near = np.argsort(-score, kind="stable")[count // 2 : count + max(count // 2, 1)]
    weight = known.weight[near]
    return float((weight * known.left[near]).sum() / weight.sum()) if weight.any() else 0.0


def _accounts(found: Rows, chosen: Any) -> int:
    """How many accounts some rows are of."""
    return len(np.unique(found.account[chosen]))


def _limited(found: Rows, share: float, pull: Floats, few: int, least: int) -> Estimate:
    """A share with its limits, wider where few accounts were flagged."""
    error = found.error(pull) * np.sqrt(few / (few - 1)) if few > 1 else 0.0
    return share_with_error(share, float(error), found.n, METHOD, least)
