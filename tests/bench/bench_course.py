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


def moved() -> float:
    """Seconds from letting go of a slider of lesson 00 to the new picture, of 2,000 accounts."""
    import cslab
    from cslab import figures
    from cslab.figures.png import small_png
    from cslab.measure import thresholds

    book = cslab.load("synthetic:default_jp?seed=7&accounts=2000")
    lines = [thresholds.own_lines(book), (160e3, 800e3)]
    for yours in ((120e3, 600e3), (174e3, 860e3)):  # the first picture of a session also loads fonts
        started = time.perf_counter()
        small_png(figures.touch.thresholds(thresholds.under_lines(book, [*lines, yours])).figure)
    return time.perf_counter() - started


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
        print(f"a slider of lesson 00: {moved():.2f} s (bar 1)")
        print(f"demo of {pages} pages: {seconds:.1f} s (bar 60 for 4 pages), {memory:.0f} MB")


if __name__ == "__main__":
    main()
