"""The search for the decisive early event: what it finds where there is one, and where there is none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.onboarding import best_by_luck, early_events, nudge, nudge_truth, wow_search
from cslab.measure.onboarding.wow import _difference

Make = Callable[..., Book]
N = 200


def lived(months: np.ndarray, **columns: np.ndarray) -> dict[str, pd.DataFrame]:
    """Customers who signed in January 2022 and stayed some months (99: to this day), with their first usage."""
    ids = [f"A{number:03d}" for number in range(len(months))]
    start = pd.Timestamp("2022-01-05")
    ends = [start + pd.DateOffset(months=min(int(count), 48)) for count in months]
    contracts = pd.DataFrame({"account_id": ids, "start": start, "end": ends})
    contracts["outcome"] = np.where(months == 99, "open", "churned")
    usage = pd.DataFrame({"account_id": ids, "month": pd.Timestamp("2022-01-01"), **columns})
    return {
        "accounts": pd.DataFrame({"account_id": ids, "signed_on": start}),
        "contracts": contracts,
        "usage_monthly": usage,
    }


@pytest.fixture
def decided(company: Make) -> Book:
    """Whoever logged in ten times in January is there to this day, the others left after eight months; how often they
    used what else there is has nothing to do with it."""
    stays = np.arange(N) % 2 == 0
    noise = np.random.default_rng(1).integers(0, 9, (N, 3))
    columns = {"logins": np.where(stays, 10, 3), "core_actions": noise[:, 0], "training_views": noise[:, 1]}
    return company("2024-06-30", **lived(np.where(stays, 99, 8), **columns))


def test_the_event_that_decides_is_found_and_holds(decided: Book) -> None:
    found = wow_search(decided, shuffles=50)
    best = found.iloc[0]
    assert best["event"].startswith("usage_monthly.logins>=")
    assert (best["train"], best["held_out"]) == (1.0, 1.0)
    assert best["p_shuffled"] == pytest.approx(1 / 51)  # none of fifty shuffles is as good, and one is the truth
    assert found.attrs["replicated"] >= 1 and found.attrs["candidates"] == len(found)


def test_an_event_of_one_customer_who_stayed_is_not_replicated() -> None:
    had, stayed = np.zeros((40, 1)), np.arange(40) % 2.0
    had[1] = 1
    found = _difference(had, stayed)
    assert found["gap"][0] == pytest.approx(1 - 19 / 39)
    assert found["low"][0] < 0 < found["gap"][0] < found["high"][0]


def test_the_limits_of_a_difference_are_those_of_the_published_example() -> None:
    had, stayed = np.repeat([[1.0], [0.0]], [70, 80], axis=0), np.repeat([1.0, 0.0, 1.0, 0.0], [56, 14, 48, 32])
    found = _difference(had, stayed)  # Newcombe (1998), table II, example (a), method 10
    assert (found["low"][0], found["high"][0]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_the_same_seed_finds_the_same_and_another_one_splits_otherwise(decided: Book) -> None:
    one, again, other = (wow_search(decided, seed=seed, shuffles=5) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert one["n"].iloc[0] != other["n"].iloc[0] or not one["train"].equals(other["train"])


def test_by_luck_the_best_of_many_looks_good_and_nothing_of_it_is_left(decided: Book) -> None:
    found = best_by_luck(decided, shuffles=200)
    error = float(found["held_out"].std() / np.sqrt(200))
    assert float(found["train"].mean()) > 0.05 and abs(float(found["held_out"].mean())) < 4 * error


def test_whoever_left_in_the_early_months_is_not_asked(company: Make) -> None:
    months = np.where(np.arange(60) < 20, 1, np.where(np.arange(60) < 40, 8, 99))
    found = early_events(company("2024-06-30", **lived(months, logins=np.arange(60))))
    assert len(found) == 40 and found["stayed"].sum() == 20


def test_events_after_the_early_months_do_not_count(decided: Book) -> None:
    later = decided.usage_monthly.assign(month=pd.Timestamp("2022-03-01"))
    both = pd.concat([decided.usage_monthly.assign(logins=1), later])
    found = early_events(Book({**decided.tables, "usage_monthly": both}, decided.as_of))
    assert not any(name.startswith("usage_monthly.logins") for name in found)  # all had one login: nothing to tell


def test_what_cannot_be_searched_is_said(decided: Book, company: Make) -> None:
    with pytest.raises(UsageError, match="held_out"):
        wow_search(decided, held_out=1.0)
    with pytest.raises(UsageError, match="shuffles"):
        wow_search(decided, shuffles=0)
    with pytest.raises(NotReady, match="at least 40"):
        wow_search(company("2024-06-30", **lived(np.full(20, 99), logins=np.arange(20))))
    with pytest.raises(NotReady, match="14 months"):
        wow_search(Book(decided.tables, pd.Timestamp("2022-12-31")))


@pytest.fixture
def drawn(company: Make) -> Book:
    """A lot in February 2022: half are invited. Three in ten of both left in July; those invited use 10 points more."""
    invited = np.arange(N) % 2 == 0
    tables = lived(np.where(np.arange(N) // 2 % 10 < 3, 6, 99), wau_ratio=np.full(N, 0.3))
    later = tables["usage_monthly"].assign(month=pd.Timestamp("2022-06-01"), wau_ratio=np.where(invited, 0.5, 0.4))
    turns = pd.DataFrame({"account_id": tables["accounts"]["account_id"], "program_id": "prizes"})
    turns = turns.assign(eligible_on=pd.Timestamp("2022-02-01"))
    turns["invited_on"] = pd.Series(pd.Timestamp("2022-02-03"), index=turns.index).where(invited)
    programs = pd.DataFrame({"program_id": ["prizes", "club"], "assignment": ["rct", "open"]})
    tables["usage_monthly"] = pd.concat([tables["usage_monthly"], later])
    return company("2024-06-30", **tables, programs=programs, program_enrolment=turns)


def test_what_is_drawn_by_lot_is_compared_as_it_was_drawn(drawn: Book) -> None:
    found = nudge(drawn).set_index("outcome")["estimate"]
    assert found["usage"] == pytest.approx(0.1)
    assert found["retained"] == pytest.approx(0)
    assert nudge(drawn).attrs["drawn"] == pytest.approx(0.5)


def test_only_programmes_drawn_by_lot_can_be_asked_for(drawn: Book) -> None:
    with pytest.raises(UsageError, match="prizes"):
        nudge(drawn, "club")
    with pytest.raises(NotReady, match="sugar_high"):
        nudge(Book({**drawn.tables, "programs": drawn.programs.assign(assignment="open")}, drawn.as_of))
    all_in = drawn.program_enrolment.assign(invited_on=pd.Timestamp("2022-02-03"))
    with pytest.raises(NotReady, match="everybody was drawn"):
        nudge(Book({**drawn.tables, "program_enrolment": all_in}, drawn.as_of))
    assert nudge_truth(drawn) is None


def test_what_lies_beyond_the_records_is_not_told_as_if_it_were_known(drawn: Book) -> None:
    with pytest.raises(UsageError, match="36"):
        nudge(drawn, months=36)


@pytest.mark.slow
def test_a_campaign_with_prizes_is_used_and_keeps_nobody() -> None:
    book = cslab.load("synthetic:sugar_high?accounts=6000&seed=3")
    found, truth = nudge(book).set_index("outcome"), nudge_truth(book)
    assert found.loc["usage", "low"] > 0.02
    assert found.loc["retained", "low"] < 0 < found.loc["retained", "high"]
    assert truth is not None and float(truth) == 0.0


@pytest.mark.slow
def test_the_winner_is_smaller_on_the_half_that_took_no_part() -> None:
    gaps = []
    for seed in range(1, 7):
        best = wow_search(cslab.load(f"synthetic:default_jp?accounts=1500&seed={seed}"), seed=seed, shuffles=5).iloc[0]
        gaps.append(best["train"] - best["held_out"])
    assert np.mean(gaps) > 0.02
