"""Why customers leave: the share for each cause, what is stated, and what a cause that nobody decides takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import money_axis, percent_axis, tenure_axis
from cslab.figures.sheet import as_of, check_language, counted, headline, require_rows, sheet, tenure_word
from cslab.figures.style import FAINT, INK, QUIET, ROLES, group_look
from cslab.figures.writing import End, label_ends, write
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

INCIDENCE = "figure.causes.incidence"
BESIDE = "figure.causes.beside"
SHARES = "figure.causes.shares"
DAMPER = "figure.causes.damper"
NARROW = 78
"""Letters of a note over a picture with names on its left."""


def incidence(
    found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, truth: pd.DataFrame | None = None
) -> Axes:
    """Draw the share of all customers that has left for each cause, with its band, and the truth dotted.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.causes.cumulative_incidence` returns it: ``cause``, ``time`` (months), ``estimate``,
        ``low``, ``high`` (0-1), ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    truth : DataFrame, optional
        As :func:`cslab.measure.causes.truth_incidence` returns it; None (nobody knows it) is left out.

    Returns
    -------
    Axes
        One line a cause (``line.get_label()`` is its name).

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"cause": "voluntary", "time": [0, 1], "estimate": [0.0, 0.1], "low": [0.0, 0.05], "high": [0.0, 0.2]}
    >>> [line.get_label() for line in incidence(pd.DataFrame(rows).assign(n=40)).get_lines()]
    ['voluntary']
    """
    require_rows(found, INCIDENCE, ["cause", "time", "estimate", "low", "high", "n"])
    host, ends = sheet(ax, lang), []
    for place, (cause, rows) in enumerate(found.groupby("cause", sort=False)):
        look, name = group_look(place), label(str(cause), lang)
        host.plot(rows["time"], rows["estimate"], drawstyle="steps-post", color=look.colour, label=name)
        host.fill_between(rows["time"], rows["low"], rows["high"], step="post", color=look.colour, alpha=0.13, lw=0)
        ends.append(End(float(rows["estimate"].iloc[-1]), f"{name} {rows['estimate'].iloc[-1]:.1%}", look.ink))
    if truth is not None:
        _dotted(host, truth[truth["time"] <= found["time"].max()], "cause", "time")
    host.set_ylim(0, 1.05 * float(found["high"].max()))
    tenure_axis(host, float(found["time"].max()))
    percent_axis(host.yaxis)
    host.set_xlabel(tenure_word(found, lang))
    label_ends(host, ends)
    notes = [label(str(found["method"].iloc[0]), lang) if "method" in found else "", word("figure.note.bands", lang)]
    notes.append(word(f"{INCIDENCE}.truth", lang) if truth is not None else "")
    headline(host, word(f"{INCIDENCE}.title", lang), counted(int(found["n"].iloc[0]), lang), as_of(found, lang), *notes)
    return host


def beside(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw each cause's share of all customers, and what one minus a Kaplan-Meier curve makes of it.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.causes.incidence_beside` returns it: ``cause`` (the last row ``all``), ``estimate``,
        ``low``, ``high``, ``one_minus_km``, ``n``. ``attrs["horizon"]`` (months).
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a cause from the top, with two marks.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"cause": ["price", "all"], "estimate": 0.1, "low": 0.1, "high": 0.2, "one_minus_km": [0.2, 0.3], "n": 9}
    >>> [text.get_text() for text in beside(pd.DataFrame(rows)).texts if text.get_gid() == "name"]
    ['price', 'all causes together']
    """
    require_rows(found, BESIDE, ["cause", "estimate", "low", "high", "one_minus_km", "n"])
    check_language(lang)
    host = _rows(ax, lang, _named(found["cause"].tolist(), lang))
    rows, looks = list(range(len(found))), (ROLES["better"], ROLES["naive"])
    spread = [(found["estimate"] - found["low"]).tolist(), (found["high"] - found["estimate"]).tolist()]
    style: dict[str, Any] = {"linestyle": "none", "markersize": 6}
    host.errorbar(found["estimate"], rows, xerr=spread, fmt="none", ecolor=looks[0].colour, elinewidth=1.4, zorder=2)
    for look, column in zip(looks, ("estimate", "one_minus_km"), strict=True):
        name = word(f"{BESIDE}.{column}", lang)
        host.plot(found[column], rows, marker=look.marker, color=look.colour, label=name, zorder=3, **style)
    for place, (share, naive) in enumerate(zip(found["estimate"], found["one_minus_km"], strict=True)):
        text = f"{share:.1%} → {naive:.1%}"
        write(host, text, (max(share, naive, found["high"].iloc[place]), place), (8, 0), side="left", kind="number")
    host.set_xlim(0, 1.3 * float(max(found["high"].max(), found["one_minus_km"].max())))
    percent_axis(host.xaxis)
    host.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1, handletextpad=0.3)
    horizon = word(f"{BESIDE}.horizon", lang, months=found.attrs["horizon"]) if "horizon" in found.attrs else ""
    notes = (as_of(found, lang), horizon, word(f"{BESIDE}.definition", lang))
    headline(
        host, word(f"{BESIDE}.title", lang), counted(int(found["n"].iloc[0]), lang), *notes, lift=18, columns=NARROW
    )
    return host


def shares(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how often each reason, cause or theme occurs among departures, with its limits.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.causes.stated_reasons`, ``preventable``, ``asked_again`` or ``said_by_notice`` return
        it: a column of names first, ``departures``, ``estimate``, ``low``, ``high`` (0-1), ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A row a name from the top.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"reason": ["price"], "departures": 9, "estimate": 0.3, "low": 0.2, "high": 0.4, "n": 30}
    >>> [text.get_text() for text in shares(pd.DataFrame(rows)).texts if text.get_gid() == "number"]
    ['30.0%  (9)']
    """
    require_rows(found, SHARES, ["departures", "estimate", "low", "high", "n"])
    check_language(lang)
    host = _rows(ax, lang, [label(str(name), lang) for name in found.iloc[:, 0]])
    rows, look = range(len(found)), ROLES["better"]
    host.barh(rows, found["estimate"], height=0.56, color=look.colour, alpha=0.85)
    spread = [(found["estimate"] - found["low"]).tolist(), (found["high"] - found["estimate"]).tolist()]
    host.errorbar(found["estimate"], rows, xerr=spread, fmt="none", ecolor=INK, elinewidth=1.1, capsize=2.5)
    for place, (share, high, count) in enumerate(
        zip(found["estimate"], found["high"], found["departures"], strict=True)
    ):
        write(host, f"{share:.1%}  ({count:,})", (high, place), (7, 0), side="left", kind="number")
    host.set_xlim(0, 1.25 * float(found["high"].max()))
    percent_axis(host.xaxis)
    n = "–".join(f"{int(size):,}" for size in sorted({found["n"].min(), found["n"].max()}))
    notes = (word(f"{SHARES}.n", lang, n=n), word(f"{SHARES}.definition", lang))
    headline(host, word(f"{SHARES}.title.{found.columns[0]}", lang), *notes, columns=NARROW)
    return host


