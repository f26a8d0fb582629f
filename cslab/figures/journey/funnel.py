"""The funnel plot: does it depend on who, or is it chance?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import FAINT, QUIET, STATUS
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.journey.funnel"
COLUMNS = ("person", "n", "estimate", "low95", "high95", "low998", "high998", "outside")


def funnel(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw each person's share, with the mix of cases taken out, in the funnel of what chance alone would do.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.journey.variability` returns it; ``attrs``: ``by``, ``outcome``, ``mean``, ``spread``,
        ``p_value``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One point a person; those outside the funnel carry their names.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is nobody.

    >>> import cslab
    >>> from cslab.measure.journey import variability
    >>> funnel(variability(cslab.load("synthetic:tiny"))).get_xlabel()
    'cases of one person'
    """
    require_rows(found, PICTURE, COLUMNS)
    rows = found.sort_values("n", kind="stable")
    host = sheet(ax, lang, height=4.4)
    for level, alpha in (("998", 0.35), ("95", 0.65)):
        low, high = rows[f"low{level}"], rows[f"high{level}"]
        host.fill_between(rows["n"], low, high, color=FAINT, alpha=alpha, linewidth=0, zorder=0)
    host.axhline(found.attrs["mean"], color=QUIET, linewidth=1, zorder=1)
    percent_axis(host.yaxis)
    host.set_ylim(0, 1.05 * float(rows[["estimate", "high998"]].max().max()))
    host.set_xlim(rows["n"].min() - 2, rows["n"].max() + 2)
    _people(host, rows, _bands(host, rows, lang))
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    by, outcome = found.attrs["by"], found.attrs["outcome"]
    notes = [word(f"{PICTURE}.people.{by}", lang, n=len(found), cases=int(found["n"].sum())), as_of(found, lang)]
    title = word(f"{PICTURE}.title.{outcome}", lang)
    headline(host, title, *notes, word(f"{PICTURE}.definition", lang), _verdict(found, lang))
    return host


def _people(host: Axes, rows: pd.DataFrame, taken: list[tuple[float, float]]) -> None:
    """A point each, those outside in another shape and colour and with their names where nothing else is written."""
    inside = rows["outside"] == ""
    for chosen, look in ((inside, STATUS["stayed"]), (~inside, STATUS["left"])):
        part = rows[chosen]
        host.plot(part["n"], part["estimate"], look.marker, color=look.ink, markersize=6, zorder=3)
    for row in rows[~inside].to_dict("records"):
        at, ink = (row["n"], row["estimate"]), STATUS["left"].ink
        shift = _free(host, at, taken)
        write(host, str(row["person"]), at, shift, ink=ink, kind="person")


def _free(host: Axes, at: tuple[float, float], taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Where a name finds room: above its point, else below it, else further above; notes what it takes."""
    across, down = host.transData.transform(at)
    for shift in (5, -5, 16, -16):
        place = (across, down + 1.4 * shift + (6 if shift > 0 else -6))
        if not any(abs(place[0] - x) < 52 and abs(place[1] - y) < 13 for x, y in taken):
            break
    taken.append(place)
    return 0, shift


def _bands(host: Axes, rows: pd.DataFrame, lang: str) -> list[tuple[float, float]]:
    """What the two shades mean, at their right edge; hands back which places that takes, in pixels."""
    last, taken = rows.iloc[-1], []
    for level in ("95", "998"):
        at = (last["n"], last[f"high{level}"])
        write(host, word(f"{PICTURE}.band.{level}", lang), at, (4, 0), side="left", kind="end")
        across, down = host.transData.transform(at)
        taken.append((across + 20, down))
    return taken


def _verdict(found: pd.DataFrame, lang: str) -> str:
    """How much people differ beyond chance."""
    spread, p_value = found.attrs["spread"], found.attrs["p_value"]
    p = "< 0.001" if p_value < 0.001 else f"= {p_value:.2g}"
    return word(f"{PICTURE}.spread", lang, estimate=spread.estimate, low=spread.low, high=spread.high, p=p)
