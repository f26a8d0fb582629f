"""Pictures of where help raises lifetime value most: what an hour brings in each phase, and a budget of hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.lifecycle.looks import look_of, name_of
from cslab.figures.scales import money_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES
from cslab.figures.writing import End, label_ends, write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

HOURLY, BUDGET = "figure.focus.gain_per_hour", "figure.focus.budget"
PANEL = (0.335, 0.515)
COLUMNS = ("phase", "customers", "stuck_share", "per_hour", "per_hour_low", "per_hour_high", "n")


def gain_per_hour(table: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what an hour of help brings in each phase, with limits, beside where the customers are, and the truth.

    Parameters
    ----------
    table : DataFrame
        As :func:`cslab.measure.lifecycle.focus.table` returns it: ``phase``, ``customers``, ``stuck_share`` (0-1),
        ``per_hour``, ``per_hour_low``, ``per_hour_high`` (currency), ``n``; ``truth_per_hour`` where it is known.
        ``attrs``: ``effect``, ``horizon``, ``hour_amount``, ``as_of``, ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``table.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a phase from the top, a dot with limits, a diamond at the truth, a line
        at what an hour costs.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"phase": "renewal", "customers": 153, "stuck_share": 0.05, "per_hour": 3900.0, "n": 1890}
    >>> ax = gain_per_hour(pd.DataFrame([row | {"per_hour_low": 2900.0, "per_hour_high": 4900.0}]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['¥3,900']
    """
    require_rows(table, HOURLY, COLUMNS)
    currency = table.attrs.get("currency", currency)
    host = sheet(ax, lang, height=1.7 + 0.46 * len(table))
    host.set_axis_off()
    host.set_ylim(len(table) - 0.4, -0.8)
    panel = host.inset_axes((PANEL[0], 0, PANEL[1], 1), sharey=host)
    panel.set_yticks([])
    panel.grid(visible=False)
    for place, row in enumerate(table.to_dict("records")):
        _mark(panel, place, row)
        _words(host, place, {**row, "name": name_of(table, row["phase"], lang)}, currency, lang)
    _cost(panel, table, currency, lang)
    panel.set_xlim(-1.08 * _most(-table["per_hour_low"]), 1.08 * _widest(table))
    money_axis(panel.xaxis, currency, lang)
    headline(host, word(f"{HOURLY}.title", lang), *_notes(table, lang, HOURLY), lift=14)
    return host


