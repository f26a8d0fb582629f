"""Renewals as they looked some days before the end: nothing decided by then, nothing known only later."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import hazard

CONTRACTS = """
account_id  start       end         outcome  decided_on
late        2023-04-10  2024-04-10  churned  2024-02-10
early       2023-04-10  2024-04-10  churned  2023-12-10
stays       2023-04-10  2024-04-10  renewed  2024-02-10
stays       2024-04-10  2025-04-10  open     -
monthly     2024-01-10  2024-02-10  churned  2024-02-01
"""


def test_renewals_decided_before_the_landmark_are_left_out_and_counted(tiny):
    renewals = hazard.renewal_rows(tiny("2024-06-30", contracts=CONTRACTS), 90)
    frame = renewals.frame()
    assert frame[["account_id", "event"]].values.tolist() == [["late", True], ["stays", False]]
    assert [(note.key, note.values["count"]) for note in renewals.notes] == [("hazard_already_decided", 1)]
    assert len(hazard.renewal_rows(tiny("2024-06-30", contracts=CONTRACTS), 150)) == 3


def test_who_closed_after_the_landmark_without_a_decision_is_in_no_row_and_counted(tiny):
    contracts = CONTRACTS + "closes      2023-04-10  2024-04-10  churned  2024-02-05\n"
    exits = "account_id decided_on effective_on reason_stated\ncloses 2024-02-05 2024-02-05 business_closed\n"
    book = tiny("2024-06-30", contracts=contracts, churn_events=exits)
    renewals = hazard.renewal_rows(book, 90)
    assert "closes" not in renewals.frame()["account_id"].tolist()
    notes = {note.key: note.values for note in renewals.notes}
    assert notes["hazard_undecided_gone"]["count"] == 1
    assert notes["hazard_already_decided"] == {"count": 1, "of": 3, "kept": 2, "days": 90}
    later = hazard.renewal_rows(book, 62)  # it was gone by then
    assert "hazard_undecided_gone" not in {note.key for note in later.notes}


def test_usage_is_that_of_the_last_full_month_before_the_landmark(tiny):
    usage = "account_id month wau_ratio\n" + "\n".join(
        f"late 2023-{month:02d}-01 0.{month:02d}" for month in (10, 11, 12)
    )
    book = tiny("2024-06-30", contracts=CONTRACTS, usage_monthly=usage)
    # 90 days before the end is 11 January; 101 days before is 31 December, when the month is over; 102 days 30 December
    for days, known in ((90, 0.12), (101, 0.12), (102, 0.11)):
        frame = hazard.renewal_rows(book, days).frame(["wau_ratio"]).set_index("account_id")
        assert float(frame.loc["late", "wau_ratio"]) == known


def test_no_renewal_left_says_how_many_were_decided_already(tiny):
    with pytest.raises(UsageError) as error:
        hazard.renewal_rows(tiny("2024-06-30", contracts=CONTRACTS), 20)
    assert error.value.faults[0].values["already"] == 3
    with pytest.raises(UsageError, match="days_before = 0"):
        hazard.renewal_rows(tiny("2024-06-30", contracts=CONTRACTS), 0)


def test_renewals_of_a_later_stay_are_not_taken(tiny):
    contracts = """
    account_id  start       end         outcome  decided_on
    back        2021-04-10  2022-04-10  churned  2022-03-10
    back        2023-04-10  2024-04-10  renewed  2024-03-10
    back        2024-04-10  2025-04-10  open     -
    """
    frame = hazard.renewal_rows(tiny("2024-06-30", contracts=contracts), 60).frame()
    assert frame["month"].tolist() == [pd.Timestamp("2022-04-01")]


def test_what_is_known_of_a_renewal_is_what_the_book_knew_on_the_landmark_day():
    book = cslab.load("synthetic:tiny?accounts=120")
    names = ["wau_ratio", "tickets", "touch_tier"]
    renewals = hazard.renewal_rows(book, 90)
    row = int(np.flatnonzero(renewals.month == np.datetime64("2024-06"))[0])
    end = book.contracts["end"].iloc[renewals.asked.contract[row]]
    then = book.at(end - pd.Timedelta(days=90))
    seen = then.usage_monthly.query("account_id == @who", local_dict={"who": renewals.frame()["account_id"][row]})
    assert renewals.frame(names)["wau_ratio"][row] == seen.sort_values("month")["wau_ratio"].iloc[-1]
