"""What the parts of a declared chain must agree in: names, lags, one beginning, one activity, no circle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, nearest
from cslab.measure.impact import graph
from cslab.measure.impact.chain import Chain
from cslab.measure.impact.parts import Cause, Node

if TYPE_CHECKING:
    from cslab.sources.declared import Declared

MOST = 200
"""Nodes, links or causes that a chain may have; those that people can read have ten."""
LONGEST = 240
"""Months that a lag may take."""
_NAME = re.compile(r"[^\W\d]\w*")
_RESERVED = ("starts", "control")


def too_many(declared: Declared) -> Iterator[Fault]:
    """The faults of a chain that nobody can read.

    Parameters
    ----------
    declared : Declared
        Its file.

    >>> from cslab.sources.declared import parse
    >>> [fault.values["count"] for fault in too_many(parse("links: [" + "a, " * 300 + "]", "faq.yaml"))]
    [300]
    """
    for key in ("nodes", "links", "causes"):
        things = declared.value.get(key)
        if isinstance(things, dict | list) and len(things) > MOST:
            yield declared.fault("chain.too_many", key, key=key, count=len(things), limit=MOST)


def _names(chain: Chain, declared: Declared) -> Iterator[Fault]:
    """Names of nodes and causes that are no plain words, or mean something else."""
    things: tuple[Node | Cause, ...] = (*chain.nodes, *chain.causes)
    for one in things:
        if not _NAME.fullmatch(one.id) or one.id in _RESERVED:
            yield Fault("chain.name", {"line": one.line, "name": one.id})


def _lags(chain: Chain, declared: Declared) -> Iterator[Fault]:
    """Lags that are no three months, the smaller ones first, or that nobody will live to see."""
    links = declared.value.get("links")
    for place, link in enumerate(links if isinstance(links, list) else ()):
        yield from lag_faults(link, declared, place)


def lag_faults(link: Any, declared: Declared, place: int) -> Iterator[Fault]:
    """The faults of one lag; what is no list of numbers is a fault of the form.

    Parameters
    ----------
    link : object
        What stands in the place of a link.
    declared : Declared
        Its file.
    place : int
        Of the link among the others, from 0.

    >>> from cslab.sources.declared import parse
    >>> file = parse("links: [{lag_months: [3, 1]}]", "faq.yaml")
    >>> [fault.values["value"] for fault in lag_faults(file.value["links"][0], file, 0)]
    ['3, 1']
    """
    lag = link.get("lag_months") if isinstance(link, dict) else None
    if not isinstance(lag, list) or not lag or not all(isinstance(months, int | float) for months in lag):
        return
    if len(lag) != 3 or sorted(lag) != lag:
        yield declared.fault("chain.lag", "links", place, "lag_months", value=", ".join(map(str, lag[:5])))
    elif lag[-1] > LONGEST:
        yield declared.fault("chain.lag_long", "links", place, "lag_months", value=lag[-1], limit=LONGEST)


def _begins(chain: Chain, declared: Declared) -> Iterator[Fault]:
    """A chain that does not say who takes part, or says it twice."""
    given = [key for key in ("programme", "starts") if declared.value.get(key) is not None]
    if len(given) != 1:
        yield declared.fault("chain.begins" if given else "chain.no_begin", *given[-1:])


def _activities(chain: Chain, declared: Declared) -> Iterator[Fault]:
    """A chain with no activity, or more than one; an activity with an indicator of its own."""
    nodes = declared.value.get("nodes")
    found = [name for name, node in (nodes if isinstance(nodes, dict) else {}).items() if _level(node) == "activity"]
    if isinstance(nodes, dict) and len(found) != 1:
        yield declared.fault("chain.activities", "nodes", *found[1:2], count=len(found))
    for node in chain.nodes:
        if node.level == "activity" and node.indicator:
            yield declared.fault("chain.activity_indicator", "nodes", node.id, "indicator", node=node.id)


def _level(node: Any) -> Any:
    """The level of a node, whatever else is wrong with it."""
    return node.get("level") if isinstance(node, dict) else None


def _ends(chain: Chain, declared: Declared) -> Iterator[Fault]:
    """Links and causes that name nodes which are not there, whatever else is wrong with them."""
    nodes = declared.value.get("nodes")
    known = list(nodes) if isinstance(nodes, dict) else []
    for path, name in _named(declared):
        if isinstance(name, str) and name.strip() and name not in known:
            values = {"key": path[2], "name": name, "near": nearest(name, known), "known": ", ".join(known) or "–"}
            yield declared.fault("chain.unknown_node", *path, **values)
    for cause in chain.causes:
        if cause.id in known:
            yield Fault("chain.name_twice", {"line": cause.line, "name": cause.id})


def _named(declared: Declared) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """What links and causes name, with the way to it."""
    links, causes = declared.value.get("links"), declared.value.get("causes")
    for place, link in enumerate(links if isinstance(links, list) else ()):
        if isinstance(link, dict):
            yield from ((("links", place, key), link.get(key)) for key in ("from", "to"))
    for name, cause in (causes if isinstance(causes, dict) else {}).items():
        acts_on = cause.get("acts_on") if isinstance(cause, dict) else None
        for place, node in enumerate(acts_on if isinstance(acts_on, list) else [acts_on]):
            yield ("causes", name, "acts_on", place), node


def _twice(chain: Chain, declared: Declared) -> Iterator[Fault]:
    """Links that are there twice."""
    first: dict[str, int] = {}
    for link in chain.links:
        if link.id in first:
            values = {"line": link.line, "source": link.source, "target": link.target, "first": first[link.id]}
            yield Fault("chain.link_twice", values)
        first.setdefault(link.id, link.line)


def _circle(chain: Chain, declared: Declared) -> Iterator[Fault]:
    """A chain that comes back to where it was."""
    if found := graph.cycle(chain):
        steps = set(pairwise(found))
        line = max(link.line for link in chain.links if (link.source, link.target) in steps)
        yield Fault("chain.cycle", {"line": line, "nodes": " → ".join(found)})


_CHECKS: tuple[Callable[[Chain, Declared], Iterator[Fault]], ...] = (
    *(_names, _lags, _begins, _activities, _ends, _twice, _circle),
)


def disagreements(chain: Chain, declared: Declared) -> list[Fault]:
    """Everything in which the parts of a chain do not agree with each other.

    Parameters
    ----------
    chain : Chain
        As far as it could be made out.
    declared : Declared
        Its file.

    Returns
    -------
    list of Fault
        Names that are none, lags out of order, no or two ways to begin, no or two activities, links and causes that
        lead nowhere or are there twice, circles.

    >>> from cslab.sources.declared import parse
    >>> file = parse("nodes: {a: {level: activity}}", "faq.yaml")
    >>> [fault.key for fault in disagreements(Chain("faq", nodes=(Node("a", "activity"),)), file)]
    ['chain.no_begin']
    """
    return [fault for check in _CHECKS for fault in check(chain, declared)]


def apart(chain: Chain) -> Iterator[Fault]:
    """Nodes of an otherwise sound chain that no link from the activity reaches; what goes in lies before it.

    Parameters
    ----------
    chain : Chain

    >>> nodes = (Node("a", "activity"), Node("b", "impact"))
    >>> [fault.values["node"] for fault in apart(Chain("faq", nodes=nodes))]
    ['b']
    """
    reached = graph.reached(chain)
    for node in chain.nodes:
        if node.level != "input" and node.id not in reached:
            yield Fault("chain.apart", {"line": node.line, "node": node.id, "activity": chain.activity.id})
