"""A scenario fitted to a book, round by round, and how near its simulated books come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure.fit.customers import customers
from cslab.measure.fit.feature import ALL, number
from cslab.measure.fit.features import features
from cslab.measure.fit.likeness import Side, likeness
from cslab.measure.fit.reading import reading_of
from cslab.measure.fit.start import based_on, start
from cslab.measure.fit.steps import fitted_places, moved
from cslab.measure.fit.unknown import unknown
from cslab.world.scenario import preset

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book, Note
    from cslab.measure.fit.reading import Reading
    from cslab.world.scenario import Scenario

ROUNDS = 6
"""How often the parameters are moved; by then they move within the luck of the simulated companies."""


@dataclass(frozen=True)
class Fitted:
    """A company made like a given one.

    Parameters
    ----------
    scenario : Scenario
        To be simulated, with as many customers as the book.
    base : str
        The preset that it rests on in all that the book does not tell.
    fidelity : DataFrame
        As ``likeness`` makes it: the book, the simulated company, and a reference, number by number.
    notes : tuple of Note
        What could not be fitted, and what was assumed.

    >>> import cslab
    >>> fitted = fit_scenario(cslab.load("synthetic:tiny"), rounds=1)
    >>> fitted.base, fitted.scenario.months
    ('default_jp', 48)
    """

    scenario: Scenario
    base: str
    fidelity: pd.DataFrame
    notes: tuple[Note, ...]


def fit_scenario(book: Book, rounds: int = ROUNDS) -> Fitted:
    """The scenario whose simulated books look like a given one.

    Parameters
    ----------
    book : Book
        Needs ``contracts``. What it knows of segments, amounts, movements and usage is used.
    rounds : int
        How often the parameters are moved.

    Returns
    -------
    Fitted

    Raises
    ------
    NotReady
        Without contracts.

    Source: indirect inference, Gouriéroux, Monfort and Renault (1993), grade A.

    >>> import cslab
    >>> fitted = fit_scenario(cslab.load("synthetic:tiny"), rounds=1)
    >>> bool(fitted.scenario.accounts < 100)
    True
    """
    how = reading_of(book)
    own = Side(book, features(book, how))
    scenario = start(book, how, customers(book, how), own.found)
    for _ in range(rounds):
        scenario = moved(scenario, own.found, _simulated(scenario, how).found)
    world, places = _simulated(scenario, how), fitted_places(scenario, own.found)
    found = likeness(own, world, _simulated(_unfitted(book, scenario), how).found, places)
    as_many = scenario.with_(accounts=_as_many(scenario, own.found, world.found))
    return Fitted(as_many, based_on(book), found, unknown(book, how, own.found))


def _simulated(scenario: Scenario, how: Reading) -> Side:
    """A company simulated from a scenario, and its statistics."""
    from cslab.world import company

    world = company(scenario)
    return Side(world, features(world, how.of_world(world)))


def _unfitted(book: Book, scenario: Scenario) -> Scenario:
    """The preset that the fit set out from, over as many months."""
    return preset(based_on(book)).with_(accounts=scenario.accounts, months=scenario.months)


def _as_many(scenario: Scenario, wanted: pd.DataFrame, got: pd.DataFrame) -> int:
    """How many customers to draw so that as many are on record as in the book."""
    known = [number(rows, ("customers", ALL, 0)) for rows in (wanted, got)]
    return max(round(scenario.accounts * known[0] / max(known[1], 1.0)), 1)
