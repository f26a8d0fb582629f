"""Whether limits of chains and of time in a state hold a truth that is known, as often as they say.

Customers move by one known chain; some are seen late, all are watched for as long as the records run. The limits of
acceptance are those of a two-sided exact binomial test at level .001.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from cslab.measure.multistate import Chain, chain_of, expected_time
from tests.measure.coverage import acceptable

pytestmark = pytest.mark.slow  # a study over many companies

STATES, END = ("new", "on", "due"), "gone"
TRUTH = Chain(
    STATES,
    (END,),
    np.array([[0.70, 0.25, 0.00, 0.05], [0.00, 0.88, 0.11, 0.01], [0.00, 0.55, 0.38, 0.07]]),
    np.ones(3),
    np.zeros(3),
)
REWARD = {"new": 80.0, "on": 100.0, "due": 110.0}
COMPANIES, CUSTOMERS, MONTHS = 1_000, 400, 36


def histories(draws: np.random.Generator) -> np.ndarray:
    """The state of each customer in each month, 3 for gone."""
    reach = np.vstack([np.cumsum(TRUTH.probability, axis=1), [0, 0, 0, 1]])
    found = np.zeros((CUSTOMERS, MONTHS), int)
    for month in range(1, MONTHS):
        found[:, month] = (draws.random(CUSTOMERS)[:, None] > reach[found[:, month - 1]]).sum(axis=1)
    return np.minimum(found, 3)


def counted(found: np.ndarray, late: np.ndarray) -> pd.DataFrame:
    """Moves from month to month that were seen."""
    seen = (np.arange(MONTHS - 1) >= late[:, None]) & (found[:, :-1] < 3)
    pairs = pd.DataFrame({"from": found[:, :-1][seen], "to": found[:, 1:][seen]})
    names = dict(enumerate((*STATES, END)))
    return pairs.value_counts().reset_index().replace({"from": names, "to": names})


def as_spells(found: np.ndarray, late: np.ndarray) -> pd.DataFrame:
    """Stays in one state, seen from the month a customer is first watched."""
    names, rows = (*STATES, END), []
    for customer, (path, first) in enumerate(zip(found, late, strict=True)):
        changes = [month for month in range(first + 1, MONTHS) if path[month] != path[month - 1]]
        for begin, stop in zip([first, *changes], [*changes, MONTHS - 1], strict=True):
            if path[begin] < 3 and begin < stop:
                to = names[path[stop]] if path[stop] != path[begin] else None
                rows.append((customer, names[path[begin]], to, begin, stop))
    return pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])


@cache
def companies() -> list[tuple[np.ndarray, np.ndarray]]:
    """Histories of many companies, and the month that each customer is watched from."""
    draws = np.random.default_rng(20240401)
    return [
        (histories(draws), np.where(draws.random(CUSTOMERS) < 0.4, draws.integers(1, 12, CUSTOMERS), 0))
        for _ in range(COMPANIES)
    ]


@cache
def fitted() -> list[Chain]:
    """The chain of each company."""
    return [chain_of(counted(*company), [END], STATES) for company in companies()]


def judged(rows: pd.DataFrame, truth: float) -> None:
    """Print bias, coverage and width; fail where the truth is not held as often as the limits say."""
    covered = int(((rows["low"] <= truth) & (truth <= rows["high"])).sum())
    low, high = acceptable(len(rows))
    bias = (rows["estimate"].mean() - truth) / (rows["estimate"].std(ddof=1) / np.sqrt(len(rows)))
    width = (rows["high"] - rows["low"]).mean()
    print(
        f"truth {truth:.3f}, bias {bias:+.1f} Monte-Carlo errors, covered {covered} of {len(rows)}, width {width:.3f}"
    )
    assert low <= covered <= high


@pytest.mark.parametrize("horizon", [36, None])
def test_limits_of_the_value_hold_the_truth(horizon):
    rows = pd.concat([chain.value(REWARD, 0.1, horizon).iloc[[0]] for chain in fitted()])
    judged(rows, TRUTH.values(REWARD, 0.1, horizon)[0])


@pytest.mark.parametrize("state", STATES)
def test_limits_of_a_gain_hold_the_truth(state):
    rows = pd.concat([chain.gain(state, 0.2, REWARD, 0.1, 36).iloc[[0]] for chain in fitted()])
    judged(rows, TRUTH.relieved(state, 0.2).values(REWARD, 0.1, 36)[0] - TRUTH.values(REWARD, 0.1, 36)[0])


def test_limits_of_a_slope_hold_the_truth():
    def slope(chain: Chain) -> pd.DataFrame:
        return chain.sensitivity(REWARD, 0.1, 36).query("state == 'new' and `from` == 'due' and to == 'gone'")

    judged(pd.concat([slope(chain) for chain in fitted()[:200]]), slope(TRUTH)["estimate"].item())


def test_limits_of_time_in_a_state_hold_the_truth():
    horizon, found = 24, []
    for company in companies()[:200]:
        rows = expected_time(as_spells(*company), horizon, states=(*STATES, END)).frame()
        found.append(rows.query("`from` == 'new' and to == 'on'"))
    judged(pd.concat(found), TRUTH.months(horizon).loc["new", "on"])
