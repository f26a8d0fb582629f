"""A programme's report, what only a simulator knows of touch, and effects where the records cannot tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady
from cslab.measure import effect


def test_a_programme_by_lot_has_a_row_for_who_stays_and_one_for_what_they_bring() -> None:
    book = cslab.load("synthetic:sugar_high?accounts=300&policy=program_rct")
    report = effect.programme_report(book)
    assert report["outcome"].tolist() == ["retained", "value"]
    kept = effect.trial(book, "invited:", time_zero="eligible", grace=30, horizon=12, covariates=[]).counts
    difference = kept.set_index("arm")["mean"]["invited"] - kept.set_index("arm")["mean"]["not_invited"]
    assert report["estimate"][0] == pytest.approx(difference)


def test_a_programme_open_to_all_has_no_report() -> None:
    with pytest.raises(NotReady, match="rct"):
        effect.programme_report(cslab.load("synthetic:tiny"))


def test_pairs_of_arms_that_can_be_compared_are_told_from_those_that_cannot() -> None:
    size = np.arange(300)
    arm = np.select([size < 100, size < 200], ["tech", np.where(size % 2, "tech", "mid")], "high")
    rows = pd.DataFrame({"arm": arm, "kept": 1.0, "size": size.astype(float)})
    pairs = effect.comparable(effect.of_frame(rows, "arm", "kept", ["size"])).set_index(["arm", "against"])
    assert pairs["without"]["high", "tech"] > 0.5 and not pairs["possible"]["high", "tech"]
    assert pairs["among"]["mid", "tech"].startswith("size 1") and pairs["among"]["high", "tech"] == ""


def test_among_few_customers_of_either_arm_nothing_is_called_comparable() -> None:
    rows = pd.DataFrame({"arm": ["a"] * 30 + ["b"] * 5, "kept": 1.0, "plan": ["x"] * 35})
    pairs = effect.comparable(effect.of_frame(rows.assign(plan=np.arange(35) % 2), "arm", "kept", ["plan"]))
    assert pairs["among"].tolist() == [""]


def test_who_struggles_is_known_of_simulated_customers_only() -> None:
    book = cslab.load("synthetic:tiny")
    felt = effect.struggling(book)
    moved = book.tier_history.query("assigned_by == 'csm'")["account_id"]
    assert felt.set_index("account_id")["struggling"].reindex(moved).all()
    assert effect.struggling(book.hide_truth()) is None


def test_what_touch_truly_changes_is_nothing_where_it_does_nothing() -> None:
    book = cslab.load("synthetic:no_effect?accounts=120")
    rows = effect.trial(book, horizon=12, covariates=["segment"])
    assert effect.truly(book, rows, ("high", "tech"), futures=2).estimate == 0.0
    assert effect.truly(book.hide_truth(), rows, ("high", "tech")) is None


def test_a_page_goes_on_where_an_effect_is_refused_and_asks_nothing_of_nothing() -> None:
    book = cslab.load("synthetic:tiny")
    assert effect.tried(effect.trial, book, horizon=120) is None
    assert effect.tried(effect.aipw, None, ("high", "tech")) is None
    with pytest.raises(TypeError):
        effect.tried(effect.trial, book, no_such_argument=1)  # a slip of the author is no refusal
