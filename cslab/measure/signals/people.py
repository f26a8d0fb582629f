"""Whom of the customer's people the company knows, and how they are in touch."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.signals.asked import QUARTER, Asked, Signal

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TALKS = ("qbr", "f2f", "call", "training", "webinar", "community", "advisory")
"""Contacts in which the customer takes part; a newsletter is none."""

REVIEWS = ("qbr", "advisory")
"""Contacts at which results are looked at together."""

_STAYS = ("contacts.active_from", "contacts.active_to")
_TOUCHES = ("touches.touched_on", "touches.type")


def _people(asked: Asked, chosen: Any = None) -> Floats:
    """How many known people are there on the day."""
    contacts = asked.book.contacts
    came, gone = (asked.so_far("contacts", contacts[name], chosen) for name in ("active_from", "active_to"))
    return came - gone


def _known_people(asked: Asked) -> Any:
    """Of whom anybody was known by the day."""
    return asked.once("known people", lambda: asked.so_far("contacts", asked.book.contacts["active_from"]) > 0)


def _kinds_of_people(column: str) -> Callable[[Asked], Floats]:
    """How many roles or departments are there on the day."""

    def read(asked: Asked) -> Floats:
        values = asked.book.contacts[column]
        there = [_people(asked, values == kind) > 0 for kind in values.dropna().unique()]
        return np.where(_known_people(asked), np.sum(there, axis=0, dtype=float), np.nan)

    return read


def _champion(asked: Asked) -> Floats:
    """Whether somebody speaks for the product inside the account."""
    there = _people(asked, asked.book.contacts["is_champion"]) > 0
    return np.where(_known_people(asked), there.astype(float), np.nan)


def _champion_left(asked: Asked) -> Floats:
    """Whether somebody who spoke for the product has left within ninety days."""
    contacts = asked.book.contacts
    log = asked.log("contacts", contacts["active_to"], contacts["active_to"].notna(), contacts["is_champion"])
    gone = log.total(asked.account, asked.day - QUARTER, asked.day)[1] > 0
    return np.where(_known_people(asked), gone.astype(float), np.nan)


def _touches(asked: Asked) -> Floats:
    """Contacts of the last ninety days, sent by a person and not by a program, where the book tells them apart."""
    touches = asked.book.touches
    chosen = touches["csm_id"].notna() if "csm_id" in touches else None
    log = asked.log("touches", touches["touched_on"], touches["touched_on"].notna(), chosen)
    return log.total(asked.account, asked.day - QUARTER, asked.day)[1]


def _days_since(chosen: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Asked], Floats]:
    """Days since the last contact of some kind; missing where there was none."""

    def read(asked: Asked) -> Floats:
        import pandas as pd

        touches = asked.book.touches
        day = pd.Series(np.asarray(touches["touched_on"], "datetime64[D]").astype(np.int64), touches.index)
        log = asked.log("touches", touches["touched_on"], day, chosen(touches))
        return asked.day - log.last(asked.account, asked.day)

    return read


PEOPLE: dict[str, Signal] = {
    "roles": Signal("people", ("contacts.role", *_STAYS), _kinds_of_people("role")),
    "departments": Signal("people", ("contacts.department", *_STAYS), _kinds_of_people("department")),
    "champion": Signal("people", ("contacts.is_champion", *_STAYS), _champion),
    "champion_left": Signal("people", ("contacts.is_champion", *_STAYS), _champion_left),
}
"""Made of the people that are known."""

CARE: dict[str, Signal] = {
    "days_since_contact": Signal(
        "care",
        (*_TOUCHES, "touches.direction"),
        _days_since(lambda touches: touches["type"].isin(TALKS) | (touches["direction"] == "inbound")),
    ),
    "days_since_review": Signal("care", _TOUCHES, _days_since(lambda touches: touches["type"].isin(REVIEWS))),
    "touches_90d": Signal("care", ("touches.touched_on",), _touches),
}
"""Made of contacts."""
