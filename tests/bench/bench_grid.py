"""A grid: eight runs of lesson 05 in two processes, the same again, and what a thousand runs cost to check."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
VERB = "import sys; from cslab.cli import main; main()"
EIGHT = ROOT / "datasets" / "grids" / "churn_by_company.toml"
THOUSAND = '[product]\nsource = ["synthetic:default_jp", "synthetic:slow_burn"]\n"source.seed" = {seeds}\n'


def given(*arguments: str, folder: Path) -> tuple[float, float, float]:
    """Seconds on the clock, seconds of processor and peak memory (MB) of a demo and all its children together."""
    before, started, peak = os.times(), time.perf_counter(), 0
    verb = subprocess.Popen([sys.executable, "-c", VERB, "demo", *arguments], cwd=folder, stdout=subprocess.DEVNULL)
    watched = psutil.Process(verb.pid)
    while verb.poll() is None:
        try:
            peak = max(peak, sum(each.memory_info().rss for each in [watched, *watched.children(recursive=True)]))
        except psutil.Error:
            continue
        time.sleep(0.1)
    if verb.returncode:
        raise SystemExit(f"cslab demo {' '.join(arguments)} ended with {verb.returncode}")
    after = os.times()
    used = sum(getattr(after, name) - getattr(before, name) for name in ("children_user", "children_system"))
    return time.perf_counter() - started, used, peak / 1e6


def checked(folder: Path) -> float:
    """Seconds to read and check a grid of a thousand runs."""
    from cslab.course.grid import read
    from cslab.course.lessons import find

    path = folder / "thousand.toml"
    path.write_text(THOUSAND.format(seeds=[*range(500)]), encoding="utf-8")
    started = time.perf_counter()
    assert len(read(path, find("05"), "en", folder / "out").runs) == 1000
    return time.perf_counter() - started


def main() -> None:
    """Print the figures beside their bars."""
    os.environ["PYTHONPATH"] = str(ROOT)
    packages = ", ".join(f"{name} {version(name)}" for name in ("papermill", "joblib", "pandas", "matplotlib"))
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {packages}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arguments = ("05", "--grid", str(EIGHT), "-j", "2", "-o", "out")
        clock, used, peak = given(*arguments, folder=folder)
        print(f"8 runs of lesson 05 with -j 2: {clock:.1f} s (bar 50), {used:.1f} s of processor, {peak:.0f} MB")
        size = (folder / "out" / "index.html").stat().st_size / 1e6
        clock, used, _ = given(*arguments, folder=folder)
        print(f"the same again: {clock:.1f} s, {used:.1f} s of processor; the index: {size:.2f} MB")
        print(f"1,000 runs checked: {checked(folder):.1f} s")


if __name__ == "__main__":
    main()
