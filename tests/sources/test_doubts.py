"""What is loaded although it is doubtful is counted; what would give a wrong number is refused."""

import pandas as pd
import pytest

MOVES = "account_id,month,type,amount\n"


def note(book, key, lang="en"):
    return next(note.text(lang) for note in book.notes if note.key == key)


def keys(book):
    return {note.key for note in book.notes}


def test_a_customer_without_a_contract_is_pointed_out(opened):
    book = opened(accounts="account_id\nA1\nA2\nA9\n")
    assert len(book.accounts) == 3
    assert "1 of 3 customers have no contract (such as A9)" in note(book, "accounts_without_contracts")
    assert "A9" in note(book, "accounts_without_contracts", "ja")
    assert "accounts_without_contracts" not in keys(opened())


def test_equal_rows_are_kept_and_counted_where_no_key_tells_them_apart(opened):
    book = opened(mrr_movements=MOVES + "A1,2023-04,new,100\nA1,2023-04,new,100\nA1,2023-04,new,101\n")
    assert book.mrr_movements["amount"].sum() == 301
    assert ": 1 (such as row 3)" in note(book, "same_rows")


def test_mrr_that_falls_below_zero_is_pointed_out_with_its_customer_and_month(opened):
    book = opened(mrr_movements=MOVES + "A1,2023-05,churn,-100\nA2,2023-05,new,50\nA2,2023-06,churn,-50\n")
    assert "1 customers falls below zero (such as A1 in 2023-05)" in note(book, "mrr_below_zero")
    moved = "A1,2023-05,contraction,-100\nA1,2023-05,new,100\n"  # within a month the order is nobody's business
    assert "mrr_below_zero" not in keys(opened(mrr_movements=MOVES + moved))


def test_amounts_without_the_sign_of_their_type_are_refused(export, complaint):
    moves = MOVES + "A1,2023-04,new,100\nA1,2023-06,churn,100\nA1,2023-07,expansion,-5\n"
    text = complaint(export(mrr_movements=moves))
    assert text.startswith("2 faults")
    assert "row 3, amount = 100.0: the wrong sign for churn" in text
    assert "row 4, amount = -5.0: the wrong sign for expansion" in text


def test_a_row_that_lacks_what_it_must_say_is_refused(export, complaint):
    text = complaint(
        export(
            mrr_movements=MOVES + "A1,,new,100\nA1,2023-04,,100\nA1,2023-04,new,\n",
            churn_events="account_id,decided_on,effective_on\nA1,2023-12-01,\n",
        )
    )
    assert text.startswith("4 faults")
    for part in ("row 2: month is empty", "row 3: type is empty", "row 4: amount is empty", "effective_on is empty"):
        assert part in text


def test_a_cell_that_cannot_be_read_is_not_called_empty_in_other_tables_either(export, complaint):
    text = complaint(export(mrr_movements=MOVES + "A1,2023-04,new,many\nA1,April,new,1\n"))
    assert text.startswith("2 faults")
    assert "is empty" not in text


def test_a_churn_without_a_day_is_refused_unless_its_notice_tells_the_day(export, complaint, opened):
    contracts = "account_id,start,end,outcome\nA1,2023-04-01,,churned\nA2,2023-05-01,,open\n"
    assert "row 2, account_id = A1: the outcome is churned, but end is empty" in complaint(export(contracts=contracts))
    notice = "account_id,decided_on,effective_on\nA1,2023-12-01,2024-01-31\n"
    assert len(opened(contracts=contracts, churn_events=notice).contracts) == 2


@pytest.mark.parametrize(
    "files",
    [
        {"contracts": "account_id,start,end\nA1,2090-04-01,2091-04-01\n"},
        {"mapping": "as_of = 2090-04-01"},
    ],
)
def test_a_day_that_has_not_come_is_no_day_of_export(export, complaint, files):
    text = complaint(export(**files))
    assert "as_of = 2090-04-01" in text
    assert "as_of = 2024-03-31" in text, "the line to write is shown"


