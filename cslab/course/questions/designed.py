"""What the exercises about designs rest on: companies that keep to a line or begin in waves, lists that fit a page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cslab

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

SEEDS = (21, 22)
"""Of the companies, by version of the fixed data."""

_BANDS = (
    (0, 0.41, 2.2, 2.4, 42, 149),
    (1, 1.44, 2.0, 2.3, 45, 158),
    (2, 2.42, 1.9, 2.3, 47, 162),
    (3, 3.77, 1.9, 2.2, 47, 163),
    (5, 6.39, 1.7, 2.0, 49, 167),
    (8, 9.84, 1.5, 2.0, 49, 168),
    (12, 15.0, 1.6, 2.0, 49, 169),
    (20, 27.0, 1.6, 2.0, 49, 168),
)
"""Measured on 30,000 other customers of default_jp with the same luck under each tier, over 36 months (grade V)."""

_INVITED = (
    ((True, True, 200, 190), (True, False, 300, 240), (False, True, 25, 24), (False, False, 475, 385)),
    ((True, True, 300, 282), (True, False, 300, 234), (False, True, 60, 56), (False, False, 540, 436)),
)
"""Invited, came, customers, stayed."""


@cache
def line_company(variant: int = 0) -> Book:
    """A company of 20,000 customers that gives mid touch from ¥80,000 MRR at signing, without an exception.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    Book
        Without its truth.

    >>> line_company().truth is None
    True
    """
    seed = SEEDS[variant % len(SEEDS)]
    return cslab.load(f"synthetic:default_jp?seed={seed}&accounts=20000&policy=pure_rule").hide_truth()


@cache
def wave_company(variant: int = 0) -> Book:
    """A company whose training came to four groups of customers, six months apart, in an order drawn by lot.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    Book
        Without its truth.

    >>> wave_company().programs["assignment"].tolist()
    ['staggered']
    """
    source = f"default_jp?seed={SEEDS[variant % len(SEEDS)]}&accounts=2000&programs=training&policy=program_staggered"
    return cslab.load(f"synthetic:{source}").hide_truth()


def invited(variant: int = 0) -> pd.DataFrame:
    """What became of customers who were invited to a webinar by lot, and of the others.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    DataFrame
        ``arm``, ``came``, ``customers``, ``stayed``.

    >>> invited().groupby("arm")["customers"].sum().tolist()
    [500, 500]
    """
    import pandas as pd

    rows = pd.DataFrame(_INVITED[variant % len(_INVITED)], columns=["arm", "came", "customers", "stayed"])
    return rows.assign(arm=rows["arm"].map({True: "invited", False: "not_invited"}))


def rule_lines(book: Book) -> tuple[float, float]:
    """The smallest MRR at signing to which the rule of a company gave mid touch, and high touch.

    Parameters
    ----------
    book : Book
        Needs ``tier_history`` with ``assigned_by``, and ``accounts.mrr0_amount``.

    Returns
    -------
    tuple of float

    >>> mid, high = rule_lines(cslab.load("synthetic:default_jp?seed=1&accounts=600"))
    >>> 80_000 <= mid < 100_000, 400_000 <= high < 600_000
    (True, True)
    """
    first = book.tier_history.sort_values("valid_from", kind="stable").drop_duplicates("account_id")
    rows = first[first["assigned_by"] == "rule"].merge(book.accounts[["account_id", "mrr0_amount"]], on="account_id")
    least = rows.groupby("touch_tier", observed=True)["mrr0_amount"].min()
    return float(least["mid"]), float(least["high"])


def measured(line: float) -> pd.DataFrame:
    """What a lot over 30,000 customers showed of mid and high touch, by MRR at signing, within 36 months.

    Parameters
    ----------
    line : float
        MRR from which the company gives mid touch.

    Returns
    -------
    DataFrame
        ``from_amount`` (MRR from which the band counts), ``mean_amount``, ``mid_months`` (revenue more than under tech
        touch, in months of MRR), ``high_months`` (more than under mid touch), ``mid_hours``, ``high_hours`` (of the
        team, more, a customer).

    >>> measured(80_000)["from_amount"].tolist()[:3]
    [0, 80000, 160000]
    """
    import pandas as pd

    names = ["from_amount", "mean_amount", "mid_months", "high_months", "mid_hours", "high_hours"]
    bands = pd.DataFrame(_BANDS, columns=names)
    return bands.assign(from_amount=line * bands["from_amount"], mean_amount=line * bands["mean_amount"])
