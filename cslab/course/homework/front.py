"""The front matter of a homework: a few plain lines of YAML between two lines of three hyphens, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cslab.faults import Fault

FENCE = "---"
_NO_SPACE = re.compile(r"^\s*(\w+)\s*(?:：|:(?=[^\s]))")


class Entry(NamedTuple):
    """A value of the front matter.

    Parameters
    ----------
    value : str
    line : int

    >>> Entry("山田", 2).line
    2
    """

    value: str
    line: int


def front_matter(lines: Sequence[str], faults: list[Fault]) -> tuple[dict[str, Entry], int]:
    """The front matter at the head of a file.

    Parameters
    ----------
    lines : sequence of str
        Of the whole file.
    faults : list of Fault
        Gets every slip; what was plainly meant is read all the same, so that the rest can be looked at, too.

    Returns
    -------
    (dict of str to Entry, int)
        The values by key, and how many lines they take up with their fences.

    >>> front_matter(["---", "trainee: 山田", "---", "# 指標の定義書"], [])
    ({'trainee': Entry(value='山田', line=2)}, 3)
    """
    if lines[:1] != [FENCE]:
        faults.append(Fault("homework_no_front"))
        return {}, 0
    end = next((place for place, line in enumerate(lines) if place and line.rstrip() == FENCE), None)
    if end is None:
        faults.append(Fault("homework_open_front"))
        return {}, len(lines)
    inside = lines[1:end]
    faults.extend(_slips(inside))
    return dict(_entries([_meant(line) for line in inside], faults)), end + 1


def _slips(inside: Sequence[str]) -> Iterator[Fault]:
    """What YAML would refuse in words that help nobody: tabs, and colons without a space or of full width."""
    for number, line in enumerate(inside, 2):
        if "\t" in line:
            yield Fault("homework_tab", {"line": number})
        if found := _NO_SPACE.match(line):
            yield Fault("homework_colon", {"line": number, "key": found[1]})


def _meant(line: str) -> str:
    """A line with a space for each tab, and with the colon that was meant behind its key."""
    return _NO_SPACE.sub(r"\1: ", line.replace("\t", " "), count=1)


def _entries(inside: Sequence[str], faults: list[Fault]) -> Iterator[tuple[str, Entry]]:
    """The keys and their values; a key that is there twice, or holds more than one plain value, is a fault."""
    import yaml

    try:
        node: Any = yaml.compose("\n".join(inside), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "YAML"
        faults.append(Fault("homework_yaml", {"line": mark.line + 2 if mark else 1, "reason": reason}))
        return
    if not isinstance(node, yaml.MappingNode):
        faults.append(Fault("homework_yaml", {"line": 2, "reason": "key: value"}))
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2
        if not (isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)):
            faults.append(Fault("homework_not_plain", {"line": line, "key": getattr(key, "value", "?")}))
        elif key.value in seen:
            faults.append(Fault("homework_key_twice", {"line": line, "key": key.value, "first": seen[key.value]}))
        else:
            seen[key.value] = line
            yield key.value, Entry(value.value.strip(), line)
