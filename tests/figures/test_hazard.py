"""Coefficients and the cliff: each number beside its own row, the truth only where it is known."""

import math

import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures import hazard
from tests.figures.hazard_frames import path, slopes, truth


def said(ax, kind: str) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_numbers_are_for_one_unit_for_twice_the_amount_or_for_one_standard_deviation():
    assert said(hazard.coefficients(slopes()), "number") == ["×0.41", "×1.00", "×0.67"]
    assert said(hazard.coefficients(slopes(), per="spread"), "number") == ["×0.90", "×1.00", "×0.67"]
    amount = slopes().assign(estimate=math.log(3))
    assert said(hazard.coefficients(amount), "number") == ["×3.00", "×2.14", "×3.00"]


def test_the_truth_stands_in_the_rows_that_have_one():
    ax = hazard.coefficients(slopes(), slopes(-0.5), truth())
    assert said(ax, "number") == ["×0.61", "×0.41", "×0.33", "×1.00", "×1.00", "×0.67", "×0.67", "×0.74"]
    assert len(said(ax, "role")) == 3


def test_a_row_says_who_is_compared_with_whom():
    names = said(hazard.coefficients(slopes()), "name")
    assert names == ["weekly active share of seats (+1)", "MRR at signing (×2)", "segment: Mid (not SMB)"]


def test_the_cliff_has_its_rates_at_renewals_only():
    ax = hazard.cliff(path(0.002, 0.14), path(0.012, 0.013), 12, n=400)
    assert said(ax, "rate") == ["14.0%", "14.0%"]
    assert len(ax.patches) == 24


def test_a_table_that_is_none_and_an_empty_one_are_refused():
    with pytest.raises(UsageError, match="spread"):
        hazard.coefficients(slopes().drop(columns="spread"))
    with pytest.raises(NotReady):
        hazard.coefficients(slopes().head(0))
