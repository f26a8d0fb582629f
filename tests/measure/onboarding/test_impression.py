"""What a first impression leaves, and what it forgives, on customers whose usage was made for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure.onboarding import forgiveness, impression, impression_truth
from cslab.measure.onboarding.impression import asked_on_day_30

Make = Callable[..., Book]
N = 80


def asked(score: np.ndarray) -> pd.DataFrame:
    """Everybody was asked on 1 February 2024; a missing score is no answer."""
    ids = [f"A{number}" for number in range(len(score))]
    day = pd.Timestamp("2024-02-01")
    return pd.DataFrame({"account_id": ids, "type": "day30", "sent_on": day, "score": score})


@pytest.fixture
def pleased(company: Make) -> Book:
    """Eighty customers signed on 2 January 2024; half gave 5 points, half 1. In July the former use 10 points more."""
    score = np.tile([5.0, 1.0], N // 2)
    accounts = pd.DataFrame({"account_id": asked(score)["account_id"], "signed_on": pd.Timestamp("2024-01-02")})
    usage = pd.DataFrame({"account_id": accounts["account_id"], "month": pd.Timestamp("2024-07-01")})
    usage["wau_ratio"] = 0.4 + 0.025 * (score - 1)
    return company("2024-12-31", accounts=accounts, surveys=asked(score), usage_monthly=usage)


def test_the_slope_is_that_of_one_standard_deviation_of_the_score(pleased: Book) -> None:
    found = impression(pleased, [6])
    sd = float(pleased.surveys["score"].std())
    assert found["estimate"].tolist() == pytest.approx([0.025 * sd, 0.025 * sd])
    assert found.attrs["sd"] == pytest.approx(sd)


def test_those_without_an_answer_and_those_without_usage_are_counted(pleased: Book) -> None:
    score = pleased.surveys["score"].where(pleased.surveys.index >= 20)
    surveys, usage = pleased.surveys.assign(score=score), pleased.usage_monthly.iloc[:-10]
    found = impression(Book({**pleased.tables, "surveys": surveys, "usage_monthly": usage}, pleased.as_of), [6])
    first = found.iloc[0]
    assert (first["asked"], first["answered"], first["gone"], first["n"]) == (80, 60, 10, 50)
    assert found.attrs["response"] == pytest.approx(60 / 80)


def test_a_horizon_whose_month_is_not_over_is_left_out(pleased: Book) -> None:
    assert impression(pleased, [6, 12])["horizon"].unique().tolist() == [6]
    with pytest.raises(NotReady, match="at least 30"):
        impression(pleased, [12])


def test_a_cause_known_at_signing_is_taken_out(pleased: Book) -> None:
    # the plan decides usage, and who is pleased; the answer itself does nothing
    plan = np.where(np.arange(N) % 2 == 0, "large", "small")
    plan[:8] = "small"
    usage = pleased.usage_monthly.assign(wau_ratio=np.where(plan == "large", 0.6, 0.4))
    accounts = pleased.accounts.assign(plan=plan)
    found = impression(Book({**pleased.tables, "accounts": accounts, "usage_monthly": usage}, pleased.as_of), [6])
    by_way = found.set_index("way")["estimate"]
    assert by_way["naive"] > 0.08 and by_way["adjusted"] == pytest.approx(0, abs=1e-9)


def test_each_customer_is_asked_once(pleased: Book) -> None:
    twice = pd.concat([pleased.surveys, pleased.surveys.assign(sent_on=pd.Timestamp("2024-03-01"), score=3.0)])
    found = asked_on_day_30(Book({**pleased.tables, "surveys": twice}, pleased.as_of))
    assert len(found) == N and set(found["score"]) == {1.0, 5.0}


@pytest.fixture
def struck(company: Make) -> Book:
    """An incident in April 2024 hits half of them: usage falls by 2 points of the pleased, by 6 of the others; all
    others rise by 1."""
    score = np.tile([5.0, 1.0], N // 2)
    hit = np.repeat([True, False], N // 2)
    ids = asked(score)["account_id"]
    incidents = pd.DataFrame(
        {"incident_id": "I1", "account_id": ids, "started": pd.Timestamp("2024-04-10"), "hit": hit}
    )
    fall = np.where(score > 3, -0.02, -0.06)
    after = 0.5 + 0.01 + np.where(hit, fall, 0.0)
    months = {"2024-03-01": np.full(N, 0.5), "2024-04-01": after, "2024-05-01": after}
    usage = pd.concat(
        [
            pd.DataFrame({"account_id": ids, "month": pd.Timestamp(day), "wau_ratio": used})
            for day, used in months.items()
        ]
    )
    return company("2024-12-31", incidents=incidents, surveys=asked(score), usage_monthly=usage)


def test_the_fall_of_those_hit_is_taken_against_those_spared(struck: Book) -> None:
    found = forgiveness(struck).set_index("impression")
    assert found["estimate"].to_dict() == {"good": pytest.approx(-0.02), "bad": pytest.approx(-0.06),
                                           "difference": pytest.approx(0.04)}  # fmt: skip
    assert found["incidents"].to_dict() == {"good": 20, "bad": 20, "difference": 40}
    assert found["truth"].isna().all()


def test_an_incident_before_the_answer_is_left_out(struck: Book) -> None:
    early = struck.incidents.assign(started=pd.Timestamp("2024-01-20"))
    with pytest.raises(NotReady, match="incidents cannot be compared"):
        forgiveness(Book({**struck.tables, "incidents": early}, struck.as_of))


def test_an_incident_between_the_question_and_the_answer_is_left_out_too(struck: Book) -> None:
    surveys = struck.surveys.assign(responded_on=pd.Timestamp("2024-04-12"))
    with pytest.raises(NotReady, match="incidents cannot be compared"):
        forgiveness(Book({**struck.tables, "surveys": surveys}, struck.as_of))


@pytest.mark.slow
def test_the_truth_is_given_where_it_is_known() -> None:
    book = cslab.load("synthetic:tiny?accounts=600")
    truth = impression_truth(book, [3, 24])
    assert truth is not None and truth["estimate"][0] > truth["estimate"][1] > 0
    found = forgiveness(book).set_index("impression")["truth"]
    assert found["bad"] < found["good"] < 0 and found["difference"] == pytest.approx(found["good"] - found["bad"])


@pytest.mark.slow
def test_split_by_the_true_impression_the_estimate_is_the_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    book = cslab.load("synthetic:default_jp?accounts=12000&seed=5")
    hidden = book.truth.accounts().set_index("account_id")["first_impression"]  # type: ignore[union-attr]
    surveys = book.surveys[book.surveys["type"] == "day30"]
    score = np.where(surveys["account_id"].map(hidden) > 0, 5.0, 1.0)
    tables = {name: getattr(book, name) for name in ("incidents", "usage_monthly")}
    known = Book({**tables, "surveys": surveys.assign(score=score)}, book.as_of, truth=book.truth)
    found = forgiveness(known)
    assert ((found["low"] - 0.004 < found["truth"]) & (found["truth"] < found["high"] + 0.004)).all()
    assert found.set_index("impression")["low"]["difference"] > 0  # with so many customers it is seen
