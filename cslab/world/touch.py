"""Touch as it reaches an account: one tier for each of the four channels through which it acts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Ints

TIERS = ("tech", "mid", "high")
DECIDERS = ("rule", "csm", "rct")
CHANNELS = ("stall", "speed", "lift", "exit")
"""Fewer stalled onboardings, faster ones, a direct lift of value, a quicker way out of disengagement."""


@dataclass(frozen=True)
class Touch:
    """The tier of some accounts, by channel: 0 tech, 1 mid, 2 high. One entry an account.

    Parameters
    ----------
    tier : ndarray of int
        The tier that the company writes down.
    stall, speed : ndarray of int
        The tier during onboarding: who completes it, and how soon.
    lift, exit : ndarray of int
        The tier that lifts value, and that ends disengagement.
    decided : ndarray of int
        What decided the tier: 0 the rule, 1 a CSM who moved the account one tier up, 2 the lot.
    enrolment : ndarray of int, shape (n, programmes)
        How each programme takes the account on, by place in ``DESIGN_NAMES``.
    first : ndarray of int
        The tier that the company writes down until the account is onboarded; -1 where it is the same as later.

    >>> Touch.alike(np.array([0, 2])).lift.tolist()
    [0, 2]
    """

    tier: Ints
    stall: Ints
    speed: Ints
    lift: Ints
    exit: Ints
    decided: Ints
    enrolment: Ints
    first: Ints

    @classmethod
    def alike(cls, tier: Ints) -> Touch:
        """The same tier through all four channels.

        >>> Touch.alike(np.array([1])).exit.tolist()
        [1]
        """
        enrolment = np.zeros((len(tier), 0), dtype=np.int64)
        return cls(tier, tier, tier, tier, tier, 0 * tier, enrolment, np.full_like(tier, -1))

    def only(self, channels: Collection[str]) -> Touch:
        """The same touch with the other channels switched off: what tech touch gives goes through them.

        Parameters
        ----------
        channels : collection of str
            Of ``CHANNELS``: those that stay on.

        >>> Touch.alike(np.array([2])).only({"lift"}).stall.tolist()
        [0]
        """
        return replace(self, **{name: 0 * self.tier for name in CHANNELS if name not in channels})

    def at(self, who: Ints) -> Touch:
        """The touch of some of the accounts.

        Parameters
        ----------
        who : ndarray of int
            Their positions; one may come more than once.

        >>> Touch.alike(np.array([0, 2])).at(np.array([1, 1])).tier.tolist()
        [2, 2]
        """
        return Touch(
            self.tier[who], *(getattr(self, name)[who] for name in (*CHANNELS, "decided", "enrolment", "first"))
        )

    def differs(self, other: Touch) -> Flags:
        """Which accounts get something else from another touch, through any channel.

        >>> Touch.alike(np.array([0, 2])).differs(Touch.alike(np.array([0, 1]))).tolist()
        [False, True]
        """
        pairs = [getattr(self, name) != getattr(other, name) for name in (*CHANNELS, "decided", "first")]
        return np.asarray(np.any([*pairs, (self.enrolment != other.enrolment).any(axis=1)], axis=0))
