"""Pictures of what touch is worth: amounts where they are, in both languages."""

import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.figures import roi as figures
from cslab.figures.sheet import note_of

BANDS = pd.DataFrame({"low_mrr": [2_000.0, 90_000.0], "high_mrr": [80_000.0, 2e6], "estimate": [-8e5, 5e5]})
BANDS = BANDS.assign(low=BANDS["estimate"] - 1e5, high=BANDS["estimate"] + 1e5, n=100)
ITEMS = pd.DataFrame(
    {
        "party": ["vendor", "customer", "society"],
        "item": ["left", "left", "hours_free"],
        "unit": ["amount", "amount", "hours"],
        "estimate": [-5.0, 7.0, 12.0],
        "low": [-6.0, 1.0, 9.0],
        "high": [-4.0, 9.0, 14.0],
        "grade": ["", "S", "S"],
        "n": 9,
    }
)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_each_band_has_a_panel_with_its_customers_and_its_truth_where_known(lang: str):
    panels = figures.bands(BANDS.assign(truth=0.0), lang=lang).child_axes
    assert len(panels) == 2 and all("100" in panel.get_yticklabels()[0].get_text() for panel in panels)
    assert all("truth" in {line.get_gid() for line in panel.get_lines()} for panel in panels)
    assert "truth" not in {line.get_gid() for line in figures.bands(BANDS).child_axes[0].get_lines()}


@pytest.mark.parametrize(("lang", "said"), [("en", "12 hours"), ("ja", "12時間")])
def test_what_society_has_of_it_is_written_and_what_is_declared_is_marked(lang: str, said: str):
    ax = figures.parties(ITEMS, lang=lang)
    assert said in note_of(ax).replace("\n", " ")
    assert [tick.get_text().endswith("(S)") for tick in ax.get_yticklabels()] == [False, True]


def test_the_nearest_month_to_the_renewal_stands_on_the_right():
    rows = pd.DataFrame({"months_before": [1, 6, 3], "estimate": [20.0, 10.0, 12.0], "retained": 0.02, "n": 9})
    ax = figures.before_renewal(rows.assign(low=rows["estimate"] - 1, high=rows["estimate"] + 1))
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["6", "3", "1"]


def test_a_month_in_which_nothing_is_kept_for_sure_is_left_out():
    rows = pd.DataFrame({"months_before": [1, 6], "estimate": [None, 10.0], "retained": 0.02, "n": 9}).astype(float)
    ax = figures.before_renewal(rows.assign(low=9.0, high=11.0).astype({"months_before": int}))
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["6"]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_influenced_revenue_has_its_share_beside_it(lang: str):
    rows = pd.DataFrame({"claim": ["influenced", "truth"], "estimate": [93.0, 1.0], "share": [0.93, 0.01], "n": 9})
    ax = figures.influenced(rows.assign(low=float("nan"), high=float("nan")), lang=lang)
    assert [text.get_text().count("93.0%") for text in ax.texts if text.get_gid() == "number"] == [1, 0]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_each_policy_has_a_bar_and_what_it_keeps(lang: str):
    names = ["prevent", "save", "mixed", "firefighting"]
    rows = pd.DataFrame({"policy": names, "estimate": [9.0, 2.0, 10.0, -1.0], "retained": [0.02, 0.0, 0.03, -0.01]})
    ax = figures.policies(rows.assign(low=-2.0, high=11.0, n=9), lang=lang)
    assert [round(patch.get_width()) for patch in ax.patches] == [9, 2, 10, -1]
    assert [text.get_text().count("2.0") for text in ax.texts if text.get_gid() == "number"] == [1, 0, 0, 0]


def test_a_wrong_table_is_refused_with_the_columns_it_lacks():
    with pytest.raises(UsageError, match="claim"):
        figures.influenced(pd.DataFrame({"estimate": [1.0]}))
