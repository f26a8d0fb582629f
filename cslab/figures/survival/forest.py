"""A forest of differences between those who left and those who stayed, compared in a hurry and compared fairly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import ROLES
from cslab.figures.writing import write
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FOREST = "figure.survival.forest"
COLUMNS = ("feature", "naive", "estimate", "low", "high", "finding", "n", "left", "method")
NOTE_COLUMNS = 72
FAR = 2.5
"""Times the widest limits: a hurried difference beyond it is drawn there, with an arrow that says so."""

FAIR, HURRIED = 12, 6
"""Rows that can be read: those with the largest fair difference, and of the others the largest hurried ones."""


def forest(compared: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw each feature's difference: hollow as today's records show it, solid as it was before the decision.

    Parameters
    ----------
    compared : DataFrame
        As :func:`cslab.measure.comparison.compare_groups` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a feature; what lies left of 0 was lower for those who left.

    Raises
    ------
    UsageError, NotReady
        When columns or rows are missing.

    >>> import pandas as pd
    >>> row = {"feature": "wau_ratio", "naive": -2.0, "estimate": -0.7, "low": -0.8, "high": -0.6,
    ...        "finding": "stands", "n": 90, "left": 20, "method": "before_decision"}
    >>> [text.get_text() for text in forest(pd.DataFrame([row])).texts if text.get_gid() == "finding"]
    ['stands']
    """
    require_rows(compared, FOREST, COLUMNS)
    rows = _chosen(compared).sort_values("estimate", kind="stable", ascending=False)
    host = sheet(ax, lang, height=1.5 + 0.3 * len(rows))
    _marks(host, rows)
    host.axvline(0, color="#5F6B76", linewidth=1)
    host.set_yticks(range(len(rows)), [_name(str(name), lang) for name in rows["feature"]])
    host.grid(visible=False, axis="y")
    host.set_ylim(-0.8, len(rows) - 0.2)
    host.set_xlabel(word(f"{FOREST}.x", lang))
    _findings(host, rows, lang)
    method, months = str(rows["method"].iloc[0]), compared.attrs.get("months_before", 0)
    sizes = word(f"{FOREST}.n", lang, n=int(rows["n"].max()), left=int(rows["left"].max()))
    looks = word(f"{FOREST}.naive", lang), word(f"{FOREST}.{method}", lang, months=months)
    notes = sizes, as_of(compared, lang), *looks, word("figure.note.whiskers", lang)
    headline(host, word(f"{FOREST}.title", lang), *notes, columns=NOTE_COLUMNS)
    return host


def _chosen(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn."""
    size = compared[["naive", "estimate"]].abs()
    rest = size.drop(size["estimate"].nlargest(FAIR).index)
    kept: pd.DataFrame = compared.drop(rest.index.difference(rest["naive"].nlargest(HURRIED).index))
    return kept


def _name(feature: str, lang: str) -> str:
    """The reader's word for a feature; a column of one's own keeps its name."""
    key = f"{FOREST}.feature.{feature}"
    return word(key, lang) if has_word(key) else feature.removeprefix("x_")


def _marks(ax: Axes, rows: pd.DataFrame) -> None:
    """The naive difference hollow, the fair one solid with its limits, a thin line between the two."""
    heights, naive, better = np.arange(len(rows)), ROLES["naive"], ROLES["better"]
    edge = FAR * float(rows[["low", "high"]].abs().to_numpy().max())
    shown = rows["naive"].clip(-edge, edge).to_numpy()
    ax.hlines(heights, shown, rows["estimate"], color="#C9D1D9", linewidth=1, zorder=1)
    ax.hlines(heights, rows["low"], rows["high"], color=better.colour, linewidth=2.4, zorder=2)
    beyond = np.sign(rows["naive"].to_numpy() - shown)
    for way, marker in ((0, naive.marker), (-1, "<"), (1, ">")):
        side = beyond == way
        ax.plot(shown[side], heights[side], marker, mfc="white", color=naive.colour, ms=6, label="naive", zorder=3)
    ax.plot(rows["estimate"], heights, better.marker, color=better.colour, ms=6, label="better", zorder=4)


def _findings(ax: Axes, rows: pd.DataFrame, lang: str) -> None:
    """What becomes of each difference, at the right edge."""
    ax.set_xlim(*(np.array(ax.get_xlim()) + np.array([0, 0.28 * np.diff(ax.get_xlim())[0]])))
    for height, finding in enumerate(rows["finding"]):
        ink = ROLES["better"].ink if finding in ("stands", "appears") else ROLES["naive"].ink
        name = label(str(finding), lang)
        write(ax, name, (0.99, height), within="row", side="right", ink=ink, size=9, kind="finding")
