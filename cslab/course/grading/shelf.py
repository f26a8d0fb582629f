"""Where a class's results stand: a sheet, and a folder of pages of the same name beside it; all at once or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cslab.course.folders import disk_faults, workshop
from cslab.course.grading.sheet import is_ours
from cslab.faults import Fault, UsageError


@dataclass(frozen=True)
class Shelf:
    """A place for results.

    Parameters
    ----------
    sheet : Path
        A line for each thing that was judged.
    columns : sequence of str
        The first line of the sheet, by which it is known again.
    mark : str
        The name of a second sheet, in the folder, by which the folder is known again.
    mark_columns : sequence of str
        Its first line.
    verb : str
        That writes here.

    >>> Shelf(Path("out/grades.csv"), (), "", ()).folder.as_posix()
    'out/grades'
    """

    sheet: Path
    columns: Sequence[str]
    mark: str
    mark_columns: Sequence[str]
    verb: str = "grade"

    @property
    def folder(self) -> Path:
        """The folder beside the sheet."""
        return self.sheet.with_suffix("") if self.sheet.suffix else self.sheet.with_name(f"{self.sheet.name}.pages")

    @property
    def feedback(self) -> Path:
        """The folder of the trainees' pages."""
        return self.folder / "feedback"

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

        >>> Shelf(Path("no such folder") / "grades.csv", (), "", ()).refuse_others()
        """
        ours = not self.sheet.exists() or is_ours(self.sheet, self.columns)
        empty = not self.folder.exists() or (self.folder.is_dir() and not any(self.folder.iterdir()))
        faults = [] if ours or (force and self.sheet.is_file()) else [self._in_the_way(self.sheet)]
        if not (empty or is_ours(self.folder / self.mark, self.mark_columns) or (force and self.folder.is_dir())):
            faults.append(self._in_the_way(self.folder))
        if faults:
            raise UsageError(*faults, ending="nothing_graded")
        with disk_faults(self.folder):
            self._try_to_write()

    def _try_to_write(self) -> None:
        """Write where the results will go, and leave it as it was: a right that is there can still be of no use."""
        if self.sheet.exists():
            self.sheet.open("r+b").close()
        places = (self.sheet.parent, self.folder, self.feedback)
        for place in {next(path for path in (each, *each.parents) if path.exists()) for each in places}:
            with tempfile.TemporaryFile(dir=place):
                pass

    def write(self, sheet: bytes, files: Iterable[tuple[str, bytes]]) -> None:
        """Write everything; what an earlier time left there goes first.

        Parameters
        ----------
        sheet : bytes
        files : iterable of (str, bytes)
            What goes into the folder, by name.

        Raises
        ------
        UsageError
            Where the disk refuses; then nothing has changed.

        >>> with tempfile.TemporaryDirectory() as home:
        ...     Shelf(Path(home) / "grades.csv", (), "", ()).write(b"", [("class.html", b"")])
        ...     sorted(path.name for path in Path(home).iterdir())
        ['grades', 'grades.csv']
        """
        with workshop(self.folder) as bench, disk_faults(self.folder):
            pages = bench / "pages"
            for name, content in files:
                (pages / name).parent.mkdir(parents=True, exist_ok=True)
                (pages / name).write_bytes(content)
            (bench / "sheet").write_bytes(sheet)
            self.feedback.mkdir(parents=True, exist_ok=True)
            (bench / "sheet").replace(self.sheet)  # first: where it is open in Excel, all stays as it was
            for old in self.feedback.glob("*.html"):
                old.unlink()
            for path in sorted(path for path in pages.rglob("*") if path.is_file()):
                path.replace(self.folder / path.relative_to(pages))

    def _in_the_way(self, path: Path) -> Fault:
        """That something stands where the results would go."""
        return Fault("grade_in_the_way", {"path": path, "verb": self.verb})
