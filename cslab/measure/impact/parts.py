"""What an impact chain is made of: nodes, links between them, and causes that act on several at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cslab.measure.impact.indicator import Indicator

LEVELS = ("input", "activity", "output", "outcome", "impact")
"""From what goes in to what it is for."""


@dataclass(frozen=True)
class Node:
    """One thing that a chain leads through.

    Parameters
    ----------
    id : str
        Its short name.
    level : str
        One of ``LEVELS``.
    en, ja : str
        What it is called.
    indicator : Indicator, optional
        What it is seen by in the records; None for what no table shows, and for the activity: the programme shows it.
    unit_en, unit_ja : str
        What the indicator counts, such as "tickets a month".
    worth : float
        Money that one unit more is worth, each time the indicator counts it; below 0 where it costs; missing: not said.
    line : int
        Where it stands in its file.

    >>> Node("tickets", "outcome", "fewer enquiries").label("ja")
    'fewer enquiries'
    """

    id: str
    level: str
    en: str = ""
    ja: str = ""
    indicator: Indicator | None = None
    unit_en: str = ""
    unit_ja: str = ""
    worth: float = math.nan
    line: int = 1

    def label(self, lang: str) -> str:
        """What it is called in a language; in the other one where nobody has written it.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"ja"``.

        >>> Node("tickets", "outcome").label("en")
        'tickets'
        """
        return either(self.en, self.ja, lang) or self.id

    def unit(self, lang: str) -> str:
        """What its indicator counts, in a language; empty where nobody says it.

        Parameters
        ----------
        lang : str

        >>> Node("tickets", "outcome", unit_en="tickets a month").unit("en")
        'tickets a month'
        """
        return either(self.unit_en, self.unit_ja, lang)


@dataclass(frozen=True)
class Link:
    """One step of a chain: what is thought to bring what, by how much and when.

    Parameters
    ----------
    source, target : str
        Nodes.
    sign : int
        Of the change of the target for one participant: 1, -1; 0 where nobody says it.
    effect : float
        Size of that change, once this link has done its work, in units of the target's indicator; missing: not said.
    lag : tuple of float
        Months until it shows: least, likeliest, largest.
    assumption_en, assumption_ja : str
        What must be so for it to hold.
    owner : str
        The department that answers for it.
    grade : str
        Of the evidence: A paper, B survey or disclosure, C rule of thumb, S one's own convention; empty: not said.
    power : str
        Whether an experiment over 4,000 accounts would see it: ``strong``, ``weak``, ``hopeless``; empty: not known.
    line : int
        Where it stands in its file.

    >>> link = Link("articles", "tickets", -1, 0.11, (1, 2, 3))
    >>> link.id, link.declared
    ('articles>tickets', -0.11)
    """

    source: str
    target: str
    sign: int = 0
    effect: float = math.nan
    lag: tuple[float, float, float] = (0.0, 0.0, 0.0)
    assumption_en: str = ""
    assumption_ja: str = ""
    owner: str = ""
    grade: str = ""
    power: str = ""
    line: int = 1

    @property
    def id(self) -> str:
        """What it is called: from, and to."""
        return f"{self.source}>{self.target}"

    @property
    def declared(self) -> float:
        """The change of the target that is declared for one participant; missing where size or sign is not said."""
        return self.sign * self.effect if self.sign else math.nan

    def assumption(self, lang: str) -> str:
        """What must be so for it to hold, in a language; empty where nobody says it.

        Parameters
        ----------
        lang : str

        >>> Link("a", "b", assumption_en="they read it").assumption("en")
        'they read it'
        """
        return either(self.assumption_en, self.assumption_ja, lang)


@dataclass(frozen=True)
class Cause:
    """A common cause: something outside of the chain that acts on several of its nodes.

    Parameters
    ----------
    id, en, ja : str
        As for a node.
    acts_on : tuple of str
        Nodes.
    indicator : Indicator, optional
        What it is seen by; None for what no table shows.
    line : int
        Where it stands in its file.

    >>> Cause("health", "health", "健全度", ("articles", "renewal")).label("ja")
    '健全度'
    """

    id: str
    en: str = ""
    ja: str = ""
    acts_on: tuple[str, ...] = ()
    indicator: Indicator | None = None
    line: int = 1

    def label(self, lang: str) -> str:
        """What it is called in a language; in the other one where nobody has written it.

        Parameters
        ----------
        lang : str

        >>> Cause("season").label("en")
        'season'
        """
        return either(self.en, self.ja, lang) or self.id


def either(en: str, ja: str, lang: str) -> str:
    """A text in a language; in the other one where nobody has written it.

    Parameters
    ----------
    en, ja : str
        As somebody wrote it; empty where nobody did.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> either("health", "", "ja")
    'health'
    """
    return (ja or en) if lang == "ja" else (en or ja)
