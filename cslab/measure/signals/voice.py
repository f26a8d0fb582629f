"""What customers said and asked, and whether they said anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.signals.asked import QUARTER, Asked, Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

YEAR, REPLY = 365, 14
"""Days: for how long an answer counts, how long a reply may take."""

_ANSWERS = ("surveys.type", "surveys.responded_on", "surveys.score")


def _answer(kind: str) -> Callable[[Asked], Floats]:
    """The last answer to one kind of survey."""

    def read(asked: Asked) -> Floats:
        surveys = asked.book.surveys
        log = asked.log("surveys", surveys["responded_on"], surveys["score"], surveys["type"] == kind)
        return log.last(asked.account, asked.day, within=YEAR)

    return read


def _answered(asked: Asked) -> Floats:
    """The share of questionnaires answered in time, of those for which the time is up."""
    import pandas as pd

    surveys = asked.book.surveys
    up = surveys["sent_on"] + pd.Timedelta(days=REPLY)
    log = asked.log("surveys", up, (surveys["responded_on"] <= up).astype(float))
    return log.mean(asked.account, asked.day - YEAR, asked.day)


def _tickets(asked: Asked) -> Floats:
    """Enquiries of the last ninety days."""
    opened = asked.book.tickets["opened_on"]
    return asked.log("tickets", opened, opened.notna()).total(asked.account, asked.day - QUARTER, asked.day)[1]


def _open(asked: Asked) -> Floats:
    """Enquiries that nobody has closed yet."""
    tickets = asked.book.tickets
    opened, closed = (
        asked.so_far("tickets", tickets[name], tickets["opened_on"].notna()) for name in ("opened_on", "closed_on")
    )
    return opened - closed


VOICE: dict[str, Signal] = {
    "nps": Signal("voice", _ANSWERS, _answer("nps")),
    "csat": Signal("voice", _ANSWERS, _answer("csat")),
    "ces": Signal("voice", _ANSWERS, _answer("ces")),
    "answered": Signal("voice", ("surveys.sent_on", "surveys.responded_on"), _answered),
    "tickets_90d": Signal("voice", ("tickets.opened_on",), _tickets),
    "tickets_open": Signal("voice", ("tickets.opened_on", "tickets.closed_on"), _open),
}
"""Made of surveys and enquiries."""
