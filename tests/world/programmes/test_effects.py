"""Each link of each chain is as strong as declared: the same customers and luck, with a programme and without.

Limits: four standard errors, or an exact two-sided test at level .001.
"""

import numpy as np
import pytest
from scipy.stats import binom

from cslab.world.history import NEVER, History
from cslab.world.observe import Records
from cslab.world.programmes import CHAINS, PROGRAMMES
from cslab.world.programmes.programme import AT_SIGNING
from cslab.world.rates import logistic, stall_chance
from tests.world.programmes.worlds import ADDONS, MONTHS, lived, paired, records

pytestmark = pytest.mark.slow

SEEDS = pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 6))])
V_LEARNS = 0.2
"""Share of the way that latent value goes in a month."""


def close(count: float, low_high: tuple[float, float]) -> bool:
    """Whether a count lies within the limits of an exact test."""
    return low_high[0] <= count <= low_high[1]


def since(history: History) -> np.ndarray:
    """The month of enrolment in the only programme there is."""
    return history.enrolled.since[:, 0]


def values(history: History) -> np.ndarray:
    """Latent value by month and account."""
    return history.value[:, history.column]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_nothing_happens_before_enrolment_nor_before_the_least_lag(name):
    on, off = paired(name, addons=ADDONS, accounts=300)
    lags = {link.acts: link.lag[0] for link in CHAINS[name].links if link.acts and link.lag}
    first = since(on) + (-1 if set(lags) & set(AT_SIGNING) else min(lags.values()))
    month = np.arange(MONTHS)[:, None]
    early = month <= first
    assert (values(on)[early] == values(off)[early]).all()
    for row in range(2):
        assert (np.minimum(on.role_since[row], first) == np.minimum(off.role_since[row], first)).all()


@pytest.mark.parametrize("name", ["user_meeting", "usage_campaign"])
def test_a_programme_without_an_effect_changes_nobodys_life(name):
    on, off = paired(name, addons=ADDONS, accounts=300)
    assert (since(on) < MONTHS).any()
    for part in ("value", "notice", "closed", "onboarded", "role_since", "member_since"):
        assert (getattr(on, part) == getattr(off, part)).all()
    assert (on.changes.after == off.changes.after).all() and (on.climbs[1] == off.climbs[1]).all()


def test_with_no_effect_at_all_no_programme_changes_anything():
    on, off = (
        lived("all", policy, addons=ADDONS, accounts=300, program_effect=0)
        for policy in ("program_open", "program_none")
    )
    assert (on.value == off.value).all() and (on.notice == off.notice).all() and (on.stalled == off.stalled).all()


@SEEDS
def test_of_six_sessions_85_in_100_are_held(seed):
    held = lived("onboarding_programme", seed=seed).enrolled.held[:, 0] * 6
    assert set(held.round(9)) <= set(range(7))
    for sessions in range(7):
        assert close((held.round() == sessions).sum(), binom.interval(0.999, len(held), binom.pmf(sessions, 6, 0.85)))


@SEEDS
def test_guided_customers_stall_less_by_a_logit_of_one_for_all_six_sessions(seed):
    on, off = paired("onboarding_programme", seed=seed)
    before = stall_chance(off.scenario, off.customers, off.touch)
    after = logistic(np.log(before / (1 - before)) - on.enrolled.held[:, 0])
    for history, chance in ((off, before), (on, after)):
        assert abs(history.stalled.sum() - chance.sum()) < 4 * (chance * (1 - chance)).sum() ** 0.5
    assert not (on.stalled & ~off.stalled).any()


def test_guided_customers_are_onboarded_one_point_six_times_as_fast():
    on, off = paired("onboarding_programme")
    all_held = (on.enrolled.held[:, 0] == 1) & (off.onboarded < NEVER)
    slow, fast = off.onboarded[all_held], on.onboarded[all_held]
    assert (fast <= np.ceil(slow / 1.6)).all() and (fast >= np.ceil((slow - 1) / 1.6 + 1e-9)).all()


def test_once_onboarded_value_rises_by_eight_tenths_a_fifth_of_the_way_each_month():
    on, off = paired("onboarding_programme")
    saved = np.flatnonzero(off.stalled & ~on.stalled)
    months = np.arange(MONTHS)[:, None] - (on.customers.start + on.onboarded)[saved] + 1
    gain = np.where(months > 0, 0.8 * (1 - 0.8 ** np.maximum(months, 0)), 0)
    signed = np.arange(MONTHS)[:, None] >= on.customers.start[saved]
    assert len(saved) > 50 and np.allclose((values(on) - values(off))[:, saved][signed], gain[signed])


