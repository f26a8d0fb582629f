"""A grid as somebody wrote it: the runs that its TOML file asks for, each value with the line on which it stands."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, product
from pathlib import Path
from typing import Any

from cslab.faults import Fault, UsageError, nearest

SECTIONS = ("product", "run", "fixed")
MOST = 1000
"""Runs in a grid: more are a night's work by slip of a comma."""
LABEL = "label"
_HEAD = re.compile(r"\s*\[{1,2}\s*(?P<name>[^\[\]]+?)\s*\]{1,2}\s*(#.*)?")
_KEY = re.compile(r"""\s*(?P<name>("[^"]*"|'[^']*'|[\w-]+)(\s*\.\s*("[^"]*"|'[^']*'|[\w-]+))*)\s*=""")


@dataclass(frozen=True)
class Wish:
    """One value that a grid asks for.

    Parameters
    ----------
    name : str
        Such as ``"horizon_months"`` or ``"source.seed"``.
    value : object
        As TOML understands it; a day is its text.
    line : str
        File and line, such as ``"churn.toml:5"``.
    section : str
        Where it stands: ``"product"``, ``"run"`` or ``"fixed"``.

    >>> Wish("source.seed", 7, "churn.toml:5").where
    'churn.toml:5 source.seed = 7'
    """

    name: str
    value: Any
    line: str
    section: str = ""

    @property
    def where(self) -> str:
        """The place with what stands there, for a message."""
        return f"{self.line} {self.told}"

    @property
    def told(self) -> str:
        """Name and value as one writes them."""
        return f"{self.name} = {json.dumps(self.value, ensure_ascii=False)}"


@dataclass(frozen=True)
class Row:
    """One run that a grid asks for.

    Parameters
    ----------
    wishes : dict of str to Wish
        By name; what is fixed for all runs is among them.
    line : str
        File and line.
    label : str
        What its author calls it; empty where he left that to us.

    >>> Row({}, "churn.toml:5").label
    ''
    """

    wishes: dict[str, Wish]
    line: str
    label: str = ""


@dataclass
class Written:
    """What a file asks for, and what in its form is wrong.

    Parameters
    ----------
    rows : list of Row
        In order: the product, its last name changing fastest, then the list; no more than are allowed.
    faults : list of Fault
    fixed : dict of str to Wish
        What holds for every run, to be judged even where none is asked for.

    >>> Written().rows
    []
    """

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fixed: dict[str, Wish] = field(default_factory=dict)


