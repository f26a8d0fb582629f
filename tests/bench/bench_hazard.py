"""Speed and memory of the discrete-time hazard: 100,000 accounts over 48 months, errors clustered by account.

Run: ``python tests/bench/bench_hazard.py [ACCOUNTS]``. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in a lesson's kernel

DRAWN, SECONDS, MEGABYTES = 140_000, 20.0, 4_000.0
"""Customers drawn, of whom about 100,000 have account-months; the two bars."""

COVARIATES = (
    "segment",
    "wau_ratio",
    "logins",
    "log(mrr0_amount)",
    "discount_pct",
    "sales_push",
    "touch_tier",
    "lead_source",
)


def peak() -> float:
    """Largest memory of the process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print every figure with its bar, where it has one."""
    import numpy as np

    import cslab
    from cslab.measure import hazard

    drawn = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWN
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}")
    book = cslab.load(f"synthetic:default_jp?seed=1&accounts={drawn}&months=48")
    made = [len(getattr(book, name)) for name in ("accounts", "contracts", "usage_monthly", "tier_history")]
    print(f"tables of {made[0]:,} accounts made, {made[2]:,} rows of usage   {peak():.0f} MB")
    begin = time.perf_counter()
    months = hazard.person_months(book)
    built = time.perf_counter() - begin
    print(f"person_months: {len(months):,} rows of {months.accounts:,} accounts   {built:.1f} s")
    missed = False
    for link in ("logit", "cloglog"):
        begin = time.perf_counter()
        fitted = hazard.fit(months, COVARIATES, link=link, missing="indicator")
        took = built + time.perf_counter() - begin
        missed |= took > SECONDS or peak() > MEGABYTES
        print(f"person_months and fit by {link}, {len(fitted.slopes)} columns   {took:.1f} s (bar {SECONDS:.0f})   "
              f"{peak():.0f} MB (bar {MEGABYTES:.0f})")  # fmt: skip
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
