"""A list without dates shows totals as they stood at the end: no model may read them in earlier months."""

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import hazard
from cslab.measure.durations import durations, period_reading


@pytest.fixture(scope="module")
def listed() -> Book:
    """Two hundred customers who pay 50 or 80 a month; every third has left, at random."""
    place = np.arange(200)
    rows = pd.DataFrame({"account_id": [f"A{one}" for one in place], "tenure_months": 1 + place * 7 % 40})
    rows = rows.assign(ended=place % 3 == 0, mrr_amount=np.where(place // 40 % 2 == 0, 50.0, 80.0))
    rows["x_paid"] = rows["mrr_amount"] * rows["tenure_months"]
    return Book({"contracts": rows}, pd.Timestamp("2024-03-31"), stock_sample=True)


@pytest.mark.parametrize("name", ["x_paid", "log(x_paid)"])
def test_what_was_paid_so_far_is_refused_in_months_before_the_last(listed, name):
    months, seen = hazard.person_months(listed), durations(listed)
    for fit in (
        lambda: hazard.fit(months, [name]),
        lambda: hazard.time_varying(months, [name], strata=()),
        lambda: hazard.cox(seen, [name]),
        lambda: hazard.parametric(seen, [name]),
    ):
        with pytest.raises(UsageError, match=r"x_paid.*rises with the months as a customer"):
            fit()


def test_in_the_last_month_alone_a_total_is_known_and_may_be_used(listed):
    months = hazard.person_months(listed)
    last = months.where(months.tenure == months.lived)
    assert len(last) == 200
    assert hazard.fit(last, ["x_paid"], baseline="constant").events == 67
    assert hazard.cox(period_reading(durations(listed)), ["x_paid"]).table["name"].tolist() == ["x_paid"]


def test_a_total_over_the_months_it_took_is_a_fee_and_stays(listed):
    months = hazard.person_months(listed)
    assert hazard.fit(months, ["mrr_amount"], baseline="constant").events == 67
    assert "duration" not in months


def test_columns_with_days_of_their_own_are_never_taken_for_totals():
    months = np.arange(1, 41)
    seen = pd.DataFrame({"duration": months, "event": True, "age": months + 6.0 * np.cos(months)})
    assert seen["age"].corr(seen["duration"], method="spearman") > 0.9
    assert hazard.cox(seen, ["age"]).table["name"].tolist() == ["age"]


def test_that_columns_stand_as_of_the_end_is_told_of_every_list(listed):
    assert "hazard_stock_known" in [note.key for note in hazard.person_months(listed).notes]
