"""The firefighting index counts hours with customers, of the weeks asked for."""

import dataclasses

import pandas as pd
import pytest

from cslab import world
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.capacity import reactive_share

MONDAYS = pd.to_datetime(["2024-04-01", "2024-04-01", "2024-04-01", "2024-04-08", "2024-04-08"])


def written(**changed: list) -> Book:
    """Two CSMs: 3 of 12 hours with customers in the first week answer problems, 1 of 4 in the second."""
    columns = {
        "csm_id": ["M1", "M1", "M2", "M1", "M2"],
        "week": MONDAYS,
        "category": ["regular", "regular", "qbr", "regular", "regular"],
        "reactive": [True, False, False, True, False],
        "hours": [3.0, 5.0, 4.0, 1.0, 3.0],
    }
    return with_time(pd.DataFrame({**columns, **changed}))


def with_time(time: pd.DataFrame | None) -> Book:
    book = world.company("tiny")
    tables = {name: frame for name, frame in book.tables.items() if name != "csm_time"}
    return dataclasses.replace(book, tables=tables if time is None else {**tables, "csm_time": time})


def test_it_is_the_reactive_hours_over_all_hours_of_whole_weeks():
    share = reactive_share(written(), "2024-04-01", "2024-04-14")
    assert (share.estimate, share.n) == (4 / 16, 2) and share.low < 0.25 < share.high
    assert float(reactive_share(written(), "2024-04-01", "2024-04-13")) == 3 / 12
    assert float(reactive_share(written(), "2024-04-02", "2024-04-14")) == 1 / 4


def test_administration_is_not_time_with_customers():
    admin = written(category=["regular", "admin", "qbr", "regular", "regular"])
    assert float(reactive_share(admin, "2024-04-01", "2024-04-14")) == 4 / 11


def test_a_team_that_works_on_red_accounts_first_answers_more():
    scenario = world.preset("default_jp").with_(accounts=400, csm_team=0.6)
    calm, busy = (world.company(scenario, policy) for policy in ("rule", "firefighting"))
    one, other = (reactive_share(book, "2022-04-01", "2025-03-31") for book in (calm, busy))
    assert other.low > one.high


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(UsageError, match="2023-01-01"):
        reactive_share(written(), "2023-01-01", "2023-12-31")
    with pytest.raises(NotReady, match="csm_time"):
        reactive_share(with_time(None), "2024-04-01", "2024-04-14")
