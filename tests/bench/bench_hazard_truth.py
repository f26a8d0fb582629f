"""Whether the hazard model finds the generator's coefficients, and what observed usage makes of them.

Companies of the calibration core (2,000 customers drawn, seeds 1, 2, …) are measured twice in the months in which a
term of twelve months or more runs out; who closed down in such a month is left out, since that is no decision.

1. With the latent value of the month of the decision (two months before) as covariate and the segment beside it, the
   model is the generator's own: −1.10 a unit of value, −.30 and −.65 for mid-sized and large customers.
2. With usage of the month before, the last that is known when the decision is made, put on the scale of the value, it
   converges to what one company of 1,000,000 customers shows (drawn in ten parts): nearer to nothing, about −.92, since
   usage tells the value with noise, and the value moves on.

Run: ``python tests/bench/bench_hazard_truth.py [COMPANIES [PARTS]]``, PARTS of 100,000 customers for the large company.
Ends with 1 where coverage lies outside the limits of a two-sided exact binomial test at level .001.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    import pandas as pd

ACCOUNTS, PART, NOTICE = 2_000, 100_000, 2


def renewals(source: str) -> pd.DataFrame:
    """The months of one company in which a longer term runs out, with the value at the decision and usage before it."""
    import numpy as np

    import cslab
    from cslab.measure import hazard

    book = cslab.load(source)
    months = hazard.person_months(book, lag=NOTICE + 1)
    frame = months.where(months.due & (months.term >= 12)).frame(["segment", "wau_ratio"])
    truth = book.truth.hazard().query("spell == 1")
    latent = truth.set_index(["account_id", "month"])["latent"]
    decided = (frame["month"].to_numpy().astype("datetime64[M]") - NOTICE).astype("datetime64[ns]")
    frame["latent"] = latent.reindex([frame["account_id"], decided]).to_numpy()
    cause = frame["account_id"].map(book.truth.accounts().set_index("account_id")["cause_true"])
    frame = frame[~(frame["event"] & (cause == "uncontrollable"))].dropna(subset=["latent", "wau_ratio"])
    share = frame["wau_ratio"].clip(1e-4, 1 - 1e-4)
    return frame.assign(usage=(np.log(share / (1 - share)) + 0.1) / 0.9)


def fitted(frame: pd.DataFrame, covariate: str) -> Any:
    """The hazard of rows that were put together by hand."""
    import numpy as np
    import pandas as pd

    from cslab.book import Book
    from cslab.measure import hazard
    from cslab.measure.hazard.known import Asked, Known
    from cslab.measure.hazard.months import PersonMonths

    account, ids = pd.factorize(frame["account_id"])
    month = frame["month"].to_numpy().astype("datetime64[M]")
    known = Known(Book({}, pd.Timestamp("2024-03-31")), pd.DataFrame({"account_id": ids}), frame)
    asked = Asked(account, month, month - 1, np.zeros(len(frame), np.intp))
    clock = [frame[name].to_numpy() for name in ("tenure", "term", "due", "event")]
    return hazard.fit(PersonMonths(known, asked, *clock, np.full(len(ids), "", object)), [covariate, "segment"])


def large(parts: int) -> Any:
    """The model of observed usage in one large company."""
    import pandas as pd

    frames = [renewals(f"synthetic:calibration?accounts={PART}&seed={100_000 + part}") for part in range(parts)]
    named = [one.assign(account_id=one["account_id"] + f"/{part}") for part, one in enumerate(frames)]
    return fitted(pd.concat(named, ignore_index=True), "usage")


def judged(name: str, found: list[Any], truth: float) -> bool:
    """Print bias, coverage and width; whether coverage is that of 95 % limits."""
    import numpy as np

    from tests.measure.coverage import acceptable

    estimates = np.array([one.estimate for one in found])
    hits = sum(one.low <= truth <= one.high for one in found)
    low, high = acceptable(len(found))
    drift = (estimates.mean() - truth) / (estimates.std(ddof=1) / np.sqrt(len(found)))
    width = np.mean([one.high - one.low for one in found])
    held = low <= hits <= high
    print(
        f"  {name:<28} truth {truth:+.3f}  mean {estimates.mean():+.4f} ({drift:+.1f} MC errors)  "
        f"covered {hits}/{len(found)} (accepted {low}..{high})  width {width:.3f}  {'OK' if held else 'MISS'}"
    )
    return bool(held)


def main() -> None:
    """Print a line a coefficient."""
    words = sys.argv[1:3]
    companies, parts = int(words[0]) if words else 200, int(words[1]) if len(words) > 1 else 10
    begin = time.perf_counter()
    truth = large(parts)
    usage = truth.coefficient("usage")
    print(f"one company of {parts * PART:,}: usage {usage.estimate:+.4f} ± {1.96 * usage.std_error:.4f}, n {truth.n:,}")
    frames = [renewals(f"synthetic:calibration?accounts={ACCOUNTS}&seed={seed}") for seed in range(1, companies + 1)]
    by_value, by_usage = ([fitted(frame, name) for frame in frames] for name in ("latent", "usage"))
    exact = {("latent", ""): -1.10, ("segment", "mid"): -0.30, ("segment", "enterprise"): -0.65}
    held = [
        judged(" ".join(name), [one.coefficient(*name) for one in by_value], value) for name, value in exact.items()
    ]
    for name in (("usage", ""), ("segment", "mid"), ("segment", "enterprise")):
        value = truth.coefficient(*name).estimate
        held.append(judged(f"{' '.join(name)}, observed", [one.coefficient(*name) for one in by_usage], value))
    print(f"{time.perf_counter() - begin:.0f} s")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
