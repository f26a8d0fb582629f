"""What happened to the customers of a chunk, before anybody writes it into a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world.programmes.effects import Programmes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.customers import Customers
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.programmes.effects import Enrolled
    from cslab.world.scenario import Scenario
    from cslab.world.service import Work
    from cslab.world.touch import Touch

NEVER = np.int64(2**40)
"""A month that does not come."""

EXPANSION, CONTRACTION = 0, 1

SHARED = ("scenario", "seed", "blocks", "drawn", "months", "value", "draws", "work")
"""What of a history belongs to the whole chunk; all else has an entry a row, or says whose row it is."""


@dataclass(frozen=True)
class Changes:
    """Changes of MRR, a row a change, sorted by account, month and kind.

    Parameters
    ----------
    who : ndarray of int
        Position of the account in its chunk.
    month : ndarray of int
    kind : ndarray of int
        ``EXPANSION`` or ``CONTRACTION``.
    amount : ndarray of float
        Change of MRR, with its sign.
    after : ndarray of float
        MRR after the change.
    """

    who: Ints
    month: Ints
    kind: Ints
    amount: Floats
    after: Floats


@dataclass(frozen=True)
class History:
    """What happened to the customers of a chunk. Months count from the scenario's first month.

    A row is a spell: the time from a signing until the customer leaves. One who comes back has a second row right
    after the first, with the same number and lane and with a start, MRR and contract of its own.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    blocks : range
        The blocks of accounts; their draws are addressed by these.
    customers : Customers
        Of n rows, by account and start, as they begin with what programmes do at signing.
    drawn : Customers
        As drawn, one entry an account.
    months : int
        Months simulated, from the scenario's first.
    lane : ndarray of int, shape (n,)
        Place of each row's account in the chunk: 1,024 to an office, for draws by account and month.
    touch : Touch
        Of each row.
    tier : ndarray of int, shape (n,)
    stalled : ndarray of bool, shape (n,)
        Whether onboarding never completes.
    onboarded : ndarray of int, shape (n,)
        First month of tenure in which the account is onboarded, or ``NEVER``; 0 where it comes back onboarded.
    notice, notice_end : ndarray of int, shape (n,)
        Month in which a non-renewal was decided and month in which that term runs out, or ``NEVER``.
    closed : ndarray of int, shape (n,)
        Month in which an uncontrollable closure comes: also after the account has left, or after the last month.
    changes : Changes
    cuts : tuple of ndarray of int
        Positions of accounts and months of the renewals at a lower MRR that were decided.
    value : ndarray of float, shape (months, accounts)
        Latent value, in the order of ``column``. Goes on after an account has left: the path it would have followed.
    role_since : ndarray of int, shape (2, n)
        Month from which the influencer and the decision maker are known, or ``NEVER``.
    member_since : ndarray of int, shape (n,)
        Month in which the account joins the community, or ``NEVER``.
    climbs : tuple of ndarray of int
        Positions of accounts and months in which their maturity rose a level, by account and month.
    column : ndarray of int, shape (n,)
        Column of ``value`` that holds each account.
    enrolled : Enrolled
        Who takes part in which programme.
    work : Work, optional
        What the CSMs did, where the policy shares out their hours.
    draws : dict of str to ndarray
        The draws of every account-month, once the same customers have been run again.
    """

    scenario: Scenario
    seed: int
    blocks: Sequence[int]
    customers: Customers
    drawn: Customers
    months: int
    lane: Ints
    touch: Touch
    tier: Ints
    stalled: Flags
    onboarded: Ints
    notice: Ints
    notice_end: Ints
    closed: Ints
    changes: Changes
    cuts: tuple[Ints, Ints]
    value: Floats
    role_since: Ints
    member_since: Ints
    climbs: tuple[Ints, Ints]
    column: Ints
    enrolled: Enrolled
    work: Work | None = None
    draws: dict[str, NDArray[Any]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def programmes(self) -> Programmes:
        """What programmes do to the customers."""
        return Programmes(self.scenario, self.enrolled)

    @property
    def first(self) -> Flags:
        """Which rows are the first spell of their account."""
        return np.diff(self.lane, prepend=-1) > 0

    @property
    def accounts(self) -> int:
        """Accounts of the chunk; rows are more where some came back."""
        return int(self.value.shape[1])

    @property
    def left(self) -> Ints:
        """Month in which each account leaves, as far as is decided: a notice or a closure, whichever comes first."""
        return np.minimum(self.notice_end, self.closed)

    @property
    def lived(self) -> Ints:
        """Months of tenure simulated with the account still there; zero before it signs."""
        return np.clip(np.minimum(self.left, self.months) - self.customers.start, 0, None)

    @property
    def settled(self) -> Ints:
        """Month from which each account is looked after as a customer of old: onboarded, or twice the usual time on."""
        longest = np.ceil(2 * np.array(self.scenario.onboarding_median_months)).astype(np.int64)
        return np.asarray(self.customers.start + np.minimum(self.onboarded, longest[self.customers.segment]))

    @property
    def retiered(self) -> Ints:
        """Month from which each account has its later tier: that of signing, unless its policy has a tier for new ones.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> history = simulate(preset("tiny"), policy("high_onboarding"), 1, range(1), accounts=60, months=48)
        >>> bool((history.retiered >= history.customers.start).all())
        True
        """
        return np.where(self.touch.first < 0, self.customers.start, self.settled)

    def tier_at(self, who: Ints, month: Ints) -> Ints:
        """The tier whose hours some accounts take in some months: while they are new, that of onboarding.

        Parameters
        ----------
        who, month : ndarray of int, of shapes that broadcast
            Rows, and months.

        Returns
        -------
        ndarray of int

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> history = simulate(preset("tiny"), policy("high_onboarding"), 1, range(1), accounts=60, months=48)
        >>> set(history.tier_at(np.arange(60), history.customers.start - (history.onboarded == 0)).tolist())
        {2}
        """
        return np.where(month < self.retiered[who], self.touch.first[who], self.tier[who])

    def value_at(self, who: Ints, month: Ints) -> Floats:
        """Latent value of some accounts in some months.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> history = simulate(preset("tiny"), policy("rule"), seed=1, blocks=range(1), accounts=60, months=48)
        >>> first = history.value_at(np.arange(60), history.customers.start)
        >>> bool((first == history.customers.first_value).all())
        True
        """
        return np.asarray(self.value[month, self.column[who]])
