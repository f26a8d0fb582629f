"""Solutions within an exercise's source: what stands between the marks, and the exercise without it.

The marks are those of nbgrader, so that a school that uses it can take the sources as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from cslab.course.source import Source
from cslab.words import LANGUAGES

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARKLIKE = re.compile(r"^\W*(begin|end)\W*solutions?\W*$", re.IGNORECASE)


def balanced(code: str) -> bool:
    """Whether each solution in a cell has a beginning and an end, both written exactly as they must be.

    Parameters
    ----------
    code : str

    >>> balanced(f"x = ...\\n{BEGIN}\\nx = 1\\n{END}"), balanced(f"{BEGIN}\\nx = 1"), balanced("# begin solution")
    (True, False, False)
    """
    marks = [line.strip() for line in code.splitlines() if MARKLIKE.match(line)]
    return len(marks) % 2 == 0 and marks == [BEGIN, END] * (len(marks) // 2)


def blocks(code: str) -> list[list[str]]:
    """The lines between each pair of marks of a cell.

    Parameters
    ----------
    code : str
        With balanced marks.

    >>> blocks(f"x = ...\\n{BEGIN}\\nx = 1\\n{END}\\ncheck('x', x)")
    [['x = 1']]
    """
    return [part.splitlines() for part in _parts(code)[1::2]]


def stub(code: str) -> str:
    """A cell as it is handed out: without its solutions and their marks.

    Parameters
    ----------
    code : str
        With balanced marks.

    >>> stub(f"x = ...\\n{BEGIN}\\nx = 1\\n{END}\\ncheck('x', x)")
    "x = ...\\ncheck('x', x)"
    """
    return "\n".join(filter(None, _parts(code)[::2]))


def unsolved(source: Source[Any]) -> Source[Any]:
    """A source without its solutions.

    Parameters
    ----------
    source : Source
        With balanced marks.

    Returns
    -------
    Source
        A lesson, which has none, comes back as it is.

    >>> from cslab.course.sheets.exercises import ExerciseSheet
    >>> from cslab.course.source import Cell
    >>> cell = Cell(1, dict.fromkeys(LANGUAGES, f"x = ...\\n{BEGIN}\\nx = 1\\n{END}"), (), True)
    >>> unsolved(Source(ExerciseSheet("05", "05_x", "", "", 15, (), ()), (cell,), "")).cells[0].code
    'x = ...'
    """
    cells = (replace(cell, texts=dict.fromkeys(LANGUAGES, stub(cell.texts["en"]))) if cell.is_code else cell
             for cell in source.cells)  # fmt: skip
    return replace(source, cells=tuple(cells))


def _parts(code: str) -> list[str]:
    """What stands before the first mark, between it and the second, and so on."""
    marks = "|".join(map(re.escape, (BEGIN, END)))
    return [part.strip("\n") for part in re.split(rf"^[ \t]*(?:{marks})[ \t]*$", code, flags=re.MULTILINE)]
