"""The toy book: eight customers and a year, small enough for pencil and paper; every retention rate of it differs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, count
from typing import TYPE_CHECKING

from cslab.book import Book

if TYPE_CHECKING:
    import pandas as pd

START, END = "2023-03-31", "2024-03-31"
"""The two days that are compared, t0 and t12."""

_RECORDS = "2022-10-01"
_YEN = 1_000
_APART = 0.01


@dataclass(frozen=True)
class _Customer:
    """A customer: MRR when the records begin and its changes by month after t0, in thousand yen; its terms."""

    name: str
    opening: int
    changes: tuple[tuple[int, int], ...] = ()
    terms: tuple[tuple[str, int, str], ...] = (("2022-04-01", 36, "open"),)

    def at(self, month: int) -> int:
        """MRR at the end of a month after t0."""
        return self.opening + sum(change for when, change in self.changes if when <= month)


def _yearly(outcome: str) -> tuple[tuple[str, int, str], ...]:
    """A term that runs out within the year, and the next one where there is one."""
    due = ("2022-10-01", 12, outcome)
    return (due,) if outcome == "churned" else (due, ("2023-10-01", 12, "open"))


_PRINTED = (
    _Customer("A", 100, (), _yearly("renewed")),
    _Customer("B", 100, ((5, 30),)),
    _Customer("C", 100, ((7, -30),), _yearly("contracted")),
    _Customer("D", 100, ((7, -100),), _yearly("churned")),
    _Customer("E", 0, ((2, 80),), (("2023-05-01", 36, "open"),)),
    _Customer("F", 50, ((4, -50), (9, 50)), (("2022-04-01", 36, "churned"), ("2023-12-01", 36, "open"))),
    _Customer("G", 200, ((3, 50), (10, -40))),
    _Customer("H", 60, ((-2, -60), (6, 60)), (("2022-01-01", 12, "churned"), ("2023-09-01", 36, "open"))),
)
"""B grows, C shrinks, D leaves, E is new, F leaves and comes back, G goes up and down, H had left before t0."""


@cache
def toy_book(variant: int = 0) -> Book:
    """The toy book as a company's tables: ``accounts``, ``contracts`` and ``mrr_movements``.

    Parameters
    ----------
    variant : int
        0 for the amounts as printed. Any other number for amounts of its own and some more customers who just stay, so
        that an answer that was typed in does not fit; the eight rates of the printed book stay at least a point apart.

    Returns
    -------
    Book
        Records from October 2022 to March 2024; amounts in whole yen a month. Within the year only the terms of A, C
        and D run out.

    Source: the kit's own example; each figure of the printed book can be checked by hand.

    >>> book = toy_book()
    >>> float(book.mrr_movements.query("month <= @START")["amount"].sum())
    650000.0
    """
    import pandas as pd

    customers = _PRINTED if variant == 0 else _of_variant(variant)
    tables = {"accounts": _accounts(customers), "contracts": _contracts(customers), "mrr_movements": _moves(customers)}
    return Book(tables, pd.Timestamp(END), "toy", window_start=pd.Timestamp(_RECORDS), synthetic=True)


def rates(customers: tuple[_Customer, ...] = _PRINTED) -> dict[str, float]:
    """The eight retention rates of the toy book by hand, right and wrong ones.

    Parameters
    ----------
    customers : tuple
        Of the printed book, where nothing else is said.

    Returns
    -------
    dict of str to float
        Shares.

    >>> {name: round(rate, 4) for name, rate in rates().items()}["nrr"]
    0.8615
    """
    there = [one for one in customers if one.at(0) > 0]
    stay = [one for one in there if one.at(12) > 0]
    due = [one for one in there if one.terms[0][0] == _RECORDS]
    lost = [one for one in there if any(one.at(month) == 0 for month in range(1, 13))]
    start = sum(one.at(0) for one in there)
    end = sum(one.at(12) for one in there)
    less = -sum(change for one in there for when, change in one.changes if when > 0 and change < 0)
    back = sum(one.at(12) for one in lost)
    return {
        "nrr": end / start,
        "nrr_survivors_only": end / sum(one.at(0) for one in stay),
        "nrr_including_new": sum(one.at(12) for one in customers) / start,
        "grr": sum(min(one.at(0), one.at(12)) for one in there) / start,
        "grr_movement": (start - less) / start,
        "grr_movement_with_returns": (start - less + back) / start,
        "logo_churn": 1 - len(stay) / len(there),
        "logo_churn_movement": len(lost) / len(there),
        "renewal_rate": sum(min(one.at(0), one.at(12)) for one in due) / sum(one.at(0) for one in due),
    }


def _of_variant(variant: int) -> tuple[_Customer, ...]:
    """The customers of a variant: the first draw on which no two rates come close to each other."""
    for attempt in count():
        customers = _drawn(variant, attempt)
        if all(abs(a - b) >= _APART for a, b in combinations(rates(customers).values(), 2)):
            return customers
    raise AssertionError("a count has no end")


def _drawn(variant: int, attempt: int) -> tuple[_Customer, ...]:
    """The printed customers with other amounts, and one to five more who stay: a pure function of both numbers."""
    digest = hashlib.sha256(f"toy {variant} {attempt}".encode()).digest()
    drawn = [_scaled(one, 5 + digest[place] % 16) for place, one in enumerate(_PRINTED)]
    more = [_Customer(name, 10 * (3 + digest[16 + place] % 15)) for place, name in enumerate("IJKLM")]
    return (*drawn, *more[: 1 + digest[8] % 5])


def _scaled(one: _Customer, tenths: int) -> _Customer:
    """A customer with all its amounts so many tenths as large."""
    changes = tuple((month, change * tenths // 10) for month, change in one.changes)
    return replace(one, opening=one.opening * tenths // 10, changes=changes)


def _accounts(customers: tuple[_Customer, ...]) -> pd.DataFrame:
    """A row a customer."""
    import pandas as pd

    signed = pd.to_datetime([one.terms[0][0] for one in customers])
    return pd.DataFrame({"account_id": [one.name for one in customers], "signed_on": signed})


def _contracts(customers: tuple[_Customer, ...]) -> pd.DataFrame:
    """A row a term; a customer who left within a term and came back has another product then."""
    import pandas as pd

    rows = []
    for one in customers:
        for place, (start, months, outcome) in enumerate(one.terms):
            first = pd.Timestamp(start)
            month = max(first.to_period("M").ordinal - pd.Period(START, "M").ordinal, -5)
            product = "core" if one.terms[0][1] == 12 or not place else "core_2"
            end = first + pd.DateOffset(months=months)
            amount = float(_YEN * one.at(month))
            rows.append((f"{one.name}-{place + 1}", one.name, product, first, end, months, amount, outcome))
    names = ["contract_id", "account_id", "product", "start", "end", "term_months", "mrr_amount", "outcome"]
    return pd.DataFrame(rows, columns=names)


def _moves(customers: tuple[_Customer, ...]) -> pd.DataFrame:
    """A row a movement of MRR: what stands when the records begin, then every change."""
    import pandas as pd

    origin = pd.Period(START, "M")
    rows = [(one.name, pd.Timestamp(_RECORDS), "opening", one.opening) for one in customers if one.opening]
    for one in customers:
        for month, change in one.changes:
            rows.append((one.name, (origin + month).start_time, _type(one, month), change))
    frame = pd.DataFrame(rows, columns=["account_id", "month", "type", "amount"])
    return frame.assign(amount=frame["amount"] * float(_YEN)).sort_values(["account_id", "month"], ignore_index=True)


def _type(one: _Customer, month: int) -> str:
    """What kind of movement a change is."""
    before, after = one.at(month - 1), one.at(month)
    if before == 0:
        return "reactivation" if one.opening else "new"
    if after == 0:
        return "churn"
    return "expansion" if after > before else "contraction"
