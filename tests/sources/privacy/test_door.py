"""What the door does with columns: who is named gets a pseudonym, sentences are dropped, codes stay, joins hold."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.sources.findings import Findings
from cslab.sources.privacy import masked
from cslab.sources.privacy.pseudonym import FORM
from cslab.sources.rules import FileMapping


def behind(mask=None, **tables):
    """What is behind the door of some tables, each given as columns."""
    frames = {name: pd.DataFrame(columns) for name, columns in tables.items()}
    return masked(frames, {}, FileMapping("mapping.toml", mask=mask or {}), Findings())


def column(name, *words):
    """The column of ``accounts`` behind the door; None where it was dropped."""
    return behind(accounts={name: list(words)}).tables["accounts"].get(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_name", ["Globex", "山田商事"]),
        ("x_担当者", ["山田", "植岡"]),
        ("x_contact_name", ["Ueoka", "Doe"]),
        ("x_電話", ["0312345678", "+81 3 1234 5678"]),
        ("x_phone", [312345678, 398765432]),
        ("x_区分", ["a@example.com", "b@example.com"]),
        ("x_区分", ["株式会社甲", "(有)乙"]),
        ("x_requester_domain", ["globex.example", "yamada.co.jp"]),
        ("x_区分", ["佐藤 花子", "鈴木一郎"]),
    ],
)
def test_names_mails_and_phones_become_pseudonyms(name, words):
    assert all(FORM.fullmatch(word) for word in column(name, *words))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("notes_ja", ["短い"]),
        ("x_備考", ["済み次第"]),
        ("x_description", ["call back"]),
        ("x_住所", ["港区1-2-3"]),
        ("x_zip", [1070052]),
        ("x_生年月日", pd.to_datetime(["1990-01-01"])),
        ("x_q1", ["導入の効果が出てきたので来期は席数を増やしたい", "画面が遅いと現場から言われて困っています"]),
    ],
)
def test_sentences_addresses_and_birthdays_are_dropped(name, words):
    table = "interviews" if name == "notes_ja" else "accounts"
    found = behind(**{table: {"account_id": [f"A{n}" for n, _ in enumerate(words)], name: list(words)}})
    assert list(found.tables[table]) == ["account_id"] and found.ways == {f"{table}.{name}": "drop"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_id", ["A1", "7590-VHVEG", "0015g00000XyzAbQAA", "顧客0012", "合計", "12"]),
        ("industry", ["製造", "医療・福祉", "it"]),
        ("region", ["山口県", "石川", "東京都"]),
        ("x_phone_service", ["Yes", "No", "No phone service"]),
        ("x_担当者数", [3, 12]),
        ("x_product_name", ["GTX Pro", "MG Special"]),
        ("x_contact", ["あり", "なし"]),
        ("x_payment", ["Credit card (automatic)", "Mailed check"]),
        ("x_note", ["yes", "no"]),
        ("employees", [10, 20]),
    ],
)
def test_codes_categories_and_numbers_stay_as_they_are(name, words):
    assert column(name, *words).tolist() == words
    assert behind(accounts={name: words}).ways == {}


def test_an_id_that_names_gets_the_same_pseudonym_in_every_table_so_that_joins_hold():
    found = behind(
        accounts={"account_id": ["A1", "Globex", "山田商事"], "x_csm_id": ["植岡 花子", "C2", None]},
        contracts={"account_id": ["Globex", "Globex", "A1"]},
        csm={"csm_id": ["C2", "植岡 花子"]},
    ).tables
    joined = (
        found["contracts"]
        .merge(found["accounts"], on="account_id")
        .merge(found["csm"], left_on="x_csm_id", right_on="csm_id")
    )
    assert len(joined) == 3 and found["accounts"]["account_id"].iloc[0] == "A1"
    assert found["accounts"]["x_csm_id"].tolist()[1:] == ["C2", None]


def test_a_header_that_speaks_of_names_takes_every_value_of_the_id_in_every_table():
    cells = {"contracts": pd.DataFrame({"account_id": ["A1"], "顧客名": ["yama7"]})}
    from cslab.sources.mapped import RawFile
    from cslab.sources.rules import Rule, TableRules

    tables = {
        "accounts": pd.DataFrame({"account_id": ["yama7", "甲"]}),
        "contracts": pd.DataFrame({"account_id": ["yama7"]}),
    }
    mapping = FileMapping("m", {"accounts": TableRules(columns={"account_id": Rule(column="顧客名")})})
    found = masked(tables, {"accounts": RawFile("a.csv", cells["contracts"])}, mapping, Findings()).tables
    assert FORM.fullmatch(found["contracts"]["account_id"].iloc[0])
    assert found["contracts"]["account_id"].iloc[0] == found["accounts"]["account_id"].iloc[0]


def test_the_mapping_has_the_last_word():
    columns = {"account_id": ["A1"], "account_name": ["Globex"], "industry": ["it"], "x_備考": ["vip"]}
    mask = {"accounts.account_name": "keep", "accounts.industry": "pseudonym", "accounts.x_備考": "keep"}
    found = behind(mask=mask, accounts=columns)
    row = found.tables["accounts"].iloc[0]
    assert (row["account_name"], row["x_備考"]) == ("Globex", "vip") and FORM.fullmatch(row["industry"])
    assert found.ways == mask
    assert "x_備考" not in behind(mask={"accounts.x_備考": "drop"}, accounts=columns).tables["accounts"]


def test_a_word_of_the_mapping_about_no_column_is_a_fault():
    findings = Findings()
    masked(
        {"accounts": pd.DataFrame({"account_name": ["A"]})},
        {},
        FileMapping("m", mask={"accounts.name": "keep"}),
        findings,
    )
    assert [(fault.key, fault.values["near"]) for fault in findings.faults] == [
        ("mask_absent", "accounts.account_name")
    ]


def test_pseudonyms_that_are_read_again_stay_the_same():
    once = behind(accounts={"account_id": ["Globex"], "account_name": ["Globex KK"]}).tables
    again = behind(accounts=once["accounts"].to_dict("list")).tables
    pd.testing.assert_frame_equal(once["accounts"], again["accounts"])


def test_categories_stay_categories():
    found = column("x_担当者", *pd.Categorical(["甲野", "乙川", "甲野"]))
    assert found.iloc[0] == found.iloc[2] != found.iloc[1]
    frame = pd.DataFrame({"x_担当者": pd.Categorical(["甲野", None, "甲野"])})
    assert masked({"accounts": frame}, {}, FileMapping(), Findings()).tables["accounts"]["x_担当者"].dtype == "category"


def test_what_was_done_is_said_with_the_names_of_columns_only():
    findings = Findings()
    frame = pd.DataFrame({"account_id": ["A1"], "account_name": ["Globex"], "x_備考": ["secret"]})
    masked({"accounts": frame}, {}, FileMapping(), findings)
    said = {note.key: note.values["columns"] for note in findings.notes}
    assert said == {
        "personal_pseudonym": "accounts.account_name",
        "personal_drop": "accounts.x_備考",
        "personal_codes": "account_id",
    }


@settings(max_examples=20)
@given(st.lists(st.text(min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1, max_size=8))
def test_different_ids_stay_different_and_equal_ones_equal(ids):
    frame = pd.DataFrame({"account_id": pd.Series(ids, dtype=object)})
    found = masked({"contracts": frame}, {}, FileMapping(), Findings()).tables["contracts"]["account_id"]
    assert found.groupby(found).ngroup().nunique() == len(set(ids))
    assert [list(found).index(word) for word in found] == [ids.index(word) for word in ids]


def test_words_that_tell_nearly_every_customer_apart_are_names_whatever_the_header_says() -> None:
    names = [
        family + given
        for family in ("植岡", "薬袋", "小鳥遊", "月見里", "御手洗")
        for given in ("花", "海", "空", "星", "凪")
    ]
    frame = pd.DataFrame(
        {"account_id": [f"A{row}" for row in range(25)], "x_紹介": names, "x_版": [f"v{row}" for row in range(25)]}
    )
    behind = masked({"accounts": frame}, {}, FileMapping(), Findings())
    assert behind.ways == {"accounts.x_紹介": "pseudonym"}
    again = pd.concat([frame] * 3, ignore_index=True).assign(account_id=[f"A{row}" for row in range(75)])
    assert masked({"accounts": again}, {}, FileMapping(), Findings()).ways == {}
