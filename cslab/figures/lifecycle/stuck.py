"""Where customers are stuck: how many stand in each phase, how many for too long, what revenue depends on them."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError
from cslab.figures.lifecycle.looks import look_of, name_of
from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, Role
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.lifecycle.stuck"
COLUMNS = (
    *("phase", "customers", "mrr_amount", "target_days", "stuck", "estimate", "low", "high", "stuck_mrr_amount"),
    "median_days",
)
SPANS = {"customers": (0.255, 0.17), "share": (0.535, 0.17), "mrr": (0.77, 0.13)}
"""Where each panel begins, and how wide it is."""
TALL = 0.54

_Row = dict[Hashable, Any]
"""One phase: the columns of the report by name."""


def stuck(report: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw a row a phase: customers and those stuck among them, the share stuck with its limits, and the MRR.

    Parameters
    ----------
    report : DataFrame
        As :func:`cslab.measure.lifecycle.stuck_report` returns it, not split. ``attrs``: ``names``, ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``report.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        With three panels in ``child_axes``: customers, share stuck, MRR. The part of those stuck is the dark one.

    Raises
    ------
    UsageError
        When columns are missing, or several groups are handed over at once.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import lifecycle
    >>> report = lifecycle.stuck_report(cslab.load("synthetic:tiny"))
    >>> len(stuck(report).child_axes)
    3
    """
    require_rows(report, PICTURE, COLUMNS)
    if report["phase"].duplicated().any():
        raise UsageError(Fault("several_groups", {"column": str(report.columns[0])}))
    currency = report.attrs.get("currency", currency)
    rows = report.to_dict("records")
    host = sheet(ax, lang, height=1.5 + 0.46 * len(rows))
    host.set_axis_off()
    host.set_ylim(len(rows) - 0.45, -0.6)
    panels = {name: host.inset_axes((left, 0, width, 1), sharey=host) for name, (left, width) in SPANS.items()}
    for name, panel in panels.items():
        panel.set_axis_off()
        write(panel, word(f"{PICTURE}.{name}", lang), (0, 1), (0, 3), within="axes", side="left", ink=INK, size=9)
    for place, row in enumerate(rows):
        look = look_of(report, row["phase"])
        _name(host, report, row, place, lang)
        _customers(panels["customers"], row, place, look, lang)
        _share(panels["share"], row, place, look, lang)
        _amount(panels["mrr"], row, place, look, currency, lang)
    _limits(panels, report)
    note = word(f"{PICTURE}.definition", lang)
    headline(host, word(f"{PICTURE}.title", lang), *_counted(report, lang), note, lift=16)
    return host


def _counted(report: pd.DataFrame, lang: str) -> tuple[str, ...]:
    """How many stand in all phases, and on which day."""
    return word(f"{PICTURE}.n", lang, n=int(report["customers"].sum())), as_of(report, lang)


def _name(host: Axes, report: pd.DataFrame, row: _Row, place: int, lang: str) -> None:
    """The phase, and beneath it what it should take and what it takes."""
    write(host, name_of(report, row["phase"], lang), (0, place - 0.16), within="row", side="left", ink=INK, size=9.5)
    days = [word(f"{PICTURE}.{key}", lang, days=row[key]) for key in _DAYS if math.isfinite(row[key])]
    write(host, " · ".join(days), (0, place + 0.22), within="row", side="left", ink=QUIET, size=8.5, kind="days")


_DAYS = ("target_days", "median_days")


def _customers(panel: Axes, row: _Row, place: int, look: Role, lang: str) -> None:
    """Customers in the phase, those stuck in the dark part of the bar."""
    panel.barh(place, row["customers"], color=look.colour, alpha=0.35, height=TALL)
    text = word(f"{PICTURE}.all", lang, customers=row["customers"])
    if math.isfinite(row["stuck"]):
        panel.barh(place, row["stuck"], color=look.colour, height=TALL)
        text = word(f"{PICTURE}.count", lang, stuck=int(row["stuck"]), customers=row["customers"])
    write(panel, text, (row["customers"], place), (4, 0), side="left", ink=look.ink, size=9, kind="number")


def _share(panel: Axes, row: _Row, place: int, look: Role, lang: str) -> None:
    """The share stuck with its limits; a dash where nobody can be told to be stuck."""
    panel.hlines(place, 0, 1, color=FAINT, linewidth=0.8)
    if not math.isfinite(row["estimate"]):
        write(panel, word(f"{PICTURE}.no_target", lang), (0.5, place), (0, 4), ink=QUIET, size=8.5, kind="number")
        return
    panel.hlines(place, row["low"], row["high"], color=look.colour, linewidth=2)
    panel.plot([row["estimate"]], [place], "o", color=look.colour, markersize=6.5, gid="mark")
    write(panel, f"{row['estimate']:.0%}", (1, place), (5, 0), side="left", ink=look.ink, size=9, kind="number")


def _amount(panel: Axes, row: _Row, place: int, look: Role, currency: str, lang: str) -> None:
    """The MRR of those in the phase, that of those stuck in the dark part of the bar; nothing where nobody knows it."""
    if not math.isfinite(row["mrr_amount"]):
        return
    panel.barh(place, row["mrr_amount"], color=look.colour, alpha=0.35, height=TALL)
    if math.isfinite(row["stuck_mrr_amount"]):
        panel.barh(place, row["stuck_mrr_amount"], color=look.colour, height=TALL)
    text = money(row["mrr_amount"], currency, lang)
    write(panel, text, (row["mrr_amount"], place), (4, 0), side="left", ink=look.ink, size=9, kind="number")


def _limits(panels: dict[str, Axes], report: pd.DataFrame) -> None:
    """Each panel as wide as its longest bar."""
    panels["customers"].set_xlim(0, max(report["customers"].max(), 1))
    panels["mrr"].set_xlim(0, max(report["mrr_amount"].fillna(0).max(), 1))
    panels["share"].set_xlim(0, 1)
    percent_axis(panels["share"].xaxis)
