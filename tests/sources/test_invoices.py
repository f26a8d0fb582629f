"""Contracts and changes of MRR read off invoices, on invoices whose truth is seen by eye."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.measure import retention
from cslab.sources.findings import Findings
from cslab.sources.invoices import from_invoices
from cslab.sources.mapped import RawFile
from cslab.sources.rules import FileMapping

AS_OF = "2024-12-31"


def read(*rows: dict, as_of: str = AS_OF, **constant: object) -> tuple[dict[str, pd.DataFrame], Findings]:
    """What invoices tell; each row one line, account A where none is said."""
    frame = pd.DataFrame([{"account_id": "A", **constant, **row} for row in rows])
    for name in ("invoiced_on", "period_start", "period_end"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    frame.index = range(2, 2 + len(frame))
    findings, file = Findings(), RawFile("invoices.csv", frame.astype(str))
    tables, _, _ = from_invoices({"invoices": frame}, {"invoices": file}, FileMapping(as_of=as_of), findings)
    return dict(tables), findings


def line(start: str, end: str, amount: float, **more: object) -> dict:
    return {"period_start": start, "period_end": end, "amount": float(amount), **more}


def monthly(months: list[str], amount: float, **more: object) -> list[dict]:
    return [{"invoiced_on": f"{month}-01", "months": 1, "amount": float(amount), **more} for month in months]


def moves(tables: dict[str, pd.DataFrame]) -> list[tuple[str, str, float]]:
    frame = tables["mrr_movements"]
    return [(f"{month:%Y-%m}", kind, round(amount, 2)) for month, kind, amount in frame.iloc[:, 1:].to_numpy()]


def counts(findings: Findings, key: str) -> dict:
    (note,) = [note for note in findings.notes if note.key == key]
    return dict(note.values)


def test_an_annual_invoice_is_spread_over_its_months_and_is_a_contract_of_twelve() -> None:
    tables, _ = read(line("2023-04-01", "2024-04-01", 1200), line("2024-04-01", "2025-04-01", 1440))
    assert moves(tables) == [("2023-04", "new", 100), ("2024-04", "expansion", 20)]
    contracts = tables["contracts"]
    assert contracts["term_months"].tolist() == [12, 12]
    assert contracts["outcome"].tolist() == ["expanded", "open"]
    assert tables["accounts"]["account_id"].tolist() == ["A"]


def test_a_pause_of_more_than_45_days_is_a_departure_and_a_return() -> None:
    tables, findings = read(*monthly(["2024-01", "2024-02", "2024-06", "2024-07"], 100), as_of="2024-07-31")
    assert moves(tables) == [("2024-01", "new", 100), ("2024-03", "churn", -100), ("2024-06", "reactivation", 100)]
    assert counts(findings, "invoices_read")["back"] == 1


def test_one_month_without_an_invoice_is_a_late_renewal() -> None:
    tables, findings = read(*monthly(["2024-01", "2024-02", "2024-04"], 100), as_of="2024-04-30")
    assert moves(tables) == [("2024-01", "new", 100)]
    assert counts(findings, "invoices_late")["count"] == 1


def test_who_got_no_invoice_since_less_than_45_days_has_not_left_yet() -> None:
    months = ["2024-01", "2024-02"]
    waiting, findings = read(*monthly(months, 100), as_of="2024-04-10")
    assert waiting["contracts"]["outcome"].tolist() == ["renewed", "open"]
    assert [kind for _, kind, _ in moves(waiting)] == ["new"]
    assert counts(findings, "invoices_late")["waiting"] == 1
    gone, _ = read(*monthly(months, 100), as_of="2024-04-30")
    assert gone["contracts"]["outcome"].tolist() == ["renewed", "churned"]
    assert moves(gone)[-1] == ("2024-03", "churn", -100)


def test_an_upgrade_in_the_middle_of_a_month_is_one_expansion() -> None:
    tables, findings = read(
        line("2024-04-01", "2024-05-01", 3000),
        line("2024-04-16", "2024-05-01", -1500),
        line("2024-04-16", "2024-05-01", 3000),
        line("2024-05-01", "2024-06-01", 6000),
        as_of="2024-05-31",
    )
    assert moves(tables) == [("2024-04", "new", 6000)]
    assert counts(findings, "invoice_credits")["ends"] == 1
    assert tables["contracts"]["mrr_amount"].tolist() == [3000, 6000]


def test_an_upgrade_in_the_middle_of_a_year_lasts_from_that_day_on() -> None:
    tables, _ = read(
        line("2023-04-01", "2024-04-01", 36600),
        line("2023-10-01", "2024-04-01", -18300),
        line("2023-10-01", "2024-04-01", 36600),
        line("2024-04-01", "2025-04-01", 73200),
    )
    assert moves(tables) == [("2023-04", "new", 3050), ("2023-10", "expansion", 3050)]
    assert tables["contracts"]["outcome"].tolist() == ["expanded", "open"]


def test_a_part_of_the_first_month_is_no_smaller_fee() -> None:
    tables, _ = read(
        line("2024-04-16", "2024-05-01", 5000), line("2024-05-01", "2024-06-01", 10_000), as_of="2024-05-31"
    )
    assert moves(tables) == [("2024-04", "new", 10_000)]


def test_rounded_parts_of_months_are_no_change_of_fee() -> None:
    tables, _ = read(
        line("2024-05-16", "2024-06-01", 5161), line("2024-06-01", "2024-07-01", 10_000), as_of="2024-06-30"
    )
    assert [kind for _, kind, _ in moves(tables)] == ["new"]


def test_a_refund_of_the_rest_ends_the_contract_on_that_day() -> None:
    tables, _ = read(line("2023-01-01", "2024-01-01", 36500), line("2023-07-01", "2024-01-01", -18400))
    assert tables["contracts"]["end"].tolist() == [pd.Timestamp("2023-07-01")]
    assert moves(tables)[-1][:2] == ("2023-07", "churn")


@pytest.mark.parametrize("second", [{"amount": -1200.0}, {"status": "void"}])
def test_invoices_of_which_nothing_stands_are_refused(second: dict) -> None:
    lost = {"status": "void"} if "status" in second else {}
    year = ("2023-04-01", "2024-04-01")
    _, findings = read(line(*year, 1200, **lost), {**line(*year, 1200), **second})
    assert [fault.key for fault in findings.faults] == ["invoices_nothing"]


def test_an_invoice_that_was_exported_twice_is_said() -> None:
    _, findings = read(*monthly(["2024-01", "2024-01", "2024-02"], 100))
    assert counts(findings, "same_rows") == {"file": "invoices.csv", "count": 1, "row": 3}


@pytest.mark.parametrize("status", ["draft", "void", "uncollectible", "refunded"])
def test_what_was_never_due_is_no_contract_and_is_counted(status: str) -> None:
    rows = [*monthly(["2024-01"], 100, status="paid"), *monthly(["2024-02"], 100, status=status)]
    tables, findings = read(*rows, as_of="2024-02-28")
    assert len(tables["contracts"]) == 1
    assert counts(findings, f"invoices_{status}")["count"] == 1


def test_an_unpaid_invoice_counts_and_is_said() -> None:
    rows = [*monthly(["2024-01"], 100, status="paid"), *monthly(["2024-02"], 100, status="open")]
    tables, findings = read(*rows, as_of="2024-02-28")
    assert len(tables["contracts"]) == 2
    assert counts(findings, "invoices_open")["count"] == 1


def test_one_off_fees_and_loose_credits_leave_the_mrr_alone() -> None:
    rows = monthly(["2024-01", "2024-02"], 100, kind="recurring")
    rows += monthly(["2024-01"], 5000, kind="one_off")
    rows.append({"invoiced_on": "2024-02-10", "amount": -30.0, "kind": "recurring"})
    tables, findings = read(*rows, as_of="2024-02-28")
    assert moves(tables) == [("2024-01", "new", 100)]
    assert counts(findings, "invoices_one_off")["count"] == counts(findings, "invoice_credits_loose")["count"] == 1


def test_a_contract_behind_monthly_invoices_is_taken_as_long_as_the_mapping_says() -> None:
    months = [f"{month:%Y-%m}" for month in pd.date_range("2023-04-01", periods=15, freq="MS")]
    tables, _ = read(*monthly(months, 100, term_months=12), as_of="2024-06-30")
    contracts = tables["contracts"]
    assert contracts["start"].dt.strftime("%Y-%m").tolist() == ["2023-04", "2024-04"]
    assert contracts["end"].dt.strftime("%Y-%m").tolist() == ["2024-04", "2025-04"]
    assert contracts["outcome"].tolist() == ["renewed", "open"]


def test_last_days_in_force_are_recognised_and_said() -> None:
    rows = [line("2024-04-01", "2024-04-30", 100), line("2024-05-01", "2024-05-31", 100)]
    tables, findings = read(*rows, as_of="2024-05-31")
    assert moves(tables) == [("2024-04", "new", 100)]
    assert counts(findings, "invoice_ends_inclusive")["count"] == 2


def test_a_fee_of_which_nothing_says_for_how_long_is_refused_with_the_line_to_write() -> None:
    _, findings = read({"invoiced_on": "2024-01-01", "amount": 100.0})
    (fault,) = findings.faults
    assert fault.key == "invoices_no_period" and "months = { constant = 1 }" in fault.text("en")


def test_two_currencies_are_refused_and_named() -> None:
    rows = [*monthly(["2024-01"], 100, currency="jpy"), *monthly(["2024-02"], 100, currency="usd")]
    (fault,) = read(*rows)[1].faults
    assert fault.key == "invoices_currencies" and "JPY 1" in fault.text("ja") and "USD 1" in fault.text("ja")


def test_periods_that_begin_after_the_day_of_the_export_are_set_aside() -> None:
    tables, findings = read(*monthly(["2024-01", "2024-02"], 100), as_of="2024-01-31")
    assert len(tables["contracts"]) == 1 and counts(findings, "invoices_ahead")["count"] == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(100, 900), min_size=1, max_size=8), st.integers(0, 3))
def test_the_changes_add_up_to_the_last_fee_or_to_nothing(fees: list[int], quiet: int) -> None:
    days = pd.date_range("2023-01-01", periods=len(fees) + 1, freq="MS")
    rows = [line(str(a.date()), str(b.date()), fee) for a, b, fee in zip(days, days[1:], fees, strict=False)]
    as_of = (days[-1] + pd.offsets.MonthEnd(quiet) if quiet else days[-1] - pd.Timedelta(days=1)).date()
    tables, _ = read(*rows, as_of=str(as_of))
    left = (pd.Timestamp(as_of) - days[-1]).days >= 45
    last = 0.0 if left else fees[-1]
    assert tables["mrr_movements"]["amount"].sum() == pytest.approx(last, rel=0.011, abs=0.5)
    assert (tables["contracts"]["outcome"] == "churned").sum() == int(left)


def test_a_company_billed_by_invoices_has_the_churn_and_retention_of_its_contracts(tmp_path) -> None:
    book = cslab.load("synthetic:default_jp?seed=5&accounts=150")
    contracts = book.contracts
    lines = pd.DataFrame(
        {
            "customer": contracts["account_id"],
            "from": contracts["start"].dt.strftime("%Y-%m-%d"),
            "to": contracts["end"].dt.strftime("%Y-%m-%d"),
            "yen": (contracts["mrr_amount"] * contracts["term_months"]).astype(int),
        }
    )
    lines.to_csv(tmp_path / "billing.csv", index=False, encoding="utf-8")
    rules = 'account_id = "customer"\nperiod_start = "from"\nperiod_end = "to"\namount = "yen"\n'
    text = f'as_of = {book.as_of:%Y-%m-%d}\n[invoices]\nfile = "billing.csv"\n{rules}'
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    made, year = cslab.load(f"folder:{tmp_path}"), ("2023-12-31", "2024-12-31")
    assert len(made.contracts) == len(contracts)
    assert abs(retention.logo_churn(made, *year).estimate - retention.logo_churn(book, *year).estimate) < 0.02
    assert abs(retention.grr(made, *year).estimate - retention.grr(book, *year).estimate) < 0.03
