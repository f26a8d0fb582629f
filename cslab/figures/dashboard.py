"""Pictures of the executive dashboard: all five tiles on one sheet, and how one of them got there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.kpis import LAMPS
from cslab.figures.scales import day, month_name, percent_axis
from cslab.figures.sheet import NOTE_COLUMNS, as_of, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import label, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cslab.measure.dashboard import Dashboard, Tile

TILES, TREND = "figure.dashboard.tiles", "figure.dashboard.trend"
LETTERS = NOTE_COLUMNS / 7.3
"""Latin letters of a note that fit on an inch."""
PATH = (0.47, 0.28)
"""Where the way of each tile begins on the sheet, and how wide it is."""


def said(value: float, unit: str, lang: str) -> str:
    """A number of a tile: a share in per cent, a score with one decimal; a dash where it is missing.

    Parameters
    ----------
    value : float
    unit : str
        ``share`` or ``score``.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> said(0.1234, "share", "en"), said(71.96, "score", "ja")
    ('12.3%', '72.0点')
    """
    if not math.isfinite(value):
        return word("verdict.none", lang)
    return f"{100 * value:.1f}%" if unit == "share" else word("figure.dashboard.score", lang, value=value)


def tiles(found: Dashboard, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the five tiles below one another: number, limits, the way there, target.

    Parameters
    ----------
    found : Dashboard
        As :func:`cslab.measure.dashboard.executive` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a tile from the top; the ways there in ``child_axes``, one for each tile with a number.

    Raises
    ------
    UsageError
        For a language that the kit does not speak.

    >>> import cslab
    >>> from cslab.measure.dashboard import executive
    >>> len(tiles(executive(cslab.load("synthetic:tiny"), quarters=3)).child_axes)
    5
    """
    table = found.table()
    host = sheet(ax, lang, height=1.5 + 0.86 * len(table))
    host.set_axis_off()
    host.set_xlim(0, 1)
    host.set_ylim(len(table) - 0.5, -0.5)
    for place, one in enumerate(found.tiles):
        _row(host, one, place, 1 / len(table), lang)
    notes = [counted(found.customers, lang), as_of(table, lang), _since(found, lang), word(f"{TILES}.definition", lang)]
    headline(host, word(f"{TILES}.title", lang), *notes, lift=4)
    return host


def _since(found: Dashboard, lang: str) -> str:
    """From when on the lines go; empty where there are none."""
    days = found.trends()["day"]
    return word(f"{TILES}.window", lang, start=month_name(days.min(), lang)) if len(days) else ""


def _row(host: Axes, one: Tile, place: int, height: float, lang: str) -> None:
    """One tile: lamp, name and number on the left, the way there in the middle, the target on the right."""
    look = LAMPS[one.status]
    if place:
        host.axhline(place - 0.5, color=FAINT, linewidth=0.7)
    host.plot([0.012], [place - 0.16], look.marker, color=look.colour, markersize=9, gid="mark", clip_on=False)
    name = word(f"figure.dashboard.name.{one.name}", lang)
    write(host, name, (0.04, place - 0.16), side="left", ink=INK, size=10.5, kind="name")
    if one.now is None:
        write(host, word(f"{TILES}.absent", lang), (PATH[0], place), side="left", ink=QUIET, size=9, kind="absent")
        return
    value = said(one.now.estimate, one.unit, lang)
    write(host, value, (0.42, place - 0.16), side="right", ink=look.ink, size=13, kind="value")
    write(host, limits(one, lang), (0.42, place + 0.2), side="right", ink=QUIET, size=8.5, kind="limits")
    panel = host.inset_axes((PATH[0], 1 - (place + 0.84) * height, PATH[1], 0.68 * height))
    _way(panel, one)
    panel.set_xticks([])
    panel.set_yticks([])
    panel.grid(visible=False)
    write(host, target(one, lang), (1, place - 0.16), side="right", ink=INK, size=9.5, kind="target")
    write(host, label(one.status, lang), (1, place + 0.2), side="right", ink=look.ink, size=8.5, kind="status")


