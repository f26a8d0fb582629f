"""What somebody finds who looks after the riskiest share of the customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, Role, group_look
from cslab.figures.writing import End, label_ends
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.scores.precision_recall"


def precision_recall(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw, by the share of customers that is looked after, how many of those leave and how many leavers are found.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.scores.flagged` returns it: ``share``, ``precision``, ``recall``, each with its limits,
        ``lift``, ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A line each for precision and recall; a thin one at the share of all that leaves; the lift under each share.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"share": [0.1, 0.2], "precision": [0.4, 0.3], "precision_low": 0.2, "precision_high": 0.5,
    ...                       "recall": [0.4, 0.6], "recall_low": 0.3, "recall_high": 0.7, "lift": [4.0, 3.0], "n": 90})
    >>> [tick.get_text() for tick in precision_recall(found).get_xticklabels()]
    ['10%\\n×4.0', '20%\\n×3.0']
    """
    names = [f"{name}{end}" for name in ("precision", "recall") for end in ("", "_low", "_high")]
    require_rows(found, PICTURE, ["share", *names, "lift", "n"])
    host = sheet(ax, lang)
    ends = [_line(host, found, name, group_look(place), lang) for place, name in enumerate(("precision", "recall"))]
    base = float((found["precision"] / found["lift"]).iloc[0])
    host.axhline(base, color=FAINT, linewidth=1.2, zorder=0)
    host.set_ylim(0, 1)
    percent_axis(host.yaxis)
    pairs = zip(found["share"], found["lift"], strict=True)
    ticks = [word(f"{PICTURE}.tick", lang, share=share, lift=lift) for share, lift in pairs]
    host.set_xticks(found["share"].tolist(), ticks, linespacing=1.3)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    label_ends(host, [*ends, End(base, word(f"{PICTURE}.base", lang), group_look(6).ink)])
    notes = counted(found["n"].iloc[0], lang), as_of(found, lang), word(f"{PICTURE}.definition", lang)
    headline(host, word(f"{PICTURE}.title", lang), *notes, word("figure.note.bands", lang))
    return host


def _line(ax: Axes, found: pd.DataFrame, name: str, look: Role, lang: str) -> End:
    """One line with its band; returns its name for the line's end."""
    ax.plot(found["share"], found[name], color=look.colour, marker=look.marker, markersize=5)
    low, high = found[f"{name}_low"], found[f"{name}_high"]
    ax.fill_between(found["share"], low, high, color=look.colour, alpha=0.14, linewidth=0)
    return End(float(found[name].iloc[-1]), word(f"{PICTURE}.{name}", lang), look.ink)
