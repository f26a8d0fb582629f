"""What is true of worlds that can only be wished for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cslab.book.supposition import Supposition
from cslab.faults import Fault, UsageError
from cslab.world import expectation
from cslab.world.futures import FUTURES
from cslab.world.supposed.exits import exits
from cslab.world.supposed.expected import supposing
from cslab.world.supposed.impression import impression_effect, incident_damage

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.scenario import Scenario


class SupposedTruth(ABC):
    """The part of a company's truth that is about what one can only suppose.

    >>> from cslab.world import company
    >>> isinstance(company("tiny").truth, SupposedTruth)
    True
    """

    scenario: Scenario
    _known: dict[Any, pd.DataFrame]

    @abstractmethod
    def hazard(self) -> pd.DataFrame:
        """Chance of leaving and latent value of every account-month to the end of the records."""

    @abstractmethod
    def accounts(self) -> pd.DataFrame:
        """What is true of each customer drawn and stands in no export."""

    @abstractmethod
    def _outlook(self, since: pd.Timestamp | str, horizon: int, futures: int) -> expectation.Outlook:
        """Where a look ahead begins and how far it goes."""

    def supposing(
        self,
        suppositions: Supposition | Sequence[Supposition],
        since: pd.Timestamp | str = "",
        horizon: int = 36,
        futures: int = FUTURES,
        discount: float = 0.0,
    ) -> pd.DataFrame:
        """What each account can be expected to bring if something were otherwise, beside what it brings as things are.

        The same customers in the same futures under the company's own policy, as in ``expected``: whatever differs
        comes of what is supposed. From a day on, it holds from that day; who would then be onboarded already is so at
        once.

        Parameters
        ----------
        suppositions : Supposition, or a sequence of them
            Of ``cslab.book.supposition``. An empty one: only the world as it is.
        since : Timestamp or str
            A day; empty: from each account's signing.
        horizon : int
            Months to look ahead.
        futures : int
            How many to average over.
        discount : float
            A year (0.10 is ten per cent), to where the look ahead begins.

        Returns
        -------
        DataFrame
            A row a case and account: ``case`` (first ``as_it_is``, then each supposition's ``case``), ``account_id``,
            ``retained`` (0-1) and ``value_amount`` (MRR summed over the horizon, discounted) as in ``expected``, what
            each is more than as it is (``retained_gain``, ``value_gain_amount``), each with its Monte-Carlo error in a
            column ``..._error``; then ``months_...`` begun as a customer in each phase of the world, and
            ``leaving_...``, the chance of leaving from it, within the horizon.

        Raises
        ------
        UsageError
            For what is no supposition, what is no day or too early, a horizon or futures below 1, a discount below 0.

        >>> from cslab.book.supposition import Relief
        >>> from cslab.world import company
        >>> found = company("tiny").truth.supposing([Relief("", 1.0)], horizon=6, futures=2)
        >>> found.groupby("case")["retained"].min()["relief::1"].item()
        1.0
        """
        wishes = (suppositions,) if isinstance(suppositions, Supposition) else tuple(suppositions)
        key = ("supposing", wishes, str(since), horizon, futures, discount)
        if key not in self._known:
            _refuse(wishes, discount, since, horizon, futures)
            self._known[key] = supposing(self._outlook(since, horizon, futures), wishes, discount)
        return self._known[key].copy()

    def impression_effect(self, months: Sequence[int] = (3, 6, 12, 24), futures: int = 16) -> pd.DataFrame:
        """What one sd more of first impression adds to value and usage, some months after signing.

        Every customer drawn, in the same futures with and without it, whether it is still a customer by then or not.
        Touch stays as it is: no CSM reacts.

        Parameters
        ----------
        months : sequence of int
            Of tenure, at least one.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``month``, ``latent``, ``latent_error``, ``usage`` (expected ``wau_ratio``, 0-1), ``usage_error``.

        Raises
        ------
        UsageError
            For no month or one below 0, or futures below 1.

        >>> from cslab.world import company
        >>> effect = company("tiny").truth.impression_effect([3, 24], futures=2)["usage"]
        >>> bool(effect[0] > effect[1] > 0)
        True
        """
        if not months or min(months) < 0:
            raise UsageError(Fault("negative_horizon", {"value": min(months, default="-")}))
        return impression_effect(self._outlook("", max(max(months), 1), futures), months)

    def exits(
        self, months: Sequence[int] = (3, 12, 24), since: pd.Timestamp | str = "", futures: int = 16
    ) -> pd.DataFrame:
        """What becomes of the customers if all exits are easy, and if all are hard: with those who come back.

        The same customers in the same futures under the company's own policy. How hard an exit is keeps nobody: it is
        on record a month later, and fewer come back.

        Parameters
        ----------
        months : sequence of int
            After which to look, at least one, each 1 or more.
        since : Timestamp or str
            A day; empty: from each account's signing.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``month``, ``exit`` (``easy``, ``hard``), ``left`` (share who have left), ``recorded`` (share whose leaving
            is on record by then), ``returned`` (share who have come back), ``value_amount`` (mean MRR of a customer
            summed over the months, second spells included), ``returned_amount`` (of it, that of second spells),
            ``value_error`` (Monte-Carlo). No row where the company has no such exits.

        Raises
        ------
        UsageError
            For no month or one below 1, what is no day or too early, or futures below 1.

        >>> from cslab.world import company
        >>> found = company("tiny").truth.exits([3, 24], since="2023-03-31", futures=2).set_index(["month", "exit"])
        >>> bool(found["recorded"][3, "hard"] < found["recorded"][3, "easy"])
        True
        """
        if not months or min(months) < 1:
            raise UsageError(Fault("not_positive", {"name": "months", "value": min(months, default="-")}))
        return exits(self._outlook(since, max(months), futures), months)

    def incident_damage(self, months: int = 12) -> pd.DataFrame:
        """What an incident costs those whom it hits, by whether their first impression was good.

        Parameters
        ----------
        months : int
            How many to follow it.

        Returns
        -------
        DataFrame
            ``impression`` (``poor``, ``good``), ``month`` (0: that of the incident), ``latent``, ``usage`` (expected
            ``wau_ratio``, mean over the recorded account-months): losses, so positive. No row where the company has
            no incidents.

        >>> from cslab.world import company
        >>> company("tiny").truth.incident_damage(months=1)["latent"].tolist()
        [0.3, 0.15]
        """
        cells = self.hazard().merge(self.accounts()[["account_id", "first_impression"]], on="account_id")
        latent, impression = cells["latent"].to_numpy(), cells["first_impression"].to_numpy()
        return incident_damage(self.scenario, latent, impression, months)


def _refuse(
    wishes: tuple[Supposition, ...], discount: float, since: pd.Timestamp | str, horizon: int, futures: int
) -> None:
    """Refuse what makes no sense, all at once."""
    faults = [Fault("no_supposition", {"value": one}) for one in wishes if not isinstance(one, Supposition)]
    if not discount >= 0:
        faults.append(Fault("not_a_rate", {"name": "discount", "value": discount}))
    try:
        expectation.ahead(since, horizon=horizon, futures=futures)
    except UsageError as senseless:
        faults += senseless.faults
    if faults:
        raise UsageError(*faults)
