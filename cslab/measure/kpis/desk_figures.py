"""How each figure of the support desk is made, group by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cslab.measure.clusters import Found, medians, ratios, shares_by_account, summed
from cslab.measure.kpis.desk import Chosen, Desk

SATISFIED = 4
"""From which rating of 1-5 on a customer counts as satisfied."""


@dataclass(frozen=True)
class Measure:
    """How one figure of the desk is made.

    Parameters
    ----------
    made : callable
        From a desk to the estimates of its groups.
    method : str
        Its name.
    needs : tuple of str
        Columns of ``tickets``.

    >>> SUPPORT["csat"].needs
    ('closed_on', 'csat')
    """

    made: Callable[[Desk], Found]
    method: str
    needs: tuple[str, ...]


def _csat(desk: Desk) -> Found:
    """Ratings of 4 and 5 over ratings."""
    score = desk.closed.number("csat")
    return shares_by_account(desk.closed.counted(score >= SATISFIED, known=~np.isnan(score)))


def _volume(desk: Desk) -> Found:
    """Tickets opened."""
    rows = desk.opened.counted(np.ones(len(desk.opened.account)))
    unknown = np.full(rows.groups, np.nan)
    asked = (rows.cells(rows.base) > 0).sum(axis=1)
    return Found(summed(rows.group, rows.base, rows.groups), unknown, unknown, unknown, asked)


def _answered(desk: Desk) -> Found:
    """Tickets closed with an answer while there was time for it over tickets whose time for it was up."""
    return shares_by_account(desk.due.counted((desk.due.number("answered") == 1) & desk.due.in_time))


def _exchanges(desk: Desk) -> Found:
    """Messages over tickets solved."""
    messages = np.nan_to_num(desk.closed.number("exchanges"))
    return ratios(desk.closed.counted(messages, (desk.closed.number("answered") == 1).astype(float)))


def _fcr(desk: Desk) -> Found:
    """Tickets solved in the first contact over tickets solved."""
    first = desk.closed.number("fcr")
    return shares_by_account(desk.closed.counted(first, known=~np.isnan(first)))


def _known(tickets: Chosen, column: str) -> Found:
    """Medians of a column."""
    hours = tickets.number(column)
    return medians(tickets.counted(hours, known=~np.isnan(hours)))


def _mean_response(desk: Desk) -> Found:
    """Mean hours to the first response."""
    hours = desk.closed.number("first_response_h")
    return ratios(desk.closed.counted(hours, known=~np.isnan(hours)))


SUPPORT: dict[str, Measure] = {
    "csat": Measure(_csat, "share_by_account", ("closed_on", "csat")),
    "ticket_volume": Measure(_volume, "count", ("opened_on",)),
    "first_response_mean": Measure(_mean_response, "mean_by_account", ("closed_on", "first_response_h")),
    "first_response_median": Measure(
        lambda desk: _known(desk.closed, "first_response_h"), "median_by_account", ("closed_on", "first_response_h")
    ),
    "answer_rate": Measure(_answered, "share_by_account", ("opened_on", "closed_on", "answered")),
    "contacts_per_resolution": Measure(_exchanges, "mean_by_account", ("closed_on", "exchanges", "answered")),
    "fcr": Measure(_fcr, "share_by_account", ("closed_on", "fcr")),
    "resolution_time": Measure(
        lambda desk: _known(desk.closed, "resolved_h"), "median_by_account", ("closed_on", "resolved_h")
    ),
}
"""The figures of the desk by name, in the order in which they are shown."""
