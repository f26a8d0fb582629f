"""The errors of Python that beginners meet, told in their language: what happened and how to go on."""

from __future__ import annotations

import ast
import builtins
import inspect
import linecache
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from pkgutil import iter_modules
from traceback import format_exception_only
from types import FunctionType, ModuleType, TracebackType
from typing import TYPE_CHECKING, Any

from cslab.course import syntax
from cslab.course.syntax import Told
from cslab.faults import nearest
from cslab.words import has_word, word

if TYPE_CHECKING:
    import pandas as pd

KINDS = (NameError, KeyError, AttributeError, TypeError, ValueError, IndexError, ZeroDivisionError, ImportError)
"""Those that a running cell meets; one more, ``SyntaxError``, keeps it from running at all."""

Steps = list[TracebackType]
_PACKAGE = Path(__file__).resolve().parents[1]
_MODULES = {
    "pd": "import pandas as pd",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "math": "import math",
}
_ALIKE = 0.75
"""How alike a name must be to one of Python's own, which are many and short, to be taken for it."""
_TYPES = {
    "conditions": re.compile(r"Cannot perform 'r?(?:and|or)_'|operand type\(s\) for [&|]"),
    "not_callable": re.compile(r"'(?P<kind>[\w.]+)' object is not callable"),
    "not_subscriptable": re.compile(r"'(?P<kind>[\w.]+)' object is not subscriptable"),
    "missing": re.compile(r"missing \d+ required (?:positional|keyword-only) arguments?: (?P<names>.+)"),
    "unexpected": re.compile(r"got an unexpected keyword argument '(?P<name>\w+)'"),
    "too_many": re.compile(r"takes (?:from \d+ to )?(?P<most>\d+) positional arguments? but (?P<given>\d+)"),
    "operands": re.compile(r"operand type\(s\) for .+?: '(?P<left>[\w.]+)' and '(?P<right>[\w.]+)'"),
    "compared": re.compile(r"not supported between instances of '(?P<left>[\w.]+)' and '(?P<right>[\w.]+)'"),
    "text_and_number": re.compile(r"can only concatenate str \(not \"(?P<kind>\w+)\"\) to str"),
}
_VALUES = {
    "truth": re.compile(r"truth value of a[n]? .+ is ambiguous"),
    "no_number": re.compile(r"(?:could not convert string to float|invalid literal for int\(\).*?): (?P<text>.+)"),
    "unpacked": re.compile(r"values to unpack"),
}
_LISTED = ("not in index", "None of [", "not found in axis", "do not exist")
"""How pandas ends or begins a list of several columns that are not there."""


def explained(error: BaseException, trace: TracebackType | None, names: Mapping[str, Any], lang: str) -> list[str]:
    """An error in a few lines: where, what happened, how to go on, and last of all what Python itself says.

    Parameters
    ----------
    error : BaseException
        A ``SyntaxError`` or one of :data:`KINDS`.
    trace : traceback or None
        Of the error.
    names : mapping of str to object
        What the notebook's cells have defined so far.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of str

    >>> lines = explained(NameError("name 'nr' is not defined", name="nr"), None, {"nrr": 1}, "en")
    >>> lines[0]
    'The name nr is not known. Did you mean nrr?'
    >>> lines[-1]
    "NameError: name 'nr' is not defined"
    """
    if isinstance(error, SyntaxError) and "incomplete" in str(error.msg):
        error = syntax.read_again(error)
    steps = list(_steps(trace))
    key, values = _told(error, steps, names)
    where = _where(error, steps, names, lang)
    values = {**values, "_": ""}  # only with some value or other are doubled braces made single
    cure = [word(f"python.{key}.cure", lang, **values)] if has_word(f"python.{key}.cure") else []
    last = format_exception_only(error)[-1].strip()
    return [*where, word(f"python.{key}", lang, **values), *cure, *_deeper(steps, lang), last]


