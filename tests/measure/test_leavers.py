"""The revenue that leaves with its customers: those who stay and pay less are not in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.course.questions.toy import END, START, toy_book
from cslab.measure import retention


def test_in_the_small_book_only_d_is_gone() -> None:
    assert float(retention.leavers_mrr(toy_book(), START, END)) == pytest.approx(100 / 650)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 400))
def test_it_lies_between_nothing_and_all_reductions(variant: int) -> None:
    book = toy_book(variant)
    left = float(retention.leavers_mrr(book, START, END))
    assert 0 < left <= float(retention.revenue_churn(book, START, END)) + 1e-12
