"""Everything that was spoilt is found at the folder door, and everything that is found there had been spoilt."""

import csv
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import DataError, Fault
from cslab.sources import load
from cslab.sources.messy import KINDS, kinds_of
from cslab.sources.messy.answers import answer_files
from cslab.sources.simulate import begin, finish, offices, planned
from tests.sources.messy.mending import CURED, MAPPING

pytestmark = pytest.mark.slow

BY_NAME = {kind.name: kind for kind in KINDS}
LEVEL_1 = [kind for kind in KINDS if kind.level == 1]


class Export:
    """A spoilt company, and the list of what was done to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with answer_files(folder)[0].open(encoding="utf-8-sig", newline="") as file:
            self.cells = list(csv.DictReader(file))
        self.count = Counter(row["kind"] for row in self.cells)
        self.rows = defaultdict(list)
        for row in self.cells:
            self.rows[row["kind"]].append(int(row["row"]) if row["row"] else 0)

    def with_mapping(self, folder: Path, more: str = "") -> Book:
        shutil.copytree(self.folder, folder)
        (folder / "mapping.toml").write_text(MAPPING % more, encoding="utf-8")
        return load(f"folder:{folder}")


@pytest.fixture(scope="module")
def truth() -> Book:
    return load("synthetic:tiny")


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory) -> dict[int, Export]:
    home = tmp_path_factory.mktemp("messy")
    return {level: Export(finish(begin(planned("tiny", messy=level), home / f"level {level}"))) for level in (1, 2, 3)}


@pytest.fixture(scope="module")
def mild(spoilt) -> Book:
    return load(f"folder:{spoilt[1].folder}")


@pytest.fixture(scope="module")
def mapped(spoilt, tmp_path_factory) -> Book:
    return spoilt[2].with_mapping(tmp_path_factory.mktemp("mapped") / "jp")


@pytest.fixture(scope="module")
def refused(spoilt) -> dict[int, tuple[Fault, ...]]:
    found = {}
    for level in (2, 3):
        with pytest.raises(DataError) as error:
            load(f"folder:{spoilt[level].folder}")
        found[level] = error.value.faults
    return found


def test_every_kind_of_a_level_is_done_and_listed(spoilt):
    for level, export in spoilt.items():
        assert set(export.count) == {kind.name for kind in kinds_of(level)}


def test_a_higher_level_leaves_what_a_lower_one_did(spoilt):
    for lower, higher in ((1, 2), (2, 3)):
        names = {kind.name for kind in kinds_of(lower)}
        done = [{(row["kind"], row["original"], row["now"]) for row in spoilt[one].cells} for one in (lower, higher)]
        assert done[0] == {change for change in done[1] if change[0] in names}


def noted(book: Book, name: str) -> int:
    """How many cells or rows the notes count that a kind of spoiling leads to; -1 where no note tells of it."""
    kind = BY_NAME[name]
    notes = [note.values for note in book.notes if note.key == kind.found]
    if kind.found in ("cells_cleaned", "cells_trimmed", "clock_zone"):
        notes = [values for values in notes if values["column"].split()[0] == kind.column]
    if name == "late":
        notes = [values for values in notes if values["first"] == "accounts.signed_on"]
    if name == "missing":
        return int(notes[0]["counts"].split("industry ")[1].split(",")[0]) if notes else -1
    return int(notes[0].get("count", 1)) if notes else -1


@pytest.mark.parametrize("name", [kind.name for kind in LEVEL_1])
def test_what_is_mildly_spoilt_is_read_and_counted(name, mild, spoilt):
    assert noted(mild, name) == spoilt[1].count[name]


def test_no_note_of_a_mildly_spoilt_folder_is_of_anything_else(mild):
    assert {note.key for note in mild.notes} == {kind.found for kind in LEVEL_1}
    assert all(note.text("en") != note.text("ja") for note in mild.notes)


def test_what_is_mildly_spoilt_is_read_as_it_was_meant(mild, truth):
    for table, column in (
        *(("contracts", name) for name in ("mrr_amount", "decided_on", "account_id", "start")),
        *(("accounts", name) for name in ("employees", "discount_pct")),
    ):
        pd.testing.assert_series_equal(mild.tables[table][column], truth.tables[table][column])


@pytest.mark.parametrize("name", ["twice", "lost_row", "renamed", "total_row", "time_zone", "last_day"])
def test_what_a_mapping_does_not_mend_is_a_finding(name, mapped, spoilt):
    export = spoilt[2]
    wanted = {"renamed": export.count["renamed"] // 2, "last_day": len(mapped.contracts["end"].dropna())}
    assert noted(mapped, name) == wanted.get(name, export.count[name])


@pytest.mark.parametrize("name", CURED)
def test_what_a_mapping_mends_is_refused_without_one(name, refused, spoilt, truth):
    kind = BY_NAME[name]
    fault = next(one for one in refused[2] if one.key == kind.found and one.values["ours"] == kind.column)
    whole = {"day_first": len(truth.contacts)}
    assert fault.values["count"] == whole.get(name, spoilt[2].count[name])
    assert fault.values["file"] == f"{kind.table}.csv"


def test_nothing_is_refused_that_a_mapping_would_not_mend(refused):
    assert {fault.key for fault in refused[2]} == {BY_NAME[name].found for name in CURED}


def test_a_column_under_another_heading_is_pointed_out(spoilt, tmp_path):
    folder = tmp_path / "jp"
    shutil.copytree(spoilt[2].folder, folder)
    text = (MAPPING % "").replace('[accounts]\nsegment = "Segment"\n', "")
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    book = load(f"folder:{folder}")
    assert noted(book, "header") == 1 and "x_segment" in book.accounts


def test_with_a_mapping_the_columns_are_those_of_the_company(spoilt, truth, tmp_path):
    book = spoilt[2].with_mapping(tmp_path / "jp", more=", inclusive = true")
    bare = {row["row"] for row in spoilt[2].cells if row["kind"] in ("open_end", "far_end")}
    ends = book.contracts["end"]
    assert ends.isna().sum() == len(bare)
    assert ends.dropna().equals(truth.contracts["end"][ends.notna()])
    assert book.contracts["billing"].equals(truth.contracts["billing"])
    assert book.contacts["active_from"].equals(truth.contacts["active_from"])
    kept = book.accounts["account_id"].isin(truth.accounts["account_id"])
    assert book.accounts.loc[kept, "segment"].tolist() == truth.accounts["segment"].tolist()


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.level == 3])
def test_what_must_be_repaired_is_refused_row_by_row(name, refused, spoilt):
    kind, export = BY_NAME[name], spoilt[3]
    faults = [fault for fault in refused[3] if fault.values.get("file") == f"{kind.table}.csv"]
    mine = [fault.values for fault in faults if fault.key == kind.found]
    mine = [values for values in mine if "ours" not in values or values["ours"] == kind.column]
    told = " ".join(str(values.get("where", values.get("row"))) for values in mine)
    more = [fault.values for fault in faults if fault.key == "more_rows"]
    shown = [int(word) for word in told.replace(",", " ").split() if word.isdigit()]
    count = mine[0]["count"] if "count" in mine[0] else len(mine)
    assert set(shown) <= set(export.rows[name]) and shown
    rest = [values["count"] for values in more if values["column"] == mine[0].get("column")]
    assert export.count[name] in (count, *(count + left for left in rest))


def test_a_folder_that_must_be_repaired_is_refused_for_nothing_else_and_all_at_once(refused):
    listed = {kind.found for kind in KINDS if kind.level == 3} | {BY_NAME[name].found for name in CURED}
    assert {fault.key for fault in refused[3]} - {"more_rows"} == listed


def test_the_list_says_what_stands_where(spoilt):
    export = spoilt[3]
    for row in export.cells:
        if row["row"] and row["column"] and row["table"] != "handoffs":
            path = export.folder / f"{row['table']}.csv"
            encoding = "cp932" if row["table"] == "contracts" else "utf-8-sig"
            with path.open(encoding=encoding, newline="") as file:
                lines = list(csv.reader(file))
            column = {"segment": "Segment"}.get(row["column"], row["column"])
            cell = lines[int(row["row"]) - 1][lines[0].index(column)]
            assert cell == row["now"] or (row["column"] == "end" and cell < row["now"])  # one day less for all ends


def test_the_list_is_told_in_both_languages_beside_the_folder(spoilt):
    cells, summary = answer_files(spoilt[2].folder)
    text = summary.read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in spoilt[2].count)
    assert "What was spoilt" in text and "崩したところ" in text
    assert {cells, summary}.isdisjoint(spoilt[2].folder.iterdir())


@pytest.mark.slow
def test_the_same_cells_are_spoilt_however_offices_are_grouped(tmp_path, monkeypatch):
    plan, made = planned("tiny", ["accounts=2100", "months=6"], messy=3), []
    for name, size in (("one", 1), ("together", 4)):
        monkeypatch.setattr(offices, "OFFICES", size)
        folder = finish(begin(plan, tmp_path / name))
        found = [path for path in (*sorted(folder.iterdir()), answer_files(folder)[0])]
        made.append([path.read_bytes() for path in found])
    assert made[0] == made[1]


@pytest.mark.slow
@pytest.mark.parametrize("source", ["default_us", "calibration"])
def test_other_companies_are_spoilt_too(tmp_path, source):
    folder = finish(begin(planned(source, ["accounts=100", "months=24"], messy=1), tmp_path / "x"))
    keys = {note.key for note in load(f"folder:{folder}").notes}
    assert {"cells_cleaned", "cells_trimmed", "file_encoding", "open_end"} <= keys
