"""The charter of the tiles: what is not said is empty, and what cannot be is told with its line."""

from __future__ import annotations

import pytest

from cslab.faults import DataError
from cslab.measure.dashboard import NAMES, charter_of, read_charter
from cslab.words import LANGUAGES


def test_the_shipped_charter_says_everything_in_both_languages():
    charter = charter_of()
    for name in NAMES:
        entry = charter.of(name)
        assert entry.target and entry.grade and entry.owner and entry.cadence
        assert all(entry.said(what, lang) for what in ("decision", "biases") for lang in LANGUAGES)
        assert entry.said("biases", "en") != entry.said("biases", "ja")


def test_what_is_left_out_is_empty_and_the_other_language_stands_in():
    charter = read_charter("name: own\ntiles:\n  churn: {decision: {ja: 増員}}\n", "own.yaml")
    assert charter.of("churn").target is None
    assert charter.of("churn").said("decision", "en") == "増員"
    assert charter.of("health").owner == ""


def test_a_file_of_ones_own_is_read_by_its_path(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text("name: own\ntiles:\n  churn: {target: 0.1, owner: 田中}\n", encoding="utf-8")
    assert charter_of(str(file)).of("churn").owner == "田中"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  churn: {target: 12}", "line 3: target = 12 of churn: shares are written as 0.12"),
        ("  churn: {target: -1}", "line 3: target = -1 of churn cannot be reached"),
        ("  portfolio: {target: 120}", "between 0 and 100"),
        ("  chrun: {target: 0.1}", "churn"),
        ("  churn: {cadence: daily}", "monthly"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(text, told):
    with pytest.raises(DataError) as refused:
        read_charter(f"name: own\ntiles:\n{text}\n", "own.yaml")
    assert told in refused.value.text("en")
