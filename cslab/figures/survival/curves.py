"""Survival curves side by side, each named at its end, with the number of customers behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from cslab.faults import Fault, UsageError
from cslab.figures.scales import percent_axis, tenure_axis
from cslab.figures.sheet import (
    as_of,
    check_language,
    counted,
    group_column,
    group_name,
    groups_of,
    headline,
    require_rows,
    sheet,
    tenure_word,
)
from cslab.figures.style import QUIET, ROLES, STOCK, Role, group_look
from cslab.figures.writing import LINE, End, Side, label_ends, write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.survival.curves"
NEAR_END = 0.9


class _Curve(NamedTuple):
    """One curve: its name, rows (time, estimate, …) and look."""

    name: str
    rows: pd.DataFrame
    look: Role

    @property
    def short(self) -> str:
        """The first line of the name, for places where one line has to do."""
        return self.name.split("\n")[0]


def curves(
    result: pd.DataFrame | Mapping[str, pd.DataFrame] | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    naive: pd.DataFrame | None = None,
    better: pd.DataFrame | None = None,
    truth: pd.DataFrame | None = None,
    at: int | None = None,
) -> Axes:
    """Draw survival curves with their 95 % bands, names at the line ends and customers under observation beneath.

    Parameters
    ----------
    result : DataFrame or mapping of str to DataFrame, optional
        One result of :func:`cslab.measure.survival.kaplan_meier` (a curve a group), or several by name (a key under
        ``label.`` in the words, or plain text). The readings of a stock list (``stock_plain``, ``stock_period``,
        ``stock_watched``) have a fixed look: the first that of ``naive``, the last that of ``better``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    naive, better, truth : DataFrame, optional
        Curves with a fixed look: dashed, solid, dotted with marks. The truth needs ``time`` and ``estimate`` only;
        None (nobody knows it) is left out.
    at : int, optional
        A month at which each curve is marked and read aloud.

    Returns
    -------
    Axes
        One line a curve (``line.get_label()`` is its name).

    Raises
    ------
    UsageError
        When nothing is handed over, or columns are missing.
    NotReady
        When a curve has no row.

    >>> import pandas as pd
    >>> km = pd.DataFrame({"time": [0, 1, 2], "at_risk": [9, 9, 5], "estimate": [1.0, 0.8, 0.6],
    ...                    "low": [1.0, 0.5, 0.3], "high": [1.0, 0.9, 0.8], "n": 9})
    >>> [line.get_label() for line in curves(better=km).get_lines()]
    ['this lesson']
    """
    check_language(lang)
    roles = {"naive": naive, "better": better, "truth": truth}
    drawn = _named(result, roles, lang)
    if not drawn:
        raise UsageError(Fault("figure_nothing", {"picture": PICTURE, "known": "result, naive, better, truth"}))
    host = sheet(ax, lang, height=4.1 + 0.17 * len(drawn))
    for curve in drawn:
        _draw(host, curve)
    last = max(float(curve.rows["time"].max()) for curve in drawn)
    host.set_ylim(_floor(drawn), 1.0)
    tenure_axis(host, last)
    percent_axis(host.yaxis)
    if at is not None:
        _readings(host, drawn, at, lang)
    host.set_xlabel(tenure_word(drawn[0].rows, lang))
    _name_ends(host, drawn, last)
    _at_risk(host, drawn, lang)
    headline(host, word(f"{PICTURE}.title", lang), *_notes(drawn, lang))
    return host


def _named(
    result: pd.DataFrame | Mapping[str, pd.DataFrame] | None,
    roles: Mapping[str, pd.DataFrame | None],
    lang: str,
) -> list[_Curve]:
    """Every curve that was handed over, with its name in the language and its look."""
    given = dict(result) if isinstance(result, Mapping) else _groups(result, lang)
    found = [(key, rows, STOCK.get(key, group_look(place))) for place, (key, rows) in enumerate(given.items())]
    found += [(key, rows, ROLES[key]) for key, rows in roles.items() if rows is not None]
    for _, rows, _ in found:
        require_rows(rows, PICTURE, ["time", "estimate"])
    known = ((key, rows.dropna(subset=["estimate"]), look) for key, rows, look in found)  # none beyond an empty month
    return [_Curve(label(key, lang), rows, look) for key, rows, look in known]


def _groups(result: pd.DataFrame | None, lang: str) -> dict[str, pd.DataFrame]:
    """A result split by its group column; one curve of everybody where it has none."""
    if result is None:
        return {}
    by = group_column(result)
    if not by:
        return {word(f"{PICTURE}.everyone", lang): result}
    return {group_name(by, value, lang): rows for value, rows in groups_of(result, by)}


def _draw(ax: Axes, curve: _Curve) -> None:
    """One line, its band where it has one, marks every six months where its role has marks and no band."""
    rows, look = curve.rows, curve.look
    banded = {"low", "high"} <= set(rows.columns)
    marks: dict[str, Any] = {} if banded else {"marker": look.marker, "markersize": 4, "markevery": (6, 6)}
    marks |= {"color": look.colour, "linestyle": look.dash, "zorder": 3 if banded else 4}
    ax.plot(rows["time"], rows["estimate"], drawstyle="steps-post", label=curve.name, **marks)
    if banded:
        band: dict[str, Any] = {"color": look.colour, "alpha": 0.12, "linewidth": 0}
        ax.fill_between(rows["time"], rows["low"], rows["high"], step="post", **band)


def _floor(drawn: list[_Curve]) -> float:
    """Zero, or a higher tenth where every curve stays far above it."""
    lowest = min(float(curve.rows["low" if "low" in curve.rows else "estimate"].min()) for curve in drawn)
    return 0.0 if lowest < 0.5 else int(lowest * 10 - 0.5) / 10


def _name_ends(ax: Axes, drawn: list[_Curve], last: float) -> None:
    """Name the curves beside the picture where they reach its end, else under the place where they stop."""
    reach = [float(curve.rows["time"].max()) for curve in drawn]
    ends = [End(float(curve.rows["estimate"].iloc[-1]), curve.name, curve.look.ink) for curve in drawn]
    label_ends(ax, [end for end, time in zip(ends, reach, strict=True) if time >= NEAR_END * last])
    for end, time in zip(ends, reach, strict=True):
        if time < NEAR_END * last:
            write(ax, end.text, (time, end.height), (-4, -4), side="right", ink=end.ink, size=9, kind="end")


def _readings(ax: Axes, drawn: list[_Curve], at: int, lang: str) -> None:
    """Mark a month, and write what each curve says there where no curve passes."""
    reached = [curve for curve in drawn if float(curve.rows["time"].max()) >= at]
    side: Side = "right" if at > 0.75 * ax.get_xlim()[1] else "left"
    shift = (-5 if side == "right" else 5, 0)
    top = _free_height(ax, drawn, at, side, LINE * (len(reached) + 1))
    ax.axvline(at, color=QUIET, linewidth=0.8, linestyle=(0, (2, 2)), zorder=0.5, label="_at")
    write(ax, word(f"{PICTURE}.marked", lang, month=at), (at, top), shift, within="column", side=side, kind="reading")
    for place, curve in enumerate(reached, start=1):
        value = float(curve.rows[curve.rows["time"] <= at]["estimate"].iloc[-1])
        ax.plot([at], [value], curve.look.marker, color=curve.look.colour, markersize=5, zorder=5, label="_reading")
        where = (at, top - LINE * place)
        write(
            ax,
            f"{value:.1%} {curve.short}",
            where,
            shift,
            within="column",
            side=side,
            ink=curve.look.ink,
            size=9,
            kind="reading",
        )


def _free_height(ax: Axes, drawn: list[_Curve], at: int, side: Side, room: float) -> float:
    """Where the first of some lines may stand beside a month, as a share of the axes: as low as no curve passes."""
    low, high = ax.get_ylim()
    reach = 0.25 * ax.get_xlim()[1] * (1 if side == "left" else -1)
    passed = []
    for curve in drawn:
        beside = curve.rows[curve.rows["time"].between(min(at, at + reach), max(at, at + reach))]
        limits = beside.filter(["estimate", "low", "high"])
        passed.append(((limits.min().min() - low) / (high - low), (limits.max().max() - low) / (high - low)))
    for step in range(3, 95 - int(100 * room)):
        bottom = step / 100
        if all(top < bottom - 0.03 or under > bottom + room for under, top in passed):
            return bottom + room - LINE / 2
    return 0.03 + room - LINE / 2


def _at_risk(ax: Axes, drawn: list[_Curve], lang: str) -> None:
    """Under the axis, a row a curve: how many customers were under observation at each mark."""
    counted_curves = [curve for curve in drawn if "at_risk" in curve.rows]
    if not counted_curves:
        return
    write(ax, word(f"{PICTURE}.at_risk", lang), (0, 0), (-4, -37), within="axes", side="left", kind="at risk")
    for place, curve in enumerate(counted_curves):
        down = -50 - 12.5 * place
        write(ax, curve.short, (1, 0), (20, down), within="axes", side="left", ink=curve.look.ink, kind="at risk name")
        for tick in ax.get_xticks():
            later = curve.rows[curve.rows["time"] >= tick]
            count = 0 if later.empty else int(later["at_risk"].iloc[0])
            write(ax, f"{count:,}", (tick, 0), (0, down), within="column", ink=curve.look.ink, kind="at risk")


def _notes(drawn: list[_Curve], lang: str) -> list[str]:
    """Who, as of when, by what method."""
    sized = [curve.rows for curve in drawn if "n" in curve.rows]
    methods = dict.fromkeys(label(str(rows["method"].iloc[0]), lang) for rows in sized if "method" in rows)
    return [
        _sizes(sized, lang) if sized else "",
        next((as_of(rows, lang) for rows in sized), ""),
        *methods,
        word("figure.note.bands", lang) if sized else "",
    ]


def _sizes(sized: list[pd.DataFrame], lang: str) -> str:
    """How many customers: the sum over groups; where the same ones are counted in several ways, the range."""
    sizes = [int(rows["n"].max()) for rows in sized]
    if all(group_column(rows) for rows in sized):
        return counted(sum(sizes), lang)
    few, many = min(sizes), max(sizes)
    return counted(many, lang) if few == many else word("figure.note.n_range", lang, few=few, many=many)
