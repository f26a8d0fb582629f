"""Usage of those who left against those who stayed: on the way to the contract end, and compared in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError
from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import ROLES, status_look
from cslab.figures.writing import End, label_ends, write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PATHS = "figure.survival.usage_before_renewal"
GAP = "figure.survival.usage_gap"
LAG = 2


def usage_before_renewal(paths: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw mean usage in the months before the contract end, of customers who then left and who stayed.

    The last two months are shaded: the decision has been taken by then, so usage in them cannot foretell it.

    Parameters
    ----------
    paths : DataFrame
        As :func:`cslab.measure.usage.usage_paths` returns it: ``status`` (left, stayed), ``months_before`` (12 … 0),
        ``estimate`` (mean ``wau_ratio``, 0-1), ``low``, ``high``, ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One line a status; months before the end are negative along x, the contract end is 0.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> paths = pd.DataFrame({"status": ["left"] * 2, "months_before": [1, 0], "estimate": [0.4, 0.3],
    ...                       "low": [0.3, 0.2], "high": [0.5, 0.4], "n": [20, 20]})
    >>> usage_before_renewal(paths).get_lines()[0].get_xdata().tolist()
    [-1, 0]
    """
    require_rows(paths, PATHS, ["status", "months_before", "estimate", "low", "high", "n"])
    host = sheet(ax, lang, height=3.8)
    ends = [_path(host, str(status), rows, lang) for status, rows in paths.groupby("status", observed=True)]
    span = float(paths["high"].max() - paths["low"].min())
    host.set_ylim(max(0.0, float(paths["low"].min()) - 0.1 * span), min(1.0, float(paths["high"].max()) + 0.25 * span))
    _decided(host, lang)
    first = int(paths["months_before"].max())
    host.set_xticks(range(-first, 1, 1 if first <= 8 else 2 if first <= 14 else 3))
    host.set_xlim(-first - 0.3, 0.3)
    host.set_xlabel(word(f"{PATHS}.x", lang))
    percent_axis(host.yaxis)
    label_ends(host, ends)
    notes = _sizes(paths, lang), as_of(paths, lang), word(f"{PATHS}.definition", lang), word("figure.note.bands", lang)
    headline(host, word(f"{PATHS}.title", lang), *notes)
    return host


def usage_gap(
    naive: pd.DataFrame,
    better: pd.DataFrame,
    truth: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    months_before: int | None = None,
) -> Axes:
    """Draw the gap in usage between those who left and those who stayed: as of today, and aligned before the decision.

    Parameters
    ----------
    naive : DataFrame
        As :func:`cslab.measure.usage.compared_as_of_today` returns it: ``status`` (left, stayed), ``estimate`` (mean
        ``wau_ratio``, 0-1), ``low``, ``high``, ``n``.
    better : DataFrame
        The same of :func:`cslab.measure.usage.compared_before_decision`.
    truth : DataFrame, optional
        The same from the oracle; None where nobody knows it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    months_before : int, optional
        How long before the decision ``better`` looked, for its name.

    Returns
    -------
    Axes
        A row a comparison, from the top: naive, better, truth.

    Raises
    ------
    UsageError
        When columns are missing, or a comparison lacks one of the two groups.
    NotReady
        When a comparison has no row.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"status": ["left", "stayed"], "estimate": [0.2, 0.6], "low": [0.1, 0.5],
    ...                      "high": [0.3, 0.7], "n": [30, 90]})
    >>> [text.get_text() for text in usage_gap(seen, seen).texts if text.get_gid() == "gap"]
    ['gap 40 pt', 'gap 40 pt']
    """
    given = {"naive": naive, "better": better, "truth": truth}
    rows = {role: _two_groups(frame) for role, frame in given.items() if frame is not None}
    host = sheet(ax, lang, height=1.6 + 0.66 * len(rows))
    for place, (role, values) in enumerate(rows.items()):
        _gap_row(host, -place, role, values, lang)
    names = [_row_name(role, values, months_before, lang) for role, values in rows.items()]
    host.set_yticks([-place for place in range(len(rows))], names, linespacing=1.25)
    for tick, role in zip(host.get_yticklabels(), rows, strict=True):
        tick.set_color(ROLES[role].ink)
    host.set_ylim(0.62 - len(rows), 0.72)
    host.grid(visible=True, axis="x")
    host.grid(visible=False, axis="y")
    percent_axis(host.xaxis)
    words = (word(key, lang) for key in (f"{GAP}.n", f"{GAP}.definition", "figure.note.whiskers"))
    headline(host, word(f"{GAP}.title", lang), counted(rows["naive"]["n"].sum(), lang), as_of(naive, lang), *words)
    return host


