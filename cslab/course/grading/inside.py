"""What runs inside the sandbox: the code cells of one notebook, in their order, and a line of record after each.

It is a program of its own (``main``). Its request comes in on standard input and its records go out on the channel that
was standard output; what the cells print goes where errors go. The learner's code runs in this same process and may do
with it what it likes, so nothing that is written here is a proof of anything: whoever reads the records judges them.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

LONGEST_MESSAGE = 300


def main() -> None:
    """Run the notebook of a request and leave, whatever the learner's code has left behind."""
    channel = os.dup(1)
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.read())
    try:
        for record in records(request):
            _send(channel, record)
    except BaseException:
        os._exit(1)
    os._exit(0)


def records(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Run the cells, and tell after each what has become of it and of the answers.

    Parameters
    ----------
    request : dict
        ``cells``: for each its ``number`` and ``source``; number 0 is where ``values`` are set. ``asked``: names of the
        answers.

    Yields
    ------
    dict
        First ``assigned``: by answer the numbers of the cells that give it a value. Then for each cell ``cell`` (its
        number), ``error`` and ``message`` (empty where it went well), ``answers`` (those that have changed, each as a
        line of JSON, or ``None`` for one that is no longer there).

    >>> next(records({"cells": [{"number": 1, "source": "nrr = 0.9"}], "values": {}, "asked": ["nrr"]}))
    {'assigned': {'nrr': [1]}}
    """
    cells = request["cells"]
    yield {"assigned": assigned({cell["number"]: cell["source"] for cell in cells if cell["number"]}, request["asked"])}
    shell = new_shell()
    seen: dict[str, str] = {}
    for cell in cells:
        if cell["number"] == 0:
            shell.push(request["values"])
            continue
        error = run(shell, cell["source"])
        yield {"cell": cell["number"], **error, "answers": changed(shell.user_ns, request["asked"], seen)}


def assigned(cells: dict[int, str], asked: Iterable[str]) -> dict[str, list[int]]:
    """By answer, the numbers of the cells that give it a value.

    Parameters
    ----------
    cells : dict of int to str
        Code by number.
    asked : iterable of str

    >>> assigned({1: "nrr = ...", 2: "%time grr: float = 1", 3: "nrr = (0.5", 4: "nrr == 1"}, ["nrr", "grr"])
    {'nrr': [1, 3], 'grr': [2]}
    """
    stored = {number: _stored(code) for number, code in cells.items()}
    return {name: [number for number, given in stored.items() if given(name)] for name in asked}


def new_shell() -> Any:
    """An IPython like that of a notebook, without history and pictures."""
    from IPython.core.interactiveshell import InteractiveShell

    config: Any = InteractiveShell.config  # the trait knows the class of its settings, which IPython does not export
    quiet = config.klass({"HistoryManager": {"enabled": False}, "InteractiveShell": {"xmode": "Minimal"}})
    shell: Any = InteractiveShell.instance(config=quiet)
    shell.display_formatter.active_types = ["text/plain"]
    return shell


def run(shell: Any, code: str) -> dict[str, str]:
    """Run one cell.

    Returns
    -------
    dict
        ``error`` (the name of what was raised) and ``message``; both empty where it went well.

    >>> from types import SimpleNamespace
    >>> result = SimpleNamespace(error_before_exec=None, error_in_exec=KeyError("mrr"))
    >>> run(SimpleNamespace(run_cell=lambda code, store_history: result), "book['mrr']")
    {'error': 'KeyError', 'message': "'mrr'"}
    """
    result = shell.run_cell(code, store_history=False)
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return {"error": "", "message": ""}
    return {"error": type(error).__name__, "message": str(error)[:LONGEST_MESSAGE]}


def changed(names: dict[str, Any], asked: Iterable[str], seen: dict[str, str]) -> dict[str, str | None]:
    """The answers that are new or different since the last cell, each as a line of JSON.

    Parameters
    ----------
    names : dict
        Everything that the notebook has named so far.
    asked : iterable of str
    seen : dict
        What was told last; renewed.

    >>> seen = {}
    >>> changed({"nrr": 0.5}, ["nrr", "grr"], seen), changed({"nrr": 0.5}, ["nrr"], seen), changed({}, ["nrr"], seen)
    ({'nrr': '0.5'}, {}, {'nrr': None})
    """
    from cslab.course.questions.answers import write

    now = {name: write(names[name]) for name in asked if name in names}
    told: dict[str, str | None] = {name: line for name, line in now.items() if seen.get(name) != line}
    told.update({name: None for name in seen if name in asked and name not in now})
    seen.clear()
    seen.update(now)
    return told


def _stored(code: str) -> Callable[[str], bool]:
    """Whether a cell gives a name a value: by its syntax tree, or by the look of its lines where it is not Python."""
    for text in (code, "\n".join(map(_without_magic, code.splitlines()))):
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            nodes = ast.walk(ast.parse(text))
            return {
                node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }.__contains__
    return lambda name: bool(re.search(rf"^\s*{re.escape(name)}\s*(:[^=\n]+)?=(?!=)", code, re.MULTILINE))


def _without_magic(line: str) -> str:
    """A line without what only IPython understands; of a timed statement the statement."""
    line = re.sub(r"^(\s*)%time(it)?\s+", r"\1", line)
    return "" if line.lstrip().startswith(("%", "!", "?")) or line.rstrip().endswith("?") else line


def _send(channel: int, record: dict[str, Any]) -> None:
    """Write one line of record."""
    line = json.dumps(record, allow_nan=False).encode() + b"\n"
    while line:
        line = line[os.write(channel, line) :]
