"""What makes customers leave: coefficients beside the truth, and the cliff beside a smooth curve."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from cslab.figures.onboarding.ladder import Mark, Rung, ladder
from cslab.figures.scales import percent_axis, tenure_axis
from cslab.figures.sheet import as_of, check_language, counted, headline, require_rows, sheet
from cslab.figures.style import INK, ROLES
from cslab.figures.writing import write
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.measure.estimate import Estimate

COEFFICIENTS, CLIFF, COVARIATE = "figure.hazard.coefficients", "figure.hazard.cliff", "figure.hazard.covariate"
COLUMNS = ("name", "level", "reference", "estimate", "low", "high", "spread", "n", "events")

Row = Mapping[Any, Any]
Per = Literal["unit", "spread"]


def coefficients(
    found: pd.DataFrame,
    contrast: pd.DataFrame | None = None,
    truth: Mapping[str, Estimate] | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    per: Per = "unit",
) -> Axes:
    """Draw what each covariate does to the odds of leaving, with the truth where it is known.

    Parameters
    ----------
    found : DataFrame
        As ``table`` of :func:`cslab.measure.hazard.fit` is: ``name``, ``level``, ``reference``, ``estimate``, ``low``,
        ``high``, ``spread``, ``n``, ``events``.
    contrast : DataFrame, optional
        The same of a model that is not to be believed, such as one with a smooth baseline.
    truth : mapping of str to Estimate, optional
        By covariate, or ``covariate=level``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    per : str
        ``"unit"``: for one unit of a number, twice as much of one taken as its logarithm; ``"spread"``: for one
        standard deviation, so that numbers in different units can be compared.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a coefficient, drawn as its logarithm and written as a ratio of odds (of
        hazards, where the link says so).

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> row = {"name": "wau_ratio", "level": "", "reference": "", "estimate": -1.0, "low": -1.2, "high": -0.8,
    ...        "spread": 0.1, "n": 90, "events": 30}
    >>> ax = coefficients(pd.DataFrame([row]))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['×0.37']
    """
    check_language(lang)
    require_rows(found, COEFFICIENTS, COLUMNS)
    if contrast is not None:
        require_rows(contrast, COEFFICIENTS, COLUMNS)
    others = {} if contrast is None else {_key(row): row for row in contrast.to_dict("records")}
    truths = dict(truth or {})
    rungs = []
    for row in found.to_dict("records"):
        times = _times(row, per)
        marks = [_mark("naive", others[_key(row)], times)] if _key(row) in others else []
        marks.append(_mark("better", row, times))
        if known := truths.get(_key(row)):
            marks.append(Mark("truth", *(times * end for end in (known.estimate, known.low, known.high))))
        rungs.append(Rung(_name(row, per, lang), marks))
    drawn = {mark.role for rung in rungs for mark in rung.marks}
    roles: list[str] = [role for role in ("naive", "better", "truth") if role in drawn]
    heads = {role: word(f"{COEFFICIENTS}.{role}", lang) if len(roles) > 1 else "" for role in roles}
    host = ladder(rungs, ax, lang, _ratio, heads)
    _ratio_axis(host.child_axes[0])
    notes = [counted(found["n"].max(), lang), word(f"{COEFFICIENTS}.events", lang, count=int(found["events"].max()))]
    notes += [as_of(found, lang), word(f"{COEFFICIENTS}.definition", lang), word("figure.note.whiskers", lang)]
    headline(host, word(f"{COEFFICIENTS}.title", lang), *notes, lift=10 if len(roles) > 1 else 0)
    return host


def cliff(
    found: pd.DataFrame,
    contrast: pd.DataFrame,
    term: int,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    n: int,
) -> Axes:
    """Draw the monthly chance of leaving by a baseline that knows renewals, and by a smooth one.

    Parameters
    ----------
    found, contrast : DataFrame
        As ``path`` of :func:`cslab.measure.hazard.fit` returns it: ``tenure`` (months), ``estimate``, ``low``, ``high``
        (0-1); with renewals, and smooth.
    term : int
        Months of the contract's terms.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    n : int
        Customers that the models rest on.

    Returns
    -------
    Axes
        A bar a month, and a dashed line for the smooth curve.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> path = pd.DataFrame({"tenure": [1, 2], "estimate": [0.01, 0.2], "low": [0.0, 0.1], "high": [0.02, 0.3]})
    >>> ax = cliff(path, path.assign(estimate=0.1), 2, n=90)
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "rate"]
    ['20.0%']
    """
    for frame in (found, contrast):
        require_rows(frame, CLIFF, ["tenure", "estimate", "low", "high"])
    host, better, naive = sheet(ax, lang), ROLES["better"], ROLES["naive"]
    host.bar(found["tenure"], found["estimate"], width=0.78, color=better.colour)
    due = found[found["tenure"] % term == 0]
    host.vlines(due["tenure"], due["low"], due["high"], color=INK, linewidth=0.8)
    for month, chance in zip(due["tenure"], due["estimate"], strict=True):
        write(host, f"{chance:.1%}", (month, chance), (4, 1), side="left", ink=better.ink, kind="rate")
    host.plot(contrast["tenure"], contrast["estimate"], naive.dash, color=naive.colour)
    between = contrast[contrast["tenure"] % term == term // 2].iloc[-1]
    smooth = word(f"{CLIFF}.naive", lang)
    write(host, smooth, (between["tenure"], between["estimate"]), (0, 7), ink=naive.ink, size=9, kind="end")
    host.set_ylim(0, 1.05 * float(max(due["high"].max(), found["estimate"].max(), contrast["estimate"].max())))
    percent_axis(host.yaxis)
    tenure_axis(host, float(found["tenure"].max()))
    host.set_xlabel(word("figure.tenure.month", lang))
    definition = word(f"{CLIFF}.definition", lang, term=term)
    headline(host, word(f"{CLIFF}.title", lang), counted(n, lang), definition, word("figure.note.whiskers", lang))
    return host


def _key(row: Row) -> str:
    """What a coefficient is called among the truths."""
    return f"{row['name']}={row['level']}" if row["level"] else str(row["name"])


def _times(row: Row, per: Per) -> float:
    """What a coefficient is multiplied by: units of the number, doublings of its logarithm, 1 for a level."""
    if row["level"]:
        return 1.0
    if per == "spread":
        return float(row["spread"])
    return math.log(2) if str(row["name"]).startswith("log(") else 1.0


def _mark(role: str, row: Row, times: float) -> Mark:
    """A coefficient with its limits."""
    return Mark(role, *(times * row[end] for end in ("estimate", "low", "high")))


def _name(row: Row, per: Per, lang: str) -> str:
    """Who is compared with whom, or how much more of what."""
    name = str(row["name"])
    bare = name.removeprefix("log(").removesuffix(")")
    key = f"{COVARIATE}.{bare}"
    plain = word(key, lang) if has_word(key) else label(bare, lang)
    if row["level"]:
        values = {"name": plain, "level": label(row["level"], lang), "reference": label(row["reference"], lang)}
        return word(f"{COEFFICIENTS}.{'level' if row['reference'] else 'not_known'}", lang, **values)
    if per == "spread":
        return word(f"{COEFFICIENTS}.spread", lang, name=plain)
    return word(f"{COEFFICIENTS}.{'double' if name.startswith('log(') else 'unit'}", lang, name=plain)


def _ratio(logarithm: float) -> str:
    """A ratio, of its logarithm."""
    ratio = math.exp(logarithm)
    return f"×{ratio:.2f}" if 0.095 <= ratio < 9.95 else f"×{ratio:.2g}"


def _ratio_axis(panel: Any) -> None:
    """Ticks at halves and doubles of the odds."""
    from matplotlib.ticker import FuncFormatter, MultipleLocator

    low, high = panel.get_xlim()
    step = math.log(2) * max(1, math.ceil((high - low) / math.log(2) / 6))
    panel.xaxis.set_major_locator(MultipleLocator(step))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda place, _: f"×{math.exp(place):.2g}"))
