"""The table ``touches``: every contact that the team had with a customer, planned or not, within the hours it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.answers import NARROW, answers
from cslab.world.observe.cadence import EVENTS, HABITS, MINUTES, Cadence, Habit, first_days, onboarding
from cslab.world.observe.sessions import session_contacts
from cslab.world.observe.staffing import PARTS, Staffing
from cslab.world.observe.vocabulary.content import PIECES
from cslab.world.observe.vocabulary.work import TOUCHES, WORK

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.cadence import Planned
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

_RANKS = {"training": 3, "webinar": 3, "newsletter": 3, "qbr": 4, "f2f": 5, "call": 5, "email": 6}
"""What is planned comes after what answers something: events that are announced, reviews, calls, e-mails."""

_PLAIN = {"inbound": False, "reactive": False, "program": -1}

_USES = {
    "newsletter": ("newsletter", "newsletter"),
    "webinar": ("onboarding_webinar", "user_story"),
    "training": ("template_pack", "on_site_training"),
    "qbr": ("quarterly_review", "quarterly_review"),
}
"""The piece of content that a kind of contact uses, while a customer is new and later."""

_IS_EVENT = np.array([kind in EVENTS for kind in TOUCHES])


def touch_columns(records: Records) -> Columns:
    """The columns of ``touches``: the cadence of tier and phase, and what came unplanned, as far as there was time.

    Each CSM gets to what fits in the hours of the month: answers first, then events, reviews, calls and e-mails. Tech
    touch has no CSM of its own; whoever of the office has the hours does it. Nothing happens in the month of leaving.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and day, with ``category``, the kind of work for ``csm_time``, beside the columns of the contract.

    Source: minutes by kind from the unit hours of the domain specification, cadence simulation convention (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["touches"]
    >>> bool(((table["csm_id"] >= 0) == (table["minutes"] > 0)).all())
    True
    """
    history, every = records.history, _contacts(records)
    number = history.customers.number[every["who"]]
    rate = history.scenario.csm_cost_amount / 12 / history.scenario.csm_hours
    return {
        "touch_id": np.arange(len(number)) - np.searchsorted(number, number) + 1,
        "account_id": number,
        "touched_on": every["day"].astype("M8[ns]"),
        "type": every["kind"],
        "direction": every["inbound"].astype(np.int8),
        "reactive": every["reactive"],
        "csm_id": every["csm_id"],
        "minutes": every["parts"] / PARTS,
        "cost_amount": history.scenario.rounded(rate * every["parts"] / (60 * PARTS)),
        "program_id": every["program"],
        "content_id": _content(records, every),
        "category": _categories(history, every).astype(np.int8),
    }


def _contacts(records: Records) -> Columns:
    """Every contact that took place, by account and day."""
    history, cadence, staffing = records.history, Cadence(records), Staffing(records)
    kinds = [_planned(history, cadence.of(habit), habit) for habit in HABITS] + answers(records)
    kinds += [session_contacts(records)] if "program_enrolment" in records else []
    every = {name: np.concatenate([kind[name] for kind in kinds]) for name in kinds[0]}
    every["csm_id"], every["parts"] = _csms(history, staffing, every), _lengths(history, every)
    kept = _done(staffing, every)
    key = every["who"][kept] * 2**20 + every["day"][kept].astype(np.int64)
    kept = kept[np.argsort(key, kind="stable")]
    return {name: values[kept] for name, values in every.items()}


def _done(staffing: Staffing, every: Columns) -> Ints:
    """Which contacts there was a CSM and time for, or that others ran."""
    there = np.flatnonzero(every["csm_id"] >= 0)
    csm, month, parts, rank, day = (every[name][there] for name in ("csm_id", "month", "parts", "rank", "day"))
    done = there[staffing.fits(csm, month, parts, rank, day)]
    return np.concatenate([done, np.flatnonzero(every["minutes"] == 0)])


def _planned(history: History, planned: Planned, habit: Habit) -> Columns:
    """Planned contacts of one kind on their days; an event has one day for the office."""
    kind, event = TOUCHES.index(habit.kind), habit.kind in EVENTS
    number, month, turn = history.customers.number[planned.who], planned.month, planned.turn
    if event:
        number, turn = number // luck.BLOCK, np.zeros_like(turn)
    draws = luck.hashed(history.seed, f"touches.{'event' if event else 'day'}", number, month, 100 * kind + turn)
    first = first_days(history)
    day = _workday(first[month] if event else planned.since, first[month + 1], draws)
    kept = np.flatnonzero(day >= planned.since)
    every = {"who": planned.who, "month": month, "day": day, "ordinal": 100 * kind + turn}
    fixed = {"kind": kind, "minutes": MINUTES[habit.kind], "rank": _RANKS[habit.kind], **_PLAIN}
    same = {name: np.full(len(kept), value, np.int8 if name in NARROW else None) for name, value in fixed.items()}
    return {name: values[kept] for name, values in every.items()} | same


def _workday(begins: Days, ends: Days, draws: Floats) -> Days:
    """A working day from a day on and before another; the first day where there is none."""
    count = np.busday_count(begins, ends)
    day = np.busday_offset(begins, np.floor(draws * count).astype(np.int64), roll="forward")
    return np.asarray(np.where(count > 0, day, begins))


def _csms(history: History, staffing: Staffing, every: Columns) -> Ints:
    """Who does each of them: events one CSM for the whole office, what others run nobody (-1)."""
    csm, event = np.full(len(every["who"]), -1), _IS_EVENT[every["kind"]]
    one = np.flatnonzero(~event & (every["minutes"] > 0))
    csm[one] = staffing.in_charge(*(every[name][one] for name in ("who", "month", "day", "ordinal")))
    many = np.flatnonzero(event & (every["minutes"] > 0))
    office = history.lane[every["who"][many]] // luck.BLOCK
    grid = np.arange(len(history.blocks))[:, None, None], np.arange(history.months)[:, None], np.flatnonzero(_IS_EVENT)
    hosts = staffing.host(*(part.ravel() for part in np.broadcast_arrays(*grid)))
    hosts = hosts.reshape(len(history.blocks), history.months, -1)
    turn = np.cumsum(_IS_EVENT) - 1
    csm[many] = hosts[office, every["month"][many], turn[every["kind"][many]]]
    return csm


def _lengths(history: History, every: Columns) -> Ints:
    """How long each takes, in parts of a minute: whole minutes around the usual ones; events as they are counted."""
    number = history.customers.number[every["who"]]
    day = every["day"].astype(np.int64)
    spread = 0.75 + 0.5 * luck.hashed(history.seed, "touches.minutes", number, day, every["ordinal"])
    varied = PARTS * np.maximum(np.round(every["minutes"] * spread), every["minutes"] > 0)
    return np.where(_IS_EVENT[every["kind"]], np.round(PARTS * every["minutes"]), varied).astype(np.int64)


def _categories(history: History, every: Columns) -> Ints:
    """The kind of work: onboarding of new customers, reviews, events, and the regular rest."""
    new = onboarding(history, every["who"], every["month"])
    kind = np.where(new, WORK.index("onboarding"), WORK.index("regular"))
    kind[_IS_EVENT[every["kind"]]] = WORK.index("one_to_many")
    kind[every["kind"] == TOUCHES.index("qbr")] = WORK.index("qbr")
    return kind


def _content(records: Records, every: Columns) -> Ints:
    """The piece of content used, where it was published before that month; -1 for none."""
    if "content" not in records:
        return np.full(len(every["who"]), -1, dtype=np.int8)
    history, known = records.history, ["", *(piece.content_id for piece in PIECES)]
    out = np.array([history.months, *(piece.month - history.scenario.first_month for piece in PIECES)])
    used = np.array([[known.index(piece) for piece in _USES.get(kind, ("", ""))] for kind in TOUCHES])
    piece = used[every["kind"], np.where(onboarding(history, every["who"], every["month"]), 0, 1)]
    return np.where(out[piece] < every["month"], piece - 1, -1).astype(np.int8)
