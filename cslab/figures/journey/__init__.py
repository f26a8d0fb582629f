"""Pictures of the journey: the map with the way as walked, what follows on what, whom it depends on, how it felt."""

from __future__ import annotations

from cslab.figures.journey.emotion import emotion
from cslab.figures.journey.follows import follows
from cslab.figures.journey.funnel import funnel
from cslab.figures.journey.lanes import swim_lanes

__all__ = ["emotion", "follows", "funnel", "swim_lanes"]
