"""How often the 90 % limits of a link's mean lag hold the true one.

Companies of 4,000 customers drawn, seeds FIRST, FIRST + 1, …, one programme each, given by lot (training: invitations
by lot), for every link of the shipped chains that is declared strong and due within a year. The truth comes from paired
worlds of other customers: everybody in the programme against nobody, the same luck.

Run: ``python tests/bench/bench_delay_truth.py [COMPANIES [FIRST [JOBS [CHAIN …]]]]``. Ends with 1 where the limits of a
link hold the truth in fewer than 85 of 100 companies, by the exact binomial test at level .001, or where a link that is
due later has an estimate before one and a half times its largest lag.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS, TRUE_ACCOUNTS, TRUE_SEEDS = 4_000, 40_000, (900_001, 900_002)
CHAINS = ("onboarding_programme", "faq", "training", "qbr", "ux_fix", "advertising", "advisory_board", "usage_campaign")
YEAR, LEAST, LEVEL = 12, 0.85, 0.001


def source(name: str, seed: int, accounts: int = ACCOUNTS) -> str:
    """A company that runs one programme by lot."""
    policy = "program_encouragement" if name == "training" else "program_rct"
    return f"synthetic:default_jp?accounts={accounts}&programs={name}&policy={policy}&seed={seed}"


def truth(name: str) -> Any:
    """The true mean lag of each link."""
    import cslab
    from cslab.measure import impact

    chain = impact.shipped(name)
    found = [impact.true_delays(cslab.load(source(name, seed)), chain, TRUE_ACCOUNTS) for seed in TRUE_SEEDS]
    return sum(one["estimate"] for one in found) / len(found)


def one(name: str, seed: int) -> Any:
    """The lags of a chain in one company."""
    import cslab
    from cslab.measure import impact

    chain = impact.shipped(name)
    found = impact.delays(cslab.load(source(name, seed)), chain)
    links = [chain.link(f"{a}>{b}") for a, b in zip(found["from"], found["to"], strict=True)]
    return found.assign(
        chain=name,
        seed=seed,
        power=[link.power for link in links],
        due=[impact.due(chain, link.target) for link in links],
        waits=found["reason"].str.endswith("not_yet_due"),
    )


def gathered(names: tuple[str, ...], companies: int, first: int, jobs: int) -> Any:
    """Every link in every company, with its truth."""
    import pandas as pd
    from joblib import Parallel, delayed

    tasks = [(name, seed) for name in names for seed in range(first, first + companies)]
    rows = Parallel(n_jobs=jobs)(delayed(one)(*task) for task in tasks)
    true = dict(zip(names, Parallel(n_jobs=jobs)(delayed(truth)(name) for name in names), strict=True))
    return pd.concat([row.assign(truth=true[row["chain"].iloc[0]]) for row in rows], ignore_index=True)


def main(companies: int = 20, first: int = 1, jobs: int = 1, names: tuple[str, ...] = CHAINS) -> int:
    """Print coverage by link; 1 where it is too low."""
    from scipy.stats import binom

    began = time.perf_counter()
    rows = gathered(names, companies, first, jobs)
    rows["held"] = (rows["low"] <= rows["truth"] + 1e-9) & (rows["truth"] <= rows["high"] + 1e-9)
    rows["width"] = rows["high"] - rows["low"]
    known = rows[rows["estimate"].notna() & rows["truth"].notna()]
    judged = known[(known["power"] == "strong") & (known["due"] <= YEAR)]
    columns = {
        "n": ("held", "size"),
        "held": ("held", "mean"),
        "estimate": ("estimate", "mean"),
        "width": ("width", "median"),
    }
    kept = {"declared": ("declared", "first"), "truth": ("truth", "first")}
    table = judged.groupby(["chain", "from", "to"], sort=False).agg(**columns, **kept)
    table["least"] = [binom.ppf(LEVEL, n, LEAST) / n for n in table["n"]]
    early = rows[(rows["due"] > YEAR) & rows["waits"] & rows["estimate"].notna()]
    print(f"{companies} companies, seeds {first} to {first + companies - 1}; {ACCOUNTS:,} customers drawn")
    print(table.round(3).to_string())
    later = rows[rows["due"] > YEAR].groupby(["chain", "to"], sort=False)["waits"].mean()
    print(f"\nshare not yet due, of links due after more than a year\n{later.round(2).to_string()}")
    print(f"\nall strong links within a year: {judged['held'].mean():.3f}; {time.perf_counter() - began:.0f} s")
    return 0 if (table["held"] >= table["least"]).all() and early.empty else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4]), *([tuple(sys.argv[4:])] if sys.argv[4:] else [])))
