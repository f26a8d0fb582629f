"""What a mapping can say about an export."""

import re
from pathlib import Path

import pandas as pd
import pytest

from cslab.sources import load
from cslab.sources.findings import Findings
from cslab.sources.mapping import read_mapping, shipped
from cslab.sources.rules import FOR_KINDS, WAYS, Rule

ALWAYS = ("values", "otherwise", "blank_when", "corrects", "missing")
"""Settings that suit every kind of column."""
GUIDES = [Path(__file__).parents[2] / "datasets" / name for name in ("MAPPING.md", "MAPPING.ja.md")]


def mapped(opened, contracts: str, rules: str, top: str = "") -> pd.DataFrame:
    return opened(contracts=contracts, mapping=f"{top}\n[contracts]\n{rules}").contracts


def test_columns_and_files_are_renamed(export):
    folder = export(
        accounts=None,
        contracts=None,
        顧客="番号,業種\nA1,製造\n",
        契約="番号,開始,終了\nA1,2023-04-01,2024-04-01\n",
        mapping="""
            [accounts]
            file = "顧客.csv"
            account_id = "番号"
            industry = "業種"
            [contracts]
            file = "契約.csv"
            account_id = "番号"
            start = "開始"
            end = "終了"
        """,
    )
    book = load(f"folder:{folder}")
    assert (list(book.accounts), list(book.contracts)) == (["account_id", "industry"], ["account_id", "start", "end"])
    assert "mapping_own" in [note.key for note in book.notes]


def test_words_are_translated_also_to_numbers_and_flags(opened):
    contracts = mapped(
        opened,
        "account_id,start,end,状態,周期,自動\nA1,2023-04-01,2024-04-01,継続,年,する\n",
        """
        outcome = { column = "状態", values = { "継続" = "renewed" } }
        term_months = { column = "周期", values = { "年" = 12 } }
        auto_renew = { column = "自動", values = { "する" = true } }
        """,
    )
    assert contracts.loc[0, ["outcome", "term_months", "auto_renew"]].tolist() == ["renewed", 12, True]


def test_a_date_format_is_declared_for_one_column_or_for_all(opened):
    text = "account_id,start,end\nA1,03/04/2023,03/04/2024\n"
    day_first = mapped(opened, text, "", 'date_format = "DD/MM/YYYY"')
    mixed = mapped(opened, text, 'start = { date_format = "MM/DD/YYYY" }', 'date_format = "DD/MM/YYYY"')
    assert (
        day_first["start"].tolist()
        == day_first["end"].sub(pd.Timedelta(days=366)).tolist()
        == [pd.Timestamp("2023-04-03")]
    )
    assert mixed["start"].tolist() == [pd.Timestamp("2023-03-04")]


def test_the_last_day_in_force_becomes_the_day_a_renewal_would_start(opened):
    book = opened(
        contracts="account_id,start,end\nA1,2023-04-01,2024-03-31", mapping="[contracts]\nend = { inclusive = true }"
    )
    assert book.contracts["end"].tolist() == [pd.Timestamp("2024-04-01")]
    keys = [note.key for note in book.notes]
    assert "inclusive_end" in keys and "end_looks_inclusive" not in keys


def test_constants_factors_and_words_to_take_off(opened):
    contracts = mapped(
        opened,
        'account_id,start,end,年額\nA1,2023-04-01,2024-04-01,"税別1,200千円"\n',
        """
        product = { constant = "main" }
        mrr_amount = { column = "年額", strip = ["税別", "千"], multiply_by = 1000, divide_by = 12 }
        """,
    )
    assert contracts.loc[0, ["product", "mrr_amount"]].tolist() == ["main", 100_000.0]


def test_a_flag_may_be_inverted_and_a_word_may_mean_nothing(opened):
    contracts = mapped(
        opened,
        "account_id,start,end,manual\nA1,2023-04-01,2024-04-01,1\nA2,2023-04-01,9999-12-31,-\n",
        'auto_renew = { column = "manual", inverted = true, missing = ["-"] }\nend = { missing = ["9999-12-31"] }',
    )
    assert not contracts["auto_renew"][0]
    assert contracts.loc[1, ["auto_renew", "end"]].isna().all()


def test_a_word_that_means_nothing_everywhere(opened):
    contracts = mapped(opened, "account_id,start,end,seats\nA1,2023-04-01,NULL,NULL\n", "", 'missing = ["NULL"]')
    assert contracts.loc[0, ["end", "x_seats"]].isna().all()


def test_an_id_is_joined_from_two_columns_and_blank_where_one_is(export):
    mapping = '[{}]\naccount_id = {{ join = ["支店", "枝番"], separator = "/" }}\n'
    folder = export(
        accounts="支店,枝番\n東京,1\n大阪,2\n",
        contracts="支店,枝番,start,end\n東京,1,2023-04-01,2024-04-01\n",
        mapping=mapping.format("accounts") + mapping.format("contracts"),
    )
    book = load(f"folder:{folder}")
    assert book.accounts["account_id"].tolist() == ["東京/1", "大阪/2"]
    assert list(book.contracts) == ["account_id", "start", "end"]


