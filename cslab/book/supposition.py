"""What one may suppose of a simulated company: worlds that nobody can make, only wish for.

A supposition says what is otherwise; the truth says what it would be worth (``truth.supposing``).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from cslab.faults import Fault, UsageError, nearest

PHASES = ("purchase", "onboarding", "adoption", "renewal")
"""Phases of a customer in the simulated world, as a month begins.

The month of signing is ``purchase``. From then on, who is not onboarded is in ``onboarding``; who is, and has a
contract of more than three months that ends within four, in ``renewal``; all others are in ``adoption``.
"""

AS_IT_IS = "as_it_is"
"""The case in which nothing is supposed."""


@dataclass(frozen=True)
class Relief:
    """Whoever would leave in a phase stays more often.

    Parameters
    ----------
    phase : str
        One of ``PHASES``. Empty: every phase.
    share : float
        Of the chance of leaving, taken away month by month (0-1).

    Raises
    ------
    UsageError
        For an unknown phase, or a share outside 0-1.

    >>> Relief("onboarding", 0.2).case
    'relief:onboarding:0.2'
    """

    phase: str
    share: float

    def __post_init__(self) -> None:
        """Refuse what makes no sense, all at once."""
        faults = []
        if self.phase and self.phase not in PHASES:
            near = nearest(self.phase, PHASES)
            faults.append(Fault("supposed_phase", {"name": self.phase, "near": near, "known": ", ".join(PHASES)}))
        if not 0 <= self.share <= 1:
            faults.append(Fault("not_a_rate", {"name": "share", "value": self.share}))
        if faults:
            raise UsageError(*faults)

    @property
    def case(self) -> str:
        """Its name in a table. For an example see the class."""
        return f"relief:{self.phase}:{self.share:g}"


@dataclass(frozen=True)
class Onboarded:
    """Nobody's onboarding stalls: each completes it in the month that its own draw of speed says.

    >>> Onboarded().case
    'onboarded'
    """

    @property
    def case(self) -> str:
        """Its name in a table. For an example see the class."""
        return "onboarded"


@dataclass(frozen=True)
class HandedOver:
    """No hand-off from sales is poorer than that.

    Parameters
    ----------
    at_least : float
        In sd; 0 is as good as hand-offs are on average.

    Raises
    ------
    UsageError
        For what is no number.

    >>> HandedOver(0.5).case
    'handed_over:0.5'
    """

    at_least: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no number."""
        if not isfinite(self.at_least):
            raise UsageError(Fault("handed_over", {"value": self.at_least}))

    @property
    def case(self) -> str:
        """Its name in a table. For an example see the class."""
        return f"handed_over:{self.at_least:g}"


@dataclass(frozen=True)
class Advised:
    """A CSM advises before the signature, for everybody or for nobody: sales and success share the customer, or not.

    Parameters
    ----------
    everybody : bool
        Every customer, or none.

    >>> Advised(everybody=False).case
    'advised:nobody'
    """

    everybody: bool = True

    @property
    def case(self) -> str:
        """Its name in a table. For an example see the class."""
        return f"advised:{'everybody' if self.everybody else 'nobody'}"


@dataclass(frozen=True)
class LikeLost:
    """All customers are as those whose deals were lost: the product fits them less.

    >>> LikeLost().case
    'like_lost'
    """

    @property
    def case(self) -> str:
        """Its name in a table. For an example see the class."""
        return "like_lost"


@dataclass(frozen=True)
class Spared:
    """Fewer leave for a true cause: because they decide so, or because they close or are merged.

    Parameters
    ----------
    voluntary, uncontrollable : float
        Share of each month's chance of leaving for that cause that is taken away (0-1).

    Raises
    ------
    UsageError
        For a share outside 0-1.

    >>> Spared(voluntary=0.3).case
    'spared:0.3:0'
    """

    voluntary: float = 0.0
    uncontrollable: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what makes no sense, all at once."""
        shares = {"voluntary": self.voluntary, "uncontrollable": self.uncontrollable}
        wrong = [
            Fault("not_a_rate", {"name": name, "value": share}) for name, share in shares.items() if not 0 <= share <= 1
        ]
        if wrong:
            raise UsageError(*wrong)

    @property
    def case(self) -> str:
        """Its name in a table. For an example see the class."""
        return f"spared:{self.voluntary:g}:{self.uncontrollable:g}"


@dataclass(frozen=True)
class Unpushed:
    """Sales is paid on what is retained, so no deal is pushed over the line.

    A customer that had to be pushed and does not suit is not won; the other pushed ones sign all the same, and are
    handed over without the haste. Whoever has signed before the day from which it is supposed stays a customer.

    >>> Unpushed().case
    'unpushed'
    """

    @property
    def case(self) -> str:
        """Its name in a table. For an example see the class."""
        return "unpushed"


Supposition = Relief | Onboarded | HandedOver | Advised | LikeLost | Spared | Unpushed
