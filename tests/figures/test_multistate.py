"""Areas of states that fill the height: in their order, each with its share at the end, those who left on top."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.multistate import occupation


def test_the_areas_stand_on_one_another_in_the_order_of_the_states(phases_by_month: pd.DataFrame) -> None:
    areas = occupation(phases_by_month).collections[:3]
    edges = [0.0, 0.3, 0.8, 1.0]
    for area, low, high in zip(areas, edges[:-1], edges[1:], strict=True):
        inside = [height for height in (0.1, 0.4, 0.9) if area.get_paths()[0].contains_point((18, height))]
        assert len(inside) == 1
        assert low < inside[0] < high


def test_each_area_has_its_name_and_a_state_nobody_is_in_has_none(phases_by_month: pd.DataFrame) -> None:
    names = [text.get_text() for text in occupation(phases_by_month, lang="ja").texts if text.get_gid() == "end"]
    assert names == ["オンボーディング\n10%", "アダプション\n60%", "解約\n30%"]


def test_the_whisker_shows_the_limits_of_the_topmost_share(phases_by_month: pd.DataFrame) -> None:
    (bar,) = occupation(phases_by_month).containers
    low, high = bar.lines[2][0].get_segments()[0][:, 1]
    assert (low, high) == pytest.approx((1 - 0.4, 1 - 0.2))


def test_an_empty_or_a_wrong_table_is_refused(phases_by_month: pd.DataFrame) -> None:
    with pytest.raises(NotReady):
        occupation(phases_by_month.iloc[:0])
    with pytest.raises(UsageError, match="state"):
        occupation(phases_by_month.drop(columns="state"))
