"""Where a book of customers stands: its score by revenue, and health by phase with what to do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, group_name, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET
from cslab.figures.writing import write
from cslab.words import has_word, label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PORTFOLIO, ACTIONS = "figure.health.portfolio", "figure.health.actions"
LAMPS = {"red": "#B5460F", "yellow": "#E9B44C", "green": "#00805F"}
"""Red, yellow and green as the place in a row tells them too: from the left, worst first."""
SHADES = {"red": "#F4DDD2", "yellow": "#FBF0D5", "green": "#DCEFE8"}


def portfolio(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the share of revenue with customers in red, yellow and green, and the score by revenue beside it.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.portfolio_score` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a bar a group, all together at the top.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"group": "", "estimate": 71.7, "low": 69.2, "high": 74.2, "n": 900, "plain": 62.0}
    >>> row |= {"red": 0.1, "yellow": 0.2, "green": 0.7, "arr_amount": 1e9, "effective": 236.0}
    >>> ax = portfolio(pd.DataFrame([row]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['71.7 (69.2–74.2)\\ncustomers alike: 62.0']
    """
    names = ["group", "estimate", "low", "high", "n", "plain", "red", "yellow", "green", "arr_amount", "effective"]
    require_rows(found, PORTFOLIO, names)
    host = sheet(ax, lang, height=1.6 + 0.55 * len(found))
    host.set_axis_off()
    host.set_ylim(len(found) - 0.4, -0.6)
    panel = host.inset_axes((0.27, 0, 0.46, 1), sharey=host)
    panel.set_yticks([])
    panel.grid(visible=False)
    panel.set_xlim(0, 1)
    percent_axis(panel.xaxis)
    for place, row in enumerate(found.to_dict("records")):
        _bar(panel, place, row)
        _words(host, place, row, found, lang)
    n = word("figure.note.n", lang, n=int(found["n"].iloc[0]))
    carried = word(f"{PORTFOLIO}.carried", lang, effective=found["effective"].iloc[0])
    definition = word(f"{PORTFOLIO}.definition", lang)
    headline(host, word(f"{PORTFOLIO}.title", lang), n, as_of(found, lang), carried, definition)
    return host


def actions(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the table of phase by health: how many stand there, what they pay, what became of such, what to do.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.action_table` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A field a phase and colour: phases from the top, red on the left.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"phase": "adoption", "colour": "red", "customers": 38, "arr_amount": 7e7, "estimate": 0.156, "n": 45}
    >>> ax = actions(pd.DataFrame([{**row, "action": "health.action.adoption.red"}]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "cell"]
    ['38 · ¥70.0M · 16% of 45 left']
    """
    require_rows(found, ACTIONS, ["phase", "colour", "customers", "arr_amount", "estimate", "n", "action"])
    phases = list(dict.fromkeys(found["phase"]))
    host = sheet(ax, lang, height=1.5 + 0.78 * len(phases), width=8.6)
    host.set_xlim(0, len(SHADES))
    host.set_ylim(len(phases), 0)
    host.grid(visible=False)
    host.spines[:].set_visible(False)
    host.tick_params(length=0)
    for row in found.to_dict("records"):
        _field(host, phases.index(row["phase"]), row, str(found.attrs.get("currency", "JPY")), lang)
    host.set_xticks([place + 0.5 for place in range(3)], [word(f"figure.health.{name}", lang) for name in SHADES])
    host.set_yticks([place + 0.5 for place in range(len(phases))], [label(phase, lang) for phase in phases])
    n = word("figure.note.n", lang, n=int(found["customers"].sum()))
    definition = word(f"{ACTIONS}.definition", lang, horizon=found.attrs.get("horizon", 6))
    headline(host, word(f"{ACTIONS}.title", lang), n, as_of(found, lang), definition)
    return host


def _bar(panel: Axes, place: int, row: dict[Any, Any]) -> None:
    """A bar of three colours."""
    begin = 0.0
    for colour, shade in LAMPS.items():
        panel.barh(place, row[colour], left=begin, height=0.5, color=shade, linewidth=0, zorder=2)
        begin += row[colour]


def _words(host: Axes, place: int, row: dict[Any, Any], found: pd.DataFrame, lang: str) -> None:
    """The name of a group and what it pays a year; its score both ways."""
    by, currency = str(found.attrs.get("by", "")), str(found.attrs.get("currency", "JPY"))
    name = group_name(by, row["group"], lang) if row["group"] else word(f"{PORTFOLIO}.all", lang)
    amount = money(row["arr_amount"], currency, lang)
    write(host, f"{name}\nARR {amount}", (0, place), within="row", side="left", ink=INK, size=9, kind="name")
    number = word(f"{PORTFOLIO}.number", lang, **{key: row[key] for key in ("estimate", "low", "high", "plain")})
    write(host, number, (1, place), within="row", side="right", ink=INK, size=9, kind="number")


def _field(host: Axes, place: int, row: dict[Any, Any], currency: str, lang: str) -> None:
    """A field with its numbers and what to do."""
    from matplotlib.patches import Rectangle

    column = list(SHADES).index(row["colour"])
    host.add_patch(Rectangle((column + 0.02, place + 0.04), 0.96, 0.92, color=SHADES[row["colour"]], linewidth=0))
    amount = money(row["arr_amount"], currency, lang) if math.isfinite(row["arr_amount"]) else "—"
    key = "cell" if math.isfinite(row["estimate"]) else "cell_unknown"
    given = {"customers": row["customers"], "amount": amount, "share": row["estimate"], "n": int(row["n"])}
    write(host, word(f"{ACTIONS}.{key}", lang, **given), (column + 0.5, place + 0.3), ink=INK, size=9, kind="cell")
    if has_word(row["action"]):
        write(host, word(row["action"], lang), (column + 0.5, place + 0.66), ink=QUIET, size=8.5, kind="action")
