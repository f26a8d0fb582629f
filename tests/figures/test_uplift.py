"""Pictures of uplift: every curve, group and order is where its number is, in both languages."""

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures import uplift as figures
from cslab.figures.sheet import note_of
from cslab.measure.effect.uplift import Qini
from cslab.measure.estimate import Estimate

CURVE = pd.DataFrame({"share": [0.0, 0.5, 1.0], "estimate": [0.0, 0.08, 0.1], "lot": [0.0, 0.05, 0.1]})
CURVE = CURVE.assign(low=CURVE["estimate"] - 0.02, high=CURVE["estimate"] + 0.02)


def drawn(unit: str = "points", **truth: list[float]) -> Qini:
    return Qini(Estimate(0.02, 0.01, 0.03, 900, "qini"), CURVE.assign(**truth), ("high", "tech"), unit)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_curve_and_the_lot_end_together_and_the_area_is_written(lang: str):
    ax = figures.qini(drawn(), lang=lang)
    lines = {line.get_gid(): line for line in ax.get_lines() if line.get_gid()}
    assert lines["order"].get_ydata()[-1] == lines["lot"].get_ydata()[-1]
    assert "900" in note_of(ax) and "+2.00" in note_of(ax)


def test_the_truth_is_drawn_only_where_it_is_known():
    known = figures.qini(drawn(truth=[0.0, 0.06, 0.1], best=[0.0, 0.12, 0.1]))
    assert {"truth", "best"} <= {line.get_gid() for line in known.get_lines()}
    assert not {"truth", "best"} & {line.get_gid() for line in figures.qini(drawn()).get_lines()}


@pytest.mark.parametrize(("unit", "said"), [("points", "pt"), ("months_of_mrr", "months of MRR"), ("money", "¥")])
def test_a_gain_is_said_in_its_own_unit(unit: str, said: str):
    assert said in note_of(figures.qini(drawn(unit)))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_group_has_what_was_predicted_what_was_observed_and_the_truth(lang: str):
    rows = pd.DataFrame({"group": [1, 2, 3], "foreseen": [0.2, 0.1, 0.0], "estimate": [0.1, 0.1, 0.1], "n": 9})
    ax = figures.deciles(rows.assign(low=0.0, high=0.2, truth=0.1), lang=lang)
    assert len(ax.get_legend().get_texts()) == 3
    assert "27" in note_of(ax)


def test_orders_stand_from_the_one_that_brings_most_with_the_truth_beside_each():
    rows = pd.DataFrame({"rule": ["risk", "by_lot", "by_uplift"], "estimate": [0.1, 0.2, 0.4], "n": 9, "truth": 0.3})
    ax = figures.targets(rows.assign(low=0.0, high=0.5))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["most uplift first", "by lot", "riskiest first"]
    assert [line.get_xdata()[0] for line in ax.get_lines() if line.get_gid() == "truth"] == [0.3, 0.3, 0.3]


def test_a_wrong_table_and_an_empty_one_are_refused():
    with pytest.raises(UsageError):
        figures.targets(pd.DataFrame({"rule": ["a"]}))
    with pytest.raises(NotReady):
        figures.deciles(pd.DataFrame(columns=["group", "foreseen", "estimate", "low", "high", "n"]))
