"""Running one submission again, on data that its author has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from cslab.course.grading.confine import confined
from cslab.course.grading.handed import Changes, HandedCell, changes, read_handed
from cslab.course.grading.limits import Limits
from cslab.course.grading.records import read
from cslab.course.grading.sandbox import Level
from cslab.course.grading.submissions import Submission
from cslab.course.sheets.exercises import find
from cslab.faults import UsageError


@dataclass(frozen=True)
class CellRun:
    """A code cell that was run.

    Parameters
    ----------
    place : int
        Among all cells of the notebook, from 1.
    number : int
        Among its code cells, from 1.
    error, message : str
        What it raised; empty where it went well.

    >>> CellRun(5, 2, "NameError", "name 'x' is not defined").failed
    True
    """

    place: int
    number: int
    error: str = ""
    message: str = ""

    @property
    def failed(self) -> bool:
        """Whether it raised anything."""
        return bool(self.error)


@dataclass(frozen=True)
class Rerun:
    """What became of a submission that was run again.

    Parameters
    ----------
    ended : str
        ``ok``, ``time``, ``memory``, ``processes``, ``output``, ``died`` (before the last cell was done),
        ``not_started`` (the fault of this machine) or ``given_up`` (by the grader).
    answers : dict
        By question, in plain types, for ``judge``; a question without an answer is not there.
    cells : tuple of CellRun
        Those that were run, in their order.
    assigned : dict
        By question, the numbers of the code cells that give it a value.
    changes : Changes
        Against the notebook that was handed out.
    ignored : int
        Lines of record that were not understood: somebody else wrote them.
    seconds : float
    memory, processes : int
        The most bytes, and the most processes and threads, at one time.
    said : str
        The end of what was printed, clean; for the instructor.

    >>> Rerun("time", cells=(CellRun(2, 1),)).stopped_at
    2
    """

    ended: str
    answers: dict[str, Any] = field(default_factory=dict)
    cells: tuple[CellRun, ...] = ()
    assigned: dict[str, tuple[int, ...]] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    ignored: int = 0
    seconds: float = 0.0
    memory: int = 0
    processes: int = 0
    said: str = ""

    @property
    def stopped_at(self) -> int:
        """The number of the code cell that was running when it was ended; 0 for a run that came to its end."""
        return 0 if self.ended in ("ok", "not_started") else len(self.cells) + 1

    def failed_cell(self, question: str) -> CellRun | None:
        """The first failing cell among those that should have given an answer.

        Parameters
        ----------
        question : str

        >>> run = Rerun("ok", cells=(CellRun(2, 1), CellRun(4, 2, "KeyError", "'mrr'")), assigned={"nrr": (2,)})
        >>> run.failed_cell("nrr").error, run.failed_cell("grr")
        ('KeyError', None)
        """
        numbers = self.assigned.get(question, ())
        return next((cell for cell in self.cells if cell.failed and cell.number in numbers), None)


def rerun(
    submission: Submission,
    data_folder: Path,
    variant: int,
    lang: str,
    level: Level,
    limits: Limits | None = None,
    asked: Sequence[str] = (),
    given_up: Event | None = None,
) -> Rerun:
    """Run a submission again, on other data, and bring its answers back.

    Parameters
    ----------
    submission : Submission
        One that could be read.
    data_folder : Path
        The company that nobody has seen, as CSV files that everybody may read.
    variant : int
        Of the toy book.
    lang : str
        In which the kit speaks to it.
    level : Level
        As :func:`cslab.course.grading.sandbox.best_level` found it.
    limits : Limits, optional
    asked : sequence of str
        The questions, whose names the answers bear.
    given_up : threading.Event, optional
        When it is set, the notebook is ended at once.

    Returns
    -------
    Rerun
        Whatever the notebook did; nothing is raised for it.

    >>> cell = HandedCell(1, "", True, (), "nrr = 0.9")
    >>> run = rerun(Submission("Sato", "01", "en", "a", (cell,)), Path("."), 1, "en", Level(0), asked=["nrr"])
    >>> run.ended  # there is no level 0
    'not_started'
    """
    code = [cell for cell in submission.cells if cell.code]
    values = {"as_of": "", "lang": lang, "trainee": "", "variant": variant}
    request = {"cells": with_parameters(code), "values": values, "asked": list(asked)}
    ended = confined(level.number, request, data_folder, limits or Limits(), lang, given_up)
    told = read(ended.lines, asked, len(code))
    runs = tuple(CellRun(code[number - 1].place, number, *error) for number, error in sorted(told.errors.items()))
    return Rerun(
        _ending(ended.ended, runs, len(code)),
        told.answers,
        runs,
        told.assigned,
        _changes(submission),
        told.ignored,
        ended.seconds,
        ended.memory,
        ended.processes,
        ended.said,
    )


def with_parameters(code: Sequence[HandedCell]) -> list[dict[str, Any]]:
    """The cells to run, and among them, as a cell without a number, each place where our values are set.

    That is behind every cell that says where the data come from, or before all where that cell is gone.

    Parameters
    ----------
    code : sequence of HandedCell

    >>> [cell["number"] for cell in with_parameters([HandedCell(3, "", True, ("parameters",), "")])]
    [1, 0]
    >>> [cell["number"] for cell in with_parameters([HandedCell(3, "", True, (), "x = 1")])]
    [0, 1]
    """
    ours = {"number": 0, "source": ""}
    cells: list[dict[str, Any]] = [] if any(cell.sets_parameters for cell in code) else [ours]
    for number, cell in enumerate(code, 1):
        cells.append({"number": number, "source": cell.source})
        if cell.sets_parameters:
            cells.append(ours)
    return cells


def _ending(ended: str, runs: Sequence[CellRun], cells: int) -> str:
    """How a run ended: also one that says it is done, and is not, and one whose cell met the limit of memory."""
    if ended == "ok" and len(runs) < cells:
        return "died"
    return "memory" if ended == "ok" and any(cell.error == "MemoryError" for cell in runs) else ended


def _changes(submission: Submission) -> Changes:
    """What was done to a submission since it was handed out."""
    try:
        path = find(submission.lesson).notebook(submission.lang or "en")
        given = read_handed(path.read_bytes())
    except (UsageError, OSError):
        return Changes(compared=False)
    return changes(submission.cells, given.cells)
