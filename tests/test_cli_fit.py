"""``cslab fit-scenario``: what it prints, writes and refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

import cslab
from cslab import cli
from cslab.book import Note
from cslab.measure import fit


@pytest.fixture
def verb(monkeypatch, capsys):
    """Gives the verb as it is typed, and returns exit code, output and complaints."""
    monkeypatch.setenv("CSLAB_LANG", "en")

    def give(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", "fit-scenario", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


@pytest.fixture
def fitted(monkeypatch):
    """A fit that takes no time: two numbers, one of them off."""
    from cslab.world import preset

    row = {"group": "smb", "level": 0, "low": 0.01, "high": 0.03, "n": 9, "method": "mean", "reference_low": 0.05}
    rows = [
        {**row, "statistic": "leave_term", "estimate": 0.02, "world": 0.021, "fitted": True, "holds": True},
        {**row, "statistic": "renewed", "estimate": 0.02, "world": 0.2, "fitted": False, "holds": False},
    ]
    found = pd.DataFrame(rows).assign(reference_high=0.05)
    found.attrs["currency"] = "JPY"
    scenario = preset("tiny").with_(accounts=77)
    whole = fit.Fitted(scenario, "tiny", found, (Note("fit_never", {"preset": "tiny"}),))
    monkeypatch.setattr(fit, "fit_scenario", lambda book: whole)


def test_what_was_fitted_and_what_was_not_is_told_apart_in_both_languages(verb, fitted):
    code, said, _ = verb("synthetic:tiny")
    first, second = said.split("Not fitted")
    assert code == 0
    assert "✔" in first and "2.1%" in first and "1% – 3%" in first
    assert "✘" in second and "20%" in second and "touch and programmes" in second
    assert "合わせた値" in verb("synthetic:tiny", "--lang", "ja")[1]


def test_the_file_is_a_source(verb, fitted, tmp_path):
    path = tmp_path / "new" / "mine.toml"
    code, said, _ = verb("synthetic:tiny", "-o", str(path))
    assert code == 0 and f"synthetic:{path}" in said
    assert "touch and programmes" in path.read_text(encoding="utf-8")
    assert len(cslab.load(f"synthetic:{path}").accounts) > 60


@pytest.mark.parametrize(("name", "key"), [("mine.txt", "mine.toml"), ("there.toml", "is there already")])
def test_a_file_that_is_no_scenario_or_that_is_there_is_refused(verb, fitted, tmp_path, name, key):
    (tmp_path / "there.toml").write_text("accounts = 1", encoding="utf-8")
    code, said, complained = verb("synthetic:tiny", "-o", str(tmp_path / name))
    assert (code, said) == (2, "")
    assert key in complained
    assert (tmp_path / "there.toml").read_text(encoding="utf-8") == "accounts = 1"


def test_a_source_without_contracts_is_refused(verb, tmp_path):
    (tmp_path / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    (tmp_path / "deals.csv").write_text("deal_id,engaged_on,stage\nD1,2024-04-01,open\n", encoding="utf-8")
    assert verb(f"folder:{tmp_path}")[0] == 2


def test_a_file_fitted_to_real_data_says_so_and_stays_out_of_the_kit(verb, fitted, tmp_path):
    (tmp_path / "accounts.csv").write_text("account_id,account_name\nA1,山田商事\n", encoding="utf-8")
    rows = "account_id,start,end\nA1,2023-04-01,2024-04-01\n"
    (tmp_path / "contracts.csv").write_text(rows, encoding="utf-8")
    inside = Path(cslab.__file__).parents[1] / "build" / "mine.toml"
    code, _, complained = verb(f"folder:{tmp_path}", "-o", str(inside))
    assert code == 2 and "-o" in complained and not inside.exists()
    assert verb(f"folder:{tmp_path}", "-o", str(tmp_path / "mine.toml"))[0] == 0
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    assert "CONFIDENTIAL" in text.splitlines()[0].upper() and "山田" not in text
