"""The pages and the sheet of a reveal: each trainee reads of one company only, no name stands on what is projected."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cslab import cli
from cslab.course import assign
from cslab.course.reveal import missions
from cslab.course.reveal.feedback import feedback_page
from cslab.course.reveal.missions import MISSIONS, regret_sentence
from cslab.course.reveal.page import reveal_page
from cslab.course.reveal.phases import phase_table
from cslab.course.reveal.results import Results
from cslab.course.reveal.standing import Standing, begin, finish
from cslab.course.selfcontained import outside
from cslab.faults import UsageError
from cslab.words import LANGUAGES, word
from tests.course.reveal.small_class import KEY, hand_in_all, truth

BEST = {"山田 花子": "renewal", "Kim": "onboarding", "Li": "purchase"}


@pytest.fixture(autouse=True)
def without_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick tests need no picture to be drawn."""
    if request.node.get_closest_marker("slow") is None:
        monkeypatch.setattr(missions, "phase_picture", lambda truth, lang: "<figure></figure>")


@pytest.fixture
def revealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Standing, ...]:
    """The class of four; in each company another phase was best."""
    monkeypatch.setattr(assign, "read_key", lambda folder: KEY)
    best = {held.company: BEST.get(held.name, "renewal") for held in KEY.trainees}
    monkeypatch.setattr(missions, "truth_of", lambda company, hours: truth(best[company]))
    return finish(begin(hand_in_all(tmp_path / "in"), KEY))


def of(found: Sequence[Standing], name: str) -> Standing:
    return next(one for one in found if one.handed.trainee == name)


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_of_a_trainee_stands_outside_a_fold_of_the_page_to_project(revealed, lang):
    page = reveal_page(revealed, KEY, lang)
    shown = re.sub(r'<details class="part">.*?</details>', "", page, flags=re.DOTALL)
    assert [held.name for held in KEY.trainees if held.name in shown] == []
    assert [held.name for held in KEY.trainees if held.name not in page] == []


def test_the_page_to_project_counts_what_was_best_first_by_the_data_and_chosen(revealed):
    page = reveal_page(revealed, KEY, "en")
    rows = re.findall(r"<tr><td>(\w+)</td><td>(.)</td><td>(.)</td><td>(.)</td></tr>", page)
    counted = {name: numbers for name, *numbers in rows}
    assert counted["onboarding"] == ["1", "3", "–"]
    assert counted["adoption"] == ["–", "–", "1"]
    assert "1 of 2 chose the phase" in page and "right in 1 of 2 companies" in page


def test_a_choice_is_held_against_the_best_phase_in_a_sentence(revealed):
    assert regret_sentence(of(revealed, "山田 花子"), "en") == word(
        "reveal.regret.none", "en", chosen="renewal / expansion"
    )
    said = regret_sentence(of(revealed, "Kim"), "en")  # adoption, 300k, instead of onboarding, 1M
    assert "¥700k" in said and "70%" in said


def test_a_trainee_reads_of_the_own_company_and_of_no_other(revealed):
    page = feedback_page(of(revealed, "Kim"), MISSIONS, "en")
    assert "Kim" in page and not any(name in page for name in ("山田", "Li<", "Sato"))
    assert "truly best" in page and "<figure" in page


def test_whoever_has_not_decided_is_not_told_what_was_true(revealed):
    page = feedback_page(of(revealed, "Li"), MISSIONS, "en")
    assert word("reveal.h1_mission.undecided", "en") in page
    assert "<figure" not in page and "truly best" not in page


def test_what_is_missing_stands_on_the_page_and_nothing_in_it_is_html(revealed, tmp_path):
    text = (tmp_path / "in" / "Kim" / "h1_mission.md").read_text(encoding="utf-8")
    (tmp_path / "in" / "Kim" / "h1_mission.md").write_text(text.replace("adoption", "<b>adoption"), encoding="utf-8")
    kim = of(begin(tmp_path / "in", KEY).standings, "Kim")
    page = feedback_page(kim, MISSIONS, "en")
    assert "&lt;b&gt;adoption" in page and "<b>adoption" not in page


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_stands_in_its_place_and_every_page_is_complete_in_itself(revealed, tmp_path, lang):
    results = Results(tmp_path / "out" / "h1.csv", MISSIONS)
    results.write(revealed, KEY, lang)
    found = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    pages = {f"h1/feedback/{name}.html" for name in ("山田_花子", "Kim", "Li", "Sato")}
    assert found == {"h1.csv", "h1/reveal.html", "h1/companies.csv", *pages}
    written = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.html")]
    assert [thing for page in written for thing in outside(page)] == []


