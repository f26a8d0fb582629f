"""What a customer will bring, said on the day it signs: from what is known then, learned from those who signed before.

A company that asks "is this the right customer?" has no usage, no ticket and no survey yet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Estimate
from cslab.measure.hazard.coding import Cells, Covariate, coded, read
from cslab.measure.hazard.design import Coding
from cslab.measure.onboarding.adjustment import least_squares
from cslab.measure.signed import AMOUNTS, COLUMNS, described
from cslab.measure.value.worth import HORIZON, customer_worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]

KNOWN = {**{name: f"log({name})" if name in AMOUNTS else name for name in COLUMNS}, "term_months": "term_months"}
"""What a company may know of a customer as it signs, and how the model takes it."""

LEAST_BEFORE, LEAST_AFTER = 10, 5
"""Customers to learn from, and to try it on, below which nothing can be said."""

SAME = 0.05
"""Months of margin: predictions that differ by less are one."""

SLOPE = "held_out_slope"
PENALTIES = 10.0 ** np.arange(0.0, 4.25, 0.25)


@dataclass(frozen=True)
class Signing:
    """Customers with what they were expected to bring when they signed, and what they brought.

    Parameters
    ----------
    rows : DataFrame
        As ``customer_worth``, with ``held_out`` (signed on ``since`` or later: nothing was learned from it),
        ``predicted_amount`` (margin to the horizon) and ``ratio`` (that over the cost of winning the customer).
    weights : DataFrame
        ``name``, ``level``, ``reference`` (the level it is compared with), ``spread`` (of a number), ``weight``: months
        of margin more, for a level or for one spread of a number. Shrunken on purpose, so no effects.
    slope : Estimate
        Of what those held out brought on what was expected, in months of first MRR: 1 where it came as predicted, 0
        where the prediction is worth nothing.
    since : Timestamp
        First day of signing held out.
    n_train, n_test : int
        Customers learned from; customers held out and followed to the horizon.
    notes : tuple of Note
        What could not be used, and why; how many taught it with what they brought later than ``since``.
    coding : Coding
        How columns become numbers.
    base : float
        Months of margin of a customer with average numbers and the levels that the others are compared with.

    >>> import cslab
    >>> found = at_signing(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> bool((found.rows.loc[found.rows["held_out"], "signed_on"] >= found.since).all())
    True
    """

    rows: pd.DataFrame
    weights: pd.DataFrame
    slope: Estimate
    since: pd.Timestamp
    n_train: int
    n_test: int
    notes: tuple[Note, ...]
    coding: Coding
    base: float

    def months(self, accounts: pd.DataFrame) -> Any:
        """Months of margin that customers can be expected to bring within the horizon, for each unit of first MRR.

        Parameters
        ----------
        accounts : DataFrame
            The columns of ``weights`` as they are known at signing, also of customers whom the book does not have.

        Returns
        -------
        ndarray of float, shape (accounts,)

        Raises
        ------
        UsageError
            Naming columns that are not there, and words that no customer of the book has.

        >>> import cslab
        >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
        >>> found = at_signing(book, columns=["trial_usage"])
        >>> found.months(book.accounts.head(3)).shape
        (3,)
        """
        return self.base + self.coding.matrix(accounts) @ self.weights["weight"].to_numpy()


def at_signing(
    book: Book,
    horizon: int = HORIZON,
    gross_margin: float = 0.8,
    discount: float = 0.10,
    columns: Sequence[str] = (),
    held_out: float = 1 / 3,
) -> Signing:
    """Learn from those who signed first what a customer brings; try it on those who signed after them.

    Learned is how many months of margin come of each unit of first MRR, so that large customers count no more than
    small ones. By day of signing, not by lot: whom we sign next year are next year's customers.

    Held out is who signs when, not what was known when: what the first ones brought counts to the end of the horizon,
    also past the day on which those held out begin to sign, and ``notes`` says of how many. So whatever befell both
    alike in those months helps the prediction. Learning only from those whose horizon was over by then would need
    records of twice the horizon, and more.

    Parameters
    ----------
    book : Book
        As for ``customer_worth``.
    horizon, gross_margin, discount
        As for ``customer_worth``.
    columns : sequence of str
        Of ``accounts``, or ``term_months`` of the first contract; ``log(column)`` for amounts. None: all of ``KNOWN``
        that tell customers apart.
    held_out : float
        Share of the customers followed to the horizon that are kept to try it on (0-1): those who signed last.

    Returns
    -------
    Signing

    Raises
    ------
    NotReady
        As ``customer_worth``, or with too few customers followed.
    UsageError
        For shares outside 0-1; naming columns given that are not there or tell nobody apart.

    Source: ridge regression, Hoerl and Kennard (1970), Technometrics 12:55, its penalty by leave-one-out (Golub, Heath
    and Wahba 1979, Technometrics 21:215), grade A.

    >>> import cslab
    >>> found = at_signing(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> found.n_train > found.n_test > 0
    True
    """
    if not 0 < held_out < 1:
        raise UsageError(Fault("not_a_rate", {"name": "held_out", "value": held_out}))
    rows = customer_worth(book, horizon, gross_margin, discount)
    since, n_train, n_test = _cut(rows, held_out)
    known = described(book, rows["account_id"])
    coding, notes = _coding(known, columns)
    matrix = coding.matrix(known)
    brought = (rows["value_amount"] / rows["mrr0_amount"]).to_numpy()
    early = (rows["followed"] & (rows["signed_on"] < since)).to_numpy()
    base, weights = _learned(matrix[early], brought[early])
    months = np.maximum(base + matrix @ weights, 0.0)
    late = rows["signed_on"] >= since
    rows = rows.assign(held_out=late, predicted_amount=months * rows["mrr0_amount"])
    rows["ratio"] = rows["predicted_amount"] / rows["cac_amount"]
    notes = (*notes, *_known_later(rows.loc[early, "signed_on"], since, horizon))
    tried = (rows["followed"] & late).to_numpy()
    slope = _slope(brought[tried], months[tried])
    return Signing(rows, _table(coding, weights), slope, since, n_train, n_test, notes, coding, base)


def _cut(rows: pd.DataFrame, held_out: float) -> tuple[pd.Timestamp, int, int]:
    """The first day of signing that is held out, and how many customers followed to the horizon lie on either side."""
    days = rows.loc[rows["followed"], "signed_on"]
    since = days.iloc[min(int(len(days) * (1 - held_out)), len(days) - 1)]
    before, after = int((days < since).sum()), int((days >= since).sum())
    if before < LEAST_BEFORE or after < LEAST_AFTER:
        values = {"count": len(days), "months": rows.attrs["horizon"], "least": LEAST_BEFORE + LEAST_AFTER}
        raise NotReady(Fault("signing_few", values))
    return since, before, after


def _known_later(signed: pd.Series, since: pd.Timestamp, horizon: int) -> tuple[Note, ...]:
    """How many of those learned from were not followed to the horizon yet as the first held out signed."""
    import pandas as pd

    over = signed + pd.DateOffset(months=horizon)
    if not (count := int((over > since).sum())):
        return ()
    values = {"count": count, "train": len(signed), "months": horizon, "since": since, "known": over.max()}
    return (Note("signing_known_later", values),)


def _coding(known: pd.DataFrame, columns: Sequence[str]) -> tuple[Coding, tuple[Note, ...]]:
    """How the columns become numbers: all that were asked for, or of those that there may be all that tell anything."""
    names = columns or [asked for name, asked in KNOWN.items() if name in known]
    every = np.ones(len(known), bool)
    found = {name: _covariate(read(known, name), every) for name in dict.fromkeys(names)}
    faults = {name: one for name, one in found.items() if isinstance(one, Fault)}
    used = tuple(one for one in found.values() if isinstance(one, Covariate))
    if faults and columns:
        raise UsageError(*faults.values())
    if not used:
        raise NotReady(Fault("signing_unknown", {"columns": ", ".join(KNOWN)}))
    notes = (Note("signing_unused", {"columns": ", ".join(faults)}),) if faults else ()
    return Coding(used), notes


def _covariate(cells: Cells | Fault, every: Any) -> Covariate | Fault:
    """A column that can be used, or why it cannot."""
    if isinstance(cells, Fault):
        return cells
    if cells.missing.all():
        return Fault("design.empty", {"name": cells.name})
    return coded(cells, every, True)


def _learned(matrix: Floats, brought: Floats) -> tuple[float, Floats]:
    """The average, and the weight of each column."""
    from sklearn.linear_model import RidgeCV

    fit = RidgeCV(alphas=PENALTIES).fit(matrix, brought)
    return float(fit.intercept_), np.asarray(fit.coef_, float)


def _slope(brought: Floats, expected: Floats) -> Estimate:
    """What came on what was expected; missing where that was the same for all."""
    if expected.std() < SAME:
        return Estimate(math.nan, math.nan, math.nan, len(brought), SLOPE)
    return least_squares(brought, expected[:, None]).slope(0, SLOPE)


def _table(coding: Coding, weights: Floats) -> pd.DataFrame:
    """The weights by name and level, the heaviest first."""
    import pandas as pd

    frame = pd.DataFrame(coding.columns, columns=["name", "level"])
    reference = {one.name: one.levels[0] if one.levels else "" for one in coding.covariates}
    return frame.assign(reference=frame["name"].map(reference), spread=coding.scales, weight=weights)
