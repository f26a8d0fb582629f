"""Self-selection: who comes when invited, on a company of four hundred and on tables written by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure.illusions import invited, self_selection


def test_only_invitations_whose_outcome_is_known_count():
    book = cslab.load("synthetic:tiny")
    rows = invited(book, months=12)
    assert (rows["as_of"] + pd.DateOffset(months=11) <= book.as_of).all()
    assert rows.attrs["not_observed_yet"] > 0


def test_more_months_look_back_on_fewer_invitations():
    book = cslab.load("synthetic:tiny")
    assert len(invited(book, months=12)) < len(invited(book, months=3))


def test_who_came_looks_as_if_kept_and_much_of_it_was_there_before():
    found = self_selection(cslab.load("synthetic:default_jp?seed=1&accounts=2000"))
    assert found.naive.high < 0 < found.naive.estimate + 0.1
    assert abs(found.better.estimate) < 0.6 * abs(found.naive.estimate)
    assert found.truth == 0.0


def test_departures_are_counted_as_by_hand():
    book = cslab.load("synthetic:default_jp?seed=1&accounts=400")
    found, rows = self_selection(book), invited(book)
    left = rows.groupby("came")["left"].mean()
    assert found.naive.estimate == pytest.approx(left[True] - left[False])
    assert (found.counts["left_came"], found.counts["left_absent"]) == (left[True], left[False])


def test_the_same_customer_invited_often_counts_as_one():
    book = cslab.load("synthetic:default_jp?seed=1&accounts=400")
    assert self_selection(book).naive.n == invited(book)["account_id"].nunique()


def test_a_channel_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="webinar"):
        invited(cslab.load("synthetic:tiny"), "webinars")


def test_nobody_s_outcome_known_is_refused():
    with pytest.raises(UsageError, match="none was taken up"):
        invited(cslab.load("synthetic:tiny"), months=600)


def test_a_company_without_invitations_is_told_what_it_lacks(tmp_path):
    (tmp_path / "accounts.csv").write_text("account_id\nA\n", encoding="utf-8")
    (tmp_path / "contracts.csv").write_text("account_id,start,end\nA,2023-01-01,2024-01-01\n", encoding="utf-8")
    with pytest.raises(NotReady, match="content_exposure"):
        self_selection(cslab.load(f"folder:{tmp_path}"))
