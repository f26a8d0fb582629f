"""What touch is worth: by what customers pay, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cslab.figures.scales import money_axis
from cslab.figures.sheet import counted, headline, panels, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES, group_look
from cslab.figures.uplift import compared
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

NARROW = 80
"""Letters of a note's line beside long names of rows."""

BANDS, PARTIES = "figure.roi.bands", "figure.roi.parties"


def bands(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what a tier leaves after the cost of its hours, by bands of MRR.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.roi.by_band` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        A panel a band, each on a scale of its own: what is left with its limits, and the truth where it is known.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"low_mrr": [1.0, 9.0], "high_mrr": [8.0, 20.0], "estimate": [-1.0, 5.0]})
    >>> len(bands(rows.assign(low=-2.0, high=7.0, n=9)).child_axes)
    2
    """
    require_rows(found, BANDS, ["low_mrr", "high_mrr", "estimate", "low", "high", "n"])
    host = sheet(ax, lang, height=1.5 + 0.95 * len(found))
    drawn = panels(host, len(found))
    for panel, row in zip(drawn, found.to_dict("records"), strict=True):
        _left(panel, row, currency, lang)
    drawn[-1].set_xlabel(word(f"{BANDS}.x", lang))
    pair = compared(found.attrs.get("arms"), lang)
    horizon = word(f"{BANDS}.horizon", lang, horizon=found.attrs.get("horizon", "–"))
    notes = counted(found["n"].sum(), lang), pair, horizon, word("figure.note.whiskers", lang)
    headline(host, word(f"{BANDS}.title", lang), *notes, word(f"{BANDS}.definition", lang), columns=NARROW)
    return host


def _left(panel: Axes, row: dict[Any, Any], currency: str, lang: str) -> None:
    """One band: what is left, its limits, the truth, and who is in it."""
    look, true = ROLES["better"], ROLES["truth"]
    panel.axvline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    panel.hlines(0, row["low"], row["high"], color=look.colour, linewidth=2.4)
    panel.plot([row["estimate"]], [0], look.marker, color=look.colour, markersize=8, gid="left")
    write(panel, money(row["estimate"], currency, lang), (row["estimate"], 0), (0, 6), ink=look.ink, size=9)
    if "truth" in row:
        panel.plot([row["truth"]], [0], true.marker, color=true.colour, markersize=6, gid="truth")
    panel.set_ylim(-0.8, 1.1)
    span = {name: money(row[f"{name}_mrr"], currency, lang) for name in ("low", "high")}
    panel.set_yticks([0], [word(f"{BANDS}.band", lang, **span, n=int(row["n"]))])
    panel.grid(visible=False, axis="y")
    panel.grid(visible=True, axis="x")
    panel.locator_params(axis="x", nbins=6)
    panel.margins(x=0.12)
    money_axis(panel.xaxis, currency, lang)


def parties(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what a tier brings the vendor and the customer, item by item, with what society has of it written below.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.roi.three_ways` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        A row an item; what is left to each party stands out.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> item = {"party": "vendor", "item": "left", "unit": "amount", "estimate": 5.0, "low": 1.0, "high": 9.0}
    >>> len(parties(pd.DataFrame([{**item, "grade": "", "n": 9}])).get_yticks())
    1
    """
    require_rows(found, PARTIES, ["party", "item", "unit", "estimate", "low", "high", "grade", "n"])
    rows = found[found["unit"] == "amount"].reset_index(drop=True)
    host = sheet(ax, lang, height=1.9 + 0.45 * len(rows))
    host.axvline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    for place, row in enumerate(rows.to_dict("records")):
        _item(host, place, row, currency, lang)
    host.set_yticks(range(len(rows)), [_item_name(row, lang) for row in rows.to_dict("records")])
    host.set_ylim(len(rows) - 0.4, -0.7)
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    money_axis(host.xaxis, currency, lang)
    host.set_xlabel(word(f"{PARTIES}.x", lang))
    free = [word(f"{PARTIES}.free", lang, hours=row["estimate"]) for row in _hours(found)]
    pair = compared(found.attrs.get("arms"), lang)
    notes = counted(found["n"].max(), lang), pair, *free, word(f"{PARTIES}.definition", lang)
    headline(host, word(f"{PARTIES}.title", lang), *notes, columns=NARROW)
    return host


def _item(host: Axes, place: int, row: dict[Any, Any], currency: str, lang: str) -> None:
    """One item of a party."""
    look = group_look(0 if row["party"] == "vendor" else 2)
    total = row["item"] == "left"
    host.barh(place, row["estimate"], height=0.55, color=look.colour, alpha=1.0 if total else 0.45)
    host.hlines(place, row["low"], row["high"], color=INK, linewidth=1.1)
    side = "left" if row["estimate"] >= 0 else "right"
    end = max(row["high"], row["estimate"]) if side == "left" else min(row["low"], row["estimate"])
    text = money(row["estimate"], currency, lang)
    write(host, text, (end, place), (5 if side == "left" else -5, 0), side=side, ink=look.ink, size=9)  # type: ignore[arg-type]
    host.margins(x=0.16)


def _item_name(row: dict[Any, Any], lang: str) -> str:
    """An item in words, marked where it rests on what is declared."""
    name = word(f"figure.roi.item.{row['party']}.{row['item']}", lang)
    return f"{name} ({row['grade']})" if row["grade"] else name


def _hours(found: pd.DataFrame) -> Sequence[dict[Any, Any]]:
    """What is counted in hours."""
    return found[found["unit"] == "hours"].to_dict("records")
