"""Times put on another clock: as pandas does it, by the rules of every zone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cslab.sources.clocks import on_the_wall

pytestmark = pytest.mark.events

ZONES = ["Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"]


@pytest.fixture(scope="module")
def moments() -> pd.DatetimeIndex:
    """Moments of half a century, more of them close to where a year's clocks change."""
    seconds = np.random.default_rng(1).integers(0, 47 * 365 * 86_400, 800)
    changes = [
        f"{year}-{day} {hour:02d}:59:59.999"
        for year in (1999, 2024)
        for day in ("03-10", "11-03", "10-26")
        for hour in range(24)
    ]
    found = pd.to_datetime(np.datetime64("1990-01-01") + seconds.astype("m8[s]"))
    return found.append(pd.to_datetime(changes)).sort_values()


@pytest.mark.parametrize("zone", ZONES)
def test_moments_show_the_time_that_a_clock_of_the_zone_showed(zone: str, moments: pd.DatetimeIndex):
    import ibis

    shown = pd.Series(moments.tz_localize("UTC").tz_convert(zone).tz_localize(None))
    for written in (moments, moments.tz_localize("UTC")):
        found = on_the_wall(ibis.memtable(pd.DataFrame({"at": written})), "at", zone).to_pandas()
        assert (pd.to_datetime(found).sort_values(ignore_index=True) == shown.sort_values(ignore_index=True)).all()


@pytest.mark.parametrize("zone", ZONES)
def test_times_that_a_clock_showed_once_lead_back_to_their_moment(zone: str, moments: pd.DatetimeIndex):
    import ibis

    shown = moments.tz_localize("UTC").tz_convert(zone).tz_localize(None)
    once = ~pd.isna(shown.tz_localize(zone, ambiguous="NaT", nonexistent="NaT"))
    log = ibis.memtable(pd.DataFrame({"at": shown[once]}))
    found = on_the_wall(log, "at", "UTC", written_in=zone).to_pandas()
    assert once.sum() > 500
    assert (
        pd.to_datetime(found).sort_values(ignore_index=True) == pd.Series(moments[once]).reset_index(drop=True)
    ).all()
