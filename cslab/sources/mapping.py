"""Reading ``mapping.toml``: what an analyst writes about an export, checked key by key."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from cslab.faults import nearest
from cslab.sources.calendars import SERIALS
from cslab.sources.dates import spelling
from cslab.sources.findings import Findings
from cslab.sources.log_rules import SETTINGS, LogRules
from cslab.sources.rules import FOR_KINDS, MASKS, WAYS, FileMapping, Rule, TableRules
from cslab.sources.sections import SECTIONS
from cslab.tables import EVENTS

FILE_NAME = "mapping.toml"
SHIPPED = Path(__file__).parent.parent / "mappings"
_PLACE = tuple(item.name for item in fields(TableRules) if item.name != "columns")
"""What a section says of where its table lies."""


def shipped() -> dict[str, Path]:
    """The mappings that come with the kit, by name.

    >>> list(shipped())
    ['crm', 'hicustomer', 'hubspot', 'marketo', 'saas_churn', 'salesforce', 'stripe', 'telco', 'zendesk']
    """
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def read_mapping(path: Path, name: str, findings: Findings) -> FileMapping:
    """A mapping from its TOML file; what cannot be understood goes to the faults, with the nearest known key.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What to call it in messages.
    findings : Findings
        Where faults go.

    Returns
    -------
    FileMapping
        What was understood.

    >>> read_mapping(shipped()["telco"], "telco", Findings()).currency
    'USD'
    """
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        findings.fault("mapping_not_utf8", file=name)
        return FileMapping(name)
    except (tomllib.TOMLDecodeError, OSError) as error:
        findings.fault("mapping_not_toml", file=name, reason=str(error))
        return FileMapping(name)
    return _Reader(name, findings).mapping(content)


class _Reader:
    """Understands the content of one mapping; holds what its messages need."""

    def __init__(self, name: str, findings: Findings) -> None:
        """Remember whose faults these are."""
        self.name, self.findings = name, findings

    def mapping(self, content: dict[str, Any]) -> FileMapping:
        """The whole file: settings, and one section a table."""
        settings = [item.name for item in fields(FileMapping) if item.name not in ("name", "tables", "events")]
        self.known(content, [*settings, *SECTIONS, "events"], "")
        if isinstance(content.get("as_of"), datetime.date):
            content["as_of"] = f"{content['as_of']:%Y-%m-%d}"
        if "mask" in content:
            content["mask"] = self.mask(content["mask"])
        tables = {table: self.table(table, content[table]) for table in SECTIONS if table in content}
        given = self.typed({key: content[key] for key in settings if key in content}, FileMapping, "")
        if not _is_day(given.get("as_of", "")):
            self.findings.fault("mapping_day", file=self.name, value=given.pop("as_of"))
        events = self.log(content["events"]) if "events" in content else None
        if "time_zone" in given:
            given["time_zone"] = self.zone("time_zone", given["time_zone"])
        return FileMapping(self.name, tables, **given, events=events)

    def table(self, table: str, section: Any) -> TableRules:
        """One table's section: its file, and a rule a column."""
        if not isinstance(section, dict):
            self.wrong(table, "[section]")
            return TableRules()
        names = {key for key in section if key.startswith("x_")} | {*SECTIONS[table].names}
        self.known(section, {*names, *_PLACE}, f"{table}.")
        place = self.typed({key: section[key] for key in _PLACE if key in section}, TableRules, f"{table}.")
        columns = {key: section[key] for key in section if key in names}
        return TableRules(**place, columns={key: self.rule(table, key, value) for key, value in columns.items()})

    def mask(self, section: Any) -> Any:
        """What to do with columns that name somebody: ``accounts.account_name`` with or without quotation marks."""
        if not isinstance(section, dict):
            return section
        parts = [(key, value if isinstance(value, dict) else {"": value}) for key, value in section.items()]
        flat = {f"{table}.{column}".strip("."): way for table, ways in parts for column, way in ways.items()}
        for key in [key for key, way in flat.items() if way not in MASKS]:
            self.findings.fault("mapping_mask", file=self.name, key=f"mask.{key}", ways=", ".join(MASKS))
            del flat[key]
        return flat

    def log(self, section: Any) -> LogRules:
        """The section of the log: where it lies, its clock, and a rule a column."""
        if not isinstance(section, dict):
            self.wrong("events", "[section]")
            return LogRules()
        places = [item.name for item in fields(LogRules) if item.name != "columns"]
        self.known(section, {*places, *EVENTS.names}, "events.")
        place = self.typed({key: section[key] for key in places if key in section}, LogRules, "events.")
        if "written_in" in place:
            place["written_in"] = self.zone("events.written_in", place["written_in"])
        columns = {key: self.log_column(key, section[key]) for key in EVENTS.names if key in section}
        return LogRules(**place, columns=columns)

    def log_column(self, column: str, value: Any) -> Rule:
        """The rule of a column of the log, from a bare name or a table of the few settings that it may have."""
        if isinstance(value, str):
            return Rule(column=value)
        if not isinstance(value, dict):
            self.wrong(f"events.{column}", '"column", { column = "column", ... }')
            return Rule()
        self.known(value, SETTINGS, f"events.{column}.")
        given = self.typed({key: value[key] for key in SETTINGS if key in value}, Rule, f"events.{column}.")
        return Rule(**given) if {"column", "constant"} & {*given} else Rule(column=column, **given)

    def zone(self, key: str, name: str) -> str:
        """A time zone that is known by its name; another one has been told, and UTC goes on in its place."""
        if name in available_timezones():
            return name
        near = nearest(name, available_timezones()) or "-"
        self.findings.fault("mapping_zone", file=self.name, key=key, value=name, near=near)
        return "UTC"

    def rule(self, table: str, column: str, value: Any) -> Rule:
        """One column's rule, from a bare header or a table of settings."""
        place = f"{table}.{column}"
        if isinstance(value, str):
            return Rule(column=value)
        if not isinstance(value, dict):
            self.wrong(place, '"header", { column = "header", ... }')
            return Rule()
        self.known(value, [item.name for item in fields(Rule)], f"{place}.")
        given = self.typed(value, Rule, f"{place}.")
        ways = {way for way in WAYS if way in given}
        if len(ways) > 1 and ways != {"any_of", "row_number"}:
            self.findings.fault("mapping_two_ways", file=self.name, key=place, ways=", ".join(WAYS))
        if not ways:
            given["column"] = column
        self.fitting(table, column, given)
        return Rule(**given)

    def fitting(self, table: str, column: str, given: Mapping[str, Any]) -> None:
        """Settings must suit the kind of the column, and a date format must be readable."""
        kind = "text" if column.startswith("x_") else SECTIONS[table].column(column).kind
        for setting, kinds in FOR_KINDS.items():
            if setting in given and kind not in kinds:
                place = f"{table}.{column}.{setting}"
                self.findings.fault("mapping_kind", file=self.name, key=place, kind=kind, kinds=", ".join(kinds))
        for way in ("add_months", "months_between", "ratio"):
            if way in given and len(given[way]) != 2:
                self.wrong(f"{table}.{column}.{way}", '["start", "term_months"]')

    def known(self, given: Iterable[str], known: Iterable[str], place: str) -> None:
        """Every key must be a known one."""
        names = sorted(known)
        for key in given:
            if key not in names:
                near = nearest(key, names) or "-"
                self.findings.fault("mapping_key", file=self.name, key=place + key, near=near, known=", ".join(names))

    def typed(self, given: Mapping[str, Any], kind: type, place: str) -> dict[str, Any]:
        """The known settings as the type their field has; others are faults."""
        types = {item.name: str(item.type) for item in fields(kind)}
        result = {}
        for key, value in given.items():
            if key not in types:
                continue
            form, wanted = _FORMS[types[key]]
            try:
                result[key] = form(value)
            except (TypeError, ValueError):
                self.wrong(place + key, wanted)
            if key == "date_format" and result.get(key) and not (spelling(result[key]) or result[key] in SERIALS):
                self.findings.fault("mapping_date_format", file=self.name, key=place + key, value=result.pop(key))
        return result

    def wrong(self, key: str, wanted: str) -> None:
        """A setting of another type than it should be."""
        self.findings.fault("mapping_type", file=self.name, key=key, wanted=wanted)


