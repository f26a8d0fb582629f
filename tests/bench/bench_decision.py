"""Which way of deciding about a programme, month by month, is right, and what the wrong ones cost.

Companies of 4,000 customers drawn, seeds FIRST, FIRST + 1, …: ``slow_burn`` (nothing shows in renewals for a year,
and it pays) and ``sugar_high`` (usage is up at once, and nothing comes of it), at months 1 to 18 after the beginning.
Rules: by the chain, its lags and what is at stake; by renewals so far; by the first outcome that moves; always going
on; always stopping. What is right is what the simulator's truth says over five years, hours paid.

Run: ``python tests/bench/bench_decision.py [COMPANIES [FIRST [JOBS]]]``. Ends with 1 where the chain loses more money,
over both companies, than another rule in months 4 to 12, or is right in fewer than nine cases of ten there.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS = 4_000
SIZES = (0.5, 2.0)
"""What else a proposal may promise, as a share of what is true (or, of the campaign, hoped for)."""
PRESETS = {"slow_burn": "onboarding_thorough", "sugar_high": "usage_campaign"}
MONTHS = (1, 2, 3, 4, 6, 9, 12, 15, 18)
JUDGED = (4, 6, 9, 12)
LEAST = 0.9


def one(preset: str, seed: int) -> Any:
    """All rules in one company, and the chain's where the proposal promises less or more."""
    import pandas as pd

    import cslab
    from cslab.measure import impact

    book = cslab.load(f"synthetic:{preset}?accounts={ACCOUNTS}&seed={seed}")
    found = {1.0: impact.scored(book, impact.shipped(PRESETS[preset]), MONTHS)}
    net = found[1.0].attrs["net_amount"]
    for size in SIZES:
        other = impact.scored(book, promised(PRESETS[preset], size), JUDGED)
        found[size] = other[other["rule"] == "by_chain"]
    rows = [table.assign(promised=size) for size, table in found.items()]
    return pd.concat(rows, ignore_index=True).assign(preset=preset, seed=seed, net_amount=net)


def promised(name: str, size: float) -> Any:
    """A chain that promises so many times as much."""
    from dataclasses import replace

    from cslab.measure import impact

    chain = impact.shipped(name)
    return replace(chain, links=tuple(replace(link, effect=size * link.effect) for link in chain.links))


def gathered(companies: int, first: int, jobs: int) -> Any:
    """All rules in all companies."""
    import pandas as pd
    from joblib import Parallel, delayed

    tasks = [(preset, seed) for preset in PRESETS for seed in range(first, first + companies)]
    return pd.concat(Parallel(n_jobs=jobs)(delayed(one)(*task) for task in tasks), ignore_index=True)


def main(companies: int = 20, first: int = 1, jobs: int = 1) -> int:
    """Print shares and money by preset, month and rule; 1 where the chain is not the best."""
    began = time.perf_counter()
    everything = gathered(companies, first, jobs)
    rows = everything[everything["promised"] == 1]
    print(f"{companies} companies each, seeds {first} to {first + companies - 1}; {ACCOUNTS:,} customers drawn")
    print(
        "what a participant truly brings beyond its cost:",
        rows.groupby("preset")["net_amount"].mean().round().to_dict(),
    )
    for name, unit in (("right", 1.0), ("lost_amount", 1e6)):
        table = rows.groupby(["preset", "month", "rule"], sort=False)[name].mean().unstack() / unit
        print(f"\n{name}{' (million)' if unit > 1 else ''}\n{table.round(2).to_string()}")
    chain = rows[rows["rule"] == "by_chain"]
    print(
        "\nwhat the chain says\n"
        + chain.groupby(["preset", "month"])["action"].value_counts().unstack(fill_value=0).to_string()
    )
    judged = rows[rows["month"].isin(JUDGED)].groupby("rule").agg(right=("right", "mean"), lost=("lost_amount", "mean"))
    print(f"\nmonths {JUDGED}, both companies\n{judged.round(2).to_string()}\n{time.perf_counter() - began:.0f} s")
    sizes = everything[(everything["rule"] == "by_chain") & everything["month"].isin(JUDGED)]
    sizes = sizes.groupby(["preset", "promised"]).agg(right=("right", "mean"), lost=("lost_amount", "mean"))
    print(
        f"the chain, where the proposal promises as many times what is true or hoped for\n{sizes.round(2).to_string()}"
    )
    best = judged["lost"].idxmin() == "by_chain"
    return 0 if best and judged.loc["by_chain", "right"] >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
