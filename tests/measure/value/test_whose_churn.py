"""Who was sold wrongly and who was served wrongly: one score, held against first renewals and later ones."""

import math

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.measure import scores, value
from cslab.measure.value.whose_churn import _apart, _places


def renewals(count: int, twice: bool) -> pd.DataFrame:
    """As many first renewals as later ones, every second one refused: of the same accounts, or of others."""
    place = np.arange(2 * count)
    ids = [f"A{one % count if twice else one}" for one in place]
    rows = pd.DataFrame({"account_id": ids, "event": place % 2 == 0, "risk": np.cos(place * place)})
    rows["renewal"] = np.where(place < count, "first", "later")
    return rows.assign(time=np.where(rows["event"], 2, 6))


def test_the_rule_is_the_difference_of_one_score_at_first_and_later_renewals():
    rows = renewals(60, twice=False)
    both = [scores.auc(rows[rows["renewal"] == renewal], 3) for renewal in ("first", "later")]
    found = _apart(rows, [rows["risk"].to_numpy()], 3)
    assert found.estimate == pytest.approx(both[0].estimate - both[1].estimate)
    assert found.std_error == pytest.approx(math.hypot(both[0].std_error, both[1].std_error))  # other accounts


def test_an_account_on_both_sides_is_counted_once():
    rows = renewals(60, twice=True)
    rows["risk"] = np.tile(rows["risk"].head(60), 2)  # each account alike at its first and its later renewal
    found = _apart(rows, [rows["risk"].to_numpy()], 3)
    assert (found.estimate, found.n) == (0, 60)
    assert found.std_error == pytest.approx(0)


def test_with_too_few_who_left_on_one_side_there_is_no_difference():
    rows = renewals(60, twice=False)
    rows.loc[rows["renewal"] == "later", "event"] = False
    assert math.isnan(_apart(rows, [rows["risk"].to_numpy()], 3).estimate)


@pytest.mark.slow
def test_noise_tells_leavers_from_stayers_no_better_than_a_coin_and_no_worse():
    rng = np.random.default_rng(3)
    found = []
    for _ in range(12):
        rows = renewals(60, twice=False)
        rows["event"] = rng.permutation(np.arange(120) < 24)
        noise = pd.DataFrame({"noise": rng.normal(size=120)})
        found += [
            float(scores.auc(rows.assign(risk=place, time=np.where(rows["event"], 2, 6)), 3))
            for place in _places(rows, noise, 3)
        ]
    error = np.std(np.reshape(found, (12, -1)).mean(axis=1), ddof=1) / np.sqrt(12)
    assert abs(np.mean(found) - 0.5) < 4 * error


@pytest.mark.slow
def test_what_signing_tells_and_what_it_could_tell_agree_on_the_rule():
    book = cslab.load("synthetic:default_jp?seed=9&accounts=3000")
    found = value.whose_churn(book)
    hidden = found[found["known"] == "hidden_fit"].set_index("renewal")["estimate"]
    rule = value.sales_rule(found)
    assert rule.low < hidden["first"] - hidden["later"] < rule.high
