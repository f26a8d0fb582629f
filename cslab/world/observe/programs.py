"""The tables ``programs`` and ``program_enrolment``: what a company offers its customers, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.history import NEVER
from cslab.world.observe.calendar import days
from cslab.world.observe.presence import leaving_days, signing_days
from cslab.world.observe.vocabulary.programmes import ASSIGNMENTS, ELIGIBILITY, OWNERS, TYPES
from cslab.world.programmes import CHAINS, DESIGN_NAMES, PROGRAMMES

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns


def program_columns(records: Records) -> Columns:
    """The columns of ``programs``: those that have begun, in the chunk that holds the company's first office.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["programs"]
    >>> [PROGRAMMES[place] for place in table["program_id"]]
    ['user_meeting']
    """
    history = records.history
    s, designs = history.scenario, _designs(history)
    begins = s.program_start - s.first_month
    offered = [name for name, design in designs.items() if design != "none"] if history.blocks[0] == 0 else []
    running = [CHAINS[name] for name in offered if begins < history.months]
    ways = [designs[programme.name] for programme in running]
    drawn = [name.share if way in ("rct", "encouragement") else np.nan for name, way in zip(running, ways, strict=True)]
    return {
        "program_id": _codes([programme.name for programme in running], PROGRAMMES),
        "type": _codes([programme.type for programme in running], TYPES),
        "started_on": days(s, np.full(len(running), begins)),
        "eligibility": _codes([programme.who for programme in running], ELIGIBILITY),
        "assignment": _codes(ways, ASSIGNMENTS),
        "share": np.array(drawn, dtype=np.float64),
        "threshold_amount": np.array([s.program_rule_amount if way == "rule" else np.nan for way in ways]),
        "dose": np.array([programme.dose for programme in running], dtype=np.int64),
        "months": np.array([programme.months for programme in running], dtype=np.int64),
        "session_hours": np.array([programme.hours for programme in running], dtype=np.float64),
        "owner": _codes([programme.owner for programme in running], OWNERS),
        "chain_id": _codes([programme.name for programme in running], PROGRAMMES),
        "expected_lag": np.array([programme.shows_after for programme in running], dtype=np.int64),
    }


def _designs(history: History) -> dict[str, str]:
    """How each programme of a company takes its customers on: the same way for all of them."""
    codes = history.touch.enrolment[:1].ravel()
    return dict(zip(history.scenario.programs, (DESIGN_NAMES[code] for code in codes), strict=False))


def _codes(words: list[str], known: tuple[str, ...]) -> Ints:
    """The places of words in their vocabulary."""
    return np.array([known.index(word) for word in words], dtype=np.int64)


def enrolment_columns(records: Records) -> Columns:
    """The columns of ``program_enrolment``: a row for each customer and programme when it was decided about it.

    So who was not invited stands there too, with the day from which on the two can be compared. An invitation goes out
    within a week; who comes does so within two weeks of it; what customers are not told of begins at once. Nobody is
    enrolled after leaving. Sessions end so many months later, or with the leaving: then as many were held as there was
    time for.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and programme.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["program_enrolment"]
    >>> bool((table["invited_on"] <= table["enrolled_on"])[~np.isnat(table["enrolled_on"])].all())
    True
    """
    history = records.history
    who, place = _asked(records)
    asked = _asked_on(history, who, place)
    invited, joined = _invited_on(history, who, place, asked), _joined_on(history, who, place, asked)
    came = ~np.isnat(joined)
    ended, held = _sessions(history, who, place, joined)
    return {
        "account_id": history.customers.number[who],
        "program_id": _codes(list(history.scenario.programs), PROGRAMMES)[place],
        "eligible_on": asked,
        "invited_on": invited,
        "enrolled_on": joined,
        "told_customer": np.where(came, _told(history)[place], np.nan),
        "ended_on": ended,
        "sessions_held": held,
    }


def _asked(records: Records) -> tuple[Ints, Ints]:
    """Row and programme wherever a programme's turn came while somebody was a customer."""
    history = records.history
    turn, start = history.enrolled.turn, history.customers.start[:, None]
    there = records.seen[:, None] & (turn >= start) & (turn <= history.left[:, None]) & (turn < history.months)
    who, place = np.nonzero(there)
    known = _asked_on(history, who, place) < leaving_days(history, who)
    return who[known], place[known]


def _asked_on(history: History, who: Ints, place: Ints) -> Days:
    """The day on which it is decided about a customer: that of signing, or the first of the month."""
    turn = history.enrolled.turn[who, place]
    at_once = turn == history.customers.start[who]
    return np.where(at_once, signing_days(history, who), days(history.scenario, turn))


def _invited_on(history: History, who: Ints, place: Ints, asked: Days) -> Days:
    """The day of the invitation, within a week; missing where there is none, or none yet."""
    day = asked + np.floor(1 + 6 * _draws(history, "invited", who, place)).astype("m8[D]")
    invited = history.enrolled.invited[who, place] & _told(history)[place]
    return np.where(invited & _happened(history, who, day), day, _NONE)


def _joined_on(history: History, who: Ints, place: Ints, asked: Days) -> Days:
    """The day of enrolment; missing where there is none, or none yet."""
    week = np.floor(1 + 6 * _draws(history, "invited", who, place)) * history.enrolled.invited[who, place]
    waits = week + np.floor(2 + 13 * _draws(history, "enrolled", who, place))
    day = asked + (waits * _told(history)[place]).astype("m8[D]")
    comes = history.enrolled.since[who, place] < NEVER
    return np.where(comes & _happened(history, who, day), day, _NONE)


_NONE = np.datetime64("NaT", "ns")


def _told(history: History) -> Flags:
    """Of which programmes the customers know: to the others nobody is invited, and they begin at once."""
    return np.array([CHAINS[name].told for name in history.scenario.programs], dtype=bool)


def _happened(history: History, who: Ints, day: Days) -> Flags:
    """Whether a day has come by the records' end, and before the customer left; also before the records began."""
    return np.asarray((day < days(history.scenario, np.array(history.months))) & (day < leaving_days(history, who)))


def _sessions(history: History, who: Ints, place: Ints, joined: Days) -> tuple[Days, Floats]:
    """The last day of the sessions and how many were held, known the day after; missing where there is none.

    Who leaves on the first of a month had the last day a month earlier, when nobody knew of it.
    """
    running = [CHAINS[name] for name in history.scenario.programs]
    planned = np.array([30 * programme.months for programme in running], dtype=np.int64)[place]
    dose = np.array([programme.dose for programme in running], dtype=np.int64)[place]
    last, leaves = joined + planned.astype("m8[D]"), leaving_days(history, who) - np.timedelta64(1, "D")
    last = np.where(history.left[who] < history.months, np.minimum(last, leaves), last)
    known = last + np.timedelta64(1, "D") < days(history.scenario, np.array(history.months))
    over = (planned > 0) & known & _happened(history, who, last)
    went = (last - joined) / np.timedelta64(1, "D") / np.maximum(planned, 1)
    held = np.floor(np.round(dose * history.enrolled.held[who, place]) * np.where(over, went, 0) + 1e-9)
    return np.where(over, last, _NONE), np.where(over, held, np.nan)


def _draws(history: History, what: str, who: Ints, place: Ints) -> Floats:
    """Uniform draws of a customer in a programme."""
    number = history.customers.number[who]
    ordinal = _codes(list(history.scenario.programs), PROGRAMMES)[place]
    return luck.hashed(history.seed, f"program_enrolment.{what}", number, 0, ordinal)
