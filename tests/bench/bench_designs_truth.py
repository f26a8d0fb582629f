"""Whether designs find what is true: thresholds, lots, invitations and groups that begin one after the other.

Each study runs over companies of 2,000 customers drawn (seeds 1, 2, …) in which the design identifies the effect:

1. ``threshold``: the jump at ¥80k under the pure rule, against the mean true effect of mid touch near the line in
   companies of 500,000 customers in all, each lived through under mid and under tech touch with the same luck.
2. ``lot``: mid against tech touch in ``rct``, plain and adjusted, against the true effect over 50,000 others.
3. ``groups``: in four groups, a usage campaign, whose effect grows and stays, and a training, whose views come and go:
   against what they brought the same customers in the same months; two-way fixed effects beside, which has to fail.
4. ``invitation``: guided onboarding by invitation; truth from other customers, with it and without.
5. ``nothing``: all of them where touch and programmes do nothing: how often limits leave 0 out.

Run: ``python tests/bench/bench_designs_truth.py [COMPANIES [STUDY ...]]``. Ends with 1 where coverage lies outside the
limits of a two-sided exact binomial test at level .001, or false alarms above 5 % by a one-sided one.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cslab.measure.estimate import Estimate

ACCOUNTS, LARGE, PARTS, LINE = 2_000, 50_000, 10, 80_000
Found = list[tuple["Estimate", float]]
"""An estimate and the truth, by company."""


def company(source: str, seed: int, accounts: int = ACCOUNTS) -> Any:
    """One company."""
    import cslab

    return cslab.load(f"synthetic:{source}{'&' if '?' in source else '?'}seed={seed}&accounts={accounts}")


def at_line(source: str) -> float:
    """The true effect at the line: the mean of parts of one large company."""
    import numpy as np

    from cslab.measure.effect import discontinuity

    found = [discontinuity.truth(company(source, 100_000 + part, LARGE), LINE) for part in range(PARTS)]
    errors = np.array([one.std_error for one in found])
    value = float(np.mean([one.estimate for one in found]))
    print(f"  at ¥80k, {PARTS * LARGE:,} customers: {value:+.4f} ± {1.96 * np.sqrt((errors**2).sum()) / PARTS:.4f}")
    return value


def threshold(seeds: range, source: str = "calibration?policy=pure_rule", truth: float | None = None) -> Found:
    """The jump at the threshold of mid touch."""
    from cslab.measure.effect import discontinuity, trial

    true = at_line(source) if truth is None else truth
    found = []
    for seed in seeds:
        rows = trial(company(source, seed), covariates=["mrr0_amount"])
        found.append((discontinuity.regression_discontinuity(rows, "mrr0_amount", LINE).effect, true))
    return found


@cache
def everybody(source: str) -> float:
    """The true effect of mid against tech touch, over the customers of one large company."""
    gain = company(source, 100_000, LARGE).truth.effect("all_mid", "all_tech", futures=4)["retained"]
    return float(gain.mean())


def lot(seeds: range, source: str = "calibration?policy=rct", adjusted: bool = False, true: bool = True) -> Found:
    """Mid against tech touch where a lot decides."""
    from cslab.measure.effect import experiment, trial

    known = ["segment", "mrr0_amount", "trial_usage", "term_months"]
    gain = everybody(source) if true else 0.0
    found = []
    for seed in seeds:
        rows = trial(company(source, seed), covariates=known)
        found.append((experiment(rows, ("mid", "tech"), adjusted), gain))
    return found


def groups(
    seeds: range, programme: str = "usage_campaign", value: str = "wau_ratio", effect: float = 1.0, wrong: bool = False
) -> Found:
    """A programme that comes to four groups one after the other."""
    from cslab.measure.effect import difference_in_differences, staggered, two_way_fixed_effects
    from cslab.measure.effect.panel import panel

    source = f"default_jp?programs={programme}&policy=program_staggered&program_effect={effect}"
    found = []
    for seed in seeds:
        book = company(source, seed)
        waves = panel(book, programme, value)
        truth = staggered.truth(book, waves) if effect else None
        true = truth.attrs["every_month" if wrong else "overall"] if truth is not None else 0.0
        found.append((two_way_fixed_effects(waves) if wrong else difference_in_differences(waves).effect, true))
    return found


def invitation(seeds: range, effect: float = 1.0) -> Found:
    """Guided onboarding to which customers are invited by lot as they sign."""
    from cslab.measure.effect import attended, encouragement, trial

    name = "onboarding_programme"
    source = f"default_jp?programs={name}&policy=program_encouragement&program_effect={effect}"
    true = 0.0
    if effect:
        gain = company(source, 100_000, LARGE).truth.program(name, futures=4)["retained"]
        true = float(gain[gain != 0].mean())  # of those whose turn comes; hardly another for those whom it moves
    found = []
    for seed in seeds:
        book = company(source, seed)
        rows = trial(book, f"invited:{name}", time_zero="eligible", covariates=[])
        found.append((encouragement(rows, attended(book, name)).effect, true))
    return found


def judged(name: str, found: Found, size: bool = False) -> bool:
    """Print bias, coverage and width; whether coverage, or the size of the test, is what it should be."""
    import numpy as np
    from scipy.stats import binom

    from tests.measure.coverage import acceptable

    estimates, truths = (np.array([getattr(one, "estimate", one) for one in side]) for side in zip(*found, strict=True))
    n, hits = len(found), sum(one.low <= true <= one.high for one, true in found)
    drift = (estimates - truths).mean() / ((estimates - truths).std(ddof=1) / np.sqrt(n))
    width = float(np.mean([one.high - one.low for one, _ in found if np.isfinite(one.high - one.low)]))
    low, high = acceptable(n)
    most = int(binom.ppf(0.999, n, 0.05))
    held = n - hits <= most if size else low <= hits <= high
    said = f"alarms {n - hits}/{n} (at most {most})" if size else f"covered {hits}/{n} (accepted {low}..{high})"
    print(
        f"  {name:<34} truth {truths.mean():+.4f}  mean {estimates.mean():+.4f} ({drift:+.1f} MC errors)  {said}  "
        f"width {width:.3f}  {'OK' if held else 'MISS'}",
        flush=True,
    )
    return bool(held)


def _nothing(seeds: range) -> list[bool]:
    """All designs where there is nothing to find."""
    pure, drawn = "no_effect?policy=pure_rule", "no_effect?policy=rct"
    return [
        judged("threshold, no effect", threshold(seeds, pure, 0.0), size=True),
        judged("lot, no effect", lot(seeds, drawn, true=False), size=True),
        judged("lot, adjusted, no effect", lot(seeds, drawn, adjusted=True, true=False), size=True),
        judged("groups, no effect", groups(seeds, effect=0.0), size=True),
        judged("two-way fixed effects, no effect", groups(seeds, effect=0.0, wrong=True), size=True),
        judged("invitation, no effect", invitation(seeds, effect=0.0), size=True),
    ]


def _groups(seeds: range) -> list[bool]:
    """The right way has to hold; the usual one is shown, and has to fail."""
    held = []
    for programme, value in (("usage_campaign", "wau_ratio"), ("training", "training_views")):
        held.append(judged(f"groups, {value}", groups(seeds, programme, value)))
        held.append(not judged(f"two-way, {value} (wrong)", groups(seeds, programme, value, wrong=True)))
    return held


STUDIES: dict[str, Callable[[range], list[bool]]] = {
    "threshold": lambda seeds: [judged("threshold ¥80k", threshold(seeds))],
    "lot": lambda seeds: [judged(f"lot{', adjusted' * how}", lot(seeds, adjusted=how)) for how in (False, True)],
    "groups": _groups,
    "invitation": lambda seeds: [judged("invitation", invitation(seeds))],
    "nothing": _nothing,
}


def main() -> None:
    """Print a line a study."""
    words = sys.argv[1:]
    companies = int(words[0]) if words else 1_000
    held = []
    print(f"{platform.platform()}, Python {platform.python_version()}, {companies} companies of {ACCOUNTS:,}")
    for name in words[1:] or STUDIES:
        begin = time.perf_counter()
        held += STUDIES[name](range(1, companies + 1))
        print(f"  {name}: {time.perf_counter() - begin:.0f} s")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
