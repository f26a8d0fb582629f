"""A chain as a graph: its roads, when each node is due, and what must be held equal to see a link."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from cslab.measure.impact.chain import Chain
from cslab.measure.impact.parts import Link

if TYPE_CHECKING:
    from collections.abc import Collection

    import networkx as nx

LONG = 12
"""Months from which on a lag is long."""
PATIENCE = 1.5
"""A node that is due after a long lag is judged after so many times that."""
MOST_ROADS = 1_000
"""Roads that are listed."""


@dataclass(frozen=True)
class BackDoor:
    """How what comes before two nodes keeps one from seeing what the first does to the second.

    Parameters
    ----------
    needed : tuple of str
        Nodes and causes with data that, held equal, close every back door, none too many; empty where none is open, and
        where data cannot close them.
    unseen : tuple of str
        Where data cannot: what no table shows of those that would close them.

    >>> BackDoor().closed, BackDoor(unseen=("health",)).closed
    (True, False)
    """

    needed: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether data can close all of them."""
        return not self.unseen


def graph(chain: Chain) -> nx.DiGraph:
    """The chain with its common causes as a graph of causes.

    Parameters
    ----------
    chain : Chain

    Returns
    -------
    DiGraph
        Nodes have ``level`` (one of ``LEVELS``, or ``"cause"``), arrows ``link`` (None for those of causes).

    >>> from cslab.measure.impact import shipped
    >>> graph(shipped("faq")).nodes["tickets"]
    {'level': 'outcome'}
    """
    import networkx as nx

    drawn = nx.DiGraph()
    drawn.add_nodes_from((node.id, {"level": node.level}) for node in chain.nodes)
    drawn.add_nodes_from((cause.id, {"level": "cause"}) for cause in chain.causes)
    drawn.add_edges_from((link.source, link.target, {"link": link}) for link in chain.links)
    drawn.add_edges_from((cause.id, name, {"link": None}) for cause in chain.causes for name in cause.acts_on)
    return drawn


def reached(chain: Chain) -> set[str]:
    """The nodes to which a road leads from the activity, and the activity itself.

    Parameters
    ----------
    chain : Chain

    >>> from cslab.measure.impact import shipped
    >>> "tickets" in reached(shipped("faq"))
    True
    """
    import networkx as nx

    after: set[str] = nx.descendants(graph(chain), chain.activity.id)
    return after | {chain.activity.id}


def tested(chain: Chain) -> tuple[Link, ...]:
    """The links from the activity on, in the order of the file; what goes in before it is nobody's effect.

    Parameters
    ----------
    chain : Chain

    >>> from cslab.measure.impact import shipped
    >>> tested(shipped("faq"))[0].source
    'articles'
    """
    known = reached(chain)
    return tuple(link for link in chain.links if link.source in known)


def roads(chain: Chain, source: str, target: str) -> tuple[tuple[str, ...], ...]:
    """Every way along the links from one node to another, the first thousand.

    Parameters
    ----------
    chain : Chain
    source, target : str

    >>> from cslab.measure.impact.parts import Node
    >>> nodes = tuple(Node(name, "outcome") for name in "abc")
    >>> roads(Chain("faq", nodes=nodes, links=(Link("a", "b"), Link("b", "c"), Link("a", "c"))), "a", "c")
    (('a', 'b', 'c'), ('a', 'c'))
    """
    import networkx as nx

    chain.node(source), chain.node(target)
    if source == target:
        return ()
    drawn = graph(chain)
    between = nx.descendants(drawn, source) & nx.ancestors(drawn, target)
    found = nx.all_simple_paths(drawn.subgraph({source, target} | between), source, target)
    return tuple(sorted(tuple(road) for road in islice(found, MOST_ROADS)))


def past(chain: Chain, link: Link) -> tuple[tuple[str, ...], ...]:
    """The roads from the activity to a link's target that do not lead through its source.

    Parameters
    ----------
    chain : Chain
    link : Link

    Returns
    -------
    tuple of tuple of str
        Where there is one, the programme moves the target by another way too, and cannot show what this link does. None
        for a link that leaves the activity itself.

    >>> from cslab.measure.impact import shipped
    >>> faq = shipped("faq")
    >>> past(faq, faq.links[0])
    ()
    """
    without = Chain(
        name=chain.name,
        nodes=tuple(node for node in chain.nodes if node.id != link.source),
        links=tuple(one for one in chain.links if link.source not in (one.source, one.target)),
    )
    return roads(without, chain.activity.id, link.target) if link.source != chain.activity.id else ()


