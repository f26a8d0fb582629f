"""Numbers side by side: completion by denominator, the gap, forgiveness, and what a search found on either half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.onboarding.ladder import Mark, Rung, ladder, points, share
from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, check_language, counted, headline, require_rows
from cslab.figures.style import ROLES
from cslab.figures.writing import write
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import Any

    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.estimate import Estimate

LIMITS = ("estimate", "low", "high")
EVENT = "figure.onboarding.event"


def denominators(found: pd.DataFrame, truth: Estimate | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw onboarding completion by each definition and denominator.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.onboarding.completions` returns it.
    truth : Estimate, optional
        As :func:`cslab.measure.onboarding.completion_truth` returns it: a dotted line.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a heading a definition, below it a row a denominator.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import onboarding
    >>> ax = denominators(onboarding.completions(cslab.load("synthetic:tiny")))
    >>> len([text for text in ax.texts if text.get_gid() == "number"])
    12
    """
    picture = "figure.onboarding.denominators"
    check_language(lang)
    require_rows(found, picture, ["definition", "denominator", *LIMITS, "n", "fault"])
    rungs = []
    for definition, rows in found.groupby("definition", sort=False):
        rungs.append(Rung(word(f"{picture}.{definition}", lang)))
        for row in rows.to_dict("records"):
            name = word(f"{picture}.{row['denominator']}", lang)
            rungs.append(Rung(name, [_mark("naive" if row["fault"] else "better", row)]))
    host = ladder(rungs, ax, lang, lambda value: share(value, lang), {"better": "", "naive": ""}, zero=False)
    panel: Any = host.child_axes[0]
    percent_axis(panel.xaxis)
    if truth is not None and "outcome" in found["definition"].to_numpy():
        first = [rung.name for rung in rungs].index(word(f"{picture}.outcome", lang))
        last = first + int((found["definition"] == "outcome").sum())
        panel.vlines(truth.estimate, first, last, color=ROLES["truth"].colour, linestyle=":", linewidth=1.6, zorder=1)
        text = word(f"{picture}.truth", lang, share=truth.estimate)
        write(panel, text, (truth.estimate, first), (0, 1), ink=ROLES["truth"].ink, size=9, kind="truth")
    definition = word(f"{picture}.definition", lang, days=found.attrs.get("within_days", 90))
    notes = counted(found["n"].max(), lang), as_of(found, lang), definition, word("figure.note.whiskers", lang)
    headline(host, word(f"{picture}.title", lang), *notes)
    return host