def _told(error: BaseException, steps: Steps, names: Mapping[str, Any]) -> Told:
    """What to say of an error."""
    if "ellipsis" in str(error).casefold():
        return "dots", {}
    if isinstance(error, SyntaxError):
        return syntax.told(error)
    if isinstance(error, NameError):
        return _name(error, steps, names)
    if isinstance(error, KeyError):
        return _key(error, steps, names)
    if isinstance(error, AttributeError):
        return _attribute(error)
    if isinstance(error, ImportError):
        return _import(error)
    if isinstance(error, IndexError | ZeroDivisionError):
        return ("place" if isinstance(error, IndexError) else "zero"), {}
    return _value(str(error)) if isinstance(error, ValueError) else _type(str(error), steps, names)


def _name(error: NameError, steps: Steps, names: Mapping[str, Any]) -> Told:
    """A name that nobody has defined: mistyped, from a cell that was not run, or a module that was not imported."""
    name = error.name or next(iter(re.findall(r"'([^']+)'", str(error))), "?")
    if (table := _table(steps)) is not None:
        return _column([name], table)
    if name in _MODULES and name not in names:
        return "name.module", {"name": name, "line": _MODULES[name]}
    near = nearest(name, _public(names)) or nearest(name, _public(vars(builtins)), _ALIKE)
    alone = "name.alone" if name.isascii() else "name.text"
    return ("name" if near else alone), {"name": name, "near": near}


def _key(error: KeyError, steps: Steps, names: Mapping[str, Any]) -> Told:
    """A column or key that is not there."""
    said = error.args[0] if error.args else ""
    several = isinstance(said, str) and any(phrase in said for phrase in _LISTED)
    keys = re.findall(r"'([^']+)'", said.partition("dtype=")[0]) if several else []
    keys = keys or [str(said).removeprefix("Column not found: ")]
    if (table := _table(steps)) is not None:
        return _column(keys, table)
    held = [names.get(base) for base in _subscripted(_line(steps, names)[1])]
    known = next(([*map(str, one)] for one in held if type(one) is dict), [])
    near = nearest(keys[0], known)
    return ("key" if near else "key.alone"), {"key": ", ".join(keys), "near": near, "known": _few(known)}


def _column(keys: list[str], table: pd.DataFrame) -> Told:
    """A column that a table does not have."""
    known = [str(name) for name in table.columns]
    lacking = [key for key in keys if key not in known] or keys
    near = nearest(lacking[0], known) or next((name for name in known if lacking[0].casefold() in name.casefold()), "")
    return ("column" if near else "column.alone"), {"name": ", ".join(lacking), "near": near, "known": _few(known)}


def _attribute(error: AttributeError) -> Told:
    """Something behind a dot that is not there."""
    owner, name = error.obj, error.name or "?"
    if owner is None:
        return "nothing", {"name": name}
    near = nearest(name, _public(dir(owner)))
    kind = owner.__name__ if isinstance(owner, ModuleType) else type(owner).__name__
    return ("attribute" if near else "attribute.alone"), {"name": name, "near": near, "kind": kind}


