"""What is true of a company's programmes: their chains, and what each brings its customers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError, nearest
from cslab.world.futures import FUTURES
from cslab.world.lives import Lives
from cslab.world.programmes.chains import chains
from cslab.world.programmes.programme import CHAINS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.world.policy import Policy
    from cslab.world.scenario import Scenario

COMMUNITY = "community"
"""The chain that no programme takes customers on for: they join by themselves."""


class ProgrammesTruth(ABC):
    """The part of a company's truth that is about its programmes.

    >>> from cslab.world import company
    >>> isinstance(company("tiny").truth, ProgrammesTruth)
    True
    """

    scenario: Scenario
    policy: Policy
    chunk: int

    @property
    @abstractmethod
    def _lived(self) -> Lives:
        """Where the histories are kept."""

    @abstractmethod
    def effect(
        self,
        policy: Policy | str,
        against: Policy | str = "",
        since: pd.Timestamp | str = "",
        horizon: int = 24,
        futures: int = FUTURES,
    ) -> pd.DataFrame:
        """How much more each account can be expected to bring under one policy than under another."""

    @property
    def without_effect(self) -> tuple[str, ...]:
        """What stands in the tables and changes nothing for anybody: what looks like its effect is none.

        ``content_exposure.opened`` (being shown content acts, opening it does not), ``touches`` (a tier acts, no single
        touch does; except where hours are shared out), ``community``, and ``programme:NAME`` of every programme that
        does nothing.

        >>> from cslab.world import company
        >>> company("tiny").truth.without_effect
        ('content_exposure.opened', 'touches', 'programme:user_meeting')
        """
        s, found = self.scenario, ["content_exposure.opened"]
        found += [] if self.policy.coupling else ["touches"]
        found += [] if s.community_lift or s.advocate_community != 1 else ["community"]
        return (*found, *(f"programme:{name}" for name in s.programs if CHAINS[name].idle(s.program_effect)))

    def chains(self) -> pd.DataFrame:
        """Every link of every chain, as strong as it is simulated in this company.

        Returns
        -------
        DataFrame
            ``chain``, ``link`` (from 1), ``from``, ``to``, ``strength`` with its ``unit``, ``lag_min``, ``lag_mode``,
            ``lag_max`` (months), ``grade`` of the evidence, ``runs`` (whether it is simulated in this company).

        >>> from cslab.world import company
        >>> table = company("tiny").truth.chains()
        >>> sorted(table.loc[table["runs"], "chain"].unique())
        ['community', 'user_meeting']
        """
        return chains(self.scenario)

    def program(
        self, name: str, since: pd.Timestamp | str = "", horizon: int = 24, futures: int = FUTURES
    ) -> pd.DataFrame:
        """What a programme brings each account: all whose turn comes take part, against nobody; the others go on.

        Parameters
        ----------
        name : str
            A programme of this company.
        since, horizon, futures
            As for ``expected``.

        Returns
        -------
        DataFrame
            As ``effect``; exactly 0 for those whose turn does not come in time.

        Raises
        ------
        UsageError
            For a programme that the company does not run.

        >>> from cslab.world import company
        >>> float(company("tiny").truth.program("user_meeting", horizon=6, futures=2)["retained"].abs().max())
        0.0
        """
        with_, without = self._alone(name)
        return self.effect(with_, without, since, horizon, futures)

    def paired(self, name: str, accounts: int = 0) -> tuple[Book, Book]:
        """The company with everybody whose turn comes in a programme, and with nobody; the rest goes on as it is.

        The same customers with the same luck, so what differs between the two books is the programme's doing, whatever
        indicator of them one looks at. Of the community, which customers join by themselves: the company as it is, and
        one in which nobody joins; there the gain is what differs more among members than among others, because what
        they are expected to gain is taken from everybody.

        Parameters
        ----------
        name : str
            A programme of this company, or ``community`` where there is one.
        accounts : int
            Customers drawn; 0: as many as the company's.

        Returns
        -------
        tuple of (Book, Book)
            With it, and without it. In the second nobody's turn comes.

        Raises
        ------
        UsageError
            For what the company does not run, or no such number of customers.

        >>> from cslab.world import company
        >>> with_, without = company("tiny").truth.paired("user_meeting")
        >>> with_.usage_monthly.equals(without.usage_monthly), len(without.program_enrolment)
        (True, 0)
        """
        from cslab.world.firm import book_of  # which rests on this module

        lived = self._many(accounts)
        if name == COMMUNITY and self.scenario.on(COMMUNITY):
            alone = lived.scenario.with_(community_join=0.0)
            return book_of(lived), book_of(Lives(alone, self.policy, self.chunk))
        with_, without = (book_of(lived.under(policy)) for policy in self._alone(name))
        return with_, without

    def _many(self, accounts: int) -> Lives:
        """The company's histories: its own, or with so many customers drawn."""
        if accounts in (0, self.scenario.accounts):
            return self._lived
        return Lives(self.scenario.with_(accounts=accounts), self.policy, self.chunk)

    def _alone(self, name: str) -> tuple[Policy, Policy]:
        """The company's policy with everybody in one programme, and with nobody."""
        if name not in self.scenario.programs:
            known = ", ".join(self.scenario.programs) or "-"
            near = nearest(name, self.scenario.programs) or known
            raise UsageError(Fault("unknown_program", {"name": name, "near": near, "known": known}))
        policy = self.policy
        others = tuple(zip(self.scenario.programs, policy.designs(self.scenario), strict=True))
        with_, without = (
            replace(policy, name=f"{policy.name}, {name} {design}", enrolment=(*others, (name, design)))
            for design in ("open", "none")
        )
        return with_, without
