"""Programmes side by side: when each is expected to pay, how much, how sure that is, and which fit into the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import money_axis, tenure_axis
from cslab.figures.sheet import check_language, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES
from cslab.figures.writing import End, label_ends
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.impact.portfolio"
COLUMNS = ["en", "ja", "low", "estimate", "high", "confidence", "expected", "hours", "chosen", "share"]


def portfolio(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw programmes by months to impact and expected value; filled marks are those that fit into the hours.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.impact.portfolio` returns it: ``en``, ``ja``, ``low``, ``estimate``, ``high`` (months to
        impact), ``expected`` (value by confidence, currency), ``confidence`` (0-1), ``hours``, ``share``, ``chosen``.
        ``attrs``: ``budget``, ``hours``, ``quick_share``, ``expected``, ``currency``, ``horizon``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A mark a programme (its area is its hours), named at the right edge (text ``end``).

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"en": "FAQ", "ja": "FAQ", "low": 3, "estimate": 5, "high": 9, "confidence": 0.5, "expected": 1e6}
    >>> found = pd.DataFrame([row | {"hours": 300, "chosen": True, "share": 1.0}])
    >>> found.attrs |= {"budget": 400, "hours": 300, "quick_share": 1.0, "expected": 1e6}
    >>> found.attrs |= {"currency": "JPY", "horizon": 24}
    >>> [text.get_text() for text in portfolio(found).texts if text.get_gid() == "end"]
    ['FAQ · 50%']
    """
    check_language(lang)
    require_rows(found, PICTURE, COLUMNS)
    host = sheet(ax, lang, height=4.8)
    host.hlines(found["expected"], found["low"], found["high"], color=FAINT, linewidth=1.6, zorder=1, gid="months")
    host.axhline(0, color=QUIET, linewidth=1)
    most = float(found["hours"].max()) or 1.0
    for row in found.to_dict("records"):
        _mark(host, row, most)
    host.margins(y=0.14)
    host.set_ylim(*host.get_ylim())
    tenure_axis(host, 1.05 * float(found["high"].max()))
    _names(host, found, lang)
    currency = str(found.attrs["currency"])
    money_axis(host.yaxis, currency, lang)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.set_ylabel(word(f"{PICTURE}.y", lang, months=found.attrs["horizon"]))
    _headline(host, found, lang)
    return host


def _mark(host: Axes, row: dict[Any, Any], most: float) -> None:
    """A programme: its area by hours, filled where it is chosen."""
    look = ROLES["better"]
    edge: dict[str, Any] = {"edgecolors": look.colour if row["chosen"] else QUIET, "linewidths": 1.8, "zorder": 3}
    size, fill = 40 + 460 * row["hours"] / most, look.colour if row["chosen"] else "white"
    host.scatter([row["estimate"]], [row["expected"]], s=size, color=fill, gid="mark", **edge)


def _names(host: Axes, found: pd.DataFrame, lang: str) -> None:
    """The names at the right edge, at the height of their marks, moved apart where they would lie on one another."""
    ends = []
    for row in found.to_dict("records"):
        text = word(f"{PICTURE}.name", lang, name=row[lang] or row["en"], confidence=row["confidence"])
        if 0 < row["share"] < 1:
            text = word(f"{PICTURE}.name_part", lang, name=text, share=row["share"])
        ends.append(End(float(row["expected"]), text, INK if row["chosen"] else QUIET))
    across = [float(found["high"].max()) * 1.06] * len(found)
    host.hlines(found["expected"], found["high"], across, color=FAINT, linewidth=0.7, linestyle=(0, (1, 3)), zorder=0)
    label_ends(host, ends)


def _headline(host: Axes, found: pd.DataFrame, lang: str) -> None:
    """The title, how many programmes and hours, and what the marks mean."""
    known = found.attrs
    n = word(f"{PICTURE}.n", lang, n=len(found), used=known["hours"], budget=known["budget"])
    amount = money(float(known["expected"]), str(known["currency"]), lang)
    worth = word(f"{PICTURE}.worth", lang, amount=amount, quick=known["quick_share"])
    headline(host, word(f"{PICTURE}.title", lang), n, worth, word(f"{PICTURE}.definition", lang))
