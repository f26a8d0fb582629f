"""What each customer and each deal adds to a chain of phases, so that limits count customers and not their months.

Two things keep the chain honest. Customers are counted group by group, since those who leave are not of the size of
those who stay; and who is in a phase for longer than its target is in another state, since who is stuck moves on less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure import pipeline
from cslab.measure.clusters import summed
from cslab.measure.multistate.chain import Chain
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.lifecycle.phases import Rules

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

GONE = "gone"
EVALUATION = "evaluation"
STEP = 1e-5
"""By what share of itself a count is moved, up and down, to see how a result follows."""


class State(NamedTuple):
    """One state of the chain: the group of customers, the phase, and whether they are there longer than its target."""

    group: str
    phase: str
    stuck: bool = False


@dataclass(frozen=True)
class Fitted:
    """A chain of states with what a month in each brings.

    Parameters
    ----------
    states : tuple of State
    chain : Chain
        By month, of states by place (``"0"``, ``"1"`` …); who leaves is gone.
    mrr : (S,) array
        Mean MRR of a month in each state.
    begins : (S,) array
        Share of the customers (0-1) in each state at signing.
    won : float
        Share of the deals (0-1) that are won.
    """

    states: tuple[State, ...]
    chain: Chain
    mrr: Floats
    begins: Floats
    won: float

    def of(self, phase: str) -> list[str]:
        """The names in the chain of the states of a phase.

        Parameters
        ----------
        phase : str

        >>> states = (State("smb", "use"), State("smb", "use", True), State("smb", "new"))
        >>> Fitted(states, Chain((), (), np.eye(0), np.zeros(0), np.zeros(0)), np.ones(3), np.ones(3), 1.0).of("use")
        ['0', '1']
        """
        return [str(place) for place, state in enumerate(self.states) if state.phase == phase]


@dataclass(frozen=True)
class Counted:
    """Moves, months, MRR and beginnings by state, and deals won and lost, of each customer and deal.

    Parameters
    ----------
    states : tuple of State
        S states that customers leave again.
    unit, column : ndarray of int
        Whose count a cell is, and which: S·(S+1) moves from state to state or away; then S months, S sums of MRR,
        S beginnings; deals won, deals lost.
    amount : ndarray of float
        Of the cell.
    customers, deals : int
        How many there are.

    >>> cells = np.array([[0, 0, 9], [0, 1, 1], [0, 2, 10], [0, 3, 50], [0, 4, 1], [1, 5, 1], [2, 6, 1]])
    >>> one = Counted((State("", "use"),), cells[:, 0], cells[:, 1], cells[:, 2].astype(float), 1, 2).fitted()
    >>> one.chain.fitted.tolist(), one.mrr.tolist(), one.begins.tolist(), one.won
    ([[0.9, 0.1]], [5.0], [1.0], 0.5)
    """

    states: tuple[State, ...]
    unit: Ints
    column: Ints
    amount: Floats
    customers: int
    deals: int

    @property
    def totals(self) -> Floats:
        """The sums of all cells, by column. For an example see ``fitted``."""
        size = len(self.states)
        return summed(self.column, self.amount, size * (size + 4) + 2)

    def fitted(self, totals: Floats | None = None) -> Fitted:
        """The chain of these counts.

        Parameters
        ----------
        totals : (K,) array, optional
            Other sums than those of the cells.

        >>> one = Counted((State("", "use"),), *np.array([[0, 0], [0, 4]]), np.array([2.0, 2.0]), 1, 0)
        >>> one.totals.tolist(), one.fitted().chain.fitted.tolist()
        ([2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0], [[1.0, 0.0]])
        """
        size, sums = len(self.states), self.totals if totals is None else totals
        moves, months, mrr, begins, (won, lost) = np.split(sums, np.cumsum([size * (size + 1), size, size, size]))
        moves = moves.reshape(size, size + 1)
        unseen = np.asarray(moves.sum(axis=1) == 0)  # states whose next month nobody has seen
        moves = np.where(unseen[:, None], np.eye(size, size + 1), moves)
        at_risk = moves.sum(axis=1)
        chain = Chain(tuple(map(str, range(size))), (GONE,), moves / at_risk[:, None], at_risk, np.zeros(size))
        share = won / (won + lost) if self.deals else 1.0
        return Fitted(self.states, chain, mrr / np.maximum(months, 1e-12), begins / begins.sum(), float(share))

    def estimated(self, function: Callable[[Fitted], Floats]) -> tuple[Floats, Floats]:
        """Results of the chain, and their standard errors with customers and deals as what varies.

        Parameters
        ----------
        function : callable
            From a fitted chain to an array.

        Returns
        -------
        array, array
            Of the shape that the function gives.

        Source: the delta method over independent units (infinitesimal jackknife; Efron 1982, grade A).

        >>> cells = [(who, 0, 1.0) for who in range(90)] + [(90 + who, 1, 1.0) for who in range(10)] + [(0, 4, 1.0)]
        >>> unit, column, amount = map(np.array, zip(*cells))
        >>> one = Counted((State("", "use"),), unit, column, amount, 100, 0)
        >>> [part.round(3).item() for part in one.estimated(lambda fitted: fitted.chain.fitted[:, 1])]
        [0.1, 0.03]
        """
        totals, found = self.totals, function(self.fitted())
        slopes = np.zeros((len(totals), found.size))
        for place in np.flatnonzero(totals):
            shift = np.zeros_like(totals)
            shift[place] = STEP * totals[place]
            above, below = (function(self.fitted(totals + sign * shift)) for sign in (1, -1))
            slopes[place] = ((above - below) / (2 * shift[place])).ravel()
        influence = [summed(self.unit, self.amount * slope[self.column]) for slope in slopes.T]
        return found, np.sqrt([(each**2).sum() for each in influence]).reshape(found.shape)


def counted(
    book: Book,
    rules: Rules,
    panel: pd.DataFrame,
    group: pd.Series | None = None,
    memory: bool = True,
    horizon: float = np.inf,
) -> Counted:
    """Count the months of a panel of phases, and the deals of the pipeline where the book has them.

    Parameters
    ----------
    book : Book
        With ``deals`` (and a phase ``evaluation``) the evaluation before the purchase counts too.
    rules : Rules
    panel : DataFrame
        As ``lifecycle.panel`` returns it under these rules.
    group : Series, optional
        The group of each account, by its id; all are of one where not given.
    memory : bool
        Whether those who are in a phase longer than its target are counted apart.
    horizon : float
        Only months of tenure below it count; of the last one, both who leaves at its end and who goes on.

    Returns
    -------
    Counted

    Raises
    ------
    NotReady
        Where no customer has been followed from its signing, or none from one month to the next.

    >>> import cslab
    >>> from cslab.measure import lifecycle
    >>> book = cslab.load("synthetic:tiny")
    >>> counts = counted(book, lifecycle.rules(), lifecycle.panel(book))
    >>> sorted({state.phase for state in counts.states})
    ['adoption', 'onboarding', 'purchase', 'renewal']
    """
    rows = panel[~panel["phase"].isin((EVALUATION, *rules.final)) & (panel["tenure"] <= horizon)]
    counts = (rows["tenure"] < horizon).to_numpy()
    if not counts.any():
        raise NotReady(Fault("focus.no_moves"))
    now, states = _states(rows, counts, rules, group, memory)
    account, ids = rows["account_id"].factorize()
    cells = _cells(rows, counts, np.asarray(account), now, len(states), rules)
    if not all(len(part[0]) for part in (cells[0], cells[3])):
        raise NotReady(Fault("focus.no_moves"))
    deals = _deals(book, len(ids), len(states) * (len(states) + 4)) if EVALUATION in rules.phases else []
    unit, column, amount = (np.concatenate(parts) for parts in zip(*cells, *deals, strict=True))
    customers = rows.loc[counts, "account_id"].nunique()
    return Counted(states, unit, column, amount, customers, sum(len(part[0]) for part in deals))


def _states(
    rows: pd.DataFrame, counts: Any, rules: Rules, group: pd.Series | None, memory: bool
) -> tuple[Ints, tuple[State, ...]]:
    """The state of each customer-month, and all that occur in months that count; -1 for a state that does not."""
    import pandas as pd

    stuck = _stuck(rows, rules) if memory else np.zeros(len(rows), dtype=bool)
    groups = np.full(len(rows), "") if group is None else rows["account_id"].map(group).fillna("").astype(str)
    labels = pd.MultiIndex.from_arrays([groups, rows["phase"].astype(str), stuck])
    place, found = labels.factorize(sort=True)
    occurs = np.bincount(place[counts], minlength=len(found)) > 0
    states = tuple(State(str(name), str(phase), bool(late)) for name, phase, late in found[occurs])
    return np.where(occurs, np.cumsum(occurs) - 1, -1)[place], states


def _stuck(rows: pd.DataFrame, rules: Rules) -> Any:
    """Who has been in the phase for longer than its target as the month begins."""
    phase, account = rows["phase"].astype(str), rows["account_id"]
    goes_on = (account == account.shift()) & (phase == phase.shift()) & (rows["tenure"] == rows["tenure"].shift() + 1)
    months = rows.groupby((~goes_on).cumsum()).cumcount()
    targets = {name: one.target_days for name, one in rules.phases.items() if one.target_days is not None}
    return (months * DAYS_A_MONTH > phase.map(targets)).to_numpy()


def _cells(
    rows: pd.DataFrame, counts: Any, account: Ints, now: Ints, size: int, rules: Rules
) -> list[tuple[Any, Any, Any]]:
    """Whose count each cell is, which column, how much: moves, months, MRR, beginnings."""
    tenure, left = rows["tenure"].to_numpy(), rows["next"].isin(rules.final).to_numpy()
    begins = np.flatnonzero(tenure == 0)
    follows = np.append((account[1:] == account[:-1]) & (tenure[1:] == tenure[:-1] + 1), False)[: len(now)]
    then = np.where(left, size, np.append(now[1:], 0)[: len(now)])
    moved = counts & (left | follows) & (then >= 0)
    first = size * (size + 1)
    mrr = rows["mrr_amount"].fillna(0.0).to_numpy(float)
    return [
        (account[moved], (now * (size + 1) + then)[moved], np.ones(int(moved.sum()))),
        (account[counts], (first + now)[counts], np.ones(int(counts.sum()))),
        (account[counts], (first + size + now)[counts], mrr[counts]),
        (account[begins], first + 2 * size + now[begins], np.ones(len(begins))),
    ]


def _deals(book: Book, customers: int, first: int) -> list[tuple[Any, Any, Any]]:
    """The cells of the deals that ended; none where there is no pipeline."""
    if not book.has(*pipeline.NEEDS):
        return []
    won = (pipeline.spells(book)["to"].dropna() == "purchase").to_numpy()
    return [(customers + np.arange(len(won)), first + 1 - won, np.ones(len(won)))]
