"""What each link of the shipped chains brings and how well it shows: the ``effect`` and ``power`` that they declare.

``effect``: the difference of paired worlds of ``default_jp`` (thorough onboarding: of ``slow_burn``), everybody in the
programme against nobody under the same luck, in the months in which the test of the link looks
(``cslab.measure.impact.truth``). Where several links lead to one node, they add up to it.
``power``: the chance of a two-sided test at 5 % to see that effect by the very contrast of ``test_links`` among 4,000
customers drawn, of whom a lot takes half into the programme (or invites half to the training): ``strong`` from .95 on,
``hopeless`` below .35, else ``weak``. What begins by itself (the community) is compared with others, as there. Of the
usage campaign only the first link is true: what it declares beyond is a hope, and its power is to see the hope fail.

Run: ``python tests/bench/bench_chain_power.py [CUSTOMERS [BOOKS [CHAIN ...]]]``. Ends with 1 where a shipped chain
declares another power, or an effect outside of what luck and rounding leave.
"""

from __future__ import annotations

import math
import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.impact import Chain

ACCOUNTS = 4_000
STRONG, HOPELESS = 0.95, 0.35
ROUNDED = 0.15
"""By how much of itself a declared effect may be rounded."""

HOPED = {"usage_campaign": 1}
"""How many links of a chain are true, where the rest is a hope."""

HOME = {"onboarding_thorough": "slow_burn", "usage_campaign": "sugar_high"}
"""The company of a chain, where it is not ``default_jp``."""

MONTHS = {"advisory_board": 84}
"""Of records, where the default company's are over before the last link is due."""

HOW = {"training": "program_encouragement"}
"""The lot by which a programme takes customers on, where it does not draw who takes part."""


def source(chain: Chain, seed: int, months: int = 48) -> str:
    """A company that runs the chain's programme alone, by lot."""
    programme = f"&programs={chain.programme}&policy={HOW.get(chain.name, 'program_rct')}" if chain.programme else ""
    home = HOME.get(chain.name, "default_jp")
    return f"synthetic:{home}?accounts={ACCOUNTS}&seed={seed}&months={months}{programme}"


def errors(chain: Chain, books: int) -> dict[str, float]:
    """The error of one participant's effect on each node, at 4,000 customers: the mean over some companies."""
    import numpy as np

    import cslab
    from cslab.measure.effect.tried import tried
    from cslab.measure.impact import Records
    from cslab.measure.impact.contrast import contrast
    from cslab.measure.impact.exposure import exposure, started
    from cslab.measure.impact.graph import months_due, tested

    found: dict[str, list[float]] = {link.target: [] for link in tested(chain)}
    for seed in range(1, books + 1):
        book = cslab.load(source(chain, seed))
        records = Records(book)
        begun = chain.starts and started(book, records.frame(chain.starts), chain.name)
        turns = begun or exposure(book, chain.programme)
        for node, own in found.items():
            one = tried(contrast, records.frame(chain.node(node).indicator), turns, months_due(chain, node))
            own.append(one.mde if one else math.inf)
    return {node: float(np.mean(own)) for node, own in found.items()}


def word(chance: float) -> str:
    """The word for a power."""
    return "strong" if chance >= STRONG else "hopeless" if chance < HOPELESS else "weak"


def measured(chain: Chain, customers: int, books: int) -> pd.DataFrame:
    """A row a link: the true effect with its limits, the declared one, the error at 4,000 customers, power and word."""
    from scipy.stats import norm

    import cslab
    from cslab.measure.effect.power import SEEN
    from cslab.measure.impact.graph import tested
    from cslab.measure.impact.truth import true_effects

    table = true_effects(cslab.load(source(chain, 1, MONTHS.get(chain.name, 48))), chain, customers)
    table["declared"] = [link.declared for link in tested(chain)]
    table["together"] = table.groupby("to")["declared"].transform("sum")
    table["hoped"] = table.index >= HOPED.get(chain.name, len(table))
    table["error"] = table["to"].map(errors(chain, books)) / SEEN
    alone = ~table["hoped"] & ~table.duplicated("to", keep=False)
    size = table["estimate"].where(alone, table["declared"]).abs()
    drawn, limit = (size / table["error"]).fillna(0.0), norm.ppf(0.975)
    table["power"] = norm.cdf(drawn - limit) + norm.cdf(-drawn - limit)
    return table.assign(word=[word(chance) for chance in table["power"]])


def agrees(row: pd.Series, chain: Chain) -> bool:
    """Whether the chain declares what is measured; where several links lead to one node, all of them together."""
    margin = max(ROUNDED * abs(row["estimate"]), row["high"] - row["low"])
    near = row["hoped"] or abs(row["together"] - row["estimate"]) <= margin
    return bool(near) and chain.link(f"{row['from']}>{row['to']}").power == row["word"]


def main(customers: int = 50_000, books: int = 5, *names: str) -> int:
    """All chains, one after the other."""
    from cslab.measure.impact import shipped, shipped_names

    print(f"{platform.platform()}, Python {platform.python_version()}; {customers:,} customers, {books} books")
    wrong = 0
    for name in names or shipped_names():
        begun, chain = time.perf_counter(), shipped(name)
        table = measured(chain, int(customers), int(books))
        print(f"\n{name}  ({time.perf_counter() - begun:.0f} s)")
        for _, row in table.iterrows():
            link, right = chain.link(f"{row['from']}>{row['to']}"), agrees(row, chain)
            wrong += not right
            limits = f"{row['estimate']:+10.4f} [{row['low']:+.4f}, {row['high']:+.4f}]"
            print(
                f"  {link.id:<30} {limits} error {row['error']:.4f}  power {row['power']:.2f} {row['word']:<9}"
                f"declared {link.declared:+g} {link.power}{'' if right else '  <-- differs'}"
            )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(one) if one.isdigit() else one for one in sys.argv[1:])))
