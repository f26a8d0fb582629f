"""Messages of the folder door that would show a cell show nobody."""

import pytest

import cslab
from cslab.faults import CslabError, Fault
from cslab.sources.privacy import veiled_faults

CONTRACTS = "account_id,start,end\n甲乙商店,2023-04-01,2024-04-01\n"


def said(folder, lang="en"):
    """All that the door says of a folder, whether it opens or not."""
    try:
        return "\n".join(note.text(lang) for note in cslab.load(f"folder:{folder}").notes)
    except CslabError as error:
        return error.text(lang)


@pytest.fixture
def export(tmp_path):
    """A folder of accounts and contracts."""

    def write(accounts, contracts=CONTRACTS):
        (tmp_path / "accounts.csv").write_text(accounts, encoding="utf-8")
        (tmp_path / "contracts.csv").write_text(contracts, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("accounts", "row"),
    [
        ("account_id\n甲乙商店\n甲乙商店\n", "row 3"),
        ("account_id\n甲乙別店\n", "row 2"),
        ("account_id,signed_on\n甲乙商店,植岡 花子\n", "row 2"),
        ("account_id,employees\n甲乙商店,hanako@example.com\n", "row 2"),
        ("account_id,signed_on\n甲乙商店,ご不在のため後日また電話する\n", "row 2"),
        ("account_id\n 甲乙商店\n甲乙商店\n", "row 3"),
    ],
)
def test_a_fault_names_row_and_column_and_no_name(export, accounts, row):
    folder = export(accounts)
    for lang in ("en", "ja"):
        assert not any(word in said(folder, lang) for word in ("甲乙", "植岡", "hanako", "不在"))
    assert row in said(folder)


def test_a_file_without_a_header_does_not_show_its_first_row(export):
    folder = export("甲乙商店,植岡 花子,2023-04-01,it\n丙丁商店,植岡 次郎,2023-04-01,it\n")
    assert not any(word in said(folder, lang) for word in ("甲乙", "植岡") for lang in ("en", "ja"))


def test_a_slip_that_the_mapping_corrects_is_counted_without_its_name(export):
    folder = export("account_id,account_name\n甲乙商店,甲 乙商店\n")
    lines = '[accounts]\naccount_name = { corrects = { "甲 乙商店" = "甲乙商店" } }\n'
    (folder / "mapping.toml").write_text(lines, encoding="utf-8")
    assert "甲" not in said(folder) and "1" in said(folder)


def test_words_that_have_to_be_translated_are_shown():
    fault = Fault("unknown_value", {"where": '"継続" 2×, "植岡様" 1×', "pairs": '"継続" = "..."'})
    shown = veiled_faults([fault], {})[0].values
    assert "継続" in shown["where"] and "植岡" not in shown["where"] and "継続" in shown["pairs"]
