"""The course: from a command to a page, and the demo of all lessons, with the memory of every process they start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

VERB = "import sys; from cslab.cli import main; main()"


def measured(*arguments: str, folder: Path) -> tuple[float, float]:
    """Seconds of a verb, and the peak of memory (MB) of it and all its children together."""
    started, peak = time.perf_counter(), 0
    verb = subprocess.Popen([sys.executable, "-c", VERB, *arguments], cwd=folder, stdout=subprocess.DEVNULL)
    watched = psutil.Process(verb.pid)
    while verb.poll() is None:
        try:
            family = [watched, *watched.children(recursive=True)]
            peak = max(peak, sum(each.memory_info().rss for each in family))
        except psutil.Error:
            continue
        time.sleep(0.05)
    if verb.returncode:
        raise SystemExit(f"cslab {' '.join(arguments)} ended with {verb.returncode}")
    return time.perf_counter() - started, peak / 1e6


def main() -> None:
    """Print the figures beside their bars."""
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds, _ = measured("--help", folder=folder)
        print(f"cslab --help: {seconds:.2f} s (bar 0.6)")
        seconds, memory = measured("run", "05", "--lang", "ja", "-o", "out", folder=folder)
        size = max(page.stat().st_size for page in (folder / "out").glob("*.html")) / 1e6
        print(f"lesson 05 from command to page: {seconds:.1f} s (bar 12), {memory:.0f} MB (bar 600)")
        print(f"its page: {size:.2f} MB (bar 1.5)")
        seconds, memory = measured("demo", folder=folder)
        pages = len(list(folder.glob("build/demo/*/*.html")))
        print(f"demo of {pages} pages: {seconds:.1f} s (bar 60 for 4 pages), {memory:.0f} MB")


if __name__ == "__main__":
    main()
