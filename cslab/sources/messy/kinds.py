"""The ways in which an export is spoilt: where, how often, and by which note or fault ``folder:`` finds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One way in which an export is spoilt. What it means stands in ``words.csv`` under ``messy.`` and its name.

    Parameters
    ----------
    name : str
        Also the name of its luck.
    level : int
        The level from which it is done.
    table, column : str
        Where.
    found : str
        Key of the note or fault by which ``folder:`` finds it.
    share : float
        Of the cells or rows that it could be done to; at least one in every office. 0 for a whole column or file.

    >>> kinds_of(3) == KINDS, [kind.level for kind in kinds_of(1)][-1]
    (True, 1)
    """

    name: str
    level: int
    table: str
    column: str
    found: str
    share: float = 0.0


KINDS = (
    # level 1: read all the same, and counted
    Kind("signs", 1, "contracts", "mrr_amount", "cells_cleaned", 0.03),
    Kind("full_width", 1, "accounts", "employees", "cells_cleaned", 0.03),
    Kind("percent", 1, "accounts", "discount_pct", "cells_cleaned", 0.03),
    Kind("clock", 1, "contracts", "decided_on", "cells_cleaned", 0.02),
    Kind("spaces", 1, "contracts", "account_id", "cells_trimmed", 0.02),
    Kind("missing", 1, "accounts", "industry", "blank_cells", 0.02),
    Kind("late", 1, "accounts", "signed_on", "days_out_of_order", 0.02),
    Kind("open_end", 1, "contracts", "end", "open_end", 0.03),
    Kind("cp932", 1, "contracts", "", "file_encoding"),
    # level 2: a mapping mends it, or it is a finding
    Kind("header", 2, "accounts", "segment", "covariate_like"),
    Kind("spelling", 2, "contracts", "billing", "unknown_value", 0.02),
    Kind("placeholder", 2, "contracts", "notice_days", "not_a_number", 0.02),
    Kind("far_end", 2, "contracts", "end", "date_unlikely", 0.03),
    Kind("day_first", 2, "contacts", "active_from", "date_two_ways"),
    Kind("last_day", 2, "contracts", "end", "end_looks_inclusive"),
    Kind("time_zone", 2, "tickets", "opened_on", "clock_zone", 0.02),
    Kind("renamed", 2, "contracts", "account_id", "names_alike", 0.01),
    Kind("twice", 2, "mrr_movements", "", "same_rows", 0.02),
    Kind("lost_row", 2, "mrr_movements", "", "mrr_below_zero", 0.05),
    Kind("total_row", 2, "accounts", "account_id", "totals_set_aside"),
    # level 3: refused until it is repaired
    Kind("same_id", 3, "accounts", "account_id", "duplicate_key", 0.01),
    Kind("orphan", 3, "usage_monthly", "account_id", "orphan_key", 0.001),
    Kind("overlap", 3, "contracts", "start", "overlap", 0.01),
    Kind("backwards", 3, "contracts", "end", "end_before_start", 0.005),
    Kind("mixed_dates", 3, "churn_events", "effective_on", "date_mixed", 0.05),
    Kind("no_such_day", 3, "onboarding", "planned", "not_a_date", 0.005),
    Kind("wrong_sign", 3, "mrr_movements", "amount", "movement_sign", 0.02),
    Kind("impossible", 3, "accounts", "discount_pct", "out_of_range", 0.005),
    Kind("no_id", 3, "contacts", "account_id", "empty_key", 0.005),
    Kind("cut_row", 3, "handoffs", "", "row_length", 0.005),
)
"""In the order in which they are done: nothing is spoilt twice, so a higher level leaves what a lower one did."""


def kinds_of(level: int) -> tuple[Kind, ...]:
    """The kinds of a level and of those below it.

    Parameters
    ----------
    level : int
        1 to 3; 0 for none.

    >>> kinds_of(0)
    ()
    """
    return tuple(kind for kind in KINDS if kind.level <= level)