def gap(
    found: pd.DataFrame,
    truth: Mapping[str, Estimate | None] | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw the gap between those onboarded in time and the others, for a customer and for the whole company.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.onboarding.gap` returns it.
    truth : mapping of str to Estimate, optional
        As :func:`cslab.measure.onboarding.gap_truth` returns it, by scope (``customer``, ``company``).
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a scope.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import onboarding
    >>> ax = gap(onboarding.gap(cslab.load("synthetic:tiny")))
    >>> len([text for text in ax.texts if text.get_gid() == "number"])
    4
    """
    picture, role = "figure.onboarding.gap", {"naive": "naive", "adjusted": "better"}
    check_language(lang)
    require_rows(found, picture, ["scope", "way", *LIMITS, "n"])
    rungs, truths = [], dict(truth or {})
    for scope, rows in found.groupby("scope", sort=False):
        marks = [_mark(role[row["way"]], row) for row in rows.to_dict("records")]
        if known := truths.get(str(scope)):
            marks.append(Mark("truth", known.estimate, known.low, known.high))
        rungs.append(Rung(word(f"{picture}.{scope}", lang), marks))
    roles = ("naive", "better", "truth") if any(truths.values()) else ("naive", "better")
    host = _in_points(rungs, ax, lang, picture, roles)
    names = ("month", "horizon", "share")
    definition = word(f"{picture}.definition", lang, **{name: found.attrs[name] for name in names})
    notes = counted(found["n"].max(), lang), as_of(found, lang), definition
    headline(host, word(f"{picture}.title", lang), *notes, lift=10)
    return host


def forgiveness(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how far usage falls after an incident, by first impression.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.onboarding.forgiveness` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row an impression, and their difference.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"impression": "good", "estimate": -0.02, "low": -0.04, "high": 0.0, "n": 90, "incidents": 80}
    >>> ax = forgiveness(pd.DataFrame([{**row, "truth": -0.03}]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['-2.0 pt', '-3.0 pt']
    """
    picture = "figure.onboarding.forgiveness"
    check_language(lang)
    require_rows(found, picture, ["impression", *LIMITS, "n", "incidents", "truth"])
    known = found["truth"].notna().any()
    rungs = []
    for row in found.to_dict("records"):
        marks = [_mark("better", row), *([Mark("truth", row["truth"])] if known else [])]
        rungs.append(Rung(word(f"{picture}.{row['impression']}", lang), marks))
    host = _in_points(rungs, ax, lang, picture, ("better", "truth") if known else ("better",))
    counts = word(f"{picture}.n", lang, n=int(found["n"].max()), incidents=int(found["incidents"].max()))
    definition = word(f"{picture}.definition", lang, months=found.attrs.get("months", 2))
    headline(host, word(f"{picture}.title", lang), counts, as_of(found, lang), definition)
    return host


def wow_search(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, top: int = 8) -> Axes:
    """Draw the best early events on the half that was searched, and what they are on the half that was not.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.onboarding.wow_search` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    top : int
        How many.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row an event, the best first.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import onboarding
    >>> ax = wow_search(onboarding.wow_search(cslab.load("synthetic:tiny?accounts=300"), shuffles=5), top=3)
    >>> len([text for text in ax.texts if text.get_gid() == "name"])
    3
    """
    picture, halves = "figure.onboarding.wow_search", {"train": "naive", "held_out": "better"}
    columns = [f"{half}{end}" for half in halves for end in ("", "_low", "_high")]
    check_language(lang)
    require_rows(found, picture, ["event", *columns, "n"])
    rungs = []
    for row in found.head(top).to_dict("records"):
        marks = [Mark(role, row[half], row[f"{half}_low"], row[f"{half}_high"]) for half, role in halves.items()]
        rungs.append(Rung(event_name(row["event"], lang), marks))
    host = _in_points(rungs, ax, lang, picture, ("naive", "better"))
    tried = {name: found.attrs[name] for name in ("candidates", "significant", "replicated")}
    luck = word(f"{picture}.luck", lang, expected=found.attrs["expected_by_luck"], **tried)
    n = word(f"{picture}.n", lang, n=int(found["n"].max()), held=found.attrs["held_out"])
    headline(host, word(f"{picture}.title", lang), n, word(f"{picture}.definition", lang), luck)
    return host


def event_name(event: str, lang: str = "en") -> str:
    """What an early event is called.

    Parameters
    ----------
    event : str
        As :func:`cslab.measure.onboarding.early_events` names it.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> event_name("touches.call>=3", "en"), event_name("tickets.refund>=2", "en")
    ('3+ calls', 'tickets: refund, 2+ times')
    """
    name, _, least = event.partition(">=")
    table, _, kind = name.partition(".")
    if has_word(f"{EVENT}.{name}"):
        return word(f"{EVENT}.{name}", lang, least=least)
    return word(f"{EVENT}.other", lang, table=label(table, lang), kind=label(kind, lang), least=least)


def _in_points(rungs: list[Rung], ax: Axes | None, lang: str, picture: str, roles: tuple[str, ...]) -> Axes:
    """Rows of differences of shares, a column of numbers a role."""
    heads = {role: word(f"{picture}.{role}", lang) for role in roles}
    host = ladder(rungs, ax, lang, lambda value: points(value, lang), heads)
    percent_axis(host.child_axes[0].xaxis)
    return host


def _mark(role: str, row: dict[Hashable, Any]) -> Mark:
    """The mark of a row of a table."""
    return Mark(role, *(row[name] for name in LIMITS))
