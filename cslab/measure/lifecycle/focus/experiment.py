"""What the same help is worth in each phase, a deal, an hour, a yen: with limits, and beside the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure import capacity
from cslab.measure.estimate import Z95
from cslab.measure.lifecycle.focus.counts import EVALUATION, Counted, counted
from cslab.measure.lifecycle.focus.trial import Trial
from cslab.measure.lifecycle.monthly import panel
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

METHOD = "chain_of_phases"


def experiment(
    book: Book,
    effect: float = 0.2,
    rules: Rules | None = None,
    by: str | None = None,
    horizon: int = 36,
    gross_margin: float = 0.8,
    discount: float = 0.10,
    futures: int = 16,
) -> pd.DataFrame:
    """What the same help is worth in each phase: by the fitted chain, and in the simulator's paired worlds.

    Help keeps a share of those who would leave from a phase, month by month, and takes the hours that the rules say for
    a case. Everything is counted for a deal that enters evaluation, so that phases can be compared.

    Parameters
    ----------
    book : Book
        Needs what the rules need, and ``mrr`` (movements, or contracts with amounts). With ``deals``, evaluation is a
        phase too; without, all is counted for a customer that signs. With ``csm`` (``cost_amount``, ``capacity_h``)
        hours have a price.
    effect : float
        Share of the departures prevented (0-1).
    rules : Rules, optional
        The default ones where not given.
    by : str, optional
        A column of ``accounts`` whose groups have a chain each; ``segment``, if there is one, where not given. Empty:
        one chain for all.
    horizon : int
        Months from signing that count.
    gross_margin, discount : float
        Share of the revenue that is left; a year's discount.
    futures : int
        How many the truth is averaged over.

    Returns
    -------
    DataFrame
        A row a phase: ``phase``; ``estimate``, ``low``, ``high`` (gain of lifetime value a deal, currency; no limits
        where nobody has left from the phase); ``visits`` (cases a deal); ``hours`` (a deal; missing where the rules
        name none); ``per_hour``, ``per_hour_low``, ``per_hour_high``; ``per_yen``, ``per_yen_low``, ``per_yen_high``
        (of the cost of these hours); ``truth``, ``truth_per_hour``, ``truth_per_yen`` (missing where nobody knows
        them, as under rules that tell other phases than the shipped ones); ``n`` (customers), ``method``.
        ``attrs``: ``effect``, ``horizon``, ``won`` (share of the deals), ``hour_amount``, ``as_of``, ``currency``.

    Raises
    ------
    NotReady
        Where a phase cannot be told, or nobody has been followed from one month to the next.
    UsageError
        For an effect outside 0-1, or terms that make no sense.

    Source: Kemeny and Snell 1960 (grade A) for the chain; what a case takes is a convention of the rules (grade S).

    >>> import cslab
    >>> found = experiment(cslab.load("synthetic:tiny"), futures=2)
    >>> found["phase"].tolist(), bool((found["estimate"] >= 0).all())
    (['evaluation', 'purchase', 'onboarding', 'adoption', 'renewal'], True)
    """
    import pandas as pd

    known, trial = rules or shipped_rules(), Trial(effect, Terms(gross_margin, discount, horizon))
    counts = fitted_counts(book, known, horizon, by)
    phases = [name for name in known.phases if name in {state.phase for state in counts.states}]
    before = [name for name, phase in known.phases.items() if name == EVALUATION and phase.prospects]
    phases = [*before, *phases] if counts.deals else phases
    (gain, a_case), (error, case_error) = counts.estimated(lambda fitted: trial.results(fitted, phases))
    case = np.array([known.phases[name].hours_per_case or np.nan for name in phases])
    error[gain == 0] = case_error[gain == 0] = np.nan  # nobody left: how sure that is, no chain can tell
    found = pd.DataFrame({"phase": phases, **_with_limits("", gain, error)})
    found["visits"] = trial.cases(counts.fitted(), phases)
    found["hours"] = found["visits"] * case
    found = found.assign(**_with_limits("per_hour", a_case / case, case_error / case))
    won, hour = counts.fitted().won, _hour(book)
    for ending in ("", "_low", "_high"):
        found[f"per_yen{ending}"] = found[f"per_hour{ending}"] / hour
    truth = book.truth if known.tells_like(shipped_rules()) else None  # the simulator's phases are those of these rules
    found["truth"] = trial.true_gains(truth, phases, won, futures)
    found["truth_per_hour"] = found["truth"] / found["hours"]
    found["truth_per_yen"] = found["truth_per_hour"] / hour
    found.attrs = {**known.described(book.as_of), "currency": book.currency}
    found.attrs.update(effect=effect, horizon=horizon, won=won, hour_amount=hour)
    return found.assign(n=counts.customers, method=METHOD)


def fitted_counts(book: Book, rules: Rules, horizon: int, by: str | None = None, memory: bool = True) -> Counted:
    """The counts behind a chain of phases: only of the months of tenure that its value will count.

    Parameters
    ----------
    book, rules, horizon, by
        As for :func:`experiment`.
    memory : bool
        Whether those who are in a phase longer than its target are counted apart.

    Returns
    -------
    Counted

    >>> import cslab
    >>> from cslab.measure import lifecycle
    >>> counts = fitted_counts(cslab.load("synthetic:tiny"), lifecycle.rules(), horizon=36)
    >>> sorted({state.group for state in counts.states})
    ['enterprise', 'mid', 'smb']
    """
    book.require("mrr")
    column = by if by is not None else "segment" if book.has("accounts.segment") else ""
    group = None
    if column:
        book.require(f"accounts.{column}")
        group = book.accounts.set_index("account_id")[column].astype(object)
    return counted(book, rules, panel(book, rules), group, memory, horizon)


def _with_limits(name: str, estimate: Floats, error: Floats) -> dict[str, Floats]:
    """The columns of an estimate with its limits."""
    limits = {"": estimate, "low": estimate - Z95 * error, "high": estimate + Z95 * error}
    return {"_".join(filter(None, (name, ending))) or "estimate": value for ending, value in limits.items()}


def _hour(book: Book) -> float:
    """What an hour of customer success costs, if the book knows it."""
    return capacity.hour_amount(book) if book.has("csm.cost_amount", "csm.capacity_h") else np.nan
