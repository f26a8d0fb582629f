"""Rules of who gets which tier side by side, at the same hours: what each brings, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.allocation.lagrange import allocate
from cslab.measure.allocation.rules import best_lines, ranked
from cslab.measure.estimate import normal

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.allocation.options import Options
    from cslab.measure.allocation.problem import Floats, Ints

METHOD = "allocation_compared"


def compare(
    posed: Options, size: Floats, risk: Floats | None = None, estimated: Mapping[str, Floats] | None = None
) -> pd.DataFrame:
    """Hold rules against each other at the same hours, each valued by the same figures.

    Parameters
    ----------
    posed : Options
        What there is to choose from. Its values judge all rules: the truth's expectation where it is known, so that
        no rule is helped by luck; else what has been estimated.
    size : ndarray of float, shape (n,)
        What the company's lines go by, such as MRR at signing.
    risk : ndarray of float, shape (n,), optional
        The chance that each account leaves.
    estimated : mapping of str to ndarray of float, shape (n, tiers), optional
        Under a name each: what somebody believes the tiers are worth, who does not know ``posed.value``.

    Returns
    -------
    DataFrame
        A row a rule: ``rule``, ``hours``, ``value_amount``, ``estimate`` (currency gained over the present tiers),
        ``low``, ``high``, ``n``, ``method``, ``regret_amount`` (what is forgone against the best plan), ``of_best``
        (share of the best plan's gain; missing where it gains nothing). Rules: ``present``; ``by_lot`` (the present
        tiers drawn anew: the mean of all draws); ``mrr_lines`` (the best lines of size); ``risk_ranked``, and for each
        estimate ``NAME_ranked`` (the present tiers by the gain that it sees) and ``NAME_allocated`` (the best plan by
        it); ``oracle`` (the best plan). ``attrs["lines"]``: the best lines of size.
        The limits hold the error of the values only. Lines and best plan are chosen on the figures that judge them,
        which flatters them by less than the limits are wide.

    Raises
    ------
    UsageError
        For columns of another length, and missing numbers.

    >>> import pandas as pd
    >>> from cslab.measure.allocation import options
    >>> value = pd.DataFrame({"tech": [1.0, 1.0], "mid": [2.0, 5.0]}, index=["a", "b"])
    >>> found = compare(options(value, pd.Series({"a": "mid", "b": "tech"})), size=np.array([1.0, 9.0]))
    >>> found.set_index("rule")["estimate"].to_dict()
    {'present': 0.0, 'by_lot': 1.5, 'mrr_lines': 3.0, 'oracle': 3.0}
    """
    import pandas as pd

    beliefs = dict(estimated or {})
    refuse_strange(posed, {"size": size, **({} if risk is None else {"risk": risk}), **beliefs})
    lines, by_size = best_lines(size, posed)
    choices = {"mrr_lines": by_size, **({} if risk is None else {"risk_ranked": ranked(risk, posed)})}
    for name, belief in beliefs.items():
        choices[f"{name}_ranked"] = ranked(belief[:, -1] - belief[:, 0], posed)
        choices[f"{name}_allocated"] = allocate(belief, posed.hours, posed.capacity).choice
    choices["oracle"] = posed.best().choice
    rows = [_row("present", posed, posed.present), _lot(posed)]
    table = pd.DataFrame([*rows, *(_row(rule, posed, choice) for rule, choice in choices.items())])
    best = float(table["estimate"].iloc[-1])
    table["regret_amount"] = best - table["estimate"]
    table["of_best"] = table["estimate"] / best if best > 0 else np.nan
    table.attrs["lines"] = lines
    return table


def _row(rule: str, posed: Options, choice: Ints) -> dict[str, Any]:
    """A rule's line in the table."""
    rows, now = np.arange(len(choice)), posed.present
    value = posed.value[rows, choice]
    moved = choice != now
    error = np.nan
    if posed.error is not None:
        error = float(np.sqrt((posed.error[rows, choice] ** 2 + posed.error[rows, now] ** 2)[moved].sum()))
    gain = normal(float((value - posed.value[rows, now])[moved].sum()), error, len(choice), METHOD)
    hours = float(posed.hours[rows, choice].sum())
    return {"rule": rule, "hours": hours, "value_amount": float(value.sum()), **gain.cells()}


