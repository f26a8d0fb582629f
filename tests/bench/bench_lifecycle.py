"""Phases of 100,000 customers over 48 months: seconds and memory of telling them, and of what is counted from them.

Run: ``python tests/bench/bench_lifecycle.py [ACCOUNTS]``. Seconds are those of the processor (user and system), so that
neighbours on the machine do not count. Ends with 1 where the phases of every account at every month take longer than
2 seconds, or all measures more than 1.5 GB beside the tables.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cslab.book import Book

SECONDS, GIGABYTES, REPEATS = 2.0, 1.5, 3
HELD = ("spells", "phase_at", "panel")
"""What has to keep the bar of seconds; the others are printed beside it."""
TABLES = ("accounts", "contracts", "mrr_movements", "churn_events", "onboarding", "journey_events", "tickets", "deals")


def measures(book: Book) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every measure by name."""
    from cslab.measure import lifecycle

    yield "spells", lambda: lifecycle.spells(book)
    yield "phase_at", lambda: lifecycle.phase_at(book, "2024-03-31")
    yield "panel", lambda: lifecycle.panel(book)
    for name in ("sansan", "totango"):
        yield f"spells, {name}", lambda name=name: lifecycle.spells(book, lifecycle.rules(name))
    months = lifecycle.panel(book)
    yield "moves", lambda: lifecycle.moves(months)
    stays = lifecycle.spells(book)
    yield "in_months", lambda: lifecycle.in_months(stays)
    yield "flow, two years", lambda: lifecycle.flow(book, ["2023-03-31", "2024-03-31", "2025-03-31"])
    yield "time_in_phase", lambda: lifecycle.time_in_phase(book)
    yield "stuck_report", lambda: lifecycle.stuck_report(book)
    yield "stuck_report, by segment", lambda: lifecycle.stuck_report(book, by="segment")


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of a few runs."""
    times = []
    for _ in range(REPEATS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def most_memory() -> float:
    """The most memory so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    """Print a line a measure beside its bar."""
    import cslab

    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    book = cslab.load(f"synthetic:default_jp?accounts={accounts}")
    rows = sum(len(getattr(book, name)) for name in TABLES)
    before = most_memory()
    print(
        f"Python {platform.python_version()}; {accounts:,} customers drawn, 48 months, {rows:,} rows, {before:.1f} GB"
    )
    slow = []
    for name, work in measures(book):
        took = seconds(work)
        bar = f"  <= {SECONDS:.1f} s" if name in HELD else ""
        print(f"{name:<28} {took:6.2f} s{bar}")
        slow += [name] if name in HELD and took > SECONDS else []
    more = most_memory() - before
    print(f"{'memory beside the tables':<28} {more:6.2f} GB  <= {GIGABYTES} GB")
    sys.exit(1 if slow or more > GIGABYTES else 0)


if __name__ == "__main__":
    main()