def test_the_sheet_has_a_line_for_each_of_the_list_with_choice_hours_and_regret(revealed, tmp_path):
    Results(tmp_path / "h1.csv", MISSIONS).write(revealed, KEY, "en")
    by_name = {line["trainee"]: line for line in lines(tmp_path / "h1.csv")}
    assert list(by_name) == [held.name for held in KEY.trainees]
    kim = by_name["Kim"]
    assert (kim["outcome"], kim["missing"], kim["phase"], kim["best_phase"]) == (
        "incomplete",
        "2",
        "adoption",
        "onboarding",
    )
    assert (kim["prevention_hours"], kim["firefighting_hours"]) == ("400", "300")
    assert (kim["regret_amount"], kim["regret_share"]) == ("700000", "0.7000")
    assert by_name["山田 花子"]["regret_share"] == "0.0000" and by_name["Sato"]["outcome"] == "absent"


def test_the_sheet_of_companies_has_what_was_true_of_each_phase(revealed, tmp_path):
    results = Results(tmp_path / "h1.csv", MISSIONS)
    results.write(revealed, KEY, "en")
    found = lines(results.shelf.folder / "companies.csv")
    assert len(found) == 3 * 4 and list(found[0]) == list(results.company_columns)
    assert {line["stuck_share"] for line in found if line["phase"] == "adoption"} == {""}


def test_a_second_reveal_takes_the_place_of_the_first_and_somebody_elses_file_is_left_alone(revealed, tmp_path):
    results = Results(tmp_path / "h1.csv", MISSIONS)
    for _ in range(2):
        results.shelf.refuse_others()
        results.write(revealed, KEY, "en")
    (tmp_path / "notes.csv").write_text("name;points\n", encoding="utf-8")
    with pytest.raises(UsageError, match="--force"):
        Results(tmp_path / "notes.csv", MISSIONS).shelf.refuse_others()


def test_the_verb_shows_the_class_and_says_where_everything_is(revealed, tmp_path, monkeypatch, capsys):
    out = tmp_path / "h1.csv"
    arguments = ["reveal", str(tmp_path / "in"), "--class", str(tmp_path), "-o", str(out), "--lang", "ja", "-j", "1"]
    monkeypatch.setattr(sys, "argv", ["cslab", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().out
    assert not ended.value.code and "山田 花子" in said and "70%" in said and "reveal.html" in said
    assert lines(out)[0].keys() == dict.fromkeys(Results(out, MISSIONS).columns).keys()


def test_money_of_the_companies_stands_as_whole_numbers_below_nought_too(revealed, tmp_path):
    kim = of(revealed, "Kim")
    assert kim.found is not None
    kim.found.truth.table.loc[0, ["gain_amount", "per_hour"]] = [-130_384.4, -260.77]
    kim.found.truth.table.loc[1, "gain_amount"] = 1_035_630.2
    results = Results(tmp_path / "h1.csv", MISSIONS)
    results.write(revealed, KEY, "en")
    found = [line for line in lines(results.shelf.folder / "companies.csv") if line["trainee"] == "Kim"]
    assert [line["gain_amount"] for line in found[:2]] == ["-130384", "1035630"]
    assert found[0]["per_hour"] == "-261" and found[0]["stuck_share"] == "0.6"


def test_a_phase_is_never_marked_as_chosen_and_second_best_at_once(revealed):
    kim = of(revealed, "Kim")
    second = word("reveal.mark.second", "en")
    same = replace(kim, decision=replace(kim.decision, second=kim.decision.chosen))
    assert second in phase_table(kim, "en")
    assert second not in phase_table(same, "en")


def test_the_page_of_one_who_handed_in_nothing_promises_no_truth(revealed):
    page = feedback_page(of(revealed, "Sato"), MISSIONS, "en")
    assert word("reveal.h1_mission.absent", "en") in page
    assert word("reveal.feedback.about", "en") not in page
