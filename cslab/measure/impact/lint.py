"""What is still wrong with a chain: outputs that pose as outcomes, links that nothing shows, lags too short."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault
from cslab.measure.impact.cues import classify
from cslab.measure.impact.graph import cycle, due, roads, tested
from cslab.measure.impact.parts import LEVELS
from cslab.measure.impact.waits import Waits

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.parts import Link, Node

SERIOUS = frozenset({"cycle", "poses", "counts_ours", "unseen", "no_sign", "no_effect", "lag_short"})
"""What keeps a chain from being judged, or makes the verdict one about something else; everything else is advice."""

OURS = ("touches", "csm_time", "alerts", "handoffs", "programs", "program_enrolment", "content", "content_exposure")
"""Tables of what the team does: what they count is at best an output."""

_CUSTOMERS = ("outcome", "impact")
"""Levels at which customers must do, feel or gain something."""


def lint(chain: Chain, book: Book | None = None, lang: str = "en") -> pd.DataFrame:
    """Everything that is to be mended on a chain.

    Parameters
    ----------
    chain : Chain
    book : Book, optional
        Whether the lags leave time for the renewals that they wait for, too, by the contracts in force.
    lang : str
        As for :func:`findings`, and of what is said.

    Returns
    -------
    DataFrame
        One row a finding, by line: ``line``, ``place`` (a node, or a link such as ``articles>tickets``; empty: the
        whole chain), ``rule``, ``serious`` (a verdict would mislead), ``says``. Empty: nothing to mend.

    Source: levels as in logic models; outputs are not outcomes (grade A). Words are judged by ``classify``, which is
    wrong now and then.

    >>> from cslab.measure.impact import shipped
    >>> lint(shipped("faq")).empty
    True
    """
    import pandas as pd

    rows = [
        {
            "line": fault.values["line"],
            "place": fault.values.get("place", ""),
            "rule": rule(fault),
            "serious": serious(fault),
            "says": fault.text(lang),
        }
        for fault in findings(chain, book, lang)
    ]
    return pd.DataFrame(rows, columns=["line", "place", "rule", "serious", "says"])


def findings(chain: Chain, book: Book | None = None, lang: str = "en") -> list[Fault]:
    """The same as faults, by line.

    Parameters
    ----------
    chain, book
        As for :func:`lint`. A draft that lacks an activity, names nodes that are not there or runs in a circle
        (``made_out``) is looked at as far as it goes.
    lang : str
        ``"en"`` or ``"ja"``. Names are looked at in both languages; where both are off, that of this one is told.

    >>> from cslab.measure.impact import made_out
    >>> text = "name: a\\nprogramme: a\\nnodes: {do: {level: activity}, held: {level: outcome, en: 9 webinars held}}\\n"
    >>> chain, _ = made_out(text + "links: [{from: do, to: held, lag_months: [0, 1, 2]}]\\n", "a.yaml")
    >>> [rule(fault) for fault in findings(chain)]
    ['poses', 'unseen', 'no_impact', 'no_sign', 'no_effect', 'no_owner', 'no_assumption']
    """
    found = [fault for node in chain.nodes for fault in _node(node, lang)]
    found += [*_no_impact(chain)]
    found += [fault for link in chain.links for fault in _unsaid(chain, link)]
    if around := cycle(chain):
        line = next(link.line for link in chain.links if (link.source, link.target) == around[:2])
        found.append(Fault("lint.cycle", {"line": line, "nodes": " → ".join(around)}))
    elif _begins(chain):
        found += [*_unfelt(chain), *_backwards(chain), *(_short(chain, book) if book else ())]
    return sorted(found, key=lambda fault: int(fault.values["line"]))


def rule(fault: Fault) -> str:
    """The rule behind a finding.

    Parameters
    ----------
    fault : Fault

    >>> rule(Fault("lint.poses"))
    'poses'
    """
    return fault.key.removeprefix("lint.")


def serious(fault: Fault) -> bool:
    """Whether a finding keeps a chain from being judged, or would make its verdicts mislead.

    Parameters
    ----------
    fault : Fault

    >>> serious(Fault("lint.poses")), serious(Fault("lint.no_owner"))
    (True, False)
    """
    return rule(fault) in SERIOUS


def _fault(name: str, at: Node | Link, **values: Any) -> Fault:
    """A finding about a node or a link."""
    return Fault(f"lint.{name}", {"line": at.line, "place": at.id, **values})


def _begins(chain: Chain) -> bool:
    """Whether a chain has the one activity from which roads can be followed, and no link leads nowhere."""
    known = {node.id for node in chain.nodes}
    whole = all({link.source, link.target} <= known for link in chain.links)
    return whole and sum(node.level == "activity" for node in chain.nodes) == 1


def _node(node: Node, lang: str) -> Iterator[Fault]:
    """A node that says our own work where customers should be, or that nothing shows."""
    if node.level in _CUSTOMERS:
        yield from _poses(node, lang)
        if node.indicator and node.indicator.table in OURS:
            yield _fault("counts_ours", node, table=node.indicator.table, level=node.level)
    if not node.indicator and node.level not in ("input", "activity"):
        yield _fault("unseen", node)


def _poses(node: Node, lang: str) -> Iterator[Fault]:
    """A name that says our own work: told once, of this language where it is off in both."""
    names = sorted((("en", node.en), ("ja", node.ja)), key=lambda one: one[0] != lang)
    read = [(text, classify(text, spoken)) for spoken, text in names if text]
    for text, said in [one for one in read if one[1].level in LEVELS[:3]][:1]:
        yield _fault("poses", node, text=text, words=", ".join(said.words), level=node.level, said=said.level)


def _unsaid(chain: Chain, link: Link) -> Iterator[Fault]:
    """What a link does not say."""
    activity = next((node.id for node in chain.nodes if node.level == "activity"), "")
    if link.target != activity:
        yield from [_fault("no_sign", link)] if not link.sign else []
        yield from [_fault("no_effect", link)] if math.isnan(link.effect) or not link.effect else []
    yield from [_fault("no_owner", link)] if not link.owner else []
    yield from [_fault("no_assumption", link)] if not link.assumption("en") else []


def _no_impact(chain: Chain) -> Iterator[Fault]:
    """A chain that leads to nothing that it is for."""
    if chain.nodes and not any(node.level == "impact" for node in chain.nodes):
        yield _fault("no_impact", chain.nodes[-1])


def _unfelt(chain: Chain) -> Iterator[Fault]:
    """An impact to which a road leads on which no customer does or feels anything."""
    for node in chain.nodes:
        if node.level == "impact":
            ways = roads(chain, chain.activity.id, node.id)
            if any(not any(chain.node(name).level == "outcome" for name in way) for way in ways):
                yield _fault("unfelt", node)


def _backwards(chain: Chain) -> Iterator[Fault]:
    """A link from a later level to an earlier one."""
    for link in tested(chain):
        source, target = (chain.node(name).level for name in (link.source, link.target))
        if LEVELS.index(source) > LEVELS.index(target):
            yield _fault("backwards", link, source=source, target=target)


def _short(chain: Chain, book: Book) -> Iterator[Fault]:
    """A link to renewals that is due before the contracts in force have come to an end."""
    waits = Waits.of(book, chain)
    for link in tested(chain) if waits else ():
        if waits and chain.waits(link):
            months, usual = due(chain, link.target), waits.usual(due(chain, link.source))
            if months < usual:
                yield _fault("lag_short", link, months=months, usual=usual)
