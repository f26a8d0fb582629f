"""One misconception over many runs: the number everybody computes, the lesson's with its interval, and the truth."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, ROLES
from cslab.figures.writing import width, write
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

PICTURE = "figure.grid.runs"
NUMBERS = ("naive", "better", "low", "high", "truth")
COLUMNS = ("run", *NUMBERS, "nearer")
WIDTH, NOTE = 4.6, 62
"""Inches, so that two stand side by side on a page and one fills a phone; letters of the note on a line."""
ROW, NAMED, DENSE = 0.25, 40, 10.0
"""Inches a row; rows that carry their names; inches that more rows than those share."""
TEXT = 34
"""Latin letters of a row's name: what is left of the width is for the marks."""
LETTER = 0.067
"""Inches that a Latin letter of a name is wide."""
PANEL, MARGIN, LETTERS, NAMES_BELOW = 1.9, 0.17, 52, 24
"""Inches that a panel is high; the share of the width that its scale takes; letters on a line; names below."""
_NUMBER = re.compile(r"\{(?:value|points)[^}]*\}")


def runs(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw three marks a run on one scale: a square, a dot with its interval, and round it the truth's open diamond.

    A row a run; where every value of one thing meets every value of another, a panel for each value of the one and a
    place in it for each of the other, all on one scale.

    Parameters
    ----------
    found : DataFrame
        A row a run: ``run`` (its name), ``naive``, ``better``, ``low``, ``high``, ``truth`` (missing where not known),
        ``nearer`` (True where the lesson's number lies nearer to the truth, None where nobody can say); for panels
        ``panel`` and ``place``, too. ``found.attrs["misconception"]`` (M13 …) gives the form of the numbers.
    ax : Axes, optional
        Where to draw; None makes a figure, half a page wide.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one of ``child_axes`` for all rows, which lie at 0, 1, 2, … downwards, or one for each panel.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"run": ["a", "b"], "naive": [0.5, 0.6], "better": [0.3, 0.3], "low": [0.2, 0.2],
    ...                       "high": [0.4, 0.4], "truth": [0.31, None], "nearer": [True, None]})
    >>> panel = runs(found).child_axes[0]
    >>> len([line for line in panel.get_lines() if line.get_gid() == "truth"])
    1
    """
    require_rows(found, PICTURE, COLUMNS)
    crossed = {"panel", "place"} <= {*found.columns}
    host = sheet(ax, lang, height=_height(found, crossed), width=WIDTH)
    host.set_axis_off()
    (_panels if crossed else _rows)(host, found, _form(found.attrs.get("misconception", ""), lang))
    _key(host, found, lang)
    headline(host, _title(found, lang), *_notes(found, crossed, lang), lift=20, columns=NOTE)
    return host


def _height(found: pd.DataFrame, crossed: bool) -> float:
    """Of a new figure, in inches."""
    if crossed:
        return 1.0 + PANEL * math.ceil(found["panel"].nunique() / _across(found))
    return 1.35 + (ROW * len(found) if len(found) <= NAMED else DENSE)


def _across(found: pd.DataFrame) -> int:
    """How many panels stand side by side: their names above them and those of the places below must have room."""
    names, below = ([str(name) for name in found[column].unique()] for column in ("panel", "place"))
    room = max(max(map(width, names)) + 1, sum(max(2, width(place) + 1) for place in below))
    return max(1, min(4, len(names), LETTERS // room))


def _form(misconception: str, lang: str) -> str:
    """How a number of this misconception is written."""
    key = f"verdict.{misconception}.number"
    return word(key, lang) if has_word(key) else "{value:.3g}"


def _rows(host: Axes, found: pd.DataFrame, form: str) -> None:
    """A row a run on one scale, its name to the left while there is room for names."""
    names = [_short(str(name)) for name in found["run"]] if len(found) <= NAMED else []
    shown = found if names else found.sort_values("better", kind="stable")
    share = max((width(name) + 2 for name in names), default=0) * LETTER / WIDTH
    host.set_ylim(len(found) - 0.4, -0.6)
    panel = host.inset_axes((share, 0, 1 - share, 1), sharey=host)
    panel.tick_params(labelleft=False, left=False)
    for place, row in enumerate(shown.to_dict("records")):
        _marks(panel, place, row, upright=False, size=min(1.0, math.sqrt(NAMED / len(found))))
        if names:
            panel.axhline(place, color=FAINT, linewidth=0.5, zorder=0)
            write(host, names[place], (0, place), within="row", side="left", ink=INK, kind="name")
    panel.grid(visible=False, axis="y")
    panel.grid(visible=True, axis="x")
    panel.margins(x=0.08)
    _scale(panel.xaxis, form)
    panel.set_xlabel(_unit(form), loc="right", gid="unit")


def _panels(host: Axes, found: pd.DataFrame, form: str) -> None:
    """A panel for each value of the one thing, a place in it for each value of the other, all on one scale."""
    names, across = [*found["panel"].unique()], _across(found)
    deep = math.ceil(len(names) / across)
    spread = found[[*NUMBERS]].astype(float)
    low, high = float(spread.min().min()), float(spread.max().max())
    room = 0.1 * (high - low) or 1.0
    for number, name in enumerate(names):
        down, right = divmod(number, across)
        step = (1 - MARGIN) / across
        panel = host.inset_axes((MARGIN + right * step, 1 - (down + 0.88) / deep, 0.94 * step, 0.74 / deep))
        _panel(panel, found[found["panel"] == name], [*found["place"].unique()])
        if math.isfinite(low):
            panel.set_ylim(low - room, high + room)
        _scale(panel.yaxis, form)
        panel.tick_params(labelleft=right == 0)
        write(panel, _short(str(name)), (0, 1), (0, 3), within="axes", side="left", ink=INK, size=9, kind="panel")


def _panel(panel: Axes, rows: pd.DataFrame, places: list[Any]) -> None:
    """The runs of one panel, each at its place."""
    for row in rows.to_dict("records"):
        _marks(panel, places.index(row["place"]), row, upright=True)
    every = max(1, math.ceil(len(places) / NAMES_BELOW))
    panel.set_xticks(range(0, len(places), every), [str(place) for place in places[::every]], fontsize=8.5)
    panel.set_xlim(-0.6, len(places) - 0.4)


def _marks(ax: Axes, place: int, row: dict[Any, Any], *, upright: bool, size: float = 1.0) -> None:
    """The marks of one run, smaller where they are many: what nobody knows has none."""
    known = {name: float(row[name]) for name in NUMBERS if row[name] is not None and math.isfinite(row[name])}
    if {"low", "high"} <= {*known}:
        line: dict[str, Any] = {"color": ROLES["better"].colour, "linewidth": 1.6 * size, "zorder": 3}
        (ax.vlines if upright else ax.hlines)(place, known["low"], known["high"], **line)
    for order, role in enumerate(ROLES):
        if role in known:
            at = ([place], [known[role]]) if upright else ([known[role]], [place])
            ax.plot(*at, gid=role, clip_on=False, zorder=4 + order, **_look(role, size))


def _look(role: str, size: float = 1.0) -> dict[str, Any]:
    """How a mark looks: the truth is hollow, so that what lies under it is seen."""
    look: dict[str, Any] = {"color": ROLES[role].colour, "marker": ROLES[role].marker, "linestyle": "none"}
    if role == "truth":
        return {**look, "markersize": 9.5 * size, "markerfacecolor": "none", "markeredgewidth": 1.3 * size}
    return {**look, "linewidth": 1.6, "markersize": 6 * size}


def _scale(axis: Axis, form: str) -> None:
    """Ticks with the bare number: the unit, however long, has a line of its own."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def said(value: float, _: Any) -> str:
        """One tick."""
        number = _NUMBER.findall(form)[0].format(value=value, points=100 * value)
        return re.sub(r"\.0$", "", number.removesuffix("%"))

    axis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(said))


