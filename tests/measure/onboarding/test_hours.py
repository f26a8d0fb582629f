"""Hours by month of life, education before signing, quadrants, and the budget of prevention."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.onboarding import (
    break_even,
    education,
    hour_values,
    hours_by_tenure,
    prevent_vs_save,
    prevention,
    quadrant,
)

Make = Callable[..., Book]
CONTRACTS = """
account_id  start       end         outcome
A           2023-01-01  2026-01-01  open
B           2023-01-01  2023-05-01  churned
"""


def test_hours_stand_in_the_months_of_life_in_which_they_were_spent(company: Make) -> None:
    touches = """
    account_id  touched_on  minutes
    A           2023-01-20      180
    A           2023-05-15       60
    A           2024-05-15      120
    B           2023-02-10      240
    """
    found = hours_by_tenure(company("2024-12-31", contracts=CONTRACTS, touches=touches)).set_index("tenure")
    assert found["hours"].to_dict() == {"0-2": 7.0, "3-5": 1.0, "6+": 2.0}
    assert found["estimate"].to_dict() == {"0-2": 0.7, "3-5": 0.1, "6+": 0.2}
    assert found["months"].tolist() == [6, 4, 17]  # B left after four months, A has completed 23
    assert found["per_account"]["0-2"] == pytest.approx(7 / 6)


def test_without_minutes_nothing_is_known_of_hours(company: Make) -> None:
    touches = """
    account_id  touched_on  minutes
    A           2023-01-20        0
    """
    with pytest.raises(NotReady, match="minutes"):
        hours_by_tenure(company("2024-12-31", contracts=CONTRACTS, touches=touches))


def test_education_is_compared_among_customers_whose_time_is_up(company: Make) -> None:
    ids = [f"A{number}" for number in range(12)]
    taught = np.arange(12) < 6
    accounts = pd.DataFrame({"account_id": ids, "pre_sale_education": taught})
    steps = pd.DataFrame({"account_id": ids, "kind": "value", "started": pd.Timestamp("2024-01-01")})
    steps["done"] = pd.Series(pd.Timestamp("2024-02-01"), index=steps.index).where(
        np.arange(12) % 6 < np.where(taught, 4, 1)
    )
    steps.loc[[5, 11], "started"] = pd.Timestamp("2024-06-20")
    book = company("2024-06-30", accounts=accounts, onboarding=steps)
    found = education(book).set_index("way")
    assert found["estimate"].to_dict() == {
        "naive": pytest.approx(4 / 5 - 1 / 5),
        "adjusted": pytest.approx(4 / 5 - 1 / 5),
    }
    assert found["n"].tolist() == [10, 10]
    with pytest.raises(NotReady, match="taught"):
        education(Book({**book.tables, "accounts": accounts.assign(pre_sale_education=True)}, book.as_of))


@pytest.mark.slow
def test_who_is_taught_fits_better_so_that_the_naive_gap_is_too_large() -> None:
    found = education(cslab.load("synthetic:default_jp?accounts=4000&seed=2")).set_index("way")["estimate"]
    assert found["naive"] > found["known_fit"] > 0


def test_quadrants_are_followed_from_the_first_value(company: Make) -> None:
    steps = """
    account_id  kind   started     done        used_properly  felt_benefit
    A           value  2023-01-01  2023-02-01  True           True
    B           value  2023-01-01  2023-02-01  False          False
    C           value  2023-01-01  -           -              -
    """
    contracts = CONTRACTS + "C           2023-01-01  2026-01-01  open\n"
    book = company("2024-12-31", contracts=contracts, onboarding=steps)
    found = quadrant(book, 2).set_index(["used_properly", "felt_benefit"])
    assert found["n"].tolist() == [1, 0, 0, 1]
    assert (found.loc[(True, True), "estimate"], found.loc[(False, False), "estimate"]) == (1.0, 1.0)
    later = quadrant(book, 6).set_index(["used_properly", "felt_benefit"])["estimate"]
    assert (later[True, True], later[False, False]) == (1.0, 0.0)  # B left after three months
    assert np.isnan(quadrant(book, 36)["estimate"][0])  # A was followed for two years
    with pytest.raises(NotReady, match="both answers"):
        quadrant(Book({**book.tables, "onboarding": book.onboarding.assign(felt_benefit=None)}, book.as_of))


def test_a_beginning_after_signing_is_taken_off_what_a_customer_was_followed(company: Make) -> None:
    steps = """
    account_id  kind   started     done        used_properly  felt_benefit
    A           value  2023-04-01  2023-05-01  True           True
    """
    contracts = "account_id  start       end         outcome\nA  2023-01-01  2023-06-15  churned\n"
    found = quadrant(company("2024-12-31", contracts=contracts, onboarding=steps), 1)
    assert found["estimate"].tolist()[0] == 1.0  # left 45 days after its first value
    with pytest.raises(NotReady, match="both answers"):  # gone before it
        early = contracts.replace("2023-06-15", "2023-04-20")
        quadrant(company("2024-12-31", contracts=early, onboarding=steps), 1)


def test_whoever_is_seen_only_because_it_stayed_was_not_watched_before(company: Make) -> None:
    steps = """
    account_id  kind   started     done        used_properly  felt_benefit
    A           value  2023-01-01  2023-02-01  True           True
    B           value  2023-01-01  2023-02-01  True           True
    C           value  2023-01-01  2023-02-01  True           True
    """
    contracts = """
    account_id  start       end         outcome
    A           2023-01-01  2023-03-01  churned
    B           2023-01-01  2026-01-01  open
    C           2023-01-01  2026-01-01  open
    """
    days = pd.to_datetime(["2023-01-01", "2023-01-01", "2023-09-01"])
    accounts = pd.DataFrame({"account_id": list("ABC"), "signed_on": days[0], "observed_from": days})
    found = quadrant(company("2024-12-31", accounts=accounts, contracts=contracts, onboarding=steps), 2)
    assert found["estimate"].tolist()[0] == 0.5  # A left, B stayed; C came into sight months later


@pytest.mark.slow
def test_felt_benefit_and_proper_use_together_keep_most() -> None:
    found = quadrant(cslab.load("synthetic:default_jp?accounts=3000")).set_index(["used_properly", "felt_benefit"])
    assert found["truth"].idxmax() == (True, True) and found["truth"].idxmin() == (False, False)


@pytest.fixture(scope="module")
def small() -> Book:
    """A company whose truth is known."""
    return cslab.load("synthetic:tiny?accounts=300")


def test_moving_no_hours_changes_nothing_and_the_loss_is_in_proportion(small: Book) -> None:
    found = prevention(small, [0.0, 0.1, 0.2], horizon=12, futures=2)
    assert found is not None
    assert found.loc[0, ["gain", "loss", "estimate", "covered"]].tolist() == [0, 0, 0, 0]
    assert found["loss"][2] == pytest.approx(2 * found["loss"][1])
    assert (found["estimate"] == found["gain"] - found["loss"]).all() and found["covered"].max() <= 1


def test_no_more_hours_move_than_the_early_work_of_all_customers_takes() -> None:
    found = prevention(cslab.load("synthetic:default_jp?accounts=300&seed=2"), [0.5, 0.9, 1.0], horizon=12, futures=2)
    assert found is not None
    assert (found["covered"] == 1).tolist() == [False, True, True]
    assert found["loss"][1] == pytest.approx(found["loss"][2])


def test_what_an_hour_brings_is_the_gain_over_the_hours(small: Book) -> None:
    found = hour_values(small, None, 12, futures=2)
    assert found is not None
    assert (found["gain"] / found["hours"]).tolist() == pytest.approx(found["per_hour"].tolist())
    assert (found["cost"] / found["hours"]).nunique() == 1 or np.ptp(found["cost"] / found["hours"]) < 1e-6
    assert found.attrs["hour_amount"] == pytest.approx(found["cost"][0] / found["hours"][0])


@pytest.mark.slow
def test_half_the_margin_is_half_the_gain(small: Book) -> None:
    whole, half = (hour_values(small, None, 12, margin, futures=2) for margin in (0.8, 0.4))
    assert whole is not None and half is not None
    assert half["gain"].tolist() == pytest.approx((whole["gain"] / 2).tolist())


@pytest.mark.slow
def test_groups_are_those_of_the_column(small: Book) -> None:
    found = prevention(small, [0.1], by="segment", horizon=12, futures=2)
    assert found is not None and found["segment"].tolist() == ["enterprise", "mid", "smb"]
    with pytest.raises(UsageError, match="segment"):
        prevention(small, [0.1], by="segmnt", horizon=12, futures=2)


@pytest.mark.slow
def test_paid_is_when_the_gain_has_reached_the_cost(small: Book) -> None:
    found = break_even(small, [6, 24], futures=2)
    assert found is not None
    assert (found["paid"] == (found["gain"] >= found["cost"])).all() and found["gain"].is_monotonic_increasing
    few = break_even(small, [6], among=small.accounts["account_id"].head(9).tolist(), futures=2)
    assert few is not None and few["n"].tolist() == [9]


def test_nobody_knows_it_of_a_real_company(small: Book) -> None:
    real = small.hide_truth()
    assert [call(real) for call in (prevention, hour_values, break_even, prevent_vs_save)] == [None] * 4


def test_a_margin_or_share_that_is_none_is_refused(small: Book) -> None:
    with pytest.raises(UsageError, match="months"):
        break_even(small, [])
    with pytest.raises(UsageError, match="gross_margin"):
        prevention(small, gross_margin=80)
    with pytest.raises(UsageError, match="shares"):
        prevention(small, [10])


@pytest.mark.slow
def test_an_hour_of_prevention_brings_more_than_an_hour_of_saving() -> None:
    found = prevent_vs_save(cslab.load("synthetic:default_jp?accounts=2000&seed=1"))
    assert found is not None
    both = found.set_index("policy")
    assert both.loc["high_onboarding", "per_hour_low"] > both.loc["alerts", "per_hour_high"] > 0
