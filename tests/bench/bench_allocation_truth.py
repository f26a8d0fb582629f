"""Whether an estimated uplift hands out tiers nearly as well as the truth could, where the riskiest gain least.

Companies of the preset ``futility`` whose touch was given by lot (20,000 customers drawn, seeds 1, 2, …). From those
with 24 months behind them the doubly robust learner sees who gains how much; then all customers whose signing is on
record get tiers anew, within the hours that the present rule takes (mid touch from ¥80k, high from ¥400k, with a
CSM's choice): the present rule, the lot, the best two lines of MRR (found on the truth), the riskiest first, the most
gaining first, the best plan by the estimate, the best by what could be known at signing (conditional oracle), and the
best by the truth of each customer (which knows what nobody can see). Each plan is worth what it brings in expectation,
over as many futures. Boosted trees instead of the group lasso find no more that could be known at signing.

Run: ``python tests/bench/bench_allocation_truth.py [COMPANIES [ACCOUNTS [FUTURES [FIRST]]]]``. Ends with 1 where the
estimate keeps less than 80 % of the conditional oracle's gain over the present rule on average, or brings less than the
best lines of MRR in any company.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

HORIZON = 24
BAR = 0.80


def compared(seed: int, accounts: int, futures: int) -> pd.DataFrame:
    """The rules of one company side by side."""
    import cslab
    from cslab.measure import allocation, signed

    book = cslab.load(f"synthetic:futility?policy=rct&accounts={accounts}&seed={seed}")
    rule = book.truth.rerun("rule").truth.accounts().set_index("account_id")["tier"]
    drawn = allocation.of_truth(book.truth, rule, horizon=HORIZON, futures=futures)
    posed = drawn.among(book.accounts["account_id"])
    rows = book.accounts.set_index("account_id").loc[posed.account_id].reset_index()
    known, size = signed.known(book, rows), rows["mrr0_amount"].to_numpy(float)
    found = learned(book)
    estimated = found.effects_of(known[list(found.trial.covariates)]) * size[:, None]
    risk = 1 - book.truth.expected("rct", horizon=HORIZON, futures=8).set_index("account_id")["retained"]
    believed = {"uplift": estimated, "knowable": allocation.knowable(posed, size, known)}
    return allocation.compare(posed, size, risk.loc[posed.account_id].to_numpy(), believed).set_index("rule")


def learned(book: Book) -> object:
    """Who gains how much, learned from those who were drawn by lot and followed to the end."""
    from cslab.measure import effect
    from cslab.measure.effect import uplift

    return uplift.uplift(uplift.in_months(effect.trial(book, horizon=HORIZON, outcome="value")))


def main() -> int:
    """Print what each rule gains in each company, and the shares that the estimate keeps."""
    import numpy as np
    import pandas as pd

    asked = [int(word) for word in sys.argv[1:5]]
    companies, accounts, futures, first = [*asked, *(3, 20_000, 32, 1)[len(asked) :]]
    tables = []
    for seed in range(first, first + companies):
        begin, busy = time.perf_counter(), time.process_time()
        tables.append(compared(seed, accounts, futures))
        gains = "  ".join(f"{rule} {gain / 1e6:,.0f}" for rule, gain in tables[-1]["estimate"].items())
        took = f"{time.perf_counter() - begin:.0f} s, processor {time.process_time() - busy:.0f} s"
        lines = " and ".join(f"{line:,.0f}" for line in tables[-1].attrs["lines"])
        print(f"seed {seed} (million over the present rule): {gains}; lines of MRR {lines}; {took}", flush=True)
    gain = pd.DataFrame([table["estimate"] for table in tables]).set_axis(range(first, first + companies))
    kept = {name: gain["uplift_allocated"] / gain[name] for name in ("knowable_allocated", "oracle")}
    lead = gain["uplift_allocated"] / gain["mrr_lines"]
    for name, shares in (*kept.items(), ("mrr_lines", lead)):
        spread = shares.std(ddof=1) / np.sqrt(len(shares)) if len(shares) > 1 else np.nan
        print(f"estimate / {name}: {shares.mean():.3f} ± {spread:.3f}, each {shares.round(3).tolist()}")
    return int(kept["knowable_allocated"].mean() < BAR or bool((lead <= 1).any()))


if __name__ == "__main__":
    sys.exit(main())
