"""How long every table of a company takes, and how much memory: 100,000 accounts × 48 months, and the default book.

Each figure comes from a process of its own, after the imports; seconds are those of the clock.

Run: ``python tests/bench/bench_tables.py [ACCOUNTS]``.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench_world import peak_megabytes

from cslab import world

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5


def made(accounts: int, workers: int) -> tuple[int, int]:
    """Tables and rows of a company, every table made."""
    tables = world.company("default_jp", accounts=accounts, months=48, workers=workers).tables
    return len(tables), sum(len(tables[name]) for name in tables)


def alone(accounts: int, workers: int) -> None:
    """One figure, in this process."""
    made(60, 1)  # the imports
    began = perf_counter()
    tables, rows = made(accounts, workers)
    seconds = perf_counter() - began
    print(f"  {tables} tables, {rows:,} rows, {workers} threads: {seconds:.1f} s, peak {peak_megabytes():,.0f} MB")


def main() -> None:
    """Print the figures."""
    if len(sys.argv) == 3:
        alone(int(sys.argv[1]), int(sys.argv[2]))
        return
    print(f"{platform.processor() or platform.machine()}, numpy {version('numpy')}, pandas {version('pandas')}")
    accounts = sys.argv[1] if len(sys.argv) > 1 else "100000"
    print(f"{int(accounts):,} accounts × 48 months (bar 15 s, 3,000 MB)")
    for workers in ("1", "2"):
        subprocess.run([sys.executable, __file__, accounts, workers], cwd=ROOT, check=True)
    made(60, 1)
    seconds = []
    for _ in range(RUNS):
        began = perf_counter()
        made(2000, 1)
        seconds.append(perf_counter() - began)
    print(
        f"default book of 2,000 accounts, every table (bar 0.7 s): {statistics.median(seconds):.2f} s, median of {RUNS}"
    )


if __name__ == "__main__":
    main()
