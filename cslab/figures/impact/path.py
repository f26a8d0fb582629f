"""An effect by the month since the turn, the months before it as a placebo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import check_language, headline, require_rows, sheet
from cslab.figures.style import FAINT, QUIET, ROLES
from cslab.figures.writing import End, label_ends, write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.impact import Chain

PICTURE = "figure.impact.path"
SHARES = ("retained", "ever")
"""Kinds of indicators whose mean is a share of customers."""


def effect_path(
    found: pd.DataFrame,
    chain: Chain,
    to: str,
    truth: float | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    decide: float | None = None,
) -> Axes:
    """Draw what a programme changed in one node of its chain, month by month since a customer's turn.

    Parameters
    ----------
    found : DataFrame
        As the ``path`` of :func:`cslab.measure.impact.delay`: ``month`` (before the turn below 0), ``estimate``,
        ``low``, ``high``, ``n``.
    chain : Chain
        For the name and unit of the node, the month from which it is due and the declared effect.
    to : str
        The node.
    truth : float, optional
        The effect once all has arrived, where it is known.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    decide : float, optional
        A month in which somebody wants to decide: a line is drawn there.

    Returns
    -------
    Axes
        A mark with its limits a month; shaded from the turn to the month in which the node is due.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> from cslab.measure.impact import shipped
    >>> rows = pd.DataFrame({"month": [-1, 0, 1], "estimate": [0.0, 0, 1], "low": -1.0, "high": 2.0, "n": 50})
    >>> ax = effect_path(rows, shipped("faq"), "tickets")
    >>> ax.get_xlabel()
    "months since the customer's turn"
    """
    from cslab.measure.impact.graph import due

    check_language(lang)
    require_rows(found, PICTURE, ["month", "estimate", "low", "high", "n"])
    host, look = sheet(ax, lang), ROLES["better"]
    ready = due(chain, to)
    host.axvspan(-0.5, ready, color=FAINT, alpha=0.35, linewidth=0, zorder=0, gid="waiting")
    host.axhline(0, color=QUIET, linewidth=1)
    host.vlines(found["month"], found["low"], found["high"], color=look.colour, linewidth=1.6, gid="limits")
    after = found["month"] >= 0
    for rows, fill in ((found[~after], "white"), (found[after], look.colour)):
        host.plot(rows["month"], rows["estimate"], look.marker, color=look.colour, markerfacecolor=fill, markersize=5)
    host.set_xlim(float(found["month"].min()) - 0.7, max(float(found["month"].max()), ready) + 0.7)
    host.margins(y=0.1)
    indicator = chain.node(to).indicator
    if indicator is not None and indicator.kind in SHARES:
        percent_axis(host.yaxis)
    label_ends(host, _levels(host, chain, to, truth, lang))
    if decide is not None:
        host.axvline(decide, color=QUIET, linewidth=1.2, linestyle=(0, (4, 2)))
        write(
            host, word(f"{PICTURE}.decide", lang, month=decide), (decide, 0.98), (4, -1), within="column", side="left"
        )
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.set_ylabel(_changed(chain, to, lang))
    n = word("figure.note.n", lang, n=int(found["n"].max()))
    before = [word(f"{PICTURE}.before", lang)] if found["month"].min() < 0 else []
    notes = word(f"{PICTURE}.definition", lang, due=ready), *before, word("figure.note.whiskers", lang)
    headline(host, word(f"{PICTURE}.title", lang, chain=chain.title(lang)), n, *notes)
    return host


def _changed(chain: Chain, to: str, lang: str) -> str:
    """What changes, and in which unit where the chain says so."""
    unit = chain.node(to).unit(lang)
    return word(f"{PICTURE}.y_unit" if unit else f"{PICTURE}.y", lang, node=chain.label(to, lang), unit=unit)


def _levels(host: Axes, chain: Chain, to: str, truth: float | None, lang: str) -> list[End]:
    """Level lines: what the chain declares once all has arrived, and what is so."""
    declared = next((link.declared for link in chain.links if link.target == to), float("nan"))
    ends = []
    for name, value in (("naive", declared), ("truth", float("nan") if truth is None else truth)):
        if value == value:
            host.axhline(value, linestyle=ROLES[name].dash, color=ROLES[name].colour, linewidth=1.4, gid=name)
            key = "declared" if name == "naive" else "truth"
            ends.append(End(value, word(f"{PICTURE}.{key}", lang), ROLES[name].ink))
    return ends
