"""What was known of a customer as it signed: amounts by their ratio, the rest as it stands."""

import numpy as np
import pandas as pd

from cslab.measure import signed

ACCOUNTS = """
account_id segment employees discount_pct touch_tier
A          smb     10        0.1          digital
B          mid     0         -            high
"""


def told(book, *columns):
    rows = pd.DataFrame({"account_id": ["B", "A", "B"]})
    return signed.known(book, rows, columns) if columns else signed.known(book, rows)


def test_rows_stand_in_the_order_asked_for_and_how_a_customer_is_looked_after_is_not_known(tiny):
    found = told(tiny("2024-03-31", accounts=ACCOUNTS))
    assert list(found) == ["segment", "employees", "discount_pct"]
    assert found["segment"].tolist() == ["mid", "smb", "mid"]


def test_amounts_are_logarithms_and_one_of_nothing_counts_as_one(tiny):
    found = told(tiny("2024-03-31", accounts=ACCOUNTS), "employees", "discount_pct")
    assert found["employees"].tolist() == [0.0, np.log(10), 0.0]
    assert found["discount_pct"].isna().tolist() == [True, False, True]


def test_the_term_is_that_of_the_first_contract(tiny):
    contracts = "account_id start end term_months\nA 2023-01-01 2024-01-01 12\nA 2024-01-01 2026-01-01 24"
    book = tiny("2024-03-31", accounts=ACCOUNTS, contracts=contracts)
    assert told(book, "term_months")["term_months"].fillna(0).tolist() == [0, 12, 0]
