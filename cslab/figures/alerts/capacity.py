"""Alerts against the time there is: precision and recall by load, load week by week, and what a load saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.figures.scales import day, money_axis, month_axis, percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import QUIET, group_look, status_look
from cslab.figures.writing import End, label_ends, write
from cslab.measure.spells import DAYS_A_MONTH
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LINES = "figure.alerts.by_capacity"
WEEKS = "figure.alerts.weekly_load"
SAVES = "figure.alerts.saves"
WEEK_HOURS = 40
"""Hours that a week of work has."""


def by_capacity(
    found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, per_week: float | None = None
) -> Axes:
    """Draw how often alerts are right and how many leavers they reach, by how many each CSM acts on in a week.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.alerts.capacity_curve` returns it: ``per_week``, ``precision`` and ``recall`` with their
        limits, ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    per_week : float, optional
        The load that can be done: a line is drawn there.

    Returns
    -------
    Axes
        Loads along x by their ratio, the last one that of alerting everybody.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"per_week": [1.0, 4.0], "precision": [1.0, 0.5], "recall": [0.5, 1.0], "n": 4})
    >>> shares = {f"{name}_{end}": found[name] for name in ("precision", "recall") for end in ("low", "high")}
    >>> by_capacity(found.assign(**shares)).get_xticks().tolist()
    [1.0, 4.0]
    """
    ends = [f"{name}{end}" for name in ("precision", "recall") for end in ("", "_low", "_high")]
    require_rows(found, LINES, ["per_week", *ends, "n"])
    host = sheet(ax, lang)
    host.set_xscale("log")
    lines = [_line(host, found, name, place, lang) for place, name in enumerate(("precision", "recall"))]
    ticks = [*found["per_week"].iloc[:-1].map("{:.3g}".format), word(f"{LINES}.everybody", lang)]
    host.set_xticks(found["per_week"].tolist(), ticks)
    host.minorticks_off()
    host.set_ylim(0, 1)
    percent_axis(host.yaxis)
    host.set_xlabel(word(f"{LINES}.x", lang))
    if per_week is not None:
        host.axvline(per_week, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
        text = word(f"{LINES}.capacity", lang, per_week=per_week)
        write(host, text, (per_week, _between(found, per_week)), (4, 0), side="left", kind="capacity")
    label_ends(host, lines)
    definition = word(f"{LINES}.definition", lang, months=found.attrs.get("horizon") or "–")
    notes = word("figure.note.bands", lang), definition
    headline(host, word(f"{LINES}.title", lang), counted(found["n"].max(), lang), *_csms(found, lang), *notes)
    return host


def _between(found: pd.DataFrame, per_week: float) -> float:
    """Half way up between the two lines, a little to the right of a load: where neither crosses a text."""
    beside = found[found["per_week"] >= per_week].iloc[:2] if (found["per_week"] >= per_week).any() else found.iloc[-1:]
    return float(beside["recall"].min() + beside["precision"].max()) / 2


def _line(ax: Axes, found: pd.DataFrame, name: str, place: int, lang: str) -> End:
    """One line with its band; returns its name for the line's end."""
    look = group_look(place)
    ax.plot(found["per_week"], found[name], color=look.colour, marker=look.marker, markersize=5, gid=name)
    low, high = found[f"{name}_low"], found[f"{name}_high"]
    ax.fill_between(found["per_week"], low, high, color=look.colour, alpha=0.14, linewidth=0)
    return End(float(found[name].iloc[-1]), word(f"{LINES}.{name}", lang), look.ink)


def _csms(found: pd.DataFrame, lang: str) -> list[str]:
    """How many CSMs there are, where the table says it."""
    csms = found.attrs.get("csms")
    return [] if csms is None else [word("figure.alerts.csms", lang, csms=csms)]


def weekly_load(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how many alerts each CSM got week by week, against what they can act on.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.alerts.load` returns it: ``week``, ``alerts``, ``per_csm``, ``over``;
        ``attrs["per_week"]`` is the line.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A bar a week.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> weeks = pd.to_datetime(["2024-04-01", "2024-04-08"])
    >>> found = pd.DataFrame({"week": weeks, "alerts": [4, 9], "per_csm": [2.0, 4.5], "over": [False, True]})
    >>> [float(patch.get_height()) for patch in weekly_load(found).patches]
    [2.0, 4.5]
    """
    import pandas as pd

    require_rows(found, WEEKS, ["week", "alerts", "per_csm", "over"])
    host = sheet(ax, lang)
    colours = np.where(found["over"], status_look("left").colour, group_look(0).colour)
    months = pd.date_range(found["week"].min().to_period("M").to_timestamp(), found["week"].max(), freq="MS")
    place = [(week - months[0]).days / DAYS_A_MONTH - 0.5 for week in found["week"]]
    host.bar(place, found["per_csm"], width=0.19, align="edge", color=colours)
    month_axis(host, months, lang)
    limit = found.attrs.get("per_week")
    if limit is not None:
        host.axhline(limit, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
    host.set_ylim(0, 1.15 * max(float(found["per_csm"].max()), limit or 0.0, 0.1))
    host.set_ylabel(word(f"{WEEKS}.y", lang))
    first, last = day(found["week"].min(), lang), day(found["week"].max() + pd.Timedelta(days=6), lang)
    window = word("figure.alerts.window", lang, since=first, until=last)
    line = "" if limit is None else word(f"{WEEKS}.line", lang, per_week=limit)
    notes = word(f"{WEEKS}.n", lang, n=int(found["alerts"].sum())), window, word(f"{WEEKS}.definition", lang), line
    headline(host, word(f"{WEEKS}.title", lang), *notes)
    return host


def saves(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what alerts save a year beside what they cost, by how many each CSM acts on in a week.

    Loads of more hours than a week has are not drawn; the note says how many calling everybody would take.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.alerts.saves_curve` returns it: ``per_week``, ``saves``, ``value_amount``,
        ``cost_amount``, ``net_if_low``, ``net_if_high``, ``hours_week``, ``n``; ``attrs["saved"]`` is what is assumed.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        A line of what is saved, with the band of what may be assumed and the customers saved on each mark, and one of
        the cost.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row, or no load fits into a week.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"per_week": [1.0, 4.0], "saves": [2.0, 3.0], "value_amount": [10.0, 12.0], "n": 4,
    ...     "cost_amount": [5.0, 20.0], "net_if_low": [-1.0, -9.0], "net_if_high": [20.0, 9.0], "hours_week": 3})
    >>> [text.get_text() for text in saves(found).texts if text.get_gid() == "number"]
    ['2', '3']
    """
    columns = ("per_week", "saves", "value_amount", "cost_amount", "net_if_low", "net_if_high", "hours_week", "n")
    require_rows(found, SAVES, columns)
    shown = found[found["hours_week"] <= WEEK_HOURS]
    require_rows(shown, SAVES, columns)
    host = sheet(ax, lang)
    host.set_xscale("log")
    ends = [_saved(host, shown, lang), _cost(host, shown, lang)]
    host.set_xticks(shown["per_week"].tolist(), [f"{one:.3g}" for one in shown["per_week"]])
    host.minorticks_off()
    host.set_ylim(0, 1.1 * float(max(shown["cost_amount"].max(), (shown["net_if_high"] + shown["cost_amount"]).max())))
    money_axis(host.yaxis, currency, lang)
    host.set_xlabel(word(f"{LINES}.x", lang))
    label_ends(host, ends)
    headline(host, word(f"{SAVES}.title", lang), *_assumed(found, lang))
    return host


