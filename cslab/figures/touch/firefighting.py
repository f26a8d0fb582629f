"""Firefighting over time: the share of the hours that answers problems, and revenue retention afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, panels, require_rows, sheet
from cslab.figures.style import INK, STATUS, Role, group_look
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.firefighting"


def firefighting(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the firefighting index by quarter, and GRR over the year that follows each.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.firefighting` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With two panels in ``child_axes``: the index, and GRR.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import touch
    >>> len(firefighting(touch.firefighting(cslab.load("synthetic:tiny"))).child_axes)
    2
    """
    columns = ["start", "estimate", "low", "high", "n", "grr", "grr_low", "grr_high"]
    require_rows(found, PICTURE, columns)
    host = sheet(ax, lang, height=4.8)
    upper, lower = panels(host, 2)
    _draw(upper, found, ("estimate", "low", "high"), STATUS["left"], word(f"{PICTURE}.index", lang))
    _draw(lower, found, ("grr", "grr_low", "grr_high"), group_look(0), word(f"{PICTURE}.grr", lang))
    upper.set_ylim(bottom=0)
    n = word(f"{PICTURE}.n", lang, n=int(found["n"].max()))
    headline(host, word(f"{PICTURE}.title", lang), n, as_of(found, lang), word(f"{PICTURE}.definition", lang))
    return host


def _draw(panel: Axes, found: pd.DataFrame, names: tuple[str, str, str], look: Role, title: str) -> None:
    """One number by quarter with its limits."""
    middle, low, high = names
    panel.fill_between(found["start"], found[low], found[high], color=look.colour, alpha=0.15, linewidth=0)
    panel.plot(found["start"], found[middle], color=look.colour, marker=look.marker, markersize=4)
    panel.set_xlim(found["start"].min(), found["start"].max())
    percent_axis(panel.yaxis)
    write(panel, title, (0, 1), (0, 4), within="axes", side="left", ink=INK, size=9, kind="panel")
