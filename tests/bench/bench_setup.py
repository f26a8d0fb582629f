"""Set-up of a fresh copy of the clone, and the start of the package: seconds and megabytes, against the bars."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE_BY_TOOLS = shutil.ignore_patterns(".*_cache", ".git", ".venv", ".hypothesis", "__pycache__", "build", "work")
IMPORTS = {"cslab": 0.3, "cslab.measure.survival": 0.5}
STARTS = 5


def set_up(verb: str, root: Path) -> tuple[float, float]:
    """Seconds until the help of a verb is shown, and MB of the environment then."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    base = getattr(sys, "_base_executable", sys.executable)
    started = time.perf_counter()
    command = [base, "-m", "cslab", verb, "--help"]
    subprocess.run(command, cwd=root, env=kept, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    files = (path for path in (root / ".venv").rglob("*") if path.is_file() and not path.is_symlink())
    return seconds, sum(path.stat().st_size for path in files) / 1e6


def import_seconds(name: str) -> float:
    """Median seconds of an import in a fresh process, without Python's own start."""
    code = f"import time; t = time.perf_counter(); import {name}; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", code]
    return statistics.median(float(subprocess.check_output(command, cwd=ROOT)) for _ in range(STARTS))


def main() -> None:
    """Print the figures."""
    for name, bar in IMPORTS.items():
        print(f"import {name}: {import_seconds(name):.2f} s (bar {bar} s), median of {STARTS}")
    with tempfile.TemporaryDirectory(prefix="試し の clone ") as folder:
        root = Path(folder) / "cslab"
        shutil.copytree(ROOT, root, ignore=MADE_BY_TOOLS)
        for verb, what, bar in (("demo", "for make demo", 1100), ("build", "and for tests and authors", 1400)):
            seconds, size = set_up(verb, root)
            print(f"set-up {what}: {seconds:.0f} s (bar 180 s), .venv {size:.0f} MB (bar {bar} MB)", flush=True)


if __name__ == "__main__":
    main()