def _saved(ax: Axes, shown: pd.DataFrame, lang: str) -> End:
    """The line of what is saved, with its band and the customers; returns its name for the line's end."""
    look = group_look(0)
    low, high = (shown[name] + shown["cost_amount"] for name in ("net_if_low", "net_if_high"))
    ax.fill_between(shown["per_week"], low, high, color=look.colour, alpha=0.14, linewidth=0)
    ax.plot(shown["per_week"], shown["value_amount"], color=look.colour, marker=look.marker, markersize=6, gid="saved")
    for row in shown.to_dict("records"):
        at = row["per_week"], row["value_amount"]
        write(ax, f"{row['saves']:.0f}", at, (0, 7), ink=look.ink, size=9, kind="number")
    return End(float(shown["value_amount"].iloc[-1]), word(f"{SAVES}.saved", lang), look.ink)


def _cost(ax: Axes, shown: pd.DataFrame, lang: str) -> End:
    """The line of the cost; returns its name for the line's end."""
    look = group_look(1)
    ax.plot(shown["per_week"], shown["cost_amount"], color=look.colour, marker=look.marker, markersize=5, gid="cost")
    return End(float(shown["cost_amount"].iloc[-1]), word(f"{SAVES}.cost", lang), look.ink)


def _assumed(found: pd.DataFrame, lang: str) -> list[str]:
    """What the numbers on the marks are, what is assumed to be saved, and what calling everybody would take."""
    saved = found.attrs.get("saved")
    told = {} if saved is None else {name: getattr(saved, name) for name in ("rate", "low", "high", "grade")}
    assumed = word(f"{SAVES}.assumed", lang, **told) if told else ""
    last = float(found["hours_week"].iloc[-1])
    everybody = word(f"{SAVES}.everybody", lang, hours=last) if last > WEEK_HOURS else ""
    return [
        counted(found["n"].max(), lang),
        as_of(found, lang),
        *_csms(found, lang),
        word(f"{SAVES}.definition", lang),
        assumed,
        everybody,
    ]
