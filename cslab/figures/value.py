"""Pictures of what a customer is worth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.scales import money_axis
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, ROLES
from cslab.figures.writing import write
from cslab.words import label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.estimate import Estimate

PICTURE = "figure.value.four_ways"
PANEL = (0.335, 0.515)
NAIVE = ("simple", "discounted")
"""Ways that take one rate of churn for good."""


def four_ways(
    found: pd.DataFrame,
    truth: Estimate | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    currency: str = "JPY",
) -> Axes:
    """Draw what a customer is worth by each way of computing it, and the truth where it is known.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.value.ltv_four_ways` returns it: ``way``, ``estimate``, ``low``, ``high`` (currency),
        ``n``, ``horizon`` (months, endless as infinity). ``attrs``: ``currency``, ``gross_margin``, ``discount``.
    truth : Estimate, optional
        As :func:`cslab.measure.oracle.value` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``found.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a way from the top, a dotted line at the truth.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"way": "simple", "estimate": 3e6, "low": 2.5e6, "high": 3.5e6, "n": 700, "horizon": float("inf")}
    >>> ax = four_ways(pd.DataFrame([row]), lang="ja")
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['300万円']
    """
    require_rows(found, PICTURE, ["way", "estimate", "low", "high", "n", "horizon"])
    currency = found.attrs.get("currency", currency)
    host = sheet(ax, lang, height=1.5 + 0.44 * len(found))
    host.set_axis_off()
    host.set_ylim(len(found) - 0.4, -0.8)
    panel = host.inset_axes((PANEL[0], 0, PANEL[1], 1), sharey=host)
    panel.set_yticks([])
    panel.grid(visible=False)
    for place, row in enumerate(found.to_dict("records")):
        _mark(panel, place, row)
        _words(host, place, row, currency, lang)
    if truth is not None:
        _truth(panel, truth, currency, lang)
    panel.set_xlim(0, 1.08 * _widest(found, truth))
    money_axis(panel.xaxis, currency, lang)
    headline(host, word(f"{PICTURE}.title", lang), *_notes(found, lang), lift=0 if truth is None else 14)
    return host


def _look(row: dict[Any, Any]) -> Any:
    """A way that takes one rate for good looks naive, one that follows the customers looks like the lesson's own."""
    return ROLES["naive" if row["way"] in NAIVE else "better"]


def _mark(panel: Axes, place: int, row: dict[Any, Any]) -> None:
    """The number of a way with its limits."""
    look = _look(row)
    panel.hlines(place, 0, 1, transform=panel.get_yaxis_transform(), color=FAINT, linewidth=0.6, zorder=0)
    panel.hlines(place, row["low"], row["high"], color=look.colour, linewidth=1.8, zorder=2)
    panel.plot([row["estimate"]], [place], look.marker, color=look.colour, markersize=7.5, zorder=3, gid="mark")


def _words(host: Axes, place: int, row: dict[Any, Any], currency: str, lang: str) -> None:
    """The name of a way and how far it looks, and its number."""
    endless = math.isinf(row["horizon"])
    far = word(f"{PICTURE}.endless" if endless else f"{PICTURE}.horizon", lang, months=0 if endless else row["horizon"])
    name = f"{label(row['way'], lang)}\n{far}"
    write(host, name, (0, place), within="row", side="left", ink=INK, size=9, kind="name")
    known = math.isfinite(row["estimate"])
    text = money(row["estimate"], currency, lang) if known else word("verdict.none", lang)
    write(host, text, (1, place), within="row", side="right", ink=_look(row).ink, size=9, kind="number")


def _truth(panel: Axes, truth: Estimate, currency: str, lang: str) -> None:
    """A dotted line at the truth, named at its top."""
    look = ROLES["truth"]
    panel.axvline(truth.estimate, color=look.colour, linestyle=look.dash, linewidth=1.6, zorder=1)
    text = word(f"{PICTURE}.truth", lang, amount=money(truth.estimate, currency, lang))
    write(panel, text, (truth.estimate, 1), (0, 1), within="column", ink=look.ink, size=9, kind="truth")


def _widest(found: pd.DataFrame, truth: Estimate | None) -> float:
    """The largest amount that has to be seen."""
    ends = [*found["estimate"], *found["high"], 0.0 if truth is None else truth.estimate]
    return max([end for end in ends if math.isfinite(end)], default=1.0) or 1.0


def _notes(found: pd.DataFrame, lang: str) -> list[str]:
    """How many customers, which margin and discount, what the marks are."""
    known = {name: found.attrs[name] for name in ("gross_margin", "discount") if name in found.attrs}
    return [
        word("figure.note.n", lang, n=int(found["n"].max())),
        word(f"{PICTURE}.rates", lang, **known) if len(known) == 2 else "",
        word(f"{PICTURE}.definition", lang),
        word("figure.note.whiskers", lang),
    ]
