"""How customers felt along the way: those who left since beside those who stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.journey.folding import folded, goal_of
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, status_look
from cslab.figures.writing import write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.journey.emotion"


def emotion(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the mean feeling at each step, from the first down to the last, of those who left and those who stayed.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.journey.emotion` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A line with its limits for each status, and what the map wants.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure.journey import emotion as felt
    >>> ax = emotion(felt(cslab.load("synthetic:tiny")))
    >>> len(ax.get_yticks()) > 5
    True
    """
    require_rows(found, PICTURE, ["step", "goal_en", "goal_ja", "status", "estimate", "low", "high", "n", "planned"])
    steps = list(dict.fromkeys(found["step"]))
    host = sheet(ax, lang, height=1.6 + 0.4 * len(steps))
    place = {step: number for number, step in enumerate(steps)}
    _lines(host, found, place, lang)
    planned = found.drop_duplicates("step").dropna(subset="planned")
    host.plot(planned["planned"], planned["step"].map(place), ls="", marker="|", ms=14, mew=1.6, color=QUIET, zorder=2)
    first = found.drop_duplicates("step").to_dict("records")
    host.set_yticks(range(len(steps)), [folded(goal_of(row, lang), 46) for row in first], color=INK)
    host.set_ylim(len(steps) - 0.5, -1.0)
    host.set_xlim(-2, 2)
    host.set_xticks((-2, 0, 2), [word(f"{PICTURE}.{name}", lang) for name in ("bad", "even", "good")])
    host.grid(axis="x")
    host.axvline(0, color=QUIET, linewidth=1)
    n = word(f"{PICTURE}.n", lang, n=int(found["n"].max()))
    definition, hindsight = word(f"{PICTURE}.definition", lang), word(f"{PICTURE}.hindsight", lang)
    title = word(f"{PICTURE}.title", lang)
    headline(host, title, n, as_of(found, lang), definition, hindsight, columns=64)  # the goals take a third
    return host


def _lines(host: Axes, found: pd.DataFrame, place: dict[str, int], lang: str) -> None:
    """A line a status, named at its first point."""
    for status, rows in found.groupby("status", sort=True):
        look, down = status_look(status), rows["step"].map(place) + (-0.08 if status == "left" else 0.08)
        host.plot(rows["estimate"], down, look.marker + "-", color=look.colour, markersize=6, zorder=3)
        host.hlines(down, rows["low"], rows["high"], color=look.colour, linewidth=1.4, zorder=3)
        at, left = (float(rows["estimate"].iloc[0]), -0.7), status == "left"
        name, shift = label(str(status), lang), (-4 if left else 4, 0)
        write(host, name, at, shift, side="right" if left else "left", ink=look.ink, size=9.5, kind="role")
