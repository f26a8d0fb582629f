"""The score of many columns: one line rises, the other falls, and both say where they end."""

from __future__ import annotations

import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.landmark import overfit
from cslab.figures.sheet import note_of
from tests.figures.landmark_frames import overfitted


def test_the_lines_go_through_both_aucs() -> None:
    heights = [line.get_ydata().tolist() for line in overfit(overfitted()).get_lines()[:2]]
    assert heights == [[0.75, 0.95], [0.70, 0.60]]


def test_each_end_says_whom_it_was_tried_on_in_the_language() -> None:
    ends = [text.get_text() for text in overfit(overfitted(), lang="ja").texts if text.get_gid() == "end"]
    assert ends == ["学習に使った顧客:0.95", "初めて見る顧客:0.60"]


def test_the_note_counts_customers_and_draws() -> None:
    assert "n = 150 learned from · 1,200 never seen · mean of 20 draws" in note_of(overfit(overfitted()))


def test_a_table_without_its_columns_or_rows_is_refused() -> None:
    with pytest.raises(UsageError):
        overfit(overfitted().drop(columns="test"))
    with pytest.raises(NotReady):
        overfit(overfitted().iloc[:0])
