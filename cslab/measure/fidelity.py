"""How near a simulated company comes to what is published about real ones, with the grade of each source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.estimate import Z95, Estimate
from cslab.measure.retention import grr, logo_churn, nrr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


@dataclass(frozen=True)
class Benchmark:
    """A published figure.

    Parameters
    ----------
    name : str
        ``label.<name>`` is the reader's name for it.
    low, high : float
        The range published; equal where it is one figure.
    grade : str
        A paper, B named survey or disclosure, C rule of thumb.
    source : str
        Who published it.
    must_hold : bool
        Whether the default company must come into the range. The others are shown, since the published companies differ
        from the simulated one in size, contract or definition.
    needs : tuple of str
        What a book must hold to be measured so, as for ``Book.has``.
    months : int
        How many months of records it takes: thirteen to look a year back from a month's end to a month's end.

    >>> BENCHMARKS[0].name, BENCHMARKS[0].must_hold
    ('nrr_year', True)
    """

    name: str
    low: float
    high: float
    grade: str
    source: str
    must_hold: bool = False
    needs: tuple[str, ...] = ()
    months: int = 13

    def measurable(self, book: Book) -> bool:
        """Whether a book holds what this figure is measured from, over as many months.

        Parameters
        ----------
        book : Book
            With ``mrr_movements`` and real days.

        >>> import cslab
        >>> BENCHMARKS[0].measurable(cslab.load("synthetic:tiny", "2021-06-30"))
        False
        """
        import pandas as pd

        latest = book.as_of + pd.Timedelta(days=1) - pd.DateOffset(months=self.months)
        begins = book.mrr_movements["month"].min() if book.window_start is None else book.window_start
        return book.has(*self.needs) and bool(begins <= latest)


_SMALL = "ChartMogul, from over $500 to under $10 a customer and month"
_SIGNED, _TERMS = ("accounts.signed_on",), ("contracts.start", "contracts.end", "contracts.term_months")
BENCHMARKS = (
    Benchmark("nrr_year", 1.00, 1.10, "B", "SaaS Capital 2023, medians by contract value", must_hold=True),
    Benchmark("grr_year", 0.88, 0.93, "B", "Benchmarkit 2025; SaaS Capital 2023", must_hold=True),
    Benchmark("mrr_churn_month", 0.0016, 0.0169, "B", "Listed Japanese SaaS companies, about 2020", must_hold=True),
    Benchmark("logo_churn_year", 0.10, 0.11, "B", "KBCM 2016-2018"),
    Benchmark("mrr_churn_year", 0.08, 0.13, "B", "KBCM 2016-2018"),
    Benchmark("small_churn_month", 0.019, 0.068, "B", _SMALL, needs=("accounts.segment",)),
    Benchmark("signing_growth_year", 0.26, 0.26, "B", "Benchmarkit 2025, median growth", needs=_SIGNED, months=24),
    Benchmark("expansion_share", 0.40, 0.40, "B", "Benchmarkit 2025, share of expansion in new recurring revenue"),
    Benchmark("term_years", 1.3, 1.4, "B", "KBCM, median contract", needs=_TERMS, months=0),
)
"""What is published, in the order in which it is shown. The rows with ``must_hold`` are a promise that a test keeps."""


def fidelity(book: Book) -> pd.DataFrame:
    """The last year of a book against published figures: a simulated company's, or a real one's.

    Parameters
    ----------
    book : Book
        With ``mrr_movements`` and real days. What else it lacks, or how short its records are, leaves single rows
        without a number of its own.

    Returns
    -------
    DataFrame
        ``benchmark``, ``estimate``, ``low``, ``high``, ``n``, ``method``, ``published_low``, ``published_high``,
        ``grade``, ``source``, ``must_hold``, ``holds`` (whether the limits of the estimate, or where it has none the
        estimate, reach into the published range). Of what the book cannot tell, the estimate and its limits are
        missing and ``n`` is 0. ``attrs``: ``as_of``, ``synthetic``.

    Raises
    ------
    NotReady
        Without movements of MRR or real days.

    >>> import cslab
    >>> found = fidelity(cslab.load("synthetic:tiny"))
    >>> found["benchmark"].tolist()[:3]
    ['nrr_year', 'grr_year', 'mrr_churn_month']
    """
    import pandas as pd

    book.require("mrr_movements", "calendar")
    found = pd.DataFrame([_row(benchmark, _measured(benchmark, book)) for benchmark in BENCHMARKS])
    found.attrs.update(as_of=book.as_of, synthetic=book.synthetic)
    return found


def _measured(benchmark: Benchmark, book: Book) -> Estimate:
    """The book's own number, missing where it cannot tell."""
    if benchmark.measurable(book):
        return _MEASURES[benchmark.name](book)
    return Estimate(float("nan"), float("nan"), float("nan"), 0, "unknown")