def due(chain: Chain, node: str) -> float:
    """Months after the beginning by which a node must have moved: the largest lags along the longest way.

    Parameters
    ----------
    chain : Chain
    node : str
        One to which a road leads from the activity.

    >>> from cslab.measure.impact.parts import Node
    >>> nodes = (Node("a", "activity"), Node("b", "outcome"), Node("c", "impact"))
    >>> links = (Link("a", "b", lag=(1, 2, 3)), Link("b", "c", lag=(2, 4, 6)), Link("a", "c", lag=(1, 1, 1)))
    >>> due(Chain("faq", nodes=nodes, links=links), "c")
    9.0
    """
    import networkx as nx

    begin = chain.activity.id
    drawn = nx.DiGraph()
    drawn.add_weighted_edges_from((link.source, link.target, link.lag[2]) for link in tested(chain))
    drawn.add_node(begin)
    between = (nx.ancestors(drawn, chain.node(node).id) | {node}) if node in drawn else {node}
    return float(nx.dag_longest_path_length(drawn.subgraph(between)))


def months_due(chain: Chain, node: str) -> int:
    """The whole months by which a node must have moved: a fraction of a month waits for the month's end.

    Parameters
    ----------
    chain : Chain
    node : str
        As for :func:`due`.

    >>> from cslab.measure.impact.parts import Node
    >>> nodes = (Node("a", "activity"), Node("b", "outcome"))
    >>> months_due(Chain("faq", nodes=nodes, links=(Link("a", "b", lag=(0.5, 1.0, 1.5)),)), "b")
    2
    """
    return math.ceil(due(chain, node))


def judged_after(chain: Chain, node: str) -> float:
    """Months of follow-up after which a node is judged: when it is due, and half as long again after a long lag.

    Parameters
    ----------
    chain : Chain
    node : str

    Source: our convention, grade S.

    >>> from cslab.measure.impact.parts import Node
    >>> nodes = (Node("a", "activity"), Node("b", "impact"))
    >>> judged_after(Chain("board", nodes=nodes, links=(Link("a", "b", lag=(9, 15, 30)),)), "b")
    45.0
    """
    months = due(chain, node)
    return months * PATIENCE if months > LONG else months


def cycle(chain: Chain) -> tuple[str, ...]:
    """A circle of a chain, its first node again at its end; empty where there is none.

    Parameters
    ----------
    chain : Chain

    >>> from cslab.measure.impact.parts import Node
    >>> cycle(Chain("faq", nodes=(Node("a", "activity"),), links=(Link("a", "b"), Link("b", "a"))))
    ('a', 'b', 'a')
    """
    import networkx as nx

    try:
        found = nx.find_cycle(graph(chain))
    except nx.NetworkXNoCycle:
        return ()
    return (*(source for source, _ in found), found[0][0])


def back_door(chain: Chain, source: str, target: str, by_lot: bool = False) -> BackDoor:
    """What must be held equal to see from records what one node does to another.

    Parameters
    ----------
    chain : Chain
        Without a circle.
    source, target : str
        Nodes of it.
    by_lot : bool
        Whether a lot decided who takes part: then nothing acts on the activity.

    Returns
    -------
    BackDoor
        The activity counts as seen: the register, or what it starts with, shows it.

    Source: the back-door criterion (Pearl 1995), grade A.

    >>> from cslab.measure.impact.parts import Cause, Node
    >>> nodes = (Node("a", "activity"), Node("b", "outcome"))
    >>> chain = Chain("faq", nodes=nodes, links=(Link("a", "b"),), causes=(Cause("health", acts_on=("a", "b")),))
    >>> back_door(chain, "a", "b").unseen, back_door(chain, "a", "b", by_lot=True).unseen
    (('health',), ())
    """
    import networkx as nx

    drawn = graph(chain)
    if by_lot:
        drawn.remove_edges_from(list(drawn.in_edges(chain.activity.id)))
    before = set(drawn) - nx.descendants(drawn, source) - {source, target}
    seen = {name for name in before if name in chain.indicators or name == chain.activity.id}
    if (needed := _closing(drawn, source, target, seen)) is not None:
        return BackDoor(needed)
    wanted = _closing(drawn, source, target, before) or ()
    return BackDoor(unseen=tuple(name for name in wanted if name not in seen))


def _closing(drawn: nx.DiGraph, source: str, target: str, candidates: Collection[str]) -> tuple[str, ...] | None:
    """Candidates none of which could be left out, and that close every back door together; None where none do."""
    import networkx as nx

    drawn = drawn.copy()
    drawn.remove_edges_from(list(drawn.out_edges(source)))
    found = nx.find_minimal_d_separator(drawn, {source}, {target}, restricted=set(candidates))
    return None if found is None else tuple(sorted(found))
