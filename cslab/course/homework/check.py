"""Checking a homework: everything that can be counted, told at once with lines; the rest a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cslab.book import Note
from cslab.course.homework.declared import HOMEWORK, Homework, Section, find
from cslab.course.homework.document import Answer, Document, normal, read_document, titled
from cslab.course.homework.evidence import evidence_faults
from cslab.course.homework.front import Entry
from cslab.course.homework.paper import Paper
from cslab.course.homework.template import template
from cslab.faults import DataError, Fault, UsageError, nearest
from cslab.figures.writing import width
from cslab.words import LANGUAGES

KEYS = ("trainee", "homework", "lang", "notebook")
"""What the front matter of every homework must say."""


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
    paper : Paper or None
        What it says, where it can be read.
    notes : tuple of Note
        What its author should know although nothing is wrong.

    >>> Checked(Path("charter.md"), "山田", "charter", 2, ()).passed
    True
    """

    path: Path
    trainee: str
    homework: str
    links: int
    faults: tuple[Fault, ...]
    paper: Paper | None = None
    notes: tuple[Note, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing is missing."""
        return not self.faults


def check_homework(path: Path, handed_out: Mapping[str, str] | None = None, company: str = "") -> Checked:
    """Check a written homework.

    Parameters
    ----------
    path : Path
        Markdown with front matter; its notebook lies beside it.
    handed_out : mapping of str to str, optional
        What the front matter said when the homework was handed out, and must still say.
    company : str
        The source of the company that it is about; empty: the tables in the folder ``data`` beside it.

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
    paper = Paper(document.front, {}, path.parent, company)
    faults = [*_changed(document.front, handed_out or {}), *_faults(document, paper)]
    said = {key: document.front[key].value if key in document.front else "" for key in KEYS}
    in_order = sorted(faults, key=lambda fault: fault.values.get("line", 0))
    return Checked(
        path, said["trainee"], said["homework"], len(document.links), tuple(in_order), paper, _notes(said, paper)
    )


def _notes(said: Mapping[str, str], paper: Paper) -> tuple[Note, ...]:
    """What the author should know although nothing is wrong."""
    notices = next((one.notices for one in HOMEWORK if one.name == said["homework"].strip()), ())
    return tuple(note for notice in notices for note in notice(paper))


def _changed(front: dict[str, Entry], handed_out: Mapping[str, str]) -> Iterator[Fault]:
    """What the front matter no longer says as it did when it was handed out."""
    for key, value in handed_out.items():
        if key in front and front[key].value != value:
            told = {"line": front[key].line, "key": key, "value": front[key].value, "given": value}
            yield Fault("homework_front_changed", told)


def _faults(document: Document, paper: Paper) -> Iterator[Fault]:
    """Everything that is wrong with a homework that can be read; its sections go into the paper."""
    front, homework = document.front, None
    said = {key: entry for key, entry in front.items() if entry.value}
    yield from document.slips
    if "homework" in said:
        try:
            homework = find(said["homework"].value)
        except UsageError as error:
            yield from error.faults
    slipped = {fault.values.get("key") for fault in document.slips}
    keys = (*KEYS, *(homework.keys if homework else ()))
    yield from (fault for fault in _front_faults(front, said, keys) if fault.values.get("key") not in slipped)
    if homework:
        lang = said["lang"].value if "lang" in said and said["lang"].value in LANGUAGES else LANGUAGES[0]
        yield from _asked_faults(document, homework, lang, paper)
        yield from _agreement_faults(paper, homework)
    if "notebook" in said:
        yield from evidence_faults(document.links, document.uses, said["notebook"], paper.folder)


def _front_faults(front: dict[str, Entry], said: dict[str, Entry], keys: Sequence[str]) -> Iterator[Fault]:
    """What the front matter leaves open, and what nobody asked it for."""
    for key in keys:
        if key not in said:
            yield Fault("homework_front_missing", {"line": front[key].line if key in front else 1, "key": key})
    for key in front:
        if key not in keys:
            near = nearest(key, keys) or ", ".join(keys)
            yield Fault("homework_key_unknown", {"line": front[key].line, "key": key, "near": near})
    if "lang" in said and said["lang"].value not in LANGUAGES:
        yield Fault("homework_lang", {"line": said["lang"].line, "lang": said["lang"].value})


def _asked_faults(document: Document, homework: Homework, lang: str, paper: Paper) -> Iterator[Fault]:
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
            paper.sections[section.name] = _own(found[0], given)
            yield from _answered(paper.sections[section.name], section)
    linked = len({normal(link.cell) for link in document.links})
    if linked < homework.evidence:
        said = document.front.get("notebook")
        notebook = said.value if said and said.value else f"{homework.name}.ipynb"
        yield Fault("homework_evidence_few", {"found": linked, "least": homework.evidence, "notebook": notebook})


def _agreement_faults(paper: Paper, homework: Homework) -> Iterator[Fault]:
    """What does not agree with each other or with the files beside it, each thing told once; what is too long."""
    found: list[Fault] = []
    for agreement in homework.agreements:
        try:
            found += agreement(paper)
        except DataError as error:
            found += [_beside(error.subject, fault) for fault in error.faults]
    yield from (fault for place, fault in enumerate(found) if fault not in found[:place])
    places = sum(width(answer.text) for answer in paper.sections.values())
    if homework.longest and places > homework.longest:
        yield Fault("homework_too_long", {"places": places, "most": homework.longest})


def _beside(file: str, fault: Fault) -> Fault:
    """What is wrong in a file beside the homework."""
    return Fault("homework_beside", {"file": file} | {lang: fault.text(lang) for lang in LANGUAGES})


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
