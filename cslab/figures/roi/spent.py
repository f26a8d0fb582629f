"""Ways to spend the same hours: how early, under which policy, and what only looks like their yield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import money_axis
from cslab.figures.sheet import counted, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES, group_look
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

NARROW = 80
"""Letters of a note's line beside long names of rows."""

BEFORE, CLAIMS, POLICIES = "figure.roi.before_renewal", "figure.roi.influenced", "figure.roi.policies"


def before_renewal(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what a kept unit of margin costs, by how many months before the renewal one begins.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.roi.before_renewal` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        The months asked for along x, the nearest to the renewal on the right; the share kept is written at each.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"months_before": [3, 6], "estimate": [9.0, 7.0], "low": [8.0, 6.0], "high": [10.0, 8.0], "n": 9}
    >>> [tick.get_text() for tick in before_renewal(pd.DataFrame({**rows, "retained": 0.02})).get_xticklabels()]
    ['6', '3']
    """
    require_rows(found, BEFORE, ["months_before", "retained", "estimate", "low", "high", "n"])
    rows = found[found["estimate"].notna()]
    host = sheet(ax, lang)
    look = ROLES["truth"]
    rows = rows.sort_values("months_before", ascending=False).reset_index(drop=True)
    host.vlines(rows.index, rows["low"], rows["high"], color=look.colour, linewidth=1.6)
    host.plot(rows.index, rows["estimate"], color=look.colour, marker=look.marker, linewidth=1.2)
    for place, row in enumerate(rows.to_dict("records")):
        text = word(f"{BEFORE}.kept", lang, share=row["retained"])
        write(host, text, (place, row["high"]), (0, 5), ink=QUIET, kind="kept")
    host.set_xticks(rows.index.tolist(), [str(month) for month in rows["months_before"]])
    host.set_xlim(-0.5, len(rows) - 0.5)
    host.set_ylim(0, 1.2 * float(rows["high"].max()) if len(rows) else 1)
    host.axhline(1, color=QUIET, linewidth=0.9, linestyle=(0, (2, 2)))
    money_axis(host.yaxis, currency, lang)
    host.set_xlabel(word(f"{BEFORE}.x", lang))
    notes = counted(found["n"].sum(), lang), word(f"{BEFORE}.definition", lang), word(f"{BEFORE}.line", lang)
    headline(host, word(f"{BEFORE}.title", lang), *notes)
    return host


def influenced(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw influenced revenue beside what touch really adds.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.roi.influenced` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        A bar a claim, its share of the revenue that was up for renewal beside it.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"claim": ["influenced", "truth"], "estimate": [90.0, 1.0], "share": [0.9, 0.01]})
    >>> len(influenced(rows.assign(low=0.5, high=2.0, n=9)).patches)
    2
    """
    require_rows(found, CLAIMS, ["claim", "estimate", "low", "high", "share", "n"])
    host = sheet(ax, lang, height=1.9 + 0.55 * len(found))
    roles = {"influenced": "naive", "incremental": "better", "truth": "truth"}
    for place, row in enumerate(found.to_dict("records")):
        look = ROLES[roles[row["claim"]]]
        host.barh(place, row["estimate"], height=0.5, color=look.colour)
        if row["low"] == row["low"] and row["claim"] != "truth":
            host.hlines(place, row["low"], row["high"], color=INK, linewidth=1.2)
        text = word(f"{CLAIMS}.number", lang, amount=money(row["estimate"], currency, lang), share=row["share"])
        end = max(row["estimate"], row["high"]) if row["high"] == row["high"] else row["estimate"]
        write(host, text, (max(end, 0), place), (5, 0), side="left", ink=look.ink, size=9, kind="number")
    host.set_yticks(range(len(found)), [word(f"{CLAIMS}.{claim}", lang) for claim in found["claim"]])
    host.set_ylim(len(found) - 0.5, -0.6)
    host.set_xlim(right=1.5 * float(found["estimate"].max()))
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    money_axis(host.xaxis, currency, lang)
    days = {"days": found.attrs.get("days", "–"), "months": found.attrs.get("months", "–")}
    notes = (
        word(f"{CLAIMS}.n", lang, n=int(found.attrs.get("n", found["n"].max()))),
        word(f"{CLAIMS}.window", lang, **days),
        word(f"{CLAIMS}.definition", lang, **days),
    )
    headline(host, word(f"{CLAIMS}.title", lang), *notes, columns=NARROW)
    return host


def policies(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what the same team brings where it prevents, where it saves, where it does both.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.roi.prevent_or_save` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        A bar a policy, how many more stay written beside it.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"policy": ["prevent", "save"], "estimate": [9.0, 2.0], "retained": 0.02, "n": 9})
    >>> len(policies(rows.assign(low=1.0, high=10.0)).patches)
    2
    """
    require_rows(found, POLICIES, ["policy", "estimate", "low", "high", "retained", "n"])
    host = sheet(ax, lang, height=1.9 + 0.5 * len(found))
    look = ROLES["truth"]
    host.axvline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    for place, row in enumerate(found.to_dict("records")):
        host.barh(place, row["estimate"], height=0.5, color=group_look(0).colour)
        host.hlines(place, row["low"], row["high"], color=look.colour, linewidth=1.2)
        said = {"amount": money(row["estimate"], currency, lang), "points": 100 * row["retained"]}
        text = word(f"{POLICIES}.number", lang, **said)
        write(host, text, (max(row["high"], 0), place), (5, 0), side="left", ink=INK, size=9, kind="number")
    host.set_yticks(range(len(found)), [word(f"{POLICIES}.{name}", lang) for name in found["policy"]])
    host.set_ylim(len(found) - 0.5, -0.6)
    low, high = host.get_xlim()
    host.set_xlim(low, high + 0.45 * (high - low))
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    money_axis(host.xaxis, currency, lang)
    host.set_xlabel(word(f"{POLICIES}.x", lang))
    notes = counted(found["n"].max(), lang), word(f"{POLICIES}.definition", lang)
    headline(host, word(f"{POLICIES}.title", lang), *notes, columns=NARROW)
    return host
