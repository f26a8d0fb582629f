"""Generalists against specialists: how long requests wait."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import INK, group_look
from cslab.figures.writing import write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.waiting"


def waiting(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the hours until a request is done: waiting and work, for one team and for specialists.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.specialised` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A bar a queue; where it grows without end, words instead.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> from cslab.measure import touch
    >>> ax = waiting(touch.specialised({"renewal": touch.Work(2.0, 1.0, 3), "support": touch.Work(2.0, 1.0, 3)}))
    >>> len(ax.get_yticks())
    4
    """
    require_rows(found, PICTURE, ["way", "kind", "people", "utilisation", "wait_hours", "done_hours"])
    host = sheet(ax, lang, height=1.8 + 0.45 * len(found))
    for place, row in enumerate(found.to_dict("records")):
        _row(host, row, place, lang)
    host.set_ylim(len(found) - 0.4, -0.7)
    host.set_yticks(range(len(found)), [_name(row, lang) for row in found.to_dict("records")])
    ends = [one for one in found["done_hours"] if math.isfinite(one)]
    host.set_xlim(0, 1.5 * max(ends, default=1.0))
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    faster = found.attrs.get("faster", 1.0)
    people = int(found.loc[found["kind"] == "all", "people"].iloc[0])
    notes = [word(f"{PICTURE}.n", lang, n=people), word(f"{PICTURE}.faster", lang, faster=faster)]
    if math.isfinite(even := found.attrs.get("pays_from", math.nan)):
        notes.append(word(f"{PICTURE}.even", lang, faster=even))
    headline(host, word(f"{PICTURE}.title", lang), *notes, word(f"{PICTURE}.definition", lang))
    return host


def _row(host: Axes, row: dict[Any, Any], place: int, lang: str) -> None:
    """One queue: waiting, then work."""
    if not math.isfinite(row["done_hours"]):
        write(host, word(f"{PICTURE}.grows", lang), (0, place), (4, 0), side="left", ink=INK, size=9, kind="grows")
        return
    look = group_look(1 if row["way"] == "specialists" else 0)
    host.barh(place, row["wait_hours"], color=look.colour, height=0.55)
    work = row["done_hours"] - row["wait_hours"]
    host.barh(place, work, left=row["wait_hours"], color=look.colour, alpha=0.3, height=0.55)
    text = word(f"{PICTURE}.bar", lang, wait=row["wait_hours"], utilisation=row["utilisation"])
    write(host, text, (row["done_hours"], place), (5, 0), side="left", ink=INK, size=9, kind="number")


def _name(row: dict[Any, Any], lang: str) -> str:
    """A queue's name."""
    name = word(f"{PICTURE}.{row['way']}", lang) if row["kind"] == "all" else label(row["kind"], lang)
    return word(f"{PICTURE}.people", lang, name=name, people=row["people"])
