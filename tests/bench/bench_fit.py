"""Whether a fitted scenario has the parameters of the company whose book it was fitted to, over many companies.

The companies are simulated, so their parameters are known; the fit sees only their tables. It sets out from the preset
of their currency, so other presets show whether it gets away from there. Printed for each parameter: the value set, the
mean error over companies with its Monte-Carlo error, and the spread of the errors, which is what one fit is worth.
Run: ``python tests/bench/bench_fit.py [COMPANIES [PRESET [ACCOUNTS [FIRST_SEED]]]]``. Ends with 1 where a mean error is
both more than four Monte-Carlo errors and more than half the spread.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

PARAMETERS = (
    *("segment_share", "mrr_median_amount", "mrr_log_sd", "term_share_smb", "renewal_logit", "renewal_logit_monthly"),
    *("uncontrollable_hazard", "expansion_hazard", "expansion_size", "contraction_chance", "contraction_size"),
    *("usage_base", "seat_price_amount", "growth_per_year", "first_arrival", "accounts", "monthly_billing_share"),
)
RELATIVE = ("mrr_median_amount", "seat_price_amount", "accounts", "expansion_hazard", "contraction_chance")


def errors(preset: str, seed: int, accounts: int) -> dict[str, float]:
    """The error of each parameter, of one company: relative where its size alone says nothing."""
    import numpy as np

    import cslab
    from cslab.measure.fit import fit_scenario
    from cslab.world import preset as named

    source = f"synthetic:{preset}?seed={seed}&accounts={accounts}"
    truth = named(preset).with_(accounts=accounts)
    fitted = fit_scenario(cslab.load(source).hide_truth())
    found: dict[str, float] = {"holds": float(fitted.fidelity["holds"].mean())}
    for name in PARAMETERS:
        pairs = (np.atleast_1d(getattr(one, name)).astype(float) for one in (fitted.scenario, truth))
        for place, (own, true) in enumerate(zip(*pairs, strict=True)):
            error = own - true
            found[f"{name}[{place}]"] = error / true if name in RELATIVE and true else error
    return found


def main() -> None:
    """Print a line for each parameter."""
    import numpy as np
    import pandas as pd

    words = sys.argv[1:5]
    companies, preset = int(words[0]) if words else 20, words[1] if len(words) > 1 else "default_jp"
    accounts, first = (int(words[place]) if len(words) > place else usual for place, usual in ((2, 2_000), (3, 1)))
    begun = time.perf_counter()
    found = pd.DataFrame([errors(preset, seed, accounts) for seed in range(first, first + companies)])
    each = (time.perf_counter() - begun) / companies
    print(
        f"{companies} companies of {preset}, {accounts:,} customers drawn, {each:.1f} s each; {sys.version.split()[0]}"
    )
    print(f"  numbers within the book's limits: {found.pop('holds').mean():.1%}")
    missed = False
    for name, error in found.items():
        spread = float(error.std(ddof=1))
        chance = spread / np.sqrt(companies)
        off = abs(error.mean()) > max(4 * chance, spread / 2, 1e-9)
        missed |= off
        verdict = "  OFF" if off else ""
        print(f"  {name:<28} mean error {error.mean():+.4f} (MC {chance:.4f})  spread {spread:.4f}{verdict}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
