"""A blurred sign has a slope nearer to nothing than what it stands for."""

import pytest

import cslab
from cslab.faults import NotReady
from cslab.measure.hazard import blurred, unveiled

SOURCE = "synthetic:calibration?seed=1&accounts=6000"


@pytest.fixture(scope="module")
def found():
    return blurred(cslab.load(SOURCE)).set_index("feature")


@pytest.mark.slow
def test_the_true_slope_is_the_generators(found) -> None:
    assert found.loc["latent", "truth"] == pytest.approx(-1.10, abs=1e-9)


def test_the_value_itself_has_the_true_slope_and_usage_one_nearer_to_nothing(found) -> None:
    value, usage = found.loc["latent"], found.loc["usage"]
    assert value["low"] < -1.10 < value["high"]
    assert value["estimate"] < usage["estimate"] - 0.05 < 0


@pytest.mark.slow
def test_beside_the_value_itself_nothing_that_can_be_seen_has_anything_to_say() -> None:
    found = unveiled(cslab.load(SOURCE), ["wau_ratio", "trial_usage"], lag=4)
    table = found.fitted.table.assign(
        key=lambda rows: rows["name"] + ("=" + rows["level"]).where(rows["level"] != "", "")
    )
    truth = {name: one.estimate for name, one in found.truth.items()}
    assert truth == pytest.approx(
        {"latent": -1.10, "wau_ratio": 0, "trial_usage": 0, "segment=mid": -0.30, "segment=enterprise": -0.65}
    )
    assert all(row["low"] < truth[row["key"]] < row["high"] for row in table.to_dict("records"))


def test_without_a_truth_there_is_nothing_to_hold_usage_against() -> None:
    assert blurred(cslab.load("synthetic:tiny").hide_truth()) is None


def test_what_is_missing_is_named() -> None:
    book = cslab.load("synthetic:tiny")
    bare = type(book)(
        {name: frame for name, frame in book.tables.items() if name != "usage_monthly"}, book.as_of, truth=book.truth
    )
    with pytest.raises(NotReady, match="usage"):
        blurred(bare)
