"""The table ``surveys``: what customers were asked, who answered, and what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.addons.deals import calendar_month
from cslab.world.observe.addressed import Addressed
from cslab.world.observe.calendar import days
from cslab.world.observe.presence import month_of, recorded, signing_days
from cslab.world.observe.ratings import REPLY_VALUE, ratings
from cslab.world.observe.vocabulary import code
from cslab.world.observe.vocabulary.voice import COMMENTS, SURVEYS
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

NPS_MONTHS = (4, 10)
"""May and November: the months of the year, January 0, in which every customer of three months and more is asked."""

_NPS_TENURE, _NPS_DAY, _YEAR, _FIRST_DAYS = 3, 15, 12, 30
_COMMENT_SHARE = 0.6
_TRUE_SHARE = 0.6

_PLEASED = np.array([7, 4, 5, 4])
"""From which score on an answer is a pleased one, by kind of survey."""

_EASY = np.array([code(COMMENTS, word) for word in ("price", "support", "ease_of_use", "onboarding")])
"""What is easy to say to each kind of survey."""


def survey_columns(records: Records) -> Columns:
    """The columns of ``surveys``, of latent value v in the month of sending; e is noise.

    - NPS, in May and November, to customers of three months and more: ``nps_level + 1.3·v + 2·e``, rounded, 0-10
    - CES (7 = easy) at each anniversary of signing: ``5.2 + 0.5·v - 1.4·1[high effort] + 1.2·e``, 1-7
    - day 30: ``3.4 + 0.7·first impression + 0.3·v + 0.7·e``, 1-5
    - CSAT after half of the answered tickets, as ``ratings`` says
    - reply ~ ``σ(survey_reply_logit + 0.8·v)``, within 10 days (CSAT: 7) and while the customer is there: unhappy
      customers answer less
    - six in ten replies carry a comment: its theme is what truly pleases or troubles with chance .6, else easy to say

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and day.

    Source: level of NPS and reply as in the domain specification (grade B); the rest simulation convention (S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["surveys"]
    >>> bool((np.isnan(table["score"]) == np.isnat(table["responded_on"])).all())
    True
    """
    history = records.history
    parts = *(_scheduled(history, *sent) for sent in _sendings(records)), _after_tickets(records)
    who, kind, sent, replied, score, draw = (np.concatenate(part) for part in zip(*parts, strict=True))
    sort = np.lexsort((kind, sent, who))
    who, kind, sent, replied, score, draw = (part[sort] for part in (who, kind, sent, replied, score, draw))
    number = history.customers.number[who]
    return {
        "survey_id": np.arange(len(who)) - np.searchsorted(number, number) + 1,
        "account_id": number,
        "type": kind.astype(np.int8),
        "trigger": kind.astype(np.int8),
        "sent_on": sent,
        "responded_on": replied,
        "score": score,
        "comment_theme": _comments(history, who, kind, score, draw),
    }


def _sendings(records: Records) -> list[tuple[str, Ints, Days]]:
    """Kind, rows and days of all questionnaires that are sent by the calendar."""
    history, there = records.history, records.there
    tenure = there.month - history.customers.start[there.who]
    campaign = np.isin(calendar_month(history.scenario, there.month + history.scenario.first_month), NPS_MONTHS)
    campaign &= tenure >= _NPS_TENURE
    yearly = (tenure > 0) & (tenure % _YEAR == 0)
    new = np.flatnonzero(records.seen & history.first)
    thirtieth = (signing_days(history, new).astype("M8[D]") + _FIRST_DAYS).astype("M8[ns]")
    birthday = days(history.scenario, there.month[yearly], history.customers.day[there.who[yearly]])
    return [
        ("nps", there.who[campaign], days(history.scenario, there.month[campaign], _NPS_DAY)),
        ("ces", there.who[yearly], birthday),
        ("day30", new, thirtieth),
    ]


def _scheduled(history: History, kind: str, who: Ints, sent: Days) -> tuple[Ints, Ints, Days, Days, Floats, Floats]:
    """Rows, kind, days of sending and reply, score, and a draw for the comment, of one kind of survey."""
    kept = recorded(history, who, sent)
    who, sent = who[kept], sent[kept]
    place, month = SURVEYS.index(kind), month_of(history, sent)
    each = Addressed(history.seed, "surveys", history.customers.number[who], month, np.full(len(who), place))
    replies, wait, comment, _ = each.coarse("reply")
    replied = (sent.astype("M8[D]") + np.floor(10 * wait**2).astype(np.int64)).astype("M8[ns]")
    value = history.value_at(who, month)
    heard = replies < logistic(history.scenario.survey_reply_logit[place] + REPLY_VALUE * value)
    heard &= recorded(history, who, replied)
    score = _score(history, kind, who, month, each.normal("score"))
    replied = np.where(heard, replied, np.datetime64("NaT", "ns"))
    return who, np.full(len(who), place), sent, replied, np.where(heard, score, np.nan), comment


def _score(history: History, kind: str, who: Ints, month: Ints, noise: Floats) -> Floats:
    """What each account would answer."""
    value = history.value_at(who, month)
    if kind == "nps":
        return np.clip(np.round(history.scenario.nps_level + 1.3 * value + 2.0 * noise), 0, 10)
    if kind == "ces":
        effort = history.programmes.high_effort(month=month, who=who)
        return np.clip(np.round(5.2 + 0.5 * value - 1.4 * effort + 1.2 * noise), 1, 7)
    impression = history.customers.first_impression[who]
    return np.clip(np.round(3.4 + 0.7 * impression + 0.3 * value + 0.7 * noise), 1, 5)


def _after_tickets(records: Records) -> tuple[Ints, Ints, Days, Days, Floats, Floats]:
    """The same of the questions after tickets."""
    asked, tickets = records.enquiries, records["tickets"]
    said = ratings(records.history, asked, tickets)
    rows = np.flatnonzero(said.asked)
    comment = asked.each.taken(rows).uniform("comment")
    kind = np.full(len(rows), SURVEYS.index("csat"))
    return asked.who[rows], kind, tickets["closed_on"][rows], said.replied_on[rows], said.score[rows], comment


def _comments(history: History, who: Ints, kind: Ints, score: Floats, draw: Floats) -> Ints:
    """The theme of each comment; negative where there is none."""
    pleased = score >= _PLEASED[kind]
    word = np.where(pleased, code(COMMENTS, "results"), code(COMMENTS, "stability"))
    word = np.where(~pleased & history.customers.beginnings.high_effort[who], code(COMMENTS, "ease_of_use"), word)
    word = np.where(~pleased & history.stalled[who], code(COMMENTS, "onboarding"), word)
    word = np.where(~pleased & history.customers.badfit[who], code(COMMENTS, "features"), word)
    word = np.where(kind == code(SURVEYS, "csat"), code(COMMENTS, "support"), word)
    word = np.where(draw < _COMMENT_SHARE * _TRUE_SHARE, word, _EASY[kind])
    return np.where((draw < _COMMENT_SHARE) & ~np.isnan(score), word, -1).astype(np.int8)
