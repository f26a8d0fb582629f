"""Forecasts of each quarter as they would have been made, what came, and the quarter that lies ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import UsageError
from cslab.figures.scales import month_name, percent_axis
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import ROLES
from cslab.figures.writing import write
from cslab.measure.estimate import unknown_choice
from cslab.words import label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.renewal.fan"
COLUMNS = ("way", "day", "due", "estimate", "low", "high", "alone", "alone_low", "alone_high", "observed", "n")


def fan(table: pd.DataFrame, way: str = "model", ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw a way's forecasts of every quarter with both kinds of limits, and what came.

    Parameters
    ----------
    table : DataFrame
        As :func:`cslab.measure.renewal.forecasts` returns it.
    way : str
        Which of its ways.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A wide bar a quarter (limits with the common shock), a thin one (customers independent), a mark for what came;
        the last quarter has none yet, and its forecast is written out.

    Raises
    ------
    UsageError
        When columns are missing, or for a way that the table does not have.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2023-12-31", "2024-03-31"])
    >>> rows = pd.DataFrame({"way": "rate", "day": days, "due": 10.0, "observed": [8.0, None], "n": 10})
    >>> for name, value in {"estimate": 8, "low": 6, "high": 9, "alone": 8, "alone_low": 7, "alone_high": 9}.items():
    ...     rows[name] = float(value)
    >>> rows.attrs = {"of": "contracts", "level": 0.8}
    >>> [text.get_text() for text in fan(rows, "rate").texts if text.get_gid() == "ahead"]
    ['next quarter: 8 (6–9) of 10']
    """
    require_rows(table, PICTURE, COLUMNS)
    if way not in (known := [str(one) for one in table["way"].unique()]):
        raise UsageError(unknown_choice("way", way, known))
    rows = table[table["way"] == way].sort_values("day").reset_index(drop=True)
    of, level = table.attrs.get("of", "contracts"), table.attrs.get("level", 0.8)
    host = sheet(ax, lang, height=4.4)
    _limits(host, rows, level, lang)
    past = rows[rows["observed"].notna()]
    look = ROLES["truth"]
    came = past["observed"] / past["due"]
    host.plot(past.index, came, look.marker, color=look.colour, markersize=5, zorder=5, label=_word("observed", lang))
    _ahead(host, rows, of, str(table.attrs.get("currency", "JPY")), lang)
    _axes(host, rows, of, lang)
    inside = int(((past["low"] <= past["observed"]) & (past["observed"] <= past["high"])).sum())
    notes = [_word("way", lang, way=label(f"renewal.way.{way}", lang)), _word("n", lang, n=len(past), inside=inside)]
    headline(host, _word("title", lang), *notes, _word("definition", lang), lift=18)
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.1, handlelength=1.4, fontsize=8.5)
    return host


def _word(name: str, lang: str, **values: Any) -> str:
    """A piece of the picture's words."""
    return word(f"{PICTURE}.{name}", lang, **values)


def _limits(host: Axes, rows: pd.DataFrame, level: float, lang: str) -> None:
    """Both kinds of limits, as shares of what was due."""
    for name, lead, size, strength in (("shock", "", 11, 0.45), ("alone", "alone_", 3, 1.0)):
        look = ROLES["better" if name == "shock" else "naive"]
        low, high = rows[f"{lead}low"] / rows["due"], rows[f"{lead}high"] / rows["due"]
        text = _word(name, lang, level=level)
        host.vlines(rows.index, low, high, color=look.colour, linewidth=size, alpha=strength, label=text)
    middle = ROLES["better"]
    host.plot(rows.index, rows["estimate"] / rows["due"], "_", color=middle.ink, markersize=11, zorder=4)


def _ahead(host: Axes, rows: pd.DataFrame, of: str, currency: str, lang: str) -> None:
    """The forecast of the last quarter, where it is still ahead."""
    last = rows.iloc[-1]
    if not np.isnan(last["observed"]):
        return
    values = {name: float(last[name]) for name in ("estimate", "low", "high", "due")}
    if of == "contracts":
        text = _word("ahead", lang, **{name: f"{value:,.0f}" for name, value in values.items()})
    else:
        text = _word("ahead", lang, **{name: money(value, currency, lang) for name, value in values.items()})
    ink = ROLES["better"].ink
    write(host, text, (0.995, 0.02), (0, 2), within="axes", side="right", ink=ink, size=9, kind="ahead")


def _axes(host: Axes, rows: pd.DataFrame, of: str, lang: str) -> None:
    """Quarters along x, shares along y."""
    step = max(1, -(-len(rows) // 8))
    ticks = [*range(len(rows) - 1, -1, -step)][::-1]
    host.set_xticks(ticks, [month_name(rows["day"].iloc[place], lang) for place in ticks], fontsize=8.5)
    host.set_xlim(-0.6, len(rows) - 0.4)
    lowest = float(np.nanmin((rows[["low", "alone_low", "observed"]].min(axis=1) / rows["due"]).to_numpy(float)))
    host.set_ylim(max(0.0, lowest - 0.08), 1.01)
    host.set_xlabel(_word("x", lang))
    host.set_ylabel(_word(f"y.{of}", lang))
    percent_axis(host.yaxis)
