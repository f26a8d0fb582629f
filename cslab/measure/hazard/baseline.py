"""The chance of leaving that goes with the contract clock alone: by renewal and term, or, for contrast, by tenure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

Kind = Literal["renewal", "tenure", "constant"]

EDGES = (1, 6, 18, 30)
"""Months: terms up to each of these, and longer ones, have a renewal chance of their own."""

POWERS = 3
"""Of tenure, in the smooth baseline."""


class Clock(Protocol):
    """What the contract clock says of each row."""

    @property
    def tenure(self) -> Ints:
        """Months as a customer."""
        ...

    @property
    def term(self) -> Ints:
        """Months of the term in force."""
        ...

    @property
    def due(self) -> Flags:
        """Whether it runs out."""
        ...


@dataclass(frozen=True)
class Cell:
    """Rows that share a baseline chance.

    Parameters
    ----------
    due : bool
        Whether renewal is due.
    shortest, longest : int
        Terms in months; 0 for months in which nothing is due.
    n, events : int
        Rows and departures it was made of.

    >>> Cell(True, 12, 12, 100, 14).name, Cell(True, 24, 36, 40, 2).name, Cell(False, 0, 0, 900, 3).name
    ('12', '24-36', '')
    """

    due: bool
    shortest: int
    longest: int
    n: int
    events: int

    @property
    def name(self) -> str:
        """Its terms; empty for months in which nothing is due.

        >>> Cell(True, 1, 1, 5, 1).name
        '1'
        """
        if not self.due:
            return ""
        return f"{self.shortest}" if self.shortest == self.longest else f"{self.shortest}-{self.longest}"

    def joined(self, other: Cell) -> Cell:
        """Both as one.

        Parameters
        ----------
        other : Cell
            Of longer terms.

        >>> Cell(True, 24, 24, 30, 2).joined(Cell(True, 36, 36, 10, 0)).name
        '24-36'
        """
        return Cell(True, self.shortest, other.longest, self.n + other.n, self.events + other.events)


@dataclass(frozen=True)
class Baseline:
    """How rows get their baseline.

    Parameters
    ----------
    kind : str
        ``"renewal"``, ``"tenure"`` or ``"constant"``.
    cells : tuple of Cell
        Of the renewal baseline: months in which nothing is due first, then terms by length.
    centre, scale : float
        Of tenure, in the smooth baseline.

    >>> Baseline("constant").columns
    1
    """

    kind: Kind
    cells: tuple[Cell, ...] = ()
    centre: float = 0.0
    scale: float = 1.0

    @property
    def columns(self) -> int:
        """How many columns it has in the matrix of a model.

        >>> Baseline("tenure").columns
        4
        """
        return {"renewal": len(self.cells), "tenure": POWERS + 1, "constant": 1}[self.kind]

    def place(self, rows: Clock) -> NDArray[np.intp]:
        """The cell of each row, that of the nearest term; -1 for kinds of months in which nobody has ever left.

        Parameters
        ----------
        rows : Clock

        >>> from types import SimpleNamespace
        >>> rows = SimpleNamespace(term=np.array([12, 11, 1]), due=np.array([False, True, True]))
        >>> Baseline("renewal", (Cell(True, 1, 1, 9, 1), Cell(True, 12, 12, 9, 1))).place(rows).tolist()
        [-1, 1, 0]
        """
        off = [place for place, cell in enumerate(self.cells) if not cell.due]
        due = [place for place, cell in enumerate(self.cells) if cell.due]
        quiet = np.full(len(rows.term), off[0] if off else -1)
        if not due:
            return np.where(rows.due, -1, quiet)
        limits = [self.cells[place].longest for place in due]
        nearest = np.searchsorted(np.add(limits[:-1], [self.cells[place].shortest for place in due[1:]]) / 2, rows.term)
        return np.where(rows.due, np.asarray(due)[nearest], quiet)

    def matrix(self, rows: Clock) -> Floats:
        """Its columns of the matrix of a model.

        Parameters
        ----------
        rows : Clock

        Returns
        -------
        ndarray of float, shape (rows, columns)

        >>> from types import SimpleNamespace
        >>> Baseline("constant").matrix(SimpleNamespace(tenure=np.arange(2))).ravel().tolist()
        [1.0, 1.0]
        """
        if self.kind == "renewal":
            return np.asarray(self.place(rows)[:, None] == np.arange(len(self.cells)), float)
        tenure = (rows.tenure - self.centre) / self.scale
        return np.stack([tenure**power for power in range(self.columns)], axis=1)


def baseline_of(rows: Any, kind: Kind) -> Baseline:
    """The baseline that some rows can carry.

    Parameters
    ----------
    rows : PersonMonths
    kind : str
        ``"renewal"``: a chance for each length of term in the months in which renewal is due, and one for all other
        months; terms of which nobody or everybody left are joined with the next shorter one. ``"tenure"``: a smooth
        curve of the months as a customer, which cannot follow renewals. ``"constant"``.

    Returns
    -------
    Baseline

    Raises
    ------
    UsageError
        Where everybody left at the only renewals there are.

    Source: renewal due by term as the baseline, our own comparison of five models; powers of time as in Singer and
    Willett (1993), grade A.

    >>> import cslab
    >>> from cslab.measure.hazard.months import person_months
    >>> [cell.name for cell in baseline_of(person_months(cslab.load("synthetic:tiny?accounts=300")), "renewal").cells]
    ['', '1', '12', '24-36']
    """
    if kind == "tenure":
        return Baseline(kind, (), float(rows.tenure.mean()), max(float(rows.tenure.std()), 1.0))
    if kind == "constant":
        return Baseline(kind)
    off = Cell(False, 0, 0, int((~rows.due).sum()), int(rows.event[~rows.due].sum()))
    cells = _joined(_by_term(rows.term[rows.due], rows.event[rows.due]))
    if full := [cell for cell in cells if cell.events == cell.n]:
        raise UsageError(Fault("hazard.everybody", {"count": full[0].n}))
    return Baseline(kind, tuple(cell for cell in (off, *cells) if cell.events))


def _by_term(term: Ints, event: Flags) -> list[Cell]:
    """A cell for each band of terms that occurs."""
    band = np.searchsorted(EDGES, term)
    parts = [(term[band == one], event[band == one]) for one in np.unique(band)]
    return [Cell(True, int(part.min()), int(part.max()), len(part), int(gone.sum())) for part, gone in parts]


def _joined(cells: list[Cell]) -> list[Cell]:
    """Cells of which nobody or everybody left joined with a neighbour."""
    while len(cells) > 1:
        bare = [place for place, cell in enumerate(cells) if cell.events in (0, cell.n)]
        if not bare:
            break
        first = max(bare[0] - 1, 0)
        cells = [*cells[:first], cells[first].joined(cells[first + 1]), *cells[first + 2 :]]
    return cells
