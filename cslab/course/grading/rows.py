"""One line of the result: what became of one question of one trainee."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.grading.handed_out import right_there
from cslab.course.questions.judge import Judgement, judge

if TYPE_CHECKING:
    from cslab.course.grading.rerun import CellRun, Rerun
    from cslab.course.grading.submissions import Submission
    from cslab.course.grading.unseen import Unseen
    from cslab.course.questions.question import Question
    from cslab.faults import Fault

OUTCOMES = ("correct", "not_yet", "hard_coded", "cannot_check", "not_attempted", "cell_failed", "stopped")
"""What can become of a question in a notebook that was run."""
ABSENT = "not_handed_in"
"""What becomes of a question whose notebook is not there; one that cannot be read has its own ending's name."""


@dataclass(frozen=True)
class Row:
    """What became of one question of one trainee.

    Parameters
    ----------
    trainee : str
        As handed in: neither a file name nor HTML nor a cell of a sheet yet.
    question : Question
    outcome : str
        One of :data:`OUTCOMES`, :data:`ABSENT`, or the ending of a submission that cannot be graded.
    answer : object
        In plain types, as it was computed from the unseen data; ``...`` for none.
    judgement : Judgement or None
        What the judge said of it; ``None`` where there was nothing to judge.
    failed : CellRun or None
        The cell that should have given the answer and failed.
    ended : str
        How the re-run of the notebook ended; empty where there was none.
    stopped_at : int
        The number of the code cell in which the notebook was ended; 0 where it was not.
    gone : bool
        Whether no cell of the notebook gives an answer at all any more.
    faults : tuple of Fault
        Why the notebook could not be graded.

    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> Row("山田", Question("nrr", "E01", "01", Num(), lambda material: 0.86), "correct").mistake
    ''
    """

    trainee: str
    question: Question
    outcome: str
    answer: Any = ...
    judgement: Judgement | None = None
    failed: CellRun | None = None
    ended: str = ""
    stopped_at: int = 0
    gone: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def cell(self) -> int:
        """The number, as a notebook shows it, of the cell for which there is no answer; 0 where there is none."""
        if self.outcome == "cell_failed" and self.failed is not None:
            return self.failed.number
        return self.stopped_at if self.outcome == "stopped" else 0

    @property
    def error(self) -> str:
        """What that cell said."""
        if self.outcome != "cell_failed" or self.failed is None:
            return ""
        return f"{self.failed.error}: {self.failed.message}".rstrip(": ")

    @property
    def mistake(self) -> str:
        """The name of the registered misconception; several are joined by ``+``."""
        return self.judgement.record()["mistake"] if self.judgement and self.outcome == "not_yet" else ""


def graded_row(question: Question, submission: Submission, rerun: Rerun, given: Unseen) -> Row:
    """What became of a question in a notebook that was run again.

    Parameters
    ----------
    question : Question
    submission : Submission
    rerun : Rerun
    given : Unseen

    >>> import cslab
    >>> from pathlib import Path
    >>> from cslab.course.grading import rerun, submissions, unseen
    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> question = Question("nrr", "E01", "01", Num(), lambda material: 0.86)
    >>> ended = rerun.Rerun("time", cells=(rerun.CellRun(2, 1),), assigned={"nrr": (3,)})  # in the second cell
    >>> given = unseen.Unseen(Path("given"), 1, unseen.Material(cslab.load("synthetic:tiny"), 1), ())
    >>> graded_row(question, submissions.Submission("Sato", "01", "en", "a"), ended, given).outcome
    'stopped'
    """
    answer, failed = rerun.answers.get(question.id, ...), rerun.failed_cell(question.id)
    judgement, cells = _judgement(question, answer, given), rerun.assigned.get(question.id, ())
    outcome: str = judgement.outcome
    if outcome == "not_attempted" and failed is not None:
        outcome = "cell_failed"
    elif outcome == "not_attempted" and rerun.ended != "ok" and not _reached(cells, rerun):
        outcome = "stopped"
    elif outcome == "not_yet" and not judgement.mistakes and right_there(question, answer, submission, given):
        outcome = "hard_coded"
    ending = (rerun.ended, rerun.stopped_at)
    return Row(submission.trainee, question, outcome, answer, judgement, failed, *ending, gone=not cells)


def ungraded_rows(trainee: str, questions: Iterable[Question], submission: Submission | None) -> list[Row]:
    """The rows of questions whose notebook could not be run.

    Parameters
    ----------
    trainee : str
    questions : iterable of Question
    submission : Submission or None
        What there is in the notebook's place.

    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> [row.outcome for row in ungraded_rows("山田", [Question("nrr", "E01", "01", Num(), lambda material: 1)], None)]
    ['not_handed_in']
    """
    ending, faults = (submission.ending, submission.faults) if submission else (ABSENT, ())
    return [Row(trainee, question, ending, faults=faults) for question in questions]


def _reached(cells: tuple[int, ...], rerun: Rerun) -> bool:
    """Whether a cell that gives an answer was run; where none gives it, one that never ends may stand in its place."""
    return any(cell.number in cells for cell in rerun.cells)


def _judgement(question: Question, answer: Any, given: Unseen) -> Judgement:
    """What the judge says; an answer that is odd enough to upset the judge does not end the grading of a class."""
    try:
        return judge(question, answer, given.material)
    except Exception:  # whatever it was, a stranger's answer brought it about
        return Judgement(question.id, question.exercise, "cannot_check")
