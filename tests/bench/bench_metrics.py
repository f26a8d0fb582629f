"""Speed and memory of retention, value and the indicators at 100,000 customers and 48 months.

Run: ``python tests/bench/bench_metrics.py [ACCOUNTS]``. Seconds are those of the processor (user and system), so that
neighbours on the machine do not count. Ends with 1 where a measure takes longer than a second, or all of them more
than 2 GB beside the tables.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SECONDS, GIGABYTES, REPEATS = 1.0, 2.0, 3
WINDOW, DAYS, WHOLE = ("2024-04-01", "2025-04-01"), ("2024-03-31", "2025-03-31"), ("2021-04-01", "2025-04-01")
SIDES = ("support", "success")
TABLES = ("accounts", "contracts", "mrr_movements", "churn_events", "onboarding", "tickets", "csm")


def measures(book: object) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every measure by name."""
    from cslab.measure import kpis, retention, value
    from cslab.measure.kpis import causes, effort, fixes, success, support

    yield "mrr", lambda: retention.mrr(book, DAYS[1])
    yield "mrr_by_month", lambda: retention.mrr_by_month(book)
    for name in ("nrr", "grr", "logo_churn"):
        for method in getattr(retention, f"{name.split('_')[0].upper()}_METHODS"):
            yield f"{name}, {method}", lambda name=name, method=method: getattr(retention, name)(book, *DAYS, method)
    for name in ("monthly_logo_churn", "revenue_churn", "renewal_rate", "quick_ratio", "definitions"):
        yield name, lambda name=name: getattr(retention, name)(book, *DAYS)
    yield "bridge by month, 47 months", lambda: retention.bridge(book, "2021-04-30", DAYS[1], by="month")
    for name in ("arpa", "ltv_simple", "ltv_discounted", "ltv_survival", "ltv_sbg"):
        yield name, lambda name=name: getattr(value, name)(book)
    yield "cac_payback", lambda: value.cac_payback(book, *DAYS)
    for module, names in (
        (support, ("csat", "volume", "first_response", "first_response_mean", "answer_rate")),
        (support, ("contacts_per_resolution", "fcr", "resolution_time")),
        (effort, ("effort_index", "effort_reduction")),
        (success, ("onboarding_completion", "cross_upsell_rate")),
        (causes, ("ticket_causes",)),
        (fixes, ("fix_value",)),
    ):
        for name in names:
            yield f"{name}, a year", lambda module=module, name=name: getattr(module, name)(book, *WINDOW)
    yield "support_kpis, a year", lambda: kpis.support_kpis(book, *WINDOW)
    yield "success_kpis, a year", lambda: kpis.success_kpis(book, *WINDOW)
    for name in (*(f"{side}_kpis by month, 48 months" for side in SIDES), "ltv_four_ways", "scorecard", "kpi_tree"):
        made = {
            "support_kpis by month, 48 months": lambda: kpis.support_kpis(book, *WHOLE, by="month"),
            "success_kpis by month, 48 months": lambda: kpis.success_kpis(book, *WHOLE, by="month"),
            "ltv_four_ways": lambda: value.ltv_four_ways(book),
            "scorecard": lambda: kpis.scorecard(book, *WINDOW),
            "kpi_tree": lambda: kpis.kpi_tree(book, *WINDOW),
        }
        yield f"{name} (several measures)", made[name]


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of a few runs."""
    times = []
    for _ in range(REPEATS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def gigabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> None:
    """Print a line for each measure."""
    import numpy as np
    import pandas as pd

    import cslab
    from cslab.book import Book

    accounts = int(sys.argv[1]) if sys.argv[1:] else 100_000
    made = cslab.load(f"synthetic:default_jp?seed=1&accounts={accounts}")
    book = Book({name: made.tables[name] for name in TABLES}, made.as_of, currency=made.currency)
    del made
    tables = gigabytes()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, pandas {pd.__version__}, {platform.machine()}")
    print(f"{accounts:,} customers drawn, 48 months, {len(book.tickets):,} tickets; tables {tables:.2f} GB at most")
    slow = []
    for name, work in measures(book):
        took = seconds(work)
        several = name.endswith("(several measures)")
        slow += [name] if took > SECONDS and not several else []
        print(f"  {name:<52} {took:6.3f} s{'' if several or took <= SECONDS else '   over the bar'}")
    more = gigabytes() - tables
    print(f"bar {SECONDS} s a measure; memory beside the tables {more:.2f} GB (bar {GIGABYTES})")
    sys.exit(1 if slow or more > GIGABYTES else 0)


if __name__ == "__main__":
    main()
