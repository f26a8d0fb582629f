"""Who owns the customer: the same customers in worlds that differ in nothing else."""

import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure.journey import ownership, same_customers

SOURCE = "synthetic:default_jp?seed=3&accounts=300"


def test_sharing_is_worth_something_and_nobody_in_charge_costs_more_than_going_separate_ways():
    book, chaos = cslab.load(SOURCE), cslab.load(f"{SOURCE}&handoff_level=-1.5")
    gain = ownership(book, {"chaos": chaos}, months=12, futures=8).set_index("world")["estimate"]
    assert gain["as_it_is"] == 0
    assert gain["chaos"] < gain["separate"] < 0 < gain["shared"]


def test_by_the_map_fewer_months_pass_in_onboarding_and_the_customer_is_worth_more():
    found = ownership(cslab.load(SOURCE), months=12, futures=8).set_index("world")
    assert found.loc["by_the_map", "months_onboarding"] < found.loc["as_it_is", "months_onboarding"]
    assert found.loc["by_the_map", ["estimate", "low"]].min() > 0
    assert found.loc["by_the_map", "retained"] > found.loc["as_it_is", "retained"]


def test_half_the_margin_is_half_the_gain():
    book = cslab.load("synthetic:tiny")
    whole, half = (ownership(book, months=6, gross_margin=share, futures=2) for share in (1.0, 0.5))
    assert half["estimate"].to_numpy() == pytest.approx(whole["estimate"].to_numpy() / 2)
    assert half["retained"].equals(whole["retained"])


def test_other_customers_are_shown_without_a_gain():
    book, other = cslab.load("synthetic:tiny"), cslab.load("synthetic:tiny?seed=99")
    assert not same_customers(book, other)
    row = ownership(book, {"other": other}, months=6, futures=2).set_index("world").loc["other"]
    assert row[["estimate", "low", "high"]].isna().all()
    assert 0 < row["retained"] <= 1


def test_without_a_truth_there_is_no_row():
    book = cslab.load("synthetic:tiny")
    assert ownership(book.hide_truth()).empty
    hidden = ownership(book, {"other": book.hide_truth()}, months=6, futures=2)
    assert "other" not in hidden["world"].tolist()
    assert not same_customers(book, book.hide_truth())


@pytest.mark.parametrize("gross_margin", [0.0, 1.1])
def test_a_margin_that_is_no_share_is_refused(gross_margin):
    with pytest.raises(UsageError, match="gross_margin"):
        ownership(cslab.load("synthetic:tiny"), gross_margin=gross_margin)
