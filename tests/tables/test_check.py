"""The contract finds every fault, says where it is, and lets good tables pass."""

import pandas as pd
import pytest

from cslab.tables import TABLES, check_tables
from cslab.tables.known import day_of


def accounts(*ids: str) -> pd.DataFrame:
    return pd.DataFrame({"account_id": list(ids)})


def contracts(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["account_id", "product", "start", "end"])
    return frame.assign(start=pd.to_datetime(frame["start"]), end=pd.to_datetime(frame["end"]))


def faults(**frames: pd.DataFrame) -> list[tuple[str, object]]:
    return [(fault.key, fault.values.get("row")) for fault in check_tables(frames)]


def test_tables_that_keep_the_contract_have_no_fault():
    book = {"accounts": accounts("A", "B"), "contracts": contracts(("A", "core", "2023-04-01", "2024-04-01"))}
    assert check_tables(book) == []


def test_a_missing_required_column_is_named_with_the_nearest_one_there():
    (fault,) = check_tables({"accounts": pd.DataFrame({"acount_id": ["A"]})})
    assert fault.key == "missing_column_near"
    assert fault.values["near"] == "acount_id"


def test_a_span_is_either_two_days_or_a_tenure_and_whether_it_ended():
    ids = accounts("A")
    assert faults(
        accounts=ids, contracts=pd.DataFrame({"account_id": ["A"], "start": pd.to_datetime(["2023-04-01"])})
    ) == [("no_span", None)]
    stock = pd.DataFrame({"account_id": ["A"], "tenure_months": [7.0], "ended": [True]})
    assert faults(accounts=ids, contracts=stock) == []


def test_an_empty_key_a_repeated_key_and_an_orphan_are_found_in_one_go_each_with_its_row():
    book = {
        "accounts": accounts("A", "B", "A"),
        "contracts": contracts(
            ("A", "core", "2023-04-01", "2024-04-01"), ("Z", "core", "2023-04-01", "2024-04-01")
        ).assign(contract_id=["C1", None]),
    }
    assert set(faults(**book)) == {("duplicate_key", 2), ("orphan_key", 1), ("empty_key", 1)}


def test_a_contract_that_ends_before_it_starts_says_both_days():
    (fault,) = check_tables(
        {"accounts": accounts("A"), "contracts": contracts(("A", "core", "2024-02-01", "2023-01-31"))}
    )
    assert (fault.key, fault.values["value"], fault.values["start"]) == ("end_before_start", "2023-01-31", "2024-02-01")


def test_an_overlap_is_a_fault_only_within_one_account_and_product():
    ids = accounts("A", "B")
    two = [("2023-04-01", "2024-04-01"), ("2023-10-01", "2024-10-01")]
    same = contracts(*(("A", "core", *days) for days in two))
    assert faults(accounts=ids, contracts=same) == [("overlap", 1)]
    assert faults(accounts=ids, contracts=same.assign(product=["core", "mobile"])) == []
    assert faults(accounts=ids, contracts=same.assign(account_id=["A", "B"])) == []


def test_contracts_without_a_product_overlap_like_those_of_one_product():
    days = {"start": pd.to_datetime(["2023-04-01", "2023-06-01"]), "end": pd.to_datetime(["2024-04-01", "2024-06-01"])}
    contracts = pd.DataFrame({"account_id": "A1", "product": [None, None], **days})
    assert [fault.key for fault in check_tables({"contracts": contracts})] == ["overlap"]


def test_a_short_contract_inside_a_long_one_is_an_overlap_even_when_another_lies_between():
    rows = contracts(
        ("A", "core", "2023-01-01", "2025-01-01"),
        ("A", "core", "2023-02-01", "2023-03-01"),
        ("A", "core", "2023-06-01", "2023-07-01"),
    )
    assert faults(accounts=accounts("A"), contracts=rows) == [("overlap", 1), ("overlap", 2)]


def test_a_contract_without_an_end_overlaps_whatever_starts_after_it():
    rows = contracts(("A", "core", "2023-04-01", None), ("A", "core", "2024-04-01", "2025-04-01"))
    assert faults(accounts=accounts("A"), contracts=rows) == [("overlap", 1)]


