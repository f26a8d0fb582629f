"""What may be said of a programme: links multiplied, taken apart, and put into words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import impact
from cslab.measure.estimate import normal
from cslab.measure.impact.contrast import Contrast
from cslab.measure.impact.exposure import of_frame
from cslab.measure.impact.followed import Followed
from cslab.measure.impact.lagged import Lagged
from cslab.measure.impact.verdict import LinkTest, Reason

NODES = (impact.Node("a", "activity", en="A"), impact.Node("b", "outcome", en="B"), impact.Node("c", "impact", en="C"))
CHAIN = impact.Chain(
    "two",
    en="Two steps",
    ja="二段階",
    nodes=NODES,
    links=(impact.Link("a", "b", 1, 1.0), impact.Link("b", "c", 1, 1.0)),
)
TURNS = of_frame(
    pd.DataFrame({"account_id": [*"pqrs"], "turn": pd.Timestamp("2024-01-01"), "arm": [True, True, False, False]})
)


def changed(size: float, error: float = 0.1, place: int = 0) -> Contrast:
    """What a programme changed, as luck of one account of its own has it."""
    whole = normal(size, error, 4, "contrast")
    pulls = pd.Series(np.eye(4)[place] * error, [*"pqrs"])
    numbers = (whole.estimate, whole.low, whole.high, 4, "contrast", error)
    return Contrast(*numbers, intention=whole, rise=1.0, participants=2, others=2, influence=pulls)


def tested(
    first: str = "supported", second: str = "not_yet_due", slope: float = 2.0, total: float = 6.0
) -> impact.Tested:
    """A chain of two links with these verdicts: the programme moves B by 3, and a unit of B goes with a slope in C."""
    one = normal(slope, 0.1, 4, "lagged_regression")
    regressed = Lagged(one.estimate, one.low, one.high, 4, one.method, 0.1, lag=1)
    links = (
        LinkTest("a", "b", 1.0, 1.0, Followed(2, 2), whole=changed(3.0), verdict=first),
        LinkTest("b", "c", 1.0, 2.0, Followed(2, 0), whole=changed(total, place=1), lagged=regressed, verdict=second),
    )
    return impact.Tested(CHAIN, TURNS, None, links, pd.Timestamp("2024-12-31"))


def test_links_are_multiplied_along_the_road() -> None:
    found = impact.product(tested())
    assert (found.product.estimate, found.total.estimate, found.gap.estimate) == (6.0, 6.0, 0.0)
    assert found.links["estimate"].tolist() == [3.0, 2.0]
    assert found.product.std_error == pytest.approx((2**2 * 0.01 + 3**2 * 0.01) ** 0.5, rel=0.03)


def test_a_product_that_is_not_the_whole_effect_shows() -> None:
    found = impact.product(tested(total=0.0))
    assert found.gap.estimate == -6.0 and found.gap.high < 0


def test_the_first_node_is_its_own_product() -> None:
    found = impact.product(tested(), "b")
    assert found.gap.estimate == 0.0 and found.gap.high == pytest.approx(0.0, abs=1e-6)


def test_a_link_without_a_number_is_named() -> None:
    blind = tested()
    with pytest.raises(UsageError, match="b to c"):
        impact.product(replace(blind, links=(blind.links[0], replace(blind.links[1], lagged=None))))
    with pytest.raises(UsageError, match="changes in c"):
        impact.product(replace(blind, links=(blind.links[0], replace(blind.links[1], whole=None))))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("supported", "supported", "has contributed to C. Every link"),
        ("supported", "not_yet_due", "has contributed to B. Whether it contributes to C is open"),
        ("supported", "unidentifiable", "has contributed to B. Whether it contributes to C is open"),
        ("supported", "contradicted", "has moved B, and there the story breaks off"),
        ("not_yet_due", "not_yet_due", "may not yet say"),
        ("contradicted", "supported", "may not yet say"),
    ],
)
def test_a_statement_goes_as_far_as_the_links_hold(first: str, second: str, said: str) -> None:
    assert said in impact.contribution(tested(first, second), "en").splitlines()[-1]


def test_every_link_stands_in_the_statement_once_with_its_reason() -> None:
    for lang in ("en", "ja"):
        text = impact.contribution(tested(), lang)
        assert text.count(Reason("reason.flat").text(lang)) == 2
        assert impact.shipped("faq").title(lang) not in text and CHAIN.title(lang) in text


def test_without_a_lot_the_statement_names_what_nobody_sees() -> None:
    causes = (impact.Cause("health", en="health", acts_on=("a", "b")),)
    chosen = replace(tested(), chain=replace(CHAIN, causes=causes), exposure=replace(TURNS, how="choice"))
    text = impact.contribution(chosen, "en")
    assert "CSMs chose" in text and "No table shows health" in text


@pytest.fixture(scope="module")
def training():
    return cslab.load("synthetic:default_jp?accounts=1500&programs=training&policy=program_rct&seed=2")


def test_controlling_for_what_the_programme_moves_makes_it_look_harmful(training) -> None:
    found = impact.mediated(training, impact.shipped("training"), "advanced", "use")
    assert found.naive.high < 0 < found.through.low  # what drives both use and advanced features stands in no table
    assert found.rho_limit > 0.5
    assert found.through.estimate + found.direct.estimate == pytest.approx(found.total.estimate)


def test_what_all_participants_have_and_nobody_else_mediates_nothing(training) -> None:
    with pytest.raises(UsageError, match="does not vary within the arms"):
        impact.mediated(training, impact.shipped("training"), "attended", "advanced")


def test_a_mediator_without_an_indicator_is_named(training) -> None:
    with pytest.raises(UsageError, match="trainings"):
        impact.mediated(training, impact.shipped("training"), "trainings", "use")
