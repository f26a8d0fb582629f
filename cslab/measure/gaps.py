"""What is believed of everybody when those without an answer are left out: as if gaps came by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure import landmark
from cslab.measure.estimate import Estimate, proportion

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

METHOD = "share_of_accounts"


@dataclass(frozen=True)
class Gaps:
    """Who leaves, of those who answered and of the others.

    Parameters
    ----------
    answered, silent : Estimate or None
        Share that leaves within the horizon; None where there is nobody.
    everybody : Estimate
        The same of all.
    rows : DataFrame
        ``account_id``, ``as_of``, ``time``, ``event``, ``answered``.
    horizon : int
        Months.

    >>> import pandas as pd
    >>> one = Estimate(0.1, 0.05, 0.2, 60, METHOD)
    >>> Gaps(one, one, one, pd.DataFrame({"answered": [True, False, False, False]}), 12).share
    0.25
    """

    answered: Estimate | None
    silent: Estimate | None
    everybody: Estimate
    rows: pd.DataFrame
    horizon: int

    @property
    def share(self) -> float:
        """The share of the customers who answered."""
        return float(self.rows["answered"].mean())

    def table(self) -> pd.DataFrame:
        """The three shares as a table.

        Returns
        -------
        DataFrame
            ``group`` (``answered_before``, ``silent_before``, ``all_there``), ``estimate``, ``low``, ``high``, ``n``,
            ``method``.

        >>> import pandas as pd
        >>> one = Estimate(0.1, 0.05, 0.2, 60, METHOD)
        >>> Gaps(one, one, one, pd.DataFrame(), 12).table()["group"].tolist()
        ['answered_before', 'silent_before', 'all_there']
        """
        import pandas as pd

        found = {"answered_before": self.answered, "silent_before": self.silent, "all_there": self.everybody}
        return pd.DataFrame([{"group": group, **one.cells()} for group, one in found.items() if one])


def gaps(book: Book, survey: str = "nps", horizon: int = 12) -> Gaps:
    """Who leaves within some months of a day, by whether an answer to a survey was known on it.

    Whoever drops the rows with gaps before they count believes ``answered`` of ``everybody``.

    Parameters
    ----------
    book : Book
        Needs ``surveys`` with ``type`` and ``responded_on``, and ``contracts``.
    survey : str
        Whose answers: ``nps``, ``csat``, ``ces``, ``day30``.
    horizon : int
        Months from the day, which lies so many before the end of the book; answers count from as many before it.

    Returns
    -------
    Gaps
        Wilson's limits.

    Raises
    ------
    NotReady
        Without these columns.

    Source: missing not at random, Rubin (1976), Biometrika 63:581, grade A.

    >>> import cslab
    >>> found = gaps(cslab.load("synthetic:tiny"))
    >>> found.answered.n + found.silent.n == found.everybody.n
    True
    """
    import pandas as pd

    book.require("surveys.type", "surveys.responded_on")
    rows = landmark.outcomes(book, horizon=horizon)
    day = rows["as_of"].iloc[0]
    known = book.surveys[book.surveys["type"] == survey]
    since = day - pd.DateOffset(months=horizon)
    answers = known[known["responded_on"].between(since, day, inclusive="right")]["account_id"]
    rows = rows.assign(answered=rows["account_id"].isin(answers))
    parts = [rows[rows["answered"]], rows[~rows["answered"]]]
    answered, silent = (_left(part) if len(part) else None for part in parts)
    return Gaps(answered, silent, _left(rows), rows, horizon)


def _left(rows: pd.DataFrame) -> Estimate:
    """The share that left."""
    return proportion(int(rows["event"].sum()), len(rows), len(rows), METHOD)
