"""The sales year: when deals are signed, which are pushed at a quarter's end, and when customers have budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints, Lanes
    from cslab.world.scenario import Scenario


def signing_months(scenario: Scenario, draws: Floats) -> Ints:
    """Months of signing, counted from the scenario's first month, where the number of deals has a season.

    Parameters
    ----------
    scenario : Scenario
    draws : ndarray of float
        Uniform on [0, 1), one an account.

    Returns
    -------
    ndarray of int

    >>> from cslab.world.scenario import preset
    >>> months = signing_months(preset("calibration").with_(addons="all"), np.arange(0, 1, 0.001))
    >>> march = np.bincount(months % 12)[11]
    >>> bool(march > 1.5 * np.bincount(months % 12)[0])
    True
    """
    limits = np.cumsum(_deals_by_month(scenario))[:-1]
    return np.searchsorted(limits, draws, side="right") + scenario.first_arrival - scenario.first_month


def pushed(scenario: Scenario, start: Ints, lanes: Lanes) -> Flags:
    """Which deals were pushed over the line at a quarter's end (March, June, September, December).

    Parameters
    ----------
    scenario : Scenario
    start : ndarray of int
        Month of signing, counted from the scenario's first month.
    lanes : Lanes

    Returns
    -------
    ndarray of bool

    >>> from cslab.world.luck import Lanes
    >>> from cslab.world.scenario import preset
    >>> bool(pushed(preset("tiny"), np.zeros(60, int), Lanes(1, [0], 60)).any())
    True
    """
    if not scenario.on("push_deals"):
        return np.zeros(len(start), dtype=bool)
    ends_quarter = calendar_month(scenario, start + scenario.first_month) % 3 == 2
    return np.asarray(ends_quarter & (lanes.uniform("addon.push_deals") < scenario.push_share))


def badfit_chance(scenario: Scenario, sales_push: Flags) -> Floats:
    """Chance of a bad fit: higher in pushed deals, lower in the others, so that the share of all stays.

    Parameters
    ----------
    scenario : Scenario
    sales_push : ndarray of bool

    Returns
    -------
    ndarray of float

    >>> from cslab.world.scenario import preset
    >>> badfit_chance(preset("tiny"), np.array([True, False])).round(2).tolist()
    [0.3, 0.13]
    """
    if not scenario.on("push_deals"):
        return np.full(len(sales_push), scenario.badfit_share)
    share = push_deals_share(scenario)
    others = (scenario.badfit_share - share * scenario.push_badfit_share) / max(1 - share, 1e-12)
    return np.where(sales_push, scenario.push_badfit_share, np.clip(others, 0, 1))


def push_deals_share(scenario: Scenario) -> float:
    """Expected share of all deals that are pushed.

    >>> from cslab.world.scenario import preset
    >>> round(push_deals_share(preset("calibration").with_(addons="push_deals")), 4)
    0.0833
    """
    if not scenario.on("push_deals"):
        return 0.0
    months = np.arange(scenario.first_arrival, scenario.last_arrival)
    ends_quarter = calendar_month(scenario, months) % 3 == 2
    return float(scenario.push_share * _deals_by_month(scenario)[ends_quarter].sum())


def expansion_season(scenario: Scenario, months: int) -> Floats:
    """What the chance of an expansion is multiplied by in each simulated month; 1 on average over a year.

    Parameters
    ----------
    scenario : Scenario
    months : int
        Months simulated, from the scenario's first.

    Returns
    -------
    ndarray of float, shape (months,)

    >>> from cslab.world.scenario import preset
    >>> bool(np.isclose(expansion_season(preset("tiny"), 12).mean(), 1))
    True
    """
    season = np.array(scenario.season_expansion)
    if not scenario.on("seasonality"):
        return np.ones(months)
    return np.asarray((season / season.mean())[calendar_month(scenario, np.arange(months) + scenario.first_month)])


def calendar_month(scenario: Scenario, month: Ints) -> Ints:
    """The month of the year, January 0, of months counted from the window's start.

    >>> from cslab.world.scenario import preset
    >>> calendar_month(preset("tiny"), np.array([0, 11])).tolist()
    [3, 2]
    """
    return np.asarray((scenario.window_start.month - 1 + month) % 12)


def _deals_by_month(scenario: Scenario) -> Floats:
    """Expected share of the deals in each month from the first arrival to the last: growth times season."""
    edges = np.arange(scenario.last_arrival - scenario.first_arrival + 1)
    growth = np.log1p(scenario.growth_per_year) / 12
    deals = np.diff(np.expm1(growth * edges) if growth else edges.astype(np.float64))
    if scenario.on("seasonality"):
        deals = deals * np.array(scenario.season_deals)[calendar_month(scenario, edges[:-1] + scenario.first_arrival)]
    return np.asarray(deals / deals.sum())
