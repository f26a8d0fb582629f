"""What a mission must agree with: the phases, the journey map, the charter of metrics, the calendar and the hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cslab.course.homework.beside import find_phase, find_step, journey_map, open_phases, phase_rules
from cslab.course.homework.document import normal, read_document, titled
from cslab.course.homework.fields import Given, named
from cslab.course.homework.paper import Paper, read_day, read_number
from cslab.course.homework.rules import Metric, metrics
from cslab.faults import Fault, UsageError, nearest
from cslab.words import LANGUAGES, word

CHARTER = "charter.md"
"""Where the metric of a mission is defined."""
KINDS = ("prevention", "firefighting")
"""What the hours of a year are split into."""


def phases_known(paper: Paper) -> Iterator[Fault]:
    """That the phase of the mission and the second-best one are phases by the rules, and two of them.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(phases_known(Paper({}, {}, Path("."))))
    []
    """
    found = [one for one in (paper.given("mission", "phase"), paper.given("counter", "second")) if one]
    known = phase_rules(paper.folder)
    chosen = [find_phase(known, one.value) for one in found]
    for one, phase in zip(found, chosen, strict=True):
        if not phase:
            yield _unknown("homework_phase_unknown", one, open_phases(known))
    if len(chosen) == 2 and chosen[0] and chosen[0] == chosen[1]:
        yield Fault("homework_second_same", {"line": found[1].line, "phase": found[1].value})


def step_known(paper: Paper) -> Iterator[Fault]:
    """That the mission names a step of the journey map; one of its own phase, where the map has steps there.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(step_known(Paper({}, {}, Path("."))))
    []
    """
    if (one := paper.given("mission", "step")) is None:
        return
    steps = journey_map(paper.folder).steps
    found = find_step(steps, one.value)
    if found is None:
        yield _unknown("homework_step_unknown", one, [step.id for step in steps])
        return
    phase = paper.given("mission", "phase")
    chosen = find_phase(phase_rules(paper.folder), phase.value) if phase else ""
    own = [step.id for step in steps if step.phase == chosen]  # none where the map begins later than the phase
    if own and found.id not in own:
        told = {"line": one.line, "step": found.id, "phase": found.phase, "chosen": chosen}
        yield Fault("homework_step_elsewhere", {**told, "known": ", ".join(own)})


def metric_in_charter(paper: Paper) -> Iterator[Fault]:
    """That the metric of the mission is defined in the charter beside it, with all its parts.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(metric_in_charter(Paper({}, {}, Path("."))))
    []
    """
    if (one := paper.given("mission", "metric")) is None:
        return
    try:
        defined = _chartered(paper)
    except UsageError:
        yield Fault("homework_no_charter", {"line": one.line, "metric": one.value})
        return
    known = {normal(metric.parts.get("name", "")): metric for metric in defined}
    metric = known.get(normal(one.value))
    if metric is None:
        yield _unknown(
            "homework_metric_undefined", one, [each.parts["name"] for each in defined if "name" in each.parts]
        )
    elif metric.missing:
        parts = {lang: named(metric.missing, lang) for lang in LANGUAGES}
        yield Fault("homework_charter_open", {"place": metric.line, "metric": one.value} | parts)


def _chartered(paper: Paper) -> list[Metric]:
    """The metrics that the charter defines."""
    headings = {titled(word("homework.charter.definition", lang)) for lang in LANGUAGES}
    answers = read_document(paper.folder / CHARTER).answers
    return [metric for answer in answers if titled(answer.heading) in headings for metric in metrics(answer)]


def day_ahead(section: str, field: str) -> Callable[[Paper], Iterator[Fault]]:
    """The agreement that a field is a day, and one that was still to come when the data ended.

    Parameters
    ----------
    section, field : str

    >>> from pathlib import Path
    >>> list(day_ahead("mission", "date")(Paper({}, {}, Path("."))))
    []
    """

    def agreement(paper: Paper) -> Iterator[Fault]:
        """What of the two days cannot be read, and the first where it is not after the second."""
        as_of, one = paper.day("as_of"), paper.given(section, field)
        if "as_of" in paper.front and paper.front["as_of"].value and as_of is None:
            entry = paper.front["as_of"]
            yield Fault("homework_date", {"line": entry.line, "field": "as_of", "value": entry.value})
        day = read_day(one.value) if one else None
        if one and day is None:
            yield Fault("homework_date", {"line": one.line, "value": one.value})
        elif one and as_of and day and day <= as_of:
            yield Fault("homework_date_past", {"line": one.line, "day": day, "as_of": as_of})

    return agreement


def hours_kept(paper: Paper) -> Iterator[Fault]:
    """That the hours are numbers, not below nought, and together no more than the budget of the year.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(hours_kept(Paper({}, {}, Path("."))))
    []
    """
    budget = paper.number("hours")
    if "hours" in paper.front and paper.front["hours"].value and not (budget and budget > 0):
        entry = paper.front["hours"]
        yield Fault("homework_hours", {"line": entry.line, "value": entry.value})
    found = [one for kind in KINDS if (one := paper.given("hours", kind))]
    numbers = [read_number(one.value) for one in found]
    for one, number in zip(found, numbers, strict=True):
        if number is None or number < 0:
            yield Fault("homework_hours", {"line": one.line, "value": one.value})
    total = sum(number for number in numbers if number is not None)
    if budget and total > budget:
        yield Fault("homework_hours_over", {"line": found[0].line, "total": total, "budget": budget})


def _unknown(key: str, one: Given, known: list[str]) -> Fault:
    """The fault of a name that nothing has, with the nearest there is."""
    told = {"line": one.line, "value": one.value, "near": nearest(one.value, known)}
    return Fault(key, {**told, "known": ", ".join(known) or "–"})
