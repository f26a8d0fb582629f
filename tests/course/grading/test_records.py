"""Whatever a stranger writes on the record, only what has the right form is taken, and nothing is ever raised."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.grading.records import Records, clean, read
from cslab.course.questions.answers import Strange

GOOD = {"cell": 1, "error": "", "message": "", "answers": {"nrr": "0.9"}}
FIRST = {"assigned": {"nrr": [2]}}


def lines(*records: object) -> list[bytes]:
    """Lines of record."""
    return [json.dumps(record).encode() for record in records]


def test_the_last_word_on_an_answer_counts_and_the_first_on_where_it_is_given():
    found = read(
        lines(FIRST, GOOD, {"assigned": {"nrr": [1]}}, {**GOOD, "cell": 2, "answers": {"nrr": "0.5"}}), ["nrr"], 2
    )
    assert (found.assigned, found.answers, found.ignored) == ({"nrr": (2,)}, {"nrr": 0.5}, 1)


@pytest.mark.parametrize("line", [None, '{"unset": true}'])
def test_an_answer_that_is_taken_back_is_no_longer_there(line: str | None):
    assert read(lines(GOOD, {**GOOD, "answers": {"nrr": line}}), ["nrr"], 1).answers == {}


@pytest.mark.parametrize(
    "record",
    [
        [],
        None,
        {},
        {"grade": "A"},
        {**GOOD, "more": 1},
        {**GOOD, "cell": 0},
        {**GOOD, "cell": 2},
        {**GOOD, "cell": True},
        {**GOOD, "cell": 1.0},
        {**GOOD, "error": None},
        {**GOOD, "message": 7},
        {**GOOD, "answers": []},
        {**GOOD, "answers": {"grr": "0.9"}},
        {**GOOD, "answers": {"nrr": 0.9}},
        {"assigned": {"nrr": [9]}},
        {"assigned": {"grr": [1]}},
        {"assigned": {"nrr": 1}},
        {"assigned": [1]},
    ],
)
def test_a_record_of_another_form_is_ignored_and_counted(record: object):
    assert read(lines(record), ["nrr"], 1) == Records(ignored=1)


@pytest.mark.parametrize("line", [b"", b"\xff", b"{", b"[" * 100_000, b"1" * 10_000, b"NaN", b'{"cell": 1e999}'])
def test_a_line_that_is_no_json_is_ignored_and_counted(line: bytes):
    assert read([line], ["nrr"], 1).ignored == 1


@given(
    st.lists(
        st.binary(max_size=60)
        | st.builds(
            lambda v: json.dumps(v).encode(),
            st.recursive(
                st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["nrr", "cell", "answers"]),
                lambda inner: (
                    st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "nrr", "assigned"]), inner)
                ),
                max_leaves=8,
            ),
        ),
        max_size=5,
    )
)
def test_no_lines_whatever_raise_or_bring_an_answer_that_was_not_asked(found: list[bytes]):
    told = read(found, ["nrr"], 3)
    assert set(told.answers) <= {"nrr"} and set(told.errors) <= {1, 2, 3}


@given(st.text(max_size=50), st.integers(0, 20))
def test_a_clean_text_is_short_on_one_line_and_can_be_written(text: str, most: int):
    told = clean(text, most)
    assert len(told) <= most and told.isprintable() | ("\u200d" in told) and "\n" not in told
    assert told.encode("utf-8").decode("utf-8") == told


@pytest.mark.parametrize("half", ['"\\ud800"', '["a", {"set": ["\\udfff"]}]'])
def test_an_answer_that_no_file_could_hold_is_unreadable(half: str):
    assert read(lines({**GOOD, "answers": {"nrr": half}}), ["nrr"], 1).answers == {"nrr": Strange("unreadable")}


def test_a_message_is_cleaned_before_it_is_told():
    found = read(lines({**GOOD, "error": "Name\x1bError\n", "message": "x" * 10_000}), ["nrr"], 1)
    assert found.errors == {1: ("NameError", "x" * 300)}
