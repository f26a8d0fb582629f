"""Limits that rules ask of a number: below, above, up to, from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WRITTEN = re.compile(r"\s*(<=|>=|<|>)\s*([-+]?\d+(?:\.\d+)?)\s*")
_HOLDS: dict[str, Callable[[Any, float], Any]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


@dataclass(frozen=True)
class Limit:
    """A comparison with a number.

    Parameters
    ----------
    sign : str
        ``<``, ``<=``, ``>`` or ``>=``.
    number : float

    >>> Limit("<", 0.4).holds(np.array([0.3, 0.4, np.nan])).tolist()
    [True, False, False]
    """

    sign: str
    number: float

    @classmethod
    def read(cls, text: str) -> Limit | None:
        """The limit that a text says; None where it says none.

        Parameters
        ----------
        text : str

        >>> Limit.read("< 0.4"), Limit.read("low")
        (Limit(sign='<', number=0.4), None)
        """
        found = _WRITTEN.fullmatch(text)
        return cls(found[1], float(found[2])) if found else None

    def holds(self, values: Floats) -> NDArray[np.bool_]:
        """For which values it holds; never for a missing one.

        Parameters
        ----------
        values : ndarray of float

        >>> Limit(">=", 2.0).holds(np.array([1.0, 2.0])).tolist()
        [False, True]
        """
        return np.asarray(_HOLDS[self.sign](values, self.number), bool)
