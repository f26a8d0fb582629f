"""A hiring plan month by month: the hours that are needed, those that there are, and who joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import INK, ROLES, group_look
from cslab.figures.writing import End, label_ends, write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.hiring"


def hiring(plan: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the hours needed and the hours that there are, with the number of people who join each month.

    Parameters
    ----------
    plan : DataFrame
        As :func:`cslab.measure.touch.hiring_plan` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Two lines; the hires stand at the bottom.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> from cslab.measure import touch
    >>> ax = hiring(touch.hiring_plan(touch.growing(100, 10.0, 1.0), people=9))
    >>> len(ax.get_lines())
    2
    """
    require_rows(plan, PICTURE, ["month", "hours", "hires", "people", "effective_hours", "utilisation"])
    host = sheet(ax, lang)
    looks = {"hours": ROLES["naive"], "effective_hours": group_look(0)}
    for name, look in looks.items():
        style: dict[str, Any] = {"color": look.colour, "linestyle": look.dash, "marker": look.marker, "markersize": 4}
        host.plot(plan["month"], plan[name], **style)
    short = plan["hours"] > plan["effective_hours"]
    host.fill_between(
        plan["month"], plan["hours"], plan["effective_hours"], where=short, color=ROLES["naive"].colour, alpha=0.2
    )
    host.set_ylim(0, 1.12 * float(plan[["hours", "effective_hours"]].max().max()))
    for row in plan[plan["hires"] > 0].to_dict("records"):
        write(host, f"+{row['hires']:.0f}", (row["month"], 0), (0, 6), within="column", ink=INK, size=9, kind="hires")
    host.set_xticks(plan["month"][:: max(1, len(plan) // 12)])
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.yaxis.set_major_formatter("{x:,.0f}")
    ends = [End(float(plan[name].iloc[-1]), word(f"{PICTURE}.{name}", lang), look.ink) for name, look in looks.items()]
    label_ends(host, ends)
    people = word(f"{PICTURE}.people", lang, first=plan["people"].iloc[0], last=plan["people"].iloc[-1])
    least = word(f"{PICTURE}.n", lang, n=int(plan["hires"].sum()))
    headline(host, word(f"{PICTURE}.title", lang), least, people, word(f"{PICTURE}.definition", lang))
    return host
