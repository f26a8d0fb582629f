"""Whether 80 % limits of a quarter's renewals hold what comes, four times in five.

1. Quarters drawn with a common shock of a known size (40 customers, chances between .6 and .95, log odds shifted by a
   draw with sd 0, .3 or .6; 4, 8 or 16 quarters to learn from): limits that know of shocks, and limits that take
   customers to have nothing in common. The latter must hold too seldom where there is a shock.
2. Companies (``default_jp``, 1,000 customers drawn, seeds 1, 2, …): the back-test of every way, contracts and money,
   pooled over the quarters of all of them. Sums of a few customers jump, so limits hold somewhat more than they say.

Run: ``python tests/bench/bench_renewal_truth.py [COMPANIES [DRAWS]]``. Ends with 1 where limits that know of shocks
hold less often than a two-sided exact binomial test at level .001 accepts.
"""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

LEVEL = 0.8
SPREADS, QUARTERS = (0.0, 0.3, 0.6), (4, 8, 16)
ENOUGH = 8
"""Quarters from which on limits are judged; of fewer they hardly know a shock twice as large as was thought before."""

JUDGED = ("rate", "commit", "colour", "model")
"""Ways that learn: the others take words at their word, and are shown to be wrong."""


def drawn(spread: float, quarters: int, draws: int) -> dict[str, Any]:
    """How often limits of drawn quarters hold."""
    import numpy as np

    from cslab.measure.renewal.shock import alone, learned, shifted

    rng, hits = np.random.default_rng(7), {"shock": 0, "alone": 0}
    for _ in range(draws):
        chances = [rng.uniform(0.6, 0.95, 40) for _ in range(quarters + 1)]
        came = [int((rng.random(40) < shifted(chance, rng.normal(0, spread))).sum()) for chance in chances]
        shock = learned(chances[:-1], came[:-1])
        sums = {"shock": shock.sums(chances[-1], np.ones(40), 1_000), "alone": alone(chances[-1], np.ones(40), 1_000)}
        for name, values in sums.items():
            low, high = np.quantile(values, [0.1, 0.9], method="inverted_cdf")
            hits[name] += int(low <= came[-1] <= high)
    return {"name": f"drawn, spread {spread}, {quarters} quarters", "n": draws, **hits}


def company(seed: int, accounts: int = 1_000) -> list[dict[str, Any]]:
    """The back-test of one company."""
    import cslab
    from cslab.measure import renewal

    rows = renewal.foreseen(cslab.load(f"synthetic:default_jp?accounts={accounts}&seed={seed}"))
    found = []
    for of in ("contracts", "arr_amount"):
        for _, one in renewal.coverage(renewal.forecasts(rows, of)).iterrows():
            hits, n = round(one["estimate"] * one["n"]), one["n"]
            kept = {"way": one["way"], "interval": one["interval"], "of": of}
            found.append({**kept, "hits": hits, "n": n, "width": one["width"] * n, "bias": one["bias"] * n})
    return found


def main() -> int:
    """Print a line a number."""
    import numpy as np
    import pandas as pd

    from tests.measure.coverage import acceptable

    asked = [int(one) for one in sys.argv[1:3]]
    companies, draws = [*asked, *(40, 1_000)[len(asked) :]]
    begin, held = time.perf_counter(), []
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    for spread in SPREADS:
        for quarters in QUARTERS:
            one = drawn(spread, quarters, draws)
            held.append(quarters < ENOUGH or acceptable(draws, LEVEL)[0] <= one["shock"])
            print(f"{one['name']:34} shock {one['shock'] / draws:.3f}  alone {one['alone'] / draws:.3f}", flush=True)
    rows = pd.DataFrame([row for seed in range(1, companies + 1) for row in company(seed)])
    for names, part in rows.groupby(["of", "way", "interval"], sort=False):
        hits, n = int(part["hits"].sum()), int(part["n"].sum())
        low, high = acceptable(n, LEVEL)
        if names[1] in JUDGED and names[2] == "shock":
            held.append(low <= hits)
        width, bias = part["width"].sum() / n, part["bias"].sum() / n
        told = f"{hits / n:.3f} of {n} ({low / n:.3f}-{high / n:.3f}), width {width:.3f}, bias {bias:+.4f}"
        print(f"{' '.join(names):34} {told}")
    print(f"{time.perf_counter() - begin:.0f} s")
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
