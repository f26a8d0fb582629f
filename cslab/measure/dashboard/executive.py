"""The executive dashboard: five tiles of a book, each with its limits, its way there, its target and its owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.faults import CslabError, NotReady
from cslab.measure import health, landmark
from cslab.measure.dashboard.charter import Charter, charter_of
from cslab.measure.dashboard.five import FIVE, Number
from cslab.measure.dashboard.tile import NAMES, Tile
from cslab.measure.retention import mrr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.health import Declaration

QUARTER = 3
YEAR = 12
TREND = ("day", "estimate", "low", "high", "n", "method")


@dataclass(frozen=True)
class Dashboard:
    """Five tiles of a company on a day.

    Parameters
    ----------
    tiles : tuple of Tile
        In the order of ``tile.NAMES``, also those that the data do not carry.
    as_of : Timestamp
    currency : str
    customers : int
        Who pay on that day; without movements, who has a contract then.
    arr_amount : float
        What they pay, currency a year.
    score : Declaration
        What health and portfolio are made of, those measures alone that the book allows.

    >>> import cslab
    >>> [one.name for one in executive(cslab.load("synthetic:tiny"), quarters=1).tiles]
    ['health', 'churn', 'retention_cost', 'portfolio', 'engagement']
    """

    tiles: tuple[Tile, ...]
    as_of: pd.Timestamp
    currency: str
    customers: int
    arr_amount: float
    score: Declaration

    def tile(self, name: str) -> Tile:
        """One of the tiles.

        Parameters
        ----------
        name : str

        >>> import cslab
        >>> executive(cslab.load("synthetic:tiny"), quarters=1).tile("churn").better
        'low'
        """
        return self.tiles[NAMES.index(name)]

    def table(self) -> pd.DataFrame:
        """The tiles as a table.

        Returns
        -------
        DataFrame
            A row a tile, as :meth:`Tile.row`. ``attrs``: ``as_of``, ``currency``, ``n`` (customers).

        >>> import cslab
        >>> executive(cslab.load("synthetic:tiny"), quarters=1).table()["tile"].tolist() == list(NAMES)
        True
        """
        import pandas as pd

        found = pd.DataFrame([one.row() for one in self.tiles])
        found.attrs.update(as_of=self.as_of, currency=self.currency, n=self.customers)
        return found

    def trends(self) -> pd.DataFrame:
        """How each tile got there.

        Returns
        -------
        DataFrame
            ``tile``, ``day``, ``estimate``, ``low``, ``high``, ``n``, ``method``.

        >>> import cslab
        >>> list(executive(cslab.load("synthetic:tiny"), quarters=2).trends().columns)[:2]
        ['tile', 'day']
        """
        import pandas as pd

        parts = [one.trend.assign(tile=one.name) for one in self.tiles if one.trend is not None]
        return (
            pd.concat(parts, ignore_index=True)[["tile", *TREND]] if parts else pd.DataFrame(columns=["tile", *TREND])
        )

    def require(self) -> None:
        """Raise where the data carry none of the tiles.

        Raises
        ------
        NotReady
            With everything that is missing.

        >>> import cslab
        >>> executive(cslab.load("synthetic:tiny"), quarters=1).require()
        """
        if all(one.now is None for one in self.tiles):
            raise NotReady(*{fault.text("en"): fault for one in self.tiles for fault in one.lacks}.values())


def executive(
    book: Book, charter: Charter | str = "default", quarters: int = 8, score: Declaration | str = "dear"
) -> Dashboard:
    """The five tiles of a book as of its last day.

    Every point of a trend is made of the book as it was known on that day, a quarter apart; points of numbers that
    look back a year share three quarters with their neighbours.

    Parameters
    ----------
    book : Book
        A tile that it does not carry says what it lacks.
    charter : Charter or str
        Targets and owners; or what :func:`charter_of` takes.
    quarters : int
        Points of the trend, the last day included.
    score : Declaration or str
        Of health and portfolio, such as ``dear`` or a file of one's own; measures that the book lacks are left out,
        and the others share their weight.

    Returns
    -------
    Dashboard

    Source: the five tiles of the executive dashboard, grade C; definitions in ``five``.

    >>> import cslab
    >>> len(executive(cslab.load("synthetic:tiny"), quarters=3).tile("health").trend)
    3
    """
    held = charter_of(charter) if isinstance(charter, str) else charter
    declared = health.declared(score)
    books = list(_as_known(book, quarters))
    tiles = tuple(_tile(name, books, held, declared) for name in NAMES)
    paying = mrr(book, book.as_of) if book.has("mrr_movements") else None
    customers = _there(book) if paying is None else int((paying > 0).sum())
    arr = float("nan") if paying is None else YEAR * float(paying.sum())
    return Dashboard(tiles, book.as_of, book.currency, customers, arr, _used(book, declared))


def _as_known(book: Book, quarters: int) -> Iterator[Book]:
    """The book as of its last day and of the days a quarter apart before it, the latest first."""
    import pandas as pd

    yield book
    day, first = pd.Timedelta(days=1), book.first_day
    for back in range(1, quarters):
        then = book.as_of + day - pd.DateOffset(months=QUARTER * back) - day
        if first is None or then <= first:
            return
        yield book.at(then)


def _tile(name: str, books: list[Book], charter: Charter, score: Declaration) -> Tile:
    """One tile, with its trend."""
    try:
        found = FIVE[name](books[0], score)
    except CslabError as error:
        return Tile(name, charter.of(name), lacks=tuple(error.faults))
    return Tile(name, charter.of(name), found.now, _trend(name, books, found, score), found.beside)


def _trend(name: str, books: list[Book], last: Number, score: Declaration) -> pd.DataFrame:
    """A tile's numbers on the days that carry one, the oldest first."""
    import pandas as pd

    rows: list[dict[str, Any]] = [{"day": books[0].as_of, **last.now.cells()}]
    for book in books[1:]:
        try:
            rows.append({"day": book.as_of, **FIVE[name](book, score).now.cells()})
        except CslabError:
            continue
    return pd.DataFrame(rows[::-1], columns=list(TREND))


def _there(book: Book) -> int:
    """How many have a contract on the last day; all accounts, where nobody knows."""
    return len(landmark.at_risk(book) if book.has("calendar", "contracts.start", "contracts.end") else book.accounts)


def _used(book: Book, score: Declaration) -> Declaration:
    """The score as far as the book allows it; as it was declared where it allows nothing."""
    try:
        return score.only(book)
    except NotReady:
        return score
