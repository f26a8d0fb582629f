"""A programme that came to one group after the other: its effect by the months since it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.sheet import check_language, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, QUIET, ROLES
from cslab.figures.writing import End, label_ends
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.effect.staggered import Staggered
    from cslab.measure.estimate import Estimate

PICTURE = "figure.effect.event_study"


def event_study(
    found: Staggered,
    wrong: Estimate | None = None,
    truth: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw what a programme changed, month by month since it began, and what was there before it did.

    Parameters
    ----------
    found : Staggered
        As :func:`cslab.measure.effect.staggered.difference_in_differences` returns it.
    wrong : Estimate, optional
        What two-way fixed effects say: one number for all months.
    truth : DataFrame, optional
        As :func:`cslab.measure.effect.staggered.truth` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A mark with its limits a month; before the beginning there should be nothing.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import numpy as np
    >>> from cslab.measure.effect.panel import Panel
    >>> from cslab.measure.effect.staggered import difference_in_differences
    >>> months = np.array(["2024-01", "2024-02", "2024-03"], "M")
    >>> values = np.repeat([[0.0, 1, 3], [0, 0, 1]], 5, axis=0)
    >>> panel = Panel(np.arange(10), months, values, np.repeat([1, 2], 5), "p", "v")
    >>> event_study(difference_in_differences(panel)).get_xlabel()
    'months since the programme began'
    """
    check_language(lang)
    study = found.event_study
    require_rows(study, PICTURE, ("ahead", "estimate", "low", "high", "n"))
    host = sheet(ax, lang)
    host.axhline(0, color=FAINT, linewidth=1)
    host.axvline(-0.5, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
    ends = [_marks(host, study, lang)]
    if wrong is not None:
        ends.append(_flat(host, wrong, study, lang))
    if truth is not None:
        ends.append(_true(host, truth, lang))
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    value = str(found.effect.estimand.values["value"])
    named = word(f"column.{value}", lang) if has_word(f"column.{value}") else label(value, lang)
    host.set_ylabel(word(f"{PICTURE}.y", lang, value=named))
    host.margins(y=0.08)
    label_ends(host, ends)
    programme = label(str(found.effect.estimand.values["programme"]), lang)
    notes = counted(found.effect.n, lang), word(f"{PICTURE}.definition", lang), word("figure.note.whiskers", lang)
    headline(host, word(f"{PICTURE}.title", lang, programme=programme), *notes)
    return host


def _marks(ax: Axes, study: pd.DataFrame, lang: str) -> End:
    """The months with their limits; returns the name for the last one's height."""
    look = ROLES["better"]
    ax.vlines(study["ahead"], study["low"], study["high"], color=look.colour, linewidth=1.6, gid="limits")
    ax.plot(study["ahead"], study["estimate"], look.marker, color=look.colour, markersize=5, gid="better")
    return End(float(study["estimate"].iloc[-1]), word(f"{PICTURE}.better", lang), look.ink)


def _flat(ax: Axes, wrong: Estimate, study: pd.DataFrame, lang: str) -> End:
    """One number for all months from the beginning on."""
    look = ROLES["naive"]
    after = [-0.5, float(study["ahead"].max()) + 0.5]
    ax.plot(after, [wrong.estimate] * 2, look.dash, color=look.colour, linewidth=2, gid="naive")
    ax.fill_between(after, wrong.low, wrong.high, color=look.colour, alpha=0.14, linewidth=0)
    return End(wrong.estimate, word(f"{PICTURE}.naive", lang), look.ink)


def _true(ax: Axes, truth: pd.DataFrame, lang: str) -> End:
    """What is true."""
    look = ROLES["truth"]
    ax.plot(truth["ahead"], truth["estimate"], look.dash, color=look.colour, linewidth=2, gid="truth")
    return End(float(truth["estimate"].iloc[-1]), word(f"{PICTURE}.truth", lang), look.ink)
