"""How long until an activity is felt: the lags that a chain declares, added up along its roads by simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.impact.graph import graph
from cslab.measure.impact.waits import Waits

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.parts import Link

    Floats = NDArray[np.floating[Any]]

DRAWS = 10_000
LIMITS = (0.1, 0.5, 0.9)
"""Quantiles: one in ten is quicker, one in two, nine in ten."""


def expected_time(
    chain: Chain, book: Book | None = None, draws: int = DRAWS, seed: int = 1, planning: bool = True
) -> pd.DataFrame:
    """The months until each node of a chain is reached: all roads to it, with everything that they wait for.

    Parameters
    ----------
    chain : Chain
    book : Book, optional
        With it, a link that waits for a renewal takes as long as the company's contracts in force still run when it
        comes (notice included); without one, or without ``contracts.term_months``, as long as the chain declares.
    draws : int
        Simulated customers.
    seed : int
        The same seed gives the same numbers.
    planning : bool
        From the first input on; else from the activity on, as the tests of links count.

    Returns
    -------
    DataFrame
        One row a node, in the order of the roads: ``node``, ``level``, ``en``, ``ja``, ``low``, ``estimate``, ``high``
        (months: 10, 50 and 90 % of customers are there), ``n`` (draws), ``method`` (``lags_declared``, or
        ``lags_renewal`` where contracts are waited for). ``attrs``: ``chain``, ``planning``.

    Source: triangular lags from least, likeliest and largest, drawn independently; our convention, grade S.

    >>> from cslab.measure.impact import shipped
    >>> expected_time(shipped("faq"), planning=False).loc[1, ["node", "method"]].tolist()
    ['tickets', 'lags_declared']
    """
    import pandas as pd

    waits = Waits.of(book, chain) if book else None
    times = drawn_times(chain, waits, draws, seed)
    begun = 0.0 if planning else times[chain.activity.id]
    rows = [
        {
            "node": node,
            **{name: getattr(chain.node(node), name) for name in ("level", "en", "ja")},
            **dict(zip(("low", "estimate", "high"), np.quantile(at - begun, LIMITS), strict=True)),
            "n": draws,
            "method": "lags_renewal" if waits and _behind_renewal(chain, node) else "lags_declared",
        }
        for node, at in times.items()
        if planning or chain.node(node).level != "input"
    ]
    table = pd.DataFrame(rows)
    table.attrs = {"chain": chain.name, "planning": planning}
    return table


def times_to_impact(chains: Iterable[Chain], book: Book | None = None, planning: bool = True) -> pd.DataFrame:
    """The months until each of several chains has reached all of what it is for.

    Parameters
    ----------
    chains : iterable of Chain
    book, planning
        As for :func:`expected_time`.

    Returns
    -------
    DataFrame
        One row a chain, the quickest first: ``chain``, ``en``, ``ja``, ``low``, ``estimate``, ``high`` (months), ``n``,
        ``method``.

    >>> from cslab.measure.impact import shipped
    >>> times_to_impact([shipped("community"), shipped("faq")])["chain"].tolist()
    ['faq', 'community']
    """
    import pandas as pd

    rows = []
    for chain in chains:
        last = expected_time(chain, book, planning=planning).iloc[-1]
        times = {name: last[name] for name in ("low", "estimate", "high", "n", "method")}
        rows.append({"chain": chain.name, "en": chain.title("en"), "ja": chain.title("ja"), **times})
    return pd.DataFrame(rows).sort_values("estimate", ignore_index=True)


def drawn_times(chain: Chain, waits: Waits | None, draws: int, seed: int) -> dict[str, Floats]:
    """Simulated months until each node is reached, by node in the order of the roads; those for what it is for last.

    Parameters
    ----------
    chain : Chain
    waits : Waits, optional
        The contracts that links wait for.
    draws, seed : int

    Returns
    -------
    dict of str to ndarray of float, shape (draws,)
        Months since the first input.

    >>> from cslab.measure.impact import shipped
    >>> list(drawn_times(shipped("faq"), None, 5, 1))[-1]
    'lifetime_value'
    """
    import networkx as nx

    luck = np.random.default_rng(seed)
    times: dict[str, Floats] = {}
    drawn = graph(chain).subgraph([node.id for node in chain.nodes])
    for node in nx.lexicographical_topological_sort(drawn, key=lambda name: _place(chain, name)):
        roads = [_arrived(chain, link, times, waits, luck) for link in chain.links if link.target == node]
        times[node] = np.max(roads, axis=0) if roads else np.zeros(draws)
    return times


def _place(chain: Chain, name: str) -> int:
    """Where a node stands in its file."""
    return [node.id for node in chain.nodes].index(name)


def _arrived(
    chain: Chain, link: Link, times: dict[str, Floats], waits: Waits | None, luck: np.random.Generator
) -> Floats:
    """When what goes along a link is there."""
    source = times[link.source]
    chance = luck.random(len(source))
    if waits and chain.waits(link) and chain.activity.id in times:
        return source + waits.after(source - times[chain.activity.id], chance, luck.random(len(source)))
    return source + triangular(link.lag, chance)


def triangular(lag: tuple[float, float, float], chance: Floats) -> Floats:
    """The quantiles of a triangular distribution.

    Parameters
    ----------
    lag : tuple of float
        Least, likeliest, largest; they may be the same.
    chance : ndarray of float
        0-1.

    Returns
    -------
    ndarray of float

    >>> [round(float(months), 3) for months in triangular((1, 2, 3), np.array([0.0, 0.5, 1.0]))]
    [1.0, 2.0, 3.0]
    """
    least, likeliest, largest = lag
    width = largest - least
    if not width:
        return np.full(len(chance), float(least))
    peak = (likeliest - least) / width
    rising = least + np.sqrt(chance * width * (likeliest - least))
    falling = largest - np.sqrt((1 - chance) * width * (largest - likeliest))
    return np.asarray(np.where(chance < peak, rising, falling))


def _behind_renewal(chain: Chain, node: str) -> bool:
    """Whether a road to a node waits for a renewal."""
    import networkx as nx

    before = nx.ancestors(graph(chain), node) | {node}
    return any(chain.waits(link) and link.target in before for link in chain.links)
