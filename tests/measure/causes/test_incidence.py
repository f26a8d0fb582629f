"""Shares by cause add up with those who stay; one curve a cause does not."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.faults import UsageError
from cslab.measure import causes
from cslab.measure.survival import kaplan_meier

MGUS2 = Path(__file__).parents[4] / "shared" / "data" / "reference" / "survival__mgus2.csv"

CUSTOMER = st.tuples(st.integers(0, 3), st.integers(1, 6), st.sampled_from(["", "price", "closed", "other"]))


def spells(customers: list[tuple[int, int, str]]) -> pd.DataFrame:
    """Customers by entry, months after it and cause; no cause: still there."""
    rows = [(entry, entry + stay, cause != "", cause) for entry, stay, cause in customers]
    return pd.DataFrame(rows, columns=["entry", "duration", "event", "cause"])


def test_of_four_customers_one_closes_and_one_of_the_others_decides_to_leave():
    seen = spells([(0, 1, "closed"), (0, 2, "price"), (0, 3, ""), (0, 3, "")])
    found = causes.incidence_beside(seen, 3).set_index("cause")
    assert found.loc["closed", "estimate"] == found.loc["price", "estimate"] == 0.25
    assert found.loc["all", "estimate"] == 0.5
    assert found.loc["price", "one_minus_km"] == pytest.approx(1 / 3)
    assert found.loc["all", "one_minus_km"] == pytest.approx(0.25 + 1 / 3)


def test_single_curves_can_add_up_to_more_than_everybody():
    seen = spells([(0, 1, "price"), (0, 2, "closed"), (0, 3, "price"), (0, 4, "closed")])
    whole = causes.incidence_beside(seen, 4).iloc[-1]
    assert whole["estimate"] == 1
    assert whole["one_minus_km"] > 1.5


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(CUSTOMER, min_size=3, max_size=25))
def test_all_causes_and_those_who_stay_are_everybody(customers):
    seen = spells([*customers, (0, 6, "price")])  # somebody is there from the start on, so the curve has no gap
    horizon = 6
    parts = causes.cumulative_incidence(seen, horizon)
    stay = kaplan_meier(seen).query("time <= @horizon")["estimate"].to_numpy()
    assert (parts.groupby("time")["estimate"].sum().to_numpy() + stay).tolist() == pytest.approx([1.0] * len(stay))
    apart = causes.one_minus_kaplan_meier(seen, horizon)
    assert (apart["estimate"] >= parts["estimate"] - 1e-12).all()


def test_shares_by_cause_equal_those_of_r():
    if not MGUS2.exists():
        pytest.skip("needs ../shared/data/reference/survival__mgus2.csv")
    frame = pd.read_csv(MGUS2, encoding="utf-8")
    sick = frame["pstat"] == 1
    seen = pd.DataFrame(
        {"duration": frame["ptime"].where(sick, frame["futime"]), "event": sick | (frame["death"] == 1)}
    )
    seen["cause"] = sick.map({True: "pcm", False: "death"}).where(seen["event"], "")
    found = causes.cumulative_incidence(seen, 360).set_index(["cause", "time"])["estimate"]
    # survfit(Surv(etime, event) ~ 1): pstate
    assert found["pcm"][[60, 240, 360]].tolist() == pytest.approx([0.03410371297435, 0.09981371593547, 0.1340416443261])
    assert found["death"][[60, 360]].tolist() == pytest.approx([0.3203670102679, 0.7842082468324])


def test_the_most_frequent_cause_comes_first():
    seen = spells([(0, 1, "closed"), (0, 2, "price"), (0, 2, "price"), (0, 3, "")])
    assert causes.cumulative_incidence(seen, 2)["cause"].unique().tolist() == ["price", "closed"]


def test_what_cannot_be_drawn_is_said():
    seen = spells([(0, 1, "closed"), (0, 3, "")])
    with pytest.raises(UsageError, match="3"):
        causes.cumulative_incidence(seen, 4)
    with pytest.raises(UsageError, match="nobody has left"):
        causes.incidence_beside(spells([(0, 3, "")]), 3)
    with pytest.raises(UsageError, match=r"causes\.spells"):
        causes.incidence_beside(seen.drop(columns="cause"), 3)


def test_truth_is_none_where_nobody_knows_it(company):
    assert causes.truth_incidence(company, 12) is None


def test_the_true_shares_and_those_who_stay_are_everybody():
    truth = cslab.load("synthetic:tiny").truth
    book = cslab.load("synthetic:tiny")
    parts = causes.truth_incidence(book, 24).groupby("time")["estimate"].sum()
    assert (parts + truth.survival(24)["survival"]).tolist() == pytest.approx([1.0] * 25)
