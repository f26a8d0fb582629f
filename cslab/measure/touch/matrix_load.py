"""What a matrix takes: how many customers stand in each cell, and the hours that come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.lifecycle.shipped import rules as lifecycle_rules
from cslab.measure.lifecycle.spells import phase_at
from cslab.measure.touch.tiers import present_tiers

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.touch.cadence import Cadence
    from cslab.measure.touch.matrix import Matrix


def counts(book: Book, tiers: pd.Series | None = None) -> pd.DataFrame:
    """How many customers there are in each phase and tier, on the book's last day.

    Prospects who have not signed have no tier yet and are not counted.

    Parameters
    ----------
    book : Book
        With what the phases of the lifecycle need; and ``tier_history`` where no tiers are given.
    tiers : Series of str, optional
        Tier by ``account_id``, such as ``TierRule.tiers(book)``; those recorded where not given.

    Returns
    -------
    DataFrame
        ``phase``, ``tier``, ``customers``; in the order of life. ``attrs``: ``as_of``, ``left_out`` (customers
        without a tier).

    Raises
    ------
    NotReady
        Naming the columns that are missing.

    >>> import cslab
    >>> int(counts(cslab.load("synthetic:tiny"))["customers"].sum())
    40
    """
    rules = lifecycle_rules()
    tiers = present_tiers(book) if tiers is None else tiers
    there = phase_at(book)[["account_id", "phase"]].astype(object)
    there = there[~there["phase"].isin(rules.final)]
    there = there.assign(tier=there["account_id"].map(tiers))
    found = there.dropna().groupby(["phase", "tier"]).size().rename("customers").reset_index()
    order = {name: place for place, name in enumerate(rules.phases)}
    found = found.sort_values(["phase", "tier"], key=lambda c: c.map(order) if c.name == "phase" else c)
    found.attrs.update(as_of=book.as_of, left_out=int(there["tier"].isna().sum()))
    return found.reset_index(drop=True)


def matrix_load(
    matrix: Matrix, customers: pd.DataFrame, growth: float = 1.0, cadence: Cadence | None = None
) -> pd.DataFrame:
    """The hours a month that a matrix takes of a team.

    Parameters
    ----------
    matrix : Matrix
    customers : DataFrame
        ``phase``, ``tier``, ``customers``, as :func:`counts` returns it. Members of the community may stand in rows of
        their own.
    growth : float
        How many times as many customers.
    cadence : Cadence, optional
        Whose unit hours count; the shipped one where not given.

    Returns
    -------
    DataFrame
        A row a cell of the matrix: ``phase``, ``tier``, ``owner``, ``hours`` (a customer and month), ``customers``,
        ``load_hours`` (a month). ``attrs``: ``growth``, ``as_of``.

    Raises
    ------
    UsageError
        For growth that is not above 0, and for customers in a phase and tier of which the matrix says nothing.

    >>> import pandas as pd
    >>> from cslab.measure.touch.matrix import Cell, Matrix
    >>> own = Matrix("own", (Cell("adoption", "high", hours=6.0),))
    >>> some = pd.DataFrame({"phase": ["adoption"], "tier": ["high"], "customers": [20]})
    >>> matrix_load(own, some, growth=2)["load_hours"].tolist()
    [240.0]
    """
    if not growth > 0:
        raise UsageError(Fault("not_positive", {"name": "growth", "value": growth}))
    hours = matrix.hours(cadence)
    by = customers.groupby(["phase", "tier"])["customers"].sum()
    here = list(zip(hours["phase"], hours["tier"], strict=True))
    faults = [
        Fault("touch.no_cell", {"phase": phase, "tier": tier, "customers": int(by[phase, tier])})
        for phase, tier in by.index
        if by[phase, tier] > 0 and (phase, tier) not in here
    ]
    if faults:
        raise UsageError(*faults)
    count = growth * np.array([float(by.get(key, 0)) for key in here])
    found = hours.assign(customers=count, load_hours=count * hours["hours"])
    found.attrs = {**customers.attrs, "growth": growth}
    return found[["phase", "tier", "owner", "hours", "customers", "load_hours"]]
