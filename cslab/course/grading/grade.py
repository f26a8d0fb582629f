"""Grading a class: collect, make unseen data, run every notebook again, judge outside, a row a trainee and question."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from cslab.course.grading.rerun import Rerun, rerun
from cslab.course.grading.rows import Row, graded_row, ungraded_rows
from cslab.course.grading.sandbox import Level, best_level, require
from cslab.course.grading.submissions import Submission, collect
from cslab.course.grading.trainees import same
from cslab.course.grading.unseen import Unseen, checked_seed, unseen
from cslab.course.pack.record import read_record
from cslab.course.questions import bank
from cslab.course.sheets import exercises
from cslab.faults import UsageError
from cslab.words import default_language

if TYPE_CHECKING:
    from cslab.course.questions.question import Question
    from cslab.course.sheets.exercises import ExerciseSheet


@dataclass(frozen=True)
class Task:
    """What is to be graded; nothing of it has been run.

    Parameters
    ----------
    submissions : tuple of Submission
        By trainee and lesson.
    sheets : tuple of ExerciseSheet
        The exercises that the class handed in, by lesson.
    level : Level
        How far the notebooks can be shut in on this machine.
    seed : int
        Of the unseen data.
    packed : dict of str to str
        The company that was packed for this class, by lesson.
    people : tuple of str
        The class by name, where its list was given.

    >>> Task((), (), None, 7).gradable
    []
    """

    submissions: tuple[Submission, ...]
    sheets: tuple[ExerciseSheet, ...]
    level: Level
    seed: int
    packed: dict[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    @property
    def gradable(self) -> list[Submission]:
        """The notebooks that can be run."""
        return [submission for submission in self.submissions if submission.gradable]

    @property
    def absent(self) -> list[str]:
        """Those on the list of whom nothing was handed in.

        >>> Task((Submission("sato hanako", "01", "en", "a"),), (), None, 7, people=("Sato Hanako", "Abe")).absent
        ['Abe']
        """
        there = {same(submission.trainee) for submission in self.submissions}
        return [name for name in self.people if same(name) not in there]

    @property
    def unlisted(self) -> list[str]:
        """Those who handed something in and are not on the list; none where there is no list.

        >>> Task((Submission("loose", "01", "en", "a"),), (), None, 7, people=("Abe",)).unlisted
        ['loose']
        """
        listed = {same(name) for name in self.people}
        names = dict.fromkeys(submission.trainee for submission in self.submissions)
        return [name for name in names if listed and same(name) not in listed]


@dataclass(frozen=True)
class Paper:
    """What became of one file, or of what stands in its place.

    Parameters
    ----------
    submission : Submission
    rerun : Rerun or None
        ``None`` where it could not be run.

    >>> Paper(None, None).rerun is None
    True
    """

    submission: Submission
    rerun: Rerun | None


@dataclass(frozen=True)
class Graded:
    """A class that has been graded.

    Parameters
    ----------
    task : Task
    papers : tuple of Paper
        One a submission, in its order.
    rows : tuple of Row
        Every question of every lesson for every trainee, by trainee.
    given : dict of str to Unseen
        The unseen data by lesson; their folders are gone.

    >>> Graded(Task((), (), None, 7), (), (), {}).trainees
    {}
    """

    task: Task
    papers: tuple[Paper, ...]
    rows: tuple[Row, ...]
    given: dict[str, Unseen]

    @property
    def trainees(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each trainee, by name."""
        return {name: tuple(rows) for name, rows in groupby(self.rows, key=lambda row: row.trainee)}

    def language(self, trainee: str) -> str:
        """The language of a trainee's notebooks.

        >>> Graded(Task((), (), None, 7), (), (), {}).language("山田")
        'en'
        """
        spoken = (one.lang for one in self.task.submissions if one.trainee == trainee and one.lang)
        return next(spoken, default_language())


