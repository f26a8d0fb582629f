"""Smooth curves equal R's, and erase the cliff that the records show."""

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import hazard

# R 4.2.2, survival 3.5-3: survreg(Surv(time, status) ~ age + sex + ph.ecog, lung, dist = …): slopes, constant, scale.
R = {
    "weibull": ([-0.007475439408409, 0.4010905411736, -0.3396380982973], 0.7311089921366),
    "lognormal": ([-0.01918186810186, 0.5219528789466, -0.3555666705025], 1.028634581463),
}


@pytest.mark.parametrize("shape", ["weibull", "lognormal"])
def test_ratios_of_times_equal_those_of_r(shape):
    from lifelines.datasets import load_lung

    frame = load_lung().dropna(subset=["age", "sex", "ph.ecog"])
    frame = frame.rename(columns={"time": "duration", "status": "event"})
    fit = hazard.parametric(frame, ["age", "sex", "ph.ecog"], shape)
    slopes, scale = R[shape]
    assert fit.table["estimate"].tolist() == pytest.approx(slopes, abs=1e-5)
    assert np.exp(fit.slopes[-1] * (-1 if shape == "weibull" else 1)) == pytest.approx(scale, abs=1e-5)


def yearly(size: int = 600) -> pd.DataFrame:
    """Customers on yearly contracts: one in five leaves at the end of each year, hardly anybody in between."""
    years = np.arange(size) % 5
    return pd.DataFrame({"duration": np.where(years < 3, 36, 12 * (years - 2)), "event": years >= 3})


def test_the_cliff_at_the_renewal_is_erased():
    found = hazard.smoothed(yearly(), 24)
    drop = {name: rows.set_index("time")["estimate"].loc[[11, 12]].diff().iloc[-1] for name, rows in found.items()}
    assert drop["as_recorded"] == pytest.approx(-0.2)
    assert -0.04 < drop["aft_weibull"] < 0
    assert -0.04 < drop["aft_lognormal"] < 0


def test_late_entry_is_not_mistaken_for_loyalty():
    draws = np.random.default_rng(2)
    left = np.ceil(draws.exponential(20, 4_000))
    frame = pd.DataFrame({"entry": draws.integers(0, 20, 4_000), "duration": left, "event": True})
    frame = frame[frame["entry"] < frame["duration"]]
    share, blind = (hazard.parametric(rows).curve([20])["estimate"][0] for rows in (frame, frame.assign(entry=0)))
    assert share == pytest.approx(np.exp(-1), abs=0.03)
    assert blind > share + 0.05


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(UsageError, match="weibull"):
        hazard.parametric(yearly(), shape="weibul")
    with pytest.raises(UsageError, match="nobody has left"):
        hazard.parametric(yearly().assign(event=False))
    with pytest.raises(UsageError, match="36"):
        hazard.smoothed(yearly(), 37)


def test_a_value_with_which_nobody_left_is_named():
    frame = yearly().assign(kept=lambda rows: ~rows["event"])
    with pytest.raises(UsageError, match="kept"):
        hazard.parametric(frame, ["kept"])


def test_departures_at_one_time_that_is_the_last_follow_no_smooth_curve():
    with pytest.raises(UsageError, match=r"same time \(12\)"):
        hazard.parametric(pd.DataFrame({"duration": [12] * 30, "event": True}))


def test_more_numbers_than_departures_are_refused_and_few_departures_told():
    draws = np.random.default_rng(4)
    frame = pd.DataFrame({"duration": draws.integers(1, 30, 40), "x": draws.normal(size=40)})
    with pytest.raises(UsageError, match="3 departures cannot carry 3"):
        hazard.parametric(frame.assign(event=np.arange(40) < 3), ["x"])
    assert not hazard.parametric(frame.assign(event=True), ["x"]).notes
    few = hazard.parametric(frame.assign(event=np.arange(40) < 9)).notes
    assert [note.key for note in few] == ["hazard_few_events"]
