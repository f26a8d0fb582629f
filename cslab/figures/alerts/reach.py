"""How early alerts came before the decision, and whom they reached: the large customers, or those in need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import day, percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import INK, Role, group_look
from cslab.figures.writing import write
from cslab.measure.alerts import playbooks
from cslab.measure.spells import DAYS_A_MONTH
from cslab.words import label, word

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

LEADS = "figure.alerts.lead_times"
BANDS = "figure.alerts.bands"
SHARES = ("customers_share", "arr_share", "leavers_share", "alerts_share")
NAMES = 0.33
"""Share of the picture's width that the names of the rules take."""


def lead_times(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw, rule by rule, how many days before the decision to leave its right alerts came.

    A dot is an alert, the bar holds the middle half, its notch the median. A thin line marks the time that the playbook
    aims at, where it names one.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.alerts.lead_times` returns it: ``rule_id``, ``lead_days``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One panel in ``child_axes``: a row a rule, the rule with the longest median on top; the decision at the right.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> ax = lead_times(pd.DataFrame({"rule_id": "usage_drop", "lead_days": [30.0, 60.0, 90.0]}))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['60']
    """
    require_rows(found, LEADS, ["rule_id", "lead_days"])
    medians = found.groupby("rule_id")["lead_days"].median().sort_values(ascending=False)
    host = sheet(ax, lang, height=1.5 + 0.38 * len(medians))
    host.set_axis_off()
    host.set_ylim(len(medians) - 0.4, -0.7)
    panel = host.inset_axes((NAMES, 0, 0.92 - NAMES, 1), sharey=host)
    panel.set_yticks([])
    panel.grid(visible=False)
    known = playbooks().playbooks
    for place, rule in enumerate(medians.index):
        days = found.loc[found["rule_id"] == rule, "lead_days"]
        _rule(panel, place, days, known[rule].lead_months if rule in known else ())
        name = known[rule].label(lang) if rule in known else str(rule)
        write(host, name, (0, place), within="row", side="left", ink=INK, size=9, kind="name")
        write(host, f"{days.median():.0f}", (1, place), within="row", side="right", ink=INK, size=9, kind="number")
    panel.set_xlim(1.04 * float(found["lead_days"].max()) + 1, 0)
    panel.set_xlabel(word(f"{LEADS}.x", lang))
    write(host, word(f"{LEADS}.median", lang), (1, 1), (0, 2), within="axes", side="right", kind="column")
    notes = word(f"{LEADS}.n", lang, n=len(found)), word(f"{LEADS}.definition", lang), word(f"{LEADS}.aimed", lang)
    headline(host, word(f"{LEADS}.title", lang), *notes, lift=12)
    return host


def _rule(panel: Axes, place: int, days: pd.Series[float], aimed: Sequence[float]) -> None:
    """One rule's dots, its middle half, its median, and the time aimed at."""
    look = group_look(0)
    if aimed:
        first, last = (DAYS_A_MONTH * months for months in (min(aimed) - 0.1, max(aimed) + 0.1))
        panel.hlines(place + 0.36, first, last, color=group_look(1).colour, linewidth=2, gid="aimed")
    panel.plot(days, [place] * len(days), "|", color=look.colour, alpha=0.45, markersize=9, markeredgewidth=1)
    low, middle, high = days.quantile([0.25, 0.5, 0.75])
    panel.barh(place, high - low, left=low, height=0.34, color=look.colour, alpha=0.25, linewidth=0)
    panel.plot([middle], [place], look.marker, color=look.colour, markersize=6.5, gid="median")


def bands(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw, for thirds of the customers by MRR, their share of money, of departures and of alerts, and who is reached.

    Parameters
    ----------
    found : DataFrame
        As ``backtest(…, by="band")`` returns it: ``band``, ``customers_share``, ``arr_share``, ``leavers_share``,
        ``alerts_share``, ``precision``, ``recall`` with its limits, ``leavers``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Four bars a third; under each third its recall and precision.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> third = {"customers_share": 1 / 3, "arr_share": 0.1, "leavers_share": 0.5, "alerts_share": 0.3, "leavers": 9}
    >>> third |= {"precision": 0.1, "recall": 0.5, "recall_low": 0.3, "recall_high": 0.7}
    >>> len(bands(pd.DataFrame([{"band": "small", **third}])).containers)
    4
    """
    numbers = ("precision", "recall", "recall_low", "recall_high", "leavers")
    require_rows(found, BANDS, ["band", *SHARES, *numbers])
    host = sheet(ax, lang)
    for place, name in enumerate(SHARES):
        _bars(host, found, name, place, lang)
    ticks = [_tick(row, lang) for row in found.to_dict("records")]
    host.set_xticks(range(len(found)), ticks, linespacing=1.35)
    host.set_ylim(0, 1)
    percent_axis(host.yaxis)
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, borderaxespad=0.1, handlelength=1)
    notes = [word(f"{BANDS}.n", lang, n=int(found["leavers"].sum())), _window(found, lang)]
    definition = word(f"{BANDS}.definition", lang, months=found.attrs.get("horizon", 6))
    headline(host, word(f"{BANDS}.title", lang), *notes, definition, lift=18)
    return host


def _bars(ax: Axes, found: pd.DataFrame, name: str, place: int, lang: str) -> None:
    """One share of each third."""
    look: Role = group_look((6, 0, 5, 1)[place])
    left = [one + 0.19 * (place - 1.5) for one in range(len(found))]
    ax.bar(left, found[name], width=0.17, color=look.colour, label=word(f"{BANDS}.{name}", lang))
    for at, share in zip(left, found[name], strict=True):
        write(ax, f"{share:.0%}", (at, share), (0, 2), ink=look.ink, size=8.5, kind="number")


def _tick(row: dict[Hashable, Any], lang: str) -> str:
    """A third's name, how many of those who left were reached, and how often its alerts were right."""
    shares = {name: row[name] for name in ("recall", "recall_low", "recall_high", "precision")}
    return f"{label(str(row['band']), lang)}\n{word(f'{BANDS}.tick', lang, **shares)}"


def _window(found: pd.DataFrame, lang: str) -> str:
    """The days of the alerts, where the table says them."""
    since, until = found.attrs.get("since"), found.attrs.get("until")
    if since is None or until is None:
        return as_of(found, lang)
    return word("figure.alerts.window", lang, since=day(since, lang), until=day(until, lang))
