"""A target trial: who could take part, from when on, in which arm, followed how long, and what counts.

The arm is read on one day soon after time zero, whoever has left by then is in none, so waiting time is credited to
nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.effect.assigned import TIER, by_lot, called, once, order
from cslab.measure.effect.covariates import chosen, complete
from cslab.measure.effect.listed import as_numbers, held, refuse_own
from cslab.measure.effect.outcomes import SURVIVAL, Money, known, outcome_of
from cslab.measure.effect.recruited import Sieve, recruited
from cslab.measure.effect.result import Said
from cslab.measure.effect.sense import require_sense
from cslab.measure.effect.start import TIMES
from cslab.measure.effect.tried import NotComparable

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

GRACE = 45
"""Days after time zero on which the arm is read: a CSM who takes a customer on more closely does so within a month."""

HORIZON = 24


@dataclass(frozen=True)
class Trial:
    """The customers of a trial: a row each, with arm, outcome and what was known of them at time zero.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``arm``, ``outcome``, the covariates; of a book's trial ``since`` (time zero), of an outcome in
        time ``duration`` (months) and ``event`` too. One row an account. A book's amounts stand here as logarithms.
    arms : tuple of str
        Those that there are, from the least touch to the most.
    covariates : tuple of str
        What is adjusted for.
    outcome : str
        Of ``OUTCOMES``, or a column of one's own.
    estimand, population : Said
        What is compared, without the arms, and of whom.
    cluster : str
        A column of the rows: rows of one value go together. Empty: each account for itself.
    horizon : int
        Months; 0 of a list without dates.
    left_out : mapping of str to int
        Who is not in it, by reason.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"plan": ["a", "b"], "stayed": [1, 0], "size": [3.0, 4.0]})
    >>> of_frame(rows, "plan", "stayed", ["size"]).arms
    ('a', 'b')
    """

    rows: pd.DataFrame
    arms: tuple[str, ...]
    covariates: tuple[str, ...]
    outcome: str
    estimand: Said
    population: Said
    cluster: str = ""
    horizon: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def survival(self) -> bool:
        """Whether the outcome is a time that may not be over."""
        return self.outcome == SURVIVAL

    @property
    def counts(self) -> pd.DataFrame:
        """Customers and mean outcome of each arm: ``arm``, ``customers``, ``mean``."""
        found = self.rows.groupby("arm", observed=True)["outcome"].agg(customers="size", mean="mean")
        return found.reindex([*self.arms]).reset_index()

    def among(self, which: Any, reason: str = "not_eligible") -> Trial:
        """Some of the rows; the others are left out and counted.

        Parameters
        ----------
        which : ndarray of bool, shape (rows,), or str
            A mask, or a condition on the columns of ``rows``.
        reason : str
            Why the others are left out.

        Raises
        ------
        UsageError
            For a condition that cannot be read.

        >>> import pandas as pd
        >>> trial = of_frame(pd.DataFrame({"arm": ["a", "b"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])
        >>> trial.among("x < 2").rows["arm"].tolist()
        ['a']
        """
        mask = held(self.rows, which, "effect.rows_condition") if isinstance(which, str) else np.asarray(which, bool)
        out = {**self.left_out, reason: self.left_out.get(reason, 0) + int((~mask).sum())}
        rows = self.rows[mask].reset_index(drop=True)
        said = replace(self.population, values={**self.population.values, "n": len(rows)})
        return replace(self, rows=rows, arms=order(rows["arm"]), left_out=out, population=said)

    def between(self, arm: str, against: str) -> Trial:
        """The rows of two arms.

        Parameters
        ----------
        arm, against : str

        Raises
        ------
        UsageError
            For an arm that nobody is in.

        >>> import pandas as pd
        >>> trial = of_frame(pd.DataFrame({"arm": [*"abc"], "y": [1, 0, 1], "x": [1, 2, 3]}), "arm", "y", ["x"])
        >>> trial.between("c", "a").arms
        ('a', 'c')
        """
        return self.among(self.rows["arm"].isin(self.pair((arm, against))), "other_arm")

    def pair(self, arms: tuple[str, str] | None) -> tuple[str, str]:
        """Two arms to compare: those named, or the last against the first where there are just two.

        Parameters
        ----------
        arms : tuple of str, or None
            Which, and against which; flags and whole numbers as the list has them.

        Raises
        ------
        UsageError
            For an arm that nobody is in, one arm twice, or where it has to be said which of several.

        >>> import pandas as pd
        >>> trial = of_frame(pd.DataFrame({"arm": [*"ab"], "y": [1, 0], "x": [1, 2]}), "arm", "y", ["x"])
        >>> trial.pair(None)
        ('b', 'a')
        """
        if arms is None and len(self.arms) == 2:
            return self.arms[1], self.arms[0]
        if arms is None and len(self.arms) == 1:
            raise NotComparable(Fault("effect.one_arm", {"arm": self.arms[0], "n": len(self.rows)}))
        asked = tuple(map(called, arms or ()))
        there = ", ".join(f"{arm} {count:,}" for arm, count in self.rows["arm"].value_counts().items())
        if len({*asked}) != 2:
            raise UsageError(Fault("effect.two_arms", {"asked": ", ".join(asked) or "-", "there": there or "-"}))
        if empty := [one for one in asked if one not in self.arms]:
            raise NotComparable(*(Fault("effect.empty_arm", {"arm": one, "there": there or "-"}) for one in empty))
        return asked[0], asked[1]


def trial(
    book: Book,
    strategies: str | pd.DataFrame = TIER,
    eligible: str | pd.DataFrame | Collection[str] | None = None,
    time_zero: str | pd.Timestamp = "signing",
    grace: int = GRACE,
    horizon: int = HORIZON,
    outcome: str = "retained",
    covariates: Sequence[str] | None = None,
    extra: pd.DataFrame | None = None,
    money: Money | None = None,
    cluster: str = "",
) -> Trial:
    """Set up the trial that one would have liked to run, out of what a company has on record.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``; the rest says what it needs.
    strategies : str or DataFrame
        What is compared: ``"tier"``, ``"programme:NAME"`` (enrolled or not), ``"invited:NAME"``, or ``account_id`` and
        ``arm``.
    eligible : str, DataFrame or collection of str, optional
        A condition on what was known at time zero, such as ``"mrr0_amount < 80000"``, or accounts.
    time_zero : str or date
        ``"signing"``, ``"eligible"`` (when the programme's turn came), or a day for all who are customers then.
    grace : int
        Days after time zero on which the arm is read. Who has left by then is in no arm: left out, and counted. Not of
        a frame, which says the arm itself; and of ``invited``, whose lot had fallen, nobody is left out for leaving.
    horizon : int
        Months from time zero over which the outcome counts.
    outcome : str
        ``"retained"`` (1: still a customer), ``"value"`` (gross margin), ``"net_value"`` (less the cost of the arm's
        hours), ``"survival"`` (months, cut at the horizon).
    covariates : sequence of str, optional
        What to adjust for, as known at time zero: columns of ``accounts``, ``term_months``, ``tenure``, signals,
        columns of ``extra``. None: everything that is known of everybody at signing.
    extra : DataFrame, optional
        ``account_id`` and columns of one's own that were known at time zero.
    money : Money, optional
        The terms of an outcome in money.
    cluster : str
        One of the covariates' names: rows of one value go together in the error.

    Returns
    -------
    Trial
        Late starters whose outcome is not known yet are left out and counted; of ``"survival"`` they stay, followed to
        the last day.

    Raises
    ------
    UsageError
        For a word, number or condition that cannot be used; accounts that stand twice; nobody left to compare.
    NotReady
        For columns that the book does not have.

    Source: Hernán and Robins (2016), American Journal of Epidemiology 183:758, grade A.

    >>> import cslab
    >>> found = trial(cslab.load("synthetic:tiny"), horizon=12, covariates=["segment"])
    >>> found.arms, list(found.rows)[:4]
    (('tech', 'mid', 'high'), ['account_id', 'since', 'arm', 'outcome'])
    """
    require_sense(time_zero, strategies, grace, horizon, outcome)
    grace = grace if isinstance(strategies, str) else 0
    sieve = recruited(book, strategies, eligible, time_zero, grace, extra)
    if outcome != SURVIVAL:
        sieve.keep(known(book, sieve.rows, horizon), "not_observed_yet")
    if sieve.rows.empty:
        raise NotReady(sieve.nobody(book.as_of))
    rows = sieve.rows
    became = outcome_of(book, rows, outcome, horizon, money or Money())
    names = complete(book, rows, extra) if covariates is None else [*dict.fromkeys(covariates)]
    told = chosen(book, rows, [*names, *([cluster] if cluster and cluster not in names else [])], extra)
    kind = time_zero if isinstance(time_zero, str) and time_zero in TIMES else "day"
    at_once = not grace or by_lot(strategies)
    key = f"population.{kind}_at_once" if at_once else f"population.{kind}"
    population = Said(key, {"n": len(rows), "grace": grace, "day": str(time_zero)[:10]})
    estimand = Said(f"estimand.{outcome}", {"horizon": horizon})
    rows = rows[["account_id", "since", "arm"]].join(became).join(told)
    return Trial(
        rows, order(rows["arm"]), tuple(names), outcome, estimand, population, cluster, horizon, dict(sieve.out)
    )


def of_frame(
    frame: pd.DataFrame, arm: str, outcome: str, covariates: Sequence[str], account: str = "", cluster: str = ""
) -> Trial:
    """A trial out of a list: each row somebody with an arm and an outcome.

    Parameters
    ----------
    frame : DataFrame
    arm, outcome : str
        Columns; the outcome a number or a flag.
    covariates : sequence of str
        Columns that were known before.
    account : str
        The column that names the rows; empty: each is somebody else.
    cluster : str
        A column: rows of one value go together in the error.

    Returns
    -------
    Trial
        Rows without an arm or an outcome are left out and counted.

    Raises
    ------
    UsageError
        Naming columns that are not there, and names that stand twice; for an outcome that is no number, and covariates
        called like a column that every trial has.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"treated": [1, 0, 0], "earnings": [9.0, 7.0, None], "age": [20, 30, 40]})
    >>> found = of_frame(seen, "treated", "earnings", ["age"])
    >>> found.arms, found.left_out["not_observed_yet"]
    (('0', '1'), 1)
    """
    asked = [name for name in (arm, outcome, *covariates, account, cluster) if name]
    if absent := [name for name in asked if name not in frame]:
        there = ", ".join(str(name) for name in frame)
        raise UsageError(*(Fault("effect.frame_lacks", {"name": name, "known": there}) for name in absent))
    refuse_own([*covariates, cluster])
    ids = frame[account].astype(str) if account else frame.index.astype(str)
    rows = frame[[*dict.fromkeys(covariates)]].copy()
    if cluster and cluster not in rows:
        rows[cluster] = frame[cluster]
    rows.insert(0, "account_id", np.asarray(ids))
    rows.insert(1, "arm", frame[arm].astype(object).map(called, na_action="ignore"))
    rows.insert(2, "outcome", as_numbers(frame, outcome))
    sieve = Sieve(rows.reset_index(drop=True), {})
    sieve.keep(sieve.rows["arm"].notna().to_numpy(bool), "no_arm")
    sieve.keep(sieve.rows["outcome"].notna().to_numpy(bool), "not_observed_yet")
    kept = sieve.rows.assign(arm=sieve.rows["arm"].astype(str))
    once(kept)
    said = Said("estimand.outcome", {"outcome": outcome}), Said("population.frame", {"n": len(kept)})
    return Trial(kept, order(kept["arm"]), tuple(dict.fromkeys(covariates)), outcome, *said, cluster, 0, sieve.out)
