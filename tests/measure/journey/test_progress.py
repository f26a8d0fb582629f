"""You are here."""

from dataclasses import replace

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure.journey import ageing, progress, standing

WAYS = """
A signed 2024-01-01
A trained 2024-01-11
B signed 2024-01-01
B result 2024-02-10
C signed 2024-01-01
"""


def test_a_customer_stands_at_the_first_step_it_has_not_reached(company, three):
    found = progress(company(WAYS, as_of="2024-02-20"), "A", three)
    assert found["status"].tolist() == ["reached", "reached", "here"]
    assert (found["days"].iloc[2], found["late"].iloc[2]) == (40, True)


def test_what_was_passed_over_is_skipped_and_not_waited_for(company, three):
    assert progress(company(WAYS), "B", three)["status"].tolist() == ["reached", "skipped", "reached"]


def test_what_lies_further_on_is_ahead(company, three):
    found = progress(company(WAYS, as_of="2024-01-06"), "C", three)
    assert found["status"].tolist() == ["reached", "here", "ahead"]
    assert not found["late"].any()


def test_who_has_left_and_come_back_is_a_customer_of_today_and_waits_from_its_return(company, three):
    days = pd.to_datetime(["2024-01-01", "2025-01-01", "2024-05-01", "2025-05-01"])
    contracts = pd.DataFrame({"account_id": "A", "start": days[::2], "end": days[1::2], "mrr_amount": 100.0})
    book = company("A signed 2024-01-01\nA trained 2024-01-11\n", left={"A": "2024-03-01"}, contracts=contracts)
    (row,) = standing(book, three).to_dict("records")
    assert (row["step"], row["days"]) == ("result", 60)


def test_where_nobody_waits_the_ageing_table_has_no_rows(company, three):
    found = ageing(company(WAYS, left=dict.fromkeys("ABC", "2024-03-01")), three)
    assert len(found) == 0 and {"step", "customers", "late", "estimate", "n"} <= {*found}


def test_on_a_map_of_optional_steps_alone_nobody_waits_for_anything(company, three):
    free = replace(three, steps=tuple(replace(step, optional=True) for step in three.steps))
    assert standing(company(WAYS), free)["step"].isna().all()


def test_who_has_left_waits_for_nothing(company, three):
    book = company(WAYS, left={"A": "2024-03-01"})
    assert progress(book, "A", three)["status"].tolist() == ["reached", "reached", "ahead"]
    assert standing(book, three)["account_id"].tolist() == ["B", "C"]


def test_steps_due_before_the_records_begin_are_unseen(company, three):
    book = company(WAYS)
    accounts = book.accounts.assign(observed_from=pd.Timestamp("2024-05-01"))
    found = progress(Book({**book.tables, "accounts": accounts}, book.as_of), "C", three)
    assert found["status"].tolist() == ["reached", "unseen", "unseen"]


def test_the_ageing_table_counts_those_who_wait_and_their_revenue(company, three):
    found = ageing(company(WAYS, as_of="2024-02-20"), three).set_index("step")
    assert found.loc["trained", ["customers", "late", "mrr_amount"]].tolist() == [1, 1, 100]
    assert found.loc["result", ["customers", "median_days", "late"]].tolist() == [1, 40, 1]


def test_an_unknown_customer_names_the_nearest(company, three):
    book = company("A000001 signed 2024-01-01\nA000001 trained 2024-01-02\n")
    with pytest.raises(UsageError, match="A000001"):
        progress(book, "A00001", three)
