"""Playbooks as people write them: read strictly, everything that is wrong told at once."""

import pytest

from cslab.faults import DataError, UsageError
from cslab.measure import alerts

GOOD = 'supplied: {signal: risk, value: "> 0.2"}'


def refused(text: str) -> list[str]:
    """The keys of all faults of a file."""
    with pytest.raises(DataError) as error:
        alerts.read_playbooks(text, "own.yaml")
    assert all("line " in line for line in error.value.text("en").splitlines()[1:-1])
    return [fault.key for fault in error.value.faults]


def test_the_kit_has_every_playbook_with_owner_deadline_and_success_in_both_languages():
    for lang in ("en", "ja"):
        table = alerts.playbooks().table(lang)
        assert len(table) == 11 and (table["sla_days"] > 0).all() and (table["holdout"] == 0.1).all()
        assert table[["rule", "play", "owner", "success"]].map(len).gt(0).all(axis=None)


def test_a_rule_names_what_it_needs():
    needs = alerts.playbooks().playbooks["champion_left"].needs
    assert needs == ("contacts.active_to", "contacts.is_champion", "contacts.active_from")


def test_what_stands_in_reserve_is_used_where_nobody_supplies_the_number(company):
    usage = "account_id month wau_ratio\nA 2024-08-01 0.3\n"
    renewal = alerts.playbooks().chosen("renewal_at_risk")
    assert alerts.fire(company(usage_monthly=usage), renewal)["value"].tolist() == [0.3]
    assert renewal.lacks(company())[0].values["needs"] == "risk"


def test_everything_that_is_wrong_is_told_at_once(rule):
    text = rule(GOOD, severity="grave", sla_days="0", holdout="1", lead_months="[6, 2]", evidence="[tickets.colour]")
    keys = ["declared.choice", "declared.low", "alerts.holdout", "alerts.lead", "lifecycle.unknown"]
    assert sorted(refused(text)) == sorted(keys)


@pytest.mark.parametrize(
    ("when", "key"),
    [
        ("drop: {}", "alerts.condition"),
        ("written", "alerts.one_condition"),
        ('supplied: {signal: risk, value: "high"}', "alerts.limit"),
        ('near: {days_before: [90], value: "< 0.4"}', "alerts.near"),
        ("written: {table: contacts, column: is_champion}", "lifecycle.unknown"),
        ("written: {table: contacts, column: active_to, where: {champion: true}}", "lifecycle.unknown"),
        ("silence: {days: 45, signs: [{table: tickets, column: category}]}", "lifecycle.unknown"),
        ("fall: {table: usage_monthly, column: wau, by: much}", "declared.wanted.number"),
        ("burst: {table: ticket, column: opened_on, sd: 2, least: 3, history: 3}", "declared.choice"),
    ],
)
def test_a_condition_that_cannot_be_read_names_its_line(rule, when, key):
    assert refused(rule(when)) == [key]


def test_a_limit_of_people_is_a_limit(rule):
    assert refused(rule(GOOD, only="{people: few}")) == ["alerts.limit"]


def test_an_unknown_rule_or_file_names_the_nearest():
    with pytest.raises(UsageError, match="usage_drop"):
        alerts.playbooks().chosen("usage_drip")
    with pytest.raises(UsageError, match="default"):
        alerts.playbooks("defualt")
