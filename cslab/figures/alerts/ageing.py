"""Alerts that are open, by the stage they are in and by whether somebody should have acted long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import INK, group_look, status_look
from cslab.figures.writing import write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.alerts.stage_ages"


def stage_ages(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how many alerts are open in each stage, and how many of them are overdue.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.alerts.ageing` returns it: ``stage``, ``open``, ``median_days``, ``oldest_days``,
        ``over_sla``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A bar a stage, its overdue part in another colour; beside it how old they are.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> stage = {"stage": "at_risk", "open": 9, "median_days": 8.0, "oldest_days": 30.0, "over_sla": 4}
    >>> [int(patch.get_width()) for patch in stage_ages(pd.DataFrame([stage])).patches]
    [4, 5]
    """
    require_rows(found, PICTURE, ["stage", "open", "median_days", "oldest_days", "over_sla"])
    host = sheet(ax, lang, height=1.6 + 0.5 * len(found))
    places = range(len(found))
    late, look = status_look("left"), group_look(0)
    host.barh(places, found["over_sla"], color=late.colour, height=0.5, label=word(f"{PICTURE}.late", lang))
    rest = found["open"] - found["over_sla"]
    host.barh(places, rest, left=found["over_sla"], color=look.colour, height=0.5, label=word(f"{PICTURE}.open", lang))
    host.set_yticks(places, [label(stage, lang) for stage in found["stage"]])
    host.set_ylim(len(found) - 0.45, -0.55)
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    for place, row in enumerate(found.to_dict("records")):
        ages = {name: row[name] for name in ("open", "median_days", "oldest_days")}
        text = word(f"{PICTURE}.age", lang, **ages) if row["open"] else "0"
        write(host, text, (row["open"], place), (5, 0), side="left", ink=INK, size=9, kind="number")
    host.set_xlim(0, 1.75 * max(int(found["open"].max()), 1))
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1, handlelength=1)
    notes = word(f"{PICTURE}.n", lang, n=int(found["open"].sum())), as_of(found, lang)
    headline(host, word(f"{PICTURE}.title", lang), *notes, word(f"{PICTURE}.definition", lang), lift=18)
    return host
