"""Phases of the lifecycle as rules declare them: what they are called, whose they are, when a customer is in one."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.lifecycle.marks import Mark
from cslab.words import LANGUAGES, label

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book


@dataclass(frozen=True)
class Phase:
    """One phase of the lifecycle.

    Parameters
    ----------
    name : str
    since : str
        The mark that a stay begins with.
    until : tuple of str
        The marks that end it, whichever comes first; none: it goes on.
    late_since : str
        The mark that a stay begins with for customers whose records begin after they signed; empty: ``since``.
    owner : str
        The department in charge.
    target_days : float, optional
        Who stays longer is stuck.
    hours_per_case : float, optional
        Hours of a CSM that help one customer through.
    final : bool
        Whoever is in it has left.
    prospects : bool
        Whoever is in it has not signed yet: where there is a table of deals, its open deals are in it.
    aliases : tuple of str
        Other names of it, in any language.
    en, ja : str
        What readers call it; empty: its label among the kit's words.

    >>> Phase("onboarding", "signed").label("ja")
    'オンボーディング'
    """

    name: str
    since: str
    until: tuple[str, ...] = ()
    late_since: str = ""
    owner: str = ""
    target_days: float | None = None
    hours_per_case: float | None = None
    final: bool = False
    prospects: bool = False
    aliases: tuple[str, ...] = ()
    en: str = ""
    ja: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks that it rests on.

        >>> Phase("onboarding", "signed", ("first_value",)).marks
        ('signed', 'first_value')
        """
        return tuple(name for name in (self.since, *self.until, self.late_since) if name)

    def label(self, lang: str = "en") -> str:
        """What readers call it.

        >>> Phase("trial", "signed", ja="お試し").label("ja"), Phase("trial", "signed").label("ja")
        ('お試し', 'trial')
        """
        return (self.ja if lang == "ja" else self.en) or label(self.name, lang)


