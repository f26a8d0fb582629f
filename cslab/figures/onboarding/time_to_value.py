"""Curves of those who got there: each levels off below the top, and what is missing there never does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import percent_axis, tenure_axis
from cslab.figures.sheet import as_of, counted, group_column, group_name, groups_of, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES, Role, group_look
from cslab.figures.writing import End, label_ends
from cslab.words import has_word, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.onboarding.time_to_value"


def time_to_value(
    curve: pd.DataFrame,
    truth: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    months: float = 12,
) -> Axes:
    """Draw the share of customers who are there by month, with the share who never are at each line's end.

    Parameters
    ----------
    curve : DataFrame
        As :func:`cslab.measure.onboarding.time_to_value` or ``success_points`` returns it, split or not.
    truth : DataFrame, optional
        As :func:`cslab.measure.onboarding.time_truth` returns it, split by the same column or not.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    months : float
        How far to draw.

    Returns
    -------
    Axes
        One line a group (``line.get_label()`` is its name).

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"time": [0.0, 1.0, 3.0], "estimate": [0.0, 0.5, 0.7], "low": 0.0, "high": 0.9, "n": 40}
    >>> ax = time_to_value(pd.DataFrame(rows), months=6)
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "end"]
    ['all customers\\nnever 30%']
    """
    require_rows(curve, PICTURE, ["time", "estimate", "low", "high", "n"])
    host = sheet(ax, lang)
    by = "point" if "point" in curve else group_column(curve)
    groups = groups_of(curve, by)
    ends = []
    for place, (value, rows) in enumerate(groups):
        ends.append(_drawn(host, _until(rows, months), _name(by, value, lang), group_look(place), lang))
    if truth is not None:
        ends.append(_true(host, truth[truth["time"] <= months], lang))
    host.set_ylim(0, 1)
    tenure_axis(host, months)
    percent_axis(host.yaxis)
    host.axhline(0.5, color=QUIET, linewidth=0.8, linestyle=(0, (2, 2)), zorder=0.5, label="_half")
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    label_ends(host, ends)
    of_each = [int(rows["n"].iloc[0]) for _, rows in groups]
    n = max(of_each) if by == "point" else sum(of_each)
    notes = counted(n, lang), as_of(curve, lang), word(f"{PICTURE}.definition", lang)
    title = "points_title" if by == "point" else "title"
    headline(host, word(f"{PICTURE}.{title}", lang), *notes)
    return host


def _name(by: str, value: Any, lang: str) -> str:
    """What a curve is called: tiers have names of their own, as a segment is called mid too."""
    if not by:
        return word(f"{PICTURE}.everyone", lang)
    tier = f"{PICTURE}.tier.{value}"
    return word(tier, lang) if by == "touch_tier" and has_word(tier) else group_name(by, value, lang)


def _until(rows: pd.DataFrame, months: float) -> pd.DataFrame:
    """The rows up to a month, with one at its end where customers were followed beyond it."""
    import pandas as pd

    seen = rows[rows["time"] <= months]
    return seen if len(seen) == len(rows) else pd.concat([seen, seen.tail(1).assign(time=months)])


def _drawn(host: Axes, rows: pd.DataFrame, name: str, look: Role, lang: str) -> End:
    """A curve with its band, and the words for its end."""
    band: dict[str, Any] = {"color": look.colour, "alpha": 0.12, "linewidth": 0}
    host.fill_between(rows["time"], rows["low"], rows["high"], step="post", **band)
    host.plot(rows["time"], rows["estimate"], drawstyle="steps-post", color=look.colour, label=name, zorder=3)
    reached = float(rows["estimate"].iloc[-1])
    return End(reached, word(f"{PICTURE}.end", lang, name=name, never=1 - reached), look.ink)


def _true(host: Axes, rows: pd.DataFrame, lang: str) -> End:
    """The true share at each month, a line a group, and the words for the end of the last."""
    look, name = ROLES["truth"], word(f"{PICTURE}.truth", lang)
    marks: dict[str, Any] = {"marker": look.marker, "markersize": 4, "linestyle": look.dash, "linewidth": 1.2}
    for _, part in groups_of(rows, group_column(rows)):
        host.plot(part["time"], part["estimate"], color=look.colour, label=name, zorder=4, **marks)
    return End(float(part["estimate"].iloc[-1]), name, look.ink)
