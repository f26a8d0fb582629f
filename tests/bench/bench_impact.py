"""Speed and memory of the test of a chain: every shipped chain in companies of 4,000 customers and 48 months.

Run: ``python tests/bench/bench_impact.py [ACCOUNTS]``. Ends with 1 where a test takes more than 15 s or 2 GB, tables
already there.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SECONDS, GIGABYTES = 15.0, 2.0
TABLES = ("tickets", "surveys", "usage_monthly", "touches", "onboarding", "contacts", "accounts", "program_enrolment")
PLACES = {
    "training": "program_encouragement",
    "qbr": "program_csm",
    "usage_campaign": "program_staggered",
}
"""How programmes take customers on, where that is not by lot."""


def source(name: str, accounts: int) -> str:
    """A company with the programme of a chain; the community comes by itself."""
    from cslab.measure import impact

    programme = impact.shipped(name).programme
    runs = f"&programs={programme}&policy={PLACES.get(name, 'program_rct')}" if programme else ""
    return f"synthetic:default_jp?seed=1&accounts={accounts}{runs}"


def main() -> None:
    """Print a line a chain."""
    import cslab
    from cslab.measure import impact

    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    print(f"{platform.platform()}, Python {platform.python_version()}, {accounts:,} customers drawn")
    longest = 0.0
    for name in impact.shipped_names():
        book, chain = cslab.load(source(name, accounts)), impact.shipped(name)
        for table in TABLES:
            getattr(book, table)
        begin = time.perf_counter()
        tested = impact.test_links(book, chain)
        taken = time.perf_counter() - begin
        longest = max(longest, taken)
        print(f"  {name:22s}{taken:7.2f} s, {len(tested.links)} links")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"longest {longest:.2f} s (bar {SECONDS:.0f}), most memory {most:.2f} GB (bar {GIGABYTES:.0f})")
    sys.exit(0 if longest <= SECONDS and most <= GIGABYTES else 1)


if __name__ == "__main__":
    main()
