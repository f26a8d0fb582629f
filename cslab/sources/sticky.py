"""Sticky notes of a workshop, typed into a CSV file, as a journey map in YAML; and a map as notes again."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import DataError, Fault, nearest
from cslab.sources import note_cells
from cslab.sources.declared import parse
from cslab.sources.findings import Findings
from cslab.sources.note_cells import COLUMNS, GOALS
from cslab.sources.reading import read_cells, read_text
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Note

LOWEST, HIGHEST = -2, 2
"""How a step may feel, at worst and at best."""

READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "step": (note_cells.step_name, "sticky_step"),
    "evidence": (note_cells.evidence, "sticky_evidence"),
    "owner": (note_cells.departments, ""),
    "supports": (note_cells.departments, ""),
    "hand_off": (note_cells.department, ""),
    "target_days": (lambda cell: note_cells.number(cell, 0), "sticky_target_days"),
    "emotion": (lambda cell: note_cells.number(cell, LOWEST, HIGHEST), "sticky_emotion"),
    "optional": (note_cells.flag, "sticky_flag"),
    "repeats": (note_cells.flag, "sticky_flag"),
}
"""How each cell is read, and what is said where it cannot be."""


@dataclass(frozen=True)
class Imported:
    """A map made of notes.

    Parameters
    ----------
    text : str
        YAML.
    steps : int
        How many notes there were.
    notes : tuple of Note
        What was assumed on the way, such as the encoding.

    >>> Imported("journey: map\\n", 0).steps
    0
    """

    text: str
    steps: int
    notes: tuple[Note, ...] = ()


def map_of_notes(path: Path) -> Imported:
    """The journey map of a file of sticky notes.

    One row is one note; the phases stand in the order in which they first come, the steps in that of their rows. A step
    without a name, or with one that is not in Latin letters, is called after its phase; the words stay beside it as a
    comment. Two departments in one cell stay two: whoever checks the map is told.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, cp932 or UTF-16, delimited by comma, tab or semicolon.

    Returns
    -------
    Imported

    Raises
    ------
    DataError
        With everything that is wrong, by row and column.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     notes = Path(home) / "wall.csv"
    ...     size = notes.write_text("phase,goal_en,owner\\nonboarding,We see our first report,cs\\n", encoding="utf-8")
    ...     print(map_of_notes(notes).text, end="")
    journey: wall
    phases:
    - phase: onboarding
      steps:
      - step: onboarding_1
        goal:
          en: We see our first report
        owner: cs
    """
    findings = Findings()
    text = read_text(path, findings)
    cells = None if text is None else read_cells(text, path.name, findings)
    steps = [] if cells is None else _Reader(findings).steps(cells)
    faults = [fault for fault in findings.faults if fault.key != "file_empty"]
    if not (steps or faults):
        faults = [Fault("sticky_none")]
    if faults:
        raise DataError(*faults, subject=path.name, ending="nothing_written")
    words = _named(steps)
    if words:
        named = ", ".join(f"{name} ({said})" for name, said in words.items())
        findings.note("sticky_named", steps=named)
    return Imported(_yaml(path.stem, steps, words), len(steps), tuple(findings.notes))


def notes_of_map(text: str, name: str, lang: str) -> str:
    """A map as notes, to be typed on and read again by :func:`map_of_notes`.

    Parameters
    ----------
    text : str
        A map in YAML, or nothing: then only the headings.
    name : str
        What to call it in messages.
    lang : str
        ``"en"`` or ``"ja"``, of the headings.

    Returns
    -------
    str
        CSV.

    Raises
    ------
    DataError
        For what is no YAML.

    >>> notes_of_map("", "", "en").startswith("phase,step,goal_en,goal_ja")
    True
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([word(f"journey.column.{column}", lang) for column in COLUMNS])
    for phase in parse(text, name).value["phases"] if text else ():
        for step in phase["steps"]:
            rows.writerow([phase["phase"], *(note_cells.written(column, step) for column in COLUMNS[1:])])
    return out.getvalue()


