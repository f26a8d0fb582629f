"""Pictures of the way out: who comes back after an easy and a hard one, and what hard ones hide for a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import MONTHS, percent_axis, tenure_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import ROLES, Role, group_look
from cslab.figures.writing import End, label_ends, write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

KINDS = ("easy", "hard")


def winback(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the share of those who left that has come back, after easy and after hard exits.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.value.winback` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        One line a kind of exit (``line.get_label()`` is its name) with its band.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"exit": "easy", "time": [0, 24], "estimate": [0.0, 0.06], "low": 0.0, "high": 0.1, "n": 300}
    >>> [line.get_label() for line in winback(pd.DataFrame(rows)).get_lines()]
    ['easy exits']
    """
    picture, ends, counts = "figure.exits.winback", [], {}
    require_rows(found, picture, ["exit", "time", "estimate", "low", "high", "n"])
    host = sheet(ax, lang)
    for place, kind in enumerate(one for one in KINDS if (found["exit"] == one).any()):
        rows, look = found[found["exit"] == kind], group_look(place)
        counts[kind] = int(rows["n"].iloc[0])
        ends.append(_curve(host, rows, word(f"{picture}.{kind}", lang), look))
    tenure_axis(host, float(found["time"].max()))
    host.set_ylim(0, 1.05 * float(found.loc[found["exit"].isin(KINDS), "high"].max()) or 0.1)
    percent_axis(host.yaxis)
    host.set_xlabel(word(f"{picture}.x", lang))
    label_ends(host, ends)
    n = " · ".join(word(f"{picture}.n_{kind}", lang, n=count) for kind, count in counts.items())
    days = word(f"{picture}.days", lang, days=found.attrs["hard_days"]) if "hard_days" in found.attrs else ""
    notes = n, as_of(found, lang), word(f"{picture}.definition", lang), days, word("figure.note.bands", lang)
    headline(host, word(f"{picture}.title", lang), *notes)
    return host


def recorded(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw departures by quarter as they happened, and as a company records them that makes leaving harder.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.value.recorded_quarters` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Two bars a quarter, what each holds written on it.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"quarter": pd.Timestamp("2024-04-01"), "left": 42, "recorded": 28, "waiting": 14}
    >>> [text.get_text() for text in recorded(pd.DataFrame([row])).texts if text.get_gid() == "number"]
    ['42', '28']
    """
    picture = "figure.exits.recorded"
    require_rows(found, picture, ["quarter", "left", "recorded", "waiting"])
    host = sheet(ax, lang)
    for side, (column, role) in zip((-1, 1), (("left", "truth"), ("recorded", "naive")), strict=True):
        _bars(host, found[column].tolist(), side, ROLES[role], word(f"{picture}.{column}", lang))
    host.set_xticks(range(len(found)), [_quarter(day, lang) for day in found["quarter"]])
    host.set_ylim(0, 1.15 * max(float(found[["left", "recorded"]].to_numpy().max()), 1.0))
    host.set_yticks([])
    host.grid(visible=False)
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1)
    total = word(f"{picture}.n", lang, n=int(found["left"].sum()), waiting=int(found["waiting"].iloc[-1]))
    definition = word(f"{picture}.definition", lang, days=found.attrs.get("delay_days", 30))
    headline(host, word(f"{picture}.title", lang), total, as_of(found, lang), definition, lift=18)
    return host


def _curve(host: Axes, rows: pd.DataFrame, name: str, look: Role) -> End:
    """A curve with its band, and the words for its end."""
    band: dict[str, Any] = {"color": look.colour, "alpha": 0.12, "linewidth": 0}
    host.fill_between(rows["time"], rows["low"], rows["high"], step="post", **band)
    host.plot(rows["time"], rows["estimate"], drawstyle="steps-post", color=look.colour, label=name, zorder=3)
    reached = float(rows["estimate"].iloc[-1])
    return End(reached, f"{name}\n{100 * reached:.1f}%", look.ink)


def _bars(host: Axes, counts: list[float], side: int, look: Role, name: str) -> None:
    """One bar a quarter, its count on it."""
    places = [place + 0.2 * side for place in range(len(counts))]
    host.bar(places, counts, width=0.36, color=look.colour, alpha=0.75, label=name)
    for place, count in zip(places, counts, strict=True):
        write(host, f"{count:.0f}", (place, count), (0, 2), ink=look.ink, size=9, kind="number")


def _quarter(day: pd.Timestamp, lang: str) -> str:
    """A quarter by its months, as calendars differ in what they call its number."""
    first, last = (MONTHS[month - 1] if lang == "en" else month for month in (day.month, day.month + 2))
    return word("figure.exits.quarter", lang, first=first, last=last, year=day.year)
