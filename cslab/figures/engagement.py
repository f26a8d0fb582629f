"""Picture of an engagement model against the truth: what it gains over the present one, and the best one would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.scales import money_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.engagement.plans"
PANEL = (0.36, 0.44)
COLUMNS = ("plan", "tech", "mid", "high", "hours", "gain_amount")
LOOKS = {"all_tech": ROLES["naive"], "submitted": ROLES["better"], "best": ROLES["truth"]}


def plans(table: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw the net value that each plan gains over the present one, with its customers by tier and its hours.

    Parameters
    ----------
    table : DataFrame
        As :class:`cslab.measure.engagement.Judged` holds it: ``plan``, ``tech``, ``mid``, ``high``, ``hours`` (a
        month), ``gain_amount`` (currency). ``attrs``: ``as_of``, ``n``, ``horizon``, ``margin``, ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``table.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a bar a plan from the top; the present plan is the line at nought.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"plan": "best", "tech": 9, "mid": 0, "high": 0, "hours": 1.4, "gain_amount": 2e6}
    >>> [text.get_text() for text in plans(pd.DataFrame([row])).texts if text.get_gid() == "number"]
    ['+¥2.0M']
    """
    require_rows(table, PICTURE, COLUMNS)
    currency = table.attrs.get("currency", currency)
    host = sheet(ax, lang, height=1.5 + 0.62 * len(table))
    host.set_axis_off()
    host.set_ylim(len(table) - 0.4, -0.6)
    panel = host.inset_axes((PANEL[0], 0, PANEL[1], 1), sharey=host)
    panel.set_yticks([])
    panel.grid(visible=False)
    for place, row in enumerate(table.to_dict("records")):
        _bar(host, panel, place, row, currency, lang)
    panel.axvline(0, color=QUIET, linewidth=1.0, zorder=1)
    most = float(np.abs(table["gain_amount"]).max()) or 1.0
    low = 1.1 * min(float(table["gain_amount"].min()), 0.0)
    panel.set_xlim(low or -0.04 * most, 1.1 * max(float(table["gain_amount"].max()), 0.04 * most))
    money_axis(panel.xaxis, currency, lang)
    headline(host, word(f"{PICTURE}.title", lang, horizon=table.attrs.get("horizon", 36)), *_notes(table, lang), lift=6)
    return host


def _bar(host: Axes, panel: Axes, place: int, row: dict[Any, Any], currency: str, lang: str) -> None:
    """One plan: who gets what on the left, the bar, its number on the right."""
    look, gain = LOOKS.get(row["plan"], ROLES["naive"]), row["gain_amount"]
    panel.barh(place, gain, height=0.46, color=look.colour, alpha=0.85, linewidth=0, zorder=2, gid=row["plan"])
    name = word(f"engagement.plan.{row['plan']}", lang)
    who = word(f"{PICTURE}.who", lang, **{tier: row[tier] for tier in ("high", "mid", "tech")})
    write(host, f"{name}\n{who}", (0, place), within="row", side="left", ink=INK, size=9)
    text = "±0" if row["plan"] == "present" else f"{'+' if gain >= 0 else ''}{money(gain, currency, lang)}"
    write(host, text, (0.9, place), within="row", side="right", ink=look.ink, size=9, kind="number")
    hours = word(f"{PICTURE}.hours", lang, hours=row["hours"])
    write(host, hours, (1, place), within="row", side="right", ink=QUIET, size=9, kind="hours")


def _notes(table: pd.DataFrame, lang: str) -> list[str]:
    """How many customers and when, and what is counted."""
    known = table.attrs
    return [
        counted(known["n"], lang) if "n" in known else "",
        as_of(table, lang),
        word(f"{PICTURE}.terms", lang, margin=known["margin"]) if "margin" in known else "",
        word(f"{PICTURE}.key", lang),
    ]
