"""A homework's file: what its front matter says, its sections, its links into a notebook; each with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from cslab.course.homework.front import Entry, front_matter
from cslab.faults import DataError, Fault, UsageError

LARGEST = 1_000_000
"""Bytes of a homework's file at most."""
Lines = tuple[tuple[int, str], ...]
"""Numbers and texts of lines."""
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_LABEL, _TARGET = r"\[([^\[\]]{0,200})\]", r"(?:<([^<>]{1,300})>|([^()\s]{1,300}))"
_DEFINITION = re.compile(rf"^\s{{0,3}}{_LABEL}:\s{{0,9}}{_TARGET}")
_INLINE = re.compile(rf"{_LABEL}\({_TARGET}\)")
_USE = re.compile(rf"{_LABEL}(?![(:])")


@dataclass(frozen=True)
class Link:
    """A link to a cell of a notebook.

    Parameters
    ----------
    label : str
        What the text calls it, such as ``"E1"``.
    file : str
        Name of the notebook, empty where only the cell is named.
    cell : str
        Name of the cell.
    line : int
    inline : bool
        Whether it stands in the text itself.

    >>> Link("E1", "charter.ipynb", "retention", 40).inline
    False
    """

    label: str
    file: str
    cell: str
    line: int
    inline: bool = False


@dataclass(frozen=True)
class Answer:
    """What stands in a section.

    Parameters
    ----------
    heading : str
    line : int
        Of the heading.
    lines : tuple of (int, str)
        The lines below it.

    >>> Answer("Limits", 12, ((13, ""), (14, "none"))).text
    'none'
    """

    heading: str
    line: int
    lines: Lines

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(text for _, text in self.lines).strip()


@dataclass(frozen=True)
class Document:
    """A homework's file as it was read.

    Parameters
    ----------
    front : dict of str to Entry
        What the front matter says, with lines.
    answers : tuple of Answer
        The sections, in order, whatever their headings.
    links : tuple of Link
        Into notebooks.
    uses : dict of str to int
        What the text refers to in square brackets, and the line where it first does.
    slips : tuple of Fault
        Of the front matter, where it could be read all the same.

    >>> Document({}, (), (), {}).links
    ()
    """

    front: dict[str, Entry]
    answers: tuple[Answer, ...]
    links: tuple[Link, ...]
    uses: dict[str, int]
    slips: tuple[Fault, ...] = ()


def read_document(path: Path) -> Document:
    """Read a homework's file.

    Parameters
    ----------
    path : Path
        Markdown in UTF-8 with front matter.

    Raises
    ------
    UsageError
        Where there is no such file.
    DataError
        For a file that cannot be read as a homework: too large, another encoding, no front matter or none to be read.

    >>> read_document(Path("no such homework.md"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    lines = decoded(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    faults: list[Fault] = []
    front, below = front_matter(lines, faults)
    if faults and not front:
        raise DataError(*faults, subject=path.name)
    body = _body(lines, below)
    return Document(front, tuple(_answers(body)), tuple(_links(body)), _uses(body), tuple(faults))


def decoded(path: Path) -> str:
    """The text of a file, without a byte-order mark.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UsageError
        Where there is no such file.
    DataError
        For a file that is too large or not UTF-8; what Japanese editors write instead is recognised.

    >>> decoded(Path("no such homework.md"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise UsageError(Fault("homework_no_file", {"path": path})) from error
    if size > LARGEST:
        raise DataError(Fault("homework_too_large", {"size": size / 1e6, "most": LARGEST / 1e6}), subject=path.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(Fault(_encoding(content)), subject=path.name) from error


def normal(text: str) -> str:
    """A text for comparing: full-width signs as half-width ones, without spaces and differences of case.

    Parameters
    ----------
    text : str

    >>> normal("2. Ｗhat it shows") == normal("2.what IT shows")
    True
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def titled(heading: str) -> str:
    """A heading for comparing: without its number.

    Parameters
    ----------
    heading : str

    >>> titled("２．定義") == titled("定義")
    True
    """
    return re.sub(r"^[\d.)、・]+", "", normal(heading)).strip("*_")


def _encoding(content: bytes) -> str:
    """Which fault it is that a file is not UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "homework_utf16"
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return "homework_not_text"
    return "homework_not_text" if b"\0" in content else "homework_cp932"


def _body(lines: Sequence[str], below: int) -> Lines:
    """The numbered lines below the front matter, with code blocks and comments emptied."""
    body, fenced = [], False
    for number, line in enumerate(_without_comments("\n".join(lines[below:])).split("\n"), below + 1):
        fence = bool(_FENCE.match(line))
        body.append((number, "" if fenced or fence else line))
        fenced ^= fence
    return tuple(body)


def _without_comments(text: str) -> str:
    """A text whose HTML comments are empty, line by line; one that is not closed goes on to the end."""
    first, *rest = text.split("<!--")
    pieces = [first]
    for piece in rest:
        comment, _, after = piece.partition("-->")
        pieces.append("\n" * comment.count("\n") + after)
    return "".join(pieces)


def _answers(body: Lines) -> Iterator[Answer]:
    """The sections: a heading of the first or second level begins one."""
    heads = [(place, found[2]) for place, (_, text) in enumerate(body) if (found := _heading(text))]
    for (place, heading), (stop, _) in pairwise([*heads, (len(body), "")]):
        yield Answer(heading, body[place][0], body[place + 1 : stop])


def _heading(text: str) -> re.Match[str] | None:
    """A line that is a heading of the first or second level."""
    found = _HEADING.match(unicodedata.normalize("NFKC", text))
    return found if found and len(found[1]) <= 2 else None


def _links(body: Lines) -> Iterator[Link]:
    """The links into notebooks; any other link is only a link."""
    for number, text in body:
        line = unicodedata.normalize("NFKC", text)
        if found := _DEFINITION.match(line):
            yield from _link(found[1], found[2] or found[3], number, False)
            continue
        for label, quoted, plain in _INLINE.findall(line):
            yield from _link(label, quoted or plain, number, True)


def _link(label: str, target: str, line: int, inline: bool) -> Iterator[Link]:
    """One link, if it leads into a notebook."""
    file, _, cell = unquote(target).partition("#")
    if file.lower().endswith(".ipynb") or (not file and cell):
        yield Link(label.strip(), file, cell, line, inline)


def _uses(body: Lines) -> dict[str, int]:
    """What the text refers to, without the definitions themselves."""
    found: dict[str, int] = {}
    for number, text in body:
        line = unicodedata.normalize("NFKC", text)
        if _DEFINITION.match(line) or line.lstrip().startswith(">"):
            continue
        for label in _USE.findall(re.sub(r"`[^`]*`", "", line)):
            found.setdefault(normal(label), number)
    return found
