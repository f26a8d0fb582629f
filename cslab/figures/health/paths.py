"""What a signal did on the way to a renewal, of those who left, stayed, and bought more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import status_look
from cslab.figures.writing import End, label_ends
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.health.paths"


def paths(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the mean of a signal in the months before renewals were decided.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.signal_paths` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A line and a band a status; months before the decision are negative along x.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"status": "left", "months_before": [2, 1], "estimate": [0.4, 0.3], "low": 0.2,
    ...                       "high": 0.5, "n": 20})
    >>> paths(found).get_lines()[0].get_xdata().tolist()
    [-2, -1]
    """
    require_rows(found, PICTURE, ["status", "months_before", "estimate", "low", "high", "n"])
    signal = str(found.attrs.get("signal", "usage"))
    host = sheet(ax, lang, height=3.8)
    ends = [_path(host, str(status), rows, lang) for status, rows in found.groupby("status")]
    span = float(found["high"].max() - found["low"].min()) or 1.0
    host.set_ylim(float(found["low"].min()) - 0.1 * span, float(found["high"].max()) + 0.1 * span)
    first = int(found["months_before"].max())
    host.set_xticks(range(-first, 0, 1 if first <= 8 else 2))
    host.set_xlim(-first - 0.3, -0.7)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    if signal == "usage":
        percent_axis(host.yaxis)
    label_ends(host, ends)
    keys = (f"{PICTURE}.definition", f"{PICTURE}.{signal}.definition", "figure.note.bands")
    notes = (word(key, lang) for key in keys)
    headline(host, word(f"{PICTURE}.{signal}", lang), _sizes(found, lang), as_of(found, lang), *notes)
    return host


def _path(host: Axes, status: str, rows: pd.DataFrame, lang: str) -> End:
    """One status' line and band; returns its name for the line's end."""
    look, rows = status_look(status), rows.sort_values("months_before", ascending=False)
    line: dict[str, Any] = {"color": look.colour, "linestyle": look.dash, "marker": look.marker, "markersize": 4}
    host.plot(-rows["months_before"], rows["estimate"], **line)
    host.fill_between(-rows["months_before"], rows["low"], rows["high"], color=look.colour, alpha=0.15, linewidth=0)
    return End(float(rows["estimate"].iloc[-1]), label(status, lang), look.ink)


def _sizes(found: pd.DataFrame, lang: str) -> str:
    """How many customers each line is the mean of."""
    sizes = found.groupby("status")["n"].max()
    return " · ".join(
        word(f"{PICTURE}.size", lang, n=int(n), status=label(str(status), lang)) for status, n in sizes.items()
    )
