"""Why a chain and the truth differ: who is saved is not like those who stay, and whoever stays has a past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.book.supposition import AS_IT_IS
from cslab.measure.lifecycle.focus.counts import Counted
from cslab.measure.lifecycle.focus.experiment import fitted_counts
from cslab.measure.lifecycle.focus.trial import Trial
from cslab.measure.lifecycle.monthly import panel
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.lifecycle.phases import Rules

    Floats = NDArray[np.float64]


def entrants(
    book: Book,
    effect: float = 0.2,
    rules: Rules | None = None,
    horizon: int = 36,
    gross_margin: float = 0.8,
    discount: float = 0.10,
    futures: int = 16,
) -> pd.DataFrame:
    """The gain of help in each phase by three chains, from blunt to careful, beside the truth; and who leaves.

    One chain for all takes whoever is saved for an average customer. A chain for each segment knows that small
    customers leave more. A chain that also remembers who is stuck knows that they move on less. The truth knows of each
    customer saved that it was about to leave: weaker than the others of its segment, and soon at risk again.

    Parameters
    ----------
    book, effect, rules, horizon, gross_margin, discount, futures
        As for ``experiment``.

    Returns
    -------
    DataFrame
        A row a phase of customers: ``phase``; ``pooled``, ``by_segment``, ``remembered``, ``truth`` (gain of lifetime
        value for a customer that signs, currency); ``mrr_amount`` of all customer-months in the phase, and
        ``leaver_amount`` of those that were the last; ``leaving``, ``true_leaving`` (departures for a customer that
        signs); ``worth_amount``, ``true_worth_amount`` (gain for each departure prevented, by the careful chain and in
        truth); ``n`` (customers), ``method``. What nobody knows is missing.

    Raises
    ------
    NotReady, UsageError
        As for ``experiment``.

    >>> import cslab
    >>> found = entrants(cslab.load("synthetic:tiny"), futures=2)
    >>> found["phase"].tolist()
    ['purchase', 'onboarding', 'adoption', 'renewal']
    """
    import pandas as pd

    known, trial = rules or shipped_rules(), Trial(effect, Terms(gross_margin, discount, horizon))
    counts = {
        "pooled": fitted_counts(book, known, horizon, by="", memory=False),
        "by_segment": fitted_counts(book, known, horizon, memory=False),
        "remembered": fitted_counts(book, known, horizon),
    }
    careful = counts["remembered"]
    phases = [name for name in known.phases if name in {state.phase for state in careful.states}]
    won = careful.fitted().won
    found = pd.DataFrame(
        {"phase": phases} | {way: trial.gains(one.fitted(), phases) / won for way, one in counts.items()}
    )
    truth = book.truth if known.tells_like(shipped_rules()) else None  # the simulator's phases are those of these rules
    found["truth"] = trial.true_gains(truth, phases, 1.0, futures)
    found = found.join(_sizes(panel(book, known), known, horizon), on="phase")
    found["leaving"] = _leaving(careful, phases, horizon)
    found["true_leaving"] = np.nan
    if truth is not None:
        means = trial.supposed(truth, phases, futures).loc[AS_IT_IS]
        found["true_leaving"] = found["phase"].map(lambda phase: means.get(f"leaving_{phase}"))
    for gain, name in (("remembered", ""), ("truth", "true_")):
        found[f"{name}worth_amount"] = found[gain] / (effect * found[f"{name}leaving"])
    return found.assign(n=careful.customers, method="entrants")


def _sizes(panel: pd.DataFrame, rules: Rules, horizon: int) -> pd.DataFrame:
    """Mean MRR by phase, of all months and of those in which a customer left."""
    import pandas as pd

    months = panel[panel["tenure"] < horizon]
    last = months[months["next"].isin(rules.final)]
    means = {"mrr_amount": months, "leaver_amount": last}
    return pd.DataFrame(
        {name: rows.groupby("phase", observed=True)["mrr_amount"].mean() for name, rows in means.items()}
    )


def _leaving(counts: Counted, phases: list[str], horizon: int) -> Floats:
    """Departures from each phase within the horizon, for a customer that signs."""
    fitted = counts.fitted()
    months = fitted.begins @ fitted.chain.months(horizon).to_numpy()
    left = months * fitted.chain.fitted[:, -1]
    return np.array([left[[int(name) for name in fitted.of(phase)]].sum() for phase in phases])
