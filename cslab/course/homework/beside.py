"""What a homework is held against: the declared files that lie beside it, else the kit's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.homework.document import normal
from cslab.faults import UsageError

if TYPE_CHECKING:
    from cslab.measure.journey import Map, Step
    from cslab.measure.lifecycle import Rules
    from cslab.measure.touch import Cadence, Matrix, TierRule

RULES, JOURNEY = "rules.yaml", "journey.yaml"
MATRIX, TIER_RULE, CADENCE = "touch_matrix.yaml", "tier_rule.yaml", "cadence.yaml"
"""The names of the files that come with a homework."""


def phase_rules(folder: Path) -> Rules:
    """The rules of the phases.

    Parameters
    ----------
    folder : Path
        Of the homework; without a file there, the rules of the kit hold.

    Raises
    ------
    DataError
        With everything that is wrong in the file, by line.

    >>> phase_rules(Path("no such folder")).name
    'default'
    """
    from cslab.measure import lifecycle

    file = folder / RULES
    return lifecycle.read_rules(file.read_bytes(), RULES) if file.is_file() else lifecycle.rules()


def journey_map(folder: Path) -> Map:
    """The journey map.

    Parameters
    ----------
    folder : Path
        Of the homework; without a file there, the map of the kit holds.

    Raises
    ------
    DataError
        With everything that is wrong in the file, by line.

    >>> journey_map(Path("no such folder")).find("kickoff").phase
    'onboarding'
    """
    from cslab.measure import journey

    file = folder / JOURNEY
    return journey.read_map(file.read_bytes(), JOURNEY) if file.is_file() else journey.shipped()


def touch_matrix(folder: Path) -> Matrix:
    """The touch matrix.

    Parameters
    ----------
    folder : Path
        Of the homework; without a file there, the matrix of the kit holds.

    Raises
    ------
    DataError
        With everything that is wrong in the file, by line: a tool named before a problem, a cell without goal or owner.

    >>> touch_matrix(Path("no such folder")).name
    'default'
    """
    from cslab.measure import touch

    file = folder / MATRIX
    return touch.read_matrix(file.read_bytes(), MATRIX, cadence(folder)) if file.is_file() else touch.matrix_of()


def tier_rule(folder: Path) -> TierRule:
    """The rule by which customers get their tiers.

    Parameters
    ----------
    folder : Path
        Of the homework; without a file there, the rule of the kit holds.

    Raises
    ------
    DataError
        With everything that is wrong in the file, by line.

    >>> tier_rule(Path("no such folder")).name
    'default'
    """
    from cslab.measure import touch

    file = folder / TIER_RULE
    return touch.read_tier_rule(file.read_bytes(), TIER_RULE) if file.is_file() else touch.tier_rule()


def cadence(folder: Path) -> Cadence:
    """How often each tier is touched, and the hours of each touch.

    Parameters
    ----------
    folder : Path
        Of the homework; without a file there, the cadence of the kit holds.

    Raises
    ------
    DataError
        With everything that is wrong in the file, by line.

    >>> sorted(cadence(Path("no such folder")).hours())[:2]
    ['community', 'high']
    """
    from cslab.measure import touch

    file = folder / CADENCE
    return touch.read_cadence(file.read_bytes(), CADENCE) if file.is_file() else touch.cadence()


def open_phases(rules: Rules) -> list[str]:
    """The phases that a mission can be about: those in which somebody is a customer.

    Parameters
    ----------
    rules : Rules

    >>> open_phases(phase_rules(Path(".")))
    ['purchase', 'onboarding', 'adoption', 'renewal']
    """
    from cslab.measure.lifecycle.focus.counts import EVALUATION

    return [name for name, phase in rules.phases.items() if not phase.final and name != EVALUATION]


def find_phase(rules: Rules, name: str) -> str:
    """The phase that somebody means; empty where a mission cannot be about it.

    Parameters
    ----------
    rules : Rules
    name : str
        Its id, its label in either language, or one of its aliases.

    >>> known = phase_rules(Path("."))
    >>> find_phase(known, "オンボーディング"), find_phase(known, "the best one")
    ('onboarding', '')
    """
    try:
        phase = rules.phase_of(name.strip())
    except UsageError:
        return ""
    return phase if phase in open_phases(rules) else ""


def find_step(steps: Sequence[Step], name: str) -> Step | None:
    """The step of a journey map that somebody means.

    Parameters
    ----------
    steps : sequence of Step
    name : str
        Its id, or its goal in either language.

    >>> find_step(journey_map(Path(".")).steps, "no such step") is None
    True
    """
    wanted = normal(name)
    return next((one for one in steps if wanted in map(normal, (one.id, one.goal_en, one.goal_ja))), None)
