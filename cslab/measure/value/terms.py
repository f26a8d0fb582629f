"""The terms on which a customer's value is counted: gross margin, discount, horizon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Terms:
    """How future revenue is turned into today's value.

    Parameters
    ----------
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year (0.10 is ten per cent).
    horizon : int
        Months that count.

    Raises
    ------
    UsageError
        For a margin outside 0-1, a discount below 0, a horizon below 1.

    >>> Terms(0.8, 0.0, 3).weights.tolist()
    [0.8, 0.8, 0.8]
    """

    gross_margin: float
    discount: float
    horizon: int = 1

    def __post_init__(self) -> None:
        """Refuse terms that make no sense, all at once."""
        shares = (("gross_margin", self.gross_margin, 1.0), ("discount", self.discount, np.inf))
        faults = [
            Fault("not_a_rate", {"name": name, "value": value}) for name, value, top in shares if not 0 <= value <= top
        ]
        if not self.horizon > 0:
            faults.append(Fault("not_positive", {"name": "horizon", "value": self.horizon}))
        if faults:
            raise UsageError(*faults)

    @property
    def month(self) -> float:
        """What an amount is worth today that comes in a month."""
        return float((1 + self.discount) ** (-1 / 12))

    @cached_property
    def weights(self) -> Floats:
        """The share of each month's revenue that counts, from month 0: its margin, discounted."""
        found: Floats = self.gross_margin * self.month ** np.arange(self.horizon)
        return found