def test_a_renewal_on_the_day_the_old_term_runs_out_is_no_overlap():
    rows = contracts(("A", "core", "2023-04-01", "2024-04-01"), ("A", "core", "2024-04-01", "2025-04-01"))
    assert faults(accounts=accounts("A"), contracts=rows) == []


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [("discount_pct", 1.2, "out_of_range"), ("mrr0_amount", -1.0, "out_of_range"), ("seats0", "many", "wrong_type")],
)
def test_a_value_that_cannot_be_is_refused(column, value, key):
    assert faults(accounts=accounts("A").assign(**{column: [value]}))[0][0] == key


def test_a_value_outside_its_range_is_told_the_range():
    (fault,) = check_tables({"accounts": accounts("A").assign(discount_pct=[12.0])})
    assert "≥ 0 · ≤ 1" in fault.text("en")


def test_an_unknown_word_lists_the_known_ones():
    rows = contracts(("A", "core", "2023-04-01", "2024-04-01")).assign(outcome=["lost"])
    (fault,) = check_tables({"accounts": accounts("A"), "contracts": rows})
    assert fault.key == "unknown_word"
    assert "churned" in fault.values["known"]


DAYS = pd.to_datetime(["2024-03-02", "2024-03-01"])


@pytest.mark.parametrize(
    ("table", "late", "early"), [(table.name, *pair) for table in TABLES.values() for pair in table.after]
)
def test_a_day_before_the_one_it_follows_is_refused_with_both_and_the_same_day_is_not(table, late, early):
    rows = pd.DataFrame({early: DAYS[[0, 0, 0]], late: [DAYS[0], DAYS[1], pd.NaT]}, index=[2, 3, 4])
    found = [fault for fault in check_tables({table: rows}) if fault.key == "day_before_other"]
    assert [(fault.values["row"], fault.values["value"], fault.values["start"]) for fault in found] == [
        (3, "2024-03-01", "2024-03-02")
    ]
    assert f"before {early}" in found[0].text("en") and early in found[0].text("ja")


def test_days_that_are_not_yet_days_are_told_once():
    rows = pd.DataFrame({"ticket_id": ["1"], "account_id": ["A"], "opened_on": DAYS[:1], "closed_on": ["soon"]})
    assert faults(tickets=rows) == [("wrong_type", None)]


@pytest.mark.parametrize(("kind", "low", "high"), [("nps", 0, 10), ("ces", 1, 7), ("csat", 1, 5), ("day30", 1, 5)])
def test_an_answer_outside_the_scale_of_its_survey_is_told_the_scale(kind, low, high):
    scores = [low - 1, low, high, high + 1, None]
    surveys = pd.DataFrame({"type": kind, "score": scores}).assign(account_id="A", sent_on=DAYS[0])
    surveys = surveys.assign(survey_id=[str(number) for number in surveys.index])
    found = check_tables({"surveys": surveys})
    assert sorted((fault.key, fault.values["row"]) for fault in found) == [("out_of_range", 0), ("out_of_range", 3)]
    assert kind == "nps" or f"{kind}: {low}–{high}" in found[-1].text("en")


def test_of_many_equal_faults_twenty_are_shown_and_the_rest_is_counted():
    found = check_tables({"accounts": accounts(*["A"] * 31)})
    assert [fault.key for fault in found] == ["duplicate_key"] * 20 + ["more_rows"]
    assert found[-1].values["count"] == 10


def test_a_message_names_the_file_where_there_is_one():
    (fault,) = check_tables({"accounts": pd.DataFrame({"x": [1]})}, {"accounts": "顧客 一覧.csv"})
    assert fault.text("ja").startswith("顧客 一覧.csv")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_declared_column_is_described_in_both_languages_and_refers_to_columns_that_exist(table):
    assert all(column.en.strip() and column.ja.strip() for column in table.columns)
    since = {name for column in table.columns for name in column.known_from} | set(table.known_from)
    named = {day_of(name)[0] for name in since} | set(table.key) | {name for pair in table.after for name in pair}
    assert named - {"month_end", "snapshot"} <= set(table.names)
    assert all(column in table.names and column in TABLES[parent].names for column, parent in table.parents)
