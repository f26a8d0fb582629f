"""Health scores as marks on a line: side by side, in their traps, surveys by who answered, and what runs best."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES, Role
from cslab.figures.writing import write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.estimate import Estimate

COMPARED, TRAPPED = "figure.health.compared", "figure.health.trapped"
ANSWERS, RACE = "figure.health.answers", "figure.health.race"
COIN = 0.5
PANEL = (0.3, 0.42)
ANSWERED = {"answered": ROLES["naive"], "weighted": ROLES["better"], "all": ROLES["truth"]}


@dataclass(frozen=True)
class Mark:
    """A number on a line with its limits.

    Parameters
    ----------
    estimate, low, high : float
    look : Role

    >>> Mark(0.7, 0.6, 0.8, ROLES["better"]).look.marker
    'o'
    """

    estimate: float
    low: float
    high: float
    look: Role


def compared(found: pd.DataFrame, ceiling: Estimate | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the AUC of several scores on the same customers, the best at the top.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.compare` returns it.
    ceiling : Estimate, optional
        As :func:`cslab.measure.oracle.ceiling` returns it, on the same rows.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a score, a line where a coin stands and a dotted one at the ceiling.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"name": "dear", "estimate": 0.7, "low": 0.66, "high": 0.74, "n": 900, "expected_observed": 2.4}
    >>> ax = compared(pd.DataFrame([row]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['.70 · says 2.4×']
    """
    require_rows(found, COMPARED, ["name", "estimate", "low", "high", "n", "expected_observed"])
    rows = found.to_dict("records")
    host = _board(ax, lang, len(rows))
    marks = [[Mark(row["estimate"], row["low"], row["high"], ROLES["better"])] for row in rows]
    panel = _lines(host, marks)
    _coin(panel, [one for line in marks for one in line], ceiling)
    for place, row in enumerate(rows):
        number = word(f"{COMPARED}.number", lang, auc=_auc(row["estimate"]), ratio=row["expected_observed"])
        _beside(host, place, score_name(str(row["name"]), lang), number)
    reading = word(f"{COMPARED}.reading", lang)
    notes = [counted(found["n"].max(), lang), as_of(found, lang), _left(found, lang), reading]
    _titled(host, COMPARED, lang, notes, lift=0 if ceiling is None else 14)
    if ceiling is not None:
        _named(panel, ceiling, word(f"{COMPARED}.ceiling", lang, auc=_auc(ceiling.estimate)))
    return host


