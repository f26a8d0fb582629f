"""The same company some months later, with the luck it has, if its customers have other tiers from some day on."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.world.addons.returns import spells
from cslab.world.customers import draw
from cslab.world.frames import account_ids
from cslab.world.observe.steps import mrr_steps
from cslab.world.policy import Policy
from cslab.world.policy import policy as policy_named
from cslab.world.rates import onboarding, rates
from cslab.world.run import Run
from cslab.world.service import Office
from cslab.world.spells import together
from cslab.world.touch import TIERS, Touch

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.customers import Customers
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.vocabulary import Columns
    from cslab.world.scenario import Scenario

Plan = Policy | np.ndarray
"""A policy, or the tier of every account of the company by its number: 0 tech, 1 mid, 2 high, -1 the one it has."""


def later_columns(
    scenario: Scenario, policy: Policy, blocks: Sequence[int], plan: Plan, since: int, months: int
) -> Columns:
    """What becomes of the customers of some offices who are there in some month, whatever else may come.

    Parameters
    ----------
    scenario : Scenario
    policy : Policy
        What the company follows until then.
    blocks : sequence of int
        Consecutive blocks of accounts.
    plan : Policy or ndarray of int
        The tiers from then on. How programmes take customers on, and how hours are shared out, stays as it is.
    since : int
        Months gone by, from the scenario's first.
    months : int
        To look ahead.

    Returns
    -------
    dict of str to ndarray
        ``account_id`` (number), ``retained`` (there to the end without an interruption), ``value_amount`` (MRR summed
        over the months) and ``hours`` (of customer success, by tier).

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> tiny, rule = preset("tiny"), policy("rule")
    >>> found = later_columns(tiny, rule, range(1), policy("all_high"), since=60, months=12)
    >>> bool((found["hours"] <= 12 * 6.5).all()), bool((found["hours"][found["retained"]] == 12 * 6.5).all())
    (True, True)
    """
    customers = draw(scenario, scenario.seed, blocks, scenario.accounts)
    own = policy.touch(scenario, customers)
    run = Turned(scenario, own, planned(plan, scenario, customers, own), blocks, customers, since, months, policy)
    for month in range(run.months):
        run.step(month)
    return _outcome(together(*spells(run)), since)


def planned(plan: Plan, scenario: Scenario, customers: Customers, own: Touch) -> Touch:
    """The touch of some customers under a plan; who keeps its tier keeps everything as it is.

    Parameters
    ----------
    plan : Policy or ndarray of int
    scenario : Scenario
    customers : Customers
    own : Touch
        What they have had.

    Returns
    -------
    Touch

    >>> from cslab.world.scenario import preset
    >>> people = draw(preset("tiny"), seed=1, blocks=range(1), accounts=3)
    >>> own = Touch.alike(np.array([0, 1, 2]))
    >>> planned(np.array([-1, 2, 2]), preset("tiny"), people, own).lift.tolist()
    [0, 2, 2]
    """
    if isinstance(plan, Policy):
        return replace(plan.touch(scenario, customers), enrolment=own.enrolment)
    tier = plan[customers.number]
    moves, other = (tier >= 0) & (tier != own.tier), Touch.alike(tier)
    kept = {"decided", "enrolment"}
    names = [item.name for item in fields(Touch) if item.name not in kept]
    return replace(own, **{name: np.where(moves, getattr(other, name), getattr(own, name)) for name in names})


class Turned(Run):
    """A run in which touch becomes another in some month; all luck is that of the company.

    Parameters
    ----------
    scenario : Scenario
    before, after : Touch
        Of each account.
    blocks : sequence of int
    customers : Customers
    since : int
        The first month of the other touch.
    months : int
        To go on from then.
    policy : Policy
        Says how offices share out their hours, where they do.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> tiny, rule = preset("tiny"), policy("rule")
    >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
    >>> own = rule.touch(tiny, people)
    >>> Turned(tiny, own, own, range(1), people, since=60, months=12, policy=rule).months
    72
    """

    def __init__(
        self,
        scenario: Scenario,
        before: Touch,
        after: Touch,
        blocks: Sequence[int],
        customers: Customers,
        since: int,
        months: int,
        policy: Policy,
    ) -> None:
        self.since, self.after = since, after
        super().__init__(scenario, before, scenario.seed, blocks, customers, since + months, sharing=policy.sharing)

    def step(self, month: int) -> None:
        """One calendar month; in the one in which touch becomes another, that first.

        Parameters
        ----------
        month : int
            Months since the scenario's first.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> tiny, rule = preset("tiny"), policy("rule")
        >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
        >>> own, other = (policy(name).touch(tiny, people) for name in ("rule", "all_high"))
        >>> run = Turned(tiny, own, other, range(1), people, since=0, months=2, policy=rule)
        >>> run.step(0)
        >>> int(run.tier.min())
        2
        """
        if month == self.since:
            self._turn_over()
        super().step(month)

    def _turn_over(self) -> None:
        """The other touch holds: for onboarding only of those who are not onboarded yet."""
        self._touch, self.tier = self.after, self.after.tier
        stalled, onboarded = onboarding(self.scenario, self.customers, self.after, self._unserved())
        later = np.empty(len(self.order), dtype=bool)
        later[self.order] = self.onboarded_from >= self.since
        self.stalled, self.onboarded = (
            np.where(later, new, old) for new, old in ((stalled, self.stalled), (onboarded, self.onboarded))
        )
        self.onboarded_from = self.start + self.onboarded[self.order]
        faded = self.rates.impression
        self.rates = replace(rates(self.scenario, self.customers, self.after, self.order), impression=faded)
        if self.service:
            self.service.follow(self.after)

    def _unserved(self) -> Floats | float:
        """The share of their touch for which nobody had time when they signed, in the order of the accounts."""
        if not isinstance(self.service, Office):
            return 0.0
        return self.service.work().unserved_at(np.arange(len(self.order)), self.customers.start)


def _outcome(history: History, since: int) -> Columns:
    """What a history's customers of some month have brought by its end."""
    who = np.flatnonzero((history.customers.start < since) & (history.left >= since))
    month = np.arange(since, history.months)
    there = month < history.left[who, None]
    mrr = mrr_steps(history).at(who[:, None], month)
    each = np.array(history.scenario.touch_hours)[history.tier_at(who[:, None], month)]
    return {
        "account_id": history.customers.number[who],
        "retained": history.left[who] >= history.months,
        "value_amount": (there * mrr).sum(axis=1),
        "hours": (there * each).sum(axis=1),
    }


