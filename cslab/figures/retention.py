"""Pictures of retention: what moved the recurring revenue, and one book under several definitions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.scales import day, percent_axis
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import FAINT, GROUPS, INK, QUIET, Role, status_look
from cslab.figures.touch.thresholds import signed
from cslab.figures.writing import write
from cslab.words import label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

BRIDGE, DEFINITIONS = "figure.retention.bridge", "figure.retention.definitions"
FLOWS = {
    "new": GROUPS[2],
    "reactivation": GROUPS[2],
    "expansion": status_look("expanded"),
    "contraction": status_look("contracted"),
    "churn": status_look("churned"),
}
"""What moves the revenue, in this order. What is won looks unlike what the customers of the start add or take away."""
STOCK = Role("#7B8794", INK, "-", "s")
STEPS, WIDTH = ("opening", *FLOWS, "closing"), 0.62
EDGE = 1.4
"""Outline of a bar in points: what is seen of a step too small for a bar, so that no thread breaks off at it."""
RIGHT, WRONG = GROUPS[0], GROUPS[5]
PANEL = (0.445, 0.315)
PLACES = {"number": 0.835, "sum": 1.0}
COUNTS = ("logo_churn", "count")
"""The metric and the definition whose two numbers are customers or contracts, not money."""


def bridge(moved: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw how recurring revenue came from its amount at the start of a window to that at its end, as a waterfall.

    Parameters
    ----------
    moved : DataFrame
        As :func:`cslab.measure.retention.bridge` returns it: ``start``, ``end`` (days), ``opening``, ``new``,
        ``reactivation``, ``expansion``, ``contraction``, ``churn``, ``closing`` (the losses negative), one row or one
        a month, which are then summed. ``attrs``: ``unit`` (``"mrr"`` or ``"arr"``), ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``moved.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        Seven bars from the left; each flow begins where the one before ended.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> days = {"start": [pd.Timestamp("2023-03-31")], "end": [pd.Timestamp("2024-03-31")]}
    >>> flows = {"opening": [100], "new": [40], "reactivation": [0], "expansion": [10], "contraction": [-5]}
    >>> ax = bridge(pd.DataFrame({**days, **flows, "churn": [-15], "closing": [130]}))
    >>> [float(bar.get_height()) for bar in ax.patches]
    [100.0, 40.0, 0.0, 10.0, 5.0, 15.0, 130.0]
    """
    require_rows(moved, BRIDGE, ["start", "end", *STEPS])
    currency = moved.attrs.get("currency", currency)
    amounts = _amounts(moved)
    host = sheet(ax, lang, height=3.5)
    level = 0.0
    for place, (name, amount) in enumerate(amounts.items()):
        before, level = (level, level + amount) if name in FLOWS else (0.0, amount)
        colour, height = _look(name).colour, abs(level - before)
        host.bar(place, height, WIDTH, min(before, level), color=colour, edgecolor=colour, linewidth=EDGE)
        text = signed(amount, currency, lang) if name in FLOWS else money(amount, currency, lang)
        write(host, text, (place, max(before, level)), (0, 3), ink=_look(name).ink, size=9, kind="number")
        if name != "closing":
            host.hlines(level, place + WIDTH / 2, place + 1 - WIDTH / 2, color=QUIET, linewidth=0.8)
    host.set_xticks(range(len(STEPS)), [_step(name, moved, lang) for name in STEPS])
    host.set_ylim(0, 1.1 * host.dataLim.ymax)
    host.set_yticks([])
    host.grid(visible=False)
    unit = moved.attrs.get("unit", "mrr")
    notes = word(f"{BRIDGE}.{unit}", lang), word(f"{BRIDGE}.definition", lang)
    headline(host, word(f"{BRIDGE}.title", lang, unit=unit.upper()), *notes)
    return host


def _amounts(moved: pd.DataFrame) -> dict[str, float]:
    """The height of each step, over all rows; losses are negative."""
    sums = {name: float(moved[name].sum()) for name in FLOWS}
    return {"opening": float(moved["opening"].iloc[0]), **sums, "closing": float(moved["closing"].iloc[-1])}


def _look(name: str) -> Role:
    """The look of a step: a flow in its own colour, a stock in the plain one."""
    return FLOWS.get(name, STOCK)