def budget(table: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what a year's hours bring if all go into one phase: they bring no more once every case has its hours.

    Parameters
    ----------
    table : DataFrame
        As :func:`cslab.measure.lifecycle.focus.table` returns it: ``phase``, ``per_hour`` (currency),
        ``needed_hours`` (a year), ``n``; ``truth_per_hour`` where it is known. ``attrs``: ``budget_hours``, and as for
        :func:`gain_per_hour`.
    ax, lang, currency
        As for :func:`gain_per_hour`.

    Returns
    -------
    Axes
        A line a phase, dotted in the same colour for the truth; an upright one at the budget.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> phases = {"phase": ["adoption", "renewal"], "per_hour": [2e3, 4e3], "needed_hours": [900.0, 500.0], "n": 60}
    >>> ax = budget(pd.DataFrame(phases))
    >>> [line.get_ydata().max().item() for line in ax.get_lines() if line.get_gid() == "chain"]
    [1800000.0, 2000000.0]
    """
    require_rows(table, BUDGET, ["phase", "per_hour", "needed_hours", "n"])
    currency = table.attrs.get("currency", currency)
    known = table[table["per_hour"].notna() & (table["needed_hours"] > 0)].reset_index(drop=True)
    host = sheet(ax, lang)
    hours = np.array([0.0, *sorted(known["needed_hours"]), 1.08 * _most(known["needed_hours"])])
    ends = []
    for row in known.to_dict("records"):
        look, used = look_of(table, row["phase"]), np.minimum(hours, row["needed_hours"])
        host.plot(hours, used * row["per_hour"], color=look.colour, linewidth=2.0, gid="chain")
        if np.isfinite(row.get("truth_per_hour", np.nan)):
            host.plot(hours, used * row["truth_per_hour"], ":", color=look.colour, linewidth=1.4, gid="truth")
        ends.append(End(used[-1] * row["per_hour"], name_of(table, row["phase"], lang), look.ink))
    _limit(host, table, lang)
    host.set_xlim(0, hours[-1])
    host.set_ylim(0, None)
    host.set_xlabel(word(f"{BUDGET}.hours", lang))
    host.xaxis.set_major_formatter("{x:,.0f}")
    money_axis(host.yaxis, currency, lang)
    label_ends(host, ends)
    headline(host, word(f"{BUDGET}.title", lang), *_notes(table, lang, BUDGET), lift=14)
    return host


def _mark(panel: Axes, place: int, row: dict[Any, Any]) -> None:
    """What an hour brings, with its limits, and what it truly brings."""
    look, true = ROLES["better"], ROLES["truth"]
    panel.hlines(place, 0, 1, transform=panel.get_yaxis_transform(), color=FAINT, linewidth=0.6, zorder=0)
    panel.hlines(place, row["per_hour_low"], row["per_hour_high"], color=look.colour, linewidth=1.8, zorder=2)
    panel.plot([row["per_hour"]], [place], look.marker, color=look.colour, markersize=7.5, zorder=3, gid="mark")
    truth = [row.get("truth_per_hour", np.nan)]
    panel.plot(truth, [place], true.marker, color=true.colour, markersize=5.5, zorder=4, gid="truth")


def _words(host: Axes, place: int, row: dict[Any, Any], currency: str, lang: str) -> None:
    """The name of a phase, how many customers are in it and how many of them stuck, and its number."""
    known = np.isfinite(row["stuck_share"])
    where = word(f"{HOURLY}.{'stuck' if known else 'there'}", lang, n=row["customers"], share=row["stuck_share"])
    write(host, f"{row['name']}\n{where}", (0, place), within="row", side="left", ink=INK, size=9)
    text = _to_the_unit(row["per_hour"], currency, lang) if np.isfinite(row["per_hour"]) else word("verdict.none", lang)
    ink = ROLES["better"].ink
    write(host, text, (1, place), within="row", side="right", ink=ink, size=9, kind="number")


def _cost(panel: Axes, table: pd.DataFrame, currency: str, lang: str) -> None:
    """A line at what an hour costs: to its right, help pays for itself."""
    hour = table.attrs.get("hour_amount", np.nan)
    if np.isfinite(hour):
        panel.axvline(hour, color=QUIET, linestyle="--", linewidth=1.2, zorder=1)
        text = word(f"{HOURLY}.cost", lang, amount=_to_the_unit(hour, currency, lang))
        write(panel, text, (hour, 1), (0, 1), within="column", ink=QUIET, size=9, kind="cost")


def _to_the_unit(amount: float, currency: str, lang: str) -> str:
    """An amount an hour: in thousands it would be too coarse."""
    one = money(1, currency, lang).replace("1", f"{abs(amount):,.0f}")
    return f"−{one}" if amount < 0 else one


def _limit(host: Axes, table: pd.DataFrame, lang: str) -> None:
    """An upright line at the hours there are."""
    hours = table.attrs.get("budget_hours")
    if hours:
        host.axvline(hours, color=QUIET, linestyle="--", linewidth=1.2, zorder=1)
        text = word(f"{BUDGET}.limit", lang, hours=hours)
        write(host, text, (hours, 1), (0, 1), within="column", ink=QUIET, size=9, kind="limit")


def _most(amounts: Any) -> float:
    """The largest of some amounts, 0 where nothing is known."""
    return float(np.nanmax(np.append(np.asarray(amounts, float), 0.0)))


def _widest(table: pd.DataFrame) -> float:
    """The largest amount an hour that has to be seen."""
    hour = table.attrs.get("hour_amount", np.nan)
    return max(_most(table["per_hour_high"]), _most(table.get("truth_per_hour", 0.0)), _most([hour])) or 1.0


def _notes(table: pd.DataFrame, lang: str, picture: str) -> list[str]:
    """How many customers and when, what is counted, what the marks are."""
    known = table.attrs
    truth = "truth_per_hour" in table and bool(table["truth_per_hour"].notna().any())
    terms = {name: known[name] for name in ("effect", "horizon") if name in known}
    return [
        counted(table["n"].max(), lang),
        as_of(table, lang),
        word("figure.focus.terms", lang, **terms) if len(terms) == 2 else "",
        word(f"{picture}.key_truth" if truth else f"{picture}.key", lang),
        word("figure.note.whiskers", lang) if picture == HOURLY else "",
    ]
