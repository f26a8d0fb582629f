"""What is proven of every exercise: the companies it is tried on, and what a hint would give away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from cslab.course.questions import answers
from cslab.course.questions.judge import Judgement, judge
from cslab.course.questions.kinds import Rank, Set, Text
from cslab.course.questions.kinds.choice import known
from cslab.course.questions.question import Material, Question
from cslab.course.sheets.guards import _squeezed

COMPANIES = {
    f"{preset}-{seed}": (f"synthetic:{preset}?seed={seed}&accounts=700", variant)
    for preset in ("default_jp", "default_us")
    for seed, variant in ((3, 0), (4, 1))
}
"""Two presets, each under two seeds; the second seed goes with the second version of the fixed data."""
EVERYDAY = {"10", "12", "24", "36", "100"}
SCALES = (1.0, 100.0, 1000.0, 1e-3, 1e-4, 1e-6, 1e-8)
"""A share is also written in percent and permille, money in 千, 万, million and 億."""


def numbers_in(value: Any) -> Iterator[float]:
    """Every number that an answer in plain types holds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)
    elif isinstance(value, answers.Column):
        yield from numbers_in(list(value.values))
    elif isinstance(value, answers.Frame):
        yield from numbers_in([item for row in value.rows for item in row])
    elif isinstance(value, dict):
        yield from numbers_in(list(value.values()))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for item in value:
            yield from numbers_in(item)


def writings(value: float) -> set[str]:
    """A number as people write it, to fewer and more digits; nothing of one digit, which stands for too much.

    Nor what stands in any text, months in a year or per cent, where the number only rounds to it.
    """
    found = {f"{abs(value) * scale:.{digits}f}": abs(value) * scale for scale in SCALES for digits in range(5)}
    plain = {text.rstrip("0").rstrip(".") if "." in text else text: exact for text, exact in found.items()}
    everyday = {text for text, exact in plain.items() if text in EVERYDAY and abs(float(text) - exact) > 1e-9}
    return {text for text in plain if len(text.replace(".", "").lstrip("0")) >= 2} - everyday


def numbers_told(text: str) -> set[str]:
    """The numbers that stand in a text, without what groups their digits and without a nought before the point."""
    joined = re.sub(r"(?<=\d)[,\s](?=\d{3})", "", text)
    return {match.lstrip("0") if match.startswith("0.") else match for match in re.findall(r"\d+(?:\.\d+)?", joined)}


def gives_away(text: str, question: Question, material: Material) -> str:
    """The right answer where a text gives it away, else nothing: any number of it; all that a set or order holds."""
    reference = answers.plain(question.reference(material))
    if isinstance(question.kind, Text):
        return "the text itself is right" if judge(question, text, material).outcome == "correct" else ""
    told = numbers_told(text)
    given = [bool(told & {form.lstrip("0") for form in writings(number)}) for number in numbers_in(reference)]
    named = [stands_in(name, text) for name in names_in(reference)]
    every = all([*given, *named]) if isinstance(question.kind, Set | Rank) else any(given) or (named and all(named))
    return str(reference) if every and (given or named) else ""


def singles_out(text: str, question: Question, material: Material) -> str:
    """The right answer where a text gives it away; to name everything that could be chosen gives nothing away."""
    choices = getattr(question.kind, "choices", ())
    named = {str(choice) for choice in known(choices, material).values()}
    right = {name for name in names_in(answers.plain(question.reference(material))) if name in named}
    told = {name for name in named if stands_in(name, text)}
    return gives_away(text, question, material) if not told or told == right != named else ""


def names_in(value: Any) -> Iterator[str]:
    """Every text that an answer in plain types holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, frozenset | list | tuple):
        yield from (item for item in value if isinstance(item, str))
    elif isinstance(value, dict):
        yield from (str(item) for item in value.values())


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text, not within a Latin word; one letter only as it is, since "a" is a word too."""
    pattern = re.escape(name)
    flags = re.ASCII if len(name) == 1 else re.ASCII | re.IGNORECASE
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", text, flags))


def tells_solution(text: str, pieces: Iterable[str]) -> str:
    """The piece of a solution that a text holds."""
    return next((piece for piece in pieces if _squeezed(piece) in _squeezed(text)), "")


def judged_mistakes(question: Question, material: Material) -> dict[str, Judgement]:
    """How each registered mistake is judged where it differs from the right answer; by its name."""
    found = {}
    for mistake in question.mistakes:
        judgement = judge(question, mistake.answer(material), material)
        if judgement.outcome == "not_yet":
            found[mistake.name] = judgement
    return found
