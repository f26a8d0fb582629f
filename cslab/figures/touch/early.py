"""High touch for everybody until onboarded: what it brings and costs by MRR at signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.scales import money_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES, group_look
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.early"


def early(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw gain and cost of a customer by band of MRR, a row a band.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.early` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``found.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        Two marks a row, joined: what it costs, what it brings with its limits.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import touch
    >>> ax = early(touch.early(cslab.load("synthetic:tiny"), [0, 80e3, 1e9], horizon=12, futures=2))
    >>> len(ax.get_yticks())
    2
    """
    columns = ["from_amount", "to_amount", "n", "gain_amount", "gain_low", "gain_high", "cost_amount"]
    require_rows(found, PICTURE, columns)
    currency = found.attrs.get("currency", currency)
    host = sheet(ax, lang, height=1.9 + 0.42 * len(found))
    for place, row in enumerate(found.to_dict("records")):
        _row(host, row, place)
    host.set_ylim(len(found) - 0.4, -0.8)
    host.set_yticks(range(len(found)), [_band(row, currency, lang) for row in found.to_dict("records")])
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    most = float(found[["gain_high", "cost_amount"]].max().max())
    host.set_xlim(min(-0.03 * most, 1.1 * float(found["gain_low"].min())), 1.08 * most)
    money_axis(host.xaxis, currency, lang)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    first = found.iloc[0]
    for name, role in (("gain", group_look(0)), ("cost", ROLES["naive"])):
        text = word(f"{PICTURE}.{name}", lang)
        write(host, text, (first[f"{name}_amount"], 0), (0, 9), ink=role.ink, size=9, kind="number")
    window = word(f"{PICTURE}.window", lang, months=found.attrs.get("horizon", 36))
    headline(host, word(f"{PICTURE}.title", lang), counted(found["n"].sum(), lang), window, as_of(found, lang))
    return host


def _row(host: Axes, row: dict[Any, Any], place: int) -> None:
    """One band."""
    gain, cost = group_look(0), ROLES["naive"]
    host.hlines(place, row["gain_amount"], row["cost_amount"], color=QUIET, linewidth=1, zorder=1)
    host.hlines(place, row["gain_low"], row["gain_high"], color=gain.colour, linewidth=3, zorder=2)
    host.plot([row["gain_amount"]], [place], gain.marker, color=gain.colour, markersize=7, gid="gain", zorder=3)
    host.plot([row["cost_amount"]], [place], cost.marker, color=cost.colour, markersize=7, gid="cost", zorder=3)
    write(host, f"n = {row['n']:,}", (1, place), (4, 0), within="row", side="left", ink=INK, kind="n")


def _band(row: dict[Any, Any], currency: str, lang: str) -> str:
    """A band in words; a dollar would begin a formula."""
    low = money(row["from_amount"], currency, lang)
    if not np.isfinite(row["to_amount"]):
        return word(f"{PICTURE}.from", lang, low=low).replace("$", r"\$")
    high = money(row["to_amount"], currency, lang)
    return word(f"{PICTURE}.band", lang, low=low, high=high).replace("$", r"\$")
