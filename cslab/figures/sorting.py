"""A picture of retention by year of life, beside a model in which no customer changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.sorting.by_year"
COLUMNS = ("year", "estimate", "low", "high", "n", "model", "truth")


def by_year(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the share that stays through each year of life, with the model's curve and the truth where it is known.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.sorting.retention_by_year` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Dots with limits: the company; a dashed line: the model; diamonds: the truth.

    Raises
    ------
    UsageError, NotReady
        When columns or rows are missing.

    >>> import pandas as pd
    >>> row = {"year": 1, "estimate": 0.8, "low": 0.7, "high": 0.9, "n": 90, "model": 0.82, "truth": 0.81}
    >>> [text.get_text() for text in by_year(pd.DataFrame([row])).texts if text.get_gid() == "value"]
    ['80%']
    """
    require_rows(found, PICTURE, COLUMNS)
    host = sheet(ax, lang, height=3.9)
    year, look = found["year"], ROLES["better"]
    host.vlines(year, found["low"], found["high"], color=look.colour, linewidth=1.8, zorder=2)
    host.plot(year, found["estimate"], look.marker, color=look.colour, markersize=7, zorder=3)
    host.plot(year, found["model"], ROLES["naive"].dash, color=ROLES["naive"].colour, linewidth=1.8, zorder=1)
    if found["truth"].notna().any():
        host.plot(year, found["truth"], ROLES["truth"].marker, color=ROLES["truth"].colour, markersize=5, zorder=4)
    _words(host, found, lang)
    host.set_xlim(year.min() - 0.5, year.max() + 0.9)
    host.set_xticks(year)
    host.set_ylim(max(0.0, found["low"].min() - 0.08), 1.0)
    host.set_xlabel(word(f"{PICTURE}.axis", lang))
    percent_axis(host.yaxis)
    shown = ["ours", *(["model"] if found["model"].notna().any() else [])]
    shown += ["truth"] if found["truth"].notna().any() else []
    key = [word(f"{PICTURE}.{name}", lang) for name in shown]
    told = counted(found["n"].max(), lang), as_of(found, lang), *key, word("figure.note.whiskers", lang)
    headline(host, word(f"{PICTURE}.title", lang), *told)
    return host


def _words(host: Axes, found: pd.DataFrame, lang: str) -> None:
    """The share beside each dot, and the customers above the axis."""
    for row in found.to_dict("records"):
        ink, share = ROLES["better"].ink, f"{row['estimate']:.0%}"
        write(host, share, (row["year"], row["estimate"]), (8, 0), side="left", ink=ink, size=9, kind="value")
        count = word(f"{PICTURE}.n", lang, n=int(row["n"]))
        write(host, count, (row["year"], 0), (0, 4), within="column", size=8.5, kind="n")
