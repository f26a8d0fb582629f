"""Sessions of programmes: the contacts that taking part brings, beside the cadence of the tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.answers import contacts, workdays_later
from cslab.world.observe.presence import leaving_days, row_of
from cslab.world.observe.tiers import tier_on
from cslab.world.observe.vocabulary.work import TOUCHES
from cslab.world.programmes import CHAINS, PROGRAMMES

if TYPE_CHECKING:
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

RANK = 1
"""What customers signed up for comes right after alerts."""

KINDS = {
    "onboarding": "f2f",
    "training": "training",
    "qbr": "qbr",
    "consulting": "f2f",
    "event": "community",
    "campaign": "email",
}
"""The kind of contact that a session is, by the type of the programme; the others bring customers none."""

OWN = ("onboarding", "cs")
"""The departments that CSMs work in."""


def session_contacts(records: Records) -> Columns:
    """The sessions of those who take part, evenly over the programme's months or, without an end, over the year.

    Tech touch has no reviews and no visits: there they are calls. What another department runs takes no time of CSMs.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        As ``answers``; none without programmes.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> sorted({PROGRAMMES[place] for place in session_contacts(records)["program"]})
    ['user_meeting']
    """
    history, table = records.history, records["program_enrolment"]
    offered = np.array([_offers(name) for name in PROGRAMMES])
    came = ~np.isnat(table["enrolled_on"]) & offered[table["program_id"]]
    program, joined = table["program_id"][came], table["enrolled_on"][came].astype("M8[D]")
    who = row_of(history, table["account_id"][came], joined)
    step, count = _spread(records, who, program, joined)
    turn = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    who, program, joined, step = (np.repeat(part, count) for part in (who, program, joined, step))
    day = workdays_later(joined + np.ceil((turn + 1) * step).astype(np.int64), np.zeros(len(turn)))
    kind = _kinds(tier_on(history, who, day), program)
    hours = np.array([CHAINS[name].hours * (CHAINS[name].owner in OWN) for name in PROGRAMMES])[program]
    given = {"kind": kind, "minutes": 60 * hours, "ordinal": 400 + program, "program": program}
    return contacts(records, who, day, rank=RANK, reactive=False, **given)


def _offers(name: str) -> bool:
    """Whether a programme has sessions with its customers."""
    programme = CHAINS[name]
    return programme.type in KINDS and programme.told and programme.dose > 0


def _spread(records: Records, who: Ints, program: Ints, joined: Days) -> tuple[Floats, Ints]:
    """Days from one session to the next, and how many there are before the customer leaves."""
    history, running = records.history, list(records.history.scenario.programs)
    plans = [(CHAINS[name].dose, CHAINS[name].months) for name in PROGRAMMES]
    dose, months = np.array(plans)[program].T
    place = np.array([running.index(name) if name in running else -1 for name in PROGRAMMES])[program]
    held = np.round(dose * history.enrolled.held[who, place]) if running else dose.astype(np.float64)
    step = np.where(months > 0, 30 * months, 365) / np.maximum(held, 1)
    there = (leaving_days(history, who).astype("M8[D]") - 1 - joined).astype(np.int64)
    time = np.maximum(there // step, 0).astype(np.int64)
    return step, np.where(months > 0, np.minimum(held, time), time).astype(np.int64) * (held > 0)


def _kinds(tier: Ints, program: Ints) -> Ints:
    """The kind of contact of sessions with customers of some tiers."""
    kinds = [KINDS.get(CHAINS[name].type, "call") for name in PROGRAMMES]
    with_csm = np.array([TOUCHES.index(kind) for kind in kinds])
    pooled = np.array([TOUCHES.index("call" if kind in ("qbr", "f2f") else kind) for kind in kinds])
    return np.where(tier > 0, with_csm[program], pooled[program])
