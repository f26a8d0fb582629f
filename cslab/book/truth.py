"""What a book's truth can be asked: a promise that the simulator keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.book.supposition import Supposition


class Truth(Protocol):
    """What only a simulator knows. Nothing of it stands in a table."""

    @property
    def touch_lines(self) -> tuple[float, float] | None:
        """MRR at signing from which the company gives mid touch, and high touch; none where it draws no such lines."""
        ...

    @property
    def without_effect(self) -> tuple[str, ...]:
        """What stands in the tables and changes nothing for anybody: ``touches``, ``programme:user_meeting`` ..."""
        ...

    def survival(self, horizon: int, by: str | None = None) -> pd.DataFrame:
        """Expected share still a customer, of all customers drawn, by months since signing.

        Parameters
        ----------
        horizon : int
            Last month.
        by : str, optional
            A column of ``accounts`` to split by.

        Returns
        -------
        DataFrame
            ``month`` (0..horizon), ``survival`` (0-1), after the column ``by`` where there is one.
        """
        ...

    def incidence(self, horizon: int, by: str | None = None) -> pd.DataFrame:
        """Expected share that has left for each true cause, of all customers drawn, by months since signing.

        Parameters
        ----------
        horizon : int
            Last month.
        by : str, optional
            A column of ``accounts`` to split by.

        Returns
        -------
        DataFrame
            ``month`` (0..horizon), ``voluntary``, ``uncontrollable`` (0-1), after the column ``by`` where there is one.
        """
        ...

    def causes(
        self, start: pd.Timestamp | str, end: pd.Timestamp | str, policy: str | Sequence[str] = ""
    ) -> pd.DataFrame:
        """How many departures were to be expected in a window, by their true cause.

        Parameters
        ----------
        start, end : Timestamp or str
            ``start`` included, ``end`` not.
        policy : str or sequence of str
            Under which the same customers live with the same luck. Empty: the company's own.

        Returns
        -------
        DataFrame
            ``policy``, ``cause`` (``voluntary``, ``uncontrollable``), ``departures`` (expected number), ``share``.
        """
        ...

    def hazard(self) -> pd.DataFrame:
        """Chance of leaving and latent value of every account-month.

        Returns
        -------
        DataFrame
            ``account_id``, ``month`` (date), ``spell`` (1; 2: one who came back, from its return on), ``tenure``
            (months since the first signing; in a second spell since the return), ``hazard`` (0-1), ``latent``.
        """
        ...

    def accounts(self) -> pd.DataFrame:
        """What is true of each account and stands in no export.

        Returns
        -------
        DataFrame
            ``account_id``, ``fit``, ``badfit``, ``first_impression``, ``stalled``, ``onboarded_month``, ``tier``,
            ``cause_true`` (empty, ``voluntary`` or ``uncontrollable``), ``churn_tenure`` (months), ``winback_month``,
            ``handoff_quality``, ``high_effort``, ``maturity_first``, ``maturity_last`` (levels), ``member_month``,
            ``member_active``. One row an account; months count from its first signing.
        """
        ...

    def csms(self) -> pd.DataFrame:
        """What each CSM brings to the accounts that it held within the records, on average a month of one.

        Returns
        -------
        DataFrame
            ``csm_id``, ``skill`` (added to the level that latent value is pulled to, beyond an average CSM), ``latent``
            (added to latent value by then), ``usage`` (to the expected ``wau_ratio``, 0-1), ``leaving`` (to the monthly
            chance of leaving), ``accounts`` (how many it held), ``account_months``.
        """
        ...

    def later(self, plans: Mapping[str, pd.Series | str], since: pd.Timestamp | str, months: int = 24) -> pd.DataFrame:
        """What becomes of the customers of a day under some plans of tiers, with the luck that the company has.

        Parameters
        ----------
        plans : mapping of str to Series or str
            A tier by ``account_id``, where accounts that are not named keep theirs; or the name of a policy.
        since : Timestamp or str
            The day from which the plan holds.
        months : int
            To look ahead.

        Returns
        -------
        DataFrame
            A row a plan and customer of that day: ``plan``, ``account_id``, ``retained`` (to the end), and summed over
            the months ``value_amount`` (MRR), ``hours`` (of customer success), ``cost_amount`` (of these hours).
        """
        ...

    def program(self, name: str, since: pd.Timestamp | str = "", horizon: int = 24, futures: int = 64) -> pd.DataFrame:
        """What a programme brings each account: all whose turn comes take part, against nobody; the others go on.

        Parameters
        ----------
        name : str
            A programme of the company.
        since : Timestamp or str
            A day; empty: from each account's signing.
        horizon : int
            Months to look ahead.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``account_id``, ``retained`` (0-1), ``retained_error``, ``value_amount``, ``value_error``, ``months``: all
            of them differences.
        """
        ...

    def paired(self, name: str, accounts: int = 0) -> tuple[Book, Book]:
        """The company with everybody whose turn comes in a programme, and with nobody: same customers, same luck.

        Parameters
        ----------
        name : str
            A programme of the company, or ``community``.
        accounts : int
            Customers drawn; 0: as many as the company's.

        Returns
        -------
        tuple of (Book, Book)
            With it, and without it.
        """
        ...

    def rerun(self, policy: str) -> Book:
        """The same customers with the same luck under another policy.

        Parameters
        ----------
        policy : str

        Returns
        -------
        Book
            With its own truth; its tables are made when they are asked for.
        """
        ...

    def expected(
        self, policy: str | Sequence[str] = "", since: pd.Timestamp | str = "", horizon: int = 24, futures: int = 64
    ) -> pd.DataFrame:
        """What each account can be expected to bring under one policy or several, over many futures.

        Parameters
        ----------
        policy : str or sequence of str
            Empty: the company's own.
        since : Timestamp or str
            A day; empty: from each account's signing.
        horizon : int
            Months to look ahead.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``policy``, ``account_id``, ``retained`` (0-1), ``retained_error``, ``value_amount``, ``value_error``,
            ``months`` (as a customer).
        """
        ...

    def risk(self, as_of: pd.Timestamp | str, horizon: int = 12, futures: int = 64) -> pd.DataFrame:
        """The chance that each account there on a day leaves within some months.

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
        """
        ...

    def supposing(
        self,
        suppositions: Supposition | Sequence[Supposition],
        since: pd.Timestamp | str = "",
        horizon: int = 36,
        futures: int = 64,
        discount: float = 0.0,
    ) -> pd.DataFrame:
        """What each account can be expected to bring if something were otherwise, beside what it brings as things are.

        Parameters
        ----------
        suppositions : Supposition, or a sequence of them
            Of ``cslab.book.supposition``; none: only the world as it is.
        since : Timestamp or str
            A day; empty: from each account's signing.
        horizon : int
            Months to look ahead.
        futures : int
            How many to average over.
        discount : float
            A year.

        Returns
        -------
        DataFrame
            A row a case (first ``as_it_is``) and account: ``case``, ``account_id``, ``retained`` (0-1),
            ``value_amount``, ``retained_gain``, ``value_gain_amount``, each with its ``..._error``, ``months_...`` and
            ``leaving_...`` of each phase of the world.
        """
        ...

    def impression_effect(self, months: Sequence[int] = (3, 6, 12, 24), futures: int = 16) -> pd.DataFrame:
        """What one sd more of first impression adds to value and usage, some months after signing.

        Parameters
        ----------
        months : sequence of int
            Of tenure.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``month``, ``latent``, ``latent_error``, ``usage`` (expected ``wau_ratio``, 0-1), ``usage_error``.
        """
        ...

    def exits(
        self, months: Sequence[int] = (3, 12, 24), since: pd.Timestamp | str = "", futures: int = 16
    ) -> pd.DataFrame:
        """What becomes of the customers if all exits are easy, and if all are hard: with those who come back.

        Parameters
        ----------
        months : sequence of int
            After which to look.
        since : Timestamp or str
            A day; empty: from each account's signing.
        futures : int
            How many to average over.

        Returns
        -------
        DataFrame
            ``month``, ``exit`` (``easy``, ``hard``), ``left``, ``recorded``, ``returned`` (shares of the customers),
            ``value_amount``, ``returned_amount`` (mean MRR of a customer, summed), ``value_error``.
        """
        ...

    def incident_damage(self, months: int = 12) -> pd.DataFrame:
        """What an incident costs those whom it hits, by whether their first impression was good.

        Parameters
        ----------
        months : int
            How many to follow it.

        Returns
        -------
        DataFrame
            ``impression`` (``poor``, ``good``), ``month`` (0: that of the incident), ``latent``, ``usage``.
        """
        ...