@dataclass(frozen=True)
class Rules:
    """A company's phases, and how they are told from its tables.

    Parameters
    ----------
    name : str
    phases : mapping of str to Phase
        In the order of a customer's life.
    precedence : tuple of str
        Who is in several phases at once is in the first of these.
    clock : str
        The mark from which a customer's months count.
    marks : mapping of str to Mark
        Days of an account's life, and where they stand.

    >>> trial = Phase("trial", "signed", aliases=("お試し",))
    >>> Rules("own", {"trial": trial}, ("trial",)).phase_of(" お試し ")
    'trial'
    """

    name: str
    phases: Mapping[str, Phase]
    precedence: tuple[str, ...]
    clock: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def final(self) -> tuple[str, ...]:
        """The phases of those who have left.

        >>> Rules("own", {"gone": Phase("gone", "left", final=True)}, ("gone",)).final
        ('gone',)
        """
        return tuple(name for name, phase in self.phases.items() if phase.final)

    def label(self, phase: str, lang: str = "en") -> str:
        """What readers call a phase.

        Parameters
        ----------
        phase : str
        lang : str

        >>> Rules("own", {"trial": Phase("trial", "signed", en="Trial")}, ("trial",)).label("trial")
        'Trial'
        """
        return self.phases[phase].label(lang) if phase in self.phases else label(phase, lang)

    def called(self, lang: str = "en") -> dict[str, str]:
        """What readers call each phase.

        Parameters
        ----------
        lang : str

        >>> Rules("own", {"trial": Phase("trial", "signed", en="Trial")}, ("trial",)).called()
        {'trial': 'Trial'}
        """
        return {name: phase.label(lang) for name, phase in self.phases.items()}

    @property
    def priced(self) -> bool:
        """Whether hours can be placed by these rules: two phases of customers or more, hours of a case with each.

        >>> Rules("own", {"trial": Phase("trial", "signed", hours_per_case=2.0)}, ("trial",)).priced
        False
        """
        hours = [phase.hours_per_case for phase in self.phases.values() if not (phase.final or phase.prospects)]
        return len(hours) > 1 and all(hours)

    def described(self, as_of: pd.Timestamp) -> dict[Hashable | None, Any]:
        """What a table of phases says about itself in its ``attrs``.

        Parameters
        ----------
        as_of : Timestamp

        Returns
        -------
        dict
            ``as_of``, ``rules`` (their name), ``names`` (by language, what readers call each phase), ``targets``
            (days), ``final`` (phases of those who have left).

        >>> Rules("own", {"trial": Phase("trial", "signed")}, ("trial",)).described(None)["names"]["en"]
        {'trial': 'trial'}
        """
        names = {lang: self.called(lang) for lang in LANGUAGES}
        targets = {name: phase.target_days for name, phase in self.phases.items() if phase.target_days is not None}
        return {"as_of": as_of, "rules": self.name, "names": names, "targets": targets, "final": list(self.final)}

    def named(self, codes: NDArray[np.integer[Any]]) -> pd.Categorical[Any]:
        """Phases by name, as categories in the order of a customer's life.

        Parameters
        ----------
        codes : array of int
            Places in that order; -1: missing.

        >>> Rules("own", {"trial": Phase("trial", "signed")}, ("trial",)).named(np.array([0, -1])).tolist()
        ['trial', nan]
        """
        import pandas as pd

        categories = pd.CategoricalDtype(list(self.phases))
        return pd.Categorical.from_codes(codes, dtype=categories)

    def phase_of(self, alias: str) -> str:
        """The phase that goes by a name: its own, an alias, or what readers call it; case and width do not matter.

        Parameters
        ----------
        alias : str

        Raises
        ------
        UsageError
            With the nearest name that is known.

        >>> Rules("own", {"trial": Phase("trial", "signed")}, ("trial",)).phase_of("TRIAL")
        'trial'
        """
        names = self.names()
        if (found := names.get(folded(alias))) is not None:
            return found
        values = {"phase": alias, "near": nearest(alias, names), "known": ", ".join(self.phases)}
        raise UsageError(Fault("lifecycle.phase", values))

    def names(self) -> dict[str, str]:
        """The phases by every name they go by, in small letters of ordinary width.

        >>> sorted(Rules("own", {"trial": Phase("trial", "signed", aliases=("Pilot",))}, ("trial",)).names())
        ['pilot', 'trial']
        """
        return {
            folded(alias): name
            for name, phase in self.phases.items()
            for alias in (phase.label("en"), phase.label("ja"), *phase.aliases, name)
        }

    def tells_like(self, other: Rules) -> bool:
        """Whether other rules put every customer into the same phase on every day; targets and names may differ.

        Parameters
        ----------
        other : Rules

        >>> from cslab.measure import lifecycle
        >>> lifecycle.rules().tells_like(lifecycle.rules("sansan"))
        False
        """
        return self._telling() == other._telling()

    def _telling(self) -> list[Any]:
        """What decides who is in which phase."""
        phases = [(one.name, one.since, one.until, one.late_since, one.final) for one in self.phases.values()]
        return [phases, self.precedence, self.clock, self.marks]

    def lacks(self, book: Book) -> list[Fault]:
        """What a book lacks for its customers' phases to be told: a fault a phase.

        Parameters
        ----------
        book : Book

        >>> from cslab.measure import lifecycle
        >>> import cslab
        >>> lifecycle.rules().lacks(cslab.load("synthetic:tiny"))
        []
        """
        return list(self._lacking(book))

    def require(self, book: Book) -> None:
        """Raise with every phase that cannot be told from a book, and what it needs.

        Parameters
        ----------
        book : Book

        Raises
        ------
        NotReady

        >>> from cslab.measure import lifecycle
        >>> import cslab
        >>> lifecycle.rules().require(cslab.load("synthetic:tiny"))
        """
        if faults := [*book.lacks("calendar"), *self._no_clock(book), *self._lacking(book)]:
            raise NotReady(*faults)

    def only(self, book: Book) -> Rules:
        """The same rules with those phases alone that can be told from a book; customers fall to the others.

        Parameters
        ----------
        book : Book

        >>> from cslab.measure import lifecycle
        >>> import cslab
        >>> list(lifecycle.rules().only(cslab.load("synthetic:tiny")).phases) == list(lifecycle.rules().phases)
        True
        """
        gone = {fault.values["phase"] for fault in self._lacking(book)}
        phases = {name: phase for name, phase in self.phases.items() if name not in gone}
        return replace(self, phases=phases, precedence=tuple(name for name in self.precedence if name in phases))

    def _no_clock(self, book: Book) -> list[Fault]:
        """The fault of a book that does not say from when a customer's months count."""
        needs = self.marks[self.clock].lacks(book)
        return [Fault("lifecycle.no_clock", {"needs": ", ".join(needs)})] if needs else []

    def _lacking(self, book: Book) -> Iterator[Fault]:
        """The fault of each phase whose marks a book does not hold."""
        for name, phase in self.phases.items():
            needs = [need for mark in phase.marks for need in self.marks[mark].lacks(book)]
            if needs:
                yield Fault("lifecycle.untold", {"phase": name, "needs": ", ".join(dict.fromkeys(needs))})


def folded(name: str) -> str:
    """A name in small letters of ordinary width.

    Parameters
    ----------
    name : str

    >>> folded(" Ｏnboarding ")
    'onboarding'
    """
    return unicodedata.normalize("NFKC", str(name)).strip().casefold()
