"""Which of the usual wrong ways the questions on onboarding tell apart."""

from __future__ import annotations

import pytest

import cslab
from cslab.course.questions import bank
from cslab.course.questions.judge import judge
from cslab.course.questions.question import Material
from cslab.measure import onboarding


@pytest.fixture(scope="module")
def material() -> Material:
    """Three hundred customers."""
    return Material(cslab.load("synthetic:tiny?accounts=300"))


def test_the_fair_rate_can_be_put_together_from_the_counts(material: Material) -> None:
    counts = onboarding.milestone_counts(material.book, 90).set_index(["kind", "began_days_ago"])
    row = counts.loc[("value", "90+")]
    assert judge(bank.find("completion_90", "04"), row["in_time"] / row.sum(), material).outcome == "correct"


def test_milestones_of_every_kind_together_are_named(material: Material) -> None:
    counts = onboarding.milestone_counts(material.book, 90).set_index(["kind", "began_days_ago"])
    every = counts.xs("90+", level="began_days_ago").sum()
    answer = float(every["in_time"] / every.sum())
    assert judge(bank.find("completion_90", "04"), answer, material).mistakes == ("every_kind",)


@pytest.mark.parametrize(
    ("scope", "way", "mistakes"),
    [
        ("company", "adjusted", ()),
        ("customer", "naive", ("between_groups",)),
        ("customer", "adjusted", ("of_one_customer",)),
        ("company", "naive", ("as_it_looks",)),
    ],
)
def test_each_row_of_the_gap_is_judged_for_what_it_is(
    material: Material, scope: str, way: str, mistakes: tuple[str, ...]
) -> None:
    rows = onboarding.gap(material.book, 6).set_index(["scope", "way"])["estimate"]
    found = judge(bank.find("onboarding_gap", "04"), round(float(rows[scope, way]), 3), material)
    assert found.mistakes == mistakes
    assert (found.outcome == "correct") is (not mistakes)
