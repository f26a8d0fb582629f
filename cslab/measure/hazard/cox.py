"""Cox's proportional hazards: what goes with leaving sooner, whatever the rhythm at which everybody leaves.

Compared are customers of one stratum in the same month of life. In a book of contracts the term makes the rhythm, so
the term belongs into ``strata``: without it, whoever signed for long looks as if it were loyal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.hazard.design import Coding, Design, design
from cslab.measure.hazard.enough import few
from cslab.measure.hazard.partial import Rows
from cslab.measure.hazard.slopes import Found, fitted
from cslab.measure.hazard.strata import Strata, accounts, named, stratified

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Levels = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class CoxFit:
    """A fitted Cox model.

    Parameters
    ----------
    table : DataFrame
        A row a column of the model: ``name``, ``level``, ``reference``, ``estimate`` (logarithm of the hazard ratio, of
        one unit of a number), ``low``, ``high``, ``std_error``, ``ratio``, ``ratio_low``, ``ratio_high``, ``spread``
        (of the number; 1 for a level), ``n`` (accounts), ``events``, ``method``.
    slopes, covariance : ndarray of float
        Of the scaled columns.
    loglik : tuple of float
        Of the partial likelihood with no slopes, and with these.
    coding : Coding
        What each column means.
    baseline : DataFrame
        ``stratum``, ``time``, ``step``: what the cumulative hazard of the mean customer rises by (Efron).
    strata : tuple of str
        Columns within which customers are compared.
    levels : tuple
        The values of each stratum, in the order of ``baseline["stratum"]``.
    rows, set_aside : int
        Rows that were used, and rows left out for a missing cell.
    followed : ndarray of float, shape (strata,)
        How long anybody of each stratum was watched.
    changing : bool
        Whether covariates change with time.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 3, 4], "event": True, "visits": [2.0, 1.0, 3.0, 0.0]})
    >>> fit = cox(seen, ["visits"])
    >>> fit.table["ratio"].round(2).tolist(), fit.changing
    ([1.41], False)
    """

    table: pd.DataFrame
    slopes: Floats
    covariance: Floats
    loglik: tuple[float, float]
    coding: Coding
    baseline: pd.DataFrame
    strata: tuple[str, ...]
    levels: Levels
    rows: int
    set_aside: int
    followed: Floats
    changing: bool = False

    @property
    def notes(self) -> tuple[Note, ...]:
        """What limits are worth, and where nobody left, for showing."""
        left = {*self.baseline["stratum"]}
        still = [self._named(one) for one in range(len(self.levels)) if one not in left]
        told = [Note("cox_nobody_left", {"strata": ", ".join(still)})] if still else []
        return (*few(int(self.table["events"].iloc[0]), len(self.slopes)), *told)

    def log_ratio(self, frame: pd.DataFrame) -> Floats:
        """How much more than the mean customer each is at risk, as the logarithm of the hazard ratio.

        Parameters
        ----------
        frame : DataFrame
            With the covariates.

        Returns
        -------
        ndarray of float, shape (rows,)
            Missing where a covariate is.

        Raises
        ------
        UsageError
            For columns that are not there, and words unseen when the model was made.

        >>> import pandas as pd
        >>> seen = pd.DataFrame({"duration": [1, 2, 3, 4], "event": True, "visits": [2.0, 1.0, 3.0, 0.0]})
        >>> cox(seen, ["visits"]).log_ratio(seen).round(2).tolist()
        [0.17, -0.17, 0.51, -0.51]
        """
        return np.asarray(self.coding.matrix(frame) @ self.slopes)

    def survival(self, frame: pd.DataFrame, times: Sequence[float]) -> pd.DataFrame:
        """The chance that each customer is still one at some times, from the beginning on.

        Parameters
        ----------
        frame : DataFrame
            With the covariates, and the strata.
        times : sequence of float

        Returns
        -------
        DataFrame
            A row a customer, a column a time.

        Raises
        ------
        NotReady
            Where covariates change with time: nobody knows them ahead.
        UsageError
            As ``log_ratio``; for a stratum that was not there, or a time up to which nobody of a stratum was watched.
            Where nobody of a stratum left (see ``notes``), all stay.

        >>> import pandas as pd
        >>> seen = pd.DataFrame({"duration": [1, 2, 3, 4], "event": True, "visits": [2.0, 1.0, 3.0, 0.0]})
        >>> cox(seen, ["visits"]).survival(seen.head(1), [0, 2]).round(2).values.tolist()
        [[1.0, 0.52]]
        """
        import pandas as pd

        if self.changing:
            names = ", ".join(dict.fromkeys(one.name for one in self.coding.covariates))
            raise NotReady(Fault("cox.ahead", {"names": names}))
        place, risk = self._places(frame), np.exp(self.log_ratio(frame))
        self._check_watched(place, max(times, default=0))
        steps = [self.baseline[self.baseline["stratum"] == one] for one in range(len(self.levels))]
        total = np.array([[one.loc[one["time"] <= time, "step"].sum() for time in times] for one in steps])
        return pd.DataFrame(np.exp(-total[place] * risk[:, None]), frame.index, list(times))

    def _check_watched(self, place: NDArray[np.intp], horizon: float) -> None:
        """Refuse a time up to which nobody was watched, naming every stratum of the rows that ends before it."""
        short = [one for one in np.unique(place) if self.followed[one] < horizon]
        key = "beyond_follow_up_group" if self.strata else "beyond_follow_up"
        if short:
            ends = [{"group": self._named(one), "horizon": horizon, "last": self.followed[one]} for one in short]
            raise UsageError(*(Fault(key, one) for one in ends))

    def _named(self, stratum: int) -> str:
        """A stratum in words."""
        return ", ".join(f"{name} = {value}" for name, value in zip(self.strata, self.levels[stratum], strict=True))

    def _places(self, frame: pd.DataFrame) -> NDArray[np.intp]:
        """The stratum of each row, among those of the model."""
        place, values = stratified(frame, self.strata)
        known = {one: number for number, one in enumerate(self.levels)}
        if new := [one for one in values if one not in known]:
            shown = {"columns": ", ".join(self.strata), "values": new, "known": list(self.levels)}
            raise UsageError(Fault("cox.stratum", shown))
        return np.array([known[one] for one in values])[place]


def cox(
    frame: pd.DataFrame, covariates: Sequence[str], strata: Strata = None, cluster: str | None = "account_id"
) -> CoxFit:
    """Fit Cox's model to customers seen from an entry to an exit, months tied or not.

    Parameters
    ----------
    frame : DataFrame
        ``duration``, ``event``, for those seen late ``entry``, and the covariates, as ``durations(book)`` makes them.
    covariates : sequence of str
        Columns, or ``log(column)``. Rows that lack one are left out and counted.
    strata : str or sequence of str, optional
        Columns within whose values customers are compared, such as ``"term_months"``.
    cluster : str, optional
        Rows of one value of it go together when errors are made; None, or a column that is not there: each for itself.

    Returns
    -------
    CoxFit

    Raises
    ------
    UsageError
        For rows that cannot be counted, when nobody or only one left, or no more than there are slopes, for covariates
        that tell nothing or tell who left with certainty, and where no slopes fit best: naming the columns, all at
        once.

    Source: Cox (1972), JRSS B 34:187; ties as Efron (1977); errors by the influence of each account, Lin and Wei
    (1989), JASA 84:1074, grade A. By hand, on summed risk sets: for a million customers, a third of whom
    entered late, lifelines takes more than a minute.

    >>> import cslab
    >>> from cslab.measure.survival import durations
    >>> seen = durations(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> cox(seen, ["trial_usage"], strata="term_months").table["name"].tolist()
    ['trial_usage']
    """
    from cslab.measure.risk import checked

    entry, stop, event = checked(frame)
    made = _covariates(frame, covariates)
    kept = made.kept
    place, levels = stratified(frame, named(strata))
    rows = Rows(entry[kept], stop[kept], event[kept], place[kept])
    found = fitted(rows, made, _clusters(frame, cluster, kept))
    facts = named(strata), levels, rows.last(len(levels))
    return as_fit(found, made, facts, accounts(frame, kept))


def as_fit(
    found: Found, made: Design, compared: tuple[tuple[str, ...], Levels, Floats], n: int, changing: bool = False
) -> CoxFit:
    """Slopes with the names of their columns, and the baseline that goes with them.

    Parameters
    ----------
    found : Found
    made : Design
    compared : tuple
        The columns of the strata, the values of each, and how long anybody of it was watched.
    n : int
        Accounts.
    changing : bool
        Whether covariates change with time.

    Returns
    -------
    CoxFit

    >>> import pandas as pd
    >>> rows = Rows(np.zeros(4), np.arange(1.0, 5.0), np.ones(4, bool), np.zeros(4, int))
    >>> made = design(pd.DataFrame({"visits": [2.0, 1.0, 3.0, 0.0]}), ["visits"])
    >>> as_fit(fitted(rows, made, None), made, ((), ((),), rows.last(1)), 4).baseline["step"].round(2).tolist()
    [0.23, 0.32, 0.44, 1.67]
    """
    import pandas as pd

    table = made.coding.table(found.slopes, found.covariance, n=n, events=found.events, method=found.method)
    steps = found.moments.summed(1 / found.moments.turns[1])
    baseline = pd.DataFrame({"stratum": found.cells.stratum, "time": found.cells.time, "step": steps})
    kept = int(made.kept.sum())
    strata, levels, followed = compared
    facts = (baseline, strata, levels, kept, len(made.kept) - kept, followed, changing)
    return CoxFit(table, found.slopes, found.covariance, found.loglik, made.coding, *facts)


def _covariates(frame: pd.DataFrame, covariates: Sequence[str]) -> Design:
    """The matrix of the covariates; refused where there is none."""
    if not covariates:
        raise UsageError(Fault("cox.no_covariate"))
    return design(frame, covariates)


def _clusters(frame: pd.DataFrame, cluster: str | None, kept: NDArray[np.bool_]) -> NDArray[np.intp] | None:
    """The cluster of each row that is kept; each row its own, where the frame does not say."""
    import pandas as pd

    if cluster is None:
        return None
    if cluster not in frame:
        return np.arange(int(kept.sum()))
    return pd.factorize(frame.loc[kept, cluster])[0]
