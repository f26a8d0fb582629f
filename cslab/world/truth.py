"""What is true of a simulated company: asked for, never written into a table, judged in expectation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.world.frames import account_ids, stacked
from cslab.world.history import NEVER, History
from cslab.world.observe import account_columns
from cslab.world.observe.calendar import days
from cslab.world.observe.vocabulary import WORDS, Columns
from cslab.world.policy import TIERS, Policy
from cslab.world.rates import logistic, renewal_logit
from cslab.world.simulate import histories

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.world.luck import Floats, Ints
    from cslab.world.scenario import Scenario


@dataclass(frozen=True)
class CompanyTruth:
    """The truth of a company. It costs nothing until asked: the histories are simulated again then.

    Parameters
    ----------
    scenario : Scenario
        With the company's seed, accounts and months.
    policy : Policy
    chunk : int
        Blocks of accounts simulated together.

    >>> from cslab.world import company
    >>> curve = company("tiny").truth.survival(24)
    >>> bool(curve["survival"].is_monotonic_decreasing), float(curve["survival"][0])
    (True, 1.0)
    """

    scenario: Scenario
    policy: Policy
    chunk: int
    _known: dict[Any, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

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
            For a column that ``accounts`` does not have.

        >>> from cslab.world import company
        >>> company("tiny").truth.survival(12, by="segment").columns.tolist()
        ['segment', 'month', 'survival']
        """
        key = ("survival", horizon, by)
        if key not in self._known:
            self._known[key] = self._survival(horizon, by)
        return self._known[key].copy()

    def hazard(self) -> pd.DataFrame:
        """Chance of leaving and latent value of every account-month to the end of the records.

        From signing on (chance 0) to the month in which the customer left; of all customers drawn, so also of those
        lost before the records begin.

        Returns
        -------
        DataFrame
            ``account_id``, ``month`` (date), ``tenure`` (months), ``hazard`` (0-1), ``latent``.

        >>> from cslab.world import company
        >>> company("tiny").truth.hazard().columns.tolist()
        ['account_id', 'month', 'tenure', 'hazard', 'latent']
        """
        if "hazard" not in self._known:
            self._known["hazard"] = _framed([_hazards(history) for history in self._histories(self.scenario.months)])
        return self._known["hazard"].copy()

    def accounts(self) -> pd.DataFrame:
        """What is true of each customer drawn and stands in no export.

        Returns
        -------
        DataFrame
            ``account_id``, ``fit``, ``badfit``, ``first_impression``, ``stalled``, ``onboarded_month`` (of tenure;
            missing: never), ``tier``, ``cause_true`` (empty, ``voluntary`` or ``uncontrollable``), ``churn_tenure``
            (months; missing: still a customer at the end of the records, or not yet signed).

        >>> from cslab.world import company
        >>> len(company("tiny").truth.accounts())
        60
        """
        if "accounts" not in self._known:
            self._known["accounts"] = _framed([_hidden(history) for history in self._histories(self.scenario.months)])
        return self._known["accounts"].copy()

    def _histories(self, months: int) -> Iterator[History]:
        """The company's histories over some months of records."""
        return histories(self.scenario, self.policy, months, self.chunk)

    def _survival(self, horizon: int, by: str | None) -> pd.DataFrame:
        """The curve or curves: sums over the accounts of each group, chunk by chunk."""
        import pandas as pd

        totals: dict[Any, Floats] = {}
        for history in self._histories(self.scenario.last_arrival + horizon):
            staying = np.cumprod(1 - _hazard_by_tenure(history, horizon), axis=0)
            groups = _groups(history, by)
            for group in np.unique(groups):
                inside = staying[:, groups == group]
                totals[group] = totals.get(group, 0.0) + np.append(inside.sum(axis=1), inside.shape[1])
        curves = {
            group: pd.DataFrame({"month": np.arange(horizon + 1), "survival": totals[group][:-1] / totals[group][-1]})
            for group in sorted(totals)
        }
        return pd.concat(curves, names=[by]).reset_index(level=0).reset_index(drop=True) if by else curves[0]


def leaving_chance(history: History, who: Ints, tenure: Ints) -> Floats:
    """The chance that a customer still there leaves at the end of some months of tenure.

    Parameters
    ----------
    history : History
        Simulated at least to those months.
    who, tenure : ndarray of int, of shapes that broadcast
        Positions of accounts, and months since signing.

    Returns
    -------
    ndarray of float
        Of not renewing, where a term runs out then, or of an uncontrollable closure; 0 at signing.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> float(leaving_chance(history, np.array([0]), np.array([0]))[0])
    0.0
    """
    s, customers = history.scenario, history.customers
    segment, term = customers.segment[who], customers.term[who]
    seen = customers.start[who] + np.maximum(tenure - s.notice_months, 0)
    logit = renewal_logit(s, segment, term) + s.renewal_value_effect * history.value[seen, history.column[who]]
    refuses = np.where(tenure % term == 0, logistic(logit), 0.0)
    closes = np.array(s.uncontrollable_hazard)[segment]
    return np.where(tenure > 0, 1 - (1 - closes) * (1 - refuses), 0.0)


def _hazard_by_tenure(history: History, horizon: int) -> Floats:
    """The chance of leaving at each tenure (a row each) of every account (a column each)."""
    return leaving_chance(history, np.arange(len(history.column))[None, :], np.arange(horizon + 1)[:, None])


def _groups(history: History, by: str | None) -> NDArray[Any]:
    """The group of each account."""
    if by is None:
        return np.zeros(len(history.column), dtype=np.int64)
    columns = {**account_columns(history), "term_months": history.customers.term}
    if by not in columns:
        raise UsageError(Fault("unknown_need", {"need": f"accounts.{by}", "near": nearest(by, columns)}))
    return np.array(WORDS[by], dtype=object)[columns[by]] if by in WORDS else columns[by]


def _hazards(history: History) -> Columns:
    """The columns of ``hazard`` of one chunk."""
    start = history.customers.start
    count = np.clip(np.minimum(history.left + 1, history.months) - start, 0, None)
    who = np.repeat(np.arange(len(count)), count)
    tenure = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    return {
        "account_id": history.customers.number[who],
        "month": days(history.scenario, start[who] + tenure),
        "tenure": tenure,
        "hazard": leaving_chance(history, who, tenure),
        "latent": history.value_at(who, start[who] + tenure),
    }


def _hidden(history: History) -> Columns:
    """The columns of ``accounts`` of one chunk."""
    customers, gone = history.customers, history.left < history.months
    cause = np.where(history.closed <= history.notice_end, "uncontrollable", "voluntary")
    return {
        "account_id": customers.number,
        "fit": customers.fit,
        "badfit": customers.badfit,
        "first_impression": customers.first_impression,
        "stalled": history.stalled,
        "onboarded_month": np.where(history.onboarded < NEVER, history.onboarded, np.nan),
        "tier": np.array(TIERS, dtype=object)[history.tier],
        "cause_true": np.where(gone, cause, "").astype(object),
        "churn_tenure": np.where(gone, history.left - customers.start, np.nan),
    }


def _framed(parts: list[Columns]) -> pd.DataFrame:
    """The chunks as one frame, with ids in the place of numbers."""
    import pandas as pd

    columns = stacked(parts)
    ids = account_ids(int(columns["account_id"].max(initial=0)) + 1)
    return pd.DataFrame({**columns, "account_id": ids[columns["account_id"]]})