def damper(
    found: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    truth: pd.DataFrame | None = None,
    currency: str = "JPY",
) -> Axes:
    """Draw what keeping customers adds to a customer's value, as things are and if nobody ever closed down.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.value.damper` returns it: ``share``, ``case``, ``estimate``, ``low``, ``high``, ``n``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    truth : DataFrame, optional
        As :func:`cslab.measure.value.truth_damper` returns it; None (nobody knows it) is left out.
    currency : str
        Of the amounts, unless ``found.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        A line a case (``line.get_label()`` is its name).

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"share": [0.5, 0.5], "case": ["as_it_is", "no_involuntary"], "estimate": [9.0, 10.0], "n": 40}
    >>> [line.get_label() for line in damper(pd.DataFrame(rows).assign(low=8.0, high=11.0)).get_lines()]
    ['as it is', 'if nobody closed down']
    """
    require_rows(found, DAMPER, ["share", "case", "estimate", "low", "high", "n"])
    host, ends = sheet(ax, lang), []
    for place, (case, rows) in enumerate(found.groupby("case", sort=False)):
        look, name = group_look(place), word(f"{DAMPER}.{case}", lang)
        host.plot(rows["share"], rows["estimate"], marker=look.marker, markersize=5, color=look.colour, label=name)
        host.fill_between(rows["share"], rows["low"], rows["high"], color=look.colour, alpha=0.1, linewidth=0)
        ends.append(End(float(rows["estimate"].iloc[-1]), _ending(found, str(case), lang), look.ink))
    if truth is not None:
        _dotted(host, truth, "case", "share")
    host.set_ylim(0, 1.05 * float(found["high"].max()))
    percent_axis(host.xaxis)
    money_axis(host.yaxis, found.attrs.get("currency", currency), lang)
    host.set_xlabel(word(f"{DAMPER}.x", lang))
    label_ends(host, ends)
    notes = [word(f"{DAMPER}.definition", lang, months=found.attrs.get("horizon", 36)), word("figure.note.bands", lang)]
    notes.append(word(f"{DAMPER}.truth", lang) if truth is not None else "")
    headline(host, word(f"{DAMPER}.title", lang), counted(int(found["n"].iloc[0]), lang), as_of(found, lang), *notes)
    return host


def _dotted(host: Axes, truth: pd.DataFrame, by: str, x: str) -> None:
    """The true lines, one a group; in steps where they follow the months."""
    style: dict[str, Any] = {"drawstyle": "steps-post" if x == "time" else "default", "label": "_truth"}
    for _, rows in truth.groupby(by, sort=False):
        host.plot(rows[x], rows["estimate"], ROLES["truth"].dash, color=ROLES["truth"].colour, linewidth=1.3, **style)


def _ending(found: pd.DataFrame, case: str, lang: str) -> str:
    """The name of a case; of things as they are, with what is missing from the gain at the end."""
    last = found[found["share"] == found["share"].max()].set_index("case")["estimate"].to_dict()
    name = word(f"{DAMPER}.{case}", lang)
    whole = float(last.get("no_involuntary", 0))
    return f"{name} ({last[case] / whole - 1:+.1%})" if case == "as_it_is" and whole > 0 else name


def _named(causes: list[Any], lang: str) -> list[str]:
    """The names of causes; what all of them are together has its own."""
    return [word(f"{BESIDE}.all", lang) if cause == "all" else label(str(cause), lang) for cause in causes]


def _rows(ax: Axes | None, lang: str, names: list[str]) -> Axes:
    """A sheet with a row a name, from the top."""
    host = sheet(ax, lang, height=1.7 + 0.34 * len(names))
    host.set_ylim(len(names) - 0.5, -0.5)
    host.set_yticks([])
    host.grid(visible=True, axis="x", color=FAINT, linewidth=0.5)
    for place, name in enumerate(names):
        write(host, name, (0, place), (-8, 0), within="row", side="right", ink=INK, size=9, kind="name")
    host.axvline(0, color=QUIET, linewidth=0.8, label="_zero")
    return host
