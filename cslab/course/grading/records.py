"""Reading what came out of a sandbox: every line is a stranger's word, taken only in the form that it should have."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

LONGEST_NAME, LONGEST_MESSAGE = 80, 300


@dataclass
class Records:
    """What the records of one run say.

    Parameters
    ----------
    assigned : dict
        By answer, the numbers of the cells that give it a value.
    errors : dict
        By the number of a cell that was run, the name and message of its error; empty texts where it went well.
    answers : dict
        By question, the last answer in plain types.
    ignored : int
        Lines that were not understood.

    >>> Records().ignored
    0
    """

    assigned: dict[str, tuple[int, ...]] = field(default_factory=dict)
    errors: dict[int, tuple[str, str]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    ignored: int = 0


def read(lines: Iterable[bytes], asked: Sequence[str], cells: int) -> Records:
    """The records of one run.

    Parameters
    ----------
    lines : iterable of bytes
        As they came, from nobody knows whom.
    asked : sequence of str
        The questions that may be answered.
    cells : int
        How many code cells there are to tell about.

    Returns
    -------
    Records
        The first word on which cells give which answers, since it comes before any of the learner's code; of all else
        the last word.

    >>> read([b'{"cell": 1, "error": "", "message": "", "answers": {"nrr": "0.9"}}', b"?"], ["nrr"], 1)
    Records(assigned={}, errors={1: ('', '')}, answers={'nrr': 0.9}, ignored=1)
    """
    found = Records()
    for line in lines:
        record = _parsed(line)
        if not found.assigned and _is_assignment(record, asked, cells):
            found.assigned = {name: tuple(numbers) for name, numbers in record["assigned"].items()}
        elif _is_cell(record, asked, cells):
            _take(record, found)
        else:
            found.ignored += 1
    return found


def clean(text: str, most: int) -> str:
    """A stranger's text on one line, without control characters and halves of characters, and not too long.

    >>> clean("a\\x1b[31m\\n b" + chr(0xD800), 80)
    'a[31m b'
    """
    spaced = " ".join(text[: 4 * most].split())
    return "".join(letter for letter in spaced if unicodedata.category(letter)[0] != "C" or letter == "\u200d")[:most]


def _parsed(line: bytes) -> Any:
    """One line of JSON; ``None`` for anything else."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_assignment(record: Any, asked: Sequence[str], cells: int) -> bool:
    """Whether a record says which cells give which answers."""
    if not isinstance(record, dict) or set(record) != {"assigned"} or not isinstance(record["assigned"], dict):
        return False
    each = record["assigned"]
    return set(each) == set(asked) and all(
        isinstance(n, list) and all(_is_number(i, cells) for i in n) for n in each.values()
    )


def _is_cell(record: Any, asked: Sequence[str], cells: int) -> bool:
    """Whether a record tells about a cell."""
    if not isinstance(record, dict) or set(record) != {"cell", "error", "message", "answers"}:
        return False
    answers = record["answers"]
    return (
        _is_number(record["cell"], cells)
        and isinstance(record["error"], str)
        and isinstance(record["message"], str)
        and isinstance(answers, dict)
        and all(name in asked and (line is None or isinstance(line, str)) for name, line in answers.items())
    )


def _is_number(value: Any, cells: int) -> bool:
    """Whether a value is the number of a cell."""
    return type(value) is int and 1 <= value <= cells


def _take(record: dict[str, Any], found: Records) -> None:
    """Take over what a record tells about a cell."""
    from cslab.course.questions import answers

    found.errors[record["cell"]] = (clean(record["error"], LONGEST_NAME), clean(record["message"], LONGEST_MESSAGE))
    for name, line in record["answers"].items():
        value = ... if line is None else answers.read(line)
        if value is ...:
            found.answers.pop(name, None)
        else:
            found.answers[name] = value
