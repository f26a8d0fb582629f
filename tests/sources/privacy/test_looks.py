"""What texts look like."""

import pytest

from cslab.sources.privacy.looks import is_company, is_mail, is_person, is_phone, is_plain, is_pseudonymous


@pytest.mark.parametrize(
    "text", ["山田 太郎", "山田太郎", "佐々木希", "鈴木様", "Taro Yamada", "YAMADA Taro", "Smith, John"]
)
def test_people(text):
    assert is_person(text)


@pytest.mark.parametrize(
    "text", ["山口県", "千葉市", "石川支店", "林業", "森林組合", "Real Estate", "Customer Success", "it"]
)
def test_no_people(text):
    assert not is_person(text)


@pytest.mark.parametrize(
    "text", ["株式会社甲", "乙㈱", "(株)丙", "丁合同会社", "Acme Corp.", "Foo, Inc", "Foo Co., Ltd."]
)
def test_companies(text):
    assert is_company(text)


@pytest.mark.parametrize("text", ["Corp", "incident", "製造業", "Enterprise", "co-op", "large account"])
def test_no_companies(text):
    assert not is_company(text)


@pytest.mark.parametrize(
    "text", ["03-1234-5678", "090-1234-5678", "0312345678", "+81-3-1234-5678", "(03)1234-5678", "０３-1234-5678"]
)
def test_phones(text):
    assert is_phone(text)


@pytest.mark.parametrize(
    "text", ["2024-04-01", "1234567", "0012345678", "12.50", "+12.50", "10-50", "C-2024-0001", "1,234,567"]
)
def test_no_phones(text):
    assert not is_phone(text)


def test_a_mail_is_found_inside_a_sentence_and_in_full_width():
    assert is_mail("返信は taro.yamada@example.co.jp まで") and is_mail("taro＠example.com") and not is_mail("@taro")


@pytest.mark.parametrize(
    "text", ["C001", "acc_0012", "8c3f00a1-0000-4000-8000-0123456789ab", "契約-0012", "S", "EMEA", "p_9f86d081884c7d"]
)
def test_codes(text):
    assert is_pseudonymous(text)


@pytest.mark.parametrize(
    "text", ["植岡", "ueoka", "sato3", "甲乙商店2", "Acme 3000", "jiro@example.com", "090-1234-5678", "Plant Works"]
)
def test_no_codes(text):
    assert not is_pseudonymous(text)


@pytest.mark.parametrize(
    "text", ["令和6年13月1日", "1,200千円(税別)", "30日後", "Mthly", "31.13.2024", "未定", "約3か月", "abc"]
)
def test_slips_of_numbers_and_days_can_be_shown(text):
    assert is_plain(text)


@pytest.mark.parametrize("text", ["植岡 花子", "甲乙商店2", "Hanako Plant", "担当 植岡"])
def test_names_in_the_place_of_numbers_are_not_shown(text):
    assert not is_plain(text)
