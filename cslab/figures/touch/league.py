"""CSMs side by side: as it looks, and with the mix of their customers taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.league"
COLUMNS = ("csm_id", "n", "crude", "shrunk", "shrunk_low", "shrunk_high", "rank", "rank_low", "rank_high", "crude_rank")


def league(found: pd.DataFrame, truth: pd.DataFrame | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw each CSM's result with its limits, beside what it looks like and the places it may have.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.fair` returns it.
    truth : DataFrame, optional
        ``csm_id``, ``skill``: their true order is written behind.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a CSM, the best at the top.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import touch
    >>> found = touch.fair(cslab.load("synthetic:tiny?accounts=400"))
    >>> len(league(found).get_yticks()) == len(found)
    True
    """
    require_rows(found, PICTURE, COLUMNS)
    outcome = found.attrs.get("outcome", "usage")
    host = sheet(ax, lang, height=2.0 + 0.235 * len(found))
    places = range(len(found))
    host.axvline(found.attrs.get("mean", found["crude"].mean()), color=QUIET, linewidth=1, zorder=0.5)
    better, naive = ROLES["better"], ROLES["naive"]
    host.hlines(places, found["shrunk_low"], found["shrunk_high"], color=better.colour, linewidth=1.6)
    host.plot(found["shrunk"], places, better.marker, color=better.colour, markersize=6, gid="shrunk")
    host.plot(found["crude"], places, naive.marker, color=naive.colour, markersize=4.5, gid="crude")
    host.set_ylim(len(found) - 0.4, -1.3)
    host.set_yticks(places, found["csm_id"])
    host.grid(visible=False, axis="y")
    percent_axis(host.xaxis)
    host.set_xlabel(word(f"{PICTURE}.{outcome}", lang))
    _columns(host, found, truth, lang)
    for name, role in (("shrunk", better), ("crude", naive)):
        where = (0.0 if name == "shrunk" else 0.5, -0.85)
        write(
            host, word(f"{PICTURE}.{name}", lang), where, within="row", side="left", ink=role.ink, size=9, kind="role"
        )
    n = word(f"{PICTURE}.n", lang, n=int(found["n"].sum()), csms=len(found))
    headline(host, word(f"{PICTURE}.title", lang), n, as_of(found, lang), word(f"{PICTURE}.definition", lang))
    return host


def _columns(host: Axes, found: pd.DataFrame, truth: pd.DataFrame | None, lang: str) -> None:
    """The places behind each row: those it may have, as it looks, and in truth."""
    columns = {
        "places": [f"{low}–{high}" for low, high in zip(found["rank_low"], found["rank_high"], strict=True)],
        "looks": [str(place) for place in found["crude_rank"]],
    }
    if truth is not None:
        skill = found["csm_id"].map(truth.set_index("csm_id")["skill"])
        columns["truth"] = [f"{place:.0f}" if place == place else "–" for place in (-skill).rank(method="min")]
    inks = {"places": ROLES["better"].ink, "looks": ROLES["naive"].ink, "truth": INK}
    for column, (name, texts) in enumerate(columns.items()):
        x = 1.06 + 0.13 * column
        write(host, word(f"{PICTURE}.{name}", lang), (x, -1.0), within="row", ink=inks[name], kind="head")
        for place, text in enumerate(texts):
            write(host, text, (x, place), within="row", ink=inks[name], kind="place")
