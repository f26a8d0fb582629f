"""The map and whom to look after, on four renewals whose worth is seen by eye."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure.renewal import ahead, coming, key_accounts, picked, same_odds, triage, true_uplift
from cslab.measure.renewal.shock import SHIFTS, Shock

TODAY = pd.Timestamp("2024-03-31")
NO_SHOCK = Shock((np.abs(SHIFTS) < 1e-9).astype(float), 0.0, 0.0, 8)


@pytest.fixture
def rows() -> pd.DataFrame:
    """A giant in high touch, one that can be won, one that is safe, and one that is decided."""
    frame = pd.DataFrame(
        {
            "account_id": ["giant", "middle", "safe", "decided"],
            "end": pd.to_datetime(["2024-05-10", "2024-05-20", "2024-06-10", "2024-04-15"]),
            "notice_by": pd.to_datetime(["2024-04-10", "2024-04-20", "2024-05-11", "2024-03-16"]),
            "arr_amount": [1000.0, 500.0, 500.0, 100.0],
            "segment": ["enterprise", "mid", "mid", None],
            "csm_id": None,
            "touch_tier": ["high", "mid", "tech", "tech"],
            "csm_says": "likely",
            "health_colour": "yellow",
            "decided": [False, False, False, True],
            "renewed": [np.nan, np.nan, np.nan, 1.0],
            "chance": [0.5, 0.6, 0.99, 1.0],
        }
    )
    frame.attrs = {"as_of": TODAY, "currency": "JPY", "way": "model", "shock": NO_SHOCK}
    return frame


def test_who_has_all_attention_now_gains_none_by_more_of_it(rows: pd.DataFrame) -> None:
    assert same_odds(rows, 2.0)["giant"] == 0


def test_of_a_customer_with_several_contracts_the_open_one_counts(rows: pd.DataFrame) -> None:
    one = rows[rows["account_id"].isin(["middle", "decided"])].sort_values("end").assign(account_id="A1")
    assert one["decided"].tolist() == [True, False]
    assert same_odds(one, 2.0)["A1"] == pytest.approx(0.75 - 0.6)


def test_the_odds_of_three_in_five_doubled_are_three_in_four(rows: pd.DataFrame) -> None:
    assert same_odds(rows, 2.0)["middle"] == pytest.approx(0.75 - 0.6)


def test_most_at_risk_is_the_giant_and_most_to_be_won_is_the_middle_one(rows: pd.DataFrame) -> None:
    found = triage(rows, same_odds(rows, 2.0), hour_amount=1.0).set_index("account_id")
    assert found["rank_at_risk"].to_dict() == {"middle": 2, "safe": 3, "giant": 1}
    assert found["rank_uplift"].to_dict() == {"middle": 1, "safe": 2, "giant": 3}
    assert found.loc["middle", "gain_amount"] == pytest.approx(75)


def test_lists_tell_what_pays_now_what_pays_later_and_what_does_not(rows: pd.DataFrame) -> None:
    uplift = pd.Series({"giant": 0.0, "middle": 0.1, "safe": 0.1})
    found = triage(rows, uplift, hour_amount=1.0, hours=8, lead_days=30).set_index("account_id")["list"]
    assert found.to_dict() == {"middle": "urgent", "safe": "watch", "giant": "future"}


def test_a_customer_whose_last_day_for_a_notice_is_over_is_late(rows: pd.DataFrame) -> None:
    past = rows.assign(notice_by=pd.Timestamp("2024-03-01"))
    past.attrs = rows.attrs
    assert set(triage(past, same_odds(past), 1.0)["list"]) == {"late"}


def test_the_first_third_by_uplift_wins_more_than_the_first_third_by_arr_at_risk(rows: pd.DataFrame) -> None:
    truth = pd.DataFrame({"uplift": [0.0, 0.2, 0.0], "error": 0.01}, index=["giant", "middle", "safe"])
    found = picked(triage(rows, same_odds(rows), 1.0), truth).set_index("rule")
    assert found["estimate"].drop("by_lot").to_dict() == {
        "by_uplift": 100.0,
        "by_at_risk": 0.0,
        "by_risk": 0.0,
        "by_arr": 0.0,
        "by_truth": 100.0,
    }
    assert found.loc["by_lot", "estimate"] == pytest.approx(100 / 3)
    assert found.loc["by_uplift", "more_low"] < 100 < found.loc["by_uplift", "more_high"]


def test_without_the_truth_amounts_won_have_no_limits(rows: pd.DataFrame) -> None:
    assert picked(triage(rows, same_odds(rows), 1.0))["low"].isna().all()


def test_all_that_is_wrong_with_a_triage_is_said_at_once(rows: pd.DataFrame) -> None:
    with pytest.raises(UsageError) as caught:
        triage(rows, pd.Series({"middle": 9.5}), hour_amount=-1)
    assert {fault.key for fault in caught.value.faults} == {"renewal.uplift", "renewal.below_zero"}


def test_odds_of_nothing_and_a_share_of_nobody_are_refused(rows: pd.DataFrame) -> None:
    with pytest.raises(UsageError):
        same_odds(rows, 0)
    with pytest.raises(UsageError):
        picked(triage(rows, same_odds(rows), 1.0), share=0.1)


def test_the_map_knows_what_is_decided_and_expects_the_rest(rows: pd.DataFrame) -> None:
    found = coming(rows).set_index(["month", "group"])
    april = found.loc[(pd.Timestamp("2024-04-01"), "-")]
    may = found.loc[(pd.Timestamp("2024-05-01"), "enterprise")]
    assert (april["estimate"], april["low"], april["high"], april["notice_passed"]) == (1, 1, 1, 1)
    assert (may["low"], may["high"]) == (0, 1)
    assert may["at_risk_amount"] == pytest.approx(500, abs=30)


def test_a_map_by_what_is_not_there_is_refused(rows: pd.DataFrame) -> None:
    with pytest.raises(UsageError) as caught:
        coming(rows, "segmnt", level=0)
    assert [fault.key for fault in caught.value.faults] == ["unknown_choice", "not_a_rate"]


def test_key_accounts_are_the_largest_with_their_share_of_all_that_comes_due(rows: pd.DataFrame) -> None:
    found = key_accounts(rows, top=1)
    assert found["account_id"].tolist() == ["giant"]
    assert found["share"].iloc[0] == pytest.approx(1000 / 2100)


def test_what_lies_ahead_of_a_small_company_is_told_by_the_share_so_far() -> None:
    now = ahead(cslab.load("synthetic:default_jp?accounts=150&seed=3"), 12)
    assert now.attrs["way"] in ("model", "rate") and now["chance"].notna().all()


@pytest.mark.slow
def test_a_contract_far_ahead_is_not_darker_for_being_far_ahead() -> None:
    now = ahead(cslab.load("synthetic:default_jp?accounts=600&seed=1"), 18)
    months = (now["end"] - now.attrs["as_of"]).dt.days / 30.4
    still_open = ~now["decided"]
    near, far = (now.loc[still_open & months.between(*window), "chance"].mean() for window in ((0, 3), (6, 12)))
    assert abs(near - far) < 0.1


def test_nobody_knows_the_true_uplift_of_a_real_company() -> None:
    assert true_uplift(cslab.load("synthetic:tiny").hide_truth()) is None


@pytest.mark.slow
def test_by_uplift_truly_wins_more_than_by_arr_at_risk_on_three_companies() -> None:
    for seed in range(1, 4):
        book = cslab.load(f"synthetic:default_jp?accounts=1500&seed={seed}")
        now = ahead(book, 6)
        found = picked(triage(now, same_odds(now), 6_000), true_uplift(book, futures=32)).set_index("rule")
        assert found.loc["by_uplift", "more_low"] > 0
