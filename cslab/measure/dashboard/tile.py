"""One tile of a dashboard: a number with its limits, how it got there, what it is held against, and who answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cslab.measure.kpis.scorecard import Status, held_against

if TYPE_CHECKING:
    import pandas as pd

    from cslab.faults import Fault
    from cslab.measure.dashboard.charter import Entry
    from cslab.measure.estimate import Estimate

NAMES = ("health", "churn", "retention_cost", "portfolio", "engagement")
"""The five tiles, in the order in which they are read."""

UNITS = {"health": "share", "churn": "share", "retention_cost": "share", "portfolio": "score", "engagement": "share"}
BETTER = {"health": "high", "churn": "low", "retention_cost": "low", "portfolio": "high", "engagement": "high"}
BESIDE = {
    "red": "share",
    "unscored": "count",
    "revenue_churn": "share",
    "left": "count",
    "cost_amount": "money",
    "kept_amount": "money",
    "plain": "score",
    "effective": "count",
    "unrecorded": "count",
}
"""What may stand beside the number of a tile, and its unit."""


@dataclass(frozen=True)
class Tile:
    """One of the five tiles.

    Parameters
    ----------
    name : str
        Of ``NAMES``.
    charter : Entry
        Target, owner, cadence, decision and biases.
    now : Estimate, optional
        None where the data do not carry it.
    trend : DataFrame
        ``day``, ``estimate``, ``low``, ``high``, ``n``, ``method``: each as it was known on that day, the oldest first.
    beside : mapping of str to float
        Numbers without which the tile misleads, by a name of ``BESIDE``.
    lacks : tuple of Fault
        What is missing where there is no number.

    >>> from cslab.measure.dashboard.charter import Entry
    >>> from cslab.measure.estimate import Estimate
    >>> Tile("churn", Entry(0.18, "S"), Estimate(0.10, 0.08, 0.13, 700, "point_to_point")).status
    'green'
    """

    name: str
    charter: Entry
    now: Estimate | None = None
    trend: pd.DataFrame | None = None
    beside: Mapping[str, float] = field(default_factory=dict)
    lacks: tuple[Fault, ...] = ()

    @property
    def unit(self) -> str:
        """``share`` (0-1) or ``score`` (0-100).

        >>> from cslab.measure.dashboard.charter import Entry
        >>> Tile("portfolio", Entry(60, "S")).unit
        'score'
        """
        return UNITS[self.name]

    @property
    def better(self) -> str:
        """Which way is good: ``high`` or ``low``.

        >>> from cslab.measure.dashboard.charter import Entry
        >>> Tile("churn", Entry(0.18, "S")).better
        'low'
        """
        return BETTER[self.name]

    @property
    def status(self) -> Status:
        """``green`` or ``red`` where the limits lie wholly on one side of the target, ``amber`` where they hold it.

        ``none`` without a number, limits or a target: a colour that no data carry is worse than none.

        >>> from cslab.measure.dashboard.charter import Entry
        >>> Tile("churn", Entry(0.18, "S")).status
        'none'
        """
        if self.now is None or self.charter.target is None:
            return "none"
        target = self.charter.target
        return held_against(self.now.low - target, self.now.high - target, self.better)

    def row(self) -> dict[str, Any]:
        """The tile as a row of a table.

        Returns
        -------
        dict
            ``tile``, ``unit``, ``estimate``, ``low``, ``high``, ``n``, ``method``, ``better``, ``target``, ``grade``,
            ``status``, ``owner``, ``cadence``.

        >>> from cslab.measure.dashboard.charter import Entry
        >>> Tile("churn", Entry(0.18, "S", owner="cs")).row()["owner"]
        'cs'
        """
        blank = dict.fromkeys(("estimate", "low", "high"), float("nan")) | {"n": 0, "method": ""}
        charter = self.charter
        held = {"better": self.better, "target": charter.target, "grade": charter.grade, "status": self.status}
        whose = {"owner": charter.owner, "cadence": charter.cadence}
        return {"tile": self.name, "unit": self.unit} | (self.now.cells() if self.now else blank) | held | whose
