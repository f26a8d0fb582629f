"""What is true of a simulated company: asked for, never written into a table, judged in expectation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.world import expectation
from cslab.world.causes import CAUSES, incidence_by_tenure
from cslab.world.futures import FUTURES
from cslab.world.hazard import groups, staying_by_tenure
from cslab.world.hindsight import Hindsight
from cslab.world.policy import POLICIES, Policy
from cslab.world.policy import policy as policy_named
from cslab.world.programmes.truth import ProgrammesTruth
from cslab.world.simulate import histories
from cslab.world.supposed.truth import SupposedTruth

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.history import History
    from cslab.world.lives import Lives
    from cslab.world.luck import Floats
    from cslab.world.scenario import Scenario


@dataclass(frozen=True)
class CompanyTruth(Hindsight, ProgrammesTruth, SupposedTruth):
    """The truth of a company. It costs nothing until asked: the histories are simulated then, where they are not yet.

    Parameters
    ----------
    scenario : Scenario
        With the company's seed, accounts and months.
    policy : Policy
    chunk : int
        Blocks of accounts simulated together.
    lives : Lives, optional
        Where the histories are kept; simulated anew, where not given.

    >>> from cslab.world import company
    >>> curve = company("tiny").truth.survival(24)
    >>> bool(curve["survival"].is_monotonic_decreasing), float(curve["survival"][0])
    (True, 1.0)
    """

    scenario: Scenario
    policy: Policy
    chunk: int
    lives: Lives | None = field(default=None, repr=False, compare=False)
    _known: dict[Any, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @property
    def touch_lines(self) -> tuple[float, float] | None:
        """MRR at signing from which the company gives mid touch, and high touch; none where it draws no such lines.

        >>> from cslab.world import company
        >>> company("tiny").truth.touch_lines
        (80000.0, 400000.0)
        """
        return self.policy.lines(self.scenario)

    def survival(self, horizon: int, by: str | None = None) -> pd.DataFrame:
        """Expected share still a customer, of all customers drawn, by months since signing.

        For every customer drawn, lost before the records or not, the chances of staying are multiplied along its own
        latent path; so the curve holds no luck of who happened to leave.

        Parameters
        ----------
        horizon : int
            Last month.
        by : str, optional
            A column of ``accounts`` to split by, or ``term_months``.

        Returns
        -------
        DataFrame
            ``month`` (0..horizon), ``survival`` (0-1), after the column ``by`` where there is one.

        Raises
        ------
        UsageError
            For a column that ``accounts`` does not have, or a horizon below 0.

        >>> from cslab.world import company
        >>> company("tiny").truth.survival(12, by="segment").columns.tolist()
        ['segment', 'month', 'survival']
        """
        return self._by_month("survival", horizon, by, ("survival",), staying_by_tenure)

    def incidence(self, horizon: int, by: str | None = None) -> pd.DataFrame:
        """Expected share that has left for each true cause, of all customers drawn, by months since signing.

        Parameters
        ----------
        horizon : int
            Last month.
        by : str, optional
            A column of ``accounts`` to split by, or ``term_months``.

        Returns
        -------
        DataFrame
            ``month`` (0..horizon), ``voluntary``, ``uncontrollable`` (0-1; with ``survival`` they add up to 1), after
            the column ``by`` where there is one.

        Raises
        ------
        UsageError
            As for ``survival``.

        >>> from cslab.world import company
        >>> found = company("tiny").truth.incidence(12)
        >>> bool(found["voluntary"][12] > found["uncontrollable"][12] > 0)
        True
        """
        return self._by_month("incidence", horizon, by, CAUSES, incidence_by_tenure)

    def expected(
        self,
        policy: Policy | str | Sequence[Policy | str] = "",
        since: pd.Timestamp | str = "",
        horizon: int = 24,
        futures: int = FUTURES,
    ) -> pd.DataFrame:
        """What each account can be expected to bring under a policy, from its signing or from a day on.

        The mean over many futures of the account, each with luck of its own but the same under every policy. From
        signing on, all customers drawn count, and their own tier is the one that the policy gives them; from a day on,
        those who are customers then, come back or not, with all that has happened to them by the end of the month
        finished by then. Retained means without an interruption: what a customer brings after leaving and coming back
        is not counted.
        Nobody's time is limited: a tier brings what it brings, however many share it; unless the policy is one under
        which the offices share out their hours.

        Parameters
        ----------
        policy : Policy, str, or several of them
            Empty: the one that the company follows.
        since : Timestamp or str
            The day; empty: from each account's signing.
        horizon : int
            Months to look ahead.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``policy``, ``account_id``, ``retained`` (share still there after the horizon, 0-1), ``retained_error``,
            ``value_amount`` (MRR summed over the months of the horizon), ``value_error`` (Monte-Carlo), ``months`` (as
            a customer within the horizon).

        Raises
        ------
        UsageError
            For no or an unknown policy, what is no day or one before anybody had signed, a horizon or futures below 1.

        >>> from cslab.world import company
        >>> company("tiny").truth.expected(["all_tech", "all_high"], horizon=6, futures=2).shape
        (120, 7)
        """
        several = [policy] if isinstance(policy, str | Policy) else list(policy)
        if not several:
            raise UsageError(Fault("no_policy", {"known": ", ".join(POLICIES)}))
        policies = [policy_named(one) if one else self.policy for one in several]
        key = ("expected", tuple(policies), str(since), horizon, futures)
        if key not in self._known:
            self._known[key] = expectation.expected(self._outlook(since, horizon, futures), policies)
        return self._known[key].copy()

    def effect(
        self,
        policy: Policy | str,
        against: Policy | str = "",
        since: pd.Timestamp | str = "",
        horizon: int = 24,
        futures: int = FUTURES,
    ) -> pd.DataFrame:
        """How much more each account can be expected to bring under one policy than under another.

        Parameters
        ----------
        policy, against : Policy or str
            Empty: the one that the company follows.
        since, horizon, futures
            As for ``expected``.

        Returns
        -------
        DataFrame
            As ``expected`` without ``policy``, of the differences; their errors are smaller than those of the parts.

        >>> from cslab.world import company
        >>> company("tiny").truth.effect("all_high", "all_tech", horizon=6, futures=2).columns.tolist()
        ['account_id', 'retained', 'retained_error', 'value_amount', 'value_error', 'months']
        """
        pair = [policy_named(one) if one else self.policy for one in (policy, against)]
        key = ("effect", *pair, str(since), horizon, futures)
        if key not in self._known:
            self._known[key] = expectation.effect(self._outlook(since, horizon, futures), *pair)
        return self._known[key].copy()

    def risk(self, as_of: pd.Timestamp | str, horizon: int = 12, futures: int = FUTURES) -> pd.DataFrame:
        """The chance that each account there on a day leaves within some months, if nothing is done otherwise.

        Parameters
        ----------
        as_of : Timestamp or str
            The day.
        horizon : int
            Months.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``account_id``, ``risk`` (0-1), ``risk_error``.

        >>> from cslab.world import company
        >>> company("tiny").truth.risk("2024-03-31", horizon=6, futures=2).columns.tolist()
        ['account_id', 'risk', 'risk_error']
        """
        stays = self.expected(since=as_of, horizon=horizon, futures=futures)
        return stays[["account_id"]].assign(risk=1 - stays["retained"], risk_error=stays["retained_error"])

    def channels(
        self,
        policy: Policy | str = "all_high",
        since: pd.Timestamp | str = "",
        horizon: int = 24,
        futures: int = FUTURES,
    ) -> pd.DataFrame:
        """What each of the four channels of touch contributes to what a policy gains over tech touch for everybody.

        Parameters
        ----------
        policy : Policy or str
        since, horizon, futures
            As for ``expected``.

        Returns
        -------
        DataFrame
            ``channel``, ``retained``, ``retained_error``, ``value_amount``, ``value_error``, ``share``: Shapley values
            over the sixteen worlds in which some channels are on; they add up to the whole.

        >>> from cslab.world import company
        >>> company("tiny").truth.channels(horizon=6, futures=2)["channel"].tolist()
        ['stall', 'speed', 'lift', 'exit']
        """
        named = policy_named(policy or self.policy)
        key = ("channels", named, str(since), horizon, futures)
        if key not in self._known:
            self._known[key] = expectation.channels(self._outlook(since, horizon, futures), named)
        return self._known[key].copy()

    def _outlook(self, since: pd.Timestamp | str, horizon: int, futures: int) -> expectation.Outlook:
        """Where a look ahead begins and how far it goes."""
        day = expectation.ahead(since, horizon=horizon, futures=futures)
        return expectation.Outlook(self.scenario, self.policy, horizon, day, futures, self.chunk)

    def _histories(self, months: int) -> Iterator[History]:
        """The company's histories over some months of records."""
        return histories(self.scenario, self.policy, months, self.chunk)

    def _by_month(
        self, what: str, horizon: int, by: str | None, columns: Sequence[str], found: Callable[[History, int], Floats]
    ) -> pd.DataFrame:
        """Means over all customers drawn, by months since signing: remembered."""
        if horizon < 0:
            raise UsageError(Fault("negative_horizon", {"value": horizon}))
        key = (what, horizon, by)
        if key not in self._known:
            self._known[key] = self._averaged(horizon, by, columns, found)
        return self._known[key].copy()

    def _averaged(
        self, horizon: int, by: str | None, columns: Sequence[str], found: Callable[[History, int], Floats]
    ) -> pd.DataFrame:
        """The curve or curves: sums over the accounts of each group, chunk by chunk."""
        import pandas as pd

        totals: dict[Any, Floats] = {}
        counts: dict[Any, int] = {}
        for history in self._histories(self.scenario.last_arrival + horizon):
            each, membership = found(history, horizon), groups(history, by)
            for group in np.unique(membership):
                inside = each[..., membership == group]
                totals[group] = totals.get(group, 0.0) + inside.sum(axis=-1)
                counts[group] = counts.get(group, 0) + inside.shape[-1]
        curves = {
            group: pd.DataFrame({"month": np.arange(horizon + 1), **dict(zip(columns, total, strict=True))})
            for group, total in ((group, totals[group] / counts[group]) for group in sorted(totals))
        }
        return pd.concat(curves, names=[by]).reset_index(level=0).reset_index(drop=True) if by else curves[0]
