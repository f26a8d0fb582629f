"""What a supposition changes of the customers themselves, before anything happens to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.book.supposition import Advised, HandedOver, LikeLost, Onboarded, Supposition, Unpushed
from cslab.world.observe.lost_deals import FIT_GAP

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Flags
    from cslab.world.scenario import Scenario


@dataclass(frozen=True)
class Impressed:
    """The first impression of everybody is that much better.

    Parameters
    ----------
    by : float
        In sd.
    """

    by: float


def begun(scenario: Scenario, customers: Customers, supposed: Supposition | Impressed | None) -> Customers:
    """The customers as they begin where something is supposed.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    supposed : Supposition, Impressed or None

    Returns
    -------
    Customers
        The same ones where the supposition is not about them.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> (begun(preset("tiny"), drawn, LikeLost()).fit - drawn.fit).round(1).max().item()
    -0.5
    """
    match supposed:
        case Onboarded():
            return replace(customers, stall_draw=np.full_like(customers.stall_draw, np.inf))
        case HandedOver(at_least):
            begins = customers.beginnings
            return replace(customers, beginnings=replace(begins, handoff=np.maximum(begins.handoff, at_least)))
        case Advised(everybody) if scenario.on("handoff"):
            begins = customers.beginnings
            more = scenario.handoff_presales * (everybody - begins.csm_in_presales.astype(float))
            return replace(customers, beginnings=replace(begins, handoff=begins.handoff + more))
        case Unpushed() if scenario.on("handoff"):
            begins = customers.beginnings
            calm = begins.handoff + scenario.handoff_push * begins.sales_push
            return replace(customers, beginnings=replace(begins, handoff=calm))
        case LikeLost():
            value = customers.first_value - FIT_GAP * scenario.first_value_fit
            return replace(customers, fit=customers.fit - FIT_GAP, first_value=value)
        case Impressed(by):
            value = customers.first_value + by * scenario.first_value_impression
            return replace(customers, first_impression=customers.first_impression + by, first_value=value)
    return customers


def signs(customers: Customers, supposed: Supposition | Impressed | None) -> Flags:
    """Who becomes a customer at all where something is supposed.

    Parameters
    ----------
    customers : Customers
    supposed : Supposition, Impressed or None

    Returns
    -------
    ndarray of bool

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> bool((drawn.badfit & drawn.beginnings.sales_push)[~signs(drawn, Unpushed())].all())
    True
    """
    if not isinstance(supposed, Unpushed):
        return np.ones(len(customers.number), dtype=bool)
    return ~(customers.beginnings.sales_push & customers.badfit)
