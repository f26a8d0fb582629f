"""The acceptance bands at 12,000 accounts, of the core and with all add-ons. Ends with 1 on a miss.

Run: ``python tests/bench/bench_bands.py [SEED ...]`` (default: 1 2 3).
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.world.bands import ACCOUNTS, BANDS, half_width, measured


def main() -> None:
    """Measure all bands for each seed and print them."""
    missed = 0
    for seed in [int(word) for word in sys.argv[1:]] or [1, 2, 3]:
        print(f"\nseed {seed}, {ACCOUNTS:,} accounts{'core':>25} all add-ons")
        core, full = (measured(seed, ACCOUNTS, addons) for addons in ("none", "all"))
        for name, (mean, _) in BANDS.items():
            width, values = half_width(name, ACCOUNTS), (core[name], full[name])
            held = all(abs(value - mean) <= width for value in values)
            missed += not held
            shown = "   ".join(f"{value:6.3f}" for value in values)
            print(f"  {name:<46} {shown}   {mean:6.3f} ± {width:.3f}   {'OK' if held else 'MISS'}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
