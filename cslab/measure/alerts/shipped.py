"""The playbooks that come with the kit, and those that people write: read strictly, all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.alerts.dated import Late, Silence, Written
from cslab.measure.alerts.due import Near, Supplied
from cslab.measure.alerts.form import CONDITIONS, FORM
from cslab.measure.alerts.limits import Limit
from cslab.measure.alerts.monthly import Burst, Fall, Level
from cslab.measure.alerts.only import Only
from cslab.measure.alerts.playbooks import Condition, Playbook, Playbooks
from cslab.measure.lifecycle.marks import Way
from cslab.sources import declared, shipped
from cslab.sources.declared import Declared
from cslab.tables import TABLES

SHIPPED = ("default",)
"""The playbooks that come with the kit."""

_NUMBERS = ("money", "rate", "count", "number")
_DAYS = ("date", "month")


def playbooks(name: str = "default") -> Playbooks:
    """The playbooks that come with the kit, or those of a file.

    Parameters
    ----------
    name : str
        ``default``, or the path of a ``.yaml`` file of one's own, a relative one from the folder in which the command
        was given.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_playbooks`.

    Source: triggers, owners, deadlines and lead times as in the domain specification, hours our assumptions (grade S).

    >>> list(playbooks().playbooks)[:3]
    ['onboarding_late', 'slow_start', 'usage_drop']
    """
    file = shipped.own(name)
    return _shipped(name) if file is None else _playbooks(declared.read(file))


@cache
def _shipped(name: str) -> Playbooks:
    """Playbooks that come with the kit, read once."""
    if name not in SHIPPED:
        values = {"name": name, "near": nearest(name, SHIPPED), "known": ", ".join(SHIPPED)}
        raise UsageError(Fault("alerts.playbooks", values))
    return _playbooks(shipped.read("playbooks"))


def read_playbooks(content: str | bytes, name: str) -> Playbooks:
    """Playbooks as somebody wrote them; ``cslab/rules/playbooks.yaml`` shows the form.

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
    ... playbooks:
    ...   risky:
    ...     when: [supplied: {signal: risk, value: "> 0.3"}]
    ...     severity: high
    ...     owner: cs
    ...     sla_days: 5
    ...     hours: 2
    ...     holdout: 0.1
    ... '''
    >>> read_playbooks(text, "playbooks.yaml").playbooks["risky"].needs
    ('signal:risk',)
    """
    return _playbooks(declared.parse(content, name))


def _playbooks(found: Declared) -> Playbooks:
    """The playbooks of a file, or the error with everything that is wrong with it."""
    faults = list(found.faults(FORM))
    faults += list(_conditions_wrong(found)) + list(_numbers_wrong(found)) + list(_evidence_wrong(found))
    if faults:
        raise found.refused(faults)
    given = found.value["playbooks"]
    return Playbooks(found.value["name"], {name: _playbook(name, value) for name, value in given.items()})


def _playbook(name: str, value: dict[str, Any]) -> Playbook:
    """One playbook of its section; what is empty there is as if it were not."""
    given = {key: item for key, item in value.items() if item is not None}
    for key in ("when", "otherwise"):
        if key in given:
            given[key] = tuple(_condition(one) for one in given[key])
    for key in ("lead_months", "evidence"):
        if key in given:
            given[key] = tuple(given[key])
    if "only" in given:
        given["only"] = _only(given["only"])
    return Playbook(name, **given)


def _only(value: dict[str, Any]) -> Only:
    """For whom a rule is meant."""
    given: dict[str, Any] = {key: item for key, item in value.items() if item is not None}
    given["tiers"] = tuple(given.get("tiers", ()))
    given["people"] = Limit.read(given["people"]) if "people" in given else None
    return Only(**given)


def _condition(value: dict[str, Any]) -> Condition:
    """One condition of its section."""
    ((kind, inner),) = value.items()
    given = {key: item for key, item in inner.items() if item is not None}
    if "value" in given:
        given["limit"] = Limit.read(given.pop("value"))
    return _MADE[kind](given)


def _way(given: dict[str, Any]) -> Way:
    """Rows of a table that count one by one."""
    return Way(**given, each=True)


_MADE: dict[str, Callable[[dict[str, Any]], Condition]] = {
    "written": lambda given: Written(_way(given)),
    "late": lambda given: Late(**given),
    "fall": lambda given: Fall(**given),
    "level": lambda given: Level(**given),
    "burst": lambda given: Burst(**given),
    "silence": lambda given: Silence(given["days"], tuple(_way(sign) for sign in given["signs"])),
    "near": lambda given: Near(**{**given, "days_before": tuple(given["days_before"])}),
    "supplied": lambda given: Supplied(**given),
}


def _sections(found: Declared) -> Iterator[tuple[str, dict[str, Any]]]:
    """The playbooks that have the form of one, by name."""
    given = found.value.get("playbooks")
    for name, value in given.items() if isinstance(given, dict) else ():
        if isinstance(value, dict):
            yield name, value


def _conditions_wrong(found: Declared) -> Iterator[Fault]:
    """Everything that is wrong with the conditions."""
    for name, value in _sections(found):
        for key in ("when", "otherwise"):
            conditions = value.get(key)
            for place, one in enumerate(conditions if isinstance(conditions, list) else ()):
                yield from _condition_wrong(found, one, ("playbooks", name, key, place))


def _condition_wrong(found: Declared, one: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is wrong with one condition: its kind, its form, its columns."""
    if not isinstance(one, dict) or len(one) != 1:
        yield found.fault("alerts.one_condition", *path, known=", ".join(CONDITIONS))
        return
    ((kind, inner),) = one.items()
    if kind not in CONDITIONS:
        known = {"near": nearest(kind, CONDITIONS), "known": ", ".join(CONDITIONS)}
        yield found.fault("alerts.condition", *path, kind, kind=kind, **known)
        return
    faults = list(CONDITIONS[kind].faults(found, inner, (*path, kind)))
    yield from faults
    if all(fault.key == "declared.unknown_key" for fault in faults):
        yield from _columns_wrong(found, kind, inner, (*path, kind))


def _columns_wrong(found: Declared, kind: str, inner: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Columns that their table does not have or that hold something else, and limits that are none."""
    for place, sign in enumerate(inner.get("signs", ())):
        yield from _columns_wrong(found, "written", sign, (*path, "signs", place))
    if "value" in inner and not Limit.read(inner["value"]):
        yield found.fault("alerts.limit", *path, "value", value=inner["value"])
    if kind == "near" and bool(inner.get("signal")) == bool(inner.get("table") and inner.get("column")):
        yield found.fault("alerts.near", *path)
    if not (table := inner.get("table")):
        return
    wanted = _DAYS if kind in ("written", "late", "burst") else _NUMBERS
    for key, fit in (("column", wanted), ("since", _DAYS), ("planned", _DAYS), ("done", _DAYS), ("per", _NUMBERS)):
        if inner.get(key):
            yield from _column_wrong(found, table, inner[key], fit, (*path, key))
    for column in inner.get("where") or ():
        yield from _column_wrong(found, table, column, (), (*path, "where", column))


def _column_wrong(
    found: Declared, table: str, column: str, fit: tuple[str, ...], path: tuple[str | int, ...]
) -> Iterator[Fault]:
    """A column that a table does not have, or that holds something else than it should."""
    known = [one.name for one in TABLES[table].columns if not fit or one.kind in fit]
    if column not in known and not (column.startswith("x_") and fit != _DAYS):
        values = {"value": f"{table}.{column}", "near": nearest(column, known), "known": ", ".join(known)}
        yield found.fault("lifecycle.unknown", *path, **values)


def _numbers_wrong(found: Declared) -> Iterator[Fault]:
    """Shares above 1, limits of people that are none, a lead that ends before it begins."""
    for name, value in _sections(found):
        share = value.get("holdout")
        if isinstance(share, (int, float)) and not isinstance(share, bool) and share >= 1:
            yield found.fault("alerts.holdout", "playbooks", name, "holdout", value=share)
        only = value.get("only")
        people = only.get("people") if isinstance(only, dict) else None
        if isinstance(people, str) and not Limit.read(people):
            yield found.fault("alerts.limit", "playbooks", name, "only", "people", value=people)
        lead = value.get("lead_months")
        if isinstance(lead, list) and lead and (len(lead) != 2 or _falls(lead)):
            yield found.fault("alerts.lead", "playbooks", name, "lead_months")


def _falls(lead: list[Any]) -> bool:
    """Whether two numbers stand in the wrong order."""
    return all(isinstance(one, (int, float)) for one in lead) and lead[0] > lead[1]


def _evidence_wrong(found: Declared) -> Iterator[Fault]:
    """Columns of evidence that no table has."""
    known = [f"{table.name}.{column}" for table in TABLES.values() for column in table.names]
    for name, value in _sections(found):
        columns = value.get("evidence")
        for place, one in enumerate(columns if isinstance(columns, list) else ()):
            if isinstance(one, str) and one not in known and ".x_" not in one:
                near = {"value": one, "near": nearest(one, known), "known": ", ".join(TABLES)}
                yield found.fault("lifecycle.unknown", "playbooks", name, "evidence", place, **near)
