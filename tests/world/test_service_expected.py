"""What is expected where offices share out their hours is the mean of what happens to whole offices."""

from functools import cache

import numpy as np
import pytest

from cslab.world import policy, preset
from cslab.world.futures import Ahead, Outcomes, Past, Touched, outcomes
from cslab.world.history import History
from cslab.world.paths import Paths
from cslab.world.service import COUPLINGS
from cslab.world.simulate import histories
from cslab.world.spells import rows_of

pytestmark = pytest.mark.slow  # a study over many futures

SHORT = preset("default_jp").with_(accounts=12 * 1024, csm_team=0.4)
WINDOW, HORIZON = 40, 24


@cache
def lived(name: str) -> History:
    """First spells of the company under a policy."""
    (history,) = histories(SHORT, policy(name), 48 + HORIZON)
    return rows_of(history, np.flatnonzero(history.first))


def worth(history: History) -> np.ndarray:
    """MRR summed over the first months of each customer."""
    start, changes = history.customers.start, history.changes
    months = np.clip(history.left - start, 0, HORIZON)
    value = history.customers.mrr0 * months
    left_over = np.clip(months[changes.who] - (changes.month - start[changes.who]), 0, None)
    np.add.at(value, changes.who, changes.amount * left_over)
    return value


def mean_of(found: Outcomes) -> tuple[np.ndarray, np.ndarray]:
    """Retained and value of the first policy against the second, over the futures."""
    return (found.retained[0] - found.retained[1]).mean(axis=0), (found.value[0] - found.value[1]).mean(axis=0)


@pytest.mark.parametrize("name", COUPLINGS)
def test_the_difference_between_a_limited_and_an_unlimited_team_is_that_of_the_same_customers_with_the_same_luck(name):
    short, enough = lived(name), lived("rule")
    stays = [(history.left - history.customers.start > HORIZON) * 1.0 for history in (short, enough)]
    (found,) = outcomes(SHORT, [policy(name), policy("rule")], HORIZON, count=4)
    retained, value = mean_of(found)
    for happened, expected in ((stays[0] - stays[1], retained), (worth(short) - worth(enough), value)):
        gap = happened - expected
        assert abs(gap.mean()) < 4 * gap.std() / len(gap) ** 0.5
    assert value.mean() < 0


@pytest.mark.parametrize("name", COUPLINGS)
def test_from_a_day_on_the_offices_go_on_as_they_were(name):
    gone = WINDOW + 30
    history, rule = lived(name), policy(name)
    there = np.flatnonzero((history.customers.start < gone) & (history.left >= gone))
    (found,) = outcomes(SHORT, [rule], HORIZON, since=gone, factual=rule, count=4)
    assert np.isin(there, found.number).all()
    retained = found.retained[0][:, np.isin(found.number, there)].mean(axis=0)  # without those who have come back
    gap = (history.left[there] >= gone + HORIZON) - retained
    assert abs(gap.mean()) < 4 * gap.std() / len(gap) ** 0.5


@pytest.mark.parametrize("name", COUPLINGS)
def test_in_the_first_month_of_every_future_there_are_the_csms_and_the_customers_of_the_past(name):
    scenario, rule, gone = SHORT.with_(accounts=1500, csm_leaves_per_year=0), policy(name), WINDOW + 30
    past = Past.of(scenario, range(2), gone, rule)
    ahead = Ahead(past, range(2), horizon=1)
    paths = Paths(ahead, rule.touch(scenario, past.customers).at(ahead.place), rule.sharing)
    paths.walked()
    (longer,) = histories(scenario, rule, 31)
    for future in (slice(0, 2), slice(2, 4)):
        assert np.allclose(paths.service.staff.hours(gone)[future], longer.work.capacity[gone])
        assert np.allclose(paths.service.wanted[future], (longer.work.planned + longer.work.reactive)[gone], rtol=0.02)


@pytest.mark.parametrize("addons", ["none", "all"])
@pytest.mark.parametrize("factual", ["rule", *COUPLINGS])
@pytest.mark.parametrize("plan", ["rule", "alerts"])
def test_until_the_futures_begin_every_one_of_them_is_the_past_itself(addons, factual, plan):
    scenario, gone = SHORT.with_(addons=addons, accounts=1024), WINDOW + 30
    past = Past.of(scenario, range(1), gone, policy(factual))
    ahead = Ahead(past, range(2), horizon=6)
    paths = Paths(ahead, policy(plan).touch(scenario, past.customers).at(ahead.place), policy(plan).sharing)
    paths.walked()
    value = np.empty((gone + 6, 2, 1024))
    value[:, *np.divmod(paths.order, 1024)] = paths.value
    (history,) = histories(scenario, policy(factual), gone + 6 - WINDOW)
    happened = history.value[:, history.column[history.first]]
    assert (value[:gone] == happened[:gone, None]).all()
    assert (value[gone:, 0, past.there] != value[gone:, 1, past.there]).all()


@pytest.mark.parametrize("name", COUPLINGS)
def test_with_all_channels_off_hours_bring_what_tech_touch_brings(name):
    off = Touched(policy(name), frozenset())
    (found,) = outcomes(SHORT.with_(accounts=600), [off, policy("all_tech")], 12, count=2)
    assert (found.retained[0] == found.retained[1]).all()
    assert found.value[0] == pytest.approx(found.value[1])


@pytest.mark.parametrize("name", COUPLINGS)
@pytest.mark.parametrize("since", [None, WINDOW + 20])
def test_futures_of_an_office_depend_on_nothing_else_in_the_company(name, since):
    look = {"since": since, "factual": policy("rule"), "count": 3}
    both = next(outcomes(SHORT.with_(accounts=2048), [policy(name)], 6, **look))
    first = next(outcomes(SHORT.with_(accounts=1024), [policy(name)], 6, **look))
    parts = list(outcomes(SHORT.with_(accounts=2048), [policy(name)], 6, chunk=1, **look))
    assert (first.retained == both.retained[:, :, both.number < 1024]).all()
    assert (np.concatenate([part.value for part in parts], axis=2) == both.value).all()


def test_where_there_are_hours_for_everybody_a_limit_is_expected_to_change_nothing():
    enough = SHORT.with_(accounts=1500, csm_hours=1e9)
    for since in (None, WINDOW + 20):
        look = {"since": since, "factual": policy("rule"), "count": 2}
        (found,) = outcomes(enough, [policy("capacity"), policy("rule")], 6, **look)
        assert (found.retained[0] == found.retained[1]).all() and (found.value[0] == found.value[1]).all()
