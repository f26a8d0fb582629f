"""A notebook that was handed in, read as plain data: its cells, which exercise it is, what was changed in its form.

Nothing of it is run here, and nothing in it can do more than be refused.
"""

from __future__ import annotations

import ast
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cslab.faults import Fault
from cslab.words import LANGUAGES

MOST_CELLS, LONGEST_VALUE = 2000, 500
_BEGIN = re.compile(r"""\bbegin\(\s*["'](\d{1,2})["']""")
_VALUE = re.compile(r"^(source|as_of|lang|trainee|variant)\s*(?::\s*\w+\s*)?=(?!=)\s*([^#\n]+)", re.MULTILINE)


@dataclass(frozen=True)
class HandedCell:
    """A cell of a notebook that was handed in.

    Parameters
    ----------
    place : int
        Among all cells, from 1.
    id : str
        Empty where it has none.
    code : bool
    tags : tuple of str
    source : str

    >>> HandedCell(1, "", True, ("parameters",), "").sets_parameters
    True
    """

    place: int
    id: str
    code: bool
    tags: tuple[str, ...]
    source: str

    @property
    def sets_parameters(self) -> bool:
        """Whether it says where the data come from, by its tag or, where a tool has dropped that, by its look."""
        return "parameters" in self.tags or bool(re.search(r"^source\s*(:\s*str\s*)?=(?!=)", self.source, re.MULTILINE))


@dataclass(frozen=True)
class Handed:
    """A notebook that was handed in.

    Parameters
    ----------
    cells : tuple of HandedCell
    kind : str
        ``"exercise"``, ``"lesson"``, or empty where it says neither.
    number : str
        Two digits, or empty.
    lang : str
        ``"en"``, ``"ja"``, or empty.

    >>> Handed((HandedCell(1, "", True, ("parameters",), 'trainee: str = "Sato"  # you'),), "", "", "").values
    {'trainee': 'Sato'}
    """

    cells: tuple[HandedCell, ...]
    kind: str
    number: str
    lang: str

    @property
    def values(self) -> dict[str, Any]:
        """What it says about itself: the plain literals of its parameters. Nobody vouches for them."""
        return {
            name: value for cell in self.cells if cell.code and cell.sets_parameters for name, value in _values(cell)
        }


class Unreadable(Exception):
    """A file that is no notebook.

    Parameters
    ----------
    ending : str
        ``not_json``, ``not_a_notebook`` or ``too_large``.
    """


