"""Programmes and the links of their chains as declared in ``programmes.toml``: from an activity towards money."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cslab.world.scenario import Scenario

AT_SIGNING = ("stall", "speed", "handoff", "handoff_spread", "education", "fit")
"""Equations that a programme changes once, at signing; what acts on any other arrives over the months of its lag."""


@dataclass(frozen=True)
class Link:
    """One link of a chain.

    Parameters
    ----------
    source, target : str
        What moves what.
    strength : float or str
        Its size; a word names the value of the programme, or the scenario's parameter, that holds it.
    unit : str
        ``times`` multiplies; any other unit adds.
    lag : tuple of int, optional
        Months until it shows: min, mode, max. Without it: as the core's equations take.
    acts : str
        The equation that the programme changes; empty where the link follows from the core's equations.
    about : tuple of str
        Categories of tickets, where it acts on those.
    running : bool
        Whether it acts only while the sessions run.
    grade : str
        Evidence: A paper, B survey or disclosure, C rule of thumb, S convention.

    >>> Link("sessions_held", "onboarding_speed", 1.6, "times", acts="speed").size(effect=1)
    0.47000362924573563
    """

    source: str
    target: str
    strength: float | str
    unit: str
    lag: tuple[int, int, int] | None = None
    acts: str = ""
    about: tuple[str, ...] = ()
    running: bool = False
    grade: str = ""

    def size(self, effect: float) -> float:
        """What it adds to its equation, on the log scale where it multiplies.

        Parameters
        ----------
        effect : float
            Times the declared strength.

        >>> Link("features_adv", "expected_value", 0.10, "value", acts="value").size(effect=-1)
        -0.1
        """
        assert not isinstance(self.strength, str)
        return effect * (log(self.strength) if self.unit == "times" else self.strength)


@dataclass(frozen=True)
class Programme:
    """A programme that a company offers its customers, or a chain without one.

    Parameters
    ----------
    name : str
    type, owner : str
        Kind and department in charge.
    who : str
        ``new``: customers who sign from its start on, at signing; ``all``: everybody there.
    assignment : str
        Its own way of taking customers on, of ``DESIGNS``.
    links : tuple of Link
    tenure : int
        Months after signing at the earliest.
    wait : float
        Mean months until a customer's turn comes.
    share : float
        Who is invited or taken on, where that is done by lot.
    dose, months : int
        Sessions, and months over which they are spread; no months: so many sessions a year, without an end.
    held : float
        Chance that a planned session is held.
    hours : float
        Of the team, for one session.
    told : bool
        Whether customers know that they take part.
    addon : str
        The add-on that simulates the chain, where no programme takes customers on.

    >>> CHAINS["onboarding_programme"].dose
    6
    """

    name: str
    type: str
    owner: str
    who: str
    assignment: str
    links: tuple[Link, ...]
    tenure: int = 0
    wait: float = 0.0
    share: float = 0.5
    dose: int = 0
    months: int = 0
    held: float = 1.0
    hours: float = 0.0
    told: bool = True
    addon: str = ""

    @property
    def shows_after(self) -> int:
        """Months after which something is expected to show: the first mode of its lags, 0 where none is declared."""
        return min((link.lag[1] for link in self.links if link.lag and link.acts), default=0)

    def idle(self, effect: float) -> bool:
        """Whether nothing that it does acts on anything.

        Parameters
        ----------
        effect : float
            Times the declared strengths.

        >>> CHAINS["user_meeting"].idle(effect=1), CHAINS["faq"].idle(effect=1), CHAINS["faq"].idle(effect=0)
        (True, False, True)
        """
        return not any(link.size(effect) for link in self.links if link.acts)


def _link(written: dict[str, Any]) -> Link:
    """A link as written in the file."""
    source, target = written.pop("from"), written.pop("to")
    lists = {name: tuple(value) for name, value in written.items() if isinstance(value, list)}
    values: dict[str, Any] = {**written, **lists}
    return Link(source, target, **values)


def _declared() -> dict[str, Programme]:
    """All chains of the file."""
    written = tomllib.loads(Path(__file__).with_name("programmes.toml").read_text(encoding="utf-8"))
    return {
        name: Programme(name, links=tuple(_link(link) for link in values.pop("links")), **values)
        for name, values in written.items()
    }


CHAINS = _declared()
"""Every chain by name: those of programmes, and that of the community."""

PROGRAMMES = tuple(name for name, chain in CHAINS.items() if not chain.addon)
"""The programmes that a scenario may run, in their order."""


def strength(scenario: Scenario, chain: Programme, link: Link) -> float:
    """How strong a link is in a company: as simulated there.

    Parameters
    ----------
    scenario : Scenario
    chain : Programme
    link : Link
        One of the chain's.

    Returns
    -------
    float
        In the link's unit.

    >>> from cslab.world.scenario import preset
    >>> chain = CHAINS["onboarding_programme"]
    >>> [strength(preset("default_jp"), chain, link) for link in chain.links]
    [0.85, -1.0, 1.6, 0.8]
    """
    if isinstance(link.strength, str):
        return float(getattr(chain if hasattr(chain, link.strength) else scenario, link.strength))
    effect = scenario.program_effect
    return float(link.strength**effect if link.unit == "times" else link.strength * effect)
