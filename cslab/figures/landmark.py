"""Pictures of models that look ahead: what more columns do to a score, on those it learned from and on others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.figures.writing import End, label_ends
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.landmark.overfit"
SIDES = {"train": "naive", "test": "better"}
PARTS = ("note", "definition")


def overfit(table: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the AUC among customers learned from and among others, by the number of columns.

    Parameters
    ----------
    table : DataFrame
        As :func:`cslab.measure.landmark.overfit` makes it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Two lines, each with a band for the middle 95 % of the draws.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> sides = {f"{side}{end}": [0.8, 0.9] for side in ("train", "test") for end in ("", "_low", "_high")}
    >>> drawn = pd.DataFrame({"columns": [3, 39], **sides, "n": 150, "tried": 900, "draws": 20})
    >>> len(overfit(drawn).get_lines()) >= 2
    True
    """
    limits = [f"{side}{end}" for side in SIDES for end in ("", "_low", "_high")]
    require_rows(table, PICTURE, ["columns", "n", "tried", "draws", *limits])
    host, ends = sheet(ax, lang, height=3.9), []
    for side, role in SIDES.items():
        look, last = ROLES[role], float(table[side].iloc[-1])
        host.plot(table["columns"], table[side], color=look.colour, linestyle=look.dash, marker=look.marker)
        host.fill_between(table["columns"], table[f"{side}_low"], table[f"{side}_high"], color=look.colour, alpha=0.15)
        ends.append(End(last, word(f"{PICTURE}.{side}", lang, value=last), look.ink))
    host.axhline(0.5, color=QUIET, linewidth=0.8, linestyle=":")
    host.set_ylim(0.45, 1.0)
    host.set_xticks(table["columns"])
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.set_ylabel(word(f"{PICTURE}.y", lang))
    label_ends(host, ends)
    first = table.iloc[0]
    counts = {name: int(first[name]) for name in ("n", "tried", "draws")}
    headline(host, word(f"{PICTURE}.title", lang), *(word(f"{PICTURE}.{part}", lang, **counts) for part in PARTS))
    return host
