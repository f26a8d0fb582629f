"""An engagement model and what was true of it: what homework 2 decides, and what was found."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cslab.measure.engagement import Judged
    from cslab.measure.estimate import Estimate
    from cslab.measure.touch import TierRule

NAME = "h2_engagement_model"
TIERS = ("high", "mid", "tech")
"""From the most touch to the least, as they stand in tables."""
SLACK = 0.01
"""Share by which a model may take more hours than there are before it is out of the ranking."""


@dataclass(frozen=True)
class Model:
    """What an engagement model decides.

    Parameters
    ----------
    kind : str
        ``"high_touch"``, ``"tech_touch"`` or ``"mixed"``; empty where none can be read.
    rule : TierRule or None
        Who gets which tier; ``None`` where no rule was handed in that can be read.
    break_even : mapping of str to str
        What the text says of the break-even MRR of mid and of high touch.

    >>> Model().decided
    False
    """

    kind: str = ""
    rule: TierRule | None = None
    break_even: Mapping[str, str] = field(default_factory=dict)

    @property
    def decided(self) -> bool:
        """Whether there is something that can be held against the truth."""
        return bool(self.kind and self.rule)


@dataclass(frozen=True)
class Found:
    """A model held against the truth.

    Parameters
    ----------
    judged : Judged or None
        Of the submitted model; ``None`` without one.
    later : mapping of str to float
        Net value of the same plans with the luck that this company has.
    break_even : mapping of str to Estimate
        The true break-even MRR of mid and of high touch, where it is known.
    currency : str

    >>> Found(None, {}, {}, "JPY").ranked
    False
    """

    judged: Judged | None
    later: Mapping[str, float]
    break_even: Mapping[str, Estimate]
    currency: str

    @property
    def over(self) -> bool:
        """Whether the model takes more hours than there are."""
        return self.judged is not None and self.judged.over > SLACK * self.judged.hours

    @property
    def ranked(self) -> bool:
        """Whether the model has a place in the class: within the hours, and where anything could be gained."""
        return self.judged is not None and not (self.over or math.isnan(self.judged.score))
