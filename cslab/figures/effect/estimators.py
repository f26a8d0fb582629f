"""One effect by several ways of telling it, each with its limits, beside the truth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady
from cslab.figures.scales import money_axis, percent_axis
from cslab.figures.sheet import counted, headline, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import label, money, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cslab.measure.effect import Effect

PICTURE = "figure.effect.estimators"
COLUMNS = 74
"""Latin letters of the note on a line: the names of the ways take room on the left."""


def estimators(
    effects: Mapping[str, Effect],
    truth: float | None = None,
    currency: str = "JPY",
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw what several ways make of one effect.

    Parameters
    ----------
    effects : mapping of str to Effect
        By the name of the way, a word of the kit or one of your own, the best one last: what is estimated is
        told of that one. Ways that adjust for nothing look naive.
    truth : float, optional
        A dotted line where the effect truly is.
    currency : str
        Of effects in money.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a way, from the top.

    Raises
    ------
    NotReady
        When there is nothing to draw.

    >>> from cslab.measure.effect import Effect, Said
    >>> said = {name: Said("identification.lot") for name in ("estimand", "population", "identification")}
    >>> one = Effect(0.05, 0.01, 0.09, 900, "plain_difference", arms=("high", "mid"), **said)
    >>> [text.get_text() for text in estimators({"plain_difference": one}).texts if text.get_gid() == "number"]
    ['+5.0 pt (+1.0 – +9.0)']
    """
    if not effects:
        raise NotReady(Fault("figure_empty", {"picture": PICTURE.removeprefix("figure."), "known": "-"}))
    host = sheet(ax, lang, height=1.9 + 0.55 * len(effects))
    for place, found in enumerate(effects.values()):
        look = ROLES["naive" if found.identification.key == "identification.nothing" else "better"]
        host.hlines(place, found.low, found.high, color=look.colour, linewidth=2.4)
        host.plot([found.estimate], [place], look.marker, color=look.colour, markersize=8)
        number = said_number(found, lang, currency)
        write(host, number, (1, place), (-2, 11), within="row", side="right", ink=look.ink, size=9, kind="number")
    host.axvline(0, color=QUIET, linewidth=0.9, zorder=0.5)
    if truth is not None and not math.isnan(truth):
        host.axvline(truth, color=ROLES["truth"].colour, linestyle=":", linewidth=1.6)
        write(host, word(f"{PICTURE}.truth", lang), (truth, -0.6), (4, -2), side="left", ink=ROLES["truth"].ink, size=9)
    host.set_yticks(range(len(effects)), [label(name, lang) for name in effects])
    host.set_ylim(len(effects) - 0.5, -0.75)
    host.grid(visible=False, axis="y")
    last = list(effects.values())[-1]
    _axis(host, last, currency, lang)
    notes = counted(last.n, lang), word("figure.note.whiskers", lang)
    headline(host, word(f"{PICTURE}.title", lang), last.estimand.text(lang), *notes, columns=COLUMNS)
    return host


def said_number(found: Effect, lang: str, currency: str = "JPY") -> str:
    """An effect with its limits, in points, money or months.

    Parameters
    ----------
    found : Effect
    lang : str
    currency : str
        Of effects in money.

    >>> from cslab.measure.effect import Effect, Said
    >>> said = {name: Said("identification.lot") for name in ("population", "identification")}
    >>> said_number(Effect(1.5, 0.5, 2.5, 9, "x", arms=("a", "b"), estimand=Said("estimand.survival"), **said), "en")
    '+1.5 months (+0.5 – +2.5)'
    """
    values = (found.estimate, found.low, found.high)
    kind = unit(found)
    if kind == "money":
        texts = [f"{'+' if value >= 0 else ''}{money(value, currency, lang)}" for value in values]
    else:
        scale = 100 if kind == "points" else 1
        texts = [f"{scale * value:+,.1f}" for value in values]
    names = dict(zip(("estimate", "low", "high"), texts, strict=True))
    return word(f"figure.effect.number.{kind}", lang, **names)


def unit(found: Effect) -> str:
    """In what an effect is counted: ``points`` of a share, ``money``, ``months`` or a ``number``.

    Parameters
    ----------
    found : Effect

    >>> from cslab.measure.effect import Effect, Said
    >>> said = {name: Said("identification.lot") for name in ("population", "identification")}
    >>> unit(Effect(1.5, 0.5, 2.5, 9, "x", arms=("a", "b"), estimand=Said("estimand.value"), **said))
    'money'
    """
    name = found.estimand.key.removeprefix("estimand.").removesuffix("_capped")
    return {"value": "money", "net_value": "money", "survival": "months", "outcome": "number"}.get(name, "points")


def _axis(host: Axes, found: Effect, currency: str, lang: str) -> None:
    """The axis below in the unit of the effect, with room for the numbers beside the rows."""
    low, high = host.get_xlim()
    host.set_xlim(low, high + 0.42 * (high - low))
    kind = unit(found)
    if kind == "points":
        percent_axis(host.xaxis)
    elif kind == "money":
        money_axis(host.xaxis, currency, lang)
    host.set_xlabel(word(f"figure.effect.axis.{kind}", lang))
