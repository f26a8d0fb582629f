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
from cslab.course.reveal.page import reveal_page
from cslab.course.reveal.standing import Standing

COLUMNS = (
    *("trainee", "outcome", "missing", "phase", "second", "step", "prevention_hours", "firefighting_hours"),
    *("best_phase", "gain_amount", "best_amount", "regret_amount", "regret_share", "note"),
)
COMPANY_COLUMNS = (
    *("trainee", "phase", "customers", "stuck_share", "per_hour", "per_hour_low", "per_hour_high", "truth_per_hour"),
    *("gain_amount", "true_gain_amount"),
)


@dataclass(frozen=True)
class Results:
    """Where the results stand.

    Parameters
    ----------
    sheet : Path
        A line for each trainee.

    >>> Results(Path("out/revealed.csv")).page.as_posix()
    'out/revealed/reveal.html'
    """

    sheet: Path

    @property
    def shelf(self) -> Shelf:
        """The sheet and the folder beside it."""
        return Shelf(self.sheet, COLUMNS, "companies.csv", COMPANY_COLUMNS, "reveal")

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
        >>> with tempfile.TemporaryDirectory() as home:
        ...     Results(Path(home) / "h1.csv").write([], Key("h1_mission", 500, ()), "en")
        ...     sorted(path.name for path in (Path(home) / "h1").iterdir())
        ['companies.csv', 'feedback', 'reveal.html']
        """
        lines = sheet_bytes(COLUMNS, (_line(one, lang) for one in standings))
        self.shelf.write(lines, _files(self, standings, key, lang))


def _files(results: Results, standings: Sequence[Standing], key: Key, lang: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder by its name."""
    companies = (line for one in standings for line in _company_lines(one))
    yield results.shelf.mark, sheet_bytes(COMPANY_COLUMNS, companies)
    yield results.page.name, reveal_page(standings, key, lang).encode("utf-8")
    known = [one for one in standings if one.lang]
    names = file_names(one.handed.trainee for one in known)
    for one in known:
        page = feedback_page(one, key.hours, one.lang)
        yield f"{results.feedback.name}/{names[one.handed.trainee]}.html", page.encode("utf-8", errors="replace")


def _line(one: Standing, lang: str) -> list[str | int]:
    """A line of the sheet."""
    regret = one.regret
    known = [one.handed.trainee, one.outcome, str(len(one.faults)), one.chosen, one.second, one.step]
    hours = ["" if number is None else f"{number:g}" for number in one.hours]
    amounts = (
        [round(amount) for amount in (regret.gain_amount, regret.best_amount, regret.amount)] if regret else [""] * 3
    )
    share = f"{regret.share:.4f}" if regret else ""
    note = " ".join(fault.text(lang) for fault in one.faults).replace("`", "")
    return [*known, *hours, one.best, *amounts, share, note]


def _company_lines(one: Standing) -> Iterator[list[str | int | float]]:
    """The lines of one trainee's company: whole units of the currency, the share with four places."""
    if one.truth is not None:
        for row in one.truth.table.to_dict("records"):
            places = {column: 4 if column == "stuck_share" else None for column in COMPANY_COLUMNS[2:]}
            cells = (
                "" if row[column] != row[column] else round(row[column], digits) for column, digits in places.items()
            )
            yield [one.handed.trainee, str(row["phase"]), *cells]
