"""Chances that were given against the shares that left, beside the line on which both are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cslab.measure.scores import Calibration

PICTURE = "figure.scores.calibration"


def calibration(found: Calibration, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what share of each group of similar chance left, against the chance it was given.

    Parameters
    ----------
    found : Calibration
        As :func:`cslab.measure.scores.calibration` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A mark a group, from the lowest chance; slope and expected over observed in the note.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no group.

    >>> import pandas as pd
    >>> from cslab.measure import scores
    >>> seen = pd.DataFrame({"account_id": [*"abcd"], "time": [1, 2, 1, 2], "event": [True, False] * 2,
    ...                      "risk": [0.6, 0.6, 0.4, 0.4]})
    >>> ax = calibration(scores.calibration(seen, 1))
    >>> [line.get_xdata().tolist() for line in ax.get_lines() if line.get_gid() == "groups"]
    [[0.4, 0.6]]
    """
    table = found.table
    require_rows(table, PICTURE, ["expected", "estimate", "low", "high"])
    host, look = sheet(ax, lang, height=4.6), ROLES["better"]
    top = min(1.0, 1.05 * float(max(table["high"].max(), table["expected"].max())))
    host.plot([0, top], [0, top], color=QUIET, linestyle="--", linewidth=1.2, zorder=1)
    host.vlines(table["expected"], table["low"], table["high"], color=look.colour, linewidth=1.8, alpha=0.6, zorder=2)
    host.plot(
        table["expected"], table["estimate"], look.marker, color=look.colour, markersize=7, zorder=3, gid="groups"
    )
    host.set_xlim(0, top)
    host.set_ylim(0, top)
    host.grid(visible=True, axis="both")
    percent_axis(host.xaxis)
    percent_axis(host.yaxis)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    listed = ".list" if table.attrs.get("stock_sample") else ""
    host.set_ylabel(word(f"{PICTURE}.y{listed}", lang, months=found.horizon))
    what = word(f"{PICTURE}.definition{listed}", lang, groups=len(table), months=found.horizon)
    notes = counted(found.n, lang), as_of(table, lang), what, word("figure.note.whiskers", lang)
    headline(host, word(f"{PICTURE}.title", lang), *notes, *(_said(found, name, lang) for name in ("slope", "ratio")))
    return host


def _said(found: Calibration, name: str, lang: str) -> str:
    """Slope, or expected over observed, in words."""
    value = getattr(found, name)
    return word(f"{PICTURE}.{name}", lang, estimate=value.estimate, low=value.low, high=value.high)
