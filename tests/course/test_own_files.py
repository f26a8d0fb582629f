"""Somebody's own phases and journey map, by parameters alone: looked up before a run, carried through the lessons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cslab.course import named
from cslab.course.grid.grid import read
from cslab.course.kernels import nbformat
from cslab.course.lessons import Lesson, find
from cslab.course.notebook import fresh, text_of
from cslab.course.run import checked, run
from cslab.course.source import read_source
from cslab.faults import NotReady, UsageError

RULES = """\
name: own
clock: signed
marks:
  signed: {table: accounts, column: signed_on}
  live: {table: onboarding, column: done, where: {milestone: first_value}}
  left: {table: churn_events, column: effective_on, each: true}
  back: {table: churn_events, column: winback_on, each: true}
phases:
  setup: {since: signed, until: [live], target_days: 60, hours_per_case: 8, en: Setting up, ja: 立上期}
  running: {since: signed, hours_per_case: 3, en: Up and running, ja: 稼働期}
  gone: {since: left, until: [back], final: true, en: Gone, ja: 離脱}
precedence: [gone, setup, running]
"""
MAP = """\
journey: own
phases:
  - phase: 導入期
    steps:
      - step: chosen
        goal: {en: We have decided for it, ja: 導入を決めた}
        evidence: {table: accounts, column: signed_on}
        owner: sales
      - step: begun
        goal: {en: We know who does what by when, ja: 誰がいつまでに何をするか分かった}
        evidence: {table: onboarding, column: done, where: {milestone: kickoff}}
        owner: onboarding
        target_days: 20
  - phase: 運用期
    steps:
      - step: harvest
        goal: {en: We have got our first result, ja: 最初の成果を自社で出せた}
        evidence: {table: onboarding, column: done, where: {milestone: first_value}}
        owner: onboarding
        target_days: 60
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with somebody's rules and map, in which the command is given."""
    (tmp_path / "own.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(lesson: str, *wishes: str) -> list[str]:
    """What is said of parameters that cannot be used."""
    with pytest.raises(UsageError) as caught:
        checked(find(lesson), wishes, {})
    return [fault.text("en") for fault in caught.value.faults]


def test_a_relative_path_begins_where_the_command_is_given(own: Path) -> None:
    assert [*named.slips({"phase_rules": "own.yaml", "journey_map": "map.yaml", "result_step": "harvest"})] == []
    assert named.files({"phase_rules": "own.yaml", "other_rules": "sansan"}) == [Path("own.yaml")]


def test_what_is_not_there_is_told_before_anything_runs_with_the_nearest_name(own: Path) -> None:
    first, second = refused("02", "phase_rules=defualt", "other_rules=onw.yaml")
    assert first.startswith("phase_rules = defualt") and "nearest: default" in first
    assert second.startswith("other_rules = onw.yaml") and "nearest: own.yaml" in second and str(own) in second


def test_everything_that_is_wrong_with_a_file_is_told_with_its_lines(own: Path) -> None:
    wrong = RULES.replace("since: left", "since: lfet").replace("clock: signed", "")
    (own / "own.yaml").write_text(wrong, encoding="utf-8")
    (said,) = refused("02", "phase_rules=own.yaml")
    assert "the key clock is missing" in said and "lfet" in said and "nearest: left" in said


def test_a_result_step_must_be_a_step_of_the_map(own: Path) -> None:
    ((name, fault),) = named.slips({"journey_map": "map.yaml", "result_step": "harvset"})
    assert name == "result_step" and "harvest" in fault.text("ja")


def test_a_map_that_this_companys_tables_cannot_show_is_refused_with_its_line(own: Path) -> None:
    from cslab import load

    (own / "map.yaml").write_text(MAP.replace("milestone: first_value", "milestone: harvest"), encoding="utf-8")
    with pytest.raises(NotReady, match="line 16, step harvest"):
        named.require_evidence(load("synthetic:tiny"), {"journey_map": "map.yaml"})


def test_a_grid_is_refused_at_the_line_that_names_what_is_not_there(own: Path) -> None:
    (own / "grid.toml").write_text(
        '[fixed]\nsource = "synthetic:tiny"\n[product]\nphase_rules = ["own", "own.yaml"]\n', encoding="utf-8"
    )
    with pytest.raises(UsageError) as caught:
        read(own / "grid.toml", find("02"), "en", own)
    (fault,) = caught.value.faults
    assert "phase_rules = own:" in fault.text("en") and "grid.toml:4" in fault.text("en")


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lessons 02 and 03 as their sources stand, without outputs."""
    shelf = Path(__file__).parents[2] / "notebooks" / "source"
    nbformat()
    for number in ("02", "03"):
        (path,) = shelf.glob(f"{number}_*.py")
        notebook = tmp_path / f"{path.stem}.ipynb"
        notebook.write_text(text_of(fresh(read_source(path), "en")), encoding="utf-8")
    monkeypatch.setattr(Lesson, "notebook", lambda lesson, lang: tmp_path / f"{lesson.name}.ipynb")


def written(notebook: Path) -> str:
    """All that a notebook's cells have put out, as text."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return "\n".join("".join(output.get("data", {}).get("text/plain", output.get("text", ""))) for output in outputs)


@pytest.mark.course
@pytest.mark.usefixtures("sources")
def test_own_phases_go_through_all_of_lesson_02_under_their_own_names(own: Path) -> None:
    outcome = run("02", source="synthetic:tiny", lang="en", wishes=["phase_rules=own.yaml"], folder=own / "out")
    assert not outcome.failed, outcome.error
    said = written(own / "out" / "02_lifecycle_mapping.ipynb")
    assert "into Up and running" in said or "into Setting up" in said
    assert "Your rules (own)" not in said  # their hours are used, in sections 6 and 7 too


@pytest.mark.course
@pytest.mark.usefixtures("sources")
def test_where_the_truth_is_known_m07_compares_what_either_choice_would_truly_bring(own: Path) -> None:
    outcome = run("02", source="synthetic:tiny", lang="en", folder=own / "out")
    (found,) = [one for one in outcome.record["verdicts"] if one["misconception"] == "M07"]
    naive, better, most = (found[role]["estimate"] for role in ("naive", "better", "truth"))
    assert max(naive, better) <= most  # nobody's choice brings more than the best one


@pytest.mark.course
@pytest.mark.usefixtures("sources")
def test_an_own_map_of_three_steps_goes_through_all_of_lesson_03(own: Path) -> None:
    wishes = ["journey_map=map.yaml", "result_step=harvest"]
    outcome = run("03", source="synthetic:tiny", lang="en", wishes=wishes, folder=own / "out")
    assert not outcome.failed, outcome.error
    said = written(own / "out" / "03_journey_map_and_handoffs.ipynb")
    assert "of 3 steps reached so far" in said and "We have got our first result" in said
