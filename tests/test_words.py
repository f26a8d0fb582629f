"""The words of the kit: both languages, no gap, numbers as people say them."""

import csv
import re
import string
from pathlib import Path

import pytest

from cslab import words

ROWS = list(csv.DictReader((Path(words.__file__).with_name("words.csv")).open(encoding="utf-8", newline="")))


def blanks(text: str) -> set[str]:
    """The names of the blanks of a template."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_is_there_in_both_languages():
    assert [row["key"] for row in ROWS if not (row["en"].strip() and row["ja"].strip())] == []


def test_the_keys_are_unique_and_sorted_so_that_a_change_is_one_line():
    keys = [row["key"] for row in ROWS]
    assert keys == sorted(set(keys))


def test_an_english_text_and_its_japanese_ask_for_the_same_values():
    named_by_language = {"en", "ja"}  # a text may name the meaning of a column in its own language
    different = [
        row["key"] for row in ROWS if blanks(row["en"]) - named_by_language != blanks(row["ja"]) - named_by_language
    ]
    assert different == []


def test_a_japanese_text_is_japanese():
    letters = re.compile(r"[ぁ-んァ-ヶ一-龠]")
    said = {row["key"]: re.sub(r"\{[^}]*\}", "", row["ja"]) for row in ROWS}  # without the blanks
    short = 12  # a short name or sign (NRR, n, CSV) may be the same in both languages
    assert [key for key, text in said.items() if len(text.strip()) > short and not letters.search(text)] == []


def test_an_unknown_key_names_the_nearest_one():
    with pytest.raises(KeyError, match=r"label\.segment"):
        words.word("label.segmnt")


@pytest.mark.parametrize(
    ("amount", "currency", "lang", "said"),
    [
        (250_000_000, "JPY", "ja", "2.5億円"),
        (420_000, "JPY", "ja", "42万円"),
        (9_800, "JPY", "ja", "9,800円"),
        (420_000, "JPY", "en", "¥420k"),
        (-1_500_000, "USD", "en", "-$1.5M"),
        (1_614_300_000, "JPY", "en", "¥1.6bn"),
        (1_234, "EUR", "en", "EUR 1,234"),
        (0, "JPY", "ja", "0円"),
    ],
)
def test_money_is_said_as_people_say_it(amount, currency, lang, said):
    assert words.money(amount, currency, lang) == said


@pytest.mark.parametrize(("own", "lang"), [("Japanese_Japan", "ja"), ("English_United Kingdom", "en"), (None, "en")])
def test_a_machine_without_such_variables_is_asked_itself(monkeypatch, own, lang):
    for name in ("CSLAB_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (own, "932"))
    assert words.default_language() == lang


@pytest.mark.parametrize(("variable", "lang"), [("ja_JP.UTF-8", "ja"), ("en_GB.UTF-8", "en"), ("C.UTF-8", "en")])
def test_the_language_follows_the_machine_unless_one_was_chosen(monkeypatch, variable, lang):
    monkeypatch.delenv("CSLAB_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", variable)
    assert words.default_language() == lang
    monkeypatch.setenv("CSLAB_LANG", "ja")
    assert words.default_language() == "ja"