def begin(
    place: Path, seed: str = "", trusted: bool = False, pack: Path | None = None, people: Sequence[str] = ()
) -> Task:
    """See what there is to be graded, and how safely.

    Parameters
    ----------
    place : Path
        A folder, or a zip of a learning platform.
    seed : str
        Of the unseen data, as typed; a large random one when empty.
    trusted : bool
        Whether the files are run although this machine cannot shut them in.
    pack : Path, optional
        The folder that was packed for this class, so that numbers typed in from its data are known as such.
    people : sequence of str
        The names of the class, so that who has handed in nothing is known too.

    Raises
    ------
    UsageError
        For a place that holds nothing to grade, a seed that cannot be used, or files that would run at large.

    >>> begin(Path("no such folder"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    submissions = tuple(collect(place))
    if not any(submission.gradable for submission in submissions):
        faults = [fault for submission in submissions for fault in submission.faults]
        raise UsageError(*faults, subject=str(place), ending="nothing_graded")
    numbers = {submission.lesson for submission in submissions}
    sheets = tuple(sheet for sheet in exercises.exercises() if sheet.number in numbers)
    packed = read_record(pack).handed_out if pack else {}
    number = checked_seed(seed, sheets, packed)
    level = best_level()
    require(level, trusted)
    return Task(submissions, sheets, level, number, packed, tuple(people))


def finish(task: Task, jobs: int = 2, tell: Callable[[str], object] = str) -> Graded:
    """Run every notebook on unseen data and judge what comes back.

    Parameters
    ----------
    task : Task
    jobs : int
        Notebooks run at the same time; the rows are the same for any number.
    tell : callable
        Told the name of each trainee whose notebook is through.

    Raises
    ------
    KeyboardInterrupt
        When it is stopped; then no process of it goes on and nothing is left on the disk.

    >>> finish(Task((), (), None, 7)).rows
    ()
    """
    asked = {sheet.number: bank.of_lesson(sheet.number) for sheet in task.sheets}
    reruns, rows = dict[int, Rerun](), dict[tuple[str, str], list[Row]]()
    with tempfile.TemporaryDirectory(prefix="cslab-", ignore_cleanup_errors=True) as home:
        given = unseen(task.sheets, task.seed, Path(home), task.packed)
        with _running(task, given, asked, jobs) as running:
            for done in as_completed(running):
                submission, found = running[done], done.result()
                questions = asked[submission.lesson]
                reruns[id(submission)] = found
                rows[submission.trainee, submission.lesson] = [
                    graded_row(question, submission, found, given[submission.lesson]) for question in questions
                ]
                tell(submission.trainee)
    papers = tuple(Paper(submission, reruns.get(id(submission))) for submission in task.submissions)
    return Graded(task, papers, tuple(_all_rows(task, asked, rows)), given)


@contextmanager
def _running(
    task: Task, given: dict[str, Unseen], asked: dict[str, tuple[Question, ...]], jobs: int
) -> Iterator[dict[Future[Rerun], Submission]]:
    """All notebooks of a class, run a few at a time; when nobody waits any more, those that run are ended."""
    pool, given_up = ThreadPoolExecutor(jobs), Event()
    try:
        yield {
            pool.submit(_run, task, one, given[one.lesson], asked[one.lesson], given_up): one for one in task.gradable
        }
    finally:
        given_up.set()
        pool.shutdown(cancel_futures=True)


def _run(task: Task, submission: Submission, data: Unseen, questions: tuple[Question, ...], given_up: Event) -> Rerun:
    """One notebook, run on its lesson's unseen data."""
    names, lang = tuple(question.id for question in questions), submission.lang or default_language()
    return rerun(submission, data.folder, data.variant, lang, task.level, asked=names, given_up=given_up)


def _all_rows(
    task: Task, asked: dict[str, tuple[Question, ...]], rows: dict[tuple[str, str], list[Row]]
) -> Iterator[Row]:
    """A row for every question of every lesson and trainee, by trainee."""
    by_trainee = groupby(task.submissions, key=lambda submission: submission.trainee)
    for trainee, theirs in ((name, list(found)) for name, found in by_trainee):
        for lesson, questions in asked.items():
            instead = _in_place_of(lesson, theirs, asked)
            yield from rows.get((trainee, lesson)) or ungraded_rows(trainee, questions, instead)
    for trainee in task.absent:
        for questions in asked.values():
            yield from ungraded_rows(trainee, questions, None)


def _in_place_of(lesson: str, theirs: list[Submission], lessons: Container[str]) -> Submission | None:
    """What a trainee handed in that may be meant for a lesson: its own file, or one of no lesson of the class."""
    ungraded = [submission for submission in theirs if not submission.gradable]
    strays = (submission for submission in ungraded if submission.lesson not in lessons)
    return next((one for one in ungraded if one.lesson == lesson), next(strays, None))
