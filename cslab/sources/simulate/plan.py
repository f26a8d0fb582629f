"""What is to be simulated and written: understood and checked whole before anything is done."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError, nearest
from cslab.sources import parquet
from cslab.sources.events import lack as log_lack
from cslab.sources.grammar import parse
from cslab.sources.synthetic import described

if TYPE_CHECKING:
    from cslab.world import Policy, Scenario

FORMATS = ("csv", "parquet")
LEVELS = (1, 2, 3)
"""How badly an export may be spoilt."""
HIDDEN = "synthetic:hidden"
"""What stands in the place of the source where nobody may simulate the company again and read off the truth."""


@dataclass(frozen=True)
class Plan:
    """A company to simulate, and how it is written.

    Parameters
    ----------
    source : str
        The source string that simulates the same company.
    scenario : Scenario
    policy : Policy
    form : str
        ``csv`` or ``parquet``.
    messy : int
        How badly it is spoilt: 1 to 3; 0 for not at all.
    events : bool
        Whether usage events are written too.
    hide_seed : bool
        Whether the mark in the folder keeps the source to itself.

    >>> planned("tiny", ["seed=3"]).source
    'synthetic:tiny?seed=3'
    """

    source: str
    scenario: Scenario
    policy: Policy
    form: str = "csv"
    messy: int = 0
    events: bool = False
    hide_seed: bool = False

    @property
    def shown_source(self) -> str:
        """What the mark says about where the folder comes from."""
        return HIDDEN if self.hide_seed else self.source

    @property
    def fingerprint(self) -> str:
        """A name for the bytes that will be written: the same for the same company, form and versions."""
        told = (asdict(self.scenario), self.policy, self.form, self.messy, self.events, made_with())
        return blake2b(repr(told).encode("utf-8"), digest_size=16).hexdigest()


def planned(
    preset: str,
    wishes: Sequence[str] = (),
    form: str = "csv",
    messy: str | int = 0,
    events: bool = False,
    hide_seed: bool = False,
) -> Plan:
    """What was asked for, checked.

    Parameters
    ----------
    preset : str
        Name of a scenario.
    wishes : sequence of str
        ``name=value``: parameters of the scenario, and ``policy``.
    form : str
        ``csv`` or ``parquet``.
    messy : str or int
        0 to 3.
    events, hide_seed : bool
        As for ``Plan``.

    Returns
    -------
    Plan

    Raises
    ------
    UsageError
        With everything that is unknown, out of range, does not go together or needs the extra that is missing.

    >>> planned("tiny", ["accounts=30"], messy=1).scenario.accounts
    30
    >>> planned("tiny", ["accounts=0"], form="parket")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    source, faults = f"synthetic:{preset}" + (f"?{'&'.join(sorted(wishes))}" if wishes else ""), list[Fault]()
    try:
        scenario, policy = described(parse(source))
    except UsageError as error:
        faults += error.faults
    faults += [fault for fault in (_form_fault(form, messy), _level_fault(messy), *_lacks(form, events)) if fault]
    if faults:
        raise UsageError(*faults, ending="nothing_written")
    return Plan(source, scenario, policy, form, int(messy), events, hide_seed)


def made_with() -> str:
    """The versions on which the bytes of an export rest.

    >>> made_with().split()[0]
    'cslab'
    """
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("cslab", "numpy", "pandas"))


def _form_fault(form: str, messy: str | int) -> Fault | None:
    """What is wrong with the format: unknown, or one that cannot be spoilt, as its cells have types."""
    if form not in FORMATS:
        return Fault("unknown_format", {"form": form, "near": nearest(form, FORMATS), "known": ", ".join(FORMATS)})
    return Fault("messy_parquet") if form == "parquet" and str(messy) != "0" else None


def _level_fault(messy: str | int) -> Fault | None:
    """What is wrong with the level of spoiling."""
    if str(messy) in ("0", *map(str, LEVELS)):
        return None
    return Fault("unknown_level", {"level": messy})


def _lacks(form: str, events: bool) -> list[Fault | None]:
    """What the extra is needed for and is not there for."""
    return [parquet.lack("--format parquet") if form == "parquet" else None, log_lack() if events else None]
