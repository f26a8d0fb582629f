"""The rules that come with the kit, and rules that people write: read strictly, all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.lifecycle.marks import COMPARED, COUNTED, Mark, Way
from cslab.measure.lifecycle.phases import Phase, Rules, folded
from cslab.sources import declared
from cslab.sources.declared import Declared
from cslab.sources.form import Form
from cslab.sources.shipped import own
from cslab.tables import TABLES

SHIPPED = ("default", "sansan", "totango")
"""The rules that come with the kit."""

_FOLDER = Path(__file__).parents[2] / "rules"
_NUMBERS = ("money", "rate", "count", "number")
_TEXTS = Form("list", each=Form("text"), wanted=False)
_OPTIONAL = Form("text", wanted=False)
_PHASE = Form(
    "section",
    keys={
        "since": Form("text"),
        "until": _TEXTS,
        "late_since": _OPTIONAL,
        "owner": _OPTIONAL,
        "target_days": Form("number", wanted=False, low=1),
        "hours_per_case": Form("number", wanted=False, low=0),
        "final": Form("flag", wanted=False),
        "prospects": Form("flag", wanted=False),
        "aliases": _TEXTS,
        "en": _OPTIONAL,
        "ja": _OPTIONAL,
    },
)
_WAY = Form(
    "section",
    keys={
        "table": Form("text", choices=tuple(TABLES)),
        "column": Form("text"),
        "days": Form("whole", wanted=False),
        "minus": _OPTIONAL,
        "where": Form("sections", each=Form("any"), wanted=False),
        "each": Form("flag", wanted=False),
        "nth": Form("whole", wanted=False, low=1),
    },
)
_FORM = Form(
    "section",
    keys={
        "name": Form("text"),
        "clock": Form("text"),
        "marks": Form("sections", each=Form("any")),
        "phases": Form("sections", each=_PHASE),
        "precedence": Form("list", each=Form("text")),
    },
)


def rules(name: str = "default") -> Rules:
    """Rules that come with the kit, or those of a file.

    Parameters
    ----------
    name : str
        ``default`` (five phases and leaving), ``sansan`` (cut by renewals) or ``totango`` (phases of care); or the path
        of a ``.yaml`` file of one's own, a relative one from the folder in which the command was given.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_rules`.

    >>> list(rules().phases)
    ['evaluation', 'purchase', 'onboarding', 'adoption', 'renewal', 'churn']
    """
    file = own(name)
    return _shipped(name) if file is None else _rules(declared.read(file))


@cache
def _shipped(name: str) -> Rules:
    """Rules that come with the kit, read once."""
    if name not in SHIPPED:
        values = {"name": name, "near": nearest(name, SHIPPED), "known": ", ".join(SHIPPED)}
        raise UsageError(Fault("lifecycle.rules", values))
    return _rules(declared.read(_FOLDER / f"lifecycle_{name}.yaml"))


def read_rules(content: str | bytes, name: str) -> Rules:
    """Rules as somebody wrote them; ``cslab/rules/lifecycle_default.yaml`` shows the form.

    Parameters
    ----------
    content : str or bytes
        YAML.
    name : str
        What to call it in messages: the file's name.

    Raises
    ------
    DataError
        With everything that is wrong, and its line.

    >>> text = '''
    ... name: own
    ... clock: signed
    ... marks:
    ...   signed: {table: accounts, column: signed_on}
    ... phases:
    ...   customer: {since: signed, ja: お客様}
    ... precedence: [customer]
    ... '''
    >>> read_rules(text, "rules.yaml").label("customer", "ja")
    'お客様'
    """
    return _rules(declared.parse(content, name))


def read_mark(given: Mapping[str, Any], name: str = "rule") -> Mark:
    """One mark, as somebody wrote it in code.

    Parameters
    ----------
    given : mapping
        ``table``, ``column`` (of days), and where needed ``where``, ``days``, ``minus``, ``each``, ``nth``.
    name : str
        What to call it.

    Raises
    ------
    DataError
        With everything that is wrong.

    >>> read_mark({"table": "accounts", "column": "signed_on", "days": 90}).ways[0].days
    90
    """
    found = Declared(name, {"marks": {name: dict(given)}}, {})
    if faults := list(_ways_wrong(found)):
        raise found.refused(faults)
    return Mark(name, (_way(given),))


def _rules(found: Declared) -> Rules:
    """Rules of what is declared, if nothing is wrong with it."""
    if faults := [*found.faults(_FORM), *_ways_wrong(found), *_phases_wrong(found)]:
        raise found.refused(faults)
    marks = {name: Mark(name, tuple(_way(way) for _, way in _ways(name, value))) for name, value in _marks(found)}
    phases = {name: _phase(name, value) for name, value in found.value["phases"].items()}
    return Rules(found.value["name"], phases, tuple(found.value["precedence"]), found.value["clock"], marks)


def _phase(name: str, value: dict[str, Any]) -> Phase:
    """One phase of its section; what is empty there is as if it were not."""
    given: dict[str, Any] = {
        key: tuple(item) if isinstance(item, list) else item for key, item in value.items() if item is not None
    }
    return Phase(name, **given)


def _way(value: Mapping[str, Any]) -> Way:
    """One way of its section; what is empty there is as if it were not."""
    return Way(**{key: item for key, item in value.items() if item is not None})


def _marks(found: Declared) -> Iterator[tuple[str, Any]]:
    """Marks by name, as they are declared."""
    yield from _section(found, "marks").items()


def _section(found: Declared, name: str) -> dict[str, Any]:
    """A section of the file; without content where the file has another form."""
    value = found.value.get(name)
    return value if isinstance(value, dict) else {}


def _ways(name: str, value: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    """The ways of a mark, and where they stand: one section, or a list of them."""
    if isinstance(value, list):
        return [(("marks", name, place), way) for place, way in enumerate(value)]
    return [(("marks", name), value)]


def _ways_wrong(found: Declared) -> Iterator[Fault]:
    """Everything that is wrong with the marks."""
    for name, value in _marks(found):
        for path, way in _ways(name, value):
            faults = list(_WAY.faults(found, way, path))
            yield from faults
            if all(fault.key == "declared.unknown_key" for fault in faults):
                yield from _columns_wrong(found, way, path)


def _columns_wrong(found: Declared, way: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Columns that their table does not have, or that hold no days."""
    table = TABLES[way["table"]]
    days = [column.name for column in table.columns if column.kind in ("date", "month")]
    days += COUNTED if table.name == "contracts" else []
    numbers = [column.name for column in table.columns if column.kind in ("count", "number")]
    wanted = [("column", way["column"], days)] + ([("minus", way["minus"], numbers)] if way.get("minus") else [])
    for key, column, known in wanted:
        if column not in known:
            yield _unknown(found, (*path, key), f"{table.name}.{column}", known)
    for column, asked in (way.get("where") or {}).items():
        if column not in table.names and not column.startswith("x_"):
            yield _unknown(found, (*path, "where", column), f"{table.name}.{column}", table.names)
        elif COMPARED.fullmatch(str(asked)) and column in table.names and table.column(column).kind not in _NUMBERS:
            fit = ", ".join(one.name for one in table.columns if one.kind in _NUMBERS)
            values = {"column": f"{table.name}.{column}", "wanted": asked, "known": fit}
            yield found.fault("lifecycle.no_number", *path, "where", column, **values)


