"""A company simulated into a folder: equal to the one in memory, the same however it is made, never half there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import UsageError
from cslab.sources import load, simulate
from cslab.sources.export import export
from cslab.sources.simulate import Plan, begin, finish, joining, offices, planned
from cslab.sources.simulate.unfinished import RECORD
from cslab.world import presets

pytestmark = pytest.mark.slow

FEW = ["accounts=30"]
THREE_OFFICES = ["accounts=2100", "months=6", "addons=none"]


def simulated(plan: Plan, folder: Path, jobs: int = 1) -> Path:
    return finish(begin(plan, folder), jobs)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def one_office_at_a_time(monkeypatch):
    monkeypatch.setattr(offices, "OFFICES", 1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> dict[str, bytes]:
    """The files of three offices that were simulated together."""
    return files(simulated(planned("tiny", THREE_OFFICES), tmp_path_factory.mktemp("whole") / "jp"))


def test_the_folder_is_the_export_of_the_same_company_byte_for_byte(tmp_path):
    wishes = ["seed=3", "accounts=30", "months=30", "policy=rct", "badfit_share=0.3"]
    plan = planned("tiny", wishes)
    book = load("synthetic:tiny?accounts=30&badfit_share=0.3&months=30&policy=rct&seed=3")
    assert files(simulated(plan, tmp_path / "a")) == files(export(book, tmp_path / "b"))


@pytest.fixture(scope="module")
def tiny() -> Book:
    return load("synthetic:tiny")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_what_is_written_is_read_back_equal(tmp_path, form, tiny):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    book, again = tiny, load(f"folder:{simulated(planned('tiny', form=form), tmp_path / 'jp')}")
    assert [*again.tables] == [*book.tables]
    for name, frame in book.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], frame)
    assert (again.as_of, again.currency, again.window_start) == (book.as_of, book.currency, book.window_start)
    assert again.synthetic and again.truth is None


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "form"), [*((name, "csv") for name in presets()), ("default_us", "parquet")])
def test_every_company_is_read_back_equal(tmp_path, preset, form, one_office_at_a_time):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    plan = planned(preset, ["accounts=1100"], form)
    book, again = load(plan.source), load(f"folder:{simulated(plan, tmp_path / 'x')}")
    for name, frame in book.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], frame, check_dtype=len(frame) > 0)


@pytest.mark.slow
def test_usage_events_are_those_of_the_company(tmp_path, one_office_at_a_time):
    pytest.importorskip("ibis")
    from cslab.measure.events import monthly_usage

    plan = planned("tiny", ["accounts=1200", "months=2"], events=True)
    folder = simulated(plan, tmp_path / "jp")
    assert len(list((folder / "usage_events").iterdir())) == 4  # two offices, two months
    counted = monthly_usage(load(f"folder:{folder}").usage_events).to_pandas()
    wanted = monthly_usage(load(plan.source).usage_events).to_pandas()
    order = ["account_id", "month"]
    counted, wanted = (frame.sort_values(order, ignore_index=True) for frame in (counted, wanted))
    pd.testing.assert_frame_equal(counted, wanted)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_bytes_do_not_depend_on_how_offices_are_grouped(tmp_path, form, one_office_at_a_time):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    plan = planned("tiny", THREE_OFFICES, form)
    one = begin(plan, tmp_path / "one")
    assert len(one.waiting) == 3
    alone = files(finish(one))
    offices.OFFICES = 4
    assert alone == files(simulated(plan, tmp_path / "together"))


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_how_many_processes_there_are(tmp_path, one_office_at_a_time, whole):
    assert files(simulated(planned("tiny", THREE_OFFICES), tmp_path / "jp", jobs=2)) == whole


def test_an_ending_in_the_middle_leaves_nothing_that_looks_finished_and_is_gone_on_with(
    tmp_path, monkeypatch, one_office_at_a_time, whole
):
    plan, target, write, done = planned("tiny", THREE_OFFICES), tmp_path / "jp", offices.write_part, []

    def write_one(plan: Plan, blocks: range, place: Path) -> None:
        if len(done) == 1:
            raise KeyboardInterrupt
        write(plan, blocks, place)
        done.append(blocks)

    monkeypatch.setattr(simulate, "write_part", write_one)
    with pytest.raises(KeyboardInterrupt):
        simulated(plan, target)
    assert [path.name for path in tmp_path.iterdir()] == ["jp.unfinished"]
    monkeypatch.setattr(simulate, "write_part", lambda *what: (done.append(what[1]), write(*what)))
    work = begin(plan, target)
    assert (work.kept, len(work.waiting)) == (1, 2)
    assert files(finish(work)) == whole
    assert done == [range(0, 1), range(1, 2), range(2, 3)]
    assert [path.name for path in tmp_path.iterdir()] == ["jp"]


KILLED = """
import os, signal, sys
from cslab.sources import simulate
from cslab.sources.simulate import joining, offices

