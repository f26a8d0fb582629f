"""Checks: what an answer to each question of the bank costs the first time, and when all has been computed before.

Run: ``python tests/bench/bench_check.py [ACCOUNTS]``. Milliseconds are those of the processor (user and system), so
that neighbours on the machine do not count. The first time is on a company of which nothing has been computed, with
every module loaded; a right answer is judged, for which the right one and every usual wrong one are computed. Ends with
1 where a check, with all of that computed before, goes over its bar.
"""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.course.questions.question import Question

MILLISECONDS, OF_A_POLICY, REPEATS = 50.0, 5_000.0, 3


def measured(question: Question, book: Book) -> tuple[float, float]:
    """Milliseconds of a first check and of the one that follows, the least of a few runs."""
    from cslab.course.questions import feedback
    from cslab.course.questions.judge import judge
    from cslab.course.questions.question import Material

    right = question.reference(Material(book))
    first, again = [], []
    for _ in range(REPEATS):
        material = Material(book)
        for times in (first, again):
            begin = time.process_time()
            judgement = judge(question, right, material)
            feedback.html(judgement, question, "ja")
            times.append(1_000 * (time.process_time() - begin))
        if judgement.outcome != "correct":
            raise SystemExit(f"{question.id}: its own right answer is {judgement.outcome}")
    return min(first), min(again)


def main() -> None:
    """Print a line a question beside its bar."""
    import numpy as np
    import pandas as pd

    import cslab
    from cslab.course.questions.bank import questions
    from cslab.course.questions.kinds import Policy

    accounts = int(sys.argv[1]) if sys.argv[1:] else 2_000
    book = cslab.load(f"synthetic:default_jp?seed=11&accounts={accounts}")
    print(f"Python {platform.python_version()}, numpy {np.__version__}, pandas {pd.__version__}, {platform.machine()}")
    print(f"{accounts:,} customers drawn; milliseconds of a check")
    print(f"  {'question':<18} {'kind':<8} {'first':>8} {'again':>8}")
    over = []
    for question in questions():
        first, again = measured(question, book)
        bar = OF_A_POLICY if isinstance(question.kind, Policy) else MILLISECONDS
        over += [question.id] if again > bar else []
        slow = f"   the first over {bar:.0f}" if first > bar else ""
        print(f"  {question.id:<18} {type(question.kind).__name__:<8} {first:8.1f} {again:8.2f}{slow}")
    print(f"bar, with all computed before: {MILLISECONDS:.0f} ms a check, {OF_A_POLICY / 1_000:.0f} s a decision")
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
