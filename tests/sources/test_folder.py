"""What a folder of files becomes: typed tables, a day, and notes that count what was coerced, set aside or assumed."""

import pandas as pd
import pytest

from cslab.sources import load


def keys(book) -> list[str]:
    return [note.key for note in book.notes]


def note(book, key: str, lang: str = "en") -> str:
    return next(note.text(lang) for note in book.notes if note.key == key)


def test_files_that_speak_our_language_need_no_mapping(opened):
    book = opened()
    assert book.contracts["start"].tolist() == [pd.Timestamp("2023-04-01"), pd.Timestamp("2023-05-01")]
    assert (book.currency, book.synthetic, book.truth, book.stock_sample) == ("JPY", False, None, False)


def test_a_path_may_hold_spaces_and_japanese(export, tmp_path):
    folder = export().rename(tmp_path / "書き出し 2024年度 (最新)")
    assert len(load(f"folder:{folder}").accounts) == 2


def test_a_path_is_taken_from_where_one_stands(export, monkeypatch):
    monkeypatch.chdir(export().parent)
    assert len(load("folder:export").accounts) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize(("mark", "line"), [(",", "\n"), ("\t", "\r\n"), (";", "\r")])
def test_encodings_delimiters_and_line_ends_change_nothing(opened, encoding, mark, line):
    text = f"account_id{mark}industry\nA1{mark}製造業\nA2{mark}小売業\n".replace("\n", line)
    book = opened(accounts=text.encode(encoding))
    assert book.accounts["industry"].tolist() == ["製造業", "小売業"]


def test_money_and_digits_in_japanese_forms_are_read_and_counted(opened):
    rows = 'A1,2023-04-01,2024-04-01,"1,234円",１２\nA2,2023-05-01,2024-05-01,500,12\n'
    book = opened(contracts="account_id,start,end,mrr_amount,term_months\n" + rows)
    assert book.contracts["mrr_amount"].tolist() == [1234.0, 500.0]
    assert book.contracts["term_months"].tolist() == [12, 12]
    cleaned = [note.text("en") for note in book.notes if note.key == "cells_cleaned"]
    assert ['"１２": 1' in cleaned[0], '"1,234円": 1' in cleaned[1]] == [True, True]


def test_the_types_do_not_hang_on_how_numbers_were_written(opened):
    whole = opened(accounts="account_id,employees,mrr0_amount,is_legacy\nA1,5,100,yes\nA2,6,200,no")
    parts = opened(accounts="account_id,employees,mrr0_amount,is_legacy\nA1,5,100.5,yes\nA2,,,")
    assert [str(kind) for kind in whole.accounts.dtypes[1:]] == ["int64", "float64", "bool"]
    assert [str(kind) for kind in parts.accounts.dtypes[1:]] == ["Int64", "float64", "boolean"]
    assert parts.accounts.iloc[1, 1:].isna().all()


def test_a_month_is_its_first_day_however_it_is_written(opened):
    book = opened(usage_monthly="account_id,month,logins\nA1,2023-04-30,5")
    assert book.usage_monthly["month"].tolist() == [pd.Timestamp("2023-04-01")]
    assert "cells_cleaned" in keys(book)


def test_unknown_columns_are_kept_typed_and_named_in_a_note(opened):
    book = opened(accounts="account_id,NPS,Segment,plan\nA1,9,SMB,basic\nA2,,Mid,basic")
    assert list(book.accounts) == ["account_id", "plan", "x_nps", "x_segment"]
    assert book.accounts["x_nps"].tolist()[0] == 9
    assert "x_nps, x_segment" in note(book, "kept_as_covariates")
    assert 'segment = "Segment"' in note(book, "covariate_like")


def test_the_last_day_of_the_data_is_taken_and_said_where_none_is_stated(opened):
    book = opened(usage_monthly="account_id,month,logins\nA1,2023-06,5")
    assert str(book.as_of.date()) == "2023-06-30"
    assert "usage_monthly.month" in note(book, "as_of_last_day")


def test_an_end_that_lies_ahead_is_not_the_last_day_of_the_data(opened):
    assert str(opened().as_of.date()) == "2023-05-01"


def test_rows_after_the_stated_day_are_set_aside_and_counted(opened):
    book = opened(mapping="as_of = 2023-04-30")
    assert (str(book.as_of.date()), len(book.contracts)) == ("2023-04-30", 1)
    assert "contracts 1" in note(book, "rows_after_as_of")


def test_a_stated_day_after_the_last_row_is_kept(opened):
    assert str(opened(mapping="as_of = 2023-12-31").as_of.date()) == "2023-12-31"


def test_files_that_are_not_read_are_named(export):
    folder = export(offices="id\n1\n")
    (folder / "notes.xlsx").write_bytes(b"PK")
    (folder / ".hidden.csv").write_text("x", encoding="utf-8")
    (folder / "~$notes.xlsx").write_bytes(b"")
    text = note(load(f"folder:{folder}"), "files_not_read")
    assert "notes.xlsx, offices.csv" in text
    assert "hidden" not in text and "~$" not in text


def test_an_empty_table_that_no_lesson_must_have_is_no_fault(opened):
    book = opened(churn_events="account_id,decided_on,effective_on")
    assert len(book.churn_events) == 0
    assert pd.api.types.is_datetime64_any_dtype(book.churn_events["decided_on"])
    assert "file_no_rows" in keys(book)


def test_the_currency_that_was_assumed_or_stated_is_said_where_there_is_money(opened):
    contracts = "account_id,start,end,mrr_amount\nA1,2023-04-01,2024-04-01,100\n"
    assert "JPY" in note(opened(contracts=contracts), "currency_assumed")
    book = opened(contracts=contracts, mapping='currency = "USD"')
    assert (book.currency, "currency_stated" in keys(book)) == ("USD", True)
    assert "currency_assumed" not in keys(opened())


def test_ends_that_look_like_last_days_in_force_are_pointed_out(opened):
    book = opened(contracts="account_id,start,end\nA1,2023-04-01,2024-03-31")
    assert "inclusive = true" in note(book, "end_looks_inclusive")
    assert "inclusive = true" in note(book, "end_looks_inclusive", "ja")


def test_contracts_without_an_end_run_on_and_are_counted(opened):
    book = opened(contracts="account_id,start,end\nA1,2023-04-01,")
    assert "without an end: 1" in note(book, "open_end")


def test_two_products_may_run_at_the_same_time(opened):
    rows = "A1,core,2023-04-01,2024-04-01\nA1,add_on,2023-06-01,2024-06-01\n"
    assert len(opened(contracts="account_id,product,start,end\n" + rows).contracts) == 2


def test_no_note_is_left_without_words_in_either_language(export):
    folder = export(
        accounts="account_id,NPS,Segment\nA1,9,SMB\nA2,,Mid\n",
        contracts='account_id,start,end,mrr_amount\nA1,2023-04-01,2024-03-31,"1,000"\nA2,2023-05-01,,5\n',
        other="x\n1\n",
    )
    book = load(f"folder:{folder}")
    assert len({note.key for note in book.notes}) >= 7
    assert all(note.text("en") != note.text("ja") for note in book.notes)


def test_where_no_row_lies_after_the_stated_day_none_is_said_to_be_set_aside(opened):
    done = "account_id,milestone,planned,done\nA1,first_value,2023-05-20,2023-08-01\n"
    book = opened(onboarding=done, mapping="as_of = 2023-06-30")
    assert book.onboarding["done"].isna().all()
    assert "rows_after_as_of" not in keys(book)
