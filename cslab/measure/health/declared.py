"""A health score as somebody declared it: what it is made of, which way round it reads, what a gap counts as."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.faults import NotReady
from cslab.measure.signals import lacking

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

Style = Literal["dear", "points", "bands", "model"]
High = Literal["healthy", "risk"]
Nulls = Literal["ignore", "zero", "middle", "indicator"]

STYLES: tuple[Style, ...] = ("dear", "points", "bands", "model")
DEAR = ("deployment", "engagement", "adoption", "roi")
"""The four parts of a DEAR score."""

COLOURS = ("red", "yellow", "green")


@dataclass(frozen=True)
class Slope:
    """A share of the full points that grows evenly between two values.

    Parameters
    ----------
    nothing_at, all_at : float
        The value that earns nothing, and the one that earns all; which is the larger says which way is good.

    >>> Slope(0.2, 0.6).share(np.array([0.1, 0.5, 0.9])).round(2).tolist()
    [0.0, 0.75, 1.0]
    """

    nothing_at: float
    all_at: float

    def share(self, values: Floats) -> Floats:
        """The share earned (0-1), missing where the value is.

        Parameters
        ----------
        values : ndarray of float

        >>> Slope(90, 30).share(np.array([60.0])).tolist()  # fewer days are better
        [0.5]
        """
        return np.clip((values - self.nothing_at) / (self.all_at - self.nothing_at), 0.0, 1.0)


@dataclass(frozen=True)
class Bands:
    """Nothing, half or all: the 0, 5 and 10 of a traffic light.

    Parameters
    ----------
    nothing_at, all_at : float
        A value that has reached ``all_at`` earns all, one that has not got beyond ``nothing_at`` nothing, others half.

    >>> Bands(0.2, 0.6).share(np.array([0.2, 0.3, 0.6, np.nan])).tolist()
    [0.0, 0.5, 1.0, nan]
    """

    nothing_at: float
    all_at: float

    def share(self, values: Floats) -> Floats:
        """The share earned (0, 0.5 or 1), missing where the value is.

        Parameters
        ----------
        values : ndarray of float

        >>> Bands(90, 30).share(np.array([100.0, 60.0, 30.0])).tolist()  # fewer days are better
        [0.0, 0.5, 1.0]
        """
        way = np.sign(self.all_at - self.nothing_at)
        all_of_it, nothing = way * (values - self.all_at) >= 0, way * (values - self.nothing_at) <= 0
        return np.select([np.isnan(values), all_of_it, nothing], [np.nan, 1.0, 0.0], 0.5)


@dataclass(frozen=True)
class Tiers:
    """Points by tier; a tier includes its top.

    Parameters
    ----------
    up_to : tuple of float
        The tops of all tiers but the last, rising.
    points : tuple of float
        Of each tier, the last one included.

    >>> Tiers((1.0, 3.0), (0.0, 5.0, 20.0)).share(np.array([1.0, 1.1, 3.0, 4.0])).tolist()
    [0.0, 0.25, 0.25, 1.0]
    """

    up_to: tuple[float, ...]
    points: tuple[float, ...]

    def share(self, values: Floats) -> Floats:
        """The share of the most points of any tier, missing where the value is.

        Parameters
        ----------
        values : ndarray of float

        >>> Tiers((2.0,), (10.0, 0.0)).share(np.array([2.0, np.nan])).tolist()
        [1.0, nan]
        """
        earned = np.array(self.points)[np.searchsorted(self.up_to, values, side="left")] / max(self.points)
        return np.where(np.isnan(values), np.nan, earned)


@dataclass(frozen=True)
class Measure:
    """One signal in a score.

    Parameters
    ----------
    signal : str
        Of :data:`cslab.measure.signals.SIGNALS`.
    weight : float
        Beside the weights of the others.
    shape : Slope, Bands or Tiers
        What a value earns.
    part : str
        For DEAR: one of its four parts.

    >>> Measure("wau_ratio", 40, Slope(0.1, 0.7)).part
    ''
    """

    signal: str
    weight: float
    shape: Slope | Bands | Tiers
    part: str = ""


@dataclass(frozen=True)
class Declaration:
    """A declared score.

    Parameters
    ----------
    name : str
    style : str
        ``dear`` (four weighted parts), ``points`` (factors that total 100), ``bands`` (0, 5 or 10 each) or ``model``
        (learnt from who left).
    high : str
        What a high score says: ``healthy`` or ``risk``.
    full : float
        The highest score there can be.
    nulls : str
        What a missing value counts as: ``ignore`` (the others share its weight), ``zero`` (no points), ``middle``
        (half), ``indicator`` (a model learns what a gap says).
    red, green : float
        Scores where red ends, or begins, and where green does.
    measures : tuple of Measure
        None for a model.
    horizon : int
        For a model: months within which leaving counts.
    sets : tuple of str
        For a model: sets of features, of ``landmark.SETS``.

    >>> score = Declaration("own", "points", "healthy", 100, "zero", red=40, green=70)
    >>> score.colours(np.array([39.0, 40.0, 70.0])).tolist()
    ['red', 'yellow', 'green']
    """

    name: str
    style: Style
    high: High
    full: float
    nulls: Nulls
    red: float
    green: float
    measures: tuple[Measure, ...] = ()
    horizon: int = 6
    sets: tuple[str, ...] = field(default=())

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals that it is made of.

        >>> Declaration("own", "model", "healthy", 100, "indicator", 40, 70).signals
        ()
        """
        return tuple(measure.signal for measure in self.measures)

    @property
    def repeatable(self) -> bool:
        """Whether it can be made again for another day; a score that came from elsewhere cannot.

        >>> Declaration("own", "points", "healthy", 100, "ignore", 40, 60).repeatable
        False
        """
        return bool(self.measures) or self.style == "model"

    def only(self, book: Book) -> Declaration:
        """The same score of those measures alone that a book's tables allow; the others share the weight.

        Parameters
        ----------
        book : Book

        Raises
        ------
        NotReady
            Where they allow none, with every column that would help.

        >>> import cslab
        >>> from cslab.measure import health
        >>> health.declared("dear").only(cslab.load("synthetic:tiny")) == health.declared("dear")
        True
        """
        kept = tuple(one for one in self.measures if not lacking(book, [one.signal]))
        if self.measures and not kept:
            raise NotReady(*lacking(book, self.signals))
        return replace(self, measures=kept)

    def risk_order(self, score: Any) -> Floats:
        """Scores turned so that more means likelier to leave.

        Parameters
        ----------
        score : ndarray of float

        >>> Declaration("own", "points", "healthy", 100, "zero", 40, 70).risk_order(np.array([80.0])).tolist()
        [-80.0]
        """
        values = np.asarray(score, float)
        return -values if self.high == "healthy" else values

    def as_said(self, score: Any) -> Floats:
        """The chance of leaving that somebody reads off a score who takes it for a probability (misconception M23).

        Parameters
        ----------
        score : ndarray of float

        >>> Declaration("own", "points", "healthy", 100, "zero", 40, 70).as_said(np.array([80.0])).round(2).tolist()
        [0.2]
        """
        share = np.clip(np.asarray(score, float) / self.full, 0.0, 1.0)
        return 1 - share if self.high == "healthy" else share

    def colours(self, score: Any) -> NDArray[Any]:
        """The colour of each score; empty where there is none.

        Parameters
        ----------
        score : ndarray of float

        >>> Declaration("own", "points", "risk", 100, "zero", 60, 30).colours(np.array([70.0, np.nan])).tolist()
        ['red', '']
        """
        values = np.asarray(score, float)
        red = values < self.red if self.high == "healthy" else values >= self.red
        green = values >= self.green if self.high == "healthy" else values < self.green
        return np.select([np.isnan(values), red, green], ["", "red", "green"], "yellow").astype(object)

    def combined(self, shares: Floats) -> tuple[Floats, Floats]:
        """Scores of what each measure earned, by the rule for gaps.

        Parameters
        ----------
        shares : ndarray of float, shape (rows, measures)
            0-1, missing where a value is.

        Returns
        -------
        tuple of ndarray
            The score, missing where nothing is known to go by; the share of the weight that was known.

        >>> two = (Measure("nps", 1, Slope(0, 10)), Measure("csat", 1, Slope(1, 5)))
        >>> gap = np.array([[0.8, np.nan]])
        >>> [float(Declaration("own", "bands", "healthy", 10, nulls, 4, 7, two).combined(gap)[0][0])
        ...  for nulls in ("ignore", "zero", "middle")]
        [8.0, 4.0, 6.5]
        """
        weight = np.array([measure.weight for measure in self.measures], float)
        known = (~np.isnan(shares)) @ weight
        filled = np.where(np.isnan(shares), 0.5 if self.nulls == "middle" else 0.0, shares) @ weight
        whole = known if self.nulls == "ignore" else np.full(len(shares), weight.sum())
        found = self.full * filled / np.where((whole > 0) & (known > 0), whole, np.nan)
        return found, known / weight.sum()
