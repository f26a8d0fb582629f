"""A log that speaks otherwise: its columns, its words, its folders, its clock, as the mapping says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import DataError

pytestmark = pytest.mark.events

MAPPING = """time_zone = "Asia/Tokyo"
[events]
account_id = "tenant"
at = "ts"
event = { column = "action", values = { "sign_in" = "login" } }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "export"
    (place / "usage_events").mkdir(parents=True)
    (place / "accounts.csv").write_text("account_id\n0017\n", encoding="utf-8")
    (place / "contracts.csv").write_text("account_id,start,end\n0017,2024-01-01,2025-01-01\n", encoding="utf-8")
    return place


Told = Callable[..., Book]


@pytest.fixture
def opened(folder: Path) -> Told:
    def load(frame: pd.DataFrame, mapping: str = MAPPING, path: str = "usage_events/a.parquet") -> Book:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        frame.to_parquet(folder / path)
        (folder / "mapping.toml").write_text(f"as_of = 2024-12-31\n{mapping}", encoding="utf-8")
        return cslab.load(f"folder:{folder}")

    return load


def log(*at: str, zone: str | None = "UTC") -> pd.DataFrame:
    times = pd.to_datetime([*at]).tz_localize(zone)
    return pd.DataFrame({"tenant": "0017", "user": "a", "ts": times, "action": "sign_in", "email": "hanako@example.jp"})


def months(book: Book) -> list[str]:
    return book.usage_monthly["month"].dt.strftime("%Y-%m").tolist()


def test_columns_and_words_are_those_of_the_mapping_and_no_others_are_handed_out(opened: Told):
    events = opened(log("2024-05-10 01:00")).usage_events.to_pandas()
    assert events.to_dict("records") == [
        {"account_id": "0017", "user": 1, "at": pd.Timestamp("2024-05-10 10:00"), "event": "login"}
    ]


def test_the_last_second_of_a_month_in_tokyo_and_the_next_are_two_months(opened: Told):
    assert months(opened(log("2024-03-31 14:59:59", "2024-03-31 15:00:00"))) == ["2024-03", "2024-04"]


def test_times_in_another_zone_are_moments_all_the_same(opened: Told):
    assert months(opened(log("2024-03-31 10:59:59", "2024-03-31 11:00:00", zone="America/New_York"))) == [
        "2024-03",
        "2024-04",
    ]


def test_bare_times_are_local_unless_it_is_said_where_they_were_written(opened: Told):
    bare = log("2024-03-31 15:00:00", zone=None)
    assert months(opened(bare)) == ["2024-03"]
    assert months(opened(bare, MAPPING + 'written_in = "UTC"\n')) == ["2024-04"]
    assert months(opened(bare, MAPPING + 'written_in = "Asia/Tokyo"\n')) == ["2024-03"]


def test_the_hour_that_comes_twice_is_counted_twice(opened: Told):
    both = log("2024-11-03 05:30:00", "2024-11-03 06:30:00")  # half past one in New York, twice
    book = opened(both, MAPPING.replace("Asia/Tokyo", "America/New_York"))
    assert book.usage_events["at"].to_pandas().astype(str).tolist() == ["2024-11-03 01:30:00"] * 2
    assert book.usage_monthly["logins"].tolist() == [2]


def test_a_clock_that_is_not_said_or_not_known_is_told(opened: Told):
    local = MAPPING.replace('time_zone = "Asia/Tokyo"\n', "")
    for frame, mapping, key in (
        (log("2024-05-10"), local, "log_zoned"),
        (log("2024-05-10", zone=None), local + 'written_in = "UTC"\n', "log_no_zone"),
        (log("2024-05-10"), MAPPING.replace("Asia/Tokyo", "Asia/Tokio"), "mapping_zone"),
    ):
        with pytest.raises(DataError) as told:
            opened(frame, mapping)
        assert key in [fault.key for fault in told.value.faults]


def test_folders_that_say_an_account_give_it_with_its_zeros(opened: Told):
    rows = log("2024-05-10").drop(columns="tenant")
    assert opened(rows, path="usage_events/tenant=0017/day=2024-05-10/a.parquet").usage_monthly[
        "account_id"
    ].tolist() == ["0017"]


def test_a_column_that_only_later_files_have_is_read(folder: Path, opened: Told):
    feature = log("2024-06-10").assign(action="basic_feature", feature="export")
    log("2024-05-10").to_parquet(folder / "usage_events" / "2024-05.parquet")
    book = opened(feature, path="usage_events/2024-06.parquet")
    assert book.usage_monthly["features_basic"].tolist() == [0, 1]


def test_a_log_may_lie_elsewhere_and_a_wrong_path_is_told(opened: Told):
    elsewhere = MAPPING + 'parquet = "ログ/2024"\n'
    assert months(opened(log("2024-05-10"), elsewhere, "ログ/2024/a.parquet")) == ["2024-05"]
    with pytest.raises(DataError, match="no such file or folder"):
        opened(log("2024-05-10"), MAPPING + 'parquet = "logs"\n')


def test_every_wrong_name_is_told_at_once_with_the_nearest(opened: Told):
    wrong = MAPPING.replace('"tenant"', '"tenants"').replace('"action"', '"actoin"')
    with pytest.raises(DataError) as told:
        opened(log("2024-05-10"), wrong)
    assert [(fault.key, fault.values["near"]) for fault in told.value.faults] == [
        ("log_column_absent", "tenant"),
        ("log_column_absent", "action"),
    ]


def test_a_table_of_months_goes_before_the_log(folder: Path, opened: Told):
    (folder / "usage_monthly.csv").write_text("account_id,month,logins\n0017,2024-04,9\n", encoding="utf-8")
    book = opened(log("2024-05-10"))
    assert book.usage_monthly["logins"].tolist() == [9]
    assert len(book.usage_events.to_pandas()) == 1
