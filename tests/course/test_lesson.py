"""What a lesson says, in plain Python; how it looks in a notebook is tested where lessons are run."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from cslab.course import shown
from cslab.course.lesson import begin, reading, say, sentence, verdict
from cslab.faults import UsageError
from cslab.measure.estimate import Estimate


class Notebook:
    """Stands in for IPython and keeps what is shown."""

    def __init__(self):
        self.display_pub = self
        self.bundles = []

    def publish(self, bundle):
        self.bundles.append(bundle)


@pytest.fixture
def notebook(monkeypatch):
    begin("99", "synthetic:tiny", lang="ja")
    kept = Notebook()
    monkeypatch.setattr(shown, "shell", lambda: kept)
    return kept


def test_a_lesson_speaks_the_language_it_was_begun_in(capsys):
    begin("99", "synthetic:tiny", lang="ja")
    say("number_of_accounts", 1200)
    assert "顧客は1,200社です。" in capsys.readouterr().out


def test_nothing_can_be_said_before_a_lesson_has_begun():
    with pytest.raises(UsageError, match="No lesson has begun"):
        say("number_of_accounts", 1)


def test_a_hidden_truth_is_not_in_the_book_of_the_lesson():
    assert begin("99", "synthetic:tiny", reveal_truth=False).truth is None
    assert begin("99", "synthetic:tiny", reveal_truth=True).truth is not None


def test_an_unknown_language_is_refused():
    with pytest.raises(UsageError, match="lang = fr"):
        begin("99", "synthetic:tiny", lang="fr")


def test_a_lesson_can_be_read_as_of_an_earlier_day():
    assert begin("99", "synthetic:tiny", as_of="2023-03-31").as_of == pd.Timestamp("2023-03-31")
    assert reading().lesson == "99"


def test_the_card_says_who_the_company_is_and_whether_the_truth_is_shown(capsys):
    begin("99", "synthetic:tiny", reveal_truth=False)
    card = capsys.readouterr().out
    assert "Source: synthetic:tiny" in card
    assert "As of: 2025-03-31" in card
    assert "not shown in this run" in card


def test_a_sentence_is_shown_as_text_html_and_data(notebook):
    say("number_of_accounts", 1200)
    bundle = notebook.bundles[0]
    assert bundle["text/plain"] == "顧客は1,200社です。"
    assert "顧客は1,200社です。" in bundle["text/html"]
    assert bundle[shown.SAY] == {"key": "number_of_accounts", "values": [1200], "named": {}}


def test_a_verdict_is_recorded_with_its_intervals(notebook):
    verdict("M01", naive=Estimate(0.5, 0.4, 0.6, 10, "km"), better=0.2, truth=None)
    record = notebook.bundles[0][shown.VERDICT]
    assert record["naive"] == {"estimate": 0.5, "low": 0.4, "high": 0.6}
    assert (record["truth"], record["nearer"]) == (None, None)


def test_every_record_is_plain_json(notebook):
    verdict("M01", naive=Estimate(0.5, float("nan"), float("inf"), 10, "km"), better=pd.Series([1]).sum(), truth=None)
    say("number_of_accounts", pd.Series([3]).sum(), day=pd.Timestamp("2024-01-31"))
    assert json.loads(json.dumps(notebook.bundles, allow_nan=False)) == notebook.bundles


def test_a_sentence_is_the_same_again_from_its_record(notebook):
    say("number_of_accounts", 1200)
    record = notebook.bundles[0][shown.SAY]
    assert sentence(record["key"], "ja", record["values"], record["named"]) == notebook.bundles[0]["text/plain"]


def test_a_number_is_recorded_to_ten_digits_so_that_machines_agree():
    assert shown.plain(1 / 3) == 0.3333333333


@pytest.mark.slow
def test_a_folder_of_exported_files_carries_no_truth_whether_asked_for_or_not(capsys):
    folder = Path(__file__).parents[2] / "datasets" / "sample"
    begin("05", f"folder:{folder}", lang="en")
    verdict("M01", naive=0.5, better=0.2)
    said = capsys.readouterr().out
    assert "a folder of files carries no truth" in said and "A folder carries no truth" in said
    assert "in this run" not in said
