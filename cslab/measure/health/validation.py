"""Whether a health score tells who leaves: how well, how honestly, how early, for whom, and what it adds to usage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure import scores
from cslab.measure.ceiling import ceiling
from cslab.measure.estimate import Estimate
from cslab.measure.health.adds import over_usage
from cslab.measure.health.declared import Declaration
from cslab.measure.health.judged import calibrated, judged, told_apart, with_calendar
from cslab.measure.health.lead import Lead, lead_time, notices
from cslab.measure.health.score import declaration_of, score

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

FUTURES = 32
"""Over how many futures a ceiling is averaged."""


@dataclass(frozen=True)
class Validation:
    """What came of holding a score against who left.

    Parameters
    ----------
    declaration : Declaration
    horizon : int
        Months within which leaving counted.
    rows : DataFrame
        As :func:`cslab.measure.health.judged.judged` returns it, with ``calendar`` where it could be learnt.
    auc : Estimate
        Of one who left and one who stayed, how often the one who left scored worse, read as declared: below 0.5 a score
        points the wrong way.
    calibration : scores.Calibration or None
        What is read off the score as the chance to leave, against the share that left; None where no slope can be
        fitted, since the score is the same for all, or all who left are worse than all who stayed.
    calendar, ceiling, adds : Estimate or None
        The AUC of the calendar of renewals alone; that of a score that knew all but chance; what the score adds to
        usage alone. None where it cannot be known.
    lead : Lead or None
        How early it warned those who gave notice within the horizon; None for a score from elsewhere.
    segments : DataFrame
        ``segment``, ``estimate`` (AUC), ``low``, ``high``, ``n``, ``events``, ``method``; an AUC is missing where all
        left, or nobody.

    >>> "lead" in Validation.__dataclass_fields__
    True
    """

    declaration: Declaration
    horizon: int
    rows: pd.DataFrame
    auc: Estimate
    calibration: scores.Calibration | None
    calendar: Estimate | None
    ceiling: Estimate | None
    adds: Estimate | None
    lead: Lead | None
    segments: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """All numbers, one a row.

        Returns
        -------
        DataFrame
            ``what`` (``auc``, ``slope``, ``expected_observed``, ``lead``, ``caught``, ``adds``, ``calendar``,
            ``ceiling``, as far as they are known), ``estimate``, ``low``, ``high``, ``n``, ``method``.

        >>> import cslab
        >>> from cslab.measure import health
        >>> book = cslab.load("synthetic:tiny")
        >>> found = health.validate(health.score(book, "dear", "2024-03-31"), book).table()
        >>> list(found)
        ['what', 'estimate', 'low', 'high', 'n', 'method']
        """
        import pandas as pd

        found: dict[str, Estimate | None] = {
            "auc": self.auc,
            "slope": self.calibration.slope if self.calibration else None,
            "expected_observed": self.calibration.ratio if self.calibration else None,
            "lead": self.lead.warning if self.lead else None,
            "caught": self.lead.caught if self.lead else None,
            "adds": self.adds,
            "calendar": self.calendar,
            "ceiling": self.ceiling,
        }
        return pd.DataFrame([{"what": what, **one.cells()} for what, one in found.items() if one is not None])


def validate(found: pd.DataFrame, book: Book, horizon: int | None = None) -> Validation:
    """Hold a score against who left within some months of its day.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.score` or :func:`cslab.measure.health.of` returns it, of a day at least
        ``horizon`` months before the last one of the book; several days may stand in one frame.
    book : Book
        Which knows what became of the customers.
    horizon : int, optional
        Months; those that the score was declared for, where not given.

    Returns
    -------
    Validation

    Raises
    ------
    NotReady
        Without contracts, or without the columns of the score.
    UsageError
        For a score that nobody declared, a day too late, or when nobody left, or everybody; for a model that was
        declared for another horizon.

    >>> import cslab
    >>> from cslab.measure import health
    >>> book = cslab.load("synthetic:tiny")
    >>> 0.5 < float(validate(health.score(book, "dear", "2024-03-31"), book, 12).auc) < 1
    True
    """
    declaration = declaration_of(found)
    horizon = declaration.horizon if horizon is None else horizon
    rows = with_calendar(judged(found, book, horizon), book, horizon)
    return Validation(
        declaration=declaration,
        horizon=horizon,
        rows=rows,
        auc=scores.auc(rows, horizon),
        calibration=calibrated(rows, horizon),
        calendar=scores.auc(rows, horizon, "calendar") if "calendar" in rows else None,
        ceiling=ceiling(book.truth, rows, horizon, FUTURES),
        adds=over_usage(rows, book, horizon),
        lead=_lead(rows, declaration, book, horizon),
        segments=by_segment(rows, book, horizon),
    )


def by_segment(rows: pd.DataFrame, book: Book, horizon: int) -> pd.DataFrame:
    """The AUC of a score within each segment.

    Parameters
    ----------
    rows : DataFrame
        As :func:`cslab.measure.health.judged.judged` returns it.
    book : Book
        Without ``accounts.segment`` there are no rows.
    horizon : int

    Returns
    -------
    DataFrame
        As ``Validation.segments``.

    >>> import cslab
    >>> from cslab.measure import health
    >>> from cslab.measure.health.judged import judged
    >>> book = cslab.load("synthetic:tiny")
    >>> by_segment(judged(health.score(book, "dear", "2024-03-31"), book), book, 6)["segment"].tolist()
    ['enterprise', 'mid', 'smb']
    """
    import pandas as pd

    columns = ["segment", "estimate", "low", "high", "n", "events", "method"]
    if not book.has("accounts.segment"):
        return pd.DataFrame(columns=columns)
    segment = rows["account_id"].map(book.accounts.set_index("account_id")["segment"])
    lines = [
        {"segment": name, "events": int(part["event"].sum()), **told_apart(part, horizon).cells()}
        for name, part in rows.groupby(segment)
    ]
    return pd.DataFrame(lines, columns=columns)


def _lead(rows: pd.DataFrame, declaration: Declaration, book: Book, horizon: int) -> Lead | None:
    """How early it warned those who gave notice after the last of its days."""
    import pandas as pd

    since = rows["as_of"].max() + pd.Timedelta(days=1)
    until = min(since + pd.DateOffset(months=horizon), book.as_of + pd.Timedelta(days=1))
    if not declaration.repeatable or not notices(book, since, until):
        return None
    return lead_time(book, declaration, since, until)


def three(book: Book, declaration: Declaration | str, day: str | pd.Timestamp, horizon: int) -> pd.DataFrame:
    """The three numbers that a score should be asked for: does it rank, what is a point worth, how early does it warn.

    Parameters
    ----------
    book : Book
        As for :func:`validate`.
    declaration : Declaration or str
        As for :func:`cslab.measure.health.score`.
    day : date
        On which the score is made, of what was known then.
    horizon : int
        Months after it within which leaving counts.

    Returns
    -------
    DataFrame
        ``what`` (``auc``, ``slope``, ``lead``, as far as they are known), ``estimate``.

    Raises
    ------
    NotReady, UsageError
        As :func:`validate`.

    >>> import cslab
    >>> three(cslab.load("synthetic:tiny"), "dear", "2024-03-31", 12)["what"].tolist()
    ['auc', 'slope', 'lead']
    """
    table = validate(score(book, declaration, day), book, horizon).table()
    return table.loc[table["what"].isin(["auc", "slope", "lead"]), ["what", "estimate"]].reset_index(drop=True)
