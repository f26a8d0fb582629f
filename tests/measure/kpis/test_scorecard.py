"""Support against success: colours that know how sure they are, and a company that is green on one side only."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure.kpis import KPIS
from cslab.measure.kpis.scorecard import TARGETS, Target, scorecard

YEAR = ("2024-04-01", "2025-04-01")


def desk(hours: list[float], day: str = "2024-03-05") -> pd.DataFrame:
    """Answered tickets of as many accounts, closed on a day after some hours."""
    names = [f"A{number}" for number in range(len(hours))]
    tickets = pd.DataFrame({"account_id": names, "first_response_h": hours, "closed_on": pd.Timestamp(day)})
    return tickets.assign(opened_on=tickets["closed_on"])


def status(tickets: pd.DataFrame, **how: object) -> str:
    """The colour of the mean first response in March 2024."""
    moves = pd.DataFrame({"account_id": ["A0"], "month": pd.Timestamp("2023-01-01"), "amount": 1.0, "type": "new"})
    book = Book({"tickets": tickets, "mrr_movements": moves.assign(kind="none")}, pd.Timestamp("2024-03-31"))
    card = scorecard(book, "2024-03-01", "2024-04-01", **how).set_index("kpi")
    return str(card.loc["first_response_mean", "status"])


def test_green_and_red_take_limits_on_one_side_of_the_target():
    four = {"first_response_mean": Target(4.0, "S")}
    assert status(desk([1, 2, 1, 2]), targets=four) == "green"
    assert status(desk([9, 8, 9, 8]), targets=four) == "red"
    assert status(desk([1, 9, 2, 8]), targets=four) == "amber"


def test_without_a_target_or_without_limits_there_is_no_colour():
    assert status(desk([1, 2, 1, 2]), targets={}) == "none"
    assert status(desk([1])) == "none"


def test_against_the_last_period_only_a_change_beyond_chance_has_a_colour():
    before = desk([5, 6, 5, 6], "2024-02-05")
    assert status(pd.concat([before, desk([1, 2, 1, 2])]), rule="last_period") == "green"
    assert status(pd.concat([before, desk([9, 8, 9, 8])]), rule="last_period") == "red"
    assert status(pd.concat([before, desk([5, 6, 6, 6])]), rule="last_period") == "amber"
    assert status(desk([1, 2, 1, 2]), rule="last_period") == "none"


def test_a_share_of_a_year_is_compounded_to_the_window():
    assert Target(0.75, "S", yearly=True).over(0.5) == 0.5
    assert Target(0.75, "S").over(0.5) == 0.75


def test_every_target_belongs_to_an_indicator_that_has_a_better_side():
    assert all(KPIS[name].better for name in TARGETS)
    assert set(KPIS) - set(TARGETS) == {"ticket_volume"}


def test_the_period_before_is_that_of_a_card_of_its_own():
    book = cslab.load("synthetic:default_jp?seed=3&accounts=300")
    now, before = scorecard(book, *YEAR), scorecard(book, "2023-04-01", "2024-04-01")
    assert np.array_equal(now["previous"], before["estimate"])
    assert np.array_equal(now["previous_low"], before["low"], equal_nan=True)


def test_an_unknown_rule_is_refused():
    with pytest.raises(UsageError, match="last_period"):
        scorecard(cslab.load("synthetic:tiny"), *YEAR, rule="last_year")


@pytest.mark.parametrize("seed", [1, 2])
def test_support_can_be_green_while_success_is_red(seed):
    book = cslab.load(f"synthetic:green_support_red_success?seed={seed}&accounts=1000")
    card = scorecard(book, *YEAR).set_index("kpi")
    support = card[card["target"].notna() & (card["side"] == "support")]
    assert set(support["status"]) == {"green"}
    assert card.loc[["logo_churn", "cross_upsell_rate"], "status"].tolist() == ["red", "red"]


@pytest.mark.parametrize("seed", [1, 2])
def test_in_the_default_company_neither_of_them_is(seed):
    card = scorecard(cslab.load(f"synthetic:default_jp?seed={seed}&accounts=1000"), *YEAR).set_index("kpi")
    assert "red" not in set(card.loc[["logo_churn", "cross_upsell_rate"], "status"])
