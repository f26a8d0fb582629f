"""What became of contracts, and what comes up for renewal, where nobody wrote it down."""

from __future__ import annotations

import pandas as pd
import pytest

import cslab
from cslab.sources.findings import Findings
from cslab.sources.outcomes import outcomes, with_outcomes
from cslab.sources.renewals import with_renewals


def contracts(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["account_id", "start", "end", "mrr_amount"])
    return frame.assign(start=pd.to_datetime(frame["start"]), end=pd.to_datetime(frame["end"]))


@pytest.mark.parametrize(
    ("following", "as_of", "word"),
    [
        (("A", "2024-04-01", "2025-04-01", 100.0), "2024-12-31", "renewed"),
        (("A", "2024-05-15", "2025-05-15", 100.0), "2024-12-31", "renewed"),
        (("A", "2024-05-17", "2025-05-17", 100.0), "2024-12-31", "churned"),
        (("A", "2024-04-01", "2025-04-01", 120.0), "2024-12-31", "expanded"),
        (("A", "2024-04-01", "2025-04-01", 80.0), "2024-12-31", "contracted"),
        (("B", "2024-04-01", "2025-04-01", 100.0), "2024-12-31", "churned"),
        (("B", "2024-04-01", "2025-04-01", 100.0), "2024-05-10", "open"),
        (("A", "2024-05-10", "2025-05-10", 100.0), "2024-05-09", "open"),
    ],
)
def test_the_next_contract_says_what_became_of_this_one(following: tuple, as_of: str, word: str) -> None:
    frame = contracts(("A", "2023-04-01", "2024-04-01", 100.0), following)
    assert outcomes(frame, pd.Timestamp(as_of)).iloc[0] == word


def test_a_change_of_product_is_no_renewal_of_the_old_one() -> None:
    frame = contracts(("A", "2023-04-01", "2024-04-01", 100.0), ("A", "2024-04-01", "2025-04-01", 100.0))
    assert outcomes(frame.assign(product=["old", "new"]), pd.Timestamp("2024-12-31")).iloc[0] == "churned"


def test_a_list_with_one_row_a_customer_keeps_no_renewals_and_is_left_alone() -> None:
    frame = contracts(("A", "2023-04-01", "2024-04-01", 100.0), ("B", "2022-04-01", "2023-04-01", 100.0))
    found = with_outcomes({"contracts": frame}, pd.Timestamp("2024-12-31"), Findings())
    assert "outcome" not in found["contracts"]


def test_outcomes_and_departures_on_record_are_left_alone() -> None:
    frame = contracts(("A", "2023-04-01", "2024-04-01", 100.0), ("A", "2024-04-01", "2025-04-01", 100.0))
    day = pd.Timestamp("2024-12-31")
    own = frame.assign(outcome="open")
    assert with_outcomes({"contracts": own}, day, Findings())["contracts"] is own
    assert "outcome" not in with_outcomes({"contracts": frame, "churn_events": frame}, day, Findings())["contracts"]


def test_read_off_outcomes_agree_with_those_of_a_company_that_recorded_them() -> None:
    book = cslab.load("synthetic:default_jp?seed=2&accounts=300")
    recorded = book.contracts["outcome"]
    due = book.contracts["end"] + pd.Timedelta(days=45) <= book.as_of
    found = outcomes(book.contracts, book.as_of)
    left = (recorded == "churned") == (found == "churned")
    assert due.sum() > 300 and left[due].mean() > 0.97


def test_renewals_are_listed_120_days_ahead_and_short_contracts_never() -> None:
    rows = contracts(("A", "2023-04-01", "2024-04-01", 100.0), ("B", "2024-01-01", "2024-02-01", 10.0))
    rows = pd.concat([rows, contracts(("C", "2024-01-01", "2025-01-01", 10.0))], ignore_index=True)
    rows = rows.assign(contract_id=["1", "2", "3"], outcome=["churned", "churned", "open"])
    findings = Findings()
    made = with_renewals({"contracts": rows}, pd.Timestamp("2024-06-30"), findings)["renewals"]
    assert made["contract_id"].tolist() == ["1"]
    assert made["listed_on"].tolist() == [pd.Timestamp("2023-12-03")] and made["arr_due_amount"].tolist() == [1200]
    assert "120 days" in findings.notes[0].text("en")
