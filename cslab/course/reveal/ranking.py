"""The engagement models of a class, from the best to the last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from statistics import median
from typing import TYPE_CHECKING

from cslab.course.reveal.held import NAME, TIERS
from cslab.course.reveal.markup import table
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.course.reveal.standing import Standing

COLUMNS = ("rank", "model", "mix", "best_mix", "used", "score")
"""What the ranking shows."""


def ranks(standings: Sequence[Standing]) -> dict[str, int]:
    """The place of each trainee's model in the class, by score; of those within their hours only.

    Parameters
    ----------
    standings : sequence of Standing

    >>> ranks([])
    {}
    """
    scores = {one.handed.trainee: one.found.judged.score for one in standings if one.found and one.found.ranked}
    return {name: 1 + sum(other > score for other in scores.values()) for name, score in scores.items()}


def kind_of(one: Standing, lang: str) -> str:
    """What the model is called; a dash where none can be read.

    Parameters
    ----------
    one : Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.standing import Standing
    >>> kind_of(Standing(Handed("Sato", None)), "en")
    '–'
    """
    kind = one.decision.kind if one.decision else ""
    return word(f"homework.model.{kind}", lang) if kind else "–"


def score_of(one: Standing, lang: str) -> str:
    """The score, and whether the hours do not suffice or the present model is better; a dash where there is none.

    Parameters
    ----------
    one : Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.standing import Standing
    >>> score_of(Standing(Handed("Sato", None)), "en")
    '–'
    """
    judged = one.found.judged if one.found else None
    if judged is None or math.isnan(judged.score):
        return "–"
    beside = "out" if one.found.over else "below" if judged.score < 0 else ""
    return f"{judged.score:.0%}" + (f" ({word(f'reveal.{NAME}.{beside}', lang)})" if beside else "")


def class_sentence(known: Sequence[Standing], lang: str) -> str:
    """How many beat the present model, and how much of what was possible was gained, as HTML.

    Parameters
    ----------
    known : sequence of Standing
        Those whose truth was looked up.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> class_sentence([], "en")[:3]
    '<p>'
    """
    scores = [one.found.judged.score for one in known if one.found.ranked]
    over = sum(one.found.over for one in known)
    if not scores:
        return f"<p>{escape(word(f'reveal.{NAME}.nobody', lang))}</p>"
    better = sum(score > 0 for score in scores)
    said = word(f"reveal.{NAME}.said", lang, better=better, count=len(scores), middle=median(scores), over=over)
    return f"<p>{escape(said)}</p>"


def ranking(known: Sequence[Standing], lang: str) -> str:
    """The class from the best model to the last as HTML, nobody named.

    Parameters
    ----------
    known : sequence of Standing
        Those whose truth was looked up.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> ranking([], "en").count("<tr>")
    1
    """
    judged = [one for one in known if one.found.judged is not None]
    places = ranks(judged)
    ordered = sorted(judged, key=lambda one: (places.get(one.handed.trainee, math.inf), -one.found.judged.score))
    heads = [word(f"reveal.{NAME}.column.{name}", lang) for name in COLUMNS]
    rows = [_ranked(one, str(places.get(one.handed.trainee, "–")), lang) for one in ordered]
    return f"<h2>{escape(word(f'reveal.{NAME}.ranking', lang))}</h2>{table(heads, rows)}"


def _ranked(one: Standing, place: str, lang: str) -> list[str]:
    """One model in the ranking: customers by tier in per cent, its and the best one's, and hours used."""
    plans = one.found.judged.table.set_index("plan")
    mixes = [_mix(plans.loc[plan]) for plan in ("submitted", "best")]
    used = f"{float(plans.at['submitted', 'hours']) / one.found.judged.hours:.0%}"
    return [place, kind_of(one, lang), *mixes, used, score_of(one, lang)]


def _mix(plan: pd.Series) -> str:
    """High, mid and tech in per cent of the customers."""
    total = sum(plan[tier] for tier in TIERS) or 1
    return "\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}".join(f"{100 * plan[tier] / total:.0f}" for tier in TIERS)
