"""Worlds in which one programme takes everybody on, beside the same worlds without it."""

from __future__ import annotations

from functools import cache

from cslab import world
from cslab.world.addons import ADDONS as ALL
from cslab.world.history import History
from cslab.world.observe import Records, observe
from cslab.world.simulate import simulate

ACCOUNTS, MONTHS = 2048, 72
ADDONS = ",".join(name for name in ALL if name != "offboarding")
"""All add-ons but the one that gives some customers a second row."""


@cache
def lived(programme: str, policy: str = "program_open", **changes: object) -> History:
    """A calibration world of tech touch, without add-ons unless said, that runs a programme from its first month."""
    given = {"program_start": 0, "programs": programme, "accounts": ACCOUNTS, **changes}
    scenario = world.preset("calibration").with_(**given)
    tech = world.Policy(policy, shares=(1, 0, 0), enrolment=world.policy(policy).enrolment)
    return simulate(scenario, tech, scenario.seed, range(-(-scenario.accounts // 1024)), scenario.accounts, MONTHS)


def paired(programme: str, **changes: object) -> tuple[History, History]:
    """With the programme for everybody, and with it for nobody: the same customers and the same luck."""
    return lived(programme, **changes), lived(programme, "program_none", **changes)


def records(programme: str, **changes: object) -> tuple[Records, Records]:
    """What is written down in the two worlds."""
    on, off = paired(programme, **changes)
    return observe(on), observe(off)
