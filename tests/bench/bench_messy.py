"""What ``simulate --messy 1..3`` spoils and the folder door finds: share found and false alarms, kind by kind.

Run: ``python tests/bench/bench_messy.py [COMPANIES [FIRST_SEED]]``; every company is spoilt at all three levels, and
every other one is read as real data are, behind pseudonyms. The truth is the sheet beside each export. Ends with 1
where anything was missed, invented, or told that no kind leads to.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

COMPANIES = (("tiny", []), ("default_jp", ["accounts=300", "months=24"]), ("default_us", ["accounts=200", "months=36"]))


def main() -> None:
    """Print a line for each kind."""
    from tests.sources.messy.score import scored

    os.environ.setdefault("CSLAB_SALT_FILE", str(Path(tempfile.mkdtemp()) / "salt"))
    words = sys.argv[1:3]
    companies, first = int(words[0]) if words else 20, int(words[1]) if len(words) > 1 else 1
    done, found, false, strays = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    whole = Counter[str]()
    levels: dict[str, int] = {}
    for seed in range(first, first + companies):
        preset, wishes = COMPANIES[seed % len(COMPANIES)]
        for level in (1, 2, 3):
            with tempfile.TemporaryDirectory() as home:
                one = scored(preset, [*wishes, f"seed={seed}"], level, Path(home) / "x", marked=bool(seed % 2))
            for score in one.scores:
                levels[score.kind] = level
                done[score.kind] += score.done
                found[score.kind] += score.found
                false[score.kind] += score.false
                whole[score.kind] += score.done > 0
            strays.update(one.strays)
    print(f"{companies} companies, each spoilt at three levels")
    for kind, level in levels.items():
        share = found[kind] / done[kind] if done[kind] else float("nan")
        print(
            f"  {level}  {kind:<12} spoilt {done[kind]:>6,} in {whole[kind]:>3} companies  found {share:7.2%}"
            f"  false alarms {false[kind]}"
        )
    print(f"told beyond all kinds: {dict(strays) or 'nothing'}")
    sys.exit(int(found != done or any(false.values()) or bool(strays)))


if __name__ == "__main__":
    main()
