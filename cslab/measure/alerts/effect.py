"""What plays achieve: alerts left alone by lot against the others, and what the simulator knows of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cslab.book import read_day
from cslab.faults import Fault, NotReady
from cslab.measure.alerts.everybody import share
from cslab.measure.alerts.judged import HORIZON, judged, targets
from cslab.measure.alerts.playbooks import LOSS
from cslab.measure.clusters import summed
from cslab.measure.effect.power import SEEN
from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.estimate import Floats

    Flags = NDArray[np.bool_]

METHOD = "alerts_holdout"
EXPECTED = 5
"""Departures to be expected on the smaller side, below which no size of effect can be named."""

WITHOUT, WITH = "capacity", "alerts"
"""Policies of the simulator that differ in alerts alone: the same hours, all planned, or first for plays."""


def holdout_effect(book: Book, fired: pd.DataFrame, horizon: int = HORIZON) -> pd.DataFrame:
    """How many fewer left of those whose alert was acted on than of those left alone by lot.

    As assigned: the lot falls once for an account and rule, so of each only the first alert counts; whether it rang
    again is part of what help changes. Everybody counts who was meant to be helped, whether there was time or not: who
    got help was chosen, who was held out was not. A hold-out of a tenth takes long to tell anything: ``detectable``
    says how large an effect has to be.

    Parameters
    ----------
    book : Book
        As for ``fire``.
    fired : DataFrame
        Alerts with ``held_out``: of ``fire`` where plays follow its hold-out, or the table ``alerts``.
    horizon : int
        Months within which deciding to leave counts.

    Returns
    -------
    DataFrame
        A row a rule, the last one (``rule_id`` empty) all together: ``helped``, ``left_alone`` (accounts and rules
        judged), ``both_sides`` (accounts helped by one rule and left alone by another), ``helped_share``,
        ``left_alone_share`` (who left, 0-1), ``estimate`` (difference; below 0: help keeps customers), ``low``,
        ``high``, ``detectable`` (smallest difference seen four times in five at this size; missing where fewer than
        five on a side can be expected to leave), ``n`` (accounts), ``method``. Limits count accounts as what varies, of
        those on both sides once; missing where a side has none.

    Raises
    ------
    NotReady
        Where nobody was held out, or nothing can be judged yet.

    Source: comparison as assigned; limits of a difference of shares by Newcombe (1998), Statistics in Medicine 17:873,
    of shares that vary together by Zou and Donner (2008), Statistics in Medicine 27:1693, grade A.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> found = holdout_effect(book, book.alerts)
    >>> found["rule_id"].iloc[-1]
    ''
    """
    import pandas as pd

    if "held_out" not in fired or not fired["held_out"].astype(bool).any():
        raise NotReady(Fault("alerts.no_holdout"))
    first = fired.sort_values("fired_on", kind="stable").drop_duplicates(["account_id", "rule_id"])
    rows = judged(book, first, horizon)
    rows = rows[(targets(rows) == LOSS) & ~rows["pending"]]
    if rows.empty:
        raise NotReady(Fault("alerts.none_judged", {"months": horizon, "day": book.as_of.date()}))
    parts = [(str(name), part) for name, part in rows.groupby("rule_id", observed=True)]
    return pd.DataFrame([{"rule_id": name, **_row(part)} for name, part in [*parts, ("", rows)]])


def _row(rows: pd.DataFrame) -> dict[str, float | int | str]:
    """Both sides of one rule, and the difference with the limits that those of both sides make."""
    held = rows["held_out"].to_numpy(bool)
    helped, alone = (share(rows[side], "hit", METHOD) for side in (~held, held))
    both = {*rows.loc[held, "account_id"]} & {*rows.loc[~held, "account_id"]}
    return {
        **{"helped": int((~held).sum()), "left_alone": int(held.sum()), "both_sides": len(both)},
        **{"helped_share": helped.estimate, "left_alone_share": alone.estimate},
        **_difference(helped, alone, _together(rows, held)),
        "detectable": _detectable(rows, held),
        "n": int(rows["account_id"].nunique()),
        "method": METHOD,
    }


def _difference(helped: Estimate, alone: Estimate, together: float) -> dict[str, float]:
    """The difference of two shares that vary together, with limits made of those of both."""
    gap = helped.estimate - alone.estimate
    below, above = helped.estimate - helped.low, helped.high - helped.estimate
    under, over = alone.estimate - alone.low, alone.high - alone.estimate
    low = math.sqrt(max(below**2 + over**2 - 2 * together * below * over, 0.0))
    high = math.sqrt(max(above**2 + under**2 - 2 * together * above * under, 0.0))
    return {"estimate": gap, "low": gap - low, "high": gap + high}


def _together(rows: pd.DataFrame, held: Flags) -> float:
    """How far the shares of both sides vary together, since accounts stand on both (a correlation)."""
    pulls = [_pulls(rows, side, float(rows.loc[side, "hit"].mean())) for side in (~held, held)]
    size = math.prod(float((one**2).sum()) for one in pulls)
    return float((pulls[0] * pulls[1]).sum()) / math.sqrt(size) if size > 0 else 0.0


def _detectable(rows: pd.DataFrame, held: Flags) -> float:
    """The smallest difference to be seen where both sides leave alike; missing where too few of a side would."""
    share_left, smaller = float(rows["hit"].mean()), min(int(held.sum()), int((~held).sum()))
    if share_left * smaller < EXPECTED:
        return math.nan
    pulls = _pulls(rows, ~held, share_left) - _pulls(rows, held, share_left)
    return SEEN * math.sqrt(float((pulls**2).sum()))


def _pulls(rows: pd.DataFrame, side: Flags, expected: float) -> Floats:
    """By how much each account moves the share of one side away from what is expected."""
    account, ids = rows["account_id"].factorize()
    apart = np.where(side, rows["hit"].to_numpy(float) - expected, 0.0)
    return summed(account, apart, len(ids)) / max(int(side.sum()), 1)


def true_worth(book: Book, since: str = "", horizon: int = 12, futures: int = 16) -> pd.DataFrame | None:
    """What acting on alerts is truly worth, with the same customers, team, hours and luck.

    Two worlds: in one the team's hours all go into planned touch, in the other alerts come first and planned touch gets
    what is left. The difference is what the alerts bring beyond what the hours would have brought anyway.

    Parameters
    ----------
    book : Book
        With its truth.
    since : date, optional
        From when; a horizon before the book's last day, where not given.
    horizon : int
        Months.
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        One row: ``customers``, ``retained_gain`` (customers more after the horizon), ``retained_low``,
        ``retained_high``, ``value_gain_amount`` (MRR more, summed over the months), ``value_low``, ``value_high``,
        ``n``, ``method``. Limits count customers, and the luck of their futures, as what varies. None where nobody
        knows the truth.

    >>> import cslab
    >>> true_worth(cslab.load("synthetic:tiny"), horizon=6, futures=2)["customers"].item() > 0
    True
    """
    import pandas as pd

    if book.truth is None:
        return None
    day = read_day(since) if since else book.as_of - pd.DateOffset(months=horizon)
    both = book.truth.expected([WITHOUT, WITH], day, horizon, futures)
    kept, value = _gain(both, "retained"), _gain(both, "value_amount")
    row = {
        "customers": kept.n,
        **{"retained_gain": kept.estimate, "retained_low": kept.low, "retained_high": kept.high},
        **{"value_gain_amount": value.estimate, "value_low": value.low, "value_high": value.high},
    }
    return pd.DataFrame([{**row, "n": kept.n, "method": kept.method}])


def _gain(both: pd.DataFrame, column: str) -> Estimate:
    """The sum over customers of what alerts add, with limits by how much that varies between them."""
    wide = both.pivot(index="account_id", columns="policy", values=column)
    gain: Floats = (wide[WITH] - wide[WITHOUT]).to_numpy(float)
    error = float(gain.std(ddof=1)) * math.sqrt(len(gain)) if len(gain) > 1 else math.nan
    return normal(float(gain.sum()), error, len(gain), "paired_rerun")
