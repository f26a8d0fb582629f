"""Ways to fool oneself: five beside the truth, lives with their immortal time, one programme judged four ways."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.measure.illusions.illusion import NOTHING, RATIO
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from cslab.measure.illusions.exposure import Exposure

HELPFUL = {"pilot_winners": 1.0}
"""Which way a number goes that looks helpful: less leaving is helpful, more use is."""

COLUMNS = {"naive": 40, "better": 112, "truth": 184}
"""Points to the right of the axes at which the columns of numbers stand."""

SHOWN, LEAVERS = 14, 3
"""Lives that are drawn, and how many of either side are those of customers who left."""


def dumbbell(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw naive, better and true numbers of several illusions, each row on its own scale around "no effect".

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.illusions.table` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row an illusion, from the top: 0 is no effect, what lies right of it looks helpful, what lies left harmful.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> from cslab.measure import illusions
    >>> from cslab.measure.estimate import normal
    >>> one = illusions.Illusion("tier_gap", "points", normal(-0.16, 0.02, 900, "mean"), None, -0.1)
    >>> len([line for line in dumbbell(illusions.table([one])).get_lines() if line.get_gid() == "mark"])
    2
    """
    picture = "figure.illusions.dumbbell"
    require_rows(found, picture, ["illusion", "what", "unit", "estimate", "low", "high", "n"])
    names = list(dict.fromkeys(found["illusion"]))
    host = sheet(ax, lang, height=1.7 + 0.62 * len(names))
    for place, name in enumerate(names):
        rows = found[found["illusion"] == name].to_dict("records")
        _row(host, -place, rows)
        _written(host, -place, rows, lang)
    host.axvline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    host.set(xlim=(-1.15, 1.15), ylim=(0.5 - len(names), 0.95), xticks=[], yticks=[])
    host.spines["bottom"].set_visible(False)
    host.grid(visible=False)
    for side, x in (("harmful", -0.62), ("nothing", 0.0), ("helpful", 0.62)):
        write(host, word(f"{picture}.{side}", lang), (x, -len(names) + 0.5), (0, -9), kind="side", ink=QUIET, size=9)
    for role, points in COLUMNS.items():
        write(host, word(f"label.{role}", lang), (1, 0.5), (points, 2), within="row", ink=ROLES[role].ink, kind="role")
    notes = counted(found["n"].max(), lang), word(f"{picture}.definition", lang), word("figure.note.whiskers", lang)
    headline(host, word(f"{picture}.title", lang), *notes)
    return host