def read_handed(data: bytes) -> Handed:
    """Read a notebook.

    Parameters
    ----------
    data : bytes
        A file, from nobody knows whom.

    Raises
    ------
    Unreadable
        For anything else.

    >>> read_handed(b'{"cells": [{"cell_type": "code", "source": ["a\\\\n", "b"]}], "metadata": {}}').cells[0].source
    'a\\nb'
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json") from error
    if not (
        isinstance(found, dict) and isinstance(found.get("cells"), list) and isinstance(found.get("metadata"), dict)
    ):
        raise Unreadable("not_a_notebook")
    if len(found["cells"]) > MOST_CELLS:
        raise Unreadable("too_large")
    cells = tuple(_cell(place, cell) for place, cell in enumerate(found["cells"], 1))
    about = _dict(found["metadata"].get("cslab"))
    kind = next((kind for kind in ("exercise", "lesson") if isinstance(about.get(kind), dict)), "")
    number = _dict(about.get(kind)).get("number")
    lang = about.get("lang")
    told = number if isinstance(number, str) and re.fullmatch(r"\d\d", number) else _begun(cells)
    return Handed(cells, kind or _kind(cells), told, lang if lang in LANGUAGES else "")


@dataclass(frozen=True)
class Changes:
    """What was done to the form of a notebook, by the numbers of its code cells.

    Parameters
    ----------
    compared : bool
        Whether it could be held against the notebook that was handed out: it has that one's cell ids.
    deleted : tuple of int
        Code cells of the notebook handed out that are no longer there.
    duplicated : tuple of int
        Code cells that repeat an earlier one.
    reordered : tuple of int
        Code cells that stand before one which they followed.

    >>> Changes().fault() is None
    True
    """

    compared: bool = True
    deleted: tuple[int, ...] = ()
    duplicated: tuple[int, ...] = ()
    reordered: tuple[int, ...] = ()

    def fault(self) -> Fault | None:
        """The same in words; ``None`` where there is nothing to tell.

        >>> "2" in Changes(deleted=(2,)).fault().text("en")
        True
        """
        parts = {"deleted": self.deleted, "duplicated": self.duplicated, "reordered": self.reordered}
        told = {name: ", ".join(map(str, numbers)) or "–" for name, numbers in parts.items()}
        return Fault("grade_changed", told) if any(parts.values()) else None


def changes(handed: Sequence[HandedCell], given: Sequence[HandedCell]) -> Changes:
    """What was done to a notebook since it was handed out.

    Parameters
    ----------
    handed, given : sequence of HandedCell
        As it came back, and as it went out.

    >>> a, b = HandedCell(1, "a", True, (), "x = 1"), HandedCell(2, "b", True, (), "y = 2")
    >>> changes([b, b], [a, b])
    Changes(compared=True, deleted=(1,), duplicated=(2,), reordered=())
    """
    back, out = [cell for cell in handed if cell.code], [cell for cell in given if cell.code]
    places = {cell.id: number for number, cell in enumerate(out, 1) if cell.id}
    if not any(cell.id in places for cell in back):
        return Changes(compared=False)
    there = {cell.id for cell in back}
    deleted = tuple(number for name, number in places.items() if name not in there)
    again = tuple(_repeated(back, places))
    kept = [
        (number, places[cell.id]) for number, cell in enumerate(back, 1) if cell.id in places and number not in again
    ]
    return Changes(True, deleted, again, tuple(_out_of_order(kept)))


def _cell(place: int, cell: Any) -> HandedCell:
    """One cell; what is not as it should be is empty."""
    cell = _dict(cell)
    tags, source = _dict(cell.get("metadata")).get("tags"), cell.get("source")
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str)).encode("utf-8", "replace").decode("utf-8")
    name = cell.get("id")
    known = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    return HandedCell(place, name if isinstance(name, str) else "", cell.get("cell_type") == "code", known, text)


def _dict(value: Any) -> Mapping[str, Any]:
    """A JSON object; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def _kind(cells: Sequence[HandedCell]) -> str:
    """What a notebook without our metadata is, by what it imports."""
    code = "\n".join(cell.source for cell in cells if cell.code)
    return next((kind for kind in ("exercise", "lesson") if f"cslab.course.{kind} import" in code), "")


def _begun(cells: Sequence[HandedCell]) -> str:
    """The number that a notebook without our metadata begins with."""
    found = next((match for cell in cells if cell.code and (match := _BEGIN.search(cell.source))), None)
    return found[1].zfill(2) if found else ""


def _values(cell: HandedCell) -> Iterator[tuple[str, Any]]:
    """The plain literals that a cell gives to parameters."""
    for name, literal in _VALUE.findall(cell.source):
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            value = ast.literal_eval(literal.strip()[:LONGEST_VALUE])
            if isinstance(value, str | int | bool):
                yield name, value


def _repeated(cells: Sequence[HandedCell], places: Mapping[str, int]) -> Iterator[int]:
    """The numbers of cells that repeat an earlier one: the same id, or an unknown id and the same text."""
    names, texts = set[str](), set[str]()
    for number, cell in enumerate(cells, 1):
        text = cell.source.strip()
        if (cell.id in places and cell.id in names) or (cell.id not in places and text and text in texts):
            yield number
        names.add(cell.id)
        texts.add(text)


def _out_of_order(kept: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The numbers of the fewest cells that one would have to put back for all to be in order."""
    tails, ends, before = list[int](), list[int](), list[int]()
    for at, (_, place) in enumerate(kept):
        long = bisect_left(tails, place)
        before.append(ends[long - 1] if long else -1)
        tails[long : long + 1], ends[long : long + 1] = [place], [at]
    at, fine = ends[-1] if ends else -1, set[int]()
    while at >= 0:
        fine.add(at)
        at = before[at]
    yield from (number for at, (number, _) in enumerate(kept) if at not in fine)
