"""What a grading leaves on the disk: sheets, a page for each trainee, one for the class; all at once or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.grading.class_page import class_page
from cslab.course.grading.feedback_page import feedback_page, told
from cslab.course.grading.filenames import file_names
from cslab.course.grading.looks import look
from cslab.course.grading.rows import ABSENT
from cslab.course.grading.sheet import sheet_bytes
from cslab.course.grading.shelf import Shelf
from cslab.course.grading.summary import SUMMARY_COLUMNS, counted_rows
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.grading.grade import Graded, Paper
    from cslab.course.grading.rows import Row

COLUMNS = ("trainee", "lesson", "exercise", "question", "outcome", "mistake", "cell", "error", "note")
RERUN_COLUMNS = ("trainee", "lesson", "file", "ending", "seconds", "megabytes", "note")


@dataclass(frozen=True)
class Results:
    """Where the results of a grading stand.

    Parameters
    ----------
    grades : Path
        A line for each trainee and question; one alone for a lesson whose notebook could not be run.

    >>> Results(Path("out/grades.csv")).class_page.as_posix()
    'out/grades/class.html'
    """

    grades: Path

    @property
    def shelf(self) -> Shelf:
        """The sheet and the folder beside it."""
        return Shelf(self.grades, COLUMNS, "reruns.csv", RERUN_COLUMNS)

    @property
    def folder(self) -> Path:
        """The folder beside the sheet."""
        return self.shelf.folder

    @property
    def reruns(self) -> Path:
        """How each file fared when it was run again."""
        return self.folder / self.shelf.mark

    @property
    def summary(self) -> Path:
        """A line for each trainee and lesson."""
        return self.folder / "summary.csv"

    @property
    def class_page(self) -> Path:
        """The page to project."""
        return self.folder / "class.html"

    @property
    def feedback(self) -> Path:
        """The folder of the trainees' pages."""
        return self.shelf.feedback

    def refuse_others(self, force: bool = False) -> None:
        """Refuse to write over what is not ours, and a place where nothing can be written.

        Parameters
        ----------
        force : bool
            Whether that is wanted.

        Raises
        ------
        UsageError
            For a file or folder that something else has written, or where the disk refuses.

        >>> Results(Path("no such folder") / "grades.csv").refuse_others()
        """
        self.shelf.refuse_others(force)

    def write(self, graded: Graded, lang: str) -> None:
        """Write everything; what an earlier grading left there goes first.

        Parameters
        ----------
        graded : Graded
        lang : str
            Of the class page and the notes in the sheets.

        Raises
        ------
        UsageError
            Where the disk refuses; then nothing has changed.

        >>> import tempfile
        >>> from cslab.course.grading.grade import Graded, Task
        >>> with tempfile.TemporaryDirectory() as home:
        ...     Results(Path(home) / "grades.csv").write(Graded(Task((), (), None, 7), (), (), {}), "en")
        ...     sorted(path.name for path in Path(home).iterdir())
        ['grades', 'grades.csv']
        """
        self.shelf.write(sheet_bytes(COLUMNS, _grades(graded.rows, lang)), self._files(graded, lang))

    def _files(self, graded: Graded, lang: str) -> Iterator[tuple[str, bytes]]:
        """Every file of the folder by its name."""
        yield self.summary.name, sheet_bytes(SUMMARY_COLUMNS, counted_rows(graded.rows))
        yield self.reruns.name, sheet_bytes(RERUN_COLUMNS, (_rerun_cells(paper, lang) for paper in graded.papers))
        yield self.class_page.name, class_page(graded.rows, graded.given, lang).encode("utf-8")
        names = file_names(graded.trainees)
        for trainee, rows in graded.trainees.items():
            page = feedback_page(trainee, rows, graded.language(trainee))
            yield f"{self.feedback.name}/{names[trainee]}.html", page.encode("utf-8", errors="replace")


def _grades(rows: Iterable[Row], lang: str) -> Iterator[list[str]]:
    """The sheet of grades: where no notebook could be run, one line says of all its questions what became of them."""
    for _, theirs in groupby(rows, key=lambda row: (row.trainee, row.question.lesson)):
        first, *more = theirs
        if first.judgement is None:
            notes = " ".join(told(first, lang))
            yield [first.trainee, first.question.lesson, "", "", _ending(first), "", "", "", notes.replace("`", "")]
        else:
            yield from (_cells(row, lang) for row in (first, *more))


def _ending(row: Row) -> str:
    """What became of a notebook that could not be run: an empty folder is none at all."""
    return ABSENT if look(row.outcome) == ABSENT else row.outcome


def _cells(row: Row, lang: str) -> list[str]:
    """A line of the sheet of grades."""
    question = row.question
    notes = " ".join(told(row, lang)) if row.outcome not in ("correct", "not_attempted", "cell_failed") else ""
    known = [row.trainee, question.lesson, question.exercise, question.id, row.outcome, row.mistake]
    return [*known, str(row.cell or ""), row.error, notes.replace("`", "")]


def _rerun_cells(paper: Paper, lang: str) -> list[str]:
    """A line of the sheet of re-runs."""
    submission, rerun = paper.submission, paper.rerun
    about = [submission.trainee, submission.lesson, submission.place]
    if rerun is None:
        return [*about, submission.ending, "", "", " ".join(fault.text(lang) for fault in submission.faults)]
    changed = rerun.changes.fault()
    ended = word(f"grade.ended.{rerun.ended}", lang) if rerun.ended != "ok" else ""
    ignored = word("grade.ignored", lang, count=rerun.ignored) if rerun.ignored else ""
    said = rerun.said if rerun.ended == "not_started" else ""  # of this machine; else it is what the trainee printed
    notes = [ended, changed.text(lang) if changed else "", ignored, said]
    return [*about, rerun.ended, f"{rerun.seconds:.1f}", f"{rerun.memory / 1e6:.0f}", " ".join(filter(None, notes))]