@dataclass
class _Reader:
    """Reads notes; everything that is wrong goes to the findings."""

    findings: Findings
    taken: dict[str, list[int]] = field(default_factory=dict)

    def steps(self, cells: pd.DataFrame) -> list[dict[str, Any]]:
        """All notes, as far as they can be read."""
        columns = self.columns([str(heading) for heading in cells])
        found = []
        for row, values in zip(cells.index, cells.to_numpy(), strict=True):
            texts = [note_cells.plain(value) for value in values]
            found.append(self.step(int(row), {column: texts[place] for column, place in columns.items()}))
        for step, rows in self.taken.items():
            if len(rows) > 1:
                self.findings.fault("sticky_step_twice", rows=", ".join(map(str, rows)), step=step)
        return found

    def columns(self, headings: list[str]) -> dict[str, int]:
        """The place of each column that is there."""
        known = note_cells.headings()
        places: dict[str, list[int]] = {}
        for place, heading in enumerate(headings):
            if column := known.get(note_cells.folded(heading)):
                places.setdefault(column, []).append(place)
            else:
                near = known.get(nearest(note_cells.folded(heading), known), "-")
                self.findings.fault("sticky_column", column=heading, near=near, known=", ".join(COLUMNS))
        for column, twice in places.items():
            if len(twice) > 1:
                names = ", ".join(headings[place] for place in twice)
                self.findings.fault("sticky_column_twice", columns=names, name=column)
        self.needed(places)
        return {column: where[0] for column, where in places.items()}

    def needed(self, places: Iterable[str]) -> None:
        """A note says where it hung and what the customer says."""
        for ways in (("phase",), GOALS):
            if not set(ways) & set(places):
                self.findings.fault("sticky_no_column", columns=" / ".join(ways))

    def step(self, row: int, cells: Mapping[str, str]) -> dict[str, Any]:
        """One note as a step, with its phase."""
        goal = {column[-2:]: cells[column] for column in GOALS if cells.get(column)}
        if cells.get("phase") == "":
            self.findings.fault("sticky_no_phase", row=row)
        if not goal and set(GOALS) & set(cells):
            self.findings.fault("sticky_no_goal", row=row)
        words = unicodedata.normalize("NFKC", cells.get("step", ""))
        words = "" if words.isascii() else words
        known = {name: cells[name] for name in READERS if cells.get(name) and not (words and name == "step")}
        read = {name: self.read(row, name, cell) for name, cell in known.items()}
        step = read.pop("step", None)
        if name := step or words:
            self.taken.setdefault(name, []).append(row)
        phase = note_cells.phase(cells.get("phase", ""))
        return {"phase": phase, "words": words, "step": step, "goal": goal, **read}

    def read(self, row: int, column: str, cell: str) -> Any:
        """One cell of a certain form."""
        reader, fault = READERS[column]
        value = reader(unicodedata.normalize("NFKC", cell))
        if value is None:
            self.findings.fault(fault, row=row, column=column, value=cell)
        return value


def _named(steps: list[dict[str, Any]]) -> dict[str, str]:
    """Give each nameless step a name; which words stood on the notes of those that had some."""
    taken, words = {step["step"] for step in steps}, {}
    for step in steps:
        step["step"] = step["step"] or _free(note_cells.folded(step["phase"]), taken)
        if said := step.pop("words"):
            words[step["step"]] = said
    return words


def _yaml(name: str, steps: list[dict[str, Any]], words: Mapping[str, str]) -> str:
    """The map as people write it: phases from left to right, each with its steps; what notes called them beside it."""
    import yaml

    phases: dict[str, list[dict[str, Any]]] = {}
    for step in steps:
        phases.setdefault(step.pop("phase"), []).append(step)
    listed = [{"phase": phase, "steps": steps} for phase, steps in phases.items()]
    content = {"journey": name, "phases": listed}
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    beside = {f"  - step: {step}": said for step, said in words.items()}
    return "\n".join(f"{line}  # {beside[line]}" if line in beside else line for line in text.split("\n"))


def _free(phase: str, taken: set[str]) -> str:
    """A name for a nameless step that no other step has."""
    stem = phase if note_cells.step_name(phase) else "step"
    place = 1
    while (name := f"{stem}_{place}") in taken:
        place += 1
    taken.add(name)
    return name
