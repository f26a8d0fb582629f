"""Where help raises lifetime value most: the careful chain agrees with the truth, and a choice is judged by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import capacity, lifecycle
from cslab.measure.lifecycle import focus


@pytest.fixture(scope="module")
def book() -> Book:
    return cslab.load("synthetic:default_jp?accounts=250")


@pytest.fixture(scope="module")
def tried(book: Book) -> pd.DataFrame:
    return focus.experiment(book, futures=2)


def without(book: Book, *tables: str) -> Book:
    """The book without some of its tables, and without its truth."""
    kept = {name: book.tables[name] for name in book.tables if name not in tables}
    return replace(book.hide_truth(), tables=kept)


def test_each_phase_has_its_gain_within_limits_by_deal_hour_and_yen(book, tried):
    assert tried["phase"].tolist() == ["evaluation", "purchase", "onboarding", "adoption", "renewal"]
    limited = tried.dropna(subset=["low"])
    assert ((limited["low"] < limited["estimate"]) & (limited["estimate"] < limited["high"])).all()
    assert (tried["per_hour"] * tried["hours"]).to_numpy() == pytest.approx(tried["estimate"].to_numpy())
    hour = capacity.hour_amount(book)
    assert (tried["per_yen"] * hour).to_numpy() == pytest.approx(tried["per_hour"].to_numpy())
    case = [lifecycle.rules().phases[phase].hours_per_case for phase in tried["phase"]]
    assert (tried["hours"] / tried["visits"]).to_numpy() == pytest.approx(case)


@pytest.mark.slow
def test_a_deal_lost_is_a_customer_less_and_its_gain_in_evaluation_is_the_value_of_one(book, tried):
    won = tried.attrs["won"]
    none = focus.experiment(book, effect=0.0, futures=1).set_index("phase")
    assert (none[["estimate", "truth"]] == 0).all(axis=None)
    double = focus.experiment(book.hide_truth(), effect=0.4).set_index("phase")
    assert double["estimate"]["evaluation"] == pytest.approx(2 * tried.set_index("phase")["estimate"]["evaluation"])
    ended = book.deals["outcome"].value_counts()
    assert won == pytest.approx(ended["won"] / (ended["won"] + ended["lost"]), abs=0.01)


def test_what_nobody_knows_is_missing_and_the_rest_is_as_before(book, tried):
    bare = focus.experiment(without(book, "csm"))
    assert bare[["truth", "truth_per_hour", "per_yen", "per_yen_low"]].isna().all(axis=None)
    assert bare["estimate"].to_numpy() == pytest.approx(tried["estimate"].to_numpy())


def test_without_deals_all_is_counted_for_a_customer_that_signs(book, tried):
    signed = focus.experiment(without(book, "deals")).set_index("phase")
    assert list(signed.index) == ["purchase", "onboarding", "adoption", "renewal"]
    each = tried.set_index("phase").loc[signed.index, "estimate"] / tried.attrs["won"]
    assert signed["estimate"].to_numpy() == pytest.approx(each.to_numpy())


def test_phases_that_cannot_be_told_are_all_named_and_can_be_left_out(book):
    poor = without(book, "onboarding", "deals")
    with pytest.raises(NotReady, match="onboarding"):
        focus.experiment(poor)
    found = focus.experiment(poor, rules=lifecycle.rules().only(poor))
    assert found["phase"].tolist() == ["adoption", "renewal"]


def test_rules_that_name_no_hours_leave_gains_an_hour_open(book):
    found = focus.experiment(book.hide_truth(), rules=lifecycle.rules("sansan"))
    assert found["phase"].tolist() == ["introduction", "operation", "utilisation", "establishment"]
    assert found["per_hour"].isna().all()
    assert (found["estimate"] >= 0).all()


def test_terms_that_make_no_sense_are_refused(book):
    with pytest.raises(UsageError, match="effect"):
        focus.experiment(book, effect=20)
    with pytest.raises(UsageError, match="horizon"):
        focus.experiment(book, horizon=0)
    with pytest.raises(UsageError, match="hours"):
        focus.table(book, hours=0)


def test_the_table_says_where_customers_are_and_what_a_year_s_hours_bring_them(book):
    found = focus.table(book.hide_truth(), hours=50).set_index("phase")
    stuck = lifecycle.stuck_report(book).set_index("phase")
    assert found["customers"].to_dict() == stuck["customers"].reindex(found.index).to_dict()
    assert "evaluation" not in found.index
    assert (found["spent_hours"] <= 50).all()
    assert found["gain_amount"].to_numpy() == pytest.approx((found["spent_hours"] * found["per_hour"]).to_numpy())
    stays = lifecycle.spells(book)
    year = book.as_of - pd.Timedelta(days=365)
    begun = stays[(stays["begins"] > year) & ~stays["entered_late"] & (stays["phase"] == "renewal")]
    assert found["cases"]["renewal"] == pytest.approx(len(begun), rel=0.02)


@settings(max_examples=40, deadline=None)
@given(
    needed=st.floats(0, 1e4),
    rate=st.floats(0, 1e5),
    hours=st.tuples(st.floats(0.1, 2e4), st.floats(0.1, 2e4)),
)
def test_more_hours_never_bring_less_and_no_more_than_all_cases_take(needed, rate, hours):
    rates = {name: [rate] for name in ("per_hour", "per_hour_low", "per_hour_high", "truth_per_hour")}
    frame = pd.DataFrame({"needed_hours": [needed], **rates})
    less, more, all_ = (focus.spent(frame, some)["gain_amount"].item() for some in (*sorted(hours), None))
    assert less <= more <= all_ + 1e-9


def phases(**gains: tuple[float, float | None]) -> pd.DataFrame:
    """A table of phases: what the chain says that they bring, and the truth."""
    rows = [{"phase": name, "gain_amount": gain, "true_gain_amount": true} for name, (gain, true) in gains.items()]
    return pd.DataFrame(rows).astype({"true_gain_amount": float})


def test_a_choice_is_judged_by_the_truth_and_by_the_chain_only_where_there_is_none():
    true = focus.regret(phases(onboarding=(9.0, 3.0), renewal=(5.0, 4.0)), "onboarding")
    assert (true.best, true.amount, true.share, true.by_truth) == ("renewal", 1.0, 0.25, True)
    blind = focus.regret(phases(onboarding=(9.0, None), renewal=(6.0, None)), "renewal")
    assert (blind.best, blind.share, blind.by_truth) == ("onboarding", pytest.approx(1 / 3), False)
    assert focus.regret(phases(onboarding=(9.0, 3.0), renewal=(5.0, 4.0)), "renewal").share == 0


def test_a_phase_that_is_not_in_the_table_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="onboarding"):
        focus.regret(phases(onboarding=(9.0, 3.0), purchase=(np.nan, np.nan)), "onbording")
    with pytest.raises(UsageError):
        focus.regret(phases(onboarding=(9.0, 3.0), purchase=(np.nan, np.nan)), "purchase")


def test_why_they_differ_begins_with_one_chain_for_all_and_ends_with_the_truth(book, tried):
    found = focus.entrants(book, futures=2).set_index("phase")
    careful = tried.set_index("phase").loc[found.index]
    assert found["remembered"].to_numpy() == pytest.approx((careful["estimate"] / tried.attrs["won"]).to_numpy())
    assert found["truth"].to_numpy() == pytest.approx((careful["truth"] / tried.attrs["won"]).to_numpy())
    assert ((found[["leaving", "true_leaving"]] >= 0) & (found[["leaving", "true_leaving"]] < 1)).all(axis=None)
    blind = focus.entrants(book.hide_truth())
    assert blind[["truth", "true_leaving", "true_worth_amount"]].isna().all(axis=None)


@pytest.mark.slow
def test_the_careful_chain_agrees_with_the_truth_and_picks_its_phase_where_one_chain_for_all_does_not():
    parts, regrets = [], []
    for seed in range(1, 6):
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts=1000")
        table = focus.table(book, hours=500, futures=8)
        parts.append(table.assign(pooled=focus.entrants(book, futures=8)["pooled"] * table.attrs["won"]))
        best, most = (table.loc[table[column].idxmax(), "phase"] for column in ("per_hour", "customers"))
        regrets.append([focus.regret(table, phase).share for phase in (best, most)])
    rows = pd.concat(parts)
    covered = ((rows["low"] <= rows["truth"]) & (rows["truth"] <= rows["high"])).mean()
    means = rows.groupby("phase")[["estimate", "pooled", "truth"]].mean()
    print(means.round().to_string(), f"covered {covered:.2f}", np.mean(regrets, axis=0).round(2), sep="\n")
    assert covered > 0.8
    later = means.loc[["onboarding", "adoption", "renewal"]]
    assert (abs(later["estimate"] / later["truth"] - 1) < 0.3).all()
    assert (later["pooled"] > later["truth"] * [2, 2, 1.1]).all()
    assert np.mean(regrets, axis=0)[0] < 0.05 < 0.3 < np.mean(regrets, axis=0)[1]


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "best"), [("slow_burn", "onboarding"), ("smb_heavy", "adoption")])
def test_other_companies_have_another_best_phase_and_the_chain_finds_it(preset, best):
    table = focus.table(cslab.load(f"synthetic:{preset}?accounts=1000"), hours=500, futures=8)
    assert table.loc[table["per_hour"].idxmax(), "phase"] == best
    assert focus.regret(table, best).share == 0


@pytest.mark.slow
def test_the_truth_of_the_simulators_phases_is_not_given_for_phases_that_are_told_otherwise():
    book = cslab.load("synthetic:tiny")
    own, stricter = lifecycle.rules("totango"), replace(lifecycle.rules(), name="own")
    assert focus.experiment(book, rules=own, futures=2)["truth"].isna().all()
    assert focus.experiment(book, rules=stricter, futures=2)["truth"].notna().all()
