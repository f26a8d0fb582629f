"""The journey map in lanes, one a department, with the way that customers really walked drawn over it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cslab.figures.journey.folding import folded
from cslab.figures.sheet import as_of, headline, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES, STATUS
from cslab.figures.writing import write
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cslab.measure.journey import Conformance, Map, Step

PICTURE = "figure.journey.lanes"
STRIP = {"reached": 0.765, "waiting": 0.885, "skipped": 1.0}
"""Where the columns of numbers end, as shares of the width."""

SHOWN = 0.05
"""Skips of fewer customers are not drawn."""

BOX = 0.82


@dataclass(frozen=True)
class _Places:
    """Where each lane and each step stands."""

    map_: Map
    right: float

    @cached_property
    def lanes(self) -> list[str]:
        """The departments from the left, in the order in which the map needs them; last those nobody owns."""
        owners = list(dict.fromkeys(step.owner for step in self.map_.steps))
        return sorted(owners, key=lambda owner: owner == "")

    @cached_property
    def rows(self) -> list[float]:
        """How far down each step stands; each phase begins with a line for its name."""
        found, down = [], 0.0
        for place, step in enumerate(self.map_.steps):
            down += 0.45 if not place or self.map_.steps[place - 1].phase != step.phase else 0.0
            found.append(down)
            down += 1.0
        return found

    @property
    def lane(self) -> float:
        """The width of a lane."""
        return self.right / len(self.lanes)

    def at(self, place: int) -> tuple[float, float]:
        """The middle of a step's box."""
        return (self.lanes.index(self.map_.steps[place].owner) + 0.5) * self.lane, self.rows[place]


