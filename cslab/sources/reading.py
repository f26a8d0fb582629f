"""One delimited text file as it stands: encoding and delimiter found, cells still text, rows with their numbers."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.sources.findings import EXAMPLES, Findings

if TYPE_CHECKING:
    import pandas as pd

DELIMITERS = ",\t;|"
LONGEST_HEADER = 100_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of an Excel workbook, new and old."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""The first bytes of what Excel calls "Unicode text"."""


def read_text(path: Path, findings: Findings, encoding: str = "") -> str | None:
    """The text of a file in UTF-8 (with or without BOM), cp932 or UTF-16 with BOM, or in a declared encoding.

    Parameters
    ----------
    path : Path
        The file.
    findings : Findings
        Where faults and notes go.
    encoding : str
        As declared in a mapping; empty to find out.

    Returns
    -------
    str or None
        None where the file is empty or cannot be read without guessing at letters.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "accounts.csv"
    ...     size = path.write_bytes("顧客番号".encode("cp932"))
    ...     read_text(path, Findings())
    '顧客番号'
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        findings.fault("file_unreadable", file=path.name, reason=error.strerror or str(error))
        return None
    if data.startswith(WORKBOOKS):
        findings.fault("file_is_workbook", file=path.name)
        return None
    text = _decoded(data, path.name, findings, encoding)
    if text is None:
        return None
    if "\0" in text:
        findings.fault("file_not_text", file=path.name, row=text.count("\n", 0, text.index("\0")) + 1)
        return None
    if not text.strip():
        findings.fault("file_empty", file=path.name)
        return None
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        findings.fault("file_broken_letters", file=path.name, row=line, count=text.count("\ufffd"))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decoded(data: bytes, name: str, findings: Findings, encoding: str) -> str | None:
    """The bytes as text; None, and a fault, where no known encoding fits or two of them do."""
    found = ("utf-16",) if data.startswith(UTF_16) else ("utf-8-sig", "cp932")
    for candidate in (encoding,) if encoding else found:
        try:
            text = data.decode(candidate)
        except LookupError:
            findings.fault("encoding_unknown", file=name, encoding=candidate)
            return None
        except UnicodeDecodeError as error:
            where = data.count(b"\n", 0, error.start) + 1
            if candidate == "utf-8-sig" and (damaged := _damaged_utf8(data)) is not None:
                return damaged
            continue
        if candidate == "cp932" and not encoding and _could_be_euc(data, text):
            findings.fault("encoding_doubtful", file=name)
            return None
        if candidate in ("cp932", "utf-16") and not encoding:
            findings.encoded(name, candidate)
        return text
    findings.fault("encoding_none", file=name, row=where, tried=encoding or ", ".join(found))
    return None


def _damaged_utf8(data: bytes) -> str | None:
    """The text, its lost letters shown as U+FFFD, where the bytes are UTF-8 but for a few; else None.

    cp932 would read such bytes as other letters. Its own Japanese hardly ever makes a whole letter of UTF-8.
    """
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count("\ufffd")
    whole = sum(letter >= "\u0800" for letter in text) - lost
    return text if whole > 3 * lost else None


def _could_be_euc(data: bytes, text: str) -> bool:
    """Whether text that decodes as cp932 is more likely EUC-JP: half-width kana in plenty, and valid as EUC-JP too."""
    if not any("\uff61" <= letter <= "\uff9f" for letter in text):
        return False
    try:
        data.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def header_of(text: str) -> tuple[list[str], str]:
    """The names in the first line of a delimited text, and its delimiter.

    Parameters
    ----------
    text : str
        A whole file, or its first line.

    Returns
    -------
    names : list of str
        Without the spaces around them.
    delimiter : str
        Comma, tab, semicolon or bar: whichever divides the line most.

    >>> header_of("account_id;start;end\\nA1;2024-04-01;2025-04-01\\n")
    (['account_id', 'start', 'end'], ';')
    """
    start = text.lstrip("\n")[:LONGEST_HEADER]
    names = {mark: next(csv.reader(io.StringIO(start), delimiter=mark)) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: len(names[mark]))
    return [name.strip() for name in names[delimiter]], delimiter


def read_cells(text: str, name: str, findings: Findings, header_row: int = 0) -> pd.DataFrame | None:
    """All cells of a delimited text, as text.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in a message.
    findings : Findings
        Where faults go: names that are missing or stand twice, rows of another length than the header.
    header_row : int
        The line of the names, as a mapping says; 0: the first that is not blank.

    Returns
    -------
    DataFrame or None
        Columns as in the file; the index is the row number in a spreadsheet (header = 1). Blank lines fall away.

    >>> cells = read_cells("id,fee\\nA1,100\\n\\nA2,200\\n", "a.csv", Findings())
    >>> cells.index.tolist(), cells["fee"].tolist()
    ([2, 4], ['100', '200'])
    """
    import pandas as pd

    text, above = _from_header(text, header_row)
    if not text.strip():
        findings.fault("header_row_beyond", file=name, row=header_row, last=above)
        return None
    try:
        names, delimiter = header_of(text)
        odd = _odd_rows(text, len(names), delimiter)
    except csv.Error:
        findings.fault("quotes_open", file=name, row=_last_row(text) + above)
        return None
    if odd:
        where = ", ".join(f"{row + above} ({width})" for row, width in odd[:EXAMPLES])
        findings.fault("row_length", file=name, count=len(odd), width=len(names), where=where)
        return None
    columns = [title or f"\0{place}" for place, title in enumerate(names)]
    if repeated := sorted({title for title in names if title and names.count(title) > 1}):
        findings.fault("header_twice", file=name, row=above + 1, columns=", ".join(repeated))
        return None
    form: Any = {"sep": delimiter, "header": 0, "names": columns, "index_col": False, "dtype": str}
    try:
        cells = pd.read_csv(io.StringIO(text), **form, na_filter=False, skip_blank_lines=False)
    except pd.errors.ParserError:
        findings.fault("quotes_open", file=name, row=_last_row(text) + above)
        return None
    cells.index = pd.RangeIndex(2 + above, 2 + above + len(cells))
    return _without_blanks(cells, name, above + 1, findings)


def _from_header(text: str, header_row: int) -> tuple[str, int]:
    """The text from the line of the names on, and how many lines stand above it."""
    if not header_row:
        blank = len(text) - len(text.lstrip("\n"))
        return text[blank:], blank
    lines = text.split("\n", header_row - 1)
    return (lines[-1], header_row - 1) if len(lines) == header_row else ("", len(lines))


def _last_row(text: str) -> int:
    """The number of the last row that can be told from the next: a quotation mark that stays open swallows the rest."""
    rows = csv.reader(io.StringIO(text), delimiter=header_of(text[:LONGEST_HEADER].partition("\n")[0])[1])
    number = 0
    try:
        while next(rows, None) is not None:
            number += 1
    except csv.Error:
        return number + 1
    return number


def _odd_rows(text: str, width: int, delimiter: str) -> list[tuple[int, int]]:
    """Row number and number of cells of each row that is not as wide as the header; blank rows are no rows.

    A row that was cut off or shifted must not be filled up in silence, as the parser would.
    """
    if '"' not in text:
        import numpy as np

        lines = np.frombuffer(text.rstrip("\n").encode("utf-8"), dtype=np.uint8)
        ends = np.append(np.flatnonzero(lines == ord("\n")), lines.size)
        marks = np.searchsorted(np.flatnonzero(lines == ord(delimiter)), ends)
        cells, lengths = np.diff(marks, prepend=0) + 1, np.diff(ends, prepend=-1) - 1
        odd = np.flatnonzero((cells != width) & (lengths > 0))
        return [(int(row) + 1, int(cells[row])) for row in odd]
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [(number, len(row)) for number, row in enumerate(rows, start=1) if row and len(row) != width]


def _without_blanks(cells: pd.DataFrame, name: str, row: int, findings: Findings) -> pd.DataFrame | None:
    """The cells without blank lines and without nameless columns that hold nothing."""
    nameless = [column for column in map(str, cells) if column.startswith("\0")]
    if full := [column for column in nameless if (cells[column].str.strip() != "").any()]:
        findings.fault("header_blank", file=name, row=row, place=int(full[0][1:]) + 1)
        return None
    cells = cells.drop(columns=nameless)
    first = cells.iloc[:, 0]
    if (first == "").any():
        blank = cells[first == ""].apply(lambda column: column.str.strip() == "").all(axis=1)
        cells = cells.drop(index=blank.index[blank])
    return cells
