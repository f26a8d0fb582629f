"""An engagement model agrees with its matrix, its rule, the company's data and its own test, or is told where not."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cslab import sources
from cslab.course.homework import check_homework, find, template
from cslab.course.homework.document import read_document
from cslab.course.homework.model import find_model, find_tier
from cslab.sources import shipped
from cslab.words import LANGUAGES, word
from tests.course.homework.small_model import COMPANY, RULE, counted, fields, matrix, model, write

ROOT = Path(__file__).resolve().parents[3]
LOADED = cache(sources.load)


@pytest.fixture(autouse=True)
def one_company(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny company is simulated once."""
    monkeypatch.setattr(sources, "load", lambda source: LOADED(source))


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[str]]:
    """Checks a model with other values, and gives the keys of what is wrong; both languages can say it."""

    def check(cells: str = "", rule: str = RULE, company: str = COMPANY, **changed: str) -> list[str]:
        path = write(tmp_path, model(**changed), cells or matrix(), rule)
        faults = check_homework(path, {}, company).faults
        assert all("{" not in fault.text(lang) for fault in faults for lang in LANGUAGES)
        return [fault.key.removeprefix("homework_") for fault in faults]

    return check


def test_a_model_in_which_everything_agrees_passes(told):
    assert told() == []


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("model_unknown", {"model": "everything at once"}),
        ("fields_open", {"focus": "…"}),
        ("cell_other", {"costliest": "onboarding × mid"}),
        ("cell_other", {"costliest": "adoption"}),
        ("customers_other", {"tier_high": "3"}),
        ("number", {"tier_tech": "hardly any"}),
        ("load_other", {"load_2": "12"}),
        ("csms_few", {"csms_3": "1"}),
        ("number", {"csms_2": "as many as needed"}),
        ("hours_short", {"hours": "10"}),
        ("no_uncertainty", {"break_even_mid": "¥280k"}),
        ("no_figure", {"break_even_high": "high"}),
        ("onboarding_other", {"onboarding_touch": "high touch"}),
        ("onboarding_other", {"onboarding_touch": "as always"}),
        ("power_other", {"power": "99 %"}),
        ("number", {"per_arm": "all of them"}),
        ("beside", {"base": "99 %", "effect": "+5 points"}),
        ("date_past", {"until": "2025-03-31"}),
        ("date", {"until": "soon"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_agree_is_named_once(told, key, changed):
    assert told(**changed) == [key]


def test_a_tool_named_before_a_problem_is_refused(told):
    cells = matrix(problem="").replace(
        "    activity: a talk", "    tool: Zoom\n    problem: none\n    activity: a talk"
    )
    keys = told(cells)
    assert set(keys) == {"beside"} and len(keys) > 1  # by line, each cell once


@pytest.mark.parametrize("missing", ["goal", "metric", "owner"])
def test_a_cell_without_goal_metric_or_owner_is_refused(told, missing):
    cells = matrix().replace({"goal": "    goal: they get on\n", "metric": "    metric: share\n",
                              "owner": "    owner: cs\n"}[missing], "", 1)  # fmt: skip
    assert told(cells) == ["beside"]


def test_a_matrix_that_is_still_the_kits_is_told(told):
    assert "matrix_unchanged" in told(shipped.text("touch_matrix"))


def test_the_rule_in_the_file_is_the_one_that_is_counted(told):
    customers, _ = counted()
    nobody_mid = RULE.replace("mid: 0, high: 1.0e+12", "mid: 0, high: 0")
    keys = told(rule=nobody_mid, tier_high=str(customers), tier_mid="0")
    assert "customers_other" not in keys and "load_other" in keys


def test_the_onboarding_of_the_text_is_that_of_the_file(told):
    assert told(rule=RULE + "onboarding: mid\n", onboarding_touch="ミドルタッチ") == []


def test_a_rule_that_cannot_be_read_is_told_once_by_its_line(told):
    assert told(rule="rule: own\nlines: {mid: many}\n").count("beside") == 2  # the number, and the line left out


def test_without_the_company_that_is_told_once(told, tmp_path):
    assert told(company="") == ["beside"]


def test_files_that_are_part_of_the_answer_must_be_there(tmp_path):
    path = write(tmp_path, model(), matrix())
    (tmp_path / "tier_rule.yaml").unlink()
    keys = [fault.key for fault in check_homework(path, {}, COMPANY).faults]
    assert keys[0] == "homework_file_missing"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_has_a_line_for_each_field_that_is_asked_for(lang):
    homework = find("h2_engagement_model")
    text = template(homework.name, lang).read_text(encoding="utf-8")
    headings = [answer.heading.partition(" ")[2] for answer in read_document(template(homework.name, lang)).answers]
    assert [homework.heading(section, lang) for section in homework.sections] == headings[1:-1]
    lines = {line.removeprefix("- ").removesuffix(": …") for line in text.splitlines() if line.endswith(": …")}
    assert lines == {word(f"homework.field.{name}", lang) for section in fields().values() for name in section}


@pytest.mark.parametrize(
    ("name", "kind"), [("high touch", "high_touch"), ("テックタッチ", "tech_touch"), ("混合", "mixed"), ("both", "")]
)
def test_a_kind_of_model_is_found_in_either_language(name, kind):
    assert find_model(name) == kind


def test_the_model_comes_after_phases_journey_mission_and_touch():
    stems = [path.stem for path in sorted((ROOT / "notebooks" / "source").glob("*.py"))]
    places = [
        next(place for place, stem in enumerate(stems) if name in stem) for name in ("lifecycle", "journey", "touch")
    ]
    assert places == sorted(places)
    mission, model_ = (find(name).lesson for name in ("h1_mission", "h2_engagement_model"))
    assert stems[places[0]].startswith(mission) and stems[places[2]].startswith(model_)


def test_low_touch_is_mid_touch():
    assert (find_tier("ロータッチ"), find_tier("nobody")) == ("mid", "")


def test_the_words_of_the_kinds_are_those_of_the_domain():
    assert [word(f"homework.model.{kind}", "ja") for kind in ("high_touch", "tech_touch", "mixed")] == [
        *("ハイタッチ", "テックタッチ", "混合")
    ]


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("phase_unknown", {"focus": "some time or other"}),
        ("grade", {"grade": "Z"}),
        ("assumptions", {"assumptions": "none, see [E3]"}),
        ("limits_reversed", {"break_even_high": "¥700k (500 to 100k)"}),
        ("limits_reversed", {"break_even_high": "70万円(50〜10万円)"}),
        ("limits_beside", {"break_even_mid": "¥280k (300k to 650k, 95 %)"}),
        ("people", {"csms_3": "2500.5"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_meant_is_told(told, key, changed):
    assert told(**changed) == [key]


def test_a_tenth_of_the_hours_is_kept_free(told):
    _, load = counted()
    assert told(csms_3=str(int(3 * load / 130) + 1)) == ["csms_few"]
    assert told(csms_3=fields()["capacity"]["csms_3"]) == []


def test_a_sentence_that_stands_in_every_section_is_told_once(told):
    again = "We decide this together with everybody."
    assert told(reason=again, exceptions=again, told=again, agree=again) == ["said_again"]


def test_limits_in_their_order_around_the_amount_pass_with_units_written_once(told):
    assert told(break_even_mid="28万円(18〜65万円、95%区間、n = 120)", break_even_high="¥900k (600k to ∞)") == []


def test_a_rule_beyond_the_hours_there_are_is_noted_and_so_is_a_name_that_does_not_fit(tmp_path):
    path = write(tmp_path, model(model="Tech-touch", hours="10"), matrix())
    checked = check_homework(path, {}, COMPANY)
    assert [note.key for note in checked.notes] == ["homework_usual_hours", "homework_kind"]
    assert all("{" not in note.text(lang) for note in checked.notes for lang in LANGUAGES)
    assert check_homework(write(tmp_path, model(), matrix()), {}, COMPANY).notes == ()
