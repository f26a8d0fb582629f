"""The phases that rules declare, side by side, in the reader's language."""

from __future__ import annotations

import cslab
from cslab.measure import lifecycle
from cslab.measure.lifecycle.marks import Mark, Way
from cslab.measure.lifecycle.phases import Phase, Rules


def test_each_phase_says_what_begins_and_ends_it_whose_it_is_and_how_long_it_should_take():
    found = lifecycle.overview(cslab.load("synthetic:tiny"), lang="ja").set_index("phase")
    row = found.loc["オンボーディング"]
    assert row[["since", "until", "owner"]].tolist() == ["契約の締結", "お客様自身の最初の成果", "オンボーディング"]
    assert (row["target_days"], found.loc["アダプション", "until"]) == (90, "")


def test_what_a_book_lacks_stands_beside_the_phase_that_needs_it():
    book = cslab.load("synthetic:tiny")
    left = type(book)({"accounts": book.accounts, "contracts": book.contracts}, book.as_of)
    found = lifecycle.overview(left).set_index("phase")["lacking"]
    assert "onboarding.done" in found["onboarding"]
    assert found["adoption"] == ""


def test_a_mark_of_ones_own_goes_by_its_own_name():
    marks = {name: Mark(name, (Way("accounts", "signed_on"),)) for name in ("signed", "went_live")}
    rules = Rules("own", {"trial": Phase("trial", "signed", ("went_live",))}, ("trial",), "signed", marks)
    assert lifecycle.overview(cslab.load("synthetic:tiny"), rules)["until"].tolist() == ["went_live"]
