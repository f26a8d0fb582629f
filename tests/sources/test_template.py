"""The empty workbook: explained in both languages, its example no data, what is filled in loads without a mapping."""

import datetime as dt

import openpyxl
import pytest

from cslab.faults import UsageError
from cslab.sources import load
from cslab.sources.template import HEADER, write_template
from cslab.tables import TABLES


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    """A template of every table, by language."""
    folder = tmp_path_factory.mktemp("templates")
    return {lang: write_template(list(TABLES), folder / f"{lang}.xlsx", lang) for lang in ("en", "ja")}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_column_has_its_name_unit_example_and_comment(templates, lang):
    book = openpyxl.load_workbook(templates[lang])
    assert book.sheetnames == list(TABLES)
    for table in TABLES.values():
        page = book[table.name]
        for at, column in enumerate(table.columns, start=1):
            head = page.cell(HEADER, at)
            assert head.value == column.name and column.describe(lang) in head.comment.text
            assert page.cell(HEADER - 1, at).value and page.cell(HEADER + 1, at).value
        assert page.cell(HEADER + 1, 1).value.startswith({"en": "e.g. ", "ja": "例:"}[lang])


def test_words_to_choose_from_are_those_of_the_contract(templates):
    book = openpyxl.load_workbook(templates["en"])
    offered = {rule.formula1 for rule in book["contracts"].data_validations.dataValidation}
    assert {f'"{",".join(TABLES["contracts"].column("outcome").values)}"', '"true,false"'} <= offered


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_filled_template_loads_without_a_mapping_and_without_its_example(tmp_path, lang):
    path = write_template(["accounts", "contracts", "touches"], tmp_path / "my.xlsx", lang)
    book = openpyxl.load_workbook(path)
    for row, account in enumerate(("C1", "C2"), start=HEADER + 2):
        book["accounts"].cell(row, 1, account)
        filled = {"account_id": account, "start": dt.date(2023, 4, 1), "end": dt.date(2024, 4, 1)}
        filled |= {"mrr_amount": 50_000, "outcome": "renewed", "auto_renew": True}
        for at, column in enumerate(TABLES["contracts"].names, start=1):
            if column in filled:
                book["contracts"].cell(row, at, filled[column])
    book.save(path)
    found = load(f"folder:{path}")
    assert found.accounts["account_id"].tolist() == ["C1", "C2"] and list(found.accounts) == ["account_id"]
    assert found.contracts["auto_renew"].tolist() == [True, True] and "tenure_months" not in found.contracts
    assert not found.has("touches")


def test_a_template_that_nobody_filled_in_is_told(tmp_path):
    path = write_template(["accounts", "contracts"], tmp_path / "my.xlsx", "ja")
    with pytest.raises(Exception, match=r"my\.xlsx#accounts"):
        load(f"folder:{path}")


@pytest.mark.parametrize(
    ("tables", "name", "told"),
    [
        (["acounts"], "a.xlsx", "nearest: accounts"),
        (["accounts"], "a.csv", "a.xlsx"),
        (["accounts"], "there.xlsx", "there"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_before_anything_is_written(tmp_path, tables, name, told):
    (tmp_path / "there.xlsx").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        write_template(tables, tmp_path / name, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["there.xlsx"]
    assert (tmp_path / "there.xlsx").read_text(encoding="utf-8") == "mine"
