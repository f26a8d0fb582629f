"""A map whose evidence stands in many tables, and a log of its steps made from them: one table for all that follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cslab.measure.journey.map import Map, Step
from cslab.measure.journey.observed import LOG, observed

if TYPE_CHECKING:
    from cslab.book import Book


def noted(book: Book, map_: Map) -> tuple[Book, Map]:
    """A company with a log of a map's steps, and the map that refers to it.

    Parameters
    ----------
    book : Book
    map_ : Map
        With evidence in any tables.

    Returns
    -------
    tuple of Book, Map
        ``journey_events`` holds the events of this map's steps (how customers felt only where the evidence says it).
        Both as they were, where the map refers to that table alone, or the book lacks some of its evidence.

    >>> import cslab
    >>> from cslab.measure.journey.map import shipped
    >>> book, step = cslab.load("synthetic:tiny"), Step("begun", "adoption", table="onboarding", column="started")
    >>> noted(book, Map("own", "", "", (step,)))[0].journey_events["step_id"].unique().tolist()
    ['begun']
    >>> noted(book, shipped())[0] is book
    True
    """
    needs = [f"{step.table}.{name}" for step in map_.steps for name in (step.column, *dict(step.where)) if step.table]
    if all(step.table in ("", LOG) for step in map_.steps) or book.lacks(*needs):
        return book, map_
    log = observed(book, map_).rename(columns={"step": "step_id", "day": "happened_on"})
    log = log if log["sentiment"].notna().any() else log.drop(columns="sentiment")
    steps = tuple(_in_the_log(step) if step.table else step for step in map_.steps)
    return replace(book, tables={**book.tables, LOG: log}), replace(map_, steps=steps)


def _in_the_log(step: Step) -> Step:
    """The same step, shown by the log."""
    return replace(step, table=LOG, column="happened_on", where=(("step_id", step.id),))
