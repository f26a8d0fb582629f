"""Models tried on what they have not seen: near the ceiling on simulated books, and on two published lists."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.measure import landmark, scores

SHARED = Path(__file__).parents[4] / "shared" / "data"

pytestmark = pytest.mark.slow


def test_a_landmark_model_comes_near_the_ceiling_and_beats_the_calendar():
    # The full study: tests/bench/bench_ceiling.py.
    lines = []
    for seed in range(1, 5):
        book = cslab.load(f"synthetic:default_jp?accounts=1500&seed={seed}")
        rows = landmark.held_out(book, 3, sets=("calendar", "usage"))
        rows["calendar"] = landmark.held_out(book, 3, sets=("calendar",))["risk"]
        found = scores.beside_ceiling(book, rows, 3, futures=8)
        lines.append(dict(zip(found["what"], found["estimate"], strict=True)))
    table = pd.DataFrame(lines)
    gap = table["score"] - table["ceiling"]
    assert abs(gap.mean()) < 0.02 + 3 * gap.std(ddof=1) / 2
    assert table["score"].mean() > table["calendar"].mean() > 0.7


@pytest.mark.parametrize("folder", ["telco", "saas_churn"])
def test_on_published_customers_the_score_is_that_of_a_plain_model_cross_validated_by_scikit_learn(folder):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    if not (path := SHARED / folder).exists():
        pytest.skip(f"needs ../shared/data/{folder}, which may not be copied into the project")
    book = cslab.load(f"folder:{path}")
    rows = landmark.held_out(book, 1, penalty=1.0)  # as much as scikit-learn takes by itself
    found, fit = scores.auc(rows, 1), scores.calibration(rows, 1)
    assert found.estimate == pytest.approx(roc_auc_score(rows["event"], rows["risk"]))
    known = pd.get_dummies(landmark.features_at(book, rows)).fillna(0.0).astype(float)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    theirs = cross_val_predict(model, known, rows["event"], cv=5, method="predict_proba")[:, 1]
    assert roc_auc_score(rows["event"], theirs) == pytest.approx(found.estimate, abs=0.01)
    assert found.low < found.estimate < found.high < found.low + 0.04
    assert fit.ratio.low < 1 < fit.ratio.high and np.isfinite(fit.slope.low)
