"""Effects as pictures: what stands where, and what is said of it."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady
from cslab.figures.effect import balance, estimators, overlap
from cslab.figures.sheet import note_of
from cslab.measure import effect
from tests.figures.effect_frames import in_money, listed, ways


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_what_adjusts_for_nothing_looks_naive_and_the_truth_is_a_line() -> None:
    ax = estimators(ways(), truth=2.0)
    colours = [line.get_color() for line in ax.get_lines() if line.get_marker() not in ("None", "")]
    assert len({*colours}) == 2 and colours[1] == colours[2] != colours[0]
    assert any(list(line.get_xdata()) == [2.0, 2.0] for line in ax.get_lines())
    assert ax.get_yticklabels()[0].get_text() == "plain difference"


def test_money_is_said_as_money_and_the_estimand_stands_in_the_note() -> None:
    ax = estimators(in_money(), lang="ja")
    assert written(ax, "number") == ["+15万円(-2万円〜+32万円)"]
    assert "24か月目までの粗利の差(ハイタッチ−ミドルタッチ)" in note_of(ax)


def test_a_stratum_without_customers_of_an_arm_has_a_cross() -> None:
    found = effect.support(listed())
    ax = overlap(found)
    nobody = int((found[["mid", "high"]] == 0).sum().sum())
    assert len(written(ax, "nobody")) == nobody > 0
    assert "n = 200" in note_of(ax)


def test_balance_has_both_marks_and_an_effect_that_adjusts_for_nothing_has_none() -> None:
    ax = balance(ways()["aipw_all"])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["before adjustment", "after adjustment"]
    with pytest.raises(NotReady):
        balance(ways()["plain_difference"])


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(NotReady):
        estimators({})
