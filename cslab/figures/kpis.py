"""Pictures of what support and success measure: the two columns, the tree that joins them, why enquiries arise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cslab.figures.scales import day
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import FAINT, GROUPS, INK, QUIET, Role
from cslab.figures.touch.thresholds import signed
from cslab.figures.writing import write
from cslab.words import has_word, label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SCORECARD, TREE, CAUSES = "figure.kpis.scorecard", "figure.kpis.tree", "figure.kpis.causes"
LAMPS = {
    "green": Role("#00805F", "#006B50", "-", "o"),
    "amber": Role("#D98A00", "#8F5800", "-", "^"),
    "red": Role("#B5460F", "#B5460F", "-", "s"),
    "none": Role(QUIET, QUIET, "-", "_"),
}
"""Each lamp has a shape of its own, so that nothing hangs on telling red from green."""
SIDES = {"support": 0.0, "success": 0.53}
"""Where each column begins, as a share of the width; ``WIDTH`` is how wide it is."""
WIDTH = 0.47
INDENT, TREE_WIDTH = 0.05, 0.72
BRANCHES = {"revenue": GROUPS[6], "success": GROUPS[0], "support": GROUPS[1]}
LEAD, REST = GROUPS[5], GROUPS[4]


def said(value: float, unit: str, lang: str, currency: str = "JPY") -> str:
    """A value as its unit is said: 12.3 hours, 77 %, 1,240 enquiries.

    Parameters
    ----------
    value : float
        A dash where it is missing.
    unit : str
        Of the frames of :mod:`cslab.measure.kpis`.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of amounts.

    >>> said(0.768, "share", "en"), said(float("nan"), "hours", "en")
    ('76.8%', '—')
    """
    if not math.isfinite(value):
        return word("verdict.none", lang)
    if unit.startswith("money"):
        return money(value, currency, lang)
    key = f"figure.kpis.unit.{unit}"
    return word(key, lang, value=value) if has_word(key) else f"{value:,.3g}"


def scorecard(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the KPIs of support and those of success side by side, each with its lamp, value and target.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.kpis.scorecard` returns it: ``side`` (support, success), ``kpi``, ``estimate``,
        ``n``, ``unit``, ``better`` (high, low or empty), ``target``, ``status`` (green, amber, red, none).
        ``attrs``: ``start``, ``end`` (the day after the last).
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One mark a KPI, in the colour and shape of its lamp.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"side": "support", "kpi": "csat", "estimate": 0.96, "n": 200, "unit": "share", "better": "high"}
    >>> ax = scorecard(pd.DataFrame([{**row, "target": 0.9, "status": "green"}]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() in ("value", "target")]
    ['96.0%', '≥ 90.0%']
    """
    require_rows(found, SCORECARD, ["side", "kpi", "estimate", "n", "unit", "better", "target", "status"])
    columns = {side: found[found["side"] == side].to_dict("records") for side in SIDES}
    longest = max(len(rows) for rows in columns.values())
    host = sheet(ax, lang, height=1.15 + 0.32 * longest)
    host.set_axis_off()
    host.set_xlim(0, 1)
    host.set_ylim(longest - 0.4, -1.0)
    for side, rows in columns.items():
        left = SIDES[side]
        write(host, word(f"{SCORECARD}.{side}", lang), (left, -0.75), side="left", ink=INK, size=10, kind="role")
        host.hlines(-0.42, left, left + WIDTH, color=QUIET, linewidth=1)
        for place, row in enumerate(rows):
            _lamp(host, (left, place), row, lang)
    title = word(f"{SCORECARD}.title", lang)
    headline(host, title, *_window(found, lang), word(f"{SCORECARD}.definition", lang))
    return host


def _lamp(host: Axes, at: tuple[float, float], row: Mapping[Any, Any], lang: str) -> None:
    """One KPI: lamp, name, value, target."""
    left, place = at
    look = LAMPS[row["status"]]
    host.plot([left + 0.012], [place], look.marker, color=look.colour, markersize=8, gid="mark", clip_on=False)
    write(host, label(row["kpi"], lang), (left + 0.035, place), side="left", ink=INK, size=9, kind="name")
    value = said(row["estimate"], row["unit"], lang)
    write(host, value, (left + 0.355, place), side="right", ink=look.ink, size=9.5, kind="value")
    if row["better"] and math.isfinite(row["target"]):
        sign = {"high": "≥", "low": "≤"}[row["better"]]
        target = f"{sign} {said(row['target'], row['unit'], lang)}"
        write(host, target, (left + WIDTH, place), side="right", kind="target")


