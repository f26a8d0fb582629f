"""What touch costs, bottom-up: an account-month in each tier, customers and revenue that one CSM can look after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.capacity import hour_amount
from cslab.measure.plans import TIER_HOURS
from cslab.measure.retention.amounts import standing_mrr
from cslab.measure.touch.load import team
from cslab.measure.touch.tiers import present_tiers

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def costs(book: Book, hours: Mapping[str, float] = TIER_HOURS, tiers: pd.Series | None = None) -> pd.DataFrame:
    """What a customer and month costs in each tier, and what one CSM can look after.

    There is no right number of customers a CSM: it follows from the hours.

    Parameters
    ----------
    book : Book
        Needs ``csm`` with ``cost_amount`` and ``capacity_h``; ``tier_history`` where no tiers are given.
    hours : mapping of str to float
        Of a customer and month by tier, such as ``Cadence.hours()``.
    tiers : Series of str, optional
        Tier by ``account_id``; those recorded where not given.

    Returns
    -------
    DataFrame
        A row a tier: ``tier``, ``hours`` (a customer and month), ``cost_amount`` (of them, currency), ``per_csm``
        (customers that fill one CSM's hours), ``customers``, ``mrr_amount`` (mean, currency a month; missing where
        nobody is in the tier), ``cost_share`` (of that MRR), ``arr_per_csm_amount`` (currency a year). ``attrs``:
        ``as_of``, ``currency``, ``hour_amount``, ``csm_hours``.

    Raises
    ------
    NotReady
        Naming the columns that are missing.

    Source: hours bottom-up from unit hours (grade S); cost an hour from the CSMs' full cost.

    >>> import cslab
    >>> costs(cslab.load("synthetic:tiny"))[["tier", "per_csm"]].round().values.tolist()
    [['tech', 867.0], ['mid', 81.0], ['high', 20.0]]
    """
    import pandas as pd

    price = hour_amount(book)
    each = float(team(book)["capacity_h"].mean()) if len(team(book)) else float(book.csm["capacity_h"].mean())
    tiers = present_tiers(book) if tiers is None else tiers
    standing = standing_mrr(book, book.as_of).reindex(tiers.index)
    counts, means = tiers.value_counts(), standing.groupby(tiers).mean()
    found = pd.DataFrame({"tier": list(hours), "hours": [float(one) for one in hours.values()]})
    mean = found["tier"].map(means).astype(float)
    per_csm = each / found["hours"].replace(0.0, np.nan)
    found = found.assign(
        cost_amount=price * found["hours"],
        per_csm=per_csm,
        customers=found["tier"].map(counts).fillna(0).astype(int),
        mrr_amount=mean,
        cost_share=price * found["hours"] / mean,
        arr_per_csm_amount=12 * mean * per_csm,
    )
    found.attrs.update(as_of=book.as_of, currency=book.currency, hour_amount=price, csm_hours=each)
    return found
