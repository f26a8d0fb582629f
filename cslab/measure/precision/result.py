"""How precise one conclusion can be on a book: an interval's half width, or the smallest effect that is seen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

MOST, LEAST = 1e4, 1e-4
"""How many times as many customers, or which part of them, is looked at to reach an aim."""


@dataclass(frozen=True)
class Precision:
    """How precise one conclusion of a lesson can be on a book.

    Parameters
    ----------
    lesson : str
        The number of the lesson that draws it.
    name : str
        ``precision.<name>`` is the reader's name for it.
    kind : str
        ``"width"`` (half of a 95 % interval), ``"difference"`` (the smallest difference of two shares that is seen) or
        ``"ratio"`` (the smallest ratio of two hazards above 1 that is seen).
    unit : str
        ``"share"``, ``"days"``, ``"auc"``, ``"part"`` (of the base) or ``"times"``.
    base : float
        What the width is that of, or the share that an effect changes; missing for a ratio.
    n : int
        Customers that it rests on.
    events : int
        Departures among them, where these decide; else 0.
    aim : float
        A precision with which one can decide, in the unit of the value.
    method : str
        The formula; ``precision.method.<method>`` is the reader's name for it.
    law : callable
        From "so many times as many customers" to the value.

    >>> one = Precision("01", "grr", "width", "share", 0.9, 400, 0, 0.03, "estimate", lambda times: 0.06 / times**0.5)
    >>> one.value, one.enough, one.at(4), one.customers()
    (0.06, False, 0.03, 1600)
    """

    lesson: str
    name: str
    kind: str
    unit: str
    base: float
    n: int
    events: int
    aim: float
    method: str
    law: Callable[[float], float]

    @property
    def value(self) -> float:
        """The precision at this book's size; missing (NaN) where nothing would be seen.

        >>> Precision("01", "grr", "width", "share", 0.9, 400, 0, 0.03, "estimate", lambda times: 0.06).value
        0.06
        """
        return self.law(1.0)

    @property
    def enough(self) -> bool:
        """Whether one can decide by it.

        >>> Precision("01", "grr", "width", "share", 0.9, 400, 0, 0.1, "estimate", lambda times: 0.06).enough
        True
        """
        return self.value <= self.aim

    def at(self, times: float) -> float:
        """The precision with so many times as many customers, all else as it is.

        Parameters
        ----------
        times : float
            Above 0.

        >>> Precision("01", "grr", "width", "share", 0.9, 400, 0, 0.1, "estimate", lambda times: 1 / times).at(2)
        0.5
        """
        return self.law(times)

    def customers(self) -> int | None:
        """How many customers it takes to reach the aim.

        Returns
        -------
        int or None
            None where no number of customers is enough.

        >>> Precision("14", "quarter", "width", "share", 0.9, 40, 0, 0.1, "estimate", lambda times: 0.2).customers()
        """
        if not self._reached(MOST):
            return None
        low, high = math.log(LEAST), math.log(MOST)
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if self._reached(math.exp(middle)) else (middle, high)
        return math.ceil(self.n * math.exp(high) - 1e-6)

    def _reached(self, times: float) -> bool:
        """Whether so many times as many customers reach the aim; nothing that is missing does."""
        return self.law(times) <= self.aim
