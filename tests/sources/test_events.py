"""The log in Parquet: the same bytes however it is written, opened beside the tables, and what to do without it."""

from __future__ import annotations

import gc
from pathlib import Path

import pandas as pd
import pytest

import cslab
from cslab.faults import DataError, NotReady
from cslab.measure.events import monthly_usage
from cslab.sources import events as writing
from cslab.sources import log as opening
from cslab.sources.events import lack, write_events
from cslab.sources.export import export
from cslab.world.observe import Records, observe
from cslab.world.policy import policy
from cslab.world.scenario import preset
from cslab.world.simulate import simulate

pytestmark = pytest.mark.slow

needs_extra = pytest.mark.events
TINY = "synthetic:tiny?months=3"


def records(blocks: range, accounts: int = 60, months: int = 3) -> Records:
    return observe(simulate(preset("tiny"), policy("rule"), 1, blocks, accounts, months))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def assert_gives_back(book: cslab.Book) -> None:
    """That the months of the log are the rows of the table, column for column."""
    found = monthly_usage(book.usage_events).to_pandas()
    stored = book.usage_monthly.sort_values(["account_id", "month"], ignore_index=True)[[*found]]
    assert len(found) > 0
    pd.testing.assert_frame_equal(found, stored, check_dtype=False)


@needs_extra
@pytest.mark.parametrize("source", [TINY, "synthetic:default_jp?accounts=300&months=1&seed=7"])
def test_the_log_of_a_synthetic_company_gives_its_monthly_usage_back(source):
    assert_gives_back(cslab.load(source))


@needs_extra
def test_the_bytes_are_the_same_for_any_chunk_and_any_number_of_threads(tmp_path):
    write_events(records(range(2), 1100, 1), tmp_path / "at once", threads=2)
    for office in (1, 0):
        write_events(records(range(office, office + 1), 1100, 1), tmp_path / "apart")
    assert len(contents(tmp_path / "apart")) == 2
    assert contents(tmp_path / "at once") == contents(tmp_path / "apart")


@needs_extra
def test_a_file_holds_one_office_and_month_in_the_order_of_time(tmp_path, monkeypatch):
    from pyarrow import parquet

    monkeypatch.setattr(writing, "ROWS", 5_000)
    for path in write_events(records(range(1)), tmp_path):
        at = parquet.read_table(path)["at"].to_pandas()
        assert at.is_monotonic_increasing
        assert {str(month) for month in at.dt.to_period("M").unique()} == {path.name[:7]}
        assert parquet.ParquetFile(path).num_row_groups > 1


@needs_extra
def test_a_run_that_is_stopped_leaves_no_file_that_looks_finished(tmp_path, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_arrow", stop)
    with pytest.raises(KeyboardInterrupt):
        write_events(records(range(1)), tmp_path)
    assert contents(tmp_path) == {}


@pytest.fixture
def folder(tmp_path) -> Path:
    """An export without a log."""
    return export(cslab.load(TINY), tmp_path / "export [1]")


@needs_extra
def test_a_folder_with_a_log_gives_the_same_months_as_its_table(folder):
    write_events(records(range(1)), folder / "usage_events")
    assert_gives_back(cslab.load(f"folder:{folder}"))


@needs_extra
def test_a_book_as_of_a_day_knows_the_log_to_the_end_of_that_day():
    at = cslab.load(TINY).at("2021-05-20").usage_events.at
    assert str(at.max().to_pandas())[:10] in ("2021-05-19", "2021-05-20")
    assert str(at.min().to_pandas())[:7] == "2021-04"


@needs_extra
def test_a_simulated_log_goes_when_nobody_holds_it_any_more(monkeypatch, tmp_path):
    monkeypatch.setattr(opening.tempfile, "tempdir", str(tmp_path))
    events = cslab.load(TINY).usage_events
    gc.collect()
    assert events.count().to_pandas() > 0  # the book has gone, the events are held
    assert any(tmp_path.glob("cslab-events-*"))
    del events
    gc.collect()
    assert not any(tmp_path.glob("cslab-events-*"))


@needs_extra
def test_the_log_of_a_large_company_is_written_once_and_not_made_in_passing():
    book = cslab.load("synthetic:default_jp?accounts=100000&months=48")
    with pytest.raises(NotReady, match=r"cslab simulate default_jp --accounts 100000 --months 48 --events"):
        _ = book.usage_events


def test_a_source_without_a_log_says_how_to_get_one(folder):
    book = cslab.load(f"folder:{folder}")
    assert not book.has("usage_events")
    with pytest.raises(NotReady, match=r"folder usage_events.*cslab simulate"):
        _ = book.usage_events


def test_without_the_extra_it_is_said_what_to_install(folder, monkeypatch):
    (folder / "usage_events").mkdir()
    (folder / "usage_events" / "a.parquet").touch()
    monkeypatch.setattr(writing.importlib.util, "find_spec", lambda name: None if name == "duckdb" else name)
    assert lack().key == "no_events_extra"
    for book in (cslab.load(TINY), cslab.load(f"folder:{folder}")):
        with pytest.raises(NotReady, match=r'-m pip install "ibis-framework\[duckdb\]>=10" "pyarrow>=16"'):
            _ = book.usage_events
    with pytest.raises(NotReady):
        write_events(records(range(1)), folder / "usage_events")


@needs_extra
def test_a_log_of_somebody_elses_is_refused_at_the_door_with_all_its_faults(folder):
    strange = pd.DataFrame({"account_id": ["A000001"], "person": ["a"], "at": ["1 April"], "event": ["login"]})
    strange.to_parquet(folder / "usage_events.parquet")
    with pytest.raises(DataError) as told:
        cslab.load(f"folder:{folder}")
    assert [(fault.key, fault.values["column"]) for fault in told.value.faults] == [
        ("log_no_column", "user"),
        ("log_not_time", "at"),
    ]


@needs_extra
def test_a_log_with_numbers_for_accounts_matches_accounts_written_as_text(folder):
    at = pd.to_datetime(["2021-04-01 09:00"])
    numbered = pd.DataFrame({"account_id": [17], "user": [1], "at": at, "event": ["login"]})
    numbered.to_parquet(folder / "usage_events.parquet")
    assert cslab.load(f"folder:{folder}").usage_events.account_id.to_pandas().tolist() == ["17"]


@needs_extra
def test_a_file_that_is_no_parquet_and_a_second_log_are_told(folder):
    (folder / "usage_events.parquet").write_text("no Parquet", encoding="utf-8")
    (folder / "usage_events").mkdir()
    (folder / "usage_events" / "a.parquet").touch()
    with pytest.raises(DataError) as told:
        cslab.load(f"folder:{folder}")
    assert [fault.key for fault in told.value.faults] == ["two_files", "file_unreadable"]
