"""A score beside what the calendar alone says, and beside what nobody could pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.ceiling import ceiling
from cslab.measure.scores.separation import auc

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def beside_ceiling(
    book: Book, rows: pd.DataFrame, horizon: int, column: str = "risk", calendar: str = "calendar", futures: int = 64
) -> pd.DataFrame:
    """The AUC of a score, of the calendar alone, and of knowing everything but chance: on the same rows and horizon.

    Parameters
    ----------
    book : Book
        With its truth, where it is known.
    rows : DataFrame
        ``account_id``, ``as_of``, ``time`` (months from the day asked), ``event``, and the score.
    horizon : int
        Months.
    column : str
        The score: the higher, the likelier the account leaves.
    calendar : str
        A score that knows only when contracts end; left out where the rows have none.
    futures : int
        How many to average over for the ceiling.

    Returns
    -------
    DataFrame
        ``what`` (``score``, ``calendar``, ``ceiling``), ``estimate`` (AUC), ``low``, ``high``, ``n`` (accounts; for the
        ceiling rows), ``method``. The ceiling is an expectation over the luck of who leaves, so a score may lie above
        it by chance; it is missing where nobody knows the truth.

    Raises
    ------
    UsageError
        As ``auc``; for rows without ``as_of``.

    >>> import cslab
    >>> from cslab.measure import landmark
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = landmark.outcomes(book, "2023-03-31").assign(risk=0.5)
    >>> beside_ceiling(book, rows, 12, futures=2)["what"].tolist()
    ['score', 'ceiling']
    """
    import pandas as pd

    _check(rows)
    found = {"score": auc(rows, horizon, column)}
    if calendar in rows:
        found["calendar"] = auc(rows, horizon, calendar)
    if best := ceiling(book.truth, rows, horizon, futures):
        found["ceiling"] = best
    table = pd.DataFrame([{"what": what, **estimate.cells()} for what, estimate in found.items()])
    table.attrs.update(rows.attrs)
    return table


def _check(rows: pd.DataFrame) -> None:
    """Refuse rows that do not say on which day they were asked about."""
    if "as_of" not in rows:
        raise UsageError(Fault("score.no_column", {"column": "as_of", "near": "", "found": ", ".join(map(str, rows))}))
