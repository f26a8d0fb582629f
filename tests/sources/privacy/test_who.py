"""Finding a customer again: on a terminal, with the files and the key."""

import sys

import pytest

import cslab
from cslab import cli


@pytest.fixture
def company(tmp_path):
    """A folder of one customer, and its pseudonym."""
    (tmp_path / "accounts.csv").write_text("account_id,account_name\nA1,甲乙商店\nA2, 丙丁商店\n", encoding="utf-8")
    contracts = "account_id,start,end\nA1,2023-04-01,2024-04-01\nA2,2023-04-01,2024-04-01\n"
    (tmp_path / "contracts.csv").write_text(contracts, encoding="utf-8")
    return f"folder:{tmp_path}", cslab.load(f"folder:{tmp_path}").accounts["account_name"].tolist()


@pytest.fixture
def ask(monkeypatch, capsys):
    """The verb as it is typed, with or without a terminal: exit code and all that was printed."""

    def ask(*arguments, terminal=True):
        monkeypatch.setattr(sys, "argv", ["cslab", "who", *arguments])
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out + err

    return ask


def test_a_pseudonym_is_told_with_file_column_and_row(company, ask):
    source, names = company
    code, said = ask(names[1], source)
    assert (
        code == 0
        and all(word in said for word in ("丙丁商店", "accounts.csv", "account_name", "3"))
        and "甲乙" not in said
    )


def test_names_go_to_no_file_and_no_other_program(company, ask):
    source, names = company
    code, said = ask(names[0], source, terminal=False)
    assert code == 2 and "甲乙" not in said and "terminal" in said


@pytest.mark.parametrize(
    ("given", "says"), [("p_00000000000000", "nothing in these files"), ("甲乙商店", "not a pseudonym")]
)
def test_what_stands_for_nobody_is_told(company, ask, given, says):
    code, said = ask(given, company[0])
    assert code == 2 and says in said


def test_made_up_companies_have_no_pseudonyms(ask):
    code, said = ask("p_00000000000000", "synthetic:tiny")
    assert code == 2 and "made up" in said
