"""How precise a conclusion is, said so that a manager can decide by it, in both languages."""

from __future__ import annotations

import math

import pytest

import cslab
from cslab.course import precise
from cslab.measure import precision
from cslab.measure.precision import Precision
from cslab.words import LANGUAGES, has_word


def one(kind: str, unit: str, base: float, value: float, aim: float = 1.0, name: str = "lot") -> Precision:
    return Precision("11", name, kind, unit, base, 400, 0, aim, "fleiss", lambda times: value / math.sqrt(times))


@pytest.mark.parametrize(
    ("found", "en", "ja"),
    [
        (one("width", "share", 0.9, 0.06), "90.0% ± 6.0 points", "90.0% ± 6.0ポイント"),
        (one("difference", "share", 0.2, 0.09), "a fall of 9.0 points or more, from 20.0%",
         "20.0%から9.0ポイント以上の低下"),
        (one("ratio", "times", 0.5, 1.9), "1.90 times as fast, or more", "1.90倍以上の速さの違い"),
        (one("width", "days", 45, 11), "45 ± 11 days", "45日 ± 11日"),
        (one("difference", "share", 0.2, math.nan), "nothing: not even a fall from 20.0% to 0",
         "検出できない(20.0%が0になっても見えない)"),
    ],
)  # fmt: skip
def test_each_kind_is_said_in_its_own_unit(found, en, ja):
    assert (precise.has(found, "en"), precise.has(found, "ja")) == (en, ja)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_conclusion_can_be_said(lang):
    found = precision.conclusions(cslab.load("synthetic:tiny"))
    assert [len(row) for row in precise.rows(found, lang)] == [len(precise.heads(lang))] * len(found)
    assert all(has_word(f"precision.nothing.{one.kind}") for one in precision.CONCLUSIONS)


def test_enough_customers_are_ticked_and_too_few_told_how_many_it_takes():
    few, many = one("width", "share", 0.9, 0.06, aim=0.03), one("width", "share", 0.9, 0.02, aim=0.03)
    assert [row[-1] for row in precise.rows([few, many], "en")] == ["1,600", "✓"]


def test_a_share_that_cannot_fall_by_five_points_is_not_promised_to():
    assert "no test by lot" in precise.by_lot([one("difference", "share", 0.03, math.nan)], "en")
