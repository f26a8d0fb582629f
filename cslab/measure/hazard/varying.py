"""Cox's model with covariates that change from month to month, such as last month's usage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.hazard.cox import CoxFit, as_fit
from cslab.measure.hazard.design import design
from cslab.measure.hazard.partial import Rows
from cslab.measure.hazard.slopes import fitted
from cslab.measure.hazard.strata import Strata, named, stratified

if TYPE_CHECKING:
    from cslab.measure.hazard.months import PersonMonths


def time_varying(months: PersonMonths, covariates: Sequence[str], strata: Strata = "term_months") -> CoxFit:
    """Fit Cox's model to account-months, each with the covariates of its own month.

    Compared are customers of one stratum in the same month of life. The fit tells what goes with leaving; it cannot
    say who will leave, since nobody knows next year's usage today: its ``survival`` refuses.

    Parameters
    ----------
    months : PersonMonths
        As ``person_months(book)`` makes them: usage and the like of an earlier month.
    covariates : sequence of str
        Columns, or ``log(column)``. Account-months that lack one are left out and counted.
    strata : str or sequence of str, optional
        Columns within whose values customers are compared.

    Returns
    -------
    CoxFit
        Its errors count accounts, not months.

    Raises
    ------
    UsageError
        As ``cox``.

    Source: Andersen and Gill (1982), Annals of Statistics 10:1100; errors as Lin and Wei (1989), grade A.

    >>> import cslab
    >>> from cslab.measure.hazard.months import person_months
    >>> months = person_months(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> fit = time_varying(months, ["wau_ratio"])
    >>> fit.changing, float(fit.table["estimate"].iloc[0]) < 0
    (True, True)
    """
    if not covariates:
        raise UsageError(Fault("cox.no_covariate"))
    made = design(months, covariates)
    kept, tenure = made.kept, np.asarray(months.tenure, float)
    names = named(strata)
    place, levels = stratified(months, names)
    rows = Rows(tenure[kept] - 1, tenure[kept], np.asarray(months.event, bool)[kept], place[kept])
    account = np.asarray(months.account)[kept]
    found = fitted(rows, made, account)
    return as_fit(found, made, (names, levels, rows.last(len(levels))), len(np.unique(account)), changing=True)
