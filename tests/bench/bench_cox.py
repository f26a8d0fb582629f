"""Speed and memory of Cox's model at 1,000,000 month-tied accounts, and with covariates that change by the month.

Run: ``python tests/bench/bench_cox.py [ACCOUNTS [FIRM]]``. Ten covariates, a third to 40 % of the accounts leave. The
account-months are those of a simulated company (``FIRM`` accounts, its records of 48 months).
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

COLUMNS = 10
CHANGING = ("wau_ratio", "tickets", "log(mrr_amount)", "segment", "trial_usage", "discount_pct", "seats", "logins")


def timed(what: str, bar: str, work: Callable[[], object]) -> None:
    """Run a piece of work and print what it took, by the clock and of the processor; the memory is the most so far."""
    begin, busy = time.perf_counter(), time.process_time()
    work()
    took, busy = time.perf_counter() - begin, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  {what:<44} {took:6.2f} s  {bar:<11} processor {busy:5.2f} s  peak {peak:.2f} GB", flush=True)


def month_tied(size: int, late: float) -> object:
    """Durations in whole months with ten covariates; a share of the accounts is seen late."""
    import numpy as np
    import pandas as pd

    draws = np.random.default_rng(1)
    columns = draws.normal(size=(size, COLUMNS))
    left = np.ceil(draws.exponential(60 / np.exp(columns @ np.linspace(-0.5, 0.5, COLUMNS))))
    entry = np.where(draws.random(size) < late, draws.integers(1, 24, size), 0)
    followed = entry + draws.integers(6, 49, size)
    frame = pd.DataFrame(columns, columns=[f"x_{place}" for place in range(COLUMNS)])
    frame = frame.assign(entry=entry, duration=np.minimum(left, followed), event=left <= followed)
    frame["term_months"] = draws.choice([1, 12, 24], size)
    return frame[frame["entry"] < frame["duration"]].reset_index(drop=True)


def main() -> None:
    """Print every figure with its bar."""
    import cslab
    from cslab.measure import hazard

    sizes = [int(word) for word in sys.argv[1:3]]
    accounts, firm = sizes[0] if sizes else 1_000_000, sizes[1] if len(sizes) > 1 else 150_000
    names = [f"x_{place}" for place in range(COLUMNS)]
    print("cox, month-tied, 10 covariates, errors by account:")
    for late, bar in ((0.0, "(bar 5 s)"), (0.35, "(bar 30 s)")):
        frame = month_tied(accounts, late)
        rows = f"{len(frame):,} accounts, {late:.0%} seen late"
        timed(rows, bar, lambda frame=frame: hazard.cox(frame, names))
        timed(f"{rows}, by term", "", lambda frame=frame: hazard.cox(frame, names, strata="term_months"))
    del frame
    book = cslab.load(f"synthetic:default_jp?seed=1&accounts={firm}")
    months = hazard.person_months(book)
    print(f"time_varying, {len(months):,} account-months, {', '.join(CHANGING)}:")
    timed("reading the columns once", "", lambda: [months[name.split("(")[-1].rstrip(")")] for name in CHANGING])
    timed("time_varying", "(bar 15 s)", lambda: hazard.time_varying(months, CHANGING))


if __name__ == "__main__":
    main()
