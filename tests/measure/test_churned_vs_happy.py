"""The table of those who left against those who stayed: a column is leaked for its day, not for its strength."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady
from cslab.measure import leaks

ACCOUNTS = """
account_id  signed_on   observed_from  trial_usage  mrr0_amount
stays       2023-01-01  2023-01-01     0.6          500
also        2023-01-01  2023-01-01     0.5          100
leaves      2023-01-01  2023-01-01     0.4          300
"""
CONTRACTS = """
account_id  start       end         decided_on  outcome
stays       2023-01-01  2024-01-01  2023-11-01  renewed
stays       2024-01-01  2025-01-01  -           open
also        2023-01-01  2024-01-01  2023-11-01  renewed
also        2024-01-01  2025-01-01  -           open
leaves      2023-01-01  2024-01-01  2023-11-01  churned
"""
EVENTS = """
account_id  decided_on  effective_on  interview_done
leaves      2023-11-01  2024-01-01    True
"""
USAGE = """
account_id  month       wau_ratio  logins
stays       2023-08-01  0.6        90
also        2023-08-01  0.5        80
leaves      2023-08-01  0.4        70
stays       2024-05-01  0.7        100
also        2024-05-01  0.7        50
"""
SURVEYS = """
survey_id  account_id  sent_on     responded_on
S1         stays       2024-05-01  2024-05-10
S2         stays       2024-05-01  2024-05-20
S3         also        2023-02-01  2023-02-02
S4         also        2024-05-20  -
S5         leaves      2023-02-01  2023-02-03
"""


@pytest.fixture
def table(tiny):
    tables = {"contracts": CONTRACTS, "churn_events": EVENTS, "usage_monthly": USAGE, "surveys": SURVEYS}
    book = tiny("2024-05-31", accounts=ACCOUNTS, **tables)
    answered = pd.to_datetime(book.surveys["responded_on"])
    dated = {**book.tables, "surveys": book.surveys.assign(responded_on=answered)}
    return leaks.churned_vs_happy(replace(book, tables=dated)).set_index("feature")


def test_the_means_of_both_sides_stand_beside_each_other_and_who_is_gone_counts_with_nothing(table):
    both = table[["left", "stayed"]].to_dict("index")
    assert both["logins_last_month"] == {"left": 0.0, "stayed": 75.0}
    assert both["surveys_last_quarter"] == {"left": 0.0, "stayed": 1.0}
    assert both["interview_done"] == {"left": 1.0, "stayed": 0.0}
    assert both["mrr0_amount"] == {"left": 300.0, "stayed": 300.0}
    assert both["wau_before"] == {"left": 0.4, "stayed": 0.55}


def test_a_column_is_leaked_where_it_could_be_known_only_after_the_decision(table):
    assert table["days_after_decision"].to_dict() == {
        "trial_usage": -304.0,
        "mrr0_amount": -304.0,
        "wau_before": -62.0,
        "interview_done": 61.0,
        "logins_last_month": 212.0,
        "surveys_last_quarter": 212.0,
    }
    assert set(table.index[table["leaked"]]) == {"interview_done", "logins_last_month", "surveys_last_quarter"}


def test_the_strongest_columns_are_not_the_leaked_ones_on_the_default_company():
    table = leaks.churned_vs_happy(cslab.load("synthetic:default_jp?seed=11&accounts=1000"))
    assert set(table["feature"]) == set(leaks.COMPARED)
    assert table["leaked"].sum() == 3
    assert not table["leaked"].head(3).all()


def test_without_surveys_the_table_says_what_is_missing(tiny):
    book = tiny("2024-05-31", accounts=ACCOUNTS, contracts=CONTRACTS, churn_events=EVENTS, usage_monthly=USAGE)
    with pytest.raises(NotReady, match="surveys"):
        leaks.churned_vs_happy(book)