def _import(error: ImportError) -> Told:
    """A library, or a thing in one, that cannot be imported because there is none of that name."""
    found = re.search(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'", str(error))
    name = found["name"] if found else (error.name or "?")
    module = sys.modules.get(found["module"]) if found else None
    known = dir(module) if module else {loaded.partition(".")[0] for loaded in sys.modules}
    inside = [one.name for one in iter_modules(getattr(module, "__path__", []))] if module else []
    near = nearest(name, _public([*known, *inside]))
    return ("import" if near else "import.alone"), {"name": name, "near": near}


def _value(message: str) -> Told:
    """A value of the right kind that is not possible here."""
    for key, pattern in _VALUES.items():
        if found := pattern.search(message):
            return key, found.groupdict()
    return "value", {}


def _type(message: str, steps: Steps, names: Mapping[str, Any]) -> Told:
    """Values that do not go together, or arguments that a function does not take."""
    for key, pattern in _TYPES.items():
        if found := pattern.search(message):
            values = found.groupdict()
            if key == "unexpected":
                known = _arguments(_line(steps, names)[1], values["name"], names)
                near = nearest(values["name"], known)
                return (key if near else "unexpected.alone"), {**values, "near": near, "known": _few(known)}
            if key == "missing":
                values["names"] = ", ".join(re.findall(r"'(\w+)'", values["names"]))
            return key, values
    return "type", {}


def _steps(trace: TracebackType | None) -> Iterator[TracebackType]:
    """The steps of a traceback, outermost first."""
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _table(steps: Steps) -> pd.DataFrame | None:
    """The table that was asked for a column, where pandas was; none where it was asked for a row."""
    import pandas as pd

    frames = [step.tb_frame for step in reversed(steps)]
    if any(frame.f_code.co_filename.endswith("indexing.py") and frame.f_locals.get("axis") == 0 for frame in frames):
        return None
    for frame in frames:
        if "pandas" in frame.f_code.co_filename:
            for held in (frame.f_locals.get(name) for name in ("self", "obj")):
                for table in (held, getattr(held, "obj", None)):  # groups of a table know the table
                    if isinstance(table, pd.DataFrame):
                        return table
    return None


def _where(error: BaseException, steps: Steps, names: Mapping[str, Any], lang: str) -> list[str]:
    """The line of the notebook in which it happened."""
    if isinstance(error, SyntaxError) and error.lineno and not _own(steps, names):
        line, code = error.lineno, error.text or linecache.getline(error.filename or "", error.lineno)
    else:
        line, code = _line(steps, names)
    code = code.strip()
    return [word("python.line", lang, line=line, code=code)] if code else []


def _own(steps: Steps, names: Mapping[str, Any]) -> Steps:
    """The steps within the notebook's own cells."""
    return [step for step in steps if step.tb_frame.f_globals is names]


def _line(steps: Steps, names: Mapping[str, Any]) -> tuple[int, str]:
    """Number and code of the last line of the notebook on the way to the error."""
    if not (own := _own(steps, names)):
        return 0, ""
    return own[-1].tb_lineno, linecache.getline(own[-1].tb_frame.f_code.co_filename, own[-1].tb_lineno).strip()


def _deeper(steps: Steps, lang: str) -> list[str]:
    """Where in this package it came up, for whoever looks after it."""
    inside = [step for step in steps if Path(step.tb_frame.f_code.co_filename).is_relative_to(_PACKAGE)]
    if not inside or inside[-1].tb_frame.f_code.co_name == "__getattr__":
        return []
    file = Path(inside[-1].tb_frame.f_code.co_filename).relative_to(_PACKAGE.parent).as_posix()
    return [word("python.deeper", lang, file=file, line=inside[-1].tb_lineno)]


def _subscripted(code: str) -> Iterator[str]:
    """The names before square brackets in a line."""
    for node in _nodes(code):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            yield node.value.id


def _arguments(code: str, name: str, names: Mapping[str, Any]) -> list[str]:
    """The arguments that the function takes which a line calls with an argument of some name."""
    for node in _nodes(code):
        if isinstance(node, ast.Call) and any(word.arg == name for word in node.keywords):
            function = _resolved(node.func, names)
            if isinstance(function, FunctionType | type):
                return [name for name in inspect.signature(function).parameters if name != "self"]
    return []


def _resolved(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """What a dotted name stands for, as far as that can be seen without computing anything."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if not isinstance(node, ast.Attribute) or (owner := _resolved(node.value, names)) is None:
        return None
    return inspect.getattr_static(owner, node.attr, None)


def _nodes(code: str) -> Iterator[ast.AST]:
    """The nodes of a line, as far as it can be read alone."""
    try:
        yield from ast.walk(ast.parse(code))
    except SyntaxError:
        return


def _public(names: Iterable[str]) -> list[str]:
    """The names that are not somebody's own business."""
    return [name for name in names if not name.startswith("_")]


def _few(names: list[str]) -> str:
    """Some names, and dots where there are more."""
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
