"""The race of deals: won from below, lost from above, the usual rate as a line that they have to be held against."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.pipeline import race

CLOSED = pd.DataFrame({"estimate": [0.4], "n": [30]})


def test_the_three_areas_fill_the_height_at_every_day(deals_by_day: pd.DataFrame) -> None:
    areas = race(deals_by_day, CLOSED).collections[:3]
    tops = [float(area.get_paths()[0].vertices[:, 1].max()) for area in areas]
    assert tops == pytest.approx([0.3, 1.0, 1.0])


def test_each_area_says_its_share_at_the_last_day(deals_by_day: pd.DataFrame) -> None:
    ends = [text.get_text() for text in race(deals_by_day, CLOSED).texts if text.get_gid() == "end"]
    assert ends == ["won\n30%", "still open\n20%", "lost\n50%"]


def test_the_usual_rate_is_a_line_with_its_name(deals_by_day: pd.DataFrame) -> None:
    ax = race(deals_by_day, CLOSED, lang="ja")
    assert [text.get_text() for text in ax.texts if text.get_gid() == "naive"] == ["終わった商談だけの受注率 40%"]
    assert any(list(line.get_ydata()) == [0.4, 0.4] for line in ax.get_lines())


def test_an_empty_or_a_wrong_table_is_refused(deals_by_day: pd.DataFrame) -> None:
    with pytest.raises(NotReady):
        race(deals_by_day.iloc[:0], CLOSED)
    with pytest.raises(UsageError, match="state"):
        race(deals_by_day.drop(columns="state"), CLOSED)
