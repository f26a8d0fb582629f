"""How a trainee stands: what was handed in, what is missing in it, and what the chosen phase costs in expectation."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.assign.key import Key, read_key
from cslab.course.grading.archive import Refused, entries
from cslab.course.grading.filenames import file_names
from cslab.course.homework import check_homework
from cslab.course.homework.beside import find_phase, find_step, journey_map, phase_rules
from cslab.course.homework.mission import KINDS
from cslab.course.homework.paper import Paper, read_number
from cslab.course.kernels import in_processes
from cslab.course.reveal.collect import Handed, handed_in, refusal
from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.lifecycle.focus import Regret

OUTCOMES = ("complete", "incomplete", "unreadable", "absent")
"""What can become of a trainee's homework."""


@dataclass(frozen=True)
class Truth:
    """What was true of one company.

    Parameters
    ----------
    table : DataFrame
        One row a phase, as ``focus.table`` gives it.
    currency : str

    >>> import pandas as pd
    >>> Truth(pd.DataFrame({"phase": ["onboarding"]}), "JPY").currency
    'JPY'
    """

    table: pd.DataFrame
    currency: str

    def first(self, column: str) -> str:
        """The phase that gains most by a column; empty where no phase has a value.

        Parameters
        ----------
        column : str
            ``"gain_amount"`` for what the data said, ``"true_gain_amount"`` for what was true.

        >>> import pandas as pd
        >>> table = pd.DataFrame({"phase": ["adoption", "renewal"], "gain_amount": [3.0, 4.0]})
        >>> Truth(table, "JPY").first("gain_amount")
        'renewal'
        """
        known = self.table.dropna(subset=[column])
        return str(known["phase"].iloc[int(known[column].argmax())]) if len(known) else ""


@dataclass(frozen=True)
class Standing:
    """One trainee.

    Parameters
    ----------
    handed : Handed
    faults : tuple of Fault
        What is missing or wrong.
    chosen, second, step : str
        The phase of the mission, the second-best one and the step, by their ids; empty where there is none to be read.
    hours : tuple of (float or None)
        For prevention and for firefighting.
    truth : Truth or None
        Of the trainee's own company; ``None`` where nothing was handed in.
    regret : Regret or None
        Of the chosen phase; ``None`` without one.

    >>> Standing(Handed("Sato", None)).outcome
    'absent'
    """

    handed: Handed
    faults: tuple[Fault, ...] = ()
    chosen: str = ""
    second: str = ""
    step: str = ""
    hours: tuple[float | None, ...] = (None, None)
    truth: Truth | None = None
    regret: Regret | None = None

    @property
    def outcome(self) -> str:
        """One of ``OUTCOMES``."""
        if self.handed.absent:
            return "absent"
        if self.handed.faults:
            return "unreadable"
        return "incomplete" if self.faults else "complete"

    @property
    def best(self) -> str:
        """The phase that truly gains most in the trainee's company; empty without a truth."""
        return self.truth.first("true_gain_amount") if self.truth else ""

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

    >>> Task(Key("h1_mission", 500, ()), ()).companies
    {}
    """

    key: Key
    standings: tuple[Standing, ...]

    @property
    def companies(self) -> dict[str, str]:
        """The companies whose truth is wanted, by trainee: those of all who handed something in."""
        known = [one.handed for one in self.standings if not one.handed.absent]
        return {handed.trainee: handed.held.company for handed in known if handed.held}


def begin(submissions: Path, folder: Path) -> Task:
    """Collect what a class handed in and check it.

    Parameters
    ----------
    submissions : Path
        A folder or zip.
    folder : Path
        That of the assignment.

    Raises
    ------
    UsageError
        Without the key of the assignment, or where nobody handed in anything.

    >>> begin(Path("no such folder"), Path("no such class"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    key = read_key(folder)
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

    >>> finish(Task(Key("h1_mission", 500, ()), ()))
    ()
    """
    tasks = [(name, company, task.key.hours) for name, company in task.companies.items()]
    truths = dict(_each(tasks, jobs, tell))
    return tuple(_against(one, truths[one.handed.trainee]) if one.handed.trainee in truths else one
                 for one in task.standings)  # fmt: skip


def truth_of(trainee: str, company: str, hours: float) -> tuple[str, Truth]:
    """What was true of one trainee's company.

    Parameters
    ----------
    trainee : str
    company : str
        The source, with its seed.
    hours : float
        That the team can spend in a year.

    >>> name, truth = truth_of("Sato", "synthetic:tiny?seed=7&accounts=300", 500)
    >>> "onboarding" in set(truth.table["phase"]), truth.currency
    (True, 'JPY')
    """
    from cslab.measure.lifecycle import focus
    from cslab.sources import load

    book = load(company)
    return trainee, Truth(focus.table(book, hours=hours), book.currency)


def _each(tasks: list[tuple[str, str, float]], jobs: int, tell: Callable[[str], object]) -> Iterator[tuple[str, Truth]]:
    """The truth of each company, as it is ready."""
    for trainee, truth in in_processes(truth_of, tasks, jobs):
        tell(trainee)
        yield trainee, truth


def _checked(handed: Handed, key: Key, folder: Path) -> Standing:
    """What a trainee handed in, checked; its files are gone afterwards."""
    if not handed.files or handed.held is None:
        return Standing(handed, handed.faults)
    try:
        handed.put_into(folder)
    except Refused as error:
        fault = refusal(error, handed.trainee)
        return Standing(replace(handed, faults=(fault,)), (fault,))
    said = {"homework": key.homework, "as_of": handed.held.as_of, "hours": f"{key.hours:g}"}
    checked = check_homework(folder / f"{key.homework}.md", said)
    standing = Standing(handed, checked.faults)
    return _decided(standing, checked.paper) if checked.paper else standing


def _decided(standing: Standing, paper: Paper) -> Standing:
    """What a trainee decided, as far as it can be read."""
    rules, steps = phase_rules(paper.folder), journey_map(paper.folder).steps
    chosen, second = (paper.given(*place) for place in (("mission", "phase"), ("counter", "second")))
    named = paper.given("mission", "step")
    step = find_step(steps, named.value) if named else None
    hours = [paper.given("hours", kind) for kind in KINDS]
    return replace(
        standing,
        chosen=find_phase(rules, chosen.value) if chosen else "",
        second=find_phase(rules, second.value) if second else "",
        step=step.id if step else "",
        hours=tuple(read_number(one.value) if one else None for one in hours),
    )


def _against(standing: Standing, truth: Truth) -> Standing:
    """A decision held against the truth."""
    from cslab.measure.lifecycle import focus

    known = truth.table.dropna(subset=["true_gain_amount"])["phase"]
    regret = focus.regret(truth.table, standing.chosen) if standing.chosen in set(known) else None
    return replace(standing, truth=truth, regret=regret)
