"""Whether fair comparisons of what does nothing hold "nothing", book by book, and how far the naive ones miss it.

Each book is a company of 2,000 customers drawn, measured only by its tables. A user meeting without any effect runs in
it, and for each book two more programmes are drawn by lot that nobody ran: one without an effect, and one that prevents
three departures in ten. Coming to what one is invited to, a single business review, and a pilot in which nothing is
done change nothing either. Run: ``python tests/bench/bench_illusions_truth.py [BOOKS [ACCOUNTS [FIRST]]]``; ``FIRST``
is the first seed, for running in parts. Ends with 1 where coverage lies outside the limits of a two-sided exact
binomial test at level .001. The last lines are the usual mistakes, which ought to miss.
"""

from __future__ import annotations

import math
import platform
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

MISTAKE, PREVENTS = "mistake: ", 0.3
KNOWN_SHORT = "shown: "
"""Fairer, and still not fair: what the tables do not hold is left in it. Printed, not judged."""


def measured(seed: int, accounts: int) -> dict[str, tuple[object, float]]:
    """Every estimate of one book beside what is so."""
    import cslab
    from cslab.measure import illusions

    book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts={accounts}")
    meeting = illusions.exposure(book, "programme:user_meeting")
    drawn, works = illusions.phantom(book, seed=seed), illusions.phantom(book, effect=PREVENTS, seed=seed)
    reviews = illusions.exposure(book, "touch:qbr", within="touch_tier")
    came, pilot = illusions.self_selection(book), illusions.pilot_winners(book, seed=seed)
    return {
        "meeting, by age": (illusions.tenure_split(meeting), 1.0),
        "meeting, landmark 12": (illusions.landmark(meeting), 1.0),
        "drawn, by age": (illusions.tenure_split(drawn), 1.0),
        "drawn, landmark 12": (illusions.landmark(drawn), 1.0),
        "prevents 3 in 10, by age": (illusions.tenure_split(works), 1 - PREVENTS),
        "review, by age within tiers": (illusions.tenure_split(reviews), 1.0),
        "pilot, winners less winners": (pilot.better, 0.0),
        f"{KNOWN_SHORT}came, alike before": (came.better, 0.0),
        f"{MISTAKE}drawn, ever against never": (illusions.ever(drawn), 1.0),
        f"{MISTAKE}drawn, time split, ages mixed": (illusions.time_split(drawn), 1.0),
        f"{MISTAKE}review, landmark 12, tiers mixed": (illusions.landmark(illusions.exposure(book, "touch:qbr")), 1.0),
        f"{MISTAKE}came less absent": (came.naive, 0.0),
        f"{MISTAKE}pilot, rise of the winners": (pilot.naive, 0.0),
    }


def errors(found: list[tuple[object, float]]) -> tuple[list[float], float, int]:
    """Errors of all books, the mean width, and how often the limits held; ratios by their logarithm."""
    off, widths, hits = [], [], 0
    for one, truth in found:
        estimate, low, high = (float(getattr(one, name)) for name in ("estimate", "low", "high"))
        turn = math.log if truth > 0 else float
        off.append(turn(estimate) - turn(truth) if truth > 0 else estimate)
        widths.append(turn(high) - turn(low))
        hits += low <= truth <= high
    return off, sum(widths) / len(widths), hits


def main() -> None:
    """Print a line for each estimate."""
    import numpy as np

    from tests.measure.coverage import acceptable

    words = [int(word) for word in sys.argv[1:4]]
    books, accounts, first = (*words, *(1_000, 2_000, 1)[len(words) :])
    begin, found = time.perf_counter(), {}
    for seed in range(first, first + books):
        for name, pair in measured(seed, accounts).items():
            found.setdefault(name, []).append(pair)
    low, high = acceptable(books)
    print(f"{books} books of {accounts:,} customers drawn, seeds {first}..{first + books - 1}, "
          f"{time.perf_counter() - begin:.0f} s; {platform.machine()}, Python {platform.python_version()}, "
          f"numpy {np.__version__}; acceptable {low}..{high}")  # fmt: skip
    wrong = 0
    for name, pairs in found.items():
        off, width, hits = errors(pairs)
        error = np.std(off, ddof=1) / math.sqrt(len(off)) if len(off) > 1 else math.nan
        judged = not name.startswith((MISTAKE, KNOWN_SHORT))
        wrong += judged and not low <= hits <= high
        print(f"{name:36}  bias {np.mean(off):+.4f} ({np.mean(off) / error:+.1f} MC errors)  "
              f"held {hits:4d}/{books}  width {width:.3f}")  # fmt: skip
    sys.exit(int(wrong > 0))


if __name__ == "__main__":
    main()
