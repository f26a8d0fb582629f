"""What each tier is worth to each customer of a company, what it takes, and which tier each has now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.allocation.lagrange import Allocation, allocate
from cslab.world.scenario import preset
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Truth
    from cslab.measure.allocation.problem import Floats, Ints

TIER_HOURS = dict(zip(TIERS, preset("default_jp").touch_hours, strict=True))
"""Hours of customer success an account and month takes in each tier, in the default company."""


@dataclass(frozen=True)
class Options:
    """What there is to choose from. :func:`options` makes it of frames, :func:`of_truth` of a simulated company.

    Parameters
    ----------
    account_id : ndarray of str, shape (n,)
    tiers : tuple of str
        The options, the one that takes least first.
    value : ndarray of float, shape (n, tiers)
        What each is worth to each account, in currency.
    hours : ndarray of float, shape (n, tiers)
        Hours a month.
    present : ndarray of int, shape (n,)
        The tier of each account now.
    capacity : float
        Hours a month there are.
    error : ndarray of float, shape (n, tiers), optional
        Standard errors of the values, where they are known.

    >>> import pandas as pd
    >>> value = pd.DataFrame({"tech": [1.0, 1.0], "mid": [2.0, 5.0]}, index=["a", "b"])
    >>> posed = options(value, pd.Series({"a": "mid", "b": "tech"}), {"tech": 0.0, "mid": 2.0})
    >>> posed.capacity, posed.plan(posed.best().choice).to_dict()
    (2.0, {'a': 'tech', 'b': 'mid'})
    """

    account_id: NDArray[np.object_]
    tiers: tuple[str, ...]
    value: Floats
    hours: Floats
    present: Ints
    capacity: float
    error: Floats | None = None

    def best(self) -> Allocation:
        """The best plan within the hours.

        >>> import pandas as pd
        >>> value = pd.DataFrame({"tech": [1.0], "mid": [2.0]}, index=["a"])
        >>> options(value, pd.Series({"a": "mid"})).best().gap
        0.0
        """
        return allocate(self.value, self.hours, self.capacity)

    def among(self, which: Any) -> Options:
        """Some of the accounts, with the hours that their present tiers take.

        Parameters
        ----------
        which : collection of str
            Their ids.

        >>> import pandas as pd
        >>> value = pd.DataFrame({"tech": [1.0, 1.0], "mid": [2.0, 5.0]}, index=["a", "b"])
        >>> options(value, pd.Series({"a": "mid", "b": "tech"})).among(["b"]).capacity
        0.15
        """
        here = np.isin(self.account_id.astype(str), np.asarray(list(which), dtype=str))
        hours, present = self.hours[here], self.present[here]
        room = float(hours[np.arange(len(present)), present].sum())
        error = None if self.error is None else self.error[here]
        return Options(self.account_id[here], self.tiers, self.value[here], hours, present, room, error)

    def aligned(self, value: pd.DataFrame) -> Floats:
        """Values of the same tiers by account id, in the order of these accounts and tiers.

        >>> import pandas as pd
        >>> value = pd.DataFrame({"mid": [2.0], "tech": [1.0]}, index=["a"])
        >>> options(value, pd.Series({"a": "mid"})).aligned(value).tolist()
        [[1.0, 2.0]]
        """
        return np.asarray(value.reindex(self.account_id)[list(self.tiers)], dtype=float)

    def plan(self, choice: Ints) -> pd.Series:
        """Choices as a plan: the tier by ``account_id``, as ``touch.came_of`` and ``oracle.best_plan`` take it.

        >>> import pandas as pd
        >>> value = pd.DataFrame({"tech": [1.0], "mid": [2.0]}, index=["a"])
        >>> posed = options(value, pd.Series({"a": "mid"}))
        >>> posed.plan(posed.present).to_dict()
        {'a': 'mid'}
        """
        import pandas as pd

        tiers = np.array(self.tiers, dtype=object)[choice]
        return pd.Series(tiers, index=pd.Index(self.account_id, name="account_id"), name="tier")


def options(
    value: pd.DataFrame,
    present: pd.Series,
    hours: Mapping[str, float] = TIER_HOURS,
    capacity: float | None = None,
    error: pd.DataFrame | None = None,
) -> Options:
    """What there is to choose from, of a company's own figures.

    Parameters
    ----------
    value : DataFrame
        By account id: what each tier is worth, a column a tier.
    present : Series of str
        The tier of each account now, by account id.
    hours : mapping of str to float
        Hours of an account and month by tier: at least of those that ``value`` has.
    capacity : float, optional
        Hours a month there are; what the present tiers take, where not given.
    error : DataFrame, optional
        Standard errors of the values, in the same form.

    Returns
    -------
    Options
        Tiers in the order of their hours.

    Raises
    ------
    UsageError
        For accounts that stand twice, have no present tier or no number for a tier, and tiers without hours or value:
        all at once.

    >>> import pandas as pd
    >>> value = pd.DataFrame({"mid": [2.0, 5.0], "tech": [1.0, 1.0]}, index=["a", "b"])
    >>> options(value, pd.Series({"a": "mid", "b": "tech"})).tiers
    ('tech', 'mid')
    """
    import pandas as pd

    tiers = sorted((tier for tier in value.columns if tier in hours), key=lambda tier: hours[tier])
    now = present[~present.index.duplicated()].reindex(value.index)
    value = value.apply(pd.to_numeric, errors="coerce")
    _check(value, present, now, list(hours))
    choice = pd.Index(tiers).get_indexer(pd.Index(now)).astype(np.int64)
    taken = np.tile([float(hours[tier]) for tier in tiers], (len(value), 1))
    room = float(taken[np.arange(len(value)), choice].sum()) if capacity is None else float(capacity)
    errors = None if error is None else error.reindex(index=value.index, columns=tiers).to_numpy(float)
    ids = value.index.to_numpy(dtype=object)
    return Options(ids, tuple(tiers), value[tiers].to_numpy(float), taken, choice, room, errors)


def of_truth(
    truth: Truth | None,
    present: pd.Series | None = None,
    since: pd.Timestamp | str = "",
    horizon: int = 24,
    hours: Mapping[str, float] = TIER_HOURS,
    futures: int = 64,
) -> Options | None:
    """What there is to choose from, valued by the truth: expected MRR, summed over the horizon.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    present : Series of str, optional
        The tier of each account now; the company's own where not given, also for accounts that it leaves out.
    since : Timestamp or str
        The day from which the tiers hold; empty: from each account's signing.
    horizon : int
        Months over which MRR counts.
    hours : mapping of str to float
        Hours of an account and month by tier.
    futures : int
        How many to average over.

    Returns
    -------
    Options or None
        Within the hours that the present tiers take; ``None`` where nobody knows the truth.

    Raises
    ------
    UsageError
        As :func:`options`; as ``truth.expected``: above all for a day after the records. For accounts in ``present``
        that the company never had; for anything else than a truth.

    >>> import cslab
    >>> of_truth(cslab.load("synthetic:tiny").truth, horizon=6, futures=2).value.shape
    (60, 3)
    """
    import pandas as pd

    if truth is None:
        return None
    if not hasattr(truth, "accounts") or hasattr(truth, "tables"):
        raise UsageError(Fault("allocation.not_truth", {"kind": type(truth).__name__}))
    own = truth.accounts().set_index("account_id")["tier"]
    if present is not None:
        refuse_strangers(present, own.index)
    found = truth.expected([f"all_{tier}" for tier in hours], since, horizon, futures)
    found["policy"] = found["policy"].str.removeprefix("all_")
    value = found.pivot(index="account_id", columns="policy", values="value_amount")
    error = found.pivot(index="account_id", columns="policy", values="value_error")
    now = own if present is None else pd.concat([present, own.drop(present.index, errors="ignore")])
    return options(value, now, hours, error=error)


def refuse_strangers(plan: pd.Series, known: pd.Index[str]) -> None:
    """Refuse a plan for accounts that a company never had, or that gives one of them two tiers.

    Parameters
    ----------
    plan : Series of str
        Tier by account id.
    known : Index of str
        Ids of all accounts that there ever were.

    Raises
    ------
    UsageError
        With the first of either, and how many there are.

    >>> import pandas as pd
    >>> refuse_strangers(pd.Series({"a": "mid"}), pd.Index(["a", "b"]))
    """
    others, twice = plan.index[~plan.index.isin(known)], plan.index[plan.index.duplicated()].unique()
    named = {"allocation.strangers": others, "allocation.twice": twice}
    faults = [Fault(key, {"count": len(ids), "account": ids[0]}) for key, ids in named.items() if len(ids)]
    if faults:
        raise UsageError(*faults)


def _check(value: pd.DataFrame, present: pd.Series, now: pd.Series, known: list[str]) -> None:
    """Refuse accounts that stand twice or lack a tier or a number, and tiers without known hours or value."""
    twice = list(dict.fromkeys([*value.index[value.index.duplicated()], *present.index[present.index.duplicated()]]))
    lacking = now.index[now.isna()]
    faults = [Fault("unknown_tier", _nearest(str(tier), known)) for tier in value.columns if tier not in known]
    told = [tier for tier in known if tier in value.columns]
    faults += [Fault("unknown_tier", _nearest(str(tier), told)) for tier in now.dropna().unique() if tier not in told]
    if twice:
        faults.append(Fault("allocation.twice", {"count": len(twice), "account": twice[0]}))
    if len(lacking):
        faults.append(Fault("allocation.no_tier", {"count": len(lacking), "account": lacking[0]}))
    faults += [_missing(value, tier) for tier in told if not np.isfinite(value[tier].to_numpy(float)).all()]
    if faults:
        raise UsageError(*faults)


def _missing(value: pd.DataFrame, tier: str) -> Fault:
    """The fault of a tier of which some accounts have no number."""
    lacking = value.index[~np.isfinite(value[tier].to_numpy(float))]
    return Fault("allocation.no_value", {"tier": tier, "count": len(lacking), "account": lacking[0]})


def _nearest(name: str, known: list[str]) -> dict[str, Any]:
    """What fills the fault of a tier that there is not."""
    return {"name": name, "near": nearest(name, known) or "-", "known": ", ".join(known) or "-"}
