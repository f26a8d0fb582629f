"""Pictures of what could be known at signing: what it would have earned to decline, and what tells who will leave."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.onboarding.ladder import Mark, Rung, ladder
from cslab.figures.scales import money_axis
from cslab.figures.sheet import as_of, check_language, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import money, word

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pandas as pd
    from matplotlib.axes import Axes

LIMITS = ("estimate", "low", "high")
KNOWN = {"signing": "naive", "persona": "naive", "behaviour": "better", "both": "better"}
"""Which side of a contest each score is on; what is hidden is the truth."""

FURTHEST = 1.5
"""The last cut-off drawn: the rule of three would take the rest of the picture."""


def by_predicted(
    found: pd.DataFrame, truth: pd.DataFrame | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw what customers earned, from those of whom least was expected at signing to those of whom most was.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.value.by_predicted` returns it.
    truth : DataFrame, optional
        As :func:`cslab.measure.value.true_by_predicted` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a group, the least expected first.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"group": 1, "ratio": 0.8, "estimate": -2e5, "low": -4e5, "high": 0.0, "n": 40}
    >>> ax = by_predicted(pd.DataFrame([row]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['-¥200k']
    """
    picture = "figure.signing.by_predicted"
    check_language(lang)
    require_rows(found, picture, ["group", "ratio", *LIMITS, "n"])
    currency, rungs = found.attrs.get("currency", "JPY"), []
    for row in found.to_dict("records"):
        marks = [_mark("better", row)]
        if truth is not None:
            marks += [_mark("truth", one) for one in truth[truth["group"] == row["group"]].to_dict("records")]
        rungs.append(Rung(word(f"{picture}.group", lang, ratio=row["ratio"], n=int(row["n"])), marks))
    roles = ("better",) if truth is None else ("better", "truth")
    host = ladder(rungs, ax, lang, _money(currency, lang), {role: word(f"{picture}.{role}", lang) for role in roles})
    money_axis(host.child_axes[0].xaxis, currency, lang)
    headline(host, word(f"{picture}.title", lang), *_notes(found, picture, lang), lift=10)
    return host


def cutoffs(found: pd.DataFrame, truth: pd.DataFrame | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what declining customers would have earned, by the cut-off below which they are declined.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.value.cutoffs` returns it.
    truth : DataFrame, optional
        As :func:`cslab.measure.value.true_cutoffs` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A line with its band, and a dotted one of the truth; an upright line where declining pays in theory.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"cutoff": [0.0, 0.8], "declined": [0.0, 0.1], "estimate": [0.0, 9e4], "low": 0.0, "high": 9e5, "n": 40}
    >>> [line.get_label() for line in cutoffs(pd.DataFrame(rows)).get_lines() if line.get_gid() == "role"]
    ['on the records']
    """
    picture = "figure.signing.cutoffs"
    require_rows(found, picture, ["cutoff", "declined", *LIMITS, "n"])
    host = sheet(ax, lang)
    host.axhline(0, color=QUIET, linewidth=0.9, zorder=0.5, label="_nothing")
    for role, rows in (("better", found), ("truth", truth)):
        if rows is not None:
            _line(host, rows[rows["cutoff"] <= FURTHEST], role, word(f"{picture}.{role}", lang))
    if (spent := found.attrs.get("spent")) is not None:
        host.axvline(1 - spent, color=QUIET, linewidth=1, linestyle=(0, (2, 2)), label="_theory")
        text = word(f"{picture}.theory", lang, spent=spent, cutoff=1 - spent)
        write(host, text, (1 - spent, 0.02), (-5, 1), within="column", side="right", kind="theory")
    money_axis(host.yaxis, found.attrs.get("currency", "JPY"), lang)
    host.set_xlabel(word(f"{picture}.x", lang))
    host.legend(loc="lower left", borderaxespad=0.2)
    headline(host, word(f"{picture}.title", lang), *_notes(found, picture, lang))
    return host


def contest(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how well each score tells who refuses a renewal, and what is hidden where anybody knows it.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.value.persona_vs_behaviour` or :func:`cslab.measure.value.whose_churn` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a score, under a heading each where renewals are told apart.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"known": "persona", "estimate": 0.57, "low": 0.5, "high": 0.64, "n": 700, "left": 90}
    >>> ax = contest(pd.DataFrame([row]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "name"]
    ['700 renewals, 90 refused', 'persona']
    """
    picture = "figure.signing.contest"
    check_language(lang)
    require_rows(found, picture, ["known", *LIMITS, "n", "left"])
    rungs = []
    for renewal, rows in found.assign(part=found.get("renewal", "all")).groupby("part", sort=False):
        counts = {"n": int(rows["n"].iloc[0]), "left": int(rows["left"].iloc[0])}
        rungs.append(Rung(word(f"{picture}.{renewal}", lang, **counts)))
        for row in rows.to_dict("records"):
            rungs.append(Rung(word(f"{picture}.{row['known']}", lang), [_mark(KNOWN.get(row["known"], "truth"), row)]))
    heads = dict.fromkeys(("naive", "better", "truth"), "")
    host = ladder(rungs, ax, lang, "{:.2f}".format, heads, zero=False)
    panel: Any = host.child_axes[0]
    panel.axvline(0.5, color=QUIET, linewidth=0.8, zorder=0.5)
    named = "renewals" if "renewal" in found else "persona"
    n = word(f"{picture}.n", lang, n=int(found.drop_duplicates("renewal" if named == "renewals" else "n")["n"].sum()))
    pieces = n, as_of(found, lang), word(f"{picture}.definition_{named}", lang), word(f"{picture}.coin", lang)
    headline(host, word(f"{picture}.title_{named}", lang), *pieces, word("figure.note.whiskers", lang))
    return host


def _mark(role: str, row: dict[Hashable, Any]) -> Mark:
    """The mark of a row of a table; a truth has no limits."""
    return Mark(role, *((row["estimate"],) if role == "truth" and row["low"] == row["high"] else _limits(row)))


def _limits(row: dict[Hashable, Any]) -> tuple[float, float, float]:
    """The number of a row and its limits."""
    return row["estimate"], row["low"], row["high"]


def _money(currency: str, lang: str) -> Callable[[float], str]:
    """How an amount is written."""
    return lambda amount: money(amount, currency, lang)


def _line(host: Axes, rows: pd.DataFrame, role: str, name: str) -> None:
    """A line with its band where it has one."""
    look = ROLES[role]
    if not math.isclose(float((rows["high"] - rows["low"]).max()), 0.0, abs_tol=1e-9):
        host.fill_between(rows["cutoff"], rows["low"], rows["high"], color=look.colour, alpha=0.12, linewidth=0)
    style: dict[str, Any] = {"marker": look.marker, "markersize": 5, "linestyle": look.dash, "gid": "role"}
    host.plot(rows["cutoff"], rows["estimate"], color=look.colour, label=name, **style)


def _notes(found: pd.DataFrame, picture: str, lang: str) -> list[str]:
    """How many customers, as of when, on which terms."""
    n = int(found["n"].sum() if "group" in found else found["n"].max())
    names = ("horizon", "gross_margin", "discount")
    known = {name: found.attrs[name] for name in names if name in found.attrs}
    terms = word("figure.signing.terms", lang, **known) if len(known) == len(names) else ""
    return [
        word("figure.signing.n", lang, n=n),
        as_of(found, lang),
        terms,
        word(f"{picture}.definition", lang),
        word("figure.note.whiskers" if "group" in found else "figure.note.bands", lang),
    ]
