"""Alerts of 100,000 customers over 48 months: seconds and memory of firing every rule, and of what is counted from it.

Run: ``python tests/bench/bench_alerts.py [ACCOUNTS]``. Seconds are those of the processor (user and system), so that
neighbours on the machine do not count. Ends with 1 where firing all rules over three years, or any measure of the
alerts, takes longer than 10 seconds, or all together more than 2 GB beside the tables.

Then, on books of 2,000 customers and over ten seeds, what the back-test says of each rule beside alerting everybody.
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
    import pandas as pd

    from cslab.book import Book

SECONDS, GIGABYTES = 10.0, 2.0
SINCE, SEEDS = "2022-04-01", range(1, 11)
TABLES = ("contracts", "churn_events", "usage_monthly", "onboarding", "tickets", "surveys", "contacts", "touches")


def measures(book: Book) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every measure by name."""
    from cslab.measure import alerts, capacity

    yield "fire, all rules", lambda: alerts.fire(book, since=SINCE)
    fired = alerts.fire(book, since=SINCE)
    yield "judged", lambda: alerts.judged(book, fired)
    found = alerts.judged(book, fired)
    for by in ("rule_id", "band", ""):
        yield f"backtest, by {by or 'nothing'}", lambda by=by: alerts.backtest(book, fired, by=by)
    yield "worth", lambda: alerts.worth(found, capacity.hour_amount(book))
    yield "load", lambda: alerts.load(book, fired)
    yield "holdout_effect", lambda: alerts.holdout_effect(book, book.alerts)
    yield "stages and ends", lambda: alerts.ends(alerts.stages(book))


def most_memory() -> float:
    """The most memory so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def timed(book: Book) -> list[str]:
    """Print a line a measure; the names of those that are too slow."""
    slow = []
    for name, work in measures(book):
        begin = time.process_time()
        work()
        took = time.process_time() - begin
        print(f"{name:<24} {took:6.2f} s  <= {SECONDS:.0f} s")
        slow += [name] if took > SECONDS else []
    return slow


def over_seeds() -> pd.DataFrame:
    """Precision, recall and lead of each rule over several companies: mean and spread."""
    import pandas as pd

    import cslab
    from cslab.measure import alerts

    parts = []
    for seed in SEEDS:
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts=2000")
        found = alerts.backtest(book, alerts.fire(book, since=SINCE))
        base = {"rule_id": "(everybody)", "precision": found.attrs["base_rate"].estimate}
        parts += [found.assign(seed=seed), pd.DataFrame([base]).assign(seed=seed)]
    every = pd.concat(parts)
    return every.groupby("rule_id")[["alerts", "precision", "recall", "lead_median"]].agg(["mean", "std"]).round(3)


def main() -> None:
    """Print both parts."""
    import cslab

    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    book = cslab.load(f"synthetic:default_jp?accounts={accounts}")
    rows = sum(len(getattr(book, name)) for name in TABLES)
    before = most_memory()
    print(f"Python {platform.python_version()}; {accounts:,} customers drawn, {rows:,} rows, {before:.1f} GB")
    slow = timed(book)
    more = most_memory() - before
    print(f"{more:.2f} GB beside the tables  <= {GIGABYTES} GB")
    print(over_seeds().to_string())
    sys.exit(bool(slow) or more > GIGABYTES)


if __name__ == "__main__":
    main()