def _window(found: pd.DataFrame, lang: str) -> list[str]:
    """How many customers at most, and over which window."""
    return [word("figure.kpis.n", lang, n=int(found["n"].max())), _span(found, lang)]


def _span(found: pd.DataFrame, lang: str) -> str:
    """The first and the last day of a window, whose end is the day after; empty where the frame does not know it."""
    import pandas as pd

    if not {"start", "end"} <= set(found.attrs):
        return ""
    last = pd.Timestamp(found.attrs["end"]) - pd.Timedelta(days=1)
    return word("figure.kpis.window", lang, start=day(pd.Timestamp(found.attrs["start"]), lang), end=day(last, lang))


def tree(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw how the numbers of support and success hang together with revenue, from the root on the left.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.kpis.kpi_tree` returns it: ``node``, ``parent`` (empty for the root), ``branch``
        (revenue, success, support), ``estimate``, ``n``, ``unit``. ``attrs``: ``start``, ``end``, ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of amounts, unless ``found.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        A name a node (``text.get_gid() == "node"``), a thread from each to its parent.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = [("nrr", "", "revenue", 1.04, 700, "share"), ("churn", "nrr", "success", 0.13, 700, "share")]
    >>> columns = ["node", "parent", "branch", "estimate", "n", "unit"]
    >>> len([text for text in tree(pd.DataFrame(rows, columns=columns)).texts if text.get_gid() == "node"])
    2
    """
    require_rows(found, TREE, ["node", "parent", "branch", "estimate", "n", "unit"])
    currency = found.attrs.get("currency", currency)
    rows = _in_order(found)
    host = sheet(ax, lang, height=1.0 + 0.29 * len(rows))
    host.set_axis_off()
    host.set_xlim(0, 1)
    host.set_ylim(len(rows) - 0.4, -0.7)
    places: dict[str, tuple[float, float]] = {}
    for place, (depth, row) in enumerate(rows):
        at = places[row["node"]] = (0.012 + INDENT * depth, float(place))
        look = BRANCHES[row["branch"]]
        if depth:
            _thread(host, places[row["parent"]], at)
        host.plot([at[0]], [at[1]], look.marker, color=look.colour, markersize=7, gid="mark")
        write(host, label(row["node"], lang), at, (9, 0), side="left", ink=look.ink, size=9.5, kind="node")
        value = said(row["estimate"], row["unit"], lang, currency)
        write(host, value, (TREE_WIDTH, place), side="right", ink=look.ink, size=9.5, kind="value")
    headline(host, word(f"{TREE}.title", lang), *_window(found, lang), word(f"{TREE}.definition", lang))
    return host


def _in_order(found: pd.DataFrame) -> list[tuple[int, dict[Any, Any]]]:
    """Every node with its depth: each right below its parent, children in the order in which they come."""
    children: dict[str, list[dict[Any, Any]]] = {}
    for row in found.to_dict("records"):
        children.setdefault(row["parent"], []).append(row)
    rows: list[tuple[int, dict[Any, Any]]] = []
    waiting = [(0, row) for row in reversed(children[""])]
    while waiting:
        depth, row = waiting.pop()
        rows.append((depth, row))
        waiting += [(depth + 1, child) for child in reversed(children.get(row["node"], []))]
    return rows


def _thread(host: Axes, parent: tuple[float, float], child: tuple[float, float]) -> None:
    """A thread from a node down to its child."""
    across = [parent[0], parent[0], child[0]]
    host.plot(across, [parent[1], child[1], child[1]], color=FAINT, linewidth=1.2, zorder=0, gid="thread")


def causes(
    found: pd.DataFrame,
    fixes: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    currency: str = "JPY",
) -> Axes:
    """Draw why enquiries arise, by how many and by the hours they take, and what mending each cause would leave.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.kpis.causes.ticket_causes` returns it, the most frequent first: ``cause``, ``tickets``,
        ``hours``, ``cumulative`` (0-1). ``attrs``: ``start``, ``end``.
    fixes : DataFrame, optional
        As :func:`cslab.measure.kpis.fixes.fix_value` returns it: ``cause``, ``estimate``, ``low``, ``high`` (currency a
        year, what the fix costs taken off); of several for one cause the first is drawn. ``attrs``: ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``fixes.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        With two panels in ``child_axes``, three with ``fixes``; a row a cause, in each panel the leader marked.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"cause": ["no_guide", "defect"], "tickets": [60, 40], "hours": [300.0, 900.0]})
    >>> ax = causes(found.assign(cumulative=[0.6, 1.0]))
    >>> [float(panel.patches[1].get_width()) for panel in ax.child_axes]
    [40.0, 900.0]
    """
    require_rows(found, CAUSES, ["cause", "tickets", "hours", "cumulative"])
    host = sheet(ax, lang, height=1.5 + 0.31 * len(found))
    host.set_axis_off()
    host.set_ylim(len(found) - 0.45, -0.6)
    names = ["tickets", "hours", *(["fix"] if fixes is not None else [])]
    panels = [host.inset_axes((left, 0, width, 1), sharey=host) for left, width in _spans(len(names))]
    for place, cause in enumerate(found["cause"]):
        write(host, label(cause, lang), (0, place), within="row", side="left", ink=INK, size=9, kind="name")
    for name, panel in zip(names, panels, strict=True):
        _prepare(panel, word(f"{CAUSES}.{name}", lang))
    shares = [f"{count:,} ({share:.0%})" for count, share in zip(found["tickets"], found["cumulative"], strict=True)]
    _bars(panels[0], found["tickets"].tolist(), shares)
    _bars(panels[1], found["hours"].tolist(), [f"{hours:,.0f}" for hours in found["hours"]])
    if fixes is not None:
        by_cause = fixes.drop_duplicates("cause").set_index("cause").reindex(found["cause"])
        _gains(panels[2], by_cause, fixes.attrs.get("currency", currency), lang)
    count = word(f"{CAUSES}.n", lang, n=int(found["tickets"].sum()))
    notes = [count, _span(found, lang), word(f"{CAUSES}.definition", lang)]
    fixed = word(f"{CAUSES}.fixed", lang) if fixes is not None else ""
    headline(host, word(f"{CAUSES}.title", lang), *notes, fixed, lift=16)
    return host


def _spans(count: int) -> list[tuple[float, float]]:
    """Where each panel begins, and how wide it is."""
    return [(0.245, 0.145), (0.53, 0.11), (0.765, 0.12)] if count == 3 else [(0.27, 0.27), (0.65, 0.27)]


def _prepare(panel: Axes, title: str) -> None:
    """A panel without ticks, its heading above."""
    panel.set_axis_off()
    write(panel, title, (0, 1), (0, 3), within="axes", side="left", ink=INK, size=9, kind="panel")


def _bars(panel: Axes, amounts: list[float], texts: list[str]) -> None:
    """A bar a cause with its number; the longest in the leader's colour."""
    for place, (amount, text) in enumerate(zip(amounts, texts, strict=True)):
        look = LEAD if amount == max(amounts) else REST
        panel.barh(place, amount, color=look.colour, height=0.56)
        write(panel, text, (amount, place), (4, 0), side="left", ink=look.ink, size=9, kind="number")
    panel.set_xlim(0, max([*amounts, 1e-9]))


def _gains(panel: Axes, fixes: pd.DataFrame, currency: str, lang: str) -> None:
    """What each fix would leave in a year, with its limits and number."""
    panel.axvline(0, color=QUIET, linewidth=1)
    best = fixes["estimate"].max()
    for place, row in enumerate(fixes.to_dict("records")):
        if not math.isfinite(row["estimate"]):
            continue
        look = LEAD if row["estimate"] == best else REST
        panel.hlines(place, row["low"], row["high"], color=look.colour, linewidth=1.6)
        panel.plot([row["estimate"]], [place], "o", color=look.colour, markersize=6.5, gid="mark")
        text = signed(row["estimate"], currency, lang)
        write(panel, text, (1, place), (4, 0), within="row", side="left", ink=look.ink, size=9, kind="number")
