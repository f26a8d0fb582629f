"""What a door finds on its way through files: faults, which refuse them, and notes, which are shown with the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cslab.book import Note
from cslab.faults import Fault, nearest

EXAMPLES = 20
"""How many offending cells of one kind are written out; the rest is counted."""
WORDS = 5
"""How many different words are written out."""


@dataclass
class Findings:
    """Faults and notes, gathered until every file has been seen.

    Parameters
    ----------
    faults : list of Fault
        Anything that forbids loading.
    notes : list of Note
        Anything that was coerced, set aside or assumed.
    unread : dict of (str, str) to set of int
        By file and our column: the rows whose cell could not be read, so that nobody calls them empty as well.

    >>> findings = Findings()
    >>> findings.fault("file_empty", file="a.csv")
    >>> len(findings.faults), len(findings.notes)
    (1, 0)
    """

    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: dict[tuple[str, str], set[int]] = field(default_factory=dict)

    def fault(self, key: str, /, **values: Any) -> None:
        """Add a fault.

        Parameters
        ----------
        key : str
            Its words, without ``fault.``.
        **values
            What fills the blanks.

        >>> findings = Findings(); findings.fault("file_empty", file="a.csv"); findings.faults[0].values["file"]
        'a.csv'
        """
        self.faults.append(Fault(key, values))

    def note(self, key: str, /, **values: Any) -> None:
        """Add a note.

        Parameters
        ----------
        key : str
            Its words, without ``note.``.
        **values
            What fills the blanks.

        >>> findings = Findings(); findings.note("file_encoding", file="a.csv", encoding="cp932")
        >>> findings.notes[0].values["encoding"]
        'cp932'
        """
        self.notes.append(Note(key, values))

    def encoded(self, file: str, encoding: str) -> None:
        """Note that a file was read in an encoding; files of the same encoding share a note.

        Parameters
        ----------
        file, encoding : str

        >>> findings = Findings(); findings.encoded("a.csv", "cp932"); findings.encoded("b.csv", "cp932")
        >>> [note.values["file"] for note in findings.notes]
        ['a.csv, b.csv']
        """
        for place, note in enumerate(self.notes):
            if note.key == "file_encoding" and note.values["encoding"] == encoding:
                self.notes[place] = Note(note.key, {**note.values, "file": f"{note.values['file']}, {file}"})
                return
        self.note("file_encoding", file=file, encoding=encoding)


def shown(rows: Iterable[Any], cells: Iterable[str]) -> str:
    """The first offending cells as text: row number and what stands there.

    Parameters
    ----------
    rows : iterable of int
        Lines of the file, the header being line 1.
    cells : iterable of str
        What stands in them.

    >>> shown([8, 12], ["abc", "x" * 60])
    '8 "abc", 12 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"'
    """
    pairs = list(zip(rows, cells, strict=True))[:EXAMPLES]
    return ", ".join(f'{row} "{_short(cell)}"' for row, cell in pairs)


def counted(cells: Iterable[str]) -> str:
    """The different words of some cells, the most frequent first, each with how often it stands there.

    Parameters
    ----------
    cells : iterable of str
        Text of the offending cells.

    >>> counted(["Mthly", "yearly ", "Mthly", "yearly", "yearly"])
    '"yearly" 3×, "Mthly" 2×'
    """
    words = Counter(cell.strip() for cell in cells)
    more = ", …" if len(words) > WORDS else ""
    return ", ".join(f'"{_short(word)}" {count:,}×' for word, count in words.most_common(WORDS)) + more


def translations(cells: Iterable[str], known: Sequence[str]) -> str:
    """The lines of a mapping that would translate some cells, the most frequent word first, as far as can be guessed.

    Parameters
    ----------
    cells : iterable of str
        Text of the offending cells.
    known : sequence of str
        The words that would have been understood.

    >>> translations(["Yrly", "monthly", "monthly"], ["month", "yearly"])
    '"monthly" = "month", "Yrly" = "yearly"'
    """
    words = Counter(cell.strip() for cell in cells).most_common(WORDS)
    return ", ".join(f'"{word}" = "{nearest(word, known) or "..."}"' for word, _ in words)


def _short(cell: str) -> str:
    """What stands in a cell, cut where it is long."""
    return cell if len(cell) <= 40 else cell[:40] + "…"
