"""Twelve customers on one day: their phase can be told by hand, if nothing is used that was not known on that day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cslab.book import Book

if TYPE_CHECKING:
    import pandas as pd

DAY, EXPORTED = "2024-03-31", "2024-09-30"
"""The day that is asked about, and the day on which the tables were exported: half a year later."""

_RECORDS = "2021-04-01"
_NAMES = "ABCDEFGHIJKL"


@dataclass(frozen=True)
class _Life:
    """The days of one customer: signing, kick-off, first value; its contract of that time; leaving and coming back."""

    signed: str
    kickoff: str = ""
    first_value: str = ""
    start: str = ""
    months: int = 12
    decided: str = ""
    outcome: str = "open"
    announced: str = ""
    left: str = ""
    back: str = ""

    @property
    def legacy(self) -> bool:
        """Whether it signed before the records begin."""
        return self.signed < _RECORDS


_LIVES = (
    _Life("2024-03-20", "2024-04-03", "2024-05-20", "2024-03-20"),  # the kick-off is still to come
    _Life("2024-02-10", "2024-02-16", "2024-04-15", "2024-02-10"),  # the first value is still to come
    _Life("2023-06-01", "2023-06-08", "", "2023-06-01", 12, "2024-05-02", "renewed"),  # never, and the renewal is near
    _Life("2023-10-02", "2023-10-10", "2023-11-20", "2023-10-02"),  # in the middle of its term
    _Life("2024-02-01", "2024-02-05", "2024-02-20", "2024-02-01"),  # quick: two months after signing
    _Life(
        "2023-07-01", "2023-07-06", "2023-09-01", "2023-07-01", 12, "2024-04-22", "churned", "2024-04-22", "2024-07-01"
    ),
    _Life(
        "2022-06-01", "2022-06-09", "2022-08-15", "2023-06-01", 12, "2024-03-25", "churned", "2024-03-25", "2024-06-01"
    ),
    _Life(
        "2022-03-01", "2022-03-08", "2022-05-02", "2023-03-01", 12, "2023-12-20", "churned", "2023-12-20", "2024-03-01"
    ),
    _Life(
        "2021-05-01", "2021-05-10", "2021-07-01", "2023-12-01", 12, "", "open", "2023-02-20", "2023-05-01", "2023-12-01"
    ),
    _Life("2021-06-30", "2021-07-05", "2021-09-10", "2023-06-30", 12, "2024-03-15", "renewed"),  # decided: it goes on
    _Life("2023-01-15", "2023-01-20", "2023-03-03", "2024-03-15", 1, "2024-03-15", "renewed"),  # monthly contracts
    _Life("2019-05-10", "", "", "2023-11-10", 12),  # before the records began
)
"""Between the sixth and the ninth: leaves after the day, has said so by the day, had left by the day, came back."""


@cache
def toy_phases(variant: int = 0) -> Book:
    """The twelve customers as a company's tables: ``accounts``, ``onboarding``, ``contracts`` and ``churn_events``.

    Parameters
    ----------
    variant : int
        Which customer goes by which letter: 0 as printed, another order for any other number, so that an answer that
        was typed in does not fit.

    Returns
    -------
    Book
        As exported on 30 September 2024; records since April 2021.

    Source: the kit's own example; each phase of 31 March 2024 can be told by hand.

    >>> from cslab.measure import lifecycle
    >>> lifecycle.phase_at(toy_phases(), DAY)["phase"].value_counts().to_dict()["adoption"]
    6
    """
    import pandas as pd

    lives = dict(zip(_NAMES, sorted(_LIVES, key=lambda life: _place(life, variant)), strict=True))
    tables = {
        "accounts": _accounts(lives),
        "onboarding": _onboarding(lives),
        "contracts": _contracts(lives),
        "churn_events": _exits(lives),
    }
    return Book(tables, pd.Timestamp(EXPORTED), "toy", window_start=pd.Timestamp(_RECORDS), synthetic=True)


def toy_days(variant: int = 0) -> pd.DataFrame:
    """The twelve customers as one table to read: a row a customer, every day that the export holds.

    Parameters
    ----------
    variant : int
        As for ``toy_phases``.

    Returns
    -------
    DataFrame
        By ``account_id``: ``signed``, ``kickoff``, ``first_value``, ``months`` (of the contract that runs, or ran last,
        on the day), ``ends``, ``decided``, ``outcome``, ``left``, ``back``; days as text, empty where there is none.

    >>> toy_days().shape
    (12, 9)
    """
    import pandas as pd

    lives = dict(zip(_NAMES, sorted(_LIVES, key=lambda life: _place(life, variant)), strict=True))
    shown = ("signed", "kickoff", "first_value", "months", "ends", "decided", "outcome", "left", "back")
    rows = {name: {**vars(life), "ends": f"{_end(life):%Y-%m-%d}"} for name, life in lives.items()}
    return pd.DataFrame.from_dict(rows, orient="index")[[*shown]].rename_axis("account_id")


def _place(life: _Life, variant: int) -> str:
    """Where a customer stands among the letters: as printed, or as the variant's number has it."""
    place = _LIVES.index(life)
    return f"{place:02d}" if variant == 0 else hashlib.sha256(f"phases {variant} {place}".encode()).hexdigest()


def _day(text: str) -> pd.Timestamp:
    """A day, missing where none is written."""
    import pandas as pd

    return pd.Timestamp(text or "NaT")


def _end(life: _Life) -> pd.Timestamp:
    """The day on which its last contract runs out."""
    import pandas as pd

    return pd.Timestamp(life.start) + pd.DateOffset(months=life.months)


def _accounts(lives: dict[str, _Life]) -> pd.DataFrame:
    """A row a customer."""
    import pandas as pd

    signed = pd.to_datetime([life.signed for life in lives.values()])
    observed = pd.to_datetime([_RECORDS if life.legacy else life.signed for life in lives.values()])
    return pd.DataFrame({"account_id": list(lives), "signed_on": signed, "observed_from": observed, "eval_days": 30})


def _onboarding(lives: dict[str, _Life]) -> pd.DataFrame:
    """Two milestones of each customer whose onboarding is on record."""
    import pandas as pd

    rows = [
        (name, milestone, pd.Timestamp(life.signed), _day(done))
        for name, life in lives.items()
        if not life.legacy
        for milestone, done in (("kickoff", life.kickoff), ("first_value", life.first_value))
    ]
    return pd.DataFrame(rows, columns=["account_id", "milestone", "started", "done"])


def _contracts(lives: dict[str, _Life]) -> pd.DataFrame:
    """The contract of each customer that runs, or ran last, on the day."""
    import pandas as pd

    rows = [
        (
            f"{name}-1",
            name,
            pd.Timestamp(life.start),
            _end(life),
            life.months,
            _day(life.decided),
            life.outcome,
        )
        for name, life in lives.items()
    ]
    names = ["contract_id", "account_id", "start", "end", "term_months", "decided_on", "outcome"]
    return pd.DataFrame(rows, columns=names)


def _exits(lives: dict[str, _Life]) -> pd.DataFrame:
    """Who said that it leaves, when it left, and whether it came back."""
    import pandas as pd

    rows = [
        (name, *(_day(day) for day in (life.announced, life.left, life.back)))
        for name, life in lives.items()
        if life.left
    ]
    return pd.DataFrame(rows, columns=["account_id", "decided_on", "effective_on", "winback_on"])
