"""Customers who left and came back: counted with their first stay, and on neither side of a comparison of today."""

import pandas as pd
import pytest

from cslab import load, world
from cslab.book import Book
from cslab.measure import durations, leaks, oracle, usage
from cslab.measure.spells import customers_again
from tests.world.adding_up import adds_up

MANY = world.preset("default_jp").with_(winback_share="0.9, 0.9", winback_months=3)


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company(MANY, seed=3, accounts=500)


def running_again(book: Book) -> set[str]:
    """Accounts with an exit on record that pay today."""
    gone = book.churn_events.loc[book.churn_events["effective_on"] <= book.as_of, "account_id"]
    paid = book.mrr_movements.groupby("account_id")["amount"].sum()
    return set(gone) & set(paid[paid > 0.005].index)


def test_who_is_back_is_who_left_and_pays_today(book):
    known = durations.durations(book)
    found = set(known.loc[customers_again(book, known), "account_id"])
    assert found and found == running_again(book) & set(known["account_id"])


def test_who_left_again_is_not_back(book):
    known = durations.durations(book)
    exits = book.churn_events[book.churn_events["effective_on"] <= book.as_of]
    twice = exits["account_id"][exits["account_id"].duplicated()]
    assert len(twice) and not known.loc[customers_again(book, known), "account_id"].isin(twice).any()


def test_leavers_show_no_usage_today_as_those_who_came_back_are_left_out_and_counted(book):
    compared = usage.compared_as_of_today(book).set_index("status")
    known = durations.durations(book)
    back = customers_again(book, known).sum()
    assert compared.loc["left", "estimate"] == 0 and compared["n"].sum() == len(known) - back
    assert [note.values["count"] for note in durations.notes(compared)] == [back]
    assert usage.gap_as_of_today(book).n == len(known) - back


def test_money_and_usage_of_today_tell_leavers_apart_without_those_who_came_back(book):
    table = leaks.leaky_features(book)
    mrr = table[table["feature"] == "mrr_amount"].iloc[0]
    known = durations.durations(book)
    assert mrr["estimate"] == 1.0 and mrr["n"] == len(known) - customers_again(book, known).sum()
    assert table.attrs["back"] == customers_again(book, known).sum()
    assert table.loc[table["known"] == "exit", "n"].iloc[0] == len(known)


def test_without_returns_nothing_is_left_out_and_nothing_said():
    compared = usage.compared_as_of_today(load("synthetic:tiny?winback_share=0,0"))
    assert compared.attrs["back"] == 0 and durations.notes(compared) == ()


def test_the_truth_says_which_months_are_those_of_a_second_spell(book):
    cells = book.truth.hazard()
    returned = book.churn_events.dropna(subset="winback_on").set_index("account_id")["winback_on"]
    back = cells["account_id"].map(returned)
    seen = cells[cells["account_id"].isin(returned.index)]
    assert set(seen["spell"]) == {1, 2}
    assert ((seen["spell"] == 2) == (seen["month"] >= back[seen.index].dt.to_period("M").dt.to_timestamp())).all()


class TwoSpells:
    """One account: in month 12 of its first stay it leaves with chance .5, in month 12 of its second with .1."""

    def hazard(self) -> pd.DataFrame:
        months = pd.to_datetime(["2022-01-01", "2024-01-01"])
        return pd.DataFrame(
            {"account_id": "A", "month": months, "spell": [1, 2], "tenure": 12, "hazard": [0.5, 0.1], "latent": 0.0}
        )


def test_the_true_chance_in_a_month_of_life_is_that_of_first_stays():
    found = oracle.hazard_at(TwoSpells(), 12)
    assert float(found) == 0.5 and found.n == 1


def test_a_customer_who_came_back_in_the_very_first_month_of_the_records_adds_up_as_a_reactivation():
    scenario = world.preset("default_jp").with_(winback_share="0.9, 0.9", winback_months=30)
    book = world.company(scenario, seed=1, accounts=600)
    hidden = book.truth.accounts().set_index("account_id")["winback_month"]
    signed = book.accounts.set_index("account_id")["signed_on"].dt.to_period("M")
    waited = (book.window_start.to_period("M").ordinal - signed.map(lambda month: month.ordinal)).astype(float)
    back = hidden.reindex(waited.index) == waited
    assert back.any()
    adds_up(book)