def _is_day(text: str) -> bool:
    """Whether a stated day is one, or none is stated."""
    try:
        return not text or (len(text) == len("YYYY-MM-DD") and bool(datetime.date.fromisoformat(text)))
    except ValueError:
        return False


def _text(value: Any) -> str:
    """A word of a mapping as it would stand in a file: ``true`` for true, a day in ISO form."""
    if isinstance(value, (dict, list)):
        raise TypeError
    return str(value).lower() if isinstance(value, bool) else str(value)


def _texts(value: Any) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)


def _lists(value: Any) -> tuple[tuple[str, ...], ...]:
    """A list of lists of words."""
    if not isinstance(value, list):
        raise TypeError
    return tuple(_texts(item) for item in value)


def _choices(value: Any) -> dict[str, tuple[str, ...]]:
    """For each column of the file a list of words."""
    if not isinstance(value, dict):
        raise TypeError
    return {key: _texts(item) for key, item in value.items()}


def _words(value: Any) -> dict[str, str]:
    """The file's words and ours."""
    if not isinstance(value, dict):
        raise TypeError
    return {key: _text(item) for key, item in value.items()}


def _yes(value: Any) -> bool:
    """True or false, and nothing else."""
    if not isinstance(value, bool):
        raise TypeError
    return value


def _counted(value: Any) -> int:
    """A whole number from 1 on."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise TypeError
    return value


def _factor(value: Any) -> float:
    """A number other than zero."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value == 0:
        raise TypeError
    return float(value)


_FORMS: dict[str, tuple[Any, str]] = {
    "str": (_text, '"text"'),
    "bool": (_yes, "true, false"),
    "float": (_factor, "12"),
    "int": (_counted, "4"),
    "tuple[str, ...]": (_texts, '["text", "text"]'),
    "tuple[tuple[str, ...], ...]": (_lists, '[["header", "header"], ["header", "header"]]'),
    "Mapping[str, tuple[str, ...]]": (_choices, '{ "header" = ["word", "word"] }'),
    "Mapping[str, str]": (_words, '{ "their word" = "our word" }'),
}
"""By the type of a setting: how it is read, and how it is written."""
