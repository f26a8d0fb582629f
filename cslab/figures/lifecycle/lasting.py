"""How long customers stay in a phase: a curve a phase, with what it should take marked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.figures.lifecycle.looks import look_of, name_of
from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.writing import End, label_ends
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.lifecycle.time"


def time_in_phase(curves: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, days: int = 365) -> Axes:
    """Draw the share still in each phase by the days since coming into it.

    Parameters
    ----------
    curves : DataFrame
        As :func:`cslab.measure.lifecycle.time_in_phase` returns it: ``phase``, ``time`` (days), ``estimate``, ``low``,
        ``high`` (0-1), ``n``. ``attrs``: ``names``, ``targets`` (days).
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    days : int
        How far to draw.

    Returns
    -------
    Axes
        A line a phase (``line.get_gid()`` is the phase), its band, and a ring where its target is.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import lifecycle
    >>> ax = time_in_phase(lifecycle.time_in_phase(cslab.load("synthetic:tiny")))
    >>> [line.get_gid() for line in ax.get_lines() if line.get_gid() != "target"][:2]
    ['evaluation', 'purchase']
    """
    require_rows(curves, PICTURE, ["phase", "time", "estimate", "low", "high", "n"])
    host = sheet(ax, lang, height=4.4)
    ends, counts = [], []
    for phase in dict.fromkeys(curves["phase"]):
        rows = curves[(curves["phase"] == phase) & (curves["time"] <= days)].dropna(subset=["estimate"])
        look = look_of(curves, phase)
        host.step(rows["time"], rows["estimate"], look.dash, where="post", color=look.colour, gid=phase)
        host.fill_between(
            rows["time"], rows["low"], rows["high"], step="post", color=look.colour, alpha=0.15, linewidth=0
        )
        _target(host, curves, rows, phase)
        ends.append(End(float(rows["estimate"].iloc[-1]), name_of(curves, phase, lang), look.ink))
        counts.append(int(rows["n"].iloc[0]))
    host.set_xlim(0, days)
    host.set_ylim(0, 1)
    percent_axis(host.yaxis)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    label_ends(host, ends)
    stays = word(f"{PICTURE}.n", lang, few=min(counts), many=max(counts))
    notes = (stays, as_of(curves, lang), word("figure.note.bands", lang), word(f"{PICTURE}.definition", lang))
    headline(host, word(f"{PICTURE}.title", lang), *notes)
    return host


def _target(host: Axes, curves: pd.DataFrame, rows: pd.DataFrame, phase: str) -> None:
    """A ring on the curve at the days that the phase should take."""
    target = curves.attrs.get("targets", {}).get(phase)
    if target is None or target > rows["time"].max():
        return
    reached = rows["estimate"].to_numpy()[np.searchsorted(rows["time"], target, side="right") - 1]
    look = look_of(curves, phase)
    host.plot([target], [reached], "o", color=look.colour, markerfacecolor="white", markersize=8.5, gid="target")
