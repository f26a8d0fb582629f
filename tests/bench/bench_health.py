"""Speed of health scores at 2,000 and 100,000 accounts; four scores and three surveys over many books.

Run: ``python tests/bench/bench_health.py`` (speed), ``… bench_health.py 50`` (over that many books of 2,000 accounts).
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, stdev
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS, FIRM, HORIZON = 2_000, 100_000, 12
DAY, SINCE, UNTIL = "2024-03-31", "2021-04-01", "2025-04-01"
SURVEYS = ("nps", "csat", "ces")


def seconds(work: Callable[[], object]) -> float:
    """Time of a piece of work."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def speed() -> None:
    """Print how long each measure takes, tables already there."""
    import cslab
    from cslab.measure import health
    from cslab.measure.signals import signals

    for accounts in (ACCOUNTS, FIRM):
        book = cslab.load(f"synthetic:default_jp?seed=1&accounts={accounts}").hide_truth()
        for name in ("usage_monthly", "touches", "surveys", "contacts", "tickets", "onboarding", "maturity"):
            getattr(book, name)
        found, everybody = health.score(book, "dear", DAY), book.accounts[["account_id"]].assign(as_of=book.as_of)
        works: dict[str, Callable[[], Any]] = {
            "signals, all": lambda book=book, rows=everybody: signals(book, rows),
            "score, DEAR": lambda book=book: health.score(book, "dear", DAY),
            "score, model": lambda book=book: health.score(book, "model", DAY),
            "validate": lambda book=book, found=found: health.validate(found, book, HORIZON),
            "traps": lambda book=book: health.traps(book, "dear", DAY, HORIZON),
            "non-response, NPS": lambda book=book: health.nonresponse(book, "nps", SINCE, UNTIL),
            "race": lambda book=book: health.cx_horse_race(book),
            "study of logins": lambda book=book: health.signal_study(book),
            "portfolio": lambda book=book, found=found: health.portfolio_score(book, found),
        }
        print(f"{accounts:,} accounts, {len(found):,} at risk:")
        for name, work in works.items():
            print(f"  {name:20s}{seconds(work):7.2f} s")
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def seen(seed: int) -> Iterator[tuple[str, float]]:
    """What one book shows: each score's AUC and lag behind the ceiling, and each survey's distance from all."""
    import cslab
    from cslab.measure import health
    from cslab.measure.ceiling import ceiling
    from cslab.measure.landmark import outcomes

    book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts={ACCOUNTS}")
    top = ceiling(book.truth, outcomes(book, DAY, HORIZON), HORIZON, 16)
    assert top is not None, "a made company knows its truth"
    yield "ceiling", float(top)
    for row in health.compare(book, DAY, HORIZON).to_dict("records"):
        yield f"{row['name']}: AUC", row["estimate"]
        yield f"{row['name']}: expected over observed", row["expected_observed"]
    study = health.signal_study(book, "usage").set_index("reading")["estimate"]
    yield from ((f"usage, {reading}: AUC", study[reading]) for reading in ("level", "trend", "baseline"))
    for kind in SURVEYS:
        found = health.nonresponse(book, kind, SINCE, UNTIL).set_index("way")["estimate"]
        yield from ((f"{kind}, {way} less all", found[way] - found["all"]) for way in ("answered", "weighted"))


def study(books: int) -> None:
    """Print means over books and what chance leaves in them."""
    told: dict[str, list[float]] = {}
    for seed in range(1, books + 1):
        for name, value in seen(seed):
            told.setdefault(name, []).append(float(value))
    print(f"{books} books of {ACCOUNTS:,} accounts, {DAY}, {HORIZON} months: mean, standard error of it, sd of a book")
    for name, values in told.items():
        print(f"  {name:34s}{mean(values):9.3f}{stdev(values) / len(values) ** 0.5:8.3f}{stdev(values):8.3f}")


if __name__ == "__main__":
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    study(int(sys.argv[1])) if sys.argv[1:] else speed()
