"""The truth is an expectation over all customers drawn; it costs nothing until it is asked for."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Truth
from cslab.faults import UsageError
from cslab.world import simulate
from tests.world.bands import BANDS, calibration_book, half_width, measured


def test_survival_of_customers_alike_is_the_product_of_their_chances():
    alike = world.preset("tiny").with_(
        segment_share="1,0,0", term_share_smb="0,1,0,0", renewal_value_effect=0, uncontrollable_hazard="0.002,0,0"
    )
    curve = world.company(alike).truth.survival(25).set_index("month")["survival"]
    stays = 1 - 1 / (1 + np.exp(2.05))
    assert curve[0] == 1
    assert curve[11] == pytest.approx(0.998**11)
    assert curve[12] == pytest.approx(0.998**12 * stays)
    assert curve[25] == pytest.approx(0.998**25 * stays**2)


def test_survival_agrees_with_what_happens_to_many_customers():
    book = calibration_book(seed=4, accounts=6000)
    curve = book.truth.survival(60).set_index("month")["survival"]
    gone = book.truth.accounts()["churn_tenure"]
    for month in (6, 12, 24, 36, 60):
        share = 1 - (gone <= month).mean()
        assert abs(share - curve[month]) < 4 * (curve[month] * (1 - curve[month]) / len(gone)) ** 0.5


def test_groups_weighted_by_their_size_give_the_whole():
    truth = world.company("default_jp", accounts=500).truth
    parts, whole = truth.survival(30, by="segment"), truth.survival(30)["survival"]
    curves = parts.pivot(index="month", columns="segment", values="survival")
    drawn = world.company("default_jp", accounts=500, months=48).truth.survival(0, by="segment")["segment"]
    assert list(drawn) == ["enterprise", "mid", "smb"]
    assert ((curves.min(axis=1) <= whole) & (whole <= curves.max(axis=1))).all()


def test_survival_counts_customers_lost_before_the_records_and_not_only_those_seen():
    book = world.company("default_jp", accounts=3000)
    seen = book.truth.accounts().merge(book.accounts[["account_id", "is_legacy"]], on="account_id")
    legacy = seen[seen["is_legacy"]]
    kept = 1 - (legacy["churn_tenure"] <= 12).mean()
    assert kept > book.truth.survival(12)["survival"].iloc[-1] + 0.03


def test_an_unknown_column_to_split_by_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="segment"):
        world.company("tiny").truth.survival(12, by="segmnt")


def test_the_hazard_of_an_account_is_high_when_a_term_runs_out_only():
    book = world.company("calibration", accounts=400, months=60)
    cells = book.truth.hazard().merge(book.contracts[["account_id", "term_months"]].drop_duplicates(), on="account_id")
    assert (cells.loc[cells["tenure"] == 0, "hazard"] == 0).all()
    due = (cells["tenure"] % cells["term_months"] == 0) & (cells["tenure"] > 0)
    closes = (
        cells["account_id"]
        .map(book.accounts.set_index("account_id")["segment"])
        .map({"smb": 0.0020, "mid": 0.0010, "enterprise": 0.0006})
    )
    between = ~due & (cells["tenure"] > 0)
    assert np.allclose(cells.loc[between, "hazard"], closes[between])
    assert (cells.loc[due, "hazard"] > closes[due]).all()
    month = cells["month"].dt.year * 12 + cells["month"].dt.month
    assert (month - month.groupby(cells["account_id"]).transform("min") == cells["tenure"]).all()


def test_the_hidden_causes_are_those_of_the_events():
    book = world.company("default_jp", accounts=1500)
    truth = book.truth.accounts().set_index("account_id")
    left = book.churn_events.sort_values("effective_on").groupby("account_id").first()
    left = left[left["effective_on"] <= book.as_of]
    signed = book.accounts.set_index("account_id")["signed_on"]
    for account, tenure in truth.loc[left.index, "churn_tenure"].items():
        assert signed[account] + pd.DateOffset(months=int(tenure)) == left.loc[account, "effective_on"]
    sudden = left["decided_on"] == left["effective_on"]
    assert (truth.loc[left.index, "cause_true"].eq("uncontrollable") == sudden).all()
    stays = book.accounts["account_id"][~book.accounts["account_id"].isin(left.index)]
    assert (truth.loc[stays, "cause_true"] == "").all()


def test_a_book_simulates_no_truth_until_it_is_asked(monkeypatch):
    book = world.company("tiny")
    monkeypatch.setattr(simulate, "simulate", lambda *_: pytest.fail("simulated"))
    assert book.truth is not None and book.at("2023-03-31").truth is book.truth
    assert book.hide_truth().truth is None
    with pytest.raises(pytest.fail.Exception):
        book.truth.accounts()


def test_what_one_reader_does_to_a_truth_does_not_reach_the_next():
    truth: Truth = world.company("tiny").truth
    mine = truth.accounts()
    mine["fit"] = 0.0
    assert (truth.accounts()["fit"] != 0).any()


@pytest.mark.parametrize("addons", ["none", "all"])
def test_three_thousand_customers_hold_the_acceptance_bands_at_their_own_width(addons):
    for name, value in measured(seed=1, accounts=3000, addons=addons).items():
        assert abs(value - BANDS[name][0]) <= half_width(name, 3000), name
