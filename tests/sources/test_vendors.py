"""Exports in the column layouts of known systems, read through the mappings of the kit. All rows are made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import DataError, UsageError
from cslab.sources.findings import Findings
from cslab.sources.mapping import read_mapping, shipped

FIXTURES = Path(__file__).parent / "fixtures"


def loaded(name: str, ending: str = "") -> Book:
    return cslab.load(f"folder:{FIXTURES / name}{ending}")


def said(book: Book, key: str) -> str:
    return " ".join(note.text("en") for note in book.notes if note.key == key)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_mapping_is_understood_whole_and_names_its_source(name: str) -> None:
    findings = Findings()
    read_mapping(shipped()[name], name, findings)
    assert findings.faults == []
    assert shipped()[name].read_text(encoding="utf-8").startswith("#")


def test_salesforce_reports_become_accounts_contracts_deals_and_touches() -> None:
    book = loaded("salesforce")
    assert book.accounts["account_id"].tolist() == ["001A00000001AAA", "001A00000002AAA", "001A00000003AAA"]
    contracts = book.contracts
    assert contracts["mrr_amount"].tolist() == [1000, 1250, 500]
    assert contracts["end"].tolist() == [pd.Timestamp(day) for day in ("2024-04-01", "2025-04-01", "2024-07-01")]
    assert contracts["outcome"].tolist() == ["expanded", "open", "open"]
    assert book.deals["outcome"].tolist() == ["won", "lost", "open"]
    assert book.deals["closed_on"].isna().tolist() == [False, False, True]
    assert book.touches["type"].tolist() == ["call", "email"]


def test_what_salesforce_holds_besides_is_counted() -> None:
    book = loaded("salesforce")
    assert "1 of 4" in said(book, "rows_not_chosen")
    assert '"Negotiation/Review" 1×' in said(book, "otherwise_words")
    assert "First rows: 5" in said(book, "rows_without_account")


def test_japanese_salesforce_reports_in_cp932_are_told_by_their_headers_alone() -> None:
    book = loaded("salesforce_ja")
    assert book.accounts["industry"].tolist() == ["製造", "小売"]
    assert book.contracts["account_id"].tolist() == book.accounts["account_id"].tolist()
    assert book.deals["outcome"].tolist() == ["won", "open"] and len(book.touches) == 1
    assert "契約.csv → contracts (salesforce)" in said(book, "mapping_joined")


def test_hubspot_gives_a_pipeline() -> None:
    deals = loaded("hubspot").deals
    assert deals["account_id"].tolist() == ["9001", "9002", "9002"]
    assert deals["outcome"].tolist() == ["won", "lost", "open"] and deals["mrr_amount"].tolist() == [1000, 500, 750]


def test_stripe_subscriptions_are_contracts_and_its_invoices_the_changes_of_fee() -> None:
    book = loaded("stripe")
    assert book.contracts["mrr_amount"].tolist() == [100, 40]
    assert book.contracts["outcome"].tolist() == ["open", "churned"]
    moves = [(f"{month:%Y-%m}", kind, amount) for month, kind, amount in book.mrr_movements.iloc[:, 1:].to_numpy()]
    assert sorted(moves) == [
        ("2022-03", "new", 40),
        ("2023-01", "new", 80),
        ("2023-03", "churn", -40),
        ("2023-04", "expansion", 20),
    ]
    assert book.currency == "USD" and "8 of 8 lines" in said(book, "invoices_months")


def test_stripe_invoices_alone_need_a_line_that_says_for_how_long_they_are(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "stripe" / "invoices.csv", tmp_path)
    with pytest.raises(DataError, match="months"):
        cslab.load(f"folder:{tmp_path}")
    own = 'use = ["stripe"]\n[invoices]\nmonths = { constant = 1 }\n'
    (tmp_path / "mapping.toml").write_text(own, encoding="utf-8")
    book = cslab.load(f"folder:{tmp_path}")
    assert book.accounts["account_id"].nunique() == 2 and (book.contracts["term_months"] == 1).all()


def test_mails_that_marketo_sent_reach_their_account_through_the_person() -> None:
    book = loaded("marketo")
    assert book.touches["account_id"].tolist() == ["A1", "A2"]
    assert book.contacts["contact_id"].tolist() == ["101", "102"]


def test_zendesk_tickets_find_their_account_by_the_company_and_hours_are_hours() -> None:
    tickets = loaded("zendesk").tickets
    assert tickets["account_id"].tolist() == ["A1", "A2"]
    assert tickets["first_response_h"].tolist() == [1.5, 0.5] and tickets["resolved_h"].iloc[0] == 24


def test_one_file_of_customers_with_health_is_accounts_and_contracts() -> None:
    book = loaded("hicustomer")
    assert book.accounts["x_health"].tolist() == [82, 41]
    assert book.contracts["end"].dt.year.tolist() == [2024, 2024]


def test_two_systems_are_read_as_one_company(tmp_path: Path) -> None:
    for path in (*(FIXTURES / "salesforce").glob("*.csv"), FIXTURES / "zendesk" / "tickets.csv"):
        shutil.copy(path, tmp_path)
    book = cslab.load(f"folder:{tmp_path}?mapping=salesforce+zendesk")
    assert book.tickets["account_id"].tolist() == ["001A00000001AAA", "001A00000002AAA"]


def test_own_lines_win_over_a_mapping_that_is_used(tmp_path: Path) -> None:
    for path in (FIXTURES / "salesforce").glob("*.csv"):
        shutil.copy(path, tmp_path)
    own = 'use = ["salesforce"]\n[accounts]\nindustry = "Type"\n[contracts]\nmrr_amount = { constant = "7" }\n'
    (tmp_path / "mapping.toml").write_text(own, encoding="utf-8")
    book = cslab.load(f"folder:{tmp_path}")
    assert book.accounts["industry"].tolist() == ["Customer", "Customer", "Prospect"]
    assert set(book.contracts["mrr_amount"]) == {7}


def test_an_unknown_mapping_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id\nA\n", encoding="utf-8")
    with pytest.raises(UsageError, match="zendesk"):
        cslab.load(f"folder:{tmp_path}?mapping=salesforce+zendex")
    (tmp_path / "mapping.toml").write_text('use = ["salesforc"]\n', encoding="utf-8")
    with pytest.raises(DataError, match="salesforce"):
        cslab.load(f"folder:{tmp_path}")


def test_two_files_of_one_report_are_not_mixed_up_in_silence(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        shutil.copy(FIXTURES / "hubspot" / "deals.csv", tmp_path / f"deals {year}.csv")
    shutil.copy(FIXTURES / "hubspot" / "companies.csv", tmp_path)
    with pytest.raises(DataError, match="two files for the table deals"):
        cslab.load(f"folder:{tmp_path}")


def test_a_contract_of_a_company_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "salesforce", tmp_path / "export")
    path = tmp_path / "export" / "contracts.csv"
    text = path.read_text(encoding="utf-8").replace("Contoso Example Inc", "Strange Example")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="is no account number") as error:
        cslab.load(f"folder:{tmp_path / 'export'}")
    assert "Strange" not in error.value.text("en")
