"""The same customers with the same luck under another policy: run again only where touch differs, and byte for byte."""

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.faults import UsageError
from cslab.world import Policy, again, policy
from cslab.world.history import History
from cslab.world.service import COUPLINGS
from cslab.world.simulate import simulate

pytestmark = pytest.mark.slow

MANY = world.preset("tiny").with_(addons="all", accounts=1100, months=40, winback_share="0.9,0.6")


def lived(plan: Policy, scenario=MANY) -> History:
    """Two offices under a policy, where many who leave come back."""
    return simulate(scenario, plan, scenario.seed, range(2), scenario.accounts, scenario.months)


def same(one: object, other: object, where: str = "") -> None:
    """Two parts of histories are equal to the byte."""
    if is_dataclass(one):
        for item in fields(one):
            if item.compare:
                same(getattr(one, item.name), getattr(other, item.name), f"{where}.{item.name}")
    elif isinstance(one, tuple):
        for place, pair in enumerate(zip(one, other, strict=True)):
            same(*pair, f"{where}[{place}]")
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype and one.shape == other.shape, where
        assert one.tobytes() == np.ascontiguousarray(other).tobytes(), where
    else:
        assert one == other, where


def chances() -> st.SearchStrategy[tuple[float, float, float]]:
    """Shares of three tiers."""
    return st.tuples(*[st.integers(0, 5)] * 3).filter(any).map(lambda parts: tuple(part / sum(parts) for part in parts))


@st.composite
def policies(draw) -> Policy:
    """Any policy that looks at one account alone."""
    kind = draw(st.sampled_from(["shares", "thresholds", "override", "onboarding", "enrolment", "soft"]))
    if kind == "shares":
        return Policy("drawn", shares=draw(chances()))
    if kind == "soft":
        return Policy("drawn", softmax=((0.0, 0.0, 0.0), (0.5, draw(st.floats(-1, 1)), 0.0), (0.0, 1.0, -1.0)))
    if kind == "thresholds":
        return Policy("drawn", thresholds=tuple(sorted(draw(st.tuples(*[st.floats(1e3, 2e6)] * 2)))))
    if kind == "enrolment":
        return Policy("drawn", enrolment=draw(st.sampled_from(["none", "open", "rct", "csm_choice"])))
    if kind == "override":
        return Policy("drawn", override_share=draw(st.floats(0, 1)))
    return Policy("drawn", onboarding=draw(st.sampled_from(["tech", "mid", "high"])))


@settings(max_examples=15, deadline=None)
@given(st.lists(policies(), min_size=1, max_size=2), st.sampled_from(["all", "none", "offboarding,maturity"]))
def test_run_again_is_byte_for_byte_what_a_simulation_gives(plans, addons):
    scenario = MANY.with_(addons=addons, accounts=150, months=18, programs="all", program_start=-20)
    history = lived(policy("rule"), scenario)
    for plan in plans:
        history = again.again(history, plan)
        same(history, lived(plan, scenario))


def test_only_customers_whose_touch_differs_are_run_again(monkeypatch):
    history, plan = lived(policy("rule")), Policy("later", thresholds=(100e3, 400e3))
    changed = plan.touch(MANY, history.drawn).differs(policy("rule").touch(MANY, history.drawn)).sum()
    ran = []
    monkeypatch.setattr(again.Run, "step", lambda self, month: ran.append(len(self.order)))
    again.again(history, plan)
    assert 0 < changed < 150 and max(ran) == changed


def test_draws_are_made_once_and_kept():
    history = lived(policy("rule"))
    assert not history.draws
    other = again.again(history, policy("all_high"))
    assert other.draws is history.draws and history.draws["value_draws"].shape == history.value.shape


def test_under_the_same_policy_nothing_is_run():
    history = lived(policy("rule"))
    assert again.again(history, policy("rule")) is history


@pytest.mark.parametrize("coupling", COUPLINGS)
def test_where_hours_are_shared_out_everybody_is_run_again(coupling):
    plan, scenario = policy(coupling), MANY.with_(accounts=60, months=6)
    rule, shared = lived(policy("rule"), scenario), lived(plan, scenario)
    assert again.again(rule, plan).value.tobytes() == shared.value.tobytes()
    assert again.again(shared, policy("rule")).value.tobytes() == rule.value.tobytes()


def test_the_book_of_another_policy_is_that_of_a_company_simulated_so():
    small = MANY.with_(accounts=200, months=12)
    book = world.company(small)
    other, simulated = book.truth.rerun("all_high"), world.company(small, "all_high")
    assert list(other.tables) == list(simulated.tables)
    for name in other.tables:
        pd.testing.assert_frame_equal(other.tables[name], simulated.tables[name], check_exact=True)
    for known in ("accounts", "hazard"):
        mine, theirs = (getattr(made.truth, known)() for made in (other, simulated))
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True)
    back = other.truth.rerun(replace(policy("rule"), name="as it was"))
    pd.testing.assert_frame_equal(back.contracts, book.contracts, check_exact=True)


def test_an_unknown_policy_is_refused_before_anything_is_run():
    with pytest.raises(UsageError, match="all_high"):
        world.company("tiny").truth.rerun("al_high")