def dies(work, at):
    def run(*what):
        if at(*what):
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*what)
    return run

offices.OFFICES = 1
if sys.argv[2] == "simulating":
    second = lambda plan, table, frame, path: table == "contracts" and path.parent.name.startswith(".000001")
    offices._write = dies(offices._write, second)
else:
    joining._join_csv = dies(joining._join_csv, lambda files, path, opening: path.name.startswith(".contracts.csv"))
simulate.finish(simulate.begin(simulate.planned("tiny", sys.argv[3:]), sys.argv[1]))
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill outright")
@pytest.mark.parametrize(("when", "left"), [("simulating", 2), ("joining", 0)])
def test_a_run_that_was_killed_outright_is_gone_on_with(tmp_path, when, left, one_office_at_a_time, whole):
    target = tmp_path / "jp"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(target), when, *THREE_OFFICES], env=os.environ)
    assert ended.returncode == -signal.SIGKILL
    assert not target.exists()
    work = begin(planned("tiny", THREE_OFFICES), target)
    assert len(work.waiting) == left
    assert files(finish(work)) == whole


def refusal(plan: Plan, folder: Path, lang: str = "en") -> str:
    with pytest.raises(UsageError) as error:
        begin(plan, folder)
    text = error.value.text(lang)
    assert text.splitlines()[-1] == {"en": "Nothing was written.", "ja": "何も書き込んでいません。"}[lang]
    return text


@pytest.fixture
def half_finished(tmp_path, monkeypatch, one_office_at_a_time) -> Path:
    """The folder of a run of seed 1 that stopped after its first office."""
    write = offices.write_part

    def write_one(plan: Plan, blocks: range, place: Path) -> None:
        if blocks.start:
            raise KeyboardInterrupt
        write(plan, blocks, place)

    monkeypatch.setattr(simulate, "write_part", write_one)
    with pytest.raises(KeyboardInterrupt):
        simulated(planned("tiny", [*THREE_OFFICES, "seed=1"]), tmp_path / "jp")
    return tmp_path / "jp.unfinished"


@pytest.mark.parametrize(
    ("wishes", "form", "differs"),
    [([*THREE_OFFICES, "seed=2"], "csv", "seed=2"), ([*THREE_OFFICES, "seed=1"], "parquet", "form = parquet")],
)
def test_a_half_finished_folder_of_something_else_is_refused_and_left_as_it_is(half_finished, wishes, form, differs):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    before = sorted(path for path in half_finished.rglob("*"))
    text = refusal(planned("tiny", wishes, form), half_finished.with_name("jp"))
    assert differs in text and str(half_finished) in text and "-o" in text
    assert "途中まで" in refusal(planned("tiny", wishes, form), half_finished.with_name("jp"), "ja")
    assert sorted(path for path in half_finished.rglob("*")) == before


