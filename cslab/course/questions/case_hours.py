"""How long a case takes in each company of the exercises: not the same everywhere, so nor is the best phase."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from cslab.measure import lifecycle

if TYPE_CHECKING:
    from cslab.book import Book

HOURS = (
    {"onboarding": 12, "adoption": 4, "renewal": 7},
    {"onboarding": 5, "adoption": 6, "renewal": 14},
    {"onboarding": 14, "adoption": 2, "renewal": 12},
)
"""Hours of a CSM that help one case through a phase, as three companies might work; assumptions (grade S)."""


def own_rules(book: Book) -> lifecycle.Rules:
    """The default rules of the phases, with the hours that a case takes in this company.

    Parameters
    ----------
    book : Book

    Returns
    -------
    Rules
        One of the ways of working of ``HOURS``: always the same for the same customers, from files too.

    >>> import cslab
    >>> own_rules(cslab.load("synthetic:tiny")).phases["onboarding"].hours_per_case in (12, 5, 14)
    True
    """
    rules, hours = lifecycle.rules(), HOURS[_way(book)]
    phases = {name: replace(one, hours_per_case=hours.get(name, one.hours_per_case)) for name, one in
              rules.phases.items()}  # fmt: skip
    return replace(rules, phases=phases)


def _way(book: Book) -> int:
    """Which of the ways of working this company has."""
    accounts = book.accounts
    signed = accounts["signed_on"].dt.strftime("%Y-%m-%d") if "signed_on" in accounts else ""
    customers = "\n".join(sorted(accounts["account_id"].astype(str) + " " + signed))
    return hashlib.sha256(f"hours of a case {customers}".encode()).digest()[0] % len(HOURS)
