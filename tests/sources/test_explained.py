"""How an export is read, shown before anybody believes a number; and the first draft of a mapping."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

import cslab
from cslab.course.explained import explained_page
from cslab.faults import DataError, UsageError
from cslab.sources.explained import every_file, explain, line
from cslab.sources.findings import Findings
from cslab.sources.grammar import parse
from cslab.sources.guessed import draft
from cslab.sources.mapping import read_mapping, shipped

SALESFORCE = Path(__file__).parent / "fixtures" / "salesforce"
CUSTOMERS = "顧客番号,顧客名,業種\nK001,株式会社みほん,製造\nK002,見本商事株式会社,小売\n"
CONTRACTS = """契約番号,顧客番号,契約開始日,契約終了日,月額料金,更新結果
C1,K001,2022/04/01,2023/04/01,"30,000",更新
C2,K001,2023/04/01,2024/04/01,"33,000",契約中
C3,K002,2022/10/01,2023/10/01,"5,000",離脱
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "export"
    home.mkdir()
    (home / "顧客マスタ.csv").write_text(CUSTOMERS, encoding="utf-8")
    (home / "契約一覧.csv").write_text(CONTRACTS, encoding="utf-8")
    return home


def rows(source: str) -> dict[str, pd.DataFrame]:
    return {section.table: section.rows for section in explain(parse(source)).sections}


def test_each_cell_stands_beside_what_it_became() -> None:
    shown = rows(f"folder:{SALESFORCE}")
    assert shown["contracts"].loc[2, "mrr_amount"] == "12000 → 1000"
    assert shown["contracts"].loc[2, "end"] == "2024-03-31 → 2024-04-01"
    assert shown["deals"].loc[4, "closed_on"] == "2024-09-30 → –"


def test_no_name_of_a_customer_is_shown_on_the_terminal_or_the_page() -> None:
    found = explain(parse(f"folder:{SALESFORCE}"))
    page = explained_page("folder:x", found, "ja")
    text = page + " ".join(section.rows.to_string() for section in found.sections)
    assert [name for name in ("Contoso", "Fabrikam Example", "Northwind Example", "Sam Example") if name in text] == []
    assert "社外秘" in page and "•••" in page


def test_ten_rows_are_shown_and_no_more(tmp_path: Path) -> None:
    ids = "\n".join(f"A{number}" for number in range(30))
    (tmp_path / "accounts.csv").write_text(f"account_id\n{ids}\n", encoding="utf-8")
    assert len(rows(f"folder:{tmp_path}")["accounts"]) == 10


def test_what_forbids_loading_is_told_beside_the_rows(folder: Path) -> None:
    rules = '[accounts]\nfile = "顧客マスタ.csv"\naccount_id = "顧客番号"\n'
    (folder / "mapping.toml").write_text(rules, encoding="utf-8")
    found = explain(parse(f"folder:{folder}"))
    assert [fault.key for fault in found.faults] == ["no_file_for_table"]
    assert found.sections[0].rows["account_id"].tolist() == ["K001", "K002"]


def test_a_made_up_company_has_no_files_to_explain() -> None:
    with pytest.raises(UsageError):
        explain(parse("synthetic:tiny"))


@pytest.mark.parametrize("name", shipped())
def test_a_rule_is_shown_as_the_line_of_a_mapping_that_says_it(name: str, tmp_path: Path) -> None:
    mapping = read_mapping(shipped()[name], name, Findings())
    for table, section in mapping.tables.items():
        said = "\n".join(line(column, rule) for column, rule in section.columns.items())
        path = tmp_path / "mapping.toml"
        path.write_text(f"[{table}]\n{said}\n", encoding="utf-8")
        assert read_mapping(path, name, Findings()).tables[table].columns == section.columns


def test_a_draft_names_the_nearest_columns_and_leaves_blanks_where_nothing_is_clear(folder: Path) -> None:
    text = draft(every_file(parse(f"folder:{folder}")), "ja")
    found = tomllib.loads(text)
    assert found["accounts"] == {
        "file": "顧客マスタ.csv",
        "account_id": "顧客番号",
        "account_name": "顧客名",
        "industry": "業種",
    }
    assert found["contracts"]["mrr_amount"] == "月額料金"
    assert found["contracts"]["outcome"]["values"] == {"更新": "renewed", "契約中": "open", "離脱": "..."}


def test_a_draft_loads_once_its_blanks_are_filled(folder: Path) -> None:
    text = draft(every_file(parse(f"folder:{folder}")), "en")
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        cslab.load(f"folder:{folder}")
    filled = text.replace('as_of = "..."', "as_of = 2024-03-31").replace('"離脱" = "..."', '"離脱" = "churned"')
    (folder / "mapping.toml").write_text(filled, encoding="utf-8")
    assert cslab.load(f"folder:{folder}").contracts["outcome"].tolist() == ["renewed", "open", "churned"]


