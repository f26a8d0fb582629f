"""How near a landmark model comes to what anybody could know, over fifty books; beside it the calendar alone.

Two tasks: whom of all active accounts to worry about, and which renewals will be refused.

Each book is held out by time: the model learns on earlier days and is tried on later ones. The ceiling is computed on
the rows that were tried and their horizon. Bar: the mean AUC lies between the mean ceiling less .02 and the mean
ceiling plus three standard errors of the paired difference.

Run: ``python tests/bench/bench_ceiling.py [first seed] [last seed] [source]``. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FIRST, LAST, SOURCE = 1, 50, "synthetic:default_jp?accounts=2000"
HORIZON, FUTURES = 3, 32
TASKS = {"any active account": 0, "3 months before the end": 2, "3 months before the decision": 3}
"""Whom each task asks about: everybody (0), or decided renewals so many months before the decision, most of which are
taken in the month before the contract ends."""


def tried(book: Book, before: int, sets: tuple[str, ...]) -> pd.DataFrame:
    """Rows held out, each with its chance, for a task."""
    from cslab.measure import landmark

    return landmark.held_out_decisions(book, before, sets=sets) if before else landmark.held_out(book, HORIZON, sets)


def judged(book: Book, before: int) -> dict[str, float]:
    """AUC of the model, of the calendar alone, and the ceiling, on one book."""
    from cslab.measure import scores

    rows = tried(book, before, ("calendar", "usage"))
    calendar = tried(book, before, ("calendar",)).rename(columns={"risk": "calendar"})
    keys = ["account_id", "as_of"]
    both = rows.merge(calendar[[*keys, "calendar"]], on=keys)
    table = scores.beside_ceiling(book, both, rows.attrs["horizon"], futures=FUTURES)
    return dict(zip(table["what"], table["estimate"], strict=True))


def main(first: int = FIRST, last: int = LAST, source: str = SOURCE) -> None:
    """Print each book and the means with their bar."""
    import pandas as pd

    import cslab

    begin, lines, missed = time.perf_counter(), [], False
    for seed in range(first, last + 1):
        book = cslab.load(f"{source}&seed={seed}")
        for task, before in TASKS.items():
            lines.append({"task": task, "seed": seed, **judged(book, before)})
            said = {name: round(lines[-1][name], 3) for name in ("score", "calendar", "ceiling")}
            print(f"{seed:4d}  {task:28s}", said, flush=True)
    print(f"\n{source}, seeds {first}-{last}")
    for task, part in pd.DataFrame(lines).groupby("task"):
        gap = part["score"] - part["ceiling"]
        error = gap.std(ddof=1) / len(gap) ** 0.5
        holds = -0.02 <= gap.mean() <= 3 * error
        missed = missed or not holds
        means = part[["score", "calendar", "ceiling"]].mean().round(4).to_dict()
        print(f"{task}: {means}; score - ceiling {gap.mean():+.4f} (se {error:.4f}): {'holds' if holds else 'FAILS'}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - begin:.0f} s, peak memory {memory:.0f} MB")
    sys.exit(missed)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
