"""What more touch brings and what it costs, by MRR: where the lines cross, it begins to pay."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cslab.figures.scales import money_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES, group_look
from cslab.figures.writing import End, label_ends, write
from cslab.words import label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.estimate import Estimate

PICTURE = "figure.touch.pays"


def pays(found: pd.DataFrame, at: Estimate | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the margin that one tier brings more than another, and what its hours cost more, by MRR at signing.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.touch.by_mrr` returns it.
    at : Estimate, optional
        The break-even MRR.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Both axes logarithmic; gain with its band, cost, and the break-even with its limits.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import touch
    >>> ax = pays(touch.by_mrr(cslab.load("synthetic:tiny"), horizon=12, futures=2))
    >>> ax.get_xscale()
    'log'
    """
    require_rows(found, PICTURE, ["mrr_amount", "gain_amount", "gain_low", "gain_high", "cost_amount", "n"])
    currency = found.attrs.get("currency", "JPY")
    host = sheet(ax, lang)
    gain, cost = group_look(0), ROLES["naive"]
    floor = max(0.02 * float(found["cost_amount"].min()), 0.8 * float(found["gain_low"].min()))
    shown = found[["gain_amount", "gain_low", "gain_high"]].clip(lower=floor)
    host.fill_between(found["mrr_amount"], shown["gain_low"], shown["gain_high"], color=gain.colour, alpha=0.15)
    host.plot(found["mrr_amount"], shown["gain_amount"], color=gain.colour)
    host.plot(found["mrr_amount"], found["cost_amount"], color=cost.colour, linestyle=cost.dash)
    host.set(xscale="log", yscale="log", ylim=(floor, 1.3 * float(shown["gain_high"].max())))
    host.set_xlim(found["mrr_amount"].min(), found["mrr_amount"].max())
    _log_money(host, currency, lang)
    if at is not None and math.isfinite(at.estimate) and at.estimate > 0:
        _mark(host, at, currency, lang)
    ends = {"gain_amount": gain, "cost_amount": cost}
    _ends(
        host, [(float(found[name].iloc[-1]), word(f"{PICTURE}.{name}", lang), look.ink) for name, look in ends.items()]
    )
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    tiers = [label(f"touch_tier.{found.attrs.get(name, 'mid')}", lang) for name in ("tier", "against")]
    title = word(f"{PICTURE}.title", lang, tier=tiers[0], against=tiers[1])
    window = word(
        f"{PICTURE}.window", lang, months=found.attrs.get("horizon", 36), margin=found.attrs.get("margin", 0.8)
    )
    headline(host, title, counted(found["n"].max(), lang), window, as_of(found, lang), word(f"{PICTURE}.truth", lang))
    return host


def _mark(host: Axes, at: Estimate, currency: str, lang: str) -> None:
    """The break-even with its limits."""
    high = at.high if math.isfinite(at.high) else host.get_xlim()[1]
    host.axvspan(at.low, high, color=QUIET, alpha=0.12, linewidth=0)
    host.axvline(at.estimate, color=INK, linewidth=1.2)
    write(
        host,
        money(at.estimate, currency, lang),
        (at.estimate, 0),
        (5, 8),
        within="column",
        side="left",
        ink=INK,
        size=10,
        kind="even",
    )


def _ends(host: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Names at the ends of lines whose axis is logarithmic."""
    low, high = (math.log(limit) for limit in host.get_ylim())
    twin = host.inset_axes((0, 0, 1, 1))
    twin.set_axis_off()
    twin.set_ylim(low, high)
    label_ends(twin, [End(math.log(max(height, math.exp(low))), text, ink) for height, text, ink in ends])


def _log_money(host: Axes, currency: str, lang: str) -> None:
    """Both axes in amounts, a few ticks each."""
    from matplotlib.ticker import LogLocator, NullLocator

    for axis in (host.xaxis, host.yaxis):
        money_axis(axis, currency, lang)
        axis.set_major_locator(LogLocator(subs=(1.0, 3.0)))
        axis.set_minor_locator(NullLocator())
