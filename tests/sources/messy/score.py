"""How much of what was spoilt the folder door finds, and what it finds that nobody spoilt: kind by kind.

The truth is the sheet that ``cslab simulate --messy`` writes beside an export. A note or fault says how often it saw a
thing; a fault also says in which rows. Found is what was both done and told; a false alarm is what was told beyond.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab.book import Note
from cslab.faults import DataError, Fault
from cslab.sources import load
from cslab.sources.mark import FILE_NAME
from cslab.sources.messy import KINDS, Kind
from cslab.sources.messy.answers import answer_files
from cslab.sources.simulate import begin, finish, planned
from tests.sources.messy.mending import CURED, MAPPING

FOLLOWS = {"more_rows", "mapping_own", "kept_as_covariates"}
"""What is told beside: further rows of the same, that there is a mapping, that another heading is kept as it is."""
OF_REAL_DATA = {"as_of_last_day", "currency_assumed", "personal_codes", "personal_drop", "personal_pseudonym"}
"""What is told of every folder that does not say what it is."""
WHOLE = ("cp932", "header", "day_first", "last_day")
"""Kinds that befall a whole column or file: once."""
LISTED_TWICE = ("renamed",)
"""Kinds of which the sheet has two rows a case."""


TABLES_ELSEWHERE = {"renamed": "accounts"}
"""Kinds that are told of another table."""
PLACED_ELSEWHERE = ("names_alike", "blank_cells", "overlap", "end_before_start", "covariate_like", "totals_set_aside")
"""Notes and faults that name another column than the one that was spoilt, or several."""


@dataclass(frozen=True)
class Score:
    """How one kind of harm was found.

    Parameters
    ----------
    kind : str
    done, found, false : int
        Cells or rows that were spoilt, those of them that were told, and what was told beyond.
    """

    kind: str
    done: int
    found: int
    false: int


@dataclass(frozen=True)
class Scored:
    """An export of one company at one level.

    Parameters
    ----------
    scores : tuple of Score
    strays : tuple of str
        Keys of notes and faults that no kind of harm leads to.
    """

    scores: tuple[Score, ...]
    strays: tuple[str, ...]


def scored(preset: str, wishes: list[str], level: int, home: Path, marked: bool = True) -> Scored:
    """Spoil a company, read it, and hold what was told against what was done.

    From level 2 on a kind that a mapping explains is looked for without the mapping, all others with it.

    Parameters
    ----------
    preset : str
    wishes : list of str
        Parameters, such as ``"seed=3"``.
    level : int
        Whose kinds are looked for; those of the levels below are there too.
    home : Path
        A folder for the export, not there yet.
    marked : bool
        Whether the export says that it was simulated; otherwise it is read as real data are, behind pseudonyms.
    """
    folder = finish(begin(planned(preset, wishes, messy=level), home))
    if not marked:
        (folder / FILE_NAME).unlink()
    with answer_files(folder)[0].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {"bare": _told(folder)}
    if level > 1:
        told["mapped"] = _told(folder, MAPPING % "")
    if level == 2:
        told["own heading"] = _told(folder, (MAPPING % "").replace('segment = "Segment"', ""))
    by_kind = {kind: [row for row in rows if row["kind"] == kind.name] for kind in KINDS if kind.level == level}
    known = {kind.found for kind in KINDS if kind.level <= level} | FOLLOWS | (set() if marked else OF_REAL_DATA)
    strays = {one.key for every in told.values() for one in every} - known
    scores = (told_of(kind, done, told[_reading(kind)]) for kind, done in by_kind.items())
    return Scored(tuple(scores), tuple(sorted(strays)))


def _reading(kind: Kind) -> str:
    """With which mapping a kind is looked for."""
    if kind.level == 1 or kind.name in CURED:
        return "bare"
    return "own heading" if kind.name == "header" else "mapped"


def _told(folder: Path, mapping: str = "") -> list[Note | Fault]:
    """All notes of a folder read with a mapping, or all faults for which it is refused."""
    if mapping:
        (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    try:
        return list(load(f"folder:{folder}").notes)
    except DataError as error:
        return list(error.faults)


def told_of(kind: Kind, done: list[Mapping[str, str]], told: Iterable[Note | Fault]) -> Score:
    """One kind: how often it was done, how often told.

    Parameters
    ----------
    kind : Kind
    done : list of mapping
        Its rows of the sheet: ``row`` is the number in the file, empty for a whole column.
    told : iterable of Note or Fault
        Everything that the door said.
    """
    told = list(told)
    mine = [one for one in told if one.key == kind.found and _about(kind, one.values)]
    count = len(done) // (2 if kind.name in LISTED_TWICE else 1)
    if kind.name in WHOLE:
        return Score(kind.name, count, int(bool(mine)), max(len(mine) - 1, 0))
    said = sum(_said(kind, one.values) for one in mine)
    said += sum(int(one.values["count"]) for one in told if _more(kind, one))
    strangers = _rows(kind, mine) - {int(row["row"]) for row in done if row["row"]}
    hits = min(count, said - len(strangers))
    return Score(kind.name, count, hits, said - hits)


def _about(kind: Kind, values: Mapping[str, Any]) -> bool:
    """Whether a note or fault is about the table and column of a kind."""
    if str(values.get("file", kind.table)).partition(".")[0] not in (kind.table, TABLES_ELSEWHERE.get(kind.name)):
        return False
    if kind.name == "late":
        return values["first"] == "accounts.signed_on"
    column = str(values.get("ours", values.get("column", ""))).split()[:1]
    return not column or not kind.column or kind.found in PLACED_ELSEWHERE or column == [kind.column]


def _said(kind: Kind, values: Mapping[str, Any]) -> int:
    """How many cells or rows a note or fault speaks of."""
    if kind.name == "missing":
        counted = Counter({name: int(number) for name, number in re.findall(r"(\w+) ([\d,]+)", values["counts"])})
        return counted[kind.column]
    return int(values.get("count", 1))


def _more(kind: Kind, one: Note | Fault) -> bool:
    """Whether a fault counts further rows of a kind that are not shown."""
    return one.key == "more_rows" and _about(kind, one.values)


def _rows(kind: Kind, mine: Iterable[Note | Fault]) -> set[int]:
    """The rows that faults name, as they are numbered in the file."""
    if kind.name == "spelling":  # told by word, not by row
        return set()
    told = (one.values.get("where", one.values.get("row", "")) for one in mine if isinstance(one, Fault))
    bare = (re.sub(r'"[^"]*"|\([^)]*\)', "", str(text)) for text in told)
    return {int(number) for text in bare for number in re.findall(r"\d+", text)}
