"""How well an order of customers finds those whom touch changes: Qini curves, tenths, and orders beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.doubly_robust import averaged
from cslab.measure.effect.together import clusters
from cslab.measure.effect.uplift.ranked import Ranked
from cslab.measure.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.effect.uplift.foreseen import Uplift

    Floats = NDArray[np.float64]

SHARES = tuple(step / 20 for step in range(21))
"""Shares of the customers at which a curve is read."""

UNITS = {
    "retained": "points",
    "value": "money",
    "net_value": "money",
    "survival": "months",
    "months_of_mrr": "months_of_mrr",
}
"""By what is estimated."""

GROUPS, BY_UPLIFT = 10, "by_uplift"
THIRD = 1 / 3


@dataclass(frozen=True)
class Qini:
    """What it brings to treat customers in an order, one after the other.

    Parameters
    ----------
    area : Estimate
        Between the curve and the line of a lot: 0 for an order that knows nothing.
    curve : DataFrame
        ``share`` (of the customers treated, 0-1), ``estimate`` (a customer of all), ``low``, ``high``, ``lot`` (as many
        drawn by lot); where the truth is known ``truth`` (in this order), ``best`` (in the order of the true effects).
    arms : tuple of str
        Which, and against which.
    unit : str
        Of the gain: ``points`` of a share, ``money``, ``months`` as a customer, ``months_of_mrr`` or a ``number``.

    >>> import pandas as pd
    >>> Qini(Estimate(0.1, 0.0, 0.2, 9, "qini"), pd.DataFrame(), ("high", "tech"), "points").area.n
    9
    """

    area: Estimate
    curve: pd.DataFrame = field(repr=False)
    arms: tuple[str, str]
    unit: str


def qini(found: Uplift, arms: tuple[str, str], order: Any = None, truth: pd.Series | None = None) -> Qini:
    """The Qini curve of an order of customers.

    Parameters
    ----------
    found : Uplift
    arms : tuple of str
        Which, and against which.
    order : Series or ndarray of float, optional
        By ``account_id``, or a number a row of the trial: the higher, the sooner treated. None: what the learner
        foresees for each, who has not seen that customer: its place in its lot.
    truth : Series of float, optional
        The true effect by ``account_id``, in the unit of the outcome.

    Returns
    -------
    Qini

    Raises
    ------
    UsageError
        For an order or a truth that does not know every customer of the trial.

    Source: Radcliffe (2007), Direct Marketing Analytics Journal 1:14, grade B.

    >>> import cslab
    >>> from cslab.measure import effect
    >>> from cslab.measure.effect.uplift import uplift
    >>> seen = effect.trial(cslab.load("synthetic:rct?accounts=400"), horizon=12, covariates=["trial_usage"])
    >>> len(qini(uplift(seen), ("high", "tech")).curve)
    21
    """
    import pandas as pd

    ranked = _ranked(found, arms, order)
    reached = {share: ranked.reached(share) for share in SHARES}
    rows = [{"share": share, **{name: getattr(one, name) for name in _LIMITS}} for share, one in reached.items()]
    curve = pd.DataFrame(rows)
    curve["lot"] = curve["share"] * float(ranked.gain.mean())
    if truth is not None:
        true = _by_account(found, truth, "truth")
        curve["truth"] = [Ranked(ranked.order, true).reached(share).estimate for share in SHARES]
        curve["best"] = [Ranked(true, true).reached(share).estimate for share in SHARES]
    return Qini(ranked.area(learned=order is None), curve, arms, unit_of(found))


def deciles(found: Uplift, arms: tuple[str, str], truth: pd.Series | None = None, groups: int = GROUPS) -> pd.DataFrame:
    """What was foreseen beside what came, in groups from those of whom most was foreseen.

    Parameters
    ----------
    found : Uplift
    arms : tuple of str
        Which, and against which.
    truth : Series of float, optional
        The true effect by ``account_id``.
    groups : int
        How many, of one size.

    Returns
    -------
    DataFrame
        ``group`` (1: most foreseen), ``foreseen`` (mean), ``estimate``, ``low``, ``high``, ``n``, ``method``; ``truth``
        where it is known.

    Raises
    ------
    UsageError
        For fewer than two groups, or more than there are customers.

    >>> import cslab
    >>> from cslab.measure import effect
    >>> from cslab.measure.effect.uplift import uplift
    >>> seen = effect.trial(cslab.load("synthetic:rct?accounts=400"), horizon=12, covariates=["trial_usage"])
    >>> deciles(uplift(seen), ("high", "tech"), groups=4)["group"].tolist()
    [1, 2, 3, 4]
    """
    import pandas as pd

    foreseen, gain = found.of(arms)
    order = found.order(arms)
    if not 2 <= groups <= len(gain):
        raise UsageError(Fault("uplift.groups", {"groups": groups, "n": len(gain)}))
    true = None if truth is None else _by_account(found, truth, "truth")
    place = np.empty(len(gain), np.int64)
    place[np.argsort(-order, kind="stable")] = np.arange(len(gain)) * groups // len(gain)
    together, rows = clusters(found.trial), []
    for group in range(groups):
        inside = place == group
        part = gain[inside]
        came = averaged(part, None if together is None else together[inside], "aipw_all")
        known = {} if true is None else {"truth": float(true[inside].mean())}
        rows.append({"group": group + 1, "foreseen": float(foreseen[inside].mean()), **came.cells(), **known})
    return _told(pd.DataFrame(rows), found, arms)


def targets(
    found: Uplift,
    arms: tuple[str, str],
    orders: Mapping[str, Any],
    truth: pd.Series | None = None,
    share: float = THIRD,
) -> pd.DataFrame:
    """Orders in which customers could be treated, beside one another: the riskiest first, the largest, by uplift.

    Parameters
    ----------
    found : Uplift
    arms : tuple of str
        Which, and against which.
    orders : mapping of str to Series or ndarray of float
        As ``order`` of :func:`qini`, by name. By uplift, by lot and, where the truth is known, by the truth need not be
        given.
    truth : Series of float, optional
        The true effect by ``account_id``.
    share : float
        How many of the customers can be treated (0-1).

    Returns
    -------
    DataFrame
        ``rule``, ``area``, ``area_low``, ``area_high``, ``estimate`` (what treating that share brings, a customer of
        all), ``low``, ``high``, ``n``, ``method``; ``truth`` of the estimate where it is known.

    Raises
    ------
    UsageError
        For a share outside 0-1, or an order that does not know every customer.

    >>> import cslab
    >>> from cslab.measure import effect
    >>> from cslab.measure.effect.uplift import uplift
    >>> seen = effect.trial(cslab.load("synthetic:rct?accounts=400"), horizon=12, covariates=["trial_usage"])
    >>> targets(uplift(seen), ("high", "tech"), {"usage": seen.rows["trial_usage"].to_numpy()})["rule"].tolist()
    ['by_uplift', 'usage', 'by_lot']
    """
    import pandas as pd

    if not 0 < share <= 1:
        raise UsageError(Fault("not_a_rate", {"name": "share", "value": share}))
    order, gain = found.order(arms), found.of(arms)[1]
    true = None if truth is None else _by_account(found, truth, "truth")
    known = {} if true is None else {"by_truth": true}
    every = {BY_UPLIFT: order, **orders, "by_lot": np.zeros(len(gain)), **known}
    rows = [_row(name, _ranked(found, arms, one), true, share) for name, one in every.items()]
    frame = _told(pd.DataFrame(rows), found, arms)
    frame.attrs["share"] = share
    return frame


def unit_of(found: Uplift) -> str:
    """In what the effects are counted.

    Parameters
    ----------
    found : Uplift

    >>> import cslab
    >>> from cslab.measure import effect
    >>> from cslab.measure.effect.uplift import uplift
    >>> seen = effect.trial(cslab.load("synthetic:rct?accounts=400"), horizon=12, covariates=["trial_usage"])
    >>> unit_of(uplift(seen))
    'points'
    """
    return UNITS.get(found.trial.estimand.key.removeprefix("estimand."), "number")


_LIMITS = ("estimate", "low", "high")


def _row(name: str, ranked: Ranked, true: Floats | None, share: float) -> dict[str, Any]:
    """One order."""
    area, reached = ranked.area(learned=name == BY_UPLIFT), ranked.reached(share)
    found = {"rule": name, "area": area.estimate, "area_low": area.low, "area_high": area.high, **reached.cells()}
    return found if true is None else {**found, "truth": Ranked(ranked.order, true).reached(share).estimate}


def _told(frame: pd.DataFrame, found: Uplift, arms: tuple[str, str]) -> pd.DataFrame:
    """A frame that knows what it is of."""
    frame.attrs |= {"arms": arms, "unit": unit_of(found), "n": len(found.trial.rows), "horizon": found.trial.horizon}
    return frame


def _ranked(found: Uplift, arms: tuple[str, str], order: Any) -> Ranked:
    """The customers in an order, with what came of the arms."""
    gain = found.of(arms)[1]
    ranks = found.order(arms) if order is None else _by_account(found, order, "order")
    return Ranked(ranks, gain, clusters(found.trial))


def _by_account(found: Uplift, values: Any, name: str) -> Floats:
    """A number for each row, none of them missing."""
    rows = found.trial.rows["account_id"]
    given = values.reindex(rows).to_numpy(float) if hasattr(values, "reindex") else np.asarray(values, float)
    lacking = len(rows) if given.shape != (len(rows),) else int(np.isnan(given).sum())
    if lacking:
        raise UsageError(Fault("uplift.not_everybody", {"name": name, "count": lacking, "n": len(rows)}))
    return given