def swim_lanes(map_: Map, found: Conformance | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw a journey map in lanes, a column for each department, from the first step down to the last.

    Time runs downwards, so that every goal can be read on a narrow page. With what was observed, the way through the
    main steps is as thick as the share of customers who reached them, a broken arc leads past what many skip, and
    beside each step stand the share that reached it, the median wait with its target, and how many skipped it or had to
    take it again.

    Parameters
    ----------
    map_ : Map
        As :mod:`cslab.measure.journey` reads it.
    found : Conformance, optional
        As :func:`cslab.measure.journey.conformance` returns it for the same map.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One box a step (text ``goal``), its numbers as texts ``reached``, ``waiting``, ``skipped``.

    >>> from cslab.measure.journey import shipped
    >>> ax = swim_lanes(shipped())
    >>> sum(text.get_gid() == "goal" for text in ax.texts)
    13
    """
    places = _Places(map_, 0.69 if found is not None else 1.0)
    host = sheet(ax, lang, height=1.5 + 0.47 * (places.rows[-1] + 1))
    host.set_axis_off()
    host.set_xlim(0, 1)
    host.set_ylim(places.rows[-1] + 0.6, -1.0)
    _frame(host, places, lang)
    if found is not None:
        _walked(host, places, found)
        _numbers(host, places, found, lang)
    for place, step in enumerate(map_.steps):
        _box(host, places, place, step, lang)
    _headline(host, map_, found, lang)
    return host


def _frame(host: Axes, places: _Places, lang: str) -> None:
    """The lanes with their names, the phases with theirs."""
    bottom = places.rows[-1] + 0.55
    for number, owner in enumerate(places.lanes):
        name = _called("journey.dept", owner, lang) if owner else word(f"{PICTURE}.nobody", lang)
        write(host, name, ((number + 0.5) * places.lane, -0.75), ink=INK, size=9.5, kind="lane")
        if number:
            host.vlines(number * places.lane, -0.5, bottom, color=FAINT, linewidth=0.8, zorder=0)
    for place, step in enumerate(places.map_.steps):
        if not place or places.map_.steps[place - 1].phase != step.phase:
            top = places.rows[place] - 0.72
            host.hlines(top - 0.08, 0, 1, color=FAINT, linewidth=0.8, zorder=0)
            write(
                host,
                _called("journey.ours", step.phase, lang),
                (0.004, top + 0.13),
                side="left",
                size=8.5,
                kind="phase",
            )


def _called(family: str, name: str, lang: str) -> str:
    """What readers call a phase or a department; one that a company added itself goes by its own name."""
    key = f"{family}.{name}"
    return word(key, lang) if has_word(key) else label(name, lang)


def _box(host: Axes, places: _Places, place: int, step: Step, lang: str) -> None:
    """One step: its goal in a box, with a broken edge where it is not everybody's way."""
    from matplotlib.patches import FancyBboxPatch

    across, down = places.at(place)
    wide, high = 0.94 * places.lane, BOX
    look: dict[str, Any] = {"facecolor": "white", "edgecolor": INK if step.main else QUIET, "linewidth": 1.0}
    look |= {"linestyle": "-" if step.main else (0, (3, 2)), "zorder": 3, "boxstyle": "round,pad=0,rounding_size=0.01"}
    host.add_patch(FancyBboxPatch((across - wide / 2, down - high / 2), wide, high, mutation_aspect=12, **look))
    text = folded(step.goal(lang), round(100 * wide))
    host.annotate(text, (across, down), ha="center", va="center", fontsize=8.5, color=INK, gid="goal", zorder=4,
                  linespacing=1.1)  # fmt: skip


def _walked(host: Axes, places: _Places, found: Conformance) -> None:
    """The way through the main steps as thick as the share that came so far, and arcs past what many skip.

    The last main step has no other behind it: its arc leads to whatever stands next.
    """
    from matplotlib.patches import FancyArrowPatch

    main = [place for place, step in enumerate(places.map_.steps) if step.main]
    shares, skips = found.steps["estimate"].to_numpy(float), found.steps["skipped_share"].to_numpy(float)
    for here, there in pairwise(main):
        (left, top), (right, bottom) = places.at(here), places.at(there)
        thick = 1 + 9 * max(shares[there], 0.0) if math.isfinite(shares[there]) else 1
        host.plot([left, right], [top, bottom], color=STATUS["stayed"].colour, linewidth=thick, zorder=1, alpha=0.75)
    beyond = list(range(len(places.map_.steps)))[main[-1] + 1 :][:1] if main else []
    for before, here, after in zip(main, main[1:], [*main[2:], *beyond], strict=False):
        if skips[here] >= SHOWN:
            look: dict[str, Any] = {"color": STATUS["left"].colour, "linewidth": 1 + 6 * skips[here], "zorder": 2}
            start, end = places.at(before), places.at(after)
            bend = f"arc3,rad=-{_bend(host, places, start, end):.2f}"
            look |= {"linestyle": (0, (3, 1.5)), "connectionstyle": bend, "arrowstyle": "-"}
            host.add_patch(FancyArrowPatch(start, end, **look))


def _bend(host: Axes, places: _Places, start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far an arc bends, as a share of its length: within a lane so far that it comes out beside the boxes."""
    if start[0] != end[0]:
        return 0.35
    (left, top), (right, bottom) = host.transData.transform([(0, start[1]), (places.lane, end[1])])
    return float(1.25 * abs(right - left) / abs(top - bottom))


def _numbers(host: Axes, places: _Places, found: Conformance, lang: str) -> None:
    """What was observed of each step, in columns beside the lanes."""
    for name, across in STRIP.items():
        write(host, word(f"{PICTURE}.{name}", lang), (across, -0.75), side="right", size=8.5, kind="column")
    for place, row in enumerate(found.steps.to_dict("records")):
        down = places.rows[place]
        if math.isfinite(share := row["estimate"]):
            write(host, f"{share:.0%}", (STRIP["reached"], down), side="right", ink=INK, size=9.5, kind="reached")
        _waiting(host, row, down, lang)
        pieces = [f"{row['skipped_share']:.0%}"] if row["skipped_share"] >= SHOWN else []
        pieces += [f"↺ {row['repeated_share']:.0%}"] if row["repeated_share"] >= SHOWN else []
        if pieces:
            ink = STATUS["left"].ink
            write(host, "\n".join(pieces), (STRIP["skipped"], down), side="right", ink=ink, size=9.5, kind="skipped")


def _waiting(host: Axes, row: dict[Any, Any], down: float, lang: str) -> None:
    """The median wait for a step, over its target in another ink, and the target under it."""
    wait, target = row["waiting_median"], row["target_days"]
    if not math.isfinite(wait):
        return
    late = math.isfinite(target) and wait > target
    ink = ROLES["naive"].ink if late else INK
    text = word(f"{PICTURE}.days", lang, days=wait)
    text += f"\n({word(f'{PICTURE}.target', lang, days=target)})" if math.isfinite(target) else ""
    write(host, text, (STRIP["waiting"], down), side="right", ink=ink, size=8.5, kind="waiting")


def _headline(host: Axes, map_: Map, found: Conformance | None, lang: str) -> None:
    """What the picture shows, of whom, and how to read it."""
    if found is None:
        headline(host, map_.title(lang), word(f"{PICTURE}.map_only", lang, n=len(map_.steps)))
        return
    notes = [word("figure.note.n", lang, n=found.n), as_of(found.steps, lang)]
    late = word(f"{PICTURE}.late", lang, n=found.entered_late) if found.entered_late else ""
    reading = [word(f"{PICTURE}.how.{name}", lang) for name in ("reached", "waiting", "line", "again", "edge")]
    headline(host, word(f"{PICTURE}.title", lang), *notes, late, *reading)
