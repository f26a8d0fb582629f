"""What the true chances alone would tell, and that no list is better than theirs."""

import pandas as pd
import pytest

from cslab import world
from cslab.measure import landmark


class Known:
    """A truth that knows four customers."""

    def risk(self, as_of, horizon, futures):
        return pd.DataFrame({"account_id": list("ABCD"), "risk": [0.5, 0.3, 0.1, 0.1], "risk_error": 0.0})


ROWS = pd.DataFrame({"account_id": list("ABCDE"), "as_of": pd.Timestamp("2024-03-31")})


def test_the_share_leaving_is_the_mean_chance_of_those_there():
    assert float(landmark.share_leaving(Known(), ROWS, 3)) == pytest.approx(0.25)
    assert landmark.share_leaving(Known(), ROWS, 3).n == 4


def test_the_best_list_calls_those_with_the_highest_chances():
    assert float(landmark.best_list(Known(), ROWS, 3, share=0.5)) == pytest.approx(0.4)
    assert landmark.best_list(Known(), ROWS, 3, share=0.5).n == 2


def test_without_a_truth_or_anybody_there_nobody_can_say():
    assert landmark.best_list(None, ROWS, 3, 0.5) is None and landmark.share_leaving(None, ROWS, 3) is None
    assert landmark.share_leaving(Known(), ROWS[4:], 3) is None


@pytest.mark.slow
def test_who_left_of_a_large_company_is_what_could_be_expected():
    book = world.company("default_jp", accounts=4000)
    left = landmark.outcomes(book, "2024-03-31", 6)
    expected = landmark.share_leaving(book.truth, left, 6, futures=16)
    error = (expected.estimate * (1 - expected.estimate) / len(left)) ** 0.5
    assert abs(left["event"].mean() - expected.estimate) < 4 * error
