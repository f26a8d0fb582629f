"""What did happen to the customers of a simulated company, whatever stands in its tables, and what else would have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cslab.book.day import read_day
from cslab.world import expectation
from cslab.world.causes import expected_causes
from cslab.world.following import followed_columns
from cslab.world.frames import account_ids, csm_ids, stacked
from cslab.world.hazard import hazard_columns, hidden_columns
from cslab.world.later import Plan, later_columns, read_plans, refuse_strangers
from cslab.world.lives import Lives
from cslab.world.observe.vocabulary import Columns
from cslab.world.policy import Policy
from cslab.world.policy import policy as policy_named
from cslab.world.simulate import chunks
from cslab.world.skills import skill_columns

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.world.history import History
    from cslab.world.scenario import Scenario


class Hindsight:
    """The part of a company's truth that is read from its own histories.

    >>> from cslab.world import company
    >>> isinstance(company("tiny").truth, Hindsight)
    True
    """

    scenario: Scenario
    policy: Policy
    chunk: int
    lives: Lives | None
    _known: dict[Any, pd.DataFrame]

    def hazard(self) -> pd.DataFrame:
        """Chance of leaving and latent value of every account-month to the end of the records.

        From signing on (chance 0) to the month in which the customer left; of all customers drawn, so also of those
        lost before the records begin. One who comes back has a second such row of months: their tenure counts from the
        return.

        Returns
        -------
        DataFrame
            ``account_id``, ``month`` (date), ``spell`` (1; 2 after a return), ``tenure`` (months of that spell),
            ``hazard`` (0-1), ``latent``.

        >>> from cslab.world import company
        >>> company("tiny").truth.hazard().columns.tolist()
        ['account_id', 'month', 'spell', 'tenure', 'hazard', 'latent']
        """
        if "hazard" not in self._known:
            self._known["hazard"] = _framed([hazard_columns(history) for history in self._recorded()])
        return self._known["hazard"].copy()

    def accounts(self) -> pd.DataFrame:
        """What is true of each customer drawn and stands in no export.

        Returns
        -------
        DataFrame
            ``account_id``, ``fit``, ``badfit``, ``first_impression``, ``stalled``, ``onboarded_month`` (of tenure;
            missing: never), ``tier``, ``cause_true`` (empty, ``voluntary`` or ``uncontrollable``), ``churn_tenure``
            (months; missing: still a customer at the end of the records, or not yet signed), ``winback_month`` (after
            the first signing; missing: did not come back), ``handoff_quality`` (in sd, 0 on average), ``high_effort``,
            ``maturity_first``, ``maturity_last`` (level at signing, and at the end of the records or on leaving),
            ``member_month`` (of tenure, in which it joined the community; missing: not), ``member_active``. What is
            said of leaving and onboarding is said of the first spell.

        >>> from cslab.world import company
        >>> len(company("tiny").truth.accounts())
        60
        """
        if "accounts" not in self._known:
            self._known["accounts"] = _framed([hidden_columns(history) for history in self._recorded()])
        return self._known["accounts"].copy()

    def csms(self) -> pd.DataFrame:
        """What each CSM brings to the accounts that it held within the records, on average a month of one.

        Returns
        -------
        DataFrame
            ``csm_id``, ``skill`` (added to the level that latent value is pulled to, beyond an average CSM), ``latent``
            (added to latent value by then), ``usage`` (to the expected ``wau_ratio``, 0-1), ``leaving`` (to the monthly
            chance of leaving: below 0 of a good one), ``accounts`` (how many it held), ``account_months``. Where hours
            are shared out: as if all touch were served.

        >>> from cslab.world import company
        >>> company("tiny").truth.csms().columns.tolist()
        ['csm_id', 'skill', 'latent', 'usage', 'leaving', 'accounts', 'account_months']
        """
        import pandas as pd

        if "csms" not in self._known:
            columns = stacked([skill_columns(history) for history in self._recorded()])
            self._known["csms"] = pd.DataFrame({**columns, "csm_id": csm_ids(columns["csm_id"])})
        return self._known["csms"].copy()

    def later(
        self, plans: Mapping[str, pd.Series | Policy | str], since: pd.Timestamp | str, months: int = 24
    ) -> pd.DataFrame:
        """What becomes of the customers of a day under some plans of tiers, with the luck that the company has.

        What has happened by the end of the month finished by then stays. From then on each has the tier of the plan, in
        onboarding, too, where that is not over; how programmes take customers on and how offices share out their hours
        goes on as it is. A plan that changes nothing gives what the records say, or go on to say.

        Parameters
        ----------
        plans : mapping of str to Series, Policy or str
            A tier by ``account_id``, where accounts that are not named keep theirs; or a policy or its name.
        since : Timestamp or str
            The day.
        months : int
            To look ahead, also beyond the end of the records.

        Returns
        -------
        DataFrame
            A row a plan and account that is a customer on that day: ``plan``, ``account_id``, ``retained`` (to the end,
            without an interruption), and summed over the months without what comes after an interruption:
            ``value_amount`` (MRR), ``hours`` (of customer success, by tier), ``cost_amount`` (of these hours).

        Raises
        ------
        UsageError
            For no plan, unknown tiers and policies, accounts that are no customers then, what is no day.

        >>> import pandas as pd
        >>> from cslab.world import company
        >>> plans = {"as it is": pd.Series(dtype=object), "all high": "all_high"}
        >>> found = company("tiny").truth.later(plans, since="2024-03-31", months=12)
        >>> found.groupby("plan")["retained"].mean().round(2).to_dict()
        {'all high': 0.83, 'as it is': 0.76}
        """
        import pandas as pd

        expectation.ahead(months=months)
        read, day = read_plans(plans, self.scenario.accounts), read_day(since)
        gone = expectation.months_gone(self.scenario, day)
        found = {name: self._under(plan, gone, months) for name, plan in read.items()}
        refuse_strangers(plans, set(next(iter(found.values()))["account_id"]), day)
        return pd.concat(found, names=["plan"]).reset_index(level=0).reset_index(drop=True)

    def _under(self, plan: Plan, since: int, months: int) -> pd.DataFrame:
        """What becomes of the customers of some month under one plan."""
        s, lived = self.scenario, self._lived
        pieces = chunks(s.accounts, lived.chunk)
        found = _framed(lived.each(lambda blocks: later_columns(s, self.policy, blocks, plan, since, months), pieces))
        return found.assign(cost_amount=s.csm_cost_amount / 12 / s.csm_hours * found["hours"])

    def rerun(self, policy: Policy | str) -> Book:
        """The same customers with the same luck under another policy: their book, and what is true of them then.

        The histories are kept, and only those customers run again whose touch differs. Where offices share out their
        hours, all of them are.

        Parameters
        ----------
        policy : Policy or str

        Returns
        -------
        Book
            Its tables are made when they are asked for. The same, byte for byte, as that of a company simulated so.

        Raises
        ------
        UsageError
            For an unknown policy.

        >>> from cslab.world import company
        >>> book = company("tiny")
        >>> other = book.truth.rerun("all_high")
        >>> set(other.truth.accounts()["tier"]), other.truth.accounts()["fit"].equals(book.truth.accounts()["fit"])
        ({'high'}, True)
        """
        from cslab.world.firm import book_of  # which rests on this module

        return book_of(self._lived.under(policy_named(policy)))

    def causes(
        self, start: pd.Timestamp | str, end: pd.Timestamp | str, policy: Policy | str | Sequence[Policy | str] = ""
    ) -> pd.DataFrame:
        """How many departures were to be expected in a window, by their true cause.

        Of those who are customers as each month begins, each with its own chance; so who did leave by luck makes no
        difference in that month. The months that count are those whose first day lies in the window.

        Parameters
        ----------
        start, end : Timestamp or str
            ``start`` included, ``end`` not.
        policy : Policy, str, or several of them
            Under which the same customers live with the same luck. Empty: the one that the company follows.

        Returns
        -------
        DataFrame
            ``policy``, ``cause`` (``voluntary``, ``uncontrollable``), ``departures`` (expected number), ``share`` of
            the policy's departures (missing where there are none).

        Raises
        ------
        UsageError
            For what is no day, a window that ends before it begins, or an unknown policy.

        >>> from cslab.world import company
        >>> found = company("tiny").truth.causes("2024-04-01", "2025-04-01", ["", "all_high"])
        >>> found.groupby("policy")["departures"].sum().round(1).to_dict()
        {'all_high': 5.1, 'rule': 7.6}
        """
        window = expectation.window_months(self.scenario, start, end)
        several = [policy] if isinstance(policy, str | Policy) else list(policy)
        lives = [self._lived.under(policy_named(one)) if one else self._lived for one in several]
        return expected_causes({one.policy.name: one.histories for one in lives}, *window)

    def followed(self, horizon: int, as_of: pd.Timestamp | str) -> pd.DataFrame:
        """What became of each customer over its first months: of all ever won, long enough before a day.

        Parameters
        ----------
        horizon : int
            Months after signing.
        as_of : Timestamp or str
            The day by which these months, and the one after them, are over.

        Returns
        -------
        DataFrame
            ``account_id``, ``tier``, ``signed_amount`` (MRR at signing), ``last_amount`` (MRR after the horizon),
            ``months`` (as a customer), and summed over these ``value_amount`` (MRR), ``hours`` (of customer success, by
            tier) and ``cost_amount`` (of these hours).

        Raises
        ------
        UsageError
            For a horizon below 1 or what is no day.

        >>> from cslab.world import company
        >>> float(company("tiny").truth.followed(12, "2025-03-31")["months"].max())
        12.0
        """
        key = ("followed", horizon, str(as_of))
        if key not in self._known:
            expectation.ahead(horizon=horizon)
            gone = expectation.months_gone(self.scenario, read_day(as_of))
            found = _framed([followed_columns(history, horizon, gone) for history in self._recorded()])
            hour = self.scenario.csm_cost_amount / 12 / self.scenario.csm_hours
            self._known[key] = found.assign(cost_amount=hour * found["hours"])
        return self._known[key].copy()

    @cached_property
    def _lived(self) -> Lives:
        """Where the histories are kept."""
        return self.lives or Lives(self.scenario, self.policy, self.chunk)

    def _recorded(self) -> Iterator[History]:
        """The company's histories over its own months of records."""
        return iter(self._lived.histories)


def _framed(parts: list[Columns]) -> pd.DataFrame:
    """The chunks as one frame, with ids in the place of numbers."""
    import pandas as pd

    columns = stacked(parts)
    ids = account_ids(int(columns["account_id"].max(initial=0)) + 1)
    return pd.DataFrame({**columns, "account_id": ids[columns["account_id"]]})
