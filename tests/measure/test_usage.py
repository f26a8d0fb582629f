"""Usage of those who left against those who stayed: as of today, and aligned before the decision."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import leaks, oracle, usage

ACCOUNTS = """
account_id  signed_on   observed_from  trial_usage
stays       2023-01-01  2023-01-01     0.6
leaves      2023-01-01  2023-01-01     0.4
"""
CONTRACTS = """
account_id  start       end         decided_on  outcome
stays       2023-01-01  2024-01-01  2023-11-01  renewed
stays       2024-01-01  2025-01-01  -           open
leaves      2023-01-01  2024-01-01  2023-11-01  churned
"""
EVENTS = """
account_id  decided_on  effective_on  offboarding_steps
leaves      2023-11-01  2024-01-01    3
"""


def usage_text(**levels: list[float]) -> str:
    """Twelve months of 2023, and what each account used in them; a longer list goes on into 2024."""
    months = pd.date_range("2023-01-01", periods=max(map(len, levels.values())), freq="MS")
    rows = [
        f"{name} {month:%Y-%m-%d} {value}"
        for name, values in levels.items()
        for month, value in zip(months, values, strict=False)
    ]
    return "\n".join(["account_id month wau_ratio", *rows])


STAYS, LEAVES = [0.5] * 7 + [0.6] + [0.7] * 10, [0.5] * 7 + [0.4] + [0.1] * 4


@pytest.fixture
def book(tiny):
    """One stays, one leaves. In August, three months before the decision, they use .6 and .4 of their seats."""
    tables = {"accounts": ACCOUNTS, "contracts": CONTRACTS, "churn_events": EVENTS}
    return tiny("2024-06-30", **tables, usage_monthly=usage_text(stays=STAYS, leaves=LEAVES))


def test_as_of_today_who_left_is_silent_and_counts_with_nothing(book):
    seen = usage.compared_as_of_today(book).set_index("status")["estimate"]
    assert seen.to_dict() == {"left": 0.0, "stayed": 0.7}
    assert float(usage.gap_as_of_today(book)) == pytest.approx(0.7)


def test_before_the_decision_both_are_looked_at_the_same_time_ahead_of_it(book):
    seen = usage.compared_before_decision(book, months_before=3).set_index("status")
    assert seen["estimate"].to_dict() == {"left": 0.4, "stayed": 0.6}
    assert seen["n"].to_dict() == {"left": 1, "stayed": 1}
    assert float(usage.gap_before_decision(book, months_before=3)) == pytest.approx(0.2)
    assert float(usage.gap_before_decision(book, months_before=4)) == 0


def test_a_customer_that_closed_before_anything_was_decided_is_left_out(tiny):
    contracts = CONTRACTS + "closed 2023-01-01 2024-01-01 2023-09-10 churned\n"
    events = EVENTS + "closed 2023-09-10 2023-09-10 1\n"
    usages = usage_text(stays=STAYS, leaves=LEAVES, closed=[0.9] * 8)
    book = tiny("2024-06-30", contracts=contracts, churn_events=events, usage_monthly=usages)
    assert usage.renewal_decisions(book)["account_id"].tolist() == ["stays", "leaves"]


def test_a_notice_stays_a_decision_even_if_the_customer_closed_before_its_end(tiny):
    events = EVENTS + "leaves 2023-12-01 2023-12-01 1\n"
    book = tiny("2024-06-30", contracts=CONTRACTS, churn_events=events)
    assert usage.renewal_decisions(book)["status"].tolist() == ["stayed", "left"]


def test_monthly_contracts_decide_every_month_and_are_left_out(tiny):
    contracts = CONTRACTS + "monthly 2023-01-01 2023-02-01 2023-01-15 renewed\n"
    assert "monthly" not in set(usage.renewal_decisions(tiny("2024-06-30", contracts=contracts))["account_id"])


def test_a_path_follows_the_same_customers_to_the_month_before_the_contract_ends(book):
    paths = usage.usage_paths(book, months_before=6)
    assert paths.query("status == 'left'")["months_before"].tolist() == [6, 5, 4, 3, 2, 1]
    assert paths.query("status == 'left'")["estimate"].tolist() == pytest.approx([0.5, 0.4, 0.1, 0.1, 0.1, 0.1])
    assert paths.query("status == 'stayed'")["estimate"].tolist() == pytest.approx([0.5, 0.6, 0.7, 0.7, 0.7, 0.7])


def test_a_contract_whose_usage_is_not_known_all_along_has_no_path(tiny):
    late = usage_text(stays=STAYS, leaves=LEAVES).replace("leaves 2023-07-01 0.5\n", "")
    book = tiny("2024-06-30", contracts=CONTRACTS, churn_events=EVENTS, usage_monthly=late)
    with pytest.raises(UsageError) as raised:
        usage.usage_paths(book, months_before=6)
    assert raised.value.faults[0].key == "one_outcome"


def test_several_renewals_of_one_customer_are_one_customer(tiny):
    contracts = """
    account_id  start       end         decided_on  outcome
    twice       2021-01-01  2022-01-01  2021-11-01  renewed
    twice       2022-01-01  2023-01-01  2022-11-01  renewed
    once        2022-01-01  2023-01-01  2022-11-01  renewed
    leaves      2022-01-01  2023-01-01  2022-11-01  churned
    """
    used = """
    account_id  month       wau_ratio
    twice       2021-08-01  0.8
    twice       2022-08-01  0.6
    once        2022-08-01  0.4
    leaves      2022-08-01  0.2
    """
    seen = usage.compared_before_decision(tiny("2023-06-30", contracts=contracts, usage_monthly=used)).set_index(
        "status"
    )
    assert seen.loc["stayed", ["estimate", "n"]].tolist() == pytest.approx([0.6, 2])
    assert seen.loc["stayed", "low"] < 0.6 < seen.loc["stayed", "high"]


def test_the_error_of_the_gap_takes_each_customer_as_one(tiny):
    contracts = ["account_id start end decided_on outcome"]
    used = ["account_id month wau_ratio"]
    levels = {"a": 0.8, "b": 0.6, "c": 0.4, "d": 0.1, "e": 0.3}
    for name, level in levels.items():
        contracts.append(f"{name} 2022-01-01 2023-01-01 2022-11-01 {'renewed' if name < 'd' else 'churned'}")
        used.append(f"{name} 2022-08-01 {level}")
    book = tiny("2023-06-30", contracts="\n".join(contracts), usage_monthly="\n".join(used))
    found = usage.gap_before_decision(book)
    # Squared distances from .6 over three stayers, from .2 over two leavers, times 5/4 for five customers.
    assert found.estimate == pytest.approx(0.4)
    assert found.std_error == pytest.approx((((0.2**2 + 0 + 0.2**2) / 9 + (0.1**2 + 0.1**2) / 4) * 5 / 4) ** 0.5)


def test_a_single_customer_on_a_side_makes_a_difference_without_limits(book):
    for found in (usage.gap_as_of_today(book), usage.gap_before_decision(book)):
        assert np.isfinite(found.estimate) and np.isnan([found.low, found.high, found.std_error]).all()


def test_several_renewals_of_one_customer_are_still_a_single_customer(tiny):
    contracts = ["account_id start end decided_on outcome", "d 2021-01-01 2022-01-01 2021-11-01 churned"]
    used = ["account_id month wau_ratio", "d 2021-08-01 0.1", "e 2021-08-01 0.3"]
    for year in (2021, 2022):
        contracts.append(f"a {year}-01-01 {year + 1}-01-01 {year}-11-01 renewed")
        used.append(f"a {year}-08-01 0.{year - 2014}")
    contracts.append("e 2021-01-01 2022-01-01 2021-11-01 churned")
    book = tiny("2023-06-30", contracts="\n".join(contracts), usage_monthly="\n".join(used))
    assert np.isnan(usage.gap_before_decision(book).low)


def test_nothing_before_the_decision_is_said(book):
    with pytest.raises(UsageError) as raised:
        usage.compared_before_decision(book, months_before=24)
    assert raised.value.faults[0].key == "no_renewals"


def test_what_is_known_after_the_decision_separates_perfectly_and_is_marked(book):
    table = leaks.leaky_features(book).set_index(["feature", "known"])
    assert table.loc[("wau_ratio", "as_of"), ["leaked", "estimate"]].tolist() == [True, 1.0]
    assert table.loc[("offboarding_steps", "exit"), ["leaked", "days_after_decision"]].tolist() == [True, 61]
    assert table.loc[("trial_usage", "signing"), ["leaked", "days_after_decision"]].tolist() == [False, -304]
    assert table.loc[("wau_ratio", "before_decision"), ["leaked", "days_after_decision"]].tolist() == [False, -62]


def test_a_value_that_ranks_like_a_coin_separates_nobody():
    left = np.array([True, False, True, False])
    assert float(leaks.separation(np.array([1.0, 1.0, 2.0, 2.0]), left)) == 0.5


def test_the_area_is_the_share_of_pairs_ranked_rightly():
    found = leaks.separation(np.array([1.0, 3.0, 2.0, 4.0, 5.0]), np.array([True, True, False, False, False]))
    assert found.estimate == pytest.approx(5 / 6)
    # DeLong: variance of the leavers' (1, 2/3) over 2 plus that of the stayers' (1/2, 1, 1) over 3.
    assert found.std_error == pytest.approx(((1 / 18) / 2 + (1 / 12) / 3) ** 0.5)


class KnownTruth:
    """Half stay each month. At the contract's end one leaves with chance .8, the other with .1; any month 5 % close."""

    touch_lines = None

    def survival(self, horizon: int, by: str | None = None) -> pd.DataFrame:
        return pd.DataFrame({"month": range(horizon + 1), "survival": [0.5**month for month in range(horizon + 1)]})

    def hazard(self) -> pd.DataFrame:
        last, before = pd.Timestamp("2024-01-01"), pd.Timestamp("2023-12-01")
        months, tenures = [last, last, before, before], [12, 12, 11, 11]
        columns = {"account_id": ["stays", "leaves"] * 2, "month": months, "spell": 1, "tenure": tenures}
        return pd.DataFrame({**columns, "hazard": [0.145, 0.81, 0.05, 0.05], "latent": 0.0})

    def accounts(self) -> pd.DataFrame:
        return pd.DataFrame({"account_id": ["stays", "leaves"]})