def _unit(form: str) -> str:
    """What stands about the number; a ring for the number where words come before it."""
    return _NUMBER.sub(lambda found: "○%" if found[0].endswith("%}") else "○", form).removeprefix("○").strip()


def _key(host: Axes, found: pd.DataFrame, lang: str) -> None:
    """The three marks with their names, over the picture; the truth only where anybody knows it."""
    from matplotlib.lines import Line2D

    roles = [role for role in ROLES if role != "truth" or found["truth"].notna().any()]
    handles = [Line2D([], [], **_look(role), label=label(role, lang)) for role in roles]
    handles[1].set_linestyle("-")
    spaces = {"handlelength": 1.6, "borderpad": 0.2, "columnspacing": 1.1, "handletextpad": 0.4}
    host.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.1, **spaces)


def _title(found: pd.DataFrame, lang: str) -> str:
    """What came of it in one line."""
    judged = found["nearer"].notna()
    if not judged.any():
        return word(f"{PICTURE}.title", lang, n=len(found))
    near = int((found.loc[judged, "nearer"] == True).sum())  # noqa: E712 - objects: True, False, None
    return word(f"{PICTURE}.nearer", lang, near=near, n=int(judged.sum()))


def _notes(found: pd.DataFrame, crossed: bool, lang: str) -> list[str]:
    """How many runs, of what, what the whiskers are, what a panel's scales are or in which order the rows are."""
    misconception = str(found.attrs.get("misconception", ""))
    unit = _unit(_form(misconception, lang))
    return [
        word(f"{PICTURE}.n", lang, n=len(found)),
        misconception,
        word("figure.note.whiskers", lang) if found["low"].notna().any() else "",
        word(f"{PICTURE}.along", lang, name=found.attrs.get("place", "")) if crossed else "",
        word(f"{PICTURE}.upward", lang, unit=unit) if crossed and unit else "",
        word(f"{PICTURE}.sorted", lang) if not crossed and len(found) > NAMED else "",
    ]


def _short(name: str) -> str:
    """A name cut where it would take the room of the marks."""
    cut = name
    while width(cut) > TEXT:
        cut = cut[:-1]
    return name if cut == name else f"{cut[:-1]}…"