def test_an_id_with_a_blank_part_is_an_empty_key(export, complaint):
    folder = export(accounts="支店,枝番\n東京,\n", mapping='[accounts]\naccount_id = { join = ["支店", "枝番"] }\n')
    assert "accounts.csv, row 2: account_id is empty" in complaint(folder)


def test_days_and_terms_are_derived_from_each_other(opened):
    ends = mapped(
        opened,
        "account_id,start,term_months\nA1,2024-01-31,1\nA2,2023-04-01,12\n",
        'end = { add_months = ["start", "term_months"] }',
    )
    terms = mapped(
        opened,
        "account_id,start,end\nA1,2023-04-01,2024-04-01\nA2,2023-04-01,2023-05-01\n",
        'term_months = { months_between = ["start", "end"] }',
    )
    assert ends["end"].tolist() == [pd.Timestamp("2024-02-29"), pd.Timestamp("2024-04-01")]
    assert terms["term_months"].tolist() == [12, 1]


def test_a_share_is_made_of_two_counts_and_missing_where_there_is_nothing_to_divide_by(export):
    folder = export(
        usage_monthly="account_id,month,seats,wau\nA1,2023-04-01,10,4\nA1,2023-05-01,0,0\nA2,2023-04-01,8,\n",
        mapping='[usage_monthly]\nwau_ratio = { ratio = ["wau", "seats"] }\n',
    )
    assert load(f"folder:{folder}").usage_monthly["wau_ratio"].fillna(-1).tolist() == [0.4, -1, -1]


def test_a_covariate_may_be_named_and_translated(export):
    folder = export(
        accounts="account_id,満足度\nA1,高い\nA2,低い\n",
        mapping='[accounts]\nx_csat = { column = "満足度", values = { "高い" = 5, "低い" = 1 } }\n',
    )
    assert load(f"folder:{folder}").accounts["x_csat"].tolist() == [5, 1]


def test_one_file_may_feed_two_tables_and_its_other_columns_go_to_the_first(export):
    folder = export(
        accounts=None,
        contracts=None,
        all="id,from,until,NPS\nA1,2023-04-01,2024-04-01,9\n",
        mapping='[accounts]\naccount_id = "id"\n[contracts]\naccount_id = "id"\nstart = "from"\nend = "until"\n',
    )
    book = load(f"folder:{folder}")
    assert (list(book.accounts), list(book.contracts)) == (["account_id", "x_nps"], ["account_id", "start", "end"])


def test_a_mapping_saved_by_a_windows_editor_is_read(export):
    folder = export(mapping='\ufeffcurrency = "USD"\r\n')
    assert load(f"folder:{folder}").currency == "USD"


@pytest.mark.parametrize("name", list(shipped()))
def test_shipped_mappings_hold_no_fault(name):
    findings = Findings()
    mapping = read_mapping(shipped()[name], name, findings)
    assert mapping.recognise or all(section.recognise for section in mapping.tables.values())
    assert not findings.faults


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_examples_of_the_guide_hold_no_fault(guide, tmp_path):
    examples = re.findall(r"```toml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    mappings = [example for example in examples if "engine =" not in example]  # not those of databases.toml
    assert len(mappings) >= 6
    for example in mappings:
        (tmp_path / "mapping.toml").write_text(example, encoding="utf-8")
        findings = Findings()
        read_mapping(tmp_path / "mapping.toml", "mapping.toml", findings)
        assert not findings.faults


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guide_tells_every_way_and_every_setting(guide):
    text = guide.read_text(encoding="utf-8")
    assert all(f"`{name} = " in text or f"`{name}`" in text for name in (*WAYS, *FOR_KINDS, *ALWAYS))
    assert set(Rule.__dataclass_fields__) == {*WAYS, *FOR_KINDS, *ALWAYS, "separator"}


def test_the_first_example_of_the_guide_reads_the_export_it_describes(export):
    example = re.findall(r"```toml\n(.*?)```", GUIDES[0].read_text(encoding="utf-8"), re.DOTALL)[0]
    folder = export(
        accounts=None,
        contracts=None,
        顧客一覧="顧客番号,業種\nA1,製造\n",
        契約='顧客番号,開始日,終了日,年額(税別),状態\nA1,01/04/2023,2024-03-31,"税別1,200,000円",未定\n',
        mapping=example,
    )
    book = load(f"folder:{folder}")
    wanted = ["A1", "main", pd.Timestamp("2023-04-01"), pd.Timestamp("2024-04-01"), 100_000.0, "open"]
    assert book.contracts.iloc[0].tolist() == wanted
