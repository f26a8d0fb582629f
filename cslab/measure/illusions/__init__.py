"""Five ways to fool oneself about what touch is worth, each beside a fair comparison and the truth."""

from __future__ import annotations

from cslab.measure.effect.tried import tried
from cslab.measure.illusions.attendance import invited, self_selection
from cslab.measure.illusions.confounding import override_flip, tier_gap
from cslab.measure.illusions.exposure import Exposure, exposure
from cslab.measure.illusions.illusion import Illusion, numbers, table
from cslab.measure.illusions.immortal import ever, every_way, immortal_time, landmark, tenure_split, time_split
from cslab.measure.illusions.phantom import draws, phantom, taking_part
from cslab.measure.illusions.strata import tiers
from cslab.measure.illusions.winners import Pilot, pilot, pilot_winners, top_mean

__all__ = [
    "Exposure",
    "Illusion",
    "Pilot",
    "draws",
    "ever",
    "every_way",
    "exposure",
    "immortal_time",
    "invited",
    "landmark",
    "numbers",
    "override_flip",
    "phantom",
    "pilot",
    "pilot_winners",
    "self_selection",
    "table",
    "taking_part",
    "tenure_split",
    "tier_gap",
    "tiers",
    "time_split",
    "top_mean",
    "tried",
]