def test_a_half_finished_folder_of_other_versions_is_refused(half_finished):
    record = half_finished / RECORD
    lines = record.read_text(encoding="utf-8").splitlines()
    older = ['made_with = "cslab 0.0.1"' if line.startswith("made_with") else line for line in lines]
    older = ['fingerprint = "other"' if line.startswith("fingerprint") else line for line in older]
    record.write_text("\n".join(older), encoding="utf-8")
    assert "cslab 0.0.1" in refusal(planned("tiny", [*THREE_OFFICES, "seed=1"]), half_finished.with_name("jp"))


def test_a_half_finished_folder_in_which_nothing_is_finished_is_no_loss(tmp_path):
    begin(planned("tiny", [*FEW, "seed=1"]), tmp_path / "jp")
    assert begin(planned("tiny", [*FEW, "seed=2"]), tmp_path / "jp").kept == 0


def test_a_record_that_a_full_disk_cut_short_is_no_loss(tmp_path):
    (tmp_path / "jp.unfinished").mkdir()
    (tmp_path / "jp.unfinished" / RECORD).write_text("sour", encoding="utf-8")
    assert begin(planned("tiny", FEW), tmp_path / "jp").kept == 0


def test_a_folder_of_somebody_elses_that_goes_by_the_name_is_left_alone(tmp_path):
    (tmp_path / "jp.unfinished").mkdir()
    (tmp_path / "jp.unfinished" / "mine.txt").write_text("mine", encoding="utf-8")
    assert "mine.txt" in refusal(planned("tiny", FEW), tmp_path / "jp")


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "mine.txt" in refusal(planned("tiny", FEW), tmp_path)
    assert "is a file" in refusal(planned("tiny", FEW), tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def fill_up(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_at_the_start_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(simulate, "write_part", fill_up)
    with pytest.raises(UsageError) as error:
        simulated(planned("tiny", FEW), tmp_path / "jp")
    assert "No space left on device" in str(error.value) and "Nothing was written." in error.value.text("en")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_later_on_keeps_what_is_finished(tmp_path, monkeypatch):
    monkeypatch.setattr(joining, "_join_csv", fill_up)
    with pytest.raises(UsageError) as error:
        simulated(planned("tiny", FEW), tmp_path / "jp")
    assert "goes on from there" in error.value.text("en") and "再開" in error.value.text("ja")
    monkeypatch.undo()
    assert begin(planned("tiny", FEW), tmp_path / "jp").waiting == ()


def test_a_place_where_no_folder_can_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "could not be written" in refusal(planned("tiny", FEW), tmp_path / "file" / "jp")


def test_the_seed_can_be_kept_out_of_the_folder(tmp_path):
    told = simulated(planned("tiny", ["accounts=30", "seed=123456789"]), tmp_path / "told")
    kept = simulated(planned("tiny", ["accounts=30", "seed=123456789"], hide_seed=True), tmp_path / "kept")
    assert 'source = "synthetic:tiny?accounts=30&seed=123456789"' in (told / "cslab.toml").read_text(encoding="utf-8")
    assert not any(b"123456789" in data for data in files(kept).values())
    assert {**files(told), "cslab.toml": b""} == {**files(kept), "cslab.toml": b""}
    assert load(f"folder:{kept}").synthetic


def test_everything_that_is_wrong_is_told_at_once_in_both_languages():
    wishes = ["accounts=0", "months=0", "sead=3", "policy=rtc", "badfit_share=1.5"]
    with pytest.raises(UsageError) as error:
        planned("tiny", wishes, form="parkett", messy="4")
    keys = [fault.key for fault in error.value.faults]
    assert sorted(keys) == sorted(
        [*["scenario_range"] * 3, "scenario_unknown", "unknown_policy", "unknown_format", "unknown_level"]
    )
    for lang in ("en", "ja"):
        text = error.value.text(lang)
        assert all(near in text for near in ("seed", "rct", "parquet"))


def test_parquet_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError) as error:
        planned("tiny", form="parquet")
    assert "pip install" in error.value.text("en") and "追加パッケージ" in error.value.text("ja")
