"""An effect where the records can tell it, and nothing where they cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cslab.faults import NotReady, UsageError

T = TypeVar("T")


class NotComparable(UsageError):
    """These customers cannot be compared in the way asked for: too few of them, no counterparts, nothing that varies.

    Nothing was mistyped: other records would have been answered.
    """


def tried(way: Callable[..., T], *asked: Any, **named: Any) -> T | None:
    """What a way of telling something finds; nothing where these records cannot tell, or it is asked about nothing.

    For pages that go on all the same and say so; whoever asks for one effect wants the refusal itself, which says why.
    A name or number that makes no sense is still refused.

    Parameters
    ----------
    way : function
        Such as ``trial``, ``aipw``, or one of ``illusions``.
    *asked, **named
        What it is called with; where the first is None, the way is not tried.

    Returns
    -------
    object or None

    >>> import cslab
    >>> from cslab.measure.effect.trial import trial
    >>> tried(trial, cslab.load("synthetic:tiny"), horizon=120) is None
    True
    """
    if asked and asked[0] is None:
        return None
    try:
        return way(*asked, **named)
    except (NotReady, NotComparable):
        return None
