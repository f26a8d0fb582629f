"""What a reveal leaves on the disk: a sheet, a page to project, a page for each trainee; all at once or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cslab.course.assign.key import Key
from cslab.course.grading.filenames import file_names
from cslab.course.grading.sheet import sheet_bytes
from cslab.course.grading.shelf import Shelf
from cslab.course.reveal.feedback import feedback_page
from cslab.course.reveal.judge import Cells, Judge
from cslab.course.reveal.page import reveal_page
from cslab.course.reveal.standing import Standing


@dataclass(frozen=True)
class Results:
    """Where the results stand.

    Parameters
    ----------
    sheet : Path
        A line for each trainee.
    judge : Judge
        Of the homework.

    >>> from cslab.course.reveal.judges import judge_of
    >>> Results(Path("out/revealed.csv"), judge_of("h1_mission")).page.as_posix()
    'out/revealed/reveal.html'
    """

    sheet: Path
    judge: Judge

    @property
    def columns(self) -> tuple[str, ...]:
        """The first line of the sheet."""
        return ("trainee", "outcome", "missing", *self.judge.columns, "note")

    @property
    def company_columns(self) -> tuple[str, ...]:
        """The first line of the sheet of companies."""
        return ("trainee", *self.judge.company_columns)

    @property
    def shelf(self) -> Shelf:
        """The sheet and the folder beside it."""
        return Shelf(self.sheet, self.columns, "companies.csv", self.company_columns, "reveal")

    @property
    def page(self) -> Path:
        """The page to project."""
        return self.shelf.folder / "reveal.html"

    @property
    def feedback(self) -> Path:
        """The folder of the trainees' pages."""
        return self.shelf.feedback

    def write(self, standings: Sequence[Standing], key: Key, lang: str) -> None:
        """Write everything; what an earlier reveal left there goes first.

        Parameters
        ----------
        standings : sequence of Standing
        key : Key
        lang : str
            Of the page to project and the notes in the sheet; each trainee's page is in the trainee's own.

        Raises
        ------
        UsageError
            Where the disk refuses; then nothing has changed.

        >>> import tempfile
        >>> from cslab.course.reveal.judges import judge_of
        >>> with tempfile.TemporaryDirectory() as home:
        ...     Results(Path(home) / "h1.csv", judge_of("h1_mission")).write([], Key("h1_mission", ()), "en")
        ...     sorted(path.name for path in (Path(home) / "h1").iterdir())
        ['companies.csv', 'feedback', 'reveal.html']
        """
        lines = sheet_bytes(self.columns, (_line(one, self.judge, lang) for one in standings))
        self.shelf.write(lines, _files(self, standings, key, lang))


def _files(results: Results, standings: Sequence[Standing], key: Key, lang: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder by its name."""
    companies = (line for one in standings if one.found is not None for line in _company_lines(one, results.judge))
    yield results.shelf.mark, sheet_bytes(results.company_columns, companies)
    yield results.page.name, reveal_page(standings, key, lang).encode("utf-8")
    known = [one for one in standings if one.lang]
    names = file_names(one.handed.trainee for one in known)
    for one in known:
        page = feedback_page(one, results.judge, one.lang)
        yield f"{results.feedback.name}/{names[one.handed.trainee]}.html", page.encode("utf-8", errors="replace")


def _line(one: Standing, judge: Judge, lang: str) -> Cells:
    """A line of the sheet."""
    note = " ".join(fault.text(lang) for fault in one.faults).replace("`", "")
    return [one.handed.trainee, one.outcome, str(len(one.faults)), *judge.line(one), note]


def _company_lines(one: Standing, judge: Judge) -> Iterator[Cells]:
    """The lines of one trainee's company."""
    yield from ([one.handed.trainee, *cells] for cells in judge.company_lines(one))
