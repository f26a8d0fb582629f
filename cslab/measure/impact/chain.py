"""Impact chains: from what a team does to what it is for, link by link, as somebody declares it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.impact.indicator import Indicator
from cslab.measure.impact.parts import Cause, Link, Node, either
from cslab.words import word


@dataclass(frozen=True)
class Chain:
    """An impact chain.

    Parameters
    ----------
    name, en, ja : str
        What it is called: short, and in both languages.
    programme : str
        Its row in ``programs``; empty where ``starts`` says who takes part.
    starts : Indicator, optional
        Who takes part where no register says it: a customer does from the first month on in which this is above 0.
    hours : float
        The team's for one participant; missing: as ``programs`` says.
    reach : float
        Customers whom it can take on; missing: as the records say.
    nodes : tuple of Node
    links : tuple of Link
    causes : tuple of Cause
    control : Indicator, optional
        What the programme cannot touch: the negative control.
    programme_line : int
        Where its programme stands in its file.
    file : str
        What to call that in messages.

    >>> from cslab.measure.impact import Chain
    >>> Chain("faq", nodes=(Node("articles", "activity"),)).activity.id
    'articles'
    """

    name: str
    en: str = ""
    ja: str = ""
    programme: str = ""
    starts: Indicator | None = None
    hours: float = math.nan
    reach: float = math.nan
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    causes: tuple[Cause, ...] = ()
    control: Indicator | None = None
    programme_line: int = 1
    file: str = "chain.yaml"

    @staticmethod
    def from_yaml(text: str | bytes, name: str = "chain.yaml") -> Chain:
        """Read a chain.

        Parameters
        ----------
        text : str or bytes
            YAML; ``datasets/chains/README.md`` explains its form.
        name : str
            What to call the file in messages.

        Raises
        ------
        DataError
            With everything that is wrong, and its lines.

        >>> Chain.from_yaml("name: faq", "faq.yaml")
        Traceback (most recent call last):
        cslab.faults.DataError: 3 faults in faq.yaml
        ...
        """
        from cslab.measure.impact.declared import made_out
        from cslab.sources.declared import refusal

        chain, faults = made_out(text, name)
        if faults:
            raise refusal(name, faults)
        return chain

    def title(self, lang: str) -> str:
        """What it is called in a language; its short name where nobody has written it.

        Parameters
        ----------
        lang : str

        >>> Chain("faq").title("en")
        'faq'
        """
        return either(self.en, self.ja, lang) or self.name

    @property
    def activity(self) -> Node:
        """What the team does: where the chain begins, but for what goes in."""
        return next(node for node in self.nodes if node.level == "activity")

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its place: a node's or cause's id, ``starts``, ``control``."""
        places = {node.id: node.indicator for node in self.nodes} | {one.id: one.indicator for one in self.causes}
        places |= {"starts": self.starts, "control": self.control}
        return {place: indicator for place, indicator in places.items() if indicator}

    def node(self, name: str) -> Node:
        """The node of a name.

        Parameters
        ----------
        name : str

        Raises
        ------
        UsageError
            For one that the chain does not have, with the nearest.

        >>> Chain("faq", nodes=(Node("articles", "activity"),)).node("articles").level
        'activity'
        """
        by_name = {node.id: node for node in self.nodes}
        if name not in by_name:
            raise UsageError(_unknown("chain.no_such_node", self.name, name, by_name))
        return by_name[name]

    def link(self, name: str) -> Link:
        """The link of a name.

        Parameters
        ----------
        name : str
            From, and to: ``"articles>tickets"``.

        Raises
        ------
        UsageError
            For one that the chain does not have, with the nearest.

        >>> Chain("faq", links=(Link("articles", "tickets"),)).link("articles>tickets").target
        'tickets'
        """
        by_name = {link.id: link for link in self.links}
        if name not in by_name:
            raise UsageError(_unknown("chain.no_such_link", self.name, name, by_name))
        return by_name[name]

    def label(self, name: str, lang: str) -> str:
        """What a node or cause is called in a language.

        Parameters
        ----------
        name : str
        lang : str

        >>> Chain("faq", nodes=(Node("articles", "activity", "articles published"),)).label("articles", "en")
        'articles published'
        """
        causes = {cause.id: cause for cause in self.causes}
        return (causes[name] if name in causes else self.node(name)).label(lang)

    def waits(self, link: Link) -> bool:
        """Whether a link shows only when customers renew: it leads to staying, from what is something else.

        Parameters
        ----------
        link : Link

        >>> from cslab.measure.impact.indicator import parse
        >>> nodes = (Node("use", "outcome"), Node("renewal", "impact", indicator=parse("retained")))
        >>> Chain("faq", nodes=nodes).waits(Link("use", "renewal"))
        True
        """
        source, target = self._kind(link.source), self._kind(link.target)
        return target == "retained" and source != "retained"

    def _kind(self, name: str) -> str:
        """The kind of a node's indicator."""
        indicator = self.indicators.get(name)
        return indicator.kind if indicator else ""


def said(link: Link, chain: Chain, lang: str) -> str:
    """A link as people say it: from what to what.

    Parameters
    ----------
    link : Link
    chain : Chain
    lang : str

    >>> chain = Chain("faq", nodes=(Node("a", "activity", "articles"), Node("b", "outcome", "enquiries")))
    >>> said(Link("a", "b"), chain, "en")
    'articles → enquiries'
    """
    return word("label.chain.link", lang, source=chain.label(link.source, lang), target=chain.label(link.target, lang))


def _unknown(key: str, chain: str, name: str, known: Iterable[str]) -> Fault:
    """The fault of a name that a chain does not have."""
    names = list(known)
    return Fault(key, {"name": name, "chain": chain, "near": nearest(name, names), "known": ", ".join(names)})
