"""Presets are whole; whatever is wrong with an override is said, all at once, with the way on."""

import pytest

from cslab.faults import UsageError
from cslab.words import LANGUAGES
from cslab.world import policy, preset, presets
from cslab.world.addons import ADDONS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", presets())
def test_every_preset_loads_and_tells_its_story_in_both_languages(name, lang):
    assert preset(name).name == name
    assert len(preset(name).story(lang)) > 50


def test_add_ons_are_all_on_by_default_and_switched_by_name():
    default = preset("default_jp")
    assert default.addons == ADDONS == default.with_(addons="all").addons
    assert default.with_(addons="none").addons == preset("calibration").addons == ()
    assert default.with_(addons="effort, incidents").addons == ("effort", "incidents")


def test_the_calibration_world_differs_from_the_default_in_its_calendar_only():
    base, other = preset("default_jp"), preset("calibration")
    differing = {name for name in vars(base) if getattr(base, name) != getattr(other, name)}
    assert differing == {"name", "addons", "programs", "accounts", "months", "first_arrival", "growth_per_year"}


def test_text_is_read_as_the_parameter_means_it():
    changed = preset("tiny").with_(
        accounts="700", badfit_share="0.3", segment_share="0.5,0.3,0.2", window_start="2022-01-01"
    )
    assert (changed.accounts, changed.badfit_share, changed.segment_share) == (700, 0.3, (0.5, 0.3, 0.2))
    assert (changed.window_start.year, changed.months) == (2022, preset("tiny").months)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("accounts", "0", "scenario_range"),
        ("accounts", "many", "scenario_type"),
        ("accounts", "2.5", "scenario_type"),
        ("months", "-3", "scenario_range"),
        ("seed", "-1", "scenario_range"),
        ("badfit_share", "1.2", "scenario_range"),
        ("badfit_share", "nan", "scenario_type"),
        ("segment_share", "0.7,0.3", "scenario_list"),
        ("segment_share", "0.7,0.2,0.2", "scenario_total"),
        ("segment_share", "0.7,0.2,x", "scenario_list"),
        ("segment_share", "1.2,-0.2,0", "scenario_range"),
        ("expansion_hazard", 0.5, "scenario_list"),
        ("window_start", "2021-04-02", "scenario_type"),
        ("window_start", "soon", "scenario_type"),
        ("window_start", "0001-01-01", "scenario_type"),
        ("currency", "", "scenario_type"),
        ("addons", "incidents,effrot", "scenario_name"),
        ("last_arrival", "-50", "scenario_arrivals"),
        ("name", "mine", "scenario_unknown"),
        ("acounts", "5", "scenario_unknown"),
    ],
)
def test_a_value_that_cannot_be_is_refused(name, value, key):
    with pytest.raises(UsageError) as caught:
        preset("default_jp").with_(**{name: value})
    (fault,) = caught.value.faults
    assert fault.key == key
    assert all(name in fault.text(lang) or key == "scenario_arrivals" for lang in LANGUAGES)


def test_all_faults_are_named_at_once_and_the_nearest_parameter_with_them():
    with pytest.raises(UsageError) as caught:
        preset("default_jp").with_(badfitshare="0.3", months="x", segment_share="1,1,1")
    assert {fault.values["name"] for fault in caught.value.faults} == {"badfitshare", "months", "segment_share"}
    assert "badfit_share" in caught.value.text("en") and "synthetic:default_jp" in caught.value.text("ja")


def test_an_unknown_preset_or_policy_is_refused_with_the_nearest_and_all_known():
    with pytest.raises(UsageError, match="Nearest: default_jp"):
        preset("defualt_jp")
    with pytest.raises(UsageError, match=r"Nearest: pure_rule\. Known: rule, pure_rule, all_tech"):
        policy("purerule")
