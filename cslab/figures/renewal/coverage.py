"""How often limits held what came, way by way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.renewal.coverage"
LOOKS = {"alone": ROLES["naive"], "shock": ROLES["better"]}


def coverage(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how often the limits of each way held what came, against how often they promised to.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.renewal.coverage` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a way with two marks, each with its exact limits; a line at what was promised.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"way": "model", "interval": ["shock", "alone"], "estimate": [0.8, 0.5], "low": 0.3})
    >>> ax = coverage(rows.assign(high=0.9, n=12, level=0.8))
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['model']
    """
    require_rows(found, PICTURE, ["way", "interval", "estimate", "low", "high", "n", "level"])
    ways = [*found["way"].unique()]
    host = sheet(ax, lang, height=1.9 + 0.5 * len(ways))
    for interval, look in LOOKS.items():
        rows = found[found["interval"] == interval]
        places = [ways.index(way) + (0.14 if interval == "shock" else -0.14) for way in rows["way"]]
        ends = [(rows["estimate"] - rows["low"]).tolist(), (rows["high"] - rows["estimate"]).tolist()]
        text = word(f"{PICTURE}.{interval}", lang)
        look_of: Any = {"fmt": look.marker, "color": look.colour, "capsize": 2.5, "elinewidth": 1.2}
        host.errorbar(rows["estimate"].tolist(), places, xerr=ends, label=text, **look_of)
    level = float(found["level"].iloc[0])
    host.axvline(level, color=QUIET, linestyle=":", linewidth=1.4, zorder=0)
    write(host, word(f"{PICTURE}.promised", lang, level=level), (level, 0), (-4, 5), within="column", side="right")
    host.set_yticks(range(len(ways)), [label(f"renewal.way.{way}", lang) for way in ways])
    host.set_ylim(len(ways) - 0.2, -0.6)
    host.set_xlim(-0.02, 1.02)
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    percent_axis(host.xaxis)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1, handlelength=1.4, fontsize=8.5)
    notes = [word(f"{PICTURE}.n", lang, n=int(found["n"].max())), as_of(found, lang)]
    notes += [word(f"{PICTURE}.of.{found.attrs['of']}", lang)] if "of" in found.attrs else []
    headline(host, word(f"{PICTURE}.title", lang), *notes, word(f"{PICTURE}.definition", lang), lift=18, columns=78)
    return host
