"""Whether adjusted effects find what touch truly brings, and where they cannot.

Companies of 2,000 customers drawn, seeds FIRST, FIRST + 1, …; outcomes: still a customer after 24 months, mean months
within them, and net value. The truth is the mean over 500,000 other customers.

1. ``soft_rule``: tiers by what is seen at signing. AIPW of mid against tech and of high against mid.
2. ``default_jp``: the override of struggling customers below ¥80k. Covered among the struggling, once somebody says who
   they are; biased without. High against tech is refused in every company.
3. ``no_effect`` with the soft rule: how often an effect is seen where there is none. With the company's own rule the
   plain difference sees one all the same, since large customers stay anyway: shown, not judged.

Run: ``python tests/bench/bench_effect_truth.py [COMPANIES [FIRST]]``. Ends with 1 where coverage lies outside the
limits of a two-sided exact binomial test at level .001, or the size above those of a one-sided one. Net value is shown,
not judged: a few giants hold most of it, and limits from 600 customers know too little of them.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ACCOUNTS, PART, PARTS, MONTHS = 2_000, 100_000, 5, 24
KNOWN = ["segment", "mrr0_amount", "trial_usage", "term_months"]
PAIRS = (("mid", "tech"), ("high", "mid"))
SMALL = "mrr0_amount < 80000"


def large(preset: str) -> Iterator[Any]:
    """The parts of one large company that nobody is measured in."""
    import cslab

    for part in range(PARTS):
        yield cslab.load(f"synthetic:{preset}?accounts={PART}&seed={900_000 + part}")


def true_effects() -> dict[tuple[Any, ...], float]:
    """What touch brings on average, by outcome and pair."""
    from cslab.measure.capacity import hour_amount
    from cslab.measure.plans import TIER_HOURS

    found: dict[tuple[Any, ...], list[float]] = defaultdict(list)
    for book in large("soft_rule"):
        months = {}
        for tier in TIER_HOURS:
            curve = book.truth.rerun(f"all_{tier}").truth.survival(MONTHS)["survival"]
            months[tier] = float(curve.iloc[:MONTHS].sum())
        for high, low in PAIRS:
            gain = book.truth.effect(f"all_{high}", f"all_{low}", horizon=MONTHS, futures=1)
            cost = hour_amount(book) * (TIER_HOURS[high] * months[high] - TIER_HOURS[low] * months[low])
            found["retained", high, low].append(float(gain["retained"].mean()))
            found["survival", high, low].append(months[high] - months[low])
            found["net_value", high, low].append(0.8 * float(gain["value_amount"].mean()) - cost)
    for book in large("default_jp"):
        gain = book.truth.effect("all_mid", "all_tech", horizon=MONTHS, futures=1).set_index("account_id")
        small = book.accounts.query(SMALL)["account_id"]
        who = gain.index.isin(small) & gain.index.isin(struggling(book).query("struggling")["account_id"])
        found["override", "mid", "tech"].append(float(gain.loc[who, "retained"].mean()))
    return {key: sum(values) / len(values) for key, values in found.items()}


def struggling(book: Any) -> Any:
    """Who gets off to a bad start: what a CSM sees and no export says."""
    true = book.truth.accounts()
    return true[["account_id"]].assign(struggling=true["fit"] + true["first_impression"] < -1)


def soft_rule(source: str, found: dict[tuple[Any, ...], list[Any]], outcomes: tuple[str, ...]) -> None:
    """All ways on one company whose tiers go by what is seen at signing."""
    import cslab
    from cslab.measure import effect

    book = cslab.load(source)
    for outcome in outcomes:
        trial = effect.trial(book, outcome=outcome, covariates=KNOWN, horizon=MONTHS, grace=0)
        for pair in PAIRS:
            for way in (effect.naive, effect.ipw, effect.aipw):
                found[outcome, *pair, way.__name__].append(way(trial, pair))


def own_rule(source: str, found: dict[tuple[Any, ...], list[Any]]) -> None:
    """The override in one company, with what the CSM saw and without it; and what must be refused."""
    import cslab
    from cslab.faults import UsageError
    from cslab.measure import effect

    book = cslab.load(source)
    seen = struggling(book)
    for name, eligible in (("given", f"{SMALL} and struggling"), ("not given", SMALL)):
        trial = effect.trial(book, eligible=eligible, extra=seen, covariates=KNOWN, horizon=MONTHS)
        try:
            found["override", "mid", "tech", name].append(effect.aipw(trial, ("mid", "tech")))
        except UsageError as refused:
            found["refused", name, refused.faults[0].key].append(refused)
    try:
        effect.aipw(effect.trial(book, covariates=KNOWN, horizon=MONTHS), ("high", "tech"))
        found["compared", "high", "tech"].append(book)
    except UsageError as refused:
        found["refused", "high", "tech", refused.faults[0].key].append(refused)


def judged(name: str, found: list[Any], truth: float, coverage: str = "judged") -> bool:
    """Print bias, coverage and width; whether coverage is that of 95 % limits, or outside where bias is expected."""
    import numpy as np

    from tests.measure.coverage import acceptable

    estimates = np.array([one.estimate for one in found])
    hits = sum(one.low <= truth <= one.high for one in found)
    low, high = acceptable(len(found))
    error = estimates.std(ddof=1) / np.sqrt(len(found))
    width = np.mean([one.high - one.low for one in found])
    held = {"judged": low <= hits <= high, "biased": hits < low, "shown": True}[coverage]
    print(
        f"  {name:<34} truth {truth:+12,.4g}  bias {estimates.mean() - truth:+11,.3g} "
        f"({(estimates.mean() - truth) / error:+5.1f} MC errors)  covered {hits}/{len(found)} "
        f"(accepted {low}..{high})  width {width:,.3g}  {coverage}: {'OK' if held else 'MISS'}",
        flush=True,
    )
    return bool(held)


def size(name: str, found: list[Any], shown: bool) -> bool:
    """Print how often an effect was seen where there is none; whether that is at most one time in twenty."""
    from scipy.stats import binom

    seen = sum(not one.low <= 0 <= one.high for one in found)
    most = int(binom.ppf(0.999, len(found), 0.05))
    print(f"  {name:<34} seen {seen}/{len(found)} (at most {most})  {'shown' if shown else 'judged'}")
    return shown or seen <= most


def main() -> None:
    """Print a line a comparison."""
    import platform

    import numpy as np
    import sklearn

    words = [int(word) for word in sys.argv[1:3]]
    companies, first = (words + [200, 1][len(words) :])[:2]
    versions = f"Python {platform.python_version()}, numpy {np.__version__}, scikit-learn {sklearn.__version__}"
    print(f"{platform.machine()}, {versions}")
    begin = time.perf_counter()
    truth = true_effects()
    print({" ".join(key): round(value, 4) for key, value in truth.items()}, f"{time.perf_counter() - begin:.0f} s")
    found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    nothing: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    outcomes = ("retained", "survival", "net_value")
    for seed in range(first, first + companies):
        rest = f"?accounts={ACCOUNTS}&seed={seed}"
        soft_rule(f"synthetic:soft_rule{rest}", found, outcomes)
        own_rule(f"synthetic:default_jp{rest}", found)
        soft_rule(f"synthetic:no_effect{rest}&policy=soft_rule", nothing, outcomes[:1])
        confounded(f"synthetic:no_effect{rest}", nothing)
    held = []
    for key, effects in found.items():
        outcome, *_, way = key
        if outcome in ("refused", "compared"):
            print(f"  {' '.join(key)}: {len(effects)}")
            continue
        kind = {"naive": "shown", "not given": "biased"}.get(way, "shown" if outcome == "net_value" else "judged")
        held.append(judged(" ".join(key), effects, truth[key[:3]], kind))
    held += [
        size(f"nothing: {' '.join(key)}", effects, key[-1] in ("naive", "own")) for key, effects in nothing.items()
    ]
    held.append(len(found["refused", "high", "tech", "effect.no_overlap"]) == companies)
    print(f"{time.perf_counter() - begin:.0f} s")
    sys.exit(0 if all(held) else 1)


def confounded(source: str, found: dict[tuple[Any, ...], list[Any]]) -> None:
    """The plain difference under the company's own rule, where touch brings nothing."""
    import cslab
    from cslab.measure import effect

    trial = effect.trial(cslab.load(source), covariates=KNOWN, horizon=MONTHS)
    found["high", "tech", "own"].append(effect.naive(trial, ("high", "tech")))


if __name__ == "__main__":
    main()
