"""``load`` finds the door, and the day."""

import pytest

import cslab
from cslab.faults import UsageError


def said(source: str, as_of: str = "", lang: str = "en", kind: type = UsageError) -> str:
    with pytest.raises(kind) as error:
        cslab.load(source, as_of)
    return error.value.text(lang)


def test_a_database_that_nobody_has_described_says_where_to_describe_it(monkeypatch, tmp_path):
    monkeypatch.setenv("CSLAB_DATABASES", str(tmp_path / "databases.toml"))
    for lang in ("en", "ja"):
        told = said("database:sales", lang=lang)
        assert str(tmp_path / "databases.toml") in told and "CSLAB_DB_SALES_URL" in told and "[sales]" in told


def test_the_parameters_behind_the_question_mark_reach_the_simulator():
    book = cslab.load("synthetic:tiny?seed=5&accounts=40&months=12")
    assert len(book.accounts) <= 40
    assert str(book.as_of.date()) == "2022-03-31"
    assert book.source == "synthetic:tiny?seed=5&accounts=40&months=12"
    assert not book.accounts.equals(cslab.load("synthetic:tiny?seed=6&accounts=40&months=12").accounts)


def test_all_faults_of_a_synthetic_source_are_told_at_once():
    text = said("synthetic:tiny?sed=3&accounts=-1&policy=rul")
    assert all(part in text for part in ("sed", "seed", "accounts = -1", "policy = rul", "rule"))


def test_an_unknown_preset_is_told_with_the_nearest():
    assert "tiny" in said("synthetic:tyni")


def test_a_day_shows_the_company_as_it_was_known_then():
    book = cslab.load("synthetic:tiny", as_of="2023-03-31")
    assert str(book.as_of.date()) == "2023-03-31"
    assert (book.contracts["start"] <= "2023-03-31").all()


@pytest.mark.parametrize("as_of", ["yesterday", "01/02/2024", "2024-13-01", "31-03-2024", "2024年3月"])
def test_a_day_that_cannot_be_read_is_told_with_the_right_form(as_of):
    assert as_of in said("synthetic:tiny", as_of)
    assert "2024-03-31" in said("synthetic:tiny", as_of, "ja")


def test_a_day_after_the_data_is_told_with_the_last_one():
    assert "2025-03-31" in said("synthetic:tiny", "2031-01-01")
