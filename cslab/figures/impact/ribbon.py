"""Months until a programme shows in its impact: a ribbon from early to late, widest where it is likeliest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.journey.folding import folded
from cslab.figures.scales import tenure_axis
from cslab.figures.sheet import check_language, headline, require_rows, sheet
from cslab.figures.style import INK, ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.impact.ribbon"


def ribbon(times: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, decide: float | None = None) -> Axes:
    """Draw the expected time to impact of several programmes, or to each node of one.

    Parameters
    ----------
    times : DataFrame
        As :func:`cslab.measure.impact.times_to_impact` or :func:`cslab.measure.impact.expected_time` returns it:
        ``en``, ``ja`` (names), ``low``, ``estimate``, ``high`` (months by which it is there with 10, 50 and 90 %).
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    decide : float, optional
        A month in which somebody wants to decide: a line is drawn there.

    Returns
    -------
    Axes
        A ribbon a row, its numbers beside it (texts ``number``).

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = [("FAQ", "FAQ", 3, 5, 9), ("community", "コミュニティ", 14, 20, 31)]
    >>> ax = ribbon(pd.DataFrame(rows, columns=["en", "ja", "low", "estimate", "high"]), decide=4)
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['5 (3–9)', '20 (14–31)']
    """
    check_language(lang)
    require_rows(times, PICTURE, ["en", "ja", "low", "estimate", "high"])
    host, look = sheet(ax, lang, height=1.5 + 0.42 * len(times)), ROLES["better"]
    for place, row in enumerate(times.to_dict("records")):
        low, middle, high = float(row["low"]), float(row["estimate"]), float(row["high"])
        wide = [0.06, 0.30, 0.06]
        edges = [place - half for half in wide], [place + half for half in wide]
        host.fill_between(
            [low, middle, high], *edges, color=look.colour, alpha=0.32, linewidth=0, zorder=2, gid="ribbon"
        )
        host.plot([middle], [place], look.marker, color=look.colour, markersize=7, zorder=4, gid="median")
        text = word(f"{PICTURE}.number", lang, estimate=middle, low=low, high=high)
        write(host, text, (high, place), (7, 0), side="left", ink=look.ink, kind="number")
    names = [folded(str(row[lang] or row["en"]), 28) for row in times.to_dict("records")]
    host.set_yticks(range(len(names)), names, color=INK)
    host.set_ylim(len(names) - 0.45, -0.75)
    tenure_axis(host, 1.22 * float(times["high"].max()))
    host.grid(axis="x")
    host.grid(visible=False, axis="y")
    if decide is not None:
        host.axvline(
            decide, color=ROLES["naive"].colour, linewidth=1.8, linestyle=ROLES["naive"].dash, zorder=3, gid="decide"
        )
        text = word(f"{PICTURE}.decide", lang, month=decide)
        write(host, text, (decide, -0.5), (5, 0), side="left", ink=ROLES["naive"].ink, kind="decide")
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    headline(host, word(f"{PICTURE}.title", lang), _count(times, lang), word(f"{PICTURE}.definition", lang), columns=74)
    return host


def _count(times: pd.DataFrame, lang: str) -> str:
    """How many rows, and how often their way was drawn."""
    draws = int(times["n"].max()) if "n" in times else 0
    return word(f"{PICTURE}.draws", lang, n=draws) if draws else word(f"{PICTURE}.rows", lang, n=len(times))