@SEEDS
@pytest.mark.slow
def test_value_shows_at_the_next_contract_end_with_a_slope_of_one_point_one(seed):
    on, off = paired("onboarding_programme", accounts=8192, seed=seed)
    annual = (off.customers.term == 12) & (off.customers.start + 12 < MONTHS) & (off.closed - off.customers.start > 12)
    read = off.customers.start[annual] + 10
    alpha = np.array(off.scenario.renewal_logit)[off.customers.segment[annual]]
    chances = [logistic(alpha - 1.1 * values(history)[read, annual]) for history in (on, off)]
    left = [(history.notice_end == history.customers.start + 12)[annual] for history in (on, off)]
    gap = chances[1] - chances[0]
    assert gap.sum() > 20 and (gap >= 0).all()
    assert abs((left[1] * 1.0 - left[0]).sum() - gap.sum()) < 4 * (gap * (1 - gap)).sum() ** 0.5
    assert not (left[0] & ~left[1]).any()


@SEEDS
@pytest.mark.parametrize(
    ("name", "stays", "categories"), [("faq", 0.75, (0, 1, 2)), ("ux_fix", 0.5, (0,))], ids=["faq", "ux_fix"]
)
def test_tickets_of_the_categories_in_question_become_fewer_and_the_others_stay(name, stays, categories, seed):
    on, off = records(name, program_start=24, seed=seed)
    arrived = np.where(on.history.customers.start < 24, since(on.history) + 3, MONTHS)
    count = {}
    for part in (on, off):
        tickets = part["tickets"]
        late = calendar_month(tickets["opened_on"]) > arrived[tickets["account_id"]]
        about = np.isin(tickets["category"], categories)
        count[part is on] = (late & about).sum(), (late & ~about).sum()
    assert count[False][0] > 1000 and close(count[True][0], binom.interval(0.999, count[False][0], stays))
    assert count[True][1] == count[False][1]


def calendar_month(days: np.ndarray) -> np.ndarray:
    """Months since the first of a calibration world."""
    return days.astype("M8[M]").astype(int) - np.datetime64("2021-04").astype(int)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "share", "hazard"), [("faq", 0.536, 0.93), ("ux_fix", 0.20, 0.974)])
def test_a_part_of_those_with_high_effort_is_relieved_so_that_fewer_disengage(name, share, hazard):
    history = lived(name, addons="effort", accounts=8192)
    everybody = np.arange(len(history.tier))
    high, later = history.enrolled.high_effort, history.programmes.high_effort(MONTHS - 1, everybody)
    relieved = (high & ~later)[history.customers.start < 48]
    asked = high[history.customers.start < 48]
    assert close(relieved.sum(), binom.interval(0.999, asked.sum(), share)) and not (later & ~high).any()
    before = np.where(high, 1.6, 1.0)
    factor = (before * history.programmes.ease(MONTHS - 1, everybody)).mean() / before.mean()
    assert abs(factor - hazard) < 0.01
    assert values(history)[-1].mean() > values(lived(name, "program_none", addons="effort", accounts=8192))[-1].mean()


@SEEDS
def test_trained_customers_use_more_advanced_features(seed):
    on, off = records("training", seed=seed)
    for part, shift in ((on, 0.40), (off, 0.0)):
        usage, history = part["usage_monthly"], part.history
        month = calendar_month(usage["month"])
        value = history.value[month, history.column[usage["account_id"]]]
        late = month - since(on.history)[usage["account_id"]] >= 5
        gap = (usage["features_adv"] - expected_features(value + shift / 0.7))[late]
        assert abs(gap.mean()) < 4 * gap.std() / len(gap) ** 0.5


@SEEDS
def test_trained_customers_watch_two_videos_more_in_each_month_of_the_training(seed):
    on, off = (
        views_while_running(part, since(lived("training", seed=seed))) for part in records("training", seed=seed)
    )
    more = on.sum() - off.sum()
    assert abs(more - 2 * len(on)) < 4 * (on.sum() + off.sum()) ** 0.5 and len(on) > 1000


def views_while_running(part: Records, enrolled: np.ndarray) -> np.ndarray:
    """Views of the account-months in which the sessions run, of annual customers in their first year."""
    usage, customers = part["usage_monthly"], part.history.customers
    tenure = calendar_month(usage["month"]) - enrolled[usage["account_id"]]
    stays = (customers.term == 12) & (part.history.closed - customers.start > 5)
    return usage["training_views"][stays[usage["account_id"]] & np.isin(tenure, (1, 2))]


