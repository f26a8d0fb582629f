"""Playbooks: what is looked for, who then does what by when, and how one tells that it worked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.alerts.dated import Late, Silence, Written, lacking
from cslab.measure.alerts.due import SIGNAL, Near, Supplied
from cslab.measure.alerts.monthly import Burst, Fall, Level
from cslab.measure.alerts.only import Only
from cslab.words import label

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

Condition = Written | Late | Silence | Fall | Level | Burst | Near | Supplied
"""What a rule looks for."""

LOSS, GROWTH = "loss", "growth"
EVERYBODY = Only()
TARGETS = (LOSS, GROWTH)
"""What an alert is about: a customer who may leave, or one who may grow."""


@dataclass(frozen=True)
class Playbook:
    """One rule, and the play that follows when it fires.

    Parameters
    ----------
    name : str
    when : tuple of Condition
        Any of them fires it.
    otherwise : tuple of Condition
        What is looked at instead where a book allows none of these.
    only : Only
    target : str
        One of ``TARGETS``.
    severity : str
        ``low``, ``medium`` or ``high``.
    owner : str
        The department that acts.
    sla_days : int
        Working days within which it acts.
    hours : float
        Of the team, that one play takes (an assumption, grade S).
    rest_days : int
        Days for which the rule is quiet about an account after it has fired.
    holdout : float
        Share of alerts left alone on purpose (0-1), so that the effect of the play can be measured.
    lead_months : tuple of float
        Months before the decision, from and to, that the rule aims at; empty: none in particular.
    evidence : tuple of str
        Columns that whoever acts looks at first.
    en, ja, play_en, play_ja, success_en, success_ja : str
        What readers call the rule, what is done, and when it has worked.

    >>> from cslab.measure.alerts.limits import Limit
    >>> Playbook("own", (Supplied("risk", Limit(">", 0.5)),)).needs
    ('signal:risk',)
    """

    name: str
    when: tuple[Condition, ...]
    otherwise: tuple[Condition, ...] = ()
    only: Only = EVERYBODY
    target: str = LOSS
    severity: str = "medium"
    owner: str = ""
    sla_days: int = 5
    hours: float = 1.0
    rest_days: int = 90
    holdout: float = 0.1
    lead_months: tuple[float, ...] = ()
    evidence: tuple[str, ...] = ()
    en: str = ""
    ja: str = ""
    play_en: str = ""
    play_ja: str = ""
    success_en: str = ""
    success_ja: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """All that its conditions take, those in reserve not counted. For an example see the class."""
        named = (need for part in (*self.when, self.only) for need in part.needs)
        return tuple(dict.fromkeys(named))

    def label(self, lang: str = "en") -> str:
        """What readers call the rule.

        Parameters
        ----------
        lang : str

        >>> Playbook("own", (), ja="自社のルール").label("ja"), Playbook("own", ()).label()
        ('自社のルール', 'own')
        """
        return (self.ja if lang == "ja" else self.en) or self.name

    def lacks(self, book: Book, signals: Mapping[str, pd.DataFrame]) -> list[str]:
        """What a book lacks for the rule to run; nothing where one of its conditions can be told.

        Parameters
        ----------
        book : Book
        signals : mapping of str to DataFrame
            As for ``fire``.

        >>> import cslab
        >>> from cslab.measure.alerts.limits import Limit
        >>> Playbook("own", (Supplied("risk", Limit(">", 0.5)),)).lacks(cslab.load("synthetic:tiny"), {})
        ['signal:risk']
        """
        beside = _missing(self.only.needs, book, signals)
        if self.possible(book, signals):
            return beside
        needs = (need for condition in self.when for need in condition.needs)
        return [*dict.fromkeys(_missing(tuple(needs), book, signals)), *beside]

    def possible(self, book: Book, signals: Mapping[str, pd.DataFrame]) -> tuple[Condition, ...]:
        """The conditions that a book allows; those in reserve where it allows none of the others.

        Parameters
        ----------
        book, signals
            As for :meth:`lacks`.

        >>> import cslab
        >>> from cslab.measure.alerts.limits import Limit
        >>> Playbook("own", (Supplied("risk", Limit(">", 0.5)),)).possible(cslab.load("synthetic:tiny"), {})
        ()
        """
        for conditions in (self.when, self.otherwise):
            if found := tuple(one for one in conditions if not _missing(one.needs, book, signals)):
                return found
        return ()


@dataclass(frozen=True)
class Playbooks:
    """A company's playbooks.

    Parameters
    ----------
    name : str
    playbooks : mapping of str to Playbook

    >>> list(Playbooks("own", {"risky": Playbook("risky", ())}).playbooks)
    ['risky']
    """

    name: str
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)

    def chosen(self, *names: str) -> Playbooks:
        """Some of them.

        Parameters
        ----------
        *names : str

        Raises
        ------
        UsageError
            For names that there are not, each with the nearest.

        >>> list(Playbooks("own", {"a": Playbook("a", ()), "b": Playbook("b", ())}).chosen("b").playbooks)
        ['b']
        """
        known = ", ".join(self.playbooks)
        faults = [
            Fault("alerts.rule", {"rule": name, "near": nearest(name, self.playbooks), "known": known})
            for name in names
            if name not in self.playbooks
        ]
        if faults:
            raise UsageError(*faults)
        return replace(self, playbooks={name: self.playbooks[name] for name in names})

    def lacks(self, book: Book, signals: Mapping[str, pd.DataFrame] | None = None) -> list[Fault]:
        """Which rules cannot run on a book, and what each needs.

        Parameters
        ----------
        book : Book
        signals : mapping of str to DataFrame, optional
            As for ``fire``.

        Returns
        -------
        list of Fault
            One a rule.

        >>> import cslab
        >>> from cslab.measure import alerts
        >>> [fault.values["rule"] for fault in alerts.playbooks().lacks(cslab.load("synthetic:tiny"))]
        ['payment_overdue']
        """
        return list(self._lacking(book, signals or {}))

    def only(self, book: Book, signals: Mapping[str, pd.DataFrame] | None = None) -> Playbooks:
        """The rules that can run on a book.

        Parameters
        ----------
        book, signals
            As for :meth:`lacks`.

        Raises
        ------
        NotReady
            Where none can, with what each needs.

        >>> import cslab
        >>> from cslab.measure import alerts
        >>> "payment_overdue" in alerts.playbooks().only(cslab.load("synthetic:tiny")).playbooks
        False
        """
        faults = self.lacks(book, signals)
        gone = {fault.values["rule"] for fault in faults}
        if gone >= set(self.playbooks):
            raise NotReady(*faults)
        return replace(self, playbooks={name: one for name, one in self.playbooks.items() if name not in gone})

    def table(self, lang: str = "en") -> pd.DataFrame:
        """The playbooks to be read: what fires, who does what by when, and when it has worked.

        Parameters
        ----------
        lang : str

        Returns
        -------
        DataFrame
            ``rule_id``, ``rule``, ``play``, ``owner``, ``sla_days``, ``success``, ``lead_from``, ``lead_to`` (months,
            missing: none in particular), ``holdout``.

        >>> from cslab.measure import alerts
        >>> len(alerts.playbooks().table())
        11
        """
        import pandas as pd

        columns = {
            "rule_id": [*self.playbooks],
            "rule": [one.label(lang) for one in self.playbooks.values()],
            "play": [one.play_ja if lang == "ja" else one.play_en for one in self.playbooks.values()],
            "owner": [label(one.owner, lang) for one in self.playbooks.values()],
            "sla_days": [one.sla_days for one in self.playbooks.values()],
            "success": [one.success_ja if lang == "ja" else one.success_en for one in self.playbooks.values()],
            "lead_from": [min(one.lead_months, default=None) for one in self.playbooks.values()],
            "lead_to": [max(one.lead_months, default=None) for one in self.playbooks.values()],
            "holdout": [one.holdout for one in self.playbooks.values()],
        }
        return pd.DataFrame(columns).astype({"lead_from": float, "lead_to": float})

    def _lacking(self, book: Book, signals: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
        """The fault of each rule that cannot run."""
        for name, one in self.playbooks.items():
            if needs := one.lacks(book, signals):
                columns = [need for need in needs if not need.startswith(SIGNAL)]
                supplied = [need.removeprefix(SIGNAL) for need in needs if need.startswith(SIGNAL)]
                key = "alerts.needs_signal" if supplied and not columns else "alerts.needs_columns"
                yield Fault(key, {"rule": name, "needs": ", ".join([*columns, *supplied])})


def _missing(needs: tuple[str, ...], book: Book, signals: Mapping[str, pd.DataFrame]) -> list[str]:
    """Which of some needs neither a book nor a supplied number meets."""
    asked = tuple(need for need in needs if not need.startswith(SIGNAL))
    supplied = [need for need in needs if need.startswith(SIGNAL) and need.removeprefix(SIGNAL) not in signals]
    return [*lacking(book, asked), *supplied]
