"""The hazard comb shows the frame's rates, names its renewal months, and does not shout about tiny groups."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.sheet import note_of
from cslab.figures.style import STATUS
from cslab.figures.survival import hazard_comb

from .conftest import hazard_frame


def rates(ax: object) -> dict[float, str]:
    """Months whose rate is written on the picture."""
    return {text.xy[0]: text.get_text() for text in ax.texts if text.get_gid() == "rate"}  # type: ignore[attr-defined]


def test_a_bar_is_as_high_as_the_rate_of_its_month(comb: pd.DataFrame) -> None:
    bars = hazard_comb(comb).patches
    assert [bar.get_height() for bar in bars] == comb["estimate"].tolist()
    assert [round(bar.get_x() + bar.get_width() / 2, 6) for bar in bars] == comb["time"].tolist()


def test_renewal_months_are_dark_and_named_and_no_other(comb: pd.DataFrame) -> None:
    import matplotlib as mpl

    ax = hazard_comb(comb)
    assert rates(ax) == {12: "15.0%", 24: "10.0%"}
    dark = [bar for bar in ax.patches if mpl.colors.to_hex(bar.get_facecolor()).upper() == STATUS["left"].colour]
    assert [bar.get_height() for bar in dark] == [0.15, 0.10]


def test_each_term_has_a_panel_with_its_own_renewal_months(comb_by_term: pd.DataFrame) -> None:
    host = hazard_comb(comb_by_term)
    monthly, annual = host.child_axes
    assert [panel.get_title(loc="left") for panel in host.child_axes] == [
        "monthly contracts · n = 40 customers · every month is a contract end",
        "12-month contracts · n = 100 customers",
    ]
    assert len(monthly.patches) == 18 and len(annual.patches) == 24
    assert rates(monthly) == {} and list(rates(annual)) == [12, 24]
    assert monthly.get_ylim() == annual.get_ylim() and monthly.get_xlim() == annual.get_xlim()


def test_the_panel_of_one_month_terms_says_in_both_languages_that_every_month_is_a_contract_end(
    comb_by_term: pd.DataFrame,
) -> None:
    titles = [panel.get_title(loc="left") for panel in hazard_comb(comb_by_term, lang="ja").child_axes]
    assert titles[0].endswith("毎月が契約満了月") and "毎月" not in titles[1]


def test_the_note_adds_up_the_customers_of_the_panels(comb_by_term: pd.DataFrame) -> None:
    assert note_of(hazard_comb(comb_by_term)).startswith("n = 140 customers")


def test_the_note_says_as_of_when(comb: pd.DataFrame) -> None:
    assert "as of 31 Mar 2024" in note_of(hazard_comb(comb))
    assert "2024年3月31日時点" in note_of(hazard_comb(comb, lang="ja"))


def test_a_month_with_few_customers_is_only_outlined_and_at_most_doubles_the_height() -> None:
    frame = hazard_frame([0.02] * 11 + [0.10, 0.90])
    frame.loc[12, "at_risk"] = 4
    ax = hazard_comb(frame)
    assert ax.patches[12].get_facecolor()[:3] == (1, 1, 1) and ax.get_ylim()[1] <= 0.2
    assert "fewer than 30" in note_of(ax)


def test_without_terms_full_years_are_dark_but_not_called_contract_ends(
    comb: pd.DataFrame, comb_by_term: pd.DataFrame
) -> None:
    assert "full years" in note_of(hazard_comb(comb)) and "contracts end" not in note_of(hazard_comb(comb))
    assert "contracts end" in note_of(hazard_comb(comb_by_term))


def test_a_month_in_which_nobody_was_at_risk_leaves_a_gap() -> None:
    frame = hazard_frame([0.02, float("nan"), 0.03])
    assert hazard_comb(frame).get_ylim()[1] < 0.1


def test_a_group_without_a_name_is_called_not_recorded() -> None:
    frame = pd.concat([hazard_frame([0.1], segment="smb"), hazard_frame([0.1], segment=None)])
    titles = [panel.get_title(loc="left").split(" · ")[0] for panel in hazard_comb(frame).child_axes]
    assert titles == ["SMB", "not recorded"]


def test_an_empty_result_is_refused_and_so_is_the_wrong_table(comb: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        hazard_comb(comb.iloc[:0])
    with pytest.raises(UsageError, match=r"at_risk.*\n.*estimate"):
        hazard_comb(comb.drop(columns=["estimate", "at_risk"]))


def test_where_only_thin_months_have_leavers_their_bars_set_the_height() -> None:
    frame = hazard_frame([0.0] * 11 + [0.25])
    frame.loc[11, "at_risk"] = 8
    assert hazard_comb(frame).get_ylim()[1] > 0.25


def test_an_unmarked_comb_leaves_the_reading_to_the_reader(comb):
    axes = hazard_comb(comb, marked=False)
    assert len({bar.get_edgecolor() for bar in axes.patches}) == 1
    assert len({bar.get_edgecolor() for bar in hazard_comb(comb).patches}) == 2
    assert not [text for text in axes.texts if "%" in text.get_text()]
    assert "full years" not in note_of(axes)
