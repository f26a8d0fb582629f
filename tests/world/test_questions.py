"""Questions to the truth that have no answer are refused with how to put them; a null company has no effects."""

import pytest

from cslab import load, world
from cslab.faults import UsageError

TRUTH = world.company("tiny").truth


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: TRUTH.expected(horizon=0, futures=2), ("horizon", "0")),
        (lambda: TRUTH.expected(futures=0), ("futures", "0")),
        (lambda: TRUTH.expected(since="soon", futures=2), ("soon",)),
        (lambda: TRUTH.expected([], futures=2), ("policy", "all_high")),
        (lambda: TRUTH.effect("all_high", horizon=-1), ("horizon", "-1")),
        (lambda: TRUTH.channels(futures=0), ("futures", "0")),
        (lambda: TRUTH.risk("2024-02-31"), ("2024-02-31",)),
        (lambda: TRUTH.followed(-5, "2024-03-31"), ("horizon", "-5")),
        (lambda: TRUTH.followed(12, "31.3."), ("31.3.",)),
        (lambda: TRUTH.survival(-1), ("horizon", "-1")),
    ],
)
def test_what_has_no_answer_is_refused_in_both_languages(asked, said):
    with pytest.raises(UsageError) as caught:
        asked()
    assert len(caught.value.faults) == 1
    assert all(word in caught.value.text(lang) for word in said for lang in ("en", "ja"))


def test_all_that_is_wrong_with_a_question_is_said_at_once():
    with pytest.raises(UsageError) as caught:
        TRUTH.expected(since="soon", horizon=0, futures=-1)
    assert [fault.key for fault in caught.value.faults] == ["not_positive", "not_positive", "as_of_unreadable"]


def test_a_source_whose_first_parameter_follows_an_ampersand_is_refused_with_the_right_spelling():
    with pytest.raises(UsageError) as caught:
        load("synthetic:tiny&policy=rule&seed=2")
    for lang in ("en", "ja"):
        assert "synthetic:tiny?policy=rule&seed=2" in caught.value.text(lang)


def test_no_link_that_anything_runs_through_has_an_effect_in_a_null_company():
    table = world.company("no_effect", accounts=60).truth.chains()
    acting = table[
        table["runs"] & table["to"].isin(["expected_value", "expected_value_until_onboarded", "disengagement"])
    ]
    assert len(acting) >= 2 and (acting["strength"] == 0).all()
    assert world.preset("no_effect").content_effect == (0, 0)


def test_without_the_community_and_content_a_null_company_expects_the_same_of_everybody():
    null = world.preset("no_effect").with_(accounts=100)
    without = null.with_(addons=",".join(name for name in null.addons if name not in ("community", "content")))
    found = [world.company(one).truth.expected(horizon=12, futures=4) for one in (null, without)]
    assert found[0].equals(found[1])
