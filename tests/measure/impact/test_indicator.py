"""The small language of indicators: what it understands, and that it runs nothing."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import DataError
from cslab.measure.impact.indicator import Condition, parse


def test_rows_are_counted_by_conditions_that_must_all_hold():
    found = parse('count(tickets where category in [how_to, "setup" , account])')
    assert (found.kind, found.table) == ("count", "tickets")
    assert found.where == (Condition("category", "in", ("how_to", "setup", "account")),)
    two = parse("count(tickets where category = bug and exchanges >= 3 and csat is known)").where
    assert two == (
        Condition("category", "=", ("bug",)),
        Condition("exchanges", ">=", (3.0,)),
        Condition("csat", "known"),
    )


def test_a_value_is_a_word_a_text_a_number_a_day_or_true():
    written = 'count(surveys where a = word and b = "two words" and c = -1.5 and d = 2024-03-31 and e = true)'
    values = [condition.values[0] for condition in parse(written).where]
    assert values == ["word", "two words", -1.5, dt.date(2024, 3, 31), True]


def test_cells_are_taken_of_a_column_and_a_day_can_be_named():
    assert parse("sum(touches.minutes where type = training)").columns == ("minutes", "type")
    assert parse("ever(onboarding on done where milestone = first_value)").on == "done"
    assert parse("so_far(touches.minutes)").column == "minutes"
    assert parse("so_far(touches)").column == ""


def test_staying_and_revenue_stand_alone():
    assert [parse(text).kind for text in ("retained", " mrr ")] == ["retained", "mrr"]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "count(tickets); print(1)",
        "count(tickets where (lambda: 1)() = 1)",
        "count(tickets where category = f\"{open('x')}\")",
        "retained or True",
        "sum(tickets.csat) / count(tickets)",
        "count(count(tickets))",
        "",
    ],
)
def test_code_is_no_indicator(text: str):
    with pytest.raises(DataError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "found", "wanted"),
    [
        ("cuont(tickets)", "cuont", "count"),
        ("count tickets", "tickets", "("),
        ("mean(surveys)", ")", "."),
        ("count(tickets where category)", ")", "in"),
        ("count(tickets where category is missing)", "missing", "known"),
        ("count(tickets where category = )", ")", "VALUE"),
        ("count(tickets where category in [])", "]", "VALUE"),
        ("count(tickets where opened_on > 2024-13-45)", "2024-13-45", "2024-03-31"),
        ("count(tickets where category = bug or category = setup)", "or", ")"),
        ("retained(accounts)", "(", "–"),
        ("count(tickets where category = bug", "–", ")"),
        ("count(tickets）", "）", ")"),
    ],
)
def test_what_cannot_stand_there_is_named_with_its_line_and_what_could(text: str, found: str, wanted: str):
    with pytest.raises(DataError) as refused:
        parse(text, line=7)
    values = refused.value.faults[0].values
    assert (values["line"], values["found"]) == (7, found)
    assert wanted in values["wanted"]


def test_a_misspelt_kind_is_offered_the_nearest():
    with pytest.raises(DataError, match="Did you mean count"):
        parse("coumt(tickets)")


def test_an_endless_indicator_is_refused():
    with pytest.raises(DataError, match="letters"):
        parse("count(tickets where category in [" + "bug, " * 1_000 + "bug])")


@settings(max_examples=50)
@given(st.text(alphabet="count(tickes where=in[].,'\"\\<>!0123-){}_ゐ ", max_size=60))
def test_any_text_is_either_understood_or_refused_in_words(text: str):
    try:
        found = parse(text)
    except DataError as error:
        assert "line 1" in error.text("en")
        assert "1行目" in error.text("ja")
    else:
        assert found.text == text.strip()
