"""Departures by true cause are expectations: of the months that were lived, or of all customers drawn."""

import numpy as np
import pytest

from cslab import world
from cslab.faults import UsageError


def test_incidence_and_survival_add_up_to_everybody_whatever_they_are_split_by():
    truth = world.company("tiny").truth
    for by in (None, "segment", "term_months"):
        together, stays = truth.incidence(24, by), truth.survival(24, by)
        total = together["voluntary"] + together["uncontrollable"] + stays["survival"]
        assert total.to_numpy() == pytest.approx(1)
        assert (together["month"] == stays["month"]).all()


def test_incidence_of_customers_alike_is_the_sum_of_what_each_month_takes():
    alike = world.preset("tiny").with_(
        segment_share="1,0,0", term_share_smb="0,1,0,0", renewal_value_effect=0, uncontrollable_hazard="0.01,0,0"
    )
    found = world.company(alike).truth.incidence(12).set_index("month")
    refuses = 1 / (1 + np.exp(2.05))
    assert found["uncontrollable"][12] == pytest.approx(1 - 0.99**12)
    assert found["voluntary"][11] == pytest.approx(0)
    assert found["voluntary"][12] == pytest.approx(0.99**12 * refuses)


def test_departures_by_cause_are_those_of_the_months_lived():
    truth = world.company("default_jp", accounts=500).truth
    cells, found = truth.hazard(), truth.causes("2022-04-01", "2024-04-01")
    inside = cells[(cells["month"] >= "2022-04-01") & (cells["month"] < "2024-04-01")]
    assert found["departures"].sum() == pytest.approx(inside["hazard"].sum())
    assert found["share"].sum() == pytest.approx(1)
    half = sum(
        truth.causes(*days)["departures"] for days in (("2022-04-01", "2023-04-01"), ("2023-04-01", "2024-04-01"))
    )
    assert half.to_numpy() == pytest.approx(found["departures"].to_numpy())


def test_where_nobody_can_close_all_departures_are_decided():
    found = world.company(world.preset("tiny").with_(uncontrollable_hazard="0,0,0")).truth.causes(
        "2023-04-01", "2025-04-01"
    )
    assert found["share"].tolist() == pytest.approx([1, 0], abs=1e-12)


def test_more_touch_leaves_the_closures_and_takes_from_the_decisions():
    found = world.company("default_jp", accounts=800).truth.causes("2022-04-01", "2025-04-01", ["", "all_high"])
    mine, high = (rows.set_index("cause")["departures"] for _, rows in found.groupby("policy", sort=False))
    assert high["voluntary"] < mine["voluntary"]
    assert high["uncontrollable"] >= mine["uncontrollable"]
    assert found["policy"].unique().tolist() == ["rule", "all_high"]


@pytest.mark.slow
def test_what_was_expected_is_what_happened_within_luck():
    book = world.company("default_jp", accounts=12_000)
    found = book.truth.causes(book.window_start, "2025-04-01").set_index("cause")["departures"]
    hidden, signed = book.truth.accounts(), book.accounts.set_index("account_id")["signed_on"]
    left = hidden.assign(signed_on=hidden["account_id"].map(signed)).dropna(subset=["churn_tenure", "signed_on"])
    month = 12 * left["signed_on"].dt.year + left["signed_on"].dt.month + left["churn_tenure"]
    inside = left[(month >= 12 * 2021 + 4) & (month < 12 * 2025 + 4)]["cause_true"].value_counts()
    for cause in found.index:
        assert abs(inside[cause] - found[cause]) < 5 * found[cause] ** 0.5


def test_a_window_that_ends_before_it_begins_or_is_none_is_refused():
    truth = world.company("tiny").truth
    with pytest.raises(UsageError, match="before it begins"):
        truth.causes("2024-04-01", "2024-04-01")
    with pytest.raises(UsageError):
        truth.causes("soon", "2024-04-01")
