"""The errors that beginners meet, raised for real in an IPython and told in their language."""

from __future__ import annotations

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

import cslab
from cslab.course import beginners, cells, shown, syntax
from cslab.words import LANGUAGES


@pytest.fixture(scope="module")
def running():
    """One IPython with a book, a table, a dict and an answer that is still to be written."""
    shell = InteractiveShell()
    shell.user_ns.update(book=cslab.load("synthetic:tiny"), pd=pd, nrr=..., ages={"smb": 1, "mid": 2})
    shell.user_ns["table"] = pd.DataFrame({"mrr_amount": [100], "segment": ["smb"]})
    shell.run_cell("from cslab.measure import retention")
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def told(running, monkeypatch, capsys):
    """Runs a cell that fails, and gives the lines that are shown."""
    monkeypatch.setattr(shown, "shell", lambda: running)

    def run(code: str, lang: str = "en") -> list[str]:
        cells.prepare(lambda *needs: [], lang)
        result = running.run_cell(code)
        assert not result.success, "the cell must still count as failed"
        printed = capsys.readouterr().out
        assert "Traceback" not in printed
        return printed.strip().splitlines()

    return run


@pytest.mark.parametrize(
    ("code", "half"),
    [
        ("x = （1 + 2）", "x = (1 + 2)"),
        ("print(“株”)", 'print("株")'),
        ('print("a”)', 'print("a")'),
        ("x = [1，2]", "x = [1,2]"),
        ("x ＝ 1", "x = 1"),
        ("x = １０", "x = 10"),
        ("x　= 1", "x = 1"),
        ("x = 「a」", 'x = "a"'),
        ("if x：\n    y", "if x:"),
        ("table［'a'］", "table['a']"),
        ("x = 100％ 3", "x = 100% 3"),
        ("x = 3 − 1", "x = 3 - 1"),
        ("x = f（“（株）アルファ”，　１）", 'x = f("（株）アルファ", 1)'),
    ],
)
def test_a_full_width_letter_is_named_and_the_line_is_shown_in_half_width(told, code, half):
    lines = told(code)
    assert lines[0].startswith("Line 1:")
    assert "full-width" in lines[1]
    assert lines[2].endswith(half)
    assert lines[-1].startswith("SyntaxError:")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('print("a)', "quotation mark is missing"),
        ('x = """a', "quotation mark is missing"),
        ("f(1, 2", "A bracket ( is opened"),
        ("x = [1, 2\ny = 3", "A bracket [ is opened"),
        ("f(1))", "one closing bracket ) too many"),
        ("f(1]", "( is closed with ]"),
        ("if 1:\n    a=1\n      b=1", "should not be there"),
        ("if 1:\nb=1", "must be indented"),
        ("if 1:\n    a=1\n  b=1", "indented differently"),
        ("f(a b)", "comma"),
        ("for x in [1]\n    x", "colon"),
        ("if x = 1: pass", "equals sign"),
        ("print 'a'", "round brackets"),
        ("x = 12months", "number"),
        ("f(a=1, 2)", "without a name"),
        ("x ==", "cannot read this line"),
        ("x = 86%", "percent sign is no part"),
        ("f(86.15 %, 2)", "percent sign is no part"),
        ("x = 12万", "A number is written in a form"),
        ("def f():\n    x = 3か月", "A number is written in a form"),
        ("x = 7 % (", "A bracket ( is opened"),
        ("table[table['a'] = 'smb']", "equals sign"),
        ("return 5", "cannot read this line"),
        ("x = a € b", "does not know the character €"),
    ],
)
def test_what_python_cannot_read_is_told_in_plain_words(told, code, said):
    lines = told(code)
    assert said in lines[1]
    assert "Error:" in lines[-1] and len(lines) == 4


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("bok.accounts", "The name bok is not known. Did you mean book?"),
        ("y = 1\nsomething_else + y", "The name something_else is not known here."),
        ("np.mean([1])", "np is the usual short name of a library"),
        ("cohort['mrr']", "The name cohort is not known here."),
        ("true", "The name true is not known. Did you mean True?"),
        ("pritn(1)", "The name pritn is not known. Did you mean print?"),
        ("import pandsa", "There is nothing called pandsa to import. Did you mean pandas?"),
        ("from cslab.measure import retenton", "nothing called retenton to import. Did you mean retention?"),
        ("from cslab.measure.retention import nr", "nothing called nr to import. Did you mean nrr?"),
        ('table.drop(columns=["plan"])', "The table has no column plan."),
        ('table.groupby("segment")["mrr"].sum()', "The table has no column mrr. Did you mean mrr_amount?"),
        ('table.groupby("segment").agg({"mrr": "sum"})', "The table has no column mrr. Did you mean mrr_amount?"),
        ('table.sort_values("segment", ascendng=True)', "no argument ascendng. Did you mean ascending?"),
        ("table.head(nrr)", "There are still three dots"),
        ("table[nrr]", "There are still three dots"),
        ('table[table["segment"] == "smb" & table["mrr_amount"] > 1]', "each condition needs round brackets"),
        ('if table["segment"] == "smb": 1', "A whole column stands where a single yes or no"),
        ('table["segment"] == "smb" and table["mrr_amount"] > 1', "A whole column stands where"),
        ('float("86%")', "The text '86%' cannot be read as a number."),
        ('int("八割")', "The text '八割' cannot be read as a number."),
        ("a, b = 1, 2, 3", "more or fewer names"),
        ("max([])", "not possible here"),
        ("table.iloc[9]", "There is no item at this place."),
        ("[1, 2][2]", "There is no item at this place."),
        ("1 / len([])", "Something is divided by zero."),
        ('table["mrr_amout"]', "The table has no column mrr_amout. Did you mean mrr_amount?"),
        ('table[["segment", "plan"]]', "The table has no column plan."),
        ('table.groupby("segmnt")', "The table has no column segmnt. Did you mean segment?"),
        ('table.query("mrr_amont > 1")', "The table has no column mrr_amont. Did you mean mrr_amount?"),
        ('table.loc["z"]', "There is no entry z."),
        ('book.contracts["mrr"]', "The table has no column mrr. Did you mean mrr_amount?"),
        ('ages["sbm"]', "There is no entry sbm. Did you mean smb?"),
        ("book.contrats", "Book has nothing called contrats. Did you mean contracts?"),
        ("table.maen()", "DataFrame has nothing called maen. Did you mean mean?"),
        ("retention.nr(book)", "has nothing called nr. Did you mean nrr?"),
        ("None.sum()", "What stands before .sum is nothing"),
        ("nrr * 100", "There are still three dots"),
        ("nrr.estimate", "There are still three dots"),
        ("retention.nrr(book)", "The function still needs: start, end."),
        ('retention.nrr(book, "2023-03-31", ende="2024-03-31")', "no argument ende. Did you mean end?"),
        ("retention.nrr(book, 1, 2, 3, 4)", "takes 4 values, and 5 were given."),
        ("5 + 'a'", "int and str cannot be computed with each other."),
        ("'a' + 5", "A text cannot be joined with a number (int)."),
        ("5 < 'a'", "int and str cannot be compared."),
        ("retention['nrr']", "Square brackets stand behind a value of the kind module"),
        ("table()", "Round brackets stand behind a value of the kind DataFrame"),
        ("len(5)", "A value is of a kind that does not fit here."),
    ],
)
def test_an_error_names_what_was_meant(told, code, said):
    lines = told(code)
    line = len(code.splitlines())
    assert lines[0] == f"Line {line}:  {code.splitlines()[-1]}"
    assert said in lines[1]
    assert "Error:" in lines[-1] and len(lines) <= 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_japanese_without_quotation_marks_is_taken_for_a_text(told, lang):
    lines = told("nrr = 更新", lang)
    assert '"更新"' in lines[2] and len(lines) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_explanation_comes_in_the_lessons_language_above_pythons_own_last_line(told, lang):
    lines = told("bok.accounts", lang)
    assert lines[-1] == "NameError: name 'bok' is not defined"
    assert (
        lines[1]
        == {
            "en": "The name bok is not known. Did you mean book?",
            "ja": "bok という名前は定義されていません。book のことですか。",
        }[lang]
    )


