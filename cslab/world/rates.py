"""Each account's own constants of the equations, from the scenario, what was drawn at signing, and its touch tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.history import NEVER

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.scenario import Scenario


@dataclass(frozen=True)
class Rates:
    """The constants of some accounts, one entry an account.

    Parameters
    ----------
    pull : ndarray of float
        What segment, fit and touch add to latent value each month.
    impression : ndarray of float
        What the first impression adds to it, at signing; it fades.
    disengage, reengage : ndarray of float
        Monthly chance that disengagement begins, and ends.
    renewal_logit : ndarray of float
        Logit of not renewing at latent value 0.
    expansion : ndarray of float
        Monthly chance of an expansion at latent value 0.
    contraction : ndarray of float
        Chance of renewing at a lower MRR at latent value 0; none for one-month terms.
    """

    pull: Floats
    impression: Floats
    disengage: Floats
    reengage: Floats
    renewal_logit: Floats
    expansion: Floats
    contraction: Floats


def rates(scenario: Scenario, customers: Customers, tier: Ints, order: Ints) -> Rates:
    """The constants of the accounts, in a given order.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    tier : ndarray of int
        Touch tier of each account.
    order : ndarray of int
        Positions of the accounts wanted.

    Returns
    -------
    Rates

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> bool((rates(preset("tiny"), drawn, np.zeros(60, int), np.arange(60)).reengage == 0.06).all())
    True
    """
    s, segment, fit, term = scenario, customers.segment[order], customers.fit[order], customers.term[order]
    learns = 1 - s.value_persistence
    level = s.value_base + np.array(s.value_segment)[segment] + s.value_fit * fit
    return Rates(
        pull=learns * (level + np.array(s.touch_lift)[tier[order]] * touch_weight(s, fit)),
        impression=learns * s.impression_weight * customers.first_impression[order],
        disengage=np.array(s.disengage_hazard)[segment] * np.exp(s.disengage_fit_effect * fit),
        reengage=np.array(s.reengage_hazard)[tier[order]],
        renewal_logit=renewal_logit(s, segment, term),
        expansion=np.array(s.expansion_hazard)[segment],
        contraction=np.where(term > 1, np.array(s.contraction_chance)[segment], 0.0),
    )


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


def onboarding(scenario: Scenario, customers: Customers, tier: Ints) -> tuple[Flags, Ints]:
    """Who never completes onboarding, and from which month of tenure the others have.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    tier : ndarray of int

    Returns
    -------
    ndarray of bool
    ndarray of int
        ``NEVER`` for those who do not.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> stalled, month = onboarding(preset("tiny"), drawn, np.zeros(60, int))
    >>> bool((stalled == (month == NEVER)).all())
    True
    """
    s, segment, fit = scenario, customers.segment, customers.fit
    logit = np.array(s.stall_logit)[segment] + s.stall_fit_effect * fit + np.array(s.stall_touch_effect)[tier]
    stalled = customers.stall_draw < logistic(logit)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        typical = np.array(s.onboarding_median_months)[segment] / np.array(s.onboarding_speed)[tier]
        months = typical * np.exp(s.onboarding_log_sd * customers.onboarding_draw + s.onboarding_fit_effect * fit)
    return stalled, np.where(stalled, NEVER, _months(months))


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
