"""The exercises there are, one sheet a lesson: what it asks, how long it takes, where its notebooks stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from cslab.course import lessons
from cslab.course.lessons import Handout
from cslab.words import LANGUAGES


@dataclass(frozen=True)
class ExerciseSheet:
    """What the head of an exercise says, and which questions it asks.

    Parameters
    ----------
    number : str
        Two digits, those of its lesson, such as ``"05"``.
    name : str
        File name without its ending, the same as its lesson's.
    title_en, title_ja : str
    minutes : int
        What the questions take together.
    needs : tuple of str
        What a source must hold for any of it to be answered (see ``Book.has``).
    questions : tuple of str
        The ids of its questions, in their order.

    >>> ExerciseSheet("05", "05_x", "When?", "いつ?", 15, ("contracts",), ("km_36",)).title("ja")
    'いつ?'
    """

    kind: ClassVar[str] = "exercise"
    shelf: ClassVar[str] = "exercises"

    number: str
    name: str
    title_en: str
    title_ja: str
    minutes: int
    needs: tuple[str, ...]
    questions: tuple[str, ...]

    def title(self, lang: str) -> str:
        """The title in a language.

        >>> ExerciseSheet("05", "05_x", "When?", "いつ?", 15, (), ()).title("en")
        'When?'
        """
        return self.title_ja if lang == "ja" else self.title_en

    def notebook(self, lang: str) -> Path:
        """Where the built notebook of a language stands.

        >>> ExerciseSheet("05", "05_x", "", "", 15, (), ()).notebook("ja").parts[-3:]
        ('exercises', 'ja', '05_x.ipynb')
        """
        return library() / lang / f"{self.name}.ipynb"

    def as_data(self) -> dict[str, Any]:
        """The head as plain JSON types, from which :func:`of_data` makes it again.

        >>> ExerciseSheet("05", "05_x", "", "", 15, (), ("km_36",)).as_data()["questions"]
        ['km_36']
        """
        return lessons.plain_data(self)


def of_data(data: Mapping[str, Any]) -> ExerciseSheet:
    """A sheet from the metadata of its notebook.

    >>> sheet = ExerciseSheet("05", "05_x", "", "", 15, ("contracts",), ("km_36",))
    >>> of_data(sheet.as_data()) == sheet
    True
    """
    return ExerciseSheet(**lessons.fields_of(data))


def library() -> Path:
    """The folder of the built exercises, ``en`` and ``ja`` below it: the project's own, or the installed package's.

    >>> library().name
    'exercises'
    """
    folder = lessons.project()
    return folder / "exercises" if folder else lessons.library() / "exercises"


def exercises() -> list[ExerciseSheet]:
    """All sheets that are built, by number.

    Returns
    -------
    list of ExerciseSheet
        Empty before the first build.

    >>> [sheet.number for sheet in exercises()] == sorted(sheet.number for sheet in exercises())
    True
    """
    built = sorted((library() / LANGUAGES[0]).glob("[0-9][0-9]_*.ipynb"))
    return [of_data(lessons.head(path)["exercise"]) for path in built]


def handouts() -> list[Handout]:
    """All that a trainee is handed out: each lesson, and after it its exercises.

    Returns
    -------
    list of Lesson and ExerciseSheet
        By number.

    >>> [one.number for one in handouts()] == sorted(one.number for one in handouts())
    True
    """
    both: list[Handout] = [*lessons.lessons(), *exercises()]
    return sorted(both, key=lambda handout: handout.number)


def find(wish: str) -> ExerciseSheet:
    """A sheet by the number or name of its lesson.

    Parameters
    ----------
    wish : str
        ``"05"``, ``"5"`` or ``"05_when_do_customers_leave"``.

    Raises
    ------
    UsageError
        For a lesson that has no exercises; the message names those that have.

    >>> find("no such exercise")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    return lessons.picked(wish, exercises())
