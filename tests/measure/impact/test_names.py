"""Whether what an indicator names exists: by the contract, and in a company's records."""

import pytest

from cslab.measure.impact.indicator import parse
from cslab.measure.impact.names import contract_faults, record_faults

TICKETS = """
account_id  opened_on   category  csat  x_hard  x_team
A           2023-05-02  billing   4     1       red
A           2023-06-02  setup     -     0       blue
"""


@pytest.mark.parametrize(
    ("text", "key", "near"),
    [
        ("count(ticket)", "chain.no_table", "tickets"),
        ("count(zzzz)", "chain.no_table", ""),
        ("count(lost_deals)", "chain.no_customers", None),
        ("mean(surveys.scor)", "chain.no_column", "score"),
        ("count(tickets where kategory = bug)", "chain.no_column", "category"),
        ("count(touches where type = webinr)", "chain.no_word", "webinar"),
        ("sum(tickets.category)", "chain.no_number", None),
        ("ever(onboarding on milestone)", "chain.no_day", None),
        ("count(tickets where category > 3)", "chain.compared_words", None),
        ("count(tickets where csat = good)", "chain.compared_numbers", None),
        ("count(tickets where opened_on > 3)", "chain.compared_days", None),
        ("count(tickets where reopened = yes)", "chain.compared_flags", None),
        ("count(tickets where reopened < true)", "chain.compared_flags", None),
    ],
)
def test_what_the_contract_does_not_know_is_named_with_the_nearest(text: str, key: str, near: str | None):
    faults = contract_faults(parse(text, line=9))
    assert [fault.key for fault in faults] == [key]
    assert faults[0].values["line"] == 9
    assert near is None or faults[0].values["near"] == near
    assert all("9" in faults[0].text(lang) for lang in ("en", "ja"))


def test_everything_wrong_with_one_indicator_is_told_at_once():
    faults = contract_faults(parse("mean(touches.type where typ = call and minutes = long)"))
    assert [fault.key for fault in faults] == ["chain.no_column", "chain.no_number", "chain.compared_numbers"]


def test_columns_of_ones_own_are_left_to_the_records():
    assert contract_faults(parse("count(tickets where x_hard = true)")) == []


@pytest.mark.parametrize("text", ["retained", "mrr", "count(tickets where category = anything and csat is known)"])
def test_what_the_contract_knows_or_leaves_open_has_no_fault(text: str):
    assert contract_faults(parse(text)) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mean(surveys.score)", "chain.table_absent"),
        ("mean(tickets.first_response_h)", "chain.column_absent"),
        ("count(tickets where category = biling)", "chain.no_word"),
        ("count(tickets where category in [billing, biling])", "chain.no_word"),
        ("count(tickets where x_hrad = 1)", "chain.column_absent"),
        ("count(tickets where x_team > 3)", "chain.compared_words"),
        ("mean(tickets.x_team)", "chain.no_number"),
        ("count(tickets where x_hard = yes)", "chain.compared_numbers"),
        ("mrr", "chain.no_amounts"),
    ],
)
def test_what_the_records_do_not_hold_is_named(tiny, text: str, key: str):
    book = tiny("2024-03-31", tickets=TICKETS)
    assert [fault.key for fault in record_faults(parse(text), book)] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "retained",
        "count(tickets where category != setup)",
        "mean(tickets.x_hard where x_team = red)",
        "count(tickets where category in [billing, how_to])",  # nobody has asked that yet
        "ever(touches where type = webinar)",  # the contract knows the word
    ],
)
def test_what_the_records_hold_or_may_come_to_hold_has_no_fault(tiny, text: str):
    touches = "account_id touched_on type\nA 2023-05-02 call"
    assert record_faults(parse(text), tiny("2024-03-31", tickets=TICKETS, touches=touches)) == []


def test_rows_of_which_nobody_knows_the_day_are_told_unless_another_day_is_named(tiny):
    book = tiny("2024-03-31", tickets="account_id opened csat\nA x 3", onboarding="account_id milestone done\nA x -")
    assert record_faults(parse("count(tickets)"), book)[0].values["known"] == "opened_on"
    assert record_faults(parse("ever(onboarding on done)"), book) == []
