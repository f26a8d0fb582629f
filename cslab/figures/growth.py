"""Pictures of growth: why new sales cannot outrun churn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import money_axis
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import group_look
from cslab.figures.writing import End, label_ends
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.growth.arr_paths"
LOOKS = (0, 1, 5, 2, 3, 4, 6)


def arr_paths(paths: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw ARR over the years at several churn rates, the same sales in all of them.

    Parameters
    ----------
    paths : DataFrame
        As :func:`cslab.measure.growth.arr_paths` returns it: ``churn`` (0-1 a year), ``year`` (from 0),
        ``arr_amount`` (currency a year).
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``paths.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        One line a churn rate, from the lowest to the highest.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> paths = pd.DataFrame({"churn": [0.1, 0.1], "year": [0, 1], "arr_amount": [1e8, 1.1e8]})
    >>> arr_paths(paths, lang="ja").get_lines()[0].get_label()
    '解約率10%:1.1億円'
    """
    require_rows(paths, PICTURE, ["churn", "year", "arr_amount"])
    currency = paths.attrs.get("currency", currency)
    host = sheet(ax, lang, height=3.9)
    ends = []
    for place, (churn, rows) in enumerate(paths.groupby("churn")):
        look, last = group_look(LOOKS[place % len(LOOKS)]), float(rows["arr_amount"].iloc[-1])
        name = word(f"{PICTURE}.end", lang, churn=churn, arr=money(last, currency, lang))
        host.plot(rows["year"], rows["arr_amount"], color=look.colour, marker=look.marker, markersize=4.5, label=name)
        ends.append(End(last, name, look.ink))
    host.set_ylim(0, 1.06 * float(paths["arr_amount"].max()))
    host.set_xticks(sorted(paths["year"].unique()))
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    money_axis(host.yaxis, currency, lang)
    label_ends(host, ends)
    headline(host, word(f"{PICTURE}.title", lang), *_notes(paths, currency, lang))
    return host


def _notes(paths: pd.DataFrame, currency: str, lang: str) -> list[str]:
    """What all paths share: the start, the sales, the years, the rule."""
    start = money(float(paths.sort_values("year")["arr_amount"].iloc[0]), currency, lang)
    new = paths.attrs.get("new_arr_per_year")
    return [
        word(f"{PICTURE}.window", lang, years=int(paths["year"].max())),
        word(f"{PICTURE}.start", lang, start=start),
        "" if new is None else word(f"{PICTURE}.new", lang, new=money(float(new), currency, lang)),
        word(f"{PICTURE}.definition", lang),
    ]
