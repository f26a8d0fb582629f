"""A chain as a diagram: levels as columns, the lag on each link, its verdict as colour and as mark."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

from cslab.figures.impact.places import Box, Pair, Places, Point
from cslab.figures.impact.verdict_looks import LOOKS, Look, look_of
from cslab.figures.journey.folding import folded
from cslab.figures.sheet import check_language, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET
from cslab.figures.writing import width, write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.impact import Chain, Link

PICTURE = "figure.impact.diagram"
ACROSS, HEAD, COLUMNS = 7.05 * 72, 22.0, 4
"""Points across; points above the boxes for the names of the levels; with more levels the first two share a column."""


def diagram(chain: Chain, verdicts: pd.DataFrame | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw a chain from its activity on the left to its impact on the right.

    A box without an indicator has a broken edge. On each link stand its sign and its lag (earliest, most likely, latest
    month); with verdicts, its line and its badge say which. Common causes are letters on the boxes they act on.

    Parameters
    ----------
    chain : Chain
        As :meth:`cslab.measure.impact.Chain.from_yaml` reads it.
    verdicts : DataFrame, optional
        As ``Tested.table()`` of :func:`cslab.measure.impact.test_links` returns it: ``source``, ``target``,
        ``verdict``, ``participants``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A text ``node`` a box, ``lag`` a link, ``badge`` a verdict.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row of verdicts.

    >>> from cslab.measure.impact import shipped
    >>> chain = shipped("faq")
    >>> ax = diagram(chain)
    >>> sum(text.get_gid() == "lag" for text in ax.texts) == len(chain.links)
    True
    """
    check_language(lang)
    if verdicts is not None:
        require_rows(verdicts, PICTURE, ["source", "target", "verdict", "participants"])
    levels = _levels(chain)
    places = _places(chain, levels, lang)
    causes = [cause.label(lang) for cause in chain.causes]
    deep = places.depth + 16 * len(causes) + (24 if verdicts is not None else 0) + 6
    host = sheet(ax, lang, height=(deep + HEAD) / 72 + 0.75)
    host.set_axis_off()
    host.set_xlim(-4, ACROSS + 4)
    host.set_ylim(deep, -HEAD)
    _columns(host, levels, places, lang)
    found = {} if verdicts is None else _by_link(verdicts)
    for link in chain.links:
        _link(host, link, places, look_of(found.get((link.source, link.target), "")))
    for node in chain.nodes:
        known = node.indicator is not None or node.level in ("input", "activity")
        _box(host, places.boxes[node.id], folded(node.label(lang), _letters(places.box_width)), known)
    _causes(host, chain, places, lang)
    if found:
        _key(host, list(found.values()), deep - 10, lang)
    headline(host, chain.title(lang), *_notes(chain, verdicts, lang))
    return host


def _levels(chain: Chain) -> list[list[str]]:
    """The levels of each column, in their order: what goes in and what is done share one where there are five."""
    from cslab.measure.impact import LEVELS

    there = {node.level for node in chain.nodes}
    found = [[level] for level in LEVELS if level in there]
    return [found[0] + found[1], *found[2:]] if len(found) > COLUMNS else found


def _places(chain: Chain, levels: list[list[str]], lang: str) -> Places:
    """The layout: nodes in the order of the file, sources first."""
    import networkx as nx

    order = {node.id: place for place, node in enumerate(chain.nodes)}
    links = [(link.source, link.target) for link in chain.links]
    ways = nx.DiGraph()
    ways.add_nodes_from(order)
    ways.add_edges_from(links)
    named = {node.id: node for node in chain.nodes}
    sorted_ = list(nx.lexicographical_topological_sort(ways, key=order.__getitem__))
    column = {level: place for place, shared in enumerate(levels) for level in shared}
    columns = {name: column[named[name].level] for name in sorted_}
    bare = Places(columns, links, dict.fromkeys(columns, 1), ACROSS)
    letters = _letters(bare.box_width)
    lines = {name: folded(named[name].label(lang), letters).count("\n") + 1 for name in columns}
    return Places(columns, links, lines, ACROSS)


def _letters(points: float) -> int:
    """How many Latin letters fit into a box."""
    return int((points - 8) / 5.1)


def _by_link(verdicts: pd.DataFrame) -> dict[Pair, str]:
    """The verdict of each link."""
    return {(row["source"], row["target"]): row["verdict"] for row in verdicts.to_dict("records")}


def _columns(host: Axes, levels: list[list[str]], places: Places, lang: str) -> None:
    """The names of the levels above their columns."""
    for place, shared in enumerate(levels):
        x = next(box.x for name, box in places.boxes.items() if places.columns[name] == place)
        text = " · ".join(word(f"label.level.{level}", lang) for level in shared)
        write(host, text, (x, -HEAD + 7), ink=QUIET, size=9.5, kind="level")


