"""A company's plans side by side: what the submitted engagement model gains, in a sentence and as tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cslab.course.homework.model import BREAK_EVENS
from cslab.course.reveal.held import NAME, TIERS
from cslab.course.reveal.markup import table
from cslab.words import money, word

if TYPE_CHECKING:
    from cslab.course.reveal.standing import Standing
    from cslab.measure.estimate import Estimate


def score_sentence(one: Standing, lang: str) -> str:
    """What the model gains, in a sentence or two; empty where there is nothing to be held against the truth.

    Parameters
    ----------
    one : Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.standing import Standing
    >>> score_sentence(Standing(Handed("Sato", None)), "en")
    ''
    """
    judged = one.found.judged if one.found else None
    if judged is None:
        return ""
    gain = judged.net("submitted") - judged.net("present")
    amounts = {"gain": abs(gain), "possible": judged.net("best") - judged.net("present")}
    said = {name: money(amount, one.found.currency, lang) for name, amount in amounts.items()}
    key = "nothing" if math.isnan(judged.score) else "better" if gain >= 0 else "worse"
    sentence = word(f"reveal.{NAME}.{key}", lang, **said, score=judged.score)
    if one.found.over:
        sentence += word(f"reveal.{NAME}.over", lang, over=judged.over, hours=judged.hours)
    return sentence


def plan_table(one: Standing, lang: str) -> str:
    """The plans side by side.

    Parameters
    ----------
    one : Standing
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML; empty where there is nothing to be held against the truth.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.standing import Standing
    >>> plan_table(Standing(Handed("Sato", None)), "en")
    ''
    """
    if one.found is None or one.found.judged is None:
        return ""
    shown, currency = one.found.judged.table, one.found.currency
    heads = ("plan", *TIERS, "hours", "retained", "gain", "later")
    horizon = shown.attrs.get("horizon", 36)
    titles = [word(f"reveal.{NAME}.column.{name}", lang, horizon=horizon) for name in heads]
    own = {plan: amount - one.found.later["present"] for plan, amount in one.found.later.items()}
    return table(titles, [_row(row, own.get(row["plan"]), currency, lang) for row in shown.to_dict("records")])


def _row(row: Mapping[Any, Any], later: float | None, currency: str, lang: str) -> list[str]:
    """One plan; its net value as what it is above the present one's."""
    counts = [f"{row[tier]:,}" for tier in TIERS]
    amounts = [_more(row["gain_amount"], currency, lang), "–" if later is None else _more(later, currency, lang)]
    name = word(f"engagement.plan.{row['plan']}", lang)
    return [name, *counts, f"{row['hours']:,.0f}", f"{row['retained']:.0%}", *amounts]


def break_even_table(one: Standing, lang: str) -> str:
    """The break-even MRR that the text says beside the true one.

    Parameters
    ----------
    one : Standing
        With its truth.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML; a dash where nobody said an amount, or nobody knows it.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.held import Found, Model
    >>> from cslab.course.reveal.standing import Standing
    >>> shown = break_even_table(Standing(Handed("Sato", None), (), Model(), Found(None, {}, {}, "JPY")), "en")
    >>> shown.count("<tr>")
    3
    """
    heads = [word(f"reveal.{NAME}.column.{name}", lang) for name in ("break_even", "said", "true")]
    return table(heads, [
        [word(f"homework.field.{name}", lang), one.decision.break_even.get(name, "–"),
         _amount(one.found.break_even.get(name), one.found.currency, lang)]
        for name in BREAK_EVENS
    ])  # fmt: skip


def _amount(estimate: Estimate | None, currency: str, lang: str) -> str:
    """A true amount; a dash where nobody knows it, or nothing would ever pay."""
    known = estimate is not None and math.isfinite(estimate.estimate)
    return money(estimate.estimate, currency, lang) if estimate is not None and known else "–"


def _more(amount: float, currency: str, lang: str) -> str:
    """A difference with its sign."""
    said = money(amount, currency, lang)
    return "±0" if round(amount) == 0 else f"+{said}" if amount > 0 else said
