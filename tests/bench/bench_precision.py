"""Whether precision is what it says it is: over companies made from seeds 1 to n, and over draws on each of them.

Run: ``python tests/bench/bench_precision.py [SEEDS [ACCOUNTS [FIRST]]]``. Takes about three seconds a seed at 600
accounts. For each width: half the interval that is promised (1.96 times the spread of the number over the seeds is what
it should be), and how often the interval holds the mean over all seeds. For each comparison, by lot and at a
line: how often an effect of the size that is named is seen, where leavers are turned into stayers by lot (it should be
four times in five), with exact 99.9 % limits. Then the seconds of the whole of ``cslab readiness`` at 2,000 accounts;
ends with 1 where they are more than 10, or where a comparison is not seen as often as it is said to be.
"""

from __future__ import annotations

import math
import platform
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cslab.book import Book

SEEDS, ACCOUNTS, DRAWS, SECONDS = 30, 600, 40, 10.0


def seen(lost: np.ndarray, treated: np.ndarray) -> bool:
    """Whether a test of two shares at 5 % sees that fewer of the treated left."""
    shares, sizes = [lost[side].mean() for side in (treated, ~treated)], [treated.sum(), (~treated).sum()]
    pooled = lost.mean() * (1 - lost.mean()) * sum(1 / size for size in sizes)
    return bool(pooled > 0 and (shares[1] - shares[0]) / math.sqrt(pooled) > 1.959964)


def drawn(base: float, fall: float, n: int, share: float, draws: np.random.Generator) -> int:
    """How many of the draws see the fall, when a share of n customers is treated."""
    hits = 0
    for _ in range(DRAWS):
        treated = draws.permutation(n) < round(n * share)
        lost = draws.random(n) < np.where(treated, base - fall, base)
        hits += seen(lost, treated)
    return hits


def at_the_line(places: np.ndarray, base: float, fall: float, draws: np.random.Generator) -> int:
    """How many of the draws see the fall right of the middle, by a straight weighted fit on each side."""
    from cslab.measure.precision.touching import AROUND

    away, hits = places - np.median(places), 0
    for _ in range(DRAWS):
        lost = (draws.random(len(away)) < np.where(away >= 0, base - fall, base)).astype(float)
        heights, spread = [], 0.0
        for side in (away < 0, away >= 0):
            weight, x = np.clip(1 - np.abs(away[side]) / AROUND, 0, None), away[side]
            design = np.column_stack([np.ones_like(x), x])
            pulls = np.linalg.solve(design.T @ (weight[:, None] * design), (weight[:, None] * design).T)[0]
            fitted = design @ np.linalg.solve(design.T @ (weight[:, None] * design), design.T @ (weight * lost[side]))
            heights.append(float(pulls @ lost[side]))
            spread += float((pulls**2 * (lost[side] - fitted) ** 2).sum())
        hits += (heights[0] - heights[1]) / math.sqrt(spread) > 1.959964
    return hits


def widths_of(book: Book) -> dict[str, tuple[float, float]]:
    """The number and the promised half width of each that tells of the past; of ``score`` a number is supposed."""
    from cslab.measure import precision

    found = [one for one in precision.conclusions(book) if one.kind == "width" and one.name not in ("score", "quarter")]
    return {one.name: (one.base, one.value * (one.base if one.unit == "part" else 1)) for one in found}


def hits_of(book: Book, draws: np.random.Generator) -> dict[str, int]:
    """How many draws see each effect; the company is made some times as large, so that one can be seen at all."""
    from cslab.measure.precision.asked import Asked
    from cslab.measure.precision.laws import jump, two_shares
    from cslab.measure.precision.touching import AROUND
    from cslab.measure.retention import standing_mrr

    asked = Asked(book)
    base, n, found = asked.base, 4 * len(asked.leaving), {}
    for name, share in (("lot", 0.5), ("a fifth", 0.2)):
        found[name] = drawn(base, two_shares(base, n * share, n * (1 - share), asked.sure)(1), n, share, draws)
    mrr = standing_mrr(book, asked.day).reindex(asked.leaving["account_id"]).dropna()
    places = np.tile(np.log(mrr[mrr > 0].to_numpy(float)), 12)
    fall = jump(places, float(np.median(places)), AROUND, base, asked.sure)(1)
    return found | ({"line": at_the_line(places, base, fall, draws)} if math.isfinite(fall) else {})


def next_quarter(book: Book) -> bool | None:
    """Whether the share of fees that was renewed lay within the interval promised a quarter before; None: none due."""
    import pandas as pd

    from cslab.measure import precision

    before = book.at(book.as_of - pd.DateOffset(months=3) + pd.offsets.MonthEnd(0))
    promised = precision.conclusions(before, "14")
    ids = before.contracts.query("end > @before.as_of and end <= @book.as_of")["contract_id"]
    due = book.contracts[book.contracts["contract_id"].isin(ids)]
    due = due[(due["end"] - due["start"]).dt.days > 45]
    if not promised or due.empty:
        return None
    kept = float(due.loc[due["outcome"] != "churned", "mrr_amount"].sum() / due["mrr_amount"].sum())
    return abs(kept - promised[0].base) <= promised[0].value


def main(seeds: int = SEEDS, accounts: int = ACCOUNTS, first: int = 1) -> int:
    """Print both tables; 1 where something does not hold."""
    import cslab
    from tests.measure.coverage import acceptable

    widths, hits, quarters = defaultdict(list), defaultdict(list), []
    for seed in range(first, first + seeds):
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts={accounts}")
        for into, found in ((widths, widths_of(book)), (hits, hits_of(book, np.random.default_rng(seed)))):
            for name, value in found.items():
                into[name].append(value)
        quarters.append(next_quarter(book))
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}; {accounts} accounts, {seeds} seeds from {first}"
    )
    print(f"\n{'width':<16}{'books':>6}{'promised':>10}{'spread':>10}{'ratio':>8}{'holds the mean':>16}")
    for name, rows in widths.items():
        number, half = np.array(rows).T
        spread, inside = 1.959964 * number.std(ddof=1), np.mean(np.abs(number - number.mean()) <= half)
        told = f"{half.mean():>10.4f}{spread:>10.4f}{half.mean() / spread:>8.2f}{inside:>16.2f}"
        print(f"{name:<16}{len(rows):>6}{told}")
    told, low = [one for one in quarters if one is not None], acceptable(len(quarters))[0]
    print(f"{'next quarter':<16}{len(told):>6}{'inside':>20}{sum(told):>8} (at least {low})")
    print(f"\n{'comparison':<16}{'draws':>6}{'seen':>8}{'it may be':>20}")
    bad = sum(told) < low
    for name, counts in hits.items():
        trials = DRAWS * len(counts)
        low, high = acceptable(trials, 0.8)
        bad |= not low <= sum(counts) <= high
        limits = f"{low / trials:.3f} to {high / trials:.3f}"
        print(f"{name:<16}{trials:>6}{sum(counts) / trials:>8.3f}{limits:>20}")
    return int(bad or seconds() > SECONDS)


def seconds() -> float:
    """Processor seconds of everything that ``cslab readiness`` says of 2,000 accounts, pictures and page too."""
    import cslab
    from cslab.course.readiness_page import audit, readiness_page

    begin = time.process_time()
    book = cslab.load("synthetic:default_jp?accounts=2000")
    loaded = time.process_time()
    readiness_page(book, audit(book, "ja"), "ja")
    ended = time.process_time()
    print(f"\nreadiness with page, 2,000 accounts: {ended - begin:.1f} s, of which the company {loaded - begin:.1f} s")
    return ended - begin


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
