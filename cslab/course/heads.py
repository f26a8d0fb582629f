"""The head of a source: a raw cell of YAML that says what the lesson or exercise is called, how long it takes, what it
needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cslab.faults import Fault, nearest


@dataclass(frozen=True)
class Form:
    """What the head of a source must say.

    Parameters
    ----------
    texts, minutes, lists : tuple of str
        The keys whose values are a text, a whole number of minutes, a list.

    >>> EXERCISE.known
    ('number', 'title_en', 'title_ja', 'minutes', 'needs')
    """

    texts: tuple[str, ...]
    minutes: tuple[str, ...]
    lists: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """All keys there may be."""
        return ("number", *self.texts, *self.minutes, *self.lists)


LESSON = Form(
    ("title_en", "title_ja", "question_en", "question_ja"),
    ("minutes_core", "minutes_further"),
    ("needs", "misconceptions"),
)
EXERCISE = Form(("title_en", "title_ja"), ("minutes",), ("needs",))


def head_of(name: str, first: dict[str, Any], form: Form, faults: list[Fault]) -> dict[str, Any]:
    """The head of a source from the YAML of its first raw cell.

    Parameters
    ----------
    name : str
        The file's name without its ending, which begins with the number.
    first : dict
        The first cell as Jupytext reads it; empty where there is none.
    form : Form
    faults : list of Fault
        Every slip in the head is added to it.

    Returns
    -------
    dict
        Its values with number and name; empty where there were slips.

    >>> slips = []
    >>> head_of("05_x", {"cell_type": "markdown", "source": "# Hello"}, EXERCISE, slips), slips[0].key
    ({}, 'lesson_no_head')
    """
    import yaml

    try:
        head = yaml.safe_load(first["source"].strip().strip("-")) if first.get("cell_type") == "raw" else None
    except yaml.YAMLError:
        head = None
    if not isinstance(head, dict):
        faults.append(Fault("lesson_no_head", {"known": ", ".join(form.known)}))
        return {}
    found = len(faults)
    faults.extend(_head_faults(name, head, form))
    if len(faults) > found:
        return {}
    lists = {key: [str(item) for item in head[key]] for key in form.lists}
    return {**head, **lists, "number": name[:2], "name": name}


def _head_faults(name: str, head: dict[str, Any], form: Form) -> Iterator[Fault]:
    """What is wrong with a head, key by key."""
    for key in head:
        if key not in form.known:
            near = nearest(str(key), form.known) or ", ".join(form.known)
            yield Fault("lesson_head_unknown", {"key": key, "near": near})
    for keys, kind, wanted in ((form.texts, str, "text"), (form.minutes, int, "minutes"), (form.lists, list, "list")):
        for key in keys:
            if not isinstance(head.get(key), kind) or head[key] == "":
                yield Fault("lesson_head_value", {"key": key, "wanted": wanted, "value": repr(head.get(key, ""))})
    if str(head.get("number", "")).zfill(2) != name[:2]:
        yield Fault("lesson_head_number", {"number": head.get("number"), "file": name})
