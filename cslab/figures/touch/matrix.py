"""The matrix of lifecycle and touch as a heat-map of its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET
from cslab.figures.writing import write
from cslab.measure.touch.matrix import ORDER
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.matrix"
SHADES = ("#F4F7F9", "#DCE9F1", "#BFD9E9", "#9CC6DF")
"""By the share of all hours: next to nothing, up to a tenth, up to a quarter, more."""
STEPS = (0.01, 0.10, 0.25)


def matrix_hours(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the hours of each cell: of one customer, and of all customers who stand in it.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.matrix_load` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Phases from left to right, tiers from the most touch at the top.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"phase": "adoption", "tier": "high", "hours": 6.0, "customers": 20.0, "load_hours": 120.0}
    >>> [text.get_text() for text in matrix_hours(pd.DataFrame([row])).texts if text.get_gid() == "load"]
    ['120 h']
    """
    require_rows(found, PICTURE, ["phase", "tier", "hours", "customers", "load_hours"])
    phases = list(dict.fromkeys(found["phase"]))
    tiers = [tier for tier in ORDER if tier in set(found["tier"])]
    host = sheet(ax, lang, height=1.5 + 0.8 * len(tiers))
    total = float(found["load_hours"].sum())
    for row in found.to_dict("records"):
        _cell(host, row, (phases.index(row["phase"]), tiers.index(row["tier"])), total, lang)
    host.set(xlim=(0, len(phases)), ylim=(len(tiers), 0))
    host.grid(visible=False, axis="both")
    host.spines[:].set_visible(False)
    host.tick_params(length=0)
    host.xaxis.tick_top()
    host.set_xticks(np.arange(len(phases)) + 0.5, [label(phase, lang) for phase in phases])
    host.set_yticks(np.arange(len(tiers)) + 0.5, [label(f"touch_tier.{tier}", lang) for tier in tiers])
    n = word(f"{PICTURE}.n", lang, n=int(found["customers"].sum()), hours=total)
    headline(host, word(f"{PICTURE}.title", lang), n, as_of(found, lang), word(f"{PICTURE}.definition", lang), lift=14)
    return host


def _cell(host: Axes, row: dict[Any, Any], at: tuple[int, int], total: float, lang: str) -> None:
    """One cell, darker the more of all hours it takes."""
    from matplotlib.patches import Rectangle

    left, top = at
    share = row["load_hours"] / total if total > 0 else 0.0
    shade = SHADES[int(np.searchsorted(STEPS, share, side="right"))]
    host.add_patch(Rectangle((left + 0.02, top + 0.03), 0.96, 0.94, color=shade, linewidth=0))
    text = word(f"{PICTURE}.load", lang, hours=row["load_hours"])
    write(host, text, (left + 0.5, top + 0.36), ink=INK, size=12, kind="load")
    each = word(f"{PICTURE}.each", lang, hours=row["hours"], customers=row["customers"])
    write(host, each, (left + 0.5, top + 0.72), ink=QUIET, kind="each")
