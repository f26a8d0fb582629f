"""A jump at a threshold: customers by their size, the lines on both sides, and how sure the step between them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.figures.scales import money_axis, percent_axis
from cslab.figures.sheet import check_language, counted, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.measure.signed import AMOUNTS
from cslab.words import label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.effect.discontinuity import Discontinuity
    from cslab.measure.estimate import Estimate

PICTURE = "figure.effect.jump"
ASIDE = 7
"""Points that the marks at the threshold stand to its right."""


def jump(
    found: Discontinuity,
    truth: Estimate | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    currency: str = "JPY",
) -> Axes:
    """Draw the outcome by the column that a threshold is drawn on, and the jump at the threshold with its limits.

    Parameters
    ----------
    found : Discontinuity
        As :func:`cslab.measure.effect.discontinuity.regression_discontinuity` returns it.
    truth : Estimate, optional
        The true jump.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of an amount.

    Returns
    -------
    Axes
        A dot a group of customers, a line a side within the bandwidth; at the threshold where the right-hand line would
        begin if the jump were as large as estimated, as its limits say, and as it truly is.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> from cslab.measure.effect.discontinuity import regression_discontinuity
    >>> from cslab.measure.effect.trial import of_frame
    >>> size = np.linspace(-1, 1, 200)
    >>> rows = pd.DataFrame({"size": size, "arm": np.where(size < 0, "tech", "mid"), "y": 1.0 * (size >= 0) + size})
    >>> found = regression_discontinuity(of_frame(rows, "arm", "y", ["size"]), "size", 0.0)
    >>> len([line for line in jump(found).lines if line.get_gid() == "line"])
    2
    """
    check_language(lang)
    require_rows(found.curve, PICTURE, ("side", "place", "mean", "n", "line"))
    host = sheet(ax, lang)
    amount, share = found.running in AMOUNTS, found.effect.estimand.values.get("outcome") == "retained"
    if amount:
        host.set_xscale("log")
    for _, part in found.curve.groupby("side", sort=False):
        _side(host, part)
    host.axvline(found.threshold, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
    _step(host, found, truth)
    _axes(host, found, lang, currency, amount, share)
    headline(host, word(f"{PICTURE}.title", lang), *_notes(found, truth, lang, share, _said(found, lang, currency)))
    return host


def _side(ax: Axes, part: pd.DataFrame) -> None:
    """The dots and the line of one side."""
    dots = part[part["n"] > 0]
    size = 14 + 60 * dots["n"] / dots["n"].max()
    ax.scatter(dots["place"], dots["mean"], s=size, color=QUIET, alpha=0.45, linewidth=0, gid="dots")
    line = part.dropna(subset="line").sort_values("place")
    ax.plot(line["place"], line["line"], color=ROLES["better"].colour, linewidth=2, gid="line")


def _step(ax: Axes, found: Discontinuity, truth: Estimate | None) -> None:
    """Where the right-hand line would begin: by the estimate with its limits, and in truth."""
    from matplotlib.transforms import ScaledTranslation

    curve = found.curve
    foot = float(curve.loc[(curve["side"] == "below") & (curve["n"] == 0), "line"].iloc[0])
    marks = [("better", found.effect, ASIDE)] + ([("truth", truth, 2 * ASIDE)] if truth else [])
    for role, one, aside in marks:
        look = ROLES[role]
        moved = ax.transData + ScaledTranslation(aside / 72, 0, ax.figure.dpi_scale_trans)
        at, height = [found.threshold] * 2, [foot + one.low, foot + one.high]
        ax.plot(at, height, color=look.colour, linewidth=2.2, transform=moved, gid=f"{role} limits")
        ax.plot(at[:1], [foot + one.estimate], marker=look.marker, color=look.colour, transform=moved, gid=role)
    ax.plot([found.threshold], [foot], marker="_", markersize=12, color=ROLES["better"].colour, gid="foot")


def _axes(ax: Axes, found: Discontinuity, lang: str, currency: str, amount: bool, share: bool) -> None:
    """Limits, ticks and names of the axes."""
    seen = found.curve[found.curve["n"] > 0]
    foot = float(found.curve.loc[(found.curve["side"] == "below") & (found.curve["n"] == 0), "line"].iloc[0])
    ends = [*seen["mean"], foot + found.effect.low, foot + found.effect.high]
    room = 0.06 * (max(ends) - min(ends))
    ax.set_ylim(min(ends) - room, max(ends) + room)
    if amount:
        ticks = found.threshold * np.power(2.0, np.arange(-4, 5))
        kept = [one for one in ticks if seen["place"].min() <= one <= seen["place"].max()]
        ax.set_xticks(kept, [money(one, currency, lang) for one in kept])
        ax.minorticks_off()
    if share:
        percent_axis(ax.yaxis)
    elif found.effect.estimand.values.get("outcome") in ("value", "net_value"):
        money_axis(ax.yaxis, currency, lang)
    ax.set_xlabel(_named(found.running, lang))
    values = found.effect.estimand.values
    ax.set_ylabel(word(f"{PICTURE}.y", lang, outcome=label(str(values["outcome"]), lang), months=values["horizon"]))


def _named(column: str, lang: str) -> str:
    """A column as readers know it."""
    from cslab.words import has_word

    return word(f"column.{column}", lang) if has_word(f"column.{column}") else label(column, lang)


def _said(found: Discontinuity, lang: str, currency: str) -> str:
    """The threshold, and how far from it customers count."""
    if found.running in AMOUNTS:
        values = {"line": money(found.threshold, currency, lang), "times": float(np.exp(found.jump.bandwidth))}
        return word(f"{PICTURE}.window_amount", lang, **values)
    return word(f"{PICTURE}.window", lang, line=found.threshold, width=found.jump.bandwidth)


def _notes(found: Discontinuity, truth: Estimate | None, lang: str, share: bool, window: str) -> list[str]:
    """What the note says: the jump with its limits, the truth, n, the window, whom it holds for."""
    kind = "share" if share else "number"
    told = word(
        f"{PICTURE}.found.{kind}", lang, **{end: getattr(found.effect, end) for end in ("estimate", "low", "high")}
    )
    known = word(f"{PICTURE}.truth.{kind}", lang, truth=truth.estimate) if truth else ""
    mixed = "" if found.sharp else word(f"{PICTURE}.mixed", lang)
    return [told, known, counted(found.effect.n, lang), window, word(f"{PICTURE}.definition", lang), mixed]
