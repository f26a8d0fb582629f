"""Whether the survival measures find the simulator's truth: bias, coverage and width over many companies.

Each company is simulated in full, customers signed before the records included, and measured only by its tables. The
truth is the company's own, in expectation. Run: ``python tests/bench/bench_recovery.py [COMPANIES [ACCOUNTS]]``.
Ends with 1 where coverage lies outside the limits of a two-sided exact binomial test at level .001.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

MONTHS, HORIZON = (12, 24, 36), 48


def measured(seed: int, accounts: int) -> dict[str, tuple[object, float]]:
    """Estimate and truth of every quantity, for one company."""
    import cslab
    from cslab.measure import oracle, survival, usage

    book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts={accounts}")
    seen = survival.durations(book)
    yearly = seen.query("term_months == 12")
    truth, curve = oracle.survival(book.truth, HORIZON), survival.kaplan_meier(seen)
    blind = survival.kaplan_meier(survival.ignore_entry(seen))
    found = {f"S({month})": (survival.at(curve, month), truth["estimate"][month]) for month in MONTHS}
    found["hazard(12), yearly"] = (
        survival.at(survival.hazard(yearly), 12),
        float(oracle.hazard_at(book.truth, 12, yearly)),
    )
    found["mean within 48"] = (
        survival.restricted_mean(seen, HORIZON),
        float(oracle.restricted_mean(book.truth, HORIZON)),
    )
    found["usage gap, 3 months"] = usage.gap_before_decision(book, 3), float(oracle.usage_gap(book, 3))
    found["S(36), entry ignored"] = survival.at(blind, 36), truth["estimate"][36]
    found["usage gap, as of today"] = usage.gap_as_of_today(book), float(oracle.usage_gap(book, 3))
    return found


def main() -> None:
    """Print a line for each quantity; the last two are the naive ones, which ought to miss."""
    import numpy as np

    from tests.measure.coverage import acceptable

    words = sys.argv[1:3]
    companies, accounts = int(words[0]) if words else 200, int(words[1]) if len(words) > 1 else 2_000
    runs = [measured(seed, accounts) for seed in range(1, companies + 1)]
    low, high = acceptable(companies)
    print(f"{companies} companies of {accounts:,} customers drawn; acceptable {low}..{high} of {companies}")
    missed = False
    for name in runs[0]:
        error = np.array([run[name][0].estimate - run[name][1] for run in runs])
        hits = sum(run[name][0].low <= run[name][1] <= run[name][0].high for run in runs)
        width = np.mean([run[name][0].high - run[name][0].low for run in runs])
        drift = error.mean() / (error.std(ddof=1) / np.sqrt(companies))
        naive = name in list(runs[0])[-2:]
        verdict = "naive" if naive else "OK" if low <= hits <= high else "MISS"
        missed |= verdict == "MISS"
        print(
            f"  {name:<24} bias {error.mean():+.4f} ({drift:+.1f} MC errors)  covered {hits}/{companies}  "
            f"width {width:.4f}  {verdict}"
        )
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
