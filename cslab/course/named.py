"""Parameters that name something to be found: rules of phases, a journey map, a step of it. Looked up before a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import CslabError, Fault, NotReady
from cslab.sources.shipped import own

if TYPE_CHECKING:
    from cslab.book import Book

MAP, STEP = "journey_map", "result_step"
RULES = ("phase_rules", "other_rules")
SCORING = ("score_rules", "playbook_rules")


def slips(values: Mapping[str, Any]) -> Iterator[tuple[str, Fault]]:
    """The parameters whose value names nothing that is there, or a file that cannot be read.

    Parameters
    ----------
    values : mapping
        All parameters of a run, each of its right type.

    Returns
    -------
    iterator of (str, Fault)
        The name of each such parameter, and what is wrong: of a file everything at once.

    >>> [(name, fault.values["name"]) for name, fault in slips({"phase_rules": "defualt", "journey_map": "journey"})]
    [('phase_rules', 'phase_rules')]
    """
    from cslab.measure import alerts, health, journey, lifecycle

    for name in RULES:
        yield from _slip(name, values, lifecycle.rules)
    for name, find in zip(SCORING, (health.declared, alerts.playbooks), strict=True):
        yield from _slip(name, values, find)
    yield from (wrong := [*_slip(MAP, values, journey.chosen)])
    if MAP in values and not wrong:
        yield from _slip(STEP, values, journey.chosen(values[MAP]).find)


def require_evidence(book: Book, values: Mapping[str, Any]) -> None:
    """Refuse a map of somebody's own whose steps nothing in the company's tables could show.

    Parameters
    ----------
    book : Book
    values : mapping
        All parameters of a run, checked.

    Raises
    ------
    NotReady
        With every such step and its line.

    >>> import cslab
    >>> require_evidence(cslab.load("synthetic:tiny"), {"journey_map": "journey"})
    """
    from cslab.measure import journey

    if MAP not in values or (file := own(values[MAP])) is None:
        return
    if faults := journey.unshown(journey.chosen(values[MAP]), book):
        raise NotReady(*faults, subject=file.name, ending="nothing_ran")


def files(values: Mapping[str, Any]) -> list[Path]:
    """The files of people's own that a run reads besides its source.

    Parameters
    ----------
    values : mapping
        All parameters of a run, checked.

    >>> files({"phase_rules": "default", "journey_map": "journey"})
    []
    """
    found = (own(values[name]) for name in (*RULES, *SCORING, MAP) if name in values)
    return [path for path in found if path is not None]


def _slip(name: str, values: Mapping[str, Any], find: Callable[[str], Any]) -> Iterator[tuple[str, Fault]]:
    """What is wrong with one parameter."""
    if name not in values:
        return
    try:
        find(values[name])
    except CslabError as error:
        said = {"name": name, "value": values[name], "en": error.text("en"), "ja": error.text("ja")}
        yield name, Fault("parameter_names", said)
