"""Each trainee's decision is read, checked against what was handed out, and held against the truth of one company."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab.course.reveal import missions
from cslab.course.reveal.missions import Truth
from cslab.course.reveal.standing import Standing, begin, finish
from cslab.faults import UsageError
from tests.course.reveal.small_class import KEY, hand_in, hand_in_all, mission, truth


@pytest.fixture(autouse=True)
def class_of_four(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was true, without its companies."""
    monkeypatch.setattr(missions, "truth_of", lambda company, hours: truth())


def found(place: Path) -> dict[str, Standing]:
    return {one.handed.trainee: one for one in finish(begin(place, KEY))}


def test_each_of_the_list_comes_out_as_what_it_is(tmp_path):
    outcomes = {name: one.outcome for name, one in found(hand_in_all(tmp_path)).items()}
    assert outcomes == {"山田 花子": "complete", "Kim": "incomplete", "Li": "unreadable", "Sato": "absent"}


def test_a_decision_is_read_in_either_language(tmp_path):
    one = found(hand_in_all(tmp_path))["山田 花子"].decision
    assert (one.chosen, one.second, one.step, one.hours) == ("renewal", "onboarding", "renewal_decided", (300, 200))


def test_the_best_choice_gives_up_nothing_and_another_what_it_lacks(tmp_path):
    by_name = found(hand_in_all(tmp_path))
    assert by_name["山田 花子"].found.regret.share == 0
    assert by_name["Kim"].found.regret.amount == pytest.approx(1e6 - 3e5)  # adoption instead of renewal
    assert by_name["Kim"].found.best == "renewal"


def test_a_mission_without_a_step_or_with_other_hours_than_were_handed_out_is_not_let_through(tmp_path):
    keys = [fault.key for fault in found(hand_in_all(tmp_path))["Kim"].faults]
    assert keys == ["homework_front_changed", "homework_fields_open"]


def test_only_those_who_handed_something_in_have_their_companies_looked_up(tmp_path):
    assert set(begin(hand_in_all(tmp_path), KEY).companies) == {"山田 花子", "Kim", "Li"}


def test_without_a_phase_that_can_be_read_there_is_a_truth_but_no_regret(tmp_path):
    hand_in(tmp_path / "Sato", mission("Sato", "ja", "検討・評価", "kickoff", "…", "1", "2"), "ja")
    one = found(tmp_path)["Sato"]
    assert (one.decision.chosen, one.found.regret, one.found.best) == ("", None, "renewal")


def test_a_stranger_is_told_and_stops_nobody(tmp_path):
    hand_in_all(tmp_path)
    (tmp_path / "Tanaka").mkdir()
    (tmp_path / "Tanaka" / "h1_mission.md").write_text("---\n---\n", encoding="utf-8")
    by_name = found(tmp_path)
    assert [fault.key for fault in by_name["Tanaka"].faults] == ["reveal_stranger"]
    assert by_name["山田 花子"].outcome == "complete"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"---\n: [\n---\n", b"PK\x03\x04"])
def test_a_text_that_cannot_be_read_stops_nobody(tmp_path, content):
    hand_in_all(tmp_path)
    (tmp_path / "Kim" / "h1_mission.md").write_bytes(content)
    by_name = found(tmp_path)
    assert by_name["Kim"].outcome == "incomplete" and by_name["Kim"].found.regret is None
    assert by_name["山田 花子"].outcome == "complete"


def test_where_nobody_of_the_list_handed_anything_in_that_is_told(tmp_path):
    (tmp_path / "Tanaka").mkdir()
    (tmp_path / "Tanaka" / "h1_mission.md").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        begin(tmp_path, KEY)
    assert [fault.key for fault in caught.value.faults] == ["reveal_nothing"]


def test_each_is_told_when_its_company_is_done(tmp_path):
    told: list[str] = []
    finish(begin(hand_in_all(tmp_path), KEY), tell=told.append)
    assert sorted(told) == sorted(["山田 花子", "Kim", "Li"])


def test_a_phase_of_which_nothing_is_known_is_never_first():
    table = truth().table.assign(gain_amount=[None, 1.0, None, 0.5])
    assert Truth(table, "JPY").first("gain_amount") == "onboarding"
