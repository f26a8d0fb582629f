"""The renewal map: the hazard comb in calendar time, in money."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.scales import day, money_axis, month_axis, month_name
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import QUIET, status_look
from cslab.figures.writing import Side, write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.survival.renewal_map"
DIGITS = 78
"""So many digits of the readable size stand side by side over the bars of a sheet."""
STACK = ("churned", "contracted", "renewed", "expanded", "open")


def renewal_map(due: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw the contract value coming due in each calendar month, stacked by what became of it.

    What is not decided yet is a hatched box; a line marks the day up to which the source knows. On each bar stands the
    number of all contracts due, under it, where none of them is open any more, of those who left, while there is room
    (26 months of three digits); without amounts the bars count contracts.

    Parameters
    ----------
    due : DataFrame
        As :func:`cslab.measure.renewals.renewal_map` returns it: ``month`` (first day), ``status``
        (churned, contracted, renewed, expanded, open), ``contracts``, ``mrr_amount`` (currency a month).
        ``due.attrs["as_of"]`` sets the line.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``due.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        One bar container a status, months at 0, 1, 2, … along x.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When nothing comes due.

    >>> import pandas as pd
    >>> due = pd.DataFrame({"month": pd.to_datetime(["2024-04-01"] * 2), "status": ["renewed", "open"],
    ...                     "contracts": [3, 1], "mrr_amount": [90_000, 30_000]})
    >>> renewal_map(due).get_legend_handles_labels()[1]
    ['renewed', 'still open']
    """
    import pandas as pd

    require_rows(due, PICTURE, ["month", "status", "contracts", "mrr_amount"])
    months = pd.date_range(due["month"].min(), due["month"].max(), freq="MS")
    host = sheet(ax, lang)
    value = "mrr_amount" if due["mrr_amount"].notna().any() else "contracts"
    heights = _stack(host, due, months, value, lang)
    numbers = _numbers(due) if value == "mrr_amount" else None
    if numbers is not None and len(months) * len(str(numbers["due"].max())) > DIGITS:
        numbers = None  # no room
    if numbers is not None:
        _counts(host, numbers.reindex(months), heights)
    host.set_ylim(0, 1.27 * float(heights.max()))
    host.set_xlim(-0.7, len(months) - 0.3)
    month_axis(host, months, lang)
    if value == "mrr_amount":
        money_axis(host.yaxis, due.attrs.get("currency", currency), lang)
    _as_of_line(host, due, months, lang)
    spaces = {"handlelength": 1, "handleheight": 1, "borderpad": 0.2, "columnspacing": 1.2, "handletextpad": 0.5}
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=5, borderaxespad=0.1, **spaces)
    headline(host, word(f"{PICTURE}.title", lang), *_notes(due, months, numbers, value, lang), lift=18)
    return host


def _stack(ax: Axes, due: pd.DataFrame, months: pd.DatetimeIndex, value: str, lang: str) -> pd.Series[float]:
    """The bars, statuses in their fixed order; returns the height of each month's pile."""
    wide = due.pivot_table(index="month", columns="status", values=value, aggfunc="sum", observed=True)
    wide = wide.reindex(months).fillna(0.0)
    order = [name for name in STACK if name in wide] + [name for name in wide if name not in STACK]
    floor = wide[order[0]] * 0.0
    for name in order:
        look = status_look(name)
        box: dict[str, Any] = {"color": look.colour, "linewidth": 0.5, "width": 0.82}
        box |= {"edgecolor": "#9AA5B1", "hatch": "//////"} if name == "open" else {"edgecolor": "white"}
        ax.bar(range(len(months)), wide[name], bottom=floor, label=label(str(name), lang), **box)
        floor = floor + wide[name]
    return floor


def _numbers(due: pd.DataFrame) -> pd.DataFrame:
    """A row a month: the contracts due, and those who left where none is open any more, else missing."""
    wide = due.pivot_table(index="month", columns="status", values="contracts", aggfunc="sum", observed=True)
    wide = wide.reindex(columns=[*STACK]).fillna(0).astype(int)
    every = due.groupby("month")["contracts"].sum().astype(int)
    return wide.assign(due=every, left=wide["churned"].where(wide["open"] == 0))[["due", "left"]]


def _counts(ax: Axes, numbers: pd.DataFrame, heights: pd.Series[float]) -> None:
    """How many contracts stand behind each pile, and under that how many of them left."""
    for place, (count, left, height) in enumerate(zip(numbers["due"], numbers["left"], heights, strict=True)):
        known = math.isfinite(left)
        if known:
            write(ax, f"{left:.0f}", (place, height), (0, 2), ink=status_look("churned").ink, kind="left")
        if count > 0:
            write(ax, f"{count:.0f}", (place, height), (0, 14 if known else 2), kind="contracts")


def _as_of_line(ax: Axes, due: pd.DataFrame, months: pd.DatetimeIndex, lang: str) -> None:
    """The day up to which the source knows, where it lies inside the picture."""
    date = _known_day(due, months)
    if date is None:
        return
    place = 12 * (date.year - months[0].year) + date.month - months[0].month + (date.day - 1) / date.days_in_month - 0.5
    ax.axvline(place, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
    text = word(f"{PICTURE}.as_of", lang, date=day(date, lang))
    side: Side = "right" if place > len(months) / 2 else "left"
    write(ax, text, (place, 1), (-4 if side == "right" else 4, -2), within="column", side=side, kind="as of")


def _known_day(due: pd.DataFrame, months: pd.DatetimeIndex) -> pd.Timestamp | None:
    """The day up to which the source knows; None where it is not said or lies outside the picture."""
    import pandas as pd

    date = due.attrs.get("as_of")
    if date is None or not months[0] <= pd.Timestamp(date) <= months[-1] + pd.offsets.MonthEnd():
        return None
    return pd.Timestamp(date)


def _notes(
    due: pd.DataFrame, months: pd.DatetimeIndex, numbers: pd.DataFrame | None, value: str, lang: str
) -> list[str]:
    """How many contracts, which months, what a bar is, its numbers, and its colours beyond the known day."""
    first, last = month_name(months[0], lang), month_name(months[-1], lang)
    date = _known_day(due, months)
    ahead = date is not None and ((due["month"] > date) & (due["status"] != "open")).any()
    counts = "" if numbers is None else "counts_left" if numbers["left"].notna().any() else "counts"
    return [
        word(f"{PICTURE}.n", lang, n=int(due["contracts"].sum())),
        word(f"{PICTURE}.window", lang, first=first, last=last),
        word(f"{PICTURE}.{'definition' if value == 'mrr_amount' else 'definition_counts'}", lang),
        word(f"{PICTURE}.{counts}", lang) if counts else "",
        word(f"{PICTURE}.ahead", lang) if ahead else "",
    ]
