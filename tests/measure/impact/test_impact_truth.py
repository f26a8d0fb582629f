"""Verdicts are right where the truth is known, over twenty companies. Full study: tests/bench/bench_impact_truth.py."""

from __future__ import annotations

import pytest

from tests.bench import bench_impact_truth as study

pytestmark = pytest.mark.slow

SEEDS = range(101, 111)  # `make bench` runs a hundred
CHAINS = ("faq", "onboarding_programme")


def rows(made, *more):
    """What ten companies say."""
    return [row for seed in SEEDS for row in made(seed, *more)]


def test_strong_links_are_supported_when_due_and_hopeless_ones_unidentifiable():
    assert all(study.strong_bars(rows(study.strong, CHAINS)))


def test_where_a_programme_does_nothing_its_links_are_not_supported():
    assert all(study.null_bars(rows(study.turned, ("faq",), 0)))


def test_where_a_programme_does_harm_its_links_are_contradicted():
    assert all(study.reversed_bars(rows(study.turned, ("onboarding_programme",), -1)))


def test_limits_hold_what_the_programme_did_to_these_customers():
    assert all(study.limits_bars(rows(study.limits, ("onboarding_programme",))))


def test_a_confounded_link_is_flagged_where_its_common_cause_is_in_no_table():
    assert all(study.confounded_bars([row for seed in SEEDS[:2] for row in study.confounded(seed)]))


def test_where_there_is_nothing_no_design_shows_something():
    assert all(study.designs_bars([row for seed in SEEDS[:4] for row in study.designs(seed, ("faq",))]))
