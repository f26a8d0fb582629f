"""How a trainee stands: what was handed in, what is missing in it, what it decides, and what was true."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cslab.course.assign.key import Held, Key
from cslab.course.grading.archive import Refused, entries
from cslab.course.grading.filenames import file_names
from cslab.course.homework import check_homework
from cslab.course.kernels import in_processes
from cslab.course.reveal.collect import Handed, handed_in, refusal
from cslab.course.reveal.judges import judge_of
from cslab.faults import Fault, UsageError

OUTCOMES = ("complete", "incomplete", "unreadable", "absent")
"""What can become of a trainee's homework."""


@dataclass(frozen=True)
class Standing:
    """One trainee.

    Parameters
    ----------
    handed : Handed
    faults : tuple of Fault
        What is missing or wrong.
    decision : object
        What the text decides, as the homework's judge reads it; ``None`` where no text could be read.
    found : object
        What was true of the trainee's own company, as the judge finds it; ``None`` where nothing was handed in.

    >>> Standing(Handed("Sato", None)).outcome
    'absent'
    """

    handed: Handed
    faults: tuple[Fault, ...] = ()
    decision: Any = None
    found: Any = None

    @property
    def outcome(self) -> str:
        """One of ``OUTCOMES``."""
        if self.handed.absent:
            return "absent"
        if self.handed.faults:
            return "unreadable"
        return "incomplete" if self.faults else "complete"

    @property
    def lang(self) -> str:
        """The trainee's language; empty for one who is not in the class list."""
        return self.handed.held.lang if self.handed.held else ""


@dataclass(frozen=True)
class Task:
    """A homework that was collected and checked; no truth of it has been looked up.

    Parameters
    ----------
    key : Key
    standings : tuple of Standing

    >>> Task(Key("h1_mission", ()), ()).companies
    {}
    """

    key: Key
    standings: tuple[Standing, ...]

    @property
    def companies(self) -> dict[str, tuple[Held, Any]]:
        """The companies whose truth is wanted, and the decisions, by trainee: of all who handed something in."""
        known = [(one.handed, one.decision) for one in self.standings if not one.handed.absent]
        return {handed.trainee: (handed.held, decision) for handed, decision in known if handed.held}


def begin(submissions: Path, key: Key) -> Task:
    """Collect what a class handed in and check it.

    Parameters
    ----------
    submissions : Path
        A folder or zip.
    key : Key
        Of the assignment.

    Raises
    ------
    UsageError
        Where nobody handed in anything.

    >>> begin(Path("no such folder"), Key("h1_mission", ()))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    with entries(submissions) as found, tempfile.TemporaryDirectory(prefix="cslab-") as home:
        handed = handed_in(found, key)
        names = file_names(one.trainee for one in handed)
        standings = tuple(_checked(one, key, Path(home) / names[one.trainee]) for one in handed)
    if all(one.handed.absent or one.handed.held is None for one in standings):
        fault = Fault("reveal_nothing", {"place": submissions, "file": f"{key.homework}.md"})
        raise UsageError(fault, ending="nothing_graded")
    return Task(key, standings)


def finish(task: Task, jobs: int = 1, tell: Callable[[str], object] = str) -> tuple[Standing, ...]:
    """Look up what was true of each company.

    Parameters
    ----------
    task : Task
    jobs : int
        Companies at the same time.
    tell : callable
        Told the name of each trainee whose company is done.

    Returns
    -------
    tuple of Standing
        In the order of the task.

    >>> finish(Task(Key("h1_mission", ()), ()))
    ()
    """
    tasks = [(name, task.key.homework, *wanted) for name, wanted in task.companies.items()]
    found = dict(_each(tasks, jobs, tell))
    return tuple(replace(one, found=found.get(one.handed.trainee)) for one in task.standings)


def looked_up(trainee: str, homework: str, held: Held, decision: Any) -> tuple[str, Any]:
    """What was true of one trainee's company.

    Parameters
    ----------
    trainee, homework : str
    held : Held
    decision : object
        As the homework's judge reads it.

    >>> held = Held("Sato", "en", "synthetic:tiny?seed=7&accounts=300", "2025-03-31", 500)
    >>> name, found = looked_up("Sato", "h1_mission", held, None)
    >>> "onboarding" in set(found.truth.table["phase"]), found.truth.currency
    (True, 'JPY')
    """
    return trainee, judge_of(homework).found(held, decision)


def _each(tasks: list[tuple[Any, ...]], jobs: int, tell: Callable[[str], object]) -> Iterator[tuple[str, Any]]:
    """What was true of each company, as it is ready."""
    for trainee, found in in_processes(looked_up, tasks, jobs):
        tell(trainee)
        yield trainee, found


def _checked(handed: Handed, key: Key, folder: Path) -> Standing:
    """What a trainee handed in, checked; its files are gone afterwards."""
    if not handed.files or handed.held is None:
        return Standing(handed, handed.faults)
    try:
        handed.put_into(folder)
    except Refused as error:
        fault = refusal(error, handed.trainee)
        return Standing(replace(handed, faults=(fault,)), (fault,))
    said = {"homework": key.homework, "as_of": handed.held.as_of, "hours": f"{handed.held.hours:g}"}
    checked = check_homework(folder / f"{key.homework}.md", said, handed.held.company)
    decision = judge_of(key.homework).decided(checked.paper) if checked.paper else None
    return Standing(handed, checked.faults, decision)
