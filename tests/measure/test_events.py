"""From the log to its months: definitions seen by eye, the same numbers on another engine, faults of foreign logs."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pandas as pd
import pytest

from cslab.faults import DataError
from cslab.measure.events import monthly_usage

pytestmark = pytest.mark.events

ROWS = [
    # April: user 1 in all four weeks, user 2 on the last day of one week and the first of the next
    ("A1", "1", "2024-04-01 00:00:00", "login", None),
    ("A1", "1", "2024-04-08 09:00:00", "basic_feature", "report"),
    ("A1", "1", "2024-04-15 09:00:00", "basic_feature", "report"),
    ("A1", "1", "2024-04-30 23:59:59", "basic_feature", "export"),
    ("A1", "2", "2024-04-14 23:59:59", "core_action", None),
    ("A1", "2", "2024-04-15 00:00:00", "core_action", None),
    ("A1", "2", "2024-04-15 00:00:01", "integration", "payroll"),
    # May: one person, once
    ("A1", "1", "2024-05-01 00:00:00", "training_view", None),
    # another customer: a word of its own, somebody unknown, two people in one week
    ("A2", None, "2024-04-02 08:00:00", "login", None),
    ("A2", "7", "2024-04-02 08:00:00", "export_pressed", None),
    ("A2", "8", "2024-04-02 08:00:00", "community_login", None),
]


def log() -> pd.DataFrame:
    frame = pd.DataFrame(ROWS, columns=["account_id", "user", "at", "event", "feature"])
    return frame.assign(at=pd.to_datetime(frame["at"]))


@pytest.fixture
def months():
    import ibis

    return monthly_usage(ibis.memtable(log())).to_pandas().set_index(["account_id", "month"])


@pytest.mark.slow
def test_people_are_counted_week_by_week_and_the_mean_is_rounded_halves_up(months):
    # A1, April: 1, 2, 2, 1 people: 6 / 4 = 1.5; May: 1 / 4; A2: 2 / 4 = .5, the unknown one does not count
    assert months["wau"].tolist() == [2, 0, 1]


def test_events_are_counted_by_their_kind_whoever_did_them(months):
    columns = ["logins", "core_actions", "training_views", "community_logins"]
    assert months[columns].to_numpy().tolist() == [[1, 2, 0, 0], [0, 0, 1, 0], [1, 0, 0, 1]]


def test_a_feature_counts_once_however_often_it_is_used(months):
    columns = ["features_basic", "features_adv", "features_relevant", "integrations"]
    assert months[columns].to_numpy().tolist() == [[2, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_the_months_are_their_first_days_in_order(months):
    assert [(account, str(month.date())) for account, month in months.index] == [
        ("A1", "2024-04-01"),
        ("A1", "2024-05-01"),
        ("A2", "2024-04-01"),
    ]


def test_a_log_without_features_says_nothing_of_features():
    import ibis

    columns = monthly_usage(ibis.memtable(log().drop(columns="feature"))).columns
    assert [*columns] == ["account_id", "month", "wau", "logins", "core_actions", "training_views", "community_logins"]


def test_another_engine_gives_the_same_numbers(months, tmp_path):
    import ibis

    with closing(sqlite3.connect(tmp_path / "company.db")) as database:
        log().to_sql("log", database, index=False)
    found = monthly_usage(ibis.sqlite.connect(tmp_path / "company.db").table("log")).to_pandas()
    found["month"] = pd.to_datetime(found["month"])
    expected = months.reset_index().assign(month=lambda table: table["month"].astype(found["month"].dtype))
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("dialect", ["bigquery", "databricks", "postgres", "pyspark", "snowflake", "trino"])
def test_the_expression_has_words_for_cluster_engines(dialect):
    import ibis

    kinds = {"account_id": "string", "user": "int64", "at": "timestamp", "event": "string", "feature": "string"}
    text = ibis.to_sql(monthly_usage(ibis.table(kinds, name="log")), dialect=dialect)
    assert "community_logins" in text


def test_a_log_of_somebody_elses_is_told_all_that_it_lacks():
    import ibis

    strange = {"customer": "string", "user": "float64", "at": "timestamp('UTC')", "event": "int8", "feature": "string"}
    with pytest.raises(DataError) as told:
        monthly_usage(ibis.table(strange, name="log"))
    keys = ["log_no_column", "log_not_id", "log_zoned", "log_not_category"]
    assert [fault.key for fault in told.value.faults] == keys
    text = told.value.text("en")
    assert 'events.rename(account_id="your name")' in text
    assert "time zone" in text and "timestamp('UTC'" in text


def test_a_column_of_nearly_the_right_name_is_offered():
    import ibis

    near = {"acount_id": "string", "user": "string", "at": "string", "event": "string"}
    with pytest.raises(DataError) as told:
        monthly_usage(ibis.table(near, name="log"))
    assert 'events.rename(account_id="acount_id")' in told.value.text("en")
    assert 'cast("timestamp")' in told.value.text("ja")
