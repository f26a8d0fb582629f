"""What follows directly on what: the ways between the steps of a map, as thick as they are trodden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.journey.folding import folded, goal_of
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, STATUS
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cslab.measure.journey import Conformance

PICTURE = "figure.journey.follows"
NAMES = 0.40
"""Where the steps' names end, as a share of the width; the nodes stand a little to the right."""

NODE, REACH = 0.53, 0.42


def follows(found: Conformance, ax: Axes | None = None, lang: str = "en", *, least: float = 0.08) -> Axes:
    """Draw which step follows directly on which, and how long that takes.

    Steps stand below one another in the order of the map. Ways forward bend to the right, ways back to the
    left; each is as thick as the number of customers who took it. Beside the widest stand the customers and the
    median days between the two.

    Parameters
    ----------
    found : Conformance
        As :func:`cslab.measure.journey.conformance` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    least : float
        Ways that fewer of all customers took (share) are left out.

    Returns
    -------
    Axes
        One curve (line) a way that is shown.

    Raises
    ------
    NotReady
        When nothing follows on anything.

    >>> import cslab
    >>> from cslab.measure.journey import conformance
    >>> found = conformance(cslab.load("synthetic:tiny"))
    >>> len(follows(found).lines) <= len(found.follows)
    True
    """
    require_rows(found.follows, PICTURE, ["from", "to", "accounts", "median_days"])
    rows = found.steps.to_dict("records")
    place = {row["step"]: number for number, row in enumerate(rows)}
    ways = found.follows[found.follows["accounts"] >= least * found.n]
    host = sheet(ax, lang, height=1.4 + 0.42 * len(rows))
    host.set_axis_off()
    host.set_xlim(0, 1)
    host.set_ylim(len(rows) - 0.4, -0.6)
    for number, row in enumerate(rows):
        write(host, folded(goal_of(row, lang), 46), (NAMES, number), side="right", ink=INK, size=9, kind="goal")
    most = float(ways["accounts"].max()) if len(ways) else 1.0
    for way in ways.to_dict("records"):
        _way(host, place[way["from"]], place[way["to"]], way["accounts"] / most)
    host.scatter([NODE] * len(rows), range(len(rows)), s=46, color="white", edgecolors=INK, linewidths=1.2, zorder=3)
    _numbers(host, ways.to_dict("records"), place, lang)
    shown = word(f"{PICTURE}.shown", lang, count=len(ways), ways=len(found.follows), least=least)
    definition = word(f"{PICTURE}.definition", lang)
    headline(host, word(f"{PICTURE}.title", lang), counted(found.n, lang), as_of(found.steps, lang), definition, shown)
    return host


def _way(host: Axes, start: int, end: int, share: float) -> None:
    """One way: a half ellipse to the right of the nodes, to their left where it leads back; a small loop for again."""
    import numpy as np

    turn = np.linspace(0, np.pi, 40)
    half, across = (end - start) / 2, NODE + _reach(start, end) * np.sin(turn)
    if start == end:
        half, across = 0.25, NODE - 0.06 * np.sin(turn)
    down = (start + end) / 2 - half * np.cos(turn) * (np.sin(turn) ** 0.5 if start == end else 1)
    colour = STATUS["left"].colour if end <= start else STATUS["stayed"].colour
    host.plot(across, down, linewidth=0.8 + 7 * share, alpha=0.7, zorder=1, color=colour)


def _reach(start: int, end: int) -> float:
    """How far a way bends, to the left (below 0) where it leads back."""
    return (REACH if end > start else -0.25 * REACH) * min(1.0, 0.16 + 0.14 * abs(end - start))


def _numbers(host: Axes, ways: list[dict[Any, Any]], place: dict[str, int], lang: str) -> None:
    """Customers and median days of the widest way forward out of each step, beside its curve."""
    from matplotlib.patheffects import withStroke

    forward = [way for way in ways if place[way["to"]] > place[way["from"]]]
    best = {way["from"]: way for way in sorted(forward, key=lambda way: way["accounts"])}
    for way in best.values():
        start, end = place[way["from"]], place[way["to"]]
        text = word(f"{PICTURE}.way", lang, accounts=way["accounts"], days=way["median_days"])
        at = (NODE + _reach(start, end) + 0.015, (start + end) / 2)
        write(host, text, at, side="left", ink=QUIET, size=8.5, kind="way")
        host.texts[-1].set_path_effects([withStroke(linewidth=3, foreground="white")])
