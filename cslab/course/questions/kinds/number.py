"""A number, and the other units that people write it in."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cslab.course.questions.answers import Column, Frame, Strange
from cslab.course.questions.kinds.kind import LONGEST, Kind, Remark, Slip, refuse

if TYPE_CHECKING:
    from cslab.course.questions.question import Material

_MONTH = 365.25 / 12
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
UNITS: dict[str, dict[str, float]] = {
    "share": {"share": 1.0, "percent": 0.01, "permille": 0.001},
    "money": {"money": 1.0, "thousands": 1e3, "ten_thousands": 1e4, "millions": 1e6, "hundred_millions": 1e8},
    "time": {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "months": _MONTH, "years": 12 * _MONTH},
    "number": {"number": 1.0},
}
"""The size of each unit, by what it measures: a share of the whole, whole units of the currency, days."""

OF_A_SIZE = 0.05
"""How far, as a share of the one, two numbers may differ that are taken for the same in another unit."""
ALIKE = 0.001
"""How much farther off, as a share of the answer, another misconception may lie that is told with the nearest."""
LARGEST_PERCENT, LARGEST_COUNT, LEAST_COUNT = 100, 1000, 10
"""A whole number given for a share is a count above the first and an amount above the second; above the third no share
is a count."""
PERIODS = {"month": "year", "year": "month"}
"""What somebody may have given instead of an amount for each month, or for each year."""


@dataclass(frozen=True)
class Num(Kind):
    """A number.

    Parameters
    ----------
    tolerance : float
        How far it may be off, in its own unit.
    unit : str
        One of :data:`UNITS`, such as ``"share"`` (0.8, not 80), ``"ten_thousands"`` (万円) or ``"hours"``.
    per : str
        ``"month"`` or ``"year"`` for an amount of each; empty otherwise.
    chance : bool
        Whether it is a chance, which cannot be more than 1 or less than 0.
    alike : float
        How near an answer has to come to a usual wrong one to be taken for it, where the tolerance is too wide for
        that; 0 for the tolerance.

    >>> Num(0.0005).agrees(0.8617, 0.8615, None)
    True
    """

    tolerance: float = 0.0005
    unit: str = "share"
    per: str = ""
    chance: bool = False
    alike: float = 0.0

    def read(self, answer: Any, material: Material | None) -> float:
        """The number that was given.

        Raises
        ------
        Slip
            For what is no number, or one that stands in something else.

        >>> Num().read(1, None)
        1.0
        """
        return number(answer)

    def agrees(self, given: float, target: float, material: Material | None) -> bool:
        """Whether two numbers lie within the tolerance.

        >>> Num(0.01, "hours").agrees(4.0, 4.02, None)
        False
        """
        return within(given, target, self.tolerance)

    def same(self, given: float, wrong: float, material: Material | None) -> bool:
        """Whether a number is the usual wrong one.

        >>> Num(0.05, alike=0.01).same(0.07, 0.03, None), Num(0.05).same(0.07, 0.03, None)
        (False, True)
        """
        return within(given, wrong, self.alike or self.tolerance)

    def near(self, given: float, target: float) -> bool:
        """Whether two numbers are of a size; see :data:`OF_A_SIZE`.

        >>> Num().near(0.0004, 0.0)
        False
        """
        return of_a_size(given, target)

    def nearer(self, given: float, wrong: float, target: float) -> bool:
        """Whether a number within the tolerance of two others lies nearer to the wrong one.

        >>> Num(0.01).nearer(0.508, 0.515, 0.5), Num(0.01).nearer(0.502, 0.505, 0.5)
        (True, False)
        """
        return within(given, wrong, self.tolerance) and abs(given - wrong) < abs(given - target)

    def nearest(self, given: float, wrong: dict[str, float]) -> tuple[str, ...]:
        """The names of the wrong numbers that lie nearest to a number: others within the tolerance stand there by luck.

        >>> Num(0.01).nearest(0.343, {"all": 0.346, "some": 0.3431})
        ('some',)
        """
        least = min((abs(given - value) for value in wrong.values()), default=0.0)
        return tuple(name for name, value in wrong.items() if within(abs(given - value), least, ALIKE * abs(given)))

    def otherwise(self, given: float) -> Iterator[tuple[Remark, float]]:
        """The number seen as one of another unit or period.

        >>> [(remark.values["given_unit"], round(value, 3)) for remark, value in Num().otherwise(86.0)]
        [('percent', 0.86), ('permille', 0.086)]
        """
        if not (self.chance and 0 <= given <= 1):  # that is a chance as it stands
            yield from other_units(given, self.unit)
        if self.per:
            said = {"given_unit": f"a_{PERIODS[self.per]}", "wanted_unit": f"a_{self.per}"}
            yield Remark("unit", said), given / 12 if self.per == "month" else given * 12

    def differences(self, given: float, target: float, material: Material | None) -> list[Remark]:
        """What a number of quite another size must be, that the sign is the other one, or digits are missing.

        >>> [Num().differences(given, 0.86, None)[0].key for given in (62.0, 206.0, 560_000.0)]
        ['looks_like_percent', 'looks_like_count', 'looks_like_amount']
        >>> Num(chance=True).differences(1.4, 0.02, None)[0].key
        'no_chance'
        """
        if self.unit == "share" and abs(target) <= 2 < abs(given):
            return [Remark(f"looks_like_{_instead_of_a_share(given)}")]
        if self.chance and not 0 <= given <= 1:
            return [Remark("no_chance")]
        if self.unit == "number" and 0 < abs(given) < 1 and target > LEAST_COUNT and target.is_integer():
            return [Remark("looks_like_share")]
        if target and self.agrees(-given, target, material):
            return [Remark("other_sign")]
        return [self._rounded()] if _is_rounded(given, target) else []

    def _rounded(self) -> Remark:
        """That digits are missing; to which decimal place it has to be right, where the tolerance says so."""
        decimals = math.ceil(-math.log10(2 * self.tolerance) - 1e-9) if self.tolerance else 0
        return Remark("rounded_to", {"decimals": decimals}) if decimals > 0 else Remark("rounded")


def number(answer: Any) -> float:
    """The number that an answer is.

    Parameters
    ----------
    answer : object
        As ``answers.load`` gives it.

    Raises
    ------
    Slip
        For text, something that holds a number or several, what is not finite, and everything else.

    >>> number(3)
    3.0
    """
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        if not math.isfinite(answer):
            raise Slip("not_finite")
        return float(answer)
    if isinstance(answer, str):
        raise _text(answer)
    held = _held(answer)
    if held is None or any(isinstance(item, Strange) for item in held):
        raise refuse("number", answer)
    if len(held) != 1:
        raise Slip("several_numbers", count=len(held)) if held else Slip("nothing_in_it")
    if not isinstance(held[0], int | float):
        raise refuse("number", answer)
    raise Slip({Column: "one_in_column", Frame: "one_in_table"}.get(type(answer), "one_in_list"))


def within(given: float, target: float, tolerance: float) -> bool:
    """Whether two numbers differ by no more than a tolerance, or by what adding in another order makes of them.

    >>> within(0.1 + 0.2, 0.3, 0.0), within(1.1, 1.0, 0.05)
    (True, False)
    """
    return abs(given - target) <= tolerance + 1e-12 * max(1.0, abs(target))


def of_a_size(given: float, target: float) -> bool:
    """Whether two numbers differ by no more than a small share of the second.

    >>> of_a_size(0.86, 0.8615), of_a_size(0.0004, 0.0)
    (True, False)
    """
    return abs(given - target) <= OF_A_SIZE * abs(target)


def other_units(given: float, unit: str) -> Iterator[tuple[Remark, float]]:
    """A number seen as one of each other unit of the same measure.

    Parameters
    ----------
    given : float
    unit : str
        The unit that was asked for.

    Yields
    ------
    (Remark, float)
        What to say, and the number in the unit that was asked for.

    >>> [round(value) for _, value in other_units(1_200_000, "ten_thousands")][0]
    120
    """
    sizes = next(sizes for sizes in UNITS.values() if unit in sizes)
    for other, size in sizes.items():
        if other != unit:
            yield Remark("unit", {"given_unit": other, "wanted_unit": unit}), given * size / sizes[unit]


def _instead_of_a_share(given: float) -> str:
    """What a number must be that is too large for a share."""
    if abs(given) > LARGEST_COUNT:
        return "amount"
    return "count" if abs(given) > LARGEST_PERCENT and given.is_integer() else "percent"


def _is_rounded(given: float, target: float) -> bool:
    """Whether a number is another one, rounded to two or more digits that count."""
    written = Decimal(repr(given)).normalize()
    exponent = written.as_tuple().exponent
    return len(written.as_tuple().digits) > 1 and isinstance(exponent, int) and round(target, -exponent) == given


def _text(answer: str) -> Slip:
    """The slip of a text in the place of a number: one that reads as a number, percent, or any other."""
    said = answer.strip()[:LONGEST]
    plain = unicodedata.normalize("NFKC", said)
    if plain.endswith(("%", "‰")):
        return Slip("percent_as_text", answer=said)
    if _NUMBER.fullmatch(plain):
        return Slip("number_as_text", answer=said, number=plain)
    return Slip("text_for_number", answer=said)


def _held(answer: Any) -> list[Any] | None:
    """What stands in a list, set, Series or DataFrame, on all levels; ``None`` for anything else."""
    if isinstance(answer, Frame):
        answer = [value for row in answer.rows for value in row]
    elif isinstance(answer, Column):
        answer = list(answer.values)
    if not isinstance(answer, list | frozenset):
        return None
    return [value for item in answer for value in (_held(item) if isinstance(item, list) else [item]) or []]
