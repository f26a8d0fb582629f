"""What programmes change for the customers who take part: how much of an effect has arrived, in which equation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.programmes.programme import CHAINS

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.programmes.programme import Link, Programme
    from cslab.world.scenario import Scenario


@dataclass(frozen=True)
class Enrolled:
    """Who takes part in which programme: a row a customer, a column a programme.

    Parameters
    ----------
    turn : ndarray of int, shape (n, programmes)
        Month in which it is decided about the customer, or ``NEVER``. Months count from the scenario's first.
    since : ndarray of int, shape (n, programmes)
        Month of enrolment, or ``NEVER``; also of those who have left by then, as if they had stayed.
    invited : ndarray of bool, shape (n, programmes)
    held : ndarray of float, shape (n, programmes)
        Share of the planned sessions that are held.
    relief : ndarray of float, shape (n, programmes)
        Uniform draws: whom a programme relieves of high effort first.
    high_effort : ndarray of bool, shape (n,)
        Working with the product costs the customer much effort, as long as nothing relieves it.
    """

    turn: Ints
    since: Ints
    invited: Flags
    held: Floats
    relief: Floats
    high_effort: Flags


class Programmes:
    """What the programmes of a company do to some customers. It holds no draws of its own: ask it any month.

    Parameters
    ----------
    scenario : Scenario
        With the programmes that run.
    enrolled : Enrolled
        Who takes part in them.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> trained = preset("tiny").with_(programs="training", program_start=-40)
    >>> programmes = simulate(trained, policy("program_open"), 1, range(1), accounts=60, months=48).programmes
    >>> sorted(set(programmes.shift("features_adv", 20, np.arange(60)).round(2).tolist()))
    [0.0, 0.4]
    """

    def __init__(self, scenario: Scenario, enrolled: Enrolled) -> None:
        self.scenario, self.enrolled, self.names = scenario, enrolled, scenario.programs
        self._acting: dict[str, list[tuple[int, Programme, Link, float]]] = defaultdict(list)
        for place, name in enumerate(self.names):
            for link in CHAINS[name].links:
                if link.acts and (size := link.size(scenario.program_effect)):
                    self._acting[link.acts].append((place, CHAINS[name], link, size))

    def shift(self, acts: str, month: Ints | int, who: Ints | slice, about: str = "") -> Floats | float:
        """What is added to an equation, all programmes together.

        Parameters
        ----------
        acts : str
            The equation, as the links of ``programmes.toml`` name it.
        month : int or ndarray of int
        who : slice or ndarray of int
            Rows of the customers; of the shape of ``month``, where that is an array.
        about : str
            A category of tickets.

        Returns
        -------
        ndarray of float, or 0.0 where nothing acts

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> simulate(preset("tiny"), policy("rule"), 1, range(1), 60, months=48).programmes.shift("value", 80, slice(9))
        0.0
        """
        total: Floats | float = 0.0
        for place, programme, link, size in self._acting.get(acts, ()):
            if not link.about or about in link.about:
                total = total + size * self._arrived(place, programme, link, month, who)
        return total

    def factor(self, acts: str, month: Ints | int, who: Ints | slice, about: str = "") -> Floats | float:
        """What something is multiplied by, all programmes together.

        Parameters
        ----------
        acts, month, who, about
            As for ``shift``.

        Returns
        -------
        ndarray of float, or 1.0 where nothing acts

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> fixed = preset("tiny").with_(programs="ux_fix", program_start=-40)
        >>> programmes = simulate(fixed, policy("program_open"), 1, range(1), accounts=60, months=48).programmes
        >>> sorted(set(programmes.factor("tickets", 80, np.arange(60), about="how_to").round(2).tolist()))
        [0.5, 0.71, 1.0]
        """
        total = self.shift(acts, month, who, about)
        return 1.0 if isinstance(total, float) else np.exp(total)

    def high_effort(self, month: Ints | int, who: Ints | slice) -> Flags:
        """For whom working with the product costs much effort then: some are relieved of it by programmes.

        Parameters
        ----------
        month, who
            As for ``shift``.

        Returns
        -------
        ndarray of bool

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> helped = preset("tiny").with_(programs="faq", program_start=0)
        >>> programmes = simulate(helped, policy("program_open"), 1, range(1), accounts=60, months=48).programmes
        >>> bool(programmes.high_effort(20, slice(60)).sum() > programmes.high_effort(80, slice(60)).sum())
        True
        """
        high = self.enrolled.high_effort[who]
        for place, programme, link, size in self._acting.get("relief", ()):
            arrived = size * self._arrived(place, programme, link, month, who)
            high = high & (self.enrolled.relief[who, place] >= arrived)
        return high

    def ease(self, month: int, who: Ints | slice) -> Floats | float:
        """What the hazard of disengagement is multiplied by where high effort is relieved.

        Parameters
        ----------
        month, who
            As for ``shift``.

        Returns
        -------
        ndarray of float, or 1.0 where nothing relieves anybody

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> helped = preset("tiny").with_(programs="faq", program_start=0, effort_disengage=2)
        >>> programmes = simulate(helped, policy("program_open"), 1, range(1), accounts=60, months=48).programmes
        >>> sorted(set(programmes.ease(80, slice(60)).tolist()))
        [0.5, 1.0]
        """
        if not self._acting.get("relief") or not self.scenario.effort_disengage:
            return 1.0
        relieved = self.enrolled.high_effort[who] & ~self.high_effort(month, who)
        return np.where(relieved, 1 / self.scenario.effort_disengage, 1.0)

    def at_signing(self, acts: str, signed: Ints) -> Floats:
        """What is added to an equation of signing, for those who are enrolled then.

        Parameters
        ----------
        acts : str
        signed : ndarray of int
            Month of signing of every customer.

        Returns
        -------
        ndarray of float

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> guided = preset("tiny").with_(programs="onboarding_programme", program_start=-40)
        >>> history = simulate(guided, policy("program_open"), 1, range(1), accounts=60, months=48)
        >>> bool((history.programmes.at_signing("stall", history.customers.start) < 0).all())
        True
        """
        total = np.zeros(len(signed))
        for place, _, _, size in self._acting.get(acts, ()):
            total += size * self.enrolled.held[:, place] * (self.enrolled.since[:, place] == signed)
        return total

    def _arrived(self, place: int, programme: Programme, link: Link, month: Ints | int, who: Ints | slice) -> Floats:
        """How much of an effect has arrived, by the sessions held and the months since enrolment."""
        first, _, last = link.lag or (0, 0, 0)
        months = month - self.enrolled.since[who, place]
        if link.running:
            arrived: Floats = ((months > 0) & (months <= programme.months)).astype(np.float64)
        else:
            arrived = np.clip((months - first) / max(last - first, 1), 0, 1)
        return np.asarray(arrived * self.enrolled.held[who, place])
