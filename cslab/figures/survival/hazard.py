"""The hazard comb: when customers leave, month by month, with the renewal months standing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis, tenure_axis
from cslab.figures.sheet import (
    as_of,
    counted,
    group_column,
    group_name,
    groups_of,
    headline,
    panels,
    require_rows,
    sheet,
    tenure_word,
)
from cslab.figures.style import INK, STATUS
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.survival.hazard_comb"
FEW = 30
ORDINARY, RENEWAL = "#B3C0CB", STATUS["left"].colour


def hazard_comb(hazard: pd.DataFrame, ax: Axes | None = None, lang: str = "en", marked: bool = True) -> Axes:
    """Draw the share of customers leaving in each month of tenure, renewal months dark and their rates written.

    A panel a group where the frame has a group column, all on one scale. For ``term_months`` the renewal months are
    the multiples of the term; else full years are dark. Months with fewer than 30 customers are only outlined, and
    may at most double the height that the others need.

    Parameters
    ----------
    hazard : DataFrame
        As :func:`cslab.measure.survival.hazard` returns it: optional group column, ``time`` (months), ``at_risk``
        (customers), ``estimate``, ``low``, ``high`` (0-1), ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure. Panels stand inside it, in ``ax.child_axes``.
    lang : str
        ``"en"`` or ``"ja"``.
    marked : bool
        Whether renewal months stand out; if not, all bars are alike, and it is the reader who finds them.

    Returns
    -------
    Axes
        The axes with the title. Without groups the bars stand on it; with groups on its ``child_axes``.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> comb = pd.DataFrame({"time": [1, 2], "at_risk": [90, 80], "estimate": [0.01, 0.02], "low": [0, 0],
    ...                      "high": [0.04, 0.05], "n": [90, 90]})
    >>> len(hazard_comb(comb).patches)
    2
    """
    require_rows(hazard, PICTURE, ["time", "at_risk", "estimate", "low", "high", "n"])
    shown = hazard[hazard["time"] > 0]
    by = group_column(shown)
    groups = groups_of(shown, by)
    host = sheet(ax, lang, height=4.0 if len(groups) == 1 else 1.3 + 1.25 * len(groups))
    top = _top(shown)
    for panel, (value, rows) in zip(panels(host, len(groups)), groups, strict=True):
        _comb(panel, rows, _term(by, value) if marked else 1)
        panel.set_ylim(0, top)
        tenure_axis(panel, float(shown["time"].max()))
        if by:
            panel.set_title(_panel_name(by, value, rows, lang), loc="left", fontsize=9, color=INK, pad=3)
        panel.tick_params(labelbottom=panel is (host.child_axes or [host])[-1])
    (host.child_axes or [host])[-1].set_xlabel(tenure_word(shown, lang))
    headline(host, word(f"{PICTURE}.title", lang), *_notes(shown, by, lang, marked))
    return host


def _panel_name(by: str, value: object, rows: pd.DataFrame, lang: str) -> str:
    """Whose panel it is and how many; where every month is a contract end, said rather than coloured."""
    always = word(f"{PICTURE}.every_month", lang) if _term(by, value) == 1 else ""
    return " · ".join(filter(None, (group_name(by, value, lang), counted(rows["n"].max(), lang), always)))


def _notes(hazard: pd.DataFrame, by: str, lang: str, marked: bool) -> list[str]:
    """Who, as of when, what a bar is, and what its shades mean."""
    few = hazard["at_risk"] < FEW
    n = sum(float(rows["n"].max()) for _, rows in groups_of(hazard, by))
    thin = word(f"{PICTURE}.thin", lang, limit=FEW) if (few & (hazard["estimate"] > 0)).any() else ""
    told = [counted(n, lang), as_of(hazard, lang), word(f"{PICTURE}.definition", lang)]
    if not marked:
        return [*told, thin]
    dark = word(f"{PICTURE}.{'renewals' if by == 'term_months' else 'years'}", lang)
    return [*told, dark, thin, word("figure.note.whiskers", lang)]


def _top(hazard: pd.DataFrame) -> float:
    """The height of the picture: by the bars that rest on enough customers; the others may double it, not more."""
    few = hazard["at_risk"] < FEW
    seen = hazard.loc[~few, "estimate"].max() > 0  # else there is nothing but thin bars to go by
    solid, thin = hazard[~few] if seen else hazard, hazard[few]
    bar, whisker = float(solid["estimate"].max()), float(solid["high"].max())
    small = 0.0 if thin.empty else 1.05 * float(thin["estimate"].max())
    return max(1.2 * bar, min(1.05 * whisker, 1.6 * bar), small if small <= 2 * bar else 0.0, 0.01)


def _term(by: str, value: object) -> int:
    """Months between two renewals in a panel; 12 where the groups are not terms."""
    import pandas as pd

    return int(float(str(value))) if by == "term_months" and not pd.isna(value) else 12  # type: ignore[call-overload]


def _comb(panel: Axes, rows: pd.DataFrame, term: int) -> None:
    """The bars of one panel, whiskers and rates on its renewal months."""
    renewal = (rows["time"] % term == 0) & (term > 1)
    enough = rows["at_risk"] >= FEW
    colours = [RENEWAL if dark else ORDINARY for dark in renewal]
    fills = [colour if solid else "white" for colour, solid in zip(colours, enough, strict=True)]
    panel.bar(rows["time"], rows["estimate"], width=0.78, color=fills, edgecolor=colours, linewidth=0.7)
    percent_axis(panel.yaxis, ticks=4)
    named = rows.loc[renewal & enough, ["time", "estimate", "low", "high"]].astype(float)
    panel.vlines(named["time"], named["low"], named["high"], color=INK, linewidth=0.8)
    for time, rate in zip(named["time"], named["estimate"], strict=True):
        write(panel, f"{rate:.1%}", (time, rate), (5, 1), side="left", ink=RENEWAL, kind="rate")
