"""What the shipped chains declare is what is measured: how much each link brings, and how well it shows."""

import pytest

from cslab.measure.impact import shipped, shipped_names
from tests.bench.bench_chain_power import agrees, measured

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", shipped_names())
def test_a_chain_declares_the_effects_and_the_power_that_are_measured(name):
    chain = shipped(name)
    table = measured(chain, customers=20_000, books=2)
    wrong = table[[not agrees(row, chain) for _, row in table.iterrows()]]
    assert wrong.empty, wrong[["from", "to", "estimate", "declared", "power", "word"]].to_string()
