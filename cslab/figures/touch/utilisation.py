"""Hours needed against hours there are, as the number of customers grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import QUIET, STATUS, group_look
from cslab.figures.writing import End, Side, label_ends, write
from cslab.measure.touch.load import PLANNED, TEAM
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.utilisation"


def utilisation(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how full the team's hours are as the book grows and the team does not.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.load` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One line a pool, the CSMs needed above its marks; a line where nine tenths of the hours are planned.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import touch
    >>> len(utilisation(touch.load(cslab.load("synthetic:tiny"))).get_lines())
    2
    """
    require_rows(found, PICTURE, ["growth", "pool", "customers", "utilisation", "csms"])
    host = sheet(ax, lang)
    highest = max(1.0, float(found["utilisation"].max()))
    host.axhspan(PLANNED, 1.22 * highest, color=STATUS["left"].colour, alpha=0.06, linewidth=0, zorder=0)
    host.axhline(PLANNED, color=QUIET, linewidth=1, linestyle="--", zorder=1)
    write(host, word(f"{PICTURE}.planned", lang), (1, PLANNED), (-3, -3), within="row", side="right", kind="planned")
    ends = [_line(host, rows, place, lang) for place, (_, rows) in enumerate(found.groupby("pool", sort=False))]
    host.set_ylim(0, 1.22 * highest)
    host.set_xlim(found["growth"].min() - 0.4, found["growth"].max() + 0.75)
    growth = sorted(found["growth"].unique())
    host.set_xticks(growth, [f"×{one:g}" for one in growth])
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    percent_axis(host.yaxis)
    if len(ends) > 1:
        label_ends(host, ends)
    n = int(found.loc[found["growth"] == found["growth"].min(), "customers"].sum())
    hours = word(f"{PICTURE}.hours", lang, hours=found.attrs["csm_hours"]) if "csm_hours" in found.attrs else ""
    headline(host, word(f"{PICTURE}.title", lang), word("figure.note.n", lang, n=n), as_of(found, lang), hours)
    return host


def _line(host: Axes, rows: pd.DataFrame, place: int, lang: str) -> End:
    """One pool, and what to write at its end."""
    look = group_look(place)
    style: dict[str, Any] = {"marker": look.marker, "markersize": 6, "color": look.colour}
    host.plot(rows["growth"], rows["utilisation"], **style)
    shift: tuple[float, float] = (-4.0, 5.0) if place % 2 == 0 else (5.0, -6.0)
    side: Side = "right" if place % 2 == 0 else "left"
    for row in rows.to_dict("records"):
        text = word(f"{PICTURE}.csms", lang, csms=row["csms"])
        write(host, text, (row["growth"], row["utilisation"]), shift, ink=look.ink, size=9, side=side, kind="csms")
    name = str(rows["pool"].iloc[0])
    called = word(f"{PICTURE}.team", lang) if name == TEAM else label(name, lang)
    return End(float(rows["utilisation"].iloc[-1]), called, look.ink)
