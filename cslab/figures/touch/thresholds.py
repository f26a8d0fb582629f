"""Hours, retention and money under several pairs of lines between tech, mid and high touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.figures.scales import money_axis, percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, group_look
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.touch.thresholds"
COLUMNS = ("mid_amount", "high_amount", "own", "hours", "grr", "grr_low", "grr_high", "more_amount", "more_low")
PANELS = {"hours": (0.22, 0.18), "grr": (0.47, 0.18), "more": (0.725, 0.18)}
"""Where each panel begins and how wide it is, as shares of the picture's width; the names of the rows stand before."""
OWN, OTHER, YOURS = group_look(6), group_look(0), group_look(1)


def thresholds(tried: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw hours, GRR and money under several pairs of lines, one row a pair, the company's own among them.

    Parameters
    ----------
    tried : DataFrame
        As :func:`cslab.measure.thresholds.tried` returns it: ``mid_amount``, ``high_amount`` (currency a month),
        ``own``, ``hours`` (a month), ``grr``, ``grr_low``, ``grr_high`` (0-1), ``more_amount``, ``more_low``,
        ``more_high`` (currency a month, against the company's own lines), ``n``. A row with ``yours`` is said to be so.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``tried.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        With three panels in ``child_axes``: bars of hours, GRR with limits, money with limits; rows from the top.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"mid_amount": 8e4, "high_amount": 4e5, "own": True, "hours": 950.0, "n": 700, "grr": 0.83}
    >>> row |= {"grr_low": 0.8, "grr_high": 0.86, "more_amount": 0.0, "more_low": 0.0, "more_high": 0.0}
    >>> float(thresholds(pd.DataFrame([row])).child_axes[0].patches[0].get_width())
    950.0
    """
    require_rows(tried, PICTURE, [*COLUMNS, "more_high", "n"])
    currency = tried.attrs.get("currency", currency)
    host = sheet(ax, lang, height=2.0 + 0.44 * len(tried))
    host.set_axis_off()
    panels = {name: host.inset_axes((left, 0, width, 0.86)) for name, (left, width) in PANELS.items()}
    for name, panel in panels.items():
        _prepare(panel, word(f"{PICTURE}.{name}", lang, months=tried.attrs.get("horizon", "–")), len(tried))
    _names(panels["hours"], tried, currency, lang)
    _hours(panels["hours"], tried)
    _grr(panels["grr"], tried)
    _money(panels["more"], tried, currency, lang)
    headline(host, word(f"{PICTURE}.title", lang), *_notes(tried, currency, lang))
    return host


def _prepare(panel: Axes, title: str, rows: int) -> None:
    """A panel without ticks of its own along y, its heading above."""
    panel.set_ylim(rows - 0.45, -0.55)
    panel.set_yticks([])
    panel.grid(visible=False, axis="y")
    panel.grid(visible=True, axis="x")
    write(panel, title, (0, 1), (0, 3), within="axes", side="left", ink=INK, size=9, kind="panel")


def _few_ticks(panel: Axes) -> None:
    """Few and round ones, as a panel is narrow."""
    from matplotlib.ticker import MaxNLocator

    panel.xaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 5, 10]))


def _whose(tried: pd.DataFrame) -> list[str]:
    """Whose the lines of each row are: the company's own, the reader's, or nobody's."""
    yours = tried["yours"] if "yours" in tried else [False] * len(tried)
    return ["yours" if one else "own" if own else "" for one, own in zip(yours, tried["own"], strict=True)]


def _looks(tried: pd.DataFrame) -> list[str]:
    """The colour of each row."""
    looks = {"own": OWN, "yours": YOURS, "": OTHER}
    return [looks[whose].colour for whose in _whose(tried)]


def _hours(panel: Axes, tried: pd.DataFrame) -> None:
    """Bars of hours, the number behind each."""
    panel.barh(range(len(tried)), tried["hours"], color=_looks(tried), height=0.5)
    for row, hours in enumerate(tried["hours"]):
        write(panel, f"{hours:,.0f}", (hours, row), (4, 0), side="left", ink=INK, size=9, kind="number")
    panel.set_xlim(0, 1.35 * float(tried["hours"].max()))
    _few_ticks(panel)
    panel.xaxis.set_major_formatter("{x:,.0f}")


def _grr(panel: Axes, tried: pd.DataFrame) -> None:
    """GRR with its limits, the number above; the whole range to 100 %, so that a small change looks small."""
    _whiskers(panel, tried, "grr", "grr_low", "grr_high")
    for row, share in enumerate(tried["grr"]):
        write(panel, f"{share:.1%}", (share, row), (0, 5), ink=INK, size=9, kind="number")
    panel.set_xlim(min(0.5, np.floor(10 * tried["grr_low"].min()) / 10), 1)
    percent_axis(panel.xaxis, ticks=3)


def _money(panel: Axes, tried: pd.DataFrame, currency: str, lang: str) -> None:
    """How much more is left than under the company's own lines, with limits, the number behind them."""
    panel.axvline(0, color=QUIET, linewidth=1)
    _whiskers(panel, tried, "more_amount", "more_low", "more_high")
    for row, (more, own) in enumerate(zip(tried["more_amount"], tried["own"], strict=True)):
        text = "±0" if own else signed(more, currency, lang)
        write(panel, text, (1, row), (6, 0), within="row", side="left", ink=INK, size=9, kind="number")
    most = max(1.0, float(np.nanmax(np.abs(tried[["more_amount", "more_low", "more_high"]]))))
    panel.set_xlim(-1.15 * most, 1.15 * most)
    money_axis(panel.xaxis, currency, lang)
    _few_ticks(panel)


def _whiskers(panel: Axes, tried: pd.DataFrame, middle: str, low: str, high: str) -> None:
    """A mark a row with its limits."""
    for row, colour in enumerate(_looks(tried)):
        panel.hlines(row, tried[low].iloc[row], tried[high].iloc[row], color=colour, linewidth=1.6)
        panel.plot([tried[middle].iloc[row]], [row], "o", color=colour, markersize=6.5, gid="mark")


def _names(panel: Axes, tried: pd.DataFrame, currency: str, lang: str) -> None:
    """Each row's two lines, whose they are, and over them what the amounts are."""
    left = -PANELS["hours"][0] / PANELS["hours"][1]
    write(panel, word(f"{PICTURE}.lines", lang), (left, 1), (0, 3), within="axes", side="left", ink=INK, size=9)
    lines = zip(tried["mid_amount"], tried["high_amount"], _whose(tried), strict=True)
    for row, (mid, high, whose) in enumerate(lines):
        pair = f"{money(mid, currency, lang)} / {money(high, currency, lang)}"
        text, ink = (f"{pair}\n{word(f'{PICTURE}.{whose}', lang)}", INK) if whose else (pair, QUIET)
        write(panel, text, (left, row), within="row", side="left", ink=ink, size=9, kind="lines")


def signed(amount: float, currency: str, lang: str) -> str:
    """An amount with its sign, plus or minus.

    >>> signed(230_000, "JPY", "en"), signed(-1_800_000, "JPY", "ja")
    ('+¥230k', '−180万円')
    """
    return ("+" if amount >= 0 else "−") + money(abs(amount), currency, lang)


def _notes(tried: pd.DataFrame, currency: str, lang: str) -> list[str]:
    """How many customers over which months, and what each of the three numbers is."""
    known = tried.attrs
    hour = known.get("hour_amount")
    return [
        counted(tried["n"].max(), lang),
        word(f"{PICTURE}.window", lang, months=known["horizon"]) if "horizon" in known else "",
        as_of(tried, lang),
        word(f"{PICTURE}.grr_note", lang),
        word(f"{PICTURE}.more_note", lang, cost=money(1000 * hour, currency, lang)) if hour else "",
        word("figure.note.whiskers", lang),
    ]
