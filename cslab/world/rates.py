"""Each account's own constants of the equations, from the scenario, what was drawn at signing, and its touch tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.addons.skill import skill_added
from cslab.world.history import NEVER

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.scenario import Scenario
    from cslab.world.touch import Touch


@dataclass(frozen=True)
class Rates:
    """The constants of some accounts, one entry an account.

    Parameters
    ----------
    pull : ndarray of float
        What segment, fit and touch add to latent value each month.
    impression : ndarray of float
        What the first impression adds to it, at signing; it fades.
    onboarded : ndarray of float
        What being onboarded adds to it each month.
    disengage, reengage : ndarray of float
        Monthly chance that disengagement begins, and ends.
    renewal_logit : ndarray of float
        Logit of not renewing at latent value 0.
    expansion : ndarray of float
        Monthly chance of an expansion at latent value 0.
    contraction : ndarray of float
        Chance of renewing at a lower MRR at latent value 0; none for one-month terms.
    meeting : ndarray of float
        How fast touch makes the account's people known.
    maturing : ndarray of float
        What touch multiplies the chance of a higher level of maturity by.
    """

    pull: Floats
    impression: Floats
    onboarded: Floats
    disengage: Floats
    reengage: Floats
    renewal_logit: Floats
    expansion: Floats
    contraction: Floats
    meeting: Floats
    maturing: Floats


def rates(scenario: Scenario, customers: Customers, touch: Touch, order: Ints) -> Rates:
    """The constants of the accounts, in a given order.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    touch : Touch
        Of each account.
    order : ndarray of int
        Positions of the accounts wanted.

    Returns
    -------
    Rates

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.touch import Touch
    >>> drawn, tech = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60), Touch.alike(np.zeros(60, int))
    >>> bool((rates(preset("tiny"), drawn, tech, np.arange(60)).reengage == 0.06).all())
    True
    """
    s, segment, fit, term = scenario, customers.segment[order], customers.fit[order], customers.term[order]
    learns = 1 - s.value_persistence
    level = s.value_base + np.array(s.value_segment)[segment] + s.value_fit * fit
    hoped, lift = s.presale_expectation * customers.beginnings.education[order], touch.lift[order]
    touched = np.array(s.touch_lift)[lift] * touch_weight(s, fit)
    touched += skill_added(s, customers.beginnings.csm_level[order], lift)
    return Rates(
        pull=learns * (level + touched - hoped),
        impression=learns * s.impression_weight * customers.first_impression[order],
        onboarded=learns * (s.value_onboarded + hoped),
        disengage=_disengage(s, segment, fit, customers.beginnings.high_effort[order]),
        reengage=np.array(s.reengage_hazard)[touch.exit[order]],
        renewal_logit=renewal_logit(s, segment, term),
        expansion=np.array(s.expansion_hazard)[segment],
        contraction=np.where(term > 1, np.array(s.contraction_chance)[segment], 0.0),
        meeting=np.array(s.role_touch)[touch.lift[order]],
        maturing=np.array(s.maturity_touch)[touch.lift[order]],
    )


def _disengage(scenario: Scenario, segment: Ints, fit: Floats, high_effort: Flags) -> Floats:
    """Monthly chance that disengagement begins: from effort more, and less by what champions bring who leave."""
    chance = np.array(scenario.disengage_hazard)[segment] * np.exp(scenario.disengage_fit_effect * fit)
    if scenario.on("effort"):
        times = scenario.effort_disengage
        chance *= np.where(high_effort, times, 1.0) / (1 + scenario.effort_share * (times - 1))
    if scenario.on("champion"):
        chance *= 1 - np.array(scenario.champion_share)[segment]
    return chance


def touch_weight(scenario: Scenario, fit: Floats) -> Floats:
    """How much of the touch lift reaches an account: more where the product fits, within limits.

    >>> from cslab.world.scenario import preset
    >>> touch_weight(preset("tiny"), np.array([-3.0, 0.0, 1.0])).tolist()
    [0.0, 1.0, 1.5]
    """
    low, high = scenario.touch_fit_limits
    return np.clip(scenario.touch_fit_base + scenario.touch_fit_slope * fit, low, high)


def renewal_logit(scenario: Scenario, segment: Ints, term: Ints) -> Floats:
    """Logit of not renewing at latent value 0: its own for one-month terms.

    >>> from cslab.world.scenario import preset
    >>> renewal_logit(preset("tiny"), np.array([0, 0]), np.array([1, 12])).tolist()
    [-4.45, -2.05]
    """
    monthly, longer = np.array(scenario.renewal_logit_monthly)[segment], np.array(scenario.renewal_logit)[segment]
    return np.where(term == 1, monthly, longer)


def notice_months(scenario: Scenario, segment: Ints) -> Ints:
    """Months before the end of a term at which a renewal is decided, where the term is that long.

    >>> from cslab.world.scenario import preset
    >>> notice_months(preset("calibration"), np.array([0, 2])).tolist()
    [2, 2]
    >>> notice_months(preset("calibration").with_(addons="notice"), np.array([0, 2])).tolist()
    [1, 3]
    """
    by_segment = scenario.notice_by_segment if scenario.on("notice") else (scenario.notice_months,) * 3
    return np.array(by_segment)[segment]


def onboarding(
    scenario: Scenario, customers: Customers, touch: Touch, unserved: Floats | float = 0.0
) -> tuple[Flags, Ints]:
    """Who never completes onboarding, and from which month of tenure the others have.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    touch : Touch
    unserved : ndarray of float, or float
        The share of their touch for which nobody had time when they signed.

    Returns
    -------
    ndarray of bool
    ndarray of int
        ``NEVER`` for those who do not.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.touch import Touch
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> stalled, month = onboarding(preset("tiny"), drawn, Touch.alike(np.zeros(60, int)))
    >>> bool((stalled == (month == NEVER)).all())
    True
    """
    stalled = customers.stall_draw < stall_chance(scenario, customers, touch, unserved)
    months = onboarding_month(scenario, customers, touch, customers.onboarding_draw, unserved)
    return stalled, np.where(stalled, NEVER, months)


def stall_chance(scenario: Scenario, customers: Customers, touch: Touch, unserved: Floats | float = 0.0) -> Floats:
    """The chance that onboarding never completes.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.touch import Touch
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> tech, high = (stall_chance(preset("tiny"), drawn, Touch.alike(np.full(60, tier))) for tier in (0, 2))
    >>> bool((high < tech).all())
    True
    """
    s = scenario
    logit = np.array(s.stall_logit)[customers.segment] + s.stall_fit_effect * customers.fit
    logit += customers.beginnings.stall_shift - s.handoff_stall * customers.beginnings.handoff
    effect = np.array(s.stall_touch_effect)
    return logistic(logit + (effect[touch.stall] - (effect[touch.stall] - effect[0]) * unserved))


def onboarding_month(
    scenario: Scenario, customers: Customers, touch: Touch, draws: Floats, unserved: Floats | float = 0.0
) -> Ints:
    """The month of tenure from which those who complete onboarding have done so, from standard normal draws.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.touch import Touch
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> int(onboarding_month(preset("tiny"), drawn, Touch.alike(np.zeros(60, int)), np.zeros(60)).min())
    1
    """
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        typical = np.array(scenario.onboarding_median_months)[customers.segment]
        speed = np.array(scenario.onboarding_speed)
        typical = typical / (speed[touch.speed] * (speed[0] / speed)[touch.speed] ** unserved)
        spread = scenario.onboarding_log_sd * draws + scenario.onboarding_fit_effect * customers.fit
        spread += customers.beginnings.onboarding_shift - scenario.handoff_speed * customers.beginnings.handoff
        spread -= scenario.presale_speed * customers.beginnings.education
        return _months(typical * np.exp(spread))


def closure_tenure(scenario: Scenario, customers: Customers) -> Ints:
    """Months from signing to an uncontrollable closure: geometric, so one draw an account replaces one a month.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers

    Returns
    -------
    ndarray of int
        At least 1; ``NEVER`` where the hazard is 0.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> never = preset("tiny").with_(uncontrollable_hazard="0,0,0")
    >>> bool((closure_tenure(never, draw(never, seed=1, blocks=range(1), accounts=60)) == NEVER).all())
    True
    """
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        stays = np.log1p(-np.array(scenario.uncontrollable_hazard)[customers.segment])
        months = np.log1p(-customers.closure_draw) / stays
    return _months(np.where(stays == 0, np.inf, np.floor(months) + 1))


def logistic(logit: Floats) -> Floats:
    """The probability of a logit.

    >>> logistic(np.array([0.0])).tolist()
    [0.5]
    """
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-logit)))


def _months(months: Floats) -> Ints:
    """Whole months, rounded up; what is too far to count, or no number, never comes."""
    return np.asarray(np.ceil(np.fmin(months, float(NEVER))), dtype=np.int64)
