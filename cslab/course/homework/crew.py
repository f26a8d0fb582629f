"""Whether the CSMs of an engagement model suffice: whole people, with a tenth of their hours kept free."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cslab.course.homework.fields import Given
from cslab.course.homework.paper import DATA, Paper, read_number
from cslab.faults import CslabError, DataError, Fault

NEAR = 0.02
"""How far a load may lie beside what is computed again (a share)."""


def too_few(csms: Given, growth: int, load: float, each: float) -> Iterator[Fault]:
    """That so many CSMs carry a load within nine tenths of their hours, and are a number of people.

    Parameters
    ----------
    csms : Given
    growth : int
        How many times as many customers as today.
    load : float
        Hours a month.
    each : float
        Hours a month of a CSM.

    >>> [fault.values["needed"] for fault in too_few(Given("csms_1", "10", 4), 1, 1300, 130)]
    [12]
    >>> list(too_few(Given("csms_1", "12", 4), 1, 1300, 130))
    []
    """
    from cslab.measure.touch.load import PLANNED

    people = read_number(csms.value)
    if people is None:
        yield Fault("homework_number", {"line": csms.line, "value": csms.value})
    elif people % 1:
        told = {"line": csms.line, "csms": people, "below": math.floor(people), "above": math.ceil(people)}
        yield Fault("homework_people", told)
    elif people * each * PLANNED < load * (1 - NEAR):
        told = {"line": csms.line, "growth": growth, "csms": people, "load": load, "each": each, "planned": PLANNED}
        yield Fault("homework_csms_few", told | {"needed": math.ceil(round(load / (PLANNED * each), 9))})


def csm_hours(paper: Paper) -> float:
    """Hours a month that a CSM has for customers, on average over the team.

    Parameters
    ----------
    paper : Paper

    Raises
    ------
    DataError
        Where the company's tables cannot be read.

    >>> from pathlib import Path
    >>> csm_hours(Paper({}, {}, Path("."), "synthetic:tiny"))
    130.0
    """
    from cslab.measure.touch.load import hours_each

    try:
        return hours_each(paper.company)
    except CslabError as error:
        raise DataError(*error.faults, subject=DATA) from error
