"""Whether curves, shares by cause and mean times hold what is true of all customers: 1,000 books, each with its limits.

Each book is a company of 2,000 customers drawn, simulated in full by the calibrated core without add-ons, customers
signed before the records included, and measured only by its tables. The truth is that of the population all books come
from: the chances of staying and of leaving for each cause, multiplied along the paths of 1,000,000 other customers of
the same scenario, in expectation. Run: ``python tests/bench/bench_survival_truth.py [BOOKS [ACCOUNTS [FIRST]]]``;
``FIRST`` is the first seed, for running in parts. Ends with 1 where coverage lies outside the limits of a two-sided
exact binomial test at level .001. The last lines are the usual mistakes, which ought to miss.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

MONTHS, HORIZON = (12, 24, 36), 36
POPULATION, OTHER_SEED = 1_000_000, 999_999
NAIVE = "mistake: "


def population(accounts: int) -> dict[str, float]:
    """What is true of the population, by the names of the quantities."""
    import cslab
    from cslab.measure import causes, oracle

    book = cslab.load(f"synthetic:default_jp?addons=none&seed={OTHER_SEED}&accounts={accounts}")
    curve = oracle.survival(book.truth, HORIZON)["estimate"]
    found = {f"S({month})": float(curve[month]) for month in MONTHS}
    shares = causes.truth_incidence(book, HORIZON).set_index(["cause", "time"])["estimate"]
    for kind in ("voluntary", "involuntary"):
        found |= {f"{kind}({month})": float(shares[kind, month]) for month in MONTHS}
    return found | {f"mean within {HORIZON}": float(curve[:HORIZON].sum())}


def measured(seed: int, accounts: int) -> dict[str, tuple[float, float, float]]:
    """Estimate and limits of every quantity, for one book."""
    import cslab
    from cslab.measure import causes, survival

    book = cslab.load(f"synthetic:default_jp?addons=none&seed={seed}&accounts={accounts}")
    seen = causes.spells(book)
    curve, found = survival.kaplan_meier(seen), {}
    for month in MONTHS:
        found[f"S({month})"] = limits(survival.at(curve, month))
    shares = causes.cumulative_incidence(seen, HORIZON).set_index(["cause", "time"])
    for kind in ("voluntary", "involuntary"):
        found |= {f"{kind}({month})": limits(shares.loc[(kind, month)]) for month in MONTHS}
    found[f"mean within {HORIZON}"] = limits(survival.restricted_mean(seen, HORIZON))
    apart = causes.one_minus_kaplan_meier(seen, HORIZON).set_index(["cause", "time"])
    found[f"{NAIVE}involuntary({HORIZON}) by 1 - KM"] = limits(apart.loc[("involuntary", HORIZON)])
    stated = causes.cumulative_incidence(causes.spells(book, "stated_kind"), HORIZON).set_index(["cause", "time"])
    found[f"{NAIVE}involuntary({HORIZON}) by stated reason"] = limits(stated.loc[("involuntary", HORIZON)])
    blind = survival.kaplan_meier(survival.ignore_entry(seen))
    found[f"{NAIVE}S({HORIZON}) with entry ignored"] = limits(survival.at(blind, HORIZON))
    return found


def limits(found: object) -> tuple[float, float, float]:
    """An estimate and its limits, of whatever has them."""
    return tuple(float(getattr(found, name)) for name in ("estimate", "low", "high"))


def main() -> None:
    """Print a line for each quantity."""
    import numpy as np

    from tests.measure.coverage import acceptable

    words = [int(word) for word in sys.argv[1:4]]
    books, accounts, first = (*words, *(1_000, 2_000, 1)[len(words) :])
    begin = time.perf_counter()
    truth = population(POPULATION)
    print(f"the truth of {POPULATION:,} customers: {time.perf_counter() - begin:.0f} s", flush=True)
    runs = [measured(seed, accounts) for seed in range(first, first + books)]
    low, high = acceptable(books)
    print(f"{books} books of {accounts:,} customers drawn, seeds {first}..{first + books - 1}, "
          f"{time.perf_counter() - begin:.0f} s; acceptable {low}..{high}")  # fmt: skip
    missed = False
    for name in runs[0]:
        right = truth[name.removeprefix(NAIVE).split(" by ")[0].split(" with ")[0]]
        values = np.array([run[name] for run in runs])
        error = values[:, 0] - right
        hits = int(((values[:, 1] <= right) & (right <= values[:, 2])).sum())
        drift = error.mean() / (error.std(ddof=1) / np.sqrt(books))
        verdict = "mistake" if name.startswith(NAIVE) else "OK" if low <= hits <= high else "MISS"
        missed |= verdict == "MISS"
        print(f"  {name:<42} truth {right:7.4f}  bias {error.mean():+.4f} ({drift:+.1f} MC errors)  "
              f"covered {hits}/{books}  width {(values[:, 2] - values[:, 1]).mean():.4f}  {verdict}")  # fmt: skip
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
