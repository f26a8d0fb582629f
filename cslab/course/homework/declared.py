"""The homework there is: each a declaration of sections, and of what every section must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cslab.course.homework.document import Answer
from cslab.course.homework.rules import defines_metrics, reports_uncertainty
from cslab.faults import Fault, UsageError, nearest
from cslab.words import word

Rule = Callable[[Answer], Iterator[Fault]]
"""What a section must hold: a fault for each thing that it lacks."""


@dataclass(frozen=True)
class Section:
    """A part that a homework must have.

    Parameters
    ----------
    name : str
        Its heading stands in ``words.csv`` under ``homework.<homework>.<name>``.
    rules : tuple of callable
        What it must hold beside the trainee's own words.
    least : int
        Letters that the trainee must have written.

    >>> Section("limits").least
    20
    """

    name: str
    rules: tuple[Rule, ...] = ()
    least: int = 20


@dataclass(frozen=True)
class Homework:
    """A written homework.

    Parameters
    ----------
    name : str
        Such as ``"charter"``; its template is ``exercises/homework/<lang>/<name>.md``.
    lesson : str
        The lesson it belongs to.
    sections : tuple of Section
    evidence : int
        Links to cells of the notebook that it must hold at least.

    >>> Homework("charter", "01", (Section("limits"),)).title("ja")
    '指標の定義書'
    """

    name: str
    lesson: str
    sections: tuple[Section, ...]
    evidence: int = 1

    def title(self, lang: str) -> str:
        """What it is called.

        >>> Homework("charter", "01", ()).title("en")
        'Metric charter'
        """
        return word(f"homework.{self.name}.title", lang)

    def heading(self, section: Section, lang: str) -> str:
        """The heading of a section, without its number.

        >>> find("charter").heading(Section("limits"), "en")
        'What it does not show'
        """
        return word(f"homework.{self.name}.{section.name}", lang)


HOMEWORK = (
    Homework(
        "charter",
        "01",
        (
            Section("decision"),
            Section("definition", (defines_metrics,)),
            Section("value", (reports_uncertainty,)),
            Section("other"),
            Section("limits"),
            Section("owner"),
        ),
        evidence=2,
    ),
)
"""All written homework."""


def find(name: str) -> Homework:
    """A homework by its name.

    Parameters
    ----------
    name : str
        Such as ``"charter"``.

    Raises
    ------
    UsageError
        For a name that no homework has.

    >>> find("charter").lesson
    '01'
    >>> find("chart")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    for homework in HOMEWORK:
        if homework.name == name.strip():
            return homework
    known = [homework.name for homework in HOMEWORK]
    told = {"value": name, "near": nearest(name, known), "known": ", ".join(known)}
    raise UsageError(Fault("homework_unknown", told))
