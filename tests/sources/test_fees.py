"""Where a company records no movements of MRR, they are read off the fees of its contracts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.measure import retention
from cslab.sources.fees import movements, with_movements
from cslab.sources.findings import Findings

AS_OF = pd.Timestamp("2024-06-15")


def contracts(*rows: tuple[str, str, str | None, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["account_id", "start", "end", "mrr_amount"])
    return frame.assign(start=pd.to_datetime(frame["start"]), end=pd.to_datetime(frame["end"]))


def moved(*rows: tuple[str, str, str | None, float]) -> list[tuple[str, str, float]]:
    found = movements(contracts(*rows), AS_OF)
    return [(f"{month:%Y-%m}", kind, amount) for month, kind, amount in found[["month", "type", "amount"]].to_numpy()]


def test_a_dearer_contract_is_an_expansion_a_cheaper_one_a_contraction_and_the_same_fee_nothing() -> None:
    fees = {2020: 100.0, 2021: 120.0, 2022: 90.0, 2023: 90.0}
    rows = [("A", f"{year}-04-01", f"{year + 1}-04-01", fee) for year, fee in fees.items()]
    assert moved(*rows) == [
        ("2020-04", "new", 100),
        ("2021-04", "expansion", 20),
        ("2022-04", "contraction", -30),
        ("2024-04", "churn", -90),
    ]


def test_who_comes_back_after_a_gap_is_reactivated() -> None:
    rows = [("A", "2022-01-01", "2023-01-01", 100.0), ("A", "2023-04-01", None, 80.0)]
    assert moved(*rows) == [("2022-01", "new", 100), ("2023-01", "churn", -100), ("2023-04", "reactivation", 80)]


def test_a_second_product_adds_to_the_first() -> None:
    rows = [("A", "2022-01-01", None, 100.0), ("A", "2022-06-10", "2023-06-10", 30.0)]
    assert moved(*rows) == [("2022-01", "new", 100), ("2022-06", "expansion", 30), ("2023-06", "contraction", -30)]


def test_nothing_is_known_of_a_month_that_is_not_over() -> None:
    assert moved(("A", "2023-06-01", "2024-06-01", 100.0)) == [("2023-06", "new", 100)]


def test_who_leaves_within_a_contract_leaves_on_that_day() -> None:
    tables = {
        "contracts": contracts(("A", "2023-01-01", "2024-01-01", 100.0), ("B", "2023-01-01", None, 50.0)),
        "churn_events": pd.DataFrame({"account_id": ["A"], "effective_on": [pd.Timestamp("2023-05-20")]}),
    }
    found = with_movements(tables, AS_OF, Findings())["mrr_movements"]
    assert [f"{month:%Y-%m}" for month in found[found["type"] == "churn"]["month"]] == ["2023-05"]


def test_movements_on_record_and_contracts_without_fees_are_left_alone() -> None:
    own = pd.DataFrame({"account_id": ["A"]})
    terms = contracts(("A", "2023-01-01", None, 100.0))
    findings = Findings()
    assert with_movements({"contracts": terms, "mrr_movements": own}, AS_OF, findings)["mrr_movements"] is own
    bare = terms.drop(columns="mrr_amount")
    for table in (bare, terms.assign(mrr_amount=float("nan"))):
        assert "mrr_movements" not in with_movements({"contracts": table}, AS_OF, findings)
    assert findings.notes == []


@settings(max_examples=25)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_the_movements_add_up_to_the_fee_of_the_last_contract(fees: list[int]) -> None:
    months = pd.date_range("2020-01-01", periods=len(fees) + 1, freq="MS")
    rows = [("A", str(start), str(end), float(fee)) for start, end, fee in zip(months, months[1:], fees, strict=False)]
    running = contracts(*rows).assign(end=lambda frame: frame["end"].where(frame.index < len(fees) - 1))
    assert movements(running, AS_OF)["amount"].sum() == pytest.approx(fees[-1])


def test_a_folder_without_movements_gives_the_customers_lost_exactly_and_says_so(tmp_path: Path) -> None:
    book = cslab.load("synthetic:default_jp?seed=3&accounts=200")
    for name in ("accounts", "contracts", "churn_events"):
        book.tables[name].to_csv(tmp_path / f"{name}.csv", index=False, encoding="utf-8")
    (tmp_path / "mapping.toml").write_text("as_of = 2025-03-31\n", encoding="utf-8")
    read, year = cslab.load(f"folder:{tmp_path}"), ("2024-03-31", "2025-03-31")
    assert retention.logo_churn(read, *year).estimate == retention.logo_churn(book, *year).estimate
    assert abs(retention.grr(read, *year).estimate - retention.grr(book, *year).estimate) < 0.02
    (note,) = [note for note in read.notes if note.key == "movements_made"]
    assert note.values["count"] == len(read.mrr_movements)


def test_contracts_written_with_their_last_day_in_force_leave_no_gap_at_the_border_of_a_month() -> None:
    terms = contracts(("A", "2022-04-01", "2023-03-31", 100.0), ("A", "2023-04-01", None, 120.0))
    made = with_movements({"contracts": terms}, AS_OF, Findings())["mrr_movements"]
    assert made["type"].tolist() == ["new", "expansion"] and made["amount"].tolist() == [100, 20]
