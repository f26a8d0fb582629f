"""Whom touch changes: Qini curves, foreseen beside come, and orders in which customers could be treated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import money_axis, percent_axis
from cslab.figures.sheet import counted, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.figures.writing import End, label_ends, write
from cslab.words import label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.effect.uplift import Qini

QINI, TENTHS, ORDERS = "figure.uplift.qini", "figure.uplift.deciles", "figure.uplift.targets"
AXIS = "figure.uplift.axis"


def qini(found: Qini, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what it brings to treat customers in an order, against as many drawn by lot.

    Parameters
    ----------
    found : Qini
        As :func:`cslab.measure.effect.uplift.qini` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of gains in money.

    Returns
    -------
    Axes
        The curve with its band, the line of the lot; where the truth is known the true curve of this order, and the
        best there is.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> from cslab.measure.effect.uplift import Qini
    >>> from cslab.measure.estimate import Estimate
    >>> reached = pd.DataFrame({"share": [0.0, 1.0], "estimate": [0.0, 0.1], "lot": [0.0, 0.1]})
    >>> found = Qini(Estimate(0.1, 0, 0.2, 9, "qini"), reached.assign(low=0.0, high=0.2), ("high", "tech"), "points")
    >>> [line.get_gid() for line in qini(found).get_lines() if line.get_gid()]
    ['lot', 'order']
    """
    curve = found.curve
    require_rows(curve, QINI, ["share", "estimate", "low", "high", "lot"])
    host = sheet(ax, lang)
    host.axhline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    host.plot(curve["share"], curve["lot"], color=QUIET, linewidth=1.2, linestyle="--", gid="lot")
    look, true = ROLES["better"], ROLES["truth"]
    host.fill_between(curve["share"], curve["low"], curve["high"], color=look.colour, alpha=0.14, linewidth=0)
    host.plot(curve["share"], curve["estimate"], color=look.colour, gid="order")
    ends = [End(float(curve["estimate"].iloc[-1]), word(f"{QINI}.order", lang), look.ink)]
    ends.append(End(float(curve["lot"].iloc[-1]), word(f"{QINI}.lot", lang), QUIET))
    if "truth" in curve:
        host.plot(curve["share"], curve["truth"], color=true.colour, linestyle=true.dash, linewidth=1.6, gid="truth")
        host.plot(curve["share"], curve["best"], color=true.colour, linewidth=0.9, alpha=0.6, gid="best")
        peak = float(curve["share"][int(curve["best"].to_numpy().argmax())])
        name = word(f"{QINI}.best", lang)
        write(host, name, (peak, float(curve["best"].max())), (0, 3), ink=true.ink, kind="best")
        ends.append(End(float(curve["truth"].iloc[-1]), word(f"{QINI}.truth", lang), true.ink))
    host.set_xlim(0, 1)
    percent_axis(host.xaxis)
    host.set_xlabel(word(f"{QINI}.x", lang))
    _unit_axis(host.yaxis, found.unit, currency, lang)
    host.set_ylabel(word(f"{AXIS}.{found.unit}", lang))
    label_ends(host, ends)
    area = {"area": found.area.estimate, "low": found.area.low, "high": found.area.high}
    said = word(f"{QINI}.area", lang, **{name: _number(one, found.unit, currency, lang) for name, one in area.items()})
    notes = counted(found.area.n, lang), compared(found.arms, lang), said, word("figure.note.bands", lang)
    headline(host, word(f"{QINI}.title", lang), *notes)
    return host


