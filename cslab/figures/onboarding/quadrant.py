"""Four kinds of customers by two answers, and how many of each are still there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.onboarding.quadrant"
SHADES = ("#E8EEF3", "#D3E3EE", "#B7D2E5", "#97BFDB")
"""From the fewest still there to the most."""


def quadrant(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the share still a customer by both answers at the first value, darker where more are.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.onboarding.quadrant` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Felt the benefit to the right, used properly at the top.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import onboarding
    >>> ax = quadrant(onboarding.quadrant(cslab.load("synthetic:tiny"), 6))
    >>> len(ax.patches)
    4
    """
    require_rows(found, PICTURE, ["used_properly", "felt_benefit", "estimate", "low", "high", "n", "truth"])
    host = sheet(ax, lang, height=4.4)
    ranks = found["estimate"].rank(method="first", na_option="top").astype(int) - 1
    for rank, row in zip(ranks, found.to_dict("records"), strict=True):
        _cell(host, row, SHADES[rank], lang)
    host.set_xlim(0, 2)
    host.set_ylim(0, 2)
    host.grid(visible=False)
    host.spines[:].set_visible(False)
    host.tick_params(length=0)
    host.set_xticks([0.5, 1.5], [word(f"{PICTURE}.{name}", lang) for name in ("unfelt", "felt")])
    names = [word(f"{PICTURE}.{name}", lang) for name in ("unused", "used")]
    host.set_yticks([0.5, 1.5], names, rotation=90, va="center")
    n = word(f"{PICTURE}.n", lang, n=int(found["n"].sum()))
    definition = word(f"{PICTURE}.definition", lang, horizon=found.attrs.get("horizon", 12))
    headline(host, word(f"{PICTURE}.title", lang), n, as_of(found, lang), definition)
    return host


def _cell(host: Axes, row: dict[Any, Any], shade: str, lang: str) -> None:
    """A field with its share, limits and truth."""
    from matplotlib.patches import Rectangle

    left, base = int(row["felt_benefit"]), int(row["used_properly"])
    host.add_patch(Rectangle((left + 0.02, base + 0.02), 0.96, 0.96, color=shade, linewidth=0))
    known = math.isfinite(row["estimate"])
    text = word(f"{PICTURE}.cell", lang, estimate=row["estimate"]) if known else word("verdict.none", lang)
    write(host, text, (left + 0.5, base + 0.6), ink=INK, size=19, kind="share")
    limits = {name: row[name] for name in ("low", "high", "n")}
    if known:
        write(host, word(f"{PICTURE}.limits", lang, **limits), (left + 0.5, base + 0.38), ink=QUIET, kind="limits")
    if math.isfinite(row["truth"]):
        text = word(f"{PICTURE}.truth", lang, truth=row["truth"])
        write(host, text, (left + 0.5, base + 0.24), ink=ROLES["truth"].ink, kind="truth")
