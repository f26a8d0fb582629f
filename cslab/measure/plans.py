"""How good a touch plan is, judged by the truth: against the best that the same hours could have brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.allocation import allocate
from cslab.measure.estimate import Z95, Estimate
from cslab.world.scenario import preset
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Truth

    Ints = NDArray[np.int64]

TIER_HOURS = dict(zip(TIERS, preset("default_jp").touch_hours, strict=True))
"""Hours of customer success an account and month takes in each tier, in the default company."""

METHOD = "truth_expected"


@dataclass(frozen=True)
class Plan:
    """A plan and the best one under the same hours, both valued in expectation.

    Parameters
    ----------
    accounts : DataFrame
        ``account_id``, ``tier``, ``best`` (tier of the best plan), ``value_amount``, ``best_amount`` (expected MRR
        summed over the horizon), ``value_error``, ``best_error``.
    tech_amount : float
        What tech touch for everybody would bring.
    hours : float
        Hours a month that the plan takes; the best one takes no more.
    gap : float
        How far the best plan found may be from the best there is, as a share of its value.

    >>> import cslab
    >>> best_plan(cslab.load("synthetic:tiny").truth, horizon=6, futures=2).gap < 0.05
    True
    """

    accounts: pd.DataFrame
    tech_amount: float
    hours: float
    gap: float

    @property
    def regret(self) -> Estimate:
        """Expected MRR, summed over the horizon, that the plan forgoes against the best one.

        The best plan is chosen on the futures that value it, so the figure errs on the high side, by less than its
        limits are wide.
        """
        moved = self.accounts[self.accounts["tier"] != self.accounts["best"]]
        lost = float((moved["best_amount"] - moved["value_amount"]).sum())
        error = float(np.sqrt((moved["best_error"] ** 2 + moved["value_error"] ** 2).sum()))
        return Estimate(lost, lost - Z95 * error, lost + Z95 * error, len(self.accounts), METHOD, error)

    @property
    def kept(self) -> float:
        """The share that the plan reaches of what the best one gains over tech touch for everybody; missing if none."""
        best = float(self.accounts["best_amount"].sum()) - self.tech_amount
        return (float(self.accounts["value_amount"].sum()) - self.tech_amount) / best if best > 0 else float("nan")


def best_plan(
    truth: Truth | None,
    tiers: pd.Series | None = None,
    since: pd.Timestamp | str = "",
    horizon: int = 24,
    hours: Mapping[str, float] = TIER_HOURS,
    futures: int = 64,
) -> Plan | None:
    """Hold a plan against the best one under the same hours.

    A plan gives each account one tier, from onboarding on where that is still to come.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    tiers : Series of str, optional
        The plan: ``tech``, ``mid`` or ``high`` by account id; the company's own where not given, also for accounts
        that it leaves out.
    since : Timestamp or str
        The day from which it holds; empty: from each account's signing.
    horizon : int
        Months over which MRR counts.
    hours : mapping of str to float
        Hours of an account and month by tier.
    futures : int
        How many to average over.

    Returns
    -------
    Plan or None

    Raises
    ------
    UsageError
        For a tier that there is not.

    >>> import cslab
    >>> plan = best_plan(cslab.load("synthetic:tiny").truth, horizon=6, futures=2)
    >>> plan.kept <= 1 + plan.gap
    True
    """
    if truth is None:
        return None
    names = list(hours)
    found = truth.expected([f"all_{tier}" for tier in names], since, horizon, futures)
    found["policy"] = found["policy"].str.removeprefix("all_")
    value = found.pivot(index="account_id", columns="policy", values="value_amount")[names]
    error = found.pivot(index="account_id", columns="policy", values="value_error")[names]
    choice = _choice(truth, tiers, value.index, names)
    costs = np.tile(list(hours.values()), (len(value), 1))
    spent = float(costs[np.arange(len(value)), choice].sum())
    best = allocate(value.to_numpy(), costs, spent)
    return Plan(_held_together(value, error, choice, best.choice), float(value["tech"].sum()), spent, best.gap)


def _choice(truth: Truth, tiers: pd.Series | None, accounts: pd.Index[str], names: list[str]) -> Ints:
    """The place of each account's tier in the plan."""
    import pandas as pd

    plan = truth.accounts().set_index("account_id")["tier"].reindex(accounts)
    if tiers is not None:
        plan = tiers.reindex(accounts).fillna(plan)
    choice = pd.Index(names).get_indexer(pd.Index(plan))
    if (choice < 0).any():
        name = str(plan[choice < 0].iloc[0])
        known = {"name": name, "near": nearest(name, names) or names[0], "known": ", ".join(names)}
        raise UsageError(Fault("unknown_tier", known))
    return np.asarray(choice, dtype=np.int64)


def _held_together(value: pd.DataFrame, error: pd.DataFrame, choice: Ints, best: Ints) -> pd.DataFrame:
    """The plan and the best one side by side."""
    import pandas as pd

    rows, names = np.arange(len(value)), np.array(value.columns, dtype=object)
    return pd.DataFrame(
        {
            "account_id": value.index,
            "tier": names[choice],
            "best": names[best],
            "value_amount": value.to_numpy()[rows, choice],
            "best_amount": value.to_numpy()[rows, best],
            "value_error": error.to_numpy()[rows, choice],
            "best_error": error.to_numpy()[rows, best],
        }
    )
