"""What is exported is read back equal; what cannot be exported leaves nothing behind."""

import datetime as dt
import errno
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.book import Book
from cslab.faults import UsageError
from cslab.sources import load
from cslab.sources.export import export
from cslab.tables import TABLES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tiny():
    return load("synthetic:tiny")


def same(book: Book, again: Book) -> None:
    assert list(book.tables) == [name for name in TABLES if name in book.tables]
    assert set(again.tables) == set(book.tables)
    for name, frame in book.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], frame, check_dtype=len(frame) > 0)  # no rows, no numbers
    wanted = (book.as_of, book.currency, book.window_start, book.synthetic, book.stock_sample)
    assert (again.as_of, again.currency, again.window_start, again.synthetic, again.stock_sample) == wanted


@pytest.mark.parametrize("as_of", ["", "2023-03-31", "2021-09-15"])
def test_a_synthetic_book_comes_back_equal_on_any_day(tmp_path, as_of):
    book = load("synthetic:tiny", as_of)
    again = load(f"folder:{export(book, tmp_path / '会社 1')}")
    same(book, again)
    assert again.truth is None


words = st.text(alphabet=st.characters(exclude_categories=["C", "Z"], exclude_characters="\ufffd"), min_size=1)
days = st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))
money = st.integers(0, 10**9) | st.floats(0, 10**9)


@st.composite
def books(draw):
    """A small company: some accounts with some columns, each with contracts of one product one after the other."""
    n = draw(st.integers(1, 6))
    ids = draw(st.lists(words, min_size=n, max_size=n, unique=True))
    accounts = pd.DataFrame({"account_id": ids})
    accounts["industry"] = draw(st.lists(words, min_size=n, max_size=n))
    accounts["employees"] = draw(st.lists(st.integers(1, 10**6), min_size=n, max_size=n))
    accounts["trial_usage"] = draw(st.lists(st.floats(0, 1), min_size=n, max_size=n))
    accounts["mrr0_amount"] = np.array(draw(st.lists(money, min_size=n, max_size=n)), dtype=float)
    accounts["is_legacy"] = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    starts = draw(st.lists(days, min_size=n, max_size=n))
    lengths = draw(st.lists(st.integers(1, 1000), min_size=n, max_size=n))
    contracts = pd.DataFrame({"account_id": ids, "start": pd.to_datetime(starts).astype("datetime64[ns]")})
    contracts["end"] = contracts["start"] + pd.to_timedelta(lengths, unit="D").astype("timedelta64[ns]")
    last = contracts["start"].max() + pd.Timedelta(days=draw(st.integers(0, 500)))
    tables = {"accounts": accounts, "contracts": contracts}
    return Book(tables, last, source=draw(st.text()), currency="JPY", synthetic=True)  # no pseudonyms


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(books())
def test_any_small_book_comes_back_equal(book):
    with tempfile.TemporaryDirectory() as place:
        same(book, load(f"folder:{export(book, Path(place) / 'x')}"))


def test_the_same_book_gives_the_same_bytes_with_bom_and_plain_line_ends(tmp_path, tiny):
    first, second = export(tiny, tmp_path / "a"), export(tiny, tmp_path / "deep" / "b")
    files = sorted(path.name for path in first.iterdir())
    assert files == sorted([*(f"{name}.csv" for name in tiny.tables), "cslab.toml"])
    for name in files:
        data = (first / name).read_bytes()
        assert data == (second / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") == name.endswith(".csv")
        assert b"\r" not in data


def test_no_truth_is_written(tmp_path, tiny):
    folder = export(tiny, tmp_path / "a")
    hidden = set(tiny.truth.accounts()) - {"account_id"}
    heads = [path.read_text(encoding="utf-8-sig").splitlines()[0].split(",") for path in folder.glob("*.csv")]
    assert not hidden & {name for head in heads for name in head}


def test_a_day_in_a_table_is_written_so_that_excel_and_people_read_it(tmp_path, tiny):
    lines = (export(tiny, tmp_path / "a") / "contracts.csv").read_text(encoding="utf-8-sig").splitlines()
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert pd.Timestamp(row["start"]).strftime("%Y-%m-%d") == row["start"]
    assert row["mrr_amount"].isdigit() and row["auto_renew"] in ("true", "false")


def refusal(book: Book, folder: Path, lang: str = "en") -> str:
    with pytest.raises(UsageError) as error:
        export(book, folder)
    text = error.value.text(lang)
    assert text.splitlines()[-1] == {"en": "Nothing was written.", "ja": "何も書き込んでいません。"}[lang]
    return text


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path, tiny):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "mine.txt" in refusal(tiny, tmp_path) and "another folder" in refusal(tiny, tmp_path)
    assert "別のフォルダー" in refusal(tiny, tmp_path, "ja")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "is a file" in refusal(tiny, tmp_path / "mine.txt")


def test_an_empty_folder_is_filled(tmp_path, tiny):
    (tmp_path / "empty").mkdir()
    assert (export(tiny, tmp_path / "empty") / "accounts.csv").is_file()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_disk_or_a_closed_folder_is_told_and_nothing_is_left_behind(tmp_path, tiny, monkeypatch, code):
    write, written = Path.write_bytes, []

    def fill_up(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            raise OSError(code, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    text = refusal(tiny, tmp_path / "new" / "deep" / "export")
    assert "No space left on device" in text and "free space" in text
    assert len(written) == 3
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_folder_can_be_made_is_told(tmp_path, tiny):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "could not be written" in refusal(tiny, tmp_path / "file" / "export")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_interruption_leaves_nothing_behind(tmp_path, tiny, monkeypatch):
    def interrupt(path: Path, data: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export(tiny, tmp_path / "export")
    assert list(tmp_path.iterdir()) == []


def test_a_day_before_the_first_customer_has_nothing_to_export(tmp_path, tiny):
    nobody = Book({name: frame.iloc[:0] for name, frame in tiny.tables.items()}, tiny.as_of)
    assert "no customers" in refusal(nobody, tmp_path / "a")


@pytest.mark.parametrize(
    ("toml", "part"), [("format = 2\n", "format 2"), ("format = 1\n", "cannot be read"), ("format = \n", "cslab.toml")]
)
def test_a_mark_that_cannot_be_understood_is_told(tmp_path, tiny, complaint, toml, part):
    folder = export(tiny, tmp_path / "a")
    (folder / "cslab.toml").write_text(toml, encoding="utf-8")
    assert part in complaint(folder)
