"""The parameters of a lesson: what its parameters cell says, and whether what somebody asks for fits it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cslab.faults import Fault, UsageError, nearest

MONTHS, SHARE = (1, 600), (0, 1)
RANGES: dict[str, tuple[float, float]] = {
    "horizon": MONTHS,
    "horizon_months": MONTHS,
    "long_horizon_months": MONTHS,
    "contract_term": MONTHS,
    "months_before": MONTHS,
    "early_months": MONTHS,
    "map_months": MONTHS,
    "window_months": MONTHS,
    "look_back_months": MONTHS,
    "calendar_months": MONTHS,
    "in_time_months": MONTHS,
    "gap_months": MONTHS,
    "signing_months": MONTHS,
    "within_days": (1, 18_000),
    "budget_h": (1, 1e7),
    "effect": SHARE,
    "kpi_months": MONTHS,
    "years": (1, 100),
    "arr_today": (1, 1e15),
    "growth": (0, 10),
    "churn_levels": SHARE,
    "gross_margin": (0.01, 1),
    "discount": SHARE,
    "spent_share": SHARE,
    "tickets_read": (1, 1e6),
    "threshold_steps": (0.01, 100),
    "lead_months": MONTHS,
    "n_features": (4, 400),
    "learned_from": (40, 1e6),
    "per_week": (0.1, 1_000),
    "programme_effect": (0, 0.99),
    "start_hazard": (0.001, 0.999),
    "landmark_month": MONTHS,
    "top_winners": (1, 10_000),
    "override": SHARE,
    "thresholds": (0, 1e15),
    "csm_ratio": (1, 1e6),
    "csm_cost": (0, 1e15),
    "times_as_many": (0.01, 1_000),
    "assumed_months": (0.01, 600),
    "line_amount": (0.01, 1e15),
    "hoped_points": (0.1, 90),
    "pilot_customers": (4, 4_000),
    "decide_month": MONTHS,
    "quick_share": SHARE,
    "range_level": (0.01, 0.99),
    "odds_ratio": (0.01, 100),
    "care_hours": (0, 10_000),
}
"""From where to where a number may go, by its name, which means the same in every lesson; a test wants one for each."""
TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
TOLD = "# ja: "
"""What a line begins with that says in Japanese what the line above it says in English."""

_LINE = re.compile(r"(?P<name>[a-z]\w*): (?P<type>[\w\[\]]+) = (?P<literal>.+?)  # (?P<words>[^=#]+)")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell.

    Parameters
    ----------
    name : str
    type : str
        ``str``, ``int``, ``float``, ``bool``, or ``list[…]`` of one of the first three.
    default : object
        Its literal.
    words : str
        What it is for.

    >>> Parameter("horizon", "int", 36, "months").read("48")
    48
    """

    name: str
    type: str
    default: Any
    words: str

    def read(self, text: str) -> Any:
        """The value that a person typed, in this parameter's type.

        Parameters
        ----------
        text : str
            For a list, items with commas between them.

        Raises
        ------
        ValueError
            Where it does not fit.

        >>> Parameter("levels", "list[float]", [], "").read("0.03, 0.1"), Parameter("x", "bool", True, "").read("no")
        ([0.03, 0.1], False)
        """
        if (kind := _item_type(self.type)) is not None:
            items = json.loads(text) if text.lstrip().startswith("[") else [item.strip() for item in text.split(",")]
            return [_read_one(kind, str(item)) for item in items]
        return _read_one(self.type, text)

    def fits(self, value: Any) -> bool:
        """Whether a value is of this parameter's type; a whole number also fits ``float``.

        >>> Parameter("share", "float", 0.5, "").fits(1), Parameter("n", "int", 5, "").fits(True)
        (True, False)
        """
        if (kind := _item_type(self.type)) is not None:
            return isinstance(value, list) and all(_is(kind, item) for item in value)
        return _is(self.type, value)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """From where to where its number, or each of its numbers, may go; ``None`` for a text or a flag.

        >>> Parameter("churn_levels", "list[float]", [0.1], "shares").bounds
        (0, 1)
        """
        return RANGES.get(self.name)

    def holds(self, value: Any) -> bool:
        """Whether a value of the right type lies within the bounds; an empty list holds nothing to count with.

        >>> months = Parameter("horizon_months", "int", 36, "months")
        >>> months.holds(12), months.holds(0)
        (True, False)
        """
        numbers = value if isinstance(value, list) else [value]
        if self.bounds is None:
            return bool(numbers)
        low, high = self.bounds
        return bool(numbers) and all(low <= number <= high for number in numbers)

    def fault(self, value: Any, where: str) -> Fault | None:
        """What is wrong with a value; ``None`` where it can be used.

        Parameters
        ----------
        value : object
            In a type of its own, whatever that is.
        where : str
            How the message names the place, such as ``"-p horizon_months=0"``.

        >>> Parameter("horizon_months", "int", 36, "").fault(0, "-p horizon_months=0").key
        'parameter_range'
        """
        told = {"where": where, "default": self.default}
        if not self.fits(value):
            return Fault(f"parameter_type.{self.type}", told)
        if self.holds(value):
            return None
        if value == [] or self.bounds is None:
            return Fault("parameter_empty", told)
        return Fault("parameter_range", {**told, "low": self.bounds[0], "high": self.bounds[1]})


