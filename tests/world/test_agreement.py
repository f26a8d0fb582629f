"""Parameters that are right one by one and cannot be together are refused, all at once, in both languages."""

import pytest

from cslab import world
from cslab.faults import UsageError

ZEROS = ",".join("0" * 12)
MARCH = ",".join("1" if month == 3 else "0" for month in range(1, 13))


def refusal(preset: str = "tiny", **wrong: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        world.preset(preset).with_(**wrong)
    return caught.value


@pytest.mark.parametrize(
    ("wrong", "key", "said"),
    [
        ({"season_deals": ZEROS}, "scenario_weightless", "season_deals"),
        ({"season_expansion": ZEROS}, "scenario_weightless", "season_expansion"),
        ({"season_deals": MARCH, "first_arrival": 1, "last_arrival": 4}, "scenario_weightless", "(5, 6, 7"),
        ({"tier_threshold_amount": "400000,80000"}, "scenario_order", "400000,80000"),
        ({"touch_fit_limits": "2,0"}, "scenario_order", "touch_fit_limits"),
        ({"content_share": "0.7,0.5"}, "scenario_above_one", "1.2"),
        ({"badfit_share": 0, "push_badfit_share": 0.3}, "scenario_push", "push_badfit_share"),
        ({"badfit_share": 1}, "scenario_push", "badfit_share"),
        ({"effort_share": 1, "effort_disengage": 0}, "scenario_effort", "effort_disengage"),
        ({"seat_price_amount": "0,1,1"}, "scenario_range", "seat_price_amount"),
        ({"csm_hours": 0}, "scenario_range", "csm_hours"),
        ({"months": 0}, "scenario_range", "months"),
        ({"accounts": 0}, "scenario_range", "accounts"),
    ],
)
def test_what_cannot_be_is_refused_and_named_in_both_languages(wrong, key, said):
    error = refusal(**wrong)
    assert [fault.key for fault in error.faults] == [key]
    assert said in error.text("en") and said in error.text("ja")


def test_all_that_cannot_be_is_refused_at_once_beside_values_that_are_wrong_by_themselves():
    error = refusal(accounts=0, touch_fit_limits="2,0", content_share="1,1", badfit_share=1, season_expansion=ZEROS)
    keys = ["scenario_range", "scenario_push", "scenario_weightless", "scenario_order", "scenario_above_one"]
    assert [fault.key for fault in error.faults] == keys


def test_what_depends_on_a_wrong_value_is_not_judged():
    error = refusal(first_arrival=60, last_arrival=50, season_deals=ZEROS, badfit_share=1)
    assert [fault.key for fault in error.faults] == ["scenario_arrivals"]
    assert [fault.key for fault in refusal(push_share=2, badfit_share=0).faults] == ["scenario_range"]


@pytest.mark.parametrize(
    "allowed",
    [
        {"season_deals": ZEROS, "season_expansion": ZEROS, "addons": "none"},
        {"badfit_share": 0, "push_badfit_share": 0},
        {"badfit_share": 0, "addons": "none"},
        {"effort_share": 1, "effort_disengage": 0, "addons": "none"},
        {"effort_share": 0.9, "effort_disengage": 0},
        {"content_share": "0.7,0.3", "touch_fit_limits": "1,1", "tier_threshold_amount": "5,5"},
    ],
)
def test_what_is_switched_off_or_just_possible_is_allowed(allowed):
    assert world.preset("tiny").with_(**allowed).accounts == 60


@pytest.mark.parametrize("given", [2**53 + 1, str(2**53 + 1)])
def test_a_whole_number_is_read_to_its_last_digit(given):
    assert world.preset("tiny").with_(seed=given).seed == 9007199254740993


def test_whole_numbers_may_still_be_written_with_an_exponent_or_a_point():
    changed = world.preset("tiny").with_(accounts="1e3", months="24.0")
    assert (changed.accounts, changed.months) == (1000, 24)
