"""What a customer is worth, on a company whose churn and revenue can be counted by eye."""

import math

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import oracle
from cslab.measure.value import (
    arpa,
    cac_payback,
    fit_years,
    ltv_discounted,
    ltv_four_ways,
    ltv_sbg,
    ltv_simple,
    ltv_survival,
)
from cslab.words import has_word

MOVES = """
account_id  month       type   amount
A           2022-12-01  new       100
B           2022-12-01  new       300
C           2022-12-01  new       200
C           2023-03-01  churn    -200
"""


@pytest.fixture
def three(tiny) -> Book:
    """A and B pay 100 and 300; C left in March 2023, after three customers' two months and its own last."""
    return tiny("2023-04-30", mrr_movements=MOVES)


def test_arpa_is_that_of_those_who_pay_today(three):
    found = arpa(three)
    assert (found.estimate, found.n) == (200, 2)
    assert found.std_error == pytest.approx(100)  # of two amounts 200 apart


def test_the_simple_value_divides_a_months_margin_by_the_months_churn(three):
    # From the end of December to that of April: 3 + 3 + 3 + 2 customer-months, one leaving.
    found = ltv_simple(three, gross_margin=0.5, months=4)
    assert found.estimate == pytest.approx(0.5 * 200 * 11)
    assert found.low < found.estimate < found.high


def test_discounting_adds_the_discount_to_the_churn(three):
    churn, month = 1 / 11, 0.01
    discount = (1 + month) ** 12 - 1
    after = ltv_discounted(three, 0.5, discount, months=4)
    at_once = ltv_discounted(three, 0.5, discount, months=4, first="immediate")
    assert after.estimate == pytest.approx(100 * (1 - churn) / (month + churn))
    assert at_once.estimate == pytest.approx(100 * (1 + month) / (month + churn))
    assert at_once.estimate - after.estimate == pytest.approx(100)  # the first month's margin


def test_without_a_discount_the_first_margin_at_once_gives_the_simple_value(three):
    assert ltv_discounted(three, 0.5, 0.0, months=4, first="immediate").estimate == pytest.approx(
        ltv_simple(three, 0.5, months=4).estimate
    )


def test_where_nobody_left_the_simple_value_is_endless_and_the_discounted_one_is_not(tiny):
    book = tiny("2023-04-30", mrr_movements=MOVES.split("C  ")[0])
    assert ltv_simple(book, months=4).estimate == math.inf
    assert ltv_discounted(book, gross_margin=1.0, discount=1.01**12 - 1, months=4).estimate == pytest.approx(200 / 0.01)


def test_the_years_of_a_life_that_were_watched_to_their_end_make_the_model(tiny):
    rows = ["account_id  start       end         outcome"]
    rows += [f"A{number}  2020-01-01  2024-01-01  open" for number in range(6)]
    rows += [f"B{number}  2020-01-01  2021-01-01  churned" for number in range(3)]
    rows += [f"C{number}  2020-01-01  2022-01-01  churned" for number in range(1)]
    rows += ["D  2022-09-01  2023-09-01  open"]  # its first year is not over
    fit = fit_years(tiny("2022-12-31", contracts="\n".join(rows)))
    # Ten begin the first year and three leave in it; of seven one leaves in the second; the third is not over.
    assert fit.n == 10
    assert fit.survival(2) == pytest.approx(0.6, abs=0.02)


def test_with_the_model_a_customer_pays_through_every_year_that_it_begins():
    book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    fit = fit_years(book)
    one, two = (ltv_sbg(book, months, gross_margin=1.0, discount=0.0).estimate for months in (12, 24))
    assert two / one == pytest.approx(1 + fit.survival(1))


def test_the_four_ways_stand_side_by_side_with_words_for_a_reader():
    book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    ways = ltv_four_ways(book, horizon=24).set_index("way")
    assert ways.loc["survival", "estimate"] == ltv_survival(book, 24).estimate
    assert ways["horizon"].tolist() == [math.inf, math.inf, 24, 24]
    assert (ways["low"] < ways["estimate"]).all() and (ways["estimate"] < ways["high"]).all()
    assert all(has_word(f"label.{word}") for word in [*ways["method"], *ways.index])


def test_where_the_years_fix_no_model_its_row_is_empty_and_the_others_stand(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2022-12-01  2023-12-01  open
    B           2022-12-01  2023-12-01  open
    C           2022-12-01  2023-03-01  churned
    """
    ways = ltv_four_ways(tiny("2023-04-30", contracts=contracts, mrr_movements=MOVES), horizon=4).set_index("way")
    assert math.isnan(ways.loc["sbg", "estimate"])
    assert ways.loc["survival", "estimate"] > 0


def test_cost_and_margin_are_those_of_the_same_customers(tiny):
    accounts = """
    account_id  signed_on   cac_amount  mrr0_amount
    A           2023-05-01         900          100
    B           2023-06-01         300          100
    C           2022-05-01        9000          100
    """
    book = tiny("2024-03-31", accounts=accounts)
    found = cac_payback(book, "2023-03-31", "2024-03-31", gross_margin=0.5)
    assert (found.estimate, found.n) == (pytest.approx(1200 / 100), 2)
    with pytest.raises(UsageError, match="2023-06-30"):
        cac_payback(book, "2023-06-30", "2024-03-31")
    with pytest.raises(UsageError, match="2024-04-30"):
        cac_payback(book, "2023-06-30", "2024-04-30")


def test_wrong_terms_and_missing_tables_are_said(three):
    with pytest.raises(UsageError, match="80"):
        ltv_simple(three, gross_margin=80)
    with pytest.raises(UsageError, match="immediate"):
        ltv_discounted(three, first="at_once")
    with pytest.raises(NotReady, match="cac_amount"):
        cac_payback(Book({"accounts": pd.DataFrame({"account_id": ["A"]})}, three.as_of), "2023-03-31", "2023-04-30")


def test_the_true_value_grows_with_the_horizon_falls_with_the_discount_and_is_nobodys_where_it_is_hidden():
    book = cslab.load("synthetic:tiny")
    short, long = (float(oracle.value(book.truth, months, futures=2)) for months in (12, 20))
    assert short < long < short * 20 / 12 * 1.3
    assert float(oracle.value(book.truth, 12, discount=0.5, futures=2)) < short
    assert oracle.value(None) is None


def test_without_discount_the_true_value_is_the_expected_revenue_times_the_margin():
    truth = cslab.load("synthetic:tiny").truth
    expected = truth.expected(horizon=18, futures=2)["value_amount"].mean()
    assert float(oracle.value(truth, 18, gross_margin=0.5, discount=0.0, futures=2)) == pytest.approx(expected / 2)


@pytest.mark.slow
def test_by_the_survival_curve_companies_are_worth_what_they_truly_are():
    off = []
    for seed in range(1, 13):
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts=1000")
        off.append(float(ltv_survival(book)) / float(oracle.value(book.truth)) - 1)
    drift = np.mean(off) / (np.std(off, ddof=1) / len(off) ** 0.5)
    print(f"off by {np.mean(off):+.3f} on average, {drift:+.1f} Monte-Carlo errors")
    assert abs(drift) < 3.9
    assert abs(np.mean(off)) < 0.05
