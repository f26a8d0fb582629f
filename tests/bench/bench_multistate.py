"""Speed of the multi-state measures, with R's ``survival`` on the same spells beside it.

Run: ``python tests/bench/bench_multistate.py``. Six states, one of them never left again, two customers in five seen
late. R is asked where ``Rscript`` and its package ``survival`` are at hand (``make bench-r`` installs Debian's).
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

STATES, REPEATS = "abcdef", 5
SIZES = ((500_000, 48, 0.3), (5_000_000, 48, 2.5), (500_000, 1461, 3.0))
"""Spells, length of the records (months, months, days) and the bar in seconds."""

IN_R = """
suppressMessages(library(survival))
d <- read.csv(commandArgs(TRUE)[1])
d$event <- factor(d$to, 0:6, c("none", letters[1:6]))
took <- function(work) system.time(work)[["elapsed"]]
fit <- NULL
plain <- took(fit <- survfit(Surv(start, stop, event) ~ 1, d, id = id, istate = letters[from], se.fit = FALSE))
cat(plain, as.character(packageVersion("survival")), as.matrix(summary(fit, times = max(d$stop))$pstate), "\n")
"""


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median time of a piece of work, the first run not counted."""
    work()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return median(times)


def spells(size: int, last: int) -> object:
    """About so many stays in six states, in whole times; the last state is an end."""
    import numpy as np
    import pandas as pd

    draws = np.random.default_rng(1)
    customer = np.arange(size // 3)
    state = draws.integers(0, 3, len(customer))
    now = np.where(draws.random(len(customer)) < 0.4, draws.integers(0, last // 2, len(customer)), 0)
    rows: list[tuple[object, ...]] = []
    while len(customer) and sum(len(row[0]) for row in rows) < size:
        stop = np.minimum(now + draws.geometric(4 / last, len(customer)), last)
        to = np.where(stop < last, (state + draws.integers(1, 6, len(customer))) % 6, -1)
        rows.append((customer, state, to, now, stop))
        on = (to >= 0) & (to < 5)
        customer, state, now = customer[on], to[on], stop[on]
    found = [np.concatenate(column) for column in zip(*rows, strict=True)]
    names = np.array([*STATES, None], object)
    columns = {"id": found[0], "from": names[found[1]], "to": names[found[2]], "start": found[3], "stop": found[4]}
    return pd.DataFrame(columns).query("start < stop").reset_index(drop=True)


def in_r(frame: object) -> str:
    """What R's survival takes for the same spells, without their standard errors; or why it was not asked."""
    if not (program := shutil.which("Rscript")):
        return "R: skipped, there is no Rscript (make bench-r installs it on Debian)"
    with tempfile.TemporaryDirectory() as folder:
        table, script = Path(folder) / "spells.csv", Path(folder) / "survival.R"
        numbers = {letter: place for place, letter in enumerate(STATES, start=1)}
        coded = frame.assign(**{name: frame[name].map(numbers) for name in ("from", "to")})
        coded.fillna({"to": 0}).astype(int).sort_values(["id", "start"]).to_csv(table, index=False)
        script.write_text(IN_R, encoding="utf-8")
        run = subprocess.run([program, str(script), str(table)], capture_output=True, text=True)
    if run.returncode:
        return f"R: skipped, {(run.stderr.strip().splitlines() or ['it failed'])[-1]}"
    took, version, *share = run.stdout.split()
    return f"R survival {version}: {float(took):.2f} s without errors; occupation at the end {' '.join(share)}"


def occupied(frame: object, last: int) -> str:
    """How customers are spread at the end, those begun at time 0 as they began."""
    from cslab.measure.multistate import transition_probabilities

    first = frame.query("start == 0")["from"].value_counts(normalize=True).to_dict()
    spread = transition_probabilities(frame, [last], states=STATES).occupation(first)["estimate"]
    return " ".join(f"{share:.6g}" for share in spread)


def measured(size: int, last: int, bar: float) -> None:
    """Print what one set of spells takes here, and there."""
    from cslab.measure.multistate import expected_time, transition_probabilities

    frame, times = spells(size, last), [last // 4, last // 2, last]
    runs = 1 if size > 1_000_000 else REPEATS
    print(f"{len(frame):,} spells of {frame['id'].nunique():,} customers, {last} times:")
    took = seconds(lambda: transition_probabilities(frame, times, states=STATES), runs)
    print(f"  transition_probabilities, with covariance  {took:.2f} s   (bar {bar})")
    took = seconds(lambda: expected_time(frame, last, states=STATES), runs)
    print(f"  expected_time, with covariance             {took:.2f} s")
    print(f"  {in_r(frame)}")
    print(f"  here: {occupied(frame, last)}", flush=True)


def main() -> None:
    """Print every figure with its bar, where it has one."""
    import numpy as np

    from cslab.measure.multistate import Chain

    for size, last, bar in SIZES:
        measured(size, last, bar)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory {peak:.2f} GB")
    share = np.random.default_rng(1).dirichlet(np.ones(6), 5)
    chain = Chain(tuple(STATES[:5]), (STATES[5],), share, np.full(5, 1000.0), np.zeros(5))
    took = seconds(lambda: chain.gain("a", 0.2, {"a": 1.0, "b": 2.0}, horizon=36), 20)
    print(f"gain of a chain of five states, with limits  {1000 * took:.0f} ms")


if __name__ == "__main__":
    main()
