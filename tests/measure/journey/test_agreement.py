"""Fleiss' kappa on published votes."""

import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure.journey import agreement

# fourteen raters put ten subjects into five categories: the worked example of Fleiss' kappa (0.210)
EXAMPLE = [
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
]


def votes(counts: list[tuple[int, ...]]) -> pd.DataFrame:
    cast = [[word for word, count in enumerate(row) for _ in range(count)] for row in counts]
    rows = [(item, voter, vote) for item, row in enumerate(cast) for voter, vote in enumerate(row)]
    return pd.DataFrame(rows, columns=["item", "voter", "vote"])


def test_the_worked_example_comes_out():
    found = agreement(votes(EXAMPLE))
    assert found.estimate == pytest.approx(0.210, abs=5e-4)
    assert found.n == 10
    half = 2.262 * found.std_error  # Student's t with nine degrees of freedom
    assert (found.low, found.high) == (
        pytest.approx(found.estimate - half, abs=1e-4),
        pytest.approx(found.estimate + half, abs=1e-4),
    )


def test_a_single_item_has_no_limits():
    found = agreement(votes([(3, 2)]))
    assert pd.isna(found.low) and pd.isna(found.high)


def test_all_agree_on_different_things():
    assert agreement(votes([(5, 0), (0, 5), (5, 0)])).estimate == 1


def test_two_who_never_agree_are_below_chance():
    assert agreement(votes([(1, 1), (1, 1)])).estimate == -1


def test_items_with_one_vote_say_nothing():
    assert agreement(votes([(5, 0), (0, 5), (1, 0)])).n == 2


def test_one_answer_to_everything_tells_nothing_of_agreement():
    with pytest.raises(UsageError, match="2"):
        agreement(votes([(5, 0), (5, 0)]))


def test_who_votes_twice_is_named():
    twice = pd.concat([votes([(2, 1), (1, 2)])] * 2)
    with pytest.raises(UsageError, match="voted more than once"):
        agreement(twice)


def test_a_missing_column_names_the_nearest():
    with pytest.raises(UsageError, match="voters"):
        agreement(votes([(2, 1)]).rename(columns={"voter": "voters"}))


def test_too_few_items_or_items_that_are_all_split_alike_have_no_limits():
    for cast in ([(1, 2, 0), (0, 3, 0), (2, 0, 1), (1, 1, 1)], [(2, 1), (1, 2)] * 4):
        found = agreement(votes(cast))
        assert pd.isna(found.low) and pd.isna(found.high) and pd.isna(found.std_error)