def trapped(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what each trap does to a score: its AUC as declared and in the trap, and whose colour changes.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.traps` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a trap, both numbers on it.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"trap": "nulls", "right": 0.7, "estimate": 0.6, "low": 0.5, "high": 0.7, "n": 900, "changed": 0.2}
    >>> ax = trapped(pd.DataFrame([row]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['.60 · 20% change colour']
    """
    require_rows(found, TRAPPED, ["trap", "right", "estimate", "low", "high", "n", "changed"])
    rows = found.to_dict("records")
    host = _board(ax, lang, len(rows))
    marks = [
        [
            Mark(row["estimate"], row["low"], row["high"], ROLES["naive"]),
            Mark(row["right"], row["right"], row["right"], ROLES["better"]),
        ]
        for row in rows
    ]
    panel = _lines(host, marks)
    _coin(panel, [one for line in marks for one in line], None)
    for place, row in enumerate(rows):
        number = word(f"{TRAPPED}.number", lang, auc=_auc(row["estimate"]), changed=row["changed"])
        _beside(host, place, word(f"{TRAPPED}.{row['trap']}", lang), number, ROLES["naive"])
    _titled(host, TRAPPED, lang, [counted(found["n"].max(), lang), as_of(found, lang), _left(found, lang)])
    return host


def answers(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what a survey says of those who answered, weighted for who did, and in truth.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.nonresponse` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a way.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> found = pd.DataFrame([{"way": "answered", "estimate": -16.8, "low": -22.0, "high": -11.0, "n": 600}])
    >>> found.attrs = {"kind": "nps", "asked": 5900, "answered": 900, "rate": 0.15}
    >>> [text.get_text() for text in answers(found).texts if text.get_gid() == "number"]
    ['−17']
    """
    require_rows(found, ANSWERS, ["way", "estimate", "low", "high", "n"])
    kind, rows = str(found.attrs.get("kind", "nps")), found.to_dict("records")
    host = _board(ax, lang, len(rows))
    panel = _lines(host, [[Mark(row["estimate"], row["low"], row["high"], ANSWERED[row["way"]])] for row in rows])
    if kind == "csat":
        percent_axis(panel.xaxis)
    for place, row in enumerate(rows):
        _beside(host, place, word(f"{ANSWERS}.{row['way']}", lang), _said(row["estimate"], kind), ANSWERED[row["way"]])
    rate = word(f"{ANSWERS}.rate", lang, **{name: found.attrs.get(name, 0) for name in ("asked", "rate")})
    title = word(f"{ANSWERS}.title", lang, kind=word(f"{ANSWERS}.{kind}", lang))
    notes = (word(key, lang) for key in (f"{ANSWERS}.definition", "figure.note.whiskers"))
    headline(host, title, counted(found["n"].max(), lang), rate, *notes)
    return host


def race(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how well each measure of experience foretells renewals: of those who answered, and of everybody.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.cx_horse_race` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a runner, both numbers on it.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> seen = {"estimate": 0.6, "low": 0.5, "high": 0.7, "n": 90, "coverage": 0.2}
    >>> row = {"metric": "nps", **seen, "all_estimate": 0.53, "all_low": 0.5, "all_high": 0.56}
    >>> [text.get_text() for text in race(pd.DataFrame([row])).texts if text.get_gid() == "number"]
    ['.53 · known of 20%']
    """
    sides = {"naive": ("estimate", "low", "high"), "better": ("all_estimate", "all_low", "all_high")}
    require_rows(found, RACE, ["metric", "n", "coverage", *sides["naive"], *sides["better"]])
    rows = found.to_dict("records")
    host = _board(ax, lang, len(rows))
    marks = [
        [Mark(row[middle], row[low], row[high], ROLES[role]) for role, (middle, low, high) in sides.items()]
        for row in rows
    ]
    panel = _lines(host, marks)
    _coin(panel, [one for line in marks for one in line], None)
    for place, row in enumerate(rows):
        number = word(f"{RACE}.number", lang, auc=_auc(row["all_estimate"]), coverage=row["coverage"])
        _beside(host, place, word(f"{RACE}.{row['metric']}", lang), number)
    known = {name: found.attrs.get(name, 0) for name in ("renewals", "left", "months_before")}
    _titled(host, RACE, lang, [counted(found["n"].max(), lang), word(f"{RACE}.renewals", lang, **known)])
    return host


def score_name(name: str, lang: str) -> str:
    """The reader's name of a declared score; its own name where the kit has none.

    Parameters
    ----------
    name : str
    lang : str
        ``"en"`` or ``"ja"``.

    >>> score_name("dear", "en"), score_name("our own", "en")
    ('DEAR', 'our own')
    """
    told = label(f"score_{name}", lang)
    return name if told == f"score_{name}" else told


def _board(ax: Axes | None, lang: str, rows: int) -> Axes:
    """A sheet with a line a row, the first at the top."""
    host = sheet(ax, lang, height=1.75 + 0.44 * rows)
    host.set_axis_off()
    host.set_ylim(rows - 0.4, -0.8)
    return host


def _lines(host: Axes, lines: Sequence[Sequence[Mark]]) -> Axes:
    """A panel with the marks of each row, those of one row a little apart."""
    panel = host.inset_axes((PANEL[0], 0, PANEL[1], 1), sharey=host)
    panel.set_yticks([])
    panel.grid(visible=False)
    for place, marks in enumerate(lines):
        panel.hlines(place, 0, 1, transform=panel.get_yaxis_transform(), color=FAINT, linewidth=0.6, zorder=0)
        for order, one in enumerate(marks):
            height = place + 0.22 * (order - (len(marks) - 1) / 2)
            if math.isfinite(one.estimate):
                panel.hlines(height, one.low, one.high, color=one.look.colour, linewidth=1.8, zorder=2)
                panel.plot([one.estimate], [height], one.look.marker, color=one.look.colour, markersize=7, zorder=3)
    return panel


def _coin(panel: Axes, marks: Sequence[Mark], ceiling: Estimate | None) -> None:
    """A line where a coin stands, a dotted one at the ceiling, and room for all of it."""
    panel.axvline(COIN, color=QUIET, linewidth=0.9, zorder=1)
    ends = [end for one in marks for end in (one.low, one.high, one.estimate) if math.isfinite(end)] + [COIN]
    if ceiling is not None:
        look = ROLES["truth"]
        panel.axvline(ceiling.estimate, color=look.colour, linestyle=look.dash, linewidth=1.6, zorder=1)
        ends.append(ceiling.estimate)
    panel.set_xlim(min(ends) - 0.03, max(ends) + 0.03)


def _named(panel: Axes, ceiling: Estimate, text: str) -> None:
    """The name of the ceiling above its line."""
    write(panel, text, (ceiling.estimate, 1), (0, 1), within="column", ink=ROLES["truth"].ink, size=9, kind="truth")


def _beside(host: Axes, place: int, name: str, number: str, look: Role = ROLES["better"]) -> None:
    """The name of a row to its left and its number to its right."""
    write(host, name, (0, place), within="row", side="left", ink=INK, size=9, kind="name")
    write(host, number, (1, place), within="row", side="right", ink=look.ink, size=9, kind="number")


def _titled(host: Axes, picture: str, lang: str, notes: Sequence[str], lift: float = 0) -> None:
    """The title, and what the picture rests on."""
    definition, whiskers = word(f"{picture}.definition", lang), word("figure.note.whiskers", lang)
    headline(host, word(f"{picture}.title", lang), *notes, definition, whiskers, lift=lift)


def _left(found: pd.DataFrame, lang: str) -> str:
    """How many left, within which time; empty where the frame does not know it."""
    known = {name: found.attrs[name] for name in ("events", "horizon") if name in found.attrs}
    return word("figure.health.left", lang, **known) if len(known) == 2 else ""


def _auc(value: float) -> str:
    """An AUC without its leading nought."""
    return f"{value:.2f}".removeprefix("0") if math.isfinite(value) else "—"


def _said(value: float, kind: str) -> str:
    """The figure of a survey as people say it."""
    if kind == "csat":
        return f"{100 * value:.0f}%"
    return f"{value:.0f}".replace("-", "−") if kind == "nps" else f"{value:.2f}"
