"""The small tables of lesson 09: in every version the mix turns the order of the CSMs round."""

from __future__ import annotations

import pytest

from cslab.course.questions import toy_touch as toy
from cslab.course.questions.kinds.rank import rho
from cslab.course.questions.toy_draft import toy_draft
from cslab.measure import touch
from cslab.words import LANGUAGES


@pytest.mark.parametrize("variant", range(8))
def test_only_the_order_by_what_was_to_be_expected_agrees_with_the_truth(variant: int) -> None:
    league, truth = toy.toy_league(variant), tuple(toy.true_order(variant))
    assert rho(tuple(toy.by_expected(league).index), truth) >= 0.9
    assert rho(tuple(toy.as_it_looks(league).index), truth) <= 0.4
    assert rho(tuple(toy.how_many(league).index), truth) <= 0.4


@pytest.mark.parametrize("variant", range(8))
def test_every_version_has_other_numbers_but_the_same_question(variant: int) -> None:
    high = toy.toy_effect("high", variant)
    assert 0 < high.low < high.estimate < high.high
    assert toy.toy_growth(variant)[3] > 1.1 * toy.toy_growth(variant)[0]
    assert toy.toy_matrix(variant)["customers"].gt(0).all()


def test_another_version_is_another_company() -> None:
    assert toy.toy_matrix(1)["customers"].tolist() != toy.toy_matrix(2)["customers"].tolist()
    assert toy.toy_league(1).to_numpy().tolist() != toy.toy_league(2).to_numpy().tolist()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_draft_has_three_cells_that_cannot_stay_in_either_language(lang: str) -> None:
    found = touch.lint(touch.read_matrix_draft(toy_draft(lang)), lang)
    serious = found[found["serious"]]
    assert dict(zip(serious["phase"] + " " + serious["tier"], serious["rule"], strict=True)) == {
        "onboarding mid": "tool_first",
        "adoption high": "goal_missing",
        "adoption tech": "owner_missing",
    }


def test_the_japanese_draft_holds_no_english_sentence() -> None:
    told = [line.partition(": ")[2] for line in toy_draft("ja").splitlines()]
    assert not [text for text in told if " " in text and text.isascii()]
