"""The data dictionary can be found one's way in, and says when a cell is known in words that read."""

import re

from cslab.sources.dictionary import dictionary_markdown
from cslab.tables import EVENTS, TABLES


def lines(lang: str) -> list[str]:
    return dictionary_markdown([lang]).splitlines()


def row(table: str, column: str, lang: str = "en") -> str:
    text = lines(lang)
    return next(line for line in text[text.index(f"## `{table}`") :] if line.startswith(f"| `{column}` |"))


def test_the_contents_link_every_table_once_and_each_language_to_its_own():
    both = dictionary_markdown()
    english, japanese = both.split("\n---\n")
    assert sorted(re.findall(r"`\]\(#(\w+)\)", english)) == sorted([*TABLES, EVENTS.name])
    assert sorted(re.findall(r"`\]\(#(\w+)-1\)", japanese)) == sorted([*TABLES, EVENTS.name])
    assert "(#accounts)" in dictionary_markdown(["ja"])


def test_each_half_begins_with_the_way_to_the_other_one():
    english, japanese = dictionary_markdown().split("\n---\n")
    assert english.splitlines()[2] == "[日本語の説明](#データと項目の説明)"
    assert japanese.splitlines()[3] == "[In English](#data-sets-and-data-dictionary)"
    assert "(#" not in dictionary_markdown(["ja"]).partition("##")[0]


def test_a_day_counted_from_another_reads_as_a_person_says_it():
    assert "| the day after `valid_to` |" in row("tier_history", "valid_to")
    assert "| 120 days before `due` |" in row("renewals", "health_t120")
    assert "| on `decided_on` or `end` |" in row("contracts", "outcome")
    assert "| `valid_to` の翌日 |" in row("tier_history", "valid_to", "ja")


def test_a_column_for_any_word_lists_those_of_our_companies_unless_they_are_many():
    assert "in our companies: `smb`, `mid`, `enterprise`" in row("accounts", "segment")
    assert "our companies" not in row("interviews", "themes")
    assert "our companies" not in row("contracts", "billing")
