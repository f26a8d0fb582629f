"""Studies of signals, answers, revenue and phases: small ones by eye, the known findings on made companies (slow)."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import health, landmark
from cslab.measure.ceiling import ceiling
from cslab.measure.health.answers import figure

DAY = pd.Timestamp("2024-06-30")
Make = Callable[..., Book]


def scored(*values: float) -> pd.DataFrame:
    ids = [*(f"A{place}" for place in range(1, 5)), *(f"B{place}" for place in range(1, 5))]
    return health.of(pd.DataFrame({"account_id": ids, "as_of": DAY, "score": values}))


def test_the_score_of_a_portfolio_is_that_of_who_pays(eight: Make) -> None:
    found = health.portfolio_score(eight(), scored(0, 0, 0, 0, 0, 0, 0, 100)).iloc[0]
    assert found["estimate"] == pytest.approx(60.0) and found["plain"] == 12.5  # one pays 2,400 of 4,000 a month
    assert found["green"] == pytest.approx(0.6) and found["red"] == pytest.approx(0.4)
    assert found["effective"] == pytest.approx(4000**2 / (2 * 1e4 + 2 * 4e4 + 2 * 9e4 + 16e4 + 2400**2))


def test_a_portfolio_by_segment_has_all_together_first(eight: Make) -> None:
    found = health.portfolio_score(eight(), scored(*range(0, 80, 10)), "segment")
    assert found["group"].tolist() == ["", "mid", "smb"] and found["n"].tolist() == [8, 4, 4]
    with pytest.raises(UsageError, match="segment"):
        health.portfolio_score(eight(), scored(*range(0, 80, 10)), "segmnt")


def test_a_portfolio_without_revenue_says_so(eight: Make) -> None:
    book = eight()
    book.tables["mrr_movements"]["month"] = pd.Timestamp("2025-01-01")
    with pytest.raises(UsageError, match="both a score and revenue"):
        health.portfolio_score(book, scored(*range(0, 80, 10)))


def test_a_signal_that_was_low_before_those_left_separates_them_and_one_that_did_not_move_does_not(eight: Make) -> None:
    found = health.signal_study(eight(), "usage", 1).set_index("reading")
    assert found.loc["level", "estimate"] == 1.0 and found.loc["trend", "estimate"] == 0.5
    assert float(found.attrs["difference"]) == 0.5


def test_paths_are_the_same_customers_in_every_month(eight: Make) -> None:
    found = health.signal_paths(eight(), "usage", 4)
    assert found.groupby("status")["n"].unique().map(list).to_dict() == {"left": [4], "stayed": [4]}
    assert found[found["status"] == "left"]["estimate"].tolist() == pytest.approx([0.15] * 4)


def test_an_unknown_study_names_the_known_ones(eight: Make) -> None:
    with pytest.raises(UsageError, match="logins"):
        health.signal_study(eight(), "login")


def test_who_bought_more_is_told_by_the_signal_that_was_high(eight: Make) -> None:
    book = eight()
    more = pd.DataFrame({"account_id": ["B3", "B4"], "month": pd.Timestamp("2024-08-01"), "type": "expansion"})
    book.tables["mrr_movements"] = pd.concat([book.mrr_movements, more.assign(amount=50.0)], ignore_index=True)
    found = health.expansion_signal(book, DAY, 6).set_index("signal")
    assert found.loc["wau_last", ["estimate", "events"]].tolist() == pytest.approx([1.0, 2])


def test_where_nobody_bought_there_is_nothing_to_foretell(eight: Make) -> None:
    with pytest.raises(UsageError, match="Nobody bought"):
        health.expansion_signal(eight(), DAY, 6)


def test_a_survey_is_told_as_people_tell_it() -> None:
    assert figure("nps", [10, 9, 8, 7, 6, 0]).tolist() == [100, 100, 0, 0, -100, -100]
    assert figure("csat", [5, 4, 3]).tolist() == [1, 1, 0]


def asked(answers: int, silent: int) -> Book:
    sent = pd.Timestamp("2024-03-01")
    ids = [f"A{place}" for place in range(answers + silent)]
    table = pd.DataFrame({"account_id": ids, "type": "nps", "sent_on": sent})
    replied = np.arange(len(ids)) < answers
    table["responded_on"] = pd.Series(np.where(replied, sent, pd.NaT)).astype("datetime64[ns]")
    table["score"] = np.where(replied, 9.0, np.nan)
    return Book({"surveys": table, "accounts": pd.DataFrame({"account_id": ids})}, pd.Timestamp("2024-12-31"))


def test_weights_change_nothing_where_everybody_says_the_same() -> None:
    found = health.nonresponse(asked(30, 30), "nps", "2024-01-01", "2024-04-01").set_index("way")
    assert found["estimate"].to_dict() == pytest.approx({"answered": 100.0, "weighted": 100.0})
    assert found.attrs["rate"] == 0.5


def test_too_few_answers_are_refused_with_how_many_it_takes() -> None:
    with pytest.raises(UsageError, match="10 of 40 questionnaires were answered"):
        health.nonresponse(asked(10, 30), "nps", "2024-01-01", "2024-04-01")


def test_an_unknown_survey_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="csat"):
        health.nonresponse(asked(30, 30), "cast", "2024-01-01", "2024-04-01")


def test_phases_and_colours_make_a_table_with_what_to_do(eight: Make) -> None:
    found = health.action_table(eight(), scored(0, 0, 50, 50, 100, 100, 100, 100), 6)
    assert found.groupby("colour")["customers"].sum().to_dict() == {"green": 4, "red": 2, "yellow": 2}
    assert found["action"].str.startswith("health.action.").all()
    assert found["estimate"].isna().all()  # a score from elsewhere cannot be made again for an earlier day


@pytest.fixture(scope="module")
def large() -> Book:
    return world.company("default_jp", accounts=8000)


@pytest.mark.slow
def test_the_level_tells_what_the_drop_does_not(large: Book) -> None:
    found = health.signal_study(large, "usage").set_index("reading")["estimate"]
    assert found["level"] == pytest.approx(0.758, abs=0.036)  # the band of the domain specification
    assert found["trend"] == pytest.approx(0.56, abs=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["nps", "csat"])
def test_weighting_brings_a_survey_nearer_to_all_who_were_asked(large: Book, kind: str) -> None:
    found = health.nonresponse(large, kind, "2021-04-01", "2025-04-01").set_index("way")["estimate"]
    assert found["answered"] > found["weighted"] > found["all"]
    assert abs(found["weighted"] - found["all"]) < abs(found["answered"] - found["all"]) / 2


@pytest.mark.slow
def test_behaviour_known_of_all_beats_answers_known_of_few(large: Book) -> None:
    found = health.cx_horse_race(large).set_index("metric")
    surveys = found.loc[["nps", "csat", "ces"]]
    assert (surveys["coverage"] < 0.5).all() and (surveys["left_known"] < surveys["left_silent"]).all()
    assert found.loc["behaviour", "all_low"] > surveys["all_high"].max()


@pytest.mark.slow
def test_no_score_passes_what_anybody_could_know(large: Book) -> None:
    day = landmark.latest(large, 12)
    found = health.compare(large, day, 12)
    top = ceiling(large.truth, landmark.outcomes(large, day, 12), 12, 16)
    assert top is not None and (found["low"] < top.estimate).all() and (found["low"] > 0.6).all()


@pytest.mark.slow
def test_hindsight_passes_what_anybody_could_know(large: Book) -> None:
    day = landmark.latest(large, 12)
    top = ceiling(large.truth, landmark.outcomes(large, day, 12), 12, 16)
    found = health.traps(large, "dear", day, 12).set_index("trap")
    assert top is not None and found.loc["hindsight", "low"] > top.estimate


def test_slips_in_the_horizon_of_actions_and_the_months_of_paths_are_named(eight: Make) -> None:
    book = eight()
    with pytest.raises(UsageError, match="horizon = 0"):
        health.action_table(book, scored(0, 0, 50, 50, 100, 100, 100, 100), 0)
    with pytest.raises(UsageError, match="months = 0"):
        health.signal_paths(book, "usage", months=0)
