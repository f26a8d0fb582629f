"""How long ``cslab simulate`` takes, and how much memory one process: which must not grow with the company."""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
from pathlib import Path

ACCOUNTS = (20_000, 100_000)
"""Customers; give other numbers on the command line."""

MEASURE = """
import resource, sys, time
from pathlib import Path
from cslab.sources.simulate import begin, finish, planned

accounts, form, jobs, folder = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
begun = time.perf_counter()
finish(begin(planned("default_jp", [f"accounts={accounts}"], form), folder), jobs)
seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
said = f"{accounts:>9,} accounts, {form:7}, {jobs} processes: {seconds:6.1f} s, {size:7,.0f} MB written"
print(f"{said}, peak {peak:,.0f} MB" if jobs == 1 else said)
"""


def main() -> None:
    """Measure each size and form in a process of its own."""
    sizes = [int(word) for word in sys.argv[1:]] or ACCOUNTS
    for form, jobs, accounts in itertools.product(("csv", "parquet"), ("1", "2"), sizes):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", MEASURE, str(accounts), form, jobs, str(Path(folder) / "jp")]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
