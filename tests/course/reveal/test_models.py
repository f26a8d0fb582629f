"""Engagement models when they come back: scored against the best within the hours, ranked, told to each alone."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from cslab import sources
from cslab.course.homework import check_homework
from cslab.course.reveal import models
from cslab.course.reveal.feedback import feedback_page
from cslab.course.reveal.held import Model
from cslab.course.reveal.models import COLUMNS, MODELS
from cslab.course.reveal.page import listed, reveal_page
from cslab.course.reveal.plans import plan_table, score_sentence
from cslab.course.reveal.ranking import ranks, score_of
from cslab.course.reveal.results import Results
from cslab.course.selfcontained import outside
from cslab.measure.touch import read_tier_rule
from cslab.words import LANGUAGES, word
from tests.course.homework.small_model import RULE, matrix, model, write
from tests.course.reveal.small_models import KEY, NAMES, class_of_five, standing

LOADED = cache(sources.load)


@pytest.fixture(autouse=True)
def one_company(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny company is simulated once."""
    monkeypatch.setattr(sources, "load", lambda source: LOADED(source))


@pytest.fixture(autouse=True)
def without_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick tests need no picture to be drawn."""
    if request.node.get_closest_marker("slow") is None:
        monkeypatch.setattr(models, "picture", lambda ax: "<figure></figure>")
        monkeypatch.setattr("cslab.figures.engagement.plans", lambda *_, **__: None)


def test_the_ranking_goes_by_score_and_leaves_out_who_takes_more_hours_than_there_are():
    assert ranks(class_of_five()) == {NAMES[0]: 1, "Kim": 2}


def test_a_first_place_below_the_present_model_says_so():
    assert score_of(standing("Kim", 0.8e6), "en") == "-20% (worse than the present model)"
    assert score_of(standing("Kim", 1.5e6), "en") == "50%"


def test_equal_scores_share_a_place_and_the_next_one_is_left_free():
    three = [standing(NAMES[0], 1.5e6), standing("Kim", 1.5e6), standing("Li", 1.2e6)]
    assert list(ranks(three).values()) == [1, 1, 3]


def test_a_score_is_said_with_what_was_gained_and_what_was_possible():
    yamada, kim, li, sato, _ = class_of_five()
    assert "¥500k more" in score_sentence(yamada, "en") and "50%" in score_sentence(yamada, "en")
    assert "¥200k less" in score_sentence(kim, "en") and "-20%" in score_sentence(kim, "en")
    assert "50 hours a month more than the 100 there are" in score_sentence(li, "en")
    assert score_sentence(sato, "en") == ""


def test_the_table_shows_each_plan_with_what_it_gains_over_the_present_one():
    page = plan_table(class_of_five()[0], "en")
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(<td>.*?)</tr>", page)]
    gains = {name: cells[-2:] for name, *cells in rows}
    assert gains[word("engagement.plan.present", "en")] == ["±0", "±0"]
    assert gains[word("engagement.plan.submitted", "en")] == ["+¥500k", "+¥100k"]
    assert gains[word("engagement.plan.all_tech", "en")] == ["-¥500k", "–"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_of_a_trainee_stands_outside_a_fold_of_the_page_to_project(lang):
    page = reveal_page(class_of_five(), KEY, lang)
    shown = re.sub(r'<details class="part">.*?</details>', "", page, flags=re.DOTALL)
    assert [name for name in NAMES if name in shown] == []
    assert [name for name in NAMES if name not in page] == []
    assert word("reveal.h2_engagement_model.ranking", lang) in shown


def test_the_list_of_the_class_has_place_model_and_score():
    rows = {name: cells for name, _, *cells in listed(class_of_five(), MODELS, "en")}
    assert rows[NAMES[0]] == ["1", "Mixed", "50%"]
    assert rows["Li"] == ["–", "High-touch", "90% (too many hours)"]
    assert rows["Sato"] == rows["Abe"] == ["–", "–", "–"]


def test_a_trainee_reads_the_own_break_even_beside_the_true_one_and_of_nobody_else():
    page = feedback_page(class_of_five()[1], MODELS, "en")
    assert "¥280k (180k to 650k)" in page and "¥211k" in page
    assert not any(name in page for name in NAMES if name != "Kim")


def test_whoever_has_not_decided_is_not_told_what_was_true():
    page = feedback_page(class_of_five()[3], MODELS, "en")
    assert word("reveal.h2_engagement_model.undecided", "en") in page
    assert word("engagement.plan.best", "en") not in page


def test_the_sheet_has_the_lines_of_the_rule_the_hours_and_the_score(tmp_path):
    Results(tmp_path / "h2.csv", MODELS).write(class_of_five(), KEY, "en")
    lines = list(csv.DictReader((tmp_path / "h2.csv").read_text(encoding="utf-8-sig").splitlines()))
    by_name = {line["trainee"]: line for line in lines}
    kim = by_name["Kim"]
    assert (kim["model"], kim["mid_line"], kim["high_line"], kim["tech"]) == ("tech_touch", "100000", "500000", "50")
    assert (kim["net_amount"], kim["best_amount"], kim["score"]) == ("800000", "2000000", "-0.2")
    assert by_name["Li"]["over_hours"] == "50" and {by_name["Abe"][column] for column in COLUMNS} == {""}


def test_the_sheet_of_companies_has_a_line_for_each_plan(tmp_path):
    results = Results(tmp_path / "h2.csv", MODELS)
    results.write(class_of_five(), KEY, "en")
    text = (results.shelf.folder / "companies.csv").read_text(encoding="utf-8-sig")
    plans = [line["plan"] for line in csv.DictReader(text.splitlines()) if line["trainee"] == "Kim"]
    assert plans == ["all_tech", "present", "submitted", "best"]


def test_a_rule_that_the_company_cannot_follow_stops_nobody():
    rule = read_tier_rule(RULE + "exceptions:\n- {because: x, when: {trial_usage: '< 1'}, move: 1}\n", "tier_rule.yaml")
    unknown = replace(rule, exceptions=(replace(rule.exceptions[0], when={"no_such_column": "x"}),))
    held = KEY.find("Kim")
    assert held is not None
    assert models.found(held, Model("mixed", unknown)).judged is None


@pytest.mark.parametrize(
    ("rule", "kind", "decided"),
    [(RULE, "Mixed", True), (RULE, "everything", False), ("rule: own\n", "Mixed", False), ("", "Mixed", False)],
)
def test_a_decision_is_a_kind_of_model_with_a_rule_that_can_be_read(tmp_path, rule, kind, decided):
    path = write(tmp_path, model(model=kind), matrix(), rule)
    if not rule:
        (tmp_path / "tier_rule.yaml").unlink()
    paper = check_homework(path, {}, "synthetic:tiny").paper
    assert paper is not None
    assert models.decided(paper).decided is decided


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_stands_in_its_place_and_every_page_is_complete_in_itself(tmp_path: Path, lang):
    Results(tmp_path / "h2.csv", MODELS).write(class_of_five(), KEY, lang)
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "h2").rglob("*.html")]
    assert len(pages) == 1 + len(NAMES)
    assert [thing for page in pages for thing in outside(page)] == []
    assert sum("data:image/png" in page for page in pages) == 3
