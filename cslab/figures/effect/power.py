"""How likely a test is to see an effect, by how many customers it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import check_language, headline, require_rows, sheet
from cslab.figures.style import QUIET, group_look
from cslab.figures.writing import End, label_ends, write
from cslab.measure.effect.power import POWER
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.effect.power"


def power(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, yours: float | None = None) -> Axes:
    """Draw the chance to see effects of several sizes, by customers on each side.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.effect.power.curve` returns it: ``customers``, ``effect``, ``power``, ``base``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    yours : float, optional
        Customers on each side that there are: a line is drawn there.

    Returns
    -------
    Axes
        A line an effect, customers by their ratio.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> from cslab.measure.effect.power import curve
    >>> ax = power(curve(0.2, [-0.05, -0.10], [100, 1_000]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "end"]
    ['−5 points', '−10 points']
    """
    check_language(lang)
    require_rows(found, PICTURE, ("customers", "effect", "power", "base"))
    host = sheet(ax, lang)
    host.set_xscale("log")
    ends = []
    for place, (_, part) in enumerate(found.groupby("effect", sort=False)):
        look = group_look(place)
        host.plot(part["customers"], part["power"], color=look.colour, linewidth=2, gid="power")
        text = word(f"{PICTURE}.points", lang, points=100 * float(part["effect"].iloc[0])).replace("-", "−")
        ends.append(End(float(part["power"].iloc[-1]), text, look.ink))
    host.axhline(POWER, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
    host.set_ylim(0, 1.02)
    percent_axis(host.yaxis)
    _customers(host, found, lang)
    if yours is not None:
        host.axvline(yours, color=QUIET, linewidth=1)
        write(host, word(f"{PICTURE}.yours", lang, n=yours), (yours, 0.03), (4, 0), side="left", kind="yours")
    label_ends(host, ends)
    base = word(f"{PICTURE}.base", lang, base=float(found["base"].iloc[0]))
    ends_at = {"first": float(found["customers"].min()), "last": float(found["customers"].max())}
    sizes = word(f"{PICTURE}.sizes", lang, **ends_at)
    headline(host, word(f"{PICTURE}.title", lang), base, sizes, word(f"{PICTURE}.definition", lang, power=POWER))
    return host


def _customers(ax: Axes, found: pd.DataFrame, lang: str) -> None:
    """The axis of customers, with whole numbers at round places."""
    first, last = float(found["customers"].min()), float(found["customers"].max())
    round_ones = [digit * 10**place for place in range(0, 7) for digit in (1, 3)]
    ticks = [one for one in round_ones if first <= one <= last]
    ax.set_xticks(ticks, [f"{one:,}" for one in ticks])
    ax.minorticks_off()
    ax.set_xlim(first, last)
    ax.set_xlabel(word(f"{PICTURE}.x", lang))
