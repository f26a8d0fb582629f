"""A company as files for other programs: its tables in one workbook, its pictures, its numbers in the long form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.dashboard.gallery import PICTURES, gallery
from cslab.course.folders import disk_faults, workshop
from cslab.faults import CslabError, Fault, UsageError
from cslab.measure.dashboard import Charter, executive, tidy
from cslab.sources.privacy import NOTICE_FILE, notice, notice_text
from cslab.sources.written import csv_lines
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.book import Book
    from cslab.sources.workbook_out import Sheet

WORKBOOK, NUMBERS, FIGURES = "tables.xlsx", "numbers.csv", "figures"
DPI = 200
"""Of the pictures for slides."""


@dataclass(frozen=True)
class Exported:
    """What was written.

    Parameters
    ----------
    tables : int
        Sheets of tables.
    figures : tuple of str
        Names of the pictures, each there as PNG and as SVG.
    left_out : tuple of (str, str)
        Pictures that the data do not carry, and why.

    >>> Exported(2, ("survival",), ()).figures
    ('survival',)
    """

    tables: int
    figures: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def export(
    book: Book, folder: Path, lang: str, charter: Charter | str = "default", score: str = "dear", force: bool = False
) -> Exported:
    """Write every table to one workbook, every picture to PNG and SVG, and the numbers to a long CSV.

    Parameters
    ----------
    book : Book
    folder : Path
        Made where it is missing. All of it is written, or nothing.
    lang : str
        Of pictures and explanations.
    charter : Charter or str
        Of the dashboard.
    score : str
        Of the dashboard.
    force : bool
        Whether an earlier export is written over.

    Returns
    -------
    Exported

    Raises
    ------
    NotReady
        Where the data carry none of the five tiles.
    UsageError
        For a folder with something in it, or where the disk cannot be written.

    >>> import cslab, tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     made = export(cslab.load("synthetic:tiny"), Path(home) / "out", "en")
    ...     sorted(path.name for path in (Path(home) / "out").iterdir())
    ['figures', 'numbers.csv', 'tables.xlsx']
    """
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise UsageError(Fault("export_there", {"folder": folder}), ending="nothing_written")
    from cslab.sources.workbook_out import write_workbook

    found = executive(book, charter, score=score)
    found.require()
    with workshop(folder) as bench, disk_faults(folder):
        sheets = list(_sheets(book, lang))
        write_workbook(bench / WORKBOOK, sheets, banner=_banner(book, lang))
        (bench / NUMBERS).write_text(_long(tidy(book, found)), encoding="utf-8-sig", newline="\n")
        (bench / FIGURES).mkdir()
        drawn = {name: _put(bench / FIGURES / name, made, lang) for name, made in gallery(book, found, lang)}
        _mark(book, bench)
        _hand_over(bench, folder)
    kept = tuple(name for name, why in drawn.items() if not why)
    return Exported(len(sheets), kept, tuple((name, why) for name, why in drawn.items() if why))


def _sheets(book: Book, lang: str) -> Iterator[Sheet]:
    """A sheet a table, with what it is in a line above; the columns keep the names by which the kit reads them."""
    from cslab.sources.workbook_out import Sheet

    for name in book.tables:
        table = TABLES[name]
        yield Sheet(name, book.tables[name], note=table.ja if lang == "ja" else table.en)


def _long(frame: pd.DataFrame) -> str:
    """The long form as CSV."""
    days = frame.assign(day=frame["day"].dt.strftime("%Y-%m-%d"))
    cells = {str(name): ["" if value != value else str(value) for value in days[name]] for name in days}
    return csv_lines([str(name) for name in days], cells)


def _put(path: Path, made: Axes | CslabError, lang: str) -> str:
    """Write a picture in both forms; say why there is none."""
    import matplotlib.pyplot as plt

    if isinstance(made, CslabError):
        return made.faults[0].text(lang)
    figure = made.get_figure(root=True)
    assert figure is not None  # the axes of a picture always stand on one
    with plt.rc_context({"svg.fonttype": "path", "svg.hashsalt": "cslab"}):
        for ending, blank in (("png", {"Software": None}), ("svg", {"Date": None, "Creator": None})):
            file = path.with_suffix(f".{ending}")
            figure.savefig(file, dpi=DPI, bbox_inches="tight", pad_inches=0.1, metadata=blank)
    plt.close(figure)
    return ""


def _hand_over(bench: Path, folder: Path) -> None:
    """Put what was made into its folder; pictures of an earlier export that are no longer made go."""
    (folder / FIGURES).mkdir(parents=True, exist_ok=True)
    for path in (folder / FIGURES).iterdir():
        if path.stem in PICTURES and path.suffix in (".png", ".svg"):
            path.unlink()
    for path in bench.rglob("*"):
        if path.is_file():
            path.replace(folder / path.relative_to(bench))


def _banner(book: Book, lang: str) -> str:
    """The warning on every sheet; empty where the company is nobody's."""
    return notice(lang) if book.confidential else ""


def _mark(book: Book, folder: Path) -> None:
    """Leave the warning beside files that cannot carry it."""
    if book.confidential:
        (folder / NOTICE_FILE).write_text(notice_text(), encoding="utf-8", newline="\n")
