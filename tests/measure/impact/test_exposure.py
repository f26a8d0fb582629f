"""Who came under a programme, and beside whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure.effect.tried import tried
from cslab.measure.impact import shipped
from cslab.measure.impact.contrast import contrast
from cslab.measure.impact.dose import dose_check
from cslab.measure.impact.exposure import exposure, of_frame, started, taking_part
from cslab.measure.impact.looked import Looked
from cslab.measure.impact.series import Records
from tests.measure.coverage import holds

WORLD = "synthetic:tiny?accounts=400&programs=training&program_start=12&policy=program_"


@pytest.mark.parametrize(
    ("design", "how", "by_lot"),
    [
        ("rct", "lot", True),
        ("encouragement", "invitation", True),
        ("staggered", "groups", True),
        ("csm", "choice", False),
    ],
)
def test_how_it_was_decided_is_read_off_the_register(design, how, by_lot):
    found = exposure(cslab.load(WORLD + design), "training")
    assert (found.how, found.by_lot) == (how, by_lot)


def test_by_lot_everybody_whose_turn_came_stands_in_one_row_and_those_of_a_month_are_compared():
    book = cslab.load(WORLD + "rct")
    found = exposure(book, "training")
    assert len(found.rows) == len(book.program_enrolment) == found.rows["account_id"].nunique()
    assert (found.rows.groupby("stratum")["turn"].nunique() == 1).all()
    assert found.participants == book.program_enrolment["enrolled_on"].notna().sum()


def test_by_invitation_the_arm_is_who_was_invited_whoever_came():
    book = cslab.load(WORLD + "encouragement")
    rows = exposure(book, "training").rows
    assert rows["arm"].sum() == book.program_enrolment["invited_on"].notna().sum()
    assert rows["took"].sum() < rows["arm"].sum()


def test_joiners_alone_are_compared_with_customers_of_that_month_not_yet_in_it():
    book = cslab.load(WORLD + "staggered")
    found = exposure(book, "training")
    joined = found.rows[found.rows["arm"]].set_index("account_id")["turn"]
    others = found.rows[~found.rows["arm"]]
    assert not others.empty and (found.rows.groupby("stratum")["arm"].any()).all()
    own = others["account_id"].map(joined)
    assert (own.isna() | (own > others["turn"])).all()
    assert (others["until"].isna() == own.isna()).all() and (others["until"] == own)[own.notna()].all()
    there = Records(book).frame("retained")
    at_turn = there.to_numpy()[there.index.get_indexer(others["account_id"]), there.columns.get_indexer(others["turn"])]
    assert np.nanmean(at_turn) > 0.9  # whoever is compared is a customer, but for those who leave in that very month


def test_where_comparisons_wait_for_their_turn_both_arms_end_when_the_first_of_them_comes_in():
    """Half of each arm leaves in the same month. Who stays among the comparisons comes in; who has left never does."""
    months = pd.date_range("2024-01-01", periods=12, freq="MS")
    arm, leaves = np.repeat([True, False], 8), np.tile([True, False], 8)
    rows = pd.DataFrame({"account_id": [f"A{place:02}" for place in range(16)], "turn": months[1], "arm": arm})
    rows["until"] = pd.Series(months[6], rows.index).where(~arm & ~leaves)
    there = pd.DataFrame(1.0, rows["account_id"].tolist(), months)
    there.loc[leaves, months[4] :] = 0.0
    turns = of_frame(rows, "groups")
    assert turns.waits and contrast(there, turns, 5).estimate > 0.4  # though both arms leave alike
    assert tried(contrast, there, turns.together, 5) is None
    assert contrast(there, turns.together, 3).estimate == pytest.approx(0.0, abs=1e-9)


@pytest.mark.slow
def test_groups_by_lot_of_a_programme_that_does_nothing_keep_their_customers_as_the_others_do():
    faq = shipped("faq")
    world = "synthetic:default_jp?accounts=1500&program_effect=0&programs=faq&policy=program_staggered&seed="
    looked = [Looked(faq, Records(cslab.load(f"{world}{seed}"))) for seed in range(1, 21)]
    found = [one.change("retention", 4) for one in looked]
    assert not any(one.change("retention", 9) for one in looked)  # by then all who have stayed have come in
    assert holds(sum(one.low <= 0 <= one.high for one in found), len(found))
    assert abs(np.mean([one.estimate / one.std_error for one in found])) < 2.6 / np.sqrt(len(found))


def test_who_begins_long_after_the_turn_is_beside_those_who_had_not_begun_by_then():
    """Whoever leaves before the beginning can never begin: among those who do not take part nobody may wait for it."""
    book = cslab.load("synthetic:default_jp?accounts=1000&programs=training&policy=program_csm")
    rows = book.program_enrolment.copy()
    rows.loc[::2, "enrolled_on"] += pd.Timedelta(days=120)
    found = exposure(replace(book, tables={**book.tables, "program_enrolment": rows}), "training")
    began = rows.set_index("account_id")["enrolled_on"].dt.to_period("M").dt.to_timestamp()
    joined = found.rows[found.rows["arm"]]
    assert joined["turn"].tolist() == began[joined["account_id"]].tolist()
    assert found.waits and found.how == "choice"


def test_where_everybody_begins_at_once_nobody_is_left_to_compare_with():
    book = cslab.load("synthetic:tiny?accounts=400&programs=faq&program_start=12&policy=program_open")
    rows = exposure(book, "faq").rows
    assert rows["arm"].all()


def test_an_invitation_that_no_record_shows_was_no_lot():
    book = cslab.load("synthetic:tiny?accounts=400&programs=faq&policy=program_encouragement")
    assert exposure(book, "faq").how == "choice"


def test_without_a_register_the_turn_is_the_first_month_above_nothing():
    book = cslab.load("synthetic:tiny?accounts=200")
    series = Records(book).frame("ever(tickets where category = how_to)")
    found = started(book, series, "first question")
    first = found.rows[found.rows["arm"]].set_index("account_id")["turn"]
    for account in first.index[:5]:
        row = series.loc[account]
        assert row[first[account]] == 1.0 and not (row[row.index < first[account]] > 0).any()
    with pytest.raises(NotReady, match="nobody"):
        started(book, series * 0.0)


def test_dose_is_the_share_of_the_planned_sessions():
    book = cslab.load("synthetic:tiny?accounts=300&programs=onboarding_programme&policy=program_rct")
    rows = exposure(book, "onboarding_programme").rows
    assert rows.loc[~rows["took"], "dose"].eq(0).all()
    assert rows.loc[rows["took"], "dose"].dropna().between(0, 1).all()
    assert 0.7 < rows.loc[rows["took"], "dose"].mean() < 0.95  # .85 of six


def test_a_list_of_ones_own_needs_its_columns():
    with pytest.raises(UsageError, match="arm"):
        of_frame(pd.DataFrame({"account_id": ["a"], "turn": pd.Timestamp("2024-01-01")}))


def test_taking_part_begins_with_the_first_turn():
    months = pd.date_range("2024-01-01", periods=4, freq="MS")
    turns = pd.DataFrame({"account_id": ["a", "a", "b"], "turn": months[[2, 1, 0]], "arm": [True, True, False]})
    found = taking_part(of_frame(turns), pd.DataFrame(0.0, ["a", "b", "c"], months))
    assert found.to_numpy().tolist() == [[0, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_an_unknown_programme_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="training"):
        exposure(cslab.load(WORLD + "rct"), "trainings")


def test_the_dose_check_counts_turns_invitations_participants_and_sessions():
    book = cslab.load(WORLD + "encouragement")
    rows, found = book.program_enrolment, dose_check(book, "training")
    assert (found.turns, found.invited, found.took) == (
        len(rows),
        rows["invited_on"].notna().sum(),
        rows["enrolled_on"].notna().sum(),
    )
    assert found.how == "invitation" and found.planned == 2
    assert found.finished == rows["ended_on"].notna().sum() and 0.5 < found.held <= 1
    assert found.none_held == (rows["sessions_held"] == 0).sum()
    assert found.told == 1.0
    assert found.table()["customers"].tolist()[:3] == [found.turns, found.invited, found.took]


def test_a_programme_without_sessions_or_a_word_on_how_leaves_these_open():
    book = cslab.load("synthetic:tiny?accounts=300&programs=faq&policy=program_open")
    found = dose_check(book, "faq")
    assert np.isnan(found.planned) and np.isnan(found.held) and found.how == "open" and found.told == 0.0


def test_groups_by_lot_show_what_the_programme_does():
    book = cslab.load(WORLD.replace("tiny?accounts=400", "default_jp?accounts=2000") + "staggered")
    found = contrast(Records(book).frame("mean(usage_monthly.features_adv)"), exposure(book, "training"), 5)
    assert found.low > 0
