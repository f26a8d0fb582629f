"""The renewal map: a bubble a month and group, as large as its ARR, as dark as its prospects are good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.figures.scales import month_axis
from cslab.figures.sheet import as_of, group_name, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.renewal.map"
MOST_GROUPS = 8
"""Rows of the map; the smaller groups go together."""

LARGEST = 900.0
"""Area of the largest bubble, in square points."""


def map(coming: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what comes due in each month and group, and how much of it can be expected to stay.

    Parameters
    ----------
    coming : DataFrame
        As :func:`cslab.measure.renewal.coming` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Months along x, groups along y; area: ARR; colour: expected share renewed; a dark ring where notices can no
        longer be given; under each month what can be expected to be lost.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> months = pd.to_datetime(["2024-04-01", "2024-06-01"])
    >>> rows = pd.DataFrame({"month": months, "group": ["smb", "mid"], "arr_amount": [4e6, 1e6], "contracts": 2})
    >>> rows = rows.assign(estimate=[0.9, 0.6], at_risk_amount=[4e5, 4e5], notice_passed=[1.0, 0.0])
    >>> [label.get_text() for label in map(rows).get_yticklabels()]
    ['Mid', 'SMB']
    """
    import pandas as pd

    names = ["month", "group", "contracts", "arr_amount", "estimate", "at_risk_amount", "notice_passed"]
    require_rows(coming, PICTURE, names)
    rows = _gathered(coming)
    groups = rows.groupby("group")["arr_amount"].sum().sort_values().index.tolist()
    months = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    host = sheet(ax, lang, height=2.4 + 0.55 * len(groups))
    shades = _bubbles(host, rows, months, groups)
    host.set_yticks(range(len(groups)), [_name(coming, group, lang) for group in groups])
    host.set_ylim(-0.7, len(groups) - 0.3)
    host.set_xlim(-0.7, len(months) - 0.3)
    month_axis(host, months, lang)
    host.grid(visible=True, axis="both")
    bar: Any = host.figure.colorbar(shades, ax=host, fraction=0.03, pad=0.02)
    bar.set_label(word(f"{PICTURE}.colour", lang), color=QUIET, fontsize=8.5)
    bar.ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}%")
    bar.outline.set_visible(False)
    currency = str(coming.attrs.get("currency", "JPY"))
    amounts = {name: money(float(coming[name].sum()), currency, lang) for name in ("arr_amount", "at_risk_amount")}
    notes = [word(f"{PICTURE}.n", lang, n=int(coming["contracts"].sum()), amount=amounts["arr_amount"])]
    notes += [word(f"{PICTURE}.at_risk", lang, amount=amounts["at_risk_amount"]), as_of(coming, lang)]
    notes += [word(f"{PICTURE}.{name}", lang) for name in ("definition", "notice")]
    headline(host, word(f"{PICTURE}.title", lang), *notes)
    return host


def _gathered(coming: pd.DataFrame) -> pd.DataFrame:
    """The rows with the smaller groups taken together, where there are many."""
    largest = coming.groupby("group")["arr_amount"].sum().nlargest(MOST_GROUPS).index
    if coming["group"].nunique() <= MOST_GROUPS:
        return coming
    kept = coming.assign(group=coming["group"].where(coming["group"].isin(largest[:-1]), REST))
    kept["kept"] = kept["estimate"] * kept["arr_amount"]
    kept["passed"] = kept["notice_passed"] * kept["contracts"]
    sums = kept.groupby(["month", "group"])[["arr_amount", "contracts", "kept", "passed"]].sum().reset_index()
    shares = sums["kept"] / sums["arr_amount"].where(sums["arr_amount"] > 0)
    return sums.assign(estimate=shares, notice_passed=sums["passed"] / sums["contracts"])


REST = "…"
"""The group of the smaller groups."""


def _name(coming: pd.DataFrame, group: Any, lang: str) -> str:
    """A group as the reader knows it."""
    if group == REST:
        return word(f"{PICTURE}.rest", lang)
    by = str(coming.attrs.get("by", "segment"))
    return group_name(by, None if group == "-" else f"touch_tier.{group}" if by == "touch_tier" else group, lang)


def _bubbles(host: Axes, rows: pd.DataFrame, months: pd.DatetimeIndex, groups: list[Any]) -> Any:
    """The bubbles, and how many contracts each of them holds."""
    import pandas as pd

    x = months.get_indexer(pd.Index(rows["month"]))
    y = np.array([groups.index(group) for group in rows["group"]])
    amount = rows["arr_amount"].to_numpy(float)
    passed = rows["notice_passed"].to_numpy(float) >= 0.5
    share = rows["estimate"].to_numpy(float)
    shades = host.scatter(
        x,
        y,
        s=LARGEST * amount / max(float(np.nanmax(amount)), 1.0),
        c=share,
        cmap="cividis",
        vmin=min(0.5, float(np.nanmin(share))),
        vmax=1.0,
        edgecolors=[INK if over else "#FFFFFF" for over in passed],
        linewidths=[1.6 if over else 0.6 for over in passed],
        zorder=3,
        gid="bubbles",
    )
    for place, row, count in zip(x, y, rows["contracts"], strict=True):
        write(host, f"{int(count)}", (float(place), float(row)), (0, -19), size=8.5, kind="count")
    return shades
