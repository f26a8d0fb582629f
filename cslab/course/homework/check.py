"""Checking a homework: everything that can be counted, told at once with lines; the rest a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cslab.course.homework.declared import Homework, Section, find
from cslab.course.homework.document import Answer, Document, normal, read_document, titled
from cslab.course.homework.evidence import evidence_faults
from cslab.course.homework.front import Entry
from cslab.course.homework.template import template
from cslab.faults import DataError, Fault, UsageError, nearest
from cslab.words import LANGUAGES

KEYS = ("trainee", "homework", "lang", "notebook")
"""What the front matter must say."""


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Parameters
    ----------
    path : Path
    trainee, homework : str
        As the front matter says; empty where it does not.
    links : int
        Links to evidence.
    faults : tuple of Fault
        Empty for a homework that a person may now read.

    >>> Checked(Path("charter.md"), "山田", "charter", 2, ()).passed
    True
    """

    path: Path
    trainee: str
    homework: str
    links: int
    faults: tuple[Fault, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is missing."""
        return not self.faults


def check_homework(path: Path) -> Checked:
    """Check a written homework.

    Parameters
    ----------
    path : Path
        Markdown with front matter; its notebook lies beside it.

    Returns
    -------
    Checked
        With everything that is missing, by line.

    Raises
    ------
    UsageError
        Where there is no such file.

    >>> check_homework(Path("no such homework.md"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    try:
        document = read_document(path)
    except DataError as error:
        return Checked(path, "", "", 0, error.faults)
    faults = sorted(_faults(document, path.parent), key=lambda fault: fault.values.get("line", 0))
    said = {key: document.front[key].value if key in document.front else "" for key in KEYS}
    return Checked(path, said["trainee"], said["homework"], len(document.links), tuple(faults))


def _faults(document: Document, folder: Path) -> Iterator[Fault]:
    """Everything that is wrong with a homework that can be read."""
    front = document.front
    said = {key: entry for key, entry in front.items() if entry.value}
    yield from document.slips
    slipped = {fault.values.get("key") for fault in document.slips}
    yield from (fault for fault in _front_faults(front, said) if fault.values.get("key") not in slipped)
    lang = said["lang"].value if "lang" in said and said["lang"].value in LANGUAGES else LANGUAGES[0]
    if "homework" in said:
        try:
            yield from _asked_faults(document, find(said["homework"].value), lang)
        except UsageError as error:
            yield from error.faults
    if "notebook" in said:
        yield from evidence_faults(document.links, document.uses, said["notebook"], folder)


def _front_faults(front: dict[str, Entry], said: dict[str, Entry]) -> Iterator[Fault]:
    """What the front matter leaves open, and what nobody asked it for."""
    for key in KEYS:
        if key not in said:
            yield Fault("homework_front_missing", {"line": front[key].line if key in front else 1, "key": key})
    for key in front:
        if key not in KEYS:
            near = nearest(key, KEYS) or ", ".join(KEYS)
            yield Fault("homework_key_unknown", {"line": front[key].line, "key": key, "near": near})
    if "lang" in said and said["lang"].value not in LANGUAGES:
        yield Fault("homework_lang", {"line": said["lang"].line, "lang": said["lang"].value})


def _asked_faults(document: Document, homework: Homework, lang: str) -> Iterator[Fault]:
    """What a document lacks of what its homework asks for."""
    given, titles = _given(homework), _titles(homework)
    others = [answer for answer in document.answers if titled(answer.heading) not in titles]
    for section in homework.sections:
        found = [answer for answer in document.answers if titles.get(titled(answer.heading)) == section.name]
        if not found:
            yield _missing(homework.heading(section, lang), others)
        elif len(found) > 1:
            lines = ", ".join(str(answer.line) for answer in found)
            told = {"line": found[1].line, "section": found[0].heading, "lines": lines}
            yield Fault("homework_section_twice", told)
        else:
            yield from _answered(_own(found[0], given), section)
    if len(document.links) < homework.evidence:
        yield Fault("homework_evidence_few", {"found": len(document.links), "least": homework.evidence})


def _titles(homework: Homework) -> dict[str, str]:
    """The names of the sections by their headings in both languages."""
    return {
        titled(homework.heading(section, lang)): section.name for section in homework.sections for lang in LANGUAGES
    }


def _missing(heading: str, others: list[Answer]) -> Fault:
    """The fault of a section that is not there, with the heading that may have been meant for it."""
    headings = {titled(answer.heading): answer for answer in others}
    near = headings.get(nearest(titled(heading), headings))
    if near is None:
        return Fault("homework_section_missing", {"section": heading})
    return Fault("homework_section_near", {"section": heading, "near": near.heading, "line": near.line})


def _answered(own: Answer, section: Section) -> Iterator[Fault]:
    """What is wrong with one section: no words of the trainee's own, or one of its rules."""
    letters = len(re.sub(r"[\W_]+", "", own.text))
    if letters < section.least:
        told = {"line": own.line, "section": own.heading, "letters": letters, "least": section.least}
        yield Fault("homework_section_short" if letters else "homework_section_empty", told)
        return
    for rule in section.rules:
        yield from rule(own)


def _own(answer: Answer, given: frozenset[str]) -> Answer:
    """A section without the lines of the template and the definitions of links."""
    kept = tuple((line, text) for line, text in answer.lines if normal(text) and normal(text) not in given)
    kept = tuple((line, text) for line, text in kept if not re.match(r"\s{0,3}\[[^\]]+\]:", text))
    return Answer(answer.heading, answer.line, kept)


def _given(homework: Homework) -> frozenset[str]:
    """The lines of a homework's templates, which are nobody's answer."""
    texts = (template(homework.name, lang).read_text(encoding="utf-8") for lang in LANGUAGES)
    return frozenset(normal(line) for text in texts for line in text.splitlines())