def _row(benchmark: Benchmark, found: Estimate) -> dict[str, object]:
    """A published figure beside the book's own."""
    low, high = (found.estimate if np.isnan(limit) else limit for limit in (found.low, found.high))
    return {
        "benchmark": benchmark.name,
        **found.cells(),
        "published_low": benchmark.low,
        "published_high": benchmark.high,
        "grade": benchmark.grade,
        "source": benchmark.source,
        "must_hold": benchmark.must_hold,
        "holds": bool(low <= benchmark.high and high >= benchmark.low),
    }


def _year_ago(book: Book) -> pd.Timestamp:
    """The day a year before the book's last."""
    import pandas as pd

    return book.as_of - pd.DateOffset(years=1)


def _turned(found: Estimate, turn: Callable[[float], float]) -> Estimate:
    """A falling function of an estimate, limits and all."""
    return replace(
        found,
        estimate=turn(found.estimate),
        low=turn(found.high),
        high=turn(found.low),
        std_error=float("nan"),
    )


def _mrr_churn(book: Book, months: int) -> Estimate:
    """Share of MRR lost in some months, at the pace of the last year."""
    return _turned(grr(book, _year_ago(book), book.as_of), lambda kept: 1 - kept ** (months / 12))


def _small_churn(book: Book) -> Estimate:
    """Share of the smallest segment's customers lost in a month, at the pace of the last year."""
    small = book.accounts.loc[book.accounts["segment"] == "smb", "account_id"]
    movements = book.mrr_movements
    part = replace(book, tables={"mrr_movements": movements[movements["account_id"].isin(small)]})
    year = logo_churn(part, _year_ago(book), book.as_of)
    low, middle, high = (1 - (1 - lost) ** (1 / 12) for lost in (year.low, year.estimate, year.high))
    return replace(year, estimate=middle, low=low, high=high, std_error=float("nan"))


def _signing_growth(book: Book) -> Estimate:
    """How many more customers signed in the last year than in the year before."""
    import pandas as pd

    signed, ago = book.accounts["signed_on"], _year_ago(book)
    last = int((signed > ago).sum())
    before = int(((signed <= ago) & (signed > ago - pd.DateOffset(years=1))).sum())
    if not last or not before:
        return Estimate(float("nan"), float("nan"), float("nan"), last + before, "poisson_ratio")
    ratio, error = last / before, (1 / last + 1 / before) ** 0.5
    low, high = (ratio * np.exp(side * Z95 * error) - 1 for side in (-1, 1))
    return Estimate(ratio - 1, float(low), float(high), last + before, "poisson_ratio")


def _expansion_share(book: Book) -> Estimate:
    """Share of the last year's new MRR that came from customers already there."""
    rows = book.mrr_movements[book.mrr_movements["month"] > _year_ago(book)]
    sums = rows.groupby("type")["amount"].sum().reindex(["expansion", "new"], fill_value=0.0)
    share = float(sums["expansion"] / sums.sum()) if sums.sum() else float("nan")
    return Estimate(share, float("nan"), float("nan"), len(rows), "share_of_sum")


def _term_years(book: Book) -> Estimate:
    """Mean term of the contracts now running, in years."""
    terms = book.contracts
    years = terms.loc[(terms["start"] <= book.as_of) & (terms["end"] > book.as_of), "term_months"] / 12
    error = float(years.std() / len(years) ** 0.5) if len(years) > 1 else float("nan")
    middle = float(years.mean())
    return Estimate(middle, middle - Z95 * error, middle + Z95 * error, len(years), "mean_normal", error)


_MEASURES: dict[str, Callable[[Book], Estimate]] = {
    "nrr_year": lambda book: nrr(book, _year_ago(book), book.as_of),
    "grr_year": lambda book: grr(book, _year_ago(book), book.as_of),
    "mrr_churn_month": lambda book: _mrr_churn(book, 1),
    "logo_churn_year": lambda book: logo_churn(book, _year_ago(book), book.as_of),
    "mrr_churn_year": lambda book: _mrr_churn(book, 12),
    "small_churn_month": _small_churn,
    "signing_growth_year": _signing_growth,
    "expansion_share": _expansion_share,
    "term_years": _term_years,
}
