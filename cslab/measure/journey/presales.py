"""Whether customers whom a CSM advised before they signed are handed over better, and leave less in the first year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.book.supposition import Advised
from cslab.faults import Fault, NotReady
from cslab.measure.estimate import Estimate, normal
from cslab.measure.journey.effect import FEWEST, handoff_cohort
from cslab.measure.onboarding.adjustment import known_at_signing, least_squares

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]

ADVISED = "csm_in_presales"
RESULTS = ("poor", "left")
"""What is compared: a hand-off below average, and leaving early."""


def csm_in_presales(book: Book, months: int = 12) -> pd.DataFrame:
    """How much less often those are handed over poorly, and leave early, whom a CSM had advised before they signed.

    Larger customers are advised more often, and leave less for other reasons. Adjusted are customers compared who were
    alike in all that was known at signing, and who had the same sales representative. Who was advised because the deal
    looked promising, for reasons nobody wrote down, still differs.

    Parameters
    ----------
    book : Book
        Needs ``accounts.csm_in_presales``, ``handoffs`` and ``contracts`` with real days.
    months : int
        What counts as early, and who is asked: as for :func:`cslab.measure.journey.handoff_effect`.

    Returns
    -------
    DataFrame
        ``result`` (``poor``: a hand-off below average; ``left``: gone within these months), ``way`` (``naive``,
        ``adjusted``, and of ``left`` ``truth`` where it is known), ``estimate`` (share of those advised less that of
        the others; below 0: fewer; missing where there are hardly more customers than columns to adjust for),
        ``low``, ``high``, ``n`` (accounts), ``method``. No truth of ``poor``: it is a score, and the hand-off behind
        it is never seen. ``attrs``: ``share`` (advised), ``months``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or where all or none were advised.
    UsageError
        Where nobody left so early, or everybody did.

    Source: least squares beside the cluster's mean, Mundlak (1978), Econometrica 46:69, grade A.

    >>> import cslab
    >>> csm_in_presales(cslab.load("synthetic:tiny"))["way"].tolist()
    ['naive', 'adjusted', 'naive', 'adjusted', 'truth']
    """
    import pandas as pd

    book.require(f"accounts.{ADVISED}")
    cohort = handoff_cohort(book, months).dropna(subset=[ADVISED]).reset_index(drop=True)
    if cohort[ADVISED].nunique() < 2:
        raise NotReady(Fault("journey.one_group_advised", {"column": f"accounts.{ADVISED}"}))
    rows = [
        (result, way, _slope(cohort, result, columns)) for result in RESULTS for way, columns in _ways(book, cohort)
    ]
    if truth := presales_truth(book, months):
        rows.append(("left", "truth", truth))
    names = ("estimate", "low", "high", "n", "method")
    frame = pd.DataFrame(
        [{"result": result, "way": way, **{name: getattr(one, name) for name in names}} for result, way, one in rows]
    )
    frame.attrs.update(share=float(cohort[ADVISED].mean()), months=months, as_of=book.as_of)
    return frame


def presales_truth(book: Book, months: int = 12, futures: int = 32) -> Estimate | None:
    """How much less the same customers would leave early if a CSM advised all of them rather than none.

    Parameters
    ----------
    book : Book
    months : int
        As for :func:`csm_in_presales`; of the same customers.
    futures : int
        Futures to average over.

    Returns
    -------
    Estimate or None
        A difference of shares with Monte-Carlo limits (below 0: fewer leave). None where nobody knows it.

    >>> import cslab
    >>> presales_truth(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    if book.truth is None:
        return None
    worlds = book.truth.supposing([Advised(), Advised(everybody=False)], horizon=months, futures=futures)
    worlds = worlds[worlds["account_id"].isin(handoff_cohort(book, months)["account_id"])]
    everybody, nobody = (
        worlds[worlds["case"] == Advised(every).case].reset_index(drop=True) for every in (True, False)
    )
    less = everybody["retained_gain"] - nobody["retained_gain"]
    error = np.sqrt((everybody["retained_gain_error"] ** 2 + nobody["retained_gain_error"] ** 2).sum()) / len(less)
    return normal(-float(less.mean()), float(error), len(less), "truth_supposed")


def _ways(book: Book, cohort: pd.DataFrame) -> list[tuple[str, Floats]]:
    """The advice alone, and the advice beside what was known at signing."""
    advised = cohort[ADVISED].to_numpy(float)
    beside = [advised, known_at_signing(book, cohort["account_id"], without=[ADVISED])]
    if "sales_rep_id" in cohort:
        beside.append(cohort.groupby("sales_rep_id", dropna=False)[ADVISED].transform("mean").to_numpy(float))
    return [("naive", advised[:, None]), ("adjusted", np.column_stack(beside))]


def _slope(cohort: pd.DataFrame, result: str, columns: Floats) -> Estimate:
    """What the advice goes with; customers of one representative go together, where there are enough of those."""
    if 1 < columns.shape[1] > len(cohort) - FEWEST:
        return Estimate(np.nan, np.nan, np.nan, len(cohort), "presales_slope")
    reps = cohort["sales_rep_id"].fillna("").to_numpy(str) if "sales_rep_id" in cohort else None
    cluster = reps if reps is not None and len(np.unique(reps)) >= FEWEST else None
    one = least_squares(cohort[result].to_numpy(float), columns, cluster).slope(0, "presales_slope")
    return normal(one.estimate, one.std_error, len(cohort), "presales_slope")
