"""Speed of the scores at 100,000 accounts, followed in months, and held-out scores on published data where they lie.

Run: ``python tests/bench/bench_scores.py``. Bar: Brier score and AUC at five horizons within a second. Ends with 1
where it is missed.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS, REPEATS, BAR = 100_000, 5, 1.0
HORIZONS = (3, 6, 12, 18, 24)
PUBLISHED = {"Telco": "telco", "SaaS churn": "saas_churn"}


def seconds(work: Callable[[], object]) -> float:
    """Median time of a piece of work, the first run not counted."""
    work()
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return median(times)


def followed(size: int) -> pd.DataFrame:
    """Months to departure by a score, a third lost on the way."""
    import numpy as np
    import pandas as pd

    draws = np.random.default_rng(1)
    score = draws.standard_normal(size)
    months, lost = np.ceil(draws.exponential(24 * np.exp(-score))), draws.integers(6, 37, size)
    chances = {f"chance_{horizon}": 1 - np.exp(-horizon / 24 * np.exp(score)) for horizon in HORIZONS}
    rows = {"account_id": np.arange(size), "time": np.minimum(months, lost), "event": months <= lost, "risk": score}
    return pd.DataFrame({**rows, **chances})


def published() -> None:
    """Print what a model that has not seen the customers it is tried on is worth on published data."""
    import cslab
    from cslab.measure import landmark, scores

    for name, folder in PUBLISHED.items():
        path = ROOT.parent / "shared" / "data" / folder
        if not path.exists():
            print(f"{name}: not beside the project, left out")
            continue
        rows = landmark.held_out(cslab.load(f"folder:{path}"), 1)
        brier = scores.brier_by_horizon(rows, {1: "risk"}).iloc[0]
        numbers = {"AUC": scores.auc(rows, 1), "slope": scores.calibration(rows, 1).slope, "Brier": brier}
        print(f"{name}, {len(rows):,} customers, judged in five lots, each by a model of the others:")
        for what, found in numbers.items():
            estimate, low, high = (float(getattr(found, part)) for part in ("estimate", "low", "high"))
            print(f"  {what:36s} {estimate:.3f} ({low:.3f} to {high:.3f})")
        print(f"  skill over one chance for all        {brier['skill']:.3f}")


def main() -> None:
    """Print every figure with its bar, where it has one."""
    import numpy as np
    import pandas as pd

    from cslab.measure import scores

    print(
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"pandas {pd.__version__}"
    )
    rows = followed(ACCOUNTS)
    columns = {horizon: f"chance_{horizon}" for horizon in HORIZONS}
    both = seconds(lambda: (scores.brier_by_horizon(rows, columns), scores.auc_by_horizon(rows, HORIZONS)))
    print(f"{ACCOUNTS:,} accounts, months, with limits:")
    print(f"  Brier score and AUC at {len(HORIZONS)} horizons   {both:.3f} s   (bar {BAR})")
    for name, work in {
        "calibration": lambda: scores.calibration(rows, 12, "chance_12"),
        "flagged": lambda: scores.flagged(rows, 12),
        "Harrell's C": lambda: scores.harrell(rows),
        "Uno's C": lambda: scores.uno(rows, 24),
    }.items():
        print(f"  {name:36s} {seconds(work):.3f} s")
    published()
    print(f"peak memory                            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    sys.exit(both > BAR)


if __name__ == "__main__":
    main()
