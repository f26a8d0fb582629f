"""The ``synthetic:`` door: a company is simulated from a preset and what stands behind its ``?``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cslab.book import Book
from cslab.faults import Fault, UsageError
from cslab.sources.grammar import Source
from cslab.sources.log import simulated_log
from cslab.sources.own_scenario import is_own, read_scenario

if TYPE_CHECKING:
    from cslab.world import Policy, Scenario


def open_synthetic(source: Source) -> Book:
    """The book of a simulated company, with its truth.

    Parameters
    ----------
    source : Source
        Of the kind ``synthetic``: a preset or a file of one's own, any of its parameters, and ``policy``.

    Returns
    -------
    Book
        As of the last day simulated.

    Raises
    ------
    UsageError
        With every preset, policy and parameter that is unknown or out of range.

    >>> from cslab.sources.grammar import parse
    >>> open_synthetic(parse("synthetic:tiny?seed=3&policy=rule")).synthetic
    True
    """
    from cslab import world

    scenario, policy = described(source)
    return replace(world.company(scenario, policy), source=source.text, log=simulated_log(scenario, policy))


def described(source: Source) -> tuple[Scenario, Policy]:
    """The company that a source string describes, and who gets which touch there.

    Parameters
    ----------
    source : Source
        Of the kind ``synthetic``.

    Returns
    -------
    Scenario
    Policy

    Raises
    ------
    UsageError
        With every preset, policy and parameter that is unknown or out of range.

    >>> from cslab.sources.grammar import parse
    >>> scenario, policy = described(parse("synthetic:tiny?seed=3&policy=rct"))
    >>> scenario.seed, policy.name
    (3, 'rct')
    """
    from cslab import world

    scenario = read_scenario(source.name) if is_own(source.name) else world.preset(source.name)
    params = dict(source.params)
    rule, faults = params.pop("policy", scenario.policy), list[Fault]()
    try:
        policy = world.policy(rule)
    except UsageError as error:
        faults += error.faults
    try:
        scenario = scenario.with_(**params)
    except UsageError as error:
        faults += error.faults
    if faults:
        raise UsageError(*faults, subject=source.text)
    return scenario, policy