def test_what_stands_where_it_must_not_is_shown_with_its_line(told):
    assert told("x = 1\nreturn x")[0] == "Line 2:  return x"


def test_an_error_in_a_function_of_the_notebook_is_shown_at_its_own_line(told):
    lines = told("def rate():\n    return unknown_thing / 2\n\nrate()")
    assert lines[0] == "Line 2:  return unknown_thing / 2"


def test_what_came_up_inside_the_kit_says_where(told):
    lines = told('retention.nrr(5, "2023-03-31", "2024-03-31")')
    assert "cslab/measure/retention/" in lines[-2]


def test_the_whole_way_can_still_be_seen(told, running, capsys):
    told("bok.accounts")
    running.run_line_magic("tb", "")
    assert "Traceback" in capsys.readouterr().out


def test_other_errors_keep_their_traceback(running, monkeypatch, capsys):
    monkeypatch.setattr(shown, "shell", lambda: running)
    cells.prepare(lambda *needs: [], "en")
    running.run_cell("raise RuntimeError")
    assert "Traceback" in capsys.readouterr().out


def test_an_explanation_that_fails_does_not_hide_the_error(running, monkeypatch, capsys):
    monkeypatch.setattr(shown, "shell", lambda: running)
    monkeypatch.setattr(beginners, "_told", lambda *_: 1 / 0)
    cells.prepare(lambda *needs: [], "en")
    assert not running.run_cell("bok").success
    assert "NameError" in capsys.readouterr().out


def test_a_line_without_full_width_letters_is_left_alone():
    line = "x = f(\"a\", 'b') # 注:（株）"
    assert syntax.half_width("x = f(\"（株）\", '「')") == "x = f(\"（株）\", '「')"
    assert syntax.half_width(line.split("#")[0]) == line.split("#")[0]
