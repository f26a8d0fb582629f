"""Who gets which tier: lines, exceptions, names; and how a rule may be written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cslab.book import Book
from cslab.faults import DataError, NotReady, UsageError
from cslab.measure import touch
from cslab.measure.touch import Bilingual, Exemption, TierRule, read_tier_rule, tier_of

Company = Callable[..., Book]
RULE = TierRule("own", 80e3, 400e3)


def given(book: Book, rule: TierRule) -> dict[str, str]:
    return touch.assign(book, rule).set_index("account_id")["tier"].to_dict()


@pytest.mark.parametrize(
    ("name", "tier"),
    [
        ("ハイタッチ", "high"),
        ("High touch", "high"),
        ("hi-touch", "high"),
        ("ロータッチ", "mid"),
        ("low-touch", "mid"),
        ("ミドルタッチ", "mid"),
        ("ミッドタッチ", "mid"),
        ("Ｔｅｃｈ touch", "tech"),
        ("デジタル", "tech"),
        ("コミュニティ", "community"),
    ],
)
def test_a_tier_goes_by_many_names(name: str, tier: str) -> None:
    assert tier_of(name) == tier


def test_an_unknown_tier_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="high"):
        tier_of("higt")


def test_a_line_belongs_to_the_tier_above_it(company: Company) -> None:
    assert given(company(), TierRule("own", 100e3, 500e3)) == {"A": "tech", "B": "tech", "C": "mid", "D": "high"}
    assert given(company(), TierRule("own", 100_001, 500_001)) == {"A": "tech", "B": "tech", "C": "tech", "D": "mid"}


def test_mrr_at_signing_and_mrr_today_can_give_other_tiers(company: Company) -> None:
    assert given(company(), RULE)["B"] == "tech"
    assert given(company(), TierRule("own", 80e3, 400e3, amount="now"))["B"] == "mid"


def test_only_customers_of_the_last_day_get_a_tier(company: Company) -> None:
    assert list(given(company("2025-04-30"), RULE)) == []
    assert set(given(company("2023-05-31"), RULE)) == {"A", "B", "C", "D"}


def test_the_first_exception_that_holds_counts_and_says_so(company: Company) -> None:
    first = Exemption(Bilingual("weak trial"), {"trial_usage": "< 0.1"}, move=1)
    second = Exemption(Bilingual("all small"), {"segment": ["smb"]}, tier="high")
    found = touch.assign(company(), TierRule("own", 80e3, 400e3, exceptions=(first, second))).set_index("account_id")
    assert found["tier"].to_dict() == {"A": "high", "B": "mid", "C": "mid", "D": "high"}
    assert found["by"].to_dict() == {"A": "exception_2", "B": "exception_1", "C": "rule", "D": "rule"}


def test_nobody_is_moved_beyond_the_last_tier(company: Company) -> None:
    up = Exemption(Bilingual("everybody"), {"segment": ["smb", "mid", "enterprise"]}, move=5)
    assert set(given(company(), TierRule("own", 80e3, 400e3, exceptions=(up,))).values()) == {"high"}


def test_the_rule_stands_beside_the_tier_of_today(company: Company) -> None:
    found = touch.assign(company(), RULE).set_index("account_id")
    assert found["present"].to_dict() == {"A": "tech", "B": "mid", "C": "mid", "D": "high"}
    assert found["moves"].to_dict() == {"A": "same", "B": "down", "C": "same", "D": "same"}


def test_the_tier_of_today_is_that_of_the_last_day(company: Company) -> None:
    assert touch.present_tiers(company("2023-11-30").at("2023-11-30"))["B"] == "tech"
    assert touch.present_tiers(company())["B"] == "mid"


def test_without_recorded_tiers_the_rule_still_stands(company: Company) -> None:
    found = touch.assign(company(tier_history=None), RULE)
    assert found["present"].isna().all() and found["moves"].isna().all() and len(found) == 4


def test_customers_without_an_amount_are_left_out_and_counted(company: Company) -> None:
    book = company()
    accounts = book.accounts.assign(mrr0_amount=[50e3, None, 100e3, 500e3])
    found = touch.assign(Book({**book.tables, "accounts": accounts}, book.as_of), RULE)
    assert found["account_id"].tolist() == ["A", "C", "D"] and found.attrs["left_out"] == 1


def test_a_rule_in_another_currency_is_refused(company: Company) -> None:
    with pytest.raises(UsageError, match="USD"):
        touch.assign(company(), TierRule("own", 500, 2500, currency="USD"))


def test_a_column_that_an_exception_asks_for_must_be_there(company: Company) -> None:
    rule = TierRule("own", 1, 2, exceptions=(Exemption(Bilingual("x"), {"industry": "retail"}, move=1),))
    with pytest.raises(NotReady, match="industry"):
        touch.assign(company(), rule)


def test_lines_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(UsageError, match="mid = 500000"):
        RULE.with_lines(500_000, 400_000)


def test_more_for_everybody_until_onboarded() -> None:
    import cslab

    book = cslab.load("synthetic:tiny")
    plain, more = (touch.assign(book, TierRule("own", 80e3, 400e3, onboarding=tier)) for tier in ("", "high"))
    early = more["by"] == "onboarding"
    assert early.any() and not early.all()
    assert set(more.loc[early, "tier"]) == {"high"}
    assert more.loc[~early, "tier"].tolist() == plain.loc[~early, "tier"].tolist()


def test_a_rule_as_people_write_it() -> None:
    text = """
rule: own
amount: now
lines: {mid: 100000, high: 500000}
onboarding: ハイタッチ
exceptions:
  - because: {en: strategic, ja: 戦略顧客}
    when: {segment: [enterprise]}
    tier: ハイ
"""
    rule = read_tier_rule(text)
    assert (rule.amount, rule.lines, rule.onboarding) == ("now", (100e3, 500e3), "high")
    assert rule.exceptions[0].because.text("ja") == "戦略顧客" and rule.exceptions[0].tier == "high"


def test_everything_wrong_with_a_rule_is_told_at_once_with_its_line() -> None:
    text = """rule: own
lines: {mid: 500000, high: 100000}
onboarding: community
exceptions:
  - because: because
    when: {segmnt: smb}
    tier: mid
    move: 1
"""
    with pytest.raises(DataError) as caught:
        read_tier_rule(text, "mine.yaml")
    found = caught.value.text("en")
    assert found.startswith("4 faults in mine.yaml")
    assert [line.strip()[:7] for line in found.splitlines()[1:5]] == ["line 2:", "line 3:", "line 5:", "line 6:"]


def test_the_shipped_rule_can_be_read_and_followed() -> None:
    import cslab

    found = given(cslab.load("synthetic:tiny"), touch.tier_rule())
    assert {*found.values()} == {"tech", "mid", "high"}
