"""What is said of programmes is what happens: in expectation, at each link, and at the sizes that a table shows."""

import numpy as np
import pytest

from cslab import world
from cslab.faults import UsageError
from cslab.world.programmes import CHAINS, PROGRAMMES
from cslab.world.simulate import simulate
from cslab.world.truth import CompanyTruth

TABLE = world.preset("default_jp")


def truth(policy: str = "rule", **changes: object) -> CompanyTruth:
    """The truth of a default company, whose tables nobody needs here."""
    return CompanyTruth(TABLE.with_(**changes), world.policy(policy), 16)


def test_every_chain_stands_in_the_table_and_each_link_begins_where_one_before_it_ended():
    table = truth().chains()
    assert list(table["chain"].unique()) == list(CHAINS) and set(PROGRAMMES) < set(CHAINS)
    for _, links in table.groupby("chain"):
        assert links["link"].tolist() == list(range(1, len(links) + 1))
        first, reached = links["from"].iloc[0], set()
        for source, target in zip(links["from"], links["to"], strict=True):
            assert source in {first, *reached}
            reached.add(target)
        assert "revenue" in reached
    assert (table["lag_min"] <= table["lag_mode"]).all() and (table["lag_mode"] <= table["lag_max"]).all()
    assert set(table["grade"]) <= set("ABCS")


def test_the_table_says_how_strong_links_are_in_this_company():
    usual = truth().chains().set_index(["chain", "link"])["strength"]
    changed = truth(program_effect=0.5, value_onboarded=1.2, renewal_value_effect=-2).chains()
    changed = changed.set_index(["chain", "link"])["strength"]
    guided = changed["onboarding_programme"] / usual["onboarding_programme"]
    assert guided.loc[[1, 2, 4, 5, 6]].tolist() == pytest.approx([1, 0.5, 1.5, 1, 2 / 1.1])
    assert changed["onboarding_programme"][3] == pytest.approx(1.6**0.5)
    assert (truth(program_effect=0).chains().set_index("chain").loc["training", "strength"].iloc[:3] == 0).all()


def test_the_table_says_which_chains_run_in_this_company():
    table = truth(programs="faq,qbr", addons="none").chains()
    assert set(table.loc[table["runs"], "chain"]) == {"faq", "qbr"}


def test_a_programme_that_the_company_does_not_run_is_refused_with_those_it_does():
    with pytest.raises(UsageError, match="user_meeting"):
        truth().program("training")


def test_a_programme_of_no_use_brings_exactly_nothing_and_one_of_use_something():
    company = truth(programs="training,user_meeting", accounts=200, program_start=-40)
    for name, some in (("user_meeting", False), ("training", True)):
        brings = company.program(name, horizon=24, futures=2)
        assert ((brings["retained"] != 0).any() or (brings["value_amount"] != 0).any()) == some
        assert (brings["retained"] >= 0).all()


def test_where_nothing_has_an_effect_no_programme_has():
    null = world.preset("no_effect").with_(programs="onboarding_programme,training", program_start=-40, accounts=100)
    for name in null.programs:
        assert (CompanyTruth(null, world.policy("rule"), 16).program(name, futures=2)["value_amount"] == 0).all()


@pytest.mark.slow
@pytest.mark.parametrize("since", [None, "2024-03-31"])
def test_with_programmes_expectation_is_the_mean_of_what_happens(since):
    scenario = TABLE.with_(
        accounts=12_000, programs="onboarding_programme,faq,training,qbr", program_start=0, addons="effort,champion"
    )
    policy = world.policy("program_encouragement")
    history = simulate(scenario, policy, scenario.seed, range(12), 12_000, 48 + 24)
    begins = history.customers.start if since is None else np.full(12_000, 40 + 36)
    there = (history.customers.start <= begins) & (history.left >= begins)
    stays = (history.left > begins + 24 if since is None else history.left >= begins + 24)[there]
    expected = CompanyTruth(scenario, policy, 16).expected(since=since or "", horizon=24, futures=4)
    who = expected["account_id"].str[1:].astype(int).to_numpy()
    gap = (stays * 1.0)[np.searchsorted(np.flatnonzero(there), who)] - expected["retained"].to_numpy()
    assert len(gap) > 3000 and abs(gap.mean()) < 4 * gap.std() / len(gap) ** 0.5
