"""The table ``journey_events``: the steps of the journey map as customers took, skipped or repeated them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.presence import month_of, recorded, row_of, signing_days
from cslab.world.observe.vocabulary import MILESTONES, MOVEMENTS, OUTCOMES, ROLES, code
from cslab.world.observe.vocabulary.journey import (
    CHANNEL_OF_STEP,
    EVENTS,
    OWNER_OF_STEP,
    STEP_PHASES,
    STEPS,
)
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

HABIT = 0.5
"""Share of the seats active in a week from which using the product counts as a habit."""

SKIPS = {"goal_agreed": -1.6, "result_shared": -0.4, "renewal_discussed": -1.2}
"""Steps that may be skipped, with the logit of skipping at a hand-off of quality 0."""

_HALF_YEAR = 182


@dataclass(frozen=True)
class Steps:
    """Steps taken, one entry each.

    Parameters
    ----------
    who : ndarray of int
        Row of the history.
    day : ndarray of datetime64
        Missing: never, or not within the records.
    step : str
    ordinal : ndarray of int or int
        Tells steps of one kind and account apart.
    """

    who: Ints
    day: Days
    step: str
    ordinal: Ints | int = 0


def journey_columns(records: Records) -> Columns:
    """The columns of ``journey_events``: what other tables date, and the steps in between that no other table holds.

    Signing, milestones of onboarding, the second team (an influencer is met), renewals and expansions stand on the days
    of their own tables; a habit is formed at the end of the first month with ``wau_ratio`` of a half or more after the
    first value. The goal is agreed some days after signing and a result shared half a year after the first value.

    - skipped: goal ``σ(-1.6 - 0.8·q)``, result ``σ(-0.4 - 0.8·q)``, renewal talk ``σ(-1.2 - 0.8·q)``, q the hidden
      quality of the hand-off
    - repeated: connecting the data, some weeks later, ``σ(-2 - 0.9·q)``
    - sentiment: ``0.3 + 0.9·v + 0.7·e``, less 0.7 where a step was repeated, rounded, -2 to 2

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and day.

    Source: simulation convention (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["journey_events"]
    >>> bool((abs(table["sentiment"]) <= 2).all())
    True
    """
    history = records.history
    taken = [_Taken(history, steps) for steps in _steps(records)]
    again = _Taken(history, _repeated(records), repeated=True)
    parts = [part.columns() for part in (*taken, again)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    sort = np.lexsort((columns["step_id"], columns["happened_on"], columns["account_id"]))
    return {name: values[sort] for name, values in columns.items()}


def _steps(records: Records) -> list[Steps]:
    """All steps that were due, with their days."""
    return [*_beginnings(records), *_milestones(records), _habit(records), _second_team(records), *_later(records)]


def _beginnings(records: Records) -> list[Steps]:
    """Signing, and agreeing on the goal some days later, of those who signed within the records."""
    history = records.history
    who = np.flatnonzero(records.seen)
    signed = signing_days(history, who)
    number, start = history.customers.number[who], history.customers.start[who]
    draws = luck.hashed(history.seed, "journey_events.goal_day", number, start)
    return [Steps(who, signed, "contract_signed"), Steps(who, _after(signed, 3 + 17 * draws), "goal_agreed")]


def _milestones(records: Records) -> list[Steps]:
    """The milestones of onboarding, on the days on which they were done."""
    table = records["onboarding"]
    who = row_of(records.history, table["account_id"], table["started"])
    chosen = [table["milestone"] == place for place in range(len(MILESTONES))]
    return [Steps(who[rows], table["done"][rows], name) for rows, name in zip(chosen, MILESTONES, strict=True)]


def _first_values(records: Records) -> tuple[Ints, Days]:
    """Rows that reached their first value within the records, and the days."""
    last = next(steps for steps in _milestones(records) if steps.step == "first_value")
    there = ~np.isnat(last.day)
    return last.who[there], last.day[there]


def _habit(records: Records) -> Steps:
    """The end of the first month of much use after a first value that the records could see."""
    history, cells = records.history, records.there
    onboarded = history.customers.start + history.onboarded
    unseen = onboarded < -history.scenario.first_month
    much = (records["usage_monthly"]["wau_ratio"] >= HABIT) & (cells.month >= onboarded[cells.who])
    much &= ~unseen[cells.who]
    who, place = np.unique(cells.who[much], return_index=True)
    months = cells.month[much][place]
    ends = _month_end(history, months)
    return Steps(who, ends, "habit_formed")


def _month_end(history: History, month: Ints) -> Days:
    """The last days of some months."""
    first = np.datetime64(history.scenario.window_start, "M") + history.scenario.first_month
    return np.asarray(((first + month + 1).astype("M8[D]") - 1).astype("M8[ns]"))


def _second_team(records: Records) -> Steps:
    """The day on which an influencer was first met, unless known from the beginning."""
    table = records["contacts"]
    met = table["role"] == code(ROLES, "influencer")
    number, day = table["account_id"][met], table["active_from"][met]
    who = row_of(records.history, number, day)
    later = day > signing_days(records.history, who)
    return Steps(who[later], day[later], "second_team_joined")


def _later(records: Records) -> list[Steps]:
    """Sharing a result, talking about and deciding renewals, widening the scope, giving notice."""
    history, renewals, moves = records.history, records["renewals"], records["mrr_movements"]
    who, first = _first_values(records)
    shared = Steps(who, _after(first, np.full(len(who), _HALF_YEAR)), "result_shared")
    spell = row_of(history, renewals["account_id"], renewals["listed_on"])
    stays = ~np.isin(renewals["outcome"], [code(OUTCOMES, "open"), code(OUTCOMES, "churned")])
    decided = renewals["decided_on"]
    wider = moves["type"] == code(MOVEMENTS, "expansion")
    grown = row_of(history, moves["account_id"][wider], moves["month"][wider])
    leaves = records["churn_events"]
    return [
        shared,
        Steps(spell, renewals["listed_on"], "renewal_discussed", renewals["contract_id"]),
        Steps(spell[stays], decided[stays], "renewal_decided", renewals["contract_id"][stays]),
        Steps(grown, _month_end(history, month_of(history, moves["month"][wider])), "scope_widened"),
        Steps(row_of(history, leaves["account_id"], leaves["decided_on"]), leaves["decided_on"], "notice_given"),
    ]


def _repeated(records: Records) -> Steps:
    """Connecting the data a second time: where the hand-off was poor."""
    history = records.history
    first = next(steps for steps in _milestones(records) if steps.step == "data_connected")
    number = history.customers.number[first.who]
    chance = logistic(-2 - 0.9 * history.customers.beginnings.handoff[first.who])
    again = ~np.isnat(first.day) & (luck.hashed(history.seed, "journey_events.again", number) < chance)
    days = 10 + 30 * luck.hashed(history.seed, "journey_events.again_day", number[again])
    return Steps(first.who[again], _after(first.day[again], days), "data_connected", 1)


class _Taken:
    """Steps as rows of the table: those on days of the records, skipped or not, with how the customer felt."""

    def __init__(self, history: History, steps: Steps, repeated: bool = False) -> None:
        known = ~np.isnat(steps.day)
        known[known] = recorded(history, steps.who[known], steps.day[known])
        self.history, self.who, self.day = history, steps.who[known], steps.day[known]
        self.place, self.repeated = STEPS.index(steps.step), repeated
        self.ordinal = np.broadcast_to(steps.ordinal, len(known))[known]
        self.step = steps.step

    def columns(self) -> Columns:
        """The columns of these rows."""
        count = len(self.who)
        skipped = self._skipped()
        event = np.where(skipped, code(EVENTS, "skipped"), code(EVENTS, "reached"))
        return {
            "account_id": self.history.customers.number[self.who],
            "happened_on": self.day,
            "phase": np.full(count, STEP_PHASES[self.place], np.int8),
            "step_id": np.full(count, self.place, np.int8),
            "event": np.where(self.repeated, code(EVENTS, "repeated"), event).astype(np.int8),
            "owner_dept": np.full(count, OWNER_OF_STEP[self.place], np.int8),
            "sentiment": self._sentiment(),
            "channel": np.full(count, CHANNEL_OF_STEP[self.place], np.int8),
        }

    def _draws(self, stream: str) -> Floats:
        """Uniform draws addressed by account, step and ordinal."""
        number, day = self.history.customers.number[self.who], self.day.astype("M8[D]").astype(np.int64)
        return luck.hashed(self.history.seed, f"journey_events.{stream}.{self.step}", number, day, self.ordinal)

    def _skipped(self) -> Flags:
        """Which of the steps were left out."""
        if self.step not in SKIPS:
            return np.zeros(len(self.who), dtype=bool)
        quality = self.history.customers.beginnings.handoff[self.who]
        return np.asarray(self._draws("skips") < logistic(SKIPS[self.step] - 0.8 * quality))

    def _sentiment(self) -> Floats:
        """How the customer felt, -2 to 2."""
        from scipy.special import ndtri

        month = np.maximum(month_of(self.history, self.day) - 1, self.history.customers.start[self.who])
        value = self.history.value_at(self.who, month)
        felt = 0.3 + 0.9 * value + 0.7 * ndtri(self._draws("sentiment")) - 0.7 * self.repeated
        return np.asarray(np.clip(np.round(felt), -2, 2) + 0.0)


def _after(day: Days, days: Floats) -> Days:
    """A day some days later."""
    return np.asarray((day.astype("M8[D]") + np.floor(days).astype(np.int64)).astype("M8[ns]"))
