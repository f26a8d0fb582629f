"""An answer leaves a stranger's notebook as plain JSON and comes back without being trusted."""

from __future__ import annotations

import datetime as dt
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.questions import answers
from cslab.course.questions.answers import Column, Frame, Strange
from cslab.measure.estimate import Estimate

scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=20)
keys = st.text(max_size=8) | st.integers(-9, 9) | st.dates()
plain = st.recursive(
    scalars | st.dates() | st.frozensets(keys, max_size=4) | st.just(...),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["set", "dict", "column", "frame", "date", "number", "strange", "unset", "x"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=12,
)


def through(answer: object) -> object:
    return answers.read(answers.write(answer))


@given(plain)
def test_a_plain_answer_comes_back_as_it_was(answer):
    assert through(answer) == answer


@given(anything)
def test_whatever_stands_in_a_line_is_read_without_an_error_and_can_be_written_again(data):
    found = answers.read(json.dumps(data))
    again = through(found)
    assert again == found or "nan" in repr(found)


@given(st.binary(max_size=60))
def test_bytes_that_are_no_json_are_unreadable_and_never_an_error(line):
    answers.read(line)


def test_numbers_of_numpy_and_pandas_and_estimates_are_plain_numbers():
    same = (np.float64(0.5), np.float32(0.5), np.int64(3), np.bool_(True), pd.NA, Estimate(0.5, 0.4, 0.6, 9, "mean"))
    assert [through(one) for one in same[:4]] == [0.5, 0.5, 3, True]
    assert math.isnan(through(pd.NA)) and through(same[5]) == 0.5


def test_columns_of_pandas_own_kinds_are_lists():
    days = pd.Series([pd.Timestamp("2024-03-31")])
    same = (pd.array([1, 2]), pd.Categorical(["a"]), pd.array(["a"], dtype="string"), days.unique())
    assert [through(one) for one in same] == [[1, 2], ["a"], ["a"], [dt.date(2024, 3, 31)]]
    assert through({"a": 1}.keys()) == ["a"] and through({"a": 1}.values()) == [1]


def test_a_table_whose_rows_are_called_by_one_of_its_columns_has_that_column_once():
    table = pd.DataFrame({"step": ["new"], "amount": [1.0]})
    assert through(table.set_index("step", drop=False)) == through(table)


def test_columns_of_several_levels_are_called_in_one_line():
    found = through(pd.DataFrame({"step": ["new"], "amount": [1.0]}).groupby("step").agg({"amount": ["sum", "mean"]}))
    assert found.columns == ("step", "amount sum", "amount mean")


def test_a_narrow_number_keeps_the_digits_that_it_shows():
    assert through(np.float32(0.8615)) == 0.8615


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_json_has_no_word_for_comes_back(number):
    assert repr(through(number)) == repr(number)


def test_days_are_days_however_they_are_kept():
    day = dt.date(2024, 3, 31)
    same = (
        day,
        pd.Timestamp(day),
        np.datetime64("2024-03-31"),
        dt.datetime(2024, 3, 31),
        pd.Timestamp(day, tz="Japan"),
    )
    assert {through(one) for one in same} == {day}
    assert through(pd.Period("2024-03", "M")) == dt.date(2024, 3, 1)


def test_a_series_and_a_table_keep_their_names():
    series = pd.Series([1.5], index=pd.Index(["smb"], name="segment"), name="churn")
    assert through(series) == Column("churn", ("segment",), ("smb",), (1.5,))
    table = series.reset_index()
    assert through(table) == through(series.to_frame()) == Frame(("segment", "churn"), (("smb", 1.5),))


def test_rows_that_are_only_numbered_are_not_called_by_their_number():
    assert through(pd.DataFrame({"a": [1, 2]}).iloc[1:]) == Frame(("a",), ((2,),))


def test_several_levels_of_an_index_come_along():
    table = pd.DataFrame({"a": ["x"], "b": [1], "c": [0.5]}).set_index(["a", "b"])
    assert through(table) == Frame(("a", "b", "c"), (("x", 1, 0.5),))
    assert through(table["c"]) == Column("c", ("a", "b"), (["x", 1],), (0.5,))


class Loud(float):
    """A number whose every method cries out."""

    def __getattribute__(self, name):
        raise AssertionError(f"{name} was asked for")

    __repr__ = __str__ = __eq__ = __hash__ = None


class LoudFrame(pd.DataFrame):
    """A table of the learner's own kind."""

    def reset_index(self, *args, **named):
        raise AssertionError


def test_nothing_is_asked_of_an_object_of_an_unknown_type():
    strange = (Loud(0.5), LoudFrame({"a": [1]}), object(), b"bytes", 1j, pd.Timedelta(days=1))
    assert [through(one) for one in strange] == [
        Strange(name) for name in ("Loud", "LoudFrame", "object", "bytes", "complex", "Timedelta")
    ]


def test_a_type_cannot_pose_under_another_name():
    class Meta(type):
        __name__ = property(lambda self: "float")

    assert through(Meta("Posing", (), {})()) == Strange("Posing")


def test_an_index_of_the_learners_own_kind_is_strange():
    class Mine(pd.Index):
        """An index of the learner's own kind."""

    index = pd.Index(["a"])
    index.__class__ = Mine
    assert through(pd.Series([1.0], index=index)) == Strange("Series")


def test_a_list_that_holds_itself_ends():
    endless: list[object] = [1]
    endless.append(endless)
    assert isinstance(through(endless), list)


@pytest.mark.parametrize(
    "large",
    [
        list(range(100_000)),
        "x" * 10_000_000,
        np.zeros(1_000_000),
        pd.DataFrame({"a": np.zeros(100_000)}),
        set(range(50_000)),
    ],
)
def test_an_answer_is_never_larger_than_an_answer_is(large):
    assert len(answers.write(large)) <= answers.LARGEST
    assert through(large) == Strange("too_large")


def test_branches_that_hold_each_other_do_not_blow_up():
    branch: list[object] = []
    branch.extend([branch] * 100)
    assert len(answers.write(branch)) <= answers.LARGEST


def test_a_number_of_a_million_digits_is_too_large():
    assert through(1 << 10_000) == Strange("too_large")


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"set": [[1, [2, {"dict": []}]]]}',
        '{"date": "2024-13-01"}',
        '{"date": ["2024-03-01"]}',
        '{"number": "one"}',
        '{"column": {"name": "a", "keys": [], "index": [1], "values": []}}',
        '{"frame": {"columns": ["a"], "rows": [[1, 2]]}}',
        '{"set": [1], "dict": []}',
        '{"py/object": "os.system"}',
        "1" * 5_000,
        "",
        b"\xff\xfe",
    ],
)
def test_a_forged_line_is_unreadable(line):
    assert answers.read(line) == Strange("unreadable")


def test_a_line_that_is_too_long_is_not_even_looked_at():
    assert answers.read("x" * (answers.LARGEST + 1)) == Strange("too_large")


def test_a_table_that_was_tampered_with_is_strange_and_not_an_error():
    table = pd.DataFrame({"a": [1]})
    object.__setattr__(table, "_mgr", None)
    assert through(table) == Strange("DataFrame")
