"""Expectations over many futures: what a policy is worth to each account, how two differ, which channel does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book.day import read_day
from cslab.faults import Fault, UsageError
from cslab.world.frames import account_ids
from cslab.world.futures import FUTURES, Outcomes, Touched, outcomes, walks
from cslab.world.touch import CHANNELS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.futures import Ahead
    from cslab.world.luck import Floats, Ints
    from cslab.world.policy import Policy
    from cslab.world.scenario import Scenario


@dataclass(frozen=True)
class Outlook:
    """Where a look ahead begins and how far it goes.

    Parameters
    ----------
    scenario : Scenario
    factual : Policy
        What the company follows until then.
    horizon : int
        Months to look ahead.
    since : Timestamp, optional
        A day: what has happened by the end of the last month finished by then is settled. Not given: from signing.
    futures : int
        How many to average over.
    chunk : int
        Blocks of accounts run together.
    """

    scenario: Scenario
    factual: Policy
    horizon: int
    since: pd.Timestamp | None = None
    futures: int = FUTURES
    chunk: int = 16

    def outcomes(self, policies: Sequence[Policy | Touched]) -> Iterable[Outcomes]:
        """What becomes of the accounts under some policies.

        >>> from cslab.world import policy, preset
        >>> outlook = Outlook(preset("tiny"), policy("rule"), horizon=6, futures=2)
        >>> next(iter(outlook.outcomes([policy("rule")]))).retained.shape
        (1, 2, 60)
        """
        return outcomes(self.scenario, policies, self.horizon, **self._where())

    def walks(self, walk: Callable[[Ahead], Floats]) -> Iterable[tuple[Ints, Floats]]:
        """The accounts' numbers, and what a walk through their futures finds.

        >>> from cslab.world import policy, preset
        >>> outlook = Outlook(preset("tiny"), policy("rule"), horizon=6, futures=2)
        >>> ((_, found),) = outlook.walks(lambda ahead: np.ones((ahead.count, ahead.accounts)))
        >>> found.shape
        (2, 60)
        """
        return walks(self.scenario, walk, self.horizon, **self._where())

    def _where(self) -> dict[str, Any]:
        """Where the futures begin, and how many are run together."""
        since = None if self.since is None else months_gone(self.scenario, self.since)
        return {"since": since, "factual": self.factual, "count": self.futures, "chunk": self.chunk}


def ahead(since: pd.Timestamp | str = "", **least: int) -> pd.Timestamp | None:
    """The day from which one looks ahead, once that and the numbers beside it are found to make sense.

    Parameters
    ----------
    since : Timestamp or str
        Empty: none.
    **least : int
        Numbers by name that must be 1 at least.

    Raises
    ------
    UsageError
        For all that do not, at once.

    >>> ahead("2024-03-31", horizon=12), ahead(futures=1)
    (Timestamp('2024-03-31 00:00:00'), None)
    """
    faults = [Fault("not_positive", {"name": name, "value": value}) for name, value in least.items() if value < 1]
    day = None
    try:
        day = None if isinstance(since, str) and not since else read_day(since)
    except UsageError as unreadable:
        faults += unreadable.faults
    if faults:
        raise UsageError(*faults)
    return day


def months_gone(scenario: Scenario, day: pd.Timestamp) -> int:
    """Months finished by the end of a day, from the scenario's first month.

    Parameters
    ----------
    scenario : Scenario
    day : Timestamp

    Raises
    ------
    UsageError
        Where none is, and for a day after the records.

    >>> import pandas as pd
    >>> from cslab.world import preset
    >>> months_gone(preset("calibration"), pd.Timestamp("2021-05-31"))
    2
    """
    import pandas as pd

    first = pd.Period(scenario.window_start, "M") + scenario.first_month
    gone = int(((day + pd.Timedelta(days=1)).to_period("M") - first).n)
    if gone < 1:
        raise UsageError(Fault("since_too_early", {"day": f"{day:%Y-%m-%d}", "first": str(first)}))
    if gone > scenario.months - scenario.first_month:
        last = (first + scenario.months - scenario.first_month - 1).end_time
        raise UsageError(Fault("since_too_late", {"day": f"{day:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}))
    return gone


def window_months(scenario: Scenario, start: pd.Timestamp | str, end: pd.Timestamp | str) -> tuple[int, int]:
    """The months of a window, from the scenario's first month: those whose first day lies in it.

    Parameters
    ----------
    scenario : Scenario
    start, end : Timestamp or str
        ``start`` included, ``end`` not.

    Returns
    -------
    tuple of int
        The first month, and the one after the last.

    Raises
    ------
    UsageError
        For what is no day, or a window that ends before it begins.

    >>> from cslab.world import preset
    >>> window_months(preset("calibration"), "2021-04-01", "2022-04-01")
    (0, 12)
    """
    import pandas as pd

    days = [read_day(day) for day in (start, end)]
    if days[0] >= days[1]:
        raise UsageError(Fault("window_order", {"start": f"{days[0]:%Y-%m-%d}", "end": f"{days[1]:%Y-%m-%d}"}))
    zero = pd.Timestamp(scenario.window_start)
    first, last = (12 * (day.year - zero.year) + day.month - zero.month + (day.day > 1) for day in days)
    return first - scenario.first_month, last - scenario.first_month


def expected(outlook: Outlook, policies: Sequence[Policy]) -> pd.DataFrame:
    """Expected retained share and value of each account under each policy.

    Parameters
    ----------
    outlook : Outlook
    policies : sequence of Policy

    Returns
    -------
    DataFrame
        ``policy``, ``account_id``, ``retained`` (0-1), ``value_amount`` (MRR summed over the months), each with its
        Monte-Carlo error in ``retained_error``, ``value_error``; ``months`` (as a customer).

    >>> from cslab.world import policy, preset
    >>> outlook = Outlook(preset("tiny"), policy("rule"), horizon=6, futures=4)
    >>> len(expected(outlook, [policy("rule"), policy("all_high")]))
    120
    """
    import pandas as pd

    names = [policy.name for policy in policies]
    parts = _averaged(outlook, policies, lambda found: found)
    return pd.concat([part.assign(policy=names[place]) for place, part in enumerate(parts)], ignore_index=True)[
        ["policy", *parts[0].columns]
    ]


def effect(outlook: Outlook, policy: Policy, against: Policy) -> pd.DataFrame:
    """How much more each account is retained and worth under one policy than under another, future by future.

    Parameters
    ----------
    outlook : Outlook
    policy, against : Policy

    Returns
    -------
    DataFrame
        As :func:`expected` without ``policy``, of the differences.

    >>> from cslab.world import policy, preset
    >>> outlook = Outlook(preset("tiny"), policy("rule"), horizon=6, futures=4)
    >>> float(effect(outlook, policy("rule"), policy("rule"))["retained"].abs().max())
    0.0
    """
    (part,) = _averaged(outlook, [policy, against], lambda found: found[:1] - found[1:])
    return part


def channels(outlook: Outlook, policy: Policy) -> pd.DataFrame:
    """What each channel of touch contributes to what a policy gains over tech touch for everybody.

    Sixteen worlds, each with some channels on; a channel's contribution is what switching it on adds, averaged over all
    orders in which the four could be switched on. The contributions add up to the whole.

    Parameters
    ----------
    outlook : Outlook
    policy : Policy

    Returns
    -------
    DataFrame
        ``channel``, ``retained``, ``retained_error``, ``value_amount``, ``value_error`` (means over accounts),
        ``share`` of the whole gain in retention (missing where there is none).

    Source: Shapley 1953 (grade A).

    >>> from cslab.world import policy, preset
    >>> outlook = Outlook(preset("tiny"), policy("rule"), horizon=6, futures=2)
    >>> channels(outlook, policy("all_high"))["channel"].tolist()
    ['stall', 'speed', 'lift', 'exit']
    """
    import pandas as pd

    worlds = [frozenset(on) for size in range(len(CHANNELS) + 1) for on in combinations(CHANNELS, size)]
    sums, accounts = np.zeros((len(worlds), 2, outlook.futures)), 0
    for part in outlook.outcomes([Touched(policy, on) for on in worlds]):
        sums += np.stack([part.retained.sum(axis=2), part.value.sum(axis=2)], axis=1)
        accounts += len(part.number)
    means = dict(zip(worlds, sums / max(accounts, 1), strict=True))
    retained, value = np.stack([_contribution(channel, means) for channel in CHANNELS], axis=1)
    gains = retained.mean(axis=1)
    share = gains / gains.sum() if gains.any() else np.full(len(CHANNELS), np.nan)
    return pd.DataFrame({"channel": CHANNELS, **mean_and_error(retained, value, axis=1), "share": share})


def _contribution(channel: str, worlds: dict[frozenset[str], Floats]) -> Floats:
    """What switching a channel on adds, averaged over the orders in which it may be its turn: exactly 0 if nothing."""
    rest = len(CHANNELS) - 1
    turns = [on for on in worlds if channel not in on]
    weights = [factorial(len(on)) * factorial(rest - len(on)) / factorial(rest + 1) for on in turns]
    gains = [worlds[on | {channel}] - worlds[on] for on in turns]
    return np.asarray(sum(weight * gain for weight, gain in zip(weights, gains, strict=True)))


def _averaged(outlook: Outlook, policies: Sequence[Policy], combined: Callable[[Floats], Floats]) -> list[pd.DataFrame]:
    """Means and errors over futures by account, of each combination of the policies, as one frame each."""
    import pandas as pd

    ids = account_ids(outlook.scenario.accounts)
    chunks: list[list[dict[str, Any]]] = []
    for part in outlook.outcomes(policies):
        three = zip(combined(part.retained), combined(part.value), combined(part.months), strict=True)
        chunks.append(
            [
                {"account_id": ids[part.number], **mean_and_error(kept, value, axis=0), "months": months.mean(axis=0)}
                for kept, value, months in three
            ]
        )
    return [pd.concat([pd.DataFrame(one) for one in parts], ignore_index=True) for parts in zip(*chunks, strict=True)]


def mean_and_error(retained: Floats, value: Floats, axis: int) -> dict[str, Floats]:
    """The columns of a mean over futures and of its Monte-Carlo error.

    Parameters
    ----------
    retained, value : ndarray of float
    axis : int
        That of the futures.

    Returns
    -------
    dict of str to ndarray
        ``retained``, ``retained_error``, ``value_amount``, ``value_error``; no error from one future.

    >>> {name: float(found) for name, found in mean_and_error(np.array([0, 1]), np.array([3, 3]), axis=0).items()}
    {'retained': 0.5, 'retained_error': 0.5, 'value_amount': 3.0, 'value_error': 0.0}
    """
    columns = {}
    for name, found in (("retained", retained), ("value", value)):
        futures = found.shape[axis]
        columns["retained" if name == "retained" else "value_amount"] = found.mean(axis=axis)
        spread = found.std(axis=axis, ddof=1) if futures > 1 else np.full(found.mean(axis=axis).shape, np.nan)
        columns[f"{name}_error"] = spread / futures**0.5
    return columns
