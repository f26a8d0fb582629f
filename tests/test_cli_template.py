"""The verb of the empty workbook: written where asked for, said in the reader's language, refused with the cure."""

import sys

import openpyxl
import pytest

from cslab import cli


@pytest.fixture
def template(monkeypatch, capsys, tmp_path):
    """Gives the verb as it is typed, in an empty folder; returns exit code, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def give(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", "template", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


@pytest.mark.parametrize(("lang", "said"), [("en", "Fill it in from row 5 on"), ("ja", "5行目から書き込み")])
def test_a_template_is_written_and_its_source_string_said(template, tmp_path, lang, said):
    code, out, _ = template("accounts", "contracts", "-o", "my.xlsx", "--lang", lang)
    assert code == 0 and said in out and "folder:my.xlsx" in out
    assert openpyxl.load_workbook(tmp_path / "my.xlsx").sheetnames == ["accounts", "contracts"]


def test_a_misspelt_table_is_told_with_the_nearest(template, tmp_path):
    code, _, complaint = template("acounts", "-o", "my.xlsx", "--lang", "en")
    assert code == 2 and "nearest: accounts" in complaint and not list(tmp_path.iterdir())