def read_file(path: Path) -> Written:
    """Read a grid's file.

    Parameters
    ----------
    path : Path
        TOML in UTF-8, with or without a byte order mark.

    Returns
    -------
    Written

    Raises
    ------
    UsageError
        For a file that cannot be read or is no TOML: nothing more can be said of it then.

    >>> read_file(Path("no such grid.toml"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise _refused(Fault("grid_unreadable", {"file": path, "reason": error.strerror or error})) from error
    except UnicodeDecodeError as error:
        raise _refused(Fault("mapping_not_utf8", {"file": path})) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path.name}:{line[1] if line else len(text.splitlines())}"
        raise _refused(Fault("grid_not_toml", {"where": where, "reason": str(error).partition(" (at ")[0]})) from error
    return _Reader(path.name, lines_of(text)).written(content)


def lines_of(text: str) -> dict[tuple[str, int, str], int]:
    """The line of every section and key of a TOML file, by section, its how-manieth of that name, and key.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict
        The key is empty for the section's own line.

    >>> lines_of('[product]\\n"source.seed" = [1]\\n[[run]]\\n[[run]]\\nhorizon = 3')[("run", 2, "horizon")]
    5
    """
    found, seen = dict[tuple[str, int, str], int](), Counter[str]()
    section, above = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _HEAD.fullmatch(line):
            section, _, above = _bare(head["name"]).partition(".")
            seen[section] += not above
            found.setdefault((section, max(seen[section], 1), above), number)
        elif key := _KEY.match(line):
            name = ".".join(filter(None, (above, _bare(key["name"]))))
            found.setdefault((section, max(seen[section], 1), name), number)
    return found


class _Reader:
    """Understands the content of one file; holds what its messages need."""

    def __init__(self, name: str, lines: Mapping[tuple[str, int, str], int]) -> None:
        """Remember whose lines these are."""
        self.name, self.lines, self.found = name, lines, Written()

    def written(self, content: Mapping[str, Any]) -> Written:
        """The whole file."""
        for section in content:
            if section not in SECTIONS:
                self.fault("grid_section", section, 1, near=nearest(section, SECTIONS))
        fixed = self.found.fixed = self.wishes("fixed", self.table("fixed", content), 1)
        every = self.lists(self.table("product", content), fixed)
        listed = [self.row(place, table, fixed) for place, table in enumerate(self.tables(content), start=1)]
        count = (math.prod(map(len, every)) if every else 0) + len(listed)
        if count > MOST or (count == 0 and not self.found.faults):
            self.found.faults.append(Fault("grid_too_many" if count else "grid_empty", {"file": self.name, "n": count}))
        line = self.line("product", 1)
        rows = (Row({**fixed, **{wish.name: wish for wish in chosen}}, line) for chosen in product(*every) if every)
        self.found.rows = [*islice(rows, MOST), *listed[:MOST]]
        return self.found

    def table(self, section: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """A section that stands once."""
        table = content.get(section, {})
        if isinstance(table, dict):
            return table
        self.fault("grid_shape", section, 1)
        return {}

    def tables(self, content: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The listed runs."""
        listed = content.get("run", [])
        if isinstance(listed, list) and all(isinstance(table, dict) for table in listed):
            return listed
        self.fault("grid_shape", "run", 1)
        return []

    def lists(self, table: Mapping[str, Any], fixed: Mapping[str, Wish]) -> list[list[Wish]]:
        """The values of each name of the product."""
        every = []
        for wish in self.wishes("product", table, 1, fixed).values():
            if isinstance(wish.value, list) and wish.value:
                every.append([replace(wish, value=_plain(value)) for value in wish.value])
            else:
                self.found.faults.append(Fault("grid_list", {"where": wish.where}))
        return every

    def row(self, place: int, table: Mapping[str, Any], fixed: Mapping[str, Wish]) -> Row:
        """One listed run."""
        wishes, line = self.wishes("run", table, place, fixed), self.line("run", place)
        label = wishes.pop(LABEL, Wish(LABEL, "", line))
        if not isinstance(label.value, str):
            self.found.faults.append(Fault("grid_label", {"where": label.where}))
        return Row({**fixed, **wishes}, line, str(label.value).strip())

    def wishes(
        self, section: str, table: Mapping[str, Any], place: int, fixed: Mapping[str, Wish] | None = None
    ) -> dict[str, Wish]:
        """The values of one section; what is fixed for all runs cannot be asked for again."""
        values = {name: _plain(value) for name, value in _flat(table)}
        found = {name: Wish(name, value, self.line(section, place, name), section) for name, value in values.items()}
        twice = [wish for name, wish in found.items() if name in (fixed or ())]
        self.found.faults += [Fault("grid_fixed_twice", {"where": wish.line, "name": wish.name}) for wish in twice]
        return found

    def fault(self, key: str, section: str, place: int, **values: Any) -> None:
        """Note what is wrong with a section."""
        where = self.line(section, place) if (section, place, "") in self.lines else self.line("", 1, section)
        self.found.faults.append(Fault(key, {"where": where, "name": section, **values}))

    def line(self, section: str, place: int, name: str = "") -> str:
        """File and line of a section or key; of an inline table's key the line on which its section begins."""
        number = self.lines.get((section, place, name)) or self.lines.get((section, place, ""))
        return f"{self.name}:{number}" if number else self.name


def _refused(fault: Fault) -> UsageError:
    """The refusal of a file of which nothing more can be said."""
    return UsageError(fault, ending="nothing_ran")


def _bare(name: str) -> str:
    """A dotted name without its quotation marks."""
    return re.sub(r"\s*\.\s*", ".", name.replace('"', "").replace("'", ""))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Names and values: ``source.seed`` means the same whether it stands in quotation marks or not."""
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _plain(value: Any) -> Any:
    """A day as its text; everything else as it is."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
