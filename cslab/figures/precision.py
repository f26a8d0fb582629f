"""What can be concluded with so many customers: for each conclusion, how many times as many it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.precision.needed"

LEAST, MOST = 0.1, 30.0
"""So many times as many customers: the ends of the axis; what lies further out stands at its end, with an arrow."""

TICKS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


def needed(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how many times as many customers each conclusion takes.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.precision.table` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a conclusion, from the top; left of the line at 1 there are customers enough.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import precision
    >>> ax = needed(precision.table(precision.conclusions(cslab.load("synthetic:tiny"), "01")))
    >>> [text.get_text() for text in ax.get_yticklabels()][0]
    '01 Gross revenue retention'
    """
    require_rows(found, PICTURE, ["lesson", "name", "n", "customers", "enough"])
    host = sheet(ax, lang, height=1.7 + 0.27 * len(found), width=9.2)
    times = (found["customers"].astype(float) / found["n"]).to_numpy(float)
    for place, (ratio, enough) in enumerate(zip(times, found["enough"], strict=True)):
        _row(host, place, float(ratio), bool(enough), lang)
    host.axvline(1, color=INK, linewidth=1, zorder=0.5)
    write(host, word(f"{PICTURE}.yours", lang), (1, -0.75), (5, 0), side="left", kind="yours")
    _axes(host, found, lang)
    most = int(found["n"].max())
    count = int((~found["enough"].astype(bool)).sum())
    says = word(f"{PICTURE}.count", lang, enough=len(found) - count, all=len(found))
    headline(host, word(f"{PICTURE}.title", lang), word(f"{PICTURE}.n", lang, n=most), says,
             word(f"{PICTURE}.definition", lang))  # fmt: skip
    return host


def _row(ax: Axes, place: int, ratio: float, enough: bool, lang: str) -> None:
    """One conclusion's mark: filled where the customers are enough, an arrow where it lies beyond the axis."""
    look = ROLES["better" if enough else "naive"]
    beyond = not np.isfinite(ratio) or ratio > MOST
    at = MOST if beyond else max(ratio, LEAST)
    ax.plot([1, at], [place, place], color=look.colour, linewidth=1.6, zorder=1)
    marker: Any = ">" if beyond else "<" if ratio < LEAST else look.marker
    ax.plot([at], [place], marker=marker, color=look.colour, markersize=6, linestyle="none", gid="needed", zorder=2)
    if beyond:
        said = word(f"{PICTURE}.never", lang) if not np.isfinite(ratio) else f"×{ratio:,.0f}"
        write(ax, said, (at, place), (-6, 2), side="right", ink=look.ink, kind="beyond")


def _axes(ax: Axes, found: pd.DataFrame, lang: str) -> None:
    """Names on the left, times below."""
    names = [f"{row['lesson']} {word('precision.' + row['name'], lang)}" for row in found.to_dict("records")]
    ax.set_yticks(range(len(found)), names)
    ax.set_ylim(len(found) - 0.5, -1.2)
    ax.set_xscale("log")
    ax.set_xticks(TICKS, [f"×{tick:g}" for tick in TICKS])
    ax.minorticks_off()
    ax.set_xlim(LEAST * 0.85, MOST * 1.15)
    ax.set_xlabel(word(f"{PICTURE}.x", lang))
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_color(QUIET)
