"""From a month to a year."""

import pytest

from cslab.faults import UsageError
from cslab.measure.estimate import proportion
from cslab.measure.retention import annual_churn


def test_two_per_cent_a_month_are_21_and_a_half_a_year_and_not_24():
    assert annual_churn(0.02) == pytest.approx(1 - 0.98**12)
    assert round(annual_churn(0.02), 4) == 0.2153
    assert annual_churn(0.02, "times_twelve") == pytest.approx(0.24)


def test_twelve_times_a_month_can_lose_more_than_everybody():
    assert annual_churn(0.1, "times_twelve") > 1 > annual_churn(0.1)


def test_an_estimate_keeps_its_limits_on_both_sides():
    month = proportion(2, 100, 100, "monthly_churn")
    year = annual_churn(month)
    assert year.low < year.estimate < year.high
    assert (year.low, year.n, year.method) == (pytest.approx(1 - (1 - month.low) ** 12), 100, "compound")


def test_no_share_and_no_such_way_are_refused():
    with pytest.raises(UsageError, match="25"):
        annual_churn(2.0)
    with pytest.raises(UsageError, match="compound"):
        annual_churn(0.02, "compounded")
