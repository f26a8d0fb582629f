"""Who could have got which: customers of each arm by strata of what parts them most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.figures.sheet import counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, group_look, status_look
from cslab.figures.writing import write
from cslab.measure.effect.naming import arm_name, known_name
from cslab.measure.effect.overlap import stratum
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.effect.overlap"
KNOWN = ("covariate", "least", "most", "level")


def overlap(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how many customers of each arm there are in each stratum; where an arm has none, a cross.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.effect.support` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row of bars a stratum: the share of the stratum's customers in each arm, with their number.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"covariate": "plan", "least": float("nan"), "most": float("nan"), "level": "a", "mid": 3, "high": 0}
    >>> [text.get_text() for text in overlap(pd.DataFrame([row])).texts if text.get_gid() == "nobody"]
    ['×']
    """
    require_rows(found, PICTURE, KNOWN)
    arms = [str(name) for name in found if name not in KNOWN]
    rows = found.to_dict("records")
    host = sheet(ax, lang, height=1.9 + 0.5 * len(rows))
    counts = found[arms].to_numpy(float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for place, arm in enumerate(arms):
        at = place * 1.15
        host.barh(range(len(rows)), shares[:, place], left=at, height=0.55, color=group_look(place).colour)
        host.barh(range(len(rows)), 1, left=at, height=0.55, color=FAINT, alpha=0.25, zorder=0.5)
        write(host, arm_name(arm, lang), (at, -0.5), (0, 4), side="left", ink=group_look(place).ink, kind="arm")
        for height, count in enumerate(counts[:, place]):
            _number(host, int(count), (at + float(shares[height, place]), height))
    host.set_yticks(range(len(rows)), [stratum(row, lang) for row in rows])
    host.set(xticks=[], xlim=(0, 1.15 * len(arms)), ylim=(len(rows) - 0.5, -1.0))
    host.grid(visible=False)
    host.spines["bottom"].set_visible(False)
    name = known_name(str(found["covariate"].iloc[0]), lang)
    notes = word(f"{PICTURE}.by", lang, name=name), word(f"{PICTURE}.reading", lang)
    headline(host, word(f"{PICTURE}.title", lang), counted(counts.sum(), lang), *notes)
    return host


def _number(host: Axes, count: int, place: tuple[float, float]) -> None:
    """How many there are; a cross for nobody."""
    if count:
        write(host, f"{count:,}", place, (3, 0), side="left", size=9, kind="number")
        return
    write(host, "×", place, (3, 0), side="left", ink=status_look("left").ink, size=11, kind="nobody")
