"""A chain's links multiplied, as anybody reckons from records, against all that the programme changes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate
from cslab.measure.impact.contrast import covariance
from cslab.measure.impact.graph import roads

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cslab.measure.impact.contrast import Contrast, Floats
    from cslab.measure.impact.links import Tested

METHOD = "chain_product"

DRAWS, SEED = 20_000, 0
"""Draws of all links together for the limits, always the same ones."""


@dataclass(frozen=True)
class Product:
    """What a chain's links come to, and what the programme changes in all.

    Parameters
    ----------
    product : Estimate
        What the programme changes in the first node, times what goes with one unit of each node in the next: added up
        over the roads.
    total : Estimate
        What the programme changes in the last node, by whatever road: arm against arm.
    gap : Estimate
        The total less the product: far from 0 where links are missing, lags are wrong, or something else moves both
        ends of a link.
    links : DataFrame
        A row a factor: ``from``, ``to``, then the cells of an estimate.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=training&policy=program_rct&accounts=600")
    >>> found = product(impact.test_links(book, impact.shipped("training")), "advanced")
    >>> round(found.total.estimate - found.product.estimate - found.gap.estimate, 9) == 0
    True
    """

    product: Estimate
    total: Estimate
    gap: Estimate
    links: pd.DataFrame = field(repr=False, compare=False)


def product(tested: Tested, to: str = "") -> Product:
    """Multiply the links of a chain, and hold that against the whole effect.

    Parameters
    ----------
    tested : Tested
    to : str
        The node at which to look; empty: the last one.

    Returns
    -------
    Product

    Raises
    ------
    UsageError
        For a node that there is not; where one of the links or the whole effect cannot be told from the records.

    Source: step 5 of the procedure of domain.md section 2.5; limits of a product as for :class:`Mediation`. Slopes from
    records and the programme's effects are drawn apart from each other.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=training&policy=program_rct&accounts=600")
    >>> product(impact.test_links(book, impact.shipped("training")), "advanced").links["to"].tolist()
    ['attended', 'advanced']
    """
    import pandas as pd

    chain = tested.chain
    to = to or tested.links[-1].target
    ways = [list(pairwise(way)) for way in roads(chain, chain.activity.id, to)]
    steps = [*dict.fromkeys(step for way in ways for step in way)]
    wholes = {step[1]: _whole(tested, step[1]) for step in steps if step[0] == chain.activity.id}
    factors = {step: _factor(tested, step, wholes) for step in steps}
    total = _whole(tested, to)
    drawn, whole = _drawn(factors, wholes, total, chain.activity.id)
    point = sum(math.prod(factors[step].estimate for step in way) for way in ways)
    each = np.sum([np.prod([drawn[step] for step in way], axis=0) for way in ways], axis=0)
    rows = [{"from": a, "to": b, **one.cells()} for (a, b), one in factors.items()]
    gap = total.intention.estimate - point
    return Product(
        _limits(point, each, total.n), total.intention, _limits(gap, whole - each, total.n), pd.DataFrame(rows)
    )


def _whole(tested: Tested, node: str) -> Contrast:
    """What the programme changes in a node by whatever road."""
    found = next((one.whole for one in tested.links if one.target == node and one.whole), None)
    if found is None:
        raise UsageError(Fault("impact.no_whole", {"node": node, "chain": tested.chain.name}))
    return found


def _factor(tested: Tested, step: tuple[str, str], wholes: Mapping[str, Contrast]) -> Estimate:
    """One factor: the programme's effect on a first node, or what goes with one unit of a later link's source."""
    if step[0] == tested.chain.activity.id:
        return wholes[step[1]].intention
    found = tested.find(*step).lagged
    if found is None:
        raise UsageError(Fault("impact.no_slope", {"source": step[0], "target": step[1], "chain": tested.chain.name}))
    return found


def _drawn(
    factors: Mapping[tuple[str, str], Estimate], wholes: Mapping[str, Contrast], total: Contrast, activity: str
) -> tuple[dict[tuple[str, str], Floats], Floats]:
    """Factors and the whole effect as luck may have them: those of the programme together, slopes each for itself."""
    rng = np.random.default_rng(SEED)
    first = [*wholes.values(), total]
    spread = np.array([[covariance(one, other) for other in first] for one in first])
    point = [one.intention.estimate for one in first]
    together = dict(zip([*wholes, ""], rng.multivariate_normal(point, spread, DRAWS, method="svd").T, strict=True))
    found = {
        (a, b): together[b] if a == activity else rng.normal(one.estimate, one.std_error, DRAWS)
        for (a, b), one in factors.items()
    }
    return found, together[""]


def _limits(point: float, drawn: Floats, n: int) -> Estimate:
    """An estimate with the limits of what was drawn."""
    low, high = (float(one) for one in np.quantile(drawn, [0.025, 0.975]))
    return Estimate(float(point), low, high, n, METHOD, float(drawn.std()))
