"""Value said at signing: learned from those who signed before, tried on those who signed after."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import value
from cslab.measure.value.signing import KNOWN


def third(place: int) -> bool:
    """Every third customer."""
    return place % 3 == 0


@pytest.fixture
def plain(company) -> Book:
    """A hundred customers; every third is of the wrong kind, which its industry tells."""
    return company(100, third)


def signed(book: Book, **more: object) -> value.Signing:
    """Twelve months at full margin: six months of MRR from the wrong kind, twelve from the others."""
    return value.at_signing(book, 12, gross_margin=1.0, discount=0.0, **more)


def test_what_a_kind_of_customer_brought_before_is_expected_of_those_who_sign_later(plain):
    rows = signed(plain, columns=["industry"]).rows
    late = rows[rows["held_out"]]
    expected = late.groupby(late["account_id"].str[1:].astype(int) % 3 == 0)["predicted_amount"].mean()
    # The one who leaves brings 600, the others 1,200; the penalty draws both a little to the middle.
    assert expected[True] == pytest.approx(600, abs=30)
    assert expected[False] == pytest.approx(1200, abs=30)


def test_the_line_of_what_came_on_what_was_expected_has_slope_one_where_nothing_changes(plain):
    assert signed(plain, columns=["industry"]).slope.estimate == pytest.approx(1, abs=0.1)


def test_whoever_is_held_out_signed_after_all_that_was_learned_from(plain):
    found = signed(plain)
    rows = found.rows
    assert rows.loc[rows["held_out"], "signed_on"].min() >= found.since
    assert rows.loc[~rows["held_out"], "signed_on"].max() < found.since
    assert found.n_train == (rows["followed"] & ~rows["held_out"]).sum()


def test_nothing_that_happened_to_those_held_out_reaches_the_prediction(plain):
    before = signed(plain)
    late = before.rows.loc[before.rows["held_out"], "account_id"]
    grown = pd.DataFrame({"account_id": late, "month": pd.Timestamp("2024-06-01"), "type": "expansion", "amount": 1e6})
    moves = pd.concat([plain.mrr_movements, grown], ignore_index=True)
    after = signed(replace(plain, tables={**plain.tables, "mrr_movements": moves}))
    assert after.rows["value_amount"].sum() > before.rows["value_amount"].sum()
    assert after.rows["predicted_amount"].equals(before.rows["predicted_amount"])


def test_a_large_customer_counts_no_more_than_a_small_one(company):
    small, mixed = (signed(company(100, third, mrr), columns=["industry"])
                    for mrr in (lambda place: 100.0, lambda place: 100.0 * 10 ** (place % 4)))  # fmt: skip
    assert mixed.weights["weight"].tolist() == pytest.approx(small.weights["weight"].tolist())


def test_a_column_that_says_the_same_of_all_is_left_out_and_told(plain, with_accounts):
    found = signed(with_accounts(plain, region="kanto"))
    assert "region" not in found.weights["name"].tolist()
    assert "region" in found.notes[0].values["columns"]


def test_of_how_many_the_months_were_not_over_as_the_first_held_out_signed_is_told(company):
    notes = signed(company(100, third), columns=["industry"]).notes
    # Followed for a year are who signed until the end of 2023: a hundred weeks, of which the first 66 or so teach.
    told = [note for note in notes if note.key == "signing_known_later"]
    assert len(told) == 1
    counts = told[0].values
    assert counts["count"] == 52 and counts["known"] - counts["since"] > pd.Timedelta(days=350)


def test_a_column_asked_for_that_tells_nobody_apart_or_is_not_there_is_refused_all_at_once(plain, with_accounts):
    with pytest.raises(UsageError) as refused:
        signed(with_accounts(plain, region="kanto"), columns=["region", "industri"])
    assert {fault.key for fault in refused.value.faults} == {"design.constant", "design.unknown"}
    assert "industry" in str(refused.value)


def test_a_word_that_no_customer_has_is_refused_by_name_when_somebody_new_is_asked_about(plain):
    found = signed(plain, columns=["industry"])
    months = found.months(pd.DataFrame({"industry": ["it", "other"]}))
    assert months[0] > months[1]
    with pytest.raises(UsageError, match="brewery"):
        found.months(pd.DataFrame({"industry": ["brewery"]}))


def test_with_predictions_that_are_all_alike_there_is_no_slope(company):
    found = signed(company(100, lambda place: False, lambda place: 100.0 + place), columns=["mrr0_amount"])
    assert np.isnan(found.slope.estimate)


def test_too_few_customers_are_counted_in_the_message(company):
    with pytest.raises(NotReady, match="12"):
        signed(company(12, third))


def test_a_share_held_out_that_is_none_is_refused(plain):
    with pytest.raises(UsageError, match="held_out"):
        signed(plain, held_out=1.0)


def test_the_touch_that_is_decided_after_signing_is_not_known_at_signing():
    assert not {"touch_tier"} & set(KNOWN)


@pytest.mark.slow
def test_the_trial_tells_most_of_the_hidden_fit_and_the_prediction_is_right_on_average():
    book = cslab.load("synthetic:default_jp?seed=5&accounts=12000")
    found = value.at_signing(book)
    heaviest = found.weights.reindex(found.weights["weight"].abs().sort_values(ascending=False).index).head(2)
    assert "trial_usage" in heaviest["name"].tolist()
    assert found.slope.low < 1 < found.slope.high
