"""Speed of the survival measures at 1,000,000 accounts, and of durations at 100,000.

Run: ``python tests/bench/bench_survival.py``.
"""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS, FIRM, REPEATS = 1_000_000, 100_000, 7


def seconds(work: Callable[[], object]) -> float:
    """Median time of a piece of work, the first run not counted."""
    work()
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return median(times)


def import_seconds(module: str) -> float:
    """Median time that a fresh Python needs to import a module, over that of an empty one."""
    code = f"import time; begin = time.perf_counter(); import {module}; print(time.perf_counter() - begin)"
    runs = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        for _ in range(REPEATS)
    ]
    return median(float(run.stdout) for run in runs)


def month_tied(size: int) -> object:
    """Durations in whole months, 40 % of the accounts seen late."""
    import numpy as np
    import pandas as pd

    draws = np.random.default_rng(1)
    entry = draws.integers(0, 36, size) * (draws.random(size) < 0.4)
    stay, event = draws.integers(1, 49, size), draws.random(size) < 0.4
    columns = {
        "entry": entry,
        "duration": entry + stay,
        "event": event,
        "term_months": draws.choice([1, 12, 24, 36], size),
    }
    return pd.DataFrame(columns)


def main() -> None:
    """Print every figure with its bar, where it has one."""
    import numpy as np
    import pandas as pd

    import cslab
    from cslab.measure import survival

    print(
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"pandas {pd.__version__}"
    )
    print(f"import cslab                    {import_seconds('cslab'):.3f} s   (bar 0.3)")
    print(f"import cslab.measure.survival   {import_seconds('cslab.measure.survival'):.3f} s   (bar 0.5)")
    seen = month_tied(ACCOUNTS)
    print(f"{ACCOUNTS:,} accounts, month-tied, late entry:")
    print(f"  kaplan_meier                  {seconds(lambda: survival.kaplan_meier(seen)):.3f} s   (bar 0.15)")
    print(f"  kaplan_meier by 4 terms       {seconds(lambda: survival.kaplan_meier(seen, by='term_months')):.3f} s")
    print(f"  hazard                        {seconds(lambda: survival.hazard(seen)):.3f} s")
    print(f"  restricted_mean               {seconds(lambda: survival.restricted_mean(seen, 60)):.3f} s")
    print(f"  compare 4 terms               {seconds(lambda: survival.compare(seen, 'term_months')):.3f} s")
    book = cslab.load(f"synthetic:default_jp?seed=1&accounts={FIRM}")
    took = seconds(lambda: survival.durations(book))
    print(f"durations, {FIRM:,} customers drawn, {len(book.contracts):,} contracts   {took:.2f} s")
    print(f"peak memory                     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
