"""What was expected of each link's lag beside what the records say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cslab.figures.journey.folding import folded
from cslab.figures.sheet import check_language, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.impact import Chain

PICTURE = "figure.impact.lags"
COLUMNS = ["from", "to", "lag_min", "lag_max", "declared", "estimate", "low", "high", "n", "reason"]


def lags(
    found: pd.DataFrame, chain: Chain, truth: pd.DataFrame | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw the declared lag of each link as a band, and the estimated one with its limits.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.impact.delays` returns it; without an estimate the reason stands there instead.
    chain : Chain
        The chain, for the names of its nodes.
    truth : DataFrame, optional
        As :func:`cslab.measure.impact.true_delays` returns it: ``from``, ``to``, ``estimate``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a link, months along x.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> from cslab.measure.impact import shipped
    >>> chain = shipped("faq")
    >>> row = {"from": "articles", "to": "tickets", "lag_min": 1, "lag_max": 3, "declared": 2.0, "reason": ""}
    >>> ax = lags(pd.DataFrame([row | {"estimate": 1.8, "low": 1.2, "high": 2.6, "n": 900}]), chain)
    >>> len(ax.get_yticks())
    1
    """
    check_language(lang)
    require_rows(found, PICTURE, COLUMNS)
    host = sheet(ax, lang, height=1.55 + 0.52 * len(found))
    known = {} if truth is None else {(row["from"], row["to"]): row["estimate"] for row in truth.to_dict("records")}
    names = []
    for place, row in enumerate(found.to_dict("records")):
        _band(host, place, row["lag_min"], row["lag_max"], row["declared"])
        true = known.get((row["from"], row["to"]), float("nan"))
        host.plot(
            [true], [place], ROLES["truth"].marker, color=ROLES["truth"].colour, markersize=5.5, zorder=5, gid="truth"
        )
        if row["estimate"] == row["estimate"]:
            _estimated(host, place, row["estimate"], row["low"], row["high"])
        elif row["reason"]:
            at = (float(row["lag_max"]), float(place))
            write(host, folded(word(str(row["reason"]), lang), 30), at, (6, 0), side="left", ink=QUIET, kind="reason")
        names.append(folded(f"{chain.label(row['from'], lang)} → {chain.label(row['to'], lang)}", 40))
    host.set_yticks(range(len(names)), names, color=INK)
    host.set_ylim(len(names) - 0.4, -0.6)
    _months(host, found, known.values(), lang)
    n = word("figure.note.n", lang, n=int(found["n"].max()))
    keys = ["declared", "estimated"] + ["truth"] * (truth is not None)
    headline(host, word(f"{PICTURE}.title", lang), n, *(word(f"{PICTURE}.{key}", lang) for key in keys), columns=64)
    return host


def _band(host: Axes, place: int, low: float, high: float, middle: float) -> None:
    """The declared lag: a band from the earliest to the latest month, a stroke at its mean."""
    host.barh(place, high - low, left=low, height=0.56, color=FAINT, alpha=0.65, zorder=1, gid="declared")
    host.vlines(middle, place - 0.28, place + 0.28, color=QUIET, linewidth=1.6, zorder=2)


def _estimated(host: Axes, place: int, estimate: float, low: float, high: float) -> None:
    """The estimated lag with its limits."""
    look = ROLES["better"]
    host.hlines(place, low, high, color=look.colour, linewidth=2, zorder=3)
    host.plot([estimate], [place], look.marker, color=look.colour, markersize=7, zorder=4, gid="estimate")


def _months(host: Axes, found: pd.DataFrame, true: Iterable[float], lang: str) -> None:
    """The axis of months, from 0 or the lowest limit to where the longest lag and what is said of it fit in."""
    room = 2.2 if found["reason"].any() else 1.4
    last = max(float(found["lag_max"].max()) * room, 4.0, float(found["estimate"].max()) + 1)
    last = max([last, *(1.05 * months for months in true if months == months)])
    low = float(found["low"].min())
    host.set_xlim(min(0.0, max(low, -last / 4) if low == low else 0.0) - 0.02 * last, last)
    host.grid(axis="x")
    host.grid(visible=False, axis="y")
    host.set_xlabel(word(f"{PICTURE}.x", lang))
