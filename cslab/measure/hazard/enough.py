"""Whether there are departures enough for the numbers that a model estimates."""

from __future__ import annotations

from cslab.book import Note
from cslab.faults import Fault

FEW = 10
"""Departures for each number that is estimated, below which limits are not to be trusted."""


def too_few(events: int, columns: int) -> list[Fault]:
    """The fault of more numbers than departures.

    Parameters
    ----------
    events : int
    columns : int
        Numbers that are to be estimated.

    Returns
    -------
    list of Fault
        Empty where there are more departures than numbers.

    >>> [fault.key for fault in too_few(3, 3)], too_few(4, 3)
    (['hazard.few_events'], [])
    """
    return [Fault("hazard.few_events", {"events": events, "columns": columns})] if events <= columns else []


def few(events: int, columns: int) -> list[Note]:
    """That limits are to be taken with care.

    Parameters
    ----------
    events : int
    columns : int

    Returns
    -------
    list of Note
        Empty from ten departures a number on.

    Source: ten events a variable, Peduzzi et al. (1995), Journal of Clinical Epidemiology 48:1503, grade B.

    >>> [note.key for note in few(29, 3)], few(30, 3)
    (['hazard_few_events'], [])
    """
    return [Note("hazard_few_events", {"events": events, "columns": columns})] if events < FEW * columns else []
