"""The committed sample company and the data dictionary are what the code makes today."""

from pathlib import Path

import pytest

from cslab.sources import load
from cslab.sources.dictionary import dictionary_markdown
from cslab.sources.sample import write_sample
from cslab.tables import TABLES

DATASETS = Path(__file__).parents[2] / "datasets"


def test_the_committed_sample_is_written_again_byte_for_byte(tmp_path):
    fresh = {path.name: path.read_bytes() for path in write_sample(tmp_path / "sample").iterdir()}
    committed = {path.name: path.read_bytes() for path in (DATASETS / "sample").iterdir()}
    assert fresh.keys() == committed.keys()
    changed = [name for name, data in fresh.items() if data != committed[name]]
    assert not changed, f"{changed} differ: remove datasets/sample and run: cslab sample -o datasets/sample"


def test_the_sample_is_opened_like_any_export():
    book = load(f"folder:{DATASETS / 'sample'}")
    assert set(book.tables) == set(TABLES)
    assert book.synthetic and not book.notes and 200 <= len(book.accounts) <= 300


def test_the_committed_dictionary_is_what_the_tables_declare():
    assert (DATASETS / "README.md").read_text(encoding="utf-8") == dictionary_markdown()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_is_described_in_both_languages(table):
    lines = dictionary_markdown().splitlines()
    for column in table.columns:
        rows = [line for line in lines if line.startswith(f"| `{column.name}` |")]
        assert any(column.en in row for row in rows) and any(column.ja in row for row in rows)
