"""Price × headcount: which model of engagement fits and is best, with two companies drawn in as illustrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.scales import money_axis
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import INK, QUIET
from cslab.figures.writing import width, write
from cslab.measure.touch.feasible import NONE
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

PICTURE = "figure.touch.engagement"
SHADES = {
    NONE: "#F3F4F5",
    "tech": "#DCEEF8",
    "tech+mid": "#BBD9EC",
    "tech+high": "#C9C2E0",
    "mid": "#8FC0DF",
    "mid+high": "#F2C98C",
    "high": "#E29B3F",
}
"""From nothing that fits to the most touch."""

LETTER, HALF_LINE = 0.0115, 0.025
"""Of a name: how wide a Latin letter is and how far it reaches up and down, as shares of the picture."""


def engagement_map(
    found: pd.DataFrame,
    paths: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    currency: str = "JPY",
) -> Axes:
    """Draw the best model that fits for each price and headcount.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.engagement_map` returns it, on a whole grid.
    paths : DataFrame, optional
        Companies to draw in, as :func:`cslab.measure.touch.trajectories` returns them: illustrations only.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the prices.

    Returns
    -------
    Axes
        Price to the right, people upwards, both logarithmic; each area carries its name.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> from cslab.measure import touch
    >>> economy = touch.Economy({"mid": 2.0, "high": 4.0})
    >>> engagement_map(touch.engagement_map(100, [1e4, 1e6], [1, 10], economy)).get_yscale()
    'log'
    """
    require_rows(found, PICTURE, ["price_amount", "heads", "model"])
    host = sheet(ax, lang, height=4.8)
    grid = found.pivot(index="heads", columns="price_amount", values="model")
    _areas(host, grid)
    _axes(host, currency, lang)
    _names(host, grid, paths, lang)
    if paths is not None:
        for place, (_, rows) in enumerate(paths.groupby("company", sort=False)):
            _path(host, rows, place)
    n = word("figure.note.n", lang, n=int(found.attrs.get("customers", 0)))
    note = word(f"{PICTURE}.paths", lang) if paths is not None else ""
    headline(host, word(f"{PICTURE}.title", lang), n, word(f"{PICTURE}.definition", lang), note)
    return host


def _areas(host: Axes, grid: pd.DataFrame) -> None:
    """Each field in the colour of its model."""
    from matplotlib.colors import BoundaryNorm, ListedColormap

    codes = np.array([[list(SHADES).index(model) for model in row] for row in grid.to_numpy()])
    norm = BoundaryNorm(np.arange(-0.5, len(SHADES)), len(SHADES))
    prices, heads = _edges(grid.columns), _edges(grid.index)
    host.pcolormesh(prices, heads, codes, cmap=ListedColormap(list(SHADES.values())), norm=norm)
    host.set(xscale="log", yscale="log", xlim=(prices[0], prices[-1]), ylim=(heads[0], heads[-1]))
    host.grid(visible=False)


def _edges(middles: pd.Index) -> NDArray[np.float64]:
    """Where the fields about some middles begin and end, on a logarithmic axis."""
    logs = np.log(np.asarray(middles, float))
    steps = np.diff(logs) if len(logs) > 1 else np.array([np.log(2.0)])
    between = logs[:-1] + np.diff(logs) / 2
    return np.exp([logs[0] - steps[0] / 2, *between, logs[-1] + steps[-1] / 2])


def _axes(host: Axes, currency: str, lang: str) -> None:
    """Few ticks, prices as people say them."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    money_axis(host.xaxis, currency, lang)
    host.yaxis.set_major_formatter(FuncFormatter(lambda people, _: f"{people:,.0f}"))
    for axis in (host.xaxis, host.yaxis):
        axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axis.set_minor_locator(NullLocator())
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.set_ylabel(word(f"{PICTURE}.y", lang))


def _names(host: Axes, grid: pd.DataFrame, paths: pd.DataFrame | None, lang: str) -> None:
    """Each area's name where it has room for it: near the area's middle, beside the companies rather than on them."""
    models = grid.to_numpy()
    taken = _taken(grid, paths)
    along, up = _shares(grid.columns), _shares(grid.index)
    for model in SHADES:
        own = models == model
        text = word(f"{PICTURE}.{model}", lang)
        rows, columns = np.nonzero(own)
        fields = zip(rows.tolist(), columns.tolist(), strict=True)
        room = [_room(own, up, along, field, LETTER * width(text) / 2) for field in fields]
        if not any(room):
            continue
        apart = (up[rows] - np.median(up[rows])) ** 2 + (along[columns] - np.median(along[columns])) ** 2
        best = np.argmin(apart + taken[rows, columns] + 9.0 * ~np.array(room))
        at = (float(grid.columns[columns[best]]), float(grid.index[rows[best]]))
        write(host, text, at, ink=INK, size=10, kind="model")


def _shares(middles: pd.Index) -> NDArray[np.float64]:
    """How far along a logarithmic axis each middle lies, from 0 to 1."""
    logs, edges = np.log(np.asarray(middles, float)), np.log(_edges(middles))
    return np.asarray((logs - edges[0]) / (edges[-1] - edges[0]))


def _room(
    own: NDArray[np.bool_], up: NDArray[np.float64], along: NDArray[np.float64], at: tuple[int, int], half: float
) -> bool:
    """Whether a name of some half width, centred on a field, stays within its area and the picture."""
    x, y = along[at[1]], up[at[0]]
    if x < half or x > 1 - half or y < HALF_LINE or y > 1 - HALF_LINE:
        return False
    beside, level = np.abs(along - x) <= half, np.abs(up - y) <= HALF_LINE
    return bool(own[np.ix_(level, beside)].all())


def _taken(grid: pd.DataFrame, paths: pd.DataFrame | None) -> NDArray[np.float64]:
    """Where the words of the companies stand: 1 on and about them, else 0."""
    found = np.zeros(grid.shape)
    if paths is None:
        return found
    heads, prices = np.log(np.asarray(grid.index, float)), np.log(np.asarray(grid.columns, float))
    for price, people in zip(paths["price_amount"], paths["heads"], strict=True):
        up = np.abs(heads - np.log(people)) < 0.09 * np.ptp(heads)
        along = (prices - np.log(price)) / max(float(np.ptp(prices)), 1e-9)
        found[np.ix_(up, (along > -0.35) & (along < 0.25))] = 1.0
    return found


def _path(host: Axes, rows: pd.DataFrame, place: int) -> None:
    """A company's people over time, dashed: an illustration."""
    style: dict[str, Any] = {"color": INK, "linestyle": "--", "linewidth": 1.2, "markerfacecolor": "white"}
    host.plot(rows["price_amount"], rows["heads"], marker="oD"[place % 2], markersize=6, clip_on=False, **style)
    for row in rows.to_dict("records"):
        text = f"{row['heads']}  {row['when']}"
        write(host, text, (row["price_amount"], row["heads"]), (-8, 0), side="right", ink=INK, kind="when")
    last = rows.iloc[-1]
    at = (last["price_amount"], last["heads"])
    write(host, str(last["company"]), at, (8, 0), side="left", ink=QUIET, size=9, kind="company")
