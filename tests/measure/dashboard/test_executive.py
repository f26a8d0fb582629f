"""Five tiles: right numbers, colours only beyond chance, trends as they were known, gaps that say what they need."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure import health, retention
from cslab.measure.dashboard import NAMES, Charter, Entry, Tile, executive, tidy
from cslab.measure.dashboard.five import last_month, year_ago
from cslab.measure.estimate import Estimate


@pytest.fixture(scope="module")
def book() -> Book:
    """Forty customers."""
    return cslab.load("synthetic:tiny")


@pytest.fixture(scope="module")
def found(book):
    """Its dashboard of five quarters."""
    return executive(book, quarters=5)


def without(book: Book, *names: str) -> Book:
    """The book without some tables."""
    return Book({name: book.tables[name] for name in book.tables if name not in names}, book.as_of)


def test_the_tiles_come_in_their_order_and_agree_with_the_measures_they_are_made_of(book, found):
    assert [one.name for one in found.tiles] == list(NAMES)
    scores = health.score(book, "dear")
    assert found.tile("health").now.estimate == (scores["colour"] == "green").mean()
    assert found.tile("churn").now == retention.logo_churn(book, "2024-03-31", "2025-03-31")
    portfolio = health.portfolio_score(book, scores)
    assert found.tile("portfolio").now.estimate == portfolio["estimate"][0]
    usage = book.usage_monthly
    used = usage[usage["month"] == pd.Timestamp("2025-03-01")].set_index("account_id")["wau_ratio"]
    assert found.tile("engagement").now.estimate == pytest.approx(used.reindex(scores["account_id"]).mean())


def test_every_point_of_a_trend_is_what_the_book_said_on_that_day(book, found):
    day = pd.Timestamp("2024-09-30")
    then = executive(book.at(day), quarters=1)
    points = found.trends().query("day == @day").set_index("tile")["estimate"]
    assert points.to_dict() == {one.name: one.now.estimate for one in then.tiles}


def test_trends_are_a_quarter_apart_and_end_on_the_last_day(found):
    days = found.tile("health").trend["day"]
    assert [f"{day:%Y-%m-%d}" for day in days] == ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31"]


def test_a_trend_begins_where_the_records_allow_a_year(book):
    early = executive(book.at("2022-07-31"), quarters=8)
    assert len(early.tile("churn").trend) == 2
    assert len(early.tile("engagement").trend) > 2


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [(0.10, 0.17, "green"), (0.19, 0.30, "red"), (0.10, 0.30, "amber"), (math.nan, 1, "none")],
)
def test_a_colour_takes_limits_on_one_side_of_the_target(low, high, status):
    assert Tile("churn", Entry(0.18), Estimate(0.15, low, high, 9, "point_to_point")).status == status


def test_more_is_better_for_health_and_worse_for_churn():
    high = Estimate(0.5, 0.4, 0.6, 9, "share_green")
    assert Tile("health", Entry(0.3), high).status == "green"
    assert Tile("churn", Entry(0.3), high).status == "red"


def test_without_a_target_there_is_no_colour(book):
    bare = executive(book, Charter("own", {}), quarters=1)
    assert {one.status for one in bare.tiles} == {"none"}


def test_a_tile_that_the_data_do_not_carry_says_what_it_takes_and_the_others_stand(book):
    found = executive(without(book, "csm", "touches", "usage_monthly"), quarters=1)
    absent = {one.name: one.lacks for one in found.tiles if one.now is None}
    assert set(absent) == {"retention_cost", "engagement"}
    assert "usage_monthly" in absent["engagement"][0].text("en")
    assert found.tile("health").now is not None
    assert "wau_ratio" not in found.score.signals


def test_contacts_stand_in_where_nobody_knows_what_the_team_costs(book):
    found = executive(without(book, "csm"), quarters=1)
    assert found.tile("retention_cost").now.method == "retention_cost_touches"


def test_less_than_a_year_of_records_is_too_short_for_churn(book):
    early = book.at("2021-12-31")
    with pytest.raises(NotReady, match="2021-04-01"):
        year_ago(early)
    assert executive(early).tile("churn").now is None


def test_a_book_that_carries_nothing_is_refused_with_everything_that_is_missing(book):
    with pytest.raises(NotReady) as refused:
        executive(without(book, *(name for name in book.tables if name != "accounts"))).require()
    assert {"mrr_movements", "usage_monthly"} <= {fault.values.get("table") for fault in refused.value.faults}


def test_what_hides_behind_a_number_stands_beside_it(book, found):
    beside = found.tile("portfolio").beside
    scores = health.score(book, "dear")["score"]
    assert beside["plain"] == pytest.approx(scores.mean())
    assert 1 <= beside["effective"] <= found.customers
    assert found.tile("churn").beside["left"] == round(found.tile("churn").now.estimate * found.tile("churn").now.n)


@pytest.mark.parametrize(
    ("day", "month"), [("2024-03-31", "2024-03"), ("2024-03-30", "2024-02"), ("2024-01-15", "2023-12")]
)
def test_a_month_counts_once_it_is_over(day, month):
    assert f"{last_month(pd.Timestamp(day)):%Y-%m}" == month


def test_the_long_form_adds_up_to_the_books_on_every_month_end(book, found):
    rows = tidy(book, found)
    day = pd.Timestamp("2024-03-31")
    paying = retention.mrr(book, day)
    total = rows.query("metric == 'mrr' and day == @day")
    assert total.query("by == ''")["estimate"].item() == pytest.approx(paying.sum())
    assert total.query("by == 'segment'")["estimate"].sum() == pytest.approx(paying.sum())
    counts = rows.query("metric == 'customers' and day == @day")
    assert counts.query("by == ''")["estimate"].item() == (paying > 0).sum()


def test_the_long_form_has_one_number_a_row_and_no_row_twice(book, found):
    rows = tidy(book, found)
    assert not rows.duplicated(["day", "metric", "by", "group"]).any()
    assert rows["estimate"].notna().all()
    assert rows["day"].max() == book.as_of
