"""A fitted hazard: what moves it, what the contract clock alone does, and the chances it gives to account-months."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.clusters import summed
from cslab.measure.estimate import Z95, Estimate, normal, ratio
from cslab.measure.hazard.links import LINKS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Note
    from cslab.measure.hazard import links
    from cslab.measure.hazard.baseline import Baseline, Clock
    from cslab.measure.hazard.design import Coding
    from cslab.measure.hazard.months import PersonMonths

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Fitted:
    """A fitted hazard.

    Parameters
    ----------
    link : str
    clock : Baseline
    coding : Coding
        What the covariates' columns mean.
    slopes : ndarray of float, shape (columns,)
        Of the baseline's columns, then of the covariates', which are centred and scaled.
    covariance : ndarray of float, shape (columns, columns)
        Clustered by account.
    n, rows, events : int
        Accounts, account-months and departures it rests on.
    missing : dict of str to int
        Cells that the covariates lack.
    as_of : Timestamp
        The last day that is known.
    notes : tuple of Note
        What was assumed and left out.

    >>> import cslab
    >>> from cslab.measure import hazard
    >>> fitted = hazard.fit(hazard.person_months(cslab.load("synthetic:tiny?accounts=300")), ["segment"])
    >>> bool(fitted.events == fitted.baseline["events"].sum())
    True
    """

    link: links.Name
    clock: Baseline
    coding: Coding
    slopes: Floats
    covariance: Floats
    n: int
    rows: int
    events: int
    missing: dict[str, int]
    as_of: pd.Timestamp
    notes: tuple[Note, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """What each covariate does to the odds of leaving (logit) or to the hazard (cloglog).

        Returns
        -------
        DataFrame
            As ``Coding.table``: ``name``, ``level``, ``reference``, ``estimate`` (log odds ratio or log hazard ratio),
            ``low``, ``high``, ``std_error``, ``ratio`` with its limits, ``spread``, ``n``, ``events``, ``method``;
            ``attrs`` holds ``as_of``, ``rows`` and ``baseline``.

        >>> import cslab
        >>> from cslab.measure import hazard
        >>> fitted = hazard.fit(hazard.person_months(cslab.load("synthetic:tiny?accounts=300")), ["log(mrr0_amount)"])
        >>> fitted.table[["name", "method"]].values.tolist()
        [['log(mrr0_amount)', 'hazard_logit']]
        """
        own = slice(self.clock.columns, None)
        facts = {"n": self.n, "events": self.events, "method": self._method}
        table = self.coding.table(self.slopes[own], self.covariance[own, own], **facts)
        table.attrs.update(as_of=self.as_of, rows=self.rows, baseline=self.clock.kind)
        return table

    @property
    def baseline(self) -> pd.DataFrame:
        """The chance of leaving in a month, for a customer with average numbers and the reference level of each word.

        Returns
        -------
        DataFrame
            ``due``, ``term`` (months, as text; empty where nothing is due), ``estimate`` (0-1), ``low``, ``high``,
            ``n`` (account-months), ``events``: a row for each kind of month of the renewal baseline, none otherwise
            (see ``path``).

        >>> import cslab
        >>> from cslab.measure import hazard
        >>> fitted = hazard.fit(hazard.person_months(cslab.load("synthetic:tiny?accounts=300")), ["segment"])
        >>> fitted.baseline["term"].tolist()
        ['', '1', '12', '24-36']
        """
        import pandas as pd

        cells = [(cell.due, cell.name, cell.n, cell.events) for cell in self.clock.cells]
        frame = pd.DataFrame(cells, columns=["due", "term", "n", "events"])
        return frame.assign(**self._chances(np.eye(len(cells), self.clock.columns)))

    def path(self, term: int, months: int) -> pd.DataFrame:
        """The chance of leaving in each month of a contract's life, for an average customer.

        Parameters
        ----------
        term : int
            Months of its terms.
        months : int
            How far to look.

        Returns
        -------
        DataFrame
            ``tenure`` (1..months), ``estimate`` (0-1), ``low``, ``high``. 0 in kinds of months in which nobody has
            ever left.

        >>> import cslab
        >>> from cslab.measure import hazard
        >>> months = hazard.person_months(cslab.load("synthetic:tiny?accounts=300"))
        >>> path = hazard.fit(months, ["segment"]).path(12, 24)
        >>> path.nlargest(2, "estimate")["tenure"].tolist()
        [12, 24]
        """
        import pandas as pd

        tenure = np.arange(1, months + 1)
        rows = SimpleNamespace(tenure=tenure, term=np.full(months, term), due=tenure % max(term, 1) == 0)
        never, chances = self._never(rows), self._chances(self.clock.matrix(rows))
        return pd.DataFrame({"tenure": tenure, **{name: np.where(never, 0.0, one) for name, one in chances.items()}})

    def coefficient(self, name: str, level: str = "") -> Estimate:
        """One line of the table.

        Parameters
        ----------
        name : str
            The covariate.
        level : str
            Its level, for words.

        Returns
        -------
        Estimate

        Raises
        ------
        UsageError
            For what the model does not hold.

        >>> import cslab
        >>> from cslab.measure import hazard
        >>> fitted = hazard.fit(hazard.person_months(cslab.load("synthetic:tiny?accounts=300")), ["log(mrr0_amount)"])
        >>> fitted.coefficient("log(mrr0_amount)").method
        'hazard_logit'
        """
        table = self.table
        found = table[(table["name"] == name) & (table["level"] == level)]
        if found.empty:
            known = [f"{one}={part}" if part else one for one, part in self.coding.columns]
            asked = f"{name}={level}" if level else name
            near = nearest(asked, known)
            raise UsageError(Fault("hazard.no_coefficient", {"name": asked, "near": near, "known": ", ".join(known)}))
        row = found.iloc[0]
        return normal(row["estimate"], row["std_error"], self.n, self._method)

    def chance(self, rows: PersonMonths) -> Floats:
        """The chance of leaving in each of some rows, which have to be there: nothing is carried forward.

        Parameters
        ----------
        rows : PersonMonths

        Returns
        -------
        ndarray of float, shape (rows,)
            0-1; missing (NaN) where a covariate is, 0 in kinds of months in which nobody has ever left.

        Raises
        ------
        UsageError
            Naming columns that are not there and words that were not there when the model was made.

        >>> import cslab
        >>> from cslab.measure import hazard
        >>> months = hazard.person_months(cslab.load("synthetic:tiny?accounts=300"))
        >>> chance = hazard.fit(months, ["segment"]).chance(months)
        >>> bool(abs(chance.sum() - months.event.sum()) < 1e-6)
        True
        """
        score = self.coding.matrix(rows) @ self.slopes[self.clock.columns :]
        score += self.clock.matrix(rows) @ self.slopes[: self.clock.columns]
        return np.where(self._never(rows) & ~np.isnan(score), 0.0, LINKS[self.link].chance(score))

    def log_loss(self, rows: PersonMonths) -> Estimate:
        """How badly the model told what happened in some rows: mean of minus the log of the chance it gave to that.

        Parameters
        ----------
        rows : PersonMonths
            Better of accounts that the model has not seen; rows in which a covariate is missing are left out.

        Returns
        -------
        Estimate
            The smaller the better; limits count accounts. Infinite where somebody left in a kind of month in which
            nobody ever had.

        >>> import cslab
        >>> from cslab.measure import hazard
        >>> months = hazard.person_months(cslab.load("synthetic:tiny?accounts=300"))
        >>> smooth, clock = (hazard.fit(months, ["segment"], baseline=one) for one in ("tenure", "renewal"))
        >>> float(clock.log_loss(months)) < float(smooth.log_loss(months))
        True
        """
        chance = self.chance(rows)
        told = ~np.isnan(chance)
        with np.errstate(divide="ignore"):
            loss = -np.log(np.where(rows.event, chance, 1 - chance)[told])
        _, place = np.unique(rows.account[told], return_inverse=True)
        return ratio(summed(place, loss), summed(place, np.ones(len(place))), "log_loss")

    @property
    def _method(self) -> str:
        """How the slopes were made."""
        return f"hazard_{self.link}"

    def _never(self, rows: Clock) -> Flags:
        """Which rows are of a kind in which nobody has ever left."""
        if self.clock.kind != "renewal":
            return np.zeros(len(rows.tenure), bool)
        return np.asarray(self.clock.place(rows) < 0)

    def _chances(self, matrix: Floats) -> dict[str, Floats]:
        """Chances with their limits for rows of the baseline's matrix."""
        own = slice(None, self.clock.columns)
        score = matrix @ self.slopes[own]
        error = np.sqrt(np.einsum("rc,cd,rd->r", matrix, self.covariance[own, own], matrix))
        chance = LINKS[self.link].chance
        return {
            "estimate": chance(score),
            "low": chance(score - Z95 * error),
            "high": chance(score + Z95 * error),
        }
