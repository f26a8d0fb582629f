"""How like a given company a simulated one is: number by number, those that were fitted and those that were not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, ratio
from cslab.measure.fidelity import fidelity
from cslab.measure.fit.feature import ALL, Place, number
from cslab.measure.survival import at, kaplan_meier

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from cslab.book import Book

CELLS = ("estimate", "low", "high", "n", "method")
"""What stands in a table of an estimate."""
MONTHS = (12, 24, 36)
"""Months of a customer's life at which the share still there is looked at."""
SHOWN = 0.005
"""A simulated number may lie past a limit by so much of the book's, which no table shows."""


@dataclass(frozen=True)
class Side:
    """A company with its statistics.

    Parameters
    ----------
    book : Book
    found : DataFrame
        As ``features`` makes them.

    >>> import cslab
    >>> from cslab.measure.fit.features import features
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> len(Side(book, features(book, reading_of(book))).found) > 20
    True
    """

    book: Book
    found: pd.DataFrame


def likeness(own: Side, world: Side, base: pd.DataFrame, fitted: Collection[Place]) -> pd.DataFrame:
    """A book and a company simulated like it, number by number.

    Parameters
    ----------
    own, world : Side
        The given company, and a large simulated one.
    base : DataFrame
        The statistics of the preset without any fit.
    fitted : collection of tuple
        Statistic, group and level of what was fitted.

    Returns
    -------
    DataFrame
        ``statistic``, ``group``, ``level``, ``estimate``, ``low``, ``high``, ``n``, ``method`` of the book; ``world``;
        ``reference_low``, ``reference_high`` (of what is fitted the preset's number, of yearly figures the range
        published); ``fitted``; ``holds``: whether the simulated number lies within the book's limits, missing where
        it has none.

    >>> import cslab
    >>> from cslab.measure.fit.features import features
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> side = Side(book, features(book, reading_of(book)))
    >>> bool(likeness(side, side, side.found, [])["holds"].all())
    True
    """
    import pandas as pd

    counted = own.found.drop(index="customers", level="statistic")
    rows = [_counted(place, row, world.found, base, place in fitted) for place, row in counted.iterrows()]
    rows += [*_renewed(own.book, world.book), *_kept(own.book, world.book), *_yearly(own.book, world.book)]
    found = pd.DataFrame(rows)
    found["holds"] = pd.array([_near(row) for row in rows], dtype="boolean")
    found.attrs.update(as_of=own.book.as_of, currency=own.book.currency)
    return found


def _counted(place: Any, row: pd.Series, got: pd.DataFrame, base: pd.DataFrame, fitted: bool) -> dict[str, Any]:
    """A statistic of the fit."""
    world, reference = (number(rows, place) for rows in (got, base))
    names = dict(zip(("statistic", "group", "level"), place, strict=True))
    limits = {"reference_low": reference, "reference_high": reference}
    cells = {name: row[name] for name in CELLS}
    return {**names, **cells, "world": world, **limits, "fitted": fitted}


def _renewed(book: Book, world: Book) -> list[dict[str, Any]]:
    """The share of the contracts of a year and more that ended on record and went on: no step looks at it."""
    own, other = (_renewal_rate(one) for one in (book, world))
    return [_held_out("renewed", 0, own, other)] if own.n and other.n else []


def _renewal_rate(book: Book) -> Estimate:
    """Of contracts of a year and more that ended on record, the share that was renewed; by account."""
    from cslab.measure.decisions import DECIDED, SHORTEST_TERM

    if not book.has("contracts.end", "contracts.outcome", "contracts.term_months"):
        return Estimate(float("nan"), float("nan"), float("nan"), 0, "renewed")
    over = book.contracts
    over = over[(over["end"] <= book.as_of) & over["outcome"].isin(DECIDED) & (over["term_months"] >= SHORTEST_TERM)]
    sums = over.assign(stayed=over["outcome"].ne("churned")).groupby("account_id")["stayed"].agg(["sum", "size"])
    return ratio(sums["sum"].to_numpy(float), sums["size"].to_numpy(float), "renewed", high=1.0)


def _kept(book: Book, world: Book) -> list[dict[str, Any]]:
    """The share of customers still there after one, two and three years, which no step looks at."""
    curves = [kaplan_meier(durations(one)) for one in (book, world)]
    last = min(float(curve["time"].max()) for curve in curves)
    pairs = {month: [at(curve, month) for curve in curves] for month in MONTHS if month <= last}
    return [_held_out("kept", month, own, other) for month, (own, other) in pairs.items()]


def _yearly(book: Book, world: Book) -> list[dict[str, Any]]:
    """The yearly figures that are published, which no step looks at either."""
    if not book.has("mrr_movements", "calendar"):
        return []
    own, other = (fidelity(one) for one in (book, world))
    rows = []
    for row, simulated in zip(own.to_dict("records"), other["estimate"], strict=True):
        cells = {name: row[name] for name in CELLS}
        limits = {"reference_low": row["published_low"], "reference_high": row["published_high"]}
        place = {"statistic": row["benchmark"], "group": ALL, "level": 0}
        rows += [{**place, **cells, "world": simulated, **limits, "fitted": False}] if row["n"] else []
    return rows


def _held_out(name: str, level: int, own: Estimate, other: Estimate) -> dict[str, Any]:
    """A number that was not fitted, and that nobody publishes."""
    place = {"statistic": name, "group": ALL, "level": level}
    limits = {"reference_low": float("nan"), "reference_high": float("nan")}
    return {**place, **own.cells(), "world": other.estimate, **limits, "fitted": False}


def _near(row: dict[str, Any]) -> bool | None:
    """Whether the simulated number lies within the book's limits; None where it has none."""
    slack = SHOWN * abs(row["estimate"])
    inside = row["low"] - slack <= row["world"] <= row["high"] + slack
    return None if np.isnan(row["low"]) or np.isnan(row["high"]) else bool(inside)
