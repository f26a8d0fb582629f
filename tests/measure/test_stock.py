"""What a list without dates gives away about itself."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from cslab.measure.stock import check_stock


def listed(durations, left):
    return pd.DataFrame({"entry": 0, "duration": durations, "event": left})


def test_the_old_customers_of_a_list_tell_how_many_must_once_have_signed():
    check = check_stock(listed([1, 1, 2, 3], [True, False, False, False]), 2)
    assert (check.period.estimate, check.beyond, check.signed) == (0.5, 1, 2.0)


def test_a_short_list_is_looked_at_where_its_last_third_begins():
    assert check_stock(listed(range(1, 10), [True] + [False] * 8)).month == 6


def test_where_nobody_reaches_the_month_no_number_of_signatures_is_enough():
    check = check_stock(listed([1, 1, 30], [True, True, False]))
    assert (check.method, check.month, check.beyond) == ("stock_check_nobody", 1, 1) and math.isinf(check.signed)


@pytest.mark.parametrize("durations", [[1], [3, 6], [1, 2, 5], [24] * 3, list(range(1, 73))])
def test_the_month_is_one_that_both_readings_know(durations):
    check = check_stock(listed(durations, [False] * len(durations)))
    assert 0 <= check.month <= 24 and not math.isnan(check.period.estimate + check.plain.estimate)
