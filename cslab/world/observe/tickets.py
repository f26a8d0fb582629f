"""The table ``tickets``: enquiries as support handles them, and what customers say of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.addressed import chosen
from cslab.world.observe.calendar import days
from cslab.world.observe.ratings import REPLY_DAYS, ratings
from cslab.world.observe.vocabulary.voice import CAUSE_SHARES, CHANNEL_SHARES, CHANNELS, DEFLECTABLE_SHARES

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.enquiries import Enquiries
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

ANSWERED_SHARE = 0.96

UNANSWERED_DAYS = 14
"""Days after which an enquiry that nobody answered is closed."""

RESPONSE_LOG_SD = 1.323
"""Spread of the hours to the first response: with a median of 5 hours the mean is 12."""

_AT_ONCE = 1 / 30
"""Hours to the first response by chat and telephone, of those by e-mail."""

_FIRST_CONTACT = np.array([0.80, 0.70, 0.82, 0.62, 0.55, 0.50, 0.80, 0.72])
"""Share of each category that is solved in the first contact: .70 of all."""

_SLOW = np.array([1.0, 1.0, 1.0, 1.5, 2.0, 3.0, 1.0, 2.0])
"""How much longer further work on each category takes."""


def ticket_columns(records: Records) -> Columns:
    """The columns of ``tickets``. What is learned in handling a ticket is missing until it is closed.

    - answered ~ .96; what nobody answers is closed after 14 days
    - hours to the first response ~ lognormal, median ``first_response_h``, mean 2.4 times that; by chat and telephone a
      thirtieth of it
    - solved in the first contact ~ .70 (.80 of how-to, .50 of defects), less .16 where working with the product costs
      much effort: then it takes two messages and no more time; else three and more, 2.4 on average over all, and
      16 hours (median) for each further one
    - reopened ~ .15 of those not solved in the first contact
    - ``csat`` as ``ratings`` says, shown a week after the ticket was closed

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and day.

    Source: response, first contact and messages as in the domain specification (grades C); the rest convention (S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["tickets"]
    >>> bool((table["closed_on"] < table["opened_on"]).any())
    False
    """
    history, asked = records.history, records.enquiries
    number = asked.each.number
    channel, cause, deflected, _ = asked.each.coarse("kind")
    columns: Columns = {
        "ticket_id": np.arange(len(number)) - np.searchsorted(number, number) + 1,
        "account_id": number,
        "opened_on": asked.opened,
        "category": asked.category,
        "channel": chosen(channel, np.array(CHANNEL_SHARES)),
        "root_cause": chosen(cause, np.array(CAUSE_SHARES)[asked.category]),
        "deflectable": (deflected < np.array(DEFLECTABLE_SHARES)[asked.category]).astype(np.float64),
    }
    columns |= _handled(history, asked, columns["channel"] >= CHANNELS.index("chat"))
    _blank(columns, ~(columns["closed_on"] < _end(history, 0)))
    said = ratings(history, asked, columns)
    shown = columns["closed_on"] < _end(history, REPLY_DAYS)
    return {**columns, "csat": np.where(shown, said.score, np.nan)}


def _handled(history: History, asked: Enquiries, at_once: Flags) -> Columns:
    """How each enquiry is answered and closed."""
    hour, answered, first, reopened = asked.each.coarse("answer")
    more, _, _, _ = asked.each.coarse("more")
    effort = _effort(history, asked)
    fcr = first < _FIRST_CONTACT[asked.category] - 0.16 * effort
    rest = 1 / 3 + 0.3 * effort
    exchanges = np.where(fcr, 2, 3 + np.floor(np.log(more) / np.log(rest / (1 + rest))))
    response = history.scenario.first_response_h * np.exp(RESPONSE_LOG_SD * asked.each.normal("response"))
    response *= np.where(at_once, _AT_ONCE, 1.0)
    work = 16 * _SLOW[asked.category] * np.exp(asked.each.normal("work"))
    resolved = response + (exchanges - 2) * work
    silent = answered >= ANSWERED_SHARE
    ahead = np.where(silent, UNANSWERED_DAYS, np.floor((9 + 9 * hour + resolved) / 24)).astype(np.int64)
    told = {
        "first_response_h": np.round(response, 2),
        "resolved_h": np.round(resolved, 2),
        "exchanges": exchanges,
        "reopened": (~fcr & (reopened < 0.15)).astype(np.float64),
        "fcr": fcr.astype(np.float64),
    }
    return {
        "closed_on": (asked.opened.astype("M8[D]") + ahead).astype("M8[ns]"),
        "answered": (~silent).astype(np.float64),
        **{name: np.where(silent, np.nan, values) for name, values in told.items()},
    }


def _effort(history: History, asked: Enquiries) -> Floats:
    """Whether working with the product costs the account much effort, less the share of those for whom it does."""
    if not history.scenario.on("effort"):
        return np.zeros(len(asked.who))
    effort = history.programmes.high_effort(month=asked.each.month, who=asked.who)
    return np.asarray(effort - history.scenario.effort_share, dtype=np.float64)


def _end(history: History, days_before: int) -> Days:
    """The day after the last of the records, less some days."""
    return np.asarray(days(history.scenario, np.array(history.months)) - np.timedelta64(days_before, "D"))


def _blank(columns: Columns, open_still: Flags) -> None:
    """What is not yet known of tickets that are open still, taken out."""
    for name, values in columns.items():
        if values.dtype.kind == "f":
            columns[name] = np.where(open_still, np.nan, values)
    columns["closed_on"] = np.where(open_still, np.datetime64("NaT", "ns"), columns["closed_on"])
    unknown = open_still | (columns["answered"] == 0)
    columns["root_cause"] = np.where(unknown, -1, columns["root_cause"]).astype(np.int8)
