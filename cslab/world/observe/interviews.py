"""The table ``interviews``: talks with those who did not buy, who left, are silent or are happy, and with champions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.addressed import Addressed
from cslab.world.observe.calendar import business_days, days
from cslab.world.observe.guests import PICKED
from cslab.world.observe.lost_deals import OFFICE_DEALS
from cslab.world.observe.presence import month_of, recorded, row_of, signing_days
from cslab.world.observe.vocabulary import REASONS, code
from cslab.world.observe.vocabulary.notes import FRAMES, NOTES_A_THEME, THEMES, first_note
from cslab.world.observe.vocabulary.voice import LOST_REASONS

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

TRUE_SHARE = 0.6
"""Share of the interviews in which the true cause comes up; in the others it is what is easy to say."""

_LOST_SHARE = 0.03
_EASY = np.array([code(THEMES, word) for word in ("price", "price", "no_time", "support", "results")])
"""What is easy to say, by frame."""

_FIRST = np.array([[first_note(frame, theme) for theme in THEMES] for frame in FRAMES])
"""The place of the first note, by frame and theme."""

_BY_REASON = np.array([code(THEMES, "business_closed" if word == "merged" else word) for word in REASONS])


@dataclass(frozen=True)
class _Talks:
    """Interviews of one frame: their draws, account and deal (-1: none), office, day, frame and true cause."""

    each: Addressed
    account: Ints
    deal: Ints
    office: Ints
    day: Days
    frame: Ints
    cause: Ints


def interview_columns(records: Records) -> Columns:
    """The columns of ``interviews``.

    - lost: 3 % of the lost deals, 5 to 24 working days later
    - churned: those whose exit interview ``churn_events`` knows of, 2 to 14 working days after they left
    - silent: of the accounts without a ticket for half a year and with little use in the last month, 8 % a month
    - happy: of those who gave 9 or 10 in the last half year's NPS, or of whose seats three in four were in use, 2 %
    - champion: of the accounts with a champion that day, 0.3 %

    The theme is the true cause with chance .6, else what is easy to say; the notes go with the theme.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By office and day; ``account_id`` and ``deal_id`` are negative where there is none.

    Source: simulation convention (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["interviews"]
    >>> bool(((table["account_id"] < 0) == (table["deal_id"] >= 0)).all())
    True
    """
    parts = _lost(records), _churned(records), *(_picked(records, frame) for frame in PICKED)
    account, deal, office, day, frame, cause = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("account", "deal", "office", "day", "frame", "cause")
    )
    draws = [part.each.coarse("told") for part in parts]
    true, note = (np.concatenate([draw[place] for draw in draws]) for place in range(2))
    theme = np.where(true < TRUE_SHARE, cause, _EASY[frame])
    place = _FIRST[frame, theme] + np.floor(NOTES_A_THEME * note).astype(np.int64)
    columns = {
        "interview_id": _ids(account, deal, day),
        "account_id": account,
        "deal_id": deal,
        "held_on": day,
        "frame": frame.astype(np.int8),
        "themes": theme.astype(np.int8),
        "notes_ja": place.astype(np.int16),
        "notes_en": place.astype(np.int16),
    }
    kept = np.flatnonzero(day < days(records.history.scenario, np.array(records.history.months)))
    sort = kept[np.lexsort((columns["interview_id"][kept], day[kept], office[kept]))]
    return {name: values[sort] for name, values in columns.items()}


def _ids(account: Ints, deal: Ints, day: Days) -> Ints:
    """Numbers that later interviews do not change: even ones by account and order, odd ones by deal."""
    sort = np.lexsort((day, account))
    ordinal = np.empty(len(account), np.int64)
    ordinal[sort] = np.arange(len(account)) - np.searchsorted(account[sort], account[sort])
    return np.where(deal < 0, 2 * (1000 * account + ordinal), 2 * deal + 1)


def _lost(records: Records) -> _Talks:
    """Talks with those who did not buy."""
    deals, seed = records.lost_deals, records.history.seed
    everyone = Addressed(seed, "interviews", deals.each.number, deals.each.ordinal, np.zeros_like(deals.number))
    rows = np.flatnonzero(everyone.uniform("chosen") < _LOST_SHARE)
    each, deal = everyone.taken(rows), deals.number[rows]
    causes = np.array([code(THEMES, word) for word in LOST_REASONS])[deals.cause[rows]]
    day = _working_days_later(deals.lost[rows], 5, 20, each)
    return _Talks(each, np.full(len(rows), -1), deal, deal // OFFICE_DEALS, day, np.zeros_like(deal), causes)


def _churned(records: Records) -> _Talks:
    """Talks with those who left: the exit interviews."""
    history, events = records.history, records["churn_events"]
    told = np.flatnonzero(events["interview_done"] == 1)
    number, decided, left = (events[name][told] for name in ("account_id", "decided_on", "effective_on"))
    who = row_of(history, number, decided)
    frame = np.full(len(told), FRAMES.index("churned"))
    each = Addressed(history.seed, "interviews", number, month_of(history, left), frame)
    day = _working_days_later(left, 2, 13, each)
    cause = _reasons_to_leave(history, who, month_of(history, decided), events["reason_stated"][told])
    return _Talks(each, number, np.full(len(told), -1), number // luck.BLOCK, day, frame, cause)


def _reasons_to_leave(history: History, who: Ints, month: Ints, stated: Ints) -> Ints:
    """Why each of some accounts truly left: what they stated, but for those who said "price"."""
    customers = history.customers
    drifted = history.value_at(who, month) < -0.6
    cause = np.where(drifted, code(THEMES, "not_used"), code(THEMES, "competitor"))
    cause = np.where(history.stalled[who], code(THEMES, "hard_to_start"), cause)
    cause = np.where(customers.badfit[who], code(THEMES, "missing_features"), cause)
    cause = np.where(history.closed[who] == month, code(THEMES, "business_closed"), cause)
    return np.where(stated == code(REASONS, "price"), cause, _BY_REASON[stated])


def _picked(records: Records, frame: str) -> _Talks:
    """Talks with customers: some of those to whom the frame applies in a month."""
    history, there = records.history, records.there
    place, (share, applies, causes) = FRAMES.index(frame), PICKED[frame]
    number = history.customers.number[there.who]
    everyone = Addressed(history.seed, "interviews", number, there.month, np.full(len(number), place))
    rows = np.flatnonzero(everyone.uniform("chosen") < share)
    who, each = there.who[rows], everyone.taken(rows)
    day = business_days(history.scenario, each.month, each.uniform("day"))
    kept = applies(records, who, day) & recorded(history, who, day) & (day > signing_days(history, who))
    who, each, day = who[kept], each.taken(np.flatnonzero(kept)), day[kept]
    cause, none = causes(records, who, day), np.full(len(who), -1)
    return _Talks(each, each.number, none, each.number // luck.BLOCK, day, each.ordinal, cause)


def _working_days_later(day: Days, first: int, spread: int, each: Addressed) -> Days:
    """Some working days after each day."""
    ahead = first + np.floor(spread * each.uniform("day")).astype(np.int64)
    return np.busday_offset(day.astype("M8[D]"), ahead, roll="forward").astype("M8[ns]")