def lives(found: Exposure, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw some lives: the months before each customer began, those since, and where it left.

    Parameters
    ----------
    found : Exposure
        As :func:`cslab.measure.illusions.phantom` or :func:`~cslab.measure.illusions.exposure` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Those who took part above the others, as many of either; a cross where one left.

    >>> import cslab
    >>> from cslab.measure import illusions
    >>> ax = lives(illusions.phantom(cslab.load("synthetic:tiny")))
    >>> float(ax.get_ylim()[1])
    -1.2
    """
    picture = "figure.illusions.lives"
    host = sheet(ax, lang, height=4.0)
    began_before_the_end = found.took_part & (found.duration - found.began >= 1)
    part, others = (_some(found, side) for side in (began_before_the_end, ~found.took_part))
    for place, row in enumerate([*part, *others]):
        height = place + (1.2 if place >= len(part) else 0)
        began = float(np.clip(found.began[row], found.entry[row], found.duration[row]))
        host.hlines(
            height, found.entry[row], began, color=ROLES["naive"].colour if place < len(part) else FAINT, linewidth=5
        )
        host.hlines(height, began, found.duration[row], color=ROLES["better"].colour, linewidth=5)
        if found.event[row]:
            host.plot([found.duration[row]], [height], "x", color=INK, markersize=6, markeredgewidth=1.8, gid="left")
    host.set(ylim=(len(part) + len(others) + 1.0, -1.2), yticks=[], xlim=(0, found.duration.max() + 1))
    host.grid(visible=False)
    host.set_xlabel(word("figure.tenure.month", lang))
    for height, side in ((-0.8, "part"), (len(part) + 0.25, "others")):
        write(host, word(f"{picture}.{side}", lang), (0, height), (4, 0), side="left", ink=INK, size=9, kind="name")
    notes = counted(len(found.entry), lang), word(f"{picture}.definition", lang)
    headline(host, word(f"{picture}.title", lang), *notes)
    return host


def ways(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what four ways of comparing make of programmes that nobody ran.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.illusions.draws` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a way, on a logarithmic axis of ratios; a dotted line at the truth, where ``attrs`` holds one.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import illusions
    >>> ax = ways(illusions.draws(cslab.load("synthetic:tiny"), times=2))
    >>> len([line for line in ax.get_lines() if line.get_gid() == "mark"])
    4
    """
    picture = "figure.illusions.ways"
    require_rows(found, picture, ["estimate", "low", "high", "n", "method"])
    host = sheet(ax, lang, height=3.2)
    for place, row in enumerate(found.to_dict("records")):
        look = ROLES["better" if row["method"] in ("tenure_split", "landmark_ratio") else "naive"]
        host.hlines(-place, row["low"], row["high"], color=look.colour, linewidth=1.8)
        host.plot([row["estimate"]], [-place], look.marker, color=look.colour, markersize=8, gid="mark")
        write(
            host, label(str(row["method"]), lang), (0, -place), (0, 9), within="row", side="left", size=9, kind="name"
        )
        text = word("figure.illusions.ratio", lang, value=row["estimate"])
        write(host, text, (1, -place), (26, 0), within="row", ink=look.ink, size=9, kind="number")
    if (truth := found.attrs.get("truth")) is not None:
        host.axvline(truth, color=ROLES["truth"].colour, linestyle=":", linewidth=1.6, zorder=0.5)
    host.set_xscale("log")
    limits = min(0.3, 0.9 * found["low"].min()), max(1.8, 1.1 * found["high"].max())
    host.set(xlim=limits, ylim=(0.6 - len(found), 0.75), yticks=[])
    _ratio_ticks(host, limits, lang)
    host.set_xlabel(word(f"{picture}.axis", lang))
    lots = word(f"{picture}.n", lang, n=int(found["n"].max()))
    people = counted(found.attrs.get("customers", 0), lang)
    headline(
        host, word(f"{picture}.title", lang), people, lots, as_of(found, lang), word(f"{picture}.definition", lang)
    )
    return host


def _ratio_ticks(ax: Axes, limits: tuple[float, float], lang: str) -> None:
    """A few plain ratios on a logarithmic axis."""
    ticks = [tick for tick in (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0) if limits[0] <= tick <= limits[1]]
    ax.set_xticks(ticks, [word("figure.illusions.tick", lang, value=tick) for tick in ticks])
    ax.minorticks_off()


def _some(found: Exposure, side: Any) -> list[int]:
    """A few lives of one side, some of them of customers who left, the longest first."""
    rows = side & (found.entry == 0) if (side & (found.entry == 0)).any() else side
    left = _spread(found, np.flatnonzero(rows & found.event), LEAVERS)
    return sorted(
        [*left, *_spread(found, np.flatnonzero(rows & ~found.event), SHOWN // 2 - len(left))],
        key=lambda row: -int(found.duration[row]),
    )


def _spread(found: Exposure, rows: NDArray[np.int64], many: int) -> list[int]:
    """So many of some lives, spread evenly over their lengths."""
    longest = rows[np.argsort(-found.duration[rows], kind="stable")]
    places = np.linspace(0, len(rows) - 1, min(many, len(rows))).astype(int) if len(rows) else rows
    return [int(row) for row in longest[places]]


def _helpful(row: dict[str, Any], value: float) -> float:
    """How helpful a number looks, around 0; ratios by their logarithm."""
    from_nothing = math.log(max(value, 1e-9)) if row["unit"] == RATIO else value - NOTHING[str(row["unit"])]
    return HELPFUL.get(str(row["illusion"]), -1.0) * from_nothing


def _row(ax: Axes, height: float, rows: list[dict[str, Any]]) -> None:
    """The marks of one illusion, each mark on the scale of its row."""
    placed = {row["what"]: [_helpful(row, row[name]) for name in ("estimate", "low", "high")] for row in rows}
    span = max((abs(x) for values in placed.values() for x in values if math.isfinite(x)), default=1.0) or 1.0
    middles = [values[0] / span for values in placed.values()]
    ax.hlines(height, min(middles), max(middles), color="#DCE1E6", linewidth=3, zorder=1)
    for order, (role, values) in enumerate(placed.items()):
        look, (middle, *limits) = ROLES[role], (value / span for value in values)
        ax.hlines(height, min(limits), max(limits), color=look.colour, linewidth=1.3, zorder=2, alpha=0.8)
        size = 6 if role == "truth" else 8
        mark: dict[str, Any] = {"color": look.colour, "marker": look.marker, "markersize": size, "zorder": 3 + order}
        ax.plot([middle], [height], gid="mark", label=role, **mark)


def _written(ax: Axes, height: float, rows: list[dict[str, Any]], lang: str) -> None:
    """The name of an illusion above its row, and the numbers, each under its role."""
    name = label(str(rows[0]["illusion"]), lang)
    write(ax, name, (0, height), (-2, 10), within="row", side="left", ink=INK, size=9, kind="claim")
    told = {row["what"]: row for row in rows}
    for role, points in COLUMNS.items():
        text = _number(told[role], lang) if role in told else word("verdict.none", lang)
        ink = ROLES[role].ink if role in told else QUIET
        write(ax, text, (1, height), (points, 0), within="row", ink=ink, size=8.5, kind="number")


def _number(row: dict[str, Any], lang: str) -> str:
    """A number in its own unit."""
    if row["unit"] == RATIO:
        return word("figure.illusions.ratio", lang, value=row["estimate"])
    return word("figure.onboarding.points", lang, value=100 * row["estimate"])