def read_plans(plans: Mapping[str, pd.Series | Policy | str], accounts: int) -> dict[str, Plan]:
    """Plans as they are handed in, by name.

    Parameters
    ----------
    plans : mapping of str to Series, Policy or str
        A tier by ``account_id``, or a policy or its name.
    accounts : int
        Of the company.

    Returns
    -------
    dict of str to Plan

    Raises
    ------
    UsageError
        For no plan at all; for unknown tiers and policies, and accounts named twice: all at once.

    >>> import pandas as pd
    >>> read_plans({"one": pd.Series({"A000001": "high"})}, accounts=3)["one"].tolist()
    [-1, 2, -1]
    """
    faults = [] if plans else [Fault("no_plan")]
    found: dict[str, Plan] = {}
    for name, plan in plans.items():
        try:
            found[name] = policy_named(plan) if isinstance(plan, str | Policy) else _by_number(name, plan, accounts)
        except UsageError as wrong:
            faults += wrong.faults
    if faults:
        raise UsageError(*faults)
    return found


def _by_number(name: str, plan: pd.Series, accounts: int) -> Ints:
    """The tiers of a plan that names accounts, by account number; who is none of the company's is left out."""
    import pandas as pd

    faults = [
        Fault("unknown_tier", {"name": word, "near": nearest(str(word), TIERS), "known": ", ".join(TIERS)})
        for word in sorted(set(plan) - set(TIERS), key=str)
    ]
    if len(twice := plan.index[plan.index.duplicated()].unique()):
        faults.append(Fault("later_twice", {"plan": name, "count": len(twice), "first": twice[0]}))
    if faults:
        raise UsageError(*faults)
    tiers = plan.map({word: place for place, word in enumerate(TIERS)})
    return np.asarray(tiers.reindex(pd.Index(account_ids(accounts)), fill_value=-1), dtype=np.int64)


def refuse_strangers(plans: Mapping[str, pd.Series | Policy | str], there: Container[str], day: pd.Timestamp) -> None:
    """Refuse plans for accounts that are no customers on the day.

    Parameters
    ----------
    plans : mapping of str to Series, Policy or str
        As for :func:`read_plans`.
    there : container of str
        Ids of those who are.
    day : Timestamp

    Raises
    ------
    UsageError
        With every plan that names such.

    >>> import pandas as pd
    >>> refuse_strangers({"one": pd.Series({"A000001": "high"})}, {"A000001"}, pd.Timestamp("2024-03-31"))
    """
    faults = []
    for name, plan in plans.items():
        others = [] if isinstance(plan, str | Policy) else [one for one in plan.index if one not in there]
        if others:
            values = {"plan": name, "count": len(others), "first": others[0], "day": f"{day:%Y-%m-%d}"}
            faults.append(Fault("later_accounts", values))
    if faults:
        raise UsageError(*faults)
