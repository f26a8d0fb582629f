"""How a customer begins: the kind of deal, what it was taught before it signed, how it was handed over, its effort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.deals import push_deals_share
from cslab.world.addons.skill import wanted_levels
from cslab.world.programmes.enrolment import lots

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints, Lanes
    from cslab.world.scenario import Scenario

REPS = 12
"""Sales representatives of one office."""


@dataclass(frozen=True)
class Beginnings:
    """How some accounts began, one entry an account; nothing of the kind where the add-on is off.

    Parameters
    ----------
    sales_push : ndarray of bool
        Pushed at a quarter's end.
    educated : ndarray of bool
        Took part in a demonstration or seminar before signing.
    education : ndarray of float
        ``educated`` less the account's own chance of it: 0 on average, whatever its fit.
    csm_in_presales : ndarray of bool
        A CSM had advised before signing.
    rep : ndarray of int
        The sales representative, numbered within the company.
    handoff : ndarray of float
        Quality of the hand-off from sales, about one sd wide and 0 on average.
    high_effort : ndarray of bool
        Working with the product costs the account much effort.
    role_known : ndarray of bool, shape (n, 2)
        Whether the influencer and the decision maker are known at signing.
    role_wait : ndarray of float, shape (n, 2)
        Uniform draws that decide when they become known.
    community_wait : ndarray of float
        Uniform draw that decides when the account joins the community.
    community_active : ndarray of bool
        Whether it would be an active member.
    maturity : ndarray of int
        Level of maturity at signing, 1-5.
    csm_level : ndarray of int
        How good a CSM the account gets, where it gets one: -1, 0 or 1.
    lots : ndarray of float, shape (n, programmes, 5)
        Draws from which each programme decides about the account.
    stall_shift, onboarding_shift : ndarray of float
        What programmes add to the logit of never completing onboarding, and to the log of its time.
    """

    sales_push: Flags
    educated: Flags
    education: Floats
    csm_in_presales: Flags
    rep: Ints
    handoff: Floats
    high_effort: Flags
    role_known: Flags
    role_wait: Floats
    community_wait: Floats
    community_active: Flags
    maturity: Ints
    csm_level: Ints
    lots: Floats
    stall_shift: Floats
    onboarding_shift: Floats


def begin(scenario: Scenario, lanes: Lanes, segment: Ints, fit: Floats, sales_push: Flags) -> Beginnings:
    """How accounts begin.

    Parameters
    ----------
    scenario : Scenario
    lanes : Lanes
        Of these accounts.
    segment : ndarray of int
    fit : ndarray of float
    sales_push : ndarray of bool

    Returns
    -------
    Beginnings

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> many = draw(preset("default_jp"), seed=1, blocks=range(8), accounts=8000).beginnings
    >>> bool(abs(many.handoff.mean()) < 0.05 and abs(many.education.mean()) < 0.02)
    True
    """
    educated, education = _education(scenario, lanes, fit)
    advised, chance = _advised(scenario, lanes, segment)
    rep = (lanes.blocks[0] + np.arange(len(fit)) // luck.BLOCK) * REPS
    rep += np.floor(REPS * lanes.uniform("addon.handoff.rep")).astype(np.int64)
    return Beginnings(
        sales_push=sales_push,
        educated=educated,
        education=education,
        csm_in_presales=advised,
        rep=rep,
        handoff=_handoff(scenario, lanes, rep, advised - chance, sales_push),
        high_effort=scenario.on("effort") & (lanes.uniform("addon.effort") < scenario.effort_share),
        role_known=_by_role(lanes, "known") < np.array(scenario.role_share),
        role_wait=_by_role(lanes, "wait"),
        community_wait=lanes.uniform("addon.community.wait"),
        community_active=lanes.uniform("addon.community.active") < scenario.community_active,
        maturity=1
        + np.searchsorted(np.cumsum(scenario.maturity_share)[:-1], lanes.uniform("addon.maturity.first"), "right"),
        csm_level=wanted_levels(scenario, lanes),
        lots=lots(scenario.programs, lanes),
        stall_shift=np.zeros(len(fit)),
        onboarding_shift=np.zeros(len(fit)),
    )


def _by_role(lanes: Lanes, what: str) -> Floats:
    """Uniform draws, a column for the influencer and one for the decision maker."""
    return np.stack([lanes.uniform(f"addon.champion.{what}.{role}") for role in ("influencer", "decision")], axis=1)


def _education(scenario: Scenario, lanes: Lanes, fit: Floats) -> tuple[Flags, Floats]:
    """Who was taught before signing (more often where the product fits), and that less its chance."""
    if not scenario.on("presale"):
        return np.zeros(len(fit), dtype=bool), np.zeros(len(fit))
    chance = 1 / (1 + np.exp(-(scenario.presale_logit + scenario.presale_fit_effect * fit)))
    educated = lanes.uniform("addon.presale") < chance
    return educated, educated - chance


def _advised(scenario: Scenario, lanes: Lanes, segment: Ints) -> tuple[Flags, Floats]:
    """Whom a CSM had advised before signing (more often larger ones), and the chance of it."""
    chance = np.array(scenario.presales_share)[segment]
    return np.asarray(lanes.uniform("addon.handoff.presales") < chance), chance


def _handoff(scenario: Scenario, lanes: Lanes, rep: Ints, advised: Floats, sales_push: Flags) -> Floats:
    """Quality of the hand-off: partly the representative's, better with a CSM in the presales, worse in haste."""
    if not scenario.on("handoff"):
        return np.zeros(len(rep))
    from scipy.special import ndtri

    weight = scenario.handoff_rep
    own = np.sqrt(1 - weight**2) * lanes.normal("addon.handoff.own")
    reps = weight * ndtri(luck.hashed(lanes.seed, "addon.handoff.skill", rep))
    hurried = scenario.handoff_push * (sales_push - push_deals_share(scenario))
    return np.asarray(own + reps + scenario.handoff_presales * advised - hurried + scenario.handoff_level)
