"""A lesson may look at a second company: its truth is hidden where the lesson hides it, and a verdict is about it."""

from __future__ import annotations

import pytest

from cslab.course.lesson import another, begin, verdict
from cslab.measure.journey import same_customers


@pytest.mark.parametrize("revealed", [True, False])
def test_the_second_company_hides_its_truth_where_the_lesson_does(revealed: bool) -> None:
    assert another("synthetic:tiny", revealed).has("truth") is revealed


def test_the_lessons_own_company_can_be_run_in_another_world() -> None:
    source = "synthetic:tiny?seed=8"
    world = another(source, handoff_level="-1.5", handoff_gap_days="[14, 8]")
    assert same_customers(another(source), world)
    assert world.handoffs["days_gap"].mean() > another(source).handoffs["days_gap"].mean()


def test_a_verdict_on_a_second_company_shows_its_truth_also_beside_real_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin("01", "folder:datasets/sample")
    other = another("synthetic:tiny")
    capsys.readouterr()
    verdict("M05", naive=0.05, better=0.4, truth=0.41, of=other)
    assert "nearer to the truth" in capsys.readouterr().out


def test_without_a_second_company_a_verdict_is_about_the_lessons_own(capsys: pytest.CaptureFixture[str]) -> None:
    begin("01", "folder:datasets/sample")
    capsys.readouterr()
    verdict("M05", naive=0.05, better=0.4)
    assert "A folder carries no truth" in capsys.readouterr().out


def test_a_hidden_truth_of_the_second_company_is_said_to_be_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    begin("01", "synthetic:tiny", reveal_truth=False)
    other = another("synthetic:tiny", reveal_truth=False)
    capsys.readouterr()
    verdict("M05", naive=0.05, better=0.4, of=other)
    assert "not shown in this run" in capsys.readouterr().out
