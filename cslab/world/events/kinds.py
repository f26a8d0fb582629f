"""What is logged: the kinds of events, and how many of each an account leaves in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.usage import FEATURES_OF
from cslab.world.observe.vocabulary import Columns

if TYPE_CHECKING:
    from cslab.world.luck import Ints

COUNTED = {
    "login": "logins",
    "core_action": "core_actions",
    "training_view": "training_views",
    "community_login": "community_logins",
}
"""Events of which ``usage_monthly`` holds the number, and its column."""

GROUPS = {
    "basic_feature": "features_basic",
    "advanced_feature": "features_adv",
    "relevant_feature": "features_relevant",
    "integration": "integrations",
}
"""Events that name a feature; the column holds how many different ones there were."""

WORDS = (*COUNTED, *GROUPS, "page_view")
"""The words of ``event``. A page viewed counts in no column, but whoever views it was active."""

_SIZES = [FEATURES_OF[column] for column in GROUPS.values()]
FEATURES = tuple(
    f"{group.removesuffix('_feature')}_{one:02d}"
    for group, size in zip(GROUPS, _SIZES, strict=True)
    for one in range(1, size + 1)
)
"""The words of ``feature``."""

EVENT_OF_CODE = np.repeat(np.arange(len(WORDS), dtype=np.int8), [1] * len(COUNTED) + _SIZES + [1])
"""An event and its feature are one small number while events are made; this is the event's place in ``WORDS``."""

FEATURE_OF_CODE = np.full(len(EVENT_OF_CODE), -1, dtype=np.int8)
"""The feature's place in ``FEATURES``; -1 for events that name none."""
FEATURE_OF_CODE[len(COUNTED) : -1] = np.arange(len(FEATURES))

_ENDS = np.cumsum(_SIZES)


def event_counts(seed: int, month: int, usage: Columns, least: Ints) -> Ints:
    """How many events of each code some accounts leave in a month.

    Parameters
    ----------
    seed : int
    month : int
        Months since the scenario's first.
    usage : dict of str to ndarray
        Rows of ``usage_monthly``, one an account.
    least : ndarray of int, shape (n,)
        How many events an account leaves at least: pages viewed fill them up.

    Returns
    -------
    ndarray of int, shape (n, codes)

    >>> none = {name: np.array([0]) for name in ("account_id", "wau", *COUNTED.values(), *GROUPS.values())}
    >>> event_counts(1, 0, none | {"logins": np.array([2])}, least=np.array([5]))[0, [0, -1]].tolist()
    [2, 3]
    """
    counted = np.column_stack([usage[column] for column in COUNTED.values()])
    uses = _feature_uses(seed, month, usage)
    views = np.maximum(least - counted.sum(axis=1) - uses.sum(axis=1), 0)
    return np.column_stack([counted, uses, views])


def _feature_uses(seed: int, month: int, usage: Columns) -> Ints:
    """How often each feature was used: an account takes them up in an order of its own, and uses them more or less."""
    account, place = usage["account_id"][:, None], np.arange(len(FEATURES))
    liking = luck.hashed(seed, "usage_events.liking", account, 0, place)
    parts = zip(np.split(liking, _ENDS[:-1], axis=1), GROUPS.values(), strict=True)
    used = [part.argsort(axis=1).argsort(axis=1) < usage[column][:, None] for part, column in parts]
    share = luck.hashed(seed, "usage_events.uses", account, month, place) ** 2
    return np.where(np.hstack(used), np.maximum(np.ceil(usage["wau"][:, None] * share), 1), 0).astype(np.int64)
