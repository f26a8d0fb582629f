"""Whether uplift is judged as it should be, on companies whose touch was given by lot.

Companies of 2,000 customers drawn (seeds 1, 2, …), outcome: still a customer after 12 months.

1. Without effect (``no_effect?policy=rct``): the area of the Qini curve of an order learned from others, which is worth
   nothing, has limits that hold 0, as often as they say or more (they are made for that case, and wide).
2. With effect (``futility?policy=rct``, months of MRR): they hold the true area of that very order, of high against
   tech touch, and the least tenth's limits hold its true effect.
3. ROI (``rct``): what high touch leaves after its hours, in each of three bands of MRR; the arm is read on the day of
   signing, so that nobody has left before.

Run: ``python tests/bench/bench_uplift_truth.py [COMPANIES [ACCOUNTS]]``. Ends with 1 where coverage lies outside the
limits of a two-sided exact binomial test at level .001.
"""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ARMS = ("high", "tech")
KNOWN = ["trial_usage", "mrr0_amount", "segment", "term_months", "discount_pct", "eval_days"]


def without_effect(seed: int, accounts: int) -> list[tuple[str, Any, float]]:
    """The area of an order that is worth nothing."""
    import cslab
    from cslab.measure import effect
    from cslab.measure.effect import uplift

    book = cslab.load(f"synthetic:no_effect?policy=rct&accounts={accounts}&seed={seed}")
    found = uplift.uplift(effect.trial(book, horizon=12, covariates=KNOWN))
    return [("area, no effect", uplift.qini(found, ARMS).area, 0.0)]


def with_effect(seed: int, accounts: int) -> list[tuple[str, Any, float]]:
    """The area of an order, and the effect on the tenth of whom least was foreseen."""
    import cslab
    from cslab.measure import effect, roi
    from cslab.measure.effect import uplift

    book = cslab.load(f"synthetic:futility?policy=rct&accounts={accounts}&seed={seed}")
    seen = effect.trial(book, outcome="value", horizon=12, covariates=KNOWN)
    found = uplift.uplift(uplift.in_months(seen))
    more = book.truth.effect("all_high", "all_tech", horizon=12, futures=16).set_index("account_id")["value_amount"]
    truth = 0.8 * more / book.accounts.set_index("account_id")["mrr0_amount"]
    true = uplift.Ranked(found.order(ARMS), truth.reindex(found.trial.rows["account_id"]).to_numpy())
    least = roi.harmed(found, ARMS, truth).iloc[0]
    return [
        ("area, futility", uplift.qini(found, ARMS).area, true.area().estimate),
        ("least tenth", least, float(least["truth"])),
    ]


def left(seed: int, accounts: int) -> list[tuple[str, Any, float]]:
    """What high touch leaves in each band of MRR."""
    import cslab
    from cslab.measure import roi

    book = cslab.load(f"synthetic:rct?accounts={accounts}&seed={seed}")
    table = roi.by_band(book, ARMS, (30_000, 100_000), 12, grace=0, covariates=KNOWN)
    return [(f"left, band {place}", row, float(row["truth"])) for place, row in table.iterrows()]


def main() -> int:
    """Print a line a number."""
    import numpy as np
    import pandas as pd

    from tests.measure.coverage import acceptable

    asked = [int(one) for one in sys.argv[1:3]]
    companies, accounts = [*asked, *(200, 2_000)[len(asked) :]]
    begin, rows = time.perf_counter(), []
    for seed in range(1, companies + 1):
        for name, one, true in (*without_effect(seed, accounts), *with_effect(seed, accounts), *left(seed, accounts)):
            low, high, estimate = (one[key] if hasattr(one, "keys") else getattr(one, key) for key in LIMITS)
            rows.append({"name": name, "off": estimate - true, "hit": low <= true <= high, "width": high - low})
    held = []
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    for name, part in pd.DataFrame(rows).groupby("name", sort=False):
        low, high = acceptable(len(part))
        held.append(low <= part["hit"].sum() and (part["hit"].sum() <= high or str(name).startswith("area")))
        drift = part["off"].mean() / (part["off"].std(ddof=1) / np.sqrt(len(part)))
        print(
            f"  {name:<18} bias {part['off'].mean():+.4g} ({drift:+.1f} MC errors)  covered {part['hit'].sum()}/"
            f"{len(part)} (accepted {low}..{high})  width {part['width'].mean():.4g}  {'OK' if held[-1] else 'MISS'}"
        )
    print(f"{time.perf_counter() - begin:.0f} s")
    return int(not all(held))


LIMITS = ("low", "high", "estimate")

if __name__ == "__main__":
    sys.exit(main())
