"""What a class handed in: one submission a trainee and exercise, each with its own faults, which stop no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cslab.course.grading.archive import Entry, Refused, entries
from cslab.course.grading.handed import Handed, HandedCell, Unreadable, read_handed
from cslab.course.grading.records import clean
from cslab.course.grading.trainees import NOTEBOOK, from_moodle, same, trainee_of, unwrapped
from cslab.course.sheets.exercises import exercises
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES

LONGEST_PLACE, MOST_NAMED = 200, 3


@dataclass(frozen=True)
class Submission:
    """What a trainee handed in for one exercise.

    Parameters
    ----------
    trainee : str
        As the folder or file was called; no name for a file by itself.
    lesson : str
        Two digits; empty where it could not be told.
    lang : str
        ``"en"``, ``"ja"``, or empty.
    place : str
        Where it stood in what was handed in.
    cells : tuple of HandedCell
        Empty where there are faults.
    values : dict
        What its parameters cell says. Nobody vouches for it.
    ending : str
        ``ok``, ``empty``, ``other_kind``, ``not_json``, ``not_a_notebook``, ``two_files``, ``too_large``, ``link``,
        ``outside``, ``unreadable``, ``unknown_lesson``, ``not_an_exercise`` or ``no_trainee``.
    faults : tuple of Fault
        The same in words.
    claimed : bool
        Whether the name stands only in the notebook itself, where anybody can write any name.

    >>> Submission("Sato", "01", "en", "Sato/01_x.ipynb").gradable
    True
    """

    trainee: str
    lesson: str
    lang: str
    place: str
    cells: tuple[HandedCell, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    ending: str = "ok"
    faults: tuple[Fault, ...] = ()
    claimed: bool = False

    @property
    def gradable(self) -> bool:
        """Whether it can be run."""
        return self.ending == "ok"


def collect(path: Path) -> list[Submission]:
    """Everything that a class handed in.

    A folder, or a zip as a learning system gives it out: a folder a trainee, or a file a trainee with the name in it.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of Submission
        By trainee and exercise. A trainee whose folder holds no notebook has one without an exercise.

    Raises
    ------
    UsageError
        Where the folder or zip is not there, cannot be read or holds no notebook at all.

    >>> collect(Path("no such folder"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    sheets = {sheet.number: sheet.name for sheet in exercises()}
    with entries(path) as everything:
        found = unwrapped(everything, list(sheets.values()))
        read = [_read(entry, sheets) for entry in found if entry.parts[-1].endswith(NOTEBOOK) and not entry.folder]
    if not read:
        others = _named(found)
        key = "grade_nothing.other" if others else "grade_nothing"
        raise UsageError(Fault(key, {"place": path, "found": others}), ending="nothing_graded")
    wanted = list(_without_lessons(read))
    each_once = [*_one_each(wanted), *_empty(found, wanted)]
    return _one_spelling(sorted(each_once, key=lambda each: (same(each.trainee), each.lesson, each.place)))


def _read(entry: Entry, sheets: dict[str, str]) -> Submission:
    """One notebook, or why it is none."""
    place, trainee = clean(entry.place, LONGEST_PLACE), trainee_of(entry.parts, sheets.values())
    number = re.match(r"\d\d(?=[_\- .])", entry.parts[-1])
    blank = Submission(trainee, number[0] if number else "", "", place)
    if entry.refused:
        return _faulty(blank, entry.refused)
    try:
        handed = read_handed(entry.read())
    except (Refused, Unreadable) as error:
        return _faulty(blank, str(error))
    return _recognised(blank, handed, sheets)


def _recognised(blank: Submission, handed: Handed, sheets: dict[str, str]) -> Submission:
    """A notebook with its trainee and exercise, or why it has none."""
    values, lesson = handed.values, handed.number or blank.lesson
    own = values.get("trainee")
    trainee = blank.trainee or (clean(own, 80) if isinstance(own, str) else "")
    lang = handed.lang or str(values.get("lang", ""))
    lang = lang if lang in LANGUAGES else ""
    known = replace(blank, trainee=trainee, lesson=lesson, lang=lang, values=values, claimed=not blank.trainee)
    if handed.kind == "lesson":
        return _faulty(known, "not_an_exercise")
    if lesson not in sheets:
        return _faulty(known, "unknown_lesson", known=", ".join(sheets) or "–")
    return replace(known, cells=handed.cells) if trainee else _faulty(known, "no_trainee")


def _faulty(submission: Submission, ending: str, **values: Any) -> Submission:
    """A submission that cannot be graded."""
    fault = Fault(f"grade_file.{ending}", {"place": submission.place, **values})
    return replace(submission, cells=(), ending=ending, faults=(fault,))


def _without_lessons(read: Sequence[Submission]) -> Iterator[Submission]:
    """The submissions without lessons' own notebooks, which often come along; one is told where nothing else came."""
    handed = {(same(each.trainee), each.lesson) for each in read if each.ending != "not_an_exercise"}
    busy = {trainee for trainee, _ in handed}
    with_exercises = {sheet.number for sheet in exercises()}
    for each in read:
        trainee = same(each.trainee)
        came_along = (trainee, each.lesson) in handed or (each.lesson not in with_exercises and trainee in busy)
        if each.ending != "not_an_exercise" or not came_along:
            yield each


def _one_each(read: Iterable[Submission]) -> Iterator[Submission]:
    """One submission a trainee and exercise; of several that differ none can be chosen.

    A file that only claims a trainee's name does not count beside one in that trainee's place.
    """
    groups: dict[tuple[str, str, str], list[Submission]] = {}
    for each in read:
        apart = each.place if not (each.lesson and each.trainee) else ""
        groups.setdefault((same(each.trainee), each.lesson, apart), []).append(each)
    for group in groups.values():
        vouched = [each for each in group if not each.claimed]
        if vouched:
            yield from (_faulty(replace(each, trainee=""), "no_trainee") for each in group if each.claimed)
        first, *more = _unlike(vouched or group)
        places = ", ".join(each.place for each in (first, *more))
        yield _faulty(first, "two_files", places=places) if more else first


def _unlike(group: Iterable[Submission]) -> list[Submission]:
    """The submissions that differ in what they hold: a browser's second copy of the same file is none."""
    found: list[Submission] = []
    for each in group:
        if not any(each.gradable and (each.cells, each.values) == (other.cells, other.values) for other in found):
            found.append(each)
    return found


def _empty(found: Sequence[Entry], read: Iterable[Submission]) -> Iterator[Submission]:
    """A submission without an exercise for each trainee whose folder, or file from Moodle, holds no notebook."""
    there = {same(each.trainee) for each in read}
    for entry in found:
        link = len(entry.parts) == 1 and entry.refused == "link" and not entry.parts[0].endswith(NOTEBOOK)
        if entry.folder or len(entry.parts) > 1 or link or from_moodle(entry.parts[0]):
            trainee = trainee_of((entry.parts[0], ""), ())
            if same(trainee) not in there:
                there.add(same(trainee))
                blank = Submission(trainee, "", "", clean(entry.parts[0], LONGEST_PLACE))
                others = _named(one for one in found if one.parts[0] == entry.parts[0] and not link)
                yield _faulty(blank, "link" if link else "other_kind" if others else "empty", found=others)


def _named(found: Iterable[Entry]) -> str:
    """The names of the first few files."""
    names = [clean(entry.parts[-1], LONGEST_PLACE) for entry in found if not entry.folder]
    return ", ".join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])])


def _one_spelling(found: Iterable[Submission]) -> list[Submission]:
    """The same submissions, each trainee's name spelt the same in all: as in the first of them."""
    spelt: dict[str, str] = {}
    return [replace(each, trainee=spelt.setdefault(same(each.trainee), each.trainee)) for each in found]
