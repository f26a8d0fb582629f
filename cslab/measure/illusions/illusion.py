"""One way to fool oneself: what the first look says, what a fair one says, and what is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.estimate import Estimate

POINTS, RATIO = "points", "ratio"
"""A difference of shares (0.05 is five points), and a ratio of rates (1: no difference)."""

LEAST = 5
"""Customers that either side must have: of fewer, a single one decides."""

NOTHING = {POINTS: 0.0, RATIO: 1.0}
"""What a number of each unit is where there is no effect."""


@dataclass(frozen=True)
class Illusion:
    """The same question answered twice from the same records, beside the truth.

    Parameters
    ----------
    name : str
        ``illusions.NAMES`` has them all.
    unit : str
        ``points``: a difference of shares (0-1); ``ratio``: a ratio of rates.
    naive : Estimate
        What everybody computes.
    better : Estimate or None
        A comparison of like with like; None where the records hold none.
    truth : float or None
        What is so; None where nobody knows it.
    counts : dict
        What else was counted, by name, those left out among it.

    >>> from cslab.measure.estimate import normal
    >>> Illusion("tier_gap", "points", normal(-0.16, 0.02, 900, "mean"), None, -0.1).bias
    -0.06
    """

    name: str
    unit: str
    naive: Estimate
    better: Estimate | None
    truth: float | None
    counts: dict[str, Any] = field(default_factory=dict)

    @property
    def bias(self) -> float | None:
        """How far the first look lies from the truth, on its own scale; logarithms for ratios; None where unknown."""
        if self.truth is None:
            return None
        if self.unit == RATIO:
            return round(float(np.log(self.naive.estimate / self.truth)), 12)
        return round(float(self.naive.estimate - self.truth), 12)

    def rows(self) -> list[dict[str, Any]]:
        """The numbers as rows of a table.

        Returns
        -------
        list of dict
            ``illusion``, ``what`` (naive, better, truth), ``unit``, ``estimate``, ``low``, ``high``, ``n``, ``method``.

        >>> from cslab.measure.estimate import normal
        >>> [row["what"] for row in Illusion("tier_gap", "points", normal(-0.16, 0.02, 900, "mean"), None, -0.1).rows()]
        ['naive', 'truth']
        """
        told = {"illusion": self.name, "unit": self.unit}
        found = [
            {**told, "what": what, **one.cells()}
            for what, one in (("naive", self.naive), ("better", self.better))
            if one is not None
        ]
        if self.truth is not None:
            exact = {"estimate": self.truth, "low": self.truth, "high": self.truth, "n": self.naive.n}
            found.append({**told, "what": "truth", **exact, "method": "truth_expected"})
        return found


def table(illusions: Iterable[Illusion | None], reveal: bool = True) -> pd.DataFrame:
    """Several illusions in one table.

    Parameters
    ----------
    illusions : iterable of Illusion
        Those that a company has no records for are None, and left out.
    reveal : bool
        Whether the truth may be told.

    Returns
    -------
    DataFrame
        The rows of each, as ``Illusion.rows``.

    >>> from cslab.measure.estimate import normal
    >>> table([Illusion("tier_gap", "points", normal(-0.16, 0.02, 900, "mean"), None, None)])["what"].tolist()
    ['naive']
    """
    import pandas as pd

    names = ["illusion", "what", "unit", "estimate", "low", "high", "n", "method"]
    rows = [row for one in illusions if one is not None for row in one.rows()]
    return pd.DataFrame([row for row in rows if reveal or row["what"] != "truth"], columns=names)


def numbers(found: Illusion | None, reveal: bool = True) -> dict[str, Any]:
    """The three numbers of an illusion by their names; none of them where there is no illusion.

    Parameters
    ----------
    found : Illusion or None
    reveal : bool
        Whether the truth may be told.

    Returns
    -------
    dict
        ``naive``, ``better`` (Estimate or None), ``truth`` (float or None).

    >>> numbers(None)
    {}
    """
    if found is None:
        return {}
    return {"naive": found.naive, "better": found.better, "truth": found.truth if reveal else None}


def require_enough(what: str, sides: Mapping[str, int]) -> None:
    """Refuse a comparison in which a side is a handful of customers.

    Parameters
    ----------
    what : str
        The illusion.
    sides : mapping of str to int
        Customers on each side.

    Raises
    ------
    NotReady
        For each side with fewer than five.

    >>> require_enough("tier_gap", {"high": 5, "tech": 300})
    """
    few = {side: count for side, count in sides.items() if count < LEAST}
    faults = [Fault("illusion_few", {"what": what, "side": s, "count": n, "least": LEAST}) for s, n in few.items()]
    if faults:
        raise NotReady(*faults)
