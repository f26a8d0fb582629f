"""The course in one picture: for each misconception the naive number, the lesson's number and the truth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady
from cslab.figures.sheet import headline, sheet
from cslab.figures.style import INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import has_word, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PICTURE = "figure.verdicts.dumbbell"
COLUMNS = {"naive": 46, "better": 118, "truth": 188}
"""Points to the right of the axes at which the three columns of numbers stand."""


def dumbbell(records: Iterable[Mapping[str, Any]], ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw naive · better · truth for several misconceptions, each row on its own scale, the numbers beside it.

    Parameters
    ----------
    records : iterable of mapping
        As a lesson's verdicts record them: ``misconception`` (M01 …) and ``naive``, ``better``, ``truth``, each a
        number, a mapping with ``estimate`` and perhaps ``low`` and ``high``, or None where it is not known.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a misconception, from the top; marks lie between 0 and 1 of their own row's scale.

    Raises
    ------
    NotReady
        When there is no record.

    >>> ax = dumbbell([{"misconception": "M14", "naive": 0.658, "better": 0.602, "truth": 0.601}])
    >>> len([line for line in ax.get_lines() if line.get_gid() == "mark"])
    3
    """
    rows = [(str(record["misconception"]), {role: _number(record.get(role)) for role in ROLES}) for record in records]
    if not rows:
        raise NotReady(Fault("figure_empty", {"picture": PICTURE}))
    host = sheet(ax, lang, height=1.15 + 0.58 * len(rows))
    for place, (name, numbers) in enumerate(rows):
        _row(host, -place, numbers)
        _written(host, -place, name, numbers, lang)
    host.set_ylim(0.55 - len(rows), 0.9)
    host.set_yticks([])
    host.set_xlim(-0.02, 1.02)
    host.set_xticks([])
    host.spines["bottom"].set_visible(False)
    host.grid(visible=False)
    for role, points in COLUMNS.items():
        write(host, word(f"label.{role}", lang), (1, 0.42), (points, 1), within="row", ink=ROLES[role].ink, kind="role")
    notes = word(f"{PICTURE}.n", lang, n=len(rows)), word(f"{PICTURE}.definition", lang)
    headline(host, word(f"{PICTURE}.title", lang), *notes)
    return host


def _number(value: Any) -> dict[str, float] | None:
    """A number of a record as estimate, low and high, limits on the estimate where it has none; None where missing."""
    fields = value if isinstance(value, Mapping) else {"estimate": getattr(value, "estimate", value)}
    middle = fields.get("estimate")
    if middle is None or not math.isfinite(middle):
        return None
    limits = {name: fields.get(name) for name in ("low", "high")}
    return {"estimate": float(middle), **{name: float(middle if x is None else x) for name, x in limits.items()}}


def _row(ax: Axes, height: float, numbers: Mapping[str, dict[str, float] | None]) -> None:
    """The marks of one row between 0 and 1 of its own scale, a thread through them."""
    known = {role: number for role, number in numbers.items() if number is not None}
    if not known:
        return
    low, high = min(n["low"] for n in known.values()), max(n["high"] for n in known.values())
    span = (high - low) or 1.0
    places = {role: {name: (value - low) / span for name, value in number.items()} for role, number in known.items()}
    middles = [place["estimate"] for place in places.values()]
    ax.hlines(height, min(middles), max(middles), color="#DCE1E6", linewidth=3, zorder=1)
    for order, (role, place) in enumerate(places.items()):
        look = ROLES[role]
        ax.hlines(height, place["low"], place["high"], color=look.colour, linewidth=1.3, zorder=2, alpha=0.8)
        size = 6 if role == "truth" else 8
        mark: dict[str, Any] = {"color": look.colour, "marker": look.marker, "markersize": size, "zorder": 3 + order}
        ax.plot([place["estimate"]], [height], gid="mark", label=role, **mark)


def _written(ax: Axes, height: float, name: str, numbers: Mapping[str, dict[str, float] | None], lang: str) -> None:
    """What the misconception says above its row, and the numbers of the row, each under its role."""
    claim = word(f"verdict.{name}.claim", lang) if has_word(f"verdict.{name}.claim") else ""
    write(ax, f"{name}  {claim}", (0, height), (-2, 9), within="row", side="left", ink=INK, kind="claim")
    form = word(f"verdict.{name}.number", lang) if has_word(f"verdict.{name}.number") else "{value:.3g}"
    for role, number in numbers.items():
        value = None if number is None else number["estimate"]
        text = word("verdict.none", lang) if value is None else form.format(value, value=value, points=100 * value)
        ink = ROLES[role].ink if number else QUIET
        write(ax, text, (1, height), (COLUMNS[role], 0), within="row", ink=ink, size=8.5, kind="number")
