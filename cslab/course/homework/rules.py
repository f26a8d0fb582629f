"""What a section of a homework must hold beside words: a metric with all its parts, a number with its uncertainty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cslab.course.homework.document import Answer
from cslab.course.homework.fields import given, named
from cslab.faults import Fault
from cslab.words import LANGUAGES

FIELDS = ("name", "numerator", "denominator", "window")
"""The parts of a metric's definition; a name begins the next metric."""
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(rf"(?<!\d){_YEAR}(?:\s*[-–~〜]\s*{_YEAR}|[-/.年]\d{{1,2}}(?:[-/.月]\d{{1,2}}日?)?|年度?)(?!\d)")
_NUMBER = r"[¥$]?\d[\d,]{0,15}(?:\.\d{1,9})?\s{0,3}(?:%|pt|[^\W\d_]{0,8})?"
_LINK = re.compile(r"\[[^\[\]]{0,200}\]")
_UNCERTAIN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:±|\+/-)\s{0,3}[¥$]?\d",
        r"\bn\s{0,3}[=:]\s{0,3}\d",
        rf"{_NUMBER}\s{{0,3}}(?:–|—|−|-|~|〜|から|\bto\b|\band\b)\s{{0,3}}{_NUMBER}",
        rf"{_NUMBER}\s{{0,3}}(?:–|—|−|-|~|〜|から|\bto\b)\s{{0,3}}(?:∞|inf\b|infinity\b|上限なし)",
        rf"[\[(]\s{{0,3}}{_NUMBER}\s{{0,3}},\s{{1,3}}{_NUMBER}\s{{0,3}}[\])]",
        r"\d\s{0,3}(?:件|社|accounts?|customers?|contracts?|tickets?)",
    )
)


@dataclass(frozen=True)
class Metric:
    """A metric as a trainee defined it.

    Parameters
    ----------
    line : int
        Where its definition begins.
    parts : dict of str to str
        By the names of ``FIELDS``; a part that was left open is not in it.

    >>> Metric(3, {"name": "GRR"}).missing
    ('numerator', 'denominator', 'window')
    """

    line: int
    parts: dict[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are not there."""
        return tuple(field for field in FIELDS if field not in self.parts)


def defines_metrics(answer: Answer) -> Iterator[Fault]:
    """That at least one metric is defined, and each by name, numerator, denominator and window.

    Parameters
    ----------
    answer : Answer

    >>> parts = ["- Name: GRR", "- Numerator: …", "- Denominator: MRR at the start", "- Window: 12 months"]
    >>> [fault.values["en"] for fault in defines_metrics(Answer("Definition", 1, tuple(enumerate(parts, 2))))]
    ['Numerator']
    """
    for metric in metrics(answer) or [Metric(answer.line, {})]:
        if metric.missing:
            told = {"line": metric.line, "metric": metric.parts.get("name", answer.heading)}
            yield Fault("homework_metric_open", told | {lang: named(metric.missing, lang) for lang in LANGUAGES})


def metrics(answer: Answer) -> list[Metric]:
    """The metrics that a section defines.

    Parameters
    ----------
    answer : Answer

    >>> [metric.parts for metric in metrics(Answer("定義", 1, ((2, "- 名称：売上維持率"), (3, "- 分子：期末のMRR"))))]
    [{'name': '売上維持率', 'numerator': '期末のMRR'}]
    """
    found: list[Metric] = []
    for field, value, line in given(answer, FIELDS):
        if field == "name" or not found:
            found.append(Metric(line, {}))
        if value:
            parts = found[-1].parts
            parts[field] = f"{parts.get(field, '')} {value}".strip()
    return found


def reports_uncertainty(answer: Answer) -> Iterator[Fault]:
    """That there is a number, and it stands with how sure it is: an interval, ±, a range, or the count behind it.

    Parameters
    ----------
    answer : Answer

    >>> [fault.key for fault in reports_uncertainty(Answer("Value", 1, ((2, "GRR was 86 % in 2024-03"),)))]
    ['homework_no_uncertainty']
    >>> list(reports_uncertainty(Answer("Value", 1, ((2, "GRR was 86 % (82–90 %)"),))))
    []
    >>> [fault.key for fault in reports_uncertainty(Answer("Value", 1, ((2, "GRR fell in 2024, see [E1]"),)))]
    ['homework_no_figure']
    """
    text = _DATE.sub(" ", unicodedata.normalize("NFKC", answer.text))
    if not any(pattern.search(text) for pattern in _UNCERTAIN):
        figures = re.search(r"\d", re.sub(rf"(?<!\d){_YEAR}(?!\d)", " ", _LINK.sub(" ", text)))
        key = "homework_no_uncertainty" if figures else "homework_no_figure"
        yield Fault(key, {"line": answer.line, "section": answer.heading})
