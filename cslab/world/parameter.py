"""What a scenario's parameter may be: its type, size, unit and limits, declared where the parameter is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from cslab.faults import Fault, nearest

Kind = Literal["real", "whole", "text", "month", "names"]


@dataclass(frozen=True)
class Parameter:
    """The declaration of one parameter.

    Parameters
    ----------
    kind : str
        ``real``, ``whole`` (number), ``text`` or ``month`` (the first day of one).
    size : int
        How many values it has; 0 means one plain value.
    unit : str
        Unit of the values.
    low, high : float
        Smallest and largest value, both allowed.
    total : bool
        Whether the values must sum to 1.
    known : tuple of str
        The words that a list of ``names`` may hold.

    >>> Parameter("real", size=3, unit="share", low=0, high=1, total=True).read("segment_share", "0.7, 0.2, 0.1")
    (0.7, 0.2, 0.1)
    """

    kind: Kind
    size: int = 0
    unit: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    total: bool = False
    known: tuple[str, ...] = ()

    def read(self, name: str, given: Any) -> Any:
        """The value of a parameter, from a value or from its text in a source string.

        Parameters
        ----------
        name : str
            Name of the parameter, for the fault.
        given : object
            A value, a list of values, or text (values parted by commas).

        Returns
        -------
        object
            The typed value, or a ``Fault``.

        >>> Parameter("whole", low=1).read("accounts", "none").key
        'scenario_type'
        """
        if self.kind == "names":
            return self._names(name, given)
        if not self.size:
            value = _typed(self.kind, given)
            return self._fault("scenario_type", name, given) if value is None else self._within(name, value, (value,))
        parts = given.strip("[]() ").split(",") if isinstance(given, str) else given
        values = tuple(_typed(self.kind, part) for part in parts) if isinstance(parts, (list, tuple)) else ()
        if len(values) != self.size or None in values:
            return self._fault("scenario_list", name, given)
        if self.total and abs(sum(values) - 1) > 1e-9:
            return self._fault("scenario_total", name, given, sum=round(sum(values), 6))
        return self._within(name, values, values)

    def _names(self, name: str, given: Any) -> Any:
        """The words of a list in the order of those known; ``all`` and ``none`` are understood."""
        words = [word.strip() for word in given.split(",")] if isinstance(given, str) else list(given)
        words = list(self.known) if words == ["all"] else [] if words == ["none"] else words
        for word in words:
            if word not in self.known:
                near, known = nearest(str(word), self.known) or "all", ", ".join(("all", "none", *self.known))
                return Fault("scenario_name", {"name": name, "value": word, "near": near, "known": known})
        return tuple(word for word in self.known if word in words)

    def _within(self, name: str, value: Any, parts: tuple[Any, ...]) -> Any:
        """The value, or the fault that it lies outside its limits."""
        numeric = self.kind in ("real", "whole")
        if numeric and not all(self.low <= part <= self.high for part in parts):
            return self._fault("scenario_range", name, value)
        return value

    def _fault(self, key: str, name: str, given: Any, **more: Any) -> Fault:
        """A fault of this parameter, with what it takes instead."""
        limits = f"{_limit(self.low)}..{_limit(self.high)}"
        known = {"kind": self.kind, "size": self.size, "unit": self.unit or "-", "limits": limits}
        return Fault(key, {"name": name, "value": given, **known, **more})


def _limit(bound: float) -> str:
    """A limit as written in a message; nothing where there is none."""
    return "" if abs(bound) == float("inf") else f"{bound:,}"


def _typed(kind: Kind, given: Any) -> Any:
    """A single value of a kind; None where it is not one."""
    text = str(given).strip()
    try:
        if kind == "text":
            return text or None
        if kind == "month":
            day = dt.date.fromisoformat(text[:10])
            return day if day.day == 1 and 1970 <= day.year <= 2100 else None
        number = float(text) if not isinstance(given, bool) else float("nan")
        if kind != "whole":
            return None if number != number else number
        return _exactly(text) if number.is_integer() else None
    except ValueError:
        return None


def _exactly(text: str) -> int:
    """A whole number to its last digit, which a float of more than 16 digits does not hold."""
    try:
        return int(text)
    except ValueError:  # written as 1e6 or 12.0
        return int(float(text))


def share(size: int = 0, total: bool = False) -> Any:
    """A probability or share, 0-1.

    >>> share().metadata["parameter"].high
    1
    """
    return _declared(Parameter("real", size, "share", 0, 1, total))


def real(size: int = 0, unit: str = "") -> Any:
    """A number of either sign.

    >>> real(unit="logit").metadata["parameter"].unit
    'logit'
    """
    return _declared(Parameter("real", size, unit, -1e15, 1e15))


def positive(size: int = 0, unit: str = "", low: float = 0, high: float = 1e15) -> Any:
    """A number not below zero.

    >>> positive(3, "months").metadata["parameter"].size
    3
    """
    return _declared(Parameter("real", size, unit, low, high))


def whole(size: int = 0, unit: str = "", low: float = 1, high: float = 1e9) -> Any:
    """A whole number.

    >>> whole(unit="months").metadata["parameter"].low
    1
    """
    return _declared(Parameter("whole", size, unit, low, high))


def names(known: tuple[str, ...]) -> Any:
    """Some of a few words; ``all`` and ``none`` are understood.

    >>> names(("one", "two")).metadata["parameter"].read("numbers", "two,one")
    ('one', 'two')
    """
    return _declared(Parameter("names", known=known))


def text() -> Any:
    """A word.

    >>> text().metadata["parameter"].kind
    'text'
    """
    return _declared(Parameter("text"))


def _declared(parameter: Parameter) -> Any:
    """A dataclass field that carries its declaration."""
    return field(metadata={"parameter": parameter})
