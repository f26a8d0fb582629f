"""Homework 2 held against the truth: what an engagement model is worth beside the present one and the best one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from math import isnan
from typing import TYPE_CHECKING

from cslab.course.homework.beside import TIER_RULE, tier_rule
from cslab.course.homework.model import BREAK_EVENS, find_model
from cslab.course.homework.paper import Paper
from cslab.course.reveal.held import NAME, TIERS, Found, Model
from cslab.course.reveal.judge import Cells, Judge
from cslab.course.reveal.markup import paragraph, picture, talk
from cslab.course.reveal.plans import break_even_table, plan_table, score_sentence
from cslab.course.reveal.ranking import class_sentence, kind_of, ranking, ranks, score_of
from cslab.faults import CslabError, DataError
from cslab.words import word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.course.assign.key import Held
    from cslab.course.reveal.standing import Standing
    from cslab.measure.engagement import Judged
    from cslab.measure.estimate import Estimate
    from cslab.measure.touch import TierRule

PAIRS = {"break_even_mid": ("mid", "tech"), "break_even_high": ("high", "mid")}
COLUMNS = (
    *("model", "mid_line", "high_line", "onboarding", *TIERS, "hours", "hours_there", "over_hours"),
    *("net_amount", "present_amount", "best_amount", "regret_amount", "score"),
)
COMPANY_COLUMNS = ("plan", *TIERS, "hours", "retained", "value_amount", "cost_amount", "net_amount", "gain_amount")
QUESTIONS = ("hours", "break_even", "exceptions", "test")
"""What to talk about."""


def decided(paper: Paper) -> Model:
    """What a trainee decided, as far as it can be read.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> decided(Paper({}, {}, Path("no such folder"))).rule is None
    True
    """
    named = paper.given("model", "model")
    said = {name: one.value for name in BREAK_EVENS if (one := paper.given("economics", name))}
    return Model(find_model(named.value) if named else "", _rule(paper), said)


def found(held: Held, model: Model | None) -> Found:
    """What was true of the trainee's company.

    Parameters
    ----------
    held : Held
    model : Model or None

    >>> from cslab.course.assign.key import Held
    >>> found(Held("Sato", "en", "synthetic:tiny?seed=7", "2025-03-31", 90), None).currency
    'JPY'
    """
    from cslab.measure import engagement
    from cslab.sources import load

    book = load(held.company)
    if model is None or model.rule is None or not model.decided:
        return Found(None, {}, {}, book.currency)
    try:
        tiers = replace(model.rule, onboarding="").tiers(book)
    except CslabError:  # a rule that this company cannot follow; the check of the text says why
        return Found(None, {}, {}, book.currency)
    judged = engagement.judged(book, tiers, model.rule.onboarding, held.hours)
    assert judged is not None  # the key names simulated companies
    return Found(judged, _later(book, judged), _break_even(book, judged), book.currency)


def _rule(paper: Paper) -> TierRule | None:
    """The rule that was handed in; none where it is missing or cannot be read."""
    if not (paper.folder / TIER_RULE).is_file():
        return None
    try:
        return tier_rule(paper.folder)
    except DataError:
        return None


def _later(book: Book, judged: Judged) -> dict[str, float]:
    """What comes of the plans with the company's own luck."""
    from cslab.measure.net_value import net_value

    assert book.truth is not None
    plans = judged.tiers.set_index("account_id")
    margin, horizon = judged.table.attrs["margin"], judged.table.attrs["horizon"]
    rows = book.truth.later({str(plan): plans[plan] for plan in plans}, book.as_of, horizon)
    sums = rows.groupby("plan")[["value_amount", "cost_amount"]].sum()
    net = net_value(sums["value_amount"], sums["cost_amount"], margin)
    return {str(plan): float(one) for plan, one in zip(sums.index, net, strict=True)}


def _break_even(book: Book, judged: Judged) -> dict[str, Estimate]:
    """The true break-even MRR of mid touch against tech, and of high against mid."""
    from cslab.measure import touch

    horizon = judged.table.attrs["horizon"]
    true = {name: touch.break_even_truth(book, *pair, horizon=horizon) for name, pair in PAIRS.items()}
    return {name: one for name, one in true.items() if one is not None}


def _line(one: Standing) -> Cells:
    """What the sheet says of one trainee."""
    model, judged = one.decision or Model(), one.found.judged if one.found else None
    rule = model.rule
    cells: Cells = [model.kind, *([f"{rule.mid:g}", f"{rule.high:g}", rule.onboarding] if rule else [""] * 3)]
    if judged is None:
        return [*cells, *[""] * (len(COLUMNS) - len(cells))]
    own = judged.table.set_index("plan").loc["submitted"]
    amounts = (judged.net("submitted"), judged.net("present"), judged.net("best"), judged.regret)
    hours = [round(float(own["hours"])), round(judged.hours), round(judged.over)]
    score = "" if isnan(judged.score) else round(judged.score, 4)
    return [*cells, *(int(own[tier]) for tier in TIERS), *hours, *map(round, amounts), score]


def _company_lines(one: Standing) -> Iterator[Cells]:
    """The plans of one trainee's company: whole units, the share with four places."""
    if one.found.judged is not None:
        for row in one.found.judged.table.to_dict("records"):
            numbers = (round(row[name], 4 if name == "retained" else None) for name in COMPANY_COLUMNS[1:])
            yield [str(row["plan"]), *numbers]


def _listed(standings: Sequence[Standing], lang: str) -> list[list[str]]:
    """Place, model and score."""
    places = ranks(standings)
    return [
        [str(places.get(one.handed.trainee, "–")), kind_of(one, lang), score_of(one, lang)] for one in standings
    ]  # fmt: skip


def _told(one: Standing, lang: str) -> Iterator[str]:
    """What was true of the trainee's company."""
    from cslab.figures import engagement
    from cslab.measure.engagement import PLANS

    if one.found.judged is None:  # whoever has not decided yet must not be told
        yield paragraph(word(f"reveal.{NAME}.undecided", lang))
        return
    shown = one.found.judged.table
    shown = shown[shown["plan"] != PLANS[0]]  # beside tech touch for all, nothing else could be seen
    yield paragraph(score_sentence(one, lang)) + paragraph(word(f"reveal.{NAME}.reading", lang))
    yield picture(engagement.plans(shown, lang=lang, currency=one.found.currency)) + plan_table(one, lang)
    yield paragraph(word(f"reveal.{NAME}.why", lang)) + break_even_table(one, lang)


def _summary(known: Sequence[Standing], lang: str) -> str:
    """How the class did, the ranking without names, what to talk about."""
    return class_sentence(known, lang) + ranking(known, lang) + talk(NAME, QUESTIONS, lang)


def _company(one: Standing, lang: str) -> str:
    """One trainee's company behind its fold."""
    sentence = score_sentence(one, lang)
    return (f"<p>{escape(sentence)}</p>" if sentence else "") + plan_table(one, lang)


MODELS = Judge(
    NAME,
    decided=decided,
    found=found,
    columns=COLUMNS,
    line=_line,
    company_columns=COMPANY_COLUMNS,
    company_lines=_company_lines,
    heads=("rank", "model", "score"),
    listed=_listed,
    told=_told,
    summary=_summary,
    company=_company,
)
"""How homework 2 is held against the truth."""
