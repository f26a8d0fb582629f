"""ARR under several churn rates: the frame's amounts, each path named with where it ends."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady
from cslab.figures.growth import arr_paths
from cslab.figures.sheet import note_of


def test_a_line_a_churn_rate_goes_through_its_amounts(arr: pd.DataFrame) -> None:
    heights = [line.get_ydata().tolist() for line in arr_paths(arr).get_lines()]
    assert heights[2] == pytest.approx([1e9, 0.95e9, 0.9125e9])
    assert len(heights) == 3


def test_each_end_names_churn_and_amount_in_the_language(arr: pd.DataFrame) -> None:
    ends = [text.get_text() for text in arr_paths(arr, lang="ja").texts if text.get_gid() == "end"]
    assert ends == ["解約率3%:13.3億円", "解約率10%:11.9億円", "解約率25%:9.1億円"]


def test_the_note_says_start_sales_and_rule(arr: pd.DataFrame) -> None:
    note = note_of(arr_paths(arr, lang="ja"))
    assert "開始時10.0億円" in note and "新規ARR 年2.0億円" in note and "翌年のARR=" in note


def test_dollars_are_dollars(arr: pd.DataFrame) -> None:
    ax = arr_paths(arr, currency="USD")
    ax.figure.canvas.draw()
    assert all(label.get_text().startswith("$") for label in ax.get_yticklabels())


def test_an_empty_result_is_refused(arr: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        arr_paths(arr.iloc[:0])