def _box(host: Axes, box: Box, text: str, known: bool) -> None:
    """A box with its words; its edge is broken where nothing in the records shows it."""
    from matplotlib.patches import FancyBboxPatch

    look: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=3", "facecolor": "#F4F6F8" if known else "white"}
    look |= {"edgecolor": INK if known else QUIET, "linewidth": 1.1, "linestyle": "-" if known else (0, (3, 2))}
    host.add_patch(FancyBboxPatch((box.left, box.top), box.width, box.height, zorder=3, gid="box", **look))
    host.text(box.x, box.y, text, ha="center", va="center", size=8.5, color=INK, linespacing=1.2, zorder=4, gid="node")


def _link(host: Axes, link: Link, places: Places, look: Look) -> None:
    """A link: its way with an arrow's head, its sign and lag, its badge."""
    pair = link.source, link.target
    way, side = places.way(pair), places.side(pair)
    xs, ys = [x for x, _ in way], [y for _, y in way]
    host.plot(xs, ys, look.dash, color=look.colour, linewidth=1.8, zorder=1, gid="link", solid_joinstyle="round")
    (x, y), towards = way[-1], {"left": (1, 0), "right": (-1, 0), "top": (0, 1)}[side]
    head: dict[str, Any] = {"arrowstyle": "-|>,head_length=0.5,head_width=0.22", "color": look.colour, "shrinkA": 0}
    tail = (x - 9 * towards[0], y - 9 * towards[1])
    host.annotate("", (x, y), tail, arrowprops={**head, "shrinkB": 0, "linewidth": 1.2}, zorder=2)
    _lag(host, link, (x, y), side)
    if look.sign:
        _badge(host, look, (x - 17 * towards[0], y - 17 * towards[1]))


def _lag(host: Axes, link: Link, at: Point, side: str) -> None:
    """The sign and the lag of a link, beside its end."""
    text = {1: "+ ", -1: "− "}.get(link.sign, "") + "–".join(f"{months:g}" for months in link.lag)
    away, up, ha = {"left": (-4, -14, "right"), "right": (4, -14, "left"), "top": (-10, -17, "right")}[side]
    look: dict[str, Any] = {"ha": ha, "va": "center", "size": 8.5, "color": INK, "zorder": 2.5, "gid": "lag"}
    host.text(at[0] + away, at[1] + up, text, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8}, **look)


def _badge(host: Axes, look: Look, at: Point) -> None:
    """The mark of a verdict on its link."""
    size = 11 if look.shape == "D" else 13
    edge: dict[str, Any] = {"markeredgecolor": look.colour, "markeredgewidth": 1.3, "zorder": 5, "gid": "mark"}
    host.plot([at[0]], [at[1]], look.shape, markersize=size, color=look.fill, **edge)
    sign: dict[str, Any] = {"ha": "center", "va": "center_baseline", "size": 9, "zorder": 6, "gid": "badge"}
    host.text(*at, look.sign, color=look.ink, **sign)


def _causes(host: Axes, chain: Chain, places: Places, lang: str) -> None:
    """Common causes: a letter on each box they act on, spelled out beneath the chain."""
    for place, cause in enumerate(chain.causes):
        letter = string.ascii_lowercase[place]
        for name in cause.acts_on:
            box = places.boxes[name]
            after = sum(name in other.acts_on for other in chain.causes[place + 1 :])
            at = (box.right - 7 - 14 * after, box.bottom)
            host.plot(*[[one] for one in at], "o", markersize=10, color="white", markeredgecolor=QUIET, zorder=5)
            host.text(*at, letter, ha="center", va="center", size=8.5, color=QUIET, zorder=6, gid="cause mark")
        key = "cause" if cause.indicator is not None else "cause_unseen"
        text = word(f"{PICTURE}.{key}", lang, letter=letter, cause=cause.label(lang))
        write(host, text, (0, places.depth + 17 + 16 * place), side="left", ink=QUIET, kind="cause")


def _key(host: Axes, verdicts: list[str], down: float, lang: str) -> None:
    """What the badges mean, with how many links have each."""
    x = 8.0
    for name, look in LOOKS.items():
        text = word(f"{PICTURE}.key", lang, verdict=word(f"label.{name}", lang), count=verdicts.count(name))
        _badge(host, look, (x, down))
        write(host, text, (x + 11, down), side="left", ink=INK if name in verdicts else QUIET, kind="key")
        x += 26 + 5.1 * width(text)


def _notes(chain: Chain, verdicts: pd.DataFrame | None, lang: str) -> list[str]:
    """What the diagram rests on."""
    count = word(f"{PICTURE}.links", lang, n=len(chain.links))
    if verdicts is not None:
        count = word(f"{PICTURE}.participants", lang, n=int(verdicts["participants"].max()))
    broken = any(node.indicator is None and node.level not in ("input", "activity") for node in chain.nodes)
    return [count, word(f"{PICTURE}.definition", lang), word(f"{PICTURE}.broken", lang) if broken else ""]
