"""How long a first impression lasts: differences of usage at some horizons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.figures.writing import End, label_ends
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.onboarding.impression"
WAYS = {"naive": "naive", "adjusted": "better"}


def impression(
    found: pd.DataFrame, truth: pd.DataFrame | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw how much more those use who were better pleased on day 30, by months after signing.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.onboarding.impression` returns it.
    truth : DataFrame, optional
        As :func:`cslab.measure.onboarding.impression_truth` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A line a way (``line.get_label()`` is its name) with its limits, in points of usage.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"horizon": 3, "way": "naive", "estimate": 0.05, "low": 0.03, "high": 0.07, "n": 400}
    >>> [line.get_label() for line in impression(pd.DataFrame([row])).get_lines() if line.get_gid() == "way"]
    ['score alone']
    """
    require_rows(found, PICTURE, ["horizon", "way", "estimate", "low", "high", "n"])
    host = sheet(ax, lang)
    host.axhline(0, color=QUIET, linewidth=0.8, zorder=0.5, label="_nothing")
    ends = []
    for place, (way, role) in enumerate(WAYS.items()):
        rows = found[found["way"] == way]
        if len(rows):
            ends.append(_drawn(host, rows, 0.25 * (2 * place - 1), way, role, lang))
    if truth is not None:
        ends.append(_drawn(host, truth, 0.0, "truth", "truth", lang))
    months = sorted(found["horizon"].unique())
    host.set_xticks(months)
    host.set_xlim(0, max(months) * 1.06)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.set_ylabel(word(f"{PICTURE}.y", lang))
    label_ends(host, ends)
    n, share = found["n"], found.attrs.get("response", float("nan"))
    counts = word(f"{PICTURE}.n", lang, few=int(n.min()), most=int(n.max()), response=share)
    notes = counts, as_of(found, lang), word(f"{PICTURE}.definition", lang), word("figure.note.whiskers", lang)
    headline(host, word(f"{PICTURE}.title", lang), *notes)
    return host


def _drawn(host: Axes, rows: pd.DataFrame, beside: float, way: str, role: str, lang: str) -> End:
    """One way's numbers with their limits, and the words for its end."""
    look, name, months = ROLES[role], word(f"{PICTURE}.{way}", lang), rows["horizon"] + beside
    values = 100 * rows["estimate"]
    if "low" in rows:
        host.vlines(months, 100 * rows["low"], 100 * rows["high"], color=look.colour, linewidth=1.4, zorder=2)
    style: dict[str, Any] = {"linestyle": look.dash, "marker": look.marker, "color": look.colour}
    host.plot(months, values, label=name, gid="way", linewidth=1.4, markersize=6, zorder=3, **style)
    return End(float(values.iloc[-1]), name, look.ink)
