"""How well a score tells who leaves: by horizon, by months before the decision, and beside the ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, ROLES, Role
from cslab.figures.writing import End, label_ends, write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

HORIZONS = "figure.scores.auc_by_horizon"
LEAD = "figure.scores.lead_time"
BESIDE = "figure.scores.beside_ceiling"
COIN, TOP = 0.5, 1.0
LOOKS = {"score": "better", "calendar": "naive", "ceiling": "truth"}


def auc_by_horizon(
    found: pd.DataFrame,
    ceiling: pd.DataFrame | None = None,
    calendar: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw how well a score tells who leaves within a number of months, beside the calendar alone and the ceiling.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.scores.auc_by_horizon` returns it: ``horizon``, ``estimate``, ``low``, ``high``, ``n``.
    ceiling : DataFrame, optional
        ``horizon`` and ``estimate`` of a score that knew everything but chance, on the same rows; None where nobody
        knows it.
    calendar : DataFrame, optional
        The same as ``found`` of a score that knows only when contracts end.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A line each, named at its end.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"horizon": [3, 6], "estimate": [0.8, 0.7], "low": 0.6, "high": 0.9, "n": 90})
    >>> [text.get_text() for text in auc_by_horizon(found).texts if text.get_gid() == "end"]
    ['score']
    """
    given = {"score": found, "calendar": calendar, "ceiling": ceiling}
    frames = {what: frame for what, frame in given.items() if frame is not None}
    host, ends = sheet(ax, lang, height=4.0), []
    for what, frame in frames.items():
        require_rows(frame, HORIZONS, ["horizon", "estimate", *(() if what == "ceiling" else ("low", "high", "n"))])
        ends.append(_line(host, frame, "horizon", 1, ROLES[LOOKS[what]], word(f"figure.scores.{what}", lang)))
    host.set_xticks(sorted(found["horizon"].tolist()))
    host.set_xlabel(word(f"{HORIZONS}.x", lang))
    _finish(host, found, HORIZONS, ends, lang)
    return host


def lead_time(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how early a score tells who will refuse a renewal.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.scores.lead_time` returns it: ``months_before``, ``estimate``, ``low``, ``high``, ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One line; months before the decision are negative along x, the month of the decision is 0.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"months_before": [2, 1], "estimate": [0.6, 0.7], "low": 0.5, "high": 0.8, "n": 90})
    >>> lead_time(found).get_lines()[0].get_xdata().tolist()
    [-2, -1]
    """
    require_rows(found, LEAD, ["months_before", "estimate", "low", "high", "n"])
    host = sheet(ax, lang, height=3.8)
    end = _line(host, found, "months_before", -1, ROLES["better"], word("figure.scores.score", lang))
    first = int(found["months_before"].max())
    host.set_xticks(range(-first, 1, 1 if first <= 8 else 2))
    host.set_xlim(-first - 0.3, 0.3)
    host.axvline(0, color=FAINT, linewidth=1.0, zorder=0)
    host.set_xlabel(word(f"{LEAD}.x", lang))
    _finish(host, found, LEAD, [end], lang)
    return host


def beside_ceiling(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw a score between what the calendar alone tells and what nobody could pass.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.scores.beside_ceiling` returns it: ``what``, ``estimate``, ``low``, ``high``, ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row each, from the top: score, calendar, ceiling.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"what": ["score"], "estimate": [0.8], "low": [0.7], "high": [0.9], "n": [90]})
    >>> [text.get_text() for text in beside_ceiling(found).texts if text.get_gid() == "number"]
    ['0.80']
    """
    require_rows(found, BESIDE, ["what", "estimate", "low", "high", "n"])
    host = sheet(ax, lang, height=1.5 + 0.5 * len(found))
    for place, row in enumerate(found.to_dict("records")):
        look = ROLES[LOOKS[row["what"]]]
        host.hlines(-place, row["low"], row["high"], color=look.colour, linewidth=3, alpha=0.5)
        host.plot([row["estimate"]], [-place], look.marker, color=look.colour, markersize=8)
        write(host, f"{row['estimate']:.2f}", (row["estimate"], -place), (0, 7), size=9, ink=look.ink, kind="number")
    host.set_yticks([-place for place in range(len(found))], [_said(what, found, lang) for what in found["what"]])
    host.set_ylim(0.4 - len(found), 0.7)
    host.set_xlim(min(COIN, float(found["low"].min())) - 0.02, TOP)
    host.grid(visible=True, axis="x")
    host.grid(visible=False, axis="y")
    host.axvline(COIN, color=FAINT, linewidth=1.2, zorder=0)
    host.set_xlabel(word("figure.scores.auc", lang))
    keys = f"{BESIDE}.definition", "figure.scores.auc.meaning", "figure.note.whiskers"
    notes = counted(found["n"].iloc[0], lang), as_of(found, lang), *(word(key, lang) for key in keys)
    headline(host, word(f"{BESIDE}.title", lang), *notes)
    return host


def _line(ax: Axes, frame: pd.DataFrame, along: str, sign: int, look: Role, name: str) -> End:
    """One line with its band, where it has one; returns its name for the line's end."""
    rows = frame.assign(x=sign * frame[along]).sort_values("x")
    ax.plot(rows["x"], rows["estimate"], color=look.colour, linestyle=look.dash, marker=look.marker, markersize=4.5)
    if {"low", "high"} <= set(rows):
        ax.fill_between(rows["x"], rows["low"], rows["high"], color=look.colour, alpha=0.14, linewidth=0)
    return End(float(rows["estimate"].iloc[-1]), name, look.ink)


def _finish(ax: Axes, found: pd.DataFrame, picture: str, ends: list[End], lang: str) -> None:
    """The scale from a coin to always right, names, title and note."""
    ax.set_ylim(min(COIN - 0.05, float(found["low"].min()) - 0.02), TOP)
    ax.axhline(COIN, color=FAINT, linewidth=1.2, zorder=0)
    write(ax, word("figure.scores.coin", lang), (0, COIN), (4, 3), within="row", side="left", kind="key")
    ax.set_ylabel(word("figure.scores.auc", lang))
    label_ends(ax, ends)
    keys = f"{picture}.definition", "figure.scores.auc.meaning", "figure.note.bands"
    notes = counted(found["n"].max(), lang), as_of(found, lang), *(word(key, lang) for key in keys)
    headline(ax, word(f"{picture}.title", lang), *notes)


def _said(what: str, found: pd.DataFrame, lang: str) -> str:
    """The name of a row; a list without dates knows how long customers have stayed, and no calendar."""
    listed = what == "calendar" and found.attrs.get("stock_sample")
    return word(f"figure.scores.{what}.listed" if listed else f"figure.scores.{what}", lang)