def limits(one: Tile, lang: str) -> str:
    """The limits of a tile's number and how many customers it rests on; empty without a number.

    Parameters
    ----------
    one : Tile
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.measure.dashboard import Entry, Tile
    >>> from cslab.measure.estimate import Estimate
    >>> limits(Tile("churn", Entry(0.18), Estimate(0.1, 0.08, 0.13, 700, "point_to_point")), "en")
    '8.0% to 13.0%, n = 700'
    """
    if one.now is None:
        return ""
    low, high = (said(value, one.unit, lang) for value in (one.now.low, one.now.high))
    return word("figure.dashboard.limits", lang, low=low, high=high, n=one.now.n)


def target(one: Tile, lang: str) -> str:
    """The target of a tile as it is said, or that there is none.

    Parameters
    ----------
    one : Tile
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.measure.dashboard import Entry, Tile
    >>> target(Tile("churn", Entry(0.18)), "en"), target(Tile("churn", Entry()), "en")
    ('target ≤ 18.0%', 'no target')
    """
    if one.charter.target is None:
        return word("figure.dashboard.no_target", lang)
    sign = "≥" if one.better == "high" else "≤"
    return word("figure.dashboard.target", lang, target=f"{sign} {said(one.charter.target, one.unit, lang)}")


def trend(one: Tile, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how a tile got there: its number on each day as it was known then, with limits, and the target.

    Parameters
    ----------
    one : Tile
        With a number.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One line with its band; the target as a dashed line.

    Raises
    ------
    NotReady
        For a tile without a number.

    >>> import cslab
    >>> from cslab.measure.dashboard import executive
    >>> found = executive(cslab.load("synthetic:tiny"), quarters=3)
    >>> len(trend(found.tile("churn")).get_lines()[0].get_xdata())
    3
    """
    import pandas as pd

    rows = pd.DataFrame(columns=["day", "estimate"]) if one.trend is None else one.trend
    require_rows(rows, TREND, ["day", "estimate", "low", "high"] if len(rows) else [])
    host = sheet(ax, lang, height=2.9)
    _way(host, one)
    days = [rows["day"].iloc[0], rows["day"].iloc[len(rows) // 2], rows["day"].iloc[-1]]
    ticks = {one_day.toordinal(): month_name(one_day, lang) for one_day in days}
    host.set_xticks(list(ticks), list(ticks.values()))
    host.set_xlim(min(ticks) - 20, max(ticks) + 20)
    if one.unit == "share":
        percent_axis(host.yaxis, 4)
    title = word(f"figure.dashboard.name.{one.name}", lang)
    last = word(f"{TREND}.last", lang, day=day(days[-1], lang), value=said(one.now.estimate, one.unit, lang))  # type: ignore[union-attr]  # a tile with a trend has a number
    notes = [last, limits(one, lang), target(one, lang), word(f"{TREND}.definition", lang)]
    headline(host, title, *notes, columns=round(LETTERS * host.get_figure(root=True).get_figwidth()))  # type: ignore[union-attr]  # axes of a sheet stand on a figure
    return host


def _way(panel: Axes, one: Tile) -> None:
    """The line of a tile with its band and last point, and the target."""
    rows: Any = one.trend
    days = [found.toordinal() for found in rows["day"]]
    look, lamp = ROLES["better"], LAMPS[one.status]
    panel.plot(days, rows["estimate"], color=look.colour, linewidth=1.8, gid="way")
    panel.fill_between(days, rows["low"], rows["high"], color=look.colour, alpha=0.16, linewidth=0)
    panel.plot(days[-1:], rows["estimate"].iloc[-1:], lamp.marker, color=lamp.colour, markersize=6.5, gid="now")
    if one.charter.target is not None:
        panel.axhline(one.charter.target, color=QUIET, linestyle="--", linewidth=1.1, gid="target")
    panel.margins(x=0.04, y=0.12)
