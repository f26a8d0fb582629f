"""Content reaches an account in the right phase or the wrong one, moves what value is pulled to, and no level."""

import numpy as np

from cslab import world
from cslab.world.addons.content import EXPOSURES, content_lift, exposed
from cslab.world.simulate import simulate

WORLD = world.preset("calibration").with_(addons="content", accounts=4096)


def lived(scenario: world.Scenario, months: int = 40):
    """What happens to the customers of four offices."""
    return simulate(scenario, world.policy("rule"), 1, range(4), scenario.accounts, months)


def test_a_fifth_of_the_account_months_see_the_right_content_and_a_twentieth_the_wrong():
    share = np.bincount(exposed(1, WORLD, range(4), 60).ravel()) / (4 * 60 * 1024)
    assert len(EXPOSURES) == 3
    assert np.abs(share - [0.75, 0.20, 0.05]).max() < 4 * (0.25 / (4 * 60 * 1024)) ** 0.5


def test_what_an_account_sees_does_not_depend_on_months_or_offices_asked_for():
    assert (exposed(1, WORLD, range(4), 20)[2] == exposed(1, WORLD, [2], 60)[0, :20]).all()


def test_the_right_content_lifts_value_from_the_month_after_signing_and_the_wrong_one_lowers_it():
    on, off = lived(WORLD), lived(WORLD.with_(addons="none"))
    lane = np.arange(on.accounts)
    first = on.customers.start + 1
    known = first < on.months
    lane, first = lane[known], first[known]
    gain = on.value_at(lane, first) - off.value_at(lane, first)
    seen = exposed(1, WORLD, range(4), on.months)[lane // 1024, first, lane % 1024]
    mean = 0.10 * 0.20 - 0.10 * 0.05
    for kind, effect in enumerate((0.0, 0.10, -0.10)):
        assert np.allclose(gain[seen == kind], 0.20 * (effect - mean)) and (seen == kind).any()


def test_the_effects_of_content_are_zero_on_average_whatever_the_shares():
    for shares in ((0.2, 0.05), (0.0, 1.0), (0.9, 0.1), (0.0, 0.0)):
        right, wrong = shares
        lift = content_lift(WORLD.with_(content_share=shares, content_effect="0.3,-0.2"))
        assert abs(lift @ [1 - right - wrong, right, wrong]) < 1e-12
