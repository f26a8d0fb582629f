"""Rows that go together: whole groups treated alike, and limits that know how few groups there are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import effect
from cslab.measure.effect.encouragement import late
from cslab.measure.effect.uplift import qini, uplift

WAYS = (effect.naive, effect.stratified, effect.ipw, effect.aipw, effect.experiment)


def offices(offices: int = 12, each: int = 25) -> pd.DataFrame:
    """Whole offices treated or not, of a number that has nothing to do with it; offices differ, customers hardly."""
    draw = np.random.default_rng(2)
    office = np.repeat(np.arange(offices), each)
    level = draw.normal(size=offices)[office]
    rows = pd.DataFrame({"office": office, "got": office % 2, "size": draw.integers(0, 2, len(office))})
    return rows.assign(y=level + 0.1 * draw.normal(size=len(office)))


def trial(frame: pd.DataFrame, cluster: str = "office") -> effect.Trial:
    return effect.of_frame(frame, "got", "y", ["size"], cluster=cluster)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_widens_its_limits_where_whole_offices_were_treated(way: Callable[..., effect.Effect]) -> None:
    alone, together = way(trial(offices(), "")), way(trial(offices()))
    assert together.estimate == pytest.approx(alone.estimate, abs=0.1)
    assert together.high - together.low > 2 * (alone.high - alone.low)


@pytest.mark.parametrize("way", WAYS)
def test_an_arm_of_one_office_tells_nothing_of_how_offices_vary(way: Callable[..., effect.Effect]) -> None:
    with pytest.raises(UsageError, match="one group"):
        way(trial(offices().assign(office="Osaka")))


@pytest.mark.parametrize("way", WAYS)
def test_customers_of_no_office_are_counted_and_refused(way: Callable[..., effect.Effect]) -> None:
    rows = offices()
    rows["office"] = rows["office"].where(rows.index > 2)
    with pytest.raises(UsageError, match="empty for 3 of 300"):
        way(trial(rows))


def test_the_plain_difference_and_the_experiment_are_the_same_number_with_the_same_limits_and_method() -> None:
    share = offices().assign(y=lambda rows: 1.0 * (rows["y"] > 0))
    for rows, cluster in ((offices(), ""), (offices(), "office"), (share, "")):
        plain, lot = effect.naive(trial(rows, cluster)), effect.experiment(trial(rows, cluster))
        assert plain.cells() == lot.cells()


def test_an_effect_of_taking_part_counts_offices_too() -> None:
    rows = offices(40)
    came = rows["got"].to_numpy(float) * (rows["size"].to_numpy() == 1)
    alone, together = (
        late(rows["y"].to_numpy(), came, rows["got"].to_numpy() == 1, cluster)
        for cluster in (None, rows["office"].to_numpy())
    )
    assert together.estimate == pytest.approx(alone.estimate)
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_a_threshold_cannot_count_offices_and_says_so() -> None:
    rows = offices().assign(place=lambda frame: np.linspace(-1, 1, len(frame)))
    seen = effect.of_frame(rows, "got", "y", ["place"], cluster="office")
    with pytest.raises(UsageError, match="cannot count groups"):
        effect.regression_discontinuity(seen, "place", 0.0)


def test_a_curve_of_who_gains_counts_offices_too() -> None:
    rows = offices(20)
    ends = {}
    for cluster in ("", "office"):
        curve = qini(uplift(trial(rows, cluster)), ("1", "0"), rows["size"].to_numpy(float)).curve.iloc[-1]
        ends[cluster] = curve["high"] - curve["low"]
    assert ends["office"] > 2 * ends[""]
