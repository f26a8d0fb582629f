"""Speed of allocations: tiers under pools of hours to a gap of a thousandth, accounts to CSMs, and many of both.

Three forms of pools: each account belongs to one; every option takes something of each, in its own mixture; roles, of
which options need different ones. Beside it at 500 accounts the integer programme (SciPy's HiGHS).

Run: ``python tests/bench/bench_allocation.py [ACCOUNTS [MANY]]`` (20,000 and 200,000). Ends with 1 where a gap is wider
than a thousandth, or a CSM more than two hundredths above the fair part.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FORMS = ("apart", "mixed", "roles")
POOLS, CSMS = 6, 30
HOURS = (0.05, 0.15, 1.6, 6.5)
ROLES = (
    (0.6, 0.1, 0.1, 0.1, 0.1, 0.0),
    (0.3, 0.3, 0.2, 0.1, 0.1, 0.0),
    (0.1, 0.5, 0.1, 0.1, 0.1, 0.1),
    (0.05, 0.05, 0.4, 0.2, 0.2, 0.1),
)


def company(n: int, form: str, seed: int = 1) -> tuple[Any, Any, Any]:
    """Values of four tiers, their hours of six pools, and what each pool has."""
    import numpy as np

    from cslab.measure.allocation import in_pools

    luck, hours = np.random.default_rng(seed), np.array(HOURS)
    value = np.cumsum(luck.lognormal(0, 1, (n, 4)), axis=1) * luck.lognormal(0, 1, (n, 1))
    if form == "apart":
        taken = in_pools(np.tile(hours, (n, 1)), luck.integers(0, POOLS, n), POOLS)
    elif form == "mixed":
        taken = luck.dirichlet(np.ones(POOLS), (n, 4)) * hours[None, :, None]
    else:
        taken = (hours[:, None] * np.array(ROLES)) * luck.lognormal(0, 0.3, (n, 1, POOLS))
    least = taken.min(axis=1).sum(axis=0)
    return value, taken, least + 0.15 * (taken.max(axis=1).sum(axis=0) - least)


def timed(what: str, bar: str, work: Any, *given: Any) -> Any:
    """Run a piece of work and print what it took, by the clock and of the processor; the memory is the most so far."""
    begin, busy = time.perf_counter(), time.process_time()
    found = work(*given)
    took, busy = time.perf_counter() - begin, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  {what:<42} {took:6.2f} s  {bar:<10} processor {busy:5.2f} s  peak {peak:.2f} GB", flush=True)
    return found


def measured(n: int, bars: tuple[str, str]) -> bool:
    """Every form at one size, and its accounts to CSMs; whether all gaps and loads keep their bars."""
    import numpy as np

    from cslab.measure.allocation import allocate, assign

    good = True
    for form in FORMS:
        value, hours, capacity = company(n, form)
        found = timed(f"{n:,} × 4 × {POOLS}, pools {form}", bars[0], allocate, value, hours, capacity)
        work = hours[np.arange(n), found.choice].sum(axis=1)
        now = np.random.default_rng(2).integers(0, CSMS, n)
        team = timed(f"to {CSMS} CSMs", bars[1], assign, work, np.full(CSMS, work.sum() / CSMS), now)
        print(f"    gap {found.gap:.1e}, largest load {team.overload:.2%} above the fair part, {team.moved:,} moved")
        good &= found.gap <= 1e-3 and team.overload <= 0.02
    return good


def integer_programme(value: Any, hours: Any, capacity: Any) -> float:
    """The best that HiGHS finds, to a gap of a ten-thousandth or in 60 s."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix, kron, vstack

    n, options = value.shape
    one_each = kron(csr_matrix(np.eye(n)), np.ones((1, options)))
    rows = vstack([one_each, csr_matrix(hours.reshape(n * options, -1).T)])
    limits = np.r_[np.ones(n), np.full(len(capacity), -np.inf)], np.r_[np.ones(n), capacity]
    settings = {"mip_rel_gap": 1e-4, "time_limit": 60.0}
    whole, within = np.ones(value.size), LinearConstraint(rows, *limits)
    found = milp(-value.ravel(), constraints=within, integrality=whole, bounds=Bounds(0, 1), options=settings)
    return -float(found.fun)


def beside_the_integer_programme(n: int = 500) -> None:
    """Every form at a size that an integer programme can do, and how much of its best is reached."""
    from cslab.measure.allocation import allocate

    for form in FORMS:
        value, hours, capacity = company(n, form)
        found = timed(f"{n} accounts, pools {form}", "", allocate, value, hours, capacity)
        best = timed("  integer programme", "", integer_programme, value, hours, capacity)
        print(f"    reached {found.value / best:.5f} of its best; own gap {found.gap:.1e}")


def main() -> int:
    """Print every figure with its bar."""
    import numpy
    import scipy

    asked = [int(word) for word in sys.argv[1:3]]
    accounts, many = [*asked, *(20_000, 200_000)[len(asked) :]]
    libraries = f"NumPy {numpy.__version__}, SciPy {scipy.__version__}"
    print(f"{platform.machine()}, Python {platform.python_version()}, {libraries}")
    good = measured(accounts, ("(bar 1 s)", "(bar 2 s)"))
    good &= measured(many, ("(bar 20 s)", ""))
    beside_the_integer_programme()
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
