"""Hand-offs in numbers, and what they are held to account for."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.journey import handoff_cohort, handoff_effect, handoff_report, handoff_scores, handoff_truth
from tests.measure.coverage import acceptable

COUNTED = ("way", "estimate", "low", "high", "n")


def handed(rows: list[tuple], **accounts: list) -> Book:
    """A company of hand-offs from sales: account, days, information, asked again, rating."""
    names = ["account_id", "days_gap", "info_complete", "customer_repeat_info", "quality"]
    frame = pd.DataFrame(rows, columns=names).assign(
        from_dept="sales", to_dept="cs", handed_on=pd.Timestamp("2024-01-09")
    )
    people = pd.DataFrame({"account_id": frame["account_id"], **accounts})
    return Book({"handoffs": frame, "accounts": people}, pd.Timestamp("2024-12-31"))


def test_hand_offs_are_summed_up_by_department():
    found = handoff_report(handed([("A", 2, 0.5, True, 2), ("B", 4, 0.7, False, 4), ("C", 9, 0.9, False, 3)])).iloc[0]
    assert (found["n"], found["days_gap"], found["quality"]) == (3, 4, 3)
    assert found["info_complete"] == pytest.approx(0.7)
    assert found["asked_again"] == pytest.approx(1 / 3)


def test_they_can_be_split_by_who_sold():
    found = handoff_report(
        handed([("A", 2, 0.5, True, 2), ("B", 4, 0.7, False, 4)], sales_rep_id=["r2", "r1"]), "sales_rep_id"
    )
    assert found[["sales_rep_id", "days_gap"]].to_numpy().tolist() == [["r1", 4.0], ["r2", 2.0]]


def test_a_column_that_is_not_there_names_the_nearest():
    with pytest.raises(UsageError, match="segment"):
        handoff_report(handed([("A", 2, 0.5, True, 2)], segment=["smb"]), "segmnt")


def test_fast_complete_and_well_rated_is_the_better_hand_off():
    scores = handoff_scores(handed([("A", 20, 0.2, True, 1), ("B", 5, 0.6, False, 3), ("C", 1, 0.9, False, 5)]))
    assert scores["score"].is_monotonic_increasing
    assert scores["poor"].tolist() == [True, False, False]


def test_without_hand_offs_nothing_can_be_said():
    with pytest.raises(NotReady, match="handoffs"):
        handoff_effect(Book({"accounts": pd.DataFrame({"account_id": ["A"]})}, pd.Timestamp("2024-12-31")))


def pushed(seed: int, harm: float, pushes: float = 2.0, n: int = 2000) -> Book:
    """Customers some of whom were pushed: worse hand-offs, and more of them leave; ``harm`` is what a hand-off does."""
    luck = np.random.default_rng(seed)
    push = luck.random(n) < 0.4
    quality = luck.normal(size=n) - 1.0 * push
    leaves = luck.random(n) < 1 / (1 + np.exp(2 + harm * quality - pushes * push))
    ids, signed = [f"A{number:06}" for number in range(n)], pd.Timestamp("2023-01-01")
    rating = np.clip(np.round(3 + quality), 1, 5)
    left = [name for name, gone in zip(ids, leaves, strict=True) if gone]
    exits = pd.DataFrame(
        {"account_id": left, "decided_on": pd.Timestamp("2023-06-01"), "effective_on": pd.Timestamp("2023-06-01")}
    )
    tables = {
        "accounts": pd.DataFrame({"account_id": ids, "signed_on": signed, "sales_push": push}),
        "contracts": pd.DataFrame({"account_id": ids, "start": signed, "end": pd.Timestamp("2025-01-01")}),
        "handoffs": pd.DataFrame({"account_id": ids, "from_dept": "sales", "handed_on": signed, "quality": rating}),
        "churn_events": exits,
    }
    return Book(tables, pd.Timestamp("2024-06-30"))


def test_whoever_signed_less_than_so_many_months_ago_is_asked_neither_when_gone_nor_when_there():
    book = pushed(6, harm=0.0, n=100)
    late = book.contracts["account_id"].str[-1] < "5"
    contracts = book.contracts.assign(start=book.contracts["start"].mask(late, pd.Timestamp("2023-05-01")))
    left = handoff_cohort(Book({**book.tables, "contracts": contracts}, pd.Timestamp("2024-03-31")))
    assert sorted(left["account_id"]) == sorted(contracts["account_id"][~late])


def test_what_hurries_a_deal_and_drives_customers_away_looks_like_the_hand_off_until_adjusted():
    found = handoff_effect(pushed(1, harm=0.0)).set_index("way")
    assert found.loc["crude", "low"] > 0.03
    assert found.loc["adjusted", "low"] <= 0 <= found.loc["adjusted", "high"]


def test_a_true_effect_of_hand_offs_is_found_beside_the_push():
    found = handoff_effect(pushed(2, harm=0.6)).set_index("way")
    assert found.loc["adjusted", "low"] > 0.05


def test_the_share_of_leavers_with_a_poor_hand_off_is_not_an_effect():
    found = handoff_effect(pushed(3, harm=0.0, pushes=0.0)).set_index("way")
    assert found.loc["leavers_poor", "estimate"] > 0.4
    assert abs(found.loc["adjusted", "estimate"]) < 0.15


def test_where_nobody_left_there_is_nothing_to_compare():
    book = pushed(4, 0.0, n=50)
    tables = {name: frame for name, frame in book.tables.items() if name != "churn_events"}
    with pytest.raises(UsageError, match="50"):
        handoff_effect(Book(tables, book.as_of))


def test_nobody_knows_the_truth_of_an_export():
    assert handoff_truth(pushed(5, 0.5, n=50)) is None


@pytest.mark.slow
def test_the_limits_hold_the_truth_of_the_simulated_company_as_often_as_chance_allows():

    seeds = range(1, 41)
    held = 0
    for seed in seeds:
        book = cslab.load(f"synthetic:sales_push?seed={seed}")
        found = handoff_effect(book).set_index("way").loc["adjusted"]
        truth = handoff_truth(book, futures=16)
        held += found["low"] <= truth.estimate <= found["high"]
    low, high = acceptable(len(seeds))
    assert low <= held <= high