def test_renewals_signed_ahead_are_set_aside_by_a_stated_day(opened):
    ahead = "account_id,start,end\nA1,2023-04-01,2024-04-01\nA1,2090-04-01,2091-04-01\n"
    book = opened(contracts=ahead, mapping="as_of = 2023-06-30")
    assert len(book.contracts) == 1
    assert "contracts 1" in note(book, "rows_after_as_of")


def test_terms_in_years_are_pointed_out(opened):
    rows = "account_id,start,end,term_months\nA1,2023-04-01,2025-04-01,2\nA2,2023-05-01,2024-05-01,12\n"
    text = note(opened(contracts=rows), "term_differs")
    assert "in 1 of 2 contracts" in text
    assert "row 2: 2 months, 2023-04-01 to 2025-04-01" in text


def test_a_start_beside_a_tenure_is_not_replaced_in_silence(opened):
    rows = "account_id,start,tenure_months,ended\nA1,2020-01-01,5,1\n"
    book = opened(contracts=rows, mapping="as_of = 2024-03-31")
    assert 'end = { add_months = ["start", "tenure_months"] }' in note(book, "stock_start_replaced")


def test_times_in_another_zone_are_read_as_written_and_said(opened):
    book = opened(accounts="account_id,signed_on\nA1,2023-03-31T15:00:00.000Z\nA2,2023-04-01T09:00:00\n")
    assert book.accounts["signed_on"].tolist() == list(pd.to_datetime(["2023-03-31", "2023-04-01"]))
    assert ": 1." in note(book, "clock_zone")
    assert ": 1." in note(book, "cells_cleaned")


def test_days_out_of_order_are_pointed_out(opened):
    book = opened(
        accounts="account_id,signed_on\nA1,2023-04-02\nA2,2023-05-01\n",
        contracts="account_id,start,end,decided_on\nA1,2023-04-01,2024-04-01,2023-02-01\nA2,2023-05-01,2024-05-01,\n",
        churn_events="account_id,decided_on,effective_on\nA2,2024-02-01,2024-01-01\n",
    )
    texts = [note.text("en") for note in book.notes if note.key == "days_out_of_order"]
    assert len(texts) == 3
    assert "contracts.csv: in 1 rows contracts.decided_on lies before contracts.start (such as row 2" in texts[0]
    assert "2024-01-01, 2024-02-01" in texts[1]
    assert "accounts.csv: in 1 rows contracts.start lies before accounts.signed_on" in texts[2]


def test_spaces_around_words_are_left_off_and_counted(opened):
    book = opened(contracts="account_id,start,end\nA1 ,2023-04-01,2024-04-01\nA2,2023-05-01,2024-05-01\n")
    assert book.contracts["account_id"].tolist() == ["A1", "A2"]
    assert '"A1 "' in note(book, "cells_trimmed") and "account_id" in note(book, "cells_trimmed", "ja")


def test_a_cell_of_spaces_alone_is_blank_and_no_word_that_was_trimmed(opened):
    book = opened(accounts="account_id,industry\nA1, \nA2,it\n")
    assert "industry 1" in note(book, "blank_cells") and "industry" in note(book, "blank_cells", "ja")
    assert "cells_trimmed" not in keys(book)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("株式会社サンプル", "サンプル(株)", True),
        ("ACME Inc.", "Acme", True),
        ("新会社(旧 サンプル)", "サンプル", True),
        ("New (formerly Acme)", "Acme", True),
        ("旧軽井沢ホテル", "軽井沢ホテル", False),
        ("customer_1", "customer_11", False),
    ],
)
def test_companies_whose_names_are_one_but_for_the_form_are_pointed_out(opened, one, other, alike):
    book = opened(accounts=f"account_id,account_name\nA1,{one}\nA2,{other}\n")
    assert ("names_alike" in keys(book)) is alike
    if alike:
        shown = [note(book, "names_alike", lang) for lang in ("en", "ja")]
        assert all("3" in text and name in text for text in shown for name in book.accounts["account_name"])
        assert not any(name in text for text in shown for name in (one, other))