def deciles(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what came beside what was foreseen, in groups from those of whom most was foreseen.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.effect.uplift.deciles` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of gains in money.

    Returns
    -------
    Axes
        A place a group: what came with its limits, what was foreseen, and the truth where it is known.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"group": [1, 2], "foreseen": [0.1, 0.0], "estimate": [0.2, 0.0], "n": 9})
    >>> deciles(rows.assign(low=-0.1, high=0.3)).get_xticks().tolist()
    [1, 2]
    """
    require_rows(found, TENTHS, ["group", "foreseen", "estimate", "low", "high", "n"])
    host = sheet(ax, lang)
    unit = str(found.attrs.get("unit", "points"))
    host.axhline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    look, thought, true = ROLES["better"], ROLES["naive"], ROLES["truth"]
    host.vlines(found["group"], found["low"], found["high"], color=look.colour, linewidth=2)
    came: dict[str, Any] = {"color": look.colour, "label": word(f"{TENTHS}.came", lang)}
    host.plot(found["group"], found["estimate"], look.marker, markersize=7, **came)
    host.plot(found["group"], found["foreseen"], thought.marker, color=thought.colour, markersize=5)
    host.lines[-1].set_label(word(f"{TENTHS}.foreseen", lang))
    if "truth" in found:
        host.plot(found["group"], found["truth"], true.marker, color=true.colour, markersize=5)
        host.lines[-1].set_label(word(f"{TENTHS}.truth", lang))
    host.set_xticks(found["group"].tolist())
    host.set_xlabel(word(f"{TENTHS}.x", lang))
    _unit_axis(host.yaxis, unit, currency, lang)
    host.set_ylabel(word(f"{AXIS}.{unit}", lang))
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.1, handlelength=1)
    notes = counted(found["n"].sum(), lang), compared(found.attrs.get("arms"), lang)
    headline(host, word(f"{TENTHS}.title", lang), *notes, word(f"{TENTHS}.definition", lang), lift=18)
    return host


def targets(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what it brings to treat the first share of the customers, by the order in which they are taken.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.effect.uplift.targets` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of gains in money.

    Returns
    -------
    Axes
        A row an order, from the best: what came with its limits, and the truth where it is known.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"rule": ["by_uplift", "risk"], "estimate": [0.4, 0.3], "low": 0.2, "high": 0.6, "n": 9})
    >>> len(targets(rows).get_yticks())
    2
    """
    require_rows(found, ORDERS, ["rule", "estimate", "low", "high", "n"])
    unit = str(found.attrs.get("unit", "points"))
    rows, true = found.sort_values("estimate", ascending=False), ROLES["truth"]
    host = sheet(ax, lang, height=1.9 + 0.5 * len(rows))
    for place, row in enumerate(rows.to_dict("records")):
        look = ROLES["better" if row["rule"] == "by_uplift" else "naive"]
        host.hlines(place, row["low"], row["high"], color=look.colour, linewidth=2.4)
        host.plot([row["estimate"]], [place], look.marker, color=look.colour, markersize=8)
        text = _number(row["estimate"], unit, currency, lang)
        write(host, text, (row["estimate"], place), (0, 7), ink=look.ink, size=9, kind="number")
        if "truth" in row:
            host.plot([row["truth"]], [place], true.marker, color=true.colour, markersize=6, gid="truth")
    host.axvline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    host.set_yticks(range(len(rows)), [_rule(name, lang) for name in rows["rule"]])
    host.set_ylim(len(rows) - 0.5, -0.7)
    host.grid(visible=False, axis="y")
    host.grid(visible=True, axis="x")
    _unit_axis(host.xaxis, unit, currency, lang)
    host.set_xlabel(word(f"{AXIS}.{unit}", lang))
    notes = counted(found["n"].max(), lang), compared(found.attrs.get("arms"), lang), word("figure.note.whiskers", lang)
    share = word(f"{ORDERS}.definition", lang, share=found.attrs.get("share", 1.0))
    headline(host, word(f"{ORDERS}.title", lang), *notes, share, columns=80)
    return host


def _rule(name: str, lang: str) -> str:
    """An order in the reader's words: one of the kit's, or the reader's own."""
    known = {"by_uplift", "by_truth", "by_lot", "risk", "mrr"}
    return word(f"figure.uplift.rule.{name}", lang) if name in known else label(name, lang)


def compared(arms: Any, lang: str) -> str:
    """Which arms are compared; empty where the table does not say.

    Parameters
    ----------
    arms : tuple of str, or None
    lang : str

    >>> compared(("high", "tech"), "en")
    'high touch against tech touch'
    """
    if not arms:
        return ""
    return word("figure.uplift.arms", lang, arm=_arm(arms[0], lang), against=_arm(arms[1], lang))


def _arm(arm: str, lang: str) -> str:
    """An arm in the reader's words, tiers of touch by their full name."""
    return word(f"label.touch_tier.{arm}", lang) if arm in ("tech", "mid", "high") else label(arm, lang)


def _unit_axis(axis: Any, unit: str, currency: str, lang: str) -> None:
    """The scale of a gain."""
    if unit == "points":
        percent_axis(axis)
    elif unit == "money":
        money_axis(axis, currency, lang)


def _number(value: float, unit: str, currency: str, lang: str) -> str:
    """A gain in words."""
    if unit == "money":
        return f"{'+' if value >= 0 else ''}{money(value, currency, lang)}"
    scale, digits = (100, 2) if unit == "points" else (1, 2)
    return word(f"figure.uplift.number.{unit}", lang, number=f"{scale * value:+,.{digits}f}")
