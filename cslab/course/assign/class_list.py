"""The people of a class: a text file with a name a line, or a table whose first column holds the names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cslab.course.grading.records import clean
from cslab.course.grading.trainees import LONGEST, same
from cslab.faults import DataError, Fault, UsageError
from cslab.sources.findings import Findings
from cslab.sources.reading import header_of, read_text
from cslab.words import LANGUAGES

HEADINGS = ("trainee", "name", "受講者", "受講者名", "氏名", "名前")
"""What may stand above the names; any other first line is a name itself."""

Line = tuple[int, str, str]
"""Its number, the name, and the language if one is said."""


@dataclass(frozen=True)
class Trainee:
    """One of a class.

    Parameters
    ----------
    name : str
    lang : str
        ``"en"`` or ``"ja"``.

    >>> Trainee("山田 花子", "ja").lang
    'ja'
    """

    name: str
    lang: str


def read_class(path: Path, lang: str) -> tuple[Trainee, ...]:
    """The people of a class, in the order of their list.

    Parameters
    ----------
    path : Path
        In UTF-8, or as Excel in Japan saves it. A second column may say ``en`` or ``ja``.
    lang : str
        Of those for whom it says nothing.

    Raises
    ------
    DataError
        With everything that is wrong in the list, by line.
    UsageError
        Where there is no such file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     size = (Path(home) / "class.csv").write_bytes("氏名,lang\\n山田 花子,\\nSato,en\\n".encode("cp932"))
    ...     read_class(Path(home) / "class.csv", "ja")
    (Trainee(name='山田 花子', lang='ja'), Trainee(name='Sato', lang='en'))
    """
    if not path.is_file():
        raise UsageError(Fault("assign_no_list", {"path": path}), ending="nothing_written")
    findings = Findings()
    text = read_text(path, findings)
    lines, faults = _read(text or "", path.name)
    faults = [*findings.faults, *faults]
    if text is not None and not (lines or faults):
        faults.append(Fault("assign_nobody"))
    if faults:
        raise DataError(*faults, subject=path.name, ending="nothing_written")
    return tuple(Trainee(name, said or lang) for _, name, said in lines)


def _read(text: str, name: str) -> tuple[list[Line], list[Fault]]:
    """The lines of a list that hold somebody, and what is wrong in it."""
    rows = csv.reader(io.StringIO(text), delimiter=header_of(text)[1], strict=True) if text else iter(())
    lines, place = list[Line](), 0
    try:
        for place, row in enumerate(rows, 1):
            cells = [" ".join(cell.split()) for cell in row]
            heading = place == 1 and cells and same(cells[0]) in HEADINGS
            if any(cells) and not heading:
                lines.append((place, cells[0], cells[1].casefold() if len(cells) > 1 else ""))
    except csv.Error:
        return lines, [*_line_faults(lines), Fault("quotes_open", {"file": name, "row": place + 1})]
    return lines, list(_line_faults(lines))


def _line_faults(lines: list[Line]) -> Iterator[Fault]:
    """What is wrong with single lines: no name, one too long, one that is there already, no known language."""
    seen: dict[str, int] = {}
    for line, name, lang in lines:
        if not clean(name, LONGEST):
            yield Fault("assign_no_name", {"line": line})
        elif len(name) > LONGEST:
            yield Fault("assign_long_name", {"line": line, "most": LONGEST})
        elif same(name) in seen:
            yield Fault("assign_name_twice", {"line": line, "name": name, "first": seen[same(name)]})
        if lang and lang not in LANGUAGES:
            yield Fault("assign_lang", {"line": line, "value": lang, "known": ", ".join(LANGUAGES)})
        seen.setdefault(same(name), line)
