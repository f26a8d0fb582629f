"""What tiers are worth to each account, if an effect is known: the number itself, and both ends of its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cslab.measure.estimate import Estimate


@dataclass(frozen=True)
class Worth:
    """Values of the tiers by account, for ``options`` and ``robust``.

    Parameters
    ----------
    low, value, high : DataFrame
        By account id, a column a tier: where the effects lie at their lower limits, as estimated, and at their upper
        limits. Currency, above the least tier.

    >>> import pandas as pd
    >>> from cslab.measure.estimate import Estimate
    >>> worth = by_effect(pd.Series({"a": 100.0}), {"mid": Estimate(2.0, 1.0, 3.0, 50, "mean")})
    >>> worth.low["mid"].tolist(), worth.value["tech"].tolist()
    ([100.0], [0.0])
    """

    low: pd.DataFrame
    value: pd.DataFrame
    high: pd.DataFrame


def by_effect(size: pd.Series, effects: Mapping[str, Estimate], least: str = "tech") -> Worth:
    """What the tiers are worth, if each brings so many months of MRR more than the least one.

    Parameters
    ----------
    size : Series of float
        MRR by account id.
    effects : mapping of str to Estimate
        By tier: months of MRR that an account brings more than in the least tier, within the horizon. Where effects
        differ by size or segment, do it for each part and put the parts together (``pandas.concat``).
    least : str
        The tier that the effects are held against.

    Returns
    -------
    Worth

    Raises
    ------
    UsageError
        For accounts without MRR; for anything else than sizes by account id.

    >>> import pandas as pd
    >>> from cslab.measure.estimate import Estimate
    >>> effects = {"mid": Estimate(1.0, 0.0, 2.0, 50, "mean"), "high": Estimate(3.0, 2.0, 4.0, 50, "mean")}
    >>> by_effect(pd.Series({"a": 10.0, "b": 90.0}), effects).value.loc["b"].to_dict()
    {'tech': 0.0, 'mid': 90.0, 'high': 270.0}
    """
    import pandas as pd

    if not isinstance(size, pd.Series):
        raise UsageError(Fault("allocation.not_sizes", {"kind": type(size).__name__}))
    lacking = int((~(size > 0)).sum())
    if lacking:
        raise UsageError(Fault("allocation.sizes", {"count": lacking}))
    ends = ({tier: getattr(one, end) * size for tier, one in effects.items()} for end in ("low", "estimate", "high"))
    return Worth(*(pd.DataFrame({least: 0.0 * size, **columns}) for columns in ends))
