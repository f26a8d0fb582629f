"""What stands between the marks is the solution, and nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cslab.course.sheets.solutions import BEGIN, END, balanced, blocks, stub

LINES = st.lists(st.text("abc =1()", min_size=1).filter(str.strip), min_size=1, max_size=4)


@given(LINES, LINES, LINES)
def test_a_stub_is_the_cell_without_the_marks_and_what_they_hold(before, inside, after):
    code = "\n".join([*before, BEGIN, *inside, END, *after])
    assert balanced(code)
    assert blocks(code) == [inside]
    assert stub(code) == "\n".join([*before, *after])


def test_a_cell_may_hold_several_solutions():
    code = f"a = ...\n{BEGIN}\na = 1\n{END}\nb = ...\n  {BEGIN}\n  b = 2\n  {END}\nc = 3"
    assert blocks(code) == [["a = 1"], ["  b = 2"]]
    assert stub(code) == "a = ...\nb = ...\nc = 3"


def test_a_cell_without_marks_is_handed_out_as_it_is():
    assert (stub("a = 1"), blocks("a = 1")) == ("a = 1", [])


def test_marks_within_marks_or_the_wrong_way_round_do_not_balance():
    assert not balanced(f"{BEGIN}\n{BEGIN}\na\n{END}\n{END}")
    assert not balanced(f"{END}\na\n{BEGIN}")
