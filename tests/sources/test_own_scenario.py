"""A scenario in a file is simulated like one that comes with the kit, and a slip in it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.faults import UsageError
from cslab.sources import parse
from cslab.sources.own_scenario import read_scenario, scenario_text
from cslab.world import preset


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "自社 1.toml"
    path.write_text('base = "tiny"\naccounts = 40\nbadfit_share = 0.3\n', encoding="utf-8")
    return path


def test_a_file_stands_where_a_preset_stands_options_and_all(mine):
    book = cslab.load(f"synthetic:{mine}?seed=3&policy=all_high")
    same = cslab.load("synthetic:tiny?seed=3&policy=all_high&accounts=40&badfit_share=0.3")
    assert book.accounts.equals(same.accounts)
    assert (book.source, book.synthetic) == (f"synthetic:{mine}?seed=3&policy=all_high", True)
    assert book.truth is not None


def test_what_the_file_does_not_state_is_that_of_its_base(mine):
    assert replace(read_scenario(str(mine)), name="tiny", accounts=60, badfit_share=0.15) == preset("tiny")


def test_a_file_without_a_base_rests_on_the_default_company(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("accounts = 40", encoding="utf-8")
    assert read_scenario(str(path)).months == preset("default_jp").months


def test_a_company_of_a_file_has_a_story_of_its_own(mine):
    assert all("fit-scenario" in read_scenario(str(mine)).story(lang) for lang in ("en", "ja"))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("acounts = 40", {"scenario_unknown"}),
        ('accounts = "many"\nbadfit_share = 3', {"scenario_type", "scenario_range"}),
        ('base = "tinny"', {"unknown_preset"}),
        ('name = "mine"', {"scenario_unknown"}),
        ("accounts = ", {"own_scenario_unreadable"}),
    ],
)
def test_what_is_wrong_in_a_file_is_told_at_once(tmp_path, text, keys):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        cslab.load(f"synthetic:{path}")
    assert {fault.key for fault in error.value.faults} == keys
    assert "mine.toml" in error.value.text("en") or keys == {"unknown_preset"}


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\x82\xa0 = 1")
    with pytest.raises(UsageError) as error:
        read_scenario(str(path))
    assert error.value.faults[0].key == "own_scenario_unreadable"


def test_a_file_that_is_not_there_is_told_with_the_nearest_name(mine):
    with pytest.raises(UsageError) as error:
        read_scenario(str(mine.with_name("自社 2.toml")))
    assert str(mine) in error.value.text("ja")


def test_what_is_written_is_read_back_to_the_last_digit(tmp_path):
    scenario = preset("default_us").with_(mrr_log_sd="0.61234,0.5,0.6", window_start="2022-01-01", addons="effort")
    path = tmp_path / "mine.toml"
    path.write_text(scenario_text(scenario, "default_us", "One\nTwo"), encoding="utf-8")
    assert replace(read_scenario(str(path)), name="default_us") == scenario
    assert path.read_text(encoding="utf-8").startswith("# One\n# Two\nbase = ")


@pytest.mark.parametrize(
    ("written", "path", "params"),
    [
        ("synthetic:mine.toml", "mine.toml", {}),
        ("synthetic:a&b/mine.TOML?seed=7", "a&b/mine.TOML", {"seed": "7"}),
        ("synthetic:who?/mine.toml?seed=7&policy=rct", "who?/mine.toml", {"seed": "7", "policy": "rct"}),
    ],
)
def test_a_path_may_hold_what_would_begin_options(written, path, params):
    source = parse(written)
    assert (source.name, dict(source.params)) == (path, params)


def test_a_bare_file_is_told_how_it_is_written():
    with pytest.raises(UsageError) as error:
        parse("mine.toml?seed=3")
    assert error.value.faults[0].values["meant"] == "synthetic:mine.toml?seed=3"