def expected_features(value: np.ndarray) -> np.ndarray:
    """How many of the ten advanced features are used on average, over noise of .3 on the logit."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(9)
    logit = -1.3 + 0.7 * value[:, None] + 0.3 * nodes
    return 10 * logistic(logit) @ weights / weights.sum()


@pytest.mark.parametrize(("name", "pull", "last"), [("training", 0.10, 5), ("advisory_board", 0.06, 30)])
def test_value_is_pulled_up_by_as_much_as_declared_and_arrives_over_the_months_of_the_lag(name, pull, last):
    on, off = paired(name)
    gain = values(on) - values(off)
    months = np.arange(MONTHS)[:, None] - since(on)
    assert np.abs(gain[months < 0]).max() == 0
    assert np.allclose(gain[months == last + 30] / pull, 1, atol=0.02)
    step = gain[1:] - 0.8 * gain[:-1]
    assert np.allclose(step[months[1:] == last], V_LEARNS * pull)


@SEEDS
def test_qbrs_make_people_known_three_times_as_fast_and_expansions_likelier(seed):
    changes = {
        "role_value_effect": 0,
        "role_share": "0,0",
        "expansion_value_effect": 0,
        "expansion_hazard": "0.2,0.2,0.2",
    }
    on, off = paired("qbr", seed=seed, **changes)
    months = np.arange(MONTHS)[:, None]
    signed = months > on.customers.start
    arrived = np.clip((months - since(on) - 3) / 6, 0, 1)
    for history, pace in ((on, 3.0**arrived), (off, 1.0)):
        chance = 1 - np.exp(-(0.03 * signed * pace).sum(axis=0))
        for row in range(2):
            known = history.role_since[row] < NEVER
            assert abs(known.sum() - chance.sum()) < 4 * (chance * (1 - chance)).sum() ** 0.5
    grown = [full_months(history, since(on) + 15) for history in (on, off)]
    for (events, cells), hazard in zip(grown, (0.23, 0.2), strict=True):
        assert close(events, binom.interval(0.999, cells, hazard))


def full_months(history: History, first: np.ndarray) -> tuple[int, int]:
    """Expansions, and account-months in which one was possible, from some month of each account on."""
    changes = history.changes
    events = (changes.kind == 0) & (changes.month >= first[changes.who])
    cells = np.clip(np.minimum(history.left, history.months) - first, 0, None).sum()
    return int(events.sum()), int(cells)


@SEEDS
def test_consulting_makes_the_next_level_four_times_as_likely(seed):
    on, off = paired(
        "maturity_consulting", seed=seed, addons="maturity", maturity_value_effect=0, maturity_touch="1,1,1"
    )
    first = since(on) + 24
    for history, chance in ((on, 0.16), (off, 0.04)):
        who, month = history.climbs
        climbed = (month > first[who]).sum()
        start, level = history.customers.start, history.customers.beginnings.maturity.copy()
        chances = 0
        for now in range(MONTHS):
            quarter = (now > start) & ((now - start) % 3 == 0) & (level < 5)
            chances += (quarter & (now > first)).sum()
            np.add.at(level, who[month == now], 1)
        assert close(climbed, binom.interval(0.999, chances, chance)) and chances > 500


def test_a_standard_halves_the_spread_of_hand_offs_and_lifts_them_by_half_a_deviation():
    on, off = paired("handoff_standard", addons="handoff")
    better, before = (history.customers.beginnings.handoff for history in (on, off))
    assert np.allclose(better, 0.5 + 0.5 * before)
    assert on.stalled.sum() < off.stalled.sum()


def test_deals_that_advertising_brings_are_taught_before_signing_and_fit_a_little_less():
    on, off = (history.customers for history in paired("advertising", addons="presale"))
    assert on.beginnings.educated.all() and 0.2 < off.beginnings.educated.mean() < 0.5
    assert np.allclose(on.fit, off.fit - 0.2) and np.allclose(on.first_value, off.first_value - 0.05)
    more = on.beginnings.education - off.beginnings.education
    assert np.allclose(more, ~off.beginnings.educated)


def test_half_the_strength_is_half_the_effect_and_the_opposite_strength_the_opposite_effect():
    full, half, turned = (lived("training", program_effect=times) for times in (1, 0.5, -1))
    off = lived("training", "program_none")
    gains = [values(history) - values(off) for history in (full, half, turned)]
    assert np.allclose(gains[1], gains[0] / 2) and np.allclose(gains[2], -gains[0]) and gains[0].max() > 0.05


def test_two_programmes_at_once_add_up():
    both, one, other = (lived(names) for names in ("training,advisory_board", "training", "advisory_board"))
    off = values(lived("training", "program_none"))
    assert np.allclose(values(both) - off, values(one) + values(other) - 2 * off)