def _path(ax: Axes, status: str, rows: pd.DataFrame, lang: str) -> End:
    """One status' line and band; returns its name for the line's end."""
    look, rows = status_look(status), rows.sort_values("months_before", ascending=False)
    line: dict[str, Any] = {"color": look.colour, "linestyle": look.dash, "marker": look.marker, "markersize": 4}
    ax.plot(-rows["months_before"], rows["estimate"], label=label(status, lang), **line)
    ax.fill_between(-rows["months_before"], rows["low"], rows["high"], color=look.colour, alpha=0.16, linewidth=0)
    return End(float(rows["estimate"].iloc[-1]), label(status, lang), look.ink)


def _decided(ax: Axes, lang: str) -> None:
    """Shade the months in which the decision has already been taken."""
    ax.axvspan(-LAG, 0.3, color="#EEF1F4", zorder=0)
    write(ax, word(f"{PATHS}.lag", lang), (-LAG, 1), (4, -3), within="column", side="left", kind="lag")


def _sizes(frame: pd.DataFrame, lang: str) -> str:
    """How many customers of each status."""
    sizes = frame.groupby("status", observed=True)["n"].max()
    return " / ".join(f"{label(str(status), lang)} n = {n:,}" for status, n in sizes.items())


def _row_name(role: str, values: pd.DataFrame, months_before: int | None, lang: str) -> str:
    """What a row compares, and how many customers."""
    aligned = role == "better" and months_before is not None
    name = word(f"{GAP}.better_at", lang, months=months_before) if aligned else word(f"{GAP}.{role}", lang)
    if role == "truth":
        return name
    left, stayed = values["n"].astype(int)
    return f"{name}\nn = {left:,} / {stayed:,}"


def _gap_row(ax: Axes, height: float, role: str, values: pd.DataFrame, lang: str) -> None:
    """Two dots with their whiskers, the gap between them written above; the first row names its dots."""
    line = ROLES[role]
    ends = values["estimate"].astype(float)
    ax.plot(ends, [height, height], color=line.colour, linestyle=line.dash, linewidth=1.6, zorder=2, label=f"_{role}")
    for status, row in values.iterrows():
        look = status_look(status)
        if {"low", "high"} <= set(values.columns):
            ax.hlines(height, row["low"], row["high"], color=look.colour, linewidth=4, alpha=0.45, zorder=2.5)
        mark: dict[str, Any] = {"color": look.colour, "marker": look.marker, "markersize": 8, "zorder": 3}
        ax.plot([row["estimate"]], [height], label=f"{role} {status}", **mark)
        if height == 0:
            write(ax, label(str(status), lang), (row["estimate"], 0), (0, -9), ink=look.ink, kind="status")
    gap = word(f"{GAP}.gap", lang, gap=100 * abs(ends["stayed"] - ends["left"]))
    write(ax, gap, (ends.mean(), height), (0, 5), size=9, ink=line.ink, kind="gap")


def _two_groups(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of those who left and those who stayed, refused where one is missing."""
    require_rows(frame, GAP, ["status", "estimate", "n"])
    values = frame.set_index("status")
    faults = [
        Fault("figure_group", {"picture": GAP.removeprefix("figure."), "column": "status", "group": status})
        for status in ("left", "stayed")
        if status not in values.index
    ]
    if faults:
        raise UsageError(*faults)
    return values.loc[["left", "stayed"]]
