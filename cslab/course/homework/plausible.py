"""What an engagement model must not say against itself, and what its author should know before handing it in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cslab.book import Note
from cslab.course.homework.beside import find_phase, open_phases, phase_rules
from cslab.course.homework.document import normal
from cslab.course.homework.model import BREAK_EVENS, find_model, tiers_ruled
from cslab.course.homework.paper import Paper
from cslab.faults import CslabError, Fault, nearest
from cslab.words import LANGUAGES, label

GRADES = "ABCS"
"""Paper, survey or disclosure, rule of thumb, the author's own assumption."""
SAME = 3
"""In so many sections a sentence says nothing about any of them."""
LETTERS = 10
"""Letters from which on words are a sentence."""
_UNITS = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "億": 1e8,
}
_AMOUNT = re.compile(
    r"(\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,9})?)\s{0,3}(thousand|million|百万|千万|[km千万億](?![a-z]))?", re.IGNORECASE
)
_BESIDE = re.compile(r"\d+(?:\.\d+)?\s{0,3}%|\bn\s{0,3}[=:]\s{0,3}[\d,]+|\[[a-z]\w{0,40}\]", re.IGNORECASE)


def focus_known(paper: Paper) -> Iterator[Fault]:
    """That the phase in focus is one in which somebody is a customer.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(focus_known(Paper({}, {}, Path("."))))
    []
    """
    rules = phase_rules(paper.folder)
    if (one := paper.given("model", "focus")) and not find_phase(rules, one.value):
        known = open_phases(rules)
        told = {"line": one.line, "value": one.value, "known": ", ".join(known)}
        yield Fault("homework_phase_unknown", told | {"near": nearest(one.value, known)})


def grade_known(paper: Paper) -> Iterator[Fault]:
    """That the evidence has a grade that there is.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(grade_known(Paper({}, {}, Path("."))))
    []
    """
    one = paper.given("economics", "grade")
    if one and not re.search(rf"(?<![A-Za-z])[{GRADES}](?![A-Za-z])", unicodedata.normalize("NFKC", one.value)):
        yield Fault("homework_grade", {"line": one.line, "value": one.value})


def assumptions_said(paper: Paper) -> Iterator[Fault]:
    """That the assumptions name at least one figure.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(assumptions_said(Paper({}, {}, Path("."))))
    []
    """
    one = paper.given("economics", "assumptions")
    if one and not re.search(r"\d", unicodedata.normalize("NFKC", re.sub(r"\[[A-Za-z]\w*\]", "", one.value))):
        yield Fault("homework_assumptions", {"line": one.line, "value": one.value})


def break_even_inside(paper: Paper) -> Iterator[Fault]:
    """That the limits of each break-even MRR are in order, and the amount lies between them.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(break_even_inside(Paper({}, {}, Path("."))))
    []
    """
    for field in BREAK_EVENS:
        one = paper.given("economics", field)
        if one is None or len(found := amounts(one.value)) != 3:
            continue
        middle, low, high = found
        if low > high:
            yield Fault("homework_limits_reversed", {"line": one.line, "value": one.value})
        elif not low <= middle <= high:
            yield Fault("homework_limits_beside", {"line": one.line, "value": one.value})


def amounts(text: str) -> list[float]:
    """The amounts in a text, in its order; shares, counts behind ``n =`` and links are none.

    Parameters
    ----------
    text : str
        An amount below 1,000 without a unit has that of the next one.

    >>> amounts("70万円(50〜110万円、95%区間)"), amounts("¥280k (180 to 650k, n = 120) [E3]")
    ([700000.0, 500000.0, 1100000.0], [280000.0, 180000.0, 650000.0])
    """
    found: list[float] = []
    unit = ""
    for digits, own in reversed(_AMOUNT.findall(_BESIDE.sub(" ", unicodedata.normalize("NFKC", text)))):
        number = float(digits.replace(",", ""))
        unit = own.lower() or (unit if number < 1_000 else "")
        found.append(number * _UNITS.get(unit, 1.0))
    return found[::-1]


def said_once(paper: Paper) -> Iterator[Fault]:
    """That no sentence stands in several sections.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(said_once(Paper({}, {}, Path("."))))
    []
    """
    places: dict[str, dict[str, int]] = {}
    for section, answer in paper.sections.items():
        for line, text in answer.lines:
            if len(re.sub(r"[\W_]+", "", said := _sentence(text))) >= LETTERS:
                places.setdefault(said, {}).setdefault(section, line)
    for said, where in places.items():
        if len(where) >= SAME:
            lines = ", ".join(map(str, where.values()))
            yield Fault("homework_said_again", {"line": min(where.values()), "text": said[:40], "lines": lines})


def usual_hours(paper: Paper) -> Iterator[Note]:
    """A note where the rule takes more than the hours there are, with the hours that each tier usually takes.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(usual_hours(Paper({}, {}, Path("."))))
    []
    """
    from cslab.measure.plans import TIER_HOURS

    there = paper.number("hours")
    if there is not None and (counts := _counts(paper)):
        usual = sum(count * TIER_HOURS.get(tier, 0.0) for tier, count in counts.items())
        if usual > there + 0.5:
            yield Note("homework_usual_hours", {"usual": usual, "hours": there})


def kind_fits(paper: Paper) -> Iterator[Note]:
    """A note where a model is named after a tier that holds fewer than half of the customers.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(kind_fits(Paper({}, {}, Path("."))))
    []
    """
    named = paper.given("model", "model")
    tier = (find_model(named.value) if named else "").removesuffix("_touch")
    if named and tier in ("high", "tech") and (counts := _counts(paper)):
        total = sum(counts.values())
        if 2 * counts.get(tier, 0) < total:
            told = {lang: label(f"touch_tier.{tier}", lang) for lang in LANGUAGES}
            yield Note("homework_kind", {"line": named.line, "value": named.value, "count": counts.get(tier, 0),
                                         "total": total} | told)  # fmt: skip


def _counts(paper: Paper) -> dict[str, int]:
    """Customers by tier; none where rule or data cannot be read, which the check tells by itself."""
    try:
        counts = tiers_ruled(paper).value_counts()
    except CslabError:
        return {}
    return {str(tier): int(count) for tier, count in counts.items()}


def _sentence(text: str) -> str:
    """What a line says, without its bullet and the name of its field."""
    before, colon, value = unicodedata.normalize("NFKC", text).strip().lstrip("-+*• ").partition(":")
    return normal(value if colon else before)