def _lot(posed: Options) -> dict[str, Any]:
    """What the present tiers bring on average, if they are drawn by lot."""
    n, now = len(posed.present), posed.value[np.arange(len(posed.present)), posed.present].sum()
    shares = np.bincount(posed.present, minlength=len(posed.tiers)) / n
    value, hours = (float((numbers @ shares).sum()) for numbers in (posed.value, posed.hours))
    error = np.nan
    if posed.error is not None:
        held = (np.arange(len(posed.tiers)) == posed.present[:, None]) - shares
        error = float(np.sqrt(((held * posed.error) ** 2).sum()))
    gain = normal(value - float(now), error, n, METHOD)
    return {"rule": "by_lot", "hours": hours, "value_amount": value, **gain.cells()}


def refuse_strange(posed: Options, columns: Mapping[str, Floats]) -> None:
    """Refuse columns that do not belong to the accounts, or have gaps, all at once.

    Parameters
    ----------
    posed : Options
    columns : mapping of str to ndarray of float
        ``size`` and ``risk``: a number an account; others: one an account and tier.

    Raises
    ------
    UsageError
        With every column that does not fit.

    >>> import pandas as pd
    >>> from cslab.measure.allocation import options
    >>> value = pd.DataFrame({"tech": [1.0], "mid": [2.0]}, index=["a"])
    >>> refuse_strange(options(value, pd.Series({"a": "mid"})), {"size": np.ones(1), "low": np.ones((1, 2))})
    """
    n, tiers = posed.value.shape
    faults = []
    for name, numbers in columns.items():
        wanted = (n,) if name in ("size", "risk") else (n, tiers)
        if np.shape(numbers) != wanted:
            faults.append(Fault("allocation.column", {"name": name, "shape": np.shape(numbers), "wanted": wanted}))
        elif not np.isfinite(numbers).all():
            faults.append(Fault("allocation.missing", {"name": name, "count": int((~np.isfinite(numbers)).sum())}))
    if faults:
        raise UsageError(*faults)


def frontier(posed: Options, growth: tuple[float, ...] = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)) -> pd.DataFrame:
    """What the best plan brings with fewer and with more hours, and what one more hour is worth.

    Parameters
    ----------
    posed : Options
    growth : tuple of float
        The hours against those there are; what does not suffice for everybody's least tier falls away.

    Returns
    -------
    DataFrame
        ``growth``, ``capacity_h``, ``hours``, ``value_amount``, ``bound_amount``, ``gap``, ``hour_worth_amount``
        (what one more hour a month is worth over the horizon of the values), ``n``.

    Raises
    ------
    UsageError
        Where no step suffices for everybody's least tier.

    >>> import pandas as pd
    >>> from cslab.measure.allocation import options
    >>> value = pd.DataFrame({"tech": [1.0, 1.0], "mid": [2.0, 5.0]}, index=["a", "b"])
    >>> frontier(options(value, pd.Series({"a": "mid", "b": "tech"})), (1.0, 2.0))["value_amount"].tolist()
    [6.0, 7.0]
    """
    import pandas as pd

    least = float(posed.hours.min(axis=1).sum())
    steps = [step for step in growth if step * posed.capacity >= least]
    if not steps:
        values = {"most": f"{max(growth, default=0) * posed.capacity:,.1f}", "least": f"{least:,.1f}"}
        raise UsageError(Fault("allocation.growth", values))
    plans = [allocate(posed.value, posed.hours, step * posed.capacity) for step in steps]
    rows = [
        {
            "growth": step,
            "capacity_h": step * posed.capacity,
            "hours": plan.hours,
            "value_amount": plan.value,
            "bound_amount": plan.bound,
            "gap": plan.gap,
            "hour_worth_amount": plan.price,
            "n": len(plan.choice),
        }
        for step, plan in zip(steps, plans, strict=True)
    ]
    return pd.DataFrame(rows)
