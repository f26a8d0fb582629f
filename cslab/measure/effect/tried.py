"""An effect where the records can tell it, and nothing where they cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cslab.faults import CslabError

T = TypeVar("T")


def tried(way: Callable[..., T], *asked: Any, **named: Any) -> T | None:
    """What a way of telling an effect finds; nothing where it is refused, or asked about nothing.

    For pages that go on all the same and say that these records cannot tell; whoever asks for one effect wants the
    refusal itself, which says why.

    Parameters
    ----------
    way : function
        Such as ``trial`` or ``aipw``.
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
    except CslabError:
        return None
