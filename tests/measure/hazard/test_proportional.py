"""Whether an effect stays the same is tested as R tests it, and what follows is said in plain words."""

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import hazard

# R 4.2.2, survival 3.5-3: cox.zph(coxph(Surv(time, status) ~ age + sex + ph.ecog, lung)), chi-square, and for months.
LUNG = [0.1879876736523, 2.3054372274050, 2.0542487740544, 4.4636575887586]
TIED = [0.1008467709388, 2.4382068238100, 2.1655302641633, 4.6875447070792]


@pytest.mark.parametrize(("unit", "statistic"), [(1, LUNG), (30.4375, TIED)])
def test_the_test_equals_that_of_r(unit, statistic):
    from lifelines.datasets import load_lung

    frame = load_lung().dropna(subset=["age", "sex", "ph.ecog"]).rename(columns={"status": "event"})
    frame["duration"] = np.ceil(frame["time"] / unit)
    found = hazard.proportional(hazard.cox(frame, ["age", "sex", "ph.ecog"]), frame)
    assert found["statistic"].tolist() == pytest.approx(statistic, abs=1e-6)
    assert found["name"].tolist() == ["age", "sex", "ph.ecog", "all"]


def test_late_entry_is_tested_as_r_tests_it():
    from lifelines.datasets import load_stanford_heart_transplants

    frame = load_stanford_heart_transplants().rename(columns={"start": "entry", "stop": "duration"})
    found = hazard.proportional(hazard.cox(frame, ["age", "year", "surgery", "transplant"]), frame)
    expected = [0.86687471091541, 1.71641442920761, 0.09739505911615, 0.20293438815306, 3.47310229884558]
    assert found["statistic"].tolist() == pytest.approx(expected, abs=1e-6)


def flagged(early: float, late: float, size: int = 4_000) -> pd.DataFrame:
    """Customers half of whom have a flag that changes the chance of leaving, up to month 6 and after it."""
    draws = np.random.default_rng(5)
    flag = draws.integers(0, 2, size)
    chance = np.array([0.08 * np.where(flag == 1, early if month < 6 else late, 1) for month in range(12)])
    goes = draws.random((12, size)) < chance
    left = np.where(goes.any(axis=0), goes.argmax(axis=0) + 1, 12)
    return pd.DataFrame({"flag": flag, "duration": left, "event": goes.any(axis=0)})


@pytest.mark.parametrize(
    ("early", "late", "word", "said"),
    [
        (2, 2, "holds", "same early and late"),
        (3, 1.5, "fades", "fades"),
        (1.5, 3, "grows", "grows"),
        (0.4, 2.5, "turns", "turns round"),
    ],
)
def test_how_an_effect_moves_is_said_in_plain_words(early, late, word, said):
    frame = flagged(early, late)
    found = hazard.proportional(hazard.cox(frame, ["flag"]), frame)
    assert found["advice"][0] == word
    assert said in hazard.advice(found, "en")[0]
    assert hazard.advice(found, "ja")[0] != hazard.advice(found, "en")[0]
    assert (found["early"][0] > 0) == (early > 1)


def test_a_half_that_tells_nothing_has_no_number():
    frame = flagged(1, 1, 400)
    frame["rare"] = ((frame["duration"] <= 2) & (np.arange(len(frame)) % 3 == 0)).astype(int)
    found = hazard.proportional(hazard.cox(frame, ["rare"]), frame)
    assert np.isnan(found["late"][0])
    assert found["advice"][0] in ("drifts", "holds")


def test_rows_of_whom_nobody_left_cannot_be_tested():
    frame = flagged(2, 2, 400)
    with pytest.raises(UsageError, match="nobody has left"):
        hazard.proportional(hazard.cox(frame, ["flag"]), frame.assign(event=False))
