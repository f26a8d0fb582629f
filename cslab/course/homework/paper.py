"""A homework that can be read: what its front matter says and its sections, by their names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.homework.document import Answer
from cslab.course.homework.fields import Given, given
from cslab.course.homework.front import Entry
from cslab.faults import DataError, Fault, UsageError

if TYPE_CHECKING:
    from cslab.book import Book

DATA = "data"
"""The folder with the company's tables."""

_DAY = re.compile(r"(?<!\d)(\d{4})\s{0,3}[-/.年]\s{0,3}(\d{1,2})\s{0,3}[-/.月]\s{0,3}(\d{1,2})(?!\d)")
_NUMBER = re.compile(r"-?\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,9})?")


@dataclass(frozen=True)
class Paper:
    """A homework, for the rules that look at more than one of its parts.

    Parameters
    ----------
    front : dict of str to Entry
        What the front matter says.
    sections : dict of str to Answer
        What the trainee wrote, by the names of the sections; one that is missing or double is not in it.
    folder : Path
        Where it lies, beside the files that came with it.
    source : str
        Of the company that it is about; empty: the tables in the folder ``data`` beside it.

    >>> mission = Answer("Mission", 3, ((4, "- Phase: onboarding"),))
    >>> Paper({}, {"mission": mission}, Path(".")).given("mission", "phase").line
    4
    """

    front: dict[str, Entry]
    sections: dict[str, Answer]
    folder: Path
    source: str = ""

    @cached_property
    def company(self) -> Book:
        """The company that the homework is about.

        Raises
        ------
        DataError
            Where there are no tables of it that can be read.

        >>> Paper({}, {}, Path("no such folder")).company
        Traceback (most recent call last):
        cslab.faults.DataError: ...
        """
        from cslab.sources import load

        data = (self.folder / DATA).absolute()
        if not (self.source or data.is_dir()):
            raise DataError(Fault("homework_no_data"), subject=DATA)
        try:
            return load(self.source or f"folder:{data}")
        except UsageError as error:
            raise DataError(*error.faults, subject=DATA) from error

    def given(self, section: str, field: str) -> Given | None:
        """A value that a section gives; nothing where it was left open.

        Parameters
        ----------
        section, field : str

        >>> Paper({}, {}, Path(".")).given("mission", "phase") is None
        True
        """
        answer = self.sections.get(section)
        found = given(answer, (field,)) if answer else []
        return next((one for one in found if one.value), None)

    def day(self, key: str) -> date | None:
        """A day that the front matter gives; nothing where it gives none that can be read.

        Parameters
        ----------
        key : str

        >>> Paper({"as_of": Entry("2025-03-31", 5)}, {}, Path(".")).day("as_of")
        datetime.date(2025, 3, 31)
        """
        return read_day(self.front[key].value) if key in self.front else None

    def number(self, key: str) -> float | None:
        """A number that the front matter gives; nothing where it gives none that can be read.

        Parameters
        ----------
        key : str

        >>> Paper({"hours": Entry("1,200", 6)}, {}, Path(".")).number("hours")
        1200.0
        """
        return read_number(self.front[key].value) if key in self.front else None


def read_day(text: str) -> date | None:
    """A day as people write it.

    Parameters
    ----------
    text : str

    >>> read_day("2026/3/31"), read_day("2026年3月31日"), read_day("end of March")
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), None)
    """
    found = _DAY.search(unicodedata.normalize("NFKC", text))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def read_number(text: str) -> float | None:
    """The number in a text that holds one and no more.

    Parameters
    ----------
    text : str

    >>> read_number("年 1，200 時間"), read_number("300 h a year"), read_number("10 a month, 120 a year")
    (1200.0, 300.0, None)
    """
    found = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return float(found[0].replace(",", "")) if len(found) == 1 else None
