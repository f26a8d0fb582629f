"""How far two arms are apart in what was known of them, before and after adjustment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady
from cslab.figures.sheet import counted, headline, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.measure.effect.balance import APART
from cslab.measure.effect.naming import arm_name, known_name
from cslab.words import label, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cslab.measure.effect import Effect

PICTURE = "figure.effect.balance"
MOST = 12
"""Covariates shown: those furthest apart before adjustment."""


def balance(found: Effect, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how far two arms are apart, covariate by covariate.

    Parameters
    ----------
    found : Effect
        One that adjusts.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Two marks a covariate, joined; between the lines the arms count as alike.

    Raises
    ------
    NotReady
        For an effect that adjusts for nothing.

    >>> import pandas as pd
    >>> from cslab.measure.effect import Effect, Said
    >>> said = {name: Said("identification.lot") for name in ("estimand", "population", "identification")}
    >>> apart = pd.DataFrame([{"covariate": "segment", "level": "mid", "before": 0.5, "after": 0.02}])
    >>> one = Effect(0.05, 0.01, 0.09, 900, "aipw_all", arms=("high", "mid"), balance=apart, **said)
    >>> [tick.get_text() for tick in balance(one).get_yticklabels()]
    ['segment: Mid']
    """
    if found.balance is None or found.balance.empty:
        raise NotReady(Fault("figure_empty", {"picture": PICTURE.removeprefix("figure."), "known": "-"}))
    rows = found.balance.head(MOST).to_dict("records")
    host = sheet(ax, lang, height=1.9 + 0.34 * len(rows))
    for place, row in enumerate(rows):
        host.hlines(place, *sorted((row["before"], row["after"])), color=QUIET, linewidth=0.9)
    for side, role in (("before", "naive"), ("after", "better")):
        look = ROLES[role]
        values = [row[side] for row in rows]
        name = word(f"{PICTURE}.{side}", lang)
        host.plot(values, range(len(rows)), look.marker, color=look.colour, markersize=7, label=name)
    host.axvspan(-APART, APART, color=ROLES["better"].colour, alpha=0.08, linewidth=0)
    host.axvline(0, color=QUIET, linewidth=0.9)
    host.set_yticks(range(len(rows)), [_name(row["covariate"], row["level"], lang) for row in rows])
    host.set_ylim(len(rows) - 0.4, -0.6)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.grid(visible=False, axis="y")
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1, handlelength=1)
    arms = dict(zip(("arm", "against"), (arm_name(arm, lang) for arm in found.arms), strict=True))
    definition = word(f"{PICTURE}.definition", lang, apart=APART)
    headline(host, word(f"{PICTURE}.title", lang, **arms), counted(found.n, lang), definition, lift=18)
    return host


def _name(covariate: str, level: str, lang: str) -> str:
    """A covariate with its level, short enough for an axis."""
    name = known_name(covariate, lang)
    name = name if len(name) <= (34 if lang == "en" else 17) else name[: 32 if lang == "en" else 16] + "…"
    return f"{name}: {label(level, lang)}" if level else name
