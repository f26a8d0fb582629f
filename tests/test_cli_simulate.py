"""The verb ``simulate``: what it takes, what it says, how it ends."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cslab import cli, load
from cslab.sources import simulate

pytestmark = pytest.mark.slow


@pytest.fixture
def verb(monkeypatch, capsys):
    """Gives the verb as it is typed, and returns exit code, output and complaints."""
    monkeypatch.setenv("CSLAB_LANG", "en")

    def give(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", "simulate", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


def test_everything_typed_reaches_the_company(verb, tmp_path):
    folder = tmp_path / "会社 1"
    company = ("--accounts", "30", "--seed", "3", "--months", "12", "--policy", "rct", "-p", "badfit_share=0.3")
    code, said, _ = verb("tiny", *company, "-j", "1", "-o", str(folder))
    assert code == 0 and f"folder:{folder}" in said and "[1/2] accounts 1–30\n[2/2] 会社 1\n" in said
    source = "synthetic:tiny?accounts=30&badfit_share=0.3&months=12&policy=rct&seed=3"
    assert f'source = "{source}"' in (folder / "cslab.toml").read_text(encoding="utf-8")
    assert load(f"folder:{folder}").accounts.equals(load(source).accounts)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("tinny",), "tiny"),
        (("tiny", "--months", "0"), "months = 0"),
        (("tiny", "--accounts", "0"), "accounts = 0"),
        (("tiny", "--accounts", "many"), "accounts = many"),
        (("tiny", "--seed", "-1"), "seed = -1"),
        (("tiny", "-p", "badfit_shere=0.3"), "badfit_share"),
        (("tiny", "-p", "badfit_share"), "name=value"),
        (("tiny", "--seed", "3", "-p", "seed=4"), "given twice"),
        (("tiny", "--policy", "rtc"), "rct"),
        (("tiny", "--format", "parket"), "parquet"),
        (("tiny", "--messy", "4"), "--messy 4"),
        (("tiny", "--messy", "1", "--format", "parquet"), "Leave --format parquet out"),
        (("tiny", "-j", "0"), "-j 0"),
        (("tiny", "-j", "x"), "-j x"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(verb, tmp_path, monkeypatch, typed, told):
    monkeypatch.chdir(tmp_path)
    code, said, complained = verb(*typed, "-o", "jp")
    assert (code, said) == (2, "")
    assert told in complained and "Traceback" not in complained
    assert list(tmp_path.iterdir()) == []
    japanese = verb(*typed, "-o", "jp", "--lang", "ja")[2]
    assert japanese != complained and any(letter in japanese for letter in "はをがの")


def test_without_a_folder_nothing_is_begun(verb):
    code, _, complained = verb("tiny")
    assert code == 2 and "DIR" in complained


def test_a_folder_that_holds_something_is_refused(verb, tmp_path):
    (tmp_path / "mine.txt").touch()
    code, _, complained = verb("tiny", "-o", str(tmp_path))
    assert code == 2 and "mine.txt" in complained


def test_an_interruption_says_what_is_kept_and_the_next_call_goes_on(verb, tmp_path, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    put_together = simulate._put_together
    monkeypatch.setattr(simulate, "_put_together", interrupt)
    code, _, complained = verb("tiny", "--accounts", "30", "-j", "1", "-o", str(tmp_path / "jp"))
    assert code == 130 and "jp.unfinished" in complained and "Traceback" not in complained
    monkeypatch.setattr(simulate, "_put_together", put_together)
    code, said, _ = verb("tiny", "--accounts", "30", "-o", str(tmp_path / "jp"))
    assert code == 0 and "1 of 1 parts were finished" in said and "[1/1] jp" in said


def test_the_list_of_what_was_spoilt_is_named(verb, tmp_path):
    said = verb("tiny", "--messy", "1", "-j", "1", "-o", str(tmp_path / "jp"))[1]
    assert "jp.spoilt.md" in said and "jp.spoilt.csv" in said


@pytest.mark.parametrize(("seed", "warned"), [("7", True), (str(2**60), False)])
def test_a_hidden_seed_that_could_be_tried_out_is_pointed_out(verb, tmp_path: Path, seed, warned):
    said = verb("tiny", "--accounts", "30", "--seed", seed, "--hide-seed", "-j", "1", "-o", str(tmp_path / "jp"))[1]
    assert ("--seed" in said) is warned
    assert seed not in (tmp_path / "jp" / "cslab.toml").read_text(encoding="utf-8")