def test_a_draft_says_which_files_and_columns_it_does_not_know(folder: Path) -> None:
    (folder / "その他.csv").write_text("あ,い\n1,2\n", encoding="utf-8")
    (folder / "顧客マスタ.csv").write_text(CUSTOMERS.replace("業種", "好きな色"), encoding="utf-8")
    text = draft(every_file(parse(f"folder:{folder}")), "ja")
    assert "# 使っていない列:好きな色" in text and "# その他.csv" in text


def test_a_draft_knows_sheets_by_their_own_names_and_not_by_that_of_their_workbook() -> None:
    customers = pd.DataFrame({"顧客番号": ["A1"], "会社名": ["株式会社みほん"], "契約日": ["2019-04-01"]})
    terms = {"契約ID": ["K1"], "顧客番号": ["A1"], "開始日": ["2024-04-01"], "終了日": ["2025-03-31"], "状態": ["更新"]}
    for first, second in (("顧客一覧", "契約"), ("Sheet1", "Sheet2")):
        files = {f"顧客と契約.xlsx#{first}": customers, f"顧客と契約.xlsx#{second}": pd.DataFrame(terms)}
        found = tomllib.loads(draft(files, "ja"))
        assert found["accounts"]["sheet"] == first and found["accounts"]["signed_on"] == "契約日"
        assert found["contracts"]["sheet"] == second and found["contracts"]["end"]["column"] == "終了日"
        assert found["contracts"]["term_months"] == {"months_between": ["start", "end"]}


@pytest.mark.parametrize(
    ("header", "column", "rule"),
    [
        ("年額料金", "mrr_amount", {"column": "年額料金", "divide_by": 12}),
        ("ARR (USD)", "mrr_amount", {"column": "ARR (USD)", "divide_by": 12}),
        ("契約年数", "term_months", {"column": "契約年数", "multiply_by": 12}),
        ("月額", "mrr_amount", "月額"),
    ],
)
def test_a_draft_makes_months_of_what_a_header_says_is_by_the_year(header: str, column: str, rule: object) -> None:
    cells = pd.DataFrame({"顧客番号": ["A1"], "開始日": ["2024-04-01"], header: ["12"]})
    assert tomllib.loads(draft({"契約.csv": cells}, "ja"))["contracts"][column] == rule


INVOICES = "顧客番号,請求番号,請求日,請求金額\nA1,1,2024-04-01,1000\nA1,2,2024-05-01,1000\nA2,3,2024-04-01,500\n"


def test_invoices_in_the_place_of_contracts_are_recognised_and_a_draft_reads_them(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id\nA1\nA2\n", encoding="utf-8")
    (tmp_path / "contracts.csv").write_text(INVOICES, encoding="utf-8")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[contracts]\naccount_id = "顧客番号"\nstart = "請求日"\n', encoding="utf-8")
    with pytest.raises(DataError) as error:
        cslab.load(f"folder:{tmp_path}")
    (fault,) = error.value.faults
    assert fault.key == "invoice_like_contracts" and "[invoices]" in fault.text("ja")
    mapping.unlink()
    text = draft(every_file(parse(f"folder:{tmp_path}")), "ja").replace('as_of = "..."', "as_of = 2024-05-31")
    mapping.write_text(text, encoding="utf-8")
    assert cslab.load(f"folder:{tmp_path}").mrr_movements["amount"].tolist() == [1000, 500]


def test_a_list_of_contracts_that_says_how_it_is_billed_is_no_list_of_invoices(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    rows = "A1,2022-04-01,2023-04-01,年払い,本社\nA1,2023-04-01,2024-04-01,年払い,本社\n"
    terms = f"account_id,start,end,請求方法,請求先\n{rows}"
    (tmp_path / "contracts.csv").write_text(terms, encoding="utf-8")
    assert len(cslab.load(f"folder:{tmp_path}").contracts) == 2


@pytest.mark.parametrize(("end", "inclusive"), [("2024-03-31", True), ("2024-04-01", False), ("", False)])
def test_a_draft_sees_that_ends_are_last_days_in_force(end: str, inclusive: bool) -> None:
    cells = pd.DataFrame(
        {"顧客番号": ["A1"], "契約ID": ["K1"], "開始日": ["2023-04-01"], "終了日": [end], "月額": ["1"]}
    )
    assert ("inclusive = true" in draft({"契約.csv": cells}, "en")) is inclusive
