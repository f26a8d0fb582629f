"""Expectations over futures: how fast, and whether what touch does lies in its acceptance bands. Ends with 1 on a miss.

The bands are those of one tier forced upon everybody and of everybody onboarded, churn within 24 months of signing, at
12,000 accounts of the calibration world; here in expectation, so only who the customers are is left to luck.

Run: ``python tests/bench/bench_expectation.py [SEED ...]`` (default: 1 2 3).
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cslab import world
from cslab.world.truth import CompanyTruth

ACCOUNTS, FUTURES = 12_000, 4
TIERS = ("all_tech", "all_mid", "all_high")
BANDS = {
    "churn 24 m, all_tech": (0.321, 0.017),
    "churn 24 m, all_mid": (0.270, 0.016),
    "churn 24 m, all_high": (0.225, 0.015),
    "churn 24 m, high - tech": (-0.096, 0.013),
    "churn 24 m, everybody onboards, change": (-0.035, 0.007),
}


def truth(name: str, **changes: object) -> CompanyTruth:
    """The truth of a company under the rule."""
    return CompanyTruth(world.preset(name).with_(**changes), world.policy("rule"), 16)


def measured(seed: int, addons: str) -> dict[str, float]:
    """Every banded quantity of one seed."""
    company = truth("calibration", seed=seed, accounts=ACCOUNTS, addons=addons)
    onboarding = truth("calibration", seed=seed, accounts=ACCOUNTS, addons=addons, stall_logit="-99,-99,-99")
    kept = company.expected(TIERS, futures=FUTURES).groupby("policy")["retained"].mean()
    own, helped = (float(one.expected(futures=FUTURES)["retained"].mean()) for one in (company, onboarding))
    values = [1 - kept[tier] for tier in TIERS]
    return dict(zip(BANDS, [*values, values[2] - values[0], own - helped], strict=True))


def seconds() -> dict[str, float]:
    """Seconds of what lessons ask most, each asked of a truth that has not been asked before."""
    asked = {
        "expected, 3 tiers x 64 futures x 2,000 accounts x 36 months (bar 4 s)": lambda one: one.expected(
            TIERS, horizon=36
        ),
        "the same from the last day on, 24 months": lambda one: one.expected(TIERS, since="2025-03-31"),
        "shares of the channels, 16 worlds, 24 months": lambda one: one.channels(),
    }
    taken = {}
    for what, ask in asked.items():
        company, began = truth("default_jp"), perf_counter()
        ask(company)
        taken[what] = perf_counter() - began
    return taken


def main() -> None:
    """Print seconds, and each band for each seed without and with all add-ons."""
    for what, taken in seconds().items():
        print(f"  {what:<72} {taken:.2f} s")
    missed = 0
    for seed in [int(word) for word in sys.argv[1:]] or [1, 2, 3]:
        core, full = (measured(seed, addons) for addons in ("none", "all"))
        print(f"\nseed {seed}, {ACCOUNTS:,} accounts{'core':>26} all add-ons")
        for name, (mean, width) in BANDS.items():
            held = all(abs(value[name] - mean) <= width for value in (core, full))
            missed += not held
            verdict = "OK" if held else "MISS"
            print(f"  {name:<42} {core[name]:6.3f}   {full[name]:6.3f}   {mean:6.3f} ± {width:.3f}   {verdict}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
