"""How programmes take customers on: by a threshold, a CSM's choice, an invitation, a lot, in groups, or everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats
    from cslab.world.programmes.programme import Programme
    from cslab.world.scenario import Scenario

GROUPS = 4
"""Groups that begin one after the other where a programme is staggered."""


@dataclass(frozen=True)
class Asked:
    """Customers whose turn has come in one programme, one entry each.

    Parameters
    ----------
    scenario : Scenario
    programme : Programme
    mrr : ndarray of float
        MRR at signing.
    value : ndarray of float
        Latent value of the month before, at signing that of signing.
    lot, choice : ndarray of float
        Uniform draws: who is drawn, and who decides for it.
    """

    scenario: Scenario
    programme: Programme
    mrr: Floats
    value: Floats
    lot: Floats
    choice: Floats

    def chance(self, logit: tuple[float, ...]) -> Floats:
        """A chance that follows latent value.

        >>> from cslab.world.programmes import CHAINS
        >>> from cslab.world.scenario import preset
        >>> one = np.zeros(1)
        >>> Asked(preset("tiny"), CHAINS["qbr"], one, one, one, one).chance((0.0, 1.0)).tolist()
        [0.5]
        """
        return np.asarray(1 / (1 + np.exp(-(logit[0] + logit[1] * self.value))))


Answer = tuple["Flags", "Flags"]
"""Who is invited, and who takes part."""


def _both(takes_part: Flags) -> Answer:
    """Where nobody is invited who does not take part."""
    return takes_part, takes_part


def _encouraged(asked: Asked) -> Answer:
    """An invitation by lot, which draws some and does nothing else; a few come without one."""
    s, invited = asked.scenario, asked.lot < asked.programme.share
    return invited, asked.choice < np.where(invited, asked.chance(s.program_attend), s.program_uninvited)


DESIGNS: dict[str, Callable[[Asked], Answer]] = {
    "none": lambda asked: _both(np.zeros(len(asked.lot), dtype=bool)),
    "open": lambda asked: _both(np.ones(len(asked.lot), dtype=bool)),
    "rule": lambda asked: _both(asked.mrr < asked.scenario.program_rule_amount),
    "csm_choice": lambda asked: _both(asked.choice < asked.chance(asked.scenario.program_choice)),
    "encouragement": _encouraged,
    "rct": lambda asked: _both(asked.lot < asked.programme.share),
    "staggered": lambda asked: _both(np.ones(len(asked.lot), dtype=bool)),
}
"""Who takes part, of those whose turn has come, by the name of the design. Staggered: their turns come in groups."""

DESIGN_NAMES = tuple(DESIGNS)
"""The names of the designs; a policy's codes are places in it."""
