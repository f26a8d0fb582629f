"""Building exercises: handed out without solutions and outputs, and not before the solutions have been proven right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab.course.notebook import Built, fresh, text_of, write
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.course.sheets.solutions import unsolved
from cslab.course.sheets.trial import faults_of
from cslab.course.source import Source
from cslab.faults import DataError
from cslab.words import LANGUAGES


@dataclass(frozen=True)
class File:
    """One notebook as it must be.

    Parameters
    ----------
    shelf, name, lang : str
        As of :class:`cslab.course.notebook.Built`.
    path : Path
    text : str

    >>> File("exercises", "05_x", "ja", Path("no_such.ipynb"), "{}").same
    False
    """

    shelf: str
    name: str
    lang: str
    path: Path
    text: str

    @property
    def same(self) -> bool:
        """Whether it is there just so."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self.text

    def became(self, state: str, reason: str = "") -> Built:
        """What became of it.

        >>> File("exercises", "05_x", "ja", Path("no_such.ipynb"), "{}").became("stale").state
        'stale'
        """
        return Built(self.shelf, self.name, self.lang, state, reason)


def look_at(
    source: Source[ExerciseSheet], home: Path, solutions: bool, force: bool
) -> tuple[list[Built], list[tuple[Any, ...]]]:
    """Which notebooks of an exercise are behind, and what is to be done for these.

    Parameters
    ----------
    source : Source
        One that keeps the rules.
    home : Path
        The folder that holds its ``source``.
    solutions : bool
        Whether those with solutions are looked at too.
    force : bool
        Whether all are taken to be behind.

    Returns
    -------
    (list of Built, list of tuple)
        Each notebook as it is; the task, if there is one: :func:`make` with its arguments.

    >>> sheet = ExerciseSheet("05", "05_x", "", "", 15, (), ())
    >>> looked, tasks = look_at(Source(sheet, (), ""), Path("no_such_folder"), solutions=False, force=False)
    >>> [(one.lang, one.state) for one in looked], len(tasks)
    ([('en', 'stale'), ('ja', 'stale')], 1)
    """
    files = list(_files(source, home, solutions))
    old = [file for file in files if force or not file.same]
    looked = [file.became("stale" if file in old else "unchanged") for file in files]
    return looked, [(make, source, old)] if old else []


def make(source: Source[ExerciseSheet], files: list[File]) -> list[Built]:
    """Try the solutions of an exercise, and write its notebooks when all of them are right.

    Parameters
    ----------
    source : Source
    files : list of File
        Left as they were where a solution is wrong.

    Returns
    -------
    list of Built
        One a file.

    >>> make(Source(ExerciseSheet("05", "05_x", "", "", 15, (), ()), (), ""), [])
    []
    """
    if faults := faults_of(source):
        reason = str(DataError(*faults))
        return [file.became("failed", reason) for file in files]
    for file in files:
        write(file.path, file.text)
    return [file.became("built") for file in files]


def _files(source: Source[ExerciseSheet], home: Path, solutions: bool) -> Iterator[File]:
    """The notebooks that an exercise makes."""
    shelves = [("exercises", home, unsolved(source))]
    shelves += [("exercises/solutions", home / "solutions", source)] if solutions else []
    for shelf, folder, version in shelves:
        for lang in LANGUAGES:
            path = folder / lang / f"{source.head.name}.ipynb"
            notebook = fresh(version, lang)
            notebook.metadata["cslab"]["source_hash"] = source.digest  # so that a new solution is tried, too
            yield File(shelf, source.head.name, lang, path, text_of(notebook))