def _phases_wrong(found: Declared) -> Iterator[Fault]:
    """Marks that phases name and nobody declared; a precedence that is not of these phases."""
    marks, phases = _section(found, "marks"), _section(found, "phases")
    clock = found.value.get("clock")
    if marks and isinstance(clock, str) and clock not in marks:
        yield _unknown(found, ("clock",), clock, marks)
    for name in phases if marks else ():
        for key in ("since", "until", "late_since"):
            for mark in _texts(phases, name, key):
                if mark not in marks:
                    yield _unknown(found, ("phases", name, key), mark, marks)
    if isinstance(order := found.value.get("precedence"), list) and phases:
        yield from _order_wrong(found, order, phases)
    yield from _names_wrong(found, phases)


def _order_wrong(found: Declared, order: list[Any], phases: dict[str, Any]) -> Iterator[Fault]:
    """Phases that the precedence names and nobody declared, that it names twice, or that it lacks."""
    for place, name in enumerate(order):
        if name not in phases:
            yield _unknown(found, ("precedence", place), str(name), phases)
        elif name in order[:place]:
            yield found.fault("lifecycle.twice", "precedence", place, phase=name)
    for name in phases:
        if name not in order:
            yield found.fault("lifecycle.no_rank", "precedence", phase=name)


def _names_wrong(found: Declared, phases: dict[str, Any]) -> Iterator[Fault]:
    """Names that two phases go by, so that nobody could tell which one is meant."""
    taken = {folded(name): name for name in phases}
    for name in phases:
        for key in ("en", "ja", "aliases"):
            for alias in _texts(phases, name, key):
                if taken.setdefault(folded(alias), name) != name:
                    values = {"name": alias, "first": taken[folded(alias)], "second": name}
                    yield found.fault("lifecycle.alias", "phases", name, key, **values)


def _texts(phases: dict[str, Any], name: str, key: str) -> list[str]:
    """The text of a phase, or its texts; none where there is something else."""
    value = phases[name].get(key) if isinstance(phases[name], dict) else None
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _unknown(found: Declared, path: tuple[str | int, ...], value: str, known: Any) -> Fault:
    """A name that nobody declared, with the nearest one."""
    short = value.rpartition(".")[2]
    near = nearest(short, known)
    return found.fault("lifecycle.unknown", *path, value=value, near=near, known=", ".join(known))
