"""What the parameters of a scenario must be to one another, beyond what each may be by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault
from cslab.world.addons.deals import calendar_month, push_deals_share

if TYPE_CHECKING:
    from cslab.world.scenario import Scenario

SLACK = 1e-9
"""By how much a sum may miss its limit: shares are written in decimals."""


def disagreements(scenario: Scenario, wrong: Collection[str] = ()) -> list[Fault]:
    """All parameters of a scenario that cannot be together.

    Parameters
    ----------
    scenario : Scenario
    wrong : collection of str
        Parameters that are wrong by themselves: what depends on them is not judged.

    Returns
    -------
    list of Fault

    >>> from cslab.world.scenario import preset
    >>> disagreements(preset("default_jp"))
    []
    """
    faults = [] if {*_ARRIVALS} & {*wrong} else _arrivals(scenario)
    unclear = {*wrong, *(_ARRIVALS if faults else ())}
    for check, needs in _CHECKS.items():
        faults += check(scenario) if unclear.isdisjoint(needs) else []
    return faults


def _arrivals(scenario: Scenario) -> list[Fault]:
    """Customers sign in at least one month."""
    first, last = scenario.first_arrival, scenario.last_arrival
    return [Fault("scenario_arrivals", {"first": first, "last": last})] if first >= last else []


def _deals(scenario: Scenario) -> list[Fault]:
    """Some month in which customers can sign has deals, and pushed deals do not take more bad fits than there are."""
    months = np.unique(calendar_month(scenario, np.arange(scenario.first_arrival, scenario.last_arrival)))
    if scenario.on("seasonality") and not np.array(scenario.season_deals)[months].any():
        return [_weightless(scenario, "season_deals", (months + 1).tolist())]
    share, pushed = push_deals_share(scenario), scenario.push_badfit_share
    least, most = share * pushed, share * pushed + 1 - share
    if not scenario.on("push_deals") or least - SLACK <= scenario.badfit_share <= most + SLACK:
        return []
    values = {"value": scenario.badfit_share, "pushed": pushed, "share": share, "least": least, "most": most}
    return [Fault("scenario_push", values)]


def _expansions(scenario: Scenario) -> list[Fault]:
    """Some month of the year has expansions."""
    flat = scenario.on("seasonality") and not any(scenario.season_expansion)
    return [_weightless(scenario, "season_expansion", list(range(1, 13)))] if flat else []


def _orders(scenario: Scenario) -> list[Fault]:
    """Of two limits the lower comes first."""
    pairs = {name: getattr(scenario, name) for name in _PAIRS}
    wrong = [name for name, (low, high) in pairs.items() if low > high]
    return [Fault("scenario_order", {"name": name, "value": _written(pairs[name])}) for name in wrong]


def _content(scenario: Scenario) -> list[Fault]:
    """An account-month is shown at most one piece."""
    total = sum(scenario.content_share)
    values = {"name": "content_share", "value": _written(scenario.content_share), "sum": round(total, 6)}
    return [Fault("scenario_above_one", values)] if total > 1 + SLACK else []


def _effort(scenario: Scenario) -> list[Fault]:
    """Where everybody has high effort, somebody disengages with high effort."""
    nobody = scenario.on("effort") and scenario.effort_share == 1 and not scenario.effort_disengage
    return [Fault("scenario_effort")] if nobody else []


_ARRIVALS = ("first_arrival", "last_arrival")
_PAIRS = ("tier_threshold_amount", "touch_fit_limits")
_CHECKS: dict[Callable[[Scenario], list[Fault]], tuple[str, ...]] = {
    _deals: (
        *_ARRIVALS,
        *(
            "window_start",
            "growth_per_year",
            "addons",
            "season_deals",
            "push_share",
            "push_badfit_share",
            "badfit_share",
        ),
    ),
    _expansions: ("addons", "season_expansion"),
    _orders: _PAIRS,
    _content: ("content_share",),
    _effort: ("addons", "effort_share", "effort_disengage"),
}
"""Every other check with the parameters that it looks at."""


def _written(values: tuple[float, ...]) -> str:
    """Values as they are given in a source string."""
    return ",".join(f"{value:g}" for value in values)


def _weightless(scenario: Scenario, name: str, months: list[int]) -> Fault:
    """The fault that a season leaves no weight in the months that count."""
    values = {"name": name, "value": _written(getattr(scenario, name)), "months": ", ".join(map(str, months))}
    return Fault("scenario_weightless", values)
