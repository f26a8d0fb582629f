"""Whose file it is: the folder or file names of a class, as people and learning systems give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cslab.course.grading.archive import Entry
from cslab.course.grading.records import clean

LONGEST = 80
NOTEBOOK = ".ipynb"
_MOODLE = re.compile(r"^(.+?)_\d+_assignsubmission_")
_CLASSROOM = re.compile(r"^(.+?) [-–] .+$")
_NUMBER = re.compile(r"^\d\d?(?=[_\- ]|$)|(?<=[_\- ])\d\d?$")
_OURS = re.compile(r"(\d\d?([_\- ].*)?|en|ja|work|exercises)")


def trainee_of(parts: Sequence[str], sheets: Iterable[str]) -> str:
    """The trainee whose file this is.

    Parameters
    ----------
    parts : sequence of str
        The name of the file, folder by folder.
    sheets : iterable of str
        The names of the exercises' own files, without ending.

    Returns
    -------
    str
        Empty where the names do not say.

    >>> trainee_of(("佐藤 花子_12345_assignsubmission_file_", "01_x.ipynb"), ["01_x"])
    '佐藤 花子'
    >>> trainee_of(("01_x_Sato.ipynb",), ["01_x"]), trainee_of(("Sato - 01_x.ipynb",), ["01_x"])
    ('Sato', 'Sato')
    >>> trainee_of(("01_x (2).ipynb",), ["01_x"])
    ''
    """
    first = unicodedata.normalize("NFC", parts[0])
    if moodle := _MOODLE.match(first):
        return clean(moodle[1], LONGEST)
    if len(parts) > 1:
        return clean(first, LONGEST)
    stem = first.removesuffix(NOTEBOOK)
    for sheet in sorted(sheets, key=len, reverse=True):
        if sheet in stem:
            return _named(stem.replace(sheet, " "))
    classroom = _CLASSROOM.match(stem)
    return _named(classroom[1] if classroom else _NUMBER.sub(" ", stem))


def from_moodle(name: str) -> bool:
    """Whether Moodle has given a file or folder its name, so that it surely is a trainee's.

    Parameters
    ----------
    name : str

    >>> from_moodle("Sato_12345_assignsubmission_file_report.pdf"), from_moodle("timetable.pdf")
    (True, False)
    """
    return bool(_MOODLE.match(name))


def same(trainee: str) -> str:
    """A form that is the same for every way of writing one name: width, case and spaces.

    >>> same("Sato  HANAKO") == same("sato hanako")
    True
    """
    return "".join(unicodedata.normalize("NFKC", trainee).casefold().split())


def unwrapped(found: Sequence[Entry], sheets: Sequence[str]) -> list[Entry]:
    """The entries without a folder around everything, as zips often have it.

    Parameters
    ----------
    found : sequence of Entry
    sheets : sequence of str
        As for :func:`trainee_of`.

    >>> both = [Entry(("class", name, "01_x.ipynb"), False, "", bytes) for name in ("Sato", "Abe")]
    >>> [entry.parts[0] for entry in unwrapped(both, ["01_x"])]
    ['Sato', 'Abe']
    """
    tops = {entry.parts[0] for entry in found}
    inner = [replace(entry, parts=entry.parts[1:]) for entry in found if len(entry.parts) > 1]
    if len(tops) != 1 or not inner or any(len(entry.parts) == 1 and not entry.folder for entry in found):
        return list(found)
    return unwrapped(inner, sheets) if _is_a_class(inner, sheets) else list(found)


def _is_a_class(inner: Sequence[Entry], sheets: Sequence[str]) -> bool:
    """Whether what lies in a folder are several trainees', and not several files of one."""
    folders = {entry.parts[0] for entry in inner if entry.folder or len(entry.parts) > 1}
    files = [entry.parts for entry in inner if len(entry.parts) == 1 and entry.parts[0].endswith(NOTEBOOK)]
    if files:
        names = {trainee_of(parts, sheets) for parts in files}
        found = all(names) and not names & {parts[0].removesuffix(NOTEBOOK) for parts in files}
        return not folders and found and len(names) > 1
    return len(folders) > 1 and not any(_OURS.fullmatch(name) for name in folders)


def _named(rest: str) -> str:
    """What is left of a file name, where that can be a name."""
    name = clean(rest, LONGEST).strip("_-–. ()")
    return name if any(letter.isalpha() for letter in name) else ""
