"""The pictures of a company that belong on slides: which they are, and how each is made from a book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cslab import figures
from cslab.faults import CslabError, NotReady
from cslab.figures import dashboard as drawn
from cslab.measure import kpis, renewal, renewals, retention, survival
from cslab.measure.dashboard.five import year_ago
from cslab.measure.dashboard.tile import NAMES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cslab.book import Book
    from cslab.measure.dashboard import Dashboard

Draw = Callable[["Book", "Dashboard", str], "Axes"]


def gallery(book: Book, found: Dashboard, lang: str) -> Iterator[tuple[str, Axes | CslabError]]:
    """Every picture by name, one after the other; for one that the data do not carry, why not.

    Parameters
    ----------
    book : Book
    found : Dashboard
        Of that book.
    lang : str
        ``"en"`` or ``"ja"``.

    Yields
    ------
    tuple of str and (Axes or CslabError)
        Whoever takes an Axes closes its figure.

    >>> import cslab, matplotlib.pyplot as plt
    >>> from cslab.measure.dashboard import executive
    >>> book = cslab.load("synthetic:tiny")
    >>> next(gallery(book, executive(book, quarters=2), "en"))[0]
    'dashboard'
    >>> plt.close("all")
    """
    for name, draw in PICTURES.items():
        try:
            yield name, draw(book, found, lang)
        except CslabError as error:
            yield name, error


def _dashboard(book: Book, found: Dashboard, lang: str) -> Axes:
    """All five tiles."""
    return drawn.tiles(found, lang=lang)


def _trend(book: Book, found: Dashboard, lang: str, name: str) -> Axes:
    """How one tile got there."""
    one = found.tile(name)
    if one.now is None:
        raise NotReady(*one.lacks)
    return drawn.trend(one, lang=lang)


def _map(book: Book, found: Dashboard, lang: str) -> Axes:
    """The renewals of the year behind and the year ahead."""
    import pandas as pd

    first = book.as_of.replace(day=1)
    since, until = (first + pd.DateOffset(months=months) for months in (-12, 18))
    return figures.survival.renewal_map(renewals.renewal_map(book, since, until, shortest_term=2), lang=lang)


def _outlook(book: Book, found: Dashboard, lang: str) -> Axes:
    """What comes due in the months ahead, and how much of it can be expected to stay."""
    return figures.renewal.map(renewal.coming(renewal.ahead(book)), lang=lang)


def _forecast(book: Book, found: Dashboard, lang: str) -> Axes:
    """Each quarter's renewals as they were foretold, and what came."""
    rows = renewal.foreseen(book)
    way = next(way for way in ("model", "rate") if way in rows.attrs["ways"])
    return figures.renewal.fan(renewal.forecasts(rows), way=way, lang=lang)


def _bridge(book: Book, found: Dashboard, lang: str) -> Axes:
    """The MRR of a year ago and of today, and what moved it."""
    return figures.retention.bridge(retention.bridge(book, year_ago(book), book.as_of), lang=lang)


def _definitions(book: Book, found: Dashboard, lang: str) -> Axes:
    """The year's retention in each definition."""
    return figures.retention.definitions(retention.definitions(book, year_ago(book), book.as_of), lang=lang)


def _survival(book: Book, found: Dashboard, lang: str) -> Axes:
    """Who is still there, by month since signing."""
    return figures.survival.curves(survival.kaplan_meier(survival.durations(book)), lang=lang)


def _segments(book: Book, found: Dashboard, lang: str) -> Axes:
    """The same by segment."""
    book.require("accounts.segment")
    return figures.survival.curves(survival.kaplan_meier(survival.durations(book), by="segment"), lang=lang)


def _comb(book: Book, found: Dashboard, lang: str) -> Axes:
    """When customers leave."""
    return figures.survival.hazard_comb(survival.hazard(survival.durations(book)), lang=lang)


def _scorecard(book: Book, found: Dashboard, lang: str) -> Axes:
    """Support beside success."""
    return figures.kpis.scorecard(kpis.scorecard(book, *_year(book)), lang=lang)


def _tree(book: Book, found: Dashboard, lang: str) -> Axes:
    """How the numbers hang together."""
    return figures.kpis.tree(kpis.kpi_tree(book, *_year(book)), lang=lang)


def _year(book: Book) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The last twelve months that are over, the end not included."""
    import pandas as pd

    last = (book.as_of + pd.Timedelta(days=1)).to_period("M").start_time
    return last - pd.DateOffset(months=12), last


PICTURES: dict[str, Draw] = {
    "dashboard": _dashboard,
    **{f"trend_{name}": partial(_trend, name=name) for name in NAMES},
    "renewal_map": _map,
    "renewal_outlook": _outlook,
    "renewal_forecast": _forecast,
    "mrr_bridge": _bridge,
    "retention_definitions": _definitions,
    "survival": _survival,
    "survival_by_segment": _segments,
    "hazard": _comb,
    "scorecard": _scorecard,
    "tree_of_numbers": _tree,
}
"""What is drawn, by the name of its file."""
