"""Which customers can be interviewed as silent, happy or champions on a day, and what truly lies behind it.

All is judged from what was there before the month of that day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.calendar import Days, days
from cslab.world.observe.presence import month_of, signing_days
from cslab.world.observe.vocabulary import code
from cslab.world.observe.vocabulary.notes import THEMES
from cslab.world.observe.vocabulary.voice import SURVEYS

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.records import Records

WHILE = 6
"""Months that count as a while: without a ticket, or since an answer."""

LITTLE_USE, MUCH_USE = 0.4, 0.75
"""Shares of the seats in use below which an account is quiet, and from which on it counts as a happy one."""

PROMOTER = 9

_NEW_PERSON = np.timedelta64(180, "D")
_FAR = 1 << 20


def silent(records: Records, who: Ints, day: Days) -> Flags:
    """Which accounts have not been heard of for half a year, and hardly used the product in the month before.

    Parameters
    ----------
    records : Records
    who : ndarray of int
        Rows of the history.
    day : ndarray of datetime64
        One for each of them.

    Returns
    -------
    ndarray of bool

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> bool(silent(records, np.arange(3), signing_days(records.history, np.arange(3))).any())
    False
    """
    history, month = records.history, month_of(records.history, day)
    long_there = month - history.customers.start[who] >= WHILE
    asked = _happened(records, records["tickets"]["account_id"], records["tickets"]["opened_on"], who, month)
    return np.asarray(long_there & ~asked & (_use(records, who, month) < LITTLE_USE))


def happy(records: Records, who: Ints, day: Days) -> Flags:
    """Which accounts gave 9 or 10 in the last half year's NPS, or used three seats in four in the month before.

    Parameters
    ----------
    records, who, day
        As for ``silent``.

    Returns
    -------
    ndarray of bool

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> bool(happy(records, np.arange(3), signing_days(records.history, np.arange(3))).any())
    False
    """
    month, surveys = month_of(records.history, day), records["surveys"]
    glad = (surveys["type"] == code(SURVEYS, "nps")) & (surveys["score"] >= PROMOTER)
    said = _happened(records, surveys["account_id"][glad], surveys["responded_on"][glad], who, month)
    return said | (_use(records, who, month) >= MUCH_USE)


def has_champion(records: Records, who: Ints, day: Days) -> Flags:
    """Which accounts have a champion on a day.

    Parameters
    ----------
    records, who, day
        As for ``silent``.

    Returns
    -------
    ndarray of bool

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> new = np.flatnonzero(records.seen & (records.history.customers.start > 45))
    >>> bool(has_champion(records, new, signing_days(records.history, new)).all())
    True
    """
    return ~np.isnat(_champion_since(records, who, day))


def silent_causes(records: Records, who: Ints, day: Days) -> Ints:
    """Why silent accounts are silent: never got going, the person gone, drifted away, or nothing but no time.

    Parameters
    ----------
    records, who, day
        As for ``silent``.

    Returns
    -------
    ndarray of int
        Places in ``THEMES``.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> stuck = np.flatnonzero(records.seen & records.history.stalled)[:1]
    >>> THEMES[silent_causes(records, stuck, signing_days(records.history, stuck))[0]]
    'hard_to_start'
    """
    history, since = records.history, _champion_since(records, who, day)
    changed = np.isnat(since) | ((since > signing_days(history, who)) & (since > day - _NEW_PERSON))
    drifted = history.value_at(who, month_of(history, day)) < -0.6
    cause = np.where(drifted, code(THEMES, "not_used"), code(THEMES, "no_time"))
    cause = np.where(changed, code(THEMES, "person_left"), cause)
    return np.where(history.stalled[who], code(THEMES, "hard_to_start"), cause)


def happy_causes(records: Records, who: Ints, day: Days) -> Ints:
    """What happy accounts are happy with: that it has spread to others, its results, or enough to wish for more.

    Parameters
    ----------
    records, who, day
        As for ``silent``.

    Returns
    -------
    ndarray of int
        Places in ``THEMES``.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> found = happy_causes(records, np.arange(9), signing_days(records.history, np.arange(9)))
    >>> {THEMES[place] for place in found} <= {"spread", "results", "wishes"}
    True
    """
    value, known = _standing(records, who, day)
    cause = np.where(value >= 0.4, code(THEMES, "results"), code(THEMES, "wishes"))
    return np.where(known.all(axis=0), code(THEMES, "spread"), cause)


def champion_causes(records: Records, who: Ints, day: Days) -> Ints:
    """What moves champions: to be alone with it, its results, how it spreads, or what they wish for.

    Parameters
    ----------
    records, who, day
        As for ``silent``.

    Returns
    -------
    ndarray of int
        Places in ``THEMES``.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> found = champion_causes(records, np.arange(9), signing_days(records.history, np.arange(9)))
    >>> {THEMES[place] for place in found} <= {"alone", "results", "spread", "wishes"}
    True
    """
    value, known = _standing(records, who, day)
    cause = np.where(known.all(axis=0), code(THEMES, "spread"), code(THEMES, "wishes"))
    cause = np.where(value >= 0.6, code(THEMES, "results"), cause)
    return np.where(known.any(axis=0), cause, code(THEMES, "alone"))


def _standing(records: Records, who: Ints, day: Days) -> tuple[Floats, Flags]:
    """Latent value of accounts, and whether influencer and decision maker are known."""
    month = month_of(records.history, day)
    return records.history.value_at(who, month), records.history.role_since[:, who] < month


def _use(records: Records, who: Ints, month: Ints) -> Floats:
    """Share of the seats in use in the month before; missing where there is none."""
    place, known = records.there.find(who, month - 1)
    ratio = records["usage_monthly"]["wau_ratio"]
    return np.where(known, ratio[place], np.nan) if len(ratio) else np.full(len(who), np.nan)


def _happened(records: Records, number: Ints, happened: Days, who: Ints, month: Ints) -> Flags:
    """Whether something happened to accounts in the months before."""
    history = records.history
    known = np.sort(number * _FAR + month_of(history, happened))
    first = history.customers.number[who] * _FAR
    first, end = (np.searchsorted(known, first + np.maximum(limit, 0)) for limit in (month - WHILE, month))
    return np.asarray(end > first)


def _champion_since(records: Records, who: Ints, day: Days) -> Days:
    """Since when accounts have had the champion of a day; missing where they have none."""
    contacts = {name: values[records["contacts"]["is_champion"]] for name, values in records["contacts"].items()}
    since, until = contacts["active_from"], contacts["active_to"]
    origin = days(records.history.scenario, np.array(0))
    begun, now = ((turn - origin).astype("m8[D]").astype(np.int64) for turn in (since, day))
    number = records.history.customers.number[who]
    place = np.searchsorted(contacts["account_id"] * _FAR + begun, number * _FAR + now, side="right") - 1
    there = (place >= 0) & (contacts["account_id"][place] == number) & ~(until[place] < day)
    return np.where(there, since[place], np.datetime64("NaT", "ns"))


PICKED: dict[str, tuple[float, Callable[..., Flags], Callable[..., Ints]]] = {
    "silent": (0.08, silent, silent_causes),
    "happy": (0.02, happy, happy_causes),
    "champion": (0.003, has_champion, champion_causes),
}
"""By frame: how many of those to whom it applies are interviewed in a month, whom it applies to, what lies behind."""
