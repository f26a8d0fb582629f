"""Evidence of a homework: cells of a notebook that carry a name, were run, did not fail and show something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab.course.homework.document import Link, normal
from cslab.course.homework.front import Entry
from cslab.course.lessons import notebook_data
from cslab.faults import Fault, UsageError, nearest

LARGEST = 20_000_000
"""Bytes of a notebook at most."""
_NAMED = re.compile(r"^#\s*(?:evidence|根拠)\s*:\s*(\S{1,200})\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A cell that carries a name.

    Parameters
    ----------
    name : str
    state : str
        ``shown``, or what is wrong with it: ``not_run``, ``failed``, ``silent``.

    >>> Shown("retention", "not_run").state
    'not_run'
    """

    name: str
    state: str


def named_cells(notebook: dict[str, Any]) -> list[Shown]:
    """The cells that carry a name: those whose first line is ``# evidence: name`` (``# 根拠: name``).

    Parameters
    ----------
    notebook : dict
        As stored.

    >>> cell = {"cell_type": "code", "source": "# 根拠：継続率\\n1 + 1", "execution_count": None, "outputs": []}
    >>> named_cells({"cells": [cell]})
    [Shown(name='継続率', state='not_run')]
    """
    found = []
    for cell in notebook["cells"]:
        source = "".join(cell.get("source", ""))
        first = unicodedata.normalize("NFKC", source.strip().partition("\n")[0])
        if cell.get("cell_type") == "code" and (name := _NAMED.match(first)):
            found.append(Shown(name[1], _state(cell)))
    return found


def evidence_faults(links: Sequence[Link], uses: dict[str, int], entry: Entry, folder: Path) -> Iterator[Fault]:
    """Everything that is wrong with the links of a homework.

    Parameters
    ----------
    links : sequence of Link
    uses : dict of str to int
        What the text refers to.
    entry : Entry
        The notebook, as the front matter names it.
    folder : Path
        That of the homework.

    >>> link = Link("E1", "", "retention", 40)
    >>> [fault.key for fault in evidence_faults([link], {}, Entry("no_such.ipynb", 5), Path("."))]
    ['homework_evidence_unused', 'homework_no_notebook']
    """
    yield from _references(links, uses)
    try:
        cells = named_cells(_notebook(entry, folder))
    except UsageError as error:
        yield from error.faults
        return
    except (AttributeError, TypeError, RecursionError):  # JSON, but of no notebook that any program wrote
        yield Fault("homework_notebook_broken", {"line": entry.line, "file": entry.value})
        return
    names = [cell.name for cell in cells]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault("homework_cell_twice", {"cell": name, "file": entry.value})
    for link in links:
        yield from _link_faults(link, {normal(cell.name): cell for cell in cells}, entry)


def _state(cell: dict[str, Any]) -> str:
    """Whether a cell can be evidence, as stored."""
    outputs = cell.get("outputs") or []
    if any(output.get("output_type") == "error" for output in outputs):
        return "failed"
    if cell.get("execution_count") is None:
        return "not_run"
    return "shown" if outputs else "silent"


def _references(links: Sequence[Link], uses: dict[str, int]) -> Iterator[Fault]:
    """Definitions that the text does not use, and uses that nothing defines."""
    defined = {normal(link.label) for link in links}
    for link in links:
        if not link.inline and normal(link.label) not in uses:
            yield Fault("homework_evidence_unused", {"line": link.line, "label": link.label})
    for label, line in uses.items():
        if label not in defined and re.fullmatch(r"e\d+", label):
            yield Fault("homework_evidence_undefined", {"line": line, "label": label.upper()})


def _notebook(entry: Entry, folder: Path) -> dict[str, Any]:
    """The notebook beside the homework; one from elsewhere is not opened."""
    told = {"line": entry.line, "file": entry.value}
    path = folder / entry.value
    if not path.resolve().is_relative_to(folder.resolve()) or path.suffix.lower() != ".ipynb":
        raise UsageError(Fault("homework_notebook_place", told))
    if not path.is_file():
        near = nearest(entry.value, [other.name for other in folder.glob("*.ipynb")])
        raise UsageError(Fault("homework_no_notebook", {**told, "near": near}))
    if path.stat().st_size > LARGEST:
        raise UsageError(Fault("homework_notebook_large", {**told, "most": LARGEST / 1e6}))
    try:
        return notebook_data(path)
    except UsageError as error:
        raise UsageError(Fault("homework_notebook_broken", told)) from error


def _link_faults(link: Link, cells: dict[str, Shown], entry: Entry) -> Iterator[Fault]:
    """What is wrong with one link."""
    told = {"line": link.line, "label": link.label, "cell": link.cell, "file": entry.value}
    if link.file and normal(link.file.removeprefix("./")) != normal(entry.value.removeprefix("./")):
        yield Fault("homework_evidence_elsewhere", {**told, "other": link.file})
    elif (found := cells.get(normal(link.cell))) is None:
        known = [cell.name for cell in cells.values()]
        yield Fault(
            "homework_evidence_no_cell",
            {**told, "near": nearest(link.cell, known), "known": ", ".join(known) or "–"},
        )
    elif found.state != "shown":
        yield Fault(f"homework_evidence_{found.state}", told)