def parameters(code: str) -> tuple[list[Parameter], list[Fault]]:
    """The parameters that a parameters cell declares, and the lines that are richer than papermill keeps.

    Parameters
    ----------
    code : str
        Lines ``name: type = literal  # words``, below each of them perhaps its words in Japanese (:data:`TOLD`).

    Returns
    -------
    (list of Parameter, list of Fault)

    >>> found, faults = parameters('seed: int = 7  # which world\\nstart = date.today()')
    >>> found[0].default, [fault.key for fault in faults]
    (7, ['parameter_line'])
    """
    found, faults = [], []
    for line in code.splitlines():
        if not line.strip() or line.startswith(TOLD):
            continue
        parameter = _parameter(line)
        if parameter is None:
            faults.append(Fault("parameter_line", {"line": line.strip()}))
        elif not parameter.fits(parameter.default):
            where = {"name": parameter.name, "type": parameter.type, "line": line.strip()}
            faults.append(Fault("parameter_default", where))
        else:
            found.append(parameter)
    return found, faults


def asked(known: Iterable[Parameter], wishes: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values for a run, checked before anything runs.

    Parameters
    ----------
    known : iterable of Parameter
        What the lesson declares.
    wishes : iterable of str
        ``name=value`` as typed behind ``-p``; ``source.seed=7`` changes an option of the source, and so does
        ``lot_source.seed=7`` of another company of the lesson.
    given : mapping
        Values that are set already (``source``, ``lang`` …), in their types.

    Returns
    -------
    dict
        Only what differs from the lesson's own values or was asked for.

    Raises
    ------
    UsageError
        With every unknown name, and every value that does not fit its type.

    >>> asked([Parameter("horizon", "int", 36, "")], ["horizon=48"], {})
    {'horizon': 48}
    """
    by_name = {parameter.name: parameter for parameter in known}
    values, options, faults = dict(given), dict[str, dict[str, str]](), list[Fault]()
    for wish in wishes:
        name, equals, text = wish.partition("=")
        place, _, option = (name := name.strip()).partition(".")
        if not equals or not name:
            faults.append(Fault("parameter_form", {"wish": wish}))
        elif option and place.endswith("source") and place in by_name:
            options.setdefault(place, {})[option] = text.strip()
        elif name not in by_name:
            faults.append(unknown(name, by_name, f"-p {name}"))
        else:
            _take(by_name[name], text, values, faults)
    faults += [unknown(name, by_name, f"-p {name}") for name in given if name not in by_name]
    if faults:
        raise UsageError(*faults, ending="nothing_ran")
    changed = {name: with_options(str(values.get(name, by_name[name].default)), new) for name, new in options.items()}
    return values | changed


def with_options(source: str, options: Mapping[str, str]) -> str:
    """A source string with some of its options set.

    Parameters
    ----------
    source : str
        Such as ``"synthetic:default_jp?seed=7"``.
    options : mapping of str to str
        What to set or replace behind ``?``.

    Raises
    ------
    UsageError
        For a string that is no source, or an option that it cannot have.

    >>> with_options("synthetic:default_jp?seed=7&accounts=2000", {"seed": "8"})
    'synthetic:default_jp?seed=8&accounts=2000'
    """
    from cslab.sources import parse

    old = parse(source)
    behind = "&".join(f"{name}={value}" for name, value in {**old.params, **options}.items())
    return parse(f"{old.kind}:{old.name}?{behind}").text


def _parameter(line: str) -> Parameter | None:
    """One line of the cell, or ``None`` where it is anything but a name, a plain type, a literal and words."""
    match = _LINE.fullmatch(line.strip())
    if match is None or (match["type"] not in TYPES and _item_type(match["type"]) is None):
        return None
    try:
        return Parameter(match["name"], match["type"], ast.literal_eval(match["literal"]), match["words"].strip())
    except (ValueError, SyntaxError):
        return None


def _item_type(name: str) -> str | None:
    """The type of a list's items; ``None`` for what is not a list."""
    match = re.fullmatch(r"list\[(str|int|float)\]", name)
    return match[1] if match else None


def _is(name: str, value: Any) -> bool:
    """Whether a value is of a plain type; ``True`` is not a number here."""
    if isinstance(value, bool):
        return name == "bool"
    return isinstance(value, (int, float) if name == "float" else TYPES[name])


def _read_one(name: str, text: str) -> Any:
    """A typed word in a plain type."""
    if name == "bool":
        if text.strip().lower() not in _FLAGS:
            raise ValueError(text)
        return _FLAGS[text.strip().lower()]
    return TYPES[name](text)


def _take(parameter: Parameter, text: str, values: dict[str, Any], faults: list[Fault]) -> None:
    """Read one value, or note that it does not fit."""
    try:
        value = parameter.read(text)
    except ValueError:
        value = None  # fits no type
    if fault := parameter.fault(value, f"-p {parameter.name}={text}"):
        faults.append(fault)
    else:
        values[parameter.name] = value


def unknown(name: str, known: Iterable[str], where: str) -> Fault:
    """The fault of a name that the lesson does not have, with the nearest it has.

    Parameters
    ----------
    name : str
    known : iterable of str
        The names that it has.
    where : str
        How the message names the place.

    >>> unknown("horzon", ["horizon", "source"], "-p horzon").values["near"]
    'horizon'
    """
    names = list(known)
    near = nearest(name, names)
    key = "parameter_unknown_near" if near else "parameter_unknown"
    return Fault(key, {"where": where, "near": near, "known": ", ".join(names)})
