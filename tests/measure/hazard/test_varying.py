"""Cox's model on account-months: the same as on rows of start and stop, and never a forecast."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import hazard


@pytest.fixture(scope="module")
def months() -> hazard.PersonMonths:
    return hazard.person_months(cslab.load("synthetic:default_jp?seed=1&accounts=400"))


def test_months_give_what_rows_of_start_and_stop_give(months):
    names = ["wau_ratio", "tickets"]
    frame = months.frame([*names, "term_months"])
    rows = frame.assign(entry=frame["tenure"] - 1, duration=frame["tenure"])
    whole = hazard.cox(rows, names, strata="term_months").table
    found = hazard.time_varying(months, names).table
    for column in ("estimate", "std_error", "n", "events"):
        assert found[column].tolist() == pytest.approx(whole[column].tolist())


def test_lifelines_finds_the_same_slopes(months):
    from lifelines import CoxTimeVaryingFitter

    frame = months.frame(["wau_ratio"]).dropna()
    rows = pd.DataFrame({"id": np.arange(len(frame)), "stop": frame["tenure"].astype(float)})
    rows = rows.assign(start=rows["stop"] - 1, event=frame["event"].to_numpy(), wau_ratio=frame["wau_ratio"].to_numpy())
    theirs = CoxTimeVaryingFitter().fit(rows, id_col="id", event_col="event", start_col="start", stop_col="stop")
    ours = hazard.time_varying(months, ["wau_ratio"], strata=None).table
    assert ours["estimate"][0] == pytest.approx(theirs.params_["wau_ratio"], abs=1e-6)


def test_nobody_is_told_what_usage_will_be_next_year(months):
    fit = hazard.time_varying(months, ["wau_ratio"])
    with pytest.raises(NotReady, match="wau_ratio"):
        fit.survival(months.frame(["wau_ratio", "term_months"]), [12])


def test_without_covariates_there_is_nothing_to_fit(months):
    with pytest.raises(UsageError, match="Name at least one"):
        hazard.time_varying(months, [])
