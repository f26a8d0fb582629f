"""What a lot tells: plain and adjusted differences, invitations, hours of touch."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.effect.dose import _hours, dose_response, tenures
from cslab.measure.effect.encouragement import encouragement, late
from cslab.measure.effect.experiment import experiment
from cslab.measure.effect.trial import of_frame
from cslab.measure.estimate import Z95


def seen(n: int = 400, effect: float = 2.0) -> pd.DataFrame:
    """Customers by lot, whose outcome follows their size closely."""
    draw = np.random.default_rng(5)
    frame = pd.DataFrame({"got": draw.integers(0, 2, n), "size": draw.normal(size=n), "office": np.arange(n) // 20})
    return frame.assign(brought=effect * frame["got"] + 3 * frame["size"] + draw.normal(size=n))


def test_a_difference_of_shares_has_limits_for_shares():
    rows = pd.DataFrame({"got": [1] * 70 + [0] * 80, "stayed": [1] * 56 + [0] * 14 + [1] * 48 + [0] * 32})
    found = experiment(of_frame(rows, "got", "stayed", []))
    assert found.estimate == pytest.approx(0.2)
    assert [round(found.low, 4), round(found.high, 4)] == [0.0524, 0.3339]  # Newcombe (1998)
    assert found.counts.set_index("arm")["mean"].to_dict() == {"0": 0.6, "1": 0.8}


def test_a_difference_of_amounts_is_welchs():
    from scipy.stats import ttest_ind

    rows = seen(60)
    sides = [rows.loc[rows["got"] == got, "brought"] for got in (1, 0)]
    theirs = ttest_ind(*sides, equal_var=False).confidence_interval()
    found = experiment(of_frame(rows, "got", "brought", []))
    assert [found.low, found.high] == pytest.approx([theirs.low, theirs.high])


def test_taking_out_what_was_known_is_the_interacted_regression_and_narrows_the_limits():
    import statsmodels.formula.api as smf

    rows = seen().assign(centred=lambda frame: frame["size"] - frame["size"].mean())
    theirs = smf.ols("brought ~ got * centred", rows).fit(cov_type="HC1")
    plain, adjusted = (experiment(of_frame(rows, "got", "brought", ["size"]), adjusted=how) for how in (False, True))
    assert adjusted.estimate == pytest.approx(theirs.params["got"])
    assert adjusted.std_error == pytest.approx(theirs.bse["got"], rel=0.01)
    assert adjusted.high - adjusted.low < 0.5 * (plain.high - plain.low)


def test_rows_that_go_together_widen_the_limits_where_whole_groups_were_drawn():
    rows = seen().assign(
        got=lambda frame: frame["office"] % 2, brought=lambda frame: frame["office"] % 5 + frame["size"]
    )
    alone, together = (experiment(of_frame(rows, "got", "brought", [], cluster=by)) for by in ("", "office"))
    assert together.estimate == pytest.approx(alone.estimate) and together.std_error > 2 * alone.std_error


def test_one_customer_on_a_side_is_refused_and_so_are_more_columns_than_customers_bear():
    rows = pd.DataFrame({"got": [1, 0, 0], "y": [1.0, 2.0, 3.0], "x": [1.0, 2.0, 3.0]})
    with pytest.raises(UsageError, match="one customer"):
        experiment(of_frame(rows, "got", "y", ["x"]))
    few = seen(8).assign(got=[0, 1] * 4, a=range(8), b=[1, 5, 2, 6, 3, 7, 4, 8])
    with pytest.raises(UsageError, match="columns to adjust for"):
        experiment(of_frame(few, "got", "brought", ["size", "a", "b"]), adjusted=True)


def invited(n: int = 2_000, moves: float = 0.5, effect: float = 1.0) -> tuple[pd.DataFrame, set[str]]:
    """An invitation by lot; who comes feels better anyway."""
    draw = np.random.default_rng(3)
    frame = pd.DataFrame({"arm": np.where(draw.random(n) < 0.5, "invited", "not_invited"), "mood": draw.normal(size=n)})
    came = (frame["arm"] == "invited") & (draw.random(n) < moves) & (frame["mood"] > -1)
    frame["y"] = effect * came + frame["mood"] + draw.normal(size=n)
    return frame, {str(place) for place in frame.index[came]}


def test_an_invitation_gives_what_taking_part_brings_though_the_cheerful_come():
    rows, came = invited()
    found = encouragement(of_frame(rows, "arm", "y", ["mood"]), came)
    assert found.effect.low < 1.0 < found.effect.high
    assert found.effect.estimate == pytest.approx(found.invitation.estimate / found.taking_part.estimate)
    plain = (
        rows.loc[rows.index.isin(map(int, came)), "y"].mean() - rows.loc[~rows.index.isin(map(int, came)), "y"].mean()
    )
    assert plain > found.effect.high  # those who come are the cheerful ones


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.3, 0.9))
def test_at_both_limits_the_difference_is_just_as_far_from_nothing_as_luck_goes(seed, moves):
    draw = np.random.default_rng(seed)
    lot = draw.random(300) < 0.5
    came = np.where(lot, draw.random(300) < moves, draw.random(300) < 0.05).astype(float)
    outcome = draw.normal(size=300) + came
    found = late(outcome, came, lot)
    for limit in (found.low, found.high):
        rest = outcome - limit * came
        gap = rest[lot].mean() - rest[~lot].mean()
        error = math.sqrt(rest[lot].var(ddof=1) / lot.sum() + rest[~lot].var(ddof=1) / (~lot).sum())
        assert abs(gap) / error == pytest.approx(Z95, rel=1e-6)


def test_an_invitation_that_moves_next_to_nobody_says_that_it_does_not_tell():
    rows, came = invited(200, moves=0.01)
    found = encouragement(of_frame(rows, "arm", "y", []), came)
    assert (found.effect.low, found.effect.high) == (-math.inf, math.inf)


def test_an_invitation_that_moved_nobody_is_refused():
    with pytest.raises(UsageError, match="moved nobody"):
        encouragement(of_frame(invited(100)[0], "arm", "y", []), set())


def test_hours_stand_in_bands_from_few_to_many_and_neither_slope_claims_to_be_the_effect():
    found = dose_response(cslab.load("synthetic:tiny?accounts=500"), bands=3)
    assert found.bands["hours"].is_monotonic_increasing and found.bands["n"].sum() == found.naive.n
    assert found.bands["estimate"].between(found.bands["low"], found.bands["high"]).all()
    assert found.naive.identification.key == "identification.nothing"


def test_too_few_customers_for_bands_are_refused_with_the_count():
    with pytest.raises(NotReady, match="bands need"):
        dose_response(cslab.load("synthetic:tiny"), bands=8)


def test_one_band_is_no_curve():
    with pytest.raises(UsageError, match="bands"):
        dose_response(cslab.load("synthetic:tiny"), bands=1)


def test_hours_of_who_is_new_count_by_the_months_that_it_has_been_there():
    book = cslab.load("synthetic:tiny?accounts=500")
    day = book.as_of - pd.DateOffset(months=6)
    there = tenures(book, day)
    new = there[there.between(1, 3)].index[0]
    touched = pd.DataFrame({"account_id": [new], "touched_on": day, "minutes": 60.0})
    seen = Book({**{name: book.tables[name] for name in ("accounts", "contracts")}, "touches": touched}, book.as_of)
    assert _hours(seen, day, 6)["hours"].tolist() == pytest.approx([1 / there[new]])


def test_a_horizon_before_all_records_says_that_nobody_was_there():
    with pytest.raises(NotReady, match="at time zero"):
        dose_response(cslab.load("synthetic:tiny"), horizon=500)