def _step(name: str, moved: pd.DataFrame, lang: str) -> str:
    """What stands under a bar: the day of a stock, the word of a flow."""
    if name in FLOWS:
        return label(name, lang)
    return day(moved["start"].iloc[0] if name == "opening" else moved["end"].iloc[-1], lang)


def definitions(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what each definition makes of one and the same book, the highest first, wrong ones marked as such.

    Parameters
    ----------
    found : DataFrame
        Rows of :func:`cslab.measure.retention.definitions`: ``metric``, ``definition``, ``estimate``, ``low``,
        ``high``, ``n``, ``part``, ``base``, ``fault``. ``attrs``: ``start``, ``end``, ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``found.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a definition, from the top.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"metric": "nrr", "definition": "point_to_point", "estimate": 0.8615, "low": 0.5, "high": 1.2, "n": 6}
    >>> ax = definitions(pd.DataFrame([{**row, "part": 560e3, "base": 650e3, "fault": False}]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['86.2%']
    """
    require_rows(found, DEFINITIONS, ["metric", "definition", "estimate", "low", "high", "n", "part", "base", "fault"])
    currency = found.attrs.get("currency", currency)
    rows = found.sort_values("estimate", ascending=False, kind="stable").to_dict("records")
    host = sheet(ax, lang, height=1.35 + 0.33 * len(rows))
    host.set_axis_off()
    host.set_ylim(len(rows) - 0.4, -0.95)
    panel = host.inset_axes((PANEL[0], 0, PANEL[1], 1), sharey=host)
    _prepare(panel)
    for place, row in enumerate(rows):
        _mark(panel, place, row)
        _words(host, place, row, currency, lang)
    write(host, word(f"{DEFINITIONS}.sum", lang), (1, -0.72), within="row", side="right", ink=QUIET, kind="role")
    headline(host, word(f"{DEFINITIONS}.title", lang, count=len(rows)), *_definition_notes(found, lang))
    return host


def _prepare(panel: Axes) -> None:
    """A panel of shares with a line where nothing was lost or gained."""
    panel.set_yticks([])
    panel.spines["bottom"].set_visible(False)
    panel.grid(visible=False)
    panel.axvline(1, color=QUIET, linewidth=1, zorder=1)
    percent_axis(panel.xaxis, ticks=4)


def _mark(panel: Axes, place: int, row: dict[Any, Any]) -> None:
    """The number of a definition: a dot, or a cross where the definition is wrong."""
    look = WRONG if row["fault"] else RIGHT
    panel.hlines(place, 0, 1, transform=panel.get_yaxis_transform(), color=FAINT, linewidth=0.6, zorder=0)
    marker = "X" if row["fault"] else "o"
    panel.plot([row["estimate"]], [place], marker, color=look.colour, markersize=8, zorder=3, gid="mark")


def _words(host: Axes, place: int, row: dict[Any, Any], currency: str, lang: str) -> None:
    """The name of a definition, its number, and what was divided by what."""
    ink = WRONG.ink if row["fault"] else INK
    how = word(f"{DEFINITIONS}.by.{row['definition']}", lang)
    name = word(f"{DEFINITIONS}.name", lang, metric=label(row["metric"], lang), how=how)
    write(host, name, (0, place), within="row", side="left", ink=ink, size=9, kind="name")
    percent = f"{row['estimate']:.1%}" if math.isfinite(row["estimate"]) else word("verdict.none", lang)
    write(host, percent, (PLACES["number"], place), within="row", side="right", ink=ink, size=9, kind="number")
    pair = [_amount(row, row[name], currency, lang) for name in ("part", "base")]
    write(host, " / ".join(pair), (PLACES["sum"], place), within="row", side="right", ink=QUIET, size=9, kind="sum")


def _amount(row: dict[Any, Any], amount: float, currency: str, lang: str) -> str:
    """One of the two numbers of a rate: money, or a count."""
    counted = row["metric"] in COUNTS or row["definition"] in COUNTS
    return f"{amount:,.0f}" if counted else money(amount, currency, lang)


def _definition_notes(found: pd.DataFrame, lang: str) -> list[str]:
    """How many customers, over which window, what the marks are."""
    known = found.attrs
    span = {name: day(known[name], lang) for name in ("start", "end") if name in known}
    return [
        word("figure.note.n", lang, n=int(found["n"].max())),
        word(f"{DEFINITIONS}.window", lang, **span) if len(span) == 2 else "",
        word(f"{DEFINITIONS}.definition", lang),
    ]
