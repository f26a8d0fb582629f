"""How long customers stay in a phase: those who are still in it count as what they are, not yet through."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure import pipeline, survival
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.lifecycle.spells import spells

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def time_in_phase(book: Book, rules: Rules | None = None) -> pd.DataFrame:
    """The share still in a phase, day by day since they came into it.

    Parameters
    ----------
    book : Book
    rules : Rules, optional

    Returns
    -------
    DataFrame
        ``phase``, ``time`` (days), ``at_risk``, ``events`` (moved on or left), ``estimate`` (share still there, 0-1),
        ``std_error``, ``low``, ``high``, ``n`` (stays), ``method``. The phases of those who have left have no curve,
        nor has one that nobody was in. A stay whose beginning the records do not hold is left out. Before the signing,
        deals count, won and lost, where there is a table of them; otherwise only those who signed.

    Raises
    ------
    NotReady, DataError
        As for ``spells``.

    Source: Kaplan and Meier (1958), grade A.

    >>> import cslab
    >>> curves = time_in_phase(cslab.load("synthetic:tiny"))
    >>> curves["phase"].unique().tolist()
    ['evaluation', 'purchase', 'onboarding', 'adoption', 'renewal']
    """
    rules = rules or shipped_rules()
    lasted = durations_in_phase(book, rules)
    curves = survival.kaplan_meier(lasted, by="phase")
    curves["phase"] = rules.named(np.array([list(rules.phases).index(name) for name in curves["phase"]], np.int64))
    curves.attrs = rules.described(book.as_of)
    return curves.sort_values(["phase", "time"], ignore_index=True)


def durations_in_phase(book: Book, rules: Rules) -> pd.DataFrame:
    """Every stay in a phase as a duration in days.

    Parameters
    ----------
    book : Book
    rules : Rules

    Returns
    -------
    DataFrame
        ``account_id`` (of a deal: its own id), ``phase``, ``entry`` (days that had passed when the records begin),
        ``duration``, ``event`` (it has ended).

    >>> import cslab
    >>> from cslab.measure import lifecycle
    >>> lasted = durations_in_phase(cslab.load("synthetic:tiny"), lifecycle.rules())
    >>> bool((lasted["duration"] > lasted["entry"]).all())
    True
    """
    import pandas as pd

    stays = spells(book, rules)
    stays = stays[~(stays["entered_late"] | stays["phase"].isin(rules.final))]
    ends = stays["ends"].fillna(book.as_of + pd.Timedelta(days=1))
    lasted = stays[["account_id", "phase"]].assign(entry=0, duration=(ends - stays["begins"]).dt.days)
    lasted = lasted.assign(phase=lasted["phase"].astype(object), event=stays["ends"].notna())
    before = [name for name, phase in rules.phases.items() if phase.prospects]
    if not (before and book.has(*pipeline.NEEDS)):
        return lasted.reset_index(drop=True)
    deals = pipeline.spells(book)
    days = {"entry": np.floor(deals["start"]).astype(int), "duration": np.ceil(deals["stop"]).astype(int)}
    timed = pd.DataFrame({"account_id": deals["id"], "phase": before[0], **days, "event": deals["to"].notna()})
    return pd.concat([lasted[~lasted["phase"].isin(before)], timed], ignore_index=True)


def median_days(lasted: pd.DataFrame) -> float:
    """Days after which half have left a phase; missing where that is not seen.

    Parameters
    ----------
    lasted : DataFrame
        Stays of one phase, as ``durations_in_phase`` makes them.

    >>> import pandas as pd
    >>> median_days(pd.DataFrame({"duration": [10, 20, 30], "event": [True, True, False]}))
    20.0
    """
    if lasted.empty:
        return math.nan
    curve = survival.kaplan_meier(lasted)
    reached = curve.loc[curve["estimate"] <= 0.5, "time"]
    return float(reached.iloc[0]) if len(reached) else math.nan
