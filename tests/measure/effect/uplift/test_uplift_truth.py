"""Over companies whose touch was given by lot: the limits of an order's worth, and of what is left, hold the truth."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from tests.measure.coverage import holds

BOOKS = 24


def study():
    """The study of the benches, which runs over many more companies."""
    place = Path(__file__).resolve().parents[3] / "bench" / "bench_uplift_truth.py"
    spec = importlib.util.spec_from_file_location("bench_uplift_truth", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("part", ["without_effect", "with_effect", "left"])
def test_limits_hold_the_truth_and_nothing_is_biased(part: str):
    judge = getattr(study(), part)
    found = [row for seed in range(1, BOOKS + 1) for row in judge(seed, 2_000)]
    for name in {one for one, _, _ in found}:
        rows = [study_row(one, true) for which, one, true in found if which == name]
        off = np.array([row[0] for row in rows])
        hits = sum(row[1] for row in rows)
        assert holds(hits, len(rows)) or (name.startswith("area") and hits == len(rows)), name
        assert abs(off.mean()) < 4 * off.std(ddof=1) / np.sqrt(len(off)), name


def study_row(one: object, true: float) -> tuple[float, bool]:
    """How far an estimate is off, and whether its limits hold the truth."""
    low, high, estimate = (
        one[key] if hasattr(one, "keys") else getattr(one, key) for key in ("low", "high", "estimate")
    )
    return estimate - true, bool(low <= true <= high)
