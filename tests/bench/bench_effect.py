"""Speed and memory of adjusted effects at 20,000 customers.

Run: ``python tests/bench/bench_effect.py``. Bar: any single effect, the trial included, within 5 seconds and 1.5 GB.
Ends with 1 where it is missed.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS, BAR, MEMORY = 20_000, 5.0, 1_500
KNOWN = ["segment", "mrr0_amount", "trial_usage", "term_months"]
PAIR = ("high", "mid")


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run, the first one, as a reader has it."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Print the seconds of each effect, and what memory all took."""
    import numpy as np
    import pandas as pd
    import sklearn

    import cslab
    from cslab.measure import effect

    print(
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"pandas {pd.__version__}, scikit-learn {sklearn.__version__}"
    )
    book = cslab.load(f"synthetic:soft_rule?seed=1&accounts={ACCOUNTS}")
    held = []
    for outcome in ("retained", "net_value", "survival"):
        for way in (effect.naive, effect.stratified, effect.ipw, effect.aipw):
            by = {"by": ["segment", "trial_usage"]} if way is effect.stratified else {}

            def work(way: Callable[..., object] = way, outcome: str = outcome, by: dict[str, object] = by) -> object:
                """One effect from the book on."""
                return way(effect.trial(book, outcome=outcome, covariates=KNOWN, grace=0), PAIR, **by)

            taken = timed(work)
            held.append(taken <= BAR)
            print(f"  {outcome:10s} {way.__name__:12s} {taken:6.2f} s   (bar {BAR})")
    wide = timed(lambda: effect.aipw(effect.trial(book, grace=0), PAIR))
    held.append(wide <= BAR)
    print(
        f"  all {len(effect.trial(book, grace=0).covariates)} columns known at signing, aipw {wide:.2f} s   (bar {BAR})"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory, company included {memory:.0f} MB   (bar {MEMORY})")
    sys.exit(not (all(held) and memory <= MEMORY))


if __name__ == "__main__":
    main()
