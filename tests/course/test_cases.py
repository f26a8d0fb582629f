"""Case cards say where every fact comes from, in both languages, and are never data."""

import pytest

from cslab.course.cases import ROWS, _all, case, show_case
from cslab.course.lesson import begin
from cslab.faults import UsageError
from cslab.words import LANGUAGES

NAMES = ("suica", "iphone", "toreta", "smarthr", "sansan", "repro")


def test_the_six_cases_are_there():
    assert set(NAMES) <= set(_all())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_case_says_what_it_is_about_and_what_is_missing_and_each_fact_has_a_source_and_a_grade(name, lang):
    found = case(name, lang)
    assert found["title"] and found["missing"] and found["facts"]
    assert any(found.get(row) for row in ROWS if row != "missing")
    assert all(fact["says"] and fact["source"] and fact["grade"] in "ABC" for fact in found["facts"])


def test_a_card_is_shown_in_the_lessons_language(capsys):
    begin("00", "synthetic:tiny", lang="ja")
    capsys.readouterr()
    show_case("suica")
    said = capsys.readouterr().out
    assert "等級C" in said and "ここからは分からないこと" in said and "grade" not in said


def test_an_unknown_case_is_refused_with_the_nearest():
    with pytest.raises(UsageError) as told:
        case("toretta")
    assert told.value.faults[0].values["near"] == "toreta"
