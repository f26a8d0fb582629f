"""What customers say of the answers they got: asked for after some enquiries, given by some of those asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.presence import recorded
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.enquiries import Enquiries
    from cslab.world.observe.vocabulary import Columns

ASKED_SHARE = 0.5
"""Share of the answered enquiries after which a rating is asked for."""

REPLY_DAYS = 7
"""Days within which an answer comes, if it comes."""

REPLY_VALUE = 0.8
"""What a unit of latent value adds to the logit of answering a survey: unhappy customers answer less."""

_STEPS = np.array([-2.2, -1.2, 0.0, 1.3])
"""How much harder each further point is than being satisfied, on the logit."""


@dataclass(frozen=True)
class Ratings:
    """What became of the question after each enquiry.

    Parameters
    ----------
    asked : ndarray of bool
    replied_on : ndarray of datetime64
        Missing: not asked, no reply, or none yet.
    score : ndarray of float
        1-5, missing as ``replied_on`` is.
    """

    asked: Flags
    replied_on: Days
    score: Floats


def ratings(history: History, asked: Enquiries, tickets: Columns) -> Ratings:
    """The ratings of the enquiries of a chunk.

    Those asked reply with chance ``σ(survey_reply_logit + 0.8·v)``. They are satisfied (4-5) with chance
    ``σ(logit(csat_share) + 0.5·v - 0.25·ln(hours to the first response / 5) - 0.6·1[not in the first contact])``.

    Parameters
    ----------
    history : History
    asked : Enquiries
    tickets : dict of str to ndarray
        ``closed_on``, ``answered``, ``first_response_h`` and ``fcr`` of each.

    Returns
    -------
    Ratings

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> said = ratings(records.history, records.enquiries, records["tickets"])
    >>> bool(said.asked[~np.isnat(said.replied_on)].all())
    True
    """
    sampled, replies, wait, pleased = asked.each.coarse("rating")
    closed, value = tickets["closed_on"], history.value_at(asked.who, asked.each.month)
    sent = (tickets["answered"] == 1) & recorded(history, asked.who, closed) & (sampled < ASKED_SHARE)
    replied_on = (closed.astype("M8[D]") + np.floor(REPLY_DAYS * wait).astype(np.int64)).astype("M8[ns]")
    heard = sent & (replies < logistic(history.scenario.survey_reply_logit[1] + REPLY_VALUE * value))
    heard &= recorded(history, asked.who, replied_on)
    score = 1 + (pleased[:, None] < logistic(_pleasure(history, value, tickets)[:, None] - _STEPS)).sum(axis=1)
    return Ratings(sent, np.where(heard, replied_on, np.datetime64("NaT", "ns")), np.where(heard, score, np.nan))


def _pleasure(history: History, value: Floats, tickets: Columns) -> Floats:
    """The logit of being satisfied with an answer; missing where there is none."""
    share = np.clip(history.scenario.csat_share, 1e-9, 1 - 1e-9)
    late = np.log(np.maximum(tickets["first_response_h"], 0.01) / 5)
    return np.asarray(np.log(share / (1 - share)) + 0.5 * value - 0.25 * late - 0.6 * (tickets["fcr"] == 0))
