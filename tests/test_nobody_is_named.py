"""Planted names, mails, phones and notes come through every door, and stand in nothing that is made or said."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import cslab
from cslab import cli
from tests.planted import WORDS, leaks, leaks_below, planted, write_csv, write_log, write_parquet, write_workbook

DOORS = (
    "csv",
    "workbook",
    pytest.param("parquet", marks=pytest.mark.events),
    pytest.param("duckdb", marks=pytest.mark.events),
)


@pytest.fixture(scope="session")
def company() -> dict[str, pd.DataFrame]:
    """The planted company."""
    return planted()


@pytest.fixture
def door(company: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """The planted company behind a door, as a source string; files of its own go below a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))

    def make(kind: str) -> str:
        place = tmp_path / "in"
        if kind == "workbook":
            place.mkdir()
            few = {
                name: company[name] for name in ("accounts", "contracts", "csm", "contacts", "tickets", "interviews")
            }
            return f"folder:{write_workbook(place / 'book.xlsx', few)}"
        if kind == "duckdb":
            return _in_duckdb(place, company, monkeypatch)
        return f"folder:{(write_csv if kind == 'csv' else write_parquet)(place, company)}"

    return make


def _in_duckdb(place: Path, company: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> str:
    """The planted company in a DuckDB file, its log among the tables."""
    import duckdb

    place.mkdir()
    write_log(place, company)
    with duckdb.connect(str(place / "company.duckdb")) as engine:
        for name, frame in company.items():
            engine.register("held", frame)
            engine.execute(f'CREATE TABLE "{name}" AS SELECT * FROM held')
            engine.unregister("held")
        engine.execute(f"CREATE TABLE usage_events AS SELECT * FROM '{place / 'usage_events.parquet'}'")
    monkeypatch.setenv("CSLAB_DB_PLANTED_URL", f"duckdb:///{place / 'company.duckdb'}")
    return "database:planted"


def test_the_search_finds_planted_words_in_whatever_they_are_packed(
    company: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    write_csv(tmp_path / "csv", {"accounts": company["accounts"], "tickets": company["tickets"]})
    write_workbook(tmp_path / "book.xlsx", {"accounts": company["accounts"]})
    (tmp_path / "a.json").write_text(ascii(WORDS[0]), encoding="utf-8")
    found = leaks_below(tmp_path)
    assert len(found) == 4 and {word for words in found.values() for word in words} == set(WORDS)


@pytest.mark.parametrize("kind", DOORS)
def test_no_table_log_or_note_behind_a_door_names_anybody(door: Callable[[str], str], kind: str) -> None:
    book = cslab.load(door(kind))
    said = " ".join(note.text(lang) for note in book.notes for lang in ("en", "ja"))
    shown = {name: leaks(frame.to_csv()) for name, frame in book.tables.items()}
    assert book.confidential and not leaks(said) and not any(shown.values()), (said, shown)
    if book.log:
        events = book.usage_events
        assert len(events.to_pandas()) == len(book.accounts) and not leaks(events.to_pandas().to_csv())
        assert not leaks(repr(events))


def test_everything_still_fits_together_behind_the_door(door: Callable[[str], str]) -> None:
    book, bare = cslab.load(door("csv")), cslab.load("synthetic:tiny")
    for table in ("contracts", "usage_monthly", "touches", "contacts"):
        counted = [len(one.tables[table].merge(one.accounts[["account_id"]])) for one in (book, bare)]
        assert counted[0] == counted[1] > 0
    held = [one.touches.merge(one.csm, on="csm_id") for one in (book, bare)]
    assert len(held[0]) == len(held[1]) > 0


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Gives a verb in a language as it is typed, and returns all that it says."""

    def give(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["cslab", *arguments])
        with pytest.raises(SystemExit):
            cli.main()
        return "".join(capsys.readouterr())

    return give


def _pages(source: str, out: Path, all_of_them: bool = True) -> list[list[str]]:
    """Every verb that makes something of a source, as it is typed; or those few that say most."""
    pages = [
        ["readiness", source, "-o", str(out / "readiness.html")],
        ["explain-mapping", source],
        ["explain-mapping", source, "-o", str(out / "explained.html")],
        ["explain-mapping", source, "--draft", str(out / "draft.toml")],
        ["fit-scenario", source, "-o", str(out / "mine.toml")],
        ["dashboard", source, "-o", str(out / "dashboard.html")],
        ["export", source, "-o", str(out / "export")],
        ["chain", "test", "training", "--source", source, "-o", str(out / "chain.html")],
    ]
    return pages if all_of_them else pages[:3]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_verb_writes_or_says_anybodys_name(
    door: Callable[[str], str], give: Callable[..., str], tmp_path: Path, lang: str
) -> None:
    source, out = door("csv"), tmp_path / "out"
    out.mkdir()
    book = cslab.load(source)
    account = str(book.accounts["account_id"].iloc[0])
    verbs = _pages(source, out, all_of_them=lang == "ja")
    verbs += [["journey", "page", "--account", account, "--source", source, "-o", str(out / "map")]]
    said = {" ".join(verb[:2]): give(*verb, "--lang", lang) for verb in verbs}
    assert not any(map(leaks, said.values())) and leaks_below(out) == {}, said
    pages = [*out.glob("*.html")]
    assert len(pages) >= 2 and all("社外秘" in page.read_text("utf-8") or lang == "en" for page in pages), said
    assert all("CONFIDENTIAL" in page.read_text("utf-8") or lang == "ja" for page in pages)


@pytest.mark.slow
def test_no_verb_writes_into_the_kit_itself(door: Callable[[str], str], give: Callable[..., str]) -> None:
    from cslab.requirements import clone

    kit = clone()
    if kit is None:
        pytest.skip("cslab runs from an installed wheel")
    out = kit / "build" / "planted"
    for verb in _pages(door("csv"), out):
        if any(str(out) in word for word in verb):
            assert "kit's own folder" in give(*verb, "--lang", "en"), verb
    assert not out.exists()


@pytest.mark.course
def test_no_page_notebook_or_record_of_a_lesson_names_anybody(
    door: Callable[[str], str], give: Callable[..., str]
) -> None:
    said = give("run", "03", "--source", door("csv"), "--lang", "ja")
    made = Path.home() / "cslab" / "runs"
    assert not leaks(said) and leaks_below(made) == {}
    (page,) = made.rglob("*.html")
    assert "社外秘" in page.read_text("utf-8")


@pytest.mark.course
def test_a_lesson_that_fails_on_real_data_leaves_nobodys_name_either(
    door: Callable[[str], str], give: Callable[..., str], company: dict[str, pd.DataFrame]
) -> None:
    source = door("csv")
    accounts = pd.concat([company["accounts"], company["accounts"].head(1)])
    accounts.to_csv(Path(source.removeprefix("folder:")) / "accounts.csv", index=False, encoding="utf-8")
    said = give("run", "03", "--source", source, "--lang", "en")
    assert "accounts.csv" in said and not leaks(said)
