"""How good a touch plan is, judged by the truth: against the best that the same hours could have brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.allocation import TIER_HOURS, Options, of_truth
from cslab.measure.estimate import Z95, Estimate

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Truth

    Ints = NDArray[np.int64]

__all__ = ["TIER_HOURS", "Plan", "best_plan"]

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
    posed = of_truth(truth, tiers, since, horizon, hours, futures)
    if posed is None:
        return None
    best, tech = posed.best(), float(posed.value[:, posed.tiers.index("tech")].sum())
    return Plan(_held_together(posed, best.choice), tech, posed.capacity, best.gap)


def _held_together(posed: Options, best: Ints) -> pd.DataFrame:
    """The plan and the best one side by side."""
    import pandas as pd

    rows, names, error = np.arange(len(best)), np.array(posed.tiers, dtype=object), posed.error
    columns = {"account_id": posed.account_id, "tier": names[posed.present], "best": names[best]}
    columns |= {"value_amount": posed.value[rows, posed.present], "best_amount": posed.value[rows, best]}
    if error is not None:
        columns |= {"value_error": error[rows, posed.present], "best_error": error[rows, best]}
    return pd.DataFrame(columns)
