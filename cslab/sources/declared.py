"""What people declare in YAML: rules, journey maps, chains. Strict, safe, and each thing knows its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import DataError, Fault
from cslab.sources.plain import Builder

if TYPE_CHECKING:
    from cslab.sources.form import Form

LARGEST = 1_000_000
"""Bytes that a declared file may have; maps and rules have a few thousand."""
MOST_TOLD = 100
"""Faults that are written out; nobody reads more, and a file of one key over and over has a hundred thousand."""


@dataclass(frozen=True)
class Declared:
    """A declared file: its content, and where each thing of it stands.

    Parameters
    ----------
    name : str
        What to call the file in messages.
    value : dict
        Sections as dicts with text keys, lists, texts, numbers, true and false, days, None for what is left empty.
    lines : mapping of tuple to int
        The line of each key and item, by the way to it.

    >>> parse("phases:\\n  trial:\\n    target_days: 30\\n", "rules.yaml").line("phases", "trial", "target_days")
    3
    """

    name: str
    value: dict[str, Any]
    lines: Mapping[tuple[str | int, ...], int]

    def line(self, *path: str | int) -> int:
        """The line of a key or item; of what it would stand in, when it is not there.

        Parameters
        ----------
        *path : str or int
            Keys, and places in lists (from 0), from the outside in.

        >>> parse("steps:\\n- first\\n- second\\n", "map.yaml").line("steps", 1)
        3
        """
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, key: str, /, *path: str | int, **values: Any) -> Fault:
        """A fault of a key or item, with its ``line`` among its values.

        Parameters
        ----------
        key : str
            The message, which has the blank ``{line}``.
        *path : str or int
            The way to what is wrong.
        **values : object
            What fills the other blanks.

        >>> parse("a: 1\\n", "rules.yaml").fault("declared.empty", "a").values
        {'line': 1}
        """
        return Fault(key, {"line": self.line(*path), **values})

    def faults(self, form: Form) -> list[Fault]:
        """Everything in which the file differs from the form that it should have.

        Parameters
        ----------
        form : Form
            Of the whole file.

        >>> from cslab.sources.form import Form
        >>> form = Form("section", keys={"name": Form("text")})
        >>> [fault.key for fault in parse("nmae: x\\n", "rules.yaml").faults(form)]
        ['declared.unknown_key', 'declared.missing_key']
        """
        return list(form.faults(self))

    def refused(self, faults: Iterable[Fault]) -> DataError:
        """The error of a file with faults, ready to be raised.

        Parameters
        ----------
        faults : iterable of Fault
            They are told in the order of their lines.

        >>> declared = parse("a: 1\\n", "rules.yaml")
        >>> declared.refused([declared.fault("declared.empty")]).text("en").splitlines()[0]
        '1 fault in rules.yaml'
        """
        return refusal(self.name, faults)


def refusal(name: str, faults: Iterable[Fault]) -> DataError:
    """The error of a file of that name, its faults in the order of their lines.

    Parameters
    ----------
    name : str
    faults : iterable of Fault

    >>> refusal("rules.yaml", [Fault("declared.empty", {"line": 1})]).subject
    'rules.yaml'
    """
    ordered = sorted(faults, key=lambda fault: int(fault.values.get("line", 0)))
    if (more := len(ordered) - MOST_TOLD) > 0:
        last = ordered[MOST_TOLD - 1].values.get("line", 1)
        ordered = [*ordered[:MOST_TOLD], Fault("declared.more", {"line": last, "count": more})]
    return DataError(*ordered, subject=name, ending="nothing_declared")


def read(path: Path) -> Declared:
    """A declared file of the disk.

    Parameters
    ----------
    path : Path

    Raises
    ------
    DataError
        With everything that keeps it from being read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     place = Path(folder) / "rules.yaml"; _ = place.write_text("days: 30", encoding="utf-8"); read(place).value
    {'days': 30}
    """
    return parse(content(path), path.name)


def content(path: Path) -> bytes:
    """What a declared file holds, as it stands on the disk; of one that is too large, only so much that it shows.

    Parameters
    ----------
    path : Path

    Raises
    ------
    DataError
        Where the disk refuses it.

    >>> content(Path("no such file.yaml"))
    Traceback (most recent call last):
    cslab.faults.DataError: ...
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise refusal(path.name, [Fault("declared.unreadable", {"reason": error.strerror or str(error)})]) from error


def parse(content: str | bytes, name: str) -> Declared:
    """Declared text, read strictly: plain YAML without anything that hides or repeats.

    Words such as ``on``, ``yes`` or ``12:30`` stay texts; only true, false, numbers, days and empty places are more.

    Parameters
    ----------
    content : str or bytes
    name : str
        What to call it in messages: the file's name.

    Raises
    ------
    DataError
        With every fault and its line: too large, not UTF-8, tabs or full-width spaces before a key, a key that is there
        twice, anchors and aliases, tags, several documents, nothing in it, or no YAML at all.

    >>> parse("on: yes\\nfrom: [a, b]\\ndays: 30\\nsince: 2024-04-01\\n", "rules.yaml").value["on"]
    'yes'
    >>> parse("a: 1\\na: 2\\n", "rules.yaml")
    Traceback (most recent call last):
    cslab.faults.DataError: 1 fault in rules.yaml
      line 2: a is there twice (first in line 1). Keep one.
    Nothing was read from it.
    """
    text = _text(content, name)
    builder = Builder([Fault(key, {"line": line}) for key, line in _blanks(text)])
    value = builder.document(_spaced(text) if builder.faults else text)
    if builder.faults:
        raise refusal(name, builder.faults)
    return Declared(name, value, builder.lines)


def _text(content: str | bytes, name: str) -> str:
    """The letters of a file, if it is not too large and in UTF-8."""
    if len(content) > LARGEST:
        raise refusal(name, [Fault("declared.too_large", {"limit": LARGEST // 1_000_000})])
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise refusal(name, [Fault(f"declared.{_encoding(content)}", {"line": line})]) from error


def _encoding(content: bytes) -> str:
    """What a file that is not UTF-8 probably is."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf16"
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return "not_utf8"
    return "cp932"


def _blanks(text: str) -> Iterator[tuple[str, int]]:
    """Lines that hold a tab, or begin with a full-width space: nobody sees them, and YAML reads them otherwise."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            yield "declared.tab", number
        if "\u3000" in line[: len(line) - len(line.lstrip())]:
            yield "declared.wide_space", number


def _spaced(text: str) -> str:
    """A text with spaces for its tabs and full-width spaces, so that what else is wrong with it can be seen too."""
    return text.replace("\t", " ").replace("\u3000", " ")
