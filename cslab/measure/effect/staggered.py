"""Differences in differences where a programme comes to one group after the other: the right way, and the usual one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.effect.group_time import METHOD, Cells, group_time, last_waiting
from cslab.measure.effect.panel import Panel
from cslab.measure.effect.result import Effect, Said
from cslab.measure.effect.sensitivity import sensitivity
from cslab.measure.effect.two_way import TwoWay, two_way

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.effect.group_time import Flags, Floats
    from cslab.world.policy import Policy
    from cslab.world.truth import CompanyTruth

ARMS = ("enrolled", "not_enrolled")


@dataclass(frozen=True)
class Staggered:
    """What a programme brings that came to one group after the other.

    Parameters
    ----------
    effect : Effect
        The mean over the customer-months with the programme for which somebody was still waiting for it.
    event_study : DataFrame
        By months since the group began: ``ahead`` (below 0: before, where there should be nothing), ``estimate``,
        ``low``, ``high``, ``n`` (customers of the groups), ``method``.
    groups : DataFrame
        The same by group: ``group`` (its first month), ``ahead``, ``month``.
    cells : Cells
        What they are made of.

    >>> months = np.array(["2024-01", "2024-02", "2024-03"], "M")
    >>> values = np.repeat([[0.0, 1, 3], [0, 0, 1]], 5, axis=0)
    >>> found = difference_in_differences(Panel(np.arange(10), months, values, np.repeat([1, 2], 5), "p", "v"))
    >>> found.event_study["ahead"].tolist()
    [0]
    """

    effect: Effect
    event_study: pd.DataFrame
    groups: pd.DataFrame
    cells: Cells


def difference_in_differences(panel: Panel) -> Staggered:
    """The right way for groups that begin one after the other: each against those who have not begun by then.

    Parameters
    ----------
    panel : Panel

    Returns
    -------
    Staggered

    Raises
    ------
    NotReady
        Where in no month both some with the programme and some still waiting for it are there.

    Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225:200; means weighted by customers, grade A.

    >>> months = np.array(["2024-01", "2024-02", "2024-03"], "M")
    >>> values = np.repeat([[0.0, 1, 3], [0, 0, 1]], 5, axis=0)
    >>> found = difference_in_differences(Panel(np.arange(10), months, values, np.repeat([1, 2], 5), "p", "v"))
    >>> found.effect.estimate, len(found.event_study)
    (1.0, 1)
    """
    cells = group_time(panel)
    after = cells.ahead >= 0
    if not after.any():
        raise NotReady(Fault("effect.nobody_waits", {"programme": panel.programme}))
    found = cells.mean(after, len(panel.accounts), METHOD)
    effect = Effect.of(
        found,
        estimand=Said("estimand.group_time", {"value": panel.value, "programme": panel.programme}),
        population=Said("population.panel", {"n": len(panel.accounts), "groups": len(panel.groups)}),
        identification=Said("identification.parallel"),
        arms=ARMS,
        counts=_counts(panel),
        overlap=_waiting(panel, cells),
        balance=(study := _event_study(cells))[study["ahead"] < 0].reset_index(drop=True),
        sensitivity=sensitivity(found),
        left_out=panel.left_out,
    )
    return Staggered(effect, study, _groups(panel, cells), cells)


def two_way_fixed_effects(panel: Panel) -> Effect:
    """The usual way, wrong where effects grow or fade: groups that have begun earlier serve as controls for later ones.

    Parameters
    ----------
    panel : Panel

    Returns
    -------
    Effect
        Its identification says what would have to be true, and how much of it counts the wrong way round here.

    Source: Goodman-Bacon (2021), Journal of Econometrics 225:254; de Chaisemartin and D'Haultfœuille (2020), American
    Economic Review 110:2964, grade A.

    >>> months = np.array(["2024-01", "2024-02", "2024-03"], "M")
    >>> values = np.array([[0, 1, 3], [0, 1, 3], [0, 0, 1], [0, 0, 1]], float)
    >>> float(two_way_fixed_effects(Panel(np.arange(4), months, values, np.array([1, 1, 2, 2]), "p", "v"))) < 1
    True
    """
    found: TwoWay = two_way(panel)
    return Effect.of(
        found.estimate,
        estimand=Said("estimand.two_way", {"value": panel.value, "programme": panel.programme}),
        population=Said("population.panel", {"n": len(panel.accounts), "groups": len(panel.groups)}),
        identification=Said("identification.two_way", {"share": found.negative_share}),
        arms=ARMS,
        counts=_counts(panel),
        sensitivity=sensitivity(found.estimate),
        left_out=panel.left_out,
    )


def truth(book: Book, panel: Panel) -> pd.DataFrame | None:
    """What the programme truly brought the same customers in the same months, with the same luck.

    Parameters
    ----------
    book : Book
        That the panel was made of.
    panel : Panel

    Returns
    -------
    DataFrame or None
        ``ahead``, ``estimate``, ``n``: as ``event_study`` of :func:`difference_in_differences`, without limits.
        ``attrs["overall"]``: the mean over the same customer-months as its ``effect``; ``attrs["every_month"]``: over
        all months with the programme. None where nobody knows the truth.

    >>> import cslab
    >>> from cslab.measure.effect.panel import panel
    >>> book = cslab.load("synthetic:tiny?accounts=400&programs=usage_campaign&policy=program_staggered")
    >>> found = truth(book, panel(book))
    >>> bool((found.loc[found["ahead"] < 0, "estimate"] == 0).all())
    True
    """
    import pandas as pd

    if book.truth is None:
        return None
    gain = panel.values - _without(book, panel)
    cells = group_time(panel)
    each = np.array([np.nanmean(gain[panel.since == g, m]) for g, m in zip(cells.group, cells.month, strict=True)])
    rows = [(ahead, _mean(each, cells, cells.ahead == ahead)) for ahead in np.unique(cells.ahead)]
    frame = pd.DataFrame(rows, columns=["ahead", "estimate"])
    frame["n"] = [int(cells.treated[cells.ahead == ahead].sum()) for ahead in frame["ahead"]]
    frame.attrs["overall"] = _mean(each, cells, cells.ahead >= 0)
    frame.attrs["every_month"] = float(np.nanmean(np.where(panel.treated, gain, np.nan)))
    return frame


def _without(book: Book, panel: Panel) -> Floats:
    """The values of the same customers and months if the programme had come to nobody."""
    known = cast("CompanyTruth", book.truth)
    policy: Policy = known.policy
    others = tuple(zip(known.scenario.programs, policy.designs(known.scenario), strict=True))
    nobody = replace(
        policy, name=f"{policy.name}, no {panel.programme}", enrolment=(*others, (panel.programme, "none"))
    )
    usage = known.rerun(nobody).usage_monthly.pivot(index="account_id", columns="month", values=panel.value)
    months = panel.months.astype("datetime64[ns]")
    return usage.reindex(index=panel.accounts, columns=months).to_numpy(float)


def _mean(each: Floats, cells: Cells, which: Flags) -> float:
    """The mean over some cells, each as heavy as it has customers."""
    return float(np.average(each[which], weights=cells.treated[which]))


def _event_study(cells: Cells) -> pd.DataFrame:
    """Means by months since the group began; nothing stands for the month before it, which is the base."""
    import pandas as pd

    rows = []
    for ahead in np.unique(cells.ahead):
        which = cells.ahead == ahead
        found = cells.mean(which, int(cells.treated[which].sum()), METHOD)
        rows.append({"ahead": int(ahead), **found.cells()})
    return pd.DataFrame(rows)


def _groups(panel: Panel, cells: Cells) -> pd.DataFrame:
    """Each group in each month."""
    import pandas as pd

    rows = []
    for place in range(len(cells.effect)):
        found = cells.mean(np.arange(len(cells.effect)) == place, int(cells.treated[place]), METHOD)
        group, month = (panel.months[one[place]].astype("datetime64[ns]") for one in (cells.group, cells.month))
        rows.append({"group": group, "month": month, "ahead": int(cells.ahead[place]), **found.cells()})
    return pd.DataFrame(rows)


def _waiting(panel: Panel, cells: Cells) -> pd.DataFrame:
    """Customers with the programme and still waiting for it, by month."""
    import pandas as pd

    after = cells.ahead >= 0
    months = panel.months[cells.month[after]].astype("datetime64[ns]")
    rows = pd.DataFrame({"stratum": months, ARMS[0]: cells.treated[after], ARMS[1]: cells.waiting[after]})
    return rows.groupby("stratum", as_index=False).agg({ARMS[0]: "sum", ARMS[1]: "max"})


def _counts(panel: Panel) -> pd.DataFrame:
    """Customer-months with the programme and without, until everybody has it."""
    import pandas as pd

    end = min(last_waiting(panel), len(panel.months))
    there, treated = ~np.isnan(panel.values[:, :end]), panel.treated[:, :end]
    rows = [
        {
            "arm": arm,
            "customers": int((there & with_).any(axis=1).sum()),
            "months": int((there & with_).sum()),
            "mean": float(np.nanmean(np.where(there & with_, panel.values[:, :end], np.nan))),
        }
        for arm, with_ in zip(ARMS, (treated, ~treated), strict=True)
    ]
    return pd.DataFrame(rows)
