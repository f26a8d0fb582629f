"""The acceptance bands of the calibrated core at 12,000 accounts: value, band, verdict. Ends with 1 on a miss.

Run: ``python tests/bench/bench_bands.py [SEED ...]`` (default: 1 2 3).
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.world.bands import ACCOUNTS, BANDS, calibration_book, half_width, measured


def main() -> None:
    """Measure all bands for each seed and print them."""
    missed = 0
    for seed in [int(word) for word in sys.argv[1:]] or [1, 2, 3]:
        print(f"\nseed {seed}, {ACCOUNTS:,} accounts")
        for name, value in measured(calibration_book(seed, ACCOUNTS)).items():
            mean, width = BANDS[name][0], half_width(name, ACCOUNTS)
            held = abs(value - mean) <= width
            missed += not held
            print(f"  {name:<46} {value:.3f}   {mean:.3f} ± {width:.3f}   {'OK' if held else 'MISS'}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
