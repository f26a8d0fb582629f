"""Speed of suppositions and of a focus experiment at 2,000 accounts, of the chain alone at 100,000.

Run: ``python tests/bench/bench_focus.py``.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS, FIRM, REPEATS = 2_000, 100_000, 3


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median time of a piece of work."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return median(times)


def main() -> None:
    """Print every figure with its bar, where it has one."""
    import numpy as np
    import pandas as pd

    import cslab
    from cslab.book import Book
    from cslab.book.supposition import PHASES, Onboarded, Relief
    from cslab.measure.lifecycle import focus

    print(
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"pandas {pd.__version__}"
    )
    focus.experiment(cslab.load("synthetic:tiny"), futures=1)  # imports

    def anew() -> Book:
        """A company of which nothing is known yet."""
        return cslab.load(f"synthetic:default_jp?seed=1&accounts={ACCOUNTS}")

    reliefs = [Relief(phase, 0.2) for phase in PHASES]
    print(f"{ACCOUNTS:,} accounts, tables and truth made anew each time:")
    print(f"  experiment, 5 phases, truth   {seconds(lambda: focus.experiment(anew())):.2f} s   (bar 5)")
    print(f"  table under a budget          {seconds(lambda: focus.table(anew(), hours=500)):.2f} s")
    print(f"  why they differ               {seconds(lambda: focus.entrants(anew())):.2f} s")
    print(f"  supposing, one case, 64       {seconds(lambda: anew().truth.supposing(Onboarded())):.2f} s")
    print(f"  supposing, four cases, 64     {seconds(lambda: anew().truth.supposing(reliefs)):.2f} s")
    book = cslab.load(f"synthetic:default_jp?seed=1&accounts={FIRM}").hide_truth()
    for name in ("accounts", "contracts", "churn_events", "onboarding", "mrr_movements", "deals"):
        getattr(book, name)
    print(f"{FIRM:,} accounts, chain alone, tables made before:")
    print(f"  experiment, 5 phases          {seconds(lambda: focus.experiment(book), 1):.2f} s")
    print(f"peak memory                     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