def test_the_oracle_knows_nothing_where_there_is_no_truth(book):
    assert oracle.survival(None, 12) is None
    assert oracle.restricted_mean(None, 12) is None
    assert oracle.hazard_at(None, 12) is None
    assert oracle.survival_at(None, 12) is None
    assert oracle.usage_gap(book) is None


def test_the_oracle_reads_the_expected_curve():
    assert oracle.survival(KnownTruth(), 2)[["time", "estimate"]].values.tolist() == [[0, 1], [1, 0.5], [2, 0.25]]
    assert float(oracle.restricted_mean(KnownTruth(), 3)) == 1.75
    assert float(oracle.survival_at(KnownTruth(), 2)) == 0.25


def test_the_oracle_reads_the_chance_of_leaving_of_those_asked_for():
    assert float(oracle.hazard_at(KnownTruth(), 12)) == pytest.approx((0.145 + 0.81) / 2)
    watched = pd.DataFrame({"account_id": ["stays", "leaves"], "entry": [11, 12]})
    assert float(oracle.hazard_at(KnownTruth(), 12, watched)) == 0.145
    assert oracle.hazard_at(KnownTruth(), 13) is None


def test_the_true_gap_weighs_each_renewal_by_its_chance_of_either_end(book):
    known = replace(book, truth=KnownTruth())
    # left: (.6·.1 + .4·.8) / .9; stayed: (.6·.9 + .4·.2) / 1.1
    assert oracle.usage_before_decision(known)["estimate"].tolist() == pytest.approx([0.38 / 0.9, 0.62 / 1.1])
    assert float(oracle.usage_gap(known)) == pytest.approx(0.62 / 1.1 - 0.38 / 0.9)


def test_a_path_of_no_months_is_refused(book):
    with pytest.raises(UsageError, match="months_before"):
        usage.usage_paths(book, months_before=0)
